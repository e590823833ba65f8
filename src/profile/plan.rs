//! The checked, flat plan: what the evaluator runs and `sql` translates.
//!
//! Every name is resolved to an index, every default is filled in, every text is typed. Windows
//! stay relative: the index date is an argument of evaluation.

use crate::day::Day;

mod output;
mod selection;

pub use output::{
    AbsentMeasure, Column, ColumnContent, Expected, Marker, MarkerLevel, Measure, ProductTable,
    Show, SortKey, TableLine, TestPatient,
};
pub use selection::{
    ASSUMED_COVER_DAYS, Anchor, AnchorPick, Bound, CodeFilter, Compare, CountTest, Derived,
    Distinct, Extreme, Form, Op, Outside, Pick, Selection, Shift, Test, TimeBasis, Unit, Window,
};

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
