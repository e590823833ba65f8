//! The sum of rule R18 over time: one patient's morphine equivalents a day, step by step.
//!
//! A day of the history is the same arithmetic as the sum on that day: the orders that run, added.
//! When each row runs is worked out once, and only the days on which the sum can change are added
//! up, from what runs on them.

use std::sync::Arc;

use crate::day::Day;
use crate::evaluate::cumulated::{join, stretches};
use crate::evaluate::orders::{self, Orders};
use crate::evaluate::period::{Period, Periods};
use crate::evaluate::window::Span;
use crate::opioid::dose::Kind;
use crate::opioid::order::{Course, Courses};
use crate::opioid::receipt::ReceiptLine;
use crate::opioid::sum::Sum;
use crate::opioid::table::Counted;
use crate::opioid::{self, Doses, Table};
use crate::records::{Events, PatientId, Records};
use crate::schema::Register;

pub use crate::opioid::sum::Step;

/// A row's treatment, for drawing and for courses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Treatment {
    /// Position of the row.
    pub position: usize,
    /// First day; `None` = nothing says when.
    pub from: Option<Day>,
    /// Last day; [`Day::MAX`] = runs on; `None` = nothing says when.
    pub to: Option<Day>,
    /// The end is assumed (rule R7 d).
    pub assumed: bool,
    /// Taken for need only.
    pub as_needed: bool,
    /// Does the table know it as an opioid that belongs to the sum?
    pub counted: bool,
}

/// The medicine of an export, ready to be asked for histories.
pub struct Histories<'a> {
    events: &'a Events,
    periods: Periods<'a>,
    doses: Arc<Doses>,
}

impl<'a> Histories<'a> {
    /// `None` = the export has no medicine. Rows without end or amount cover `assumed_days`; sums
    /// have the factors of the built-in table.
    #[must_use]
    pub fn new(records: &'a Records, assumed_days: i32) -> Option<Self> {
        Self::with_factors(records, assumed_days, opioid::table())
    }

    /// The same with the factors of this table.
    #[must_use]
    pub fn with_factors(
        records: &'a Records,
        assumed_days: i32,
        factors: &Arc<Table>,
    ) -> Option<Self> {
        let events = records.events(Register::Medicin)?;
        let periods = Periods::new(events, Register::Medicin, assumed_days).keep();
        Some(Self { events, periods, doses: Doses::of(events, factors)? })
    }

    /// Every medicine row of the patient with its period; paused rows are left out.
    #[must_use]
    pub fn treatments(&self, patient: PatientId) -> Vec<Treatment> {
        self.events.of(patient).filter_map(|position| self.treatment(position)).collect()
    }

    fn treatment(&self, position: usize) -> Option<Treatment> {
        let period = self.periods.of(position);
        let (from, to) = ends(period)?;
        let assumed = period.assumed_end().is_some();
        let as_needed = self.doses.kind(self.events, position) == Kind::AsNeeded;
        let counted = self.is_counted(position);
        Some(Treatment { position, from, to, assumed, as_needed, counted })
    }

    fn is_counted(&self, position: usize) -> bool {
        let line = self.doses.line(position);
        line.is_some_and(|line| line.of_code.counted == Counted::Yes)
    }

    /// The medicine register.
    #[must_use]
    pub const fn events(&self) -> &'a Events {
        self.events
    }

    /// The first day that the medicine register holds.
    #[must_use]
    pub fn first_day(&self) -> Option<Day> {
        self.events.first_day()
    }

    /// The sum on one day.
    #[must_use]
    pub fn on(&self, patient: PatientId, day: Day) -> Sum {
        self.sum(&self.courses(patient).on(day), day).0
    }

    /// The sums on two days.
    pub(super) fn on_both(&self, patient: PatientId, days: (Day, Day)) -> (Sum, Sum) {
        let courses = self.courses(patient);
        let on = |day| self.sum(&courses.on(day), day).0;
        (on(days.0), on(days.1))
    }

    /// The orders of the sum on one day.
    #[must_use]
    pub fn lines(&self, patient: PatientId, day: Day) -> Vec<ReceiptLine> {
        let orders = self.orders();
        orders.lines(orders.counted(&self.courses(patient).on(day), day))
    }

    /// From the first to the last day, both in; neighbours differ.
    #[must_use]
    pub fn steps(&self, patient: PatientId, first: Day, last: Day) -> Vec<Step> {
        let span = Span { from: first, to: last, holds_undated: false };
        let mut steps: Vec<Step> = Vec::new();
        for (step, _) in stretches(&self.orders(), self.courses(patient), span) {
            join(&mut steps, step);
        }
        steps
    }

    /// First and last day of the counted rows; `None` = nothing says when.
    pub(super) fn counted_spans(
        &self,
        patient: PatientId,
    ) -> impl Iterator<Item = (Option<Day>, Option<Day>)> {
        self.rows(patient).filter_map(|position| ends(self.periods.of(position)))
    }

    fn rows(&self, patient: PatientId) -> impl Iterator<Item = usize> {
        self.events.of(patient).filter(|position| self.is_counted(*position))
    }

    fn courses(&self, patient: PatientId) -> Courses {
        self.orders().courses(self.rows(patient).map(|position| (position, None)))
    }

    fn orders(&self) -> Orders<'_> {
        Orders { events: self.events, periods: &self.periods, doses: &self.doses }
    }

    fn sum(&self, running: &[Course], day: Day) -> (Sum, usize) {
        let counted = self.orders().counted(running, day);
        (orders::sum(&counted), counted.len())
    }
}

// First and last day of a period, as far as they are known; `None` = it runs on no day.
fn ends(period: Period) -> Option<(Option<Day>, Option<Day>)> {
    match period {
        Period::None => None,
        Period::Undated => Some((None, None)),
        Period::Until(end) => Some((None, Some(end))),
        Period::Runs { from, to, .. } => Some((Some(from), Some(to))),
    }
}
