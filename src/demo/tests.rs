use std::collections::{HashMap, HashSet};

use super::*;
use crate::cpr::{Cpr, Sex};

fn text(files: &[(String, Vec<u8>)], at: usize) -> &str {
    std::str::from_utf8(&files[at].1).unwrap()
}

fn cells(files: &[(String, Vec<u8>)], at: usize) -> Vec<Vec<&str>> {
    text(files, at).lines().skip(1).map(|line| line.split(';').collect()).collect()
}

#[test]
fn the_default_day_is_a_date_and_not_the_clock() {
    assert_eq!(INDEX_DAY.to_string(), "2026-11-01");
}

#[test]
fn same_arguments_same_bytes_and_every_argument_matters() {
    let made = files(60, 7, INDEX_DAY);
    assert_eq!(made, files(60, 7, INDEX_DAY));
    assert_ne!(made, files(60, 8, INDEX_DAY));
    assert_ne!(made, files(60, 7, INDEX_DAY.add_days(1)));
}

#[test]
fn fewer_patients_are_a_prefix_of_more() {
    let (few, more) = (files(20, 3, INDEX_DAY), files(50, 3, INDEX_DAY));
    let (few, more) = (cells(&few, 0), cells(&more, 0));
    assert_eq!(few[..], more[..20]);
}

#[test]
fn cpr_numbers_are_unique_never_issued_and_tell_birth_and_sex() {
    let made = files(3_000, 1, INDEX_DAY);
    let rows = cells(&made, 0);
    let unique: HashSet<&str> = rows.iter().map(|r| r[0]).collect();
    assert_eq!(unique.len(), 3_000);
    for row in rows {
        let cpr = Cpr::parse(row[0]).unwrap();
        let day: u32 = row[0][..2].parse().unwrap();
        assert!((61..=91).contains(&day), "{}", row[0]);
        assert_eq!(cpr.birth().map(Day::danish).as_deref(), Some(row[3]));
        assert_eq!(cpr.sex() == Some(Sex::Female), row[2] == "K");
    }
}

#[test]
fn every_row_has_the_columns_of_its_heading_and_a_known_patient() {
    let made = files(200, 2, INDEX_DAY);
    let patients: HashSet<String> = cells(&made, 0).iter().map(|r| r[0].to_owned()).collect();
    for (at, register) in Register::ALL.into_iter().enumerate() {
        let columns = heading(register).split(';').count();
        let strangers = cells(&made, at).iter().filter(|r| !patients.contains(r[0])).count();
        assert!(cells(&made, at).iter().all(|r| r.len() == columns), "{register:?}");
        let expected = usize::from(matches!(register, Register::Proeve | Register::Ydelse));
        assert_eq!(
            strangers, expected,
            "{register:?}: only the repeated heading and the row without CPR"
        );
    }
}

#[test]
fn volumes_are_those_of_a_clinic() {
    let made = files(1_000, 1, INDEX_DAY);
    let per_patient: Vec<usize> = (1..7).map(|at| cells(&made, at).len() / 10).collect();
    // per 100 patients: diagnoses 1500, medicines 9000, results 12200, services 10000, 1200, 600
    for (rows, wanted) in per_patient.iter().zip([1_500, 9_000, 12_200, 10_000, 1_200, 600]) {
        assert!((wanted * 85 / 100..wanted * 115 / 100).contains(rows), "{per_patient:?}");
    }
}

#[test]
fn records_end_with_the_export_and_only_appointments_lie_ahead() {
    let made = files(300, 1, INDEX_DAY);
    let date = |text: &str| {
        let parts: Vec<&str> = text.split('-').collect();
        Day::parse_iso(&format!("{}-{}-{}", parts.get(2)?, parts.get(1)?, parts[0]))
    };
    for (at, column) in [(1, 4), (2, 11), (3, 5), (4, 3), (6, 1)] {
        let latest = cells(&made, at).iter().filter_map(|r| date(r[column])).max().unwrap();
        assert!(latest <= INDEX_DAY, "file {at}: {latest}");
        assert!(latest > INDEX_DAY.add_days(-30), "file {at}: {latest}");
    }
    assert!(cells(&made, 5).iter().filter_map(|r| date(r[1])).any(|d| d > INDEX_DAY));
}

#[test]
fn what_the_page_should_be_able_to_show_is_in_it() {
    let made = files(1_600, SEED, INDEX_DAY);
    let status: HashMap<&str, usize> =
        cells(&made, 0).iter().fold(HashMap::new(), |mut seen, r| {
            *seen.entry(r[8]).or_default() += 1;
            seen
        });
    for standing in ["tilmeldt", "passant", "fraflyttet", "død"] {
        assert!(status.contains_key(standing), "{standing}: {status:?}");
    }
    assert!(status["tilmeldt"] > 1_500, "{status:?}");
    assert!(cells(&made, 1).iter().filter(|r| r[4].is_empty()).count() > 5, "undated diagnoses");
    assert!(cells(&made, 2).iter().any(|r| r[6].is_empty()), "doses that are no number");
    assert!(
        cells(&made, 2).iter().any(|r| r[9].is_empty() && r[11].is_empty()),
        "undated medicines"
    );
    assert!(cells(&made, 3).iter().any(|r| r[3] == ">90"), "intervals");
    assert!(cells(&made, 3).iter().any(|r| r[3] == "se bemærkning"), "answers in words");
    let medicines = cells(&made, 2);
    let copies = medicines.windows(2).filter(|w| w[0] == w[1]).count();
    assert!(medicines.iter().collect::<HashSet<_>>().len() < medicines.len(), "copies: {copies}");
}
