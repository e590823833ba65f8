//! A profile said back in words: numbered sentences with real dates, and the concept's own table.
//!
//! Everything comes from the checked plan, so that what is said is what is evaluated. Titles of
//! codes are those that a code set carries, else those of [`super::titles`]; a code without one
//! stands bare.

mod combine;
mod output;
mod selection;
mod used;
mod window;
mod words;

use crate::day::Day;
use crate::note::Language;

use super::plan::{Body, MarkerLevel, Plan};
use words::Voice;

/// A profile in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// »Med er patienter, der …«
    pub intro: String,
    /// »Ingen udelukkes.«, or who is.
    pub exclusion: String,
    /// Every criterion, numbered from 1 in the order of the profile.
    pub criteria: Vec<SaidCriterion>,
    /// Attention markers.
    pub markers: Vec<SaidMarker>,
    /// Columns of the list.
    pub columns: Vec<SaidPart>,
    /// Measures, also those that no export can give.
    pub measures: Vec<SaidPart>,
    /// How the list is sorted.
    pub sorting: String,
}

/// A criterion in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidCriterion {
    /// Its number in the sentences, from 1.
    pub number: usize,
    /// Name in the file.
    pub id: String,
    /// The author's own text; empty where none is written.
    pub text: String,
    /// The author's source; empty where none is written.
    pub source: String,
    /// What is asked, from the verb on: »har mindst én diagnose med …«.
    pub sentence: String,
    /// »inklusion«, »markeringen »Chip««, …; empty = used for nothing.
    pub used_for: Vec<String>,
}

/// A marker in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidMarker {
    /// The level.
    pub level: MarkerLevel,
    /// »rød«, »gul«, »blå«.
    pub level_word: String,
    /// Text of the chip.
    pub text: String,
    /// When it is shown.
    pub sentence: String,
    /// What one may look at, in the author's words.
    pub handling: String,
    /// Full label, rule, source, and what would clear it, as far as the author says them.
    pub details: Vec<String>,
}

/// A column or a measure in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidPart {
    /// Its heading.
    pub title: String,
    /// What it shows.
    pub sentence: String,
}

/// A row of the concept's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// »Kriterier«.
    pub criterion: String,
    /// »Beskrivelse«.
    pub description: String,
    /// »Regler«.
    pub rule: String,
}

/// Says a profile back, with the dates that hold at `index_date`.
#[must_use]
pub fn say(plan: &Plan, index_date: Day, language: Language) -> Spoken {
    let voice = Voice { plan, index_date, language };
    Spoken {
        intro: voice.population(voice.pick("Med er", "Included are"), &plan.inclusion),
        exclusion: exclusion(&voice),
        criteria: criteria(&voice),
        markers: output::markers(&voice),
        columns: output::columns(&voice),
        measures: output::measures(&voice),
        sorting: output::sorting(&voice),
    }
}

/// The concept's table: one row for whom the list is about, then one per criterion, marker,
/// column and measure.
#[must_use]
pub fn table(spoken: &Spoken, language: Language) -> Vec<TableRow> {
    let word = |danish: &str, english: &str| words::pick(language, danish, english).to_owned();
    let mut rows = vec![
        row(word("Inklusion", "Inclusion"), "", &spoken.intro),
        row(word("Eksklusion", "Exclusion"), "", &spoken.exclusion),
    ];
    rows.extend(spoken.criteria.iter().map(|said| {
        row(format!("({}) {}", said.number, said.id), &said.text, &words::ended(&said.sentence))
    }));
    let marker = word("Markering", "Marker");
    rows.extend(
        spoken.markers.iter().map(|said| marker_row(format!("{marker}: {}", said.text), said)),
    );
    let parts = |kind: String, of: &[SaidPart]| -> Vec<TableRow> {
        of.iter().map(|said| row(kind.clone(), &said.title, &said.sentence)).collect()
    };
    rows.extend(parts(word("Kolonne", "Column"), &spoken.columns));
    rows.extend(parts(word("Målepunkt", "Measure"), &spoken.measures));
    rows.push(row(word("Sortering", "Order"), "", &spoken.sorting));
    rows
}

fn row(criterion: String, description: &str, rule: &str) -> TableRow {
    TableRow { criterion, description: description.to_owned(), rule: rule.to_owned() }
}

fn marker_row(heading: String, said: &SaidMarker) -> TableRow {
    let words = std::iter::once(&said.handling).chain(&said.details);
    let words: Vec<&str> = words.map(String::as_str).filter(|words| !words.is_empty()).collect();
    row(heading, &words.join(" "), &said.sentence)
}

fn exclusion(voice: &Voice<'_>) -> String {
    match &voice.plan.exclusion {
        None => voice.pick("Ingen udelukkes.", "Nobody is excluded.").to_owned(),
        Some(group) => voice.population(voice.pick("Udelukket er", "Excluded are"), group),
    }
}

fn criteria(voice: &Voice<'_>) -> Vec<SaidCriterion> {
    let said = |(at, criterion): (usize, &super::plan::Criterion)| SaidCriterion {
        number: at + 1,
        id: criterion.id.clone(),
        text: criterion.text.clone(),
        source: criterion.source.clone(),
        sentence: voice.asked(criterion),
        used_for: used::uses(voice, super::plan::CriterionId(at)),
    };
    voice.plan.criteria.iter().enumerate().map(said).collect()
}

impl Voice<'_> {
    /// What a criterion asks; of a choice what is chosen, and among what.
    fn asked(&self, criterion: &super::plan::Criterion) -> String {
        match super::choice::chosen_of(criterion) {
            Some(chosen) => self.choice(chosen, &criterion.alternatives),
            None => self.body(&criterion.body),
        }
    }

    /// What a criterion asks, from the verb on, without a full stop.
    fn body(&self, body: &Body) -> String {
        match body {
            Body::Select(selection) => self.criterion(selection),
            Body::Patient(tests) => self.patient(tests),
            Body::Group(group) => self.group(group),
            Body::Together { of, window, min_days } => self.together(of, window, *min_days),
        }
    }
}
