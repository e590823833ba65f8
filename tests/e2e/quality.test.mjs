// »Datakvalitet«: the counts of the command line, a list of missing codes worked through, on paper.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { assertAccessible, withAxe } from "./lib/axe.mjs";
import { profilblik } from "./lib/cli.mjs";
import { tablesOf } from "./lib/files.mjs";
import { ROOT, task } from "./lib/task.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");
const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** Anna and Bo get donepezil; Bo has P70. */
const FILES = [
  csv("patienter.csv", "cpr;navn;foedselsdato\n6101301110;Anna Opdigtet;01-01-1930\n6101401120;Bo Opdigtet;01-01-1940\n"),
  csv("medicin.csv", "cpr;atc;navn;startdato;slutdato\n6101301110;N06DA02;Donepezil;01-01-2026;31-12-2026\n" +
    "6101401120;N06DA02;Donepezil;01-01-2026;31-12-2026\n"),
  csv("diagnoser.csv", "cpr;icpc;dato\n6101401120;P70;01-03-2026\n6101401120;P700;01-05-2026\n6101401120;O12;\n"),
];

async function open(user, files) {
  await user.atStart();
  await user.chooseAndRead(files);
  await user.go("Datakvalitet");
  await user.heading("Har vi gode nok data?").waitFor();
  await user.heading("Måske manglende kode").waitFor();
}

/** Row heading → cells, of the table of this name. */
const cells = async (page, name) => Object.fromEntries(
  await page.getByRole("table", { name }).locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.children].map((cell) => cell.innerText.trim())).map(([head, ...rest]) => [head, rest])));

const number = (text) => (text === "–" ? null : Number(text.replaceAll(".", "")));

const KEYS = ["lines", "used", "set_aside", "copies", "undated", "after_export", "after_index",
  "without_code", "unknown_code_rows", "patients", "not_in_list", "passing", "dead"];
const NAMES = { Patienter: "patient", Diagnoser: "diagnose", Medicin: "medicin", Prøver: "proeve",
  Ydelser: "ydelse", Aftaler: "aftale", Henvisninger: "henvisning" };

task("the counts are those of the command line, and the months add up", async ({ user, page }) => {
  await open(user, tablesOf(CLINIC));
  const { registers } = JSON.parse(profilblik("quality", ...tablesOf(CLINIC), "--json"));
  const shown = await cells(page, "Registre");
  assert.deepEqual(Object.keys(shown).map((name) => NAMES[name]).sort(), Object.keys(registers).sort());
  for (const [name, row] of Object.entries(shown)) {
    assert.deepEqual(row.map(number), KEYS.map((key) => registers[NAMES[name]][key]), name);
  }
  await page.locator("#quality summary").click();
  const months = Object.values(await cells(page, "Måneder som tabel")).map((row) => row.map(number));
  const all = months.pop();
  assert.equal(months.length, 63, "before, 60 months, after, undated");
  assert.deepEqual(months.reduce((sum, row) => sum.map((one, at) => one + row[at])), all);
});

task("a list of missing codes is opened, a patient asked why, and Escape leads back", async ({ user, page }) => {
  await open(user, FILES);
  const list = user.button("Får et middel mod demens, men har ikke P70");
  await page.getByText("1 patient.", { exact: true }).waitFor();
  await list.click();
  await user.hasRows(1);
  assert.equal((await user.shownRows())[0].Navn, "Anna Opdigtet");
  await user.openPatient("610130-1110");
  await user.sees("P70 er ikke registreret");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await user.heading("Har vi gode nok data?").waitFor();
  await user.sees(/P700.*\(1\)/u);
});

task("nothing is broken for those who hear it, and it prints", { before: withAxe }, async ({ user, page }) => {
  await open(user, FILES);
  await page.locator("#quality summary").click();
  await assertAccessible(page, "data quality");
  await page.evaluate(() => { globalThis.print = () => { globalThis.printed = true; }; });
  await page.locator("#print-quality").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => globalThis.printed);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("table", { name: "Registre", exact: true }).isVisible(), true);
  assert.equal(await page.getByRole("navigation").isVisible(), false);
  await page.emulateMedia({ media: "screen" });
});

task("O and D lead from the overview, and nowhere before anything is read", async ({ user, page }) => {
  await page.keyboard.press("d");
  await page.keyboard.press("o");
  await page.locator("#demo").waitFor();
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.toOverview();
  await page.keyboard.press("d");
  await user.heading("Har vi gode nok data?").waitFor();
  await user.toOverview();
  await page.keyboard.press("o");
  await user.rowsAreThere();
});
