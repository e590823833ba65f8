//! `test`: the profiles' own test patients.

use std::fmt::Write;

use profilblik::evaluate::test_patients::{self, TestOutcome};
use profilblik::note::Language;
use profilblik::profile::Checked;

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
