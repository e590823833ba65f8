//! The opioid orders of a patient that run on a day, from rows and their periods (rule R18).

use crate::day::Day;
use crate::evaluate::hit::Doubt;
use crate::evaluate::period::{Period, Periods};
use crate::opioid::Doses;
use crate::opioid::order::{self, Course};
use crate::opioid::receipt::ReceiptLine;
use crate::records::Events;
use crate::schema::Field;

/// What the orders are made of.
#[derive(Clone, Copy)]
pub(crate) struct Orders<'a> {
    /// The medicine register.
    pub events: &'a Events,
    /// The periods of its rows.
    pub periods: &'a Periods<'a>,
    /// The doses of its opioid rows.
    pub doses: &'a Doses,
}

impl Orders<'_> {
    /// Of these rows, the orders that run on the day, and those of them that no sum ever holds.
    pub fn lines(
        &self,
        day: Day,
        rows: &[(usize, Option<Doubt>)],
    ) -> (Vec<ReceiptLine>, Vec<ReceiptLine>) {
        let known = rows.iter().filter(|(position, _)| self.doses.line(*position).is_some());
        let courses: Vec<Course> = known
            .filter_map(|(position, doubt)| self.course(day, *position, doubt.is_none()))
            .collect();
        let line = |order: order::Order| {
            let lines: Vec<_> = order.rows.iter().filter_map(|row| self.doses.line(*row)).collect();
            ReceiptLine::new(order, &lines)
        };
        let orders = order::running(self.events, day, &courses);
        orders.into_iter().filter_map(line).partition(ReceiptLine::is_counted)
    }

    fn course(&self, day: Day, position: usize, sure: bool) -> Option<Course> {
        let runs = match self.periods.of(position) {
            Period::None => return None,
            Period::Until(end) if end < day => return None,
            Period::Until(_) | Period::Undated => None,
            Period::Runs { from, .. } if day < from => return None,
            Period::Runs { from, to, .. } => Some((from, to)),
        };
        let has_end = self.events.date(position, Field::Slutdato).is_some();
        let ended_by_later = !has_end && runs.is_some_and(|(_, to)| to < Day::MAX);
        let kind = self.doses.kind(self.events, position);
        Some(Course { position, runs, ended_by_later, sure, kind })
    }
}
