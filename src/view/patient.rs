//! The why panel: one patient, one profile.

use crate::evaluate::{Cell, Evaluator, Evidence, Exempt, Explanation, Trace};
use crate::note::Language;
use crate::profile::plan::{
    Body, Column, ColumnContent, CriterionId, Derived, Group, GroupRule, Marker, MarkerLevel, Plan,
};
use crate::records::PatientId;
use crate::schema::Register;
use crate::truth::Truth;
use crate::view::members::{self, Member, leaves_of};
use crate::view::text_why::Topic;
use crate::view::{
    ChipView, CriterionView, EvidenceView, MarkerView, PatientView, cell, detail, person, row,
    text_factors, text_list, text_marker, text_receipt, text_verdict, text_why,
};

/// Everything about one patient and one profile, except the position in the list. `common` are the
/// columns that every list offers: one of them counts the current medicines.
#[must_use]
pub fn patient(
    evaluator: &Evaluator<'_>,
    patient: PatientId,
    columns: &[&Column],
    common: &[Column],
    unread: &[Register],
    language: Language,
) -> PatientView {
    let explanation = evaluator.explain(patient);
    let panel = Panel::new(evaluator, &explanation, language);
    let patients = &evaluator.records.patients;
    let cpr = patients.cpr(patient);
    PatientView {
        cpr: cpr.map_or_else(String::new, ToString::to_string),
        cpr_shown: cpr.map_or_else(String::new, crate::cpr::Cpr::hyphenated),
        name: person::name_shown(patients, patient, language),
        summary: summary(evaluator, patient, common, language),
        heading: text_verdict::heading(explanation.population, explanation.looked_at, language)
            .to_owned(),
        verdict: panel.verdict(),
        criteria: panel.criteria(),
        markers: panel.markers(),
        columns: columns
            .iter()
            .map(|column| {
                let shown = cell::of_patient(evaluator, patient, column, unread, language);
                (column.title.clone(), shown)
            })
            .collect(),
        position: None,
    }
}

/// Where a patient stands, why, and the markers of one on the list.
#[must_use]
pub fn standing(
    evaluator: &Evaluator<'_>,
    patient: PatientId,
    language: Language,
) -> (Truth, String, Vec<ChipView>) {
    let explanation = evaluator.explain(patient);
    let panel = Panel::new(evaluator, &explanation, language);
    let on_list = explanation.population == Truth::Yes;
    let chips = panel.markers().into_iter().filter(|_| on_list).map(|marker| marker.chip);
    (explanation.population, panel.verdict(), chips.collect())
}

/// The panel while registers that the profile needs are being read.
#[must_use]
pub fn waiting(
    evaluator: &Evaluator<'_>,
    patient: PatientId,
    unread: &[Register],
    language: Language,
) -> PatientView {
    let patients = &evaluator.records.patients;
    let cpr = patients.cpr(patient);
    PatientView {
        cpr: cpr.map_or_else(String::new, ToString::to_string),
        cpr_shown: cpr.map_or_else(String::new, crate::cpr::Cpr::hyphenated),
        name: person::name_shown(patients, patient, language),
        summary: person::summary(patients, patient, evaluator.index_date, language),
        heading: text_list::still_reading(unread, language),
        ..PatientView::default()
    }
}

// »kvinde, 78 år, 9 præparater«.
fn summary(
    evaluator: &Evaluator<'_>,
    patient: PatientId,
    common: &[Column],
    language: Language,
) -> String {
    let date = evaluator.index_date;
    let person = person::summary(&evaluator.records.patients, patient, date, language);
    let counts = |column: &&Column| {
        matches!(&column.content, ColumnContent::Records { selection, .. }
            if selection.derived == Some(Derived::Products))
    };
    let count = common.iter().find(counts).map(|column| evaluator.cell(patient, column));
    match count {
        Some(Cell::Number { value, at_least }) => {
            format!("{person}, {}", person::medicines(value, at_least, language))
        }
        _ => person,
    }
}

/// The panel of a CPR number that no file holds.
#[must_use]
pub fn not_found(cpr: &str, language: Language) -> PatientView {
    PatientView {
        cpr: cpr.to_owned(),
        cpr_shown: cpr.to_owned(),
        heading: text_verdict::not_found(language).to_owned(),
        ..PatientView::default()
    }
}

/// Sentences that say why a patient is in »Kan ikke afgøres«, each once, in plan order.
#[must_use]
pub fn undecided_reasons(
    evaluator: &Evaluator<'_>,
    patient: PatientId,
    criteria: &[CriterionId],
    language: Language,
) -> Vec<String> {
    let explanation = evaluator.explain(patient);
    Panel::new(evaluator, &explanation, language).reasons(criteria)
}

struct Panel<'a> {
    evaluator: &'a Evaluator<'a>,
    plan: &'a Plan,
    explanation: &'a Explanation,
    topic: Topic<'a>,
    language: Language,
}

impl<'a> Panel<'a> {
    fn new(evaluator: &'a Evaluator<'a>, explanation: &'a Explanation, language: Language) -> Self {
        let (plan, records) = (evaluator.plan, evaluator.records);
        let topic = Topic { plan, records, explanation, language };
        Self { evaluator, plan, explanation, topic, language }
    }

    fn trace(&self, id: CriterionId) -> Option<&'a Trace> {
        self.explanation.criteria.get(id.0)
    }

    fn truth(&self, id: CriterionId) -> Truth {
        self.trace(id).map_or(Truth::Unknown, |trace| trace.truth)
    }

    fn text(&self, id: CriterionId) -> &'a str {
        self.plan.criteria.get(id.0).map_or("", |criterion| said(criterion))
    }

    fn verdict(&self) -> String {
        let explanation = self.explanation;
        if !explanation.looked_at {
            let standing = self.evaluator.records.patients.standing(explanation.patient);
            return text_verdict::not_looked_at(standing, self.language);
        }
        match explanation.population {
            Truth::Yes if explanation.exclusion == Truth::Unknown => self.exclusion_unknown(),
            Truth::Yes => {
                let verdicts: Vec<Truth> = explanation.criteria.iter().map(|t| t.truth).collect();
                text_verdict::on_list(&self.plan.inclusion, &verdicts, self.language)
            }
            Truth::Unknown => self.reasons(&self.undecided_leaves(&self.plan.inclusion)).join(" "),
            Truth::No => self.not_on_list(),
        }
    }

    fn exclusion_unknown(&self) -> String {
        let leaves =
            self.plan.exclusion.as_ref().map_or_else(Vec::new, |g| self.undecided_leaves(g));
        text_verdict::exclusion_unknown(&self.reasons(&leaves).join(" "), self.language)
    }

    fn not_on_list(&self) -> String {
        if self.explanation.inclusion != Truth::No {
            return text_verdict::excluded(&self.excluding(), self.language);
        }
        let group = &self.plan.inclusion;
        let failing = group.of.iter().copied().find(|id| self.truth(*id) == Truth::No);
        let Some(first) = failing else {
            return text_verdict::none_met(group.of.len(), "", self.language);
        };
        let near = self.deepest_reason(first);
        if matches!(group.rule, GroupRule::Any) && group.of.len() > 1 {
            return text_verdict::none_met(group.of.len(), &near, self.language);
        }
        text_verdict::first_failing(self.text(first), &near, self.language)
    }

    // The criterion of the exclusion that holds.
    fn excluding(&self) -> String {
        let Some(group) = &self.plan.exclusion else { return String::new() };
        let holds = group.of.iter().copied().find(|id| self.truth(*id) == Truth::Yes);
        holds.or(group.of.first().copied()).map_or_else(String::new, |id| self.text(id).to_owned())
    }

    // The near miss of a criterion; of a group that of the first member below that makes it no.
    fn deepest_reason(&self, id: CriterionId) -> String {
        let own = self.reason(id);
        let group = match self.plan.criteria.get(id.0).map(|c| &c.body) {
            Some(Body::Group(group)) if own.is_empty() => group,
            _ => return own,
        };
        let first = |truth| group.of.iter().copied().find(|member| self.truth(*member) == truth);
        match group.rule {
            GroupRule::None => first(Truth::Yes)
                .and_then(|member| self.plan.criteria.get(member.0))
                .map_or(own, |member| self.topic.fulfilled(member)),
            _ => first(Truth::No).map_or(own, |member| self.deepest_reason(member)),
        }
    }

    // Why unknown, or the near miss of a no.
    fn reason(&self, id: CriterionId) -> String {
        let (Some(criterion), Some(trace)) = (self.plan.criteria.get(id.0), self.trace(id)) else {
            return String::new();
        };
        match (trace.truth, &trace.unknown, &trace.near_miss) {
            (Truth::Unknown, Some(reason), _) => self.topic.unknown(criterion, reason),
            (Truth::Unknown, None, _) => self.topic.undecided_criterion(criterion),
            (Truth::No, _, Some(miss)) => self.topic.near_miss(criterion, trace.window, miss),
            _ => String::new(),
        }
    }

    fn reasons(&self, criteria: &[CriterionId]) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        for id in criteria {
            let reason = self.reason(*id);
            if !reason.is_empty() && !said.contains(&reason) {
                said.push(reason);
            }
        }
        said
    }

    fn undecided_leaves(&self, group: &Group) -> Vec<CriterionId> {
        let leaves = leaves_of(self.plan, group);
        leaves.into_iter().filter(|id| self.truth(*id) == Truth::Unknown).collect()
    }

    fn criteria(&self) -> Vec<CriterionView> {
        let shown = members::shown(self.plan);
        shown.iter().filter_map(|member| self.criterion(member)).collect()
    }

    fn criterion(&self, member: &Member) -> Option<CriterionView> {
        let id = member.id;
        let (criterion, trace) = (self.plan.criteria.get(id.0)?, self.trace(id)?);
        let text = said(criterion);
        Some(CriterionView {
            id: criterion.id.clone(),
            truth: trace.truth,
            text: if member.counted_from {
                text_why::counted_from(text, self.language)
            } else {
                text.to_owned()
            },
            window: text_why::window(trace.window, self.language),
            reason: self.reason(id),
            evidence: detail::rows(&self.topic, id, self.evidence(&trace.evidence)),
            receipt: text_receipt::lines(self.evaluator.records, trace, self.language),
            excludes: member.excludes,
        })
    }

    fn evidence(&self, items: &[Evidence]) -> Vec<EvidenceView> {
        let records = self.evaluator.records;
        items.iter().map(|item| row::evidence(records, item, self.language)).collect()
    }

    fn markers(&self) -> Vec<MarkerView> {
        let mut views = Vec::new();
        for (marker, truth) in self.plan.markers.iter().zip(&self.explanation.markers) {
            if *truth != Truth::No {
                let exception = self.undecided_exceptions(marker);
                let chip = chip(marker, *truth);
                views.push(MarkerView { exception, ..self.marker(marker, chip) });
            }
        }
        views.extend(self.explanation.exempt.iter().filter_map(|exempt| self.exempt(*exempt)));
        let grey = grey(self.evaluator, self.explanation.patient, self.language);
        views.extend(grey.into_iter().map(|(id, chip)| self.grey(id, chip)));
        views
    }

    fn marker(&self, marker: &Marker, chip: ChipView) -> MarkerView {
        MarkerView {
            text: self.marker_text(marker.when, chip.truth),
            action: marker.action.clone(),
            evidence: self.evidence(&self.evidence_below(marker.when)),
            name: marker.name.clone(),
            details: text_marker::details(marker, self.language),
            exception: String::new(),
            exception_evidence: Vec::new(),
            chip,
        }
    }

    // The arithmetic below the criterion says by which sources.
    fn grey(&self, id: CriterionId, chip: ChipView) -> MarkerView {
        MarkerView {
            text: format!("{}.", self.text(id).trim_end_matches('.')),
            action: String::new(),
            evidence: self.evidence(&self.evidence_below(id)),
            name: String::new(),
            details: Vec::new(),
            exception: String::new(),
            exception_evidence: Vec::new(),
            chip,
        }
    }

    fn exempt(&self, exempt: Exempt) -> Option<MarkerView> {
        let marker = self.plan.markers.get(exempt.marker)?;
        Some(MarkerView {
            exception: text_marker::exempt(self.text(exempt.by), self.language),
            exception_evidence: self.evidence(&self.evidence_below(exempt.by)),
            ..self.marker(marker, exempt_chip(self.plan, exempt, self.language)?)
        })
    }

    // Exceptions that nothing decides: the marker stands, and it is said.
    fn undecided_exceptions(&self, marker: &Marker) -> String {
        let undecided = marker.exceptions.iter().filter(|id| self.truth(**id) == Truth::Unknown);
        let said: Vec<String> = undecided
            .map(|id| text_marker::undecided(self.text(*id), &self.reason(*id), self.language))
            .collect();
        said.join(" ")
    }

    fn marker_text(&self, when: CriterionId, truth: Truth) -> String {
        if truth == Truth::Unknown {
            return self.reason(when);
        }
        let text = self.text(when).trim_end_matches('.');
        let value = self.trace(when).and_then(|trace| trace.value);
        match value {
            Some(value) => {
                format!("{text}: {}.", crate::view::words::amount(value, self.language))
            }
            None if text.is_empty() => String::new(),
            None => format!("{text}."),
        }
    }

    // A criterion's own records; of a group without own ones those of the members that agree.
    fn evidence_below(&self, id: CriterionId) -> Vec<Evidence> {
        let Some(trace) = self.trace(id) else { return Vec::new() };
        let group = match self.plan.criteria.get(id.0).map(|c| &c.body) {
            Some(Body::Group(group)) if trace.evidence.is_empty() => group,
            _ => return trace.evidence.clone(),
        };
        let mut all = Vec::new();
        for leaf in leaves_of(self.plan, group) {
            let Some(leaf) = self.trace(leaf).filter(|leaf| leaf.truth != Truth::No) else {
                continue;
            };
            for item in &leaf.evidence {
                if !all.contains(item) {
                    all.push(*item);
                }
            }
        }
        all
    }
}

/// A marker as chip; an unknown one says so.
#[must_use]
pub fn chip(marker: &Marker, truth: Truth) -> ChipView {
    let (id, text) = (marker.id.clone(), marker.text.clone());
    ChipView { id, level: marker.level, truth, text, exempt: String::new() }
}

/// A marker that is exempt, as chip; it names the exception.
#[must_use]
pub fn exempt_chip(plan: &Plan, exempt: Exempt, language: Language) -> Option<ChipView> {
    let by = plan.criteria.get(exempt.by.0).map_or("", said);
    let said = text_marker::exempt_chip(by, language);
    Some(ChipView { exempt: said, ..chip(plan.markers.get(exempt.marker)?, exempt.truth) })
}

/// Key of the chip »gråzone«.
pub const GREY: &str = "graazone";

/// One chip for each marker, and one for the list's own criteria, that is grey.
#[must_use]
pub fn grey_chips(
    evaluator: &Evaluator<'_>,
    patient: PatientId,
    language: Language,
) -> Vec<ChipView> {
    grey(evaluator, patient, language).into_iter().map(|(_, chip)| chip).collect()
}

fn grey(
    evaluator: &Evaluator<'_>,
    patient: PatientId,
    language: Language,
) -> Vec<(CriterionId, ChipView)> {
    let of = |id: CriterionId| {
        let mut markers = evaluator.plan.markers.iter();
        let marker = markers.find(|marker| marker.on && marker.when == id);
        let chip = ChipView {
            id: GREY.to_owned(),
            level: marker.map_or(MarkerLevel::Blue, |marker| marker.level),
            truth: Truth::Yes,
            text: text_factors::grey(marker.map_or("", |marker| &marker.text), language),
            exempt: String::new(),
        };
        (id, chip)
    };
    if !evaluator.plan.sums_opioids() {
        return Vec::new();
    }
    evaluator.grey(patient).into_iter().map(of).collect()
}

/// Chip of a patient who stays on the list because the exclusion cannot be decided (rule R15).
#[must_use]
pub fn exclusion_chip(language: Language) -> ChipView {
    ChipView {
        id: "eksklusion".to_owned(),
        level: MarkerLevel::Blue,
        truth: Truth::Unknown,
        text: text_verdict::exclusion_chip(language).to_owned(),
        exempt: String::new(),
    }
}

// A criterion's sentence; its name where the profile has no sentence.
fn said(criterion: &crate::profile::plan::Criterion) -> &str {
    if criterion.text.is_empty() { &criterion.id } else { &criterion.text }
}
