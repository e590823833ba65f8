// Leaving: forget, stop, and what is shown when the worker dies.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { longList, tablesOf } from "./lib/files.mjs";
import { ROOT, task } from "./lib/task.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");
const PATIENT = /Opdigtet|\d{6}-\d{4}|patienter\.csv/;

async function assertEmpty(user, page) {
  await user.atStart();
  assert.doesNotMatch(await page.locator("body").evaluate((body) => body.outerHTML), PATIENT);
  assert.equal(await page.getByRole("grid").count(), 0);
  assert.equal(await user.button("Overblik").isDisabled(), true);
}

const closed = (worker) => new Promise((done) => worker.once("close", done));

/** The worker and its helper, once both are there; the worker comes first. */
async function workers(page) {
  while (page.workers().length < 2) await page.waitForEvent("worker");
  return page.workers();
}

task("»Glem alt« ends the worker and its helper and empties the page; a new export works under the lock", async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  const before = await workers(page);
  const ended = Promise.all(before.map(closed));
  await user.forget();
  await ended;
  await assertEmpty(user, page);
  await user.chooseAndRead(tablesOf(CLINIC));
  assert.equal((await user.overview()).get("Demens")["På listen"], "4");
  assert.equal((await workers(page)).length, 2);
});

task("»Fortryd« keeps everything", async ({ user }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.button("Glem alt").click();
  await user.button("Fortryd").click();
  assert.equal((await user.overview()).get("Demens")["På listen"], "4");
});

task("reading can be stopped; nothing of it is shown, and a new export works", { timeout: 240_000 }, async ({ user, page }) => {
  await user.choose(longList(80_000));
  await user.button("Stop").click();
  await user.sees("Læsningen er stoppet, og alt er glemt.");
  await assertEmpty(user, page);
  await user.chooseAndRead(tablesOf(CLINIC));
  assert.equal((await user.overview()).get("Demens")["På listen"], "4");
});

/** Ways in which a worker dies, carried out inside it. */
const DEATHS = {
  "an exception": () => setTimeout(() => { throw new Error("injected"); }),
  "a trap in the wasm": () => setTimeout(() => {
    // A module that does nothing but trap, run in the worker as the engine's own code is.
    throw new WebAssembly.RuntimeError("unreachable");
  }),
  "a broken promise": () => { Promise.reject(new Error("injected")); },
  "a message it cannot read": () => {
    dispatchEvent(new MessageEvent("message", { data: "nonsense" }));
  },
};

for (const [name, kill] of Object.entries(DEATHS)) {
  task(`the worker dies of ${name}: the page says so and shows no list`, { errors: false }, async ({ user, page }) => {
    await user.chooseAndRead(tablesOf(CLINIC));
    await user.openProfile("Demens");
    await page.workers()[0].evaluate(kill);
    await page.getByRole("alert").getByText(/Læsningen blev afbrudt, og ingen liste vises/).waitFor();
    await assertEmpty(user, page);
    await user.chooseAndRead(tablesOf(CLINIC));
    assert.equal((await user.overview()).get("Demens")["På listen"], "4");
  });
}

for (const [place, name] of ["worker", "helper"].entries()) {
  const options = { errors: false, ways: ["file"], timeout: 240_000 };
  task(`the ${name} dies while it reads: no half list`, options, async ({ user, page }) => {
    const both = await workers(page);
    await user.choose(longList(80_000));
    await both[place].evaluate(DEATHS["an exception"]);
    await page.getByRole("alert").getByText(/ingen liste vises/).waitFor();
    await assertEmpty(user, page);
  });
}
