//! Correcting how tables are read: by choosing, and by a mapping file that holds no patient's data.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "sessions/clinic.rs"]
mod clinic;

use clinic::Clinic;
use profilblik::protocol::{Change, Reply, Request};
use profilblik::view::mapping::Confidence;

const PATIENTS: &str = "cpr;navn\n6101016006;Opdigtet Et\n6101016014;Opdigtet To\n";
/// Two columns of codes; the one of no known heading is not used.
const DIAGNOSES: &str = "cpr;diagnosekode;dato;Kode2\n\
    6101016006;Z01;01-02-2026;Z02\n6101016014;Z03;03-02-2026;Z04\n";
/// Of no known register, and by its columns of nothing.
const STRANGE: &str =
    "Borger;Hvad;Hvornaar\n6101016006;AAA;01-02-2026\n6101016014;BBB;02-02-2026\n";

fn column(column: u32, field: &str) -> Change {
    Change::Column { column, field: field.into() }
}

#[test]
fn the_view_says_what_was_understood_and_why() {
    let mut clinic = Clinic::new(&[("patienter.csv", PATIENTS), ("diagnoser.csv", DIAGNOSES)]);
    let view = clinic.mapping("diagnoser.csv");
    assert_eq!(view.register, "diagnose");
    assert!(view.reason.starts_with("Kendt på filnavn 4, overskrifter"), "{}", view.reason);
    assert_eq!(view.effect, "Rækker brugt: 2");
    assert!(!view.corrected && view.registers.len() == 7);
    let of: Vec<_> = view.columns.iter().map(|c| (c.field.as_str(), c.confidence)).collect();
    assert_eq!(of[0], ("cpr", Confidence::Sure));
    assert_eq!(of[1].0, "kode");
    assert_eq!(of[3], ("", Confidence::None));
    assert_eq!(view.columns[3].samples, ["Z02", "Z04"]);
    assert!(view.columns[1].used_by.ends_with(" profiler"), "{}", view.columns[1].used_by);
    assert!(view.fields.iter().any(|(name, _)| name == "kode"));
    assert!(!view.file.contains("6101016006") && !view.file.contains("Z02"), "{}", view.file);
}

#[test]
fn a_column_is_corrected_the_table_is_read_again_and_the_old_reading_comes_back() {
    let mut clinic = Clinic::new(&[("patienter.csv", PATIENTS), ("diagnoser.csv", DIAGNOSES)]);
    let before = clinic.read_as("diagnoser.csv");
    let replies = clinic.correct("diagnoser.csv", column(3, "kode"));
    assert!(
        replies.iter().any(|reply| matches!(reply, Reply::Read(view) if view.files.len() == 2))
    );
    assert!(matches!(replies.last(), Some(Reply::Overview(_))));
    let (register, fields, used) = clinic.read_as("diagnoser.csv");
    assert_eq!((register, used), ("diagnose", 2));
    assert_eq!((fields[1], fields[3]), ("", "kode"));
    let view = clinic.mapping("diagnoser.csv");
    assert!(view.corrected);
    assert_eq!(view.columns[3].confidence, Confidence::Chosen);
    assert_eq!(view.columns[1].remark, "Passer også til »kode«, som »Kode2« er læst som.");
    assert_eq!(view.effect, "Rækker brugt: 2 → 2");
    clinic.correct("diagnoser.csv", Change::Forget);
    assert_eq!(clinic.read_as("diagnoser.csv"), before);
    assert!(!clinic.mapping("diagnoser.csv").corrected);
}

#[test]
fn no_profile_is_evaluated_on_rows_that_are_gone() {
    let mut clinic = Clinic::new(&[("patienter.csv", PATIENTS), ("diagnoser.csv", DIAGNOSES)]);
    let fresh = clinic.session.overview();
    clinic.correct("diagnoser.csv", Change::Register("ydelse".into()));
    assert_eq!(clinic.read_as("diagnoser.csv").0, "ydelse");
    assert!(!clinic.session.records().has(profilblik::schema::Register::Diagnose));
    assert_ne!(clinic.session.overview(), fresh);
    clinic.correct("diagnoser.csv", Change::Forget);
    assert_eq!(clinic.session.overview(), fresh);
}

#[test]
fn a_key_column_without_numbers_uses_no_row_and_says_so() {
    let mut clinic = Clinic::new(&[("patienter.csv", PATIENTS), ("diagnoser.csv", DIAGNOSES)]);
    clinic.correct("diagnoser.csv", column(1, "cpr"));
    assert_eq!(clinic.read_as("diagnoser.csv").2, 0);
    assert_eq!(clinic.mapping("diagnoser.csv").effect, "Rækker brugt: 2 → 0");
}

#[test]
fn a_saved_mapping_reads_the_next_export_alike() {
    let mut first = Clinic::new(&[("diagnoser.csv", DIAGNOSES)]);
    first.correct("diagnoser.csv", column(3, "kode"));
    let saved = first.mapping("diagnoser.csv").file;
    let next = DIAGNOSES.replace("03-02-2026", "04-05-2026");
    // In the same drop, whatever the order; and behind tables that were read without it.
    for files in [
        vec![("udtraek_7.csv", next.as_str()), ("tilpasning.toml", saved.as_str())],
        vec![("tilpasning.toml", saved.as_str()), ("udtraek_7.csv", next.as_str())],
    ] {
        let clinic = Clinic::new(&files);
        assert_eq!(clinic.refusals(), [] as [&str; 0]);
        assert_eq!(clinic.read_as("udtraek_7.csv").1, first.read_as("diagnoser.csv").1);
    }
    let mut late = Clinic::new(&[("patienter.csv", PATIENTS), ("udtraek_7.csv", &next)]);
    assert_ne!(late.read_as("udtraek_7.csv").1, first.read_as("diagnoser.csv").1);
    late.drop_files(&[("tilpasning.toml", &saved)]);
    assert_eq!(late.read_as("udtraek_7.csv").1, first.read_as("diagnoser.csv").1);
    assert_eq!(late.session.records().sources.len(), 2);
    late.drop_files(&[("igen.csv", &next)]);
    assert_eq!(late.read_as("igen.csv").1, first.read_as("diagnoser.csv").1);
}

#[test]
fn a_table_without_one_known_heading_is_read_by_its_mapping() {
    let mapping = "tilpasning = 1\n[[tabel]]\noverskrifter = [\"borger\", \"hvad\", \"hvornaar\"]\n\
        register = \"ydelse\"\nkolonner = { borger = \"cpr\", hvad = \"kode\", hvornaar = \"dato\" }\n";
    let mut clinic = Clinic::new(&[("fremmed.csv", STRANGE)]);
    let without = clinic.refusals().len() + clinic.session.records().sources.len();
    assert_eq!(without, 1);
    clinic.drop_files(&[("tilpasning.toml", mapping)]);
    assert_eq!(clinic.refusals(), [] as [&str; 0]);
    assert_eq!(clinic.read_as("fremmed.csv"), ("ydelse", vec!["cpr", "kode", "dato"], 2));
}

#[test]
fn a_mapping_with_a_wrong_key_is_refused_with_its_line_and_changes_nothing() {
    let wrong = "tilpasning = 1\n[[tabel]]\nfil = \"diagnoser*\"\nregistre = \"ydelse\"\n";
    let mut clinic = Clinic::new(&[("diagnoser.csv", DIAGNOSES)]);
    let before = clinic.read_as("diagnoser.csv");
    clinic.drop_files(&[("tilpasning.toml", wrong)]);
    assert_eq!(
        clinic.refusals(),
        ["tilpasning.toml er en tilpasning med 1 fejl og er ikke taget i brug. Linje 4: ukendt \
          nøgle »registre« (kendt her: fil, overskrifter, register, kolonner)."]
    );
    assert_eq!(clinic.read_as("diagnoser.csv"), before);
}

#[test]
fn invented_patients_can_be_corrected_too() {
    let mut clinic = Clinic::new(&[]);
    clinic.ask(&Request::Demo { patients: 40, today: clinic::TODAY.into() });
    let table = clinic.session.records().sources[1].name.clone();
    let at = clinic.read_as(&table).1.iter().position(|field| *field == "kode").unwrap();
    clinic.correct(&table, column(u32::try_from(at).unwrap(), ""));
    assert_eq!(clinic.read_as(&table).1[at], "");
    assert!(clinic.mapping(&table).missing[0].starts_with("Ingen kolonne er læst som »kode«"));
}

#[test]
fn under_the_cover_no_cell_and_no_file_name_is_told_and_corrections_still_work() {
    let mut clinic = Clinic::new(&[("patienter.csv", PATIENTS), ("diagnoser.csv", DIAGNOSES)]);
    let replies = clinic.ask(&Request::Cover(Some((1, 2))));
    let Some(Reply::Read(import)) = replies.first() else { panic!("{replies:?}") };
    let shown = import.files[1].name.clone();
    assert_ne!(shown, "diagnoser.csv");
    let view = clinic.mapping(&shown);
    assert_eq!((view.table, view.file), (shown.clone(), String::new()));
    assert!(view.columns.iter().all(|column| column.samples.is_empty()));
    clinic.correct(&shown, column(3, "kode"));
    assert_eq!(clinic.read_as("diagnoser.csv").1[3], "kode");
}

#[test]
fn a_table_that_was_refused_is_read_as_somebody_says() {
    let mut clinic = Clinic::new(&[("patienter.csv", PATIENTS), ("x.csv", STRANGE)]);
    assert!(clinic.refusals()[0].starts_with("x.csv"), "{:?}", clinic.refusals());
    assert!(clinic.report().refused[0].is_table);
    let view = clinic.mapping("x.csv");
    assert_eq!((view.register.as_str(), view.effect.as_str()), ("", "Rækker brugt: 0"));
    assert_eq!(view.reason, clinic.refusals()[0]);
    assert_eq!(view.fields.len(), 1, "only the column of the CPR numbers can be said yet");
    assert_eq!(view.columns[1].samples, ["AAA", "BBB"]);
    let key = &view.columns[0];
    assert_eq!((key.field.as_str(), key.confidence), ("cpr", Confidence::Likely));

    clinic.correct("x.csv", Change::Register("ydelse".into()));
    assert_eq!(clinic.refusals(), [] as [&str; 0]);
    clinic.correct("x.csv", column(1, "tekst"));
    assert_eq!(clinic.read_as("x.csv"), ("ydelse", vec!["cpr", "tekst", "dato"], 2));
    assert_eq!(clinic.mapping("x.csv").effect, "Rækker brugt: 2 → 2");

    clinic.correct("x.csv", Change::Forget);
    assert_eq!(clinic.refusals().len(), 1);
    assert_eq!(clinic.mapping("x.csv").effect, "Rækker brugt: 2 → 0");
}

#[test]
fn the_column_of_the_cpr_numbers_can_be_said_where_none_was_found() {
    let text = "noegle;hvad\n6101016006;AAA\nukendt;BBB\nukendt;CCC\n6101016014;DDD\n";
    let mut clinic = Clinic::new(&[("patienter.csv", PATIENTS), ("x.csv", text)]);
    assert_eq!(clinic.session.refused()[0].1.code, "no-cpr");
    clinic.correct("x.csv", column(0, "cpr"));
    assert_eq!(clinic.session.refused()[0].1.code, "unknown-table");
    let view = clinic.mapping("x.csv");
    assert_eq!(
        (view.columns[0].field.as_str(), view.columns[0].confidence),
        ("cpr", Confidence::Chosen)
    );
    clinic.correct("x.csv", Change::Register("aftale".into()));
    let (register, fields, used) = clinic.read_as("x.csv");
    assert_eq!((register, fields[0], used), ("aftale", "cpr", 2));
}

#[test]
fn what_is_no_table_cannot_be_said() {
    let mut clinic = Clinic::new(&[("patienter.csv", PATIENTS), ("liste.pdf", "%PDF-1.4")]);
    assert!(!clinic.report().refused[0].is_table);
    let answer = clinic.ask(&Request::Mapping("liste.pdf".into())).pop();
    assert!(matches!(answer, Some(Reply::Failed(_))), "{answer:?}");
}
