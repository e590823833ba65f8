//! `beregning`: values derived from several records (rules R17, R17b).

use crate::amount::Amount;
use crate::day::Day;
use crate::evaluate::bind::{Bound, Select, Source};
use crate::evaluate::compare::Interval;
use crate::evaluate::count::code_key;
use crate::evaluate::episode;
use crate::evaluate::explain::UnknownReason;
use crate::evaluate::hit::{Doubt, Hit};
use crate::evaluate::patient::lasts;
use crate::evaluate::period;
use crate::evaluate::pick::value;
use crate::evaluate::run::Run;
use crate::evaluate::select::{collect, event_day, matching};
use crate::evaluate::together::Keys;
use crate::evaluate::trace::Recorder;
use crate::evaluate::window::{Span, Standing};
use crate::opioid::defined;
use crate::profile::plan::{Compare, CriterionId, Derived, Op, Selection, Shift, Test, Unit};
use crate::schema::Field;
use crate::truth::Truth;

/// The bounds of a sum, exact: where a bound is no number of millionths, it is the one beside it,
/// itself excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// Where it lies.
    pub within: Interval,
    /// The sum that is sure, rounded, for showing.
    pub shown: Amount,
    /// It may be more.
    pub at_least: bool,
}

/// A derived value, as far as the data tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    /// There is nothing to derive it from: nej.
    None,
    /// The data do not say.
    Unknown,
    /// There is one; the data do not say which.
    Some,
    /// Within bounds.
    Within(Interval),
    /// Time since a day; `at_least` = it may be longer.
    Since {
        /// When it began.
        start: Day,
        /// Until when it is counted.
        until: Day,
        /// Days between the two, or both ends counted.
        days: i32,
        /// It may have begun earlier.
        at_least: bool,
    },
    /// A sum within bounds.
    Sum(Bounds),
    /// The mean of exact values: sum and number.
    Mean {
        /// Millionths.
        sum: i128,
        /// How many.
        count: i128,
    },
}

impl<'a, R: Recorder> Run<'_, 'a, R> {
    /// Verdict of a derived value held against its limit.
    pub fn derived(
        &mut self,
        derived: &Derived,
        select: &Select<'a>,
        source: &Source<'a>,
        span: Span,
        used: &mut Vec<Hit>,
    ) -> Truth {
        let number = self.number(derived, select, source, span, used);
        if let Some((shown, _)) = number.shown() {
            self.recorder.value(shown);
        }
        let truth = number.verdict(derived, select.ask);
        if R::ON && truth == Truth::No {
            self.derived_miss(derived, select, source, span, number);
        }
        if R::ON && truth == Truth::Unknown {
            self.record_doubt(select.register(), used);
            if matches!(number, Number::Since { at_least: true, .. }) {
                self.recorder.unknown(UnknownReason::BeforeRegister(select.register()));
            }
        }
        truth
    }

    /// The derived value; `used` receives the records behind it.
    pub fn number(
        &mut self,
        derived: &Derived,
        select: &Select<'a>,
        source: &Source<'a>,
        span: Span,
        used: &mut Vec<Hit>,
    ) -> Number {
        match derived {
            Derived::DaysSince | Derived::MonthsSince => {
                self.since_latest(derived, select, source, span, used)
            }
            Derived::Products => self.products(select, source, used),
            Derived::CoveredDays => {
                let running = self.running(select, span, Keys::All);
                Number::Within(Interval::days(running.sure.count(), Some(running.possible.count())))
            }
            Derived::Mean => {
                collect(select, source, self.patient, span, used);
                mean(source, used)
            }
            Derived::CurrentEpisode { gap_days } => {
                let index = self.evaluator.index_date;
                episode::current(select, source, self.patient, index, *gap_days, used)
            }
            Derived::LongestEpisode { gap_days } => {
                let index = self.evaluator.index_date;
                episode::longest(select, source, self.patient, index, *gap_days, used)
            }
            Derived::DaysBetween { from, to } => self.days_between(*from, *to),
            Derived::Omeq => self.omeq(select, source, used),
            Derived::OmeqSum => self.omeq_sum(select, source, span, used),
            Derived::DddSum => self.sum_of_rows(select, source, span, defined::of_row, used),
            Derived::UnitSum => self.sum_of_rows(select, source, span, period::units, used),
        }
    }

    // Time since the latest event. Of days, undated records are left aside as in `seneste`; of
    // months, one of them could be the latest (appendix A).
    fn since_latest(
        &mut self,
        derived: &Derived,
        select: &Select<'a>,
        source: &Source<'a>,
        span: Span,
        used: &mut Vec<Hit>,
    ) -> Number {
        let mut hits = self.hits();
        collect(select, source, self.patient, span, &mut hits);
        let index = self.evaluator.index_date;
        let measure = |day: Day| match derived {
            Derived::MonthsSince => day.months_until(index),
            _ => index.0.saturating_sub(day.0),
        };
        let sure = hits.iter().filter(|h| h.sure()).filter_map(|h| h.day).max();
        let possible = hits.iter().filter_map(|h| h.day).max();
        let any_undated = hits.iter().any(|h| h.day.is_none());
        let undecided = possible.is_none() || *derived == Derived::MonthsSince && any_undated;
        if undecided {
            used.extend_from_slice(&hits);
        } else {
            used.extend(hits.iter().filter(|hit| hit.day.is_some() && hit.day >= sure));
        }
        self.give_back(hits);
        if undecided {
            return match sure {
                _ if used.is_empty() => Number::None,
                Some(_) => Number::Some,
                None => Number::Unknown,
            };
        }
        match (sure, possible) {
            (Some(sure), Some(possible)) if sure == possible && *derived == Derived::DaysSince => {
                Number::Since { start: sure, until: index, days: measure(sure), at_least: false }
            }
            (Some(sure), Some(possible)) => {
                Number::Within(Interval::days(measure(possible), Some(measure(sure))))
            }
            _ => Number::Unknown,
        }
    }

    // Distinct codes running on the index date. A row whose code is shorter, or which runs only
    // perhaps, may be one more.
    fn products(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        used: &mut Vec<Hit>,
    ) -> Number {
        let index = self.evaluator.index_date;
        let today = Span::day(index);
        let (mut sure, mut unsure) =
            (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
        let mut nameless = 0;
        for (position, doubt) in matching(source, self.patient) {
            let period = source.periods.of(position);
            let doubt = match period.place(today) {
                Standing::Outside => continue,
                Standing::Perhaps => Some(Doubt::Undated),
                Standing::Inside => doubt,
            };
            let key = code_key(select.ask, source.events, position).filter(|key| key.len() == 7);
            let doubt =
                if key.is_none() { doubt.or(Some(Doubt::Field(Field::Kode))) } else { doubt };
            match key {
                None => nameless += 1,
                Some(key) if doubt.is_none() => _ = sure.insert(key),
                Some(key) => _ = unsure.insert(key),
            }
            let day = event_day(select.register(), source, position);
            used.push(Hit { position, day, doubt, assumed_end: period.assumed_end() });
        }
        let days = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        let more = unsure.difference(&sure).count() + nameless;
        Number::Within(Interval::days(days(sure.len()), Some(days(sure.len() + more))))
    }

    // From the latest event of one criterion to the latest of another.
    fn days_between(&mut self, from: CriterionId, to: CriterionId) -> Number {
        match (self.latest_of(from), self.latest_of(to)) {
            (Err(Truth::No), _) | (_, Err(Truth::No)) => Number::None,
            (Ok(from), Ok(to)) => {
                let days = to.0.saturating_sub(from.0);
                Number::Within(Interval::days(days, Some(days)))
            }
            _ => Number::Unknown,
        }
    }

    fn latest_of(&mut self, id: CriterionId) -> Result<Day, Truth> {
        let Some(Bound::Select(select)) = self.evaluator.bound.get(id.0) else {
            return Err(Truth::Unknown);
        };
        let mut hits = self.hits();
        let truth = self.select(select, &mut hits);
        self.record_hits(select.register(), &hits);
        let sure = hits.iter().filter(|h| h.sure()).filter_map(|h| h.day).max();
        let possible = hits.iter().filter_map(|h| h.day).max();
        self.give_back(hits);
        match (truth, sure) {
            (Truth::No, _) => Err(Truth::No),
            (Truth::Yes, Some(day)) if sure == possible => Ok(day),
            _ => {
                self.recorder.unknown(UnknownReason::Anchor(id));
                Err(Truth::Unknown)
            }
        }
    }
}

impl Number {
    /// The number to show, and whether it is only a lower bound.
    pub fn shown(self) -> Option<(Amount, bool)> {
        match self {
            Self::None | Self::Unknown | Self::Some => None,
            Self::Within(within) => within.low.map(|(low, _)| (low, within.single().is_none())),
            Self::Sum(bounds) => Some((bounds.shown, bounds.at_least)),
            Self::Since { days, at_least, .. } => Some((Amount::whole(i64::from(days)), at_least)),
            Self::Mean { sum, count } => {
                let rounded = (sum + count / 2).checked_div_euclid(count)?;
                i64::try_from(rounded).ok().map(|micro| (Amount(micro), false))
            }
        }
    }

    fn verdict(self, derived: &Derived, ask: &Selection) -> Truth {
        let Some(Test::Value(compare)) = &ask.test else { return self.is_there(derived) };
        match self {
            Self::None => Truth::No,
            Self::Unknown | Self::Some => Truth::Unknown,
            Self::Within(within) | Self::Sum(Bounds { within, .. }) => within.verdict_of(compare),
            Self::Mean { sum, count } => {
                let limit = i128::from(compare.limit.0) * count;
                Truth::known(compare.op.holds(&sum, &limit))
            }
            Self::Since { start, until, days, at_least } => {
                since_verdict(start, until, days, at_least, compare)
            }
        }
    }

    // Without `vaerdi`: is there anything to derive it from? A number of nought is counted from
    // nothing; a time of nought is a time.
    fn is_there(self, derived: &Derived) -> Truth {
        let counts = matches!(
            derived,
            Derived::LongestEpisode { .. } | Derived::CoveredDays | Derived::Products
        );
        match self {
            Self::None => Truth::No,
            Self::Unknown => Truth::Unknown,
            Self::Within(within) if counts => within.verdict_days(Op::Greater, 0),
            Self::Sum(bounds) => bounds.within.verdict_days(Op::Greater, 0),
            Self::Some | Self::Within(_) | Self::Since { .. } | Self::Mean { .. } => Truth::Yes,
        }
    }
}

// In months and years the start is held against the day that lies so far back; in days and weeks
// the number of days is.
fn since_verdict(start: Day, until: Day, days: i32, at_least: bool, compare: &Compare) -> Truth {
    let is = |op: Op| match duration(compare) {
        Some(shift) => lasts(start, until, op, shift),
        None => {
            let weeks = if compare.unit.starts_with("uge") { 7 } else { 1 };
            let limit = Amount(compare.limit.0.saturating_mul(weeks));
            op.holds(&Amount::whole(i64::from(days)), &limit)
        }
    };
    let holds = is(compare.op);
    match (at_least, compare.op) {
        // Longer is never too short: what already holds, or already fails, stays so.
        (true, Op::AtLeast | Op::Greater) if !holds => Truth::Unknown,
        (true, Op::Less | Op::AtMost) if holds => Truth::Unknown,
        (true, Op::Equal) if !is(Op::Greater) => Truth::Unknown,
        _ => Truth::known(holds),
    }
}

pub(crate) fn duration(compare: &Compare) -> Option<Shift> {
    let unit = match compare.unit.as_str() {
        "mdr" => Unit::Months,
        "aar" | "år" => Unit::Years,
        _ => return None,
    };
    let count = i32::try_from(compare.limit.0 / Amount::ONE).ok()?;
    (compare.limit.0 % Amount::ONE == 0).then_some(Shift { count, unit })
}

// An interval, a text, a missing value or a record in doubt: unknown.
fn mean(source: &Source<'_>, used: &mut [Hit]) -> Number {
    let (mut sum, mut count, mut known) = (0i128, 0i128, true);
    for hit in used.iter_mut() {
        let (within, doubt) = value(source, hit.position);
        match within.single() {
            Some(exact) => sum += i128::from(exact.0),
            None => *hit = hit.doubted(doubt.unwrap_or(Doubt::Interval)),
        }
        known &= hit.sure();
        count += 1;
    }
    match (count, known) {
        (0, _) => Number::None,
        (_, false) => Number::Unknown,
        _ => Number::Mean { sum, count },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Truth::{No, Unknown, Yes};

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    fn compare(op: Op, limit: i64, unit: &str) -> Compare {
        Compare { op, limit: Amount::whole(limit), unit: unit.into() }
    }

    #[test]
    fn six_months_are_counted_on_the_calendar_and_days_in_days() {
        let index = day("2026-06-01");
        let verdict = |start: &str, at_least, op, limit, unit| {
            let start = day(start);
            since_verdict(start, index, index.0 - start.0, at_least, &compare(op, limit, unit))
        };
        assert_eq!(verdict("2025-12-01", false, Op::Greater, 6, "mdr"), No);
        assert_eq!(verdict("2025-12-01", false, Op::AtLeast, 6, "mdr"), Yes);
        assert_eq!(verdict("2025-11-30", false, Op::Greater, 6, "mdr"), Yes);
        assert_eq!(verdict("2025-12-02", true, Op::AtLeast, 6, "mdr"), Unknown);
        assert_eq!(verdict("2025-12-02", true, Op::Less, 6, "mdr"), Unknown);
        assert_eq!(verdict("2025-11-30", true, Op::Less, 6, "mdr"), No);
        assert_eq!(verdict("2025-11-30", true, Op::Greater, 6, "mdr"), Yes);
        assert_eq!(verdict("2026-05-18", false, Op::AtLeast, 2, "uger"), Yes);
        assert_eq!(verdict("2026-05-19", false, Op::AtLeast, 2, "uger"), No);
        assert_eq!(verdict("2026-05-31", false, Op::Equal, 1, "d"), Yes);
        assert_eq!(verdict("2026-05-31", true, Op::Equal, 1, "d"), Unknown);
        assert_eq!(verdict("2026-05-30", true, Op::Equal, 1, "d"), No);
        assert_eq!(verdict("2025-12-01", true, Op::Equal, 6, "mdr"), Unknown);
        assert_eq!(verdict("2025-11-30", true, Op::Equal, 6, "mdr"), No);
    }

    #[test]
    fn a_mean_is_compared_exactly_and_shown_rounded() {
        let number = Number::Mean { sum: 200 * i128::from(Amount::ONE), count: 3 };
        assert_eq!(number.shown(), Some((Amount(66_666_667), false)));
    }
}
