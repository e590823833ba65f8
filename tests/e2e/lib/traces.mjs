// A whole job with patients that can be searched for, and the search for what stayed of them.
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { tablesOf } from "./files.mjs";
import { ROOT } from "./places.mjs";
import { User } from "./user.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");
const NEEDLES = ["Opdigtet", "6105351112", "610535-1112", "patienter.csv", "Risperidon"];

/** The whole job: read, open a list, search, why, another date. */
export async function work(page, address) {
  const user = await User.of(page);
  await page.goto(address);
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await user.search("Karen Opdigtet");
  await user.hasRows(1);
  await user.openPatient("610535-1112");
  await user.setIndexDate("2025-06-01");
}

/** Of these needles, those that stand in the bytes as UTF-8 or UTF-16. */
export const within = (bytes, needles) =>
  needles.filter((needle) => bytes.includes(needle) || bytes.includes(Buffer.from(needle, "utf16le")));

/** Files of a folder with their path inside it; folders have no bytes. */
export function* filesIn(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    yield { name: entry.name, path: path.slice(folder.length), bytes: entry.isFile() ? readFileSync(path) : Buffer.alloc(0) };
  }
}

/** Files of a folder in which a needle stands, or in whose names. */
export function traces(folder, needles = NEEDLES) {
  const found = [];
  for (const { name, path, bytes } of filesIn(folder)) {
    const here = new Set([...within(bytes, needles), ...needles.filter((needle) => name.includes(needle))]);
    found.push(...[...here].map((needle) => `${needle} in ${path}`));
  }
  return found;
}

/** The browser's own services: updates, accounts, hashes of form fields. */
export const SERVICES = ["google.com", "googleapis.com", "gstatic.com", "gvt1.com"];
/** They are not found, so that a test does not reach them; every other name is looked up and logged. */
export const UNREACHED = SERVICES.flatMap((name) => [`MAP ${name} ~NOTFOUND`, `MAP *.${name} ~NOTFOUND`]).join(", ");
