//! A stored number as a spreadsheet shows it, in Danish: from decimal text to decimal text.
//!
//! No floating point: a workbook writes seventeen digits of a binary fraction, a spreadsheet shows
//! the fifteen that are exact (`4.8899999999999997` is 4,89).

use super::styles::Shape;
use crate::day::Day;

/// Digits that a spreadsheet shows.
const EXACT_DIGITS: usize = 15;
/// Longer numbers stay as they are written.
const LONGEST: i32 = 40;
/// 1 January 1970 in the 1900 system.
const EPOCH: i64 = 25_569;
/// How much later the 1904 system begins.
const LATER_1904: i64 = 1_462;
/// 31 December 9999.
const LAST_DATE: i64 = 2_958_465;
/// The day that the 1900 system has, and the calendar has not.
const NO_DAY: i64 = 60;
const DAY_SECONDS: u128 = 86_400;

/// Digits without leading or trailing zeros; the point stands before the digit `point`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    point: i32,
}

/// The number as it is shown under a format; text that is no number as it is.
#[must_use]
pub fn shown(text: &str, shape: Shape, from_1904: bool) -> String {
    let Some(number) = Decimal::read(text) else { return text.to_owned() };
    match shape {
        Shape::Date | Shape::Time => {
            number.moment(shape, from_1904).unwrap_or_else(|| number.plain())
        }
        Shape::Percent => Decimal { point: number.point + 2, ..number.clone() }.plain() + " %",
        Shape::Zeros(digits) => number.padded(usize::from(digits)),
        Shape::General => number.plain(),
    }
}

impl Decimal {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let unsigned = mantissa.strip_prefix('-');
        let (negative, mantissa) = (unsigned.is_some(), unsigned.unwrap_or(mantissa));
        let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit());
        if !all_digits || whole.len() + decimals.len() == 0 || exponent.abs() > LONGEST {
            return None;
        }
        let digits = [whole.as_bytes(), decimals.as_bytes()].concat();
        let point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
        let mut out = Self { negative, digits, point };
        out.trim();
        out.round();
        (out.point.abs() <= LONGEST).then_some(out)
    }

    fn trim(&mut self) {
        let leading = self.digits.iter().take_while(|digit| **digit == b'0').count();
        self.digits.drain(..leading);
        self.point = self.point.saturating_sub(i32::try_from(leading).unwrap_or(i32::MAX));
        while self.digits.last() == Some(&b'0') {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            (self.negative, self.point) = (false, 0);
        }
    }

    // Whole numbers keep all digits: other programs than spreadsheets write long identifiers.
    fn round(&mut self) {
        let whole = usize::try_from(self.point).unwrap_or(0);
        if self.digits.len() <= EXACT_DIGITS || self.digits.len() <= whole {
            return;
        }
        let up = self.digits.get(EXACT_DIGITS).is_some_and(|digit| *digit >= b'5');
        self.digits.truncate(EXACT_DIGITS);
        if up {
            self.raise_last();
        }
        self.trim();
    }

    fn raise_last(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                return;
            }
            *digit = b'0';
        }
        self.digits.insert(0, b'1');
        self.point += 1;
    }

    fn whole(&self) -> String {
        let length = usize::try_from(self.point).unwrap_or(0);
        let digits = self.digits.iter().copied().chain(std::iter::repeat(b'0'));
        digits.take(length).map(char::from).collect()
    }

    fn decimals(&self) -> String {
        let zeros = usize::try_from(self.point.saturating_neg()).unwrap_or(0);
        let skipped = usize::try_from(self.point).unwrap_or(0);
        let digits = self.digits.iter().copied().skip(skipped);
        std::iter::repeat_n(b'0', zeros).chain(digits).map(char::from).collect()
    }

    fn plain(&self) -> String {
        let (sign, whole) = (if self.negative { "-" } else { "" }, self.whole());
        let whole = if whole.is_empty() { "0" } else { &whole };
        match self.decimals() {
            none if none.is_empty() || self.digits.is_empty() => format!("{sign}{whole}"),
            decimals => format!("{sign}{whole},{decimals}"),
        }
    }

    fn padded(&self, digits: usize) -> String {
        let plain = self.plain();
        if self.negative || plain.contains(',') { plain } else { format!("{plain:0>digits$}") }
    }

    /// Day and time, or the time alone; `None` where the number is none.
    fn moment(&self, shape: Shape, from_1904: bool) -> Option<String> {
        let whole = self.whole();
        let mut day = if whole.is_empty() { 0 } else { whole.parse::<i64>().ok()? };
        let mut seconds = self.seconds()?;
        if seconds == DAY_SECONDS {
            (day, seconds) = (day + 1, 0);
        }
        let no_day = day == 0 && !from_1904;
        if self.negative || day > LAST_DATE || (no_day && seconds == 0 && shape == Shape::Date) {
            return None;
        }
        let time = time(seconds);
        if shape == Shape::Time || no_day {
            return Some(time);
        }
        let date = date(if from_1904 { day + LATER_1904 } else { day })?;
        Some(if seconds == 0 { date } else { format!("{date} {time}") })
    }

    fn seconds(&self) -> Option<u128> {
        let decimals: String = self.decimals().chars().take(18).collect();
        let fraction = if decimals.is_empty() { 0 } else { decimals.parse::<u128>().ok()? };
        let one = 10_u128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
        Some((fraction * DAY_SECONDS + one / 2) / one)
    }
}

fn time(seconds: u128) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let short = format!("{hours:02}:{minutes:02}");
    if rest == 0 { short } else { format!("{short}:{rest:02}") }
}

fn date(serial: i64) -> Option<String> {
    if serial == NO_DAY {
        return Some("1900-02-29".into());
    }
    // Before that day the count is one less.
    let days = serial - EPOCH + i64::from(serial < NO_DAY);
    let (year, month, day) = Day(i32::try_from(days).ok()?).ymd();
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn general(text: &str) -> String {
        shown(text, Shape::General, false)
    }

    #[test]
    fn numbers_as_they_are_shown() {
        for (stored, text) in [
            ("0", "0"),
            ("-0", "0"),
            ("6.8", "6,8"),
            ("4.8899999999999997", "4,89"),
            ("0.30000000000000004", "0,3"),
            ("0.1", "0,1"),
            ("99.999999999999999", "100"),
            ("1.5E-3", "0,0015"),
            ("2.01609996E8", "201609996"),
            ("0201609996", "201609996"),
            ("12345678901234567", "12345678901234567"),
            ("-12.50", "-12,5"),
            ("1000", "1000"),
            ("1E+3", "1000"),
            ("1e300", "1e300"),
            ("abc", "abc"),
            ("", ""),
            ("1.2.3", "1.2.3"),
        ] {
            assert_eq!(general(stored), text, "{stored}");
        }
        assert_eq!(shown("0.45", Shape::Percent, false), "45 %");
        assert_eq!(shown("101", Shape::Zeros(4), false), "0101");
        assert_eq!(shown("201609996", Shape::Zeros(10), false), "0201609996");
        assert_eq!(shown("1.5", Shape::Zeros(4), false), "1,5");
    }

    #[test]
    fn days_and_times() {
        let date = |text| shown(text, Shape::Date, false);
        for (stored, text) in [
            ("45657", "2024-12-31"),
            ("45657.5", "2024-12-31 12:00"),
            ("45657.999999999", "2025-01-01"),
            ("45657.4375", "2024-12-31 10:30"),
            ("25569", "1970-01-01"),
            ("1", "1900-01-01"),
            ("59", "1900-02-28"),
            ("60", "1900-02-29"),
            ("61", "1900-03-01"),
            ("2958465", "9999-12-31"),
            ("2958466", "2958466"),
            ("-5", "-5"),
            ("0", "0"),
            ("0.25", "06:00"),
        ] {
            assert_eq!(date(stored), text, "{stored}");
        }
        assert_eq!(shown("44195", Shape::Date, true), "2024-12-31");
        assert_eq!(shown("45657.4375", Shape::Time, false), "10:30");
        assert_eq!(shown("0.52090277777777783", Shape::Time, false), "12:30:06");
    }
}
