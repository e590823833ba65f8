// The search of the page's scripts for what sends, stores or runs text finds what is put in.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { PAGE } from "./lib/open.mjs";
import { ROOT } from "./lib/places.mjs";

/** What `scripts/page-imports.mjs` complains about. */
function complaints(page) {
  const folder = mkdtempSync(join(tmpdir(), "profilblik-scripts-"));
  try {
    const path = join(folder, "index.html");
    writeFileSync(path, page);
    const { status, stderr } = spawnSync(process.execPath,
      [resolve(ROOT, "scripts/page-imports.mjs"), path, resolve(ROOT, "tests/imports.allow")], { encoding: "utf8" });
    const said = stderr.trim().split("\n").filter(Boolean);
    assert.equal(status, said.length === 0 ? 0 : 1, stderr);
    return said;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const PROBE = 'fetch("data:,")';
/** A function: what follows is no pattern of replacement. */
const added = (text) => PAGE.replace("</body>", () => `<script>${text}</script></body>`);

test("the page as built has the one probe, and nothing else that sends, stores or runs text", () => {
  assert.deepEqual(complaints(PAGE), []);
  assert.equal(PAGE.split(PROBE).length, 2);
});

const PUT_IN = {
  'fetch("/x")': "in a script: fetch(", "navigator.sendBeacon('/x')": "in a script: sendBeacon", "localStorage.a = 1": "in a script: localStorage",
  "indexedDB.open('a')": "in a script: indexedDB", "document.cookie = 'a'": "in a script: .cookie", "eval('1')": "in a script: eval(",
  "location = '/x'": "in a script: location =", "location.assign('/x')": "in a script: location.assign",
  "new Image().src = '/x'": "in a script: .src =", "import('/x')": "in a script: import(", "caches.open('a')": "in a script: caches",
};

for (const [text, complaint] of Object.entries(PUT_IN)) {
  test(`put into a script of its own it is found: ${text}`, () => {
    assert.deepEqual(complaints(added(text)), [complaint]);
  });
}

test("a second probe, and one that is gone, are found", () => {
  assert.deepEqual(complaints(added(PROBE)), [`2 times, not once: ${PROBE}`, "in a script: fetch("]);
  assert.deepEqual(complaints(PAGE.replace(PROBE, "Promise.reject()")), [`0 times, not once: ${PROBE}`]);
});
