//! `why`: the records that decided it for one patient.

use profilblik::cpr::Cpr;
use profilblik::day::Day;
use profilblik::evaluate::explain::NearMiss;
use profilblik::evaluate::{Evaluator, Evidence, Explanation, Trace, UnknownReason};
use profilblik::note::Language;
use profilblik::profile::plan::{CriterionId, MarkerLevel, Plan};
use profilblik::protocol::{ListQuery, Reply, Request};
use profilblik::records::Records;
use profilblik::schema::{Field, Register};
use profilblik::truth::Truth;
use profilblik::view::{EvidenceView, PatientView, text_factors};
use serde::Serialize;
use serde_json::{Value, json};

use crate::arguments::Question;
use crate::chosen;
use crate::outcome::{Misuse, Outcome};
use crate::question::{self, Asked, ProfileName};
use crate::receipt;
use crate::words::{plain, say};

#[derive(Serialize)]
struct Why {
    profile: ProfileName,
    index_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    factors: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    switched_on: Vec<String>,
    cpr: String,
    looked_at: bool,
    population: &'static str,
    inclusion: &'static str,
    exclusion: &'static str,
    criteria: Vec<CriterionWhy>,
    markers: Vec<MarkerWhy>,
}

#[derive(Serialize)]
struct CriterionWhy {
    id: String,
    text: String,
    verdict: &'static str,
    window: Option<[Option<String>; 2]>,
    value: Option<String>,
    receipt: Option<Value>,
    evidence: Vec<Record>,
    unknown: Option<Value>,
    near_miss: Option<Value>,
}

#[derive(Serialize)]
struct MarkerWhy {
    id: String,
    level: &'static str,
    criterion: String,
    verdict: &'static str,
    text: String,
    /// The exception that takes it out of the count.
    #[serde(skip_serializing_if = "Option::is_none")]
    exempt_by: Option<String>,
}

#[derive(Serialize)]
struct Record {
    register: &'static str,
    file: String,
    line: u32,
    date: Option<String>,
    codes: Vec<String>,
    text: String,
    value: String,
    unit: String,
    sure: bool,
    assumed_end: Option<String>,
}

/// Explains every profile asked for.
pub fn run(question: &Question, cpr: &str, language: Language) -> Result<Outcome, Misuse> {
    let cpr = Cpr::parse(cpr)
        .map_err(|_| Misuse::new("`--cpr` er ikke et cpr-nummer", "`--cpr` is no CPR number"))?;
    let mut outcome = Outcome::default();
    let Some(mut asked) = question::ask(question, language, &mut outcome)? else {
        return Ok(outcome);
    };
    if asked.session.records().patients.find(&cpr).is_none() {
        outcome.refuse(&say(
            language,
            "Patienten er ikke i filerne.",
            "The patient is not in the files.",
        ));
        return Ok(outcome);
    }
    outcome.text = if question.json {
        let whys = asked.plans().filter_map(|plan| why(&asked.evaluator(plan), &cpr)).collect();
        question::json(whys, question.profiles.len())
    } else {
        plain(&shown(&mut asked, &cpr, language))
    };
    Ok(outcome)
}

fn why(evaluator: &Evaluator<'_>, cpr: &Cpr) -> Option<Why> {
    let explanation = evaluator.explain(evaluator.records.patients.find(cpr)?);
    Some(Why {
        profile: ProfileName::of(evaluator.plan),
        index_date: evaluator.index_date.to_string(),
        factors: chosen::label(&evaluator.factors),
        choices: chosen::choices(evaluator.plan),
        switched_on: chosen::switched(evaluator.plan),
        cpr: cpr.to_string(),
        looked_at: explanation.looked_at,
        population: explanation.population.danish(),
        inclusion: explanation.inclusion.danish(),
        exclusion: explanation.exclusion.danish(),
        criteria: explanation
            .criteria
            .iter()
            .filter_map(|trace| criterion(evaluator, trace))
            .collect(),
        markers: markers(evaluator.plan, &explanation),
    })
}

fn criterion(evaluator: &Evaluator<'_>, trace: &Trace) -> Option<CriterionWhy> {
    let (plan, records) = (evaluator.plan, evaluator.records);
    let criterion = plan.criteria.get(trace.criterion.0)?;
    Some(CriterionWhy {
        id: criterion.id.clone(),
        text: criterion.text.clone(),
        verdict: trace.truth.danish(),
        window: trace.window.map(|(from, to)| [end(from), end(to)]),
        value: trace.value.map(|value| value.to_string()),
        receipt: trace.receipt.as_ref().map(|receipt| receipt::json(records, receipt)),
        evidence: trace.evidence.iter().map(|e| record(records, e)).collect(),
        unknown: trace.unknown.as_ref().map(|reason| unknown(plan, records, reason)),
        near_miss: trace.near_miss.as_ref().map(|miss| near(plan, records, miss)),
    })
}

// `null` = the beginning or the end of time.
fn end(day: Day) -> Option<String> {
    (Day::MIN < day && day < Day::MAX).then(|| day.to_string())
}

fn markers(plan: &Plan, explanation: &Explanation) -> Vec<MarkerWhy> {
    let one = |(marker, truth): (&profilblik::profile::plan::Marker, &Truth)| MarkerWhy {
        id: marker.id.clone(),
        level: level(marker.level),
        criterion: name(plan, marker.when),
        verdict: truth.danish(),
        text: marker.text.clone(),
        exempt_by: None,
    };
    let mut all: Vec<_> = plan.markers.iter().zip(&explanation.markers).map(one).collect();
    for exempt in &explanation.exempt {
        if let Some(why) = all.get_mut(exempt.marker) {
            why.verdict = exempt.truth.danish();
            why.exempt_by = Some(name(plan, exempt.by));
        }
    }
    all
}

const fn level(level: MarkerLevel) -> &'static str {
    match level {
        MarkerLevel::Red => "roed",
        MarkerLevel::Yellow => "gul",
        MarkerLevel::Blue => "blaa",
    }
}

fn name(plan: &Plan, id: CriterionId) -> String {
    plan.criteria.get(id.0).map(|criterion| criterion.id.clone()).unwrap_or_default()
}

fn record(records: &Records, evidence: &Evidence) -> Record {
    let (register, at) = (evidence.register, evidence.position);
    let events = records.events(register);
    let text = |field: Field| events.map(|e| e.text(at, field).to_owned()).unwrap_or_default();
    let origin = events.map(|e| e.origin(at));
    let source = origin.and_then(|o| records.sources.get(o.file as usize));
    let codes = events.and_then(|e| e.code_groups().get(e.code_id(at)));
    let described =
        register.descriptive_fields().iter().map(|field| text(*field)).filter(|t| !t.is_empty());
    Record {
        register: register.name(),
        file: source.map(|s| s.name.clone()).unwrap_or_default(),
        line: origin.map_or(0, |o| o.line),
        date: events.and_then(|e| e.day(at)).map(|day| day.to_string()),
        codes: codes.into_iter().flatten().map(profilblik::code::Code::shown).collect(),
        text: described.collect::<Vec<_>>().join(", "),
        value: if register == Register::Proeve { text(Field::Vaerdi) } else { String::new() },
        unit: if register == Register::Proeve { text(Field::Enhed) } else { String::new() },
        sure: evidence.sure,
        assumed_end: evidence.assumed_end.map(|day| day.to_string()),
    }
}

fn unknown(plan: &Plan, records: &Records, reason: &UnknownReason) -> Value {
    let about = |kind: &str, evidence: &Evidence| json!({"kind": kind, "record": record(records, evidence)});
    match reason {
        UnknownReason::RegisterMissing(register) => {
            json!({"kind": "register-missing", "register": register.name()})
        }
        UnknownReason::FieldMissing(register, field) => {
            json!({"kind": "field-missing", "register": register.name(), "field": field.name()})
        }
        UnknownReason::Undated(evidence) => about("undated", evidence),
        UnknownReason::Interval(evidence) => about("interval", evidence),
        UnknownReason::TextValue(evidence) => about("text-value", evidence),
        UnknownReason::Ambiguous(evidence) => about("ambiguous", evidence),
        UnknownReason::OtherUnit(evidence) => about("other-unit", evidence),
        UnknownReason::Dose(evidence) => about("dose", evidence),
        UnknownReason::AsNeeded(evidence) => about("as-needed", evidence),
        UnknownReason::NoBirthDate => json!({"kind": "no-birth-date"}),
        UnknownReason::PatientField(field) => {
            json!({"kind": "patient-field", "field": field.name()})
        }
        UnknownReason::Anchor(id) => json!({"kind": "anchor", "criterion": name(plan, *id)}),
        UnknownReason::Member(id) => json!({"kind": "member", "criterion": name(plan, *id)}),
        UnknownReason::BeforeRegister(register) => {
            json!({"kind": "before-register", "register": register.name()})
        }
    }
}

fn near(plan: &Plan, records: &Records, miss: &NearMiss) -> Value {
    let about = |kind: &str, evidence: &Evidence, by: String| json!({"kind": kind, "by": by, "record": record(records, evidence)});
    match miss {
        NearMiss::DaysTooOld(evidence, days) => about("days-too-old", evidence, days.to_string()),
        NearMiss::DaysTooNew(evidence, days) => about("days-too-new", evidence, days.to_string()),
        NearMiss::Value(evidence, amount) => about("value", evidence, amount.to_string()),
        NearMiss::TooFew { found, needed } => {
            json!({"kind": "too-few", "found": found, "needed": needed})
        }
        NearMiss::TooFewDays { found, needed } => {
            json!({"kind": "too-few-days", "found": found, "needed": needed})
        }
        NearMiss::TooMany { found, allowed } => {
            json!({"kind": "too-many", "found": found, "allowed": allowed})
        }
        NearMiss::Answer(evidence) => {
            json!({"kind": "answer", "record": record(records, evidence)})
        }
        NearMiss::Spread(days) => json!({"kind": "spread", "days": days}),
        NearMiss::Number(value, by) => {
            json!({"kind": "number", "by": by.to_string(), "value": value.to_string()})
        }
        NearMiss::Duration { start, days, by } => {
            json!({"kind": "duration", "by": by, "start": start.to_string(), "days": days})
        }
        NearMiss::Gap { days, allowed } => {
            json!({"kind": "gap", "days": days, "allowed": allowed})
        }
        NearMiss::Named(id) => json!({"kind": "criterion", "criterion": name(plan, *id)}),
        NearMiss::Age { found, by } => json!({"kind": "age", "by": by, "found": found}),
        NearMiss::PatientField(field) => {
            json!({"kind": "patient-field", "field": field.name()})
        }
        NearMiss::NoneInWindow(rows) => json!({"kind": "none-in-window", "rows": rows}),
        NearMiss::NoRecord => json!({"kind": "no-record"}),
    }
}

fn shown(asked: &mut Asked, cpr: &Cpr, language: Language) -> String {
    let mut text = String::new();
    let factors = asked.session.factors();
    let changed: Vec<String> =
        asked.plans().map(|plan| text_factors::rests_on(plan, factors, language)).collect();
    for (key, changed) in asked.keys().into_iter().zip(changed) {
        let query = ListQuery { profile: key.clone(), count: 1, ..ListQuery::default() };
        let request = Request::Patient { profile: key, cpr: cpr.to_string(), query };
        for reply in asked.replies(&request) {
            if let Reply::Patient(panel) = reply {
                text.push_str(&panel_shown(&panel, &changed, language));
            }
        }
    }
    text
}

fn panel_shown(panel: &PatientView, changed: &str, language: Language) -> String {
    let mut lines = vec![
        format!("{}  {}  {}", panel.cpr_shown, panel.name, panel.summary),
        panel.heading.clone(),
        panel.verdict.clone(),
    ];
    lines.extend((!changed.is_empty()).then(|| changed.to_owned()));
    for criterion in &panel.criteria {
        let window = if criterion.window.is_empty() {
            String::new()
        } else {
            format!(" [{}]", criterion.window)
        };
        lines.push(format!("\n{:<7} {}{window}", truth(criterion.truth, language), criterion.text));
        lines.extend(
            Some(format!("        {}", criterion.reason)).filter(|_| !criterion.reason.is_empty()),
        );
        lines.extend(criterion.evidence.iter().map(evidence_shown));
        lines.extend(criterion.receipt.iter().map(|line| format!("        {line}")));
    }
    for marker in &panel.markers {
        lines.push(format!("\n{:<7} {}", truth(marker.chip.truth, language), marker.text));
        lines.extend(marker.evidence.iter().map(evidence_shown));
        if !marker.exception.is_empty() {
            lines.push(format!("        {}", marker.exception));
        }
        lines.extend(marker.exception_evidence.iter().map(evidence_shown));
    }
    lines.join("\n") + "\n\n"
}

fn evidence_shown(evidence: &EvidenceView) -> String {
    let parts =
        [&evidence.date, &evidence.code, &evidence.text, &evidence.assumed, &evidence.origin];
    let parts: Vec<&str> =
        parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    format!("        {}{}", if evidence.perhaps { "? " } else { "" }, parts.join("  "))
}

fn truth(truth: Truth, language: Language) -> &'static str {
    match (truth, language) {
        (_, Language::Danish) => truth.danish(),
        (Truth::Yes, Language::English) => "yes",
        (Truth::Unknown, Language::English) => "unknown",
        (Truth::No, Language::English) => "no",
    }
}
