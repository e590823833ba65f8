// Contrast of the colours that are used together, from the style sheet's own tokens, in both themes and
// in the dark theme of the system; what moves, and what is said where JavaScript is switched off.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { launch } from "./lib/chromium.mjs";
import { CLINIC } from "./lib/covered.mjs";
import { tablesOf } from "./lib/files.mjs";
import { DIST, ROOT, task } from "./lib/task.mjs";

const STYLE = readFileSync(resolve(ROOT, "www/style.css"), "utf8");

/** Token → colour, of the rule whose selector this is. */
function tokens(selector) {
  const from = STYLE.indexOf(`${selector}{`);
  assert.ok(from >= 0, selector);
  const rule = STYLE.slice(from, STYLE.indexOf("\n}", from));
  return Object.fromEntries([...rule.matchAll(/--([\w-]+):(#[0-9a-f]{6})\b/g)].map(([, name, colour]) => [name, colour]));
}

const THEMES = { light: tokens(":root"), dark: tokens(":root[data-theme=dark]"), system: tokens(":root:not([data-theme=light])") };

/** Relative luminance of WCAG 2.2. */
function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

/** Colour of text → what it stands on, as the rules of the style sheet use them. */
const FLAGS = { red: ["red-bg"], yel: ["yel-bg"], blu: ["blu-bg"], unk: ["unk-bg", "surface"] };
const PAGE = ["ground", "surface", "surface-2"];
const TEXT = {
  ink: [...PAGE, "sunken", "soft", "yel-bg"], "ink-2": [...PAGE, "sunken", "soft"], "ink-3": PAGE, link: [...PAGE, "soft"],
  own: PAGE, ok: [...PAGE, "ok-bg"], red: [...PAGE, "red-bg"], unk: PAGE, "bar-ink": ["bar", "bar-on"], "bar-ink-2": ["bar"], "act-ink": ["act"],
};
/** What is no text but must be told apart: 3 to 1 (WCAG 1.4.11). */
const SHAPES = { "rule-strong": ["surface", "ground"], "unk-line": ["unk-bg"], focus: PAGE, "focus-bar": ["bar"], t1: ["surface"] };

const below = (colours, pairs, least) => Object.entries(pairs).flatMap(([text, grounds]) => grounds.map((ground) => {
  assert.ok(colours[text] && colours[ground], `no token ${text} or ${ground}`);
  return [text, ground, contrast(colours[text], colours[ground])];
})).filter(([, , found]) => found < least).map(([text, ground, found]) => `${text} on ${ground}: ${found.toFixed(2)}`);

test("the formula is the one of WCAG", () => {
  assert.equal(contrast("#000000", "#ffffff").toFixed(2), "21.00");
  assert.equal(contrast("#767676", "#ffffff").toFixed(2), "4.54");
  assert.deepEqual(below({ a: "#777777", b: "#ffffff" }, { a: ["b"] }, 4.5), ["a on b: 4.48"]);
});

for (const [name, colours] of Object.entries(THEMES)) {
  test(`flags have a contrast of 7, text of 4.5 and shapes of 3: ${name}`, () => {
    assert.deepEqual(below(colours, FLAGS, 7), [], "flags");
    assert.deepEqual(below(colours, TEXT, 4.5), [], "text");
    assert.deepEqual(below(colours, SHAPES, 3), [], "shapes");
  });
}

test("the dark theme by hand and by the system are the same", () => {
  assert.deepEqual(THEMES.system, THEMES.dark);
  assert.deepEqual(Object.keys(THEMES.dark).sort(), Object.keys(THEMES.light).sort());
});

/** Elements that would move. */
const moving = (page) => page.evaluate(() => [
  ...[...document.querySelectorAll("*")].filter((element) => ["", "::before", "::after", "::backdrop"].some((part) => {
    const { transitionDuration, transitionProperty, animationName, scrollBehavior } = getComputedStyle(element, part || null);
    const lasts = transitionProperty !== "none" && transitionDuration.split(",").some((time) => Number.parseFloat(time) > 0);
    return lasts || animationName !== "none" || scrollBehavior === "smooth";
  })).map((element) => `${element.tagName} ${element.className}`),
  ...document.getAnimations().map((one) => `${one.constructor.name} ${one.animationName ?? ""}`),
]);

task("nothing moves for those who asked for less motion", { ways: ["file"] }, async ({ user, page }) => {
  // The control: without the wish the panel comes in from the side.
  await user.chooseAndRead(tablesOf(CLINIC));
  await user.openProfile("Demens");
  await user.openPatient("610535-1112");
  assert.ok((await moving(page)).some((what) => /panel/.test(what)), "the control");
  await page.keyboard.press("Escape");
  await page.emulateMedia({ reducedMotion: "reduce" });
  const still = async (where) => assert.deepEqual(await moving(page), [], where);
  await user.openPatient("610535-1112");
  await still("list and patient");
  await user.go("Opioider");
  await user.rowsAreThere();
  await still("opioids");
  await user.toOverview();
  await user.button("Vejledning").click();
  await still("overview and guide");
  await page.keyboard.press("Escape");
  await user.toImport();
  await still("import");
  await user.forget();
  await still("start");
});

test("where JavaScript is switched off the page says so, and what to do", async () => {
  const browser = await launch();
  try {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(pathToFileURL(resolve(DIST, "index.html")).href);
    const shown = page.locator("#boot p:visible");
    assert.equal(await shown.count(), 1);
    assert.match(await shown.innerText(), /har browseren slået JavaScript fra, og siden kan ikke læse filer her\. Prøv Edge, Chrome eller Firefox, eller spørg jeres it-leverandør\./);
    assert.equal(await page.getByRole("button").count(), 0, "nothing that would do nothing");
  } finally {
    await browser.close();
  }
});
