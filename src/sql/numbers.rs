//! Derived values as numbers, for the columns that show them: `mindst`, and whether it may be more.

use crate::amount::Amount;
use crate::profile::plan::{Derived, Unit};
use crate::schema::typed::PARTS;
use crate::sql::ask::{CASE, same};
use crate::sql::compare::one_if;
use crate::sql::script::{Script, verdicts};
use crate::sql::shift::completed;
use crate::sql::{course, derived, sums};

const PATIENT: &[&str] = &["export", "patient"];

/// `export, patient, mindst` (millionths) and `nedre_graense` (TRUE: at least so much), from the steps
/// that the criterion's own translation has made under `name`. Where there is nothing to derive it
/// from, or the data do not say, `mindst` is NULL.
pub(super) fn number(script: &Script, name: &str, derived: &Derived) -> String {
    let Figure { from, low, at_least } = match derived {
        Derived::DaysSince => since(script, name, Unit::Days),
        Derived::MonthsSince => since(script, name, Unit::Months),
        Derived::Products => products(script, name),
        Derived::CoveredDays => covered(name),
        Derived::Mean => mean(script, name),
        Derived::CurrentEpisode { gap_days } => current(script, name, *gap_days),
        Derived::LongestEpisode { .. } => longest(script, name),
        Derived::DaysBetween { from, to } => between(&verdicts(*from), &verdicts(*to)),
        Derived::Omeq | Derived::OmeqSum => equivalents(script, name),
        Derived::DddSum => of_rows(script, name, "ddd"),
        Derived::UnitSum => of_rows(script, name, "enheder"),
    };
    format!(
        "SELECT a.export, a.patient, {low} AS mindst, {at_least} AS nedre_graense\nFROM {name}_a a{from}"
    )
}

/// What is joined to the cases `a`, and two expressions over it.
struct Figure {
    from: String,
    low: String,
    at_least: String,
}

fn joined(query: &str, alias: &str) -> String {
    format!(" LEFT JOIN ({query}) {alias} ON {}", same("a", alias, PATIENT))
}

fn millionths(whole: &str) -> String {
    format!("({whole}) * {}", Amount::ONE)
}

// Bounds that are whole numbers of days, months or medicines.
fn within(from: String, low: &str, high: &str) -> Figure {
    Figure { from, low: millionths(low), at_least: format!("({low}) <> ({high})") }
}

fn since(script: &Script, name: &str, unit: Unit) -> Figure {
    let ago = |day: &str| completed(script.dialect, &script.dialect.date(day), script.index, unit);
    let rows = format!(
        "SELECT {CASE}, max(CASE WHEN s THEN dag END) AS sikker, max(dag) AS mulig, max({}) AS udateret \
         FROM {name}_h GROUP BY {CASE}",
        one_if("dag IS NULL")
    );
    let undated = if unit == Unit::Months { " AND z.udateret = 0" } else { "" };
    let known = format!("z.sikker IS NOT NULL{undated}");
    Figure {
        from: joined(&rows, "z"),
        low: format!("CASE WHEN {known} THEN {} END", millionths(&ago("z.mulig"))),
        at_least: format!("CASE WHEN {known} THEN {} <> {} END", ago("z.mulig"), ago("z.sikker")),
    }
}

fn products(script: &Script, name: &str) -> Figure {
    let rows = derived::running_products(script, name);
    within(joined(&rows, "z"), "coalesce(z.mindst, 0)", "coalesce(z.mest, 0)")
}

fn covered(name: &str) -> Figure {
    let days = |which: &str| derived::days_of(&format!("{name}_{which}"));
    let from = joined(&days("sikre"), "s") + &joined(&days("mulige"), "m");
    within(from, "coalesce(s.dage, 0)", "coalesce(m.dage, 0)")
}

// Rounded to a millionth, half up; a number is lifted above nought before it is divided.
fn mean(script: &Script, name: &str) -> Figure {
    const LIFT: &str = "1000000000000000000";
    let wide = |number: &str| script.dialect.wide(number);
    let lifted = format!("{} + {} + 2 * z.antal * {}", wide("z.sum"), wide("z.antal"), wide(LIFT));
    let rounded = script.dialect.divided_by(&lifted, "(2 * z.antal)");
    let known = "z.kendt = z.antal";
    Figure {
        from: joined(&derived::values(script, name), "z"),
        low: format!("CASE WHEN {known} THEN {rounded} - {} END", wide(LIFT)),
        at_least: format!("CASE WHEN {known} THEN FALSE END"),
    }
}

fn current(script: &Script, name: &str, gap_days: i32) -> Figure {
    let index = script.index.0;
    let known = format!("u.findes IS NULL AND {index} <= f.til + {gap_days}");
    Figure {
        from: unsure(name) + &joined(&course::last(name), "f"),
        low: format!("CASE WHEN {known} THEN {} END", millionths(&format!("{index} - f.fra"))),
        at_least: format!("CASE WHEN {known} THEN f.foer = 1 END"),
    }
}

// No course at all is a length of nought.
fn longest(script: &Script, name: &str) -> Figure {
    let days = millionths("coalesce(f.til - f.fra + 1, 0)");
    Figure {
        from: unsure(name) + &joined(&course::longest_first(script, name), "f"),
        low: format!("CASE WHEN u.findes IS NULL THEN {days} END"),
        at_least: "CASE WHEN u.findes IS NULL THEN coalesce(f.nogen_foer, 0) = 1 END".into(),
    }
}

fn unsure(name: &str) -> String {
    format!(" LEFT JOIN {name}_u u ON {}", same("a", "u", PATIENT))
}

fn between(from: &str, to: &str) -> Figure {
    let known = "f.v AND t.v AND f.sikker = f.mulig AND t.sikker = t.mulig";
    let days = millionths("t.sikker - f.sikker");
    Figure {
        from: joined(&derived::latest(from), "f") + &joined(&derived::latest(to), "t"),
        low: format!("CASE WHEN {known} THEN {days} END"),
        at_least: format!("CASE WHEN {known} THEN FALSE END"),
    }
}

fn equivalents(script: &Script, name: &str) -> Figure {
    let sums = format!("SELECT * FROM {name}_sum");
    sum(script, joined(&sums, "z"), "z.fast", "z.mest")
}

fn of_rows(script: &Script, name: &str, what: &str) -> Figure {
    let zero = script.dialect.wide("0");
    let high = format!("(CASE WHEN z.findes IS NULL THEN {zero} ELSE z.hoejst END)");
    let low = format!("coalesce(z.mindst, {zero})");
    sum(script, joined(&sums::added(script, name, what), "z"), &low, &high)
}

// In millionths, half up.
fn sum(script: &Script, from: String, low: &str, high: &str) -> Figure {
    // INVARIANT: a million divides the parts, and what is left fits.
    let millionth = i64::try_from(PARTS / i128::from(Amount::ONE)).unwrap_or(i64::MAX);
    let twice = format!("2 * ({low}) + {}", script.dialect.wide(&millionth.to_string()));
    Figure {
        from,
        low: script.dialect.divided(&twice, 2 * millionth),
        at_least: format!("({low} <> coalesce({high}, {low} + 1))"),
    }
}
