//! View models: everything the page shows, as text in one language, ready to lay out.
//!
//! Dates are `dd-mm-yyyy`, numbers have the language's decimal mark and thousands separator. The
//! page never formats a value itself; it only chooses where it stands.

use serde::{Deserialize, Serialize};

use crate::profile::plan::MarkerLevel;
use crate::truth::Truth;

pub mod about;
pub mod attrition;
pub mod cell;
pub mod cover;
pub mod detail;
pub mod factors;
pub mod figures;
pub mod figures_copy;
pub mod fold;
pub mod import;
pub mod list;
pub mod lookup;
pub mod mapping;
pub mod members;
pub mod opioids;
pub mod outward;
pub mod overview;
pub mod patient;
pub mod person;
pub mod products;
pub mod quality;
pub mod reach;
pub mod row;
pub mod rules;
pub mod second;
pub mod text_about;
pub mod text_attrition;
pub mod text_factors;
pub mod text_figures;
pub mod text_import;
pub mod text_list;
pub mod text_lookup;
pub mod text_mapping;
pub mod text_marker;
mod text_near;
mod text_near_more;
pub mod text_opioids;
pub mod text_opioids_limit;
pub mod text_overview;
pub mod text_persons;
pub mod text_products;
pub mod text_quality;
pub mod text_receipt;
pub mod text_repair;
pub mod text_rules;
pub mod text_second;
pub mod text_timeline;
pub mod text_verdict;
pub mod text_why;
pub mod timeline;
pub mod use_log;
pub mod words;

/// What was read: the account of every line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportView {
    /// Sum over all files.
    pub total: LedgerView,
    /// »168.646 linjer i 6 filer = 8 overskrift + … Regnskabet stemmer.«
    #[serde(default)]
    pub account: String,
    /// One per table that was read, in reading order.
    pub files: Vec<FileView>,
    /// Files that were not read, with what to do.
    pub refused: Vec<RefusedView>,
    /// Lines set aside, one per reason, most frequent first.
    pub set_aside: Vec<SetAsideView>,
    /// What the contents mean for the profiles: missing registers, assumptions, warnings.
    pub remarks: Vec<RemarkView>,
    /// Rows that say the same and count once.
    pub duplicates: u64,
    /// Columns are still being typed (»læses stadig«).
    pub still_reading: bool,
    /// What the last drop changed; `None` = it was the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<Box<second::SecondView>>,
    /// Text that was encoded twice; `None` = there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repair: Option<RepairView>,
}

/// Text that was encoded twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairView {
    /// One sentence per table.
    pub lines: Vec<String>,
    /// Was it repaired?
    pub done: bool,
}

/// physical = header + blank + continuation + used + set aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerView {
    /// Lines of the file.
    pub physical: u64,
    /// Header lines, repeated ones and `sep=` included.
    pub header: u64,
    /// Lines without content.
    pub blank: u64,
    /// Further lines of a record with quoted newlines.
    pub continuation: u64,
    /// Lines that became records.
    pub used: u64,
    /// Lines set aside with a reason.
    pub set_aside: u64,
    /// Does the account balance?
    pub balanced: bool,
}

/// One table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FileView {
    /// Position, for [`crate::protocol::Request::Lines`].
    pub file: u32,
    /// Name, with the archive's name before it for a member of a ZIP.
    pub name: String,
    /// Register in words, such as »Diagnoser«.
    pub register: String,
    /// Encoding and separator in words.
    pub read_as: String,
    /// Account of its lines.
    pub ledger: LedgerView,
    /// Period or content in words.
    pub content: String,
    /// »14 af 15«: columns used of columns found.
    pub columns: String,
    /// Each column: heading → field it was read as, `None` = not used.
    pub column_map: Vec<(String, Option<String>)>,
}

/// A file that was not read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RefusedView {
    /// File name.
    pub name: String,
    /// What is wrong and what to do, one or two sentences naming the file.
    pub text: String,
    /// It is a table that somebody can say how to read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_table: bool,
}

/// Lines set aside for one reason.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SetAsideView {
    /// Machine name of the reason.
    pub reason: String,
    /// In words.
    pub text: String,
    /// How many lines.
    pub count: u64,
    /// File names.
    pub files: String,
}

/// A consequence for the profiles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RemarkView {
    /// Kind, decides the mark before it.
    pub kind: RemarkKind,
    /// The loud part.
    pub lead: String,
    /// The rest of the sentence.
    pub text: String,
}

/// Mark before a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RemarkKind {
    /// Dashed circle: leads to »ukendt«.
    Unknown,
    /// Tilde: an assumption is made.
    Assumed,
    /// Dot: information.
    Info,
}

/// A line of a file that was set aside: position only, never its content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineView {
    /// File name.
    pub file: String,
    /// Physical line.
    pub line: u64,
    /// Reason in words.
    pub reason: String,
}

/// Always visible: what the figures rest on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StripView {
    /// Name of the dropped file, or »6 filer«.
    pub file: String,
    /// »6 filer, 2.412 tilmeldte«.
    pub file_detail: String,
    /// Index date for people.
    pub index_date: String,
    /// Index date as `YYYY-MM-DD` for the date field.
    pub index_date_iso: String,
    /// Default index date (R1) as `YYYY-MM-DD`.
    pub default_date_iso: String,
    /// Where the default comes from, in words.
    pub default_date_reason: String,
    /// Demo data.
    pub invented: bool,
    /// Whose factors sums of opioids have, where they are not the table's own; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub factors: String,
}

/// Every profile with its count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OverviewView {
    /// Strip.
    pub strip: StripView,
    /// »4 profiler, gjort op pr. 02-11-2026«.
    pub heading: String,
    /// »2.412 tilmeldte. 611 står på mindst én liste. …«
    pub subheading: String,
    /// One row per profile.
    pub rows: Vec<ProfileRow>,
    /// Some registers are still being read: their columns say »læses stadig«.
    pub still_reading: bool,
}

/// A profile in the overview.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProfileRow {
    /// Key for queries: the profile's machine name; a dropped profile whose name a built-in one
    /// has already gets a key of its own.
    pub id: String,
    /// Title.
    pub title: String,
    /// `v1.2`.
    pub version: String,
    /// `a41f·09c2`.
    pub fingerprint: String,
    /// A dropped profile, »ikke gennemgået«.
    pub own: bool,
    /// On the list.
    pub members: u64,
    /// The same with thousands separator.
    pub members_text: String,
    /// Per 1,000 listed, one decimal; »–« without a patient register.
    pub per_thousand: String,
    /// Members with at least one red marker.
    pub red: u64,
    /// … yellow.
    pub yellow: u64,
    /// … blue.
    pub blue: u64,
    /// Cannot be decided.
    pub undecided: u64,
    /// Next review, `mm-yyyy`.
    pub next_review: String,
    /// The next review has passed.
    pub review_passed: bool,
    /// Replaces the count: »ukendt for alle: henvisninger mangler«, »3 fejl i profilen …«, or the
    /// reason for an empty list; empty otherwise.
    pub remark: String,
    /// The profile has errors and was not run.
    pub failed: bool,
    /// Diagnostics of the profile, in words with line numbers.
    pub notes: Vec<String>,
    /// Registers that its criteria need are still being read: no count yet (»læses stadig«).
    #[serde(default)]
    pub pending: bool,
    /// It sums opioids: its figures rest on the factor table.
    #[serde(default, skip_serializing_if = "is_no")]
    pub sums: bool,
    /// Which variants and markers are not the profile's own; empty = none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub changed: String,
    /// Persons whose place or marker depends on whose factors one takes.
    #[serde(default, skip_serializing_if = "is_none")]
    pub grey: u64,
}

// In scripts and messages only what is so is said.
const fn is_no(fact: &bool) -> bool {
    !*fact
}

const fn is_none(number: &u64) -> bool {
    *number == 0
}

/// Which list of a profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListKind {
    /// On the list.
    #[default]
    Members,
    /// »Kan ikke afgøres«.
    Undecided,
}

/// A window of a profile's list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListView {
    /// Strip.
    pub strip: StripView,
    /// The profile's row of the overview.
    pub profile: ProfileRow,
    /// Purpose in one line.
    pub purpose: String,
    /// Caveat of the profile; empty if none.
    pub caveat: String,
    /// Which list.
    pub kind: ListKind,
    /// Columns, the fixed ones first: markers, CPR, name, age.
    pub columns: Vec<ColumnView>,
    /// Optional columns that can be switched on.
    pub optional: Vec<OptionalColumn>,
    /// Rows in the whole list.
    pub total: u64,
    /// Rows that the search leaves.
    pub matching: u64,
    /// Position of the first row sent.
    pub first: u64,
    /// The rows asked for.
    pub rows: Vec<RowView>,
    /// Sort in force: column key and direction; `None` = the default order.
    pub sort: Option<(String, bool)>,
    /// Registers that are still being read, in words; empty when complete.
    pub still_reading: String,
    /// Why no row is shown: empty list, or nothing found; empty when there are rows.
    #[serde(default)]
    pub empty: String,
}

/// A column of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ColumnView {
    /// Key to sort by.
    pub key: String,
    /// Heading.
    pub title: String,
    /// Numbers stand to the right.
    pub numeric: bool,
}

/// A column that is off until asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OptionalColumn {
    /// Key.
    pub key: String,
    /// Heading.
    pub title: String,
    /// Is it on?
    pub on: bool,
}

/// A row of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RowView {
    /// Position in the sorted and searched list.
    pub position: u64,
    /// CPR, ten characters; the key of [`crate::protocol::Request::Patient`].
    pub cpr: String,
    /// Markers: yes and unknown.
    pub markers: Vec<ChipView>,
    /// One per column of [`ListView::columns`]; the markers column is empty here.
    pub cells: Vec<CellView>,
    /// »ukendt, om patienten skal udelukkes«; empty otherwise. A chip says it, too.
    #[serde(default)]
    pub note: String,
}

/// A marker as chip.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChipView {
    /// Marker id of the profile.
    pub id: String,
    /// Level.
    pub level: MarkerLevel,
    /// Yes, or unknown (dashed).
    pub truth: Truth,
    /// Words.
    pub text: String,
    /// »undtaget: …«, the exception that is met: shown, never counted. Empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub exempt: String,
}

/// A cell: text as shown; never empty (»–« = none).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CellView {
    /// Text.
    pub text: String,
    /// Shown as unknown (dashed) rather than as a value.
    pub unknown: bool,
    /// An assumption stands behind it (dotted underline), with the words; empty if none.
    pub assumed: String,
    /// The register behind it is still being read.
    pub pending: bool,
    /// A flag in a column of its own; the text is empty then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag: Option<FlagChip>,
}

/// A flag in a column of its own: shape by level and state, and a word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlagChip {
    /// Level.
    pub level: MarkerLevel,
    /// How it stands; never »no«.
    pub state: opioids::FlagState,
    /// The word.
    pub text: String,
}

/// The why panel of one patient.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PatientView {
    /// CPR, ten characters.
    pub cpr: String,
    /// CPR with hyphen.
    pub cpr_shown: String,
    /// Name; »navn ukendt« where the export has none.
    pub name: String,
    /// »kvinde, 78 år, 9 præparater«.
    pub summary: String,
    /// »Hvorfor er patienten på listen?« or »Hvorfor kan det ikke afgøres?« …
    pub heading: String,
    /// »Begge krav er opfyldt.« …
    pub verdict: String,
    /// One block per criterion.
    pub criteria: Vec<CriterionView>,
    /// Markers that are yes or unknown, with their records.
    pub markers: Vec<MarkerView>,
    /// The profile's columns for this patient: title and text.
    pub columns: Vec<(String, CellView)>,
    /// Position in the list, 0-based; `None` if the patient is not on it.
    pub position: Option<u64>,
}

/// A criterion in the why panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CriterionView {
    /// Name in the profile.
    pub id: String,
    /// Verdict.
    pub truth: Truth,
    /// Sentence of the profile.
    pub text: String,
    /// Window in words, »02-05-2026 til 02-11-2026«; empty if none.
    pub window: String,
    /// Why unknown, or the nearest miss for no; empty if neither.
    pub reason: String,
    /// The records that decided.
    pub evidence: Vec<EvidenceView>,
    /// »Regnestykke for OMEQ«, line by line; empty for criteria without one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub receipt: Vec<String>,
    /// Part of the exclusion.
    pub excludes: bool,
}

/// A record as evidence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EvidenceView {
    /// Date, or »uden dato«.
    pub date: String,
    /// Code.
    pub code: String,
    /// Text, value with unit, strength, dose.
    pub text: String,
    /// Assumption in words, »slut antaget 27-12-2026«; empty if none.
    pub assumed: String,
    /// »medicin.csv l. 31.204«.
    pub origin: String,
    /// The record counts as perhaps.
    pub perhaps: bool,
}

/// A marker in the why panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarkerView {
    /// The chip.
    pub chip: ChipView,
    /// Sentence with the numbers.
    pub text: String,
    /// What one may look at, from the profile.
    pub action: String,
    /// The records behind it.
    pub evidence: Vec<EvidenceView>,
    /// The full label; empty = the chip says all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Rule, source, and what would clear it, each with its word, from the profile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
    /// Which exception is met, or cannot be decided; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub exception: String,
    /// The records behind the exception that is met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exception_evidence: Vec<EvidenceView>,
}
