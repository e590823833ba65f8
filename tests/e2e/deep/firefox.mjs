// The whole job in Firefox, from a server that is stopped and from disk: `./run deep firefox`.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { pageServer } from "../../../scripts/page-server.mjs";
import { evaluated, profilblik } from "../lib/cli.mjs";
import { DIST, ROOT } from "../lib/places.mjs";

const SLOW = 60_000;
const SHIPPED = readdirSync(resolve(ROOT, "profiles")).filter((name) => name.endsWith(".toml"))
  .map((name) => resolve(ROOT, "profiles", name));
const titleOf = (path) => readFileSync(path, "utf8").match(/^titel\s*=\s*"([^"]+)"/m)[1];
const number = (text) => Number(text.replaceAll(".", "").replace("–", "0"));
const hyphened = (cpr) => `${cpr.slice(0, 6)}-${cpr.slice(6)}`;

class Reader {
  constructor(page) {
    this.page = page;
  }

  sees(text) {
    return this.page.waitForFunction((wanted) => document.body.innerText.includes(wanted), { timeout: SLOW }, text);
  }

  press(selector) {
    return this.page.locator(selector).setTimeout(SLOW).click();
  }

  named(role, name) {
    return this.press(`::-p-aria([name="${name}"][role="${role}"])`);
  }

  async read(file) {
    const input = await this.page.waitForSelector("input[type=file]");
    await input.uploadFile(file);
    await this.page.waitForFunction(() => {
      const last = (name) => performance.getEntriesByName(`profilblik:${name}`).at(-1)?.startTime;
      return last("all-evaluated") >= last("drop");
    }, { timeout: SLOW });
  }

  indexDate() {
    return this.page.evaluate(() => document.body.innerText.match(/Indeksdato\s+(\d\d)-(\d\d)-(\d{4})/).slice(1).reverse().join("-"));
  }

  /** Profile title → cells of its row. */
  async overview() {
    await this.named("button", "Overblik");
    await this.page.waitForFunction(() => [...document.querySelectorAll("th")].some((cell) => cell.innerText.trim() === "På listen"));
    return new Map(await this.page.evaluate(() => {
      const table = [...document.querySelectorAll("table")].find((one) => one.innerText.includes("På listen"));
      const headings = [...table.querySelectorAll("thead th")].map((cell) => cell.innerText.trim());
      return [...table.querySelectorAll("tbody tr")].filter((row) => row.querySelector("th button")).map((row) => {
        const cells = [...row.children].map((cell, i) => [headings[i], cell.innerText.trim()]);
        return [row.querySelector("th button").innerText.trim(), Object.fromEntries(cells)];
      });
    }));
  }

  /** CPR numbers of the open list, scrolled through. */
  async list(total) {
    const seen = new Set();
    await this.page.waitForFunction((wanted) => document.querySelector("[role=grid]")?.getAttribute("aria-rowcount") === String(wanted + 1), { timeout: SLOW }, total);
    for (let turn = 0; seen.size < total && turn < 10 * total + 100; turn += 1) {
      const text = await this.page.evaluate(() => document.querySelector("[role=grid]").innerText);
      for (const [cpr] of text.matchAll(/\d{6}-\d{4}/g)) seen.add(cpr);
      await this.page.evaluate(() => { const grid = document.querySelector("[role=grid]"); grid.scrollBy(0, grid.clientHeight / 2); });
      await new Promise((done) => setTimeout(done, 20));
    }
    return [...seen].sort();
  }

  /** The first of the list, with the records that put them there. */
  async opensPatient() {
    await this.page.evaluate(() => { document.querySelector("[role=grid]").scrollTop = 0; });
    // Rows are made anew as the list scrolls: a place is clicked, not an element.
    await new Promise((done) => setTimeout(done, 500));
    const [x, y] = await this.page.evaluate(() => {
      const cells = [...document.querySelectorAll("[role=gridcell]")];
      const { left, top, width, height } = cells.find((one) => /^\d{6}-\d{4}$/.test(one.innerText.trim())).getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    });
    await this.page.mouse.click(x, y);
    await this.page.waitForSelector("aside[aria-label=Patient]", { timeout: SLOW });
    await this.sees("diagnoser.csv");
  }
}

async function counts(reader, file, date) {
  const overview = await reader.overview();
  for (const profile of SHIPPED) {
    const row = overview.get(titleOf(profile));
    assert.ok(row, `${titleOf(profile)} is not in the overview`);
    const { counts: wanted } = evaluated([file], profile, date);
    assert.equal(number(row["På listen"]), wanted.members, `${titleOf(profile)}: on the list`);
    assert.equal(number(row["Kan ikke afgøres"]), wanted.undecided, `${titleOf(profile)}: cannot be decided`);
  }
  return SHIPPED.length;
}

async function oneList(reader, file, date) {
  await reader.named("button", "Demens");
  const { members } = evaluated([file], "demens", date);
  assert.deepEqual(await reader.list(members.length), members.map(({ cpr }) => hyphened(cpr)).sort());
  await reader.opensPatient();
  return members.length;
}

/** Others can see: no CPR number stands anywhere in the document. */
async function covered(reader) {
  await reader.page.keyboard.press("Escape");
  await reader.press("#cover");
  await reader.page.waitForFunction(() => !/\d{6}-\d{4}/.test(document.documentElement.outerHTML), { timeout: SLOW });
  await reader.press("#cover");
}

/** Lines of the self-check that do not hold. */
async function selfCheck(reader) {
  await reader.press("#selfcheck-open");
  await reader.page.waitForFunction(() => document.querySelectorAll("#selfcheck li").length >= 9, { timeout: SLOW });
  const red = await reader.page.evaluate(() => [...document.querySelectorAll("#selfcheck li")].map((line) => line.innerText).filter((line) => line.includes("Holder ikke")));
  await reader.page.keyboard.press("Escape");
  return red;
}

async function forgotten(reader) {
  await reader.named("button", "Glem alt");
  await reader.named("button", "Ja, glem alt");
  await reader.sees("Alt er glemt.");
}

/** What the page tries at start, and its policies refuse. */
const PROBES = /Content.Security.Policy|NetworkError when attempting to fetch|call to Function\(\) blocked/;

/** `missing`: the lines of the self-check that Firefox cannot hold. */
async function job(page, file, faults, missing) {
  const reader = new Reader(page);
  await reader.sees("Se hvilke patienter der opfylder en profil");
  await page.waitForSelector("#selfcheck-open[data-tried]", { timeout: SLOW });
  assert.deepEqual(faults.splice(0).filter((text) => !PROBES.test(text)), [], "errors at start");
  await reader.read(file);
  const date = await reader.indexDate();
  const profiles = await counts(reader, file, date);
  const members = await oneList(reader, file, date);
  await covered(reader);
  assert.deepEqual(faults, [], "errors and refusals");
  const red = await selfCheck(reader);
  assert.deepEqual(red.filter((line) => !missing?.test(line)), [], "lines of the self-check");
  assert.equal(red.length, missing ? 1 : 0, red.join("\n"));
  await forgotten(reader);
  // A worker that is started after the lock reads again.
  await reader.read(file);
  await counts(reader, file, date);
  return { profiles, members };
}

async function inFirefox(opened, loaded, act) {
  const folder = mkdtempSync(join(tmpdir(), "profilblik-firefox-"));
  const browser = await puppeteer.launch({
    browser: "firefox", executablePath: process.env.FIREFOX, userDataDir: folder, headless: true,
    extraPrefsFirefox: { "intl.accept_languages": "da", "app.update.enabled": false, "datareporting.policy.dataSubmissionEnabled": false },
  });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1366, height: 768 });
    const faults = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => { if (message.type() === "error") faults.push(message.text()); });
    await page.goto(opened);
    await loaded();
    return [await act(page, faults), await browser.version()];
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const folder = mkdtempSync(join(tmpdir(), "profilblik-demo-"));
try {
  const file = join(folder, "demo.zip");
  profilblik("demo", "--patients", "1600", "--seed", "1", "--out", file);
  const server = await pageServer(DIST);
  const [served, version] = await inFirefox(server.url, server.close, (page, faults) => job(page, file, faults, /Connection-Allowlist/));
  console.log(`${version}, served, the server stopped: ${JSON.stringify(served)}`);
  const [disk] = await inFirefox(pathToFileURL(resolve(DIST, "index.html")).href, () => {}, (page, faults) => job(page, file, faults));
  console.log(`${version}, from disk: ${JSON.stringify(disk)}`);
  console.log(`${version}: ${served.profiles} profiles and a list of ${served.members} patients, both ways`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
