//! The rules of the profile language as cases: `tests/spec/*.toml` are profiles whose test patients
//! hold what each rule says. The name of a test starts with the rule.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};

use profilblik::evaluate::test_patients;
use profilblik::evaluate::unsupported;
use profilblik::note::Level;
use profilblik::profile::check;
use profilblik::profile::plan::Plan;
use profilblik::view::rules::rule_of;

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

fn names() -> Vec<String> {
    spec_files().iter().flat_map(|path| plan(path).tests).map(|test| test.name).collect()
}

/// Rules that one test patient cannot show, and where they are held instead.
const ELSEWHERE: [(u32, &str); 3] = [
    (18, "what this version cannot evaluate is refused, see below"),
    (19, "measures are figures over many patients: tests/reference"),
    (22, "byte for byte, over whole exports: tests/evaluate_order.rs"),
];

/// Each rule of the language has a case whose name starts with it.
#[test]
fn every_rule_has_a_case() {
    let names = names();
    for rule in 1..=22 {
        let has_case = names.iter().any(|name| rule_of(name) == rule);
        let exempt = ELSEWHERE.iter().any(|(number, _)| *number == rule);
        assert!(has_case != exempt, "R{rule}: a case, or a reason for none; not both");
    }
    for part in ["R7a", "R7b", "R7c", "R7d", "R13b", "R17b"] {
        let starts = format!("{part} ");
        assert!(names.iter().any(|name| name.starts_with(&starts)), "{part} has no case");
    }
}

/// The language document's list of edge cases, each with the case that holds it. Those of the daily
/// opioid dose stand with R18.
const EDGES: [(&str, &[&str]); 21] = [
    ("last day of a window", &["R2 indeksdatoen er med, dagen efter er ude"]),
    ("day before its first", &["R2 vinduets første dag er med", "R2 dagen før vinduet er ude"]),
    ("treatment ends on the index date", &["R7a slutter på indeksdatoen: løber"]),
    ("or the day before", &["R7a sluttede dagen før: løber ikke"]),
    ("gap equal to gab", &["R17 gab på præcis 30 dage samler"]),
    ("one over gab", &["R17 gab på 31 dage deler"]),
    ("two strengths are one opioid", &["R17b to styrker af ét stof er ét opioid"]),
    ("combination tablets count in each class", &["R16 kombinationstablet tjener begge"]),
    ("never on one day", &["R16 tre inden for halvfems dage, men aldrig samme dag"]),
    ("glucosamine is no NSAID", &["R5 glucosamin alene er intet NSAID"]),
    ("burosumab is no osteoporosis drug", &["R5 burosumab er ikke et osteoporosemiddel"]),
    ("assumed cover's last day", &["R7d sidste dag af den antagne dækning"]),
    ("and one past", &["R7d dagen efter den antagne dækning"]),
    (
        "values that are no numbers",
        &[
            "R10 >90 er ikke under 60",
            "R10 >30 under 60 er ukendt",
            "R10 tekst er ukendt for værdi, ja for at findes",
        ],
    ),
    (
        "an older drug before the anchor",
        &["R13b en ældre række før ankeret, der selv ligger uden for vinduet"],
    ),
    ("month arithmetic at month end", &["R3 31. august minus seks måneder er 28. februar"]),
    (
        "18 today, 18 tomorrow, no birth date",
        &["R4 fylder 18 i dag", "R4 fylder 18 i morgen", "R4 ingen fødselsdato"],
    ),
    (
        "small letters and a longer code",
        &[
            "R5 mellemrum og små bogstaver er uden betydning",
            "R5 L950 er ikke L95, men falder under L9*",
        ],
    ),
    (
        "register missing for inclusion, marker, exclusion",
        &[
            "R14 registeret mangler for inklusionen",
            "R14 registeret mangler for markeringen",
            "R14 registeret mangler for eksklusionen: bliver på listen, mærket",
        ],
    ),
    (
        "diagnosis without a date in a two-year window",
        &["R8 uden dato er sikkert inde i alt til og med nu, ukendt i to år"],
    ),
    ("X26 is not cancer", &["R5 X26 (frygt for brystkræft) er ikke kræft"]),
];

#[test]
fn every_edge_case_of_the_language_has_its_case() {
    let names = names();
    for (edge, cases) in EDGES {
        for case in cases {
            assert!(names.iter().any(|name| name == case), "{edge}: no case »{case}«");
        }
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

#[test]
fn what_cannot_be_computed_yet_is_refused_by_name_and_line() {
    let text = "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"x\"\n\
        [kriterie.over]\nregister = \"medicin\"\nkoder = [\"N02A\"]\nberegning = \"omeq_pr_doegn\"\nvaerdi = \"> 100\"\n\
        [kriterie.nogen]\nregister = \"medicin\"\nkoder = [\"N02A\"]\n\
        [population]\ninklusion = { alle = [\"over\", \"nogen\"] }\n";
    let plan = check("x.toml", text).plan.unwrap();
    let notes = unsupported(&plan);
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].place.line, 6);
    assert!(
        notes[0].text.da.contains("omeq_pr_doegn") && notes[0].text.en.contains("omeq_pr_doegn")
    );
}
