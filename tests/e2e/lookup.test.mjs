// Why a patient is not on a list, and how many fall at each criterion.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { profilblik } from "./lib/cli.mjs";
import { tablesOf } from "./lib/files.mjs";
import { ROOT, task } from "./lib/task.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");

/** Opens »Slå patient op« by key and asks. */
async function lookUp(page, text) {
  await page.keyboard.press("/");
  const dialog = page.getByRole("dialog", { name: "Slå patient op" });
  await dialog.waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "lookup-text");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  return dialog;
}

/** What the command line says of the same patient and profile. */
function why(cpr) {
  return JSON.parse(profilblik("why", ...tablesOf(CLINIC), "--profile", "demens", "--cpr", cpr, "--json"));
}

task("a patient who is not on the list: the first criterion that is not met, and how near", async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  const dialog = await lookUp(page, "660750-1441");
  const outside = dialog.getByRole("region", { name: "Ikke på listen" });
  const dementia = outside.locator(".st", { has: page.getByRole("button", { name: "Demens", exact: true }) });
  const sentence = await dementia.locator(".why").first().innerText();
  assert.equal(sentence, "Ingen af de to krav er opfyldt. Ingen rækker med P70/P20/P15 i filen.");

  // By keyboard to the profile, which unfolds the criteria with their records.
  await dementia.getByRole("button").focus();
  await page.keyboard.press("Enter");
  const tree = dementia.locator(".tree");
  await tree.waitFor();
  const shown = (await tree.locator(".crit").allInnerTexts()).join("\n");
  const told = why("6607501441");
  assert.equal(told.population, "nej");
  const [diagnosis, drug] = told.criteria;
  assert.equal(diagnosis.near_miss.kind, "no-record");
  assert.match(shown, /Ingen rækker med .* i filen\./u);
  assert.equal(drug.near_miss.kind, "days-too-old");
  assert.ok(shown.includes(`${drug.near_miss.by} dage før vinduet begynder`), shown);

  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
});

task("looking up: not in the file, not looked at, part of a name", async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  let dialog = await lookUp(page, "6101019999");
  await dialog.getByText("CPR-nummeret findes ikke i filen.").first().waitFor();
  await page.keyboard.press("Escape");
  dialog = await lookUp(page, "680855-0551");
  await dialog.getByText("Patienten er ikke tilmeldt (afdød) og indgår ikke i lister og tal.").first().waitFor();
  assert.equal(await dialog.getByRole("region").count(), 0);
  await page.keyboard.press("Escape");
  dialog = await lookUp(page, "6");
  await dialog.getByText(/patienter\. Vælg én\.|i filen/u).first().waitFor();
  await page.keyboard.press("Escape");

  dialog = await lookUp(page, "700930-1660");
  await dialog.getByRole("region", { name: "På listen" }).getByRole("button", { name: "Demens", exact: true }).waitFor();
  const groups = await dialog.getByRole("region").evaluateAll((all) => all.map((one) => one.ariaLabel));
  assert.deepEqual(groups, ["På listen", "Kan ikke afgøres", "Ikke på listen"]);

  // The list's own search keeps a key of its own, and »Glem alt« leaves nothing in the dialog.
  await page.keyboard.press("Escape");
  await user.button("Glem alt").click();
  await user.button("Ja, glem alt").click();
  await user.atStart();
  assert.equal(await page.getByText("700930-1660").count(), 0);
});

task("udtynding says what the command line says", async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  for (const [title, profile] of [["Demens", "demens"], ["Opioid og P15, P19, P74 eller P76 inden for 2 år", "opioid_psyk"]]) {
    await user.openProfile(title);
    await page.getByRole("tab", { name: "Liste" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    const table = page.getByRole("table", { name: "Personer ved hvert krav" });
    await table.waitFor();
    const rows = await table.locator("tbody tr").evaluateAll((all) => all.map((row) =>
      [...row.cells].map((cell) => cell.innerText.trim())));

    const told = JSON.parse(profilblik("evaluate", ...tablesOf(CLINIC), "--profile", profile, "--json", "--attrition"));
    const { counts, attrition } = told;
    const number = (text) => Number(text.replace(".", ""));
    const lines = attrition.flatMap((step) => [step, ...step.parts]);
    assert.equal(rows.length, lines.length + 3);
    assert.equal(number(rows[0][5]), counts.members + counts.undecided + counts.outside);
    assert.equal(number(rows.at(-2)[5]), counts.members);
    assert.equal(number(rows.at(-1)[5]), counts.undecided);
    lines.forEach((line, at) => {
      const [, yes, no, unknown, falls, left, alone] = rows[at + 1];
      assert.deepEqual([yes, no, unknown].map(number), [line.yes, line.no, line.unknown]);
      if (line.parts) assert.deepEqual([falls, left].map(number), [line.falls, line.left]);
      else assert.equal(number(alone), line.alone);
    });
  }
});
