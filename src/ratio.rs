//! Exact fractions: a third of a tablet, one patch every third day, nothing rounded in silence.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::amount::Amount;

/// A fraction in lowest terms.
///
/// Own code rather than a crate: its checked arithmetic is all that is wanted, and a crate's
/// operators would panic on overflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i64,
    // INVARIANT: at least 1, and without a common divisor with the numerator.
    denominator: i64,
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Self = Self::whole(0);
    /// One.
    pub const ONE: Self = Self::whole(1);

    /// A whole number.
    #[must_use]
    pub const fn whole(number: i64) -> Self {
        Self { numerator: number, denominator: 1 }
    }

    /// `numerator / denominator`; `None` for a denominator of 0 and for what does not fit.
    #[must_use]
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        Self::lowest(i128::from(numerator), i128::from(denominator))
    }

    fn lowest(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let common = divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        let common = i128::try_from(common).ok()? * denominator.signum();
        let over = |number: i128| if common == 1 { number } else { number / common };
        Some(Self {
            numerator: i64::try_from(over(numerator)).ok()?,
            denominator: i64::try_from(over(denominator)).ok()?,
        })
    }

    /// Above the line.
    #[must_use]
    pub const fn numerator(self) -> i64 {
        self.numerator
    }

    /// Below the line, at least 1.
    #[must_use]
    pub const fn denominator(self) -> i64 {
        self.denominator
    }

    /// The sum; `None` if it does not fit.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let (a, b) = (i128::from(self.numerator), i128::from(self.denominator));
        let (c, d) = (i128::from(other.numerator), i128::from(other.denominator));
        Self::lowest((a * d).checked_add(c * b)?, b * d)
    }

    /// The product; `None` if it does not fit.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let above = i128::from(self.numerator) * i128::from(other.numerator);
        Self::lowest(above, i128::from(self.denominator) * i128::from(other.denominator))
    }

    /// The quotient; `None` for a divisor of 0 and for what does not fit.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        let above = i128::from(self.numerator) * i128::from(other.denominator);
        Self::lowest(above, i128::from(self.denominator) * i128::from(other.numerator))
    }

    /// Is it nothing?
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// Is it more than nothing?
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.numerator > 0
    }

    /// In millionths, if that is exact: a third is not.
    #[must_use]
    pub fn exact(self) -> Option<Amount> {
        let micro = self.times(Self::whole(Amount::ONE))?;
        (micro.denominator == 1).then_some(Amount(micro.numerator))
    }

    /// From the text of [`fmt::Display`]: `1.5` or `1/3`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some((above, below)) => Self::new(above.parse().ok()?, below.parse().ok()?),
            None => Amount::parse(text).map(Self::from),
        }
    }

    /// With a decimal comma where that is exact, else as a fraction.
    #[must_use]
    pub fn danish(self) -> String {
        self.to_string().replace('.', ",")
    }
}

// Both arguments 0 give 1, so that the caller can divide by it.
fn divisor(mut a: u128, mut b: u128) -> u128 {
    // Nearly always 64 bits hold both; dividing 128 is slow, above all in WebAssembly.
    while b != 0 {
        if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
            return small_divisor(a, b).into();
        }
        (a, b) = (b, a % b);
    }
    a.max(1)
}

fn small_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl From<Amount> for Ratio {
    fn from(amount: Amount) -> Self {
        Self::new(amount.0, Amount::ONE).unwrap_or(Self::ZERO)
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        left.cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Ratio {
    /// `1.5` where a decimal number is exact, else `1/3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.exact() {
            Some(amount) => amount.fmt(f),
            None => write!(f, "{}/{}", self.numerator, self.denominator),
        }
    }
}

impl Serialize for Ratio {
    /// As the text of [`fmt::Display`]: a JSON number could not hold a third.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ratio {
    /// From the text of [`fmt::Display`].
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("no fraction"))
    }
}

/// From at least to at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Range {
    /// At least.
    pub low: Ratio,
    /// At most.
    pub high: Ratio,
}

impl Range {
    /// Nothing.
    pub const ZERO: Self = Self::exactly(Ratio::ZERO);
    /// One.
    pub const ONE: Self = Self::exactly(Ratio::ONE);

    /// One number.
    #[must_use]
    pub const fn exactly(number: Ratio) -> Self {
        Self { low: number, high: number }
    }

    /// The number, if it is only one.
    #[must_use]
    pub fn single(self) -> Option<Ratio> {
        (self.low == self.high).then_some(self.low)
    }

    /// Does the number lie in it, ends included?
    #[must_use]
    pub fn holds(self, number: Ratio) -> bool {
        self.low <= number && number <= self.high
    }

    /// End by end; `None` if it does not fit.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.plus(other.low)?, high: self.high.plus(other.high)? })
    }

    /// Of two ranges that are not negative; `None` if it does not fit.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.times(other.low)?, high: self.high.times(other.high)? })
    }

    /// Least over most, and most over least; `None` if the divisor holds 0 or it does not fit.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.over(other.high)?, high: self.high.over(other.low)? })
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.single() {
            Some(number) => number.fmt(f),
            None => write!(f, "{}-{}", self.low, self.high),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ratio(above: i64, below: i64) -> Ratio {
        Ratio::new(above, below).unwrap()
    }

    #[test]
    fn a_third_stays_a_third() {
        let third = ratio(2, 6);
        assert_eq!((third.numerator(), third.denominator()), (1, 3));
        assert_eq!(third.exact(), None);
        assert_eq!(third.to_string(), "1/3");
        assert_eq!(third.times(Ratio::whole(3)), Some(Ratio::ONE));
        assert_eq!(ratio(3, -2).danish(), "-1,5");
    }

    #[test]
    fn the_text_of_a_fraction_is_read_back() {
        for number in [ratio(2, 6), ratio(-3, 2), Ratio::ZERO, Ratio::whole(120), ratio(1, 8)] {
            assert_eq!(Ratio::parse(&number.to_string()), Some(number));
        }
        assert_eq!((Ratio::parse("1/0"), Ratio::parse("en")), (None, None));
    }

    #[test]
    fn what_does_not_fit_is_nothing() {
        assert_eq!(Ratio::new(1, 0), None);
        assert_eq!(Ratio::ONE.over(Ratio::ZERO), None);
        assert_eq!(Ratio::whole(i64::MAX).plus(Ratio::ONE), None);
        assert_eq!(ratio(1, i64::MAX).times(ratio(1, 2)), None);
        assert_eq!(Ratio::new(1, i64::MIN), None);
    }

    #[test]
    fn ranges_divide_end_against_end() {
        let days = Range { low: Ratio::whole(2), high: Ratio::whole(3) };
        let daily = Range::ONE.over(days).unwrap();
        assert_eq!((daily.low, daily.high), (ratio(1, 3), ratio(1, 2)));
        assert_eq!(daily.to_string(), "1/3-0.5");
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_the_numbers(
            a in -1000i64..1000, b in 1i64..1000, c in -1000i64..1000, d in 1i64..1000
        ) {
            prop_assert_eq!(ratio(a, b).cmp(&ratio(c, d)), (a * d).cmp(&(c * b)));
            let difference = ratio(a, b).plus(ratio(-c, d)).unwrap();
            prop_assert_eq!(difference.is_positive(), ratio(a, b) > ratio(c, d));
        }
    }
}
