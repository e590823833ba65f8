//! The wording limits of the page: a flag states a registration, never a verdict about the patient,
//! and the page does not claim to be a medical device.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

/// Beginnings of words that no sentence of the page may have.
const STEMS: [&str; 12] = [
    "alarm",
    "analys",
    "anbefal",
    "anonym",
    "beregn",
    "diagnosticer",
    "fortolk",
    "generer",
    "kontroller",
    "konverter",
    "monitorer",
    "høj risiko",
];
/// Whole words that no sentence may have.
const WORDS: [&str; 2] = ["bør", "måler"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("tests.rs")
        {
            found.push(path);
        }
    }
}

/// String literals with a space in them, before the file's own tests: what may be shown.
fn sentences(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let code: Vec<&str> =
        source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n").replace("\\\"", "'");
    let literals = code.split('"').skip(1).step_by(2);
    literals.filter(|text| text.trim().contains(' ')).map(str::to_lowercase).collect()
}

fn offence(sentence: &str) -> Option<&'static str> {
    let words: Vec<&str> = sentence.split(|c: char| !c.is_alphabetic()).collect();
    let begins = |stem: &&&str| match stem.contains(' ') {
        true => sentence.contains(**stem),
        false => words.iter().any(|word| word.starts_with(**stem)),
    };
    let whole = || WORDS.iter().find(|word| words.contains(*word)).copied();
    STEMS.iter().find(begins).copied().or_else(whole)
}

#[test]
fn no_sentence_claims_more_than_a_registration() {
    let mut paths = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut paths);
    let mut offences = Vec::new();
    let mut seen = 0;
    for path in paths {
        for sentence in sentences(&fs::read_to_string(&path).expect("a source")) {
            seen += 1;
            if let Some(word) = offence(&sentence) {
                offences.push(format!("{}: »{word}« in “{sentence}”", path.display()));
            }
        }
    }
    assert!(seen > 300, "only {seen} sentences were found");
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn the_check_itself_finds_what_is_forbidden() {
    assert_eq!(offence("summen beregnes af siden"), Some("beregn"));
    assert_eq!(offence("patienten bør ses"), Some("bør"));
    assert_eq!(offence("høj risiko for fald"), Some("høj risiko"));
    assert_eq!(offence("børge har en beholdning"), None);
    assert_eq!(
        sentences("let a = \"i dag bør vi\";\n    // \"i går bør ikke\"\n"),
        ["i dag bør vi"]
    );
}
