// DuckDB-WASM runs the text that `profilblik sql` wrote, on the tables that `profilblik normalise`
// wrote. Loading them is not timed. The driver puts `?texts=URL` into the address: a JSON file with
// the statements of the empty tables and one text per profile.
import * as duckdb from "@duckdb/duckdb-wasm";

const dist = new URL("./node_modules/@duckdb/duckdb-wasm/dist/", location.href);
const texts = await (await fetch(new URLSearchParams(location.search).get("texts"))).json();

async function startEngine() {
  const worker = new Worker(new URL("duckdb-browser-eh.worker.js", dist));
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await db.instantiate(new URL("duckdb-eh.wasm", dist).href);
  return { db, connection: await db.connect() };
}

async function load({ db, connection }, files) {
  await connection.query(texts.tables);
  for (const file of files) {
    await db.registerFileHandle(file.name, file, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
    const table = file.name.replace(".csv", "");
    await connection.query(`COPY ${table} FROM '${file.name}' (HEADER, NULLSTR '')`);
  }
}

async function run({ connection }) {
  const answer = { members: {}, profiles_ms: {} };
  const started = performance.now();
  for (const [id, text] of Object.entries(texts.profiles)) {
    const begun = performance.now();
    await connection.query(text);
    const rows = await connection.query("SELECT count(*) AS n FROM pb_resultat WHERE population");
    answer.members[id] = Number(rows.toArray()[0].n);
    answer.profiles_ms[id] = performance.now() - begun;
  }
  return { ...answer, all_ms: performance.now() - started };
}

const engine = await startEngine();
document.querySelector("#files").addEventListener("change", async (event) => {
  try {
    await load(engine, [...event.target.files]);
    window.answer = await run(engine);
  } catch (error) {
    window.answer = { error: String(error) };
  }
});
window.ready = true;
