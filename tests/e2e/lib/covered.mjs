// »Skærm til andre«: every view in which a patient could be seen, walked with the cover on.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { tablesOf } from "./files.mjs";
import { ROOT } from "./places.mjs";

export const CLINIC = resolve(ROOT, "tests/exports/klinik");
export const NUMBER = /\d{6}[- ]?\d{4}/;

/** First and last names of the export's patients. */
function namesOf(folder) {
  const file = readdirSync(folder).find((name) => /^patient/i.test(name));
  const [head, ...lines] = readFileSync(join(folder, file), "utf8").trim().split(/\r?\n/);
  const place = head.toLowerCase().split(";").findIndex((name) => /navn/.test(name));
  assert.ok(place >= 0, head);
  return [...new Set(lines.flatMap((line) => line.split(";")[place].replaceAll('"', "").split(/[ ,]+/)))]
    .filter((name) => name.length > 2);
}

export const NAMES = namesOf(CLINIC);

export const first = (user) => user.grid.getByRole("gridcell", { name: /^Patient \d+$/ }).first();

export async function openFirst(user, page) {
  const name = await first(user).innerText();
  await first(user).click();
  await user.panel.getByText(name).first().waitFor();
  return name;
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
}
