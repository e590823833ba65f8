// Text that was encoded twice is offered for repair, repaired when asked, and can be left again.
import assert from "node:assert/strict";
import { task } from "./lib/task.mjs";

const twice = (text) => Buffer.from(text).toString("latin1");
const FILES = [
  ["patienter.csv", twice("cpr;navn;fødselsdato\n6101301110;Åse Ærlig;01-01-1930\n")],
  ["diagnoser.csv", "cpr;diagnosekode;dato\n6101301110;P70;01-01-2026\n"],
].map(([name, text]) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) }));

task("text that was encoded twice is repaired by the keyboard, and left again", async ({ user, page }) => {
  await user.chooseAndRead(FILES);
  await user.sees(/2 celler i patienter\.csv ser ud til at være omkodet to gange: »Ã¸« i overskriften er nok »ø«/u);
  const choice = page.getByRole("group", { name: "Skal teksten repareres?" });
  const [leave, repair] = ["Lad den stå", "Reparér"].map((name) => choice.getByRole("button", { name }));
  assert.equal(await leave.getAttribute("aria-pressed"), "true");

  await repair.focus();
  await page.keyboard.press("Enter");
  await user.sees(/3 tegn i patienter\.csv er repareret/u);
  await page.waitForFunction(() => document.activeElement?.id === "repair-do");
  assert.equal(await repair.getAttribute("aria-pressed"), "true");

  await leave.click();
  await user.sees(/ser ud til at være omkodet to gange/u);
  assert.equal(await leave.getAttribute("aria-pressed"), "true");
});
