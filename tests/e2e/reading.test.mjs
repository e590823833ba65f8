// Giving the page files, good and bad, and reading the account of every line.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { inFolder, reported } from "./lib/cli.mjs";
import { bad, ownProfile, tablesOf } from "./lib/files.mjs";
import { ROOT, shared, task } from "./lib/task.mjs";
import { workbook } from "./lib/workbook.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");
const SMALL = shared("export-small.zip");

const number = (text) => Number(text.replaceAll(".", ""));
const TERMS = ["physical", "header", "blank", "continuation", "used", "set_aside"];

/** The equation over the table: its numbers, in the order of TERMS. */
async function account(page) {
  const group = page.getByRole("group", { name: "Linjeregnskab" }).first();
  const numbers = await group.locator(".n").allInnerTexts();
  return Object.fromEntries(TERMS.map((term, i) => [term, number(numbers[i])]));
}

function sum(files) {
  return Object.fromEntries(TERMS.map((term) => [term, files.reduce((all, { lines }) => all + lines[term], 0)]));
}

async function assertAccount(user, page, paths) {
  await user.toImport();
  await user.sees("Regnskabet stemmer");
  const shown = await account(page);
  const [physical, ...rest] = TERMS.map((term) => shown[term]);
  assert.equal(physical, rest.reduce((a, b) => a + b));
  assert.deepEqual(shown, sum(reported(paths).files.filter(({ refused }) => refused === null)));
  return shown;
}

task("files chosen in the file dialog are read, and every line is accounted for", async ({ user, page }) => {
  const paths = tablesOf(CLINIC);
  await user.chooseAndRead(paths);
  const shown = await assertAccount(user, page, paths);
  assert.equal(shown.blank, 1, "the blank line of diagnoser.csv");
  assert.equal(shown.continuation, 1, "the quoted newline of proever.csv");
  assert.equal(shown.set_aside, 3, "the title, the row with too many fields, the total");
  const files = await user.table("Datatype");
  assert.deepEqual(files.slice(0, -1).map((row) => row.Fil).sort(), [
    "aftaler.csv", "diagnoser.csv", "henvisninger.csv", "medicin.csv", "patienter.csv", "proever.csv", "ydelser.csv",
  ]);
});

task("lines set aside are named by file and line, never by content", async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.toImport();
  const buttons = user.button(/^(Vis|Skjul) linjer$/);
  for (let n = 0; n < await buttons.count(); n += 1) await buttons.nth(n).click();
  const lists = page.getByRole("list", { name: "Sat til side" });
  await page.waitForFunction(() => [...document.querySelectorAll("ul[aria-label='Sat til side']")]
    .filter((list) => list.children.length > 0).length === 3);
  const shown = await lists.allInnerTexts();
  assert.match(shown.join("\n"), /diagnoser\.csv linje 1:.*/i);
  assert.match(shown.join("\n"), /proever\.csv linje 7:.*/i);
  assert.match(shown.join("\n"), /ydelser\.csv linje 5:.*/i);
  assert.doesNotMatch(await page.locator("main").innerText(), /Kalium|6212351774/);
});

task("files are dragged onto the page", async ({ user, page }) => {
  const paths = tablesOf(CLINIC);
  await user.atStart();
  await user.drop(paths);
  await user.hasRead();
  await assertAccount(user, page, paths);
});

task("a folder is dragged onto the page", async ({ user, page }) => {
  await user.atStart();
  await user.drop([CLINIC]);
  await user.hasRead();
  await user.toImport();
  await user.sees("Regnskabet stemmer");
  const files = await user.table("Datatype");
  assert.equal(files.filter((row) => row.Fil.endsWith(".csv")).length, 7);
});

task("a ZIP that others made is dragged onto the page", { needs: SMALL }, async ({ user, page }) => {
  await user.atStart();
  await user.drop([SMALL]);
  await user.hasRead();
  const shown = await assertAccount(user, page, [SMALL]);
  assert.equal(shown.physical, 103_756);
});

task("files may come one after another, in any order", async ({ user, page }) => {
  const paths = tablesOf(CLINIC);
  await user.chooseAndRead(paths.slice(3));
  await user.toImport();
  await user.chooseAndRead(paths.slice(0, 3), "Tilføj filer");
  await assertAccount(user, page, paths);
  assert.equal((await user.overview()).get("Demens")["På listen"], "4");
});

/** The clinic in other containers: a name for the test → files. */
const CONTAINERS = {
  "a workbook": () => ({ "klinik.xlsx": workbook(tablesOf(CLINIC)) }),
  "gzip": () => Object.fromEntries(tablesOf(CLINIC).map((path) => [`${basename(path)}.gz`, gzipSync(readFileSync(path))])),
};

for (const [container, files] of Object.entries(CONTAINERS)) {
  task(`the same tables as ${container} give the same lists, every row accounted for`, async ({ user, page }) => {
    await inFolder(files(), async (_, paths) => {
      await user.chooseAndRead(paths);
      const shown = await assertAccount(user, page, paths);
      assert.equal(shown.set_aside, 3, "the title, the row with too many fields, the total");
    });
    assert.equal((await user.overview()).get("Demens")["På listen"], "4");
  });
}

/** Bad file → what its message must say: its name, what is wrong, what to do. */
const MESSAGES = {
  pdf: /rapport\.pdf er en PDF og kan ikke læses\. Gem listen som CSV/,
  xls: /liste\.xls er et ældre Excel-format \(\.xls\)\. Åbn den, vælg »Gem som«, og gem som \.xlsx eller CSV/,
  locked: /laast\.zip.* er låst med kodeord\. Pak den ud først/,
  bomb: /bombe\.zip fylder mere end 256 MB udpakket og er ikke læst/,
  lyingBomb: /loegn\.zip/,
  empty: /aftaler\.csv er tom \(0 linjer\)/,
  noCpr: /statistik\.csv har ingen kolonne med CPR/,
  notATable: /noter\.txt ligner ikke en tabel/,
};

for (const [kind, message] of Object.entries(MESSAGES)) {
  const ways = kind.toLowerCase().includes("bomb") ? ["file"] : ["http", "file"];
  task(`a bad file is named with what to do, and the others are used: ${kind}`, { ways }, async ({ user, page }) => {
    const given = tablesOf(CLINIC).filter((path) => kind !== "empty" || !path.endsWith("aftaler.csv"));
    await inFolder(Object.fromEntries([bad[kind]()].map(({ name, buffer }) => [name, buffer])), async (_, paths) => {
      await user.chooseAndRead([...paths, ...given]);
    });
    await user.toImport();
    await page.getByText(message).first().waitFor();
    await user.sees("Regnskabet stemmer");
    assert.equal((await user.overview()).get("Demens")["På listen"], "4");
  });
}

task("only a bad file: its message, no list, and the next try works", async ({ user, page }) => {
  await user.choose([bad.pdf()]);
  await page.getByText(MESSAGES.pdf).first().waitFor();
  assert.equal(await page.getByRole("grid").count(), 0);
  await user.chooseAndRead(tablesOf(CLINIC), "Tilføj filer");
  assert.equal((await user.overview()).get("Demens")["På listen"], "4");
});

task("a profile of one's own joins the others and is marked", async ({ user, page }) => {
  await user.chooseAndRead([...tablesOf(CLINIC).map((path) => path)]);
  await user.toImport();
  await inFolder({ "egen.toml": ownProfile().buffer }, (_, paths) => user.chooseAndRead(paths, "Tilføj filer"));
  const row = (await user.overview()).get("Egen profil: nyretal målt");
  assert.equal(row["På listen"], "1");
  assert.match(row.Profil, /ikke gennemgået/);
  await user.openProfile("Egen profil: nyretal målt");
  assert.deepEqual((await user.wholeList()).map((row) => row.CPR), ["720340-0235"]);
  await page.getByRole("region", { name: "Fil, dato" }).getByText("ikke gennemgået").waitFor();
});

task("a profile with errors says which lines, and the rest works", async ({ user, page }) => {
  const broken = ownProfile((text) => text.replace('register = "proeve"', 'register = "proeve"\nvaelgg = "seneste"'));
  await inFolder({ [broken.name]: broken.buffer }, (_, paths) => user.chooseAndRead([...paths, ...tablesOf(CLINIC)]));
  await user.toOverview();
  await page.getByText(/linje 11/i).first().waitFor();
  await page.getByText(/vaelgg/).first().waitFor();
  assert.equal((await user.overview()).get("Demens")["På listen"], "4");
});
