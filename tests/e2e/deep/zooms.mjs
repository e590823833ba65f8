// Rules of accessibility in every view and state with other colours and larger at the same time:
// `./run deep zooms`. Each of the two alone is among the browser tests.
import { pageServer } from "../../../scripts/page-server.mjs";
import { violations, withAxe } from "../lib/axe.mjs";
import { launch } from "../lib/chromium.mjs";
import { ZOOMED } from "../lib/looks.mjs";
import { DIST } from "../lib/places.mjs";
import { faultsInEveryState } from "../lib/states.mjs";
import { User } from "../lib/user.mjs";

const faults = [];
let states = 0;
const browser = await launch();
const server = await pageServer(DIST);
try {
  for (const [name, look] of Object.entries(ZOOMED)) {
    const context = await browser.newContext({ locale: "da-DK", timezoneId: "Europe/Copenhagen", ...look });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await withAxe(page);
    const user = await User.of(page);
    await page.goto(server.url);
    const found = await faultsInEveryState(user, page, () => {
      states += 1;
      return violations(page);
    });
    faults.push(...found.map((fault) => `${name}: ${fault}`));
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}
for (const fault of faults) console.log(`✗ ${fault}`);
if (states < 200) faults.push("control");
console.log(`${states} states of ${Object.keys(ZOOMED).length} looks: ${faults.length} violations`);
process.exitCode = faults.length === 0 ? 0 : 1;
