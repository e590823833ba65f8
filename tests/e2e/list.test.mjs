// The main job: which patients, with which values, and why.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { evaluated } from "./lib/cli.mjs";
import { mainThreadMs } from "./lib/chromium.mjs";
import { longList, tablesOf } from "./lib/files.mjs";
import { day, latest, runs, tables } from "./lib/oracle.mjs";
import { ROOT, shared, task } from "./lib/task.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");
const SMALL = shared("export-small.zip");
const SMALL_DATE = "2026-10-01";

const PROFILES = {
  demens: "Demens",
  opioid_6mdr: "Opioid inden for 6 måneder",
  opioid_psyk: "Opioid og P15, P19, P74 eller P76 inden for 2 år",
  triple_whammy: "Triple whammy",
};

const hyphened = (cpr) => `${cpr.slice(0, 6)}-${cpr.slice(6)}`;
const number = (text) => Number(text.replaceAll(".", "").replace("–", "0"));

async function assertSameAsCommandLine(user, files, date) {
  const overview = await user.overview();
  for (const [id, title] of Object.entries(PROFILES)) {
    const { counts } = evaluated(files, id, date);
    const row = overview.get(title);
    assert.equal(number(row["På listen"]), counts.members, `${title}: on the list`);
    assert.equal(number(row["Kan ikke afgøres"]), counts.undecided, `${title}: cannot be decided`);
  }
}

async function readSmall(user) {
  await user.chooseAndRead([SMALL]);
  await user.setIndexDate(SMALL_DATE);
}

task("counts are those of the command line: a small clinic", async ({ user }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  assert.equal(await user.indexDate(), "2025-09-30");
  await assertSameAsCommandLine(user, tablesOf(CLINIC), "2025-09-30");
});

task("counts are those of the command line: an export that others made", { needs: SMALL }, async ({ user }) => {
  await readSmall(user);
  await assertSameAsCommandLine(user, [SMALL], SMALL_DATE);
});

task("every list has the command line's patients", { needs: SMALL, ways: ["file"] }, async ({ user }) => {
  await readSmall(user);
  for (const [id, title] of Object.entries(PROFILES)) {
    const { members, undecided } = evaluated([SMALL], id, SMALL_DATE);
    await user.openProfile(title);
    const shown = (await user.wholeList()).map((row) => row.CPR).sort();
    assert.deepEqual(shown, members.map(({ cpr }) => hyphened(cpr)), title);
    await user.openTab("Kan ikke afgøres");
    assert.equal(await user.total(), undecided.length, title);
  }
});

task("the dementia list shows what the profile asks for: a small clinic", async ({ user }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  const rows = await user.wholeList();
  assert.deepEqual(rows.map((row) => row.CPR).sort(), ["610535-1112", "651144-1330", "700930-1660", "720340-0235"]);
  const karen = rows.find((row) => row.CPR === "610535-1112");
  const expected = {
    Navn: /^Karen Opdigtet$/, Alder: /^90$/, Markeringer: /Antipsykotika/,
    Adresse: /^Prøvegade 1, 2\. th,? 9991,? Prøvested$/,
    Demensdiagnose: /P70.*14-03-2020/s, "Psykiatriske diagnoser": /P76.*02-06-2021.*P72.*09-09-1999/s,
    Demensmidler: /^–$/, Antipsykotika: /Risperidon/, Antidepressiva: /Citalopram/,
    Benzodiazepiner: /Oxazepam/, Benzodiazepinlignende: /Zopiclon/,
    MMSE: /24.*17-04-2025/s, BASIC: /13.*17-04-2025/s, EKG: /05-02-2025/, "Næste aftale": /15-11-2025/,
  };
  for (const [column, pattern] of Object.entries(expected)) {
    assert.match(karen[column] ?? "(no such column)", pattern, column);
  }
  assert.equal(rows[0].CPR, "610535-1112", "the marker puts her first");
  assert.match(rows.find((row) => row.CPR === "651144-1330").Demensmidler, /Donepezil/);
  for (const row of rows) {
    for (const [column, text] of Object.entries(row)) assert.notEqual(text, "", `${row.CPR} ${column} is empty`);
  }
});

/** Column → the medicine that belongs in it, as the profile's source names it. */
const DRUGS = {
  Antipsykotika: ["N05A"], Antidepressiva: ["N06A"], Benzodiazepiner: ["N05CD", "N05BA", "N03AE"],
  Benzodiazepinlignende: ["N05CF"],
};

task("the dementia list has the export's values", { needs: SMALL }, async ({ user }) => {
  const given = tables(SMALL);
  const on = day("01-10-2026");
  await readSmall(user);
  await user.openProfile("Demens");
  const rows = await user.wholeList();
  assert.ok(rows.length >= 10);
  for (const row of rows) {
    const own = (table, more) => given[table].filter((record) => record.cpr === row.CPR && more(record));
    const { adresse, postnr, by } = own("patienter", () => true)[0];
    for (const part of [adresse, postnr, by]) assert.ok(row.Adresse.includes(part), row.Adresse);
    for (const { kode } of own("diagnoser", (r) => ["P73", "P72", "P76"].includes(r.kode) && day(r.dato) <= on)) {
      assert.ok(row["Psykiatriske diagnoser"].includes(kode), `${row.CPR}: ${kode}`);
    }
    for (const [column, codes] of Object.entries(DRUGS)) {
      const running = own("medicin", (r) => codes.some((code) => r.atc.startsWith(code)) && runs(r, on));
      for (const { laegemiddel } of running) assert.ok(row[column].includes(laegemiddel), `${row.CPR}: ${laegemiddel}`);
      if (running.length === 0) assert.equal(row[column], "–", `${row.CPR}: ${column}`);
    }
    for (const [column, code] of [["MMSE", "MCS88042"], ["BASIC", "MCS88198"]]) {
      const result = latest(own("proever", (r) => r.kode === code && day(r.dato) <= on));
      const wanted = result ? [result.resultat, result.dato] : ["–"];
      for (const part of wanted) assert.ok(row[column].includes(part), `${row.CPR} ${column}: ${row[column]}`);
    }
    assert.match(row.EKG, /ukendt/, "this export names no services: unknown, neither none nor empty");
    const next = own("aftaler", (r) => day(r.dato) >= on).map((r) => r.dato).sort((a, b) => day(a) - day(b))[0];
    assert.ok(row["Næste aftale"].includes(next ?? "–"), `${row.CPR}: ${row["Næste aftale"]}`);
  }
});

task("searching and sorting", { needs: SMALL }, async ({ user }) => {
  await readSmall(user);
  await user.openProfile("Demens");
  const all = await user.wholeList();
  const one = all.at(-1);
  await user.search(one.Navn);
  const same = all.filter((row) => row.Navn === one.Navn);
  await user.hasRows(same.length);
  assert.deepEqual((await user.wholeList()).map((row) => row.CPR), same.map((row) => row.CPR));
  await user.search(one.CPR.replace("-", ""));
  await user.hasRows(1);
  await user.search("findes ikke i listen");
  await user.sees("Ingen rækker indeholder søgeteksten.");
  await user.search("");
  await user.hasRows(all.length);
  const ages = async () => (await user.wholeList()).map((row) => Number(row.Alder));
  await user.sortBy("Alder");
  assert.deepEqual(await ages(), all.map((row) => Number(row.Alder)).sort((a, b) => b - a));
  await user.sortBy("Alder");
  assert.deepEqual(await ages(), all.map((row) => Number(row.Alder)).sort((a, b) => a - b));
  await user.sortBy("Alder");
  assert.deepEqual((await user.wholeList()).map((row) => row.CPR), all.map((row) => row.CPR), "the profile's own order");
});

task("why: the very records, with file and line", async ({ user }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Opioid og P15, P19, P74 eller P76 inden for 2 år");
  await user.openPatient("700930-1660");
  const panel = user.panel;
  await panel.getByText("Hvorfor er patienten på listen?").waitFor();
  const text = await panel.innerText();
  assert.match(text, /02-09-2025.*N02AX02.*Tramadol.*medicin\.csv l\. 9/s);
  assert.match(text, /20-05-2024.*P15.*Kronisk alkoholmisbrug.*diagnoser\.csv l\. 9/s);
  assert.doesNotMatch(text, /Depression|Morfin|Oxycodon/, "no record of anyone else");
});

task("cannot be decided: its own list, with the reason", async ({ user }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Opioid og P15, P19, P74 eller P76 inden for 2 år");
  assert.deepEqual((await user.wholeList()).map((row) => row.CPR), ["700930-1660"]);
  await user.openTab("Kan ikke afgøres");
  assert.deepEqual((await user.wholeList()).map((row) => row.CPR), ["640470-1991"]);
  await user.openPatient("640470-1991");
  assert.match(await user.panel.innerText(), /P76.*dato/s);
});

task("a register that the export lacks makes its criteria unknown, not no", async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC).filter((path) => !/diagnoser/.test(path)));
  const overview = await user.overview();
  assert.equal(number(overview.get("Demens")["Kan ikke afgøres"]) > 0, true);
  await page.getByText(/Diagnoser.*findes ikke i udtrækket|Diagnoser mangler|diagnoser mangler/i).first().waitFor();
});

task("another index date evaluates every list again", async ({ user }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.setIndexDate("2024-12-31");
  await assertSameAsCommandLine(user, tablesOf(CLINIC), "2024-12-31");
  await user.openProfile("Demens");
  const then = (await user.wholeList()).map((row) => row.CPR);
  assert.ok(then.includes("660750-1441"), "the drug ran on that day");
  assert.ok(!then.includes("651144-1330"), "the drug had not begun");
  await user.button("Skift").click();
  await user.button("Seneste dato i filen").click();
  await user.hasRows(4);
  assert.equal(await user.indexDate(), "2025-09-30");
});

task("further columns can be switched on", async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await page.getByText("Flere kolonner").click();
  await page.getByRole("checkbox", { name: /præparater/i }).check();
  await page.getByRole("checkbox", { name: /årskontrol/i }).check();
  await page.getByRole("columnheader", { name: /årskontrol/i }).waitFor();
  const karen = (await user.wholeList()).find((row) => row.CPR === "610535-1112");
  assert.match(karen[Object.keys(karen).find((name) => /præparater/i.test(name))], /^4$/);
  assert.match(karen[Object.keys(karen).find((name) => /årskontrol/i.test(name))], /^5\b/);
});

const MANY = 20_000;

task("a list of 20,000 stays light and reaches its end", { ways: ["file"], timeout: 240_000 }, async ({ user, page }) => {
  await user.chooseAndRead(longList(MANY));
  await user.openProfile("Demens");
  assert.equal(await user.total(), MANY);
  const cells = () => page.locator("[role=grid] [role=row]").count();
  assert.ok(await cells() < 100, `rows in the document: ${await cells()}`);
  await user.grid.focus();
  await page.keyboard.press("End");
  await page.waitForFunction((last) => {
    const row = document.querySelector(`[role=row][aria-rowindex="${last + 1}"]`);
    return row?.querySelectorAll("[role=gridcell]").length > 2;
  }, MANY);
  assert.ok(await cells() < 100);
  const spent = await perFrame(page);
  // Shared cores without a graphics card: three times what a desk computer may take for a frame.
  assert.ok(spent < 50, `${spent.toFixed(1)} ms of the main thread for a frame while scrolling`);
  await user.search("Opdigtet Nr. 12345");
  await user.hasRows(1);
  assert.equal((await user.shownRows())[0].Navn, "Opdigtet Nr. 12345");
});

const FRAMES = 240;
const WHEEL = 100;

/** Turns the wheel a notch a frame; what a frame costs the page's main thread, in ms. */
async function perFrame(page) {
  const browser = page.context().browser();
  const before = await mainThreadMs(browser);
  await page.evaluate(([frames, by]) => new Promise((resolve) => {
    const grid = document.querySelector("[role=grid]");
    grid.scrollTop = 0;
    let number = 0;
    const frame = () => {
      grid.scrollTop += by;
      number += 1;
      if (number > frames) resolve();
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }), [FRAMES, WHEEL]);
  return (await mainThreadMs(browser) - before) / FRAMES;
}

task("the whole list is printed", { needs: SMALL, ways: ["file"] }, async ({ user, page }) => {
  await readSmall(user);
  await user.openProfile("Opioid inden for 6 måneder");
  const all = (await user.wholeList()).map((row) => row.CPR);
  await page.evaluate(() => { globalThis.print = () => { globalThis.printed = true; }; });
  await user.button("Udskriv liste").click();
  await user.sees("Udskriften indeholder CPR-numre:");
  await user.button("Udskriv").first().click();
  await page.waitForFunction(() => globalThis.printed);
  await page.emulateMedia({ media: "print" });
  const paper = await page.getByRole("table").last().innerText();
  for (const cpr of all) assert.ok(paper.includes(cpr), `${cpr} is not on paper`);
  assert.equal(await page.getByRole("grid").isVisible(), false, "the window of the screen is not printed");
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.ok(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length >= 1);
});

task("the browser's own print says how the list is printed", { needs: SMALL, ways: ["file"] }, async ({ user, page }) => {
  await readSmall(user);
  await user.openProfile("Opioid inden for 6 måneder");
  await user.wholeList();
  const note = page.getByText("Listen er ikke med på denne udskrift");
  assert.equal(await note.isVisible(), false, "the note is for paper only");
  await page.emulateMedia({ media: "print" });
  assert.equal(await note.isVisible(), true);
  assert.equal(await page.getByRole("grid").isVisible(), false, "no cut-off list on paper");
});
