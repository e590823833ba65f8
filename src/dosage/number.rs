//! Numbers of a dose: `1`, `1,5`, `1/2`, `1 1/2`, `½`, `en halv`, `halvanden`, `1-2`, `1 til 2`.

use super::cursor::Cursor;
use crate::ratio::{Range, Ratio};
use crate::token::Kind;

/// Number words. `en` and `et` are articles, too: phrases that begin so are tried before numbers.
const WORDS: [(&str, i64); 16] = [
    ("en", 1),
    ("et", 1),
    ("én", 1),
    ("ét", 1),
    ("een", 1),
    ("to", 2),
    ("tre", 3),
    ("fire", 4),
    ("fem", 5),
    ("seks", 6),
    ("syv", 7),
    ("otte", 8),
    ("ni", 9),
    ("ti", 10),
    ("elleve", 11),
    ("tolv", 12),
];

const HALF: [&str; 3] = ["halv", "halve", "halvt"];

/// Fractions that tablets are cut into; »1/12« is rather a date.
const PARTS: [i64; 4] = [2, 3, 4, 8];

/// A number or a range.
pub(super) fn range(cursor: &mut Cursor) -> Option<Range> {
    cursor.attempt(|cursor| {
        let low = one(cursor)?;
        let high = cursor.attempt(|cursor| {
            let joined = cursor.eat_sign('-') || cursor.eat(&["til", "eller"]);
            if joined { one(cursor) } else { None }
        });
        let high = high.unwrap_or(low);
        let rises = cursor.is_sign(0, '-') || high < low;
        (!rises).then_some(Range { low, high })
    })
}

/// One number.
pub(super) fn one(cursor: &mut Cursor) -> Option<Ratio> {
    match cursor.kind(0)? {
        Kind::Vulgar(number) => {
            cursor.at += 1;
            Some(*number)
        }
        Kind::Number(_) => digits(cursor),
        Kind::Word(_) => in_words(cursor),
        Kind::Ambiguous | Kind::Sign(_) => None,
    }
}

fn digits(cursor: &mut Cursor) -> Option<Ratio> {
    if let Some(fraction) = fraction(cursor) {
        return Some(fraction);
    }
    let Some(Kind::Number(number)) = cursor.kind(0) else { return None };
    cursor.at += 1;
    if number.denominator() != 1 {
        return Some(*number);
    }
    if *number == Ratio::ONE && cursor.eat(&HALF) {
        return Ratio::new(1, 2);
    }
    number.plus(mixed(cursor).unwrap_or(Ratio::ZERO))
}

// »1 1/2«, »1½«, »2 og en halv«: what comes after the whole number.
fn mixed(cursor: &mut Cursor) -> Option<Ratio> {
    if let Some(Kind::Vulgar(part)) = cursor.kind(0) {
        cursor.at += 1;
        return Some(*part);
    }
    if let Some(part) = fraction(cursor) {
        return Some(part);
    }
    let half = cursor.eat_phrase(&["og en halv", "og et halvt"]);
    if half { Ratio::new(1, 2) } else { None }
}

fn fraction(cursor: &mut Cursor) -> Option<Ratio> {
    let (Some(Kind::Number(above)), true, Some(Kind::Number(below))) =
        (cursor.kind(0), cursor.is_sign(1, '/'), cursor.kind(2))
    else {
        return None;
    };
    let proper = above.is_positive() && above < below && above.denominator() == 1;
    // »1/2/3« is nothing that can be read.
    if !proper || !PARTS.contains(&below.numerator()) || cursor.is_sign(3, '/') {
        return None;
    }
    cursor.at += 3;
    above.over(*below)
}

fn in_words(cursor: &mut Cursor) -> Option<Ratio> {
    if cursor.eat(&["halvanden", "halvandet"]) {
        return Ratio::new(3, 2);
    }
    if cursor.eat(&["trekvart"]) {
        return Ratio::new(3, 4);
    }
    if cursor.eat_phrase(&["en kvart", "et kvart"]) || cursor.eat(&["kvart"]) {
        return Ratio::new(1, 4);
    }
    if cursor.eat_phrase(&["en halv", "et halvt", "en halve"]) || cursor.eat(&HALF) {
        return Ratio::new(1, 2);
    }
    let word = cursor.word(0);
    let (_, number) = WORDS.iter().find(|(name, _)| *name == word)?;
    cursor.at += 1;
    let half = cursor.eat_phrase(&["og en halv", "og et halvt"]);
    let part = if half { Ratio::new(1, 2)? } else { Ratio::ZERO };
    Ratio::whole(*number).plus(part)
}
