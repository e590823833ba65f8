//! Counting with uncertain records (rule R12).

use std::collections::BTreeSet;

use crate::day::Day;
use crate::evaluate::compare::Interval;
use crate::evaluate::hit::Hit;
use crate::opioid;
use crate::profile::plan::{CountTest, Distinct, Op, Selection};
use crate::records::Events;
use crate::schema::Register;
use crate::truth::Truth;

/// So many surely, and so many more perhaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Sure.
    pub sure: u32,
    /// Perhaps.
    pub perhaps: u32,
}

impl Tally {
    /// Counts records.
    pub fn of(hits: &[Hit]) -> Self {
        let perhaps = hits.iter().filter(|h| !h.sure()).count();
        Self { sure: small(hits.len() - perhaps), perhaps: small(perhaps) }
    }

    /// Counts distinct keys: an unknown key belongs to the perhaps, and an unsure record with a
    /// key that is surely there adds nothing.
    fn of_keys<K: Ord>(keys: impl Iterator<Item = (Option<K>, bool)>) -> Self {
        let (mut sure, mut unsure, mut unknown) = (BTreeSet::new(), BTreeSet::new(), 0);
        for (key, certain) in keys {
            match key {
                None => unknown += 1,
                Some(key) if certain => _ = sure.insert(key),
                Some(key) => _ = unsure.insert(key),
            }
        }
        let more = unsure.difference(&sure).count();
        Self { sure: small(sure.len()), perhaps: small(more + unknown) }
    }

    /// Does the number hold, whichever of the unsure are true?
    pub fn verdict(self, test: CountTest) -> Truth {
        let (least, most) = (self.sure, self.sure.saturating_add(self.perhaps));
        let (at_least, at_most) =
            (test.op.holds(&least, &test.number), test.op.holds(&most, &test.number));
        match test.op {
            Op::Equal => {
                let possible = (least..=most).contains(&test.number);
                Truth::between(possible && least == most, possible)
            }
            _ => Truth::between(at_least && at_most, at_least || at_most),
        }
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// `distinkt`, else the records themselves.
pub(crate) fn tally(ask: &Selection, events: &Events, hits: &[Hit]) -> Tally {
    let by_day =
        |key: fn(Day) -> i32| Tally::of_keys(hits.iter().map(|h| (h.day.map(key), h.sure())));
    match ask.distinct {
        None => Tally::of(hits),
        Some(Distinct::Day) => by_day(|day| day.0),
        Some(Distinct::Month) => by_day(month),
        Some(Distinct::Quarter) => by_day(|day| month(day).div_euclid(3)),
        Some(Distinct::Substance) => {
            Tally::of_keys(hits.iter().map(|h| (substance_key(ask, events, h.position), h.sure())))
        }
        Some(Distinct::Code) => {
            Tally::of_keys(hits.iter().map(|h| (code_key(ask, events, h.position), h.sure())))
        }
    }
}

// Months counted from year 0, January = 0.
fn month(day: Day) -> i32 {
    let (year, month, _) = day.ymd();
    year * 12 + i32::try_from(month).unwrap_or(1) - 1
}

/// The whole normalised code in the system that is asked for; `None` = a row without one.
pub(crate) fn code_key(ask: &Selection, events: &Events, position: usize) -> Option<String> {
    let codes = events.code_groups().get(events.code_id(position))?;
    let system = ask.codes.as_ref().and_then(|filter| filter.system);
    let wanted = |c: &&crate::code::Code| system.is_none_or(|system| c.system == system);
    codes.iter().find(wanted).or(codes.first()).map(crate::code::Code::shown)
}

/// The substance of the factor table; of a code that the table has no substance for the whole code
/// at the lowest level, since a group of medicines may be any of them.
fn substance_key(ask: &Selection, events: &Events, position: usize) -> Option<String> {
    let codes = events.code_groups().get(events.code_id(position))?;
    let table = opioid::table();
    if let Some(known) = codes.iter().find_map(|code| table.substance(code)) {
        return Some(known.to_owned());
    }
    let is_group = |key: &String| ask.register == Register::Medicin && key.len() < 7;
    code_key(ask, events, position).filter(|key| !is_group(key))
}

/// `spredning`: days from the first to the last counted record. Unsure records can only widen it;
/// an undated one by any number of days. No record at all has no spread.
pub(crate) fn spread_verdict(hits: &[Hit], op: Op, days: i32) -> Truth {
    let most = if hits.iter().any(Hit::sure) { Truth::Yes } else { Truth::Unknown };
    if hits.is_empty() {
        return Truth::No;
    }
    let sure = width(hits.iter().filter(|h| h.sure()).filter_map(|h| h.day));
    let possible = width(hits.iter().filter_map(|h| h.day));
    let undated = hits.iter().any(|h| h.day.is_none());
    Interval::days(sure, (!undated).then_some(possible)).verdict_days(op, days).min(most)
}

fn width(days: impl Iterator<Item = Day> + Clone) -> i32 {
    match (days.clone().min(), days.max()) {
        (Some(first), Some(last)) => last.0 - first.0,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Truth::{No, Unknown, Yes};

    fn verdict(sure: u32, perhaps: u32, op: Op, number: u32) -> Truth {
        Tally { sure, perhaps }.verdict(CountTest { op, number })
    }

    #[test]
    fn a_count_is_decided_only_if_every_number_agrees() {
        for (sure, perhaps, op, number, expected) in [
            (3, 0, Op::AtLeast, 3, Yes),
            (2, 0, Op::AtLeast, 3, No),
            (2, 1, Op::AtLeast, 3, Unknown),
            (1, 1, Op::AtLeast, 3, No),
            (0, 1, Op::Less, 1, Unknown),
            (0, 0, Op::Less, 1, Yes),
            (2, 1, Op::Equal, 2, Unknown),
            (1, 2, Op::Equal, 2, Unknown),
            (2, 0, Op::Equal, 2, Yes),
            (3, 1, Op::Equal, 2, No),
            (0, 0, Op::AtLeast, 0, Yes),
        ] {
            assert_eq!(
                verdict(sure, perhaps, op, number),
                expected,
                "{sure}+{perhaps} {op:?} {number}"
            );
        }
    }

    #[test]
    fn the_same_by_trying_every_number() {
        for op in [Op::Less, Op::AtMost, Op::Greater, Op::AtLeast, Op::Equal] {
            for (sure, perhaps, number) in
                (0..5).flat_map(|s| (0..4).flat_map(move |p| (0..6).map(move |n| (s, p, n))))
            {
                let each: Vec<bool> =
                    (sure..=sure + perhaps).map(|k| op.holds(&k, &number)).collect();
                let naive = Truth::between(each.iter().all(|h| *h), each.iter().any(|h| *h));
                assert_eq!(
                    verdict(sure, perhaps, op, number),
                    naive,
                    "{sure}+{perhaps} {op:?} {number}"
                );
            }
        }
    }

    #[test]
    fn distinct_keys_of_unsure_records_add_only_what_is_new() {
        let keys =
            [(Some(1), true), (Some(1), true), (Some(1), false), (Some(2), false), (None, true)];
        assert_eq!(Tally::of_keys(keys.into_iter()), Tally { sure: 1, perhaps: 2 });
    }

    #[test]
    fn an_undated_record_can_widen_but_never_narrow_the_spread() {
        let dated = |day| Hit::sure_at(0, Some(Day(day)));
        let apart = [dated(0), dated(90)];
        assert_eq!(spread_verdict(&apart, Op::AtLeast, 90), Yes);
        assert_eq!(spread_verdict(&apart, Op::AtLeast, 91), No);
        let with_undated = [dated(0), dated(90), Hit::sure_at(0, None)];
        assert_eq!(spread_verdict(&with_undated, Op::AtLeast, 91), Unknown);
        assert_eq!(spread_verdict(&with_undated, Op::AtLeast, 90), Yes);
        assert_eq!(spread_verdict(&with_undated, Op::Less, 90), No);
        assert_eq!(spread_verdict(&[], Op::Less, 90), No);
    }
}
