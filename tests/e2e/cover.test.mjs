// »Skærm til andre«: no number and no name in any view, in attributes or on paper.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { clock } from "./lib/clock.mjs";
import { tablesOf } from "./lib/files.mjs";
import { ROOT, task } from "./lib/task.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");
const NUMBER = /\d{6}[- ]?\d{4}/;

/** First and last names of the export's patients. */
function namesOf(folder) {
  const file = readdirSync(folder).find((name) => /^patient/i.test(name));
  const [head, ...lines] = readFileSync(join(folder, file), "utf8").trim().split(/\r?\n/);
  const place = head.toLowerCase().split(";").findIndex((name) => /navn/.test(name));
  assert.ok(place >= 0, head);
  return [...new Set(lines.flatMap((line) => line.split(";")[place].replaceAll('"', "").split(/[ ,]+/)))]
    .filter((name) => name.length > 2);
}

const NAMES = namesOf(CLINIC);

/** Everything that the page holds as text, attributes, and values of fields. */
const held = (page) => page.evaluate(() =>
  [document.title, document.documentElement.outerHTML, ...[...document.querySelectorAll("input")].map((one) => one.value)]
    .join("\n").replace(/<script[\s\S]*?<\/script>/g, ""));

async function assertHidden(page, where) {
  const text = await held(page);
  assert.doesNotMatch(text, NUMBER, where);
  const words = new Set(text.split(/[^\p{L}]+/u));
  assert.deepEqual(NAMES.filter((name) => words.has(name)), [], where);
  assert.doesNotMatch(text, /patienter\.csv/, where);
}

const first = (user) => user.grid.getByRole("gridcell", { name: /^Patient \d+$/ }).first();

async function openFirst(user, page) {
  const name = await first(user).innerText();
  await first(user).click();
  await user.panel.getByText(name).first().waitFor();
  return name;
}

task("nothing says who a patient is while others can see the screen", { timeout: 240_000 }, async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  assert.match(await held(page), NUMBER);
  await page.locator("#cover").click();
  await first(user).waitFor();
  await assertHidden(page, "list");
  await openFirst(user, page);
  await user.panel.locator(".crit").first().waitFor();
  for (const more of await user.panel.locator("summary").all()) await more.click();
  await assertHidden(page, "why panel");
  await user.openTab("Kan ikke afgøres");
  await assertHidden(page, "cannot be decided");
  await user.toImport();
  await assertHidden(page, "import");
  await user.toOverview();
  await assertHidden(page, "overview");
  await user.go("Opioider");
  await user.rowsAreThere();
  await assertHidden(page, "opioids");
  await openFirst(user, page);
  await page.locator("#timeline-open").click();
  await page.locator("#timeline svg").first().waitFor();
  await assertHidden(page, "opioids, panel and timeline");
});

task("print, look-up and the clipboard are covered, too", async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await page.keyboard.press("s");
  await first(user).waitFor();
  await page.evaluate(() => { window.print = () => { window.__printed = document.documentElement.outerHTML; }; });
  await user.button("Udskriv liste").click();
  await page.locator("#print-yes").click();
  await page.waitForFunction(() => window.__printed);
  await assertHidden(page, "print");
  assert.match(await page.evaluate(() => window.__printed), /Patient \d{4}/);
  assert.equal(await page.getByRole("searchbox", { name: "Søg i listen" }).isDisabled(), true);
  const number = (await first(user).innerText()).split(" ")[1];
  await user.button(/^Slå patient op/).click();
  const dialog = page.getByRole("dialog", { name: "Slå patient op" });
  await dialog.locator("#lookup-text").fill(NAMES[0]);
  await page.keyboard.press("Enter");
  await dialog.getByText(/Ingen patient i filen har det pseudonym/).first().waitFor();
  await dialog.locator("#lookup-text").fill(number);
  await page.keyboard.press("Enter");
  await dialog.getByRole("region", { name: "Ikke på listen" }).waitFor();
  await assertHidden(page, "look-up");
});

task("one patient is shown for ten seconds, and hides again", { before: clock }, async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await page.locator("#cover").click();
  await first(user).waitFor();
  await openFirst(user, page);
  await page.locator("#reveal").click();
  await page.locator("#revealed").waitFor();
  assert.match(await page.locator("#revealed").innerText(), NUMBER);
  await page.clock.runFor(11_000);
  await page.locator("#reveal").waitFor();
  await assertHidden(page, "after ten seconds");
});

task("the same file twice has other pseudonyms; off, everything is as before", async ({ user, page }) => {
  const shown = async () => {
    await user.chooseAndRead(tablesOf(CLINIC));
    await user.openProfile("Demens");
    await first(user).waitFor();
    return user.grid.getByRole("gridcell", { name: /^Patient \d+$/ }).allInnerTexts();
  };
  await page.locator("#cover").click();
  const one = await shown();
  await user.forget();
  const two = await shown();
  assert.equal(one.length, 4);
  assert.notDeepEqual(one, two);
  await page.locator("#cover").click();
  await user.grid.getByRole("gridcell", { name: NUMBER }).first().waitFor();
});
