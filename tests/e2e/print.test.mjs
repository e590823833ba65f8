// The list on paper: A4 across, and every page says what it rests on and which page it is.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { longList, tablesOf } from "./lib/files.mjs";
import { pdfPages } from "./lib/pdf.mjs";
import { ROOT, task } from "./lib/task.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");
const PERSONS = 100;
/** A4 across in points, and the paper's width within the margins in CSS pixels. */
const A4 = [842, 595];
const WITHIN = Math.floor(((297 - 2 * 10) / 25.4) * 96);

/** Asks for the list on paper; the browser's own dialog stays shut. */
async function askForPaper(page) {
  await page.evaluate(() => { globalThis.print = () => { globalThis.printed = true; }; });
  await page.locator("#print").click();
  await page.locator("#print-yes").click();
  await page.waitForFunction(() => globalThis.printed);
}

async function printed(page) {
  return pdfPages(await page.pdf({ preferCSSPageSize: true }));
}

/** The profile as the strip says it: title, version and fingerprint. */
async function profileInStrip(page) {
  const said = await page.locator(".strip .sprofile").evaluate((strip) => [...strip.children].slice(1).map((part) => part.innerText));
  assert.equal(said.length, 3);
  return said;
}

const LANGUAGES = {
  Danish: { number: (at, of) => `side${at}af${of}`, date: "Indeksdato27-09-2024", headings: "CPRNavnAlder" },
  English: { number: (at, of) => `page${at}of${of}`, date: "Indexdate27-09-2024", headings: "CPRNameAge", switched: "English" },
};

for (const [language, { number, date, headings, switched }] of Object.entries(LANGUAGES)) {
  task(`a printed list says on every page what it rests on, and page x of y: ${language}`, { ways: ["file"] }, async ({ user, page }) => {
    await user.chooseAndRead(longList(PERSONS));
    await user.openProfile("Demens");
    if (switched) await user.button(switched).click();
    await page.locator(`html[lang=${switched ? "en" : "da"}]`).waitFor();
    await user.rowsAreThere();
    const profile = await profileInStrip(page);
    await askForPaper(page);
    const pages = await printed(page);
    assert.ok(pages.length >= 3 && pages.length <= 15, `pages: ${pages.length}`);
    pages.forEach(({ width, height, text }, at) => {
      assert.deepEqual([width, height].map(Math.round), A4, "A4 across");
      for (const part of [...profile, date, number(at + 1, pages.length), headings]) {
        assert.ok(text.includes(part), `page ${at + 1} does not say »${part}«`);
      }
    });
    const all = pages.map(({ text }) => text).join("");
    const rows = all.match(/\d{6}-\d{4}/gu);
    assert.equal(new Set(rows).size, PERSONS, "every person");
    assert.equal(rows.length, PERSONS, "each once");
  });
}

task("a printed list with every column is no wider than the paper", { ways: ["file"] }, async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await page.getByText("Flere kolonner").click();
  for (const box of await page.locator(".items input").all()) await box.check();
  await page.getByRole("columnheader", { name: /årskontrol/i }).waitFor();
  await page.keyboard.press("Escape");
  await askForPaper(page);
  await page.setViewportSize({ width: WITHIN, height: 700 });
  await page.emulateMedia({ media: "print" });
  const paper = page.locator("section.paper:not(.upright)");
  const [needs, has] = await paper.evaluate((section) => [section.scrollWidth, section.clientWidth]);
  assert.ok(needs <= has, `${needs} px on a paper of ${has} px`);
  const cut = await paper.locator("td, th").evaluateAll((cells) =>
    cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.innerText));
  assert.deepEqual(cut, [], "cells that are cut");
  await page.emulateMedia({ media: "screen" });
});

task("every paper and every copy of figures says which build made it", { ways: ["file"] }, async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  const says = async (what) => {
    await page.emulateMedia({ media: "print" });
    const shown = await page.locator(".paper, .stamp").evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.innerText));
    await page.emulateMedia({ media: "screen" });
    assert.ok(shown.some((text) => /Profilblik\s+\d+\.\d+\.\d+ [0-9a-f]{16}/u.test(text)), `${what}: ${shown}`);
  };
  await user.openPatient("610535-1112");
  await says("a patient of the list");
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Udtynding" }).click();
  await page.getByRole("columnheader").first().waitFor();
  await says("attrition");
  await page.getByRole("tab", { name: "Tal pr. 1.000" }).click();
  await page.locator("#copy-figures").waitFor();
  await says("figures");
  await page.evaluate(() => { Clipboard.prototype.writeText = async (text) => { globalThis.copied = text; }; });
  await page.locator("#copy-figures").click();
  await page.waitForFunction(() => globalThis.copied);
  assert.match(await page.evaluate(() => globalThis.copied), /\nProfilblik\t\d+\.\d+\.\d+ [0-9a-f]{16}\n$/u);
  await page.getByRole("tab", { name: "Om profilen" }).click();
  await page.locator(".paper.upright").waitFor({ state: "attached" });
  await says("about the profile");
  for (const room of ["Overblik", "Opioider", "Datakvalitet", "Indlæsning"]) {
    await user.go(room);
    await says(room);
  }
});
