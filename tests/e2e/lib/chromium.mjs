// The browser: which one, and how it is started so that it is quiet by itself.
import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** No sandbox: CI runs as root. The rest keeps the browser from making requests of its own. */
export const QUIET = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of the browser: $CHROMIUM, else the first known name on PATH. */
export function chromiumPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = process.env.PATH.split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(executable);
  if (!found) throw new Error("no Chromium: install it, or set CHROMIUM to its path");
  return found;
}

/** Starts it; `args` are added. */
export function launch({ args = [], ...options } = {}) {
  return chromium.launch({ executablePath: chromiumPath(), args: [...QUIET, ...args], ...options });
}

/** The same with a profile folder of its own on disk, as a person's browser has. */
export function launchPersistent(folder, { args = [], ...options } = {}) {
  const all = { executablePath: chromiumPath(), args: [...QUIET, ...args], ...options };
  return chromium.launchPersistentContext(folder, all);
}

/** Process numbers of the renderers. */
async function renderers(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
}

/** What is read of a file of /proc; null where there is none. */
function fromProc(path, pattern) {
  try {
    return Number(readFileSync(`/proc/${path}`, "utf8").match(pattern)[1]);
  } catch {
    return null;
  }
}

/** Peak resident memory in MB of the renderer that has used most; null where /proc is not. */
export async function rendererPeakMb(browser) {
  const peaks = (await renderers(browser)).map((id) => fromProc(`${id}/status`, /VmHWM:\s+(\d+) kB/));
  return peaks.includes(null) ? null : Math.max(...peaks) / 1024;
}

/**
 * Processor time in ms that the renderers' main threads have had; null where /proc is not. Unlike
 * the clock it does not depend on what else the machine does.
 */
export async function mainThreadMs(browser) {
  const spent = (await renderers(browser)).map((id) => fromProc(`${id}/task/${id}/schedstat`, /^(\d+)/));
  return spent.includes(null) ? null : spent.reduce((a, b) => a + b) / 1e6;
}
