// »Faktortabel«: another factor recomputes everything and is named on list, panel and print; what is
// no factor is named beside its line; variants and flags that are off are chosen on »Opioider«.
import assert from "node:assert/strict";
import { task } from "./lib/task.mjs";

const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

const HEAD = "cpr;atc;navn;styrke;form;dosering;doegndosis;enhed;type;startdato;slutdato\n";
const row = (cpr, atc, name, strength) =>
  `${cpr};${atc};${name};${strength} mg;depottabletter;1 tablet morgen og aften;2;tablet;Fast;01-01-2026;31-12-2026\n`;

/** Anna 120 of morphine, Bo 90 of oxycodone. */
const FILES = [
  csv("patienter.csv", "cpr;navn;foedselsdato\n6101301110;Anna Opdigtet;01-01-1930\n6101401120;Bo Opdigtet;01-01-1940\n"),
  csv("medicin.csv", HEAD + row("6101301110", "N02AA01", "Morfin", 60) + row("6101401120", "N02AA05", "Oxycodon", 30)),
];

async function open(user, page) {
  await user.atStart();
  await user.chooseAndRead(FILES);
  await user.setIndexDate("2026-06-01");
  await user.go("Opioider");
  await user.heading("Opioider pr. 01-06-2026").waitFor();
  await user.rowsAreThere();
}

async function dialogOf(page) {
  await page.locator("#factors").click();
  const dialog = page.getByRole("dialog", { name: "Faktortabel" });
  await dialog.getByLabel("Faktor oxycodon (N02AA05) oral", { exact: true }).waitFor();
  return dialog;
}

const oxycodone = (dialog) => dialog.getByLabel("Faktor oxycodon (N02AA05) oral", { exact: true });

async function type(page, dialog, text) {
  await oxycodone(dialog).fill(text);
  await page.keyboard.press("Tab");
}

async function close(page, dialog) {
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
}

/** Name → the sum. */
async function sums(user) {
  const rows = await user.shownRows();
  return Object.fromEntries(rows.map((one) => [one.Navn.split(" ")[0], one.OMEQ]));
}

const strip = (page) => page.locator(".app > .strip");

task("a typed factor recomputes everything, is named, and is taken back", async ({ user, page }) => {
  await open(user, page);
  assert.deepEqual(await sums(user), { Anna: "120,0", Bo: "90,0" });
  const dialog = await dialogOf(page);
  await type(page, dialog, "2,0");
  await dialog.getByText("Egen faktor: oxycodon (oral) 2,0").waitFor();
  await close(page, dialog);
  await strip(page).getByText("Egen faktor: oxycodon (oral) 2,0").waitFor();
  await user.grid.getByText("120,0").nth(1).waitFor();
  assert.deepEqual(await sums(user), { Anna: "120,0", Bo: "120,0" });
  await user.openPatient("610140-1120");
  await user.panel.getByText("× 2").first().waitFor();
  await user.panel.getByText(/egen faktor; tabellens er 1,5/u).first().waitFor();
  await page.keyboard.press("Escape");
  const again = await dialogOf(page);
  await again.getByRole("button", { name: "Tilbage til standard" }).click();
  await page.waitForFunction(() => ![...document.querySelectorAll("dialog[open] .demo")].some((one) => one.textContent));
  await close(page, again);
  await strip(page).getByText("Egen faktor").waitFor({ state: "detached" });
  await user.grid.getByText("90,0", { exact: true }).waitFor();
  assert.deepEqual(await sums(user), { Anna: "120,0", Bo: "90,0" });
});

task("what is no factor is named beside its line, and nothing changes", { ways: ["file"] }, async ({ user, page }) => {
  await open(user, page);
  const dialog = await dialogOf(page);
  for (const wrong of ["to", "0", "-1", "101"]) {
    await type(page, dialog, wrong);
    await dialog.getByRole("alert").getByText(`»${wrong}«`).waitFor();
  }
  await close(page, dialog);
  assert.equal(await strip(page).getByText("Egen faktor").count(), 0);
  assert.deepEqual(await sums(user), { Anna: "120,0", Bo: "90,0" });
});

task("a set is chosen and named on a list of another profile", { ways: ["file"] }, async ({ user, page }) => {
  await open(user, page);
  const dialog = await dialogOf(page);
  await dialog.locator("#factor-set").selectOption("hoejeste");
  await dialog.getByText("Faktorsæt: højeste kilde").waitFor();
  await close(page, dialog);
  await user.toOverview();
  await strip(page).getByText("Faktorsæt: højeste kilde").waitFor();
});

task("another definition of long-term use, and a flag that is off", { ways: ["file"] }, async ({ user, page }) => {
  await open(user, page);
  await page.locator("#choice-langtid").selectOption("langtid_ddd");
  await strip(page).getByText(/^Valgt: Langtid, udgave c/u).waitFor();
  await page.locator("#flags").click();
  const dialog = page.getByRole("dialog", { name: "Flag" });
  await dialog.getByRole("checkbox", { name: "Kolonne: Fornyet uden fremmøde" }).click();
  await close(page, dialog);
  await strip(page).getByText(/Slået til: Fornyet uden fremmøde/u).waitFor();
});
