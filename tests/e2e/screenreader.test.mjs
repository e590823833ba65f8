// What a screen reader says by itself, in the order in which it is said, and what it finds.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { longList, tablesOf } from "./lib/files.mjs";
import { ROOT, task } from "./lib/task.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");

/** From now on every text that the live region gets is kept. */
const listen = (page) => page.evaluate(() => {
  const region = document.querySelector(".app > .live");
  globalThis.__heard = [];
  const hear = () => { if (region.textContent) globalThis.__heard.push(region.textContent); };
  new MutationObserver(hear).observe(region, { childList: true, characterData: true, subtree: true });
});

const heard = (page) => page.evaluate(() => globalThis.__heard);

/** Waits until one is heard that matches; → all that was. */
async function hears(page, pattern) {
  await page.waitForFunction((source) => globalThis.__heard.some((text) => new RegExp(source, "u").test(text)), pattern.source);
  return heard(page);
}

task("reading says when it begins and what came of it; a search says how many are left", async ({ user, page }) => {
  await user.atStart();
  assert.equal(await page.locator(".app > .live").getAttribute("role"), "status");
  await listen(page);
  await user.chooseAndRead(tablesOf(CLINIC));
  const all = await hears(page, /^\d+ profiler, gjort op pr\. /);
  const profiles = (await user.overview()).size;
  assert.equal(all[0], "Læsningen er begyndt.");
  assert.equal(all.at(-1), `${profiles} profiler, gjort op pr. 30-09-2025`);
  await user.openProfile("Demens");
  assert.equal((await hears(page, /^4 af 4 vist$/)).at(-1), "4 af 4 vist");
  await user.search("651144");
  await user.hasRows(1);
  assert.equal((await hears(page, /^1 af 4 vist$/)).at(-1), "1 af 4 vist");
  // Moving about in the list is told by the list itself and not a second time.
  const before = (await heard(page)).length;
  await user.search("");
  await user.hasRows(4);
  await user.grid.focus();
  for (const key of ["ArrowDown", "ArrowDown", "End", "Home"]) await page.keyboard.press(key);
  assert.deepEqual((await heard(page)).slice(before), ["4 af 4 vist"]);
});

/** The same diagnoses so many times: each table is read for some time. */
function longReading(times) {
  const [patients, diagnoses] = longList(80_000);
  return [patients, ...Array.from({ length: times }, (_, n) => ({ ...diagnoses, name: `diagnoser_${n}.csv` }))];
}

task("a long reading says once that half of it is done", { ways: ["file"], timeout: 240_000 }, async ({ user, page }) => {
  await user.atStart();
  await listen(page);
  await user.chooseAndRead(longReading(6));
  const all = await hears(page, /^\d+ profiler, gjort op pr\. /);
  assert.equal(all[0], "Læsningen er begyndt.");
  assert.match(all.at(-1), /^\d+ profiler, gjort op pr\. \d\d-\d\d-\d{4}$/);
  const between = all.slice(1, -1);
  assert.equal(between.length, 1, `once, and not with every row: ${all.join(" | ")}`);
  const [, read, of] = between[0].match(/([\d,.]+) af ([\d,.]+) [kM]B/u) ?? [];
  const number = (text) => Number(text.replaceAll(".", "").replace(",", "."));
  assert.ok(number(read) <= number(of) && number(of) > 0, between[0]);
});

/** Each role with its name, as a screen reader lists them. */
async function snapshot(page, place = "body") {
  return (await page.locator(place).first().ariaSnapshot()).split("\n").map((line) => line.trim());
}

/** All that must be found is there. */
function assertHas(lines, wanted, where) {
  const lacks = wanted.filter((one) => !lines.some((line) => (one instanceof RegExp ? one.test(line) : line.startsWith(one))));
  assert.deepEqual(lacks, [], `${where}\n${lines.join("\n")}`);
}

task("roles and names: start, overview, list and patient", { ways: ["file"] }, async ({ user, page }) => {
  await user.atStart();
  assertHas(await snapshot(page), [
    "- navigation \"Sider\"", "- main", "- heading \"Se hvilke patienter der opfylder en profil\" [level=1]",
    "- button \"Vælg filer på computeren\"", "- button \"Åbn opdigtede patienter\"", /^- button "Overblik.*" \[disabled\]/,
  ], "start");
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.toOverview();
  assertHas(await snapshot(page), [
    "- region \"Fil, dato, profil og fortrolighed\"", "- table", "- columnheader \"På listen\"", "- columnheader \"Kan ikke afgøres\"",
    /^- rowheader "Demens/, "- button \"Demens\"", "- button \"Skift\"", "- button \"Glem alt\"",
  ], "overview");
  await user.openProfile("Demens");
  const list = await snapshot(page);
  assertHas(list, [
    "- heading \"Demens\" [level=1]", "- tablist", /^- tab "Liste.*" \[selected\]/, /^- tab "Kan ikke afgøres/, /^- tab "Udtynding/,
    /^- tab "Tal pr\. 1\.000/, /^- tab "Om profilen/, /^- grid "/, /^- columnheader "CPR/, "- searchbox \"Søg i listen\"",
    "- gridcell \"610535-1112\"", "- gridcell \"Karen Opdigtet\"",
  ], "list");
  await user.openPatient("610535-1112");
  assertHas(await snapshot(page), ["- complementary \"Patient\""], "list with a patient");
  assertHas(await snapshot(page, "[aria-label=Patient]"), [
    /^- heading "Hvorfor er patienten på listen\?.*" \[level=3\]/, /^- button /, /^- heading "Karen Opdigtet/,
  ], "patient");
  // What is drawn says its meaning in words, too: nothing is a button or a picture without a name.
  const nameless = (await snapshot(page)).filter((line) => /^- (button|img|link|tab|checkbox|searchbox|combobox)( \[.*\])?:?$/u.test(line));
  assert.deepEqual(nameless, []);
});
