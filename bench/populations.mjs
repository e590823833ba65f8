// The four populations in SQL, written by hand from the profile language's rules, for the native
// layout of the export. Independent of the program's own code on purpose: both must give the same
// patients before anything is timed.

const text = (...names) => Object.fromEntries(names.map((name) => [name, "VARCHAR"]));
const dates = (...names) => Object.fromEntries(names.map((name) => [name, "DATE"]));

/** Table → file, every column with its type in file order, and the columns the populations need. */
export const TABLES = {
  patient: {
    file: "patient.csv",
    columns: {
      ...text("cpr", "navn", "koen"), ...dates("foedselsdato"),
      ...text("adresse", "postnummer", "by", "sikringsgruppe", "status"), ...dates("tilmeldt_dato"),
      ...text("ydernummer"),
    },
    needed: ["cpr", "status"],
  },
  diagnoser: {
    file: "diagnoser.csv",
    columns: {
      ...text("cpr", "icpc", "icd10", "tekst"), ...dates("dato", "debutdato", "slutdato"),
      ...text("type", "status"),
    },
    needed: ["cpr", "icpc", "dato"],
  },
  medicin: {
    file: "medicin.csv",
    columns: {
      ...text("cpr", "atc", "navn", "styrke", "form", "dosering"), doegndosis: "DOUBLE",
      ...text("enhed", "type"), ...dates("startdato", "slutdato", "udleveret_dato"),
      antal_pakninger: "DOUBLE", ...text("pakningsstoerrelse", "indikation", "dosisdispensering"),
    },
    needed: [
      "cpr", "atc", "doegndosis", "startdato", "slutdato", "udleveret_dato", "antal_pakninger",
      "pakningsstoerrelse",
    ],
  },
  proever: {
    file: "proever.csv",
    columns: {
      ...text("cpr", "kode", "navn", "vaerdi", "enhed"), ...dates("dato"),
      ...text("ref_nedre", "ref_oevre"),
    },
  },
  ydelser: {
    file: "ydelser.csv",
    columns: { ...text("cpr", "kode", "tekst"), ...dates("dato"), antal: "INTEGER" },
  },
  aftaler: {
    file: "aftaler.csv",
    columns: { ...text("cpr"), ...dates("dato"), ...text("kl", "type", "status", "behandler") },
  },
  henvisninger: {
    file: "henvisninger.csv",
    columns: {
      ...text("cpr"), ...dates("dato"), ...text("type", "speciale", "modtager", "diagnose", "status"),
    },
  },
};

/** What the first list rests on. */
export const FIRST_TABLES = ["patient", "diagnoser", "medicin"];

/**
 * Loads one table: every column typed (`full`), or only the columns that are needed. The exports
 * hold a heading that stands again in the middle of a file, which must not stop the load.
 */
export function loadSql(table, mode) {
  const { file, columns, needed } = TABLES[table];
  const types = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`).join(", ");
  const chosen = mode === "full" ? "*" : needed.join(", ");
  return `CREATE TABLE ${table} AS SELECT ${chosen} FROM read_csv('${file}', delim = ';',
    header = true, quote = '"', escape = '"', auto_detect = false, ignore_errors = true, decimal_separator = ',',
    dateformat = '%d-%m-%Y', columns = {${types}})`;
}

/**
 * Patients who are looked at (R21), and the treatment period of every medicine row (R7): both ends
 * in it; an end that is given; else days supplied from the dispensing; else 90 days assumed.
 */
export const periodSql = `
  CREATE VIEW tilmeldte AS SELECT cpr FROM patient
    WHERE coalesce(lower(trim(status)), '') IN ('', 'tilmeldt', 'aktiv', 'egen');
  CREATE VIEW behandlinger AS SELECT cpr, atc, coalesce(udleveret_dato, startdato) AS dato,
      CASE WHEN slutdato IS NOT NULL THEN coalesce(startdato, udleveret_dato)
           ELSE coalesce(udleveret_dato, startdato) END AS fra,
      CASE WHEN slutdato IS NOT NULL THEN slutdato
           ELSE coalesce(udleveret_dato, startdato) + (coalesce(nullif(floor(antal_pakninger
             * try_cast(replace(split_part(pakningsstoerrelse, ' ', 1), ',', '.') AS DOUBLE)
             / nullif(doegndosis, 0) + 1e-9)::INTEGER, 0), 90) - 1) END AS til
    FROM medicin;
  CREATE TABLE atc AS SELECT DISTINCT atc AS skrevet, upper(replace(atc, ' ', '')) AS kode FROM medicin;`;

const diagnosis = (...codes) =>
  `split_part(upper(trim(icpc)), '.', 1) IN (${codes.map((code) => `'${code}'`).join(", ")})`;
const starts = (...prefixes) =>
  `(${prefixes.map((prefix) => `starts_with(kode, '${prefix}')`).join(" OR ")})`;
/** Rows of some drugs: the codes are looked up once per distinct code, not once per row. */
const drug = (...prefixes) => drugWhere(starts(...prefixes));
const drugWhere = (what) => `atc IN (SELECT skrevet FROM atc WHERE ${what})`;

const OPIOID_6_MONTHS = `SELECT cpr FROM behandlinger
  WHERE ${drug("N02A")} AND dato BETWEEN $date - INTERVAL 6 MONTH AND $date`;

const NSAID = drugWhere(`${starts("M01A", "N02AJ08", "N02AJ14", "N02AJ16", "N02AJ19", "N02AJ23")}
  AND NOT ${starts("M01AX05", "M01AX25", "M01AX26")}`);
const ACE_ARB = drug("C09A", "C09B", "C09C", "C09D", "C10BX06", "C10BX17", "C10BX10", "C10BX20");
const DIURETIC = drug("C03", "C09BA", "C09DA", "C09BX01", "C09BX03", "C09DX01", "C09DX03",
  "C09DX06", "C07B", "C07C", "C07D", "C08G", "C02L", "C09XA52");
const running = (name, what) => `${name} AS MATERIALIZED (SELECT DISTINCT cpr, fra, til
  FROM behandlinger WHERE ${what} AND til >= $date - INTERVAL 90 DAY AND fra <= $date)`;

const listed = (cprs) => `SELECT DISTINCT cpr FROM (${cprs}) SEMI JOIN tilmeldte USING (cpr) ORDER BY cpr`;

/** What the profiles are called on the page. */
export const TITLES = {
  demens: "Demens",
  opioid_6mdr: "Opioid inden for 6 måneder",
  opioid_psyk: "Opioid og P15, P19, P74 eller P76 inden for 2 år",
  triple_whammy: "Triple whammy",
};

/** Profile id → members, in CPR order; `$date` is the index date. */
export const POPULATIONS = {
  demens: listed(`
    SELECT cpr FROM diagnoser WHERE ${diagnosis("P70", "P20", "P15")} AND (dato IS NULL OR dato <= $date)
    UNION ALL
    SELECT cpr FROM behandlinger WHERE ${drug("N06DA02", "N06DA03", "N06DA04", "N06DX01")}
      AND fra <= $date AND til >= $date`),
  opioid_6mdr: listed(OPIOID_6_MONTHS),
  opioid_psyk: listed(`
    SELECT cpr FROM (${OPIOID_6_MONTHS}) SEMI JOIN (SELECT cpr FROM diagnoser
      WHERE ${diagnosis("P15", "P19", "P74", "P76")}
        AND dato BETWEEN $date - INTERVAL 24 MONTH AND $date) USING (cpr)`),
  triple_whammy: `WITH ${running("a", NSAID)}, ${running("b", ACE_ARB)}, ${running("c", DIURETIC)}
    ${listed(`SELECT a.cpr FROM a JOIN b USING (cpr) JOIN c USING (cpr)
      WHERE greatest(a.fra, b.fra, c.fra, ($date - INTERVAL 90 DAY)::DATE)
         <= least(a.til, b.til, c.til, $date)`)}`,
};
