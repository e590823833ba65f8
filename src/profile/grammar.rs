//! The small texts inside a profile: comparisons, shifts, durations.
//!
//! Comparison = operator, one space, a number with a decimal point, optionally one space and a
//! unit up to the end. Shift = optional sign, digits, one space, `d` | `uger` | `mdr` | `aar`.

use crate::amount::Amount;
use crate::note::Said;

use super::plan::{Compare, CountTest, Op, PatientTest, Shift, Unit};

/// Nothing in a profile reaches further than this many years; keeps all arithmetic in range.
const MOST_YEARS: i32 = 200;

/// Longest shift or limit that each unit may have.
const fn most(unit: Unit) -> i32 {
    match unit {
        Unit::Days => MOST_YEARS * 366,
        Unit::Weeks => MOST_YEARS * 53,
        Unit::Months => MOST_YEARS * 12,
        Unit::Years => MOST_YEARS,
    }
}

/// Why a text is refused: code of the note and words.
pub(super) type Refusal = (&'static str, Said);

/// Result of reading a small text.
pub(super) type Read<T> = Result<T, Refusal>;

fn refuse<T>(code: &'static str, da: impl Into<String>, en: impl Into<String>) -> Read<T> {
    Err((code, Said::new(da, en)))
}

fn bad_comparison<T>() -> Read<T> {
    refuse(
        "bad-comparison",
        "skriv operator, ét mellemrum og et tal med punktum, fx \"< 60\" eller \">= 6.5 mmol/L\"",
        "write operator, one space and a number with a decimal point, such as \"< 60\" or \">= 6.5 mmol/L\"",
    )
}

fn out_of_range<T>(least: i64, most: i64) -> Read<T> {
    refuse(
        "number-range",
        format!("tallet skal ligge mellem {least} og {most}"),
        format!("the number must lie between {least} and {most}"),
    )
}

/// Operator and what follows its one space.
fn operator(text: &str) -> Option<(Op, &str)> {
    let (sign, rest) = text.split_once(' ')?;
    let op = match sign {
        "<" => Op::Less,
        "<=" => Op::AtMost,
        ">" => Op::Greater,
        ">=" => Op::AtLeast,
        "=" => Op::Equal,
        _ => return None,
    };
    Some((op, rest))
}

/// `"< 60"`, `">= 9 mmol/mol"`.
pub(super) fn comparison(text: &str) -> Read<Compare> {
    let Some((op, rest)) = operator(text) else { return bad_comparison() };
    let (number, unit) = rest.split_once(' ').unwrap_or((rest, ""));
    let untidy = unit.trim() != unit || (rest.ends_with(' ')) || number.starts_with('+');
    let shape = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    if untidy || !shape(whole.strip_prefix('-').unwrap_or(whole)) || !shape(decimals) {
        return bad_comparison();
    }
    match Amount::parse(number) {
        Some(limit) => Ok(Compare { op, limit, unit: unit.to_owned() }),
        None => refuse(
            "number-range",
            "tallet er for stort, eller det har mere end seks decimaler",
            "the number is too big, or it has more than six decimals",
        ),
    }
}

/// Operator, whole number and unit.
fn whole_comparison(text: &str, most: i64) -> Read<(Op, i64, String)> {
    let Compare { op, limit, unit } = comparison(text)?;
    if limit.0 % Amount::ONE != 0 {
        return refuse("bad-comparison", "her skal stå et helt tal", "a whole number is needed");
    }
    let number = limit.0 / Amount::ONE;
    if (0..=most).contains(&number) { Ok((op, number, unit)) } else { out_of_range(0, most) }
}

/// `antal`: `">= 3"`.
pub(super) fn count(text: &str) -> Read<CountTest> {
    let (op, number, unit) = whole_comparison(text, 1_000_000)?;
    if !unit.is_empty() {
        return refuse("bad-comparison", "antal har ingen enhed", "a count has no unit");
    }
    Ok(CountTest { op, number: u32::try_from(number).unwrap_or(u32::MAX) })
}

fn unit_of(word: &str) -> Option<Unit> {
    Some(match word {
        "d" => Unit::Days,
        "uger" => Unit::Weeks,
        "mdr" => Unit::Months,
        "aar" => Unit::Years,
        _ => return None,
    })
}

fn bad_shift<T>() -> Read<T> {
    refuse(
        "bad-shift",
        "skriv et helt tal, ét mellemrum og d, uger, mdr eller aar, fx \"-6 mdr\"",
        "write a whole number, one space and d, uger, mdr or aar, such as \"-6 mdr\"",
    )
}

/// `"-6 mdr"`.
pub(super) fn shift(text: &str) -> Read<Shift> {
    let Some((number, unit)) = text.split_once(' ') else { return bad_shift() };
    let digits = number.strip_prefix(['-', '+']).unwrap_or(number);
    let digits_only = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let (true, Some(unit)) = (digits_only, unit_of(unit)) else { return bad_shift() };
    match number.parse::<i32>() {
        Ok(count) if count.abs() <= most(unit) => Ok(Shift { count, unit }),
        _ => out_of_range(-i64::from(most(unit)), i64::from(most(unit))),
    }
}

/// `gab`, `antaget_daekning`: days or weeks, in days.
pub(super) fn duration_days(text: &str) -> Read<i32> {
    let Shift { count, unit } = shift(text)?;
    let signed = text.starts_with(['-', '+']);
    match unit {
        _ if signed => refuse("bad-shift", "her skal ikke stå fortegn", "no sign belongs here"),
        Unit::Days => Ok(count),
        Unit::Weeks => Ok(count.saturating_mul(7)),
        _ => refuse("bad-shift", "skriv dage (d) eller uger", "write days (d) or weeks (uger)"),
    }
}

/// `spredning`: `">= 90 d"`, in days.
pub(super) fn spread(text: &str) -> Read<(Op, i32)> {
    let (op, number, unit) = whole_comparison(text, i64::from(most(Unit::Days)))?;
    let days = i32::try_from(number).unwrap_or(i32::MAX);
    match unit_of(&unit) {
        Some(Unit::Days) => Ok((op, days)),
        Some(Unit::Weeks) => Ok((op, days.saturating_mul(7))),
        _ => refuse("bad-shift", "skriv dage (d) eller uger", "write days (d) or weeks (uger)"),
    }
}

/// `alder`: `">= 18"` years, `">= 5 mdr"`, `"< 8 uger"`.
pub(super) fn age(text: &str) -> Read<PatientTest> {
    let (op, number, unit) = whole_comparison(text, i64::from(most(Unit::Weeks)))?;
    let unit = match unit.as_str() {
        "" | "aar" => Unit::Years,
        "mdr" => Unit::Months,
        "uger" => Unit::Weeks,
        _ => {
            return refuse(
                "bad-shift",
                "alder er i aar, mdr eller uger",
                "age is in aar, mdr or uger",
            );
        }
    };
    if number > i64::from(most(unit)) {
        return out_of_range(0, i64::from(most(unit)));
    }
    Ok(PatientTest::Age { op, number: i32::try_from(number).unwrap_or(i32::MAX), unit })
}

/// `tilmeldt_siden`: `">= 12 mdr"`.
pub(super) fn listed_for(text: &str) -> Read<PatientTest> {
    let (op, number, unit) = whole_comparison(text, i64::from(most(Unit::Days)))?;
    let Some(unit) = unit_of(&unit) else {
        return refuse(
            "bad-shift",
            "enheden er d, uger, mdr eller aar",
            "the unit is d, uger, mdr or aar",
        );
    };
    if number > i64::from(most(unit)) {
        return out_of_range(0, i64::from(most(unit)));
    }
    let count = i32::try_from(number).unwrap_or(i32::MAX);
    Ok(PatientTest::ListedFor { op, duration: Shift { count, unit } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T>(read: Read<T>) -> &'static str {
        read.err().map_or("fine", |(code, _)| code)
    }

    #[test]
    fn comparisons_follow_the_grammar_to_the_letter() {
        let read = comparison(">= 6.5 mmol/mol Hb").unwrap();
        assert_eq!(
            (read.op, read.limit, read.unit.as_str()),
            (Op::AtLeast, Amount(6_500_000), "mmol/mol Hb")
        );
        assert_eq!(comparison("<= -2.5").unwrap().limit, Amount(-2_500_000));
        for text in [
            "<60", "< 6,5", "<  60", "< 60 ", "< +6", "60", "", "< ", "=< 6", "< .5", "< 5.",
            "< 1e3", " < 6",
        ] {
            assert_eq!(code(comparison(text)), "bad-comparison", "{text}");
        }
        assert_eq!(code(comparison("< 99999999999999999999")), "number-range");
        assert_eq!(code(comparison("< 1.2345678")), "number-range");
    }

    #[test]
    fn shifts_follow_the_grammar_to_the_letter() {
        assert_eq!(shift("-6 mdr").unwrap(), Shift { count: -6, unit: Unit::Months });
        assert_eq!(shift("+2 uger").unwrap(), Shift { count: 2, unit: Unit::Weeks });
        for text in ["-6mdr", "6 maaneder", "- 6 mdr", "6", "", "1.5 aar", "6  mdr", "6 mdr "] {
            assert_eq!(code(shift(text)), "bad-shift", "{text}");
        }
        assert_eq!(code(shift("201 aar")), "number-range");
        assert_eq!(code(shift("-99999999999 d")), "number-range");
    }

    #[test]
    fn counts_spreads_and_ages_have_their_units() {
        assert_eq!(count(">= 3").unwrap(), CountTest { op: Op::AtLeast, number: 3 });
        assert_eq!(code(count(">= 3 d")), "bad-comparison");
        assert_eq!(code(count(">= 1.5")), "bad-comparison");
        assert_eq!(code(count(">= -1")), "number-range");
        assert_eq!(spread(">= 2 uger").unwrap(), (Op::AtLeast, 14));
        assert_eq!(code(spread(">= 2 mdr")), "bad-shift");
        assert_eq!(duration_days("12 uger").unwrap(), 84);
        assert_eq!(code(duration_days("-1 d")), "bad-shift");
        let years = PatientTest::Age { op: Op::AtLeast, number: 18, unit: Unit::Years };
        assert_eq!(age(">= 18").unwrap(), years);
        assert_eq!(age(">= 18 aar").unwrap(), years);
        assert_eq!(code(age(">= 18 d")), "bad-shift");
        assert_eq!(code(age("> 500")), "number-range");
        assert_eq!(code(listed_for(">= 12")), "bad-shift");
    }
}
