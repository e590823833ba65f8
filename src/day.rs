//! Civil days as integers, so that windows compare and subtract exactly.
//!
//! Own type rather than a date crate: three operations are needed, and the date crates measured
//! cost 59–210 kB of wasm each. `jiff` is the oracle in the tests.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A civil day, counted from 1970-01-01 (= 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub i32);

impl Day {
    /// Before every day that a file can hold.
    pub const MIN: Self = Self(i32::MIN / 2);
    /// After every day that a file can hold.
    pub const MAX: Self = Self(i32::MAX / 2);

    /// The day of a proleptic Gregorian date, or `None` if the calendar has no such date.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        let known = (1..=9999).contains(&year) && (1..=12).contains(&month);
        (known && day >= 1 && day <= days_in_month(year, month))
            .then(|| Self(days_from_civil(year, month, day)))
    }

    /// Year, month 1–12, day 1–31.
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        civil_from_days(self.0)
    }

    /// This day moved by whole months; a day of month that does not exist becomes the last one
    /// (rule R3: 30 September − 7 months = 28 February).
    #[must_use]
    pub fn add_months(self, months: i32) -> Self {
        let (year, month, day) = self.ymd();
        let index = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(months);
        let year = i32::try_from(index.div_euclid(12)).unwrap_or(9999).clamp(1, 9999);
        let month = u32::try_from(index.rem_euclid(12)).unwrap_or(0) + 1;
        Self(days_from_civil(year, month, day.min(days_in_month(year, month))))
    }

    /// This day moved by whole days, saturating.
    #[must_use]
    pub fn add_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days).clamp(Self::MIN.0, Self::MAX.0))
    }

    /// Completed years from this day to `other`; 29 February turns on 1 March in common years
    /// (rule R4). Negative if `other` is earlier.
    #[must_use]
    pub fn years_until(self, other: Self) -> i32 {
        let (y0, m0, d0) = self.ymd();
        let (y1, m1, d1) = other.ymd();
        y1 - y0 - i32::from((m1, d1) < (m0, d0))
    }

    /// Completed months from this day to `other`, by day of month.
    #[must_use]
    pub fn months_until(self, other: Self) -> i32 {
        let (y0, m0, d0) = self.ymd();
        let (y1, m1, d1) = other.ymd();
        let months = |y: i32, m: u32| y * 12 + i32::try_from(m).unwrap_or(0);
        months(y1, m1) - months(y0, m0) - i32::from(d1 < d0)
    }

    /// Reads `YYYY-MM-DD`.
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let mut part = |length: usize| {
            let digits = parts.next()?;
            (digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit()))
                .then(|| digits.parse::<u32>().ok())
                .flatten()
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        Self::from_ymd(i32::try_from(year).ok()?, month, day)
    }

    /// `dd-mm-yyyy`, the Danish way of writing a date.
    #[must_use]
    pub fn danish(self) -> String {
        let (year, month, day) = self.ymd();
        format!("{day:02}-{month:02}-{year:04}")
    }
}

impl fmt::Display for Day {
    /// ISO 8601, `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// Days in a month of the Gregorian calendar; 0 for a month outside 1–12.
#[must_use]
pub const fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 0,
    }
}

// The era arithmetic of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years run
// from March, so that the leap day is the last of its year.
fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let from_march = (i32::try_from(month).unwrap_or(1) + 9) % 12;
    let day_of_year = (153 * from_march + 2) / 5 + i32::try_from(day).unwrap_or(1) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil_from_days(days: i32) -> (i32, u32, u32) {
    let shifted = days.saturating_add(719_468);
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    (year, u32::try_from(month).unwrap_or(1), u32::try_from(day).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    #[test]
    fn month_arithmetic_keeps_or_clamps_the_day() {
        assert_eq!(day("2025-09-30").add_months(-7), day("2025-02-28"));
        assert_eq!(day("2024-09-30").add_months(-7), day("2024-02-29"));
        assert_eq!(day("2026-07-15").add_months(-6), day("2026-01-15"));
        assert_eq!(day("2025-12-31").add_months(2), day("2026-02-28"));
    }

    #[test]
    fn birthday_counts_and_leap_day_turns_in_march() {
        assert_eq!(day("2008-02-29").years_until(day("2026-02-28")), 17);
        assert_eq!(day("2008-02-29").years_until(day("2026-03-01")), 18);
        assert_eq!(day("2008-06-01").years_until(day("2026-06-01")), 18);
        assert_eq!(day("2008-06-02").years_until(day("2026-06-01")), 17);
    }

    #[test]
    fn impossible_dates_are_none() {
        for text in ["2025-02-29", "2025-13-01", "2025-00-10", "2025-04-31", "0000-01-01", "25-1-1"]
        {
            assert_eq!(Day::parse_iso(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_jiff(days in -600_000i32..200_000) {
            let (year, month, date) = Day(days).ymd();
            let oracle = jiff::civil::date(1970, 1, 1)
                .checked_add(jiff::Span::new().days(days)).unwrap();
            prop_assert_eq!((year, month, date), (i32::from(oracle.year()), oracle.month() as u32, oracle.day() as u32));
            prop_assert_eq!(Day::from_ymd(year, month, date), Some(Day(days)));
        }

        #[test]
        fn adding_months_agrees_with_jiff(days in -20_000i32..40_000, months in -600i32..600) {
            let (y, m, d) = Day(days).ymd();
            let oracle = jiff::civil::date(y as i16, m as i8, d as i8)
                .checked_add(jiff::Span::new().months(months)).unwrap();
            let (y, m, d) = Day(days).add_months(months).ymd();
            prop_assert_eq!((y as i16, m as i8, d as i8), (oracle.year(), oracle.month(), oracle.day()));
        }
    }
}
