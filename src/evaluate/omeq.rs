//! `omeq_pr_doegn`, `ddd_sum` and `enheder_sum` (rules R18, R17b): rows and periods for the sums of
//! [`crate::opioid`].

use std::sync::Arc;

use crate::amount::Amount;
use crate::day::Day;
use crate::evaluate::bind::{Select, Source};
use crate::evaluate::compare::{Edge, Interval};
use crate::evaluate::cumulated::cumulated;
use crate::evaluate::derived::{Bounds, Number};
use crate::evaluate::hit::{Doubt, Hit};
use crate::evaluate::orders::{self, Dosed, Orders};
use crate::evaluate::run::Run;
use crate::evaluate::select::{collect, matching};
use crate::evaluate::trace::Recorder;
use crate::evaluate::window::Span;
use crate::opioid::receipt::{Receipt, ReceiptLine};
use crate::opioid::sum::Sum;
use crate::opioid::table::rounded;
use crate::profile::plan::{Compare, Derived, Selection, Test};
use crate::ratio::Ratio;
use crate::records::{Events, PatientId};
use crate::truth::Truth;

impl<'a, R: Recorder> Run<'_, 'a, R> {
    /// The sum over the orders that run on the index date.
    pub fn omeq(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        used: &mut Vec<Hit>,
    ) -> Number {
        let day = self.evaluator.index_date;
        let Some(doses) = source.doses.as_deref() else { return Number::Unknown };
        if !R::ON
            && let Some(known) = self.known_sum(select.ask)
        {
            used.extend_from_slice(known.1);
            return Number::Sum(bounds(known.0.fixed, known.0.most));
        }
        let asked: Vec<(usize, Option<Doubt>)> = matching(source, self.patient).collect();
        let orders = Orders { events: source.events, periods: &source.periods, doses };
        let running = orders.courses(asked.iter().copied()).on(day);
        let counted = orders.counted(&running, day);
        let sum = orders::sum(&counted);
        let found = || counted.iter().flat_map(|dosed| hits(source, dosed, &asked));
        used.extend(found());
        if R::ON {
            let mut apart = orders.never(&running, day);
            apart.extend(not_asked(&orders, self.patient, day, &asked));
            let limit = limit(select.ask);
            let grey = limit.is_some_and(|compare| is_grey(&sum, compare));
            let limit = limit.map(|compare| compare.limit);
            let (factors, lines) = (Arc::clone(&doses.table), orders.lines(counted));
            let steps = Vec::new();
            self.recorder.receipt(Receipt { day, factors, lines, apart, steps, sum, limit, grey });
        } else {
            self.sums.push((select.ask, sum, found().collect()));
        }
        Number::Sum(bounds(sum.fixed, sum.most))
    }

    // Flags differ in their limits, seldom in the sum that they hold against them.
    fn known_sum(&self, ask: &Selection) -> Option<(Sum, &[Hit])> {
        let known = self.sums.iter().find(|(known, ..)| asks_for_the_rows_of(known, ask));
        known.map(|(_, sum, hits)| (*sum, hits.as_slice()))
    }

    /// A number of each row in the window, added: defined daily doses, units.
    pub fn sum_of_rows(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        span: Span,
        of_row: fn(&Events, usize) -> Option<Ratio>,
        used: &mut Vec<Hit>,
    ) -> Number {
        let mut found = self.hits();
        collect(select, source, self.patient, span, &mut found);
        let (mut least, mut most) = (Ratio::ZERO, Some(Ratio::ZERO));
        for hit in &found {
            let number = of_row(source.events, hit.position);
            let next = number.and_then(|number| least.plus(number));
            most = number.and_then(|number| most?.plus(number));
            match next {
                Some(next) if hit.sure() => least = next,
                Some(_) => {}
                None => {
                    used.push(hit.doubted(Doubt::Dose));
                    continue;
                }
            }
            used.push(*hit);
        }
        self.give_back(found);
        Number::Sum(bounds(least, most))
    }
}

/// The sum of one patient over the orders that run on the day; `None` where doses are not asked for.
pub(super) fn sum_of(source: &Source<'_>, patient: PatientId, day: Day) -> Option<Sum> {
    let doses = source.doses.as_deref()?;
    let orders = Orders { events: source.events, periods: &source.periods, doses };
    let running = orders.courses(matching(source, patient)).on(day);
    Some(orders::sum(&orders.counted(&running, day)))
}

// The same rows with the same periods; what is asked of the sum may differ.
fn asks_for_the_rows_of(one: &Selection, other: &Selection) -> bool {
    let cover = |ask: &Selection| (ask.register, ask.assumed_cover_days, ask.dose_dispensed);
    cover(one) == cover(other)
        && one.codes == other.codes
        && one.name_contains == other.name_contains
        && (one.form, &one.route) == (other.form, &other.route)
}

/// Does the verdict hang on whose factors one takes, and on nothing else?
pub(super) fn is_open(
    select: &Select<'_>,
    source: &Source<'_>,
    patient: PatientId,
    day: Day,
) -> bool {
    let Some(compare) = limit(select.ask) else { return false };
    let mut none = Vec::new();
    let sum = match select.ask.derived {
        // Of a window that hangs on other rows nothing is said.
        Some(Derived::OmeqSum) if select.ask.anchor.is_some() => None,
        Some(Derived::OmeqSum) => {
            let window = (select.span(day, day), day);
            cumulated(select, source, patient, window, false, &mut none).map(|found| found.sum)
        }
        _ => sum_of(source, patient, day),
    };
    let Some(sum) = sum else { return false };
    let known = bounds(sum.fixed, sum.most).within.verdict_of(compare) != Truth::Unknown;
    known && is_grey(&sum, compare)
}

pub(super) fn limit(ask: &Selection) -> Option<&Compare> {
    match &ask.test {
        Some(Test::Value(compare)) => Some(compare),
        _ => None,
    }
}

// The verdict of the lowest published factors is another than that of the highest.
pub(super) fn is_grey(sum: &Sum, compare: &Compare) -> bool {
    let limit = Ratio::from(compare.limit);
    compare.op.holds(&sum.span.low, &limit) != compare.op.holds(&sum.span.high, &limit)
}

// Opioids that run and that the criterion does not ask for: shown beside the sum.
fn not_asked(
    orders: &Orders<'_>,
    patient: PatientId,
    day: Day,
    asked: &[(usize, Option<Doubt>)],
) -> Vec<ReceiptLine> {
    let others = orders.events.of(patient).map(|position| (position, None));
    let others = others.filter(|(row, _)| asked.iter().all(|(position, _)| position != row));
    let running = orders.courses(others).on(day);
    let mut counted = orders.lines(orders.counted(&running, day));
    counted.extend(orders.never(&running, day));
    counted
}

// The deciding rows of an order, as evidence.
pub(super) fn hits<'h>(
    source: &'h Source<'_>,
    dosed: &'h Dosed,
    asked: &'h [(usize, Option<Doubt>)],
) -> impl Iterator<Item = Hit> + 'h {
    dosed.order.rows.iter().map(move |row| {
        let asked =
            asked.iter().find(|(position, _)| position == row).and_then(|(_, doubt)| *doubt);
        let undated = (!dosed.order.sure).then_some(Doubt::Undated);
        let dose = match dosed.equivalents {
            None => Some(Doubt::Dose),
            Some(found) if found.as_needed.is_some() || found.fixed.single().is_none() => {
                Some(Doubt::AsNeeded)
            }
            Some(_) => None,
        };
        Hit {
            position: *row,
            day: source.events.day(*row),
            doubt: asked.or(undated).or(dose),
            assumed_end: source.periods.of(*row).assumed_end(),
        }
    })
}

pub(super) fn bounds(least: Ratio, most: Option<Ratio>) -> Bounds {
    let within = Interval { low: Some(edge_below(least)), high: most.map(edge_above) };
    Bounds { within, shown: rounded(least), at_least: most != Some(least) }
}

fn edge_below(number: Ratio) -> Edge {
    number.exact().map_or_else(|| (floor(number), true), |exact| (exact, false))
}

fn edge_above(number: Ratio) -> Edge {
    let above = |number| (Amount(floor(number).0.saturating_add(1)), true);
    number.exact().map_or_else(|| above(number), |exact| (exact, false))
}

fn floor(number: Ratio) -> Amount {
    let micro = i128::from(number.numerator()) * i128::from(Amount::ONE);
    let floor = micro.div_euclid(i128::from(number.denominator()));
    Amount(i64::try_from(floor).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::plan::Op;

    #[test]
    fn bounds_of_thirds_are_exact() {
        let third = Ratio::new(100, 3).unwrap();
        let one = bounds(third, Some(third));
        assert!(!one.at_least);
        let limit = |micro| Amount(micro);
        let verdict = |op, micro| one.within.verdict(op, limit(micro));
        assert_eq!(verdict(Op::Greater, 33_333_333), Truth::Yes);
        assert_eq!(verdict(Op::Greater, 33_333_334), Truth::No);
        assert_eq!(verdict(Op::AtMost, 33_333_333), Truth::No);
        let whole = bounds(Ratio::whole(100), None);
        assert_eq!(whole.within.verdict(Op::Greater, Amount::whole(100)), Truth::Unknown);
        assert_eq!(whole.within.verdict(Op::AtLeast, Amount::whole(100)), Truth::Yes);
    }
}
