// What stays in a browser's profile folder after every screen was used: `./run deep needles`.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { pageServer } from "../../../scripts/page-server.mjs";
import { launchPersistent } from "../lib/chromium.mjs";
import { tablesOf } from "../lib/files.mjs";
import { DIST, ROOT } from "../lib/places.mjs";
import { faultsInEveryState } from "../lib/states.mjs";
import { filesIn, UNREACHED, within } from "../lib/traces.mjs";
import { User } from "../lib/user.mjs";
import { unpacked } from "./packed.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");
/** The browser saves its session some seconds after something changed. */
const UNTIL_SAVED = 15_000;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** Numbers in both forms, names and addresses of the patients, and the names of the files. */
function needles() {
  const [, ...rows] = readFileSync(join(CLINIC, "patienter.csv"), "utf8").trim().split(/\r?\n/);
  const persons = rows.flatMap((row) => {
    const [cpr, name, , , address] = row.split(";");
    return [cpr, `${cpr.slice(0, 6)}-${cpr.slice(6)}`, name, address];
  });
  return [...new Set([...persons, ...tablesOf(CLINIC).map((path) => path.split("/").at(-1))])].filter((text) => text?.length > 5);
}

/** Every file of the folder, as it is and unpacked. */
function search(folder, wanted) {
  const found = new Map();
  let files = 0;
  for (const { name, path, bytes } of filesIn(folder)) {
    files += 1;
    const seen = [Buffer.from(name), bytes, ...unpacked(name, bytes)].flatMap((one) => within(one, wanted));
    for (const needle of new Set(seen)) found.set(needle, [...(found.get(needle) ?? []), path]);
  }
  return { found, files };
}

/** Numbers of the processes that this test's own browser consists of: its folder is in their command line. */
const ownProcesses = (folder) => readdirSync("/proc").filter((name) => /^\d+$/.test(name)).filter((pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder);
  } catch {
    return false;
  }
});

const ENDS = {
  closed: (context) => context.close(),
  killed: async (context, folder) => {
    for (const pid of ownProcesses(folder)) process.kill(Number(pid), "SIGKILL");
    await wait(500);
    await context.close().catch(() => {});
  },
};

async function inProfile(act, end, wanted) {
  const folder = mkdtempSync(join(tmpdir(), "profilblik-needles-"));
  try {
    const options = { args: [`--host-resolver-rules=${UNREACHED}`], viewport: { width: 1366, height: 768 } };
    const context = await launchPersistent(folder, options);
    const page = context.pages()[0] ?? await context.newPage();
    page.setDefaultTimeout(60_000);
    await act(page);
    await wait(UNTIL_SAVED);
    await ENDS[end](context, folder);
    return search(folder, wanted);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every view and state, and then the data once more, with texts of a patient in the fields. */
async function everything(page, address) {
  const user = await User.of(page);
  await page.goto(address);
  await faultsInEveryState(user, page, async () => []);
  await page.reload();
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await user.openPatient("610535-1112");
  await user.search("Karen Opdigtet");
  await user.button(/^Slå patient op/).click();
  await page.locator("#lookup-text").fill("6105351112");
}

/** What a careless page leaves, one needle each. (A cookie is encrypted on the disk, and not looked for.) */
const LEFT = ["local", "session", "indexed", "cached", "title", "hash", "state", "field", "response", "packed"];
const needleOf = (kind) => `naal${kind}6105351112`;

/** Runs in the careless page. */
async function careless(needle) {
  localStorage.setItem("a", needle.local);
  sessionStorage.setItem("a", needle.session);
  document.title = needle.title;
  document.querySelector("textarea").value = needle.field;
  await (await caches.open("a")).put("/a", new Response(needle.cached));
  await fetch("/response").then((answer) => answer.text());
  await fetch("/packed").then((answer) => answer.text());
  const base = await new Promise((done) => {
    const ask = indexedDB.open("a");
    ask.onupgradeneeded = () => ask.result.createObjectStore("a");
    ask.onsuccess = () => done(ask.result);
  });
  // So much that the database packs it into a table.
  const store = base.transaction("a", "readwrite").objectStore("a");
  for (let n = 0; n < 800; n += 1) store.put(`${needle.indexed} ${"0123456789".repeat(1000)}`, n);
  await new Promise((done) => { store.transaction.oncomplete = done; });
  history.pushState({ a: needle.state }, "", `#${needle.hash}`);
}

async function control(end) {
  const needle = Object.fromEntries(LEFT.map((kind) => [kind, needleOf(kind)]));
  const server = createServer((request, response) => {
    const kept = { "Cache-Control": "max-age=9999", "Content-Type": "text/html" };
    if (request.url === "/packed") response.writeHead(200, { ...kept, "Content-Encoding": "gzip" }).end(gzipSync(`<p>${needle.packed}`));
    else response.writeHead(200, kept).end(request.url === "/response" ? needle.response : "<textarea></textarea>");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  try {
    return await inProfile(async (page) => {
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      await page.evaluate(careless, needle);
    }, end, Object.values(needle));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const WANTED = needles();
const faults = [];
const counts = [];

for (const end of Object.keys(ENDS)) {
  const { found, files } = await control(end);
  console.log(`control, ${end}: ${found.size} of ${LEFT.length} kinds found in ${files} files and folders`);
  for (const [needle, paths] of found) console.log(`  ${needle}: ${paths.join(", ")}`);
  // A search that misses what was left is not believed.
  if (found.size < LEFT.length) faults.push(`void: the control left ${LEFT.length} kinds, ${found.size} were found`);
  counts.push(`control ${found.size} of ${LEFT.length}`);
}

const server = await pageServer(DIST);
for (const [place, address] of [["served", server.url], ["from disk", pathToFileURL(resolve(DIST, "index.html")).href]]) {
  for (const end of Object.keys(ENDS)) {
    const { found, files } = await inProfile((page) => everything(page, address), end, WANTED);
    console.log(`${place}, ${end}: ${found.size} of ${WANTED.length} needles in ${files} files and folders`);
    for (const [needle, paths] of found) faults.push(`${place}, ${end}: ${needle} in ${paths.join(", ")}`);
    counts.push(`${place} and ${end} ${found.size}`);
  }
}
await server.close();
for (const fault of faults) console.log(`✗ ${fault}`);
console.log(`\n${WANTED.length} needles, ${counts.length} rounds: ${counts.join(", ")}; ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
