//! The command line reads the same, and profiles find the codes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::{omop, synthea};

const PROFILE: &str = r#"
format = 1

[profil]
id = "snomed"
version = "1.0"
titel = "SNOMED"
formaal = ["At finde koder fra andre datamodeller."]

[kriterie.kode]
tekst = "Har koden 44054006"
register = "diagnose"
system = "SNOMED"
koder = ["44054006"]

[population]
inklusion = { alle = ["kode"] }
"#;

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(path.join("data")).unwrap();
    fs::write(path.join("snomed.toml"), PROFILE).unwrap();
    for (name, text) in files {
        fs::write(path.join("data").join(name), text).unwrap();
    }
    path
}

fn profilblik(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_profilblik"));
    command.args(arguments).current_dir(folder).output().unwrap()
}

fn evaluated(folder: &Path) -> String {
    let out = profilblik(
        folder,
        &["evaluate", "data", "--profile", "snomed.toml", "--date", "2020-06-01", "--json"],
    );
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn a_profile_finds_the_persons_of_omop_by_the_dictionary_and_those_of_synthea() {
    let files = [
        ("person.csv", omop::PERSON),
        ("condition_occurrence.csv", omop::CONDITION),
        ("CONCEPT.csv", omop::CONCEPT),
        ("conditions.csv", synthea::CONDITIONS),
    ];
    let with = evaluated(&folder("datasets-with", &files));
    // One person of OMOP; the one of Synthea is in no table of persons, and so not looked at.
    assert!(with.contains("\"id:1\"") && !with.contains("\"id:2\""), "{with}");
    let alive = synthea::PATIENTS.replace("2020-03-04", "");
    let patients = [files.as_slice(), &[("patients.csv", alive.as_str())]].concat();
    let both = evaluated(&folder("datasets-both", &patients));
    assert!(both.contains("\"id:1\"") && both.contains("id:c1f1fcaa"), "{both}");
    let without = evaluated(&folder("datasets-without", &[files[0], files[1]]));
    assert!(!without.contains("\"id:1\""), "{without}");
}

#[test]
fn the_report_names_every_file() {
    let folder = folder(
        "datasets-report",
        &[
            ("condition_occurrence.csv", omop::CONDITION),
            ("vocabulary.csv", "vocabulary_id,vocabulary_name\nSNOMED,x\n"),
        ],
    );
    let out = profilblik(&folder, &["report", "data", "--json"]);
    assert_eq!(out.status.code(), Some(1), "a table is not used");
    let report: Value = serde_json::from_slice(&out.stdout).unwrap();
    let files = report["files"].as_array().unwrap();
    assert_eq!(files.len(), 2);
    assert_eq!(files[0]["name"], "condition_occurrence.csv · diagnoser");
    assert_eq!(files[0]["lines"]["used"], 3);
    assert!(files[1]["refused"].as_str().unwrap().contains("ordforråd"), "{report}");
    let text = profilblik(&folder, &["report", "data", "--lang=en"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("Read as the table condition_occurrence of OMOP CDM"), "{text}");
}
