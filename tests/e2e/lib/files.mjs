// Files to give the page: good ones, broken ones, very long ones.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ENCRYPTED, zip } from "./zip.mjs";

const MB = 1024 * 1024;

/** As Playwright hands a file to a file dialog. */
const made = (name, content) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });

/** Paths of the tables in a folder. */
export function tablesOf(folder) {
  return readdirSync(folder).filter((name) => name.endsWith(".csv")).sort().map((name) => join(folder, name));
}

/** What people drop that is no export: name → file. */
export const bad = {
  pdf: () => made("rapport.pdf", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"),
  xls: () => made("liste.xls", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array(504).fill(0)]),
  locked: () => made("laast.zip", zip([{ name: "patienter.csv", text: "cpr;navn\n6105351112;A\n", flags: ENCRYPTED }])),
  bomb: () => made("bombe.zip", zip([{ name: "diagnoser.csv", text: Buffer.alloc(300 * MB, 0x3b) }])),
  /** The same, with a directory that says it is small: what is inflated counts, not what is said. */
  lyingBomb: () => made("loegn.zip", zip([
    { name: "diagnoser.csv", text: Buffer.alloc(300 * MB, 0x3b), claimed: 1000 },
  ])),
  empty: () => made("aftaler.csv", ""),
  noCpr: () => made("statistik.csv", "Ydelse;Antal;Frekvens\n0101;412;3,2\n0201;211;1,6\n7156;12;0,1\n"),
  notATable: () => made("noter.txt", "Husk at ringe til laboratoriet.\nMødet er flyttet; vi ses.\n\nHilsen A, B, C\n"),
};

/** A small profile of someone's own. */
export function ownProfile(change = (text) => text) {
  return made("egen.toml", change(`format = 1
[profil]
id = "egen_egfr"
version = "1.0"
titel = "Egen profil: nyretal målt"
formaal = ["Se hvem der har et nyretal."]

[kriterie.nyretal]
tekst = "Har et svar på eGFR"
register = "proeve"
koder = ["DNK35302"]

[population]
inklusion = { alle = ["nyretal"] }
`));
}

const two = (number) => String(number).padStart(2, "0");

/** The n-th of 88,000 numbers that are never issued: day of birth + 60. */
export function neverIssued(n) {
  const [day, month, year] = [n % 28, Math.floor(n / 28) % 12, Math.floor(n / 336) % 40];
  return `${61 + day}${two(month + 1)}${two(30 + year)}${1000 + Math.floor(n / 13440)}`;
}

/** As many patients as asked for, every one of them with dementia registered. */
export function longList(patients) {
  const cprs = Array.from({ length: patients }, (_, n) => neverIssued(n));
  const rows = (head, row) => [head, ...cprs.map(row)].join("\r\n");
  return [
    made("patienter.csv", rows("cpr;navn;adresse;status", (cpr, n) => `${cpr};Opdigtet Nr. ${n + 1};Prøvegade ${n + 1};tilmeldt`)),
    made("diagnoser.csv", rows("cpr;icpc;tekst;dato", (cpr, n) => `${cpr};P70;Demens;${two((n % 28) + 1)}-0${(n % 9) + 1}-2024`)),
  ];
}
