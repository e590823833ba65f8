// Bundled into build/ before a run: as a page that cares about its start would be.
// DuckDB-WASM's side: start the engine, take the files from an <input>, load, query, answer.
// The driver puts `?mode=full|needed&date=YYYY-MM-DD` into the address.
import * as duckdb from "@duckdb/duckdb-wasm";
import { FIRST_TABLES, POPULATIONS, TABLES, loadSql, periodSql } from "./populations.mjs";

const asked = new URLSearchParams(location.search);
const mode = asked.get("mode");
const date = asked.get("date");
const dist = new URL("./node_modules/@duckdb/duckdb-wasm/dist/", location.href);

async function startEngine() {
  const worker = new Worker(new URL("duckdb-browser-eh.worker.js", dist));
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await db.instantiate(new URL("duckdb-eh.wasm", dist).href);
  const connection = await db.connect();
  return { db, connection };
}

/** The files of a drop, asked of one engine; notes when each step was done. */
class Drop {
  constructor({ db, connection }, files) {
    Object.assign(this, { db, connection, files: [...files] });
    this.started = performance.now();
    this.answer = { chosen_ms: this.started, steps: {}, rows: {}, lists: {} };
  }

  note(step) {
    this.answer.steps[step] = performance.now() - this.started;
  }

  /** The engine reads the file by itself, in its worker; handing it the bytes was no quicker. */
  async load(table) {
    const file = this.files.find((candidate) => candidate.name === TABLES[table].file);
    const { BROWSER_FILEREADER } = duckdb.DuckDBDataProtocol;
    await this.db.registerFileHandle(file.name, file, BROWSER_FILEREADER, true);
    await this.connection.query(loadSql(table, mode));
    const count = await this.connection.query(`SELECT count(*) AS n FROM ${table}`);
    this.answer.rows[table] = Number(count.toArray()[0].n);
    this.note(table);
  }

  async list(name) {
    const rows = await this.connection.query(POPULATIONS[name].replaceAll("$date", `DATE '${date}'`));
    this.answer.lists[name] = rows.toArray().map((row) => row.cpr);
    this.note(name);
  }

  /** Patients, diagnoses and medicine, then the first list; then all the rest. */
  async run() {
    const [first, ...others] = Object.keys(POPULATIONS);
    for (const table of FIRST_TABLES) await this.load(table);
    await this.connection.query(periodSql);
    await this.list(first);
    this.answer.first_ms = performance.now() - this.started;
    const rest = mode === "full" ? Object.keys(TABLES).filter((t) => !FIRST_TABLES.includes(t)) : [];
    for (const table of rest) await this.load(table);
    for (const name of others) await this.list(name);
    this.answer.total_ms = performance.now() - this.started;
    return this.answer;
  }
}

const engine = await startEngine();
document.querySelector("#files").addEventListener("change", async (event) => {
  try {
    window.answer = await new Drop(engine, event.target.files).run();
  } catch (error) {
    window.answer = { error: String(error) };
  }
});
// From the navigation's start.
window.ready = { init_ms: performance.now() };
