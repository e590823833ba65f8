//! Sets of days as closed spans: union, intersection, number of days.

use crate::day::Day;

/// Closed spans, sorted and apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Days(Vec<(Day, Day)>);

impl Days {
    /// The union of any spans; reversed ones hold no day.
    pub fn of(mut spans: Vec<(Day, Day)>) -> Self {
        spans.retain(|(from, to)| from <= to);
        crate::sort::plain(&mut spans);
        let mut merged: Vec<(Day, Day)> = Vec::with_capacity(spans.len());
        for (from, to) in spans {
            match merged.last_mut() {
                Some((_, last)) if from <= last.add_days(1) => *last = (*last).max(to),
                _ => merged.push((from, to)),
            }
        }
        Self(merged)
    }

    /// Days in both.
    pub fn and(&self, other: &Self) -> Self {
        let mut both = Vec::new();
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            let (from, to) = (a.0.max(b.0), a.1.min(b.1));
            if from <= to {
                both.push((from, to));
            }
            if a.1 < b.1 {
                left.next();
            } else {
                right.next();
            }
        }
        Self(both)
    }

    /// How many days, saturating.
    pub fn count(&self) -> i32 {
        let days = self.0.iter().map(|(from, to)| i64::from(to.0) - i64::from(from.0) + 1).sum();
        i32::try_from(std::cmp::min::<i64>(days, i64::from(i32::MAX))).unwrap_or(i32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans() -> impl Strategy<Value = Vec<(Day, Day)>> {
        let span = (0i32..60, -3i32..15).prop_map(|(from, days)| (Day(from), Day(from + days)));
        proptest::collection::vec(span, 0..8)
    }

    fn holds(spans: &[(Day, Day)], day: i32) -> bool {
        spans.iter().any(|(from, to)| from.0 <= day && day <= to.0)
    }

    proptest! {
        #[test]
        fn union_and_intersection_agree_with_counting_each_day(a in spans(), b in spans()) {
            let (left, right) = (Days::of(a.clone()), Days::of(b.clone()));
            let union = (-10..90).filter(|d| holds(&a, *d)).count();
            let both = (-10..90).filter(|d| holds(&a, *d) && holds(&b, *d)).count();
            prop_assert_eq!(left.count(), i32::try_from(union).unwrap());
            prop_assert_eq!(left.and(&right).count(), i32::try_from(both).unwrap());
            prop_assert_eq!(left.and(&right), right.and(&left));
        }
    }

    #[test]
    fn an_endless_span_does_not_overflow() {
        let endless = Days::of(vec![(Day::MIN, Day::MAX)]);
        assert_eq!(endless.count(), i32::MAX);
        assert_eq!(endless.and(&Days::of(vec![(Day(3), Day(4))])).count(), 2);
    }
}
