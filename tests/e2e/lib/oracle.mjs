// A naive reading of export-small.zip, row by row: what the page must show, found another way.
import { readFileSync } from "node:fs";
import { unzip } from "./zip.mjs";

/** `;` outside quotes separates; the file has no quoted newlines. */
function cells(line) {
  return line.match(/("([^"]|"")*"|[^;]*)(;|$)/g)
    .map((cell) => cell.replace(/;$/, "").replace(/^"(.*)"$/s, "$1").replaceAll('""', '"'));
}

/** File name without ending → rows as objects by heading. */
export function tables(path) {
  const files = unzip(readFileSync(path));
  return Object.fromEntries([...files].map(([name, bytes]) => {
    const [head, ...lines] = new TextDecoder("windows-1252").decode(bytes).split("\r\n").filter(Boolean);
    const headings = cells(head);
    const row = (line) => Object.fromEntries(headings.map((h, i) => [h, cells(line)[i]]));
    return [name.replace(".csv", ""), lines.map(row)];
  }));
}

/** dd-mm-yyyy → a number of days, so that dates compare and add. */
export const day = (text) => Date.UTC(...text.split("-").reverse().map((n, i) => Number(n) - (i === 1))) / 86_400_000;

const number = (text) => Number(text.replace(",", "."));

/** Treatment period of a medicine row (R7). */
function period(row) {
  const event = day(row.dato);
  if (row.slut) return [row.start ? day(row.start) : event, day(row.slut)];
  const days = Math.floor((number(row.antal) * number(row.pakninger)) / number(row.doegndosis) + 1e-9);
  return [event, event + (days > 0 ? days : 90) - 1];
}

export const runs = (row, on) => {
  const [first, last] = period(row);
  return first <= on && on <= last;
};

/** The latest of these rows, by date. */
export const latest = (rows) => rows.toSorted((a, b) => day(b.dato) - day(a.dato))[0];
