//! Dated rows month by month, and the months without any.

use serde::Serialize;

use super::tally::{MONTHS, Tally};
use crate::day::Day;
use crate::schema::Register;

/// Rows per month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Months {
    /// First month, `YYYY-MM`.
    pub first: String,
    /// Rows per month from then on; the last is the month of the export.
    pub rows: Vec<u64>,
    /// Dated rows before the first month.
    pub before: u64,
    /// Dated rows after the last month.
    pub after: u64,
    /// Runs of months without a row: first and last, as positions in [`Self::rows`]. They count from
    /// the register's own first row; a register that ends early has a run at the end.
    pub gaps: Vec<(usize, usize)>,
}

impl Months {
    /// The first day of a month.
    #[must_use]
    pub fn day(&self, month: usize) -> Day {
        let first = Day::parse_iso(&format!("{}-01", self.first)).unwrap_or(Day::MIN);
        first.add_months(i32::try_from(month).unwrap_or(0))
    }
}

/// Sums the days of a tally.
#[must_use]
pub fn months(tally: &Tally, of: Register) -> Months {
    let rows: Vec<u64> = (0..MONTHS).map(|month| month_of(tally, month)).collect();
    let (year, month, _) = tally.first.ymd();
    let mut months = Months {
        first: format!("{year:04}-{month:02}"),
        rows,
        before: tally.before,
        after: tally.after,
        gaps: Vec::new(),
    };
    months.gaps = gaps(&months, of);
    months
}

fn month_of(tally: &Tally, month: i32) -> u64 {
    let at = |month| {
        let days = tally.first.add_months(month).0 - tally.first.0;
        usize::try_from(days).unwrap_or(0)
    };
    tally.by_day.get(at(month)..at(month + 1)).unwrap_or_default().iter().sum()
}

// Appointments lie ahead: none of them in the past is no gap.
fn gaps(months: &Months, of: Register) -> Vec<(usize, usize)> {
    let begins = if months.before > 0 { Some(0) } else { months.rows.iter().position(|n| *n > 0) };
    let Some(begins) = begins.filter(|_| of != Register::Aftale) else { return Vec::new() };
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (month, rows) in months.rows.iter().enumerate().skip(begins) {
        match found.last_mut() {
            _ if *rows > 0 => {}
            Some((_, last)) if *last + 1 == month => *last = month,
            _ => found.push((month, month)),
        }
    }
    found
}
