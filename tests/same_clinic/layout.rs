//! The tables of a clinic in another layout: other headings in another order, other dates, another
//! separator, another encoding, a title above and a total below.

use profilblik::decode::encoding::{Encoding, decode};

use crate::sheets::danish_day;

/// Headings of the native layout, and what another system might call them.
const OTHER_NAMES: &[(&str, &[(&str, &str)])] = &[
    (
        "patient.csv",
        &[
            ("cpr", "CPR-nr."),
            ("navn", "Fulde navn"),
            ("koen", "Køn"),
            ("foedselsdato", "Født"),
            ("adresse", "Bopæl"),
            ("postnummer", "Postnr."),
            ("by", "Postdistrikt"),
            ("sikringsgruppe", "Sikr.gr."),
            ("status", "Tilknytning"),
            ("tilmeldt_dato", "Tilgangsdato"),
            ("ydernummer", "Ydernr"),
        ],
    ),
    (
        "diagnoser.csv",
        &[
            ("cpr", "CPR-nummer"),
            ("icpc", "ICPC-2-DK"),
            ("icd10", "SKS-kode"),
            ("tekst", "Diagnosenavn"),
            ("dato", "Registreringsdato"),
            ("debutdato", "Konstateret"),
            ("slutdato", "Afslutningsdato"),
            ("type", "Diagnosetype"),
            ("status", "Diagnosestatus"),
        ],
    ),
    (
        "medicin.csv",
        &[
            ("cpr", "CPR-nummer"),
            ("atc", "ATC-kode"),
            ("navn", "Præparatnavn"),
            ("styrke", "Styrke tekst"),
            ("form", "Dispenseringsform"),
            ("dosering", "Doseringstekst"),
            ("doegndosis", "Enheder pr. døgn"),
            ("enhed", "Doseringsenhed"),
            ("type", "Fast/PN"),
            ("startdato", "Behandlingsstart"),
            ("slutdato", "Behandlingsslut"),
            ("udleveret_dato", "Seneste effektuering"),
            ("antal_pakninger", "Antal pakn."),
            ("pakningsstoerrelse", "Pakningsstørrelse"),
            ("indikation", "Anvendes mod"),
            ("dosisdispensering", "Dosispakket"),
        ],
    ),
    (
        "proever.csv",
        &[
            ("cpr", "CPR-nummer"),
            ("kode", "Analysekode"),
            ("navn", "Analysenavn"),
            ("vaerdi", "Resultat"),
            ("enhed", "Måleenhed"),
            ("dato", "Prøvetagningsdato"),
            ("ref_nedre", "Nedre grænse"),
            ("ref_oevre", "Øvre grænse"),
        ],
    ),
    (
        "ydelser.csv",
        &[
            ("cpr", "CPR-nummer"),
            ("kode", "Ydelsesnummer"),
            ("tekst", "Ydelsesnavn"),
            ("dato", "Behandlingsdato"),
            ("antal", "Antal ydelser"),
        ],
    ),
    (
        "aftaler.csv",
        &[
            ("cpr", "CPR-nummer"),
            ("dato", "Aftaledato"),
            ("kl", "Klokkeslæt"),
            ("type", "Aftaletype"),
            ("status", "Status"),
            ("behandler", "Behandler"),
        ],
    ),
    (
        "henvisninger.csv",
        &[
            ("cpr", "CPR-nummer"),
            ("dato", "Henvisningsdato"),
            ("type", "Henvisningstype"),
            ("speciale", "Henvisningsspeciale"),
            ("modtager", "Henvist til"),
            ("diagnose", "Henvisningsdiagnose"),
            ("status", "Status"),
        ],
    ),
];

/// How a layout differs from the native one.
#[derive(Clone, Copy)]
pub struct Layout {
    separator: char,
    line_end: &'static str,
    day: fn(&str) -> String,
    title: &'static str,
}

/// Commas, everything quoted, CRLF, ISO dates, a title line.
pub const COMMAS: Layout = Layout {
    separator: ',',
    line_end: "\r\n",
    day: iso,
    title: "Statistik fra et opdigtet system",
};

/// Tabs, dates with dots, no title.
pub const TABS: Layout = Layout { separator: '\t', line_end: "\n", day: dotted, title: "" };

fn iso(cell: &str) -> String {
    danish_day(cell).map_or_else(|| cell.to_owned(), |day| day.to_string())
}

fn dotted(cell: &str) -> String {
    danish_day(cell).map_or_else(|| cell.to_owned(), |_| cell.replace('-', "."))
}

/// A table in this layout: the columns backwards, a CPR number with its hyphen.
pub fn table(name: &str, csv: &[u8], layout: Layout) -> String {
    let (_, names) = OTHER_NAMES.iter().find(|(table, _)| *table == name).expect(name);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(csv);
    let mut out = String::new();
    if !layout.title.is_empty() {
        out = format!("{}{}", layout.title, layout.line_end);
    }
    for record in reader.records() {
        let record = record.unwrap();
        let is_header = record.get(0) == Some("cpr");
        let cells: Vec<String> = record
            .iter()
            .map(|cell| match names.iter().find(|(own, _)| is_header && *own == cell) {
                Some((_, other)) => (*other).to_owned(),
                None if is_header => panic!("{name}: {cell}"),
                None => (layout.day)(&with_hyphen(cell)),
            })
            .map(|cell| quoted(&cell, layout.separator))
            .rev()
            .collect();
        out += &cells.join(&layout.separator.to_string());
        out += layout.line_end;
    }
    out
}

fn with_hyphen(cell: &str) -> String {
    let is_cpr = cell.len() == 10 && cell.bytes().all(|byte| byte.is_ascii_digit());
    if is_cpr { format!("{}-{}", &cell[..6], &cell[6..]) } else { cell.to_owned() }
}

fn quoted(cell: &str, separator: char) -> String {
    if separator == ',' || cell.contains([separator, '"']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// As Windows-1252; a sign that it does not have stops the test.
pub fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |sign: char| {
        let mut bytes = 0..=255u8;
        let found = bytes.find(|byte| decode(&[*byte], Encoding::Windows1252).starts_with(sign));
        found.unwrap_or_else(|| panic!("{sign} is not in Windows-1252"))
    };
    let mut known = std::collections::BTreeMap::new();
    text.chars().map(|sign| *known.entry(sign).or_insert_with(|| byte(sign))).collect()
}

/// As UTF-16 with a byte order mark.
pub fn utf_16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}
