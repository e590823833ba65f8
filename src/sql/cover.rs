//! Sets of days: union, islands, intersection.

use crate::schema::typed::Period;
use crate::sql::ask::{CASE, same, same_case};
use crate::sql::rows::sure_row;
use crate::sql::script::Script;

/// `NAME_sikre` and `NAME_mulige`: the days of each case's window on which a row of `rows` runs,
/// surely, and surely or perhaps; as islands (the case, `fra`, `til`).
pub(super) fn running(script: &mut Script, name: &str, rows: &str, cases: &str) {
    let runs = format!("r.periode IN ('{}', '{}')", Period::Runs.word(), Period::Assumed.word());
    let inner = format!(
        "SELECT a.export, a.patient, a.anker, greatest(coalesce(r.pfra, a.fra), a.fra) AS fra, \
         least(coalesce(r.ptil, a.til), a.til) AS til, ({} AND {runs}) AS sikker FROM {cases} a JOIN \
         {rows} r ON {} WHERE r.periode <> '{}'",
        sure_row("r"),
        same("a", "r", &["export", "patient"]),
        Period::None.word(),
    );
    let spans = format!("{name}_l");
    script.step(&spans, &format!("SELECT * FROM ({inner}) x WHERE fra <= til"));
    let sure = islands(&format!("(SELECT * FROM {spans} WHERE sikker)"), CASE, 0);
    script.step(&format!("{name}_sikre"), &sure);
    script.step(&format!("{name}_mulige"), &islands(&spans, CASE, 0));
}

/// Spans (`fra`, `til`) joined where at most `gap` uncovered days lie between. The frame of the
/// running maximum is written out: the default one takes equal rows together. Equal spans are one
/// first: nothing says which of two comes first, and the two windows need not agree.
pub(super) fn islands(spans: &str, by: &str, gap: i32) -> String {
    let before = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING";
    let order = format!("PARTITION BY {by} ORDER BY fra, til");
    let reached = format!("max(til) OVER ({order} {before})");
    format!(
        "SELECT {by}, min(fra) AS fra, max(til) AS til FROM (SELECT {by}, fra, til, sum(ny) OVER \
         ({order} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS nr FROM (SELECT {by}, fra, \
         til, CASE WHEN fra <= {reached} + {more} THEN 0 ELSE 1 END AS ny FROM (SELECT DISTINCT {by}, \
         fra, til FROM {spans} w) x) y) z GROUP BY {by}, nr",
        more = i64::from(gap) + 1,
    )
}

/// Days in both of two sets of islands.
pub(super) fn both(left: &str, right: &str) -> String {
    format!(
        "SELECT l.export, l.patient, l.anker, greatest(l.fra, r.fra) AS fra, least(l.til, r.til) AS \
         til FROM {left} l JOIN {right} r ON {} AND l.fra <= r.til AND r.fra <= l.til",
        same_case("l", "r")
    )
}
