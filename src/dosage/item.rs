//! The statements of a dosage text, one by one: amounts, times of day, frequencies, limits.

use super::cursor::{Cursor, Stop};
use super::{Reason, number, phrase, quantity, time, unit};
use crate::ratio::{Range, Ratio};
use crate::token::Kind;

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    Morning,
    Forenoon,
    Noon,
    Afternoon,
    Evening,
    Bed,
    Night,
}

/// How a part of the day was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// »morgen«
    Plain,
    /// »til morgenmaden«: says the morning again where the morning was said.
    Meal,
    /// »før sengetid«, »til natten«: says the evening again right after it.
    Bedtime,
}

/// An amount at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quantity {
    pub range: Range,
    pub unit: Option<&'static str>,
    /// »1+0+1«: the range is the sum of a day.
    pub schema: bool,
}

/// What a limit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// »højst 4 gange daglig«
    Times { count: Range, days: Option<Range> },
    /// »højst 8 tabletter daglig«; `named` = with a unit.
    Amount { most: Ratio, unit: Option<&'static str>, named: bool, days: Option<Range> },
    /// »højst hver 6. time«: so many times a day.
    Rate(Range),
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Comma,
    And,
    Plus,
    Quantity(Quantity),
    Slot(Slot, Manner),
    /// Minutes of the day.
    Clock(Vec<u16>),
    /// Bit 0 = Monday.
    Weekday(u8),
    Count {
        count: Range,
        /// »x 3« is per day where nothing else is said, »3 gange« is not.
        daily: bool,
    },
    /// Once in so many days.
    Period(Range),
    /// So many times a day: »hver 8. time«.
    Rate(Range),
    AsNeeded,
    Limit(Limit),
    Course,
    Harmless,
    Condition,
    /// »fordelt på 2 doser«: the amount is that of the period.
    Split,
    /// »heraf«
    OfWhich,
    /// »(1 i hvert øje)«
    Each(Range),
    /// »(20 mg)« after a number of tablets.
    Restated,
    /// »Dag 4:«
    DayLabel(i64),
}

/// Reads all statements; each with the piece it begins at.
pub(super) fn items(mut cursor: Cursor) -> Result<Vec<(Item, usize)>, Stop> {
    let mut found = Vec::new();
    while !cursor.is_end() {
        let at = cursor.at;
        if cursor.is_sign(0, '(') {
            found.push((bracket(&mut cursor)?, at));
            continue;
        }
        for item in next(&mut cursor, found.last().map(|(item, _)| item))? {
            found.push((item, at));
        }
    }
    Ok(found)
}

fn next(cursor: &mut Cursor, before: Option<&Item>) -> Result<Vec<Item>, Stop> {
    let start = cursor.at;
    if let Some(joint) = joint(cursor) {
        return Ok(vec![joint]);
    }
    if let Some(item) = plain(cursor) {
        return Ok(vec![item]);
    }
    if let Some(limit) = limit(cursor)? {
        return Ok(vec![Item::Limit(limit)]);
    }
    if let Some(item) = time::read(cursor, before)? {
        return Ok(vec![item]);
    }
    if let Some(items) = quantity::read(cursor)? {
        return Ok(items);
    }
    cursor.at = start;
    Err((why_not(cursor), start))
}

fn joint(cursor: &mut Cursor) -> Option<Item> {
    if cursor.eat_sign('+') || cursor.eat(&["plus"]) {
        return Some(Item::Plus);
    }
    if [',', ';', ':', '.'].iter().any(|sign| cursor.eat_sign(*sign)) {
        return Some(Item::Comma);
    }
    cursor.eat(&["og", "samt", "derudover", "desuden"]).then_some(Item::And)
}

/// Statements without a number of their own.
fn plain(cursor: &mut Cursor) -> Option<Item> {
    if as_needed(cursor) {
        return Some(Item::AsNeeded);
    }
    if cursor.eat(&["heraf"]) {
        return Some(Item::OfWhich);
    }
    if let Some(day) = cursor.attempt(day_label) {
        return Some(Item::DayLabel(day));
    }
    if split(cursor) {
        return Some(Item::Split);
    }
    if phrase::course(cursor) {
        return Some(Item::Course);
    }
    if let Some(slot) = time::slot(cursor) {
        return Some(slot);
    }
    if phrase::condition(cursor) {
        return Some(Item::Condition);
    }
    phrase::harmless(cursor).then_some(Item::Harmless)
}

fn as_needed(cursor: &mut Cursor) -> bool {
    cursor.eat(&["pn", "efterbehov"])
        || cursor.eat_phrase(&["p n", "efter behov", "ved behov", "v behov", "om nødvendigt"])
}

fn day_label(cursor: &mut Cursor) -> Option<i64> {
    if !cursor.eat(&["dag"]) {
        return None;
    }
    let Some(Kind::Number(number)) = cursor.kind(0) else { return None };
    cursor.at += 1;
    (cursor.eat_sign(':') && number.denominator() == 1).then(|| number.numerator())
}

fn split(cursor: &mut Cursor) -> bool {
    phrase::longest(cursor, &["fordelt på|over # doser|gange|dosis|portioner"])
        || cursor
            .attempt(|cursor| {
                let says = cursor.eat_phrase(&["fordelt på", "fordelt over"]);
                (says && matches!(time::slot(&mut cursor.clone()), Some(Item::Slot(..))))
                    .then_some(())
            })
            .is_some()
}

const AT_MOST: [&str; 9] =
    ["højst", "højest", "max", "maks", "maksimalt", "maximalt", "maksimum", "maximum", "maksimal"];

fn limit(cursor: &mut Cursor) -> Result<Option<Limit>, Stop> {
    let start = cursor.at;
    cursor.eat(&["dog"]);
    let says = cursor.eat(&AT_MOST) || cursor.eat_phrase(&["op til", "ikke mere end", "ikke over"]);
    if !says {
        cursor.at = start;
        return Ok(None);
    }
    if let Some(Item::Rate(rate)) = time::every(cursor)? {
        return Ok(Some(Limit::Rate(rate)));
    }
    // »x 4«, »4 x«, »4 gange«
    let before = cursor.eat_sign('x');
    let Some(range) = number::range(cursor) else {
        return Err((why_not(cursor), cursor.at));
    };
    let signed = before || cursor.is_sign(0, 'x');
    let after = quantity::times_word(cursor);
    if before || after {
        // »max x 4« is per day like »x 4«.
        let days = time::period(cursor, true)?.or(signed.then_some(Range::ONE));
        return Ok(Some(Limit::Times { count: range, days }));
    }
    let unit = quantity::unit_word(cursor);
    let Some(most) = range.single() else { return Err((Reason::Contradiction, start)) };
    let days = time::period(cursor, false)?;
    let named = unit.is_some();
    Ok(Some(Limit::Amount { most, unit: unit.flatten(), named, days }))
}

/// What stands in brackets explains what stands before; it must be understood wholly.
fn bracket(cursor: &mut Cursor) -> Result<Item, Stop> {
    let start = cursor.at;
    cursor.at += 1;
    let item = match cursor.attempt(in_bracket) {
        Some(item) => item,
        None => limit(cursor)?.map(Item::Limit).ok_or_else(|| (why_not(cursor), cursor.at))?,
    };
    while phrase::harmless(cursor) {}
    if cursor.eat_sign(')') { Ok(item) } else { Err((why_not(cursor), start)) }
}

fn in_bracket(cursor: &mut Cursor) -> Option<Item> {
    if let Some(each) = cursor.attempt(each_side) {
        return Some(Item::Each(each));
    }
    if cursor.attempt(restated).is_some() {
        return Some(Item::Restated);
    }
    if let Ok(Some(Item::Clock(_))) = time::clock(cursor) {
        return Some(Item::Harmless);
    }
    plain(cursor).filter(|item| {
        matches!(item, Item::AsNeeded | Item::Harmless | Item::Condition | Item::Course)
    })
}

fn each_side(cursor: &mut Cursor) -> Option<Range> {
    let range = number::range(cursor)?;
    quantity::unit_word(cursor);
    cursor.eat_phrase(&["i hvert øje", "i hvert øre", "i hvert næsebor"]).then_some(range)
}

fn restated(cursor: &mut Cursor) -> Option<()> {
    cursor.eat(&["á", "à", "a"]);
    number::range(cursor)?.single()?;
    let unit = unit::singular(cursor.word(0))??;
    cursor.at += 1;
    (matches!(unit, "mg" | "g" | "mikrogram" | "pumpetryk") && cursor.is_sign(0, ')')).then_some(())
}

/// Why the piece here cannot be read: some words say it themselves.
pub(super) fn why_not(cursor: &Cursor) -> Reason {
    if matches!(cursor.kind(0), Some(Kind::Ambiguous)) {
        return Reason::AmbiguousNumber;
    }
    if cursor.is_sign(0, '-') && cursor.is_number(1) {
        return Reason::Negative;
    }
    let here = (0..3).map(|ahead| cursor.word(ahead)).find_map(telling);
    here.unwrap_or(Reason::UnknownWord)
}

fn telling(word: &str) -> Option<Reason> {
    Some(match word {
        "aftale" | "skema" | "anvisning" | "vejledning" | "ordination" | "plan" => {
            Reason::Elsewhere
        }
        "derefter" | "herefter" | "dernæst" | "dag" | "dage" | "aftrapning" | "optrapning"
        | "nedtrapning" | "aftrappes" | "optrappes" | "nedtrappes" | "øges" | "reduceres"
        | "stigende" | "faldende" | "indtil" | "første" | "siden" => Reason::Changing,
        "engangsdosis" | "engangs" | "engangsdosering" => Reason::SingleDose,
        "eller" => Reason::Alternatives,
        "måned" | "måneden" | "månedlig" | "månedligt" | "mdr" => Reason::Month,
        _ => return None,
    })
}
