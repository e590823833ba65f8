// The page that is left by a link and come back to: the browser keeps a page in its memory as it was
// (»bfcache«), and what it keeps must hold nobody.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { pageServer } from "../../scripts/page-server.mjs";
import { launch } from "./lib/chromium.mjs";
import { clock } from "./lib/clock.mjs";
import { CLINIC, NUMBER } from "./lib/covered.mjs";
import { tablesOf } from "./lib/files.mjs";
import { inMemory, keepMemory } from "./lib/memory.mjs";
import { DIST, task } from "./lib/task.mjs";
import { User } from "./lib/user.mjs";

const MINUTE = 60_000;
/** »Within a second«, on cores that others use, too. */
const SOON = 1000;

async function openOne(user) {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await user.openPatient("610535-1112");
}

/** The document shows nobody, and a moment later neither does the memory. */
async function assertNobody(user, page) {
  await user.atStart();
  const shown = await page.evaluate(() => document.documentElement.outerHTML.replace(/<script[\s\S]*?<\/script>/g, ""));
  assert.doesNotMatch(shown, NUMBER);
  assert.doesNotMatch(shown, /Opdigtet|patienter\.csv/);
  await page.waitForTimeout(SOON);
  assert.deepEqual(await inMemory(page), []);
}

/** Another page, on another address: somewhere to go. */
async function elsewhere() {
  const server = createServer((_, response) => response.writeHead(200, { "Content-Type": "text/html" }).end("<h1>Elsewhere</h1>"));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://localhost:${server.address().port}/`, close: () => { server.closeAllConnections(); server.close(); } };
}

/** Goes away and comes back with the browser's own button. */
async function awayAndBack(page, url) {
  await page.goto(url);
  await page.getByRole("heading", { name: "Elsewhere" }).waitFor();
  // A page that comes out of the browser's memory loads nothing, so that this never ends by itself.
  await page.goBack({ waitUntil: "commit", timeout: 3000 }).catch(() => {});
  await page.waitForFunction(() => location.pathname === "/" && document.querySelector(".app"), null, { timeout: 10_000 });
}

test("left by navigation and come back to out of the browser's own memory: nobody is there", { timeout: 120_000 }, async () => {
  const [server, other] = [await pageServer(DIST), await elsewhere()];
  const browser = await launch({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  try {
    const page = await browser.newPage({ locale: "da-DK" });
    await keepMemory(page);
    await page.addInitScript(() => addEventListener("pageshow", ({ persisted }) => { globalThis.__persisted = persisted; }));
    const user = await User.of(page);
    await page.goto(server.url);
    await openOne(user);
    assert.notDeepEqual(await inMemory(page), [], "the control: they stand there before");
    await page.evaluate(() => { globalThis.__before = true; });
    await awayAndBack(page, other.url);
    const kept = await page.evaluate(() => globalThis.__before === true && globalThis.__persisted === true);
    assert.ok(kept, "loaded anew: nothing was kept, and this tests nothing");
    await assertNobody(user, page);
    // It is as good as new.
    await openOne(user);
  } finally {
    await browser.close();
    await server.close();
    other.close();
  }
});

task("after the time without use no patient is in the memory of the page", { ways: ["file"], before: async (page) => { await keepMemory(page); await clock(page); } }, async ({ user, page }) => {
  await openOne(user);
  assert.notDeepEqual(await inMemory(page), []);
  await page.clock.fastForward(9.2 * MINUTE);
  await page.clock.runFor(2000);
  await page.getByRole("alert").getByText(/Ingen har brugt siden/).waitFor();
  await page.clock.fastForward(MINUTE);
  await page.clock.runFor(2000);
  await assertNobody(user, page);
});

task("after the page was hidden for good no patient is in its memory", { ways: ["file"], before: keepMemory }, async ({ user, page }) => {
  await openOne(user);
  assert.notDeepEqual(await inMemory(page), []);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await assertNobody(user, page);
});
