//! When and how often: parts of the day, clock times, weekdays, intervals, periods.

use super::cursor::{Cursor, Stop};
use super::item::{Item, Manner, Slot};
use super::{Reason, number, phrase, unit};
use crate::ratio::{Range, Ratio};
use crate::token::Kind;

const WEEK: i64 = 7;

/// At shorter intervals it matters whether one sleeps, which no text says. The program's own limit.
const SHORTEST_HOURS: i64 = 4;

const SLOTS: &[(&str, Slot)] = &[
    ("morgen", Slot::Morning),
    ("morgenen", Slot::Morning),
    ("formiddag", Slot::Forenoon),
    ("formiddagen", Slot::Forenoon),
    ("middag", Slot::Noon),
    ("middagen", Slot::Noon),
    ("middagstid", Slot::Noon),
    ("eftermiddag", Slot::Afternoon),
    ("eftermiddagen", Slot::Afternoon),
    ("aften", Slot::Evening),
    ("aftenen", Slot::Evening),
    ("nat", Slot::Night),
    ("natten", Slot::Night),
];

const MEALS: [(&str, Slot); 3] = [
    (
        "?mindst|senest ?# ?U til|ved|før|efter|inden|med \
         morgenmad|morgenmaden|morgenmåltid|morgenmåltidet",
        Slot::Morning,
    ),
    ("?mindst|senest ?# ?U til|ved|før|efter|inden|med frokost|frokosten", Slot::Noon),
    (
        "?mindst|senest ?# ?U til|ved|før|efter|inden|med \
         aftensmad|aftensmaden|aftensmåltid|aftensmåltidet",
        Slot::Evening,
    ),
];

const BEDTIME: &[&str] =
    &["?mindst|senest ?# ?U før|inden|ved|til sengetid|sovetid", "til natten|nat"];

const WEEKDAYS: [&str; 7] =
    ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];

/// Everything here but parts of the day.
pub(super) fn read(cursor: &mut Cursor, before: Option<&Item>) -> Result<Option<Item>, Stop> {
    if let Some(item) = every(cursor)? {
        return Ok(Some(item));
    }
    if let Some(item) = clock(cursor)? {
        return Ok(Some(item));
    }
    if let Some(day) = cursor.attempt(weekday) {
        return Ok(Some(Item::Weekday(day)));
    }
    let counted = matches!(before, Some(Item::Count { .. }));
    Ok(period(cursor, counted)?.map(Item::Period))
}

/// A part of the day, also as a meal or bedtime.
pub(super) fn slot(cursor: &mut Cursor) -> Option<Item> {
    if phrase::longest(cursor, BEDTIME) {
        return Some(Item::Slot(Slot::Bed, Manner::Bedtime));
    }
    for (pattern, slot) in MEALS {
        if phrase::longest(cursor, &[pattern]) {
            return Some(Item::Slot(slot, Manner::Meal));
        }
    }
    let slot = cursor.attempt(|cursor| {
        // »i aften« is today, »til morgen« tomorrow: neither is a daily time.
        let to = cursor.eat(&["til", "ved"]);
        if !to {
            cursor.eat(&["hver", "om"]);
        }
        let (_, slot) = SLOTS.iter().find(|(name, _)| *name == cursor.word(0))?;
        cursor.at += 1;
        (!to || matches!(slot, Slot::Noon | Slot::Evening)).then_some(*slot)
    });
    slot.map(|slot| Item::Slot(slot, Manner::Plain))
}

/// »hver 3. dag«, »hver 8. time«, »hver anden uge«.
pub(super) fn every(cursor: &mut Cursor) -> Result<Option<Item>, Stop> {
    let start = cursor.at;
    if !cursor.eat(&["hver", "hvert"]) {
        return Ok(None);
    }
    let numbered = ordinal(cursor);
    let number = numbered.unwrap_or(Range::ONE);
    let item = match cursor.word(0) {
        "dag" | "dage" | "døgn" => Some(Item::Period(number)),
        "uge" | "uger" => number.times(week()).map(Item::Period),
        "time" | "timer" if numbered.is_some() => return hours(cursor, number, start),
        "måned" | "måneder" | "mdr" => return Err((Reason::Month, start)),
        _ => None,
    };
    cursor.at = if item.is_some() { cursor.at + 1 } else { start };
    Ok(item)
}

fn hours(cursor: &mut Cursor, number: Range, start: usize) -> Result<Option<Item>, Stop> {
    cursor.at += 1;
    if number.low < Ratio::whole(SHORTEST_HOURS) {
        return Err((Reason::Nights, start));
    }
    Ok(Range::exactly(Ratio::whole(24)).over(number).map(Item::Rate))
}

const ORDINALS: [(&str, i64); 12] = [
    ("anden", 2),
    ("andet", 2),
    ("tredje", 3),
    ("tredie", 3),
    ("fjerde", 4),
    ("femte", 5),
    ("sjette", 6),
    ("syvende", 7),
    ("ottende", 8),
    ("tiende", 10),
    ("tolvte", 12),
    ("fjortende", 14),
];

// »3.«, »3«, »6.-8.«, »tredje«; whole and more than 0.
fn ordinal(cursor: &mut Cursor) -> Option<Range> {
    if let Some((_, number)) = ORDINALS.iter().find(|(name, _)| *name == cursor.word(0)) {
        cursor.at += 1;
        return Some(Range::exactly(Ratio::whole(*number)));
    }
    cursor.attempt(|cursor| {
        let low = whole(cursor)?;
        let high = cursor.attempt(|cursor| {
            let joined = cursor.eat_sign('-') || cursor.eat(&["til"]);
            if joined { whole(cursor) } else { None }
        });
        let high = high.unwrap_or(low);
        (low <= high && !cursor.is_sign(0, '-')).then_some(Range { low, high })
    })
}

fn whole(cursor: &mut Cursor) -> Option<Ratio> {
    let Some(Kind::Number(number)) = cursor.kind(0) else { return None };
    cursor.at += 1;
    cursor.eat_sign('.');
    (number.denominator() == 1 && number.is_positive()).then_some(*number)
}

fn week() -> Range {
    Range::exactly(Ratio::whole(WEEK))
}

/// »daglig«, »pr. dag«, »om ugen«, »/døgn«; `d.` only after a number of times.
pub(super) fn period(cursor: &mut Cursor, counted: bool) -> Result<Option<Range>, Stop> {
    let start = cursor.at;
    if let Some(Item::Period(days)) = every(cursor)? {
        return Ok(Some(days));
    }
    cursor.at = start;
    if cursor.eat(&["daglig", "dagligt", "dagl", "dgl"]) || (counted && cursor.eat(&["d"])) {
        return Ok(Some(Range::ONE));
    }
    if cursor.eat(&["ugentlig", "ugentligt"]) {
        return Ok(Some(week()));
    }
    // »i dag« is today and »om dage« is later: with these words only the definite form is a period.
    let per = cursor.eat_sign('/') || cursor.eat(&["pr", "per"]);
    if !per && !cursor.eat(&["om", "i"]) {
        return Ok(None);
    }
    let days = match cursor.word(0) {
        "dag" | "døgn" if per => Some(Range::ONE),
        "uge" if per => Some(week()),
        "dagen" | "døgnet" => Some(Range::ONE),
        "ugen" => Some(week()),
        "måned" | "måneden" => return Err((Reason::Month, start)),
        _ => None,
    };
    cursor.at = if days.is_some() { cursor.at + 1 } else { start };
    Ok(days)
}

fn weekday(cursor: &mut Cursor) -> Option<u8> {
    cursor.eat(&["hver", "om"]);
    let word = cursor.word(0);
    let stem = word.strip_suffix("en").or_else(|| word.strip_suffix('e')).unwrap_or(word);
    let day = WEEKDAYS.iter().position(|day| *day == stem)?;
    cursor.at += 1;
    Some(1 << day)
}

/// »kl. 8 og 20«, »kl. 08.00, 14.00 og 20.00«.
pub(super) fn clock(cursor: &mut Cursor) -> Result<Option<Item>, Stop> {
    let start = cursor.at;
    if !cursor.eat(&["kl", "klokken"]) {
        return Ok(None);
    }
    let mut times = vec![minute(cursor).ok_or((Reason::Structure, start))?];
    while let Some(time) = cursor.attempt(|cursor| {
        let joined = cursor.eat_sign(',') | cursor.eat(&["og"]);
        cursor.eat(&["kl", "klokken"]);
        let time = if joined { minute(cursor) } else { None };
        time.filter(|_| hour_ends_here(cursor))
    }) {
        times.push(time);
    }
    if bare_number_follows(*cursor) {
        return Err((Reason::Contradiction, start));
    }
    Ok(Some(Item::Clock(times)))
}

// »kl. 8 og 20 aften«: a time or an amount? Only a unit or another »kl.« tells.
fn bare_number_follows(mut cursor: Cursor) -> bool {
    let joined = cursor.eat_sign(',') | cursor.eat(&["og"]);
    let number = joined && number::range(&mut cursor).is_some();
    let word = cursor.word(0);
    number && unit::singular(word).is_none() && !["kl", "klokken"].contains(&word)
}

// »kl. 8 og 2 tabletter kl. 20«: the second number is no time.
fn hour_ends_here(cursor: &Cursor) -> bool {
    match cursor.kind(0) {
        None => true,
        Some(Kind::Word(word)) => {
            unit::singular(word).is_none()
                && matches!(
                    word.as_str(),
                    "og" | "efter" | "ved" | "daglig" | "dagligt" | "dgl" | "hver" | "i" | "mod"
                )
        }
        Some(Kind::Sign(sign)) => matches!(sign, ',' | '.' | ')' | ';' | ':'),
        Some(_) => false,
    }
}

// »kl. 8:30«, but not »kl. 8: 1 tablet«.
fn minutes_after_colon<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    let colon = cursor.eat_sign(':');
    let written = cursor.written();
    cursor.at += 1;
    (colon && written.len() == 2 && written.bytes().all(|b| b.is_ascii_digit())).then_some(written)
}

fn minute(cursor: &mut Cursor) -> Option<u16> {
    let written = cursor.written();
    if !matches!(cursor.kind(0), Some(Kind::Number(_))) {
        return None;
    }
    cursor.at += 1;
    let (hour, mut minutes) = written.split_once(['.', ',']).unwrap_or((written, "00"));
    if let Some(after) = cursor.attempt(minutes_after_colon) {
        minutes = after;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minutes.parse().ok()?);
    (hour <= 24 && minute < 60 && minutes.len() == 2).then_some(hour % 24 * 60 + minute)
}
