// What a spreadsheet makes of what the page hands out: `./run deep sheets`. LibreOffice opens every
// copy and file that a hostile profile and a hostile export can reach, told to take text that begins
// like a formula for one; the same texts without the page's marks are the control.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pageServer } from "../../../scripts/page-server.mjs";
import { launch } from "../lib/chromium.mjs";
import { ownProfile } from "../lib/files.mjs";
import { DIST } from "../lib/places.mjs";
import { User } from "../lib/user.mjs";

const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const numbers = Array.from({ length: 40 }, (_, n) => `61${String(n % 12 + 1).padStart(2, "0")}30${String(1000 + 2 * n)}`);
const FILES = [
  csv("patienter.csv", `cpr;navn;ydernummer\n${numbers.map((cpr) => `${cpr};"=1+1";"=2+2"\n`).join("")}`),
  csv("prøver.csv", `cpr;npu;dato;svar;enhed\n${numbers.map((cpr) => `${cpr};DNK35302;01-06-2026;50;mL/min\n`).join("")}`),
  ownProfile((text) => text.replace('titel = "Egen profil: nyretal målt"', 'titel = "=3+3"').replace('version = "1.0"', 'version = "=4"') + `
[[maalepunkt]]
id = "andel"
titel = "@SUM(1;2)"
taeller = "nyretal"
naevner = "nyretal"
pr = 100
`),
];

/** Cells that became formulas. 59 and 9 part cells, 34 quotes them, 76 is UTF-8, the last says: evaluate. */
function formulas(folder, name, text, separator) {
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, text);
  execFileSync("soffice", ["--headless", `-env:UserInstallation=file://${folder}/office`, `--infilter=CSV:${separator},34,76,1,,0,false,true,false,false,false,-1,true`,
    "--convert-to", "fods", "--outdir", folder, path], { stdio: "ignore" });
  return (readFileSync(join(folder, `${name}.fods`), "utf8").match(/table:formula=/g) ?? []).length;
}

const folder = mkdtempSync(join(tmpdir(), "profilblik-sheets-"));
const browser = await launch();
const server = await pageServer(DIST);
const faults = [];
let cells = 0;
let control = 0;
try {
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage();
  page.setDefaultTimeout(60_000);
  const user = await User.of(page);
  await page.goto(server.url);
  await user.chooseAndRead(FILES);
  await page.evaluate(() => { Clipboard.prototype.writeText = async (text) => { globalThis.copied = text; }; });
  await user.openProfile("=3+3");
  await page.getByRole("tab", { name: "Tal pr. 1.000" }).click();
  await page.locator("#copy-figures").click();
  await page.waitForFunction(() => globalThis.copied);
  const handedOut = [["figures", await page.evaluate(() => globalThis.copied), 9]];
  await page.locator("#selfcheck-open").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save-log").click()]);
  await download.saveAs(join(folder, "log"));
  handedOut.push(["use-log", readFileSync(join(folder, "log"), "utf8"), 59]);
  for (const [name, text, separator] of handedOut) {
    cells += text.split(/[\t;\n]/).length;
    const some = formulas(folder, name, text, separator);
    if (some > 0) faults.push(`${name}: ${some} formulas`);
    // In the log no cell can begin with what a file or a profile says; in the figures several do.
    control += formulas(folder, `${name}-bare`, text.replace(/(^|[\t;\n])'/g, "$1"), separator);
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
if (control === 0) faults.push("the control became no formula");
for (const fault of faults) console.log(`✗ ${fault}`);
console.log(`${cells} cells of figures and use log: ${faults.length} faults; the control, the same without the page's marks, ${control} formulas`);
process.exitCode = faults.length === 0 ? 0 : 1;
