//! `mapping` and `--mapping`: how tables were read, written, corrected by hand, and used.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const TABLE: &str = "cpr;diagnosekode;dato;Kode2\n6101016006;Z01;01-02-2026;Z02\n";

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli_mapping");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("diagnoser.csv"), TABLE).unwrap();
    folder
}

fn profilblik(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_profilblik"));
    command.args(arguments).current_dir(folder).output().unwrap()
}

#[test]
fn a_mapping_is_written_corrected_and_used() {
    let folder = folder();
    let out = profilblik(&folder, &["mapping", "diagnoser.csv", "--out", "m.toml"]);
    assert!(out.status.success(), "{out:?}");
    let written = fs::read_to_string(folder.join("m.toml")).unwrap();
    assert!(written.contains("\"kode2\" = \"\"") && !written.contains("6101016006"), "{written}");

    let corrected = written.replace("register = \"diagnose\"", "register = \"ydelse\"");
    fs::write(folder.join("n.toml"), corrected).unwrap();
    let register = |more: &[&str]| {
        let out = profilblik(&folder, &[&["report", "diagnoser.csv", "--json"], more].concat());
        let report: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        report["files"][0]["register"].clone()
    };
    assert_eq!(register(&[]), "diagnose");
    assert_eq!(register(&["--mapping", "n.toml"]), "ydelse");
}

#[test]
fn a_table_that_nobody_knows_is_written_to_be_filled_in() {
    let folder = folder();
    fs::write(folder.join("liste.csv"), "cpr;fund;hvornaar\n6101016006;rang;ukendt\n").unwrap();
    let out = profilblik(&folder, &["mapping", "diagnoser.csv", "liste.csv", "--out", "fill.toml"]);
    assert_eq!(out.status.code(), Some(1), "{out:?}");
    let said = String::from_utf8(out.stdout).unwrap();
    assert!(said.contains("1 tabeller er skrevet") && said.contains("liste.csv"), "{said}");
    let written = fs::read_to_string(folder.join("fill.toml")).unwrap();
    assert_eq!(written.matches("[[tabel]]").count(), 2, "{written}");
    assert!(written.contains("\"cpr\" = \"cpr\"\n\"fund\" = \"\"\n"), "{written}");
    assert!(!written.contains("6101016006") && !written.contains("ukendt"), "{written}");

    // As it is the file changes nothing; filled in, the table is read.
    let register = |mapping: &str| {
        let out = profilblik(&folder, &["report", "liste.csv", "--json", "--mapping", mapping]);
        let report: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        report["files"][0]["register"].clone()
    };
    assert_eq!(register("fill.toml"), serde_json::Value::Null);
    let line = written.lines().find(|line| line.starts_with("# register = ")).unwrap();
    let filled = written.replace(line, "register = \"diagnose\"");
    fs::write(folder.join("filled.toml"), filled.replace("\"fund\" = \"\"", "\"fund\" = \"kode\""))
        .unwrap();
    assert_eq!(register("filled.toml"), "diagnose");
}

#[test]
fn every_command_that_reads_files_uses_a_mapping() {
    let folder = folder();
    let out = profilblik(&folder, &["mapping", "diagnoser.csv", "--out", "every.toml"]);
    assert!(out.status.success(), "{out:?}");
    let written = fs::read_to_string(folder.join("every.toml")).unwrap();
    let corrected = written.replace("register = \"diagnose\"", "register = \"ydelse\"");
    fs::write(folder.join("every.toml"), corrected).unwrap();
    let counts = |more: &[&str]| {
        let out = profilblik(&folder, &[&["quality", "diagnoser.csv", "--json"], more].concat());
        let answer: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        answer.to_string()
    };
    assert_ne!(counts(&[]), counts(&["--mapping", "every.toml"]));
    let services = |more: &[&str]| {
        let out =
            profilblik(&folder, &[&["normalise", "diagnoser.csv", "--out", "t"], more].concat());
        assert!(out.status.success(), "{out:?}");
        fs::read_to_string(folder.join("t/pb_ydelse.csv")).unwrap().lines().count()
    };
    assert_eq!(services(&[]) + 1, services(&["--mapping", "every.toml"]));
}

#[test]
fn a_wrong_mapping_is_a_wrong_use_with_its_line() {
    let folder = folder();
    let wrong = "tilpasning = 1\n[[tabel]]\nfil = \"x\"\nregistre = \"y\"\n";
    fs::write(folder.join("w.toml"), wrong).unwrap();
    let out = profilblik(&folder, &["report", "diagnoser.csv", "--mapping", "w.toml"]);
    assert_eq!(out.status.code(), Some(2));
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(said.contains("w.toml:4: ukendt nøgle »registre«"), "{said}");
}
