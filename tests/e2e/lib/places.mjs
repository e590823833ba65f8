// Where things stand. Apart from task.mjs, which starts a browser for whoever imports it.
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
/** The built page; $PROFILBLIK_DIST tries one that stands elsewhere. */
export const DIST = process.env.PROFILBLIK_DIST ?? resolve(ROOT, "dist");
