//! The typed tables that `normalise` writes and SQL reads: one description for both, so that the
//! text of a query and the files that it runs on cannot drift apart.

use super::Register;

/// How a column is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of 64 bits.
    Number,
    /// A whole number of up to 38 digits.
    Wide,
    /// Text; never empty, an absent text is NULL.
    Text,
    /// A day, ISO 8601.
    Date,
    /// `true` or `false`.
    Flag,
}

/// A column: its name and how it is written.
pub type Column = (&'static str, Kind);

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Which registers an export has (rule R14).
    Registers,
    /// The only table with CPR numbers; no query reads it.
    Keys,
    /// The patients.
    Patients,
    /// The codes of the rows; a row may carry several.
    Codes,
    /// The rows of a register other than `patient`.
    Rows(Register),
}

impl Table {
    /// Every table, in the order in which they are described.
    pub const ALL: [Self; 10] = [
        Self::Registers,
        Self::Keys,
        Self::Patients,
        Self::Codes,
        Self::Rows(Register::Diagnose),
        Self::Rows(Register::Medicin),
        Self::Rows(Register::Proeve),
        Self::Rows(Register::Ydelse),
        Self::Rows(Register::Aftale),
        Self::Rows(Register::Henvisning),
    ];

    /// Its name; the file is `NAME.csv`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Registers => "pb_register",
            Self::Keys => "pb_noegle",
            Self::Patients | Self::Rows(Register::Patient) => "pb_patient",
            Self::Codes => "pb_kode",
            Self::Rows(Register::Diagnose) => "pb_diagnose",
            Self::Rows(Register::Medicin) => "pb_medicin",
            Self::Rows(Register::Proeve) => "pb_proeve",
            Self::Rows(Register::Ydelse) => "pb_ydelse",
            Self::Rows(Register::Aftale) => "pb_aftale",
            Self::Rows(Register::Henvisning) => "pb_henvisning",
        }
    }

    /// Its columns, in order.
    #[must_use]
    pub fn columns(self) -> Vec<Column> {
        match self {
            Self::Registers => REGISTERS.to_vec(),
            Self::Keys => KEYS.to_vec(),
            Self::Patients | Self::Rows(Register::Patient) => PATIENTS.to_vec(),
            Self::Codes => CODES.to_vec(),
            Self::Rows(Register::Medicin) => [ROWS, MEDICINE].concat(),
            Self::Rows(Register::Proeve) => [ROWS, LABORATORY].concat(),
            Self::Rows(_) => ROWS.to_vec(),
        }
    }
}

const REGISTERS: &[Column] = &[("export", Kind::Text), ("register", Kind::Text)];

const KEYS: &[Column] = &[("export", Kind::Text), ("patient", Kind::Number), ("cpr", Kind::Text)];

const PATIENTS: &[Column] = &[
    ("export", Kind::Text),
    ("patient", Kind::Number),
    ("set_paa", Kind::Flag),
    ("foedt", Kind::Date),
    ("koen", Kind::Text),
    ("sikringsgruppe", Kind::Number),
    ("postnummer", Kind::Text),
    ("tilmeldt", Kind::Date),
    ("ydernummer", Kind::Text),
];

const CODES: &[Column] = &[
    ("export", Kind::Text),
    ("register", Kind::Text),
    ("raekke", Kind::Number),
    ("plads", Kind::Number),
    ("system", Kind::Text),
    ("grundkode", Kind::Text),
    ("kode", Kind::Text),
    ("stof", Kind::Text),
];

const ROWS: &[Column] = &[
    ("export", Kind::Text),
    ("raekke", Kind::Number),
    ("patient", Kind::Number),
    ("dato", Kind::Date),
    ("debutdato", Kind::Date),
    ("periode", Kind::Text),
    ("fra", Kind::Date),
    ("til", Kind::Date),
    ("tekst", Kind::Text),
];

// What stands after the flag is about sums (rules R17b and R18): exact numbers in [`PARTS`]-ths of
// one, so that sums are sums of whole numbers.
const MEDICINE: &[Column] = &[
    ("form", Kind::Text),
    ("vej", Kind::Text),
    ("dosisdispenseret", Kind::Flag),
    ("ddd_mindst", Kind::Wide),
    ("ddd_hoejst", Kind::Wide),
    ("enheder_mindst", Kind::Wide),
    ("enheder_hoejst", Kind::Wide),
    ("opioid", Kind::Text),
    ("produkt", Kind::Number),
    ("startdato", Kind::Date),
    ("slutdato", Kind::Date),
    ("omeq_mindst", Kind::Wide),
    ("omeq_hoejst", Kind::Wide),
    ("omeq_pn", Kind::Wide),
    ("kilde_mindst", Kind::Wide),
    ("kilde_hoejst", Kind::Wide),
    ("omeq_grund", Kind::Text),
];

/// Doses and numbers of defined daily doses stand in so small parts of one: divisible by a million
/// and by every number up to 31, so that "1 tablet every third day" is a whole number of them. What
/// is none even so lies between two.
pub const PARTS: i128 = 180_504_441_117_000_000;

/// Above this nothing is said but that it is so much at least: then no sum of rows can leave 38
/// digits.
pub const LARGEST: i64 = 1_000_000_000;

/// In `opioid`: in no sum.
pub const NOT_COUNTED: &str = "nej";

// Bounds stand in half millionths: a value in millionths is twice as much, and an open bound lies
// one nearer to the values, so that a comparison of bounds is one of whole numbers.
const LABORATORY: &[Column] = &[
    ("lav", Kind::Number),
    ("hoej", Kind::Number),
    ("enhed", Kind::Text),
    ("svar", Kind::Text),
    ("ref_nedre", Kind::Number),
    ("ref_oevre", Kind::Number),
    ("uden_nedre", Kind::Flag),
    ("uden_oevre", Kind::Flag),
];

/// What `periode` of a row may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A paused row runs on no day.
    None,
    /// Nothing says when.
    Undated,
    /// Only the end is known, `til`.
    EndOnly,
    /// From `fra` to `til`; without `til` it runs on.
    Runs,
    /// From `fra`, for as long as `antaget_daekning` of the criterion says.
    Assumed,
}

impl Period {
    /// The word in the column `periode`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "ingen",
            Self::Undated => "udateret",
            Self::EndOnly => "kun_slut",
            Self::Runs => "loeber",
            Self::Assumed => "antaget",
        }
    }
}

/// Stands between the words of `vej`, and around them.
pub const WORD_SEPARATOR: char = '|';

/// Stands between the descriptive texts of `tekst`: no name that is searched for reaches over it.
pub const TEXT_SEPARATOR: char = '\u{1f}';

/// A unit as it is compared: case, spaces, µ/μ/mikro and ² folded (rule R11).
#[must_use]
pub fn fold_unit(unit: &str) -> String {
    let lower: String =
        unit.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    lower.replace("mikro", "u").replace(['µ', 'μ'], "u").replace('²', "2")
}

/// Text as `svar` compares it: trimmed, case folded.
#[must_use]
pub fn fold_text(text: &str) -> String {
    text.trim().to_lowercase()
}
