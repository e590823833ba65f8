// node bench/bench.mjs --engine PATH [--patients 10000] [--rounds 9] [--seed 1]
// Measures the release page beside DuckDB-WASM and beside merely reading the bytes. See README.md.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { pageServer } from "../scripts/page-server.mjs";
import { duckdb, profilblik, raw } from "./engines.mjs";
import { printable, summary, targets } from "./figures.mjs";
import { folderServer } from "./folder-server.mjs";
import { compareLists, listsOfPage } from "./lists.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = resolve(HERE, "../dist");
const { values: asked } = parseArgs({
  options: {
    engine: { type: "string" },
    patients: { type: "string", default: "10000" },
    rounds: { type: "string", default: "9" },
    seed: { type: "string", default: "1" },
  },
});

/** The generated export as loose CSV files; made once and kept. */
function exportFolder() {
  const folder = join(HERE, "data", `${asked.patients}-${asked.seed}`);
  if (existsSync(folder)) return folder;
  mkdirSync(join(HERE, "data"), { recursive: true });
  execFileSync(resolve(asked.engine), ["demo", "--patients", asked.patients, "--seed", asked.seed, "--out", folder]);
  return folder;
}

/** One round = every engine once; the order turns with each round, so that none is always first. */
async function runRound(engines, folder, number) {
  const names = Object.keys(engines);
  const order = names.map((_, i) => names[(i + number) % names.length]);
  const round = {};
  for (const name of order) round[name] = await engines[name](folder);
  return Object.fromEntries(names.map((name) => [name, round[name]]));
}

/** What is kept of a measurement: times and memory, never the lists of patients. */
function kept({ lists, ...measurement }) {
  return lists ? { ...measurement, members: lengths(lists) } : measurement;
}

const lengths = (lists) => Object.fromEntries(Object.entries(lists).map(([k, v]) => [k, v.length]));

function versions() {
  const lock = JSON.parse(readFileSync(join(HERE, "package-lock.json"), "utf8"));
  return { duckdb_wasm: lock.packages["node_modules/@duckdb/duckdb-wasm"].version, node: process.version };
}

function about(folder, date) {
  const files = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size]);
  return {
    date: new Date().toISOString(),
    commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: HERE, encoding: "utf8" }).trim(),
    page_sha256: createHash("sha256").update(readFileSync(join(DIST, "index.html"))).digest("hex"),
    cores: cpus().length,
    ...versions(),
    export: { patients: Number(asked.patients), seed: Number(asked.seed), files: Object.fromEntries(files) },
    index_date: date,
  };
}

function keep(result) {
  const folder = join(HERE, "results");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${result.date.slice(0, 16).replace(":", "")}-${asked.patients}.json`);
  writeFileSync(path, `${JSON.stringify(result, null, 1)}\n`);
  return path;
}

/** DuckDB's page as one script: nobody who cares about a start serves Arrow in a hundred files. */
async function bundle() {
  await build({
    entryPoints: [join(HERE, "duckdb-page.mjs")], outfile: join(HERE, "build/duckdb-page.js"),
    bundle: true, format: "esm", minify: true, logLevel: "error",
  });
}

async function measure(page, pages) {
  const folder = exportFolder();
  const ours = await listsOfPage(page.url, folder);
  const theirs = await duckdb(pages.url, "full", ours.date)(folder);
  const members = compareLists(ours.lists, theirs.lists);
  console.log(`the same patients in both: ${JSON.stringify(members)}, index date ${ours.date}`);
  const engines = {
    profilblik: profilblik(page.url),
    duckdb_full: duckdb(pages.url, "full", ours.date),
    duckdb_needed: duckdb(pages.url, "needed", ours.date),
    raw: raw(pages.url),
  };
  const rounds = [];
  for (let number = 0; number < Number(asked.rounds); number += 1) {
    const round = await runRound(engines, folder, number);
    for (const name of ["duckdb_full", "duckdb_needed"]) compareLists(ours.lists, round[name].lists);
    rounds.push(Object.fromEntries(Object.entries(round).map(([name, m]) => [name, kept(m)])));
    console.log(`round ${number + 1} of ${asked.rounds}`);
  }
  const medians = summary(rounds);
  return { ...about(folder, ours.date), members, medians, targets: targets(medians), rounds };
}

await bundle();
const page = await pageServer(DIST);
const pages = await folderServer(HERE);
try {
  const result = await measure(page, pages);
  console.log(`\n${printable(result.medians)}\n`);
  for (const { name, kind, limit, ratio, met } of result.targets) {
    console.log(`${met ? "met " : "MISSED"} ${name}: ${ratio.toFixed(2)} (${kind} ${limit})`);
  }
  console.log(`\nkept: ${keep(result).slice(HERE.length + 1)}`);
} finally {
  await page.close();
  await pages.close();
}
