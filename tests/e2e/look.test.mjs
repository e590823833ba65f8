// Accessibility rules on every view, light and dark, narrow and with forced colours.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { tablesOf } from "./lib/files.mjs";
import { ROOT, task } from "./lib/task.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Put in before the page's policy is there: it refuses every script that is not the page's own. */
const withAxe = (page) => page.addInitScript({ content: AXE });

async function assertAccessible(page, view) {
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const said = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`);
  assert.deepEqual(said, [], view);
}

async function throughEveryView(user, page) {
  await user.atStart();
  await assertAccessible(page, "start");
  await user.button("Sådan regner siden").click();
  await page.locator("summary").first().click();
  await assertAccessible(page, "how the page counts");
  await page.keyboard.press("Escape");
  await user.chooseAndRead(tablesOf(CLINIC));
  await assertAccessible(page, "overview");
  await user.toImport();
  await user.button("Vis linjer").first().click();
  await assertAccessible(page, "import");
  await user.openProfile("Demens");
  await assertAccessible(page, "list");
  await user.openPatient("610535-1112");
  await assertAccessible(page, "patient panel");
  await page.keyboard.press("Escape");
  await user.openTab("Kan ikke afgøres");
  await assertAccessible(page, "cannot be decided");
  await user.openTab("Om profilen");
  await assertAccessible(page, "about the profile");
  await user.button(/^Taster/).click();
  await assertAccessible(page, "keys");
  await page.keyboard.press("Escape");
  await user.button("Glem alt").click();
  await assertAccessible(page, "forget?");
}

/** At 400 % a 1280 px window is 320 px wide. */
const LOOKS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "forced colours": { forcedColors: "active" },
  "200 %": { viewport: { width: 683, height: 384 } },
  "400 %": { viewport: { width: 320, height: 512 } },
};

for (const [name, context] of Object.entries(LOOKS)) {
  task(`no accessibility violation in any view: ${name}`, { context, before: withAxe, ways: ["file"] }, async ({ user, page }) => {
    await throughEveryView(user, page);
  });
}

task("the theme can be switched by hand", { before: withAxe, ways: ["file"] }, async ({ user, page }) => {
  await user.atStart();
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await user.button("Mørk").click();
  assert.notEqual(await ground(), light);
  await assertAccessible(page, "dark by hand");
  await user.button("Lys").click();
  assert.equal(await ground(), light);
});

task("nothing in the data becomes markup", async ({ user, page }) => {
  const evil = "<img src=x onerror=alert(1)><script>alert(2)</script>";
  const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await user.chooseAndRead([
    file("patienter.csv", `cpr;navn;adresse;status\n6105351112;${evil};"${evil}";tilmeldt\n`),
    file("diagnoser.csv", `cpr;icpc;tekst;dato\n6105351112;P70;${evil};01-02-2024\n`),
  ]);
  await user.openProfile("Demens");
  const [row] = await user.wholeList();
  assert.equal(row.Navn, evil);
  await user.openPatient("610535-1112");
  assert.equal(await page.locator("img, iframe, object, embed, [onerror]").count(), 0);
  assert.equal(await page.locator("body script:not([id]):not([type])").count() <= 1, true, "only the page's own start script");
});
