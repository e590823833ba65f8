//! `valg`, `undtagelser` and `slaaet_til` (appendix G of the language): what a session may change of
//! a plan, and what then holds.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use profilblik::day::Day;
use profilblik::evaluate::{Evaluator, test_patients};
use profilblik::note::Language;
use profilblik::profile::choice::Refused;
use profilblik::profile::plan::Plan;
use profilblik::profile::{self, say};
use profilblik::truth::Truth;

const TEXT: &str = include_str!("spec/markers.toml");

fn plan(text: &str) -> Plan {
    let checked = profile::check("x.toml", text);
    checked.plan.unwrap_or_else(|| panic!("{:#?}", checked.notes))
}

fn verdict(plan: &Plan, test: &str, criterion: &str) -> Truth {
    let test = plan.tests.iter().find(|one| one.name.contains(test)).unwrap();
    let records = test_patients::records(test);
    let evaluator = Evaluator::new(plan, &records, test.index_date);
    let at = plan.criteria.iter().position(|one| one.id == criterion).unwrap();
    evaluator.verdicts(profilblik::records::PatientId(0))[at]
}

#[test]
fn the_first_is_chosen_until_another_is() {
    let mut plan = plan(TEXT);
    assert_eq!(plan.choices().count(), 1);
    assert_eq!(plan.changed_choices().count(), 0);
    assert_eq!(verdict(&plan, "afgør intet", "valgt"), Truth::No);
    assert_eq!(plan.choose("valgt", "fritager"), Ok(()));
    assert_eq!(verdict(&plan, "afgør intet", "valgt"), Truth::Yes);
    let made: Vec<_> = plan
        .changed_choices()
        .map(|one| (one.criterion.id.clone(), one.made().unwrap().id.clone()))
        .collect();
    assert_eq!(made, [("valgt".to_owned(), "fritager".to_owned())]);
    assert_eq!(plan.choose("valgt", "kode"), Ok(()));
    assert_eq!(plan.changed_choices().count(), 0);
}

#[test]
fn what_there_is_not_is_refused_and_nothing_changes() {
    let mut changed = plan(TEXT);
    assert_eq!(changed.choose("valgt", "middel"), Err(Refused::NoSuchAlternative));
    assert_eq!(changed.choose("kode", "fritager"), Err(Refused::NotFound), "no choice");
    assert_eq!(changed.choose("findes_ikke", "kode"), Err(Refused::NotFound));
    assert_eq!(changed.switch_marker("findes_ikke", true), Err(Refused::NotFound));
    assert_eq!(format!("{changed:?}"), format!("{:?}", plan(TEXT)));
}

#[test]
fn a_choice_that_lets_everyone_in_is_refused() {
    let text = r#"
format = 1
[profil]
id = "x"
version = "1"
titel = "X"
[kriterie.a]
register = "diagnose"
koder = ["P01"]
[kriterie.ingen]
ingen_af = ["a"]
[kriterie.valgt]
valg = ["a", "ingen"]
[population]
inklusion = { alle = ["valgt"] }
"#;
    let mut changed = plan(text);
    assert_eq!(changed.choose("valgt", "ingen"), Err(Refused::EveryoneIsIn));
    assert_eq!(format!("{changed:?}"), format!("{:?}", plan(text)));
}

/// On the list of a test patient: `(markers that are ja, markers that are exempt)`.
fn marked(plan: &Plan, test: &str) -> (Vec<String>, Vec<String>) {
    let test = plan.tests.iter().find(|one| one.name.contains(test)).unwrap();
    let records = test_patients::records(test);
    let population = Evaluator::new(plan, &records, test.index_date).population();
    let member = &population.members[0];
    let ids = plan.markers.iter().map(|marker| marker.id.clone());
    let yes = ids.zip(&member.markers).filter(|(_, truth)| **truth == Truth::Yes);
    let exempt = member.exempt.iter().map(|exempt| plan.markers[exempt.marker].id.clone());
    (yes.map(|(id, _)| id).collect(), exempt.collect())
}

#[test]
fn a_marker_that_is_off_is_neither_shown_nor_counted_until_it_is_switched_on() {
    let mut plan = plan(TEXT);
    assert_eq!(plan.markers_off().count(), 1);
    assert_eq!(marked(&plan, "uden undtagelse"), (vec!["m".to_owned()], vec![]));
    plan.switch_marker("fra", true).unwrap();
    assert_eq!(marked(&plan, "uden undtagelse").0, ["m", "fra"]);
    plan.switch_marker("m", false).unwrap();
    assert_eq!(marked(&plan, "uden undtagelse").0, ["fra"]);
}

#[test]
fn an_exempt_marker_is_on_the_list_and_not_counted() {
    let plan = plan(TEXT);
    assert_eq!(marked(&plan, "bliver på listen"), (vec![], vec!["m".to_owned()]));
}

#[test]
fn choices_exceptions_and_switches_are_said_back() {
    let text = TEXT
        .replace("niveau = \"roed\"\n", "niveau = \"roed\"\nnavn = \"Navn\"\nregel = \"Reglen\"\nbortfald = \"Aldrig\"\nkilde = [\"A\", \"B\"]\n");
    let mut plan = plan(&text);
    plan.choose("valgt", "fritager").unwrap();
    let date = Day::parse_iso("2026-06-01").unwrap();
    let spoken = say::say(&plan, date, Language::Danish);
    assert_eq!(spoken.criteria[5].sentence, "opfylder (3), valgt blandt (2) og (3)");
    assert!(spoken.criteria[1].used_for.contains(&"kriteriet (6)".to_owned()), "{spoken:#?}");
    assert!(spoken.criteria[3].used_for.contains(&"undtagelse fra markeringen »M«".to_owned()));
    assert_eq!(
        spoken.markers[0].sentence,
        "Rød markering hos patienter, der opfylder (2). \
         Undtaget er patienter, der opfylder (3) eller (4): vises, men tælles ikke med."
    );
    let details = ["Navn.", "Regel: Reglen.", "Kilde: A; B.", "Bortfalder: Aldrig."];
    assert_eq!(spoken.markers[0].details, details);
    assert!(spoken.markers[1].sentence.ends_with("Slået fra."));
    let english = say::say(&plan, date, Language::English);
    assert_eq!(english.criteria[5].sentence, "meets (3), chosen among (2) and (3)");
    assert!(english.markers[0].sentence.contains("Exempt are patients who meet (3) or (4)"));
}
