//! One person: the sum, every flag, and the exceptions that hold.

use super::{LONG_TERM, Omeq, Topic, User, dose_marker};
use crate::evaluate::Member;
use crate::evaluate::course::{Trend, measure};
use crate::evaluate::history::Histories;
use crate::profile::plan::{CriterionId, Marker, Plan};
use crate::records::PatientId;
use crate::sort;
use crate::truth::Truth;
use crate::view::person;
use crate::view::timeline::assumed_days;

/// Everyone on the profile's list.
pub(super) fn all(topic: &Topic<'_>) -> Vec<User> {
    let exceptions = exceptions(topic.evaluator.plan);
    let members = topic.population.members.iter();
    let days = assumed_days(topic.evaluator.plan);
    let histories =
        Histories::with_factors(topic.evaluator.records, days, &topic.evaluator.factors);
    let of = |member: &Member| user(topic, member.patient, &exceptions, histories.as_ref());
    members.map(of).collect()
}

// Flags that are off are decided, too: the page switches them on without asking again.
fn user(
    topic: &Topic<'_>,
    patient: PatientId,
    exceptions: &[CriterionId],
    histories: Option<&Histories<'_>>,
) -> User {
    let Topic { evaluator, language, .. } = topic;
    let verdicts = evaluator.verdicts(patient);
    let truth = |id: CriterionId| verdicts.get(id.0).copied().unwrap_or(Truth::Unknown);
    let holds = exceptions.iter().zip(0u32..).filter(|(id, _)| truth(**id) == Truth::Yes);
    let state = |marker: &Marker| {
        let exempt = exceptions_of(marker).iter().any(|id| truth(*id) == Truth::Yes);
        letter(truth(marker.when), exempt)
    };
    let sum_of = dose_marker(evaluator.plan).map(|marker| marker.when);
    let patients = &evaluator.records.patients;
    let cpr = patients.cpr(patient);
    let sum = sum_of.and_then(|id| evaluator.opioid_sum(id, patient));
    User {
        cpr: cpr.map_or_else(String::new, ToString::to_string),
        cpr_shown: cpr.map_or_else(String::new, crate::cpr::Cpr::hyphenated),
        name: person::name_shown(patients, patient, *language),
        age: person::age(patients, patient, evaluator.index_date),
        sum: sum.map(Omeq::from),
        trend: histories.map_or(Trend::Unknown, |histories| {
            histories.treated(patient, evaluator.index_date, measure()).trend
        }),
        flags: ordered(evaluator.plan).into_iter().map(state).collect(),
        exempt: holds.map(|(_, at)| at).collect(),
        ..User::default()
    }
}

const fn letter(truth: Truth, exempt: bool) -> char {
    match truth {
        Truth::No => 'n',
        _ if exempt => 'x',
        Truth::Yes => 'j',
        Truth::Unknown => 'u',
    }
}

/// Criteria that take a marker out of the count.
pub(super) fn exceptions_of(marker: &Marker) -> &[CriterionId] {
    &marker.exceptions
}

/// Every exception of a marker, once.
pub(super) fn exceptions(plan: &Plan) -> Vec<CriterionId> {
    let mut all = Vec::new();
    for id in plan.markers.iter().flat_map(exceptions_of) {
        if !all.contains(id) {
            all.push(*id);
        }
    }
    all
}

/// The markers in the order of the columns: the one whose limit may be moved, long-term use, then
/// by level, and within a level as the profile has them.
pub(super) fn ordered(plan: &Plan) -> Vec<&Marker> {
    let dose = dose_marker(plan);
    let mut all: Vec<&Marker> = plan.markers.iter().collect();
    sort::by_key(&mut all, |marker| {
        let is_dose = dose.is_some_and(|dose| std::ptr::eq(dose, *marker));
        (!is_dose, marker.id != LONG_TERM, marker.level)
    });
    all
}
