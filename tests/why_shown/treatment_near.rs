//! Does the near miss of a no fit to the rows shown beside it?

use crate::checker::{dates, holds, numbers};
use crate::receipt;
use crate::runs::{running, window};
use crate::treatment_checker::{
    Asks, courses, defined_doses, latest, of_id, products, together, units,
};
use profilblik::truth::Truth;
use profilblik::view::CriterionView;

/// The sentence must be there, and its numbers those of the rows.
pub fn fits(
    asks: &Asks,
    shown: &CriterionView,
    index: i32,
    others: &[CriterionView],
) -> Result<(), String> {
    let fits = near(asks, shown, index, others).unwrap_or(false);
    if fits {
        Ok(())
    } else {
        Err(format!("»{}« does not fit: {asks:?} {shown:?}", shown.reason))
    }
}

fn near(asks: &Asks, shown: &CriterionView, index: i32, others: &[CriterionView]) -> Option<bool> {
    let (text, mut said) = (shown.reason.as_str(), numbers(&shown.reason));
    if text.contains(", om ") {
        // »Seneste er fra 03-06-2025, om 2 dage.«
        said[0] = -said[0];
    }
    if let Asks::Anchored { on, around, number, .. } = asks {
        return Some(anchored(shown, of_id(others, on), *around, *number));
    }
    if let Asks::Between { from, to, .. } = asks
        && let Some(other) =
            [from, to].map(|id| of_id(others, id)).iter().find(|o| o.truth == Truth::No)
    {
        return Some(names(text, other));
    }
    if text.starts_with("Ingen rækker") || text.contains("hører til perioden") {
        return Some(shown.evidence.is_empty());
    }
    if text.contains("vinduet") {
        return Some(shown.evidence.is_empty() && outside(text, &said, window(shown)));
    }
    let count = shown.evidence.len() as f64;
    let sure = shown.evidence.iter().filter(|row| !row.perhaps).count() as f64;
    match asks {
        Asks::Running { op, number } | Asks::Ending { op, number } => {
            Some(of_number(op, *number as f64, sure, count, &said))
        }
        Asks::Rows { number } => Some(of_number(">=", *number as f64, sure, count, &said)),
        Asks::Current { gap, .. } if text.starts_with("Ophold") => {
            interrupted(shown, *gap, index, &said)
        }
        Asks::Current { gap, op, limit, months } => {
            let start = courses(&shown.evidence, *gap, index).ok()??.last()?.0;
            let lasted = f64::from(index - start);
            let off = *months || off_by(&said, lasted, *limit as f64, op);
            Some(dates(text).first()?.0 == start && said.first() == Some(&lasted) && off)
        }
        Asks::Longest { gap, op, days } => {
            let all = courses(&shown.evidence, *gap, index).ok()??;
            let length =
                all.iter().map(|(from, to)| (*to).min(index) - from + 1).max().unwrap_or(0);
            Some(off_by(&said, f64::from(length), *days as f64, op))
        }
        Asks::Covered { op, days } => {
            let days_of = |perhaps| running(shown.evidence.iter(), window(shown), perhaps).len();
            Some(nearest(&said, op, (days_of(false) as f64, days_of(true) as f64), *days))
        }
        Asks::Products { op, number } => {
            let (sure, most) = products(&shown.evidence, index).ok()?;
            Some(nearest(&said, op, (sure as f64, most as f64), *number))
        }
        Asks::Since { op, number, months: false } => {
            let (sure, latest) = latest(&shown.evidence);
            let bounds =
                (f64::from(index - latest?), sure.map_or(f64::MAX, |s| f64::from(index - s)));
            Some(nearest(&said, op, bounds, *number))
        }
        Asks::Since { number, .. } => Some(said.get(1) == Some(&(*number as f64))),
        Asks::Between { op, days, from, to } => {
            let day = |id: &str| latest(&of_id(others, id).evidence).0;
            Some(off_by(&said, f64::from(day(to)? - day(from)?), *days as f64, op))
        }
        Asks::Mean { limit, .. } => Some(said.get(1) == Some(&(*limit as f64))),
        Asks::Defined { op, limit } => {
            Some(nearest(&said, op, defined_doses(&shown.evidence), *limit))
        }
        Asks::Equivalents { op, limit } => {
            Some(nearest(&said, op, receipt::sum(&shown.receipt).ok()?, *limit))
        }
        Asks::Units { op, limit } => Some(nearest(&said, op, units(&shown.evidence), *limit)),
        Asks::Cumulated { op, limit } => {
            let sums = receipt::days(&shown.receipt, window(shown)).ok()?;
            Some(nearest(&said, op, sums, *limit))
        }
        Asks::Together { of, days } => {
            let (_, most) = together(shown, of);
            Some(said == [most as f64, *days as f64, (days - most) as f64])
        }
        Asks::Anchored { .. } => None,
    }
}

// »…, 8 dage før vinduet begynder 02-03-2025«: date, distance and edge belong together.
fn outside(text: &str, said: &[f64], (from, to): (i32, i32)) -> bool {
    let [found, edge] = dates(text)[..] else { return false };
    let early = text.contains("før vinduet begynder");
    let (expected, days) = if early { (from, edge.0 - found.0) } else { (to, found.0 - edge.0) };
    edge.0 == expected && days > 0 && said == [f64::from(days)]
}

fn of_number(op: &str, number: f64, least: f64, most: f64, said: &[f64]) -> bool {
    let allowed = if op == "<" { number - 1.0 } else { number };
    let needed = if op == ">" { number + 1.0 } else { number };
    let many = matches!(op, "<" | "<=" | "=") && least > allowed;
    match (many, allowed == 0.0) {
        (true, true) => said == [least, least],
        (true, false) => said == [least, allowed, least - allowed],
        _ => said == [most, needed, needed - most],
    }
}

// »Ophold på 95 dage; højst 92 er tilladt: 3 dage for langt.«
fn interrupted(shown: &CriterionView, gap: i32, index: i32, said: &[f64]) -> Option<bool> {
    let all = courses(&shown.evidence, gap, index).ok()??;
    let pause = match all.as_slice() {
        [.., last] if index - gap > last.1 => index - last.1,
        [.., before, last] => last.0 - before.1 - 1,
        _ => return None,
    };
    Some(said == [pause, gap, pause - gap].map(f64::from))
}

// »F … Kravet er … N: S for lavt«, or »lige på grænsen«. Times say the days until it would hold.
fn off_by(said: &[f64], found: f64, limit: f64, op: &str) -> bool {
    let strict = if matches!(op, "<" | ">") { 1.0 } else { 0.0 };
    let by = (found - limit).abs();
    let off = match said {
        [a, b] => *a == *b,
        [_, _, by_said] => *by_said == by || *by_said == by + strict,
        _ => false,
    };
    off && said[0] == found && said[1] == limit && !holds(op, found, limit)
}

fn nearest(said: &[f64], op: &str, (low, high): (f64, f64), limit: i64) -> bool {
    let limit = limit as f64;
    let bound = match op {
        "<" | "<=" => low,
        ">" | ">=" => high,
        _ if low > limit => low,
        _ => high,
    };
    off_by(said, bound, limit, op)
}

// The criterion that is counted from, and its own near miss.
fn names(text: &str, other: &CriterionView) -> bool {
    text.contains(&format!("krav {}.", other.id)) && text.contains(&other.reason)
}

fn anchored(
    shown: &CriterionView,
    anchor: &CriterionView,
    around: (i32, i32),
    number: i64,
) -> bool {
    let (text, said) = (shown.reason.as_str(), numbers(&shown.reason));
    if anchor.truth == Truth::No {
        return names(text, anchor);
    }
    let days = anchor.evidence.iter().flat_map(|row| dates(&row.date));
    let windows: Vec<(i32, i32)> = days.map(|day| (day.0 + around.0, day.0 + around.1)).collect();
    if !windows.contains(&window(shown)) {
        return false;
    }
    match said[..] {
        [_] if text.contains("vinduet") => outside(text, &said, window(shown)),
        [rows] => rows > 0.0 && text.contains("hører til perioden"),
        [] => text.starts_with("Ingen rækker"),
        [found, needed, short] => needed == number as f64 && needed - found == short,
        _ => false,
    }
}
