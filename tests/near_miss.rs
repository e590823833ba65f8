//! The sentences for »nej«: each kind of near miss in both languages, as the panel says it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use profilblik::day::Day;
use profilblik::evaluate::Evaluator;
use profilblik::note::Language;
use profilblik::profile::check_without_tests;
use profilblik::records::{Builder, Records};
use profilblik::schema::{Field, Register};
use profilblik::truth::Truth;
use profilblik::view::patient;

/// A number that is never issued; born 1 January 1950.
const CPR: &str = "6101504002";

fn records() -> Records {
    let mut builder =
        Builder::new(&[Register::Patient, Register::Medicin, Register::Proeve, Register::Diagnose]);
    builder.row(Register::Patient, CPR, &[(Field::Status, "tilmeldt".to_owned())]);
    let mut row = |register, cells: &[(Field, &str)]| {
        let cells: Vec<(Field, String)> =
            cells.iter().map(|(f, t)| (*f, (*t).to_owned())).collect();
        builder.row(register, CPR, &cells);
    };
    let medicine =
        |from, to| [(Field::Kode, "Q01AA01"), (Field::Dato, from), (Field::Slutdato, to)];
    row(Register::Medicin, &medicine("2025-01-01", "2025-01-31"));
    row(Register::Medicin, &medicine("2025-04-12", "2025-06-30"));
    row(Register::Diagnose, &[(Field::Kode, "Q11"), (Field::Dato, "2025-03-01")]);
    row(Register::Diagnose, &[(Field::Kode, "Q11"), (Field::Dato, "2025-05-01")]);
    let sample =
        |value, date| [(Field::Kode, "QQQ00001"), (Field::Vaerdi, value), (Field::Dato, date)];
    row(Register::Proeve, &sample("negativ", "2025-05-20"));
    builder.finish()
}

/// What is said of a criterion; it must be nej.
fn said(criterion: &str, language: Language) -> String {
    let text = format!(
        "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"X\"\n\
         [kriterie.krav]\ntekst = \"Krav\"\n{criterion}\n\
         [kriterie.andet]\ntekst = \"Et andet\"\nregister = \"diagnose\"\nkoder = [\"Q12\"]\n\
         [population]\ninklusion = {{ alle = [\"krav\", \"andet\"] }}\n"
    );
    let checked = check_without_tests("x.toml", &text);
    let plan = checked.plan.unwrap_or_else(|| panic!("{text}: {:?}", checked.notes));
    let records = records();
    let evaluator = Evaluator::new(&plan, &records, Day::parse_iso("2025-06-01").unwrap());
    let id = records.patients.ids().next().unwrap();
    let panel = patient::patient(&evaluator, id, &[], &[], &[], language);
    assert_eq!(panel.criteria[0].truth, Truth::No, "{criterion}");
    panel.criteria[0].reason.clone()
}

#[test]
fn every_kind_in_both_languages() {
    let medicine = "register = \"medicin\"\nkoder = [\"Q01\"]\n";
    let diagnosis = "register = \"diagnose\"\nkoder = [\"Q11\"]\n";
    let cases: [(String, &str, &str); 10] = [
        (
            format!("{diagnosis}vindue = [\"-25 d\", \"0 d\"]"),
            "Seneste Q11 er 01-05-2025, 6 dage før vinduet begynder 07-05-2025.",
            "The latest Q11 is 01-05-2025, 6 days before the window begins 07-05-2025.",
        ),
        (
            format!("{diagnosis}antal = \"< 2\""),
            "2 rækker er fundet; højst 1 er tilladt: 1 for meget.",
            "2 rows found; at most 1 allowed: 1 too many.",
        ),
        (
            format!("{diagnosis}antal = \">= 3\"\ndistinkt = \"kvartal\""),
            "2 af 3 kvartaler har en diagnose: 1 for lidt.",
            "2 of 3 quarters have a diagnosis: 1 too few.",
        ),
        (
            format!("{diagnosis}antal = \">= 2\"\nspredning = \">= 90 d\""),
            "61 dage fra første til sidste. Kravet er mindst 90: 29 for lavt.",
            "61 days from first to last. The requirement is at least 90: 29 too low.",
        ),
        (
            format!("{medicine}beregning = \"aktuelt_forloeb\"\ngab = \"14 d\"\nvaerdi = \">= 3 mdr\""),
            "Ophold på 70 dage; højst 14 er tilladt: 56 dage for langt.",
            "A gap of 70 days; at most 14 allowed: 56 days too long.",
        ),
        (
            format!("{medicine}beregning = \"aktuelt_forloeb\"\ngab = \"14 d\"\nvaerdi = \"< 1 mdr\""),
            "Forløbet er fra 12-04-2025, 50 dage. Kravet er under 1 mdr: 20 dage for langt.",
            "The course is from 12-04-2025, 50 days. The requirement is under 1 mdr: 20 days too long.",
        ),
        (
            "register = \"proeve\"\nkoder = [\"QQQ00001\"]\nvaelg = \"seneste\"\nsvar = [\"positiv\"]".to_owned(),
            "Seneste QQQ00001 er »negativ«. Kravet er »positiv«.",
            "The latest QQQ00001 is “negativ”. The requirement is “positiv”.",
        ),
        (
            "register = \"patient\"\nalder = \">= 76\"".to_owned(),
            "Alderen er 75 år. Kravet er mindst 76: 1 for lavt.",
            "The age is 75 years. The requirement is at least 76: 1 too low.",
        ),
        (
            "register = \"patient\"\nkoen = \"M\"".to_owned(),
            "Køn: kvinde.",
            "Sex: woman.",
        ),
        (
            format!("{diagnosis}vindue = [\"0 d\", \"30 d\"]\nanker = {{ kriterie = \"andet\", vaelg = \"seneste\" }}"),
            "Et krav, der regnes fra, er ikke opfyldt: et andet. Ingen rækker med Q12 i filen.",
            "A criterion that is counted from is not met: et andet. No rows with Q12 in the file.",
        ),
    ];
    for (criterion, danish, english) in &cases {
        assert_eq!(said(criterion, Language::Danish), *danish, "{criterion}");
        assert_eq!(said(criterion, Language::English), *english, "{criterion}");
    }
}
