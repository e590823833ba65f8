// The rules of accessibility that a machine can test: WCAG 2.0 to 2.2, A and AA, and good practice.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Put in before the page's policy is there: it refuses every script that is not the page's own. */
export const withAxe = (page) => page.addInitScript({ content: AXE });

/**
 * Off in axe-core unless asked for, though 2.5.8 of WCAG 2.2 (AA) demands it. All the others that
 * need no asking run, too.
 */
const OPTIONS = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };

/** Rules that the document, as it is now, breaks, each with where. */
export async function violations(page) {
  const found = await page.evaluate((options) => globalThis.axe.run(document, options), OPTIONS);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`);
}

/** The document, as it is now, breaks none. */
export async function assertAccessible(page, state) {
  assert.deepEqual(await violations(page), [], state);
}
