// »Sådan regner siden« by keyboard, and a profile that takes for ever.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { longList, tablesOf } from "./lib/files.mjs";
import { ROOT, task } from "./lib/task.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");
const RULES = { name: "Sådan regner siden" };

/** Tabs on until what has the focus begins with this text. */
async function tabTo(page, text, most = 60) {
  const here = () => page.evaluate(() => document.activeElement.innerText ?? "");
  for (let turn = 0; turn < most && !(await here()).startsWith(text); turn += 1) await page.keyboard.press("Tab");
  assert.ok((await here()).startsWith(text), `not reached by Tab: ${text}`);
}

const rule = (page, heading) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: heading, exact: true }) });

task("how the page counts, from the start page, without a mouse", async ({ user, page }) => {
  await user.atStart();
  await tabTo(page, RULES.name);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { ...RULES, level: 1 }).waitFor();
  const [, held, of] = (await page.getByText(/prøvepatienter får i denne browser/).innerText()).match(/(\d+) af (\d+)/);
  assert.equal(held, of, "cases that hold in this browser");
  assert.ok(Number(of) > 150, `${of} cases`);

  const windows = rule(page, "R2 Vinduer");
  await windows.locator("summary").focus();
  await page.keyboard.press("Enter");
  const known = windows.locator("tbody").filter({ hasText: "R2 vinduets første dag er med" });
  await known.getByText("Diagnoser: kode P70, dato 15-01-2025").waitFor();
  const first = known.getByRole("row").filter({ hasText: "halvaar" });
  assert.match(await first.innerText(), /halvaar\s+ja/);
  await windows.getByText('vindue = ["-6 mdr", "0 d"]').waitFor();

  await page.keyboard.press("Escape");
  await user.atStart();
});

task("how the page counts, from the keys, in English, and back to where one was", { ways: ["file"] }, async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await user.button(/^Taster/).click();
  await page.getByRole("dialog").getByRole("button", RULES).click();
  await page.getByRole("heading", { ...RULES, level: 1 }).waitFor();
  await user.button("English").click();
  await page.getByRole("heading", { name: "How the page counts", level: 1 }).waitFor();
  await rule(page, "R14 Data that the file lacks").getByText(/without a row about the patient, the answer is no/).waitFor();
  const windows = rule(page, "R2 Windows");
  await windows.locator("summary").click();
  await windows.getByText("R2 the window's first day is in").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { level: 1, name: "Demens" }).waitFor();
});

/**
 * Inside every cap: twenty chains of a hundred criteria, each of which looks up all those below it
 * for every patient.
 */
function worstProfile() {
  const one = (chain, at) => {
    const anchor = at < 99 ? `anker = { kriterie = "k${chain}_${at + 1}", vaelg = "enhver" }\n` : "";
    return `[kriterie.k${chain}_${at}]\nregister = "diagnose"\nkoder = ["P70"]\nvindue = ["*", "*"]\n${anchor}`;
  };
  const names = Array.from({ length: 2000 }, (_, n) => [Math.floor(n / 100), n % 100]);
  const criteria = names.map(([chain, at]) => one(chain, at)).join("");
  const all = names.map(([chain, at]) => `"k${chain}_${at}"`).join(", ");
  const text = `format = 1\n[profil]\nid = "vaerst"\nversion = "1"\ntitel = "Den værste"\n${criteria}[population]\ninklusion = { alle = [${all}] }\n`;
  return { name: "vaerst.toml", mimeType: "application/octet-stream", buffer: Buffer.from(text) };
}

task("the worst profile inside the caps over 10,000 patients can be stopped", { ways: ["file"] }, async ({ user, page }) => {
  await user.chooseAndRead(longList(10_000));
  await user.toImport();
  await user.choose([worstProfile()], "Tilføj filer");
  await user.button("Stop").waitFor();
  // It has begun, and is far from done: the page answers, and no list was shown.
  await page.waitForTimeout(3_000);
  const began = Date.now();
  await user.button("Stop").click();
  await user.sees("Læsningen er stoppet");
  await user.atStart();
  assert.ok(Date.now() - began < 5_000, `stopped after ${Date.now() - began} ms`);
  await user.chooseAndRead(tablesOf(CLINIC));
  assert.ok((await user.overview()).has("Demens"), "a fresh worker reads again");
});
