// What the page says by itself when something is wrong or runs out: each in every look.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageServer } from "../../scripts/page-server.mjs";
import { violations, withAxe } from "./lib/axe.mjs";
import { launch } from "./lib/chromium.mjs";
import { clock } from "./lib/clock.mjs";
import { CLINIC } from "./lib/covered.mjs";
import { tablesOf } from "./lib/files.mjs";
import { LOOKS } from "./lib/looks.mjs";
import { DIST, task } from "./lib/task.mjs";
import { afterProbes } from "./lib/watch.mjs";

const MINUTE = 60_000;

for (const [name, context] of Object.entries(LOOKS)) {
  task(`no accessibility violation in the self-check: ${name}`, { context, before: withAxe, ways: ["file"] }, async ({ user, page, seen }) => {
    await user.atStart();
    await page.locator("#selfcheck-open").click();
    await page.locator("#selfcheck li").nth(8).waitFor();
    assert.deepEqual(await violations(page), []);
    await afterProbes(page, seen);
  });

  const before = async (page) => { await withAxe(page); await clock(page); };
  task(`no accessibility violation as the time runs out: ${name}`, { context, before, ways: ["file"] }, async ({ user, page }) => {
    await user.chooseAndRead(tablesOf(CLINIC));
    await user.openProfile("Demens");
    await page.clock.fastForward(9.2 * MINUTE);
    await page.clock.runFor(2000);
    await page.getByRole("alert").getByText(/Ingen har brugt siden/).waitFor();
    // The rules wait for timers, which are the test's here.
    const found = violations(page);
    for (let turn = 0; turn < 20; turn += 1) {
      await page.clock.runFor(50);
      if (await Promise.race([found.then(() => true), new Promise((done) => setTimeout(done, 100, false))])) break;
    }
    assert.deepEqual(await found, []);
  });
}

test("no accessibility violation where a point of the self-check does not hold", { timeout: 120_000 }, async () => {
  const server = await pageServer(DIST, { headers: false });
  const browser = await launch();
  try {
    for (const [name, context] of Object.entries(LOOKS)) {
      const page = await browser.newPage({ locale: "da-DK", ...context });
      await withAxe(page);
      await page.goto(server.url);
      await page.locator("#selfcheck-warning").waitFor();
      assert.deepEqual(await violations(page), [], `${name}: warning`);
      await page.locator("#selfcheck-warning button").click();
      await page.locator("#selfcheck li").nth(8).waitFor();
      assert.deepEqual(await violations(page), [], `${name}: dialog`);
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
});
