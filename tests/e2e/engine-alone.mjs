// The engine compiled alone: WebAssembly that imports nothing at all cannot reach anything, and it
// must still be the real engine.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { test } from "node:test";
import { inFolder, profilblik } from "./lib/cli.mjs";
import { tablesOf } from "./lib/files.mjs";
import { zip } from "./lib/zip.mjs";

const ROOT = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const module = new WebAssembly.Module(readFileSync(process.env.PROFILBLIK_ENGINE));
const DATE = "2025-09-30";

/** A fresh engine's answer to an export and a profile. */
function answer(engine, archive, profile) {
  const { room, answer: ask, memory } = engine.exports;
  const put = (bytes) => {
    const at = room(bytes.length);
    new Uint8Array(memory.buffer).set(bytes, at);
    return [at, bytes.length];
  };
  const day = Date.parse(DATE) / 86_400_000;
  const told = BigInt.asUintN(64, ask(...put(archive), ...put(profile), day));
  const [at, length] = [Number(told >> 32n), Number(told & 0xffffffffn)];
  return new TextDecoder().decode(new Uint8Array(memory.buffer, at, length));
}

test("the engine imports nothing", () => {
  assert.deepEqual(WebAssembly.Module.imports(module), []);
});

for (const name of ["demens", "opioid_6mdr", "opioid_psyk", "triple_whammy"]) {
  test(`the engine alone answers what the command line answers: ${name}`, async () => {
    const path = resolve(ROOT, "profiles", `${name}.toml`);
    const files = tablesOf(resolve(ROOT, "tests/exports/klinik"));
    const archive = zip(files.map((file) => ({ name: basename(file), text: readFileSync(file) })));
    const ours = answer(new WebAssembly.Instance(module, {}), archive, readFileSync(path));
    await inFolder({ "export.zip": archive }, (_, [export_]) => {
      const theirs = profilblik("evaluate", export_, "--profile", path, "--date", DATE, "--json");
      assert.equal(ours, theirs);
      assert.ok(JSON.parse(theirs).counts.members > 0);
    });
  });
}
