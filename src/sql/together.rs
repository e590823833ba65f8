//! `samtidig`: days on which every named criterion has a running row (rule R16).

use crate::profile::plan::{Body, CriterionId, Plan, Selection, Window};
use crate::schema::Register;
use crate::sql::ask::{CASE, same_case};
use crate::sql::compare::between;
use crate::sql::cover::{both, running};
use crate::sql::hits::ends;
use crate::sql::rows::{Keys, rows};
use crate::sql::script::Script;

/// Verdicts under `name`.
pub(super) fn together(
    script: &mut Script,
    plan: &Plan,
    name: &str,
    of: &[CriterionId],
    (window, min_days): (Window, i32),
) {
    let asks: Vec<&Selection> = of.iter().filter_map(|id| selection(plan, *id)).collect();
    let [from, to, _] = ends(script, window, None);
    let cases = format!(
        "SELECT p.export, p.patient, {} AS anker, {from} AS fra, {to} AS til FROM pb_patient p WHERE \
         p.export IN ({})",
        script.index.0,
        exports_with(&asks)
    );
    script.step(&format!("{name}_a"), &cases);
    let window = format!("SELECT * FROM {name}_a WHERE fra <= til");
    let (mut sure, mut possible) = (window.clone(), window);
    for (at, ask) in asks.iter().enumerate() {
        let part = format!("{name}_{at}");
        rows(script, &format!("{part}_r"), ask, Keys::Together);
        running(script, &part, &format!("{part}_r"), &format!("{name}_a"));
        sure = step_both(script, &format!("{part}_p"), &sure, &format!("{part}_sikre"));
        possible = step_both(script, &format!("{part}_q"), &possible, &format!("{part}_mulige"));
    }
    let days = |set: &str| {
        format!("(SELECT {CASE}, sum(til - fra + 1) AS dage FROM ({set}) i GROUP BY {CASE})")
    };
    let query = format!(
        "SELECT p.export, p.patient, CASE WHEN a.anker IS NOT NULL THEN {} END AS v\nFROM pb_patient p \
         LEFT JOIN {name}_a a ON a.export = p.export AND a.patient = p.patient LEFT JOIN {} s ON {} \
         LEFT JOIN {} m ON {}",
        between(
            &format!("coalesce(s.dage, 0) >= {min_days}"),
            &format!("coalesce(m.dage, 0) < {min_days}"),
        ),
        days(&sure),
        same_case("a", "s"),
        days(&possible),
        same_case("a", "m"),
    );
    script.step(name, &query);
}

fn selection(plan: &Plan, id: CriterionId) -> Option<&Selection> {
    match plan.criteria.get(id.0).map(|criterion| &criterion.body) {
        Some(Body::Select(ask)) => Some(ask),
        _ => None,
    }
}

fn step_both(script: &mut Script, name: &str, left: &str, right: &str) -> String {
    script.step(name, &both(&format!("({left})"), right));
    format!("SELECT * FROM {name}")
}

// A register that is missing makes the whole unknown.
fn exports_with(asks: &[&Selection]) -> String {
    let mut registers: Vec<Register> = asks.iter().map(|ask| ask.register).collect();
    registers.sort_unstable();
    registers.dedup();
    let names: Vec<String> = registers.iter().map(|r| format!("'{}'", r.name())).collect();
    format!(
        "SELECT export FROM pb_register WHERE register IN ({}) GROUP BY export HAVING \
         count(DISTINCT register) = {}",
        names.join(", "),
        names.len()
    )
}
