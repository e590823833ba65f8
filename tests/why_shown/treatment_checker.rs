//! Verdicts on treatments and derived values, worked out anew from the shown rows alone.

use std::collections::BTreeSet;

use crate::checker::{INFINITE, bounds, dates, day, holds, of_bounds, of_count};
use crate::receipt;
use crate::runs::{Ran, joined, months_before, ran, running, window};
use profilblik::truth::Truth;
use profilblik::view::{CriterionView, EvidenceView};

/// What a criterion asks, as the profile says it.
#[derive(Clone, Debug)]
pub enum Asks {
    /// Rows that run in the window.
    Running { op: &'static str, number: i64 },
    /// Rows that end in the window.
    Ending { op: &'static str, number: i64 },
    /// `aktuelt_forloeb`; months of the calendar or days.
    Current { gap: i32, op: &'static str, limit: i64, months: bool },
    /// `laengste_forloeb` in days.
    Longest { gap: i32, op: &'static str, days: i64 },
    /// `daekkede_dage`.
    Covered { op: &'static str, days: i64 },
    /// `antal_praeparater`.
    Products { op: &'static str, number: i64 },
    /// `dage_siden`, or `maaneder_siden`.
    Since { op: &'static str, number: i64, months: bool },
    /// `dage_mellem`.
    Between { from: &'static str, to: &'static str, op: &'static str, days: i64 },
    /// `gennemsnit`.
    Mean { op: &'static str, limit: i64 },
    /// `ddd_sum`.
    Defined { op: &'static str, limit: i64 },
    /// `omeq_pr_doegn`.
    Equivalents { op: &'static str, limit: i64 },
    /// `omeq_sum`.
    Cumulated { op: &'static str, limit: i64 },
    /// `enheder_sum`.
    Units { op: &'static str, limit: i64 },
    /// `samtidig` of codes that begin so.
    Together { of: [&'static str; 2], days: i64 },
    /// Rows with a code in so many days around the days of another criterion.
    Anchored {
        on: &'static str,
        pick: &'static str,
        code: &'static str,
        around: (i32, i32),
        number: i64,
    },
    /// A day that others count from: so many rows in the window.
    Rows { number: i64 },
}

/// The verdict that follows; an error says what does not fit together.
pub fn verdict(
    asks: &Asks,
    shown: &CriterionView,
    index: i32,
    others: &[CriterionView],
) -> Result<Truth, String> {
    let rows = &shown.evidence;
    match asks {
        Asks::Running { op, number } => in_window(shown, runs_in, op, *number),
        Asks::Ending { op, number } => in_window(shown, ends_in, op, *number),
        Asks::Rows { number } => in_window(shown, lies_in, ">=", *number),
        Asks::Current { gap, op, limit, months } => {
            let Some(courses) = courses(rows, *gap, index)? else { return Ok(Truth::Unknown) };
            let Some((start, _)) = courses.last().filter(|(_, end)| index - gap <= *end) else {
                return Ok(Truth::No);
            };
            let is = |op: &str| match months {
                true => holds(op, f64::from(months_before(index, *limit)), f64::from(*start)),
                false => holds(op, f64::from(index - start), *limit as f64),
            };
            Ok(perhaps_longer(op, &is, begins_with_register(shown, &[*start], *gap)))
        }
        Asks::Longest { gap, op, days } => {
            let Some(courses) = courses(rows, *gap, index)? else { return Ok(Truth::Unknown) };
            let length = |(from, to): &(i32, i32)| (*to).min(index) - from + 1;
            let longest = courses.iter().map(length).max().unwrap_or(0);
            let starts: Vec<i32> = courses.iter().map(|(from, _)| *from).collect();
            let is = |op: &str| holds(op, f64::from(longest), *days as f64);
            Ok(perhaps_longer(op, &is, begins_with_register(shown, &starts, *gap)))
        }
        Asks::Covered { op, days } => {
            let days_of = |perhaps| running(rows.iter(), window(shown), perhaps).len() as i64;
            Ok(of_count(op, days_of(false), days_of(true), *days))
        }
        Asks::Products { op, number } => {
            let (sure, most) = products(rows, index)?;
            Ok(of_count(op, sure, most, *number))
        }
        Asks::Since { op, number, months } => since(shown, index, op, *number, *months),
        Asks::Between { from, to, op, days } => between(shown, others, [from, to], op, *days),
        Asks::Mean { op, limit } => {
            let values: Vec<(f64, f64)> = rows.iter().map(bounds).collect();
            let exact = rows.iter().all(|row| !row.perhaps) && values.iter().all(|v| v.0 == v.1);
            let sum: f64 = values.iter().map(|value| value.0).sum();
            Ok(match values.len() {
                0 => Truth::No,
                _ if !exact => Truth::Unknown,
                many => Truth::known(holds(op, sum, (*limit * many as i64) as f64)),
            })
        }
        Asks::Defined { op, limit } => Ok(of_bounds(op, defined_doses(rows), *limit as f64)),
        Asks::Units { op, limit } => Ok(of_bounds(op, units(rows), *limit as f64)),
        Asks::Cumulated { op, limit } => {
            Ok(of_bounds(op, receipt::days(&shown.receipt, window(shown))?, *limit as f64))
        }
        Asks::Equivalents { op, limit } => {
            Ok(of_bounds(op, receipt::sum(&shown.receipt)?, *limit as f64))
        }
        Asks::Together { of, days } => {
            let (sure, most) = together(shown, of);
            Ok(of_count(">=", sure, most, *days))
        }
        Asks::Anchored { on, pick, code, around, number } => {
            Ok(anchored(of_id(others, on), rows, pick, code, *around, *number))
        }
    }
}

type Placed = fn(&EvidenceView, (i32, i32)) -> Option<bool>;

// How a row stands to the window: inside, not, or nobody knows.
fn runs_in(row: &EvidenceView, (from, to): (i32, i32)) -> Option<bool> {
    match ran(row) {
        Ran::Days(a, b) => Some(a <= to && from <= b),
        Ran::Until(end) if end < from => Some(false),
        Ran::Until(_) | Ran::Unknown => None,
    }
}

fn ends_in(row: &EvidenceView, (from, to): (i32, i32)) -> Option<bool> {
    match ran(row) {
        Ran::Days(_, end) | Ran::Until(end) => Some(from <= end && end <= to && end < i32::MAX),
        Ran::Unknown => None,
    }
}

fn lies_in(row: &EvidenceView, (from, to): (i32, i32)) -> Option<bool> {
    day(&row.date).map(|day| from <= day.0 && day.0 <= to)
}

fn in_window(
    shown: &CriterionView,
    placed: Placed,
    op: &str,
    number: i64,
) -> Result<Truth, String> {
    let window = window(shown);
    for row in &shown.evidence {
        match placed(row, window) {
            Some(true) => {}
            None if row.perhaps => {}
            other => return Err(format!("{other:?}: {row:?} in {}", shown.window)),
        }
    }
    let sure = shown.evidence.iter().filter(|row| !row.perhaps).count();
    Ok(of_count(op, sure as i64, shown.evidence.len() as i64, number))
}

/// Courses of rows that all run surely; `None` = one does not.
pub fn courses(
    rows: &[EvidenceView],
    gap: i32,
    index: i32,
) -> Result<Option<Vec<(i32, i32)>>, String> {
    let mut spans = Vec::new();
    for row in rows {
        match ran(row) {
            Ran::Days(from, _) if from > index => return Err(format!("{row:?} begins later")),
            Ran::Days(from, to) if !row.perhaps => spans.push((from, to)),
            _ => return Ok(None),
        }
    }
    Ok(Some(joined(spans, gap)))
}

// »… før medicin i filen begynder (01-02-2025).«
fn begins_with_register(shown: &CriterionView, starts: &[i32], gap: i32) -> bool {
    let said = shown.reason.contains("i filen begynder");
    let first = dates(&shown.reason.replace(['(', ')'], " ")).first().map(|day| day.0);
    said && first.is_some_and(|first| starts.iter().any(|start| *start < first + gap))
}

// What may have lasted longer is never surely too short.
fn perhaps_longer(op: &str, is: &dyn Fn(&str) -> bool, longer: bool) -> Truth {
    let open = match op {
        ">" | ">=" => !is(op),
        "<" | "<=" => is(op),
        _ => !is(">"),
    };
    if longer && open { Truth::Unknown } else { Truth::known(is(op)) }
}

/// Different full codes that run on the day, surely and at most.
pub fn products(rows: &[EvidenceView], index: i32) -> Result<(i64, i64), String> {
    if let Some(row) = rows.iter().find(|row| runs_in(row, (index, index)) == Some(false)) {
        return Err(format!("{row:?} does not run on the day"));
    }
    let full = |row: &&EvidenceView| row.code.len() == 7;
    let (sure, perhaps): (Vec<_>, Vec<_>) = rows.iter().filter(full).partition(|r| !r.perhaps);
    let sure: BTreeSet<&str> = sure.into_iter().map(|row| row.code.as_str()).collect();
    let all: BTreeSet<&str> = perhaps.into_iter().map(|row| row.code.as_str()).collect();
    let nameless = rows.iter().filter(|row| !full(row)).count();
    let most = sure.union(&all).count() + nameless;
    Ok((sure.len() as i64, most as i64))
}

fn since(
    shown: &CriterionView,
    index: i32,
    op: &str,
    number: i64,
    months: bool,
) -> Result<Truth, String> {
    if shown.evidence.is_empty() {
        return Ok(Truth::No);
    }
    in_window(shown, lies_in, ">=", 1)?;
    let undated = shown.evidence.iter().any(|row| day(&row.date).is_none());
    let (Some(sure), Some(latest)) = latest(&shown.evidence) else { return Ok(Truth::Unknown) };
    if months && undated {
        return Ok(Truth::Unknown);
    }
    let since = |day: i32| match months {
        true => (0..).take_while(|n| day <= months_before(index, *n)).count() as i64 - 1,
        false => i64::from(index - day),
    };
    Ok(of_count(op, since(latest), since(sure), number))
}

/// The latest day of the sure rows, and of all.
pub fn latest(rows: &[EvidenceView]) -> (Option<i32>, Option<i32>) {
    let days = |perhaps: bool| {
        let rows = rows.iter().filter(move |row| perhaps || !row.perhaps);
        rows.filter_map(|row| day(&row.date)).map(|day| day.0).max()
    };
    (days(false), days(true))
}

/// A criterion of the panel.
pub fn of_id<'a>(others: &'a [CriterionView], id: &str) -> &'a CriterionView {
    others.iter().find(|other| other.id == id).unwrap()
}

fn between(
    shown: &CriterionView,
    others: &[CriterionView],
    of: [&str; 2],
    op: &str,
    days: i64,
) -> Result<Truth, String> {
    let of = of.map(|id| of_id(others, id));
    let known = |row: &EvidenceView| of.iter().any(|other| other.evidence.contains(row));
    if let Some(row) = shown.evidence.iter().find(|row| !known(row)) {
        return Err(format!("{row:?} belongs to none of the two"));
    }
    if of.iter().any(|other| other.truth == Truth::No) {
        return Ok(Truth::No);
    }
    let day = |other: &CriterionView| match latest(&other.evidence) {
        (Some(sure), Some(latest)) if sure == latest && other.truth == Truth::Yes => Some(sure),
        _ => None,
    };
    Ok(match (day(of[0]), day(of[1])) {
        (Some(from), Some(to)) => Truth::known(holds(op, f64::from(to - from), days as f64)),
        _ => Truth::Unknown,
    })
}

/// Defined daily doses, at least and at most.
pub fn defined_doses(rows: &[EvidenceView]) -> (f64, f64) {
    numbers(rows, " DDD")
}

/// Units of packages, at least and at most.
pub fn units(rows: &[EvidenceView]) -> (f64, f64) {
    numbers(rows, " enheder")
}

fn numbers(rows: &[EvidenceView], unit: &str) -> (f64, f64) {
    let (mut least, mut most) = (0.0, 0.0);
    for row in rows {
        let said = row.text.split(", ").find_map(|part| part.strip_suffix(unit));
        match said.map(|said| said.replace(',', ".").parse::<f64>().unwrap()) {
            Some(doses) => {
                least += if row.perhaps { 0.0 } else { doses };
                most += doses;
            }
            None => most += INFINITE,
        }
    }
    (least, most)
}

/// Days on which rows of all codes run, surely and at most.
pub fn together(shown: &CriterionView, of: &[&str]) -> (i64, i64) {
    let days = |perhaps| {
        let of_code = |code: &&str| {
            let rows = shown.evidence.iter().filter(|row| row.code.starts_with(*code));
            running(rows, window(shown), perhaps).into_iter().collect::<BTreeSet<i32>>()
        };
        of.iter().map(of_code).reduce(|a, b| &a & &b).unwrap().len() as i64
    };
    (days(false), days(true))
}

fn anchored(
    anchor: &CriterionView,
    rows: &[EvidenceView],
    pick: &str,
    code: &str,
    around: (i32, i32),
    number: i64,
) -> Truth {
    if anchor.truth != Truth::Yes {
        return anchor.truth;
    }
    let days_of = |perhaps: bool| {
        let rows = anchor.evidence.iter().filter(move |row| row.perhaps == perhaps);
        rows.filter_map(|row| day(&row.date)).map(|day| day.0).collect::<BTreeSet<i32>>()
    };
    let (sure, perhaps) = (days_of(false), days_of(true));
    let undated = anchor.evidence.iter().any(|row| day(&row.date).is_none());
    let within = |base: i32| {
        let inside = |row: &&EvidenceView| {
            row.code == code
                && day(&row.date).is_none_or(|d| base + around.0 <= d.0 && d.0 <= base + around.1)
        };
        let all: Vec<&EvidenceView> = rows.iter().filter(inside).collect();
        let sure = all.iter().filter(|row| !row.perhaps).count() as i64;
        of_count(">=", sure, all.len() as i64, number)
    };
    if pick == "enhver" {
        let least = if undated { Truth::Unknown } else { Truth::No };
        let perhaps = perhaps.into_iter().map(|day| within(day).min(Truth::Unknown));
        return sure.into_iter().map(within).chain(perhaps).fold(least, Truth::max);
    }
    let first = pick == "foerste";
    let base = if first { sure.first() } else { sure.last() }.copied();
    let before = |day: &i32| base.is_none_or(|b| if first { *day < b } else { *day > b });
    let all: Vec<Truth> =
        base.into_iter().chain(perhaps.into_iter().filter(before)).map(within).collect();
    match all.first() {
        Some(one) if !undated && all.iter().all(|other| other == one) => *one,
        _ => Truth::Unknown,
    }
}
