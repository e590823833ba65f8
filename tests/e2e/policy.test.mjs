// What the page's policies say, and what addresses stand in what is handed out: read, not run.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { Severity } from "csp_evaluator/dist/finding.js";
import { CspParser } from "csp_evaluator/dist/parser.js";
import { parseHeaders } from "../../scripts/page-server.mjs";
import { PAGE } from "./lib/open.mjs";
import { DIST } from "./lib/task.mjs";

const html = PAGE.toString();
const inHeader = parseHeaders(readFileSync(resolve(DIST, "_headers"), "utf8"))["Content-Security-Policy"];
const inPage = html.match(/<meta http-equiv="Content-Security-Policy" content="([^"]*)">/)[1];
const afterStart = [...html.match(/var LOCK = ((?:"[^"]*"[\s+]*)+)/)[1].matchAll(/"([^"]*)"/g)].map(([, text]) => text).join("");

/** Findings of CSP Evaluator that are of the highest severity. */
const high = (policy) => new CspEvaluator(new CspParser(policy).csp).evaluate()
  .filter(({ severity }) => severity === Severity.HIGH).map(({ directive, value, description }) => `${directive} ${value}: ${description}`);

for (const [where, policy] of Object.entries({ "header": inHeader, "page": inPage, "lock": afterStart })) {
  test(`the policy in the ${where} has no high finding`, () => {
    assert.match(policy, /^default-src 'none'/);
    assert.match(policy, /connect-src 'none'/);
    assert.deepEqual(high(policy), []);
  });
}

test("the same evaluator finds what is wrong with an open policy", () => {
  assert.ok(high("default-src *; script-src * 'unsafe-inline'").length >= 2);
});

/**
 * Names of languages and of code systems (as FHIR writes them), not addresses: nothing ever asks for
 * them. Texts stand end to end in the wasm, so that others may follow; `https://` and `http://` do, too.
 */
const NAMES = /^http:\/\/(www\.w3\.org\/(2000\/svg|1999\/xlink|1999\/xhtml|1998\/Math\/MathML|XML\/1998\/namespace|2000\/xmlns)|snomed\.info\/sct|loinc\.org|www\.nlm\.nih\.gov\/research\/umls\/rxnorm|npu-terminology\.org)|^https:\/\/http$/;

test("no address that a browser could load stands in what is handed out", () => {
  const wasm = gunzipSync(Buffer.from(html.match(/<script[^>]*id="wasm">([^<]*)<\/script>/)[1], "base64"));
  const texts = { "the page": html, "its wasm": wasm.toString("latin1") };
  for (const [where, text] of Object.entries(texts)) {
    const found = [...text.matchAll(/\b(?:https?|wss?|ftp):\/\/[\w./#?=&%-]+/g)].map(([address]) => address);
    assert.deepEqual(found.filter((address) => !NAMES.test(address)), [], where);
  }
  // Nothing beside the file is asked for, either.
  assert.doesNotMatch(html.replace(/<script[\s\S]*?<\/script>/g, ""), /\s(?:src|srcset|action|poster|data)=|href="(?!data:,"|#)/);
  assert.ok(readdirSync(DIST).includes("index.html"));
});
