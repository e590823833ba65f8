//! How facts become cells.

use std::fmt::Display;

use crate::amount::Amount;
use crate::records::Reading;

/// The fact as text; an absent one is NULL.
pub(super) fn cell(fact: Option<impl Display>) -> String {
    fact.map(|fact| fact.to_string()).unwrap_or_default()
}

/// A text; an empty one is NULL, which needs nothing more.
pub(super) fn text(text: &str) -> String {
    text.to_owned()
}

/// The lower and the upper bound of a reading, in half millionths.
pub(super) fn bounds(reading: &Reading) -> (Option<i64>, Option<i64>) {
    match reading {
        Reading::Exact(value) => (Some(closed(*value)), Some(closed(*value))),
        Reading::Between { low, high } => (
            low.map(|(value, open)| closed(value).saturating_add(i64::from(open))),
            high.map(|(value, open)| closed(value).saturating_sub(i64::from(open))),
        ),
        Reading::Missing | Reading::Ambiguous | Reading::Text => (None, None),
    }
}

/// A bound that belongs to the values.
pub(super) const fn closed(value: Amount) -> i64 {
    value.0.saturating_mul(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_bound_lies_nearer_to_the_values() {
        assert_eq!(bounds(&Reading::read("5")), (Some(10_000_000), Some(10_000_000)));
        assert_eq!(bounds(&Reading::read("<5")), (None, Some(9_999_999)));
        assert_eq!(bounds(&Reading::read("<=5")), (None, Some(10_000_000)));
        assert_eq!(bounds(&Reading::read(">5")), (Some(10_000_001), None));
        assert_eq!(bounds(&Reading::read("1.234")), (None, None));
        assert_eq!(bounds(&Reading::read("spor")), (None, None));
    }
}
