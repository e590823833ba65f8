//! A profile said back: expected sentences, and no part of a plan without words.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use profilblik::catalog;
use profilblik::day::Day;
use profilblik::note::Language;
use profilblik::profile::plan::Plan;
use profilblik::profile::say::{Spoken, say, table};
use profilblik::profile::{check, check_without_tests};

const ALL_KEYS: &str = include_str!("profile_good/all_keys.toml");

fn date() -> Day {
    Day::from_ymd(2025, 6, 1).unwrap()
}

fn all_keys(language: Language) -> Spoken {
    say(&check("x.toml", ALL_KEYS).plan.unwrap(), date(), language)
}

#[test]
fn dementia_is_said_with_dates() {
    let profiles = catalog::built_in();
    let plan = profiles.iter().find(|p| p.id == "demens").unwrap().plan.as_ref().unwrap();
    let danish = say(plan, date(), Language::Danish);
    assert!(
        danish.intro.starts_with(
            "Med er patienter, som mindst ét af disse 2 gælder for: (1) har mindst én diagnose \
             med koden P70 demens, P20 hukommelsessvigt eller P15 kronisk alkoholmisbrug (ICPC), \
             dateret til og med 1. juni 2025 (indeksdatoen); (2) har mindst én medicinpost med koden"
        ),
        "{}",
        danish.intro
    );
    assert_eq!(danish.exclusion, "Ingen udelukkes.");
    let criterion = &danish.criteria[3];
    assert_eq!((criterion.number, criterion.id.as_str()), (4, "antipsykotika"));
    assert_eq!(
        criterion.sentence,
        "har mindst én medicinpost med koden N05A antipsykotika (ATC), der løber 1. juni 2025 (indeksdatoen); \
         en post uden slutdato og mængde antages at dække 90 dage"
    );
    assert_eq!(
        criterion.used_for,
        [
            "markeringen »Antipsykotika«",
            "målepunktet »Andel med antipsykotika blandt patienter med demens, procent«"
        ]
    );
    assert_eq!(danish.criteria[2].sentence, "opfylder mindst ét af: (1) eller (2)");
    let english = say(plan, date(), Language::English);
    assert_eq!(english.exclusion, "Nobody is excluded.");
    assert!(english.intro.contains("dated up to and including 1 June 2025 (the index date)"));
}

#[test]
fn every_construct_has_its_sentence() {
    let sentences: Vec<_> =
        all_keys(Language::Danish).criteria.into_iter().map(|c| c.sentence).collect();
    let expected: Vec<&str> = include_str!("profile_good/all_keys.da.txt").lines().collect();
    assert_eq!(sentences, expected, "\n{}\n", sentences.join("\n"));
    let sentences: Vec<_> =
        all_keys(Language::English).criteria.into_iter().map(|c| c.sentence).collect();
    let expected: Vec<&str> = include_str!("profile_good/all_keys.en.txt").lines().collect();
    assert_eq!(sentences, expected, "\n{}\n", sentences.join("\n"));
}

/// The plan apart from what the page shows of it as it stands, and from machine names.
fn asked(plan: &Plan) -> String {
    let mut plan = plan.clone();
    plan.fingerprint.clear();
    plan.header = Default::default();
    plan.tests.clear();
    plan.criteria.iter_mut().for_each(|c| c.line = 0);
    plan.markers.iter_mut().for_each(|m| m.id.clear());
    plan.measures.iter_mut().for_each(|m| m.id.clear());
    plan.absent_measures.iter_mut().for_each(|m| m.id.clear());
    // No time is no time in every unit.
    let nothing = ["Weeks", "Months", "Years"].map(|unit| format!("count: 0, unit: {unit}"));
    nothing
        .iter()
        .fold(format!("{plan:?}"), |text, zero| text.replace(zero, "count: 0, unit: Days"))
}

fn heard(plan: &Plan) -> String {
    let both = [Language::Danish, Language::English].map(|l| say(plan, date(), l));
    assert_ne!(both[0], both[1]);
    format!("{:?}", both[0])
}

/// Words that may stand in each other's place.
const WORDS: [&[&str]; 12] = [
    &["periode", "dato", "slut"],
    &["depot", "kort", "plaster"],
    &["true", "false"],
    &["foerste", "seneste", "enhver", "hoejeste", "laveste", "alle", "antal", "vaerdi"],
    &["dag", "maaned", "kvartal", "kode", "stof"],
    &["under", "over", "udenfor"],
    &[">=", ">", "<", "<=", "="],
    &["\"K\"", "\"M\""],
    &["roed", "gul", "blaa"],
    &["lav", "hoej", "ingen"],
    &[
        "aktuelt_forloeb",
        "laengste_forloeb",
        "daekkede_dage",
        "antal_praeparater",
        "ddd_sum",
        "enheder_sum",
        "omeq_sum",
        "gennemsnit",
        "dage_siden",
        "maaneder_siden",
        "omeq_pr_doegn",
    ],
    &["d\"", "uger\"", "mdr\"", "aar\""],
];

/// The line left out, with other digits, and with other words of the language.
fn changed(line: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for (at, digit) in line.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        for other in ['1', '2', '3', '7'].into_iter().filter(|other| *other != digit) {
            lines.push(format!("{}{other}{}", &line[..at], &line[at + 1..]));
        }
    }
    for words in WORDS {
        for word in words.iter().filter(|word| line.contains(**word)) {
            lines.extend(words.iter().map(|other| line.replacen(word, other, 1)));
        }
    }
    lines
}

#[test]
fn another_plan_is_another_text() {
    let whole = check("x.toml", ALL_KEYS).plan.unwrap();
    let (plan, words) = (asked(&whole), heard(&whole));
    let lines: Vec<&str> = ALL_KEYS.lines().take_while(|l| !l.starts_with("[[test]]")).collect();
    let mut seen = 0;
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.contains(" = ")) {
        for other in changed(line) {
            let mut text = lines.clone();
            text[at] = &other;
            let Some(changed) = check("x.toml", &text.join("\n")).plan else { continue };
            if asked(&changed) != plan {
                seen += 1;
                assert!(heard(&changed) != words, "line {}: {line} → {other}", at + 1);
            }
        }
    }
    assert!(seen > 150, "only {seen} changes were tried");
}

#[test]
fn no_line_of_a_built_in_profile_is_passed_over() {
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/profiles")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let whole = check_without_tests("x.toml", &text).plan.unwrap();
        let (plan, words) = (asked(&whole), heard(&whole));
        let lines: Vec<&str> = text.lines().take_while(|l| !l.starts_with("[[test]]")).collect();
        // Each line is a check of the whole profile: of a long one every third or fourth, for time.
        for at in (0..lines.len()).step_by(1 + lines.len() / 500) {
            let mut rest = lines.clone();
            let line = rest.remove(at);
            let Some(changed) = check("x.toml", &rest.join("\n")).plan else { continue };
            let same = asked(&changed) == plan;
            assert!(same || heard(&changed) != words, "{}: {line}", path.display());
        }
    }
}

#[test]
fn the_table_has_a_row_for_every_part() {
    let spoken = all_keys(Language::Danish);
    let rows = table(&spoken, Language::Danish);
    let parts =
        [&spoken.columns, &spoken.measures, &spoken.tables].map(Vec::len).iter().sum::<usize>()
            + spoken.criteria.len()
            + spoken.markers.len();
    assert_eq!(rows.len(), parts + 3);
    assert_eq!(rows[2].criterion, "(1) med_saet");
    assert_eq!(rows[2].description, "Med kodesæt");
    assert!(rows.iter().all(|row| row.rule.ends_with('.')), "{rows:#?}");
}

#[test]
fn a_measure_that_cannot_be_given_is_said() {
    let spoken = all_keys(Language::Danish);
    let last = spoken.measures.last().unwrap();
    assert_eq!(last.title, "Hjælp");
    assert_eq!(last.sentence, "Findes ikke i udtrækket: Står ikke i udtræk.");
}
