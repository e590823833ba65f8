// Rules of accessibility in every view and state: light, dark, forced colours, and zoomed.
import assert from "node:assert/strict";
import { assertAccessible, violations, withAxe } from "./lib/axe.mjs";
import { LOOKS } from "./lib/looks.mjs";
import { LACKING, faultsInEveryState } from "./lib/states.mjs";
import { task } from "./lib/task.mjs";

for (const [name, context] of Object.entries(LOOKS)) {
  const options = { context, before: withAxe, ways: ["file"], errors: false, timeout: 300_000 };
  task(`no accessibility violation in any view or state: ${name}`, options, async ({ user, page }) => {
    assert.deepEqual(await faultsInEveryState(user, page, () => violations(page)), []);
  });
}

for (const [name, { lacks, says }] of Object.entries(LACKING)) {
  const before = async (page) => {
    await withAxe(page);
    await page.addInitScript((missing) => { delete globalThis[missing]; }, lacks);
  };
  task(`no accessibility violation where the page cannot start: ${name}`, { before, ways: ["file"], starts: false }, async ({ page }) => {
    await page.getByText(says).waitFor();
    await assertAccessible(page, name);
  });
}

task("no accessibility violation in English, and in the theme switched by hand", { before: withAxe, ways: ["file"] }, async ({ user, page }) => {
  await user.button("English").click();
  await user.heading("See which patients meet a profile").waitFor();
  await assertAccessible(page, "start in English");
  await user.button("Dark").click();
  await assertAccessible(page, "start, dark by hand");
  await user.button("Open invented patients").click();
  await user.hasRead();
  await assertAccessible(page, "overview in English");
});
