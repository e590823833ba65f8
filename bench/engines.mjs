// One measurement each: a fresh browser, the files chosen in a page, what the page says it took.
// Every function returns { init_ms, first_ms, total_ms, peak_mb, … } for one round.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { launch, rendererPeakMb } from "../tests/e2e/lib/chromium.mjs";

const MINUTES = 60_000;

const filesOf = (folder) => readdirSync(folder).sort().map((name) => join(folder, name));

async function inFreshBrowser(act) {
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    const result = await act(page);
    return { ...result, peak_mb: await rendererPeakMb(browser), browser: browser.version() };
  } finally {
    await browser.close();
  }
}

/** What a function gives in the page, as soon as that is something. */
async function once(page, given, argument) {
  const handle = await page.waitForFunction(given, argument, { timeout: 5 * MINUTES, polling: 20 });
  return handle.jsonValue();
}

/** A page of this folder that puts `ready` and then `answer` on its window. */
function benchPage(address) {
  return (folder) => inFreshBrowser(async (page) => {
    await page.goto(address);
    const { init_ms } = await once(page, () => globalThis.ready);
    await page.setInputFiles("#files", filesOf(folder));
    const answer = await once(page, () => globalThis.answer);
    if (answer.error) throw new Error(answer.error);
    return { init_ms, ...answer };
  });
}

export const duckdb = (url, mode, date) => benchPage(`${url}duckdb.html?mode=${mode}&date=${date}`);

export const raw = (url) => benchPage(`${url}raw.html`);

/** Runs in the page: when the files were chosen, noted before the page itself hears of it. */
function noteChange() {
  addEventListener("change", () => { globalThis.__chosen ??= performance.now(); }, true);
}

const MARKS = ["drop", "read", "first-list", "all-evaluated"];
/** Runs in the page: the times of all marks, once the last one is there. */
function timesOf(names) {
  const times = names.map((name) => [name, performance.getEntriesByName(`profilblik:${name}`).at(-1)?.startTime]);
  return times.every(([, time]) => time !== undefined) && Object.fromEntries(times);
}

/**
 * The release page. `init_ms` is stricter than DuckDB's: from the navigation's start (the page's
 * own download and start included) until files can be chosen. Times count from the choice of the
 * files as the browser saw it, not from the page's own mark.
 */
export const profilblik = (url) => (folder) => inFreshBrowser(async (page) => {
  await page.addInitScript(noteChange);
  await page.goto(url);
  const input = page.locator("input[type=file]").first();
  await input.waitFor({ state: "attached" });
  const init_ms = await page.evaluate(() => performance.now());
  await input.setInputFiles(filesOf(folder));
  const marks = await once(page, timesOf, MARKS);
  const chosen = await page.evaluate(() => globalThis.__chosen);
  return {
    init_ms,
    first_ms: marks["first-list"] - chosen,
    total_ms: marks["all-evaluated"] - chosen,
    marks: Object.fromEntries(Object.entries(marks).map(([name, time]) => [name, time - chosen])),
  };
});
