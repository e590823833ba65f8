//! A simple criterion, step by step: rows → cases → hits → pick and count → verdict.
//!
//! A *case* is one day that the window's shifts count from. Without an anchor every patient has one
//! case, the index date; with one, a patient may have several, and what they say is combined last.

use crate::profile::plan::Selection;
use crate::schema::Register;
use crate::sql::script::Script;
use crate::sql::{anchor, derived, hits, pick, rows};

/// The columns by which every step of a criterion is joined.
pub(super) const CASE: &str = "export, patient, anker";

/// Steps of a selection under `name`: `NAME` (export, patient, v) and `NAME_s` (export, patient,
/// raekke, dag, sikker), the rows that satisfied it.
pub(super) fn select(script: &mut Script, name: &str, ask: &Selection) {
    rows::rows(script, &format!("{name}_r"), ask, rows::Keys::All);
    anchor::cases(script, name, ask);
    match &ask.derived {
        Some(derived) => derived::derived(script, name, ask, derived),
        None => {
            hits::hits(script, name, ask);
            pick::settle(script, name, ask);
        }
    }
    anchor::combine(script, name, ask);
}

/// Patients of the exports that have the register.
pub(super) fn people_with(register: Register) -> String {
    format!(
        "pb_patient p JOIN pb_register g ON g.export = p.export AND g.register = '{}'",
        register.name()
    )
}

/// `x.export = y.export AND …` over the columns of a case.
pub(super) fn same_case(left: &str, right: &str) -> String {
    same(left, right, &["export", "patient", "anker"])
}

/// The same over other columns.
pub(super) fn same(left: &str, right: &str, columns: &[&str]) -> String {
    let equal = columns.iter().map(|column| format!("{left}.{column} = {right}.{column}"));
    equal.collect::<Vec<_>>().join(" AND ")
}
