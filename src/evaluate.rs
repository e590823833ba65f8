//! Stage 5: plan + records + index date → verdicts, population, columns, markers.
//!
//! One code path for lists and explanations, generic over a trace.

use std::sync::Arc;

use crate::day::Day;
use crate::opioid::{self, Table};
use crate::profile::plan::{Column, ColumnContent, CriterionId, Derived, Plan, Selection, Show};
use crate::records::{PatientId, Records};
use crate::schema::Register;
use crate::truth::Truth;

mod anchor;
pub mod attrition;
mod bind;
mod cell;
mod compare;
mod count;
pub mod course;
mod cover;
mod cumulated;
mod derived;
mod episode;
mod exempt;
pub mod explain;
mod filter;
mod grey;
pub mod history;
mod hit;
mod near;
mod near_derived;
mod omeq;
mod orders;
mod patient;
mod period;
mod pick;
mod population;
mod reference;
mod run;
mod select;
pub mod test_patients;
mod together;
mod trace;
mod window;

pub use attrition::Attrition;
pub use exempt::Exempt;
pub use explain::{Evidence, Explanation, NearMiss, Trace, UnknownReason};
pub use population::missing_registers;

pub(crate) use filter::{dose_dispensed, form_word, route_words};
pub(crate) use patient::{only_number, postal_code_of};
pub(crate) use period::{Period, Periods, diagnosis_start, units};
pub(crate) use reference::{Limit, limits};

use bind::{Bound, Select};
use run::Run;
use trace::Silent;

/// A plan bound to records and an index date: code lists are resolved to bit sets, windows to days.
pub struct Evaluator<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The records.
    pub records: &'a Records,
    /// The index date.
    pub index_date: Day,
    /// Whose factors sums of opioids have.
    pub factors: Arc<Table>,
    // By criterion, and by column (`None` = fields of the patient).
    bound: Vec<Bound<'a>>,
    columns: Vec<Option<Select<'a>>>,
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
    /// Verdict per marker of the plan; no where it is off or exempt.
    pub markers: Vec<Truth>,
    /// Markers that an exception takes out of the count: shown as »undtaget«.
    pub exempt: Vec<Exempt>,
    /// Exclusion unknown: stays on the list, marked.
    pub exclusion_undecided: bool,
}

/// A patient for whom the data do not decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// Who.
    pub patient: PatientId,
    /// Verdict per marker of the plan; no where it is off or exempt.
    pub markers: Vec<Truth>,
    /// Markers that an exception takes out of the count.
    pub exempt: Vec<Exempt>,
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

/// How a patient counts in a measure (rule R19).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Not in the denominator.
    Outside,
    /// In the denominator only.
    Denominator,
    /// In the denominator and the numerator.
    Both,
    /// Left out of both because the data do not decide.
    Undecided,
}

impl<'a> Evaluator<'a> {
    /// Binds a plan; sums of opioids have the factors of the built-in table.
    #[must_use]
    pub fn new(plan: &'a Plan, records: &'a Records, index_date: Day) -> Self {
        Self::with_factors(plan, records, index_date, opioid::table())
    }

    /// Binds a plan; sums of opioids have the factors of this table.
    #[must_use]
    pub fn with_factors(
        plan: &'a Plan,
        records: &'a Records,
        index_date: Day,
        factors: &Arc<Table>,
    ) -> Self {
        let columns = Select::of_columns(plan, records, factors);
        Self { columns, ..Self::of_population(plan, records, index_date, factors) }
    }

    /// The same for who is on the list: columns, each of which passes over its register, are left
    /// unbound, and bound at each call that asks for one.
    #[must_use]
    pub fn of_population(
        plan: &'a Plan,
        records: &'a Records,
        index_date: Day,
        factors: &Arc<Table>,
    ) -> Self {
        let bound = Bound::all(plan, records, index_date, factors);
        let (factors, columns) = (Arc::clone(factors), Vec::new());
        Self { plan, records, index_date, factors, bound, columns }
    }

    /// Verdict per criterion of the plan, for one patient.
    #[must_use]
    pub fn verdicts(&self, patient: PatientId) -> Vec<Truth> {
        let mut run = Run::new(self, patient, Silent);
        (0..self.plan.criteria.len()).map(|at| run.truth(CriterionId(at))).collect()
    }

    /// Evaluates every patient who is looked at (rule R21).
    #[must_use]
    pub fn population(&self) -> Population {
        population::population(self)
    }

    /// How many persons fall at each criterion; asked for by itself, never with the list.
    #[must_use]
    pub fn attrition(&self) -> Attrition {
        attrition::attrition(self)
    }

    /// Persons by verdict for each criterion of the plan, whether the population asks for it or not.
    #[must_use]
    pub fn persons(&self) -> Vec<attrition::Verdicts> {
        attrition::by_criterion(self)
    }

    /// Everything about one patient, with evidence; also for a patient who is not looked at.
    #[must_use]
    pub fn explain(&self, patient: PatientId) -> Explanation {
        population::explain(self, patient)
    }

    /// Content of a column for one patient. Columns of the plan are bound once; another one is
    /// bound anew at each call.
    #[must_use]
    pub fn cell(&self, patient: PatientId, column: &Column) -> Cell {
        match &column.content {
            ColumnContent::Fields(fields) => {
                cell::fields(&self.records.patients, patient, self.index_date, fields)
            }
            ColumnContent::Records { selection, show } => match self.bound_column(column) {
                Some(select) => Run::new(self, patient, Silent).records_cell(select, *show),
                None => self.foreign_cell(patient, selection, *show),
            },
        }
    }

    /// The same for many patients; a column that is not the plan's own is bound once.
    pub fn cells(
        &self,
        column: &Column,
        patients: impl IntoIterator<Item = PatientId>,
    ) -> Vec<Cell> {
        let ColumnContent::Records { selection, show } = &column.content else {
            return patients.into_iter().map(|patient| self.cell(patient, column)).collect();
        };
        let select = Select::new(selection, self.records, &self.factors);
        let mut run = Run::new(self, PatientId(0), Silent);
        let mut cell = |patient| {
            run.turn_to(patient);
            run.records_cell(&select, *show)
        };
        patients.into_iter().map(&mut cell).collect()
    }

    /// What the orders running on the index date sum to in a criterion with `omeq_pr_doegn`; `None`
    /// where the criterion has no sum or the export no medicines.
    #[must_use]
    pub fn opioid_sum(&self, of: CriterionId, patient: PatientId) -> Option<crate::opioid::Sum> {
        match self.bound.get(of.0)? {
            Bound::Select(select) if select.ask.derived == Some(Derived::Omeq) => {
                omeq::sum_of(select.source.as_ref()?, patient, self.index_date)
            }
            _ => None,
        }
    }

    /// Calls back once per patient with the rows that a selection without an anchor asks for in its
    /// window: position, and whether surely.
    pub fn for_each_row_set(
        &self,
        selection: &Selection,
        patients: impl IntoIterator<Item = PatientId>,
        mut each: impl FnMut(PatientId, &[(usize, bool)]),
    ) {
        let select = Select::new(selection, self.records, &self.factors);
        let Some(source) = &select.source else { return };
        let span = select.span(self.index_date, self.index_date);
        let (mut hits, mut rows) = (Vec::new(), Vec::new());
        for patient in patients {
            hits.clear();
            select::collect(&select, source, patient, span, &mut hits);
            rows.clear();
            rows.extend(hits.iter().map(|hit| (hit.position, hit.sure())));
            each(patient, &rows);
        }
    }

    /// Registers that the plan's population reads and this export does not have.
    #[must_use]
    pub fn missing_registers(&self) -> Vec<Register> {
        missing_registers(self.plan, self.records)
    }

    /// Calls back once per patient who is looked at, in CPR order, with one entry per measure of the
    /// plan.
    pub fn for_each_measured(&self, each: impl FnMut(PatientId, &[Counted])) {
        population::measured(self, each);
    }

    fn bound_column(&self, column: &Column) -> Option<&Select<'a>> {
        let at = self.plan.columns.iter().position(|own| std::ptr::eq(own, column))?;
        self.columns.get(at)?.as_ref()
    }

    // The criteria stay bound (an anchor may name them); only the column is bound anew.
    fn foreign_cell(&self, patient: PatientId, selection: &Selection, show: Show) -> Cell {
        let records = self.records;
        let select = Select::new(selection, records, &self.factors);
        Run::new(self, patient, Silent).records_cell(&select, show)
    }
}

/// Medicine rows of which nothing says when they end: a duration is assumed (rule R7 d).
#[must_use]
pub fn assumed_ends(records: &Records) -> u64 {
    let Some(events) = records.events(Register::Medicin) else { return 0 };
    // How many days are assumed does not change how many rows need them.
    let periods = period::Periods::new(events, Register::Medicin, 1);
    let assumed = |position: &usize| periods.of(*position).assumed_end().is_some();
    (0..events.len()).filter(assumed).count() as u64
}
