// Nothing stays: after a time without use, when the page is left, and in the page's own memory.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { clock } from "./lib/clock.mjs";
import { tablesOf } from "./lib/files.mjs";
import { ROOT, task } from "./lib/task.mjs";
import { afterProbes } from "./lib/watch.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");
const PATIENT = /Opdigtet|\d{6}-\d{4}|patienter\.csv/;
const MINUTE = 60_000;

const empty = async (user, page) => {
  await user.atStart();
  assert.doesNotMatch(await page.locator("body").evaluate((body) => body.outerHTML), PATIENT);
};

const clocked = { before: clock };

task("after ten minutes without use everything is forgotten, a minute after the warning", clocked, async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await page.clock.fastForward(8.5 * MINUTE);
  await page.clock.runFor(2000);
  assert.equal(await page.locator("#idle").count(), 0);
  await page.clock.fastForward(0.6 * MINUTE);
  await page.clock.runFor(2000);
  await page.getByRole("alert").getByText(/Ingen har brugt siden/).waitFor();
  await page.clock.fastForward(MINUTE);
  await page.clock.runFor(2000);
  await user.sees("Ingen har brugt siden i den valgte tid. Alt er glemt.");
  await empty(user, page);
});

task("»Fortsæt« keeps everything for another ten minutes", clocked, async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await page.clock.fastForward(9.2 * MINUTE);
  await page.clock.runFor(2000);
  await user.button("Fortsæt").click();
  assert.equal(await page.locator("#idle").count(), 0);
  await page.clock.fastForward(8 * MINUTE);
  await page.clock.runFor(2000);
  assert.equal((await user.overview()).get("Demens")["På listen"], "4");
});

task("the time is chosen, one minute to thirty", clocked, async ({ user, page, seen }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await page.locator("#selfcheck-open").click();
  await afterProbes(page, seen);
  await page.locator("#minutes").fill("99");
  await page.keyboard.press("Tab");
  assert.equal(await page.locator("#minutes").inputValue(), "30");
  await page.locator("#minutes").fill("2");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await page.clock.fastForward(2.1 * MINUTE);
  await page.clock.runFor(2000);
  await empty(user, page);
});

task("the page that is left shows nothing when one comes back", { ways: ["http"] }, async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await empty(user, page);
});

/** Keeps the memory of the page's own wasm where the test can read it. */
const keepMemory = () => {
  const real = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...given) => {
    const made = await real.apply(WebAssembly, given);
    globalThis.__memory = (made.instance ?? made).exports.memory;
    return made;
  };
};

const needles = (page) => page.evaluate(() => {
  const text = new TextDecoder("latin1").decode(new Uint8Array(globalThis.__memory.buffer));
  return ["Karen Opdigtet", "610535-1112", "6105351112"].filter((needle) => text.includes(needle));
});

task("»Glem alt« leaves no patient in the memory of the page", { before: (page) => page.addInitScript(keepMemory) }, async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await user.openPatient("610535-1112");
  assert.notDeepEqual(await needles(page), []);
  await user.forget();
  await page.waitForTimeout(500);
  assert.deepEqual(await needles(page), []);
});
