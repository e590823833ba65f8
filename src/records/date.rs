//! Dates as exports write them: day first, never month first.

use crate::day::Day;

/// What a date cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateCell {
    /// Nothing, or a placeholder such as `00-00-0000` or `31-12-9999`.
    Missing,
    /// A day.
    On(Day),
    /// Something that is no date; the row counts as undated, with a warning.
    Unreadable,
}

impl DateCell {
    /// The day, if it is one.
    #[must_use]
    pub const fn day(self) -> Option<Day> {
        match self {
            Self::On(day) => Some(day),
            Self::Missing | Self::Unreadable => None,
        }
    }
}

/// Reads a cell: `31-12-2024` (also `.` `/`), `31-12-24`, `311224`, `2024-12-31`, `20241231`, a
/// time after any of them, and spreadsheet serial numbers (five digits, 1900 system).
///
/// Two-digit years are 1970–2069; birth dates come from the CPR number where it has one.
#[must_use]
pub fn read(cell: &str) -> DateCell {
    if let Some(day) = usual(cell.as_bytes()) {
        return DateCell::On(day);
    }
    let text = cell.trim().trim_start_matches('\'');
    if text.is_empty() || text == "-" {
        return DateCell::Missing;
    }
    let date = text.split(['T', ' ']).next().unwrap_or(text).trim_end_matches([',', '.']);
    let parts: Vec<&str> = date.split(['-', '.', '/']).collect();
    let read = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => civil(year, month, day),
        [day, month, year] => civil(year, month, day),
        [digits] => compact(digits),
        _ => None,
    };
    match read {
        Some(Some(day)) if is_placeholder(day) => DateCell::Missing,
        Some(Some(day)) => DateCell::On(day),
        Some(None) => DateCell::Missing,
        None => DateCell::Unreadable,
    }
}

/// `dd-mm-yyyy` of 1901 to 2099, which most cells are; the rest is read with more care.
fn usual(cell: &[u8]) -> Option<Day> {
    let &[d1, d2, b'-' | b'.' | b'/', m1, m2, b'-' | b'.' | b'/', c1, c2, y1, y2] = cell else {
        return None;
    };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    let two = |tens, ones| Some(digit(tens)? * 10 + digit(ones)?);
    let year = two(c1, c2)? * 100 + two(y1, y2)?;
    let year = i32::try_from(year).ok().filter(|year| (1901..2100).contains(year))?;
    Day::from_ymd(year, two(m1, m2)?, two(d1, d2)?)
}

/// `Some(None)` = all zeros.
fn civil(year: &str, month: &str, day: &str) -> Option<Option<Day>> {
    let digits = |part: &str| {
        let fits = (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (y, month, day) = (digits(year)?, digits(month)?, digits(day)?);
    if (y, month, day) == (0, 0, 0) {
        return Some(None);
    }
    let y = i32::try_from(y).ok()?;
    let year = match year.len() {
        4 => y,
        2 => y + if y < 70 { 2000 } else { 1900 },
        _ => return None,
    };
    Day::from_ymd(year, month, day).map(Some)
}

fn compact(digits: &str) -> Option<Option<Day>> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match digits.len() {
        8 => civil(digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?),
        6 => civil(digits.get(4..)?, digits.get(2..4)?, digits.get(..2)?),
        // 25,569 is 1970-01-01; sixty years either side of 2000 are dates, the rest is not.
        5 => {
            let serial = digits.parse::<i32>().ok()?;
            (14_600..=58_500).contains(&serial).then_some(Some(Day(serial - 25_569)))
        }
        _ => None,
    }
}

fn is_placeholder(day: Day) -> bool {
    let (year, month, date) = day.ymd();
    (year, month, date) == (1900, 1, 1) || year == 9999
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_day() {
        let day = Day::from_ymd(2024, 12, 31).unwrap();
        for text in [
            "31-12-2024",
            "31.12.2024",
            "31/12/2024",
            "31-12-24",
            "311224",
            "2024-12-31",
            "20241231",
            "2024-12-31T10:00:00+01:00",
            "31-12-2024 10:30",
            "45657",
            " 31-12-2024 ",
        ] {
            assert_eq!(read(text), DateCell::On(day), "{text}");
        }
        assert_eq!(read("1-2-2024"), DateCell::On(Day::from_ymd(2024, 2, 1).unwrap()));
    }

    #[test]
    fn placeholders_are_missing_and_nonsense_is_unreadable() {
        for text in ["", " ", "-", "00-00-0000", "00000000", "01-01-1900", "31-12-9999"] {
            assert_eq!(read(text), DateCell::Missing, "{text}");
        }
        for text in
            ["31-02-2025", "12-31-2024", "2023-05", "i går", "2024", "1-2-3", "99999", "31-12-024"]
        {
            assert_eq!(read(text), DateCell::Unreadable, "{text}");
        }
    }
}
