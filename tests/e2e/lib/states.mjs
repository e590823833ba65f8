// A walk through every view and state of the page, for what must hold in all of them.
import { resolve } from "node:path";
import { bad, longList, ownProfile, tablesOf } from "./files.mjs";
import { ROOT } from "./places.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");
const MEMBER = "610535-1112";
const OUTSIDE = "660750-1441";

const brokenProfile = () => {
  const { buffer, ...file } = ownProfile((text) => text.replace('register = "proeve"', 'register = "proeve"\nvaelgg = "seneste"'));
  return { ...file, name: "fejl.toml", buffer };
};

/** Start, how the page counts, reading and its end. */
async function beforeFiles(user, page, look) {
  await user.atStart();
  await look("start");
  await page.evaluate(() => document.dispatchEvent(new DragEvent("dragenter", { bubbles: true, dataTransfer: new DataTransfer() })));
  await look("start, files held over it");
  await user.button("Sådan regner siden").click();
  await look("how the page counts");
  for (const summary of (await page.locator("summary").all()).slice(0, 3)) await summary.click();
  await look("how the page counts, opened");
  await page.keyboard.press("Escape");
  await user.atStart();
}

/** What was read, good and bad, with everything on it unfolded. */
async function imported(user, page, look) {
  await user.choose([bad.pdf()]);
  await page.getByText(/rapport\.pdf er en PDF/).first().waitFor();
  await look("only a bad file");
  await user.chooseAndRead([...tablesOf(CLINIC)], "Tilføj filer");
  await user.toImport();
  await user.choose([bad.xls(), ownProfile(), brokenProfile()], "Tilføj filer");
  await page.getByText(/liste\.xls er et ældre/).first().waitFor();
  await user.hasRead();
  await user.toImport();
  await look("import");
  for (const button of await user.button("Vis linjer").all()) await button.click();
  await page.locator("summary").first().click();
  await look("import, lines and columns");
  await user.button(/Ret kolonner: diagnoser/).first().click();
  await page.getByRole("dialog", { name: /^Sådan er filen læst/ }).waitFor();
  await look("how a file was read");
  await page.keyboard.press("Escape");
}

async function overview(user, page, look) {
  await user.toOverview();
  await page.getByText(/vaelgg/).first().waitFor();
  await look("overview, with a profile that has errors");
  await user.button("Skift").click();
  await page.getByLabel("Indeksdato", { exact: true }).waitFor();
  await look("index date, open");
  await page.keyboard.press("Escape");
}

async function list(user, page, look) {
  await user.openProfile("Demens");
  await look("list");
  await page.getByText("Flere kolonner").click();
  await look("list, further columns");
  await page.keyboard.press("Escape");
  await user.search("findes ikke i listen");
  await user.sees("Ingen rækker indeholder søgeteksten.");
  await look("list, nothing found");
  await user.search("");
  await user.hasRows(4);
  await user.button("Udskriv liste").click();
  await page.locator("#print-yes").waitFor();
  await look("list, print?");
  await user.button("Fortryd").click();
}

/** One patient: why, and what cannot be decided. */
async function patient(user, page, look) {
  await user.openPatient(MEMBER);
  await look("patient panel");
  for (const more of await user.panel.locator("summary").all()) await more.click();
  await look("patient panel, everything unfolded");
  await page.keyboard.press("Escape");
  await user.openTab("Kan ikke afgøres");
  await look("cannot be decided");
  await user.openProfile("Opioid og P15, P19, P74 eller P76 inden for 2 år");
  await user.openTab("Kan ikke afgøres");
  await user.openPatient("640470-1991");
  await look("patient panel, cannot be decided");
  await page.keyboard.press("Escape");
}

/** What the open profile says of itself and of its persons. */
async function aboutProfile(user, page, look) {
  await user.openProfile("Demens");
  await user.openTab("Udtynding");
  await page.getByRole("table", { name: "Personer ved hvert krav" }).waitFor();
  await look("attrition");
  await user.openTab("Om profilen");
  await page.getByRole("heading", { name: "Hvad er formålet?" }).waitFor();
  await look("about the profile");
  await page.locator("#as-file").click();
  await page.getByText('id = "demens"').first().waitFor();
  await look("about the profile, as the file");
  await user.openProfile("Dosisdispensering: brugere og mulige kandidater");
  await page.getByRole("tab", { name: "Tal pr. 1.000" }).click();
  await page.getByText("Findes ikke i udtrækket.").waitFor();
  await look("figures");
}

/** Everyone with an opioid, and one of them over time. */
async function opioids(user, page, look) {
  await user.go("Opioider");
  await user.rowsAreThere();
  await look("opioids");
  await user.openPatient("700930-1660");
  await page.locator("#timeline-open").click();
  await page.locator("#timeline svg").first().waitFor();
  await page.locator("#timeline summary").click();
  await look("opioids, a patient and the timeline");
  await page.keyboard.press("Escape");
}

/** Which flags there are, and which of them count. */
async function flags(user, page, look) {
  await page.locator("#flags").click();
  const dialog = page.locator("dialog.flags[open]");
  await dialog.locator("tbody tr").first().waitFor();
  await look("opioids, flags");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
}

/** What the registers hold, with the months as a table, and a list of codes that may be missing. */
async function quality(user, page, look) {
  await user.go("Datakvalitet");
  await user.heading("Måske manglende kode").waitFor();
  await look("data quality");
  await page.locator("#quality summary").click();
  await look("data quality, months as a table");
}

/** The factor table, as it is and with a text that is no factor. */
async function factors(user, page, look) {
  await page.locator("#factors").click();
  const dialog = page.getByRole("dialog", { name: "Faktortabel" });
  await dialog.locator("#factor-0").waitFor();
  await look("factor table");
  await dialog.locator("#factor-0").fill("to");
  await page.keyboard.press("Tab");
  await dialog.getByRole("alert").waitFor();
  await look("factor table, a text that is no factor");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
}

async function lookedUp(user, page, look) {
  const dialog = page.getByRole("dialog", { name: "Slå patient op" });
  const ask = async (text) => {
    await dialog.locator("#lookup-text").fill(text);
    await page.keyboard.press("Enter");
  };
  await user.button(/^Slå patient op/).click();
  await dialog.waitFor();
  await look("look up");
  await ask("6101019999");
  await dialog.getByText("CPR-nummeret findes ikke i filen.").first().waitFor();
  await look("look up, not in the file");
  await ask("opdigtet");
  await dialog.getByText(/patienter\. Vælg én\./).first().waitFor();
  await look("look up, several");
  await ask(OUTSIDE);
  const outside = dialog.getByRole("region", { name: "Ikke på listen" });
  await outside.getByRole("button", { name: "Demens", exact: true }).click();
  await dialog.locator(".tree").waitFor();
  await look("look up, why not");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
}

/** Others can see the screen; the guide. The self-check is looked at in its own test: its probes are refused. */
async function covered(user, page, look) {
  await user.toOverview();
  await user.button("Vejledning").click();
  await page.locator("#guide").waitFor();
  await look("guide");
  await page.keyboard.press("Escape");
  await page.locator("#cover").click();
  await user.openProfile("Demens");
  await look("list, others can see");
  await user.grid.getByRole("gridcell", { name: /^Patient / }).first().click();
  await page.locator("#reveal").click();
  await page.locator("#revealed").waitFor();
  await look("a patient shown for ten seconds");
  await page.keyboard.press("Escape");
  await page.locator("#cover").click();
}

async function keysAndEnd(user, page, look) {
  await user.button(/^Taster/).click();
  await page.getByRole("dialog", { name: "Taster" }).waitFor();
  await look("keys");
  await page.keyboard.press("Escape");
  await user.button("Glem alt").click();
  await user.button("Ja, glem alt").waitFor();
  await look("forget?");
  await user.button("Ja, glem alt").click();
  await user.sees("Alt er glemt.");
  await look("forgotten");
}

/** Reading that takes long enough to be looked at, and is stopped. */
async function reading(user, page, look) {
  await user.choose(longList(80_000));
  await user.button("Stop").waitFor();
  await look("reading");
  await user.button("Stop").click();
  await user.sees("Læsningen er stoppet, og alt er glemt.");
  await look("stopped");
}

async function broken(user, page, look) {
  await user.chooseAndRead(tablesOf(CLINIC));
  // Of those that were stopped one may still be listed: it has no answer.
  const kill = (worker) => worker.evaluate(() => setTimeout(() => { throw new Error("injected"); }));
  await Promise.allSettled(page.workers().map(kill));
  await page.getByRole("alert").getByText(/Læsningen blev afbrudt/).waitFor();
  await look("broken");
}

/** A second export of a register that is there already. */
async function secondExport(user, page, look) {
  await user.toImport();
  const text = "cpr;icpc;dato\n6105351112;P70;14-03-2020\n6511441330;P70;01-09-2025\n";
  await user.chooseAndRead([{ name: "diagnoser_ny.csv", mimeType: "text/csv", buffer: Buffer.from(text) }], "Tilføj filer");
  await page.locator("#second-add").waitFor();
  await look("a second export, added");
  await page.locator("#second-replace").click();
  await user.sees(/De tidligere rækker er erstattet/);
  for (const more of await page.locator("#second summary").all()) await more.click();
  await look("a second export, in place of the first");
}

/** Text that was encoded twice. */
async function garbled(user, page, look) {
  await user.toImport();
  const text = "cpr;navn\n6105351112;S\u00c3\u00b8ren\n";
  await user.chooseAndRead([{ name: "patienter_ny.csv", mimeType: "text/csv", buffer: Buffer.from(text) }], "Tilføj filer");
  await page.locator("#repair-do").waitFor();
  await look("text encoded twice");
  await page.locator("#repair-do").click();
  await user.sees(/1 tegn i patienter_ny\.csv er repareret/);
}

const PARTS = [beforeFiles, imported, overview, list, patient, aboutProfile, opioids, flags, factors, quality, lookedUp, covered, secondExport, garbled, keysAndEnd, reading, broken];

/**
 * What `look()` finds fault with in every state: »state: fault«. The last state provokes an error in
 * the console, so the task says `errors: false`.
 */
export async function faultsInEveryState(user, page, look) {
  const faults = [];
  const note = async (state) => faults.push(...(await look()).map((fault) => `${state}: ${fault}`));
  for (const part of PARTS) await part(user, page, note);
  return faults;
}

/** What the page says where a browser lacks something; → the options of a task. */
export const LACKING = {
  "no WebAssembly": { lacks: "WebAssembly", says: /har slået WebAssembly fra/ },
  "no workers": { lacks: "Worker", says: /har slået baggrundsarbejde/ },
  "too old": { lacks: "DecompressionStream", says: /mangler noget/ },
};
