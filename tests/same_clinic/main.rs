//! The same invented clinic in every format gives identical populations, columns and flags.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else than it expects"
)]

mod fhir;
mod formats;
mod layout;
mod sheets;
#[path = "../workbooks/writer.rs"]
mod workbook;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use profilblik::{catalog, demo};
use serde_json::Value;

/// Names and contents.
type Files = Vec<(String, Vec<u8>)>;

fn folder(name: &str, files: &Files) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    for (name, bytes) in files {
        fs::write(path.join(name), bytes).unwrap();
    }
    path
}

/// Every built-in profile, `opioid_flag` among them, with all its columns.
fn evaluated(folder: &Path) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_profilblik"));
    command.arg("evaluate").arg(folder);
    command.args(["--json", "--columns", "--attrition", "--products"]);
    command.args(["--date", &demo::INDEX_DAY.to_string()]);
    for profile in catalog::built_in() {
        command.args(["--profile", profile.id.as_str()]);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut answers = serde_json::from_slice(&output.stdout).unwrap();
    without_places(&mut answers);
    answers
}

/// Without the places of the records: files and lines are other ones in another format.
fn without_places(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("records");
            fields.iter_mut().for_each(|(_, value)| without_places(value));
        }
        Value::Array(items) => items.iter_mut().for_each(without_places),
        _ => {}
    }
}

/// Where two values are not alike first.
fn difference(one: &Value, other: &Value, at: &str) -> Option<String> {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            a.iter().find_map(|(key, a)| difference(a, &b[key], &format!("{at}.{key}")))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            (0..a.len()).find_map(|n| difference(&a[n], &b[n], &format!("{at}[{n}]")))
        }
        (a, b) if a == b => None,
        (a, b) => Some(format!("{at}: {a:.200} and {b:.200}")),
    }
}

#[test]
fn every_format_gives_the_same_answers() {
    let clinic = demo::files(40, 11, demo::INDEX_DAY);
    let expected = evaluated(&folder("same-clinic-native", &clinic));
    let members =
        expected.as_array().unwrap().iter().map(|one| one["members"].as_array().unwrap().len());
    assert!(members.clone().sum::<usize>() > 20 && expected.to_string().contains("\"columns\""));
    for (at, (format, files)) in formats::every(&clinic).into_iter().enumerate() {
        let answers = evaluated(&folder(&format!("same-clinic-{at}"), &files));
        assert_eq!(difference(&expected, &answers, ""), None, "{format}");
    }
}

/// Events of the last so many days; persons stay.
fn recent(clinic: Files, days: i32) -> Files {
    let first = profilblik::day::Day(demo::INDEX_DAY.0 - days);
    let is_recent = |line: &str| {
        let mut dates = line.split(';').filter_map(sheets::danish_day).peekable();
        dates.peek().is_none() || dates.any(|day| day >= first)
    };
    let cut = |(name, csv): (String, Vec<u8>)| {
        if name == "patient.csv" {
            return (name, csv);
        }
        let text = String::from_utf8(csv).unwrap();
        let lines = text.split_inclusive('\n').filter(|line| is_recent(line));
        (name, lines.collect::<String>().into_bytes())
    };
    clinic.into_iter().map(cut).collect()
}

/// The clinic for the benchmark of formats: `FORMATS_OUT` is the folder, `FORMATS_PATIENTS` how many,
/// `FORMATS_DAYS` how far back events go.
#[test]
#[ignore = "writes files for ./run bench formats"]
fn write_the_formats() {
    let patients = std::env::var("FORMATS_PATIENTS").unwrap().parse().unwrap();
    let out = PathBuf::from(std::env::var("FORMATS_OUT").unwrap());
    let days = std::env::var("FORMATS_DAYS").unwrap().parse().unwrap();
    let clinic = recent(demo::files(patients, 1, demo::INDEX_DAY), days);
    for (name, files) in [
        ("csv", clinic.clone()),
        ("xlsx", formats::xlsx(&clinic)),
        ("fhir", formats::ndjson(&clinic)),
    ] {
        fs::create_dir_all(out.join(name)).unwrap();
        for (file, bytes) in files {
            fs::write(out.join(name).join(file), bytes).unwrap();
        }
    }
}
