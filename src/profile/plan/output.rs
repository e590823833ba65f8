//! What a profile shows of its population: markers, columns, measures, tables; and its test patients.

use super::{CriterionId, Selection};
use crate::day::Day;
use crate::schema::{Field, Register};
use crate::truth::Truth;

/// Marker level.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum MarkerLevel {
    /// `roed`.
    Red,
    /// `gul`.
    Yellow,
    /// `blaa`.
    Blue,
}

/// `[[markering]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// Machine name.
    pub id: String,
    /// When it is shown.
    pub when: CriterionId,
    /// Level.
    pub level: MarkerLevel,
    /// Text of the chip.
    pub text: String,
    /// What one may look at.
    pub action: String,
    /// `navn`: the full label; empty = the text of the chip is all.
    pub name: String,
    /// `regel`: the rule in the author's words.
    pub rule: String,
    /// `kilde`: sources, `; ` between.
    pub source: String,
    /// `bortfald`: what would clear it, in the author's words.
    pub clears: String,
    /// Is it shown and counted? Begins as `slaaet_til` says; a session may switch it.
    pub on: bool,
    /// What `slaaet_til` says.
    pub on_by_default: bool,
    /// `undtagelser`: where one of these is ja, the marker is exempt: shown, never counted.
    pub exceptions: Vec<CriterionId>,
}

/// `[[kolonne]]`.
#[derive(Clone, Debug)]
pub struct Column {
    /// Stable machine name, unique within a list: `kol1`, `kol2`, … in the order of the profile;
    /// the common columns carry their own.
    pub key: String,
    /// Heading.
    pub title: String,
    /// Where its content comes from.
    pub content: ColumnContent,
}

/// Content of a column.
#[derive(Clone, Debug)]
pub enum ColumnContent {
    /// Fields of the patient.
    Fields(Vec<Field>),
    /// Records.
    Records {
        /// Which records.
        selection: Box<Selection>,
        /// What of them.
        show: Show,
    },
}

/// `vis`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// `seneste`.
    Latest,
    /// `foerste`.
    First,
    /// `alle`.
    All,
    /// `antal`.
    Count,
    /// `vaerdi`.
    Value,
}

/// `[[maalepunkt]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Machine name.
    pub id: String,
    /// Title.
    pub title: String,
    /// Numerator.
    pub numerator: CriterionId,
    /// Denominator; `None` = »tilmeldte«.
    pub denominator: Option<CriterionId>,
    /// Per how many.
    pub per: i64,
    /// Which way is better: `lav`, `hoej`, `ingen`.
    pub direction: String,
}

/// `[[maalepunkt]]` with `findes_ikke`: a figure that users know and an export cannot give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsentMeasure {
    /// Machine name.
    pub id: String,
    /// Title.
    pub title: String,
    /// Why not, in the author's words.
    pub reason: String,
}

/// `[[tabel]]`: medicines of the persons on the list, counted per product or per substance.
#[derive(Clone, Debug)]
pub struct ProductTable {
    /// Heading.
    pub title: String,
    /// The rows that are counted.
    pub selection: Selection,
    /// One line of the table.
    pub per: TableLine,
}

/// What one line of a `[[tabel]]` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableLine {
    /// Substance, name, strength and form.
    Product,
    /// Substance.
    Substance,
}

/// One key of `[sortering]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// Largest first.
    pub descending: bool,
    /// `markeringer`, `alder`, `navn`, `cpr` or a column's title.
    pub by: String,
}

/// `[[test]]`: a test patient and what is expected. Cells are export text, so that test patients
/// take the same way as files: `(field, text)` per record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestPatient {
    /// Name of the test.
    pub name: String,
    /// Line in the profile.
    pub line: u32,
    /// Index date.
    pub index_date: Day,
    /// Registers of the imagined export; `None` = all. The patient register is always present.
    pub registers: Option<Vec<Register>>,
    /// The patient's fields.
    pub patient: Vec<(Field, String)>,
    /// Records per register.
    pub rows: Vec<(Register, Vec<(Field, String)>)>,
    /// What is compared; only what is named.
    pub expected: Expected,
}

/// `forventet`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// `population`.
    pub population: Option<Truth>,
    /// `kriterier`.
    pub criteria: Vec<(String, Truth)>,
    /// `markeringer`.
    pub markers: Vec<(String, Truth)>,
    /// Those of `markeringer` that are expected to be »undtaget«.
    pub exempt: Vec<String>,
    /// `uafklaret_eksklusion`.
    pub exclusion_undecided: Option<bool>,
    /// `kolonner`: title → shown text.
    pub columns: Vec<(String, String)>,
    /// `vaerdier`: criterion → derived value as text.
    pub values: Vec<(String, String)>,
}
