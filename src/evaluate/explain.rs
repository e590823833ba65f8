//! Stage 5b: why, with the records that decided.

use crate::amount::Amount;
use crate::day::Day;
use crate::evaluate::Exempt;
use crate::opioid::Receipt;
use crate::profile::plan::CriterionId;
use crate::records::PatientId;
use crate::schema::{Field, Register};
use crate::truth::Truth;

/// Everything about one patient and one profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Who.
    pub patient: PatientId,
    /// Is the patient looked at at all (rule R21)?
    pub looked_at: bool,
    /// On the list? Yes, unknown (»Kan ikke afgøres«), no.
    pub population: Truth,
    /// Verdict of the inclusion.
    pub inclusion: Truth,
    /// Verdict of the exclusion; no when the profile has none.
    pub exclusion: Truth,
    /// One per criterion of the plan, in its order.
    pub criteria: Vec<Trace>,
    /// Verdict per marker of the plan; no where it is off or exempt.
    pub markers: Vec<Truth>,
    /// Markers that an exception takes out of the count.
    pub exempt: Vec<Exempt>,
}

/// What decided one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Which criterion.
    pub criterion: CriterionId,
    /// Its verdict.
    pub truth: Truth,
    /// The window in days, where the criterion has one; ends may be [`Day::MIN`] and [`Day::MAX`].
    pub window: Option<(Day, Day)>,
    /// The records that decided; for `samtidig` and anchors those of the named criteria.
    pub evidence: Vec<Evidence>,
    /// Why unknown.
    pub unknown: Option<UnknownReason>,
    /// For no: how near it was.
    pub near_miss: Option<NearMiss>,
    /// Derived value, where the criterion has one.
    pub value: Option<Amount>,
    /// How a sum of opioids came about.
    pub receipt: Option<Box<Receipt>>,
}

/// A record that decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Evidence {
    /// Register.
    pub register: Register,
    /// Position in its [`crate::records::Events`].
    pub position: usize,
    /// Counts for sure, or only perhaps (no date, interval, ambiguous).
    pub sure: bool,
    /// The end of treatment was assumed to be this day.
    pub assumed_end: Option<Day>,
}

/// Why a verdict is unknown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnknownReason {
    /// The export has no such register.
    RegisterMissing(Register),
    /// The register has no such column.
    FieldMissing(Register, Field),
    /// A deciding record has no date.
    Undated(Evidence),
    /// A deciding value is an interval that reaches over the limit.
    Interval(Evidence),
    /// A deciding value is text.
    TextValue(Evidence),
    /// A deciding value can be read in two ways.
    Ambiguous(Evidence),
    /// A deciding value has another unit than the profile names.
    OtherUnit(Evidence),
    /// A dose cannot be computed; the receipt says why.
    Dose(Evidence),
    /// A dose is as needed or from–to, and decides.
    AsNeeded(Evidence),
    /// The birth date is not known.
    NoBirthDate,
    /// A field of the patient is not known.
    PatientField(Field),
    /// The anchor is unknown.
    Anchor(CriterionId),
    /// A member of the group is unknown.
    Member(CriterionId),
    /// The course may have begun before the register does.
    BeforeRegister(Register),
}

/// The nearest miss of a criterion that is no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NearMiss {
    /// A record is this many days before the window begins.
    DaysTooOld(Evidence, i32),
    /// A record is this many days after the window ends.
    DaysTooNew(Evidence, i32),
    /// The picked value misses the limit by this much.
    Value(Evidence, Amount),
    /// The deciding record says something else than is asked for: a text, a bound, a value inside
    /// the laboratory's range.
    Answer(Evidence),
    /// So many of the needed records, those that count only perhaps included.
    TooFew {
        /// Found.
        found: u32,
        /// Needed.
        needed: u32,
    },
    /// More records than are allowed.
    TooMany {
        /// Found.
        found: u32,
        /// Allowed.
        allowed: u32,
    },
    /// Days from the first to the last counted record, those that count only perhaps included.
    Spread(i32),
    /// So many simultaneous days of the needed ones.
    TooFewDays {
        /// Found.
        found: i32,
        /// Needed.
        needed: i32,
    },
    /// A derived number misses the limit by this much.
    Number(Amount, Amount),
    /// A time since a day, in days, misses the limit by so many days.
    Duration {
        /// When it began.
        start: Day,
        /// How long it has lasted.
        days: i32,
        /// Too short or too long by so many days.
        by: i32,
    },
    /// A treatment was interrupted for so many days, and only so many are allowed.
    Gap {
        /// Days without treatment.
        days: i32,
        /// Allowed.
        allowed: i32,
    },
    /// The criterion that this one asks about is not met, or has no day to count from.
    Named(CriterionId),
    /// Completed years, months or weeks of age.
    Age {
        /// On the index date.
        found: i32,
        /// Off by so many.
        by: i32,
    },
    /// A field of the patient says something else than is asked for.
    PatientField(Field),
    /// So many records are asked for, and none of them lies in the window or runs in it.
    NoneInWindow(u32),
    /// No record of the kind at all.
    NoRecord,
}
