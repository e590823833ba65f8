//! Decimal numbers in millionths, so that thresholds are exact and sums do not depend on order.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A decimal number in millionths of its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amount(pub i64);

impl Amount {
    /// Millionths in one.
    pub const ONE: i64 = 1_000_000;

    /// A whole number.
    #[must_use]
    pub const fn whole(number: i64) -> Self {
        Self(number.saturating_mul(Self::ONE))
    }

    /// Reads a number with a decimal point, such as `6.5` or `-12`; at most six decimals count,
    /// further ones must be zero. `None` for anything else, also for what does not fit.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(decimals) {
            return None;
        }
        let (kept, dropped) = decimals.split_at(decimals.len().min(6));
        if digits.ends_with('.') || dropped.bytes().any(|b| b != b'0') {
            return None;
        }
        let micro = whole.parse::<i64>().ok()?.checked_mul(Self::ONE)?;
        let fraction = format!("{kept:0<6}").parse::<i64>().ok()?;
        let micro = micro.checked_add(fraction)?;
        Some(Self(if negative { -micro } else { micro }))
    }

    /// With a decimal comma and no needless zeros, as Danish text writes it.
    #[must_use]
    pub fn danish(self) -> String {
        self.to_string().replace('.', ",")
    }
}

impl fmt::Display for Amount {
    /// With a decimal point and no needless zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let one = Self::ONE.unsigned_abs();
        let (whole, micro) = (magnitude / one, magnitude % one);
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{whole}")?;
        if micro != 0 {
            let decimals = format!("{micro:06}");
            write!(f, ".{}", decimals.trim_end_matches('0'))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_writes() {
        for (text, micro, shown) in [
            ("6.5", 6_500_000, "6.5"),
            ("-0.000001", -1, "-0.000001"),
            ("100", 100_000_000, "100"),
            ("1.50", 1_500_000, "1.5"),
            ("1.0000000", 1_000_000, "1"),
        ] {
            assert_eq!(Amount::parse(text), Some(Amount(micro)));
            assert_eq!(Amount(micro).to_string(), shown);
        }
        for text in ["", ".5", "5.", "1,5", "1e3", "1.0000001", "99999999999999999999"] {
            assert_eq!(Amount::parse(text), None, "{text}");
        }
        assert_eq!(Amount(6_500_000).danish(), "6,5");
    }

    proptest! {
        #[test]
        fn round_trips(micro in -1_000_000_000_000i64..1_000_000_000_000) {
            prop_assert_eq!(Amount::parse(&Amount(micro).to_string()), Some(Amount(micro)));
        }
    }
}
