//! Comparing what is known only within bounds (rules R9–R11).

use crate::amount::Amount;
use crate::profile::plan::{Compare, Extreme, Op};
use crate::records::Reading;
pub(crate) use crate::schema::typed::{fold_text, fold_unit};
use crate::truth::Truth;

/// A bound and whether it is itself excluded.
pub(crate) type Edge = (Amount, bool);

/// Everything that a value may be; `None` = no bound on that side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Interval {
    /// Lower bound.
    pub low: Option<Edge>,
    /// Upper bound.
    pub high: Option<Edge>,
}

impl Interval {
    /// Exactly this.
    pub const fn exact(value: Amount) -> Self {
        Self { low: Some((value, false)), high: Some((value, false)) }
    }

    /// Whole days or counts, both ends included; `None` = no upper bound.
    pub fn days(low: i32, high: Option<i32>) -> Self {
        let edge = |days: i32| (Amount::whole(i64::from(days)), false);
        Self { low: Some(edge(low)), high: high.map(edge) }
    }

    /// What a reading may be; text, a missing and an ambiguous value have no bounds.
    pub const fn of(reading: &Reading) -> Self {
        match reading {
            Reading::Exact(value) => Self::exact(*value),
            Reading::Between { low, high } => Self { low: *low, high: *high },
            Reading::Missing | Reading::Ambiguous | Reading::Text => Self { low: None, high: None },
        }
    }

    /// The value, if there is only one.
    pub fn single(self) -> Option<Amount> {
        match (self.low, self.high) {
            (Some((low, false)), Some((high, false))) if low == high => Some(low),
            _ => None,
        }
    }

    /// The highest (or lowest) of two values: the bounds move together (rule R9).
    pub fn extreme(self, other: Self, which: Extreme) -> Self {
        match which {
            Extreme::Highest => {
                Self { low: max_low(self.low, other.low), high: max_high(self.high, other.high) }
            }
            Extreme::Lowest => self.negated().extreme(other.negated(), Extreme::Highest).negated(),
        }
    }

    /// May a value of `self` be at least as extreme as everything in `all`?
    pub fn contends(self, all: Self, which: Extreme) -> bool {
        match which {
            Extreme::Highest => reaches(self.high, all.low),
            Extreme::Lowest => self.negated().contends(all.negated(), Extreme::Highest),
        }
    }

    /// Does the comparison hold for all, none, or some of the possible values?
    pub fn verdict(self, op: Op, limit: Amount) -> Truth {
        match op {
            Op::Less => Truth::between(self.all_below(limit, false), !self.all_above(limit, true)),
            Op::AtMost => {
                Truth::between(self.all_below(limit, true), !self.all_above(limit, false))
            }
            Op::Greater => !self.verdict(Op::AtMost, limit),
            Op::AtLeast => !self.verdict(Op::Less, limit),
            Op::Equal => {
                let apart = self.all_below(limit, false) || self.all_above(limit, false);
                Truth::between(self.single() == Some(limit), !apart)
            }
        }
    }

    /// [`Interval::verdict`] with a limit in whole days.
    pub fn verdict_days(self, op: Op, days: i32) -> Truth {
        self.verdict(op, Amount::whole(i64::from(days)))
    }

    /// [`Interval::verdict`] with a comparison of a profile; its unit is the caller's matter.
    pub fn verdict_of(self, compare: &Compare) -> Truth {
        self.verdict(compare.op, compare.limit)
    }

    fn all_below(self, limit: Amount, or_equal: bool) -> bool {
        self.high.is_some_and(|(high, open)| high < limit || high == limit && (open || or_equal))
    }

    fn all_above(self, limit: Amount, or_equal: bool) -> bool {
        self.low.is_some_and(|(low, open)| low > limit || low == limit && (open || or_equal))
    }

    fn negated(self) -> Self {
        let minus = |(value, open): Edge| (Amount(value.0.saturating_neg()), open);
        Self { low: self.high.map(minus), high: self.low.map(minus) }
    }
}

// Of two lower bounds of which both hold, the stricter.
fn max_low(a: Option<Edge>, b: Option<Edge>) -> Option<Edge> {
    a.max(b)
}

// Of two upper bounds of which one holds, the looser; none at all is the loosest.
fn max_high(a: Option<Edge>, b: Option<Edge>) -> Option<Edge> {
    let key = |(value, open): Edge| (value, !open);
    match (a, b) {
        (Some(a), Some(b)) => Some(if key(a) >= key(b) { a } else { b }),
        _ => None,
    }
}

fn reaches(high: Option<Edge>, low: Option<Edge>) -> bool {
    match (high, low) {
        (Some((high, high_open)), Some((low, low_open))) => {
            high > low || high == low && !high_open && !low_open
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Truth::{No, Unknown, Yes};

    fn whole(number: i64) -> Amount {
        Amount::whole(number)
    }

    fn over(number: i64) -> Interval {
        Interval { low: Some((whole(number), true)), high: None }
    }

    fn under(number: i64) -> Interval {
        Interval { low: None, high: Some((whole(number), true)) }
    }

    #[test]
    fn intervals_decide_where_they_can() {
        for (interval, op, limit, expected) in [
            (over(90), Op::Less, 60, No),
            (over(30), Op::Less, 60, Unknown),
            (over(60), Op::Less, 60, No),
            (over(60), Op::Greater, 60, Yes),
            (over(60), Op::AtMost, 60, No),
            (under(60), Op::Less, 60, Yes),
            (under(60), Op::AtLeast, 60, No),
            (under(60), Op::Equal, 60, No),
            (under(61), Op::Equal, 60, Unknown),
            (Interval::exact(whole(60)), Op::Equal, 60, Yes),
            (Interval::exact(whole(60)), Op::Less, 60, No),
            (Interval::exact(whole(60)), Op::AtMost, 60, Yes),
            (Interval::default(), Op::Greater, 0, Unknown),
        ] {
            assert_eq!(interval.verdict(op, whole(limit)), expected, "{interval:?} {op:?} {limit}");
        }
    }

    #[test]
    fn the_highest_has_the_highest_bounds_of_both_sides() {
        let highest = over(30).extreme(Interval::exact(whole(50)), Extreme::Highest);
        assert_eq!(highest, Interval { low: Some((whole(50), false)), high: None });
        let lowest = under(5).extreme(Interval::exact(whole(7)), Extreme::Lowest);
        assert_eq!(lowest, under(5));
        let text = Interval::default().extreme(Interval::exact(whole(70)), Extreme::Highest);
        assert_eq!(text.verdict(Op::Greater, whole(60)), Yes);
        assert_eq!(text.verdict(Op::Greater, whole(90)), Unknown);
    }

    #[test]
    fn contenders_are_those_that_may_be_the_highest() {
        let all = over(30).extreme(Interval::exact(whole(50)), Extreme::Highest);
        assert!(over(30).contends(all, Extreme::Highest));
        assert!(Interval::exact(whole(50)).contends(all, Extreme::Highest));
        assert!(!Interval::exact(whole(49)).contends(all, Extreme::Highest));
        assert!(!under(50).contends(all, Extreme::Highest));
    }

    #[test]
    fn spellings_of_one_unit() {
        assert_eq!(fold_unit("mL/min/1,73 m²"), fold_unit("ml/min/1,73m2"));
        assert_eq!(fold_unit("µmol/L"), fold_unit("mikromol/l"));
        assert_eq!(fold_unit("μmol/L"), fold_unit("µmol/L"));
        assert_ne!(fold_unit("mmol/mol"), fold_unit("%"));
    }
}
