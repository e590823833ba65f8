//! A profile's own test patients (»prøvepatienter«, section 6 of the language).
//!
//! Each becomes an export of one patient, read exactly as a file is, and is evaluated as any other.

use crate::amount::Amount;
use crate::evaluate::{Cell, Evaluator, Evidence, Explanation};
use crate::note::Said;
use crate::profile::plan::{Criterion, Expected, Plan, TestPatient};
use crate::records::{Builder, PatientId, Records};
use crate::schema::{Field, Register};
use crate::truth::Truth;

/// CPR of every test patient: a letter form, which says neither birth date nor sex, so that a field
/// that the test leaves out is unknown.
const CPR: &str = "0101011PB0";

/// What came of one test patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestOutcome {
    /// Name of the test.
    pub name: String,
    /// Line in the profile.
    pub line: u32,
    /// Is everything as expected?
    pub passed: bool,
    /// What differs, in words.
    pub differences: Vec<Said>,
    /// Verdict per criterion of the plan.
    pub verdicts: Vec<Truth>,
}

/// Which verdicts of a criterion the tests have seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The criterion's name.
    pub criterion: String,
    /// Line in the profile.
    pub line: u32,
    /// Verdicts that no test has seen.
    pub unseen: Vec<Truth>,
}

/// Runs every test patient of a plan, in the order of the file.
#[must_use]
pub fn run(plan: &Plan) -> Vec<TestOutcome> {
    run_with(plan, plain)
}

/// The same, with the cell text that the caller shows: `forventet.kolonner` is held against it.
pub fn run_with(plan: &Plan, show: impl Fn(&Evaluator<'_>, &Cell) -> String) -> Vec<TestOutcome> {
    // A marker that is off must be right when somebody switches it on.
    let mut plan = plan.clone();
    plan.markers.iter_mut().for_each(|marker| marker.on = true);
    plan.tests.iter().map(|test| run_one(&plan, test, &show)).collect()
}

/// The criteria that some verdict was never seen for; empty = every criterion was seen to be ja,
/// nej and ukendt.
#[must_use]
pub fn coverage(plan: &Plan, outcomes: &[TestOutcome]) -> Vec<Coverage> {
    let unseen = |at: usize, criterion: &Criterion| {
        let seen = |truth: &Truth| outcomes.iter().any(|o| o.verdicts.get(at) == Some(truth));
        let possible =
            [Truth::Yes, Truth::No, Truth::Unknown].into_iter().filter(|t| criterion.can_be(*t));
        possible.filter(|t| !seen(t)).collect()
    };
    let all = plan.criteria.iter().enumerate().map(|(at, criterion)| Coverage {
        criterion: criterion.id.clone(),
        line: criterion.line,
        unseen: unseen(at, criterion),
    });
    all.filter(|coverage| !coverage.unseen.is_empty()).collect()
}

fn run_one(
    plan: &Plan,
    test: &TestPatient,
    show: &impl Fn(&Evaluator<'_>, &Cell) -> String,
) -> TestOutcome {
    let records = records(test);
    let evaluator = Evaluator::new(plan, &records, test.index_date);
    let patient = PatientId(0);
    let explanation = evaluator.explain(patient);
    let mut differences = Differences::default();
    differences.verdicts(plan, &explanation, &test.expected);
    differences.values(plan, &explanation, &test.expected);
    for (title, wanted) in &test.expected.columns {
        let column = plan.columns.iter().find(|column| column.title == *title);
        let shown = column.map(|column| show(&evaluator, &evaluator.cell(patient, column)));
        differences.compare("kolonne", title, wanted, shown.as_deref());
    }
    TestOutcome {
        name: test.name.clone(),
        line: test.line,
        passed: differences.0.is_empty(),
        differences: differences.0,
        verdicts: explanation.criteria.iter().map(|trace| trace.truth).collect(),
    }
}

/// The word of `markeringer` for a marker that an exception takes out of the count.
const EXEMPT: &str = "undtaget";

fn marker_word(found: &Explanation, at: usize) -> Option<&'static str> {
    if found.exempt.iter().any(|exempt| exempt.marker == at) {
        return Some(EXEMPT);
    }
    found.markers.get(at).map(|truth| truth.danish())
}

/// The imagined export of one test patient.
#[must_use]
pub fn records(test: &TestPatient) -> Records {
    let registers = test.registers.as_deref().unwrap_or(&Register::ALL);
    let mut builder = Builder::new(registers);
    builder.row(Register::Patient, CPR, &test.patient);
    for (register, cells) in &test.rows {
        builder.row(*register, CPR, cells);
    }
    builder.finish()
}

#[derive(Default)]
struct Differences(Vec<Said>);

impl Differences {
    fn verdicts(&mut self, plan: &Plan, found: &Explanation, expected: &Expected) {
        if let Some(wanted) = expected.population {
            self.compare_truth("population", "", wanted, Some(found.population));
        }
        for (name, wanted) in &expected.criteria {
            let at = plan.criteria.iter().position(|criterion| criterion.id == *name);
            let truth = at.and_then(|at| found.criteria.get(at)).map(|trace| trace.truth);
            self.compare_truth("kriterie", name, *wanted, truth);
        }
        for (name, wanted) in &expected.markers {
            let at = plan.markers.iter().position(|marker| marker.id == *name);
            let found = at.and_then(|at| marker_word(found, at));
            self.compare("markering", name, wanted.danish(), found);
        }
        for name in &expected.exempt {
            let at = plan.markers.iter().position(|marker| marker.id == *name);
            let found = at.and_then(|at| marker_word(found, at));
            self.compare("markering", name, EXEMPT, found);
        }
        if let Some(wanted) = expected.exclusion_undecided {
            let undecided = found.exclusion == Truth::Unknown && found.population == Truth::Yes;
            let word = |fact| Truth::known(fact).danish();
            self.compare("uafklaret_eksklusion", "", word(wanted), Some(word(undecided)));
        }
    }

    fn values(&mut self, plan: &Plan, found: &Explanation, expected: &Expected) {
        for (name, wanted) in &expected.values {
            let at = plan.criteria.iter().position(|criterion| criterion.id == *name);
            let value = at.and_then(|at| found.criteria.get(at)).and_then(|trace| trace.value);
            let same = value.is_some() && Amount::parse(&wanted.replace(',', ".")) == value;
            if !same {
                let shown = value.map(Amount::danish);
                self.compare("vaerdi", name, wanted, shown.as_deref());
            }
        }
    }

    fn compare_truth(&mut self, kind: &str, name: &str, wanted: Truth, found: Option<Truth>) {
        self.compare(kind, name, wanted.danish(), found.map(Truth::danish));
    }

    // `None` = there is no such thing in the profile, or it has no value.
    fn compare(&mut self, kind: &str, name: &str, wanted: &str, found: Option<&str>) {
        if found == Some(wanted) {
            return;
        }
        let what = if name.is_empty() { kind.to_owned() } else { format!("{kind} »{name}«") };
        let (da, en) = found.map_or(("findes ikke", "there is none"), |found| (found, found));
        self.0.push(Said::new(
            format!("{what}: forventet {wanted}, fundet {da}"),
            format!("{what}: expected {wanted}, found {en}"),
        ));
    }
}

/// Cell text without layout: values and codes, commas between; »–« = none, »ukendt«.
#[must_use]
pub fn plain(evaluator: &Evaluator<'_>, cell: &Cell) -> String {
    match cell {
        Cell::None => "–".into(),
        Cell::Text(text) => text.clone(),
        Cell::Records(evidence) => {
            let texts: Vec<String> = evidence.iter().map(|e| record(evaluator, e)).collect();
            texts.join(", ")
        }
        Cell::Count { sure, perhaps: 0 } => sure.to_string(),
        Cell::Count { sure, perhaps } => format!("{sure}–{}", sure.saturating_add(*perhaps)),
        Cell::Number { value, at_least: false } => value.danish(),
        Cell::Number { value, at_least: true } => format!("mindst {}", value.danish()),
        Cell::Unknown(_) => Truth::Unknown.danish().into(),
    }
}

// The answer of a laboratory row, the date of an appointment, else the code, else the text.
fn record(evaluator: &Evaluator<'_>, evidence: &Evidence) -> String {
    let Some(events) = evaluator.records.events(evidence.register) else { return String::new() };
    let answer = match evidence.register {
        Register::Proeve => events.text(evidence.position, Field::Vaerdi),
        _ => "",
    };
    if !answer.is_empty() {
        return answer.to_owned();
    }
    let codes = events.code_groups().get(events.code_id(evidence.position));
    let code = codes.and_then(|codes| codes.first()).map(crate::code::Code::shown);
    code.or_else(|| events.day(evidence.position).map(crate::day::Day::danish)).unwrap_or_default()
}
