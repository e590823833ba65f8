//! Rows of a delimited file, written into one buffer without a string per cell.

use crate::day::Day;

/// A growing file.
#[derive(Debug, Default)]
pub struct Lines {
    /// What has been written.
    pub bytes: Vec<u8>,
}

impl Lines {
    /// One cell, or several that are already joined.
    pub fn cell(&mut self, text: &str) -> &mut Self {
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(b';');
        self
    }

    /// A date as dd-mm-yyyy; empty for none.
    pub fn day(&mut self, day: impl Into<Option<Day>>) -> &mut Self {
        if let Some((year, month, day)) = day.into().map(Day::ymd) {
            self.digits(day, 2);
            self.bytes.push(b'-');
            self.digits(month, 2);
            self.bytes.push(b'-');
            self.digits(year.unsigned_abs(), 4);
        }
        self.bytes.push(b';');
        self
    }

    /// A sign before a number, if any.
    pub fn sign(&mut self, sign: &str) -> &mut Self {
        self.bytes.extend_from_slice(sign.as_bytes());
        self
    }

    /// Millionths, rounded half up to so many decimals, with a decimal comma.
    pub fn decimal(&mut self, micro: i64, decimals: u32) -> &mut Self {
        let step = 10_u64.pow(6 - decimals.min(6));
        let rounded = (micro.max(0).unsigned_abs() + step / 2) / step;
        let one = 10_u64.pow(decimals.min(6));
        self.whole(rounded / one);
        if decimals > 0 {
            self.bytes.push(b',');
            self.digits(u32::try_from(rounded % one).unwrap_or(0), decimals);
        }
        self.bytes.push(b';');
        self
    }

    /// Ends the row; its last separator makes room for the line end.
    pub fn end(&mut self) {
        self.bytes.pop();
        self.bytes.extend_from_slice(b"\r\n");
    }

    /// Writes the row from `start` once more.
    pub fn repeat_from(&mut self, start: usize) {
        self.bytes.extend_from_within(start.min(self.bytes.len())..);
    }

    /// A line as it stands.
    pub fn line(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.extend_from_slice(b"\r\n");
    }

    fn digits(&mut self, number: u32, count: u32) {
        for place in (0..count).rev() {
            let digit = number / 10_u32.pow(place) % 10;
            self.bytes.push(b'0' + u8::try_from(digit).unwrap_or(0));
        }
    }

    fn whole(&mut self, number: u64) {
        if number >= 10 {
            self.whole(number / 10);
        }
        self.bytes.push(b'0' + u8::try_from(number % 10).unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_dates_and_numbers_as_danish_exports_write_them() {
        let mut lines = Lines::default();
        lines.cell("a").day(Day::from_ymd(2026, 3, 4)).day(None);
        lines.decimal(1_250_000, 1).decimal(999_999, 0).sign("<").decimal(40_000, 2).end();
        assert_eq!(String::from_utf8(lines.bytes).unwrap(), "a;04-03-2026;;1,3;1;<0,04\r\n");
    }
}
