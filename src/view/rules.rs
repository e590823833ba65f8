//! »Sådan regner siden«: the rules of the profile language with the cases that hold them.
//!
//! The cases are `tests/spec/*.toml`, the very files that the tests run: there is no second copy.
//! They are evaluated here too, so that the page says whether they hold in this browser.

use std::collections::BTreeSet;

use crate::day::Day;
use crate::evaluate::test_patients::{self, TestOutcome};
use crate::note::Language;
use crate::profile::check;
use crate::profile::plan::{
    Anchor, Body, Criterion, CriterionId, Derived, Expected, Plan, TestPatient,
};
use crate::schema::{Field, Register};
use crate::truth::Truth;
use crate::view::text_rules::{self, Asked, RULES, asked};
use crate::view::words::{field, pick, register, registers};

/// File name and text of every file of cases; a test holds the list against the folder.
pub const SPEC: &[(&str, &str)] = &[
    ("windows.toml", include_str!("../../tests/spec/windows.toml")),
    ("patient.toml", include_str!("../../tests/spec/patient.toml")),
    ("codes.toml", include_str!("../../tests/spec/codes.toml")),
    ("periods.toml", include_str!("../../tests/spec/periods.toml")),
    ("values.toml", include_str!("../../tests/spec/values.toml")),
    ("counting.toml", include_str!("../../tests/spec/counting.toml")),
    ("logic.toml", include_str!("../../tests/spec/logic.toml")),
    ("markers.toml", include_str!("../../tests/spec/markers.toml")),
    ("anchors.toml", include_str!("../../tests/spec/anchors.toml")),
    ("together.toml", include_str!("../../tests/spec/together.toml")),
    ("derived.toml", include_str!("../../tests/spec/derived.toml")),
    ("forms.toml", include_str!("../../tests/spec/forms.toml")),
    ("opioid.toml", include_str!("../../tests/spec/opioid.toml")),
];

/// Danish and English names of the cases, a tab between them. The language has one name for a test
/// patient, and these are read in English by nobody but this page.
const ENGLISH: &str = include_str!("../../tests/spec/english.tsv");

/// The name of a case; Danish where there is no other.
fn named(name: &str, language: Language) -> &str {
    let english = || ENGLISH.lines().filter_map(|line| line.split_once('\t'));
    match language {
        Language::Danish => name,
        Language::English => {
            english().find(|(danish, _)| *danish == name).map_or(name, |(_, english)| english)
        }
    }
}

/// The whole page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RulesView {
    /// How many cases hold here, in words.
    pub held: String,
    /// Do all of them?
    pub all_hold: bool,
    /// One per rule.
    pub rules: Vec<RuleView>,
}

/// One rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleView {
    /// »R2«; empty for what has no number.
    pub id: String,
    /// Heading.
    pub title: String,
    /// What it says.
    pub text: String,
    /// »18 prøvepatienter«, or why there is none.
    pub count: String,
    /// Cases, by the file that they stand in.
    pub groups: Vec<GroupView>,
}

/// Cases that share criteria.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupView {
    /// Name and definition of each criterion that the cases ask for.
    pub criteria: Vec<(String, String)>,
    /// The cases.
    pub cases: Vec<CaseView>,
}

/// One case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaseView {
    /// What it shows.
    pub title: String,
    /// `dd-mm-yyyy`.
    pub index_date: String,
    /// One line per record.
    pub records: Vec<String>,
    /// What is asked and what comes out.
    pub answers: Vec<AnswerView>,
    /// Is every answer here as it stands?
    pub holds: bool,
}

/// One answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnswerView {
    /// Criterion, marker, column …
    pub asked: String,
    /// In words.
    pub answer: String,
    /// The verdict, if it is one.
    pub truth: Option<Truth>,
}

/// A file of cases, evaluated.
struct Read {
    text: &'static str,
    plan: Plan,
    outcomes: Vec<TestOutcome>,
}

/// Reads and evaluates every case.
#[must_use]
pub fn rules(language: Language) -> RulesView {
    let files: Vec<Read> = SPEC.iter().filter_map(|(name, text)| read(name, text)).collect();
    let outcomes = || files.iter().flat_map(|file| &file.outcomes);
    let (held, of) = (outcomes().filter(|outcome| outcome.passed).count(), outcomes().count());
    RulesView {
        held: text_rules::held(held, of, language),
        all_hold: held == of,
        rules: RULES.iter().map(|rule| rule_view(rule, &files, language)).collect(),
    }
}

// The files are built in, and a test holds that they are free of errors.
fn read(name: &str, text: &'static str) -> Option<Read> {
    let plan = check(name, text).plan?;
    let outcomes = test_patients::run(&plan);
    Some(Read { text, plan, outcomes })
}

/// Number of the rule that a case belongs to: 13 of `R13b et anker …`; 0 = it names none. The
/// appendix is about derived values, as rule 17 is.
#[must_use]
pub fn rule_of(name: &str) -> u32 {
    const DERIVED: u32 = 17;
    if name.starts_with("Tillæg A ") {
        return DERIVED;
    }
    let word = name.split_whitespace().next().unwrap_or("");
    let number = word.strip_prefix('R').map(|rest| rest.trim_end_matches(char::is_alphabetic));
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn rule_view(rule: &text_rules::Rule, files: &[Read], language: Language) -> RuleView {
    let groups: Vec<GroupView> =
        files.iter().filter_map(|file| group(file, rule.number, language)).collect();
    let count = groups.iter().map(|group| group.cases.len()).sum();
    RuleView {
        id: if rule.number == 0 { String::new() } else { format!("R{}", rule.number) },
        title: pick(language, rule.title.0, rule.title.1).to_owned(),
        text: pick(language, rule.text.0, rule.text.1).to_owned(),
        count: match count {
            0 => text_rules::no_cases(language).to_owned(),
            count => text_rules::cases(count, language),
        },
        groups,
    }
}

/// The cases of one rule in one file; `None` = there is none.
fn group(file: &Read, rule: u32, language: Language) -> Option<GroupView> {
    let all = file.plan.tests.iter().zip(&file.outcomes);
    let own: Vec<_> = all.filter(|(test, _)| rule_of(&test.name) == rule).collect();
    if own.is_empty() {
        return None;
    }
    let mut named = BTreeSet::new();
    for (test, _) in &own {
        for criterion in asked_for(&file.plan, &test.expected) {
            with_named(&file.plan, criterion, &mut named);
        }
    }
    let criteria = named.iter().filter_map(|id| file.plan.criteria.get(id.0));
    Some(GroupView {
        criteria: criteria.map(|c| (c.id.clone(), written(file.text, c))).collect(),
        cases: own.into_iter().map(|(test, outcome)| case(test, outcome, language)).collect(),
    })
}

fn asked_for<'p>(
    plan: &'p Plan,
    expected: &'p Expected,
) -> impl Iterator<Item = CriterionId> + use<'p> {
    let criteria = expected.criteria.iter().map(|(name, _)| name);
    let names = criteria.chain(expected.values.iter().map(|(name, _)| name));
    let at = |name: &String| plan.criteria.iter().position(|criterion| criterion.id == *name);
    names.filter_map(at).map(CriterionId)
}

/// The criterion and those that its definition names.
fn with_named(plan: &Plan, id: CriterionId, found: &mut BTreeSet<CriterionId>) {
    if !found.insert(id) {
        return;
    }
    let Some(criterion) = plan.criteria.get(id.0) else { return };
    for next in named_by(&criterion.body) {
        with_named(plan, next, found);
    }
}

fn named_by(body: &Body) -> Vec<CriterionId> {
    match body {
        Body::Patient(_) => Vec::new(),
        Body::Group(group) => group.of.clone(),
        Body::Together { of, .. } => of.clone(),
        Body::Select(selection) => {
            let anchor = match selection.anchor {
                Some(Anchor::Criterion { of, .. }) => Some(of),
                _ => None,
            };
            let between = match selection.derived {
                Some(Derived::DaysBetween { from, to }) => vec![from, to],
                _ => Vec::new(),
            };
            anchor.into_iter().chain(between).collect()
        }
    }
}

/// The lines of a criterion as they stand in the file, without its own description.
fn written(text: &str, criterion: &Criterion) -> String {
    let from = usize::try_from(criterion.line).unwrap_or(usize::MAX);
    let lines = text.lines().skip(from);
    let own = lines.take_while(|line| !line.trim().is_empty() && !line.starts_with('['));
    let keys: Vec<&str> = own.filter(|line| !line.starts_with("tekst = ")).collect();
    keys.join("\n")
}

fn case(test: &TestPatient, outcome: &TestOutcome, language: Language) -> CaseView {
    CaseView {
        title: named(&test.name, language).to_owned(),
        index_date: test.index_date.danish(),
        records: records(test, language),
        answers: answers(&test.expected, language),
        holds: outcome.passed,
    }
}

fn records(test: &TestPatient, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(only) = &test.registers {
        lines.push(text_rules::only_registers(&registers(only, language), language));
    }
    if !test.patient.is_empty() {
        lines.push(record(Register::Patient, &test.patient, language));
    }
    lines.extend(test.rows.iter().map(|(register, cells)| record(*register, cells, language)));
    if lines.is_empty() {
        lines.push(text_rules::no_records(language).to_owned());
    }
    lines
}

/// »Diagnoser: kode P70, dato 15-01-2025«
fn record(of: Register, cells: &[(Field, String)], language: Language) -> String {
    let said = |(name, text): &(Field, String)| {
        let text = Day::parse_iso(text).map_or_else(|| text.clone(), Day::danish);
        format!("{} {text}", field(*name, language))
    };
    let cells: Vec<String> = cells.iter().map(said).collect();
    format!("{}: {}", register(of, language), cells.join(", "))
}

fn answers(expected: &Expected, language: Language) -> Vec<AnswerView> {
    let verdict = |asked: String, truth: Truth| AnswerView {
        asked,
        answer: word(truth, language).to_owned(),
        truth: Some(truth),
    };
    let text =
        |asked: String, answer: &String| AnswerView { asked, answer: answer.clone(), truth: None };
    let name = |what, name: &str| asked(what, name, language);
    let mut all = Vec::new();
    all.extend(expected.population.map(|truth| verdict(name(Asked::Population, ""), truth)));
    let undecided = expected.exclusion_undecided.map(Truth::known);
    all.extend(undecided.map(|truth| verdict(name(Asked::ExclusionUndecided, ""), truth)));
    all.extend(expected.criteria.iter().map(|(id, truth)| verdict(id.clone(), *truth)));
    all.extend(expected.markers.iter().map(|(id, truth)| verdict(name(Asked::Marker, id), *truth)));
    let exempt = pick(language, "undtaget", "exempt").to_owned();
    all.extend(expected.exempt.iter().map(|id| text(name(Asked::Marker, id), &exempt)));
    all.extend(expected.values.iter().map(|(id, value)| text(name(Asked::Value, id), value)));
    all.extend(expected.columns.iter().map(|(id, shown)| text(name(Asked::Column, id), shown)));
    all
}

fn word(truth: Truth, language: Language) -> &'static str {
    match truth {
        Truth::Yes => pick(language, "ja", "yes"),
        Truth::No => pick(language, "nej", "no"),
        Truth::Unknown => pick(language, "ukendt", "unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_of_cases_is_shown() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
        let entries = std::fs::read_dir(folder).unwrap();
        let mut there: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        there.retain(|name| name.ends_with(".toml"));
        there.sort();
        let mut shown: Vec<&str> = SPEC.iter().map(|(name, _)| *name).collect();
        shown.sort_unstable();
        assert_eq!(there, shown);
    }

    #[test]
    fn every_case_stands_on_the_page_once_and_holds() {
        for language in [Language::Danish, Language::English] {
            let view = rules(language);
            assert!(view.all_hold, "{}", view.held);
            let shown = view.rules.iter().flat_map(|rule| &rule.groups);
            let count: usize = shown.map(|group| group.cases.len()).sum();
            let plans = SPEC.iter().map(|(name, text)| check(name, text).plan.unwrap());
            assert_eq!(count, plans.map(|plan| plan.tests.len()).sum::<usize>());
        }
    }

    #[test]
    fn a_case_shows_its_rows_its_criterion_and_its_answer() {
        let view = rules(Language::Danish);
        let rule = view.rules.iter().find(|rule| rule.id == "R2").unwrap();
        let group = &rule.groups[0];
        let case = &group.cases[0];
        assert_eq!(case.title, "R2 vinduets første dag er med");
        assert_eq!(case.index_date, "15-07-2025");
        assert_eq!(case.records, ["Diagnoser: kode P70, dato 15-01-2025"]);
        let halvaar = case.answers.iter().find(|answer| answer.asked == "halvaar").unwrap();
        assert_eq!((halvaar.answer.as_str(), halvaar.truth), ("ja", Some(Truth::Yes)));
        let (_, written) = group.criteria.iter().find(|(name, _)| name == "halvaar").unwrap();
        assert!(written.contains("vindue = [\"-6 mdr\", \"0 d\"]"), "{written}");
    }

    #[test]
    fn every_case_has_an_english_name_and_no_name_is_left_over() {
        let plans: Vec<Plan> =
            SPEC.iter().map(|(name, text)| check(name, text).plan.unwrap()).collect();
        let names: Vec<&str> =
            plans.iter().flat_map(|plan| &plan.tests).map(|test| test.name.as_str()).collect();
        for name in &names {
            assert_ne!(named(name, Language::English), *name, "no line in english.tsv");
        }
        for (danish, _) in ENGLISH.lines().filter_map(|line| line.split_once('\t')) {
            assert!(names.contains(&danish), "english.tsv: no case »{danish}«");
        }
    }

    #[test]
    fn cases_belong_to_the_rule_they_begin_with() {
        assert_eq!(rule_of("R13b ankeret er nej"), 13);
        assert_eq!(rule_of("R7a slutter"), 7);
        assert_eq!(rule_of("Tillæg A en række"), 17);
        assert_eq!(rule_of("form og vej"), 0);
        assert_eq!(rule_of("Rester"), 0);
    }
}
