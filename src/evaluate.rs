//! Stage 5: plan + records + index date → verdicts, population, columns, markers.
//!
//! One code path for lists and explanations, generic over a trace.

use crate::day::Day;
use crate::profile::plan::{Column, CriterionId, Plan};
use crate::records::{PatientId, Records};
use crate::schema::Register;
use crate::truth::Truth;

pub mod explain;

pub use explain::{Evidence, Explanation, Trace, UnknownReason};

/// A plan bound to records and an index date: code lists are resolved to bit sets, windows to days.
pub struct Evaluator<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The records.
    pub records: &'a Records,
    /// The index date.
    pub index_date: Day,
}

/// Who is on the list (rules R15, R21).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population {
    /// Inclusion yes and exclusion not yes; in CPR order.
    pub members: Vec<Member>,
    /// Inclusion unknown (and exclusion not yes); in CPR order.
    pub undecided: Vec<Undecided>,
    /// Looked at and neither.
    pub outside: u32,
    /// Deceased, moved, passing guests.
    pub not_looked_at: u32,
}

/// A patient on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub patient: PatientId,
    /// Verdict per marker of the plan.
    pub markers: Vec<Truth>,
    /// Exclusion unknown: stays on the list, marked.
    pub exclusion_undecided: bool,
}

/// A patient for whom the data do not decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// Who.
    pub patient: PatientId,
    /// Verdict per marker of the plan.
    pub markers: Vec<Truth>,
    /// The criteria below the inclusion, groups left out, that are unknown; in plan order.
    pub criteria: Vec<CriterionId>,
}

/// Content of a column for one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing of the kind.
    None,
    /// Text of the patient's fields.
    Text(String),
    /// Records to show, in order.
    Records(Vec<Evidence>),
    /// A count: sure records, and how many more are perhaps.
    Count {
        /// Sure.
        sure: u32,
        /// Perhaps.
        perhaps: u32,
    },
    /// A derived number; `at_least` when part of it cannot be known.
    Number {
        /// The number.
        value: crate::amount::Amount,
        /// A lower bound only.
        at_least: bool,
    },
    /// The data do not say.
    Unknown(UnknownReason),
}

impl<'a> Evaluator<'a> {
    /// Binds a plan.
    #[must_use]
    pub fn new(plan: &'a Plan, records: &'a Records, index_date: Day) -> Self {
        Self { plan, records, index_date }
    }

    /// Verdict per criterion of the plan, for one patient.
    #[must_use]
    pub fn verdicts(&self, patient: PatientId) -> Vec<Truth> {
        let _ = patient;
        todo!("owner of evaluate")
    }

    /// Evaluates every patient.
    #[must_use]
    pub fn population(&self) -> Population {
        todo!("owner of evaluate")
    }

    /// Everything about one patient, with evidence.
    #[must_use]
    pub fn explain(&self, patient: PatientId) -> Explanation {
        let _ = patient;
        todo!("owner of evaluate")
    }

    /// Content of a column for one patient.
    #[must_use]
    pub fn cell(&self, patient: PatientId, column: &Column) -> Cell {
        let _ = (patient, column);
        todo!("owner of evaluate")
    }

    /// Registers that the plan's population reads and this export does not have.
    #[must_use]
    pub fn missing_registers(&self) -> Vec<Register> {
        todo!("owner of evaluate")
    }
}
