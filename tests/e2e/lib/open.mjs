// The page with its policy taken away: the control of every test that says »it was refused«.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { DIST } from "./places.mjs";

const META = /<meta http-equiv="Content-Security-Policy"[^>]*>/;
const LOCK = /default-src 'none'; script-src 'none'; style-src 'none'; img-src 'none'; " \+\s*"connect-src 'none'; worker-src blob:;[^"]*"/;

/** The page as it was built. */
export const PAGE = readFileSync(resolve(DIST, "index.html"), "utf8");

/** No policy at all: neither the page's own meta, nor the lock that the start script sets. */
export const open = (change = (text) => text) => change(PAGE.replace(META, "").replace(LOCK, '"'));
