//! `omeq_sum` (appendix I of the language): the orders of rule R18 on every day of a case's window.
//! Only the days on which something can change are looked at; each stands for the days up to the next.

use crate::profile::plan::Selection;
use crate::schema::typed::{NOT_COUNTED, Period};
use crate::sql::ask::{CASE, same, same_case};
use crate::sql::compare::one_if;
use crate::sql::orders::decided;
use crate::sql::rows::sure_row;
use crate::sql::script::{FIRST_DAY, LAST_DAY, Script};
use crate::sql::sums::{MEDICINE, all_or_none, verdict};

const PATIENT: &[&str] = &["export", "patient"];

/// What makes rows dispensings of one order, on one day of a case.
const ORDER: &str = "export, patient, anker, d, dage, produkt, startdato, slutdato";

/// Verdicts of `omeq_sum`, by way of `NAME_sum` (the case, and the columns of `omeq_pr_doegn`).
pub(super) fn equivalents(script: &mut Script, name: &str, ask: &Selection) -> String {
    let rows = rows(name);
    script.step(&format!("{name}_l"), &rows);
    script.step(&format!("{name}_f"), &stretches(name));
    script.step(&format!("{name}_d"), &running(name));
    let orders = decided(&format!("{name}_d"), ORDER, "d");
    script.step(&format!("{name}_o"), &orders);
    let sums = sums(script, name);
    script.step(&format!("{name}_sum"), &sums);
    format!(
        "SELECT a.export, a.patient, a.anker, {} AS v FROM {name}_a a JOIN {name}_sum s ON {}",
        verdict(ask, "s.fast", "s.mest"),
        same_case("a", "s"),
    )
}

// The criterion's rows with the first and the last day on which they may run (`lfra`, `ltil`). A later
// supply of the product ended the one before it, on the day before it begins.
fn rows(name: &str) -> String {
    let runs = format!("r.periode IN ('{}', '{}')", Period::Runs.word(), Period::Assumed.word());
    let rows = format!(
        "SELECT r.export, r.patient, r.dag, r.periode, m.produkt, m.startdato, m.slutdato, m.omeq_mindst, \
         m.omeq_hoejst, m.omeq_pn, m.kilde_mindst, m.kilde_hoejst, {} AS sikker, {runs} AS koerer, r.pfra, \
         r.ptil, ({runs} AND m.slutdato IS NULL AND r.ptil < {LAST_DAY}) AS fornyes\nFROM {name}_r r JOIN \
         {MEDICINE} m ON {}\nWHERE m.opioid <> '{NOT_COUNTED}' AND r.periode <> '{}'",
        sure_row("r"),
        same("r", "m", &["export", "raekke"]),
        Period::None.word(),
    );
    let next = format!(
        "SELECT *, min(CASE WHEN fornyes AND sikker THEN pfra END) OVER (PARTITION BY export, patient, \
         produkt ORDER BY pfra RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS naeste FROM (\n{rows}\n) x"
    );
    format!(
        "SELECT *, CASE WHEN koerer THEN pfra ELSE {FIRST_DAY} END AS lfra, CASE WHEN koerer AND fornyes \
         THEN least(ptil, coalesce(naeste - 1, ptil)) WHEN koerer THEN ptil WHEN periode = '{}' THEN ptil \
         ELSE {LAST_DAY} END AS ltil FROM (\n{next}\n) y",
        Period::EndOnly.word(),
    )
}

// From `d` on, for `dage` days: a row begins, has ended the day before, or a dispensing comes that
// may decide.
fn stretches(name: &str) -> String {
    let changes = format!(
        "SELECT export, patient, lfra AS dag FROM {name}_l UNION SELECT export, patient, ltil + 1 AS dag \
         FROM {name}_l UNION SELECT export, patient, dag FROM {name}_l WHERE dag IS NOT NULL"
    );
    let days = format!(
        "SELECT {CASE}, fra AS d, til FROM {name}_a WHERE fra <= til UNION SELECT a.export, a.patient, \
         a.anker, c.dag AS d, a.til FROM {name}_a a JOIN ({changes}) c ON {} WHERE c.dag > a.fra AND \
         c.dag <= a.til",
        same("a", "c", PATIENT),
    );
    format!(
        "SELECT {CASE}, d, coalesce(lead(d) OVER (PARTITION BY {CASE} ORDER BY d), til + 1) - d AS dage \
         FROM ({days}) x"
    )
}

// What runs on each, and whether a row of its order surely does: then those that only perhaps do are
// left.
fn running(name: &str) -> String {
    let sure = one_if("l.sikker AND l.koerer");
    let running = format!(
        "SELECT f.anker, f.d, f.dage, l.*, max({sure}) OVER (PARTITION BY l.export, l.patient, f.anker, f.d, \
         l.produkt, l.startdato, l.slutdato) AS sikker_ordination FROM {name}_f f JOIN {name}_l l ON {} AND \
         l.lfra <= f.d AND l.ltil >= f.d",
        same("f", "l", PATIENT),
    );
    format!("SELECT * FROM (\n{running}\n) x WHERE sikker_ordination = 0 OR (sikker AND koerer)")
}

fn sums(script: &Script, name: &str) -> String {
    let zero = script.dialect.wide("0");
    let fixed = |column: &str| {
        format!(
            "sum(CASE WHEN sikker = 1 AND {column} IS NOT NULL THEN dage * {column} ELSE {zero} END)"
        )
    };
    let sums = format!(
        "SELECT {CASE}, {} AS fast, {} AS mest, {} AS kilde_mindst, {} AS kilde_hoejst FROM (SELECT *, dage \
         * hoejst AS dage_hoejst FROM {name}_o) x GROUP BY {CASE}",
        fixed("mindst"),
        all_or_none("dage_hoejst"),
        fixed("kilde_mindst"),
        fixed("kilde_hoejst"),
    );
    let or_nothing = |column: &str| format!("coalesce(s.{column}, {zero}) AS {column}");
    format!(
        "SELECT a.export, a.patient, a.anker, {}, CASE WHEN s.export IS NULL THEN {zero} ELSE s.mest END AS \
         mest, {}, {} FROM {name}_a a LEFT JOIN ({sums}) s ON {}",
        or_nothing("fast"),
        or_nothing("kilde_mindst"),
        or_nothing("kilde_hoejst"),
        same_case("a", "s"),
    )
}
