//! Who is on the list, and why (rules R15, R21).

use std::collections::BTreeSet;

use crate::evaluate::exempt;
use crate::evaluate::explain::{Explanation, Trace};
use crate::evaluate::run::Run;
use crate::evaluate::trace::{Recorder, Recording, Silent};
use crate::evaluate::{Counted, Evaluator, Member, Population, Undecided};
use crate::profile::plan::{Anchor, Body, CriterionId, Derived, Group, Measure, Plan};
use crate::records::{PatientId, Records};
use crate::schema::Register;
use crate::sort;
use crate::truth::Truth;

/// Evaluates every patient who is looked at.
pub(crate) fn population(evaluator: &Evaluator<'_>) -> Population {
    let mut found = Population::default();
    let mut run = Run::new(evaluator, PatientId(0), Silent);
    let below = members_below(evaluator.plan, &evaluator.plan.inclusion);
    for patient in evaluator.records.patients.ids() {
        if evaluator.records.patients.looked_at(patient) {
            run.turn_to(patient);
            place(&mut run, &below, &mut found);
        } else {
            found.not_looked_at += 1;
        }
    }
    found
}

fn place(run: &mut Run<'_, '_, Silent>, below: &[CriterionId], found: &mut Population) {
    let (inclusion, exclusion) = verdicts(run);
    match standing(inclusion, exclusion) {
        Truth::No => found.outside += 1,
        Truth::Yes => {
            let (markers, exempt) = exempt::markers(run);
            let exclusion_undecided = exclusion == Truth::Unknown;
            let patient = run.patient;
            found.members.push(Member { patient, markers, exempt, exclusion_undecided });
        }
        Truth::Unknown => {
            let unknown = |id: &&CriterionId| run.truth(**id) == Truth::Unknown;
            let criteria = below.iter().filter(unknown).copied().collect();
            let (markers, exempt) = exempt::markers(run);
            found.undecided.push(Undecided { patient: run.patient, markers, exempt, criteria });
        }
    }
}

/// Everything about one patient.
pub(crate) fn explain(evaluator: &Evaluator<'_>, patient: PatientId) -> Explanation {
    let mut run = Run::new(evaluator, patient, Recording::default());
    for at in 0..evaluator.plan.criteria.len() {
        run.truth(CriterionId(at));
    }
    let (inclusion, exclusion) = verdicts(&mut run);
    let (markers, exempt) = exempt::markers(&mut run);
    let looked_at = evaluator.records.patients.looked_at(patient);
    let population = if looked_at { standing(inclusion, exclusion) } else { Truth::No };
    let mut criteria: Vec<Trace> = run.recorder.traces;
    sort::by_key(&mut criteria, |trace| trace.criterion);
    Explanation { patient, looked_at, population, inclusion, exclusion, criteria, markers, exempt }
}

fn verdicts<R: Recorder>(run: &mut Run<'_, '_, R>) -> (Truth, Truth) {
    let plan = run.evaluator.plan;
    let inclusion = run.group(&plan.inclusion);
    let exclusion = match &plan.exclusion {
        // Whoever is not included is not asked about.
        Some(_) if !R::ON && inclusion == Truth::No => Truth::No,
        Some(group) => run.group(group),
        None => Truth::No,
    };
    (inclusion, exclusion)
}

// Excluded only if the exclusion is surely yes: nobody is hidden because data are missing.
fn standing(inclusion: Truth, exclusion: Truth) -> Truth {
    if exclusion == Truth::Yes { Truth::No } else { inclusion }
}

/// How each patient who is looked at counts in each measure.
pub(crate) fn measured(evaluator: &Evaluator<'_>, mut each: impl FnMut(PatientId, &[Counted])) {
    let mut run = Run::new(evaluator, PatientId(0), Silent);
    let mut counted = Vec::with_capacity(evaluator.plan.measures.len());
    for patient in evaluator.records.patients.ids() {
        if !evaluator.records.patients.looked_at(patient) {
            continue;
        }
        run.turn_to(patient);
        counted.clear();
        counted.extend(evaluator.plan.measures.iter().map(|measure| count_in(&mut run, measure)));
        each(patient, &counted);
    }
}

// The numerator is asked only within the denominator.
fn count_in(run: &mut Run<'_, '_, Silent>, measure: &Measure) -> Counted {
    let denominator = measure.denominator.map_or(Truth::Yes, |id| run.truth(id));
    match denominator {
        Truth::No => Counted::Outside,
        Truth::Unknown => Counted::Undecided,
        Truth::Yes => match run.truth(measure.numerator) {
            Truth::Yes => Counted::Both,
            Truth::No => Counted::Denominator,
            Truth::Unknown => Counted::Undecided,
        },
    }
}

/// Registers that inclusion and exclusion read and the export does not have, in reading order.
#[must_use]
pub fn missing_registers(plan: &Plan, records: &Records) -> Vec<Register> {
    let mut criteria = BTreeSet::new();
    for group in std::iter::once(&plan.inclusion).chain(&plan.exclusion) {
        group.of.iter().for_each(|id| reach(plan, *id, &mut criteria));
    }
    let read = criteria.iter().filter_map(|id| register(body(plan, *id)?));
    let missing: BTreeSet<Register> = read.filter(|r| !records.has(*r)).collect();
    missing.into_iter().collect()
}

fn body(plan: &Plan, id: CriterionId) -> Option<&Body> {
    plan.criteria.get(id.0).map(|criterion| &criterion.body)
}

const fn register(body: &Body) -> Option<Register> {
    match body {
        Body::Select(ask) => Some(ask.register),
        Body::Patient(_) => Some(Register::Patient),
        Body::Group(_) | Body::Together { .. } => None,
    }
}

// Criteria below a group, groups left out, in plan order.
fn members_below(plan: &Plan, group: &Group) -> Vec<CriterionId> {
    let mut below = BTreeSet::new();
    group.of.iter().for_each(|id| descend(plan, *id, &mut below));
    let leaf = |id: &CriterionId| !matches!(body(plan, *id), Some(Body::Group(_)));
    below.into_iter().filter(leaf).collect()
}

fn descend(plan: &Plan, id: CriterionId, seen: &mut BTreeSet<CriterionId>) {
    if !seen.insert(id) {
        return;
    }
    if let Some(Body::Group(group)) = body(plan, id) {
        group.of.iter().for_each(|id| descend(plan, *id, seen));
    }
}

// As `descend`, and further through anchors, `samtidig` and `dage_mellem`.
fn reach(plan: &Plan, id: CriterionId, seen: &mut BTreeSet<CriterionId>) {
    if !seen.insert(id) {
        return;
    }
    for next in named_by(body(plan, id)) {
        reach(plan, next, seen);
    }
}

fn named_by(body: Option<&Body>) -> Vec<CriterionId> {
    match body {
        Some(Body::Group(group)) => group.of.clone(),
        Some(Body::Together { of, .. }) => of.clone(),
        Some(Body::Select(ask)) => {
            let anchor = match &ask.anchor {
                Some(Anchor::Criterion { of, .. }) => vec![*of],
                Some(Anchor::Birth) | None => Vec::new(),
            };
            match &ask.derived {
                Some(Derived::DaysBetween { from, to }) => [anchor, vec![*from, *to]].concat(),
                _ => anchor,
            }
        }
        Some(Body::Patient(_)) | None => Vec::new(),
    }
}
