// What can be read from a picture of the screen while others can see it: `./run deep screen`. Text
// recognition (Tesseract) over every covered view; the same list without the cover is the control.
import { execFileSync } from "node:child_process";
import { pageServer } from "../../../scripts/page-server.mjs";
import { launch } from "../lib/chromium.mjs";
import { coveredViews, NAMES } from "../lib/covered.mjs";
import { DIST } from "../lib/places.mjs";
import { User } from "../lib/user.mjs";

/** Recognition drops and adds spaces; six digits and four more are a number all the same. */
const NUMBER = /\d{6} ?[-–—.]? ?\d{4}/g;

function read(picture) {
  return execFileSync("tesseract", ["stdin", "stdout", "-l", "dan", "--psm", "11"], { input: picture, stdio: ["pipe", "pipe", "ignore"] }).toString();
}

function found(text) {
  const words = new Set(text.split(/[^\p{L}]+/u));
  return [...(text.match(NUMBER) ?? []), ...NAMES.filter((name) => words.has(name))];
}

const browser = await launch();
const server = await pageServer(DIST);
const faults = [];
let views = 0;
let seen = 0;
try {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, deviceScaleFactor: 2, locale: "da-DK" });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const user = await User.of(page);
  await page.goto(server.url);
  await coveredViews(user, page, async (where) => {
    const shown = found(read(await page.screenshot({ fullPage: true })));
    if (where === "before") seen = shown.length;
    else {
      views += 1;
      if (shown.length > 0) faults.push(`${where}: ${shown.join(", ")}`);
    }
  });
} finally {
  await browser.close();
  await server.close();
}
for (const fault of faults) console.log(`✗ ${fault}`);
if (seen < 4) faults.push("control");
console.log(`${views} covered views: ${faults.length} with a number or a name; the control, one list without the cover, ${seen} numbers and names read`);
process.exitCode = faults.length === 0 ? 0 : 1;
