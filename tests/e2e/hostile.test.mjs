// Markup in every text that comes from outside: none of it becomes an element, an attribute that acts,
// or anything that the page's policy has to refuse.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { ownProfile } from "./lib/files.mjs";
import { ROOT, task } from "./lib/task.mjs";

/** Each would act in another way where a text was taken for markup. */
const MARKUP = {
  image: "<img src=x onerror=alert(1)>", script: "<script>alert(2)</script>", frame: "<iframe srcdoc=x></iframe>",
  svg: "<svg onload=alert(3)><use href=x></svg>", style: "<style>*{display:none}</style>", link: "<a href=javascript:alert(4)>x</a>",
  closing: "</td></tr></table></script></style><object data=x>", quote: "'><embed src=x>", form: "<form action=x><input name=y></form>",
};
const all = Object.values(MARKUP).join("");
/** As a cell of CSV: quotes doubled. */
const cell = (text) => `"${text.replaceAll('"', '""')}"`;

const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const CPR = "6101301110";

/** A whole export in which every text, heading and file name is hostile. */
function files() {
  const odd = `${MARKUP.image}${MARKUP.style}`;
  return [
    csv(`patienter<img src=x onerror=alert(5)>.csv`, `cpr;navn;adresse;by;status;${cell(odd)}\n${CPR};${cell(all)};${cell(all)};${cell(all)};tilmeldt;${cell(all)}\n`),
    csv(`diagnoser<svg onload=alert(6)>.csv`, `cpr;icpc;tekst;dato;${cell(odd)}\n${CPR};P70;${cell(all)};01-02-2024;${cell(all)}\n${CPR};${cell(MARKUP.image)};${cell(all)};01-02-2024;x\n${cell(all)};P70;x;01-02-2024;x\n`),
    csv("medicin.csv", `cpr;atc;navn;styrke;form;dosering;doegndosis;enhed;type;startdato;slutdato;indikation\n` +
      `${CPR};N02AA01;${cell(`Morfin ${all}`)};60 mg;${cell(`depottabletter ${MARKUP.script}`)};${cell(`1 tablet morgen og aften ${all}`)};2;tablet;Fast;01-01-2024;31-12-2026;${cell(all)}\n`),
    csv("proever.csv", `cpr;kode;navn;dato;resultat;enhed\n${CPR};DNK35302;${cell(all)};01-02-2024;${cell(all)};${cell(all)}\n`),
    csv(`statistik<iframe srcdoc=x>.csv`, `${cell(all)};b\n1;2\n`),
  ];
}

/** A profile of someone's own, hostile in each of its texts. */
const profile = () => {
  const text = (what) => `${what} ${all}`.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  const { buffer } = ownProfile((given) => given
    .replace("Egen profil: nyretal målt", text("Fjendtlig")).replace("Se hvem der har et nyretal.", text("Formål"))
    .replace("Har et svar på eGFR", text("Har et svar")));
  return { name: "egen<img src=x onerror=alert(7)>.toml", mimeType: "application/octet-stream", buffer };
};
const broken = () => ({ ...profile(), name: "fejl<svg onload=alert(8)>.toml", buffer: Buffer.from(`format = 1\n[profil]\nid = "x"\nversion = "1"\ntitel = "y"\n"${MARKUP.image}" = "${MARKUP.form}"\n`) });

/** What the page itself never makes, or never makes so: counted as it is added and as it stands. */
const ACTS = "img, iframe, object, embed, form, base, use, [onerror], [onload], [onclick], [srcdoc], a[href^='javascript:' i], input[name]";

const watchElements = (page) => page.addInitScript((acts) => {
  globalThis.__made = [];
  const note = (node) => {
    if (node.nodeType !== 1) return;
    for (const one of [node, ...node.querySelectorAll("*")]) {
      // The page's own styles and scripts are there before anything is read; the self-check's probe is a script.
      const foreign = globalThis.__watching && /^(SCRIPT|STYLE|LINK|META)$/.test(one.tagName);
      if (foreign || one.matches(acts)) globalThis.__made.push(one.outerHTML.slice(0, 120));
    }
  };
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach(note);
      else note(target);
    }
  }).observe(document, { childList: true, subtree: true, attributes: true });
  globalThis.alert = () => { globalThis.__made.push("alert"); };
}, ACTS);

const before = watchElements;

task("markup in names, headings, file names and profiles stays text in every view", { before, timeout: 240_000 }, async ({ user, page }) => {
  const look = async (where) => {
    const { made, there } = await page.evaluate((acts) => ({ made: globalThis.__made, there: document.querySelectorAll(acts).length }), ACTS);
    assert.deepEqual(made, [], where);
    assert.equal(there, 0, where);
  };
  await user.atStart();
  await page.evaluate(() => { globalThis.__watching = true; });
  await user.chooseAndRead([...files(), profile(), broken()]);
  await user.toImport();
  for (const button of await user.button("Vis linjer").all()) await button.click();
  for (const summary of await page.locator("main summary").all()) await summary.click();
  await page.getByText("<iframe srcdoc=x>").first().waitFor();
  await look("import");
  await page.getByRole("button", { name: /Ret kolonner: diagnoser/ }).first().click();
  await page.getByRole("dialog", { name: /^Sådan er filen læst/ }).locator("td.person").first().waitFor();
  await look("how a file was read");
  await page.keyboard.press("Escape");
  await user.toOverview();
  await page.getByText("Fjendtlig <img").first().waitFor();
  await look("overview");

  await user.openProfile("Demens");
  const [row] = await user.wholeList();
  assert.equal(row.Navn, all.trim(), "the text itself");
  await look("list");
  await user.openPatient("610130-1110");
  for (const more of await user.panel.locator("summary").all()) await more.click();
  await user.panel.getByText("<img src=x").first().waitFor();
  await look("patient");
  await page.locator("#timeline-open").click();
  await page.locator("#timeline").getByText("Vis som tabel").click();
  await page.locator("#timeline svg").first().waitFor();
  await look("timeline");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");

  await page.evaluate(() => { globalThis.print = () => { globalThis.__printed = true; }; });
  await user.openProfile("Demens");
  await user.button("Udskriv liste").click();
  await page.locator("#print-yes").click();
  await page.waitForFunction(() => globalThis.__printed);
  assert.match(await page.locator(".paper:not(.upright)").innerText(), /<img src=x onerror=alert\(1\)>/);
  await look("on paper");
  await page.keyboard.press("Shift");

  await user.go("Opioider");
  await user.rowsAreThere();
  await look("opioids");
  await user.openPatient("610130-1110");
  await user.panel.getByText("Regnestykke for OMEQ").waitFor();
  await look("opioids, patient");
  await page.keyboard.press("Escape");

  await user.go("Datakvalitet");
  await user.heading("Har vi gode nok data?").waitFor();
  await page.locator("#quality summary").click();
  await look("data quality");

  await user.toOverview();
  await page.getByRole("rowheader").getByRole("button", { name: /^Fjendtlig/ }).click();
  await page.getByRole("heading", { level: 1, name: /^Fjendtlig/ }).waitFor();
  await page.getByRole("tab", { name: "Udtynding" }).click();
  await page.getByRole("table", { name: "Personer ved hvert krav" }).waitFor();
  await look("attrition");
  await page.getByRole("tab", { name: "Om profilen" }).click();
  await page.getByText(/Formål <img/).first().waitFor();
  await page.locator("#as-file").click();
  await page.getByText(/titel = "Fjendtlig/).first().waitFor();
  await look("about the profile");

  await page.keyboard.press("/");
  const dialog = page.getByRole("dialog", { name: "Slå patient op" });
  await dialog.locator("#lookup-text").fill(MARKUP.image);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(300);
  await look("look up");
  await page.evaluate(() => document.body.append(document.createElement("form")));
  assert.deepEqual(await page.evaluate(() => globalThis.__made), ["<form></form>"], "the control");
});

/** Every file of the sources. */
function* sources(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && /\.(rs|js|html)$/.test(entry.name)) yield join(entry.parentPath ?? entry.path, entry.name);
  }
}

test("no source sets a text as markup", () => {
  const NEVER = /inner_?html|outer_?html|insert_?adjacent_?html|document\.write|create_?contextual_?fragment|DOMParser|\bsrcdoc\b/i;
  const read = [...["src", "www"].flatMap((folder) => [...sources(resolve(ROOT, folder))])];
  assert.ok(read.length > 200, `${read.length} files`);
  const found = read.flatMap((path) => readFileSync(path, "utf8").split("\n")
    .flatMap((line, at) => (NEVER.test(line) ? [`${path.slice(ROOT.length)}:${at + 1}: ${line.trim()}`] : [])));
  assert.deepEqual(found, []);
});
