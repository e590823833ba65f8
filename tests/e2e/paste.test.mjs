// A table comes in by Ctrl+V, as it was copied from a spreadsheet.
import assert from "node:assert/strict";
import { task } from "./lib/task.mjs";

const TABLE = "cpr\ticpc\tdato\n6101301110\tP70\t01-01-2026\n6101401120\tP70\t01-02-2026\n";

/** Copies with real keys, from a page of its own. */
async function copy(page, text) {
  const other = await page.context().newPage();
  await other.setContent("<textarea></textarea>");
  await other.locator("textarea").fill(text);
  await other.locator("textarea").focus();
  await other.keyboard.press("Control+A");
  await other.keyboard.press("Control+C");
  await other.close();
  await page.bringToFront();
}

task("a table that was copied is pasted and read", async ({ user, page }) => {
  await user.sees(/indsætte den her med Ctrl\+V/u);
  await copy(page, TABLE);
  await page.keyboard.press("Control+V");
  await user.hasRead();
  assert.equal((await user.overview()).get("Demens")["På listen"], "2");
  await user.toImport();
  await user.sees(/Indsat tabel/u);
});

task("what is pasted into a field stays there", async ({ user, page }) => {
  await copy(page, TABLE);
  await page.keyboard.press("Control+V");
  await user.hasRead();
  await user.openProfile("Demens");
  await copy(page, "ikke en tabel");
  const search = page.getByRole("searchbox", { name: "Søg i listen" });
  await search.focus();
  await page.keyboard.press("Control+V");
  assert.equal(await search.inputValue(), "ikke en tabel");
  await user.toImport();
  assert.equal(await page.locator("#refused").count(), 0);
  await user.sees(/Indsat tabel/u);
});
