//! `omeq_sum` (appendix I of the language): the sum of rule R18 on each day of the window, added.
//! On how many days a sum holds is worked out; no day is added up alone.

use std::sync::Arc;

use crate::day::Day;
use crate::evaluate::bind::{Select, Source};
use crate::evaluate::derived::Number;
use crate::evaluate::hit::Hit;
use crate::evaluate::omeq::{bounds, hits, is_grey, limit};
use crate::evaluate::orders::{self, Dosed, Orders};
use crate::evaluate::run::Run;
use crate::evaluate::select::matching;
use crate::evaluate::trace::Recorder;
use crate::evaluate::window::Span;
use crate::opioid::order::Courses;
use crate::opioid::receipt::{Receipt, ReceiptLine};
use crate::opioid::sum::{Step, Sum};
use crate::records::PatientId;

impl<'a, R: Recorder> Run<'_, 'a, R> {
    /// The sums of the window's days, added; `used` receives the rows that decide on any of them.
    pub fn omeq_sum(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        span: Span,
        used: &mut Vec<Hit>,
    ) -> Number {
        let day = self.evaluator.index_date;
        let Some(receipt) = cumulated(select, source, self.patient, (span, day), R::ON, used)
        else {
            return Number::Unknown;
        };
        let sum = receipt.sum;
        self.recorder.receipt(receipt);
        Number::Sum(bounds(sum.fixed, sum.most))
    }
}

/// The sum of one patient over the days of a window, with what is shown of it if it is `shown`;
/// `None` where doses are not asked for.
pub(super) fn cumulated(
    select: &Select<'_>,
    source: &Source<'_>,
    patient: PatientId,
    (span, day): (Span, Day),
    shown: bool,
    used: &mut Vec<Hit>,
) -> Option<Receipt> {
    let doses = source.doses.as_deref()?;
    let asked: Vec<_> = matching(source, patient).collect();
    let orders = Orders { events: source.events, periods: &source.periods, doses };
    let mut sum = Sum::default();
    let (mut steps, mut lines) = (Vec::new(), Vec::<ReceiptLine>::new());
    for (step, counted) in stretches(&orders, orders.courses(asked.iter().copied()), span) {
        sum.add_days(&step);
        for hit in counted.iter().flat_map(|dosed| hits(source, dosed, &asked)) {
            if !used.contains(&hit) {
                used.push(hit);
            }
        }
        if shown && step.orders > 0 {
            join(&mut steps, step);
            for line in orders.lines(counted) {
                if !lines.iter().any(|known| known.order.rows == line.order.rows) {
                    lines.push(line);
                }
            }
        }
    }
    let limit = limit(select.ask);
    // Of a window that hangs on other rows nothing is said.
    let grey = select.ask.anchor.is_none() && limit.is_some_and(|limit| is_grey(&sum, limit));
    let limit = limit.map(|limit| limit.limit);
    let (factors, apart) = (Arc::clone(&doses.table), Vec::new());
    Some(Receipt { day, factors, lines, apart, steps, sum, limit, grey })
}

/// One stretch more; with the one before it where that ends the day before and says the same.
pub(super) fn join(steps: &mut Vec<Step>, step: Step) {
    match steps.last_mut() {
        Some(before)
            if (before.sum, before.orders) == (step.sum, step.orders)
                && before.to.add_days(1) == step.from =>
        {
            before.to = step.to;
        }
        _ => steps.push(step),
    }
}

/// Days on which nothing changes, and what runs on them.
pub(super) fn stretches(
    orders: &Orders<'_>,
    courses: Courses,
    span: Span,
) -> Vec<(Step, Vec<Dosed>)> {
    let days = changes(&courses, span.from, span.to);
    let mut sweep = courses.sweep();
    let ends = days.iter().skip(1).map(|next| next.add_days(-1)).chain([span.to]);
    let step = |(from, to): (Day, Day)| {
        let counted = orders.counted(sweep.on(from), from);
        (Step { from, to, sum: orders::sum(&counted), orders: counted.len() }, counted)
    };
    days.iter().copied().zip(ends).map(step).collect()
}

// The days on which the sum can change, the first day of all among them.
fn changes(courses: &Courses, first: Day, last: Day) -> Vec<Day> {
    let mut days: Vec<Day> = courses.changes().filter(|day| first < *day && *day <= last).collect();
    if first <= last {
        days.push(first);
    }
    crate::sort::plain(&mut days);
    days.dedup();
    days
}
