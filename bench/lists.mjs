// Who is on the lists, by both engines: nothing is timed before they agree.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "../tests/e2e/lib/chromium.mjs";
import { User } from "../tests/e2e/lib/user.mjs";
import { POPULATIONS, TITLES } from "./populations.mjs";

/** The page's own lists, read row by row from the screen, and its index date. */
export async function listsOfPage(url, folder) {
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    const user = await User.of(page);
    await page.goto(url);
    await user.chooseAndRead(readdirSync(folder).map((name) => join(folder, name)));
    const lists = {};
    for (const profile of Object.keys(POPULATIONS)) {
      await user.openProfile(TITLES[profile]);
      lists[profile] = (await user.wholeList()).map((row) => row.CPR.replace("-", "")).sort();
    }
    return { lists, date: await user.indexDate() };
  } finally {
    await browser.close();
  }
}

/** Throws where the lists differ, naming how; returns how many are on each. */
export function compareLists(ours, theirs) {
  const members = {};
  for (const profile of Object.keys(POPULATIONS)) {
    const other = theirs[profile].map((cpr) => cpr.replace("-", "")).sort();
    const only = (a, b) => a.filter((cpr) => !new Set(b).has(cpr)).length;
    const [ourOwn, theirOwn] = [only(ours[profile], other), only(other, ours[profile])];
    if (ourOwn + theirOwn > 0 || other.length !== ours[profile].length) {
      throw new Error(`${profile}: the run is void. Only the page lists ${ourOwn}, only DuckDB ${theirOwn}`);
    }
    members[profile] = other.length;
  }
  return members;
}
