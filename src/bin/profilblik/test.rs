//! `test`: the profiles' own test patients, and which verdicts they have shown of each criterion.

use std::fmt::Write;

use profilblik::evaluate::test_patients::{self, TestOutcome};
use profilblik::note::Language;
use profilblik::profile::Checked;
use profilblik::profile::plan::Plan;

use crate::outcome::{Misuse, Outcome};
use crate::profiles;
use crate::words::say;

#[derive(Default)]
struct Score {
    passed: usize,
    failed: usize,
}

/// Runs them all; a profile with errors counts as one failure. The last line is the same in every
/// language, for machines.
pub fn run(names: &[String], language: Language) -> Result<Outcome, Misuse> {
    let mut outcome = Outcome::default();
    let mut score = Score::default();
    for profile in profiles::named_or_in_folders(names)? {
        one(&profile, language, &mut score, &mut outcome);
    }
    let _ = writeln!(outcome.text, "{} passed, {} failed", score.passed, score.failed);
    outcome.refused |= score.failed > 0;
    Ok(outcome)
}

fn one(profile: &Checked, language: Language, score: &mut Score, outcome: &mut Outcome) {
    let usable = profiles::usable(profile, language, outcome);
    let Some(plan) = profile.plan.as_ref().filter(|_| usable) else {
        score.failed += 1;
        return;
    };
    let outcomes = test_patients::run(plan);
    let none = say(language, "(ingen prøvepatienter)", "(no test patients)");
    let note = if outcomes.is_empty() { none } else { String::new() };
    let _ = writeln!(outcome.text, "{} {} {note}", plan.header.id, plan.header.version);
    for test in &outcomes {
        line(test, language, &mut outcome.text);
        score.passed += usize::from(test.passed);
        score.failed += usize::from(!test.passed);
    }
    if !outcomes.is_empty() {
        coverage(plan, &outcomes, language, &mut outcome.text);
    }
}

/// Which verdicts no test patient has shown: advice, so it changes neither sum nor exit status.
fn coverage(plan: &Plan, outcomes: &[TestOutcome], language: Language, text: &mut String) {
    let lacking = test_patients::coverage(plan, outcomes);
    let (seen, all) = (plan.criteria.len().saturating_sub(lacking.len()), plan.criteria.len());
    let summary = match language {
        Language::Danish => format!("dækning: {seen} af {all} kriterier er set ja, nej og ukendt"),
        Language::English => {
            format!("coverage: {seen} of {all} criteria were seen as ja, nej and ukendt")
        }
    };
    let _ = writeln!(text, "  {summary}");
    for criterion in &lacking {
        let unseen: Vec<&str> = criterion.unseen.iter().map(|truth| truth.danish()).collect();
        let (name, unseen, at) = (&criterion.criterion, unseen.join(", "), criterion.line);
        let _ = match language {
            Language::Danish => writeln!(text, "    aldrig {unseen}: »{name}« (linje {at})"),
            Language::English => writeln!(text, "    never {unseen}: `{name}` (line {at})"),
        };
    }
}

fn line(test: &TestOutcome, language: Language, text: &mut String) {
    let verdict = match (test.passed, language) {
        (true, Language::Danish) => "består",
        (true, Language::English) => "passed",
        (false, Language::Danish) => "FEJLER",
        (false, Language::English) => "FAILED",
    };
    let line = say(language, "linje", "line");
    let _ = writeln!(text, "  {verdict}  {} ({line} {})", test.name, test.line);
    for difference in &test.differences {
        let _ = writeln!(text, "          {}", difference.of(language));
    }
}
