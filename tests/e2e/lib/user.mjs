// What a person does on the page, by the words and roles that a person (or a screen reader) meets.

const FIELD_BY_HEADING = (headings) => (cells) =>
  Object.fromEntries(headings.map((heading, i) => [heading, cells[i]]));

/** Headings carry their sort mark; it is no part of their name. */
const bare = (heading) => heading.replace(/[↑↓▲▼2\s]+$/u, "").trim();

export class User {
  /** `User.of(page)` makes one. */
  constructor(page) {
    this.page = page;
  }

  /**
   * A person before the page, whose file dialogs go to the test from here on; before the page is
   * opened or after it. The first listener asks the browser for the dialogs, without waiting for its
   * word. A key takes another way into the page and can overtake that, and then a real dialog opens
   * that nobody answers. So the listener stays, and the answer of a later question is waited for.
   */
  static async of(page) {
    page.on("filechooser", () => {});
    await page.evaluate(() => {});
    return new User(page);
  }

  button(name) {
    return this.page.getByRole("button", { name });
  }

  heading(name) {
    return this.page.getByRole("heading", { name });
  }

  /** The start page is there, and the main button can be used. */
  async sees(text) {
    await this.page.getByText(text).first().waitFor();
  }

  async atStart() {
    await this.heading("Se hvilke patienter der opfylder en profil").waitFor();
  }

  // --- giving files ---------------------------------------------------------------------------

  /** Through the file dialog that `open` opens. */
  async answerDialog(open, files) {
    const [dialog] = await Promise.all([this.page.waitForEvent("filechooser"), open()]);
    await dialog.setFiles(files);
  }

  /** Through the button and the system's file dialog. */
  async choose(files, button = "Vælg filer på computeren") {
    await this.answerDialog(() => this.button(button).click(), files);
  }

  /** Dragged from the desktop and dropped, as the browser itself reports it; a folder works, too. */
  async drop(paths) {
    const session = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) {
      await session.send("Input.dispatchDragEvent", { type, x: 400, y: 400, data });
    }
    await session.detach();
  }

  /** Until every profile has its count. */
  async hasRead() {
    await this.page.waitForFunction(() => {
      const last = (name) => performance.getEntriesByName(`profilblik:${name}`).at(-1)?.startTime;
      return last("all-evaluated") >= last("drop");
    }, null, { timeout: 60_000 });
  }

  async chooseAndRead(files, button) {
    await this.choose(files, button);
    await this.hasRead();
  }

  // --- where to go ----------------------------------------------------------------------------

  async go(room) {
    await this.page.getByRole("navigation", { name: "Sider" }).getByRole("button", { name: room }).click();
  }

  async toImport() {
    await this.go("Indlæsning");
    await this.heading("Det blev læst").first().waitFor();
  }

  async toOverview() {
    await this.go("Overblik");
    await this.page.getByRole("columnheader", { name: "På listen" }).waitFor();
  }

  async openProfile(title) {
    await this.toOverview();
    await this.page.getByRole("rowheader").getByRole("button", { name: title, exact: true }).click();
    await this.page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
    await this.rowsAreThere();
  }

  /** »Liste«, »Kan ikke afgøres«, »Udtynding«, »Om profilen«. */
  async openTab(name) {
    const tab = this.page.getByRole("tab", { name });
    await tab.click();
    await this.page.waitForFunction((id) => document.getElementById(id).ariaSelected === "true",
      await tab.getAttribute("id"));
    if (!/^(Om|Udtynding)/.test(name)) await this.rowsAreThere();
  }

  async rowsAreThere() {
    await this.page.waitForFunction(() => {
      const grid = document.querySelector("[role=grid]");
      if (!grid) return false;
      const wanted = Math.min(Number(grid.getAttribute("aria-rowcount")) - 1, 5);
      const full = [...grid.querySelectorAll("[role=row]")]
        .filter((row) => row.querySelectorAll("[role=gridcell]").length > 2);
      return full.length >= wanted && grid.querySelector("[role=columnheader]");
    });
  }

  // --- the list -------------------------------------------------------------------------------

  async search(text) {
    await this.page.getByRole("searchbox", { name: "Søg i listen" }).fill(text);
  }

  /** Until the list says that it has so many rows. */
  async hasRows(number) {
    await this.page.waitForFunction((wanted) =>
      document.querySelector("[role=grid]")?.getAttribute("aria-rowcount") === String(wanted + 1), number);
    await this.rowsAreThere();
  }

  async sortBy(heading) {
    await this.page.getByRole("columnheader", { name: heading }).click();
  }

  async openPatient(cpr) {
    await this.grid.getByRole("gridcell", { name: cpr }).click();
    await this.panel.getByText(cpr).first().waitFor();
  }

  get panel() {
    return this.page.getByRole("complementary", { name: "Patient" });
  }

  /** Index date as YYYY-MM-DD. */
  async indexDate() {
    const strip = this.page.getByRole("region", { name: "Fil, dato, profil og fortrolighed" });
    const [, day, month, year] = (await strip.innerText()).match(/Indeksdato\s+(\d\d)-(\d\d)-(\d{4})/);
    return `${year}-${month}-${day}`;
  }

  /** Sets it (YYYY-MM-DD) and waits until the strip says so. */
  async setIndexDate(date) {
    await this.button("Skift").click();
    const field = this.page.getByLabel("Indeksdato", { exact: true });
    await field.fill(date);
    await field.press("Enter");
    const shown = date.split("-").reverse().join("-");
    await this.page.getByRole("region", { name: "Fil, dato, profil og fortrolighed" }).getByText(shown).waitFor();
  }

  async forget() {
    await this.button("Glem alt").click();
    await this.button("Ja, glem alt").click();
    await this.sees("Alt er glemt. Hukommelsen er ryddet.");
    await this.atStart();
  }

  // --- reading --------------------------------------------------------------------------------

  /** Rows of the table that has this column heading, as objects by heading. */
  async table(heading) {
    const table = this.page.getByRole("table").filter({
      has: this.page.getByRole("columnheader", { name: heading, exact: true }),
    }).first();
    const { headings, rows } = await table.evaluate((element) => ({
      headings: [...element.querySelectorAll("thead th")].map((cell) => cell.innerText.trim()),
      rows: [...element.querySelectorAll("tbody tr")]
        .map((row) => [...row.children].map((cell) => cell.innerText.trim())),
    }));
    return rows.map(FIELD_BY_HEADING(headings));
  }

  /** Profile title → its row of the overview. */
  async overview() {
    await this.toOverview();
    const rows = await this.table("På listen");
    const titles = await this.page.getByRole("rowheader").getByRole("button").allInnerTexts();
    return new Map(rows.map((row, i) => [titles[i], row]));
  }

  get grid() {
    return this.page.getByRole("grid");
  }

  /** The rows that are in the document now, with their position in the list (1 = first). */
  async shownRows() {
    const { headings, rows } = await this.grid.evaluate((grid) => ({
      headings: [...grid.querySelectorAll("[role=columnheader]")].map((cell) => cell.innerText.trim()),
      rows: [...grid.querySelectorAll("[role=row][aria-rowindex]")]
        .filter((row) => !row.querySelector("[role=columnheader]"))
        .map((row) => ({
          position: Number(row.getAttribute("aria-rowindex")) - 1,
          cells: [...row.querySelectorAll("[role=gridcell], [role=rowheader]")]
            .map((cell) => cell.innerText.trim()),
        })),
    }));
    const named = FIELD_BY_HEADING(headings.map(bare));
    return rows.map(({ position, cells }) => ({ position, ...named(cells) }));
  }

  /** Every row of the list, by scrolling through it as the mouse wheel would. */
  async wholeList() {
    const all = new Map();
    const total = await this.total();
    await this.grid.evaluate((grid) => { grid.scrollTop = 0; });
    for (let turn = 0; all.size < total && turn < 10 * total + 100; turn += 1) {
      const rows = (await this.shownRows()).filter((row) => /^\d{6}-/.test(row.CPR ?? ""));
      const before = all.size;
      for (const row of rows) all.set(row.position, row);
      if (all.size > before || turn % 20 === 19) {
        await this.grid.evaluate((grid) => grid.scrollBy(0, grid.clientHeight / 2));
      }
      await this.page.waitForTimeout(20);
    }
    return [...all.values()].sort((a, b) => a.position - b.position);
  }

  /** How many rows the list has in all, those out of sight included. */
  async total() {
    return Number(await this.grid.getAttribute("aria-rowcount")) - 1;
  }

}
