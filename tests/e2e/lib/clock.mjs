// A clock that a test can put forward. The page's own marks stay real: tests wait for them.

/** For `task(…, { before })`: timers and dates are the test's, `performance` is the browser's. */
export async function clock(page) {
  await page.addInitScript(() => { globalThis.__performance = globalThis.performance; });
  await page.clock.install();
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, "performance", { value: globalThis.__performance, configurable: true });
  });
}
