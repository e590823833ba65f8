//! The rules of the profile language as cases: `tests/spec/*.toml` are profiles whose test patients
//! hold what each rule says. The name of a test starts with the rule.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};

use profilblik::evaluate::test_patients;
use profilblik::note::Level;
use profilblik::profile::check;
use profilblik::profile::plan::Plan;

fn spec_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    files.sort();
    files
}

fn plan(path: &Path) -> Plan {
    let text = std::fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    let checked = check(&name, &text);
    let errors: Vec<String> = checked
        .notes
        .iter()
        .filter(|note| note.level == Level::Error)
        .map(|note| format!("{name}:{}: {}", note.place.line, note.text.da))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    checked.plan.unwrap()
}

#[test]
fn every_case_holds() {
    let mut failures = Vec::new();
    let mut count = 0;
    for path in spec_files() {
        for outcome in test_patients::run(&plan(&path)) {
            count += 1;
            for difference in outcome.differences {
                let file = path.file_name().unwrap().to_string_lossy();
                failures
                    .push(format!("{file}:{} {}: {}", outcome.line, outcome.name, difference.da));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {count} cases differ:\n{}",
        failures.len(),
        failures.join("\n")
    );
    assert!(count > 100, "only {count} cases were found");
}

/// A case that compares nothing cannot fail.
#[test]
fn every_case_compares_something() {
    for path in spec_files() {
        for test in plan(&path).tests {
            let expected = &test.expected;
            let compared = expected.population.is_some()
                || expected.exclusion_undecided.is_some()
                || !expected.criteria.is_empty()
                || !expected.markers.is_empty()
                || !expected.columns.is_empty()
                || !expected.values.is_empty();
            assert!(compared, "{}: {}", path.display(), test.name);
        }
    }
}

/// Each of these rules of the language has a case whose name starts with it.
#[test]
fn every_rule_has_a_case() {
    let names: Vec<String> =
        spec_files().iter().flat_map(|path| plan(path).tests).map(|test| test.name).collect();
    let rules = [
        "R2", "R3", "R4", "R5", "R6", "R7a", "R7b", "R7c", "R7d", "R8", "R9", "R10", "R11", "R12",
        "R13", "R13b", "R14", "R15", "R16", "R17", "R17b", "R18", "R21",
    ];
    for rule in rules {
        assert!(
            names.iter().any(|name| name.starts_with(&format!("{rule} "))),
            "{rule} has no case"
        );
    }
}

/// In the cases together, every criterion was seen to be both ja and nej: a criterion that can
/// only be one of them holds nothing.
#[test]
fn every_criterion_was_seen_to_be_ja_and_nej() {
    for path in spec_files() {
        let plan = plan(&path);
        let outcomes = test_patients::run(&plan);
        for coverage in test_patients::coverage(&plan, &outcomes) {
            let unseen: Vec<_> = coverage
                .unseen
                .iter()
                .filter(|t| **t != profilblik::truth::Truth::Unknown)
                .collect();
            assert!(
                unseen.is_empty(),
                "{}: {} never {unseen:?}",
                path.display(),
                coverage.criterion
            );
        }
    }
}
