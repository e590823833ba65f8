// node bench/formats.mjs [--patients 10000] [--days 183] [--rounds 5]
// The same clinic as CSV, as a workbook and as FHIR, dropped on the release page: how fast each is read,
// beside merely reading the bytes of it, and CSV beside DuckDB-WASM. See README.md.
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
import { median } from "./figures.mjs";
import { folderServer } from "./folder-server.mjs";
import { listsOfPage } from "./lists.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = resolve(HERE, "../dist");
const FORMATS = ["csv", "xlsx", "fhir"];
const { values: asked } = parseArgs({
  options: {
    // Named by every benchmark's call; the files are written by a test here.
    engine: { type: "string" },
    patients: { type: "string", default: "10000" },
    days: { type: "string", default: "183" },
    rounds: { type: "string", default: "5" },
  },
});

/** The clinic in every format, written once by the test that holds them alike, and kept. */
function written() {
  const folder = join(HERE, "data", `formats-${asked.patients}-${asked.days}`);
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    const env = { ...process.env, FORMATS_OUT: folder, FORMATS_PATIENTS: asked.patients, FORMATS_DAYS: asked.days };
    const test = ["test", "--locked", "--release", "--test", "same_clinic", "--", "--ignored", "write_the_formats"];
    execFileSync("cargo", test, { cwd: resolve(HERE, ".."), env, stdio: "inherit" });
  }
  return folder;
}

const megabytes = (folder) =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1e6;

/** Every format has the lists of the first, or the run is void. */
async function comparedLists(url, folder) {
  const first = await listsOfPage(url, join(folder, FORMATS[0]));
  for (const format of FORMATS.slice(1)) {
    const other = await listsOfPage(url, join(folder, format));
    if (JSON.stringify(other.lists) !== JSON.stringify(first.lists)) throw new Error(`${format}: other lists; the run is void`);
  }
  return first;
}

/** One round: every format on the page and merely read, CSV in DuckDB as well; the order turns. */
function measurements(page, pages, folder, date) {
  const of = (format) => [
    [`${format}, page`, () => profilblik(page.url)(join(folder, format))],
    [`${format}, merely read`, () => raw(pages.url)(join(folder, format))],
  ];
  return [...FORMATS.flatMap(of), ["csv, DuckDB", () => duckdb(pages.url, "full", date)(join(folder, "csv"))]];
}

async function measure(page, pages) {
  const folder = written();
  const { date } = await comparedLists(page.url, folder);
  console.log(`the same lists in ${FORMATS.join(", ")}; index date ${date}`);
  const all = measurements(page, pages, folder, date);
  const rounds = [];
  for (let number = 0; number < Number(asked.rounds); number += 1) {
    const round = {};
    for (const [name, run] of all.map((_, i) => all[(i + number) % all.length])) {
      const { first_ms, total_ms, peak_mb } = await run();
      round[name] = { first_ms, total_ms, peak_mb };
    }
    rounds.push(round);
    console.log(`round ${number + 1} of ${asked.rounds}`);
  }
  return { folder, rounds };
}

function figuresOf(name, rounds, folder) {
  const middle = (key) => {
    const values = rounds.map((round) => round[name][key]).filter(Number.isFinite);
    return values.length ? median(values) : null;
  };
  const format = name.split(",")[0];
  const mb = megabytes(join(folder, format));
  const total_ms = middle("total_ms");
  const read_ms = median(rounds.map((round) => round[`${format}, merely read`].total_ms));
  return {
    mb, total_ms, first_ms: middle("first_ms"), mb_per_s: mb / (total_ms / 1000), peak_mb: middle("peak_mb"),
    times_reading: total_ms / read_ms,
  };
}

const shown = (value, digits = 0) => (value === null ? "–" : value.toFixed(digits));

function keep(folder, rounds, figures) {
  const now = new Date().toISOString();
  const result = {
    date: now,
    commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: HERE, encoding: "utf8" }).trim(),
    page_sha256: createHash("sha256").update(readFileSync(join(DIST, "index.html"))).digest("hex"),
    cores: cpus().length, patients: Number(asked.patients), days: Number(asked.days),
    megabytes: Object.fromEntries(FORMATS.map((format) => [format, megabytes(join(folder, format))])),
    figures, rounds,
  };
  const path = join(HERE, "results", `${now.slice(0, 16).replace(":", "")}-formats-${asked.patients}.json`);
  writeFileSync(path, `${JSON.stringify(result, null, 1)}\n`);
  return path;
}

await build({
  entryPoints: [join(HERE, "duckdb-page.mjs")], outfile: join(HERE, "build/duckdb-page.js"),
  bundle: true, format: "esm", minify: true, logLevel: "error",
});
const page = await pageServer(DIST);
const pages = await folderServer(HERE);
try {
  const { folder, rounds } = await measure(page, pages);
  const figures = Object.fromEntries(Object.keys(rounds[0]).sort().map((name) => [name, figuresOf(name, rounds, folder)]));
  console.log("\n| what | MB | first list ms | all ms | MB/s | peak MB | times merely reading |\n|---|---|---|---|---|---|---|");
  for (const [name, f] of Object.entries(figures)) {
    console.log(`| ${name} | ${shown(f.mb)} | ${shown(f.first_ms)} | ${shown(f.total_ms)} | ${shown(f.mb_per_s)} | ${shown(f.peak_mb)} | ${shown(f.times_reading, 2)} |`);
  }
  console.log(`\nkept: ${keep(folder, rounds, figures).slice(HERE.length + 1)}`);
} finally {
  await page.close();
  await pages.close();
}
