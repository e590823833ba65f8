// »Selvtjek«: what it says where everything is in order, and that each line turns red when its
// control is taken away.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { parseHeaders } from "../../scripts/page-server.mjs";
import { launch } from "./lib/chromium.mjs";
import { tablesOf } from "./lib/files.mjs";
import { open, PAGE } from "./lib/open.mjs";
import { DIST, ROOT, task } from "./lib/task.mjs";
import { afterProbes } from "./lib/watch.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");

/** The lines as shown: state and text. */
async function lines(page) {
  await page.locator("#selfcheck-open").click();
  await page.locator("#selfcheck li").nth(8).waitFor();
  return page.locator("#selfcheck li").allInnerTexts();
}

const red = (all) => all.flatMap((line, place) => (line.includes("Holder ikke") ? [place] : []));
task("all that can be seen holds; the browser's obedience cannot be seen", async ({ page, seen, way }) => {
  const all = await lines(page);
  assert.deepEqual(red(all), [], all.join("\n"));
  // A disk has no host: what only a host can do is said, and held against nobody.
  assert.match(all[4], way === "file" ? /Ikke fra en disk: Headere fra en vært findes ikke/ : /Holder: Værten sender/);
  assert.match(all[5], way === "file" ? /Ikke fra en disk: Links væk fra siden/ : /Kan ikke ses herfra/);
  await page.getByText("Alt, der kan ses herfra, holder.").waitFor();
  assert.equal(await page.locator("#selfcheck-warning").count(), 0);
  assert.match(await page.locator("#selfcheck").innerText(), /Version og byggeaftryk: \d+\.\d+\.\d+ [0-9a-f]{16}/);
  await afterProbes(page, seen);
});

/** Opens a page from a server that says what it is told to, and returns the red lines. */
async function onPage(page, headers, address, act, context = {}) {
  const server = createServer((request, response) => response.writeHead(request.url.startsWith("/?") || request.url === "/" ? 200 : 404, { ...headers, "Content-Type": "text/html; charset=utf-8" }).end(page));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const browser = await launch();
  try {
    const tab = await browser.newPage(context);
    await tab.goto(`http://127.0.0.1:${server.address().port}/${address}`);
    return await act(tab);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** The same after something was done; the red lines. */
const redOf = (page, headers, address = "", act = async () => {}) => onPage(page, headers, address, async (tab) => {
  await act(tab);
  return red(await lines(tab));
});

const HEADERS = parseHeaders(readFileSync(resolve(DIST, "_headers"), "utf8"));
const withoutPolicy = { ...HEADERS, "Content-Security-Policy": "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'" };

test("without the policy four lines are red: connection, image, script, text as code; and the host's two", async () => {
  assert.deepEqual(await redOf(open(), withoutPolicy), [0, 1, 2, 3, 4, 5]);
});

test("without the host's headers its two lines are red, alone", async () => {
  assert.deepEqual(await redOf(PAGE, {}), [4, 5]);
});

test("headers without the policy are not taken for the host's lock", async () => {
  const { "Content-Security-Policy": policy, "Connection-Allowlist": allowlist, ...others } = HEADERS;
  assert.ok(policy && allowlist && others["Cross-Origin-Opener-Policy"]);
  assert.deepEqual(await redOf(PAGE, others), [4, 5]);
});

test("in a browser that does not know the allowlist its line is red, alone", async () => {
  const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
  assert.deepEqual(await onPage(PAGE, HEADERS, "", async (tab) => red(await lines(tab)), { userAgent: agent }), [5]);
});

test("what does not hold is said at start, before anything is dropped", async () => {
  const said = async (tab) => [await tab.locator("#selfcheck-warning").innerText(), await tab.locator("#selfcheck-open").innerText()];
  const [warning, strip] = await onPage(PAGE, {}, "", said);
  assert.match(warning, /Selvtjek: 2 punkter holder ikke\./);
  assert.equal(strip.trim(), "2 punkter i selvtjek er ikke i orden");
  // The lock itself is probed without anyone asking.
  assert.match((await onPage(open(), withoutPolicy, "", said))[0], /Selvtjek: 6 punkter holder ikke\./);
  const opened = await onPage(PAGE, {}, "", async (tab) => {
    await tab.getByRole("button", { name: "Se hvilke" }).click();
    await tab.locator("#selfcheck li").nth(8).waitFor();
    return red(await tab.locator("#selfcheck li").allInnerTexts());
  });
  assert.deepEqual(opened, [4, 5]);
});

test("something stored for the address is red", async () => {
  const cookie = async (tab) => { await tab.evaluate(() => { document.cookie = "a=1"; }); };
  assert.deepEqual(await redOf(PAGE, HEADERS, "", cookie), [6]);
  const database = async (tab) => {
    await tab.evaluate(() => new Promise((done) => {
      const ask = indexedDB.open("a");
      ask.onupgradeneeded = () => ask.result.createObjectStore("a").put("a".repeat(10_000), 1);
      ask.onsuccess = done;
    }));
  };
  assert.deepEqual(await redOf(PAGE, HEADERS, "", database), [6]);
});

test("something in the address is red", async () => {
  assert.deepEqual(await redOf(PAGE, HEADERS, "?a=1"), [7]);
  assert.deepEqual(await redOf(PAGE, HEADERS, "", (tab) => tab.evaluate(() => { document.title = "610535-1112"; })), [7]);
});

test("a request after loading is red", async () => {
  const ask = async (tab) => { await tab.evaluate(() => fetch("/other").catch(() => {})); };
  const [all, strip] = await onPage(open(), withoutPolicy, "", async (tab) => {
    await ask(tab);
    const found = red(await lines(tab));
    await tab.locator(".privacy").getByText("1 forespørgsler").waitFor();
    return [found, await tab.locator(".privacy").innerText()];
  });
  assert.deepEqual(all, [0, 1, 2, 3, 4, 5, 8]);
  assert.match(strip, /1 forespørgsler/);
});

task("the log of use has builds, profiles and counts, and no patient", async ({ user, page, seen }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await lines(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save-log").click()]);
  const folder = mkdtempSync(join(tmpdir(), "profilblik-log-"));
  try {
    await download.saveAs(join(folder, "log.csv"));
    const text = readFileSync(join(folder, "log.csv"), "utf8");
    assert.equal(download.suggestedFilename(), "profilblik-brugslog.csv");
    assert.match(text, /;demens;[^;]+;[0-9a-f]{4}·[0-9a-f]{4};4;/);
    assert.match(text, /;[0-9a-f]{64}( [0-9a-f]{64})*;/);
    assert.doesNotMatch(text, /\d{6}-?\d{4}(?!\d)(?<![0-9a-f]{11})|Opdigtet|patienter\.csv/);
    const [json] = await Promise.all([page.waitForEvent("download"), page.locator("#save-log-json").click()]);
    await json.saveAs(join(folder, "log.json"));
    assert.equal(json.suggestedFilename(), "profilblik-brugslog.json");
    const dementia = JSON.parse(readFileSync(join(folder, "log.json"), "utf8")).find(({ profile }) => profile === "demens");
    assert.equal(dementia.on_list, "4");
    assert.match(dementia.files_sha256, /^[0-9a-f]{64}( [0-9a-f]{64})*$/);
    // Both say the same of every profile, and nothing more.
    const lines = text.trim().split("\r\n").slice(1);
    assert.ok(lines.includes(Object.values(dementia).join(";")), text);
  } finally {
    rmSync(folder, { recursive: true });
  }
  await afterProbes(page, seen);
});

test("without WebAssembly by policy the page says so in words", async () => {
  const browser = await launch({ args: ["--js-flags=--jitless"] });
  const folder = mkdtempSync(join(tmpdir(), "profilblik-jitless-"));
  try {
    writeFileSync(join(folder, "index.html"), PAGE);
    const page = await browser.newPage();
    await page.goto(`file://${join(folder, "index.html")}`);
    await page.getByText(/har slået WebAssembly fra/).waitFor();
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});

test("without workers by the host's policy the page says so in words, and reads nothing for ever", async () => {
  const policy = HEADERS["Content-Security-Policy"].replace("worker-src blob:", "worker-src 'none'");
  assert.notEqual(policy, HEADERS["Content-Security-Policy"]);
  await onPage(PAGE, { ...HEADERS, "Content-Security-Policy": policy }, "", async (tab) => {
    await tab.getByText(/har slået baggrundsarbejde \(Web Workers\) fra/).waitFor();
    assert.equal(await tab.getByRole("button").count(), 0);
  });
});
