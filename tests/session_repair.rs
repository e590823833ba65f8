//! Text that was encoded twice: found, offered for repair, repaired when asked, and left again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "sessions/clinic.rs"]
mod clinic;

use clinic::Clinic;
use profilblik::decode::encoding::{Encoding, decode};
use profilblik::protocol::{Reply, Request};
use profilblik::session::Session;
use profilblik::view::RepairView;

/// UTF-8 that was read as Windows-1252 and written as UTF-8.
fn twice(text: &str) -> String {
    decode(text.as_bytes(), Encoding::Windows1252)
}

const PATIENTS: &str = "cpr;navn;fødselsdato\n\
    6101016006;Søren Opdigtet;01-01-1930\n6101016014;Åse Ærlig;02-02-1940\n";
const DIAGNOSES: &str = "cpr;diagnosekode;dato\n6101016006;Q99;01-02-2026\n";

fn clinic(patients: &str) -> Clinic {
    let files = [("patienter.csv", patients), ("diagnoser.csv", DIAGNOSES)];
    Clinic::with(Session::with_profiles(Vec::new()), &files)
}

fn names(clinic: &Clinic) -> Vec<String> {
    let patients = &clinic.session.records().patients;
    patients.ids().map(|patient| patients.name(patient)).collect()
}

fn repair(clinic: &mut Clinic, on: bool) -> Vec<Reply> {
    clinic.ask(&Request::Repair(on))
}

#[test]
fn it_is_offered_with_its_place_and_repaired_only_when_asked() {
    let mut clinic = clinic(&twice(PATIENTS));
    let offered = clinic.report().repair.expect("an offer");
    let line = "3 celler i patienter.csv ser ud til at være omkodet to gange: »Ã¸« i overskriften er \
                nok »ø«.";
    assert_eq!(offered, RepairView { lines: vec![line.to_owned()], done: false });
    assert_eq!(names(&clinic), ["SÃ¸ren Opdigtet", "Ã…se Ã†rlig"]);

    repair(&mut clinic, true);
    assert_eq!(names(&clinic), ["Søren Opdigtet", "Åse Ærlig"]);
    let done = clinic.report().repair.expect("what was done");
    assert_eq!(done.lines, ["4 tegn i patienter.csv er repareret."]);
    assert!(done.done);
    assert!(clinic.report().total.balanced);

    repair(&mut clinic, false);
    assert_eq!(names(&clinic), ["SÃ¸ren Opdigtet", "Ã…se Ã†rlig"]);
    assert_eq!(clinic.report().repair, Some(offered));
}

#[test]
fn so_is_text_that_was_read_as_iso_8859_1() {
    let text: String = PATIENTS.bytes().map(char::from).collect();
    let mut clinic = clinic(&text);
    assert!(clinic.report().repair.is_some());
    repair(&mut clinic, true);
    assert_eq!(names(&clinic), ["Søren Opdigtet", "Åse Ærlig"]);
}

#[test]
fn text_as_it_should_be_is_not_offered_for_repair() {
    let mut clinic = clinic(PATIENTS);
    assert_eq!(clinic.report().repair, None);
    repair(&mut clinic, true);
    assert_eq!(names(&clinic), ["Søren Opdigtet", "Åse Ærlig"]);
    assert_eq!(clinic.report().repair, None);
}

#[test]
fn a_saved_mapping_repairs_the_next_export() {
    let mapping = "tilpasning = 1\nreparer_tekst = true\n";
    let text = twice(PATIENTS);
    let files = [("patienter.csv", text.as_str()), ("m.toml", mapping)];
    let clinic = Clinic::with(Session::with_profiles(Vec::new()), &files);
    assert_eq!(names(&clinic), ["Søren Opdigtet", "Åse Ærlig"]);
}

#[test]
fn nothing_to_repair_is_said() {
    let mut session = Session::with_profiles(Vec::new());
    let mut replies = Vec::new();
    session.request(&Request::Repair(true), &mut |reply| replies.push(reply));
    assert!(matches!(replies.as_slice(), [Reply::Failed(_)]), "{replies:?}");
}
