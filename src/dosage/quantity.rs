//! Amounts at a time and how many times: `2 tabletter`, `1+0+1`, `3 gange`, `1 x 3`.

use super::cursor::{Cursor, Stop};
use super::item::{Item, Quantity};
use super::{Reason, number, unit};

use crate::ratio::{Range, Ratio};

/// »1+1« is morning and noon; larger numbers joined so are rather the strengths of two substances
/// (»20+10 mg«). The limit is this program's own.
const LARGEST_OF_TWO: i64 = 4;

/// One or two statements that begin with a number.
pub(super) fn read(cursor: &mut Cursor) -> Result<Option<Vec<Item>>, Stop> {
    let start = cursor.at;
    if let Some(item) = schema(cursor)? {
        return Ok(Some(vec![item]));
    }
    if cursor.eat_sign('x') {
        return Ok(number::range(cursor).map(|range| {
            times_word(cursor);
            vec![count(range, true)]
        }));
    }
    let Some(range) = number::range(cursor) else { return Ok(None) };
    if cursor.is_sign(0, 'x') && (cursor.is_number(1) || !word_is_period(cursor)) {
        cursor.at += 1;
        return product(cursor, range, start).map(Some);
    }
    if cursor.is_sign(0, 'x') || times_follows(cursor) {
        let daily = times_word_is_x(cursor);
        times_word(cursor);
        return Ok(Some(vec![count(range, daily)]));
    }
    Ok(Some(vec![amount(cursor, range, start)?]))
}

fn count(count: Range, daily: bool) -> Item {
    Item::Count { count, daily }
}

/// »gang«, »gange«, »gg«, »x«.
pub(super) fn times_word(cursor: &mut Cursor) -> bool {
    cursor.eat_sign('x') || cursor.eat(&TIMES)
}

const TIMES: [&str; 3] = ["gang", "gange", "gg"];

fn times_follows(cursor: &Cursor) -> bool {
    TIMES.contains(&cursor.word(0))
}

fn times_word_is_x(cursor: &Cursor) -> bool {
    cursor.is_sign(0, 'x')
}

// »2 x daglig«: a word of frequency after the sign, not an amount.
fn word_is_period(cursor: &Cursor) -> bool {
    !cursor.word(1).is_empty() && unit::singular(cursor.word(1)).is_none() || cursor.is_sign(1, '/')
}

/// After `N x`: »1 x 3« and »3 x 1 tablet« are the same product.
fn product(cursor: &mut Cursor, first: Range, start: usize) -> Result<Vec<Item>, Stop> {
    let Some(second) = number::range(cursor) else { return Err((Reason::Structure, start)) };
    if times_word(cursor) {
        return Ok(vec![amount_of(first, None, start)?, count(second, true)]);
    }
    match unit_word(cursor) {
        Some(unit) => Ok(vec![amount_of(second, unit, start)?, count(first, true)]),
        None => Ok(vec![amount_of(first, None, start)?, count(second, true)]),
    }
}

fn amount(cursor: &mut Cursor, range: Range, start: usize) -> Result<Item, Stop> {
    let unit = unit_word(cursor).flatten();
    let strength = cursor.attempt(|cursor| {
        cursor.eat(&["á", "à", "a"]).then_some(())?;
        number::range(cursor)?.single()?;
        let measure = unit::singular(cursor.word(0))??;
        cursor.at += 1;
        matches!(measure, "mg" | "g" | "mikrogram").then_some(())
    });
    let measured = matches!(unit, None | Some("mg" | "g" | "mikrogram" | "ml"));
    if strength.is_some() && measured {
        return Err((Reason::TwoUnits, start));
    }
    amount_of(range, unit, start)
}

fn amount_of(range: Range, unit: Option<&'static str>, start: usize) -> Result<Item, Stop> {
    if !range.low.is_positive() {
        return Err((Reason::ZeroDose, start));
    }
    Ok(Item::Quantity(Quantity { range, unit, schema: false }))
}

/// A unit word; `Some(None)` = pieces.
#[expect(clippy::option_option, reason = "as in `unit::singular`")]
pub(super) fn unit_word(cursor: &mut Cursor) -> Option<Option<&'static str>> {
    if cursor.eat_phrase(&["udvortes behandling", "udvortes behandlinger"]) {
        return Some(Some("udvortes behandling"));
    }
    let unit = unit::singular(cursor.word(0))?;
    cursor.at += 1;
    // »1 tablet(ter)«
    cursor.attempt(|cursor| {
        let opens = cursor.eat_sign('(');
        let plural = opens && cursor.eat(&["ter", "er", "ler", "r", "e"]);
        (plural && cursor.eat_sign(')')).then_some(())
    });
    Some(unit)
}

/// »1+0+1«, »1-0-1«: morning, noon, evening, night.
fn schema(cursor: &mut Cursor) -> Result<Option<Item>, Stop> {
    let start = cursor.at;
    let Some(parts) = cursor.attempt(pluses).or_else(|| cursor.attempt(dashes)) else {
        return Ok(None);
    };
    let unit = unit_word(cursor).flatten();
    if parts.len() > 4 || (parts.len() == 2 && !two_times(&parts, unit)) {
        return Err((Reason::Contradiction, start));
    }
    let sum = parts.iter().try_fold(Range::ZERO, |sum, part| sum.plus(*part));
    match sum {
        Some(range) if range.low.is_positive() => {
            Ok(Some(Item::Quantity(Quantity { range, unit, schema: true })))
        }
        _ => Err((Reason::ZeroDose, start)),
    }
}

fn two_times(parts: &[Range], unit: Option<&str>) -> bool {
    let small = |part: &Range| part.high <= Ratio::whole(LARGEST_OF_TWO);
    parts.iter().all(small) && !matches!(unit, Some("mg" | "g" | "mikrogram"))
}

fn pluses(cursor: &mut Cursor) -> Option<Vec<Range>> {
    let mut parts = vec![number::range(cursor)?];
    while let Some(part) = cursor.attempt(|cursor| {
        let more = cursor.eat_sign('+') && cursor.is_number(0);
        if more { number::range(cursor) } else { None }
    }) {
        parts.push(part);
    }
    // »1+0+1 x 2«: is the last of it or all of it doubled?
    let multiplied = cursor.is_sign(0, 'x') || times_follows(cursor);
    (parts.len() > 1 && !multiplied).then_some(parts)
}

// With dashes only where it can be no range and no row of steps: »1-0-1«, »1-1-1«.
fn dashes(cursor: &mut Cursor) -> Option<Vec<Range>> {
    let mut parts = vec![number::one(cursor)?];
    while let Some(part) = cursor.attempt(|cursor| {
        let more = cursor.eat_sign('-') && cursor.is_number(0);
        if more { number::one(cursor) } else { None }
    }) {
        parts.push(part);
    }
    let alike = parts.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    let clear = alike || parts.iter().any(|part| part.is_zero());
    (parts.len() > 2 && clear).then(|| parts.into_iter().map(Range::exactly).collect())
}
