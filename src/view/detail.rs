//! What a criterion asks of a record besides date, code and text, beside the record: when it runs,
//! its defined daily doses, the laboratory's range, route and dose dispensing. Without these a
//! verdict could not be worked out anew from the panel.

use crate::evaluate::{self, Evidence, Period, Periods, dose_dispensed};
use crate::note::Language;
use crate::opioid::{defined, table};
use crate::profile::plan::{
    Body, CriterionId, Derived, Distinct, PatientTest, Plan, Selection, Test, Unit,
};
use crate::records::{Events, Records};
use crate::schema::{Field, Register};
use crate::view::EvidenceView;
use crate::view::members::leaves_of;
use crate::view::row::joined;
use crate::view::text_why::Topic;
use crate::view::words::{amount, pick};

/// What a criterion's verdict depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    runs: bool,
    defined_doses: bool,
    units: bool,
    range: bool,
    route: bool,
    dispensed: bool,
    names: bool,
    substance: bool,
}

impl Asked {
    /// By a criterion; of a group that has none of its own, by any below it.
    #[must_use]
    pub fn by(plan: &Plan, id: CriterionId) -> Self {
        match plan.criteria.get(id.0).map(|criterion| &criterion.body) {
            Some(Body::Select(selection)) => Self::by_selection(selection),
            Some(Body::Together { .. }) => Self { runs: true, ..Self::default() },
            Some(Body::Group(group)) => leaves_of(plan, group)
                .into_iter()
                .map(|leaf| Self::by(plan, leaf))
                .fold(Self::default(), Self::or),
            _ => Self::default(),
        }
    }

    fn by_selection(selection: &Selection) -> Self {
        let derived = selection.derived.as_ref();
        Self {
            runs: selection.by_periods(),
            defined_doses: derived == Some(&Derived::DddSum),
            units: derived == Some(&Derived::UnitSum),
            range: matches!(selection.test, Some(Test::Reference(_))),
            route: selection.route.is_some(),
            dispensed: selection.dose_dispensed.is_some(),
            names: !selection.name_contains.is_empty(),
            substance: selection.distinct == Some(Distinct::Substance),
        }
    }

    const fn or(self, other: Self) -> Self {
        Self {
            runs: self.runs || other.runs,
            defined_doses: self.defined_doses || other.defined_doses,
            units: self.units || other.units,
            range: self.range || other.range,
            route: self.route || other.route,
            dispensed: self.dispensed || other.dispensed,
            names: self.names || other.names,
            substance: self.substance || other.substance,
        }
    }

    /// The rows of `items` with what is asked of them beside each.
    #[must_use]
    pub fn beside(
        self,
        mut rows: Vec<EvidenceView>,
        records: &Records,
        items: &[Evidence],
        language: Language,
    ) -> Vec<EvidenceView> {
        for (row, item) in rows.iter_mut().zip(items) {
            if let Some(events) = records.events(item.register) {
                let said = self.of(events, item, &row.text, language);
                row.text = joined(&[&row.text, &said], ", ");
            }
        }
        rows
    }

    fn of(self, events: &Events, item: &Evidence, shown: &str, language: Language) -> String {
        let at = item.position;
        let mut parts = Vec::new();
        if self.names {
            parts.extend(other_names(events, item, shown));
        }
        if self.range && item.register == Register::Proeve {
            parts.push(range(events, at, language));
        }
        if item.register == Register::Medicin {
            parts.extend(self.substance.then(|| substance(events, at)));
            let route = || events.text(at, Field::Administrationsvej).to_owned();
            parts.extend(self.route.then(route));
            parts.extend(self.dispensed.then(|| dispensed(events, at, language)));
            parts.extend(self.runs.then(|| runs(events, at, language)));
            parts.extend(self.defined_doses.then(|| doses(events, at, language)));
            parts.extend(self.units.then(|| units(events, at, language)));
        }
        joined(&parts.iter().map(String::as_str).collect::<Vec<_>>(), ", ")
    }
}

// The texts that names are looked for in, besides the one that is shown anyway.
fn other_names(events: &Events, item: &Evidence, shown: &str) -> Vec<String> {
    let fields = item.register.descriptive_fields().iter();
    let texts = fields.map(|field| events.text(item.position, *field));
    texts.filter(|text| !shown.contains(text)).map(str::to_owned).collect()
}

fn substance(events: &Events, position: usize) -> String {
    let codes = events.code_groups().get(events.code_id(position));
    let known = codes.and_then(|codes| codes.iter().find_map(|c| table::table().substance(c)));
    known.unwrap_or_default().to_owned()
}

/// The rows of a criterion with what it asks for beside each; `shown` are its evidence in order.
pub(super) fn rows(
    topic: &Topic<'_>,
    id: CriterionId,
    shown: Vec<EvidenceView>,
) -> Vec<EvidenceView> {
    if let Some(Body::Patient(tests)) = topic.plan.criteria.get(id.0).map(|c| &c.body) {
        return of_patient(topic, tests);
    }
    let items = topic.explanation.criteria.get(id.0).map_or(&[][..], |trace| &trace.evidence);
    Asked::by(topic.plan, id).beside(shown, topic.records, items, topic.language)
}

// The patient's own fields that are asked for, as far as the summary above does not say them.
fn of_patient(topic: &Topic<'_>, tests: &[PatientTest]) -> Vec<EvidenceView> {
    let fields = tests.iter().filter_map(|test| match test {
        PatientTest::InsuranceGroup(_) => Some(topic.patient_says(Field::Sikringsgruppe)),
        PatientTest::PostalCode(_) => Some(topic.patient_says(Field::Postnummer)),
        PatientTest::ListedFor { .. } => Some(topic.patient_says(Field::TilmeldtDato)),
        PatientTest::Age { unit: Unit::Years, .. } | PatientTest::Female(_) => None,
        PatientTest::Age { .. } => topic.birth(),
    });
    fields.map(|text| EvidenceView { text, ..EvidenceView::default() }).collect()
}

// »løber 01-03-2025 til 30-05-2025«. An assumed end is said as such elsewhere.
fn runs(events: &Events, position: usize, language: Language) -> String {
    let until = pick(language, "til", "to");
    match Periods::new(events, Register::Medicin, 1).of(position) {
        Period::None | Period::Runs { assumed: true, .. } => String::new(),
        Period::Runs { from, to: crate::day::Day::MAX, .. } => {
            let (runs, on) = (
                pick(language, "løber fra", "runs from"),
                pick(language, "uden slut", "without an end"),
            );
            format!("{runs} {} {on}", from.danish())
        }
        Period::Runs { from, to, .. } => {
            let runs = pick(language, "løber", "runs");
            format!("{runs} {} {until} {}", from.danish(), to.danish())
        }
        Period::Until(end) => {
            let until = pick(language, "løber til", "runs until");
            format!("{until} {}", end.danish())
        }
        Period::Undated => reversed(events, position, language),
    }
}

// An end before the start says nothing of when the row runs.
fn reversed(events: &Events, position: usize, language: Language) -> String {
    let end = events.date(position, Field::Slutdato);
    let words = pick(language, "før start", "before the start");
    end.map_or_else(String::new, |end| {
        format!("{} {} {words}", pick(language, "slut", "end"), end.danish())
    })
}

fn doses(events: &Events, position: usize, language: Language) -> String {
    match defined::of_row(events, position) {
        Some(doses) => format!("{} DDD", amount(table::rounded(doses), language)),
        None => pick(language, "DDD kan ikke opgøres", "DDD cannot be counted").to_owned(),
    }
}

fn units(events: &Events, position: usize, language: Language) -> String {
    let word = pick(language, "enheder", "units");
    match evaluate::units(events, position) {
        Some(units) => format!("{} {word}", amount(table::rounded(units), language)),
        None => format!("{word} {}", pick(language, "kan ikke opgøres", "cannot be counted")),
    }
}

// As the export writes it: two limits, else one text.
fn range(events: &Events, position: usize, language: Language) -> String {
    let text = |field| events.text(position, field);
    let written = match (text(Field::RefNedre), text(Field::RefOevre)) {
        ("", "") => text(Field::Referenceinterval).to_owned(),
        (low, high) => format!("{low}–{high}"),
    };
    let word = pick(language, "område", "range");
    if written.is_empty() { written } else { format!("{word} {written}") }
}

fn dispensed(events: &Events, position: usize, language: Language) -> String {
    let said = match dose_dispensed(events)(position) {
        Some(true) => pick(language, "dosisdispenseret", "dose dispensed"),
        Some(false) => pick(language, "ikke dosisdispenseret", "not dose dispensed"),
        None => "",
    };
    said.to_owned()
}
