// »Skærm til andre«: no number and no name in any view, in attributes or on paper.
import assert from "node:assert/strict";
import { clock } from "./lib/clock.mjs";
import { BORN, CLINIC, coveredViews, first, NAMES, NUMBER, openFirst, PLACES } from "./lib/covered.mjs";
import { tablesOf } from "./lib/files.mjs";
import { pdfPages } from "./lib/pdf.mjs";
import { task } from "./lib/task.mjs";

/** Everything that the page holds as text, attributes, and values of fields. */
const held = (page) => page.evaluate(() =>
  [document.title, document.documentElement.outerHTML, ...[...document.querySelectorAll("input")].map((one) => one.value)]
    .join("\n").replace(/<script[\s\S]*?<\/script>/g, ""));

/** What of the export's persons stands in a text: names, streets and towns, days of birth. */
function persons(text) {
  const words = new Set(text.split(/[^\p{L}]+/u));
  const digits = new Set(text.match(/(?<!\d)\d{6}(?!\d)/g));
  return [...NAMES.filter((name) => words.has(name)), ...PLACES.filter((place) => text.includes(place)),
    ...BORN.filter((day) => (day.length === 6 ? digits.has(day) : text.includes(day)))];
}

async function assertHidden(page, where) {
  const text = await held(page);
  assert.doesNotMatch(text, NUMBER, where);
  assert.deepEqual(persons(text), [], where);
  assert.doesNotMatch(text, /patienter\.csv/, where);
}

task("nothing says who a patient is while others can see the screen", { timeout: 240_000 }, async ({ user, page }) => {
  await coveredViews(user, page, async (where) => {
    if (where === "before") {
      const text = await held(page);
      assert.match(text, NUMBER);
      for (const one of ["Karen", "Prøvegade"]) assert.ok(persons(text).includes(one), `the control does not find ${one}`);
    }
    else await assertHidden(page, where);
  });
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

task("the papers of a list and of the opioids have pseudonyms, and C copies nothing", { ways: ["file"] }, async ({ user, page }) => {
  await page.evaluate(() => {
    globalThis.__copied = [];
    Clipboard.prototype.writeText = async (text) => { globalThis.__copied.push(text); };
    globalThis.print = () => { globalThis.__printed = (globalThis.__printed ?? 0) + 1; };
  });
  await user.chooseAndRead(tablesOf(CLINIC));
  const paper = async () => {
    await user.button("Udskriv liste").click();
    await page.locator("#print-yes").click();
    await page.waitForFunction(() => globalThis.__printed);
    const text = pdfPages(await page.pdf({ preferCSSPageSize: true })).map((one) => one.text).join("\n");
    await page.evaluate(() => { globalThis.__printed = 0; });
    await page.keyboard.press("Shift");
    await page.locator(".paper:not(.upright)").waitFor({ state: "detached" });
    return text;
  };
  const onPaper = (text) => [...NAMES, ...PLACES].filter((word) => word.length > 4 && text.includes(word.replaceAll(" ", "")));
  const copy = async () => {
    await user.grid.focus();
    await page.keyboard.press("c");
    await page.waitForTimeout(200);
    return page.evaluate(() => globalThis.__copied.splice(0));
  };
  const LISTS = { list: () => user.openProfile("Demens"), opioids: async () => { await user.go("Opioider"); await user.rowsAreThere(); } };
  for (const [name, go] of Object.entries(LISTS)) {
    await go();
    const open = await paper();
    assert.match(open, NUMBER, `the control, ${name}`);
    assert.ok(onPaper(open).length > 0, `the control, ${name}`);
    assert.equal((await copy()).length, 1, `the control, ${name}`);
    await page.locator("#cover").click();
    await first(user).waitFor();
    const covered = await paper();
    assert.match(covered, /Patient\d{4}/, name);
    assert.doesNotMatch(covered, NUMBER, name);
    assert.deepEqual(onPaper(covered), [], name);
    assert.deepEqual(await copy(), [], name);
    await page.locator("#cover").click();
    await user.grid.getByRole("gridcell", { name: NUMBER }).first().waitFor();
  }
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
