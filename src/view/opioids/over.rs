//! A sum of morphine equivalents against a limit: exact, and the same in the list, in the panel and
//! while the limit is moved.

use serde::{Deserialize, Serialize};

use crate::opioid::Sum;
use crate::ratio::Ratio;

/// What the orders of one person sum to, in morphine milligrams a day. Exact; rounded when shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Omeq {
    /// Taken every day, with the default factors.
    pub fixed: Ratio,
    /// The same with the lowest published factors.
    pub low: Ratio,
    /// The same with the highest.
    pub high: Ratio,
    /// The most that it may be, as-needed doses included; `None` = no upper bound.
    pub most: Option<Ratio>,
    /// As-needed doses that have a maximum.
    pub as_needed: Ratio,
    /// An as-needed order has no maximum.
    pub without_maximum: bool,
    /// Orders that cannot be counted.
    pub missing: u32,
}

impl From<Sum> for Omeq {
    fn from(sum: Sum) -> Self {
        Self {
            fixed: sum.fixed,
            low: sum.span.low,
            high: sum.span.high,
            most: sum.most,
            as_needed: sum.as_needed,
            without_maximum: sum.without_maximum,
            missing: u32::try_from(sum.missing).unwrap_or(u32::MAX),
        }
    }
}

/// Is a sum over a limit?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Over {
    /// No, whatever the as-needed doses are and whose factors one takes.
    No,
    /// The data do not say.
    Unknown,
    /// It depends on whose factors one takes.
    Grey,
    /// Yes.
    Yes,
}

/// Is the sum more than the limit? What cannot be counted never makes it a no. Where the default
/// factors leave it open, the sources are not what it hangs on: unknown rather than grey.
#[must_use]
pub fn over(sum: Option<&Omeq>, limit: Ratio) -> Over {
    let Some(sum) = sum else { return Over::Unknown };
    let yes = sum.fixed > limit;
    if !yes && sum.most.is_none_or(|most| most > limit) {
        return Over::Unknown;
    }
    match (sum.low > limit, sum.high > limit) {
        (low, high) if low != high => Over::Grey,
        _ if yes => Over::Yes,
        _ => Over::No,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum(fixed: i64, low: i64, high: i64, most: Option<i64>) -> Omeq {
        Omeq {
            fixed: Ratio::whole(fixed),
            low: Ratio::whole(low),
            high: Ratio::whole(high),
            most: most.map(Ratio::whole),
            as_needed: Ratio::ZERO,
            without_maximum: false,
            missing: u32::from(most.is_none()),
        }
    }

    fn at_100(fixed: i64, low: i64, high: i64, most: Option<i64>) -> Over {
        over(Some(&sum(fixed, low, high, most)), Ratio::whole(100))
    }

    #[test]
    fn the_four_answers() {
        assert_eq!(at_100(120, 112, 140, Some(120)), Over::Yes);
        assert_eq!(at_100(100, 100, 100, Some(100)), Over::No);
        assert_eq!(at_100(90, 78, 120, Some(90)), Over::Grey);
        assert_eq!(at_100(135, 90, 180, Some(135)), Over::Grey);
        assert_eq!(at_100(60, 60, 60, None), Over::Unknown);
        assert_eq!(over(None, Ratio::whole(100)), Over::Unknown);
    }

    #[test]
    fn as_needed_doses_that_may_reach_over_leave_it_open() {
        assert_eq!(at_100(80, 80, 80, Some(110)), Over::Unknown);
        assert_eq!(at_100(80, 80, 80, Some(100)), Over::No);
        assert_eq!(at_100(90, 78, 120, Some(150)), Over::Unknown);
    }

    #[test]
    fn what_is_known_may_be_enough() {
        assert_eq!(at_100(120, 112, 140, None), Over::Yes);
    }

    proptest! {
        #[test]
        fn unknown_is_never_under_and_a_higher_limit_never_turns_no_into_yes(
            fixed in 0i64..200, less in 0i64..60, more in 0i64..60,
            most in proptest::option::of(0i64..100), limit in 50i64..120,
        ) {
            let sum = sum(fixed, fixed - less, fixed + more, most.map(|more| fixed + more));
            let here = over(Some(&sum), Ratio::whole(limit));
            if most.is_none() {
                prop_assert_ne!(here, Over::No);
            }
            if here == Over::No {
                prop_assert_eq!(over(Some(&sum), Ratio::whole(limit + 1)), Over::No);
            }
        }
    }
}
