// node scripts/page-imports.mjs PAGE.html ALLOWED
// Which functions of the browser the page's WebAssembly asks for. Each must stand in the list, and
// none may be able to send, store or run text as code. Nor may a script of the page name one that can,
// but for what stands in EXCEPTIONS.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** As wasm-bindgen names methods; constructors are all called `new`, so the glue is searched, too. */
const NEVER = new RegExp(`^__wbg_(set_|static_accessor_)?(${[
  "fetch.*", "sendBeacon.*", "open.*", "eval", "newnoargs.*", "new_no_args", "importScripts", "register.*",
  "localStorage", "sessionStorage", "indexedDB", "caches", "cookie", "setItem", "getItem", "pushState.*",
  "replaceState.*", "getDirectory", "serviceWorker", "location", "href", "src", "srcdoc", "outerHTML",
  "insertAdjacentHTML", "write", "writeln", "submit", "requestSubmit", "ping", "send.*",
].join("|")})$`, "i");
/** In every script of the page: the glue, the start, and whatever may come. */
const NEVER_IN_SCRIPTS = [
  "\\bfetch\\s*\\(", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon", "RTCPeerConnection", "WebTransport",
  "\\beval\\s*\\(", "new\\s+Function", "importScripts", "\\bimport\\s*\\(", "localStorage", "sessionStorage", "indexedDB",
  "\\bcaches\\b", "getDirectory", "serviceWorker", "\\.cookie", "cookieStore", "BroadcastChannel", "SharedWorker",
  "FilePicker", "(push|replace)State", "\\.location\\b", "\\blocation(\\.\\w+)?\\s*=(?!=)", "\\blocation\\.(assign|replace|reload)",
  "window\\.open", "\\.(src|srcset|href|action|ping)\\s*=(?!=)", "[Ss]ubmit\\s*\\(", "outerHTML", "document\\.write",
].map((text) => new RegExp(text, "g"));

/**
 * What may stand in the scripts all the same, each exactly once: the probes of »Selvtjek«, whose
 * addresses are their own content and which the policy refuses, and the file that a person saves.
 */
const EXCEPTIONS = [
  'fetch("data:,")', 'image.src = "data:image/gif;base64,', 'new Function("return true")',
  "if (document.cookie || (worker && worker.controller))", "var worker = navigator.serviceWorker;",
  "link.href = URL.createObjectURL(bytes);",
];

/** wasm-bindgen's names end in a hash that changes with every version. */
const stem = (name) => name.replace(/_?[0-9a-f]{16}$/, "");

const [pagePath, allowedPath] = process.argv.slice(2);
const page = readFileSync(pagePath, "utf8");

function block(id) {
  const found = page.match(new RegExp(`<script[^>]*\\bid="?${id}"?[^>]*>([\\s\\S]*?)</script>`));
  if (!found) throw new Error(`the page has no <script id="${id}">`);
  return found[1];
}

/** Text of every script that is run. */
const scripts = [...page.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)]
  .filter(([, attributes]) => !/\bid="?wasm"?/.test(attributes)).map(([, , text]) => text).join("\n");
const unexcepted = EXCEPTIONS.reduce((text, exception) => text.replace(exception, ""), scripts);
const times = (exception) => scripts.split(exception).length - 1;

const wasm = gunzipSync(Buffer.from(block("wasm").trim(), "base64"));
const imports = WebAssembly.Module.imports(new WebAssembly.Module(wasm));
const asked = [...new Set(imports.map(({ name }) => stem(name)))].sort();
const allowed = new Set(readFileSync(allowedPath, "utf8").split("\n")
  .map((line) => line.replace(/#.*/, "").trim()).filter(Boolean));

if (process.argv.includes("--list")) console.log(asked.join("\n"));

const complaints = [
  ...asked.filter((name) => !allowed.has(name)).map((name) => `not in ${allowedPath}: ${name}`),
  ...asked.filter((name) => NEVER.test(name)).map((name) => `never: ${name}`),
  ...EXCEPTIONS.filter((exception) => times(exception) !== 1).map((exception) => `${times(exception)} times, not once: ${exception}`),
  ...NEVER_IN_SCRIPTS.flatMap((pattern) => [...unexcepted.matchAll(pattern)]).map(([found]) => `in a script: ${found}`),
  ...[...page.matchAll(/\b(?:src|href|action|srcset|poster)\s*=\s*["']?(https?:)?\/\/[^"'\s>]*/gi)]
    .map(([text]) => `an address that the browser could load: ${text}`),
];
for (const complaint of complaints) console.error(complaint);
console.log(`${asked.length} imports, ${complaints.length} complaints`);
process.exitCode = complaints.length === 0 ? 0 : 1;
