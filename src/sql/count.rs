//! Counting with uncertain records (rule R12).

use crate::profile::plan::{CountTest, Distinct, Op, Selection};
use crate::sql::compare::{Interval, between, constant};
use crate::truth::Truth;

/// The verdict of `distinkt`, `antal` and `spredning` over a group of rows with the columns `s`
/// (surely there), `t` (what the test says), `dag` and `noegle`; an aggregate.
pub(super) fn counted(ask: &Selection) -> String {
    let (sure, kept) = ("s AND t", "t IS NULL OR t");
    let (least, most) = match ask.distinct.and_then(key) {
        None => (count_if(sure, "1"), count_if(kept, "1")),
        // A key that is not known may be one more; an unsure key that is surely there adds nothing.
        Some(key) => (
            count_if(sure, key).replacen("count(", "count(DISTINCT ", 1),
            format!(
                "{} + {}",
                count_if(kept, key).replacen("count(", "count(DISTINCT ", 1),
                count_if(&format!("({kept}) AND {key} IS NULL"), "1")
            ),
        ),
    };
    let number = enough(ask.count, &least, &most);
    match ask.spread {
        None => number,
        Some((op, days)) => format!("({number}) AND ({})", spread(op, days)),
    }
}

fn count_if(condition: &str, what: &str) -> String {
    format!("count(CASE WHEN {condition} THEN {what} END)")
}

/// The column that tells one from another. Months from year 0 as yyyymm do just as well.
pub(super) const fn key(distinct: Distinct) -> Option<&'static str> {
    match distinct {
        Distinct::Day => Some("dag"),
        Distinct::Month => Some("maaned"),
        Distinct::Quarter => Some("kvartal"),
        Distinct::Code | Distinct::Substance => Some("noegle"),
    }
}

/// Does the number hold, whichever of the unsure are there?
fn enough(test: CountTest, least: &str, most: &str) -> String {
    let CountTest { op, number } = test;
    let (op, number) = (op, i64::from(number));
    match op {
        Op::Equal => between(
            &format!("{least} = {number} AND {most} = {number}"),
            &format!("{least} > {number} OR {most} < {number}"),
        ),
        _ => {
            let sign = op.sign();
            between(
                &format!("{least} {sign} {number} AND {most} {sign} {number}"),
                &format!("NOT ({least} {sign} {number}) AND NOT ({most} {sign} {number})"),
            )
        }
    }
}

// Unsure rows can only widen the spread; an undated one by any number of days. Without a sure row
// it is at best unknown, and no row at all has no spread.
fn spread(op: Op, days: i32) -> String {
    let width = |rows: &str| {
        let day = format!("CASE WHEN {rows} THEN dag END");
        format!("coalesce(max({day}) - min({day}), 0)")
    };
    let undated = count_if("(t IS NULL OR t) AND dag IS NULL", "1");
    let high = format!("CASE WHEN {undated} = 0 THEN {} END", width("t IS NULL OR t"));
    let verdict =
        Interval::new(width("s AND t"), format!("({high})")).verdict(op, &days.to_string());
    format!(
        "CASE WHEN {} = 0 THEN FALSE ELSE ({verdict}) AND CASE WHEN {} > 0 THEN TRUE END END",
        count_if("t IS NULL OR t", "1"),
        count_if("s AND t", "1"),
    )
}

/// The verdict of no record at all.
pub(super) fn of_nothing(ask: &Selection) -> &'static str {
    let holds = of_one(ask, 0, 0) == Truth::Yes && ask.spread.is_none();
    constant(Truth::known(holds))
}

/// The verdict of so many sure records, and of so many at most.
pub(super) fn of_one(ask: &Selection, least: u32, most: u32) -> Truth {
    let CountTest { op, number } = ask.count;
    match op {
        Op::Equal => {
            Truth::between(least == number && most == number, least <= number && number <= most)
        }
        _ => Truth::between(
            op.holds(&least, &number) && op.holds(&most, &number),
            op.holds(&least, &number) || op.holds(&most, &number),
        ),
    }
}
