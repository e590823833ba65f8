//! `quality` on the command line: the counts of the page, for people and for machines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_profilblik")).args(arguments).output().unwrap()
}

fn clinic() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports/klinik")
}

fn json(path: &Path, more: &[&str]) -> Value {
    let mut arguments = vec!["quality", path.to_str().unwrap(), "--json"];
    arguments.extend(more);
    let output = run(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn sum(numbers: &Value) -> u64 {
    numbers.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).sum()
}

/// Every register of an answer adds up.
fn adds_up(answer: &Value) {
    for (name, counts) in answer["registers"].as_object().unwrap() {
        let of = |key: &str| counts[key].as_u64().unwrap_or(0);
        assert_eq!(of("rows") + of("copies"), of("used"), "{name}");
        let reasons = counts["reasons"].as_object().unwrap().values();
        assert_eq!(
            reasons.map(|lines| lines.as_u64().unwrap()).sum::<u64>(),
            of("set_aside"),
            "{name}"
        );
        let months = &counts["months"];
        if !months.is_null() {
            let ends = months["before"].as_u64().unwrap() + months["after"].as_u64().unwrap();
            assert_eq!(ends + sum(&months["rows"]) + of("undated"), of("rows"), "{name}");
        }
    }
}

#[test]
fn for_machines() {
    let answer = json(&clinic(), &[]);
    let keys: Vec<_> = answer.as_object().unwrap().keys().map(String::as_str).collect();
    for key in ["index_date", "export_day", "registers", "profiles", "missing_codes"] {
        assert!(keys.contains(&key), "{key}");
    }
    let registers: Vec<_> = answer["registers"].as_object().unwrap().keys().collect();
    assert_eq!(registers.len(), 7);
    assert_eq!(answer["missing_codes"].as_array().unwrap().len(), 4);
    assert_eq!(answer["missing_codes"][0]["list"], "demens");
    adds_up(&answer);
    let earlier = json(&clinic(), &["--date", "2020-01-01"]);
    assert_eq!(earlier["index_date"], "2020-01-01");
    assert_eq!(earlier["export_day"], answer["export_day"]);
    let after = |answer: &Value| answer["registers"]["diagnose"]["after_index"].as_u64().unwrap();
    assert!(after(&earlier) > after(&answer));
}

#[test]
fn for_people() {
    let path = clinic();
    let danish = String::from_utf8(run(&["quality", path.to_str().unwrap()]).stdout).unwrap();
    for text in ["Har vi gode nok data?", "Registre", "Måneder som tabel", "Måske manglende kode"]
    {
        assert!(danish.contains(text), "{text}\n{danish}");
    }
    let english = run(&["quality", path.to_str().unwrap(), "--lang", "en"]).stdout;
    assert!(String::from_utf8(english).unwrap().contains("Perhaps a missing code"));
    assert_eq!(run(&["quality"]).status.code(), Some(2));
    assert_eq!(run(&["quality", path.to_str().unwrap(), "--out", "x"]).status.code(), Some(2));
}

#[test]
fn an_export_beside_the_repository_adds_up() {
    let root = std::env::var("PROFILBLIK_SHARED").unwrap_or_else(|_| "../shared".into());
    let found = ["", "data", "exports"]
        .map(|folder| Path::new(&root).join(folder).join("export-small.zip"));
    let Some(path) = found.iter().find(|path| path.exists()) else { return };
    let answer = json(path, &[]);
    adds_up(&answer);
    let rows = |name: &str| answer["registers"][name]["rows"].as_u64().unwrap();
    assert!(rows("patient") > 0 && rows("diagnose") > 0 && rows("medicin") > 0);
}
