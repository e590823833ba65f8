// »Skærm til andre«: every view in which a patient could be seen, walked with the cover on.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { tablesOf } from "./files.mjs";
import { ROOT } from "./places.mjs";

export const CLINIC = resolve(ROOT, "tests/exports/klinik");
export const NUMBER = /\d{6}[- ]?\d{4}/;

/** The columns of the export's table of patients whose headings match, one list of cells each. */
function cellsOf(folder, pattern) {
  const file = readdirSync(folder).find((name) => /^patient/i.test(name));
  const [head, ...lines] = readFileSync(join(folder, file), "utf8").replace("\ufeff", "").trim().split(/\r?\n/);
  const place = head.toLowerCase().split(";").findIndex((name) => pattern.test(name));
  assert.ok(place >= 0, head);
  return lines.map((line) => line.split(";")[place].replaceAll('"', "").trim());
}

const distinct = (all) => [...new Set(all)].filter((text) => text.length > 2);

/** First and last names of the export's patients. */
export const NAMES = distinct(cellsOf(CLINIC, /navn/).flatMap((name) => name.split(/[ ,]+/)));
/** Streets, and towns. */
export const PLACES = distinct([...cellsOf(CLINIC, /^adresse/).map((text) => text.split(/ \d/)[0]), ...cellsOf(CLINIC, /^by$/)]);
/** Birth dates, DD-MM-YYYY as in the file, and as the first six digits of the number. */
export const BORN = distinct([...cellsOf(CLINIC, /^foedselsdato/), ...cellsOf(CLINIC, /^cpr/).map((cpr) => cpr.slice(0, 6))]);

export const first = (user) => user.grid.getByRole("gridcell", { name: /^Patient \d+$/ }).first();

export async function openFirst(user, page) {
  const name = await first(user).innerText();
  await first(user).click();
  await user.panel.getByText(name).first().waitFor();
  return name;
}

/** What a profile says of itself and its persons. */
async function tabs(user, page, look) {
  await user.openProfile("Demens");
  await user.openTab("Udtynding");
  await page.getByRole("table", { name: "Personer ved hvert krav" }).waitFor();
  await look("attrition");
  await page.getByRole("tab", { name: "Tal pr. 1.000" }).click();
  await page.locator("#copy-figures").waitFor();
  await look("figures");
  await page.getByRole("tab", { name: "Om profilen" }).click();
  await page.getByRole("heading", { name: "Hvad er formålet?" }).waitFor();
  await look("about the profile");
}

/** What may be missing in the registers, and who it is about. */
async function quality(user, page, look) {
  const lists = page.locator("#quality button.lnk:not([disabled])");
  await user.go("Datakvalitet");
  await user.heading("Måske manglende kode").waitFor();
  await look("data quality");
  const titles = await lists.allInnerTexts();
  let opened = 0;
  for (const title of titles) {
    await user.go("Datakvalitet");
    await user.heading("Måske manglende kode").waitFor();
    await lists.filter({ hasText: title }).first().click();
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await page.getByRole("grid").or(page.getByText(/^Ingen /)).first().waitFor();
    await look(`data quality, ${title}`);
    opened += 1;
  }
  assert.ok(opened > 0, "no list of what may be missing was opened");
}

/** How a file was read, and the same register read a second time. */
async function files(user, page, look) {
  await user.toImport();
  const corrections = page.getByRole("button", { name: /Ret kolonner/ });
  assert.ok(await corrections.count() > 3);
  for (const at of (await corrections.all()).keys()) {
    await corrections.nth(at).click();
    const dialog = page.getByRole("dialog", { name: /^Sådan er filen læst/ });
    await dialog.locator("td, th").first().waitFor();
    await look(`how a file was read, ${at}`);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  }
  const text = "cpr;icpc;dato\n6105351112;P70;14-03-2020\n6501011230;P70;01-09-2025\n";
  await user.chooseAndRead([{ name: "diagnoser_ny.csv", mimeType: "text/csv", buffer: Buffer.from(text) }], "Tilføj filer");
  await page.locator("#second-replace").click();
  await user.sees(/De tidligere rækker er erstattet/);
  for (const more of await page.locator("#second summary").all()) await more.click();
  await look("a second export, in place of the first");
  await page.locator("#second-add").click();
  await user.sees(/lagt til/);
  await look("a second export, added");
}

async function inEnglish(user, page, look) {
  await user.button("English").click();
  await page.locator("html[lang=en]").waitFor();
  await look("English, import");
  for (const room of ["Overview", "Opioids", "Data quality"]) {
    await page.getByRole("navigation").getByRole("button", { name: room }).click();
    await page.waitForTimeout(300);
    await look(`English, ${room}`);
  }
}

/** The cover goes on after the first look, which is called »before«. */
export async function coveredViews(user, page, look) {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await look("before");
  await page.locator("#cover").click();
  await first(user).waitFor();
  await look("list");
  await openFirst(user, page);
  await user.panel.locator(".crit").first().waitFor();
  for (const more of await user.panel.locator("summary").all()) await more.click();
  await look("why panel");
  await user.openTab("Kan ikke afgøres");
  await look("cannot be decided");
  await user.toImport();
  await look("import");
  await user.toOverview();
  await look("overview");
  await user.go("Opioider");
  await user.rowsAreThere();
  await look("opioids");
  await openFirst(user, page);
  await page.locator("#timeline-open").click();
  await page.locator("#timeline svg").first().waitFor();
  await look("opioids, panel and timeline");
  for (const part of [tabs, quality, files, inEnglish]) await part(user, page, look);
}
