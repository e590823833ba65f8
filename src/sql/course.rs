//! `aktuelt_forloeb` and `laengste_forloeb`: rows joined over short gaps (rule R17).

use crate::amount::Amount;
use crate::profile::plan::{Compare, Op, Selection, Shift, Unit};
use crate::schema::typed::{Period, Table};
use crate::sql::ask::same;
use crate::sql::compare::one_if;
use crate::sql::cover::islands;
use crate::sql::derived::{compare, within};
use crate::sql::dialect::Dialect;
use crate::sql::patient::{lasts, lasts_until};
use crate::sql::rows::sure_row;
use crate::sql::script::Script;

const PATIENT: &[&str] = &["export", "patient"];

/// `NAME_f`: the courses (export, patient, `fra`, `til`, and `foer` = 1 where it may have begun
/// earlier than the register); `NAME_u`: who has an undated row, or one that belongs here only
/// perhaps, so that the courses are unknown. Rows that start after the index date are left out.
fn courses(script: &mut Script, name: &str, ask: &Selection, gap_days: i32) {
    let runs = format!("r.periode IN ('{}', '{}')", Period::Runs.word(), Period::Assumed.word());
    let rows = format!(
        "SELECT r.export, r.patient, r.pfra AS fra, r.ptil AS til, ({} AND {runs}) AS sikker FROM \
         {name}_r r WHERE r.periode <> '{}' AND (NOT {runs} OR r.pfra <= {})",
        sure_row("r"),
        Period::None.word(),
        script.index.0,
    );
    script.step(&format!("{name}_l"), &rows);
    let unsure = format!(
        "SELECT export, patient, max(1) AS findes FROM {name}_l WHERE NOT sikker GROUP BY export, \
         patient"
    );
    script.step(&format!("{name}_u"), &unsure);
    let sure = format!("(SELECT * FROM {name}_l WHERE sikker)");
    let first = script.dialect.day("min(dato)");
    // The register covers the time before the course only for less than a gap, or not at all.
    let query = format!(
        "SELECT i.export, i.patient, i.fra, i.til, {} AS foer FROM ({}) i LEFT JOIN (SELECT export, \
         {first} AS dag FROM {} GROUP BY export) o ON o.export = i.export",
        one_if(&format!("i.fra < o.dag + {gap_days}")),
        islands(&sure, "export, patient", gap_days),
        Table::Rows(ask.register).name(),
    );
    script.step(&format!("{name}_f"), &query);
}

/// The course that the index date lies in, or at most `gap_days` after.
pub(super) fn current(script: &mut Script, name: &str, ask: &Selection, gap_days: i32) -> String {
    courses(script, name, ask, gap_days);
    let index = script.index;
    let verdict = compare(ask).map_or_else(
        || "TRUE".to_owned(),
        |compare| {
            let days = format!("{} - f.fra", index.0);
            let long = |op, shift| lasts("f.fra", index, op, shift);
            since(compare, &days, "f.foer = 1", long)
        },
    );
    cases(
        name,
        &last(name),
        &format!(
            "CASE WHEN f.fra IS NULL OR {} > f.til + {gap_days} THEN FALSE ELSE {verdict} END",
            index.0
        ),
    )
}

/// Everyone's last course.
pub(super) fn last(name: &str) -> String {
    format!(
        "SELECT export, patient, fra, til, foer FROM (SELECT *, row_number() OVER (PARTITION BY \
         export, patient ORDER BY fra DESC) AS nr FROM {name}_f) x WHERE nr = 1"
    )
}

/// The longest course, both ends counted, cut at the index date.
pub(super) fn longest(script: &mut Script, name: &str, ask: &Selection, gap_days: i32) -> String {
    courses(script, name, ask, gap_days);
    let dialect = script.dialect;
    let verdict = compare(ask).map_or_else(
        || "TRUE".to_owned(),
        |compare| {
            let long = |op, shift| until(dialect, op, shift);
            since(compare, "f.til - f.fra + 1", "f.nogen_foer = 1", long)
        },
    );
    let first = longest_first(script, name);
    // No course at all is a length of nought; only `aktuelt_forloeb` is nej without one.
    let none = within(ask, "0", "0", "FALSE");
    cases(name, &first, &format!("CASE WHEN f.fra IS NULL THEN {none} ELSE {verdict} END"))
}

/// Everyone's longest course. Of equally long ones, one that may have begun before the register
/// decides; then the last.
pub(super) fn longest_first(script: &Script, name: &str) -> String {
    let cut = format!(
        "SELECT export, patient, fra, least(til, {}) AS til, foer FROM {name}_f",
        script.index.0
    );
    format!(
        "SELECT * FROM (SELECT *, max(foer) OVER (PARTITION BY export, patient) AS nogen_foer, \
         row_number() OVER (PARTITION BY export, patient ORDER BY til - fra DESC, foer DESC, fra DESC) \
         AS nr FROM ({cut}) x) y WHERE nr = 1"
    )
}

fn until(dialect: Dialect, op: Op, shift: Shift) -> String {
    lasts_until(dialect, "f.fra", "(f.til + 1)", op, shift)
}

fn cases(name: &str, course: &str, verdict: &str) -> String {
    format!(
        "SELECT a.export, a.patient, a.anker, CASE WHEN u.findes = 1 THEN NULL ELSE {verdict} END AS \
         v\nFROM {name}_a a LEFT JOIN {name}_u u ON {} LEFT JOIN ({course}) f ON {}",
        same("a", "u", PATIENT),
        same("a", "f", PATIENT),
    )
}

// In months and years the start is held against the day that lies so far back; in days and weeks
// the number of days is. Longer is never too short: what already holds, or already fails, stays so.
fn since(
    compare: &Compare,
    days: &str,
    at_least: &str,
    long: impl Fn(Op, Shift) -> String,
) -> String {
    let is = |op: Op| match duration(compare) {
        Some(shift) => long(op, shift),
        None => {
            let weeks = if compare.unit.starts_with("uge") { 7 } else { 1 };
            let limit = compare.limit.0.saturating_mul(weeks);
            format!("({days}) * {} {} {limit}", Amount::ONE, op.sign())
        }
    };
    let holds = is(compare.op);
    let open = match compare.op {
        Op::AtLeast | Op::Greater => format!("NOT ({holds})"),
        Op::Less | Op::AtMost => holds.clone(),
        Op::Equal => format!("NOT ({})", is(Op::Greater)),
    };
    format!("CASE WHEN {at_least} AND {open} THEN NULL ELSE {holds} END")
}

fn duration(compare: &Compare) -> Option<Shift> {
    let unit = match compare.unit.as_str() {
        "mdr" => Unit::Months,
        "aar" | "år" => Unit::Years,
        _ => return None,
    };
    let count = i32::try_from(compare.limit.0 / Amount::ONE).ok()?;
    (compare.limit.0 % Amount::ONE == 0).then_some(Shift { count, unit })
}
