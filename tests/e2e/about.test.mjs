// What a profile says about itself, and its measures.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { profilblik } from "./lib/cli.mjs";
import { tablesOf } from "./lib/files.mjs";
import { ROOT, task } from "./lib/task.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");
const DEMENTIA = resolve(ROOT, "profiles/demens.toml");

/** Opens a tab of the open profile by keyboard: so many to the right of the list. */
async function openTab(page, steps) {
  await page.getByRole("tab", { name: "Liste" }).focus();
  for (let step = 0; step < steps; step += 1) await page.keyboard.press("ArrowRight");
}

function evaluated(profile) {
  return JSON.parse(profilblik("evaluate", ...tablesOf(CLINIC), "--profile", profile, "--json"));
}

/** »2.412« → 2412. */
const number = (text) => Number(text.replace(".", ""));

task("a profile said back: sentences as on the command line, persons, test patients, the table on paper", async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await openTab(page, 4);
  const body = page.locator("#tab-body");
  for (const question of ["Hvad er formålet?", "Hvordan finder vi populationen?", "Hvad vil vi gerne vide om populationen?"]) {
    await body.getByRole("heading", { name: question }).waitFor();
  }
  const { index_date: date, counts } = evaluated("demens");
  const said = profilblik("say", DEMENTIA, "--date", date);
  const criteria = page.getByRole("table", { name: "Kriterier og personer" });
  const rows = await criteria.locator("tbody tr").evaluateAll((all) => all.map((row) => ({
    sentence: row.querySelector("th p").innerText.trim(),
    persons: [...row.querySelectorAll("td")].map((cell) => cell.innerText.trim()),
  })));
  assert.ok(rows.length >= 3);
  const looked = counts.members + counts.undecided + counts.outside;
  const flat = said.replace(/\s+/gu, " ");
  for (const { sentence, persons } of rows) {
    assert.ok(flat.includes(sentence.replace(/\s+/gu, " ")), `not on the command line: ${sentence}`);
    assert.equal(persons.map(number).reduce((a, b) => a + b), looked, sentence);
  }

  // The test patients, run here.
  const patients = body.locator("#test-patients");
  assert.match(await patients.innerText(), /\d+ prøvepatienter, alle bestået\./u);
  assert.match(await patients.innerText(), /(\d+) af \1 kriterier er set ja, nej og ukendt\./u);

  // As the file, and on paper.
  await page.locator("#as-file").focus();
  await page.keyboard.press("Enter");
  await body.getByText('id = "demens"').first().waitFor();
  await page.evaluate(() => { globalThis.print = () => { globalThis.printed = true; }; });
  await page.locator("#print-profile").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => globalThis.printed);
  await page.emulateMedia({ media: "print" });
  const paper = page.locator("section.upright");
  assert.equal(await paper.isVisible(), true);
  assert.equal(await body.isVisible(), false, "the screen is not printed");
  const headings = await paper.locator("thead th").allInnerTexts();
  assert.deepEqual(headings, ["Kriterier", "Beskrivelse", "Regler"]);
  assert.ok((await paper.innerText()).includes(rows[0].sentence.slice(0, 40)));
  await page.emulateMedia({ media: "screen" });
});

task("the measures say what the command line says, and what no export can give", async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Dosisdispensering: brugere og mulige kandidater");
  await openTab(page, 3);
  const body = page.locator("#tab-body");
  await body.getByText("Findes ikke i udtrækket.").waitFor();
  const { measures } = evaluated("dosisdispensering");
  const ids = [...new Set(measures.map((measure) => measure.id))];
  const tables = body.getByRole("table");
  assert.equal(await tables.count(), ids.length);
  const shown = await tables.evaluateAll((all) => all.map((table) =>
    [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim()))));
  const told = (rows) => rows.map((row) => [row.ydernummer ?? "Alle", row.numerator, row.denominator, row.undecided]);
  const asNumbers = (rows) => rows.map(([practice, of, all, , open]) => [practice, ...[of, all, open].map(number)]);
  const sorted = (tables) => tables.map((rows) => JSON.stringify(rows)).sort();
  assert.deepEqual(
    sorted(shown.map(asNumbers)),
    sorted(ids.map((id) => told(measures.filter((measure) => measure.id === id)))),
  );
  // So few persons: on paper they are withheld.
  await page.emulateMedia({ media: "print" });
  const onPaper = await tables.first().locator("tbody tr").last().innerText();
  assert.match(onPaper, /vises ikke|under 5/u);
  await page.emulateMedia({ media: "screen" });
});
