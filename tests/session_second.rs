//! A second export: added to the first or in its place, and what changed is said.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "sessions/clinic.rs"]
mod clinic;

use clinic::Clinic;
use profilblik::profile::check;
use profilblik::protocol::{Change, Reply, Request};
use profilblik::session::Session;
use profilblik::view::second::{ChangedProfile, ChangedRegister, SecondView};

const PROFILE: &str = r#"
format = 1
[profil]
id = "har_kode"
version = "1.0"
titel = "Har koden"
[kriterie.kode]
tekst = "Har koden Q99"
register = "diagnose"
koder = ["Q99"]
[population]
inklusion = { alle = ["kode"] }
"#;

const PATIENTS: &str = "cpr;navn;status\n\
    6101016006;Opdigtet Et;tilmeldt\n6101016014;Opdigtet To;tilmeldt\n";
const DIAGNOSES: &str = "cpr;diagnosekode;dato\n\
    6101016006;Q99;01-02-2026\n6101016014;Q98;03-02-2026\n";
/// One as before, one gone, one new; a third patient.
const NEWER: &str = "cpr;diagnosekode;dato\n\
    6101016014;Q98;03-02-2026\n6101016014;Q99;04-03-2026\n6101016022;Q99;05-03-2026\n";

fn clinic(files: &[(&str, &str)]) -> Clinic {
    Clinic::with(Session::with_profiles(vec![check("har_kode.toml", PROFILE)]), files)
}

fn first() -> Clinic {
    clinic(&[("patienter.csv", PATIENTS), ("diagnoser.csv", DIAGNOSES)])
}

fn second() -> Clinic {
    let mut clinic = first();
    clinic.drop_files(&[("diagnoser_ny.csv", NEWER)]);
    clinic
}

fn said(clinic: &Clinic) -> SecondView {
    *clinic.report().second.expect("there were two drops")
}

fn choose(clinic: &mut Clinic, replace: bool) -> Vec<Reply> {
    clinic.ask(&Request::Second { replace })
}

fn register(view: &SecondView, name: &str) -> ChangedRegister {
    view.registers.iter().find(|register| register.name == name).expect(name).clone()
}

fn only(view: &SecondView) -> ChangedProfile {
    assert_eq!(view.profiles.len(), 1, "{view:#?}");
    view.profiles[0].clone()
}

fn shown(of: &[profilblik::view::second::ChangedPerson]) -> Vec<&str> {
    of.iter().map(|person| person.shown.as_str()).collect()
}

/// Everything that rests on the rows; not where they stand.
fn state(clinic: &Clinic) -> (Vec<(String, String)>, u64, usize) {
    let overview = clinic.session.overview();
    let rows = overview.rows.iter().map(|row| (row.id.clone(), row.members_text.clone()));
    let records = clinic.session.records();
    (rows.collect(), records.duplicates(), records.patients.len())
}

#[test]
fn the_first_drop_changes_nothing_and_asks_nothing() {
    let mut clinic = first();
    assert_eq!(clinic.report().second, None);
    let replies = choose(&mut clinic, true);
    assert!(matches!(replies.as_slice(), [Reply::Failed(text)] if text.contains("til fælles")));
    assert_eq!(clinic.report().files.len(), 2);
}

#[test]
fn without_a_choice_the_rows_are_added_and_it_is_said() {
    let clinic = second();
    let view = said(&clinic);
    assert!(!view.replaced && view.outside.is_empty());
    assert_eq!(
        view.shared,
        "Diagnoser var læst før. De nye rækker er lagt til, og en række, der står begge steder, tæller én gang."
    );
    let rows = register(&view, "Diagnoser");
    assert_eq!(
        (rows.rows, rows.patients),
        (["2", "4"].map(Into::into), ["2", "3"].map(Into::into))
    );
    assert_eq!(register(&view, "Patienter").rows, ["2", "2"].map(String::from));
    assert_eq!(clinic.session.records().duplicates(), 1, "what stands in both counts once");
    let profile = only(&view);
    assert_eq!(profile.members, ["1", "2"].map(String::from));
    assert_eq!(profile.changed, ["1", "0"].map(String::from));
    assert_eq!(shown(&profile.came), ["610101-6014 Opdigtet To"]);
    assert_eq!(view.unchanged, "0 profiler har de samme patienter som før.");
    assert_eq!(view.dates, "Før er gjort op pr. 03-02-2026, nu pr. 05-03-2026.");
}

#[test]
fn replaced_is_as_if_the_earlier_rows_had_never_been_read() {
    let mut clinic = second();
    let replies = choose(&mut clinic, true);
    assert!(matches!(replies.last(), Some(Reply::Overview(_))));
    let fresh = self::clinic(&[("patienter.csv", PATIENTS), ("diagnoser_ny.csv", NEWER)]);
    assert_eq!(state(&clinic), state(&fresh));
    let (report, expected) = (clinic.report(), fresh.report());
    assert_eq!(report.account, expected.account, "the account is of what is used");
    assert_eq!(report.files, expected.files);
    assert_eq!(clinic.session.overview().strip.file, "2 filer");

    let view = said(&clinic);
    assert!(view.replaced);
    assert_eq!(view.outside, "1 tidligere tabel med 2 rækker er erstattet og regnes ikke med.");
    assert_eq!(register(&view, "Diagnoser").rows, ["2", "3"].map(String::from));
    let profile = only(&view);
    assert_eq!(profile.changed, ["1", "1"].map(String::from));
    assert_eq!(shown(&profile.came), ["610101-6014 Opdigtet To"]);
    assert_eq!(shown(&profile.went), ["610101-6006 Opdigtet Et"]);
}

#[test]
fn the_choice_can_be_taken_back() {
    let mut clinic = second();
    let (before, view) = (state(&clinic), said(&clinic));
    choose(&mut clinic, true);
    assert_ne!(state(&clinic), before);
    choose(&mut clinic, false);
    assert_eq!(state(&clinic), before);
    assert_eq!(said(&clinic), view);
}

#[test]
fn of_a_file_with_several_registers_only_those_that_are_replaced_are_left_out() {
    // A wide row holds the patient and the codes.
    let wide = "CPR;Navn;Diagnoser\n6101016006;Opdigtet Et;Z99, Z98\n6101016014;Opdigtet To;Z98\n";
    let mut clinic = clinic(&[("liste.csv", wide)]);
    assert_eq!(clinic.report().files.len(), 2, "the list, and the codes in its cells");
    clinic.drop_files(&[("diagnoser_ny.csv", NEWER)]);
    choose(&mut clinic, true);
    let registers: Vec<&str> =
        clinic.session.records().sources.iter().map(|source| source.register.name()).collect();
    assert_eq!(registers, ["patient", "diagnose"]);
    assert_eq!(
        said(&clinic).outside,
        "1 tidligere tabel med 3 rækker er erstattet og regnes ikke med."
    );
    assert!(clinic.session.records().sources[1].name.starts_with("diagnoser_ny"));
}

#[test]
fn a_third_drop_asks_about_itself_and_leaves_the_earlier_choice() {
    let mut clinic = second();
    choose(&mut clinic, true);
    clinic.drop_files(&[("patienter_ny.csv", PATIENTS)]);
    let view = said(&clinic);
    assert!(view.shared.starts_with("Patienter var læst før."), "{}", view.shared);
    assert!(view.shared.ends_with("gælder det, der er læst først."));
    assert_eq!(view.profiles, [], "the earlier choice holds");
    choose(&mut clinic, true);
    let names: Vec<String> = clinic.report().files.iter().map(|file| file.name.clone()).collect();
    assert_eq!(names, ["patienter_ny.csv", "diagnoser_ny.csv"]);
}

#[test]
fn a_register_that_only_the_new_files_hold_is_not_asked_about() {
    let mut clinic = first();
    clinic.drop_files(&[("ydelser.csv", "cpr;ydelseskode;dato\n6101016006;9999;01-02-2026\n")]);
    let view = said(&clinic);
    assert_eq!(view.shared, "");
    assert_eq!(register(&view, "Ydelser").rows, ["–", "1"].map(String::from));
    assert_eq!(view.unchanged, "Alle profiler har de samme patienter som før.");
}

#[test]
fn a_correction_that_makes_another_register_of_the_new_table_brings_the_earlier_rows_back() {
    let mut clinic = first();
    // Other headings, so that the correction is for this table alone.
    let newer = NEWER.replacen("diagnosekode", "icpc", 1);
    clinic.drop_files(&[("diagnoser_ny.csv", &newer)]);
    choose(&mut clinic, true);
    assert_eq!(clinic.report().files.len(), 2);
    clinic.correct("diagnoser_ny.csv", Change::Register("ydelse".into()));
    let files: Vec<(String, String)> =
        clinic.report().files.iter().map(|f| (f.name.clone(), f.register.clone())).collect();
    assert!(files.contains(&("diagnoser.csv".into(), "Diagnoser".into())), "{files:?}");
    assert_eq!(said(&clinic).shared, "");
}

#[test]
fn under_the_cover_who_came_and_went_has_pseudonyms() {
    let mut clinic = second();
    choose(&mut clinic, true);
    let replies = clinic.ask(&Request::Cover(Some((1, 2))));
    let text = format!("{replies:?}");
    assert!(!text.contains("6014") && !text.contains("Opdigtet"), "{text}");
    let view = replies.iter().find_map(|reply| match reply {
        Reply::Read(view) => view.second.clone(),
        _ => None,
    });
    let profile = only(&view.expect("the report"));
    assert!(profile.came[0].shown.starts_with("Patient "), "{profile:?}");
}

#[test]
fn everything_is_forgotten_with_the_invented_patients() {
    let mut clinic = second();
    choose(&mut clinic, true);
    clinic.ask(&Request::Demo { patients: 20, today: clinic::TODAY.into() });
    assert_eq!(clinic.report().second, None);
}
