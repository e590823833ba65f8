// Opening the page, and the demonstration.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageServer } from "../../scripts/page-server.mjs";
import { launch } from "./lib/chromium.mjs";
import { DIST, task } from "./lib/task.mjs";

const PURPOSE = /arbejdslister til kvalitetsarbejde i egen praksis.*Journalen og FMK gælder/s;

task("the page opens ready for a file and says what it is for", async ({ user, page }) => {
  await user.atStart();
  await page.waitForFunction(() => document.activeElement?.matches("button") &&
    document.activeElement.textContent.includes("Vælg filer"));
  await user.sees("Slip CSV, Excel eller ZIP her");
  await user.sees(PURPOSE);
  await user.sees("0 forespørgsler");
  assert.equal(await user.button("Overblik").isDisabled(), true);
});

task("the demonstration is one click away and marked on every screen", async ({ user }) => {
  await user.button("Åbn opdigtede patienter").click();
  await user.hasRead();
  const overview = await user.overview();
  assert.ok(overview.size >= 4, `profiles: ${[...overview.keys()]}`);
  assert.ok(Number(overview.get("Demens")["På listen"]) > 10);
  await user.sees("Opdigtede patienter");
  await user.openProfile("Demens");
  await user.sees("Opdigtede patienter");
  await user.toImport();
  await user.sees("Regnskabet stemmer");
  await user.sees("Opdigtede patienter");
});

task("the page speaks English, too, and back", async ({ user, page }) => {
  await user.button("English").click();
  await user.heading("See which patients meet a profile").waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await user.button("Dansk").click();
  await user.atStart();
});

test("one visit is one request to the host, and the headers are the strict ones", async () => {
  const server = await pageServer(DIST);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const answer = await page.goto(server.url);
    await page.getByRole("button", { name: "Åbn opdigtede patienter" }).click();
    await page.getByRole("rowheader").filter({ hasText: "Demens" }).waitFor();
    const headers = answer.headers();
    assert.match(headers["content-security-policy"], /default-src 'none'.*connect-src 'none'.*frame-ancestors 'none'/);
    assert.doesNotMatch(headers["content-security-policy"], /'unsafe-(inline|eval)'|\*/);
    assert.equal(headers["connection-allowlist"], "()");
    assert.equal(headers["cache-control"], "no-store");
    const meta = await page.locator("meta[http-equiv=Content-Security-Policy]").first().getAttribute("content");
    assert.equal(headers["content-security-policy"], `${meta}; frame-ancestors 'none'`);
    assert.deepEqual(server.hits, ["GET /"]);
  } finally {
    await browser.close();
    await server.close();
  }
});
