//! The words of near misses of treatments, courses and derived values, in both languages.

use crate::treatment::{Row, records};
use profilblik::day::Day;
use profilblik::evaluate::Evaluator;
use profilblik::note::Language;
use profilblik::profile::check_without_tests;
use profilblik::records::PatientId;
use profilblik::schema::{Field, Register};
use profilblik::view::patient;

// On 1 June 2025; `dates` are start and end of rows of one medicine.
fn reasons(criteria: &str, rows: &[Row]) -> [String; 2] {
    let text = format!(
        "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"X\"\n{criteria}\n\
         [population]\ninklusion = {{ alle = [\"x\"] }}\n"
    );
    let checked = check_without_tests("x.toml", &text);
    let plan = checked.plan.unwrap_or_else(|| panic!("{text}\n{:?}", checked.notes));
    let records = records(rows);
    let evaluator = Evaluator::new(&plan, &records, Day::parse_iso("2025-06-01").unwrap());
    [Language::Danish, Language::English].map(|language| {
        let shown = patient::patient(&evaluator, PatientId(0), &[], &[], &[], language);
        shown.criteria[0].reason.clone()
    })
}

fn drug(code: &str, from: &str, to: &str) -> Row {
    let cells = [(Field::Kode, code), (Field::Dato, from), (Field::Slutdato, to)];
    let written = cells.iter().filter(|(_, text)| !text.is_empty());
    let cells = written.map(|(field, text)| (*field, (*text).to_owned())).collect();
    (Register::Medicin, 0, cells)
}

fn ill(code: &str, day: &str) -> Row {
    let cells = vec![(Field::Kode, code.to_owned()), (Field::Dato, day.to_owned())];
    (Register::Diagnose, 0, cells)
}

fn holds(keys: &str, rows: &[Row], danish: &str, english: &str) {
    let criteria = format!("[kriterie.x]\n{keys}\n");
    assert_eq!(reasons(&criteria, rows), [danish, english], "{keys}");
}

const DRUG: &str = "register = \"medicin\"\nkoder = [\"Q90\"]\n";

#[test]
fn a_treatment_that_ended_is_named_by_its_end() {
    let keys = format!("{DRUG}tid = \"periode\"\nvindue = [\"-30 d\", \"0 d\"]");
    holds(
        &keys,
        &[drug("Q90AA01", "2025-01-01", "2025-04-24")],
        "Seneste Q90 sluttede 24-04-2025, 8 dage før vinduet begynder 02-05-2025.",
        "The latest Q90 ended 24-04-2025, 8 days before the window begins 02-05-2025.",
    );
    holds(
        &keys,
        &[drug("Q90AA01", "2025-01-31", "")],
        "Seneste Q90 sluttede 30-04-2025 (antaget), 2 dage før vinduet begynder 02-05-2025.",
        "The latest Q90 ended 30-04-2025 (assumed), 2 days before the window begins 02-05-2025.",
    );
    holds(
        &keys,
        &[drug("Q90AA01", "2025-06-03", "")],
        "Første Q90 er 03-06-2025, 2 dage efter vinduet slutter 01-06-2025.",
        "The first Q90 is 03-06-2025, 2 days after the window ends 01-06-2025.",
    );
}

#[test]
fn a_course_says_its_gap_or_how_short_it_is() {
    let keys = |limit: &str| {
        format!("{DRUG}gab = \"92 d\"\nberegning = \"aktuelt_forloeb\"\nvaerdi = \"{limit}\"")
    };
    // Without treatment from 11 February to 16 May: 95 days.
    let earlier = drug("Q90AA01", "2024-06-01", "2025-02-10");
    holds(
        &keys("> 6 mdr"),
        &[earlier.clone(), drug("Q90AA01", "2025-05-17", "2025-06-30")],
        "Ophold på 95 dage; højst 92 er tilladt: 3 dage for langt.",
        "A gap of 95 days; at most 92 allowed: 3 days too long.",
    );
    holds(
        &keys("< 100 d"),
        &[drug("Q90AA01", "2024-06-01", "2025-02-28")],
        "Ophold på 93 dage; højst 92 er tilladt: 1 dag for langt.",
        "A gap of 93 days; at most 92 allowed: 1 day too long.",
    );
    holds(
        &keys(">= 6 mdr"),
        &[
            ill("Q11", "2020-01-01"),
            drug("Q91BB01", "2024-01-01", ""),
            drug("Q90AA01", "2024-12-02", "2025-06-30"),
        ],
        "Forløbet er fra 02-12-2024, 181 dage. Kravet er mindst 6 mdr: 1 dag for kort.",
        "The course is from 02-12-2024, 181 days. The requirement is at least 6 mdr: 1 day too short.",
    );
}

#[test]
fn derived_numbers_say_what_they_are() {
    let derived = |what: &str, limit: &str| {
        format!("{DRUG}vindue = [\"-30 d\", \"0 d\"]\nberegning = \"{what}\"\nvaerdi = \"{limit}\"")
    };
    let rows = [drug("Q90AA01", "2025-05-10", "2025-05-29")];
    holds(
        &derived("daekkede_dage", ">= 21"),
        &rows,
        "Dækkede dage: 20. Kravet er mindst 21: 1 for lavt.",
        "Days covered: 20. The requirement is at least 21: 1 too low.",
    );
    holds(
        &derived("daekkede_dage", ">= 21"),
        &[drug("Q90AA01", "2025-01-01", "2025-04-24")],
        "Seneste Q90 sluttede 24-04-2025, 8 dage før vinduet begynder 02-05-2025.",
        "The latest Q90 ended 24-04-2025, 8 days before the window begins 02-05-2025.",
    );
    holds(
        &derived("antal_praeparater", ">= 1"),
        &rows,
        "Seneste Q90 sluttede 29-05-2025, 3 dage før vinduet begynder 01-06-2025.",
        "The latest Q90 ended 29-05-2025, 3 days before the window begins 01-06-2025.",
    );
    holds(
        &derived("dage_siden", "> 30"),
        &rows,
        "Seneste er fra 10-05-2025, 22 dage. Kravet er over 30: 9 dage for kort.",
        "The latest is from 10-05-2025, 22 days. The requirement is over 30: 9 days too short.",
    );
    holds(
        &derived("dage_siden", ">= 0").replace("\"0 d\"", "\"9 d\""),
        &[drug("Q90AA01", "2025-06-03", "")],
        "Seneste er fra 03-06-2025, om 2 dage. Kravet er mindst 0: 2 dage for kort.",
        "The latest is from 03-06-2025, in 2 days. The requirement is at least 0: 2 days too short.",
    );
    holds(
        &derived("maaneder_siden", ">= 1"),
        &rows,
        "Måneder siden seneste: 0. Kravet er mindst 1: 1 for lavt.",
        "Months since the latest: 0. The requirement is at least 1: 1 too low.",
    );
}

#[test]
fn simultaneous_days_are_counted() {
    let criteria = format!(
        "[kriterie.x]\nsamtidig = {{ af = [\"a\", \"b\"], vindue = [\"-30 d\", \"0 d\"], mindst_dage = 7 }}\n\
         [kriterie.a]\n{DRUG}\n[kriterie.b]\nregister = \"medicin\"\nkoder = [\"Q91\"]\n"
    );
    let rows =
        [drug("Q90AA01", "2025-05-01", "2025-05-10"), drug("Q91BB01", "2025-05-05", "2025-05-30")];
    assert_eq!(
        reasons(&criteria, &rows),
        [
            "På samme tid i 6 dage; mindst 7 er krævet: 1 for lidt.",
            "At the same time on 6 days; at least 7 required: 1 too few.",
        ]
    );
}

#[test]
fn an_anchor_that_is_not_there_says_why() {
    let criteria = format!(
        "[kriterie.x]\ntekst = \"X\"\nregister = \"diagnose\"\nkoder = [\"Q12\"]\n\
         anker = {{ kriterie = \"a\", vaelg = \"foerste\" }}\nvindue = [\"0 d\", \"30 d\"]\n\
         [kriterie.a]\ntekst = \"Har fået Q90\"\n{DRUG}vindue = [\"-30 d\", \"0 d\"]\n"
    );
    assert_eq!(
        reasons(&criteria, &[drug("Q90AA01", "2025-04-24", "")]),
        [
            "Et krav, der regnes fra, er ikke opfyldt: har fået Q90. \
             Seneste Q90 er 24-04-2025, 8 dage før vinduet begynder 02-05-2025.",
            "A criterion that is counted from is not met: har fået Q90. \
             The latest Q90 is 24-04-2025, 8 days before the window begins 02-05-2025.",
        ]
    );
    let rows = [drug("Q90AA01", "2025-05-10", ""), ill("Q12", "2025-06-10")];
    assert_eq!(
        reasons(&criteria, &rows),
        [
            "Første Q12 er 10-06-2025, 1 dag efter vinduet slutter 09-06-2025.",
            "The first Q12 is 10-06-2025, 1 day after the window ends 09-06-2025.",
        ]
    );
}
