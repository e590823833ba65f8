//! »Om profilen«: what a profile is for, whom it finds and what it shows, with persons per
//! criterion; and its own test patients (»prøvepatienter«).

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::evaluate::Evaluator;
use crate::evaluate::attrition::Verdicts;
use crate::evaluate::test_patients::{self, TestOutcome};
use crate::note::Language;
use crate::profile::plan::{Header, MarkerLevel, Plan};
use crate::profile::review_passed;
use crate::profile::say::{self, SaidPart, Spoken, TableRow, say};
use crate::truth::Truth;
use crate::view::cell::NONE;
use crate::view::overview::short_fingerprint;
use crate::view::reach::beyond_five_years;
use crate::view::text_about as text;
use crate::view::text_overview;
use crate::view::words::number;

/// Everything the tab shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AboutView {
    /// Key of the profile.
    pub profile: String,
    /// Dropped, not built in: »egen, ikke gennemgået«; empty otherwise.
    pub own: String,
    /// Who wrote it, from what, when.
    pub header: AboutHeader,
    /// The population in one sentence.
    pub inclusion: String,
    /// Who is excluded.
    pub exclusion: String,
    /// One per criterion, in the order of the file.
    pub criteria: Vec<AboutCriterion>,
    /// Why there are no persons per criterion yet; empty = they are there.
    pub still_reading: String,
    /// Attention markers.
    pub markers: Vec<AboutMarker>,
    /// Columns and measures: title and sentence.
    pub shown: Vec<(String, String)>,
    /// How the list is sorted.
    pub sorting: String,
    /// The concept's own table.
    pub table: Vec<AboutRow>,
    /// The profile as it is written.
    pub file: String,
    /// The test patients.
    pub tests: AboutTests,
}

/// `[profil]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AboutHeader {
    /// Title.
    pub title: String,
    /// Purposes.
    pub purpose: Vec<String>,
    /// Sources.
    pub sources: Vec<String>,
    /// Author.
    pub author: String,
    /// Version.
    pub version: String,
    /// Fingerprint, short.
    pub fingerprint: String,
    /// Index date.
    pub index_date: String,
    /// Last review.
    pub reviewed: String,
    /// Next review.
    pub next_review: String,
    /// Said when that has passed.
    pub review_note: String,
    /// Caveats.
    pub caveat: String,
}

/// A criterion.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AboutCriterion {
    /// Name in the file.
    pub id: String,
    /// The author's sentence.
    pub text: String,
    /// The rule, said back.
    pub sentence: String,
    /// Source.
    pub source: String,
    /// Persons: ja, nej, ukendt; »–« while it is not known.
    pub persons: [String; 3],
}

/// A marker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AboutMarker {
    /// Level.
    pub level: MarkerLevel,
    /// Its words.
    pub text: String,
    /// When it is set.
    pub sentence: String,
    /// What one may look up; for a dropped profile said to be its author's words.
    pub handling: String,
    /// Full label, rule, source, and what would clear it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
}

/// A line of the concept's table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AboutRow {
    /// Kriterier.
    pub criterion: String,
    /// Beskrivelse.
    pub description: String,
    /// Regler.
    pub rule: String,
}

/// What came of the test patients.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AboutTests {
    /// »13 prøvepatienter, alle bestået.«
    pub lead: String,
    /// »12 af 12 kriterier er set ja, nej og ukendt.«
    pub coverage: String,
    /// Criteria of which a verdict was never seen, and which.
    pub uncovered: Vec<String>,
    /// One per test patient, in the order of the file.
    pub patients: Vec<AboutTest>,
}

/// A test patient.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AboutTest {
    /// Name.
    pub name: String,
    /// As expected?
    pub passed: bool,
    /// What differs.
    pub differences: Vec<String>,
}

/// What the tab is made from.
pub struct Topic<'a> {
    /// Key of the profile.
    pub key: &'a str,
    /// Dropped, not built in.
    pub own: bool,
    /// The profile with its test patients.
    pub plan: &'a Plan,
    /// Its text.
    pub file: &'a str,
    /// Persons per criterion; `None` while registers are still being read.
    pub persons: Option<Vec<Verdicts>>,
    /// Said instead of them.
    pub still_reading: String,
    /// Index date.
    pub index_date: Day,
    /// Today.
    pub today: Day,
    /// Language.
    pub language: Language,
}

/// Makes the tab's content; runs the test patients.
#[must_use]
pub fn about(topic: &Topic<'_>) -> AboutView {
    let language = topic.language;
    let spoken = say(topic.plan, topic.index_date, language);
    let table = say::table(&spoken, language);
    AboutView {
        profile: topic.key.to_owned(),
        own: if topic.own { text::own(language).to_owned() } else { String::new() },
        header: header(topic),
        inclusion: spoken.intro.clone(),
        exclusion: spoken.exclusion.clone(),
        criteria: criteria(topic, &spoken),
        still_reading: topic.still_reading.clone(),
        markers: markers(topic, &spoken),
        shown: spoken
            .columns
            .iter()
            .chain(&spoken.measures)
            .chain(&spoken.tables)
            .map(part)
            .collect(),
        sorting: spoken.sorting.clone(),
        table: table.into_iter().map(row).collect(),
        file: topic.file.to_owned(),
        tests: tests(topic.plan, language),
    }
}

fn header(topic: &Topic<'_>) -> AboutHeader {
    let Header { title, purpose, sources, author, version, caveat, .. } = &topic.plan.header;
    let date = |day: Option<Day>| day.map_or_else(|| NONE.to_owned(), Day::danish);
    let note = review_passed(&topic.plan.header, topic.today);
    AboutHeader {
        title: title.clone(),
        purpose: purpose.clone(),
        sources: sources.clone(),
        author: author.clone(),
        version: version.clone(),
        fingerprint: short_fingerprint(topic.plan),
        index_date: topic.index_date.danish(),
        reviewed: date(topic.plan.header.reviewed),
        next_review: date(topic.plan.header.next_review),
        review_note: note.map_or_else(String::new, |n| text_overview::note(&n, topic.language)),
        caveat: caveats(caveat, topic),
    }
}

fn caveats(own: &str, topic: &Topic<'_>) -> String {
    let long = beyond_five_years(topic.plan, topic.index_date, topic.language);
    let both = [Some(own).filter(|own| !own.is_empty()), long];
    both.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn part(part: &SaidPart) -> (String, String) {
    (part.title.clone(), part.sentence.clone())
}

fn row(row: TableRow) -> AboutRow {
    AboutRow { criterion: row.criterion, description: row.description, rule: row.rule }
}

fn criteria(topic: &Topic<'_>, spoken: &Spoken) -> Vec<AboutCriterion> {
    let persons = |at: usize| match topic.persons.as_ref().and_then(|all| all.get(at)) {
        Some(Verdicts { yes, no, unknown }) => {
            [yes, no, unknown].map(|count| number(u64::from(*count), topic.language))
        }
        None => [NONE; 3].map(str::to_owned),
    };
    let all = spoken.criteria.iter().enumerate().map(|(at, said)| AboutCriterion {
        id: said.id.clone(),
        text: said.text.clone(),
        sentence: said.sentence.clone(),
        source: said.source.clone(),
        persons: persons(at),
    });
    all.collect()
}

fn markers(topic: &Topic<'_>, spoken: &Spoken) -> Vec<AboutMarker> {
    let handling = |said: &str| match (said, topic.own) {
        ("", _) => String::new(),
        (said, true) => text::author_says(said, topic.language),
        (said, false) => said.to_owned(),
    };
    let all = spoken.markers.iter().map(|marker| AboutMarker {
        level: marker.level,
        text: marker.text.clone(),
        sentence: marker.sentence.clone(),
        handling: handling(&marker.handling),
        details: marker.details.clone(),
    });
    all.collect()
}

fn tests(plan: &Plan, language: Language) -> AboutTests {
    let show = |evaluator: &Evaluator<'_>, cell: &_| test_patients::plain(evaluator, cell);
    let outcomes = test_patients::run_with(plan, show);
    if outcomes.is_empty() {
        return AboutTests { lead: text::no_tests(language).to_owned(), ..AboutTests::default() };
    }
    let lacking = test_patients::coverage(plan, &outcomes);
    let failed = outcomes.iter().filter(|outcome| !outcome.passed).count();
    let uncovered = lacking.iter().map(|criterion| {
        let unseen: Vec<&str> = criterion.unseen.iter().map(|t| Truth::danish(*t)).collect();
        text::never_seen(&criterion.criterion, &unseen, language)
    });
    AboutTests {
        lead: text::tests(outcomes.len(), failed, language),
        coverage: text::coverage(
            plan.criteria.len().saturating_sub(lacking.len()),
            plan.criteria.len(),
            language,
        ),
        uncovered: uncovered.collect(),
        patients: outcomes.iter().map(|outcome| test(outcome, language)).collect(),
    }
}

fn test(outcome: &TestOutcome, language: Language) -> AboutTest {
    AboutTest {
        name: outcome.name.clone(),
        passed: outcome.passed,
        differences: outcome.differences.iter().map(|d| d.of(language).to_owned()).collect(),
    }
}
