//! The criteria, each after those that it names, and groups in three-valued logic (rule R13).

use std::collections::BTreeSet;

use crate::profile::plan::{
    Anchor, Body, Criterion, CriterionId, Derived, Group, GroupRule, Plan, Selection,
};
use crate::sql::ask::{same, select};
use crate::sql::compare::{all, any, between, one_if};
use crate::sql::script::{Script, verdicts};
use crate::sql::{patient, together};

/// One table of verdicts per criterion.
pub(super) fn criteria(script: &mut Script, plan: &Plan) {
    let mut done = BTreeSet::new();
    for at in 0..plan.criteria.len() {
        after_those_named(script, plan, CriterionId(at), &mut done);
    }
}

// A ring is refused when the profile is checked; here it would only leave a table out.
fn after_those_named(
    script: &mut Script,
    plan: &Plan,
    id: CriterionId,
    done: &mut BTreeSet<CriterionId>,
) {
    let Some(criterion) = plan.criteria.get(id.0) else { return };
    if !done.insert(id) {
        return;
    }
    for named in named_by(&criterion.body) {
        after_those_named(script, plan, named, done);
    }
    criterion_steps(script, plan, id, criterion);
}

fn criterion_steps(script: &mut Script, plan: &Plan, id: CriterionId, criterion: &Criterion) {
    let name = verdicts(id);
    script.say(&format!("{name} = {}: {}", criterion.id, criterion.text));
    match &criterion.body {
        Body::Select(ask) => select(script, &name, ask),
        Body::Patient(tests) => patient::patient(script, &name, tests),
        Body::Group(group) => group_steps(script, &name, group),
        Body::Together { of, window, min_days } => {
            together::together(script, plan, &name, of, (*window, *min_days));
        }
    }
}

/// The criteria that a body names.
pub(super) fn named_by(body: &Body) -> Vec<CriterionId> {
    match body {
        Body::Group(group) => group.of.clone(),
        // Only what they ask for is used, not their verdicts; their steps stand before all the same.
        Body::Together { of, .. } => of.clone(),
        Body::Select(ask) => named_by_selection(ask),
        Body::Patient(_) => Vec::new(),
    }
}

fn named_by_selection(ask: &Selection) -> Vec<CriterionId> {
    let mut named = Vec::new();
    if let Some(Anchor::Criterion { of, .. }) = &ask.anchor {
        named.push(*of);
    }
    if let Some(Derived::DaysBetween { from, to }) = &ask.derived {
        named.extend([*from, *to]);
    }
    named
}

fn group_steps(script: &mut Script, name: &str, group: &Group) {
    let query = format!(
        "SELECT p.export, p.patient, {} AS v FROM pb_patient p{}",
        verdict(group),
        joins(&group.of)
    );
    script.step(name, &query);
}

/// The verdict of a group over the joined tables of its members.
pub(super) fn verdict(group: &Group) -> String {
    let members: Vec<String> = group.of.iter().map(|id| format!("{}.v", verdicts(*id))).collect();
    match group.rule {
        GroupRule::All => all(&members),
        GroupRule::Any => any(&members),
        GroupRule::None => format!("NOT {}", any(&members)),
        GroupRule::AtLeast(count) => at_least(count, &members),
        GroupRule::Undecided => {
            let unknown: Vec<String> = members.iter().map(|v| format!("{v} IS NULL")).collect();
            format!("({})", unknown.join(" OR "))
        }
    }
}

fn at_least(count: usize, members: &[String]) -> String {
    let sum = |conditions: Vec<String>| match conditions.is_empty() {
        true => "0".to_owned(),
        false => conditions.join(" + "),
    };
    let sure = sum(members.iter().map(|v| one_if(v)).collect());
    let possible = sum(members.iter().map(|v| one_if(&format!("{v} IS NULL OR {v}"))).collect());
    between(&format!("{sure} >= {count}"), &format!("{possible} < {count}"))
}

/// The tables of these criteria beside `pb_patient p`, each once.
pub(super) fn joins(of: &[CriterionId]) -> String {
    let once: BTreeSet<CriterionId> = of.iter().copied().collect();
    let join = |id: CriterionId| {
        let name = verdicts(id);
        format!("\nJOIN {name} ON {}", same(&name, "p", &["export", "patient"]))
    };
    once.into_iter().map(join).collect()
}
