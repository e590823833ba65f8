// The theme, and what the data may not become.
import assert from "node:assert/strict";
import { task } from "./lib/task.mjs";

task("the theme can be switched by hand", { ways: ["file"] }, async ({ user, page }) => {
  await user.atStart();
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await user.button("Mørk").click();
  assert.notEqual(await ground(), light);
  await user.button("Lys").click();
  assert.equal(await ground(), light);
});

task("nothing in the data becomes markup", async ({ user, page }) => {
  const evil = "<img src=x onerror=alert(1)><script>alert(2)</script>";
  const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await user.chooseAndRead([
    file("patienter.csv", `cpr;navn;adresse;status\n6105351112;${evil};"${evil}";tilmeldt\n`),
    file("diagnoser.csv", `cpr;icpc;tekst;dato\n6105351112;P70;${evil};01-02-2024\n`),
  ]);
  await user.openProfile("Demens");
  const [row] = await user.wholeList();
  assert.equal(row.Navn, evil);
  await user.openPatient("610535-1112");
  assert.equal(await page.locator("img, iframe, object, embed, [onerror]").count(), 0);
  assert.equal(await page.locator("body script:not([id]):not([type])").count() <= 1, true, "only the page's own start script");
});
