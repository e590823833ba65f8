// A second export: its rows are added or replace the earlier ones, and the page says what changed.
import assert from "node:assert/strict";
import { task } from "./lib/task.mjs";

const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const FIRST = [
  csv("patienter.csv", "cpr;navn;foedselsdato\n6101301110;Anna Opdigtet;01-01-1930\n6101401120;Bo Opdigtet;01-01-1940\n"),
  csv("diagnoser.csv", "cpr;diagnosekode;dato\n6101301110;P70;01-01-2026\n"),
];
const LATER = csv("diagnoser_februar.csv", "cpr;diagnosekode;dato\n6101401120;P70;01-02-2026\n");

const members = async (user) => (await user.overview()).get("Demens")["På listen"];

task("the report asks, adds until something else is chosen, and says who came and went", async ({ user, page }) => {
  await user.chooseAndRead(FIRST);
  assert.equal(await members(user), "1");
  await user.toImport();
  assert.equal(await page.locator("#second").count(), 0);

  await user.chooseAndRead([LATER], "Tilføj filer");
  const section = page.getByRole("region", { name: "Hvad de sidste filer ændrede" });
  await section.getByText(/Diagnoser var læst før\. De nye rækker er lagt til/u).waitFor();
  const choice = section.getByRole("group", { name: "Skal de tidligere rækker erstattes?" });
  const [add, replace] = ["Læg til", "Erstat"].map((name) => choice.getByRole("button", { name }));
  assert.equal(await add.getAttribute("aria-pressed"), "true");
  assert.match(await section.innerText(), /Diagnoser\s+1 → 2\s+1 → 2/u);

  await replace.focus();
  await page.keyboard.press("Enter");
  await section.getByText(/De tidligere rækker er erstattet/u).waitFor();
  assert.equal(await replace.getAttribute("aria-pressed"), "true");
  await page.waitForFunction(() => document.activeElement?.id === "second-replace");
  assert.match(await section.innerText(), /Diagnoser\s+1 → 1/u);
  await section.getByText("1 tidligere tabel med 1 rækker er erstattet og regnes ikke med.").waitFor();
  const dementia = section.locator("#second-profiles tr").filter({ hasText: "Demens" }).first();
  await dementia.getByText("Vis hvem").click();
  await dementia.getByText("610140-1120 Bo Opdigtet").waitFor();
  await dementia.getByText("610130-1110 Anna Opdigtet").waitFor();
  assert.equal(await members(user), "1");

  await user.toImport();
  await add.click();
  await section.getByText(/lagt til/u).waitFor();
  assert.equal(await members(user), "2");
});

task("files of a register that was not there before lead to the overview, as ever", async ({ user, page }) => {
  await user.chooseAndRead([FIRST[0]]);
  await user.toImport();
  await user.chooseAndRead([FIRST[1]], "Tilføj filer");
  await page.getByRole("columnheader", { name: "På listen" }).waitFor();
  await user.toImport();
  assert.match(await page.locator("#second").innerText(), /Diagnoser\s+– → 1/u);
});
