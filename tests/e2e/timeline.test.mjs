// One patient over time: opened by key, walked by arrow keys, the same as a table.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { tablesOf } from "./lib/files.mjs";
import { ROOT, task } from "./lib/task.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");

task("the timeline: by key, arrow by arrow, and the same as a table", async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Opioid og P15, P19, P74 eller P76 inden for 2 år");
  await user.openPatient("700930-1660");
  await page.keyboard.press("t");
  const timeline = page.locator("#timeline");
  await timeline.locator("svg .k1, svg .k2, svg .k3").first().waitFor();
  await timeline.getByText("Vis som tabel").click();
  const rows = await timeline.locator("#timeline-table tbody tr").evaluateAll((all) =>
    all.map((row) => [...row.cells].map((cell) => cell.innerText).join(": ")),
  );
  assert.ok(rows.some((row) => /Tramadol.* begynder$/.test(row)), rows.join("\n"));
  assert.ok(rows.some((row) => /P15/.test(row)), rows.join("\n"));
  await timeline.locator(".draw").focus();
  const spoken = timeline.locator("#timeline-said");
  for (const row of rows) {
    await page.keyboard.press("ArrowRight");
    assert.equal(await spoken.innerText(), row);
  }
  await page.keyboard.press("ArrowRight");
  assert.equal(await spoken.innerText(), rows.at(-1), "the last stays the last");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await spoken.innerText(), rows.at(-2) ?? rows.at(-1));
  assert.equal(await timeline.locator("svg line.cur").count(), 1);
  await page.locator("#timeline-open").click();
  await timeline.waitFor({ state: "detached" });
});
