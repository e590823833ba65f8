//! Pick before compare, then count (rule R9).
//!
//! A *bundle* is a set of rows that is judged together: all rows of a case, or those of one day
//! that may be the picked one. The verdicts of a case's bundles must agree.

use crate::profile::plan::{Extreme, Pick, Selection, Test};
use crate::sql::ask::{CASE, same, same_case};
use crate::sql::bundle;
use crate::sql::compare::one_if;
use crate::sql::count::of_nothing;
use crate::sql::script::Script;

/// From `NAME_h` to `NAME_w` (the case, `v`) and `NAME_t` (the case, `raekke, dag, sikker`).
pub(super) fn settle(script: &mut Script, name: &str, ask: &Selection) {
    let by_day = match ask.pick {
        Some(Pick::Latest) => Some(true),
        Some(Pick::First) => Some(false),
        None | Some(Pick::All | Pick::Highest | Pick::Lowest) => None,
    };
    match by_day {
        Some(latest) => days(script, name, latest),
        None => whole(script, name),
    }
    match extreme(ask) {
        None => bundle::tested(script, name, ask, &format!("{name}_b")),
        Some(which) if matches!(ask.test, Some(Test::Value(_))) => {
            bundle::extreme_value(script, name, ask, which);
        }
        Some(which) => bundle::extreme_row(script, name, ask, which),
    }
    match by_day {
        Some(_) => agreed_days(script, name, ask),
        None => agreed(script, name, ask),
    }
}

fn extreme(ask: &Selection) -> Option<Extreme> {
    match ask.pick {
        Some(Pick::Highest) => Some(Extreme::Highest),
        Some(Pick::Lowest) => Some(Extreme::Lowest),
        Some(Pick::Latest | Pick::First) => ask.same_day,
        None | Some(Pick::All) => None,
    }
}

// All rows of the case are one bundle.
fn whole(script: &mut Script, name: &str) {
    let query = format!(
        "SELECT {CASE}, 0 AS b, FALSE AS usikker_dag, raekke, dag, s, lav, hoej, t, noegle FROM \
         {name}_h"
    );
    script.step(&format!("{name}_b"), &query);
}

// `seneste`, `foerste`: from the end, day by day, up to the first day with a sure row. On a day
// without one: what if it is the one? Then its rows are in the window.
fn days(script: &mut Script, name: &str, latest: bool) {
    let sure = format!("max({})", one_if("s"));
    let per_day = format!(
        "SELECT {CASE}, dag, {sure} AS sikre FROM {name}_h WHERE dag IS NOT NULL GROUP BY {CASE}, dag"
    );
    script.step(&format!("{name}_d"), &per_day);
    let (pick, sign) = if latest { ("max", ">=") } else { ("min", "<=") };
    let query = format!(
        "SELECT h.export, h.patient, h.anker, h.dag AS b, (d.sikre = 0) AS usikker_dag, h.raekke, \
         h.dag, (h.s OR d.sikre = 0) AS s, h.lav, h.hoej, h.t, h.noegle\nFROM {name}_h h JOIN \
         {name}_d d ON {} JOIN (SELECT {CASE}, {pick}(CASE WHEN sikre = 1 THEN dag END) AS sidste \
         FROM {name}_d GROUP BY {CASE}) l ON {}\nWHERE l.sidste IS NULL OR h.dag {sign} l.sidste",
        same("h", "d", &["export", "patient", "anker", "dag"]),
        same_case("h", "l"),
    );
    script.step(&format!("{name}_b"), &query);
}

/// The verdict that all bundles share, as an expression over [`tally`].
const AGREED: &str =
    "CASE WHEN z.kendt < z.antal OR z.mest <> z.mindst THEN NULL ELSE z.mest = 1 END";

fn tally(name: &str) -> String {
    format!(
        "(SELECT {CASE}, count(*) AS antal, count(v) AS kendt, max({one}) AS mest, min({one}) AS \
         mindst FROM {name}_v GROUP BY {CASE})",
        one = one_if("v")
    )
}

fn agreed(script: &mut Script, name: &str, ask: &Selection) {
    let query = format!(
        "SELECT a.export, a.patient, a.anker, CASE WHEN z.antal IS NULL THEN {} ELSE {AGREED} END \
         AS v FROM {name}_a a LEFT JOIN {} z ON {}",
        of_nothing(ask),
        tally(name),
        same_case("a", "z"),
    );
    script.step(&format!("{name}_w"), &query);
}

// No dated row is surely in the window: undated ones may be the picked ones, or there is none.
fn agreed_days(script: &mut Script, name: &str, ask: &Selection) {
    let nothing = of_nothing(ask);
    let nothing_as_number = i32::from(nothing == "TRUE");
    let rows = format!(
        "(SELECT {CASE}, max({}) AS sikre, max({}) AS udaterede FROM {name}_h GROUP BY {CASE})",
        one_if("s AND dag IS NOT NULL"),
        one_if("dag IS NULL"),
    );
    let query = format!(
        "SELECT a.export, a.patient, a.anker, CASE WHEN coalesce(y.sikre, 0) = 0 AND y.udaterede = 1 \
         THEN NULL WHEN z.antal IS NULL THEN {nothing} WHEN y.sikre = 0 AND z.mest <> \
         {nothing_as_number} THEN NULL ELSE {AGREED} END AS v\nFROM {name}_a a LEFT JOIN {rows} y ON \
         {} LEFT JOIN {} z ON {}",
        same_case("a", "y"),
        tally(name),
        same_case("a", "z"),
    );
    script.step(&format!("{name}_w"), &query);
}
