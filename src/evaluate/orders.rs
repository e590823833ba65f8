//! The opioid orders of a patient that run on a day, from rows and their periods (rule R18).

use crate::day::Day;
use crate::evaluate::hit::Doubt;
use crate::evaluate::period::{Period, Periods};
use crate::opioid::Doses;
use crate::opioid::order::{self, Course, Courses, NO_START, Order};
use crate::opioid::receipt::ReceiptLine;
use crate::opioid::sum::{Equivalents, Sum};
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

/// An order with its dose.
#[derive(Clone, Debug)]
pub(crate) struct Dosed {
    /// The order.
    pub order: Order,
    /// In morphine milligrams a day; `None` = cannot be computed.
    pub equivalents: Option<Equivalents>,
}

impl Orders<'_> {
    /// Of these rows, those of opioids, with the days on which they run.
    pub fn courses(&self, rows: impl Iterator<Item = (usize, Option<Doubt>)>) -> Courses {
        let course = |(position, doubt): (usize, Option<Doubt>)| self.course(position, doubt);
        Courses::new(rows.filter_map(course).collect())
    }

    /// What runs of them on a day, but for what no sum ever holds: in the order of their rows.
    pub fn counted(&self, running: &[Course], day: Day) -> Vec<Dosed> {
        let mut counted: Vec<Dosed> = Vec::new();
        for order in order::orders(running, day).filter(|order| self.is_counted(order)) {
            let before = |other: &Dosed| other.order.rows.first() < order.rows.first();
            let at = counted.partition_point(before);
            let equivalents = self.doses.equivalents(&order.rows);
            counted.insert(at, Dosed { order, equivalents });
        }
        counted
    }

    /// Running orders that no sum ever holds.
    pub fn never(&self, running: &[Course], day: Day) -> Vec<ReceiptLine> {
        let never = order::orders(running, day).filter(|order| !self.is_counted(order));
        let dosed =
            |order: Order| Dosed { equivalents: self.doses.equivalents(&order.rows), order };
        self.lines(never.map(dosed).collect())
    }

    /// As lines of a receipt.
    pub fn lines(&self, orders: Vec<Dosed>) -> Vec<ReceiptLine> {
        let line = |Dosed { order, equivalents }| {
            let lines: Vec<_> = order.rows.iter().filter_map(|row| self.doses.line(*row)).collect();
            ReceiptLine::new(order, &lines, equivalents)
        };
        orders.into_iter().filter_map(line).collect()
    }

    fn is_counted(&self, order: &Order) -> bool {
        let line = order.rows.first().and_then(|row| self.doses.line(*row));
        line.is_some_and(crate::opioid::doses::Line::is_counted)
    }

    fn course(&self, position: usize, doubt: Option<Doubt>) -> Option<Course> {
        let product = self.doses.product(self.events, position)?;
        let (from, to) = match self.periods.of(position) {
            Period::None => return None,
            Period::Undated => (NO_START, Day::MAX),
            Period::Until(end) => (NO_START, end),
            Period::Runs { from, to, .. } => (from, to),
        };
        let dated = from != NO_START;
        let has_end = self.events.date(position, Field::Slutdato).is_some();
        Some(Course {
            position,
            key: order::key(self.events, position, product),
            from,
            to,
            dated,
            ended_by_later: dated && !has_end && to < Day::MAX,
            sure: doubt.is_none(),
            event: self.events.day(position),
        })
    }
}

/// The sum of orders.
pub(crate) fn sum(orders: &[Dosed]) -> Sum {
    let mut sum = Sum::default();
    for dosed in orders {
        sum.add(dosed.equivalents, dosed.order.sure);
    }
    sum
}
