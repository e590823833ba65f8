//! Months and years (rule R3), ages (rule R4): whole-number arithmetic that engines agree on.

use crate::day::Day;
use crate::profile::plan::{Shift, Unit};
use crate::sql::dialect::Dialect;

/// Added before a division and taken away after it, so that what is divided is never negative.
const YEARS_AHEAD: i64 = 10_000;

/// The number of the day that lies a shift from another.
pub(super) fn shifted(dialect: Dialect, day: &str, shift: Shift) -> String {
    let Shift { count, unit } = shift;
    let count = i64::from(count);
    match unit {
        Unit::Days => format!("({day} + ({count}))"),
        Unit::Weeks => format!("({day} + ({}))", count * 7),
        Unit::Months => months(dialect, day, count),
        Unit::Years => months(dialect, day, count * 12),
    }
}

// The first of the month reached, and so many days further as the month has.
fn months(dialect: Dialect, day: &str, count: i64) -> String {
    let date = dialect.date(day);
    let month = format!("(year({date}) * 12 + month({date}) - 1 + ({}))", count + 12 * YEARS_AHEAD);
    let year = dialect.divided(&month, 12);
    let year = format!("least(greatest({year} - {YEARS_AHEAD}, 1), 9999)");
    let month = format!("({month} % 12 + 1)");
    let first = format!("make_date(CAST({year} AS INT), CAST({month} AS INT), 1)");
    let first = dialect.day(&first);
    let long = month_length(&year, &month);
    format!("({first} + least(day({date}), {long}) - 1)")
}

fn month_length(year: &str, month: &str) -> String {
    let leap = format!("({year} % 4 = 0 AND {year} % 100 <> 0) OR {year} % 400 = 0");
    format!(
        "CASE WHEN {month} = 2 THEN CASE WHEN {leap} THEN 29 ELSE 28 END \
         WHEN {month} IN (4, 6, 9, 11) THEN 30 ELSE 31 END"
    )
}

/// Completed units from a date (an expression) to a day that is known.
pub(super) fn completed(dialect: Dialect, date: &str, until: Day, unit: Unit) -> String {
    let (year, month, day) = until.ymd();
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let floor = |number: String, by: i64| {
        let ahead = dialect.divided(&format!("{number} + {}", by * YEARS_AHEAD * 400), by);
        format!("({ahead} - {})", YEARS_AHEAD * 400)
    };
    match unit {
        Unit::Years => {
            let until = year * 10_000 + month * 100 + day;
            let born = format!("year({date}) * 10000 + month({date}) * 100 + day({date})");
            floor(format!("{until} - ({born})"), 10_000)
        }
        Unit::Months => {
            let until = (year * 12 + month) * 100 + day;
            let born = format!("(year({date}) * 12 + month({date})) * 100 + day({date})");
            floor(format!("{until} - ({born})"), 100)
        }
        Unit::Weeks => floor(format!("{} - {}", until.0, dialect.day(date)), 7),
        Unit::Days => format!("({} - {})", until.0, dialect.day(date)),
    }
}
