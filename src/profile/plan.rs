//! The checked, flat plan: what the evaluator runs and `sql` translates.
//!
//! Every name is resolved to an index, every default is filled in, every text is typed. Windows
//! stay relative: the index date is an argument of evaluation.

use crate::amount::Amount;
use crate::code::{Pattern, System};
use crate::day::Day;
use crate::schema::{Field, Register};
use crate::truth::Truth;

/// Position in [`Plan::criteria`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CriterionId(pub usize);

/// A profile, ready to run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What the profile says about itself.
    pub header: Header,
    /// SHA-256 of the profile text, 64 hexadecimal digits.
    pub fingerprint: String,
    /// Named criteria, in the order of the file.
    pub criteria: Vec<Criterion>,
    /// Who is included.
    pub inclusion: Group,
    /// Who is excluded.
    pub exclusion: Option<Group>,
    /// Attention markers.
    pub markers: Vec<Marker>,
    /// Columns of the list.
    pub columns: Vec<Column>,
    /// Measures.
    pub measures: Vec<Measure>,
    /// Measures that no export carries the data for.
    pub absent_measures: Vec<AbsentMeasure>,
    /// Tables of what was given.
    pub tables: Vec<ProductTable>,
    /// Sort keys, most significant first.
    pub sorting: Vec<SortKey>,
    /// The profile's own test patients (»prøvepatienter«).
    pub tests: Vec<TestPatient>,
}

/// `[profil]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Machine name.
    pub id: String,
    /// Version of the profile.
    pub version: String,
    /// Title.
    pub title: String,
    /// What the profile is for.
    pub purpose: Vec<String>,
    /// Sources.
    pub sources: Vec<String>,
    /// Author.
    pub author: String,
    /// Last review.
    pub reviewed: Option<Day>,
    /// Next review.
    pub next_review: Option<Day>,
    /// Caveats.
    pub caveat: String,
}

/// A named criterion.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// Name in the file.
    pub id: String,
    /// Danish sentence.
    pub text: String,
    /// Source.
    pub source: String,
    /// Line in the profile.
    pub line: u32,
    /// What it asks.
    pub body: Body,
    /// `valg`: the criteria that may be chosen between, the default first; empty = no choice. The
    /// body is then the one that is chosen, see [`super::choice`].
    pub alternatives: Vec<CriterionId>,
}

/// What a criterion asks.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "few criteria, and nearly all are selections")]
pub enum Body {
    /// Records of a register other than `patient`.
    Select(Selection),
    /// The patient's own fields; all must hold.
    Patient(Vec<PatientTest>),
    /// A combination of criteria.
    Group(Group),
    /// `samtidig`: several treatments on the same days (rule R16).
    Together {
        /// The simple criteria.
        of: Vec<CriterionId>,
        /// Window from the index date.
        window: Window,
        /// Days needed, default 1.
        min_days: i32,
    },
}

/// `alle`, `en_af`, `ingen_af`, `mindst_af`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// How many must hold.
    pub rule: GroupRule,
    /// Of these.
    pub of: Vec<CriterionId>,
}

/// How the members of a group combine (rule R13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupRule {
    /// `alle`.
    All,
    /// `en_af`.
    Any,
    /// `ingen_af`.
    None,
    /// `mindst_af`.
    AtLeast(usize),
    /// `uafgjort`: ja where one of them is ukendt, else nej; never ukendt itself.
    Undecided,
}

/// Simple criterion: which records, when, pick, compare, count.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The register, never `patient`.
    pub register: Register,
    /// Codes asked for; `None` = every record.
    pub codes: Option<CodeFilter>,
    /// Any of these texts occurs in the descriptive fields, lower case; empty = no such test.
    pub name_contains: Vec<String>,
    /// Pharmaceutical form.
    pub form: Option<Form>,
    /// Route of administration, lower case.
    pub route: Option<String>,
    /// Dose dispensed.
    pub dose_dispensed: Option<bool>,
    /// What the window is held against.
    pub basis: TimeBasis,
    /// The window, closed at both ends.
    pub window: Window,
    /// Where the window's shifts count from; `None` = the index date.
    pub anchor: Option<Anchor>,
    /// Which records go on to the test.
    pub pick: Option<Pick>,
    /// Which of several records of the picked day.
    pub same_day: Option<Extreme>,
    /// What the records must say.
    pub test: Option<Test>,
    /// How many; default at least 1.
    pub count: CountTest,
    /// Count distinct keys instead of records.
    pub distinct: Option<Distinct>,
    /// Days from first to last counted record.
    pub spread: Option<(Op, i32)>,
    /// Days that a medicine record without end or supply is taken to cover; default 90.
    pub assumed_cover_days: i32,
    /// A derived value to compare instead of record values.
    pub derived: Option<Derived>,
}

/// Days that a medicine record without end or supply is taken to cover (rule R7 d): the default of
/// `antaget_daekning`, a rule of the language and no clinical threshold.
pub const ASSUMED_COVER_DAYS: i32 = 90;

/// Codes of one or more systems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeFilter {
    /// Any of these matches.
    pub include: Vec<Pattern>,
    /// These win.
    pub except: Vec<Pattern>,
    /// System of the list.
    pub system: Option<System>,
    /// Name of the code set, empty for a list written in the criterion.
    pub set_name: String,
    /// What the code set says it holds, for people.
    pub set_text: String,
    /// Code → title, where the code set carries them; for people.
    pub titles: Vec<(String, String)>,
}

/// `form`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Prolonged release.
    Depot,
    /// Neither depot nor patch.
    Short,
    /// Transdermal patch.
    Patch,
}

/// `tid`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeBasis {
    /// Event date.
    Date,
    /// Treatment overlaps the window.
    Period,
    /// End date.
    End,
}

/// Closed window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub from: Bound,
    /// Last day.
    pub to: Bound,
}

/// One end of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// `*`: the beginning or the end of time.
    Open,
    /// Relative to the anchor.
    Shift(Shift),
    /// A fixed date.
    Fixed(Day),
}

/// A relative distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// How many units, negative = before.
    pub count: i32,
    /// Which unit.
    pub unit: Unit,
}

/// Unit of a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `d`.
    Days,
    /// `uger`.
    Weeks,
    /// `mdr`.
    Months,
    /// `aar`.
    Years,
}

impl Shift {
    /// The day this far from `day` (rule R3).
    #[must_use]
    pub fn from(self, day: Day) -> Day {
        match self.unit {
            Unit::Days => day.add_days(self.count),
            Unit::Weeks => day.add_days(self.count.saturating_mul(7)),
            Unit::Months => day.add_months(self.count),
            Unit::Years => day.add_months(self.count.saturating_mul(12)),
        }
    }
}

/// `anker`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Days of the records that satisfied a criterion.
    Criterion {
        /// The simple criterion.
        of: CriterionId,
        /// Which of its days.
        pick: AnchorPick,
    },
    /// The birth date.
    Birth,
}

/// `anker.vaelg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorPick {
    /// `foerste`.
    First,
    /// `seneste`.
    Latest,
    /// `enhver`.
    Each,
}

/// `vaelg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// `seneste`.
    Latest,
    /// `foerste`.
    First,
    /// `hoejeste`.
    Highest,
    /// `laveste`.
    Lowest,
    /// `alle`.
    All,
}

/// `ved_samme_dag`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extreme {
    /// `laveste`.
    Lowest,
    /// `hoejeste`.
    Highest,
}

/// Comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `=`
    Equal,
}

impl Op {
    /// `left op right`.
    #[must_use]
    pub fn holds<T: Ord>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Greater => left > right,
            Self::AtLeast => left >= right,
            Self::Equal => left == right,
        }
    }

    /// As written.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Equal => "=",
        }
    }
}

/// A number to compare with, and its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compare {
    /// The operator.
    pub op: Op,
    /// The limit.
    pub limit: Amount,
    /// The unit as written; empty = none named.
    pub unit: String,
}

/// What the records must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// `vaerdi`.
    Value(Compare),
    /// `svar`: equal to any of these, folded.
    Answer(Vec<String>),
    /// `reference`: the laboratory's own range.
    Reference(Outside),
}

/// `reference`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// `under`.
    Below,
    /// `over`.
    Above,
    /// `udenfor`.
    Either,
}

/// `antal`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountTest {
    /// The operator.
    pub op: Op,
    /// The number.
    pub number: u32,
}

/// `distinkt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distinct {
    /// `dag`.
    Day,
    /// `maaned`.
    Month,
    /// `kvartal`.
    Quarter,
    /// `kode`.
    Code,
    /// `stof`.
    Substance,
}

/// `beregning`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Derived {
    /// `aktuelt_forloeb` with `gab` in days (rule R17).
    CurrentEpisode {
        /// Longest gap that still joins.
        gap_days: i32,
    },
    /// `laengste_forloeb`.
    LongestEpisode {
        /// Longest gap that still joins.
        gap_days: i32,
    },
    /// `daekkede_dage`.
    CoveredDays,
    /// `antal_praeparater`: distinct 7-character ATC codes running on the index date.
    Products,
    /// `ddd_sum`.
    DddSum,
    /// `gennemsnit`.
    Mean,
    /// `dage_siden`.
    DaysSince,
    /// `maaneder_siden`: completed months since the latest event (appendix of the language).
    MonthsSince,
    /// `dage_mellem`.
    DaysBetween {
        /// From the latest event of this criterion.
        from: CriterionId,
        /// To the latest event of this one.
        to: CriterionId,
    },
    /// `omeq_pr_doegn`.
    Omeq,
}

/// A test of the patient's own fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatientTest {
    /// `alder`: completed units on the index date.
    Age {
        /// Operator.
        op: Op,
        /// How many.
        number: i32,
        /// Years, months or weeks.
        unit: Unit,
    },
    /// `koen`: female?
    Female(bool),
    /// `sikringsgruppe`.
    InsuranceGroup(u8),
    /// `postnr`: patterns, `*` at the end allowed.
    PostalCode(Vec<String>),
    /// `tilmeldt_siden`: listed at least this long.
    ListedFor {
        /// Operator.
        op: Op,
        /// How long.
        duration: Shift,
    },
}

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
