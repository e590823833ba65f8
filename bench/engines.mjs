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
/** Between an engine being up and the files: what is left of its start must not count as reading. */
const READY_QUIET_MS = 500;

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
 * The same course for every engine. `prepare`, `ready` and `answer` run in the page: before anything
 * of it; until it gives { init_ms, … }; after the files were chosen, until it gives the other times.
 */
const engine = (address, { prepare, ready, answer }) => (folder) => inFreshBrowser(async (page) => {
  if (prepare) await page.addInitScript(prepare);
  await page.goto(address);
  const start = await once(page, ready);
  await sleep(READY_QUIET_MS);
  await page.locator("input[type=file]").first().setInputFiles(filesOf(folder));
  const result = await once(page, answer);
  if (result.error) throw new Error(result.error);
  return { ...start, ...result };
});

/** A page of this folder puts `ready` and then `answer` on its window. */
const PAGE_OF_THIS_FOLDER = { ready: () => globalThis.ready, answer: () => globalThis.answer };

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
  return { first_ms: marks["first-list"], total_ms: marks["all-evaluated"], marks };
}

export const profilblik = (url) =>
  engine(url, { prepare: noteTimes, ready: readyOfRelease, answer: answerOfRelease });
