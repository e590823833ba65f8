//! »Udtynding« ends at exactly those whom the list shows, for every built-in profile.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::process::Command;

use profilblik::demo;
use profilblik::evaluate::attrition::Attrition;
use profilblik::evaluate::{Evaluator, Population};
use profilblik::profile::plan::Plan;
use profilblik::session::{Input, Session};

fn session(left_out: &str) -> Session {
    let files = demo::files(300, 7, demo::INDEX_DAY);
    let inputs = files.into_iter().filter(|(name, _)| !name.contains(left_out));
    let inputs = inputs.map(|(name, bytes)| Input::bytes(&name, bytes)).collect();
    let mut session = Session::new();
    session.read_all(inputs, demo::INDEX_DAY, &mut |_| {});
    session
}

fn each_profile(session: &Session, mut see: impl FnMut(&Plan, &Attrition, &Population)) {
    let mut profiles = 0;
    for checked in session.profiles() {
        let plan = checked.plan.as_ref().unwrap();
        let evaluator = Evaluator::new(plan, session.records(), demo::INDEX_DAY);
        see(plan, &evaluator.attrition(), &evaluator.population());
        profiles += 1;
    }
    assert!(profiles >= 17, "only {profiles} profiles");
}

fn assert_balanced(plan: &Plan, found: &Attrition, population: &Population) {
    let id = &plan.header.id;
    assert_eq!(found.members as usize, population.members.len(), "{id}");
    assert_eq!(found.undecided as usize, population.undecided.len(), "{id}");
    assert_eq!(found.not_looked_at, population.not_looked_at, "{id}");
    let fallen: u32 = found.steps.iter().map(|step| step.falls).sum();
    assert_eq!(fallen, population.outside, "{id}");
    let mut left = found.looked_at;
    for step in &found.steps {
        let verdicts = step.verdicts;
        assert_eq!(step.before, left, "{id}: a step begins where the one before ended");
        assert_eq!(verdicts.yes + verdicts.no + verdicts.unknown, step.before, "{id}");
        assert_eq!(step.falls, if step.excludes { verdicts.yes } else { verdicts.no }, "{id}");
        assert_eq!(step.left, step.before - step.falls, "{id}");
        assert!(step.left_undecided <= step.left, "{id}");
        for part in &step.parts {
            let verdicts = part.verdicts;
            assert_eq!(verdicts.yes + verdicts.no + verdicts.unknown, step.before, "{id}");
            assert!(part.alone <= verdicts.yes.max(verdicts.no), "{id}");
        }
        left = step.left;
    }
    assert_eq!(left, found.members + found.undecided, "{id}");
    assert_eq!(found.steps.last().map(|step| step.left_undecided), Some(found.undecided), "{id}");
}

#[test]
fn the_steps_end_at_the_list() {
    let session = session("nothing");
    let mut members = 0;
    each_profile(&session, |plan, found, population| {
        assert_balanced(plan, found, population);
        members += found.members;
    });
    assert!(members > 0, "nobody is on any list");
}

#[test]
fn the_same_where_a_register_is_missing() {
    let session = session("diagnose");
    let mut undecided = 0;
    each_profile(&session, |plan, found, population| {
        assert_balanced(plan, found, population);
        undecided += found.undecided;
    });
    assert!(undecided > 0, "without diagnoses somebody cannot be decided");
}

/// The verdicts alone, counted without the steps: those who are ja or ukendt at the first criterion.
#[test]
fn the_first_step_counts_the_verdicts() {
    let session = session("nothing");
    each_profile(&session, |plan, found, _| {
        let Some(first) = found.steps.first().and_then(|step| step.criterion) else { return };
        let evaluator = Evaluator::new(plan, session.records(), demo::INDEX_DAY);
        let patients = &session.records().patients;
        let looked_at = patients.ids().filter(|patient| patients.looked_at(*patient));
        let yes = looked_at.filter(|patient| {
            evaluator.verdicts(*patient)[first.0] == profilblik::truth::Truth::Yes
        });
        assert_eq!(yes.count(), found.steps[0].verdicts.yes as usize, "{}", plan.header.id);
    });
}

fn evaluate(arguments: &[&str]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_profilblik"))
        .args(["evaluate", "tests/exports/klinik", "--profile", "demens"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(out.status.code().is_some_and(|code| code < 2), "{out:?}");
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn the_command_line_has_the_numbers_only_when_asked() {
    let without: serde_json::Value = serde_json::from_str(&evaluate(&["--json"])).unwrap();
    assert!(without.get("attrition").is_none());
    let with: serde_json::Value =
        serde_json::from_str(&evaluate(&["--json", "--attrition"])).unwrap();
    let steps = with["attrition"].as_array().unwrap();
    assert_eq!(steps.len(), 1);
    let (left, counts) = (steps[0]["left"].as_u64().unwrap(), &with["counts"]);
    assert_eq!(left, counts["members"].as_u64().unwrap() + counts["undecided"].as_u64().unwrap());
    let parts: Vec<&str> = steps[0]["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["criterion"].as_str().unwrap())
        .collect();
    assert_eq!(parts, ["diagnose", "middel"]);
    let table = evaluate(&["--attrition", "--lang", "en"]);
    assert!(
        table.contains("persons are looked at") && table.contains("At least one of two criteria")
    );
}
