// »Skærm til andre«: no number and no name in any view, in attributes or on paper.
import assert from "node:assert/strict";
import { clock } from "./lib/clock.mjs";
import { CLINIC, coveredViews, first, NAMES, NUMBER, openFirst } from "./lib/covered.mjs";
import { tablesOf } from "./lib/files.mjs";
import { task } from "./lib/task.mjs";

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

task("nothing says who a patient is while others can see the screen", { timeout: 240_000 }, async ({ user, page }) => {
  await coveredViews(user, page, async (where) => {
    if (where === "before") assert.match(await held(page), NUMBER);
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
