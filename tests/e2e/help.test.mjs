// Help: the hint that goes when told to, the guide, its demonstration by its own words, and the note on
// how far back a profile looks.
import assert from "node:assert/strict";
import { CLINIC } from "./lib/covered.mjs";
import { ownProfile, tablesOf } from "./lib/files.mjs";
import { task } from "./lib/task.mjs";

const hint = (page) => page.locator("#hint");

task("the first hint is put away once, and stays away until the page is opened anew", async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await hint(page).waitFor();
  assert.match(await hint(page).innerText(), /»Ukendt« er ikke »nej«/);
  await page.locator("#hint-away").click();
  await hint(page).waitFor({ state: "detached" });
  await user.openProfile("Demens");
  await user.toOverview();
  assert.equal(await hint(page).count(), 0, "back on the overview");
  await user.button("English").click();
  await page.locator("html[lang=en]").waitFor();
  assert.equal(await hint(page).count(), 0, "in the other language");
  await user.button("Dansk").click();
  await user.forget();
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.toOverview();
  assert.equal(await hint(page).count(), 0, "with another export");
});

const PARTS = {
  Danish: ["Sådan får du et udtræk", "Hvad hver tabel giver", "Hvad »ukendt« betyder", "Hvad siden ikke er", "Tre minutters fremvisning"],
  English: ["How to get an export", "What each table gives", "What “unknown” means", "What the page is not", "A demonstration of three minutes"],
};

task("the guide has its five parts in both languages, each with something to read", async ({ user, page }) => {
  await user.atStart();
  await user.button("Vejledning").click();
  const guide = page.getByRole("dialog", { name: "Vejledning" });
  const parts = (dialog) => dialog.locator("h3").evaluateAll((all) =>
    all.map((head) => [head.innerText, head.nextElementSibling.querySelectorAll("li").length]));
  const danish = await parts(guide);
  assert.deepEqual(danish.map(([title]) => title), PARTS.Danish);
  assert.ok(danish.every(([, lines]) => lines >= 2), JSON.stringify(danish));
  await page.keyboard.press("Escape");
  await guide.waitFor({ state: "hidden" });
  await user.button("English").click();
  await user.button("Guide").click();
  const english = await parts(page.getByRole("dialog", { name: "Guide" }));
  assert.deepEqual(english.map(([title]) => title), PARTS.English);
  assert.deepEqual(english.map(([, lines]) => lines), danish.map(([, lines]) => lines), "as many lines in both");
});

/** What stands in »…«, in the order of the text. */
const quoted = (text) => [...text.matchAll(/»([^«]+)«/gu)].map(([, words]) => words);

task("the demonstration is walked by the guide's own words", async ({ user, page }) => {
  await user.atStart();
  await user.button("Vejledning").click();
  const guide = page.getByRole("dialog", { name: "Vejledning" });
  const steps = await guide.locator("h3", { hasText: "Tre minutters fremvisning" }).locator("+ ul > li").allInnerTexts();
  await page.keyboard.press("Escape");
  assert.equal(steps.length, 3, steps.join("\n"));
  const [[open, cover], [profile, tab], [room, end]] = steps.map(quoted);

  await user.button(open).click();
  await user.hasRead();
  const [, key] = steps[0].match(/\((\w)\)/u);
  await page.keyboard.press(key.toLowerCase());
  await page.waitForFunction(() => document.querySelector("#cover")?.getAttribute("aria-pressed") === "true");
  assert.equal(await page.getByRole("button", { name: cover }).count(), 1, cover);

  await user.openProfile(profile);
  await user.grid.focus();
  await page.keyboard.press("Enter");
  await user.panel.getByRole("heading", { name: /^Hvorfor/ }).waitFor();
  await user.openTab(tab);

  await user.go(room);
  await user.rowsAreThere();
  const [, limit] = steps[2].match(/op til (\d+) mg/u);
  await page.getByLabel("Grænse", { exact: true }).first().fill(limit);
  await page.keyboard.press("Enter");
  await user.sees(/\d+ færre end ved profilens 100 mg: Patient \d{4}/u);

  await user.button(end).click();
  await user.button(`Ja, ${end.toLowerCase()}`).click();
  await user.atStart();
});

const NOTE = "Profilen ser mere end 5 år tilbage. Formålet skal kunne bære det.";

/** A profile of someone's own that looks so far back. */
function looksBack(id, title, from) {
  const { buffer } = ownProfile((text) => text
    .replace("egen_egfr", id).replace("Egen profil: nyretal målt", title)
    .replace('register = "proeve"', `register = "proeve"\nvindue = ["${from}", "0 d"]`));
  return { name: `${id}.toml`, mimeType: "application/octet-stream", buffer };
}

task("a profile that looks back over five years says so once, on the page about it, and no other does", { ways: ["file"] }, async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.toImport();
  await user.chooseAndRead([looksBack("langt", "Ser seks år tilbage", "-6 aar"), looksBack("kort", "Ser fire år tilbage", "-4 aar")], "Tilføj filer");
  const notes = async () => (await page.locator("body").innerText()).split(NOTE).length - 1;
  await user.toOverview();
  assert.equal(await notes(), 0, "overview");
  for (const [title, wanted] of [["Ser seks år tilbage", 1], ["Ser fire år tilbage", 0]]) {
    await user.toOverview();
    await page.getByRole("rowheader").getByRole("button", { name: title, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
    await page.getByRole("tab", { name: "Liste" }).waitFor();
    assert.equal(await notes(), 0, `${title}: list`);
    for (const tab of ["Kan ikke afgøres", "Udtynding", "Tal pr. 1.000"]) {
      await page.getByRole("tab", { name: tab }).click();
      await page.waitForTimeout(200);
      assert.equal(await notes(), 0, `${title}: ${tab}`);
    }
    await page.getByRole("tab", { name: "Om profilen" }).click();
    await page.getByRole("heading", { name: "Hvad er formålet?" }).waitFor();
    assert.equal(await notes(), wanted, `${title}: about the profile`);
  }
  await user.toImport();
  assert.equal(await notes(), 0, "import");
});
