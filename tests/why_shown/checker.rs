//! Works a criterion's verdict out anew from what the panel shows, and from nothing else: dates,
//! values, »måske«, the window, the sentence. Written for itself; nothing of the evaluator is used.

use profilblik::day::Day;
use profilblik::truth::Truth;
use profilblik::view::{CriterionView, EvidenceView};

/// What a criterion asks, as the profile says it.
#[derive(Clone, Debug)]
pub enum Asks {
    /// So many records, or days with one.
    Count { op: &'static str, number: i64, by_day: bool },
    /// At least so many records, from first to last so many days.
    Spread { number: i64, op: &'static str, days: i64 },
    /// One value of the day picked.
    Value { op: &'static str, limit: i64 },
    /// The highest or lowest value.
    Extreme { op: &'static str, limit: i64, highest: bool },
    /// Completed years.
    Age { op: &'static str, years: i64 },
    /// `alle`, `en_af`, `ingen_af`, or `mindst_af` with its number.
    Group { least: Option<usize>, all: bool, none: bool, of: Vec<String> },
}

pub fn holds(op: &str, left: f64, right: f64) -> bool {
    match op {
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        ">=" => left >= right,
        _ => (left - right).abs() < 1e-9,
    }
}

pub fn day(text: &str) -> Option<Day> {
    let mut parts = text.split('-').map(|part| part.parse::<i32>());
    let (d, m, y) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    Day::from_ymd(y, u32::try_from(m).ok()?, u32::try_from(d).ok()?)
}

/// All numbers of a sentence: dates and codes left out.
pub fn numbers(text: &str) -> Vec<f64> {
    let number = |word: &str| {
        let word = word
            .trim_matches(|c| "»«.:;,".contains(c))
            .replace('.', "")
            .replace(',', ".")
            .replace('−', "-");
        word.parse::<f64>().ok()
    };
    text.split_whitespace().filter_map(number).collect()
}

pub fn dates(text: &str) -> Vec<Day> {
    text.split_whitespace().filter_map(|w| day(w.trim_matches(|c| ".,".contains(c)))).collect()
}

pub const INFINITE: f64 = 1e12;

/// Everything that the value of a record may be, as it is written.
pub fn bounds(row: &EvidenceView) -> (f64, f64) {
    let value = row.text.split_once(' ').map_or("", |(_, value)| value);
    let exact = |text: &str| {
        let ambiguous = text.contains('.');
        text.replace(',', ".").parse::<f64>().ok().filter(|_| !ambiguous)
    };
    let edge = 1e-6;
    match (value.strip_prefix('>'), value.strip_prefix('<'), exact(value)) {
        (Some(low), ..) => (exact(low).unwrap() + edge, INFINITE),
        (_, Some(high), _) => (-INFINITE, exact(high).unwrap() - edge),
        (.., Some(value)) => (value, value),
        _ => (-INFINITE, INFINITE),
    }
}

pub fn of_bounds(op: &str, (low, high): (f64, f64), limit: f64) -> Truth {
    let inside = low <= limit && limit <= high;
    let (a, b) = (holds(op, low, limit), holds(op, high, limit));
    match op {
        "=" => Truth::between(low == limit && high == limit, inside),
        _ => Truth::between(a && b, a || b),
    }
}

pub fn of_count(op: &str, sure: i64, most: i64, number: i64) -> Truth {
    let each: Vec<bool> = (sure..=most).map(|n| holds(op, n as f64, number as f64)).collect();
    Truth::between(each.iter().all(|h| *h), each.iter().any(|h| *h))
}

/// The verdict that follows from what is shown; an error says what does not fit together.
pub fn verdict(
    asks: &Asks,
    shown: &CriterionView,
    age: i64,
    others: &[CriterionView],
) -> Result<Truth, String> {
    in_window(shown)?;
    let (rows, sure) = (&shown.evidence, shown.evidence.iter().filter(|row| !row.perhaps));
    match asks {
        Asks::Count { op, number, by_day } => {
            let (sure, most) = tally(rows, *by_day);
            Ok(of_count(op, sure, most, *number))
        }
        Asks::Spread { number, op, days } => {
            let (least, most) = tally(rows, false);
            let count = of_count(">=", least, most, *number);
            if count == Truth::No {
                return Ok(Truth::No);
            }
            let some = if least > 0 { Truth::Yes } else { Truth::Unknown };
            let high = if rows.iter().any(|row| day(&row.date).is_none()) {
                INFINITE
            } else {
                width(rows.iter())
            };
            Ok(count.min(of_bounds(op, (width(sure), high), *days as f64).min(some)))
        }
        Asks::Value { op, limit } => {
            let verdicts: Vec<Truth> = rows
                .iter()
                .map(|row| match row.perhaps {
                    true => Truth::Unknown,
                    false => of_bounds(op, bounds(row), *limit as f64),
                })
                .collect();
            Ok(verdicts.into_iter().max().unwrap_or(Truth::No))
        }
        Asks::Extreme { op, limit, highest } => {
            if rows.iter().any(|row| day(&row.date).is_none()) {
                return Ok(Truth::Unknown);
            }
            let pick = |a: f64, b: f64| if *highest { a.max(b) } else { a.min(b) };
            let all = rows.iter().map(bounds).reduce(|a, b| (pick(a.0, b.0), pick(a.1, b.1)));
            Ok(all.map_or(Truth::No, |all| of_bounds(op, all, *limit as f64)))
        }
        Asks::Age { op, years } => Ok(Truth::known(holds(op, age as f64, *years as f64))),
        Asks::Group { least, all, none, of } => {
            let of: Vec<Truth> =
                of.iter().map(|id| others.iter().find(|o| o.id == *id).unwrap().truth).collect();
            let yes = of.iter().filter(|t| **t == Truth::Yes).count();
            let not_no = of.iter().filter(|t| **t != Truth::No).count();
            let needed = if *all { of.len() } else { least.unwrap_or(1) };
            let found = Truth::between(yes >= needed, not_no >= needed);
            Ok(if *none { !found } else { found })
        }
    }
}

fn in_window(shown: &CriterionView) -> Result<(), String> {
    let window = dates(&shown.window);
    let outside =
        |row: &&EvidenceView| day(&row.date).is_some_and(|d| d < window[0] || window[1] < d);
    match shown.evidence.iter().find(|row| window.len() == 2 && outside(row)) {
        Some(row) => Err(format!("{} is not in the window {}", row.date, shown.window)),
        None => Ok(()),
    }
}

fn tally(rows: &[EvidenceView], by_day: bool) -> (i64, i64) {
    let sure: Vec<&str> = rows.iter().filter(|r| !r.perhaps).map(|r| r.date.as_str()).collect();
    if !by_day {
        return (sure.len() as i64, rows.len() as i64);
    }
    let days: std::collections::BTreeSet<&str> = sure.into_iter().collect();
    let more = rows
        .iter()
        .filter(|r| r.perhaps && (day(&r.date).is_none() || !days.contains(r.date.as_str())));
    (days.len() as i64, (days.len() + more.count()) as i64)
}

fn width<'a>(rows: impl Iterator<Item = &'a EvidenceView>) -> f64 {
    let days: Vec<i32> = rows.filter_map(|row| day(&row.date)).map(|d| d.0).collect();
    f64::from(days.iter().max().unwrap_or(&0) - days.iter().min().unwrap_or(&0))
}

/// Does the near miss of a no fit to what is shown beside it?
pub fn near_miss(asks: &Asks, shown: &CriterionView, age: i64) -> Result<(), String> {
    let (text, said) = (shown.reason.as_str(), numbers(&shown.reason));
    let fits = |fits: bool| {
        if fits { Ok(()) } else { Err(format!("»{text}« does not fit: {asks:?} {shown:?}")) }
    };
    let same = |expected: &[f64]| {
        fits(
            said.len() == expected.len()
                && said.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6),
        )
    };
    let no_rows = shown.evidence.is_empty();
    if text.starts_with("Ingen rækker") {
        return fits(no_rows);
    }
    if let [found, edge] = dates(text)[..] {
        let window = dates(&shown.window);
        let (from, days) = if text.contains("før vinduet begynder") {
            (window[0], edge.0 - found.0)
        } else {
            (window[1], found.0 - edge.0)
        };
        return fits(no_rows && edge == from && days > 0 && said == [f64::from(days)]);
    }
    let (least, most) = tally(&shown.evidence, matches!(asks, Asks::Count { by_day: true, .. }));
    match asks {
        Asks::Count { op, number, .. } => of_number(op, *number, (least, most), &same),
        Asks::Spread { number, .. } if most < *number => {
            same(&[most as f64, *number as f64, (number - most) as f64])
        }
        Asks::Spread { op, days, .. } => {
            let width = width(shown.evidence.iter());
            fits(!holds(op, width, *days as f64)).and(same(&off(&[width, *days as f64])))
        }
        Asks::Value { op, limit } | Asks::Extreme { op, limit, .. } => {
            let limit = *limit as f64;
            let shows = |value: f64| shown.evidence.iter().any(|row| bounds(row) == (value, value));
            match said[..] {
                [value, wanted, by] => fits(
                    shows(value)
                        && wanted == limit
                        && ((value - limit).abs() - by).abs() < 1e-6
                        && !holds(op, value, limit),
                ),
                [value, wanted] if text.contains("lige på grænsen") => {
                    fits(shows(value) && value == wanted && wanted == limit)
                }
                _ => fits(text.contains('»') && said.last() == Some(&limit)),
            }
        }
        Asks::Age { years, .. } => same(&off(&[age as f64, *years as f64])),
        Asks::Group { .. } => fits(text.is_empty()),
    }
}

// »F af N: S for lidt« or »F; højst A: M for meget«.
fn of_number(
    op: &str,
    number: i64,
    (least, most): (i64, i64),
    same: &dyn Fn(&[f64]) -> Result<(), String>,
) -> Result<(), String> {
    let allowed = if op == "<" { number - 1 } else { number };
    let needed = if op == ">" { number + 1 } else { number };
    if matches!(op, "<" | "<=" | "=") && least > allowed {
        let many = (least - allowed) as f64;
        return if allowed == 0 {
            same(&[least as f64, many])
        } else {
            same(&[least as f64, allowed as f64, many])
        };
    }
    same(&[most as f64, needed as f64, (needed - most) as f64])
}

// »Kravet er …: 3 for lavt«, or »lige på grænsen« without a third number.
fn off(pair: &[f64; 2]) -> Vec<f64> {
    let by = (pair[0] - pair[1]).abs();
    if by == 0.0 { pair.to_vec() } else { vec![pair[0], pair[1], by] }
}
