// The page with its policy taken away: the control of every test that says »it was refused«.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { DIST } from "./places.mjs";

const META = /<meta http-equiv="Content-Security-Policy"[^>]*>/;
const LOCK = /default-src 'none'; script-src 'wasm-unsafe-eval'; style-src 'none'; img-src 'none'; " \+\s*"connect-src 'none'; worker-src blob:;[^"]*"/;

/** The page as it was built. */
export const PAGE = readFileSync(resolve(DIST, "index.html"), "utf8");

/** No policy at all: neither the page's own meta, nor the lock that the start script sets. */
export function open(change = (text) => text) {
  if (!META.test(PAGE) || !LOCK.test(PAGE)) throw new Error("the page's policy is not where it is looked for");
  return change(PAGE.replace(META, "").replace(LOCK, '"'));
}
