// The least workbook that holds some tables: one sheet each, every cell a text.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { zip } from "./zip.mjs";

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Rows of a table with `;` and quotes. */
function rowsOf(text) {
  const rows = [[""]];
  let quoted = false;
  for (const character of text.replaceAll("\r", "")) {
    const row = rows.at(-1);
    if (character === '"') quoted = !quoted;
    else if (character === ";" && !quoted) row.push("");
    else if (character === "\n" && !quoted) rows.push([""]);
    else row[row.length - 1] += character;
  }
  return rows;
}

function sheet(path) {
  const cell = (text) => (text === "" ? "<c/>" : `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`);
  const rows = rowsOf(decoded(readFileSync(path))).map((cells) => `<row>${cells.map(cell).join("")}</row>`);
  return `<worksheet><sheetData>${rows.join("")}</sheetData></worksheet>`;
}

const TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const relation = (id, kind, target) => `<Relationship Id="${id}" Type="${TYPE}/${kind}" Target="${target}"/>`;
const relations = (all) => `<Relationships>${all}</Relationships>`;

/** A workbook of the tables at these paths, as bytes. */
export function workbook(paths) {
  const names = paths.map((path) => basename(path, ".csv"));
  const sheets = names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="r${at}"/>`);
  const parts = names.map((_, at) => relation(`r${at}`, "worksheet", `worksheets/s${at}.xml`));
  return zip([
    { name: "[Content_Types].xml", text: "<Types/>" },
    { name: "_rels/.rels", text: relations(relation("r", "officeDocument", "xl/workbook.xml")) },
    { name: "xl/workbook.xml", text: `<workbook xmlns:r="r"><sheets>${sheets.join("")}</sheets></workbook>` },
    { name: "xl/_rels/workbook.xml.rels", text: relations(parts.join("")) },
    ...paths.map((path, at) => ({ name: `xl/worksheets/s${at}.xml`, text: sheet(path) })),
  ]);
}
