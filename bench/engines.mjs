// One measurement each: a fresh browser, the files chosen in a page, what the page says it took.
// Every function returns { init_ms, first_ms, total_ms, peak_mb, … } for one round. README.md says
// what they mean, and why two waits stand between them.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { launch, rendererPeakMb } from "../tests/e2e/lib/chromium.mjs";

const MINUTES = 60_000;
/** A new window makes the browser load pages of its own for a second or two (the address bar's list). */
const WINDOW_QUIET_MS = 2500;
/** Warm: the engine has been up for so long when the files come. */
const WARM_MS = 2000;

const filesOf = (folder) => readdirSync(folder).sort().map((name) => join(folder, name));

async function inFreshBrowser(act) {
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await sleep(WINDOW_QUIET_MS);
    const result = await act(page);
    return { ...result, peak_mb: await rendererPeakMb(browser), browser: browser.version() };
  } finally {
    await browser.close();
  }
}

/** What a function gives in the page, as soon as that is something. */
async function once(page, given) {
  const handle = await page.waitForFunction(given, null, { timeout: 5 * MINUTES, polling: 20 });
  return handle.jsonValue();
}

/**
 * The same course for every engine, twice in fresh browsers. Fresh: the files are chosen as soon as
 * the page can take them; only the first list counts, from the navigation's start. Warm: the engine
 * has been up for a while. `prepare`, `takes`, `ready` and `answer` run in the page: before anything
 * of it; until files can be chosen; until the engine is up, too, giving { init_ms, … }; after the
 * files were chosen, until it gives { chosen_ms, first_ms, total_ms, … }.
 */
const engine = (address, course) => async (folder) => {
  const { chosen_ms, first_ms } = await inFreshBrowser((page) => visit(page, address, folder, course, 0));
  const warm = await inFreshBrowser((page) => visit(page, address, folder, course, WARM_MS));
  return { ...warm, fresh_first_ms: chosen_ms + first_ms };
};

async function visit(page, address, folder, { prepare, takes, ready, answer }, wait) {
  if (prepare) await page.addInitScript(prepare);
  await page.goto(address);
  await once(page, takes);
  const start = wait ? await once(page, ready) : {};
  await sleep(wait);
  await page.locator("input[type=file]").first().setInputFiles(filesOf(folder));
  const result = await once(page, answer);
  if (result.error) throw new Error(result.error);
  return { ...start, ...result };
}

/** A page of this folder puts `ready` and then `answer` on its window. */
const ready = () => globalThis.ready;
const PAGE_OF_THIS_FOLDER = { takes: ready, ready, answer: () => globalThis.answer };

export const duckdb = (url, mode, date) =>
  engine(`${url}duckdb.html?mode=${mode}&date=${date}`, PAGE_OF_THIS_FOLDER);

export const raw = (url) => engine(`${url}raw.html`, PAGE_OF_THIS_FOLDER);

/**
 * Notes when the release page had its file field, when its engine was up, and when the files were
 * chosen. The page starts its first worker by itself, and the first that it says is that it is up.
 */
function noteTimes() {
  const times = {};
  globalThis.__times = times;
  new MutationObserver((_, observer) => {
    if (!document.querySelector("input[type=file]")) return;
    times.files = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
  let first = true;
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      if (first) this.addEventListener("message", () => { times.engine = performance.now(); }, { once: true });
      first = false;
    }
  };
  // Noted before the page itself hears of it.
  addEventListener("change", () => { times.chosen ??= performance.now(); }, true);
}

const releaseTakes = () => Boolean(globalThis.__times.files);

function readyOfRelease() {
  const { files, engine: up } = globalThis.__times;
  return files && up && { init_ms: Math.max(files, up), ready: { files, engine: up } };
}

/** From the page's own marks, once the last one is there; counted from the choice of the files. */
function answerOfRelease() {
  const names = ["drop", "read", "first-list", "all-evaluated"];
  const times = names.map((name) => performance.getEntriesByName(`profilblik:${name}`).at(-1)?.startTime);
  if (times.includes(undefined)) return false;
  const marks = Object.fromEntries(names.map((name, i) => [name, times[i] - globalThis.__times.chosen]));
  const { chosen: chosen_ms } = globalThis.__times;
  return { chosen_ms, first_ms: marks["first-list"], total_ms: marks["all-evaluated"], marks };
}

export const profilblik = (url) =>
  engine(url, {
    prepare: noteTimes, takes: releaseTakes, ready: readyOfRelease, answer: answerOfRelease,
  });
