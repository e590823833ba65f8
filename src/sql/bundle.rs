//! Judging a bundle of rows: by every row, by its extreme value, or by the row that has it.

use crate::profile::plan::{Compare, Extreme, Selection, Test};
use crate::sql::ask::{CASE, same};
use crate::sql::compare::{Interval, constant, one_if};
use crate::sql::count::{counted, of_one};
use crate::sql::rows::half_millionths;
use crate::sql::script::Script;

const BUNDLE: &[&str] = &["export", "patient", "anker", "b"];

/// Every row of the bundle is tested; those that hold are counted. `NAME_v` and `NAME_t`.
pub(super) fn tested(script: &mut Script, name: &str, ask: &Selection, from: &str) {
    let query = format!(
        "SELECT {CASE}, b, {} AS v FROM {} GROUP BY {CASE}, b",
        counted(ask),
        with_months(script, ask, from)
    );
    script.step(&format!("{name}_v"), &query);
    script.step(&format!("{name}_t"), &satisfied(from));
}

fn satisfied(from: &str) -> String {
    format!(
        "SELECT {CASE}, raekke, dag, (s AND coalesce(t, FALSE) AND NOT usikker_dag) AS sikker FROM \
         {from} WHERE t IS NULL OR t"
    )
}

// Months and quarters are only worked out where they are counted.
fn with_months(script: &Script, ask: &Selection, from: &str) -> String {
    use crate::profile::plan::Distinct::{Month, Quarter};
    if !matches!(ask.distinct, Some(Month | Quarter)) {
        return from.to_owned();
    }
    let date = script.dialect.date("dag");
    let month = format!("year({date}) * 12 + month({date}) - 1");
    let quarter = script.dialect.divided(&month, 3);
    format!("(SELECT *, {month} AS maaned, {quarter} AS kvartal FROM {from}) m")
}

/// `NAME_x`: per bundle, whether a row is unsure, and the bounds of the extreme value. Of the
/// highest of two values the lower bounds' higher one holds, and the upper bounds' higher one, none
/// being the highest; of the lowest the other way round.
fn extremes(script: &mut Script, name: &str, which: Extreme) {
    let open_if_any = |of: &str, aggregate: &str| {
        format!("CASE WHEN count({of}) = count(*) THEN {aggregate}({of}) END")
    };
    let (low, high) = match which {
        Extreme::Highest => ("max(lav)".to_owned(), open_if_any("hoej", "max")),
        Extreme::Lowest => (open_if_any("lav", "min"), "min(hoej)".to_owned()),
    };
    let query = format!(
        "SELECT {CASE}, b, max({}) AS usikre, {low} AS lav, {high} AS hoej FROM {name}_b GROUP BY \
         {CASE}, b",
        one_if("NOT s")
    );
    script.step(&format!("{name}_x"), &query);
}

// May the row be the extreme one?
fn contends(which: Extreme) -> &'static str {
    match which {
        Extreme::Highest => "(b.hoej IS NULL OR x.lav IS NULL OR b.hoej >= x.lav)",
        Extreme::Lowest => "(b.lav IS NULL OR x.hoej IS NULL OR b.lav <= x.hoej)",
    }
}

/// `vaerdi` of the highest or lowest: the extreme value is one record, however many share it. A row
/// that is in the window only perhaps makes the bundle unknown.
pub(super) fn extreme_value(script: &mut Script, name: &str, ask: &Selection, which: Extreme) {
    extremes(script, name, which);
    let Some(Test::Value(Compare { op, limit, .. })) = &ask.test else { return };
    let holds = Interval::new("lav", "hoej").verdict(*op, &half_millionths(limit.0));
    let [yes, perhaps, no] =
        [(1, 1), (0, 1), (0, 0)].map(|(least, most)| constant(of_one(ask, least, most)));
    let judged = format!("SELECT *, {holds} AS holder FROM {name}_x");
    let query = format!(
        "SELECT {CASE}, b, CASE WHEN usikre = 1 THEN NULL WHEN holder THEN {yes} WHEN NOT holder \
         THEN {no} ELSE {perhaps} END AS v FROM ({judged}) x"
    );
    script.step(&format!("{name}_v"), &query);
    let query = format!(
        "SELECT b.export, b.patient, b.anker, b.raekke, b.dag, CASE WHEN x.usikre = 1 THEN b.s ELSE \
         coalesce(x.holder, FALSE) AND NOT b.usikker_dag END AS sikker FROM {name}_b b JOIN \
         ({judged}) x ON {} WHERE x.usikre = 1 OR ({} AND (x.holder IS NULL OR x.holder))",
        same("b", "x", BUNDLE),
        contends(which),
    );
    script.step(&format!("{name}_t"), &query);
}

/// `svar`, `reference` or nothing asked of the extreme row: whichever contender it is, one verdict.
/// Where the value is known, its rows are judged together; else each alone, as a bundle of its own.
pub(super) fn extreme_row(script: &mut Script, name: &str, ask: &Selection, which: Extreme) {
    extremes(script, name, which);
    let query = format!(
        "SELECT b.export, b.patient, b.anker, b.b, CASE WHEN x.lav = x.hoej AND x.lav % 2 = 0 THEN \
         -1 ELSE b.raekke END AS c, b.usikker_dag, b.raekke, b.dag, b.s, b.t, b.noegle FROM \
         {name}_b b JOIN {name}_x x ON {} WHERE x.usikre = 0 AND {}",
        same("b", "x", BUNDLE),
        contends(which),
    );
    let contenders = format!("{name}_c");
    script.step(&contenders, &query);
    let query = format!(
        "SELECT {CASE}, b, {} AS v FROM {} GROUP BY {CASE}, b, c UNION ALL SELECT {CASE}, b, \
         CAST(NULL AS BOOLEAN) FROM {name}_x WHERE usikre = 1",
        counted(ask),
        with_months(script, ask, &contenders),
    );
    script.step(&format!("{name}_v"), &query);
    let query = format!(
        "{} UNION ALL SELECT b.export, b.patient, b.anker, b.raekke, b.dag, b.s FROM {name}_b b JOIN \
         {name}_x x ON {} WHERE x.usikre = 1",
        satisfied(&contenders),
        same("b", "x", BUNDLE),
    );
    script.step(&format!("{name}_t"), &query);
}
