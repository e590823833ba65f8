// The whole task without a mouse, and the focus always in sight.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { tablesOf } from "./lib/files.mjs";
import { ROOT, task } from "./lib/task.mjs";

const CLINIC = resolve(ROOT, "tests/exports/klinik");

/** What has the focus, and whether one can see that it has it. */
function focused(page) {
  return page.evaluate(() => {
    const grid = document.activeElement.closest("[role=grid]");
    const cell = grid && document.getElementById(grid.getAttribute("aria-activedescendant"));
    const element = cell ?? document.activeElement;
    // Past the last stop the focus is in the browser's own bars for one press.
    if (element === document.body) return { name: "", visible: true };
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const hidden = box.width === 0 || box.bottom <= 0 || box.top >= innerHeight;
    return {
      name: element.innerText || element.getAttribute("aria-label") || element.tagName,
      visible: !hidden && (parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none"),
    };
  });
}

async function press(page, key) {
  await page.keyboard.press(key);
  await page.waitForTimeout(30);
  if (key !== "Tab" && key !== "Shift+Tab") return;
  const { name, visible } = await focused(page);
  assert.ok(visible, `no visible focus on »${name}«`);
}

/** Tabs on until the focus stands on what is looked for. */
async function tabTo(page, pattern, most = 40) {
  for (let turn = 0; turn < most; turn += 1) {
    const { name } = await focused(page);
    if (pattern.test(name)) return;
    await press(page, "Tab");
  }
  assert.fail(`not reached by Tab: ${pattern}`);
}

task("drop to why without a mouse", async ({ user, page }) => {
  await user.atStart();
  await page.waitForFunction(() => document.activeElement?.matches("button") &&
    document.activeElement.textContent.includes("Vælg filer"));
  await user.answerDialog(() => page.keyboard.press("Enter"), tablesOf(CLINIC));
  await user.hasRead();

  await tabTo(page, /^Demens$/);
  await press(page, "Enter");
  await page.getByRole("heading", { level: 1, name: "Demens" }).waitFor();
  await user.rowsAreThere();
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "grid");

  await press(page, "ArrowDown");
  const second = (await user.shownRows())[1];
  await press(page, "Enter");
  await user.panel.getByText(second.CPR).first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "grid", "the focus stays in the list");
  await press(page, "j");
  const third = (await user.shownRows())[2];
  await user.panel.getByText(third.CPR).first().waitFor();
  await press(page, "k");
  await user.panel.getByText(second.CPR).first().waitFor();
  await press(page, "Enter");
  await page.waitForFunction(() => document.activeElement?.closest("[aria-label=Patient]"));
  await press(page, "Escape");
  await user.panel.waitFor({ state: "detached" });

  await press(page, "f");
  await page.keyboard.type("651144");
  await user.hasRows(1);
  await press(page, "Escape");
  await user.hasRows(4);

  await press(page, "Home");
  await press(page, "ArrowUp");
  for (let column = 0; column < 3; column += 1) await press(page, "ArrowRight");
  await press(page, "Enter");
  await page.waitForFunction(() => document.querySelector("[role=columnheader][aria-sort=descending]")?.textContent.includes("Alder"));

  await press(page, "Escape");
  await page.getByRole("columnheader", { name: "På listen" }).waitFor();
  await tabTo(page, /^Glem alt$/, 60);
  await press(page, "Enter");
  await page.waitForFunction(() => document.activeElement?.matches("button") &&
    document.activeElement.textContent.includes("Ja, glem alt"));
  await press(page, "Enter");
  await user.atStart();
});

task("the tabs of a profile are one stop and move with the arrows", async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await page.getByRole("tab", { name: "Liste" }).focus();
  await press(page, "ArrowRight");
  assert.equal(await page.getByRole("tab", { name: "Kan ikke afgøres" }).getAttribute("aria-selected"), "true");
  await press(page, "ArrowRight");
  assert.equal(await page.getByRole("tab", { name: "Udtynding" }).getAttribute("aria-selected"), "true");
  await press(page, "ArrowRight");
  assert.equal(await page.getByRole("tab", { name: "Tal pr. 1.000" }).getAttribute("aria-selected"), "true");
  await press(page, "ArrowRight");
  assert.equal(await page.getByRole("tab", { name: "Om profilen" }).getAttribute("aria-selected"), "true");
});

task("»?« opens the keys, Escape closes them, and single keys can be switched off", async ({ user, page }) => {
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await press(page, "?");
  const dialog = page.getByRole("dialog", { name: "Taster" });
  await dialog.waitFor();
  await dialog.getByRole("checkbox").uncheck();
  await press(page, "Escape");
  await dialog.waitFor({ state: "hidden" });
  await user.grid.focus();
  await press(page, "/");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "grid");
});

task("what one can press is large enough to press", async ({ user, page }) => {
  const small = () => page.evaluate(() =>
    [...document.querySelectorAll("button, a[href], input:not([type=file]), summary, [role=tab]")]
      .filter((element) => element.checkVisibility() && !element.closest("p, li"))
      .map((element) => [element.innerText || element.type, element.closest("label") ?? element])
      .map(([name, element]) => [name, element.getBoundingClientRect()])
      .filter(([, box]) => box.height > 0 && (box.height < 23.5 || box.width < 23.5))
      .map(([name, box]) => `${name}: ${box.width.toFixed(0)} × ${box.height.toFixed(0)}`));
  await user.atStart();
  assert.deepEqual(await small(), [], "start");
  await user.chooseAndRead(tablesOf(CLINIC));
  assert.deepEqual(await small(), [], "overview");
  await user.toImport();
  assert.deepEqual(await small(), [], "import");
  await user.openProfile("Demens");
  await user.openPatient("610535-1112");
  assert.deepEqual(await small(), [], "list and panel");
});
