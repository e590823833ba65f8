//! The sum of rule R18 over time: one patient's morphine equivalents a day, step by step.
//!
//! A day of the history is the same arithmetic as the sum on that day: only the days on which it
//! can change are computed.

use std::sync::Arc;

use crate::day::Day;
use crate::evaluate::orders::Orders;
use crate::evaluate::period::{Period, Periods};
use crate::opioid::dose::Kind;
use crate::opioid::receipt::ReceiptLine;
use crate::opioid::sum::Sum;
use crate::opioid::table::Counted;
use crate::opioid::{self, Doses, Table};
use crate::records::{Events, PatientId, Records};
use crate::schema::Register;

/// Days with one sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// The sum on each of them.
    pub sum: Sum,
    /// How many orders run.
    pub orders: usize,
}

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
        let (from, to, assumed) = match self.periods.of(position) {
            Period::None => return None,
            Period::Undated => (None, None, false),
            Period::Until(end) => (None, Some(end), false),
            Period::Runs { from, to, assumed } => (Some(from), Some(to), assumed),
        };
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
        self.sum(&self.rows(patient), day).0
    }

    /// The orders of the sum on one day.
    #[must_use]
    pub fn lines(&self, patient: PatientId, day: Day) -> Vec<ReceiptLine> {
        self.orders().lines(day, &asked(&self.rows(patient))).0
    }

    /// From the first to the last day, both in; neighbours differ.
    #[must_use]
    pub fn steps(&self, patient: PatientId, first: Day, last: Day) -> Vec<Step> {
        let rows = self.rows(patient);
        let mut days = self.changes(&rows, first, last);
        days.push(last.add_days(1));
        let mut steps: Vec<Step> = Vec::new();
        for pair in days.windows(2) {
            let [from, next] = *pair else { continue };
            let (sum, orders) = self.sum(&rows, from);
            match steps.last_mut() {
                Some(before) if (before.sum, before.orders) == (sum, orders) => {
                    before.to = next.add_days(-1);
                }
                _ => steps.push(Step { from, to: next.add_days(-1), sum, orders }),
            }
        }
        steps
    }

    fn rows(&self, patient: PatientId) -> Vec<usize> {
        self.events.of(patient).filter(|position| self.is_counted(*position)).collect()
    }

    fn orders(&self) -> Orders<'_> {
        Orders { events: self.events, periods: &self.periods, doses: &self.doses }
    }

    fn sum(&self, rows: &[usize], day: Day) -> (Sum, usize) {
        let (lines, _) = self.orders().lines(day, &asked(rows));
        let mut sum = Sum::default();
        for line in &lines {
            sum.add(line.equivalents, line.order.sure);
        }
        (sum, lines.len())
    }

    // A period begins, or has ended the day before; a dispensing may change what decides.
    fn changes(&self, rows: &[usize], first: Day, last: Day) -> Vec<Day> {
        let of_row = |position: usize| {
            let (from, to) = match self.periods.of(position) {
                Period::Runs { from, to, .. } => (Some(from), Some(to)),
                Period::Until(end) => (None, Some(end)),
                Period::None | Period::Undated => (None, None),
            };
            let after = to.filter(|to| *to < Day::MAX).map(|to| to.add_days(1));
            [from, after, self.events.day(position)]
        };
        let found = rows.iter().flat_map(|position| of_row(*position)).flatten();
        let mut days: Vec<Day> = found.filter(|day| first < *day && *day <= last).collect();
        if first <= last {
            days.push(first);
        }
        days.sort_unstable();
        days.dedup();
        days
    }
}

fn asked<D>(rows: &[usize]) -> Vec<(usize, Option<D>)> {
    rows.iter().map(|position| (*position, None)).collect()
}
