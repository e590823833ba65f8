// A window of 320 px, as wide as one of 1280 px is at 400 %: nothing is lost, nothing scrolls across.
import assert from "node:assert/strict";
import { narrowFaults } from "./lib/narrow.mjs";
import { faultsInEveryState } from "./lib/states.mjs";
import { task } from "./lib/task.mjs";

const WINDOWS = {
  "320 px, 400 %": { width: 320, height: 256 },
  "683 px, 200 %": { width: 683, height: 384 },
};

for (const [name, viewport] of Object.entries(WINDOWS)) {
  const options = { context: { viewport, reducedMotion: "reduce" }, ways: ["file"], errors: false, timeout: 300_000 };
  task(`nothing is cut off and only tables scroll across: ${name}`, options, async ({ user, page }) => {
    assert.deepEqual(await faultsInEveryState(user, page, () => narrowFaults(page)), []);
  });
}
