//! When a shown row runs, read from its words alone, and the arithmetic of days beside it.

use crate::checker::{dates, day};
use profilblik::day::Day;
use profilblik::view::{CriterionView, EvidenceView};

/// When a row runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ran {
    /// From the first to the last day.
    Days(i32, i32),
    /// Only the end is shown.
    Until(i32),
    /// Nothing is shown, or an end before the start.
    Unknown,
}

/// What the row says of itself: »løber … til …«, »løber fra … uden slut«, »slut antaget …«.
pub fn ran(row: &EvidenceView) -> Ran {
    if let (Some(from), [to]) = (day(&row.date), &dates(&row.assumed)[..]) {
        return Ran::Days(from.0, to.0);
    }
    let said = row.text.split(", ").find(|part| part.starts_with("løber "));
    match said.map(|said| (said, dates(said))) {
        Some((_, days)) if days.len() == 2 => Ran::Days(days[0].0, days[1].0),
        Some((said, days)) if said.ends_with("uden slut") => Ran::Days(days[0].0, i32::MAX),
        Some((_, days)) => Ran::Until(days[0].0),
        None if row.origin.starts_with("diagnose") => diagnosis(row),
        None => Ran::Unknown,
    }
}

// A diagnosis runs on until »afsluttet«.
fn diagnosis(row: &EvidenceView) -> Ran {
    let ended = row.text.split(", ").find(|part| part.starts_with("afsluttet"));
    let ended = ended.map(|said| dates(said)[0].0);
    match (day(&row.date), ended) {
        (Some(from), Some(to)) if to < from.0 => Ran::Unknown,
        (Some(from), to) => Ran::Days(from.0, to.unwrap_or(i32::MAX)),
        (None, Some(to)) => Ran::Until(to),
        (None, None) => Ran::Unknown,
    }
}

/// The shown window; of one day, that day.
pub fn window(shown: &CriterionView) -> (i32, i32) {
    match (&dates(&shown.window)[..], shown.window.split(' ').next()) {
        ([from, to], _) => (from.0, to.0),
        ([to], Some("til")) => (i32::MIN, to.0),
        ([from], Some("fra")) => (from.0, i32::MAX),
        ([one], _) => (one.0, one.0),
        _ => (i32::MIN, i32::MAX),
    }
}

/// A day so many calendar months earlier; the month's last day where it has no such day.
pub fn months_before(end: i32, months: i64) -> i32 {
    let (year, month, of_month) = Day(end).ymd();
    let index = i64::from(year) * 12 + i64::from(month) - 1 - months;
    let year = i32::try_from(index.div_euclid(12)).unwrap();
    let month = u32::try_from(index.rem_euclid(12)).unwrap() + 1;
    let kept = (1..=of_month).rev().find_map(|day| Day::from_ymd(year, month, day));
    kept.unwrap().0
}

/// Spans joined over at most `gap` free days, in order.
pub fn joined(mut spans: Vec<(i32, i32)>, gap: i32) -> Vec<(i32, i32)> {
    spans.sort_unstable();
    let mut all: Vec<(i32, i32)> = Vec::new();
    for (from, to) in spans {
        match all.last_mut() {
            Some(last) if i64::from(from) <= i64::from(last.1) + i64::from(gap) + 1 => {
                last.1 = last.1.max(to);
            }
            _ => all.push((from, to)),
        }
    }
    all
}

/// Days of the window on which something runs, surely or perhaps.
pub fn running<'a>(
    rows: impl Iterator<Item = &'a EvidenceView>,
    (from, to): (i32, i32),
    perhaps: bool,
) -> Vec<i32> {
    let spans: Vec<(i32, i32)> = rows
        .filter_map(|row| match ran(row) {
            Ran::Days(a, b) => (perhaps || !row.perhaps).then_some((a, b)),
            Ran::Until(end) => perhaps.then_some((from, end)),
            Ran::Unknown => perhaps.then_some((from, to)),
        })
        .collect();
    (from..=to).filter(|day| spans.iter().any(|(a, b)| a <= day && day <= b)).collect()
}
