// node bench/profiles.mjs --engine PATH [--patients 10000] [--rounds 5] [--seed 1]
// Every built-in profile evaluated anew, after the files are in: the release page beside DuckDB-WASM
// that runs the SQL of the same profiles. See README.md.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { pageServer } from "../scripts/page-server.mjs";
import { launch } from "../tests/e2e/lib/chromium.mjs";
import { User } from "../tests/e2e/lib/user.mjs";
import { median } from "./figures.mjs";
import { folderServer } from "./folder-server.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const MINUTES = 60_000;
const { values: asked } = parseArgs({
  options: {
    engine: { type: "string" },
    patients: { type: "string", default: "10000" },
    rounds: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
  },
});

const profilblik = (...words) =>
  execFileSync(resolve(asked.engine), words, { encoding: "utf8", maxBuffer: 1 << 30 });
const paths = (folder) => readdirSync(folder).sort().map((name) => join(folder, name));
const profiles = () =>
  readdirSync(resolve(HERE, "../profiles")).filter((name) => name.endsWith(".toml")).map((name) => name.slice(0, -5));

/** A folder that is made once and kept. */
function made(name, make) {
  const folder = join(HERE, "data", `${name}${asked.patients}-${asked.seed}`);
  mkdirSync(join(HERE, "data"), { recursive: true });
  if (!existsSync(folder)) make(folder);
  return folder;
}

/** What the command line says: the index date of the files, and how many are on each list. */
function expected(folder) {
  const all = JSON.parse(profilblik("evaluate", folder, "--json", ...profiles().flatMap((id) => ["--profile", id])));
  return {
    date: all[0].index_date,
    members: Object.fromEntries(all.map(({ profile, counts }) => [profile.id, counts.members])),
  };
}

function writeTexts(date) {
  const sql = (id) => profilblik("sql", id, "--date", date, "--dialect", "duckdb");
  const texts = {
    tables: profilblik("sql", "--dialect", "duckdb"),
    profiles: Object.fromEntries(profiles().map((id) => [id, sql(id)])),
  };
  mkdirSync(join(HERE, "build"), { recursive: true });
  writeFileSync(join(HERE, "build/profiles.json"), JSON.stringify(texts));
}

async function inBrowser(act) {
  const browser = await launch();
  try {
    return await act(await browser.newPage({ viewport: { width: 1366, height: 768 } }));
  } finally {
    await browser.close();
  }
}

/** The SQL of all profiles, one after the other. */
const inDuckdb = (url, tables) => inBrowser(async (page) => {
  await page.goto(`${url}duckdb-profiles.html?texts=${url}build/profiles.json`);
  await page.waitForFunction(() => globalThis.ready);
  await page.locator("#files").setInputFiles(paths(tables));
  const handle = await page.waitForFunction(() => globalThis.answer, null, { timeout: 10 * MINUTES });
  const answer = await handle.jsonValue();
  if (answer.error) throw new Error(answer.error);
  return answer;
});

/**
 * Another index date makes the page evaluate everything anew. Timed in the page, from the event of
 * the date field until the overview shows the date; first away from the date, then back to it, which
 * counts.
 */
const inPage = (url, folder, date) => inBrowser(async (page) => {
  const user = await User.of(page);
  await page.goto(url);
  await user.chooseAndRead(paths(folder));
  await page.waitForFunction(() => performance.getEntriesByName("profilblik:all-evaluated").length > 0);
  await user.toOverview();
  await user.setIndexDate(dayBefore(date));
  await page.evaluate(() => {
    const changed = () => { globalThis.__changed ??= performance.now(); };
    addEventListener("change", changed, true);
    let shown = document.querySelector("main").textContent;
    new MutationObserver(() => {
      const text = document.querySelector("main").textContent;
      if (globalThis.__changed && text !== shown) globalThis.__shown = performance.now();
      shown = text;
    }).observe(document.querySelector("main"), { childList: true, subtree: true, characterData: true });
  });
  await user.setIndexDate(date);
  const all_ms = await page.evaluate(() => globalThis.__shown - globalThis.__changed);
  return { all_ms, overview: await user.overview() };
});

function dayBefore(date) {
  return new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
}

function sameMembers(ours, theirs) {
  for (const [id, members] of Object.entries(ours)) {
    if (theirs[id] !== members) throw new Error(`${id}: the run is void, ${members} and ${theirs[id]} members`);
  }
}

const exported = made("", (folder) => profilblik("demo", "--patients", asked.patients, "--seed", asked.seed, "--out", folder));
const tables = made("tables-", (folder) => profilblik("normalise", exported, "--out", folder));
const { date, members } = expected(exported);
writeTexts(date);
await build({
  entryPoints: [join(HERE, "duckdb-profiles-page.mjs")], outfile: join(HERE, "build/duckdb-profiles-page.js"),
  bundle: true, format: "esm", minify: true, logLevel: "error",
});
const page = await pageServer(resolve(HERE, "../dist"));
const pages = await folderServer(HERE);
try {
  const rounds = [];
  for (let number = 0; number < Number(asked.rounds); number += 1) {
    const theirs = await inDuckdb(pages.url, tables);
    sameMembers(members, theirs.members);
    const ours = await inPage(page.url, exported, date);
    rounds.push({ profilblik_ms: ours.all_ms, duckdb_ms: theirs.all_ms, duckdb_profiles_ms: theirs.profiles_ms });
    console.log(`round ${number + 1}: page ${ours.all_ms.toFixed(0)} ms, DuckDB-WASM ${theirs.all_ms.toFixed(0)} ms`);
  }
  const [own, other] = ["profilblik_ms", "duckdb_ms"].map((key) => median(rounds.map((round) => round[key])));
  console.log(`${Object.keys(members).length} profiles, ${asked.patients} patients, medians: page ${own.toFixed(0)} ms, ` +
    `DuckDB-WASM ${other.toFixed(0)} ms, ratio ${(other / own).toFixed(1)} (the page: at most 250 ms)`);
  const result = { date: new Date().toISOString(), patients: Number(asked.patients), index_date: date, members, rounds };
  const path = join(HERE, "results", `${result.date.slice(0, 16).replace(":", "")}-profiles-${asked.patients}.json`);
  writeFileSync(path, `${JSON.stringify(result, null, 1)}\n`);
} finally {
  await page.close();
  await pages.close();
}
