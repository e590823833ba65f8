//! What a simple criterion asks of records, and when.

use super::CriterionId;
use crate::amount::Amount;
use crate::code::{Pattern, System};
use crate::day::Day;
use crate::schema::Register;

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
    /// `enheder_sum`: pieces in the packages of the rows.
    UnitSum,
    /// `omeq_sum`: the daily sums of rule R18, added over the days of the window.
    OmeqSum,
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
