// Every way out of the page, tried from inside it in a network of its own: `./run deep ways-out`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { pageServer } from "../../../scripts/page-server.mjs";
import { launchPersistent } from "../lib/chromium.mjs";
import { open } from "../lib/open.mjs";
import { DIST, ROOT } from "../lib/places.mjs";
import { SERVICES, UNREACHED, work } from "../lib/traces.mjs";
import { addressOf, canary, nameOf, wayOf } from "./canary.mjs";
import { helpers, LEAVING_WAYS, QUIET_WAYS } from "./ways.mjs";

const WAYS = [...QUIET_WAYS, ...LEAVING_WAYS];
/** Below this the instruments are not believed. */
const LEAST_OF_CONTROL = 50;
/** Looked up by the browser itself; and what the system says when an address is joined. */
const BROWSERS_OWN = new RegExp(`(^|\\.)(${SERVICES.join("|").replaceAll(".", "\\.")})$`);
const SYSTEMS_OWN = /^other (224\.0\.0\.22|ff02::)/;
const NAME_SERVER = "198.18.0.53";
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

function targets(round, way, opened) {
  const host = nameOf(round, way);
  const leak = "?cpr=6105351112";
  return {
    host, ip: addressOf(round, way), url: `http://${host}/${leak}`, secure: `https://${host}/${leak}`,
    script: `http://${host}/leak.js${leak}`, css: `http://${host}/leak.css${leak}`,
    own: new URL(`/w${way}r${round}.js${leak}`, opened).href,
  };
}

/** Until the page has started and locked itself. */
async function started(context, opened) {
  const page = await context.newPage();
  await page.goto(opened);
  await page.getByRole("heading", { name: "Se hvilke patienter der opfylder en profil" }).waitFor();
  await wait(200);
  await page.evaluate(helpers);
  return page;
}

/** A way may never answer, may throw, may take the page away: none of it is of interest here. */
async function attempt(page, act, to) {
  await Promise.race([page.evaluate(act, to).catch(() => {}), wait(1500)]);
}

async function tryAll(context, opened, round) {
  const page = await started(context, opened);
  for (const [place, [, act]] of QUIET_WAYS.entries()) await attempt(page, act, targets(round, place + 1, opened));
  await wait(4000);
  await page.close();
  for (const [place, [, act]] of LEAVING_WAYS.entries()) {
    const tab = await started(context, opened);
    await attempt(tab, act, targets(round, QUIET_WAYS.length + place + 1, opened));
    await wait(1200);
    for (const other of context.pages().slice(1)) await other.close();
  }
  await wait(2000);
}

/** Way → the instruments that saw it; and what belongs to no way. */
function account(seen, hits, round) {
  const ways = new Map();
  const others = new Set();
  const add = (way, kind) => ways.set(way, (ways.get(way) ?? new Set()).add(kind));
  for (const { kind, to, port } of seen) {
    const found = wayOf(to);
    if (found && found[0] === round) add(found[1], kind);
    // The look-ups themselves are packets to the name server of this network.
    else if (!found && to !== NAME_SERVER && !BROWSERS_OWN.test(to)) others.add(`${kind} ${to}${port ? `:${port}` : ""}`);
  }
  for (const hit of hits) {
    const own = hit.match(/\/w(\d+)r(\d+)\.js/);
    if (own && Number(own[2]) === round) add(Number(own[1]), "own host");
  }
  return { ways, others: [...others].filter((what) => !SYSTEMS_OWN.test(what)) };
}

async function inBrowser(act, args = ["--enable-quic"]) {
  const folder = mkdtempSync(join(tmpdir(), "profilblik-ways-"));
  const context = await launchPersistent(folder, { args, acceptDownloads: true });
  try {
    await act(context);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One page in one place; `server` is null for a page opened from disk. */
async function round(number, name, opened, server) {
  const { seen, close } = await canary();
  try {
    await inBrowser((context) => tryAll(context, opened, number));
  } finally {
    close();
  }
  const { ways, others } = account(seen, server?.hits ?? [], number);
  const open = [...ways].sort(([a], [b]) => a - b).map(([way, kinds]) => [WAYS[way - 1][0], [...kinds].sort().join(", ")]);
  console.log(`\n${name}: ${open.length} of ${WAYS.length} ways out`);
  for (const [way, kinds] of open) console.log(`  ${way}: ${kinds}`);
  for (const other of others) console.log(`  besides: ${other}`);
  return { open: open.map(([way]) => way), others };
}

async function served(number, name, folder, options) {
  const server = await pageServer(folder, options);
  try {
    return await round(number, name, server.url, server);
  } finally {
    await server.close();
  }
}

async function control(number) {
  const folder = mkdtempSync(join(tmpdir(), "profilblik-open-"));
  try {
    writeFileSync(join(folder, "index.html"), open());
    return await served(number, "control, no policy at all", folder, { headers: false });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The whole job with the server stopped: page requests, names, packets, hits of the server. */
async function job() {
  const { seen, close } = await canary();
  const server = await pageServer(DIST);
  const asked = [];
  try {
    await inBrowser(async (context) => {
      const page = await context.newPage();
      page.on("request", (request) => asked.push(request.url()));
      page.once("load", () => server.close());
      await work(page, server.url);
      await wait(2000);
    }, [`--host-resolver-rules=${UNREACHED}`]);
  } finally {
    close();
    await server.close();
  }
  const requests = asked.filter((url) => url !== server.url && !/^(blob|data):/.test(url));
  const left = [...requests, ...account(seen, [], 0).others, ...server.hits.slice(1)];
  console.log(`\na whole job, the server stopped: ${left.length} of anything seen`);
  return left;
}

/** What the documents say of a round: the first words in code marks of each line of a list. */
function documented(list) {
  const text = readFileSync(resolve(ROOT, "docs/ways-out.md"), "utf8");
  const lines = text.split(`<!-- ${list} -->`)[1].split("<!-- end -->")[0];
  return [...lines.matchAll(/^\| `([^`]+)`/gm)].map(([, way]) => way);
}

const missing = (all, from) => all.filter((one) => !from.includes(one));

const free = await control(1);
const locked = await served(2, "served with its headers", DIST, {});
const plain = await served(3, "served without headers", DIST, { headers: false });
const disk = await round(4, "opened from disk", pathToFileURL(resolve(DIST, "index.html")).href, null);
const left = await job();

const known = documented("residue");
const without = [...new Set([...plain.open, ...disk.open])];
const faults = [
  free.open.length < LEAST_OF_CONTROL && `void: the control saw ${free.open.length} ways, ${LEAST_OF_CONTROL} are asked`,
  ...locked.open.map((way) => `open with headers: ${way}`),
  ...missing(locked.others, documented("announced")).map((what) => `seen with headers: ${what}`),
  ...missing(without, known).map((way) => `open without headers, and not in docs/ways-out.md: ${way}`),
  ...missing(known, without).map((way) => `in docs/ways-out.md, but closed: ${way}`),
  ...left.map((what) => `seen in a whole job: ${what}`),
].filter(Boolean);
for (const fault of faults) console.log(`✗ ${fault}`);
console.log(`\n${WAYS.length} ways: control ${free.open.length}, with headers ${locked.open.length}, ` +
  `without headers ${plain.open.length}, from disk ${disk.open.length}, a whole job ${left.length}; ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
