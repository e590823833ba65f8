//! Periods, explanations and figures that test patients of profiles cannot express: package sizes,
//! evidence, near misses, practices.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use profilblik::day::Day;
use profilblik::evaluate::{Evaluator, NearMiss, UnknownReason};
use profilblik::measures::{Figure, figures};
use profilblik::profile::check;
use profilblik::profile::plan::Plan;
use profilblik::records::{Builder, PatientId, Records};
use profilblik::schema::{Field, Register};
use profilblik::truth::Truth;

fn plan(criteria: &str, rest: &str) -> Plan {
    let text = format!(
        "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"x\"\n{criteria}\n{rest}"
    );
    let checked = check("x.toml", &text);
    checked.plan.unwrap_or_else(|| panic!("{:#?}", checked.notes))
}

const NOW: &str = "[kriterie.nu]\nregister = \"medicin\"\nkoder = [\"N06DA\"]\ntid = \"periode\"\n";
const IN: &str = "[population]\ninklusion = { alle = [\"nu\"] }\n";

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

fn cells(cells: &[(Field, &str)]) -> Vec<(Field, String)> {
    cells.iter().map(|(field, text)| (*field, (*text).to_owned())).collect()
}

fn one(register: Register, row: &[(Field, &str)]) -> Records {
    let mut builder = Builder::new(&Register::ALL);
    builder.row(Register::Patient, "0101011PB0", &[]);
    builder.row(register, "0101011PB0", &cells(row));
    builder.finish()
}

fn verdict(row: &[(Field, &str)], index: &str) -> Truth {
    let (plan, records) = (plan(NOW, IN), one(Register::Medicin, row));
    Evaluator::new(&plan, &records, day(index)).verdicts(PatientId(0))[0]
}

#[test]
fn packages_times_size_over_daily_dose_rounded_down() {
    // 2 × 28 ÷ 1.5 = 37.3 → 37 days from 1 January end on 6 February.
    let row = [
        (Field::Kode, "N06DA02"),
        (Field::Dato, "2025-01-01"),
        (Field::AntalPakninger, "2"),
        (Field::Pakningsstoerrelse, "28 stk."),
        (Field::Doegndosis, "1,5"),
        (Field::Doseringsenhed, "tablet"),
    ];
    assert_eq!(verdict(&row, "2025-02-06"), Truth::Yes);
    assert_eq!(verdict(&row, "2025-02-07"), Truth::No);
}

#[test]
fn a_daily_dose_in_mg_computes_no_days() {
    let row = [
        (Field::Kode, "N06DA02"),
        (Field::Dato, "2025-01-01"),
        (Field::AntalPakninger, "1"),
        (Field::Pakningsstoerrelse, "10 stk."),
        (Field::Doegndosis, "10"),
        (Field::Doseringsenhed, "mg"),
    ];
    // Ten mg a day are not ten tablets a day: assumed cover, 1 January to 31 March.
    assert_eq!(verdict(&row, "2025-03-31"), Truth::Yes);
    assert_eq!(verdict(&row, "2025-04-01"), Truth::No);
}

#[test]
fn days_count_from_the_dispensing_open_orders_from_the_start() {
    let row = [
        (Field::Kode, "N06DA02"),
        (Field::Startdato, "2024-01-01"),
        (Field::UdleveretDato, "2025-01-01"),
        (Field::Dage, "10"),
    ];
    assert_eq!(verdict(&row, "2025-01-10"), Truth::Yes);
    assert_eq!(verdict(&row, "2025-01-11"), Truth::No);
    assert_eq!(verdict(&row, "2024-06-01"), Truth::No);
    let open = [
        (Field::Kode, "N06DA02"),
        (Field::Startdato, "2024-01-01"),
        (Field::UdleveretDato, "2025-01-01"),
        (Field::Aaben, "ja"),
    ];
    assert_eq!(verdict(&open, "2024-06-01"), Truth::Yes);
    assert_eq!(verdict(&open, "2030-06-01"), Truth::Yes);
}

#[test]
fn a_diagnosis_without_a_date_has_its_onset() {
    let plan = plan(
        "[kriterie.nu]\nregister = \"diagnose\"\nkoder = [\"P70\"]\nvindue = [\"-2 aar\", \"0 d\"]\n",
        IN,
    );
    let row = |field| one(Register::Diagnose, &[(Field::Kode, "P70"), (field, "2024-06-01")]);
    for field in [Field::Dato, Field::Debutdato] {
        let records = row(field);
        let evaluator = Evaluator::new(&plan, &records, day("2025-06-01"));
        assert_eq!(evaluator.verdicts(PatientId(0)), [Truth::Yes], "{field:?}");
    }
    let both = one(
        Register::Diagnose,
        &[(Field::Kode, "P70"), (Field::Dato, "2020-01-01"), (Field::Debutdato, "2025-01-01")],
    );
    assert_eq!(Evaluator::new(&plan, &both, day("2025-06-01")).verdicts(PatientId(0)), [Truth::No]);
}

#[test]
fn an_icd_code_beside_the_icpc_code_is_the_same_record() {
    let plan = plan(
        "[kriterie.nu]\nregister = \"diagnose\"\nsystem = \"ICD10\"\nkoder = [\"F32*\"]\nundtagen = [\"F329\"]\n",
        IN,
    );
    let records = one(
        Register::Diagnose,
        &[(Field::Kode, "P76"), (Field::Icd10, "DF320"), (Field::Dato, "2020-01-01")],
    );
    assert_eq!(
        Evaluator::new(&plan, &records, day("2025-06-01")).verdicts(PatientId(0)),
        [Truth::Yes]
    );
    let excepted = one(
        Register::Diagnose,
        &[(Field::Kode, "P76"), (Field::Icd10, "DF32.9"), (Field::Dato, "2020-01-01")],
    );
    assert_eq!(
        Evaluator::new(&plan, &excepted, day("2025-06-01")).verdicts(PatientId(0)),
        [Truth::No]
    );
}

#[test]
fn an_assumed_end_is_marked_on_the_evidence() {
    let (plan, records) = (
        plan(NOW, IN),
        one(Register::Medicin, &[(Field::Kode, "N06DA02"), (Field::Dato, "2025-05-01")]),
    );
    let explained = Evaluator::new(&plan, &records, day("2025-06-01")).explain(PatientId(0));
    let trace = &explained.criteria[0];
    assert_eq!(trace.truth, Truth::Yes);
    assert_eq!(trace.window, Some((day("2025-06-01"), day("2025-06-01"))));
    assert_eq!(trace.evidence.len(), 1);
    assert!(trace.evidence[0].sure);
    assert_eq!(trace.evidence[0].assumed_end, Some(day("2025-07-29")));
}

#[test]
fn a_no_says_by_how_many_days() {
    let (plan, records) = (
        plan(NOW, IN),
        one(
            Register::Medicin,
            &[
                (Field::Kode, "N06DA02"),
                (Field::Dato, "2025-01-01"),
                (Field::Slutdato, "2025-05-22"),
            ],
        ),
    );
    let explained = Evaluator::new(&plan, &records, day("2025-06-01")).explain(PatientId(0));
    assert!(
        matches!(explained.criteria[0].near_miss, Some(NearMiss::DaysTooOld(_, 10))),
        "{:?}",
        explained.criteria[0]
    );
    let later = Evaluator::new(&plan, &records, day("2024-12-30")).explain(PatientId(0));
    assert!(
        matches!(later.criteria[0].near_miss, Some(NearMiss::DaysTooNew(_, 2))),
        "{:?}",
        later.criteria[0]
    );
}

#[test]
fn a_no_says_by_how_much_and_which_record_decided() {
    let criteria = "[kriterie.nu]\nregister = \"proeve\"\nkoder = [\"DNK35302\"]\nvaelg = \"seneste\"\nvaerdi = \"< 60\"\n";
    let (plan, records) = (
        plan(criteria, IN),
        one(
            Register::Proeve,
            &[(Field::Kode, "DNK35302"), (Field::Dato, "2025-05-01"), (Field::Vaerdi, "62,5")],
        ),
    );
    let explained = Evaluator::new(&plan, &records, day("2025-06-01")).explain(PatientId(0));
    let trace = &explained.criteria[0];
    assert_eq!(trace.evidence.len(), 1, "the record that decided the no");
    let Some(NearMiss::Value(_, distance)) = &trace.near_miss else { panic!("{trace:?}") };
    assert_eq!(distance.to_string(), "2.5");
}

#[test]
fn a_no_says_how_many_are_missing_and_that_there_is_none() {
    let criteria = "[kriterie.nu]\nregister = \"medicin\"\nkoder = [\"N06DA\"]\nantal = \">= 3\"\n";
    let plan = plan(criteria, IN);
    let records = one(Register::Medicin, &[(Field::Kode, "N06DA02"), (Field::Dato, "2025-05-01")]);
    let explained = Evaluator::new(&plan, &records, day("2025-06-01")).explain(PatientId(0));
    assert_eq!(explained.criteria[0].near_miss, Some(NearMiss::TooFew { found: 1, needed: 3 }));
    let other = one(Register::Medicin, &[(Field::Kode, "C09AA05"), (Field::Dato, "2025-05-01")]);
    let explained = Evaluator::new(&plan, &other, day("2025-06-01")).explain(PatientId(0));
    assert_eq!(explained.criteria[0].near_miss, Some(NearMiss::NoRecord));
}

#[test]
fn an_unknown_says_why() {
    let (plan, undated) = (plan(NOW, IN), one(Register::Medicin, &[(Field::Kode, "N06DA02")]));
    let explained = Evaluator::new(&plan, &undated, day("2025-06-01")).explain(PatientId(0));
    assert!(matches!(explained.criteria[0].unknown, Some(UnknownReason::Undated(_))));
    let mut builder = Builder::new(&[Register::Diagnose]);
    builder.row(Register::Patient, "0101011PB0", &[]);
    let records = builder.finish();
    let evaluator = Evaluator::new(&plan, &records, day("2025-06-01"));
    assert_eq!(evaluator.missing_registers(), [Register::Medicin]);
    let explained = evaluator.explain(PatientId(0));
    assert_eq!(
        explained.criteria[0].unknown,
        Some(UnknownReason::RegisterMissing(Register::Medicin))
    );
    let population = evaluator.population();
    assert_eq!(population.undecided.len(), 1);
    assert_eq!(population.undecided[0].criteria.len(), 1);
}

#[test]
fn evidence_stands_newest_first() {
    let plan = plan("[kriterie.nu]\nregister = \"diagnose\"\nkoder = [\"P70\"]\n", IN);
    let mut builder = Builder::new(&Register::ALL);
    builder.row(Register::Patient, "0101011PB0", &[]);
    for date in ["2020-01-01", "2024-01-01", "", "2022-01-01"] {
        builder.row(
            Register::Diagnose,
            "0101011PB0",
            &cells(&[(Field::Kode, "P70"), (Field::Dato, date)]),
        );
    }
    let records = builder.finish();
    let explained = Evaluator::new(&plan, &records, day("2025-06-01")).explain(PatientId(0));
    let events = records.events(Register::Diagnose).unwrap();
    let days: Vec<Option<Day>> =
        explained.criteria[0].evidence.iter().map(|e| events.day(e.position)).collect();
    assert_eq!(
        days,
        [Some(day("2024-01-01")), Some(day("2022-01-01")), Some(day("2020-01-01")), None]
    );
}

#[test]
fn the_cpr_number_says_age_without_a_patient_register() {
    let plan = plan("[kriterie.nu]\nregister = \"patient\"\nalder = \">= 65\"\n", IN);
    let mut builder = Builder::new(&Register::ALL);
    builder.row(Register::Diagnose, "6201604112", &cells(&[(Field::Kode, "P70")]));
    let records = builder.finish();
    let evaluator = Evaluator::new(&plan, &records, day("2025-06-01"));
    assert_eq!(evaluator.verdicts(PatientId(0)), [Truth::Yes]);
}

#[test]
fn figures_stand_per_practice_with_the_undecided_beside_them() {
    let criteria = "[kriterie.dement]\nregister = \"diagnose\"\nkoder = [\"P70\"]\n\
        [kriterie.middel]\nregister = \"medicin\"\nkoder = [\"N06D\"]\ntid = \"periode\"\n";
    let rest = "[population]\ninklusion = { alle = [\"dement\"] }\n\
        [[maalepunkt]]\nid = \"andel\"\ntitel = \"a\"\ntaeller = \"middel\"\nnaevner = \"dement\"\npr = 100\nretning = \"ingen\"\n\
        [[maalepunkt]]\nid = \"pr1000\"\ntitel = \"b\"\ntaeller = \"dement\"\nnaevner = \"tilmeldte\"\npr = 1000\nretning = \"ingen\"\n";
    let plan = plan(criteria, rest);
    let mut builder = Builder::new(&Register::ALL);
    // Practice, status, dementia, medicine: none, dated, undated.
    let patients = [
        ("2", "tilmeldt", true, Some("2025-05-01")),
        ("2", "tilmeldt", true, None),
        ("1", "tilmeldt", true, Some("")),
        ("1", "tilmeldt", false, Some("2025-05-01")),
        ("1", "død", true, Some("2025-05-01")),
        ("", "", true, Some("2025-05-01")),
        ("3", "passant", true, None),
    ];
    for (number, (practice, status, dement, medicine)) in patients.into_iter().enumerate() {
        let cpr = format!("010101{number}PB0");
        builder.row(
            Register::Patient,
            &cpr,
            &cells(&[(Field::Ydernummer, practice), (Field::Status, status)]),
        );
        if dement {
            builder.row(
                Register::Diagnose,
                &cpr,
                &cells(&[(Field::Kode, "P70"), (Field::Dato, "2020-01-01")]),
            );
        }
        if let Some(date) = medicine {
            builder.row(
                Register::Medicin,
                &cpr,
                &cells(&[(Field::Kode, "N06DA02"), (Field::Dato, date)]),
            );
        }
    }
    let records = builder.finish();
    let found = figures(&Evaluator::new(&plan, &records, day("2025-06-01")));
    let figure = |id: &str, practice: Option<&str>, numerator, denominator, undecided| Figure {
        id: id.into(),
        ydernummer: practice.map(Into::into),
        numerator,
        denominator,
        undecided,
        per: if id == "andel" { 100 } else { 1000 },
    };
    let expected = [
        figure("andel", Some("1"), 0, 0, 1),
        figure("andel", Some("2"), 1, 2, 0),
        figure("andel", Some("3"), 0, 0, 0),
        figure("andel", None, 2, 3, 1),
        figure("pr1000", Some("1"), 1, 2, 0),
        figure("pr1000", Some("2"), 2, 2, 0),
        figure("pr1000", Some("3"), 0, 0, 0),
        figure("pr1000", None, 4, 5, 0),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_daily_dose_without_a_unit_counts_dose_units_with_and_without_the_column() {
    let row = [
        (Field::Kode, "N06DA02"),
        (Field::Dato, "2025-01-01"),
        (Field::AntalPakninger, "1"),
        (Field::Pakningsstoerrelse, "10 stk."),
        (Field::Doegndosis, "1"),
    ];
    let with_column = [&row[..], &[(Field::Doseringsenhed, "")]].concat();
    for row in [&row[..], &with_column] {
        assert_eq!(verdict(row, "2025-01-10"), Truth::Yes);
        assert_eq!(verdict(row, "2025-01-11"), Truth::No);
    }
}
