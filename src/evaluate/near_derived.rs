//! The nearest miss of a criterion with `beregning`.

use crate::amount::Amount;
use crate::day::Day;
use crate::evaluate::bind::{Select, Source};
use crate::evaluate::compare::Interval;
use crate::evaluate::derived::{Number, duration};
use crate::evaluate::episode;
use crate::evaluate::explain::NearMiss;
use crate::evaluate::near;
use crate::evaluate::run::Run;
use crate::evaluate::trace::Recorder;
use crate::evaluate::window::Span;
use crate::profile::plan::{Compare, Derived, Op, Shift, Test, TimeBasis};
use crate::truth::Truth;

impl<'a, R: Recorder> Run<'_, 'a, R> {
    /// Says why a derived value gives no.
    pub fn derived_miss(
        &mut self,
        derived: &Derived,
        select: &Select<'a>,
        source: &Source<'a>,
        span: Span,
        number: Number,
    ) {
        let compare = match &select.ask.test {
            Some(Test::Value(compare)) => Some(compare),
            _ => None,
        };
        let miss = self
            .interrupted(derived, select, source, number, compare)
            .or_else(|| compare.and_then(|compare| off(derived, number, compare)))
            .or_else(|| self.other(derived))
            .unwrap_or_else(|| self.nowhere(derived, select, source, span));
        self.recorder.near_miss(miss);
    }

    // Treatments are held against the window by when they run, whatever `tid` says.
    fn nowhere(
        &self,
        derived: &Derived,
        select: &Select<'a>,
        source: &Source<'a>,
        span: Span,
    ) -> NearMiss {
        let basis = if derived.of_periods() { TimeBasis::Period } else { select.ask.basis };
        near::elsewhere(select, source, self.patient, span, basis)
    }

    // A course that is over, or too short because the one before it ended too early.
    fn interrupted(
        &self,
        derived: &Derived,
        select: &Select<'a>,
        source: &Source<'a>,
        number: Number,
        compare: Option<&Compare>,
    ) -> Option<NearMiss> {
        let Derived::CurrentEpisode { gap_days } = derived else { return None };
        let short = compare.is_none_or(|c| matches!(c.op, Op::AtLeast | Op::Greater));
        if !short && !matches!(number, Number::None) {
            return None;
        }
        let index = self.evaluator.index_date;
        let days = episode::interruption(select, source, self.patient, index, *gap_days)?;
        Some(NearMiss::Gap { days, allowed: *gap_days })
    }

    // `dage_mellem` is no where one of its criteria is.
    fn other(&mut self, derived: &Derived) -> Option<NearMiss> {
        let Derived::DaysBetween { from, to } = derived else { return None };
        let missing = [*from, *to].into_iter().find(|id| self.truth(*id) == Truth::No);
        missing.map(NearMiss::Named)
    }
}

// How far the value is from the limit; a number of nought rows or days is counted from nothing, but
// a time of nought is a time.
fn off(derived: &Derived, number: Number, compare: &Compare) -> Option<NearMiss> {
    let time =
        matches!(derived, Derived::DaysSince | Derived::MonthsSince | Derived::DaysBetween { .. });
    match number {
        Number::None | Number::Unknown | Number::Some => None,
        Number::Within(within) => off_within(within, compare, time),
        Number::Sum(sum) => off_within(sum.within, compare, time),
        Number::Mean { .. } => {
            let (mean, _) = number.shown()?;
            Some(NearMiss::Number(mean, distance(mean, compare.limit)))
        }
        Number::Since { start, until, days, .. } => {
            Some(NearMiss::Duration { start, days, by: days_off(start, until, compare) })
        }
    }
}

// The bound that is nearest to the limit.
fn off_within(within: Interval, compare: &Compare, time: bool) -> Option<NearMiss> {
    let (low, high) = (within.low.map(|edge| edge.0), within.high.map(|edge| edge.0));
    let bound = match compare.op {
        Op::Less | Op::AtMost => low,
        Op::Greater | Op::AtLeast => high,
        Op::Equal => low.filter(|low| *low > compare.limit).or(high),
    }?;
    let nothing = !time && high == Some(Amount::whole(0));
    (!nothing).then(|| NearMiss::Number(bound, distance(bound, compare.limit)))
}

fn distance(value: Amount, limit: Amount) -> Amount {
    Amount(value.0.saturating_sub(limit.0).saturating_abs())
}

fn days_off(start: Day, until: Day, compare: &Compare) -> i32 {
    let limit = match duration(compare) {
        Some(shift) => Shift { count: shift.count.saturating_neg(), ..shift }.from(until),
        None => {
            let week = if compare.unit.starts_with("uge") { 7 } else { 1 };
            let days = compare.limit.0.saturating_mul(week) / Amount::ONE;
            until.add_days(-i32::try_from(days).unwrap_or(i32::MAX))
        }
    };
    // »More than« and »less than« are not met on the day itself.
    let strict = i32::from(matches!(compare.op, Op::Less | Op::Greater));
    start.0.abs_diff(limit.0).cast_signed() + strict
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_off_are_days_until_it_would_hold() {
        let day = |text: &str| Day::parse_iso(text).unwrap();
        let compare = |op, limit, unit: &str| Compare {
            op,
            limit: Amount::whole(limit),
            unit: unit.to_owned(),
        };
        let until = day("2026-06-01");
        let off =
            |start: &str, op, limit, unit| days_off(day(start), until, &compare(op, limit, unit));
        assert_eq!(off("2025-12-02", Op::AtLeast, 6, "mdr"), 1);
        assert_eq!(off("2025-12-01", Op::Greater, 6, "mdr"), 1);
        assert_eq!(off("2025-12-01", Op::Less, 6, "mdr"), 1);
        assert_eq!(off("2025-11-30", Op::AtMost, 6, "mdr"), 1);
        assert_eq!(off("2026-05-25", Op::AtLeast, 2, "uger"), 7);
        assert_eq!(off("2026-05-25", Op::AtLeast, 10, "d"), 3);
    }
}
