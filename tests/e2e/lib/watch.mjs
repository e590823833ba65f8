// What a page must never do, counted from outside and from inside while a test uses it.
import assert from "node:assert/strict";

/** Runs in the page before anything else: counts refusals of the policy and uses of storage. */
function instruments() {
  // How far one can go back: what the page was opened with, and nothing more.
  const seen = { violations: [], storage: [], history: history.length };
  globalThis.__seen = seen;
  document.addEventListener("securitypolicyviolation", (event) => {
    seen.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
  });
  const count = (owner, name) => {
    const real = owner?.[name];
    if (typeof real !== "function") return;
    owner[name] = function (...given) {
      seen.storage.push(name);
      return real.apply(this, given);
    };
  };
  for (const name of ["setItem", "getItem"]) count(globalThis.Storage?.prototype, name);
  count(globalThis.IDBFactory?.prototype, "open");
  for (const name of ["open", "match", "has"]) count(globalThis.CacheStorage?.prototype, name);
  count(globalThis.StorageManager?.prototype, "getDirectory");
  count(globalThis.ServiceWorkerContainer?.prototype, "register");
  for (const name of ["pushState", "replaceState"]) count(globalThis.History?.prototype, name);
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(document, "cookie", {
    get() { return cookie.get.call(document); },
    set(value) {
      seen.storage.push("cookie");
      cookie.set.call(document, value);
    },
  });
}

/** Starts to watch; call before the page is opened. */
export async function watch(page) {
  const seen = { requests: [], console: [], errors: [] };
  page.on("request", (request) => {
    const url = request.url();
    // The workers' script is a Blob of the page itself; it comes from memory.
    if (!url.startsWith("blob:") && !url.startsWith("data:")) seen.requests.push(url);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.console.push(message.text());
  });
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  await page.addInitScript(instruments);
  return seen;
}

/** What the self-check tries, and the policies refuse: as the page hears it, and as the console has it. */
const PROBES = ["connect-src: data", "img-src: data", "script-src-elem: inline", "script-src: eval"];
const PROBES_SAID = /^(Connecting to 'data:,'|Fetch API cannot load data:,|Executing inline script|Loading the image 'data:image\/gif)/;

/** The self-check has run: every probe was refused, nothing else was, and all of it is forgotten. */
export async function afterProbes(page, seen) {
  await page.locator("#selfcheck-open[data-tried]").waitFor();
  const kinds = () => page.evaluate(() => [...new Set(globalThis.__seen.violations)].sort());
  const lastIsSaid = () => seen.console.some((text) => text.startsWith("Loading the image"));
  for (let tries = 0; tries < 100 && ((await kinds()).length < PROBES.length || !lastIsSaid()); tries += 1) {
    await new Promise((done) => setTimeout(done, 20));
  }
  assert.deepEqual(await kinds(), PROBES, "refusals of the content security policy");
  assert.deepEqual(seen.console.filter((text) => !PROBES_SAID.test(text)), [], "errors and warnings in the console");
  await page.evaluate(() => { globalThis.__seen.violations = []; });
  seen.console.length = 0;
}

/** Nothing left the page, nothing was stored, nothing was refused, nothing was complained about. */
export async function assertQuiet(page, seen, opened, { errors = true } = {}) {
  assert.deepEqual(seen.requests, [opened], "requests besides the document");
  if (errors) {
    assert.deepEqual(seen.errors, [], "uncaught errors");
    assert.deepEqual(seen.console, [], "errors and warnings in the console");
  }
  const inside = await page.evaluate(async () => ({
    violations: globalThis.__seen.violations,
    storage: globalThis.__seen.storage,
    cookie: document.cookie,
    title: document.title,
    url: location.href,
    history: history.length - globalThis.__seen.history,
    usage: (await navigator.storage?.estimate?.().catch(() => ({ usage: 0 })))?.usage ?? 0,
    openInputs: [...document.querySelectorAll("input:not([type=file]):not([type=checkbox]):not([type=radio]), textarea")]
      .filter((input) => input.autocomplete !== "off").map((input) => input.outerHTML),
    keptFiles: [...document.querySelectorAll("input[type=file]")].filter((input) => input.value).length,
  }));
  assert.deepEqual(inside.violations, [], "refusals of the content security policy");
  assert.deepEqual(inside.storage, [], "calls of storage and history");
  assert.equal(inside.cookie, "", "cookies");
  assert.equal(inside.usage, 0, "bytes in the browser's storage");
  assert.equal(inside.title, "Profilblik", "title");
  assert.equal(inside.url, opened, "address");
  assert.equal(inside.history, 0, "entries added to the history");
  assert.deepEqual(inside.openInputs, [], "inputs that the browser may remember");
  assert.equal(inside.keptFiles, 0, "file inputs that keep a name");
}
