//! `--factors`, `--factor-set`, `--choose` and `--switch-on`: other factors give other numbers, and
//! the answer says which.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use profilblik::opioid::table::BUILT_IN;
use serde_json::Value;

const CPR: &str = "6101401120";
const MEDICINES: &str = "cpr;atc;navn;styrke;form;dosering;doegndosis;enhed;type;startdato;slutdato\n\
    6101401120;N02AA05;Oxycodon;30 mg;depottabletter;1 tablet morgen og aften;2;tablet;Fast;01-01-2026;31-12-2026\n";

/// Files of one test, in a folder of its own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("udtraek")).unwrap();
    fs::write(folder.join("udtraek/patienter.csv"), "cpr;navn\n6101401120;Bo\n").unwrap();
    fs::write(folder.join("udtraek/medicin.csv"), MEDICINES).unwrap();
    folder
}

fn run(folder: &Path, command: &str, more: &[&str]) -> Output {
    let files = folder.join("udtraek").display().to_string();
    let mut words = vec![command, &files];
    if command != "normalise" {
        words.extend(["--profile", "opioid_flag", "--date", "2026-06-01", "--json"]);
    }
    words.extend(more);
    Command::new(env!("CARGO_BIN_EXE_profilblik")).args(words).output().unwrap()
}

fn json(folder: &Path, command: &str, more: &[&str]) -> Value {
    let output = run(folder, command, more);
    let complaints = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {complaints}"))
}

/// The sum that is held against 100 mg.
fn sum(why: &Value) -> &str {
    let criteria = why["criteria"].as_array().unwrap();
    let receipt = |one: &&Value| one["receipt"]["limit"] == "100";
    criteria.iter().find(receipt).unwrap()["receipt"]["fixed"].as_str().unwrap()
}

fn misuse(folder: &Path, more: &[&str]) -> String {
    let output = run(folder, "evaluate", more);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{more:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn without_a_choice_nothing_is_said_of_factors() {
    let folder = folder("factors-own");
    let why = json(&folder, "why", &["--cpr", CPR]);
    assert_eq!(sum(&why), "90");
    assert!(why.get("factors").is_none() && why.get("choices").is_none());
    assert!(json(&folder, "evaluate", &[]).get("factors").is_none());
}

#[test]
fn a_set_is_used_and_named() {
    let folder = folder("factors-set");
    let more = ["--factor-set", "hoejeste", "--cpr", CPR];
    let why = json(&folder, "why", &more);
    assert_eq!((sum(&why), &why["factors"]), ("120", &"Faktorsæt: højeste kilde".into()));
    let evaluated = json(&folder, "evaluate", &more[..2]);
    assert_eq!(evaluated["factors"], "Faktorsæt: højeste kilde");
    assert!(misuse(&folder, &["--factor-set", "midterste"]).contains("laveste"));
}

#[test]
fn a_table_of_ones_own_is_used_and_one_with_errors_is_not() {
    let folder = folder("factors-table");
    let path = folder.join("vores.toml").display().to_string();
    fs::write(&path, BUILT_IN.1.replacen("standard = \"1.5\"", "standard = \"1.75\"", 1)).unwrap();
    let why = json(&folder, "why", &["--factors", &path, "--cpr", CPR]);
    assert_eq!((sum(&why), &why["factors"]), ("105", &"Egen tabel: vores.toml".into()));
    for wrong in ["0", "-1", "to", "101"] {
        let text = BUILT_IN.1.replacen("standard = \"1.5\"", &format!("standard = \"{wrong}\""), 1);
        fs::write(&path, text).unwrap();
        let complaint = misuse(&folder, &["--factors", &path]);
        assert!(complaint.contains("vores.toml:") && complaint.contains(wrong), "{complaint}");
    }
    assert!(misuse(&folder, &["--factors", "findes-ikke.toml"]).contains("findes-ikke.toml"));
}

#[test]
fn typed_tables_have_the_factors_that_were_asked_for() {
    let folder = folder("factors-typed");
    let rows = |more: &[&str]| {
        let out = folder.join("tabeller").display().to_string();
        let mut words = vec!["--out", &out];
        words.extend(more);
        let output = run(&folder, "normalise", &words);
        assert_eq!(output.status.code(), Some(0), "{:?}", String::from_utf8(output.stderr));
        let files = fs::read_dir(&out).unwrap().map(|file| file.unwrap().path());
        let named =
            |path: &PathBuf| path.file_name().unwrap().to_string_lossy().contains("medicin");
        fs::read_to_string(files.into_iter().find(named).unwrap()).unwrap()
    };
    assert_ne!(rows(&[]), rows(&["--factor-set", "hoejeste"]));
    assert_eq!(rows(&[]), rows(&["--factor-set", "standard"]));
}

#[test]
fn variants_and_markers_are_chosen_and_named() {
    let folder = folder("factors-choices");
    let more = ["--choose", "langtid=langtid_ddd", "--switch-on", "op_fornyet_uden_fremmoede"];
    let evaluated = json(&folder, "evaluate", &more);
    assert_eq!(evaluated["choices"], serde_json::json!(["langtid=langtid_ddd"]));
    assert_eq!(evaluated["switched_on"], serde_json::json!(["op_fornyet_uden_fremmoede"]));
    let files = folder.join("udtraek").display().to_string();
    let why = |more: &[&str]| {
        let words =
            ["why", &files, "--profile", "opioid_flag", "--date", "2026-06-01", "--cpr", CPR];
        let words = [&words, more].concat();
        let output = Command::new(env!("CARGO_BIN_EXE_profilblik")).args(words).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let chosen = why(&[more.as_slice(), &["--factor-set", "hoejeste"]].concat());
    let said = ["Faktorsæt: højeste kilde; Valgt: ", "; Slået til: "];
    assert!(said.iter().all(|said| chosen.contains(said)), "{chosen}");
    assert!(!said.iter().any(|said| why(&[]).contains(said)));
    for (more, said) in [
        (["--choose", "langtid"], "kriterium=variant"),
        (["--choose", "langtid=findes_ikke"], "findes ikke"),
        (["--choose", "findes_ikke=langtid_ddd"], "findes ikke"),
        (["--switch-on", "findes_ikke"], "findes ikke"),
    ] {
        assert!(misuse(&folder, &more).contains(said), "{more:?}");
    }
}
