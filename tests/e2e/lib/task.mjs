// A task = one thing a person does, tried with the page served and with the page opened from disk.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { pageServer } from "../../../scripts/page-server.mjs";
import { launch } from "./chromium.mjs";
import { DIST, ROOT } from "./places.mjs";
import { User } from "./user.mjs";
import { afterProbes, assertQuiet, watch } from "./watch.mjs";

export { DIST, ROOT };
const MINUTES = 60_000;

/** Files that others made; null where the folder is absent. */
export function shared(name) {
  const folder = process.env.PROFILBLIK_SHARED ?? resolve(ROOT, "../shared");
  const path = resolve(folder, "data", name);
  return existsSync(path) ? path : null;
}

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

/**
 * Opens the page in one of the ways. Served, the server is stopped as soon as the page has loaded:
 * everything after that must work without it.
 */
async function visit(way, options) {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 }, locale: "da-DK", timezoneId: "Europe/Copenhagen",
    ...options.context,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const seen = await watch(page);
  const user = await User.of(page);
  await options.before?.(page);
  const server = way === "http" ? await pageServer(DIST) : null;
  const opened = server?.url ?? pathToFileURL(resolve(DIST, "index.html")).href;
  await page.goto(opened);
  await server?.close();
  // The page is one file: whoever hosts it hears of one request, and of nothing beside it.
  if (server) assert.deepEqual(server.hits, ["GET /"], "requests that reached the host");
  if (options.starts !== false) await afterProbes(page, seen);
  return { context, page, user, seen, opened };
}

/**
 * task("name", { ways, needs, … }, async ({ user, page }) => …)
 * `ways`: where it is tried, both unless said; `needs`: a path that must be there, else the task is
 * skipped with the reason; `errors: false`: the task itself provokes errors in the console;
 * `starts: false`: the page cannot start, and says so.
 */
export function task(name, options, act) {
  if (typeof options === "function") return task(name, {}, options);
  const { ways = ["http", "file"], needs, timeout = 2 * MINUTES } = options;
  const skip = needs === null ? "the folder shared/ is not beside this one" : false;
  for (const way of ways) {
    test(`${name} (${way})`, { skip, timeout }, async () => {
      const { context, page, user, seen, opened } = await visit(way, options);
      try {
        await act({ page, user, way, seen });
        await assertQuiet(page, seen, opened, options);
      } finally {
        await context.close();
      }
    });
  }
}
