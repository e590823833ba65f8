// With a browser profile on disk, as a person has: what the browser's own log says went out, and
// what is found in the profile's files afterwards.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { deflateSync, gzipSync } from "node:zlib";
import { pageServer } from "../../scripts/page-server.mjs";
import { unpacked, unsnapped } from "./deep/packed.mjs";
import { launchPersistent } from "./lib/chromium.mjs";
import { DIST } from "./lib/places.mjs";
import { SERVICES, traces, UNREACHED, work } from "./lib/traces.mjs";

/** The browser's own services, what they are mapped to, and how the browser finds out about the network. */
const BROWSERS_OWN = [
  new RegExp(`(^|\\.)(${SERVICES.join("|").replaceAll(".", "\\.")})$`), /^~notfound$/, /:53$/, /^\[2001:4860:4860::8888\]/,
];

/** Hosts that the browser's network log names: of requests, of names looked up, of sockets opened. */
function networked(log) {
  const { constants, events } = JSON.parse(log);
  const names = Object.fromEntries(Object.entries(constants.logEventTypes).map(([name, id]) => [id, name]));
  const asked = new Set();
  const url = (address) => (/^\w+:\/\//.test(address) ? new URL(address).host : address);
  for (const { type, params } of events) {
    const name = names[type];
    if (name === "URL_REQUEST_START_JOB" && params?.url) asked.add(url(params.url));
    if (name === "HOST_RESOLVER_MANAGER_REQUEST" && params?.host) asked.add(url(params.host));
    if (/^(TCP|UDP)_CONNECT(_ATTEMPT)?$/.test(name) && params?.address) asked.add(params.address);
  }
  return [...asked].filter((host) => host && !BROWSERS_OWN.some((own) => own.test(host)));
}

async function inProfile(address, act) {
  const folder = mkdtempSync(join(tmpdir(), "profilblik-browser-"));
  const log = join(tmpdir(), `profilblik-net-${process.pid}.json`);
  try {
    const args = [`--log-net-log=${log}`, `--host-resolver-rules=${UNREACHED}`];
    const context = await launchPersistent(folder, { args, viewport: { width: 1366, height: 768 } });
    try {
      await act(context.pages()[0] ?? await context.newPage());
    } finally {
      await context.close();
    }
    return { left: traces(folder), log: readFileSync(log, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(log, { force: true });
  }
}

test("served: the browser's own log knows of one host, and nothing stays in its profile", async () => {
  const server = await pageServer(DIST);
  try {
    const { left, log } = await inProfile(server.url, (page) => work(page, server.url));
    assert.deepEqual(left, []);
    // Port 443 of the same machine is the browser's own try at https.
    const { host, hostname } = new URL(server.url);
    assert.deepEqual(networked(log).filter((other) => other !== `${hostname}:443`), [host]);
    assert.deepEqual(server.hits, ["GET /"]);
  } finally {
    await server.close();
  }
});

test("from disk: the browser's own log knows of no host, and nothing stays in its profile", async () => {
  const address = pathToFileURL(resolve(DIST, "index.html")).href;
  const { left, log } = await inProfile(address, (page) => work(page, address));
  assert.deepEqual(left, []);
  assert.deepEqual(networked(log), []);
});

test("the search itself would find a trace", () => {
  const folder = mkdtempSync(join(tmpdir(), "profilblik-needle-"));
  try {
    writeFileSync(join(folder, "a"), Buffer.from("xx6105351112", "utf16le"));
    assert.equal(traces(folder).length, 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("so would the search of what is packed, with other bytes around it", () => {
  for (const pack of [gzipSync, deflateSync]) {
    const bytes = Buffer.concat([Buffer.from("before"), pack("6105351112"), Buffer.from("and after it")]);
    assert.ok(unpacked("a", bytes).some((inside) => inside.includes("6105351112")), pack.name);
  }
  // Four bytes as they are, then eight that repeat from four back.
  assert.equal(String(unsnapped(Buffer.from([12, 0x0c, ...Buffer.from("naal"), 0x11, 4]))), "naalnaalnaal");
});
