// »Sådan er filen læst«: a column and a register are corrected, saved, and dropped with the next export.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { task } from "./lib/task.mjs";

const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const DIAGNOSES = "cpr;diagnosekode;dato;Kode2\n6101301110;P70;01-01-2026;P76\n6101401120;P71;01-02-2026;P77\n";
const FILES = [
  csv("patienter.csv", "cpr;navn;foedselsdato\n6101301110;Anna Opdigtet;01-01-1930\n6101401120;Bo Opdigtet;01-01-1940\n"),
  csv("diagnoser.csv", DIAGNOSES),
];

async function open(user, page, table) {
  await user.toImport();
  await page.getByRole("button", { name: `Ret kolonner: ${table}` }).click();
  const dialog = page.getByRole("dialog", { name: /^Sådan er filen læst/ });
  await dialog.waitFor();
  return dialog;
}

task("a correction is read with at once, saved without patients, and used for the next export", async ({ user, page }) => {
  await user.chooseAndRead(FILES);
  const dialog = await open(user, page, "diagnoser.csv");
  await dialog.getByText("Rækker brugt: 2", { exact: true }).waitFor();
  assert.match(await dialog.innerText(), /Kendt på filnavn 4/u);
  assert.equal(await dialog.locator("td.person").nth(3).innerText(), "P76 · P77");
  assert.equal(await dialog.locator("#mapping-undo").isDisabled(), true);

  await dialog.getByLabel("Læst som: Kode2").focus();
  await dialog.getByLabel("Læst som: Kode2").selectOption("kode");
  await dialog.getByText("Rækker brugt: 2 → 2").waitFor();
  assert.equal(await dialog.getByLabel("Læst som: diagnosekode").inputValue(), "");
  await dialog.getByText(/Passer også til »kode«/u).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "mapping-3");

  const saving = page.waitForEvent("download");
  await dialog.locator("#mapping-save").click();
  const saved = await readFile(await (await saving).path(), "utf8");
  assert.match(saved, /^# Profilblik \d+\.\d+\.\d+ [0-9a-f]{16}\ntilpasning = 1/u);
  assert.doesNotMatch(saved, /6101|P76|Anna/u);

  await dialog.locator("#mapping-undo").click();
  await page.waitForFunction(() => document.getElementById("mapping-undo")?.disabled);
  assert.equal(await dialog.getByLabel("Læst som: diagnosekode").inputValue(), "kode");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await page.waitForFunction(() => document.activeElement?.id.startsWith("columns-"));

  await user.forget();
  const toml = { name: "tilpasning.toml", mimeType: "application/toml", buffer: Buffer.from(saved) };
  await user.chooseAndRead([FILES[0], csv("udtraek_2.csv", DIAGNOSES), toml]);
  const next = await open(user, page, "udtraek_2.csv");
  assert.equal(await next.getByLabel("Læst som: Kode2").inputValue(), "kode");
  await page.keyboard.press("Escape");
});

task("a mapping with a wrong key is refused with its line", async ({ user, page }) => {
  const text = "tilpasning = 1\n[[tabel]]\nfil = \"diagnoser*\"\nregistre = \"ydelse\"\n";
  await user.chooseAndRead([...FILES, { name: "tilpasning.toml", mimeType: "application/toml", buffer: Buffer.from(text) }]);
  await user.toImport();
  await page.getByText(/Linje 4: ukendt nøgle »registre«/u).waitFor();
});

task("a table that nobody knows is read as one says", async ({ user, page }) => {
  const strange = csv("x.csv", "Borger;Hvad;Hvornaar\n6101301110;AAA;01-02-2026\n6101401120;BBB;02-02-2026\n");
  await user.choose([strange]);
  const say = page.getByRole("button", { name: "Sig, hvordan den læses: x.csv" });
  await say.waitFor();
  await say.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Sådan er filen læst/ });
  await dialog.getByText("Rækker brugt: 0", { exact: true }).waitFor();
  assert.equal(await dialog.locator("td.person").nth(1).innerText(), "AAA · BBB");
  await dialog.getByLabel("Register", { exact: true }).selectOption("ydelse");
  await dialog.getByText("Rækker brugt: 0 → 2").waitFor();
  await dialog.getByLabel("Læst som: Hvad").selectOption("tekst");
  await dialog.getByText("Rækker brugt: 2 → 2").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await page.locator("#refused").count(), 0);
  await page.waitForFunction(() => document.activeElement?.id.startsWith("columns-"));
  await page.locator("#to-overview").click();
  await user.sees(/Demens/u);
});
