//! Rows → orders that run on the index date (rule R18). Seventy-four dispensings of one order are
//! one dose. Nothing is ordered: of rows that are alike, minima and maxima are taken, so that no
//! engine has to choose.

use crate::schema::typed::{NOT_COUNTED, Period};
use crate::sql::ask::same;
use crate::sql::compare::{one_if, surely};
use crate::sql::rows::sure_row;
use crate::sql::script::{LAST_DAY, Script};
use crate::sql::sums::MEDICINE;

/// What makes rows dispensings of one order.
const ORDER: &str = "export, patient, produkt, startdato, slutdato";

/// `NAME_o`: one row per order of the criterion's medicines that runs on the index date (export,
/// patient, `sikker` = 1 or 0, `mindst`, `hoejst`, `kilde_mindst`, `kilde_hoejst`). `mindst` is NULL
/// where the dose cannot be computed, `hoejst` also where it has no upper bound.
pub(super) fn orders(script: &mut Script, name: &str) {
    let begun = begun(script, name);
    script.step(&format!("{name}_l"), &begun);
    let running = running(script, name);
    script.step(&format!("{name}_d"), &running);
    let orders = deciding(script, name);
    script.step(&format!("{name}_o"), &orders);
}

// Rows that may run: begun, not paused, not known to have ended. `seneste`: when the latest supply
// of the product began, which ended those before it.
fn begun(script: &Script, name: &str) -> String {
    let index = script.index.0;
    let runs = format!("r.periode IN ('{}', '{}')", Period::Runs.word(), Period::Assumed.word());
    let rows = format!(
        "SELECT r.export, r.patient, r.dag, m.produkt, m.startdato, m.slutdato, m.omeq_mindst, \
         m.omeq_hoejst, m.omeq_pn, m.kilde_mindst, m.kilde_hoejst, {} AS sikker, {runs} AS koerer, r.pfra, \
         r.ptil, ({runs} AND m.slutdato IS NULL AND r.ptil < {LAST_DAY}) AS fornyes\nFROM {name}_r r JOIN \
         {MEDICINE} m ON {}\nWHERE m.opioid <> '{NOT_COUNTED}' AND r.periode <> '{}' AND NOT (r.periode = \
         '{}' AND r.ptil < {index}) AND NOT ({runs} AND r.pfra > {index})",
        sure_row("r"),
        same("r", "m", &["export", "raekke"]),
        Period::None.word(),
        Period::EndOnly.word(),
    );
    format!(
        "SELECT *, max(CASE WHEN fornyes AND sikker THEN pfra END) OVER (PARTITION BY export, patient, \
         produkt) AS seneste FROM (\n{rows}\n) x"
    )
}

// What runs, and whether a row of its order surely does: then those that only perhaps do are left.
fn running(script: &Script, name: &str) -> String {
    let sure = one_if("sikker AND koerer");
    let running = format!(
        "SELECT *, max({sure}) OVER (PARTITION BY {ORDER}) AS sikker_ordination FROM {name}_l WHERE NOT \
         koerer OR (ptil >= {} AND NOT {})",
        script.index.0,
        surely("fornyes AND seneste > pfra"),
    );
    format!("SELECT * FROM (\n{running}\n) x WHERE sikker_ordination = 0 OR (sikker AND koerer)")
}

fn deciding(script: &Script, name: &str) -> String {
    decided(&format!("{name}_d"), ORDER, &script.index.0.to_string())
}

/// The latest dispensing that is not after the day decides; if all are, the first to come. Of several
/// of that day the dose lies between the least and the most. `by` tells the orders of a day apart.
pub(super) fn decided(rows: &str, by: &str, day: &str) -> String {
    let past = format!("max(CASE WHEN dag <= {day} THEN dag END)");
    let days = format!(
        "SELECT *, coalesce({past} OVER (PARTITION BY {by}), min(dag) OVER (PARTITION BY {by})) \
         AS afgoer FROM {rows}"
    );
    let known = |column: &str| format!("count({column}) = count(*)");
    let least = |column: &str| format!("CASE WHEN {} THEN min({column}) END", known(column));
    format!(
        "SELECT {by}, max(sikker_ordination) AS sikker, {} AS mindst, CASE WHEN {} AND {} THEN \
         max(omeq_hoejst) + max(omeq_pn) END AS hoejst, {} AS kilde_mindst, {} AS kilde_hoejst FROM \
         ({days}) x WHERE dag = afgoer OR (dag IS NULL AND afgoer IS NULL) GROUP BY {by}",
        least("omeq_mindst"),
        known("omeq_hoejst"),
        known("omeq_pn"),
        least("kilde_mindst"),
        least("kilde_hoejst"),
    )
}
