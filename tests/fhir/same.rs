//! The same invented clinic as CSV, as a bundle and with one resource a line: the same answers.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use profilblik::catalog;
use profilblik::demo;
use serde_json::{Value, json};

use crate::writer::{resources, text};

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn evaluated(folder: &Path) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_profilblik"));
    command.arg("evaluate").arg(folder).args(["--json", "--attrition", "--products"]);
    command.args(["--date", &demo::INDEX_DAY.to_string()]);
    for profile in catalog::built_in() {
        command.args(["--profile", profile.id.as_str()]);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Where two values are not alike first.
fn difference(one: &Value, other: &Value, at: &str) -> Option<String> {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) if a.len() == b.len() => {
            a.iter().find_map(|(key, a)| difference(a, b.get(key)?, &format!("{at}.{key}")))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            (0..a.len()).find_map(|n| difference(&a[n], &b[n], &format!("{at}[{n}]")))
        }
        (a, b) if a == b => None,
        (a, b) => Some(format!("{at}: {a:.200} and {b:.200}")),
    }
}

#[test]
fn the_same_clinic_as_csv_and_as_fhir() {
    let clinic = demo::files(60, 11, demo::INDEX_DAY);
    let plain = folder("clinic-as-csv");
    for (name, bytes) in &clinic {
        fs::write(plain.join(name), bytes).unwrap();
    }
    let expected = evaluated(&plain);
    assert!(expected.to_string().len() > 10_000, "there is something to compare");

    let uuid = |number: usize| format!("urn:uuid:00000000-0000-4000-8000-{number:012}");
    let entries: Vec<Value> = resources(&clinic, uuid)
        .into_iter()
        .map(|(kind, resource)| {
            let id = resource["id"].as_str().unwrap_or_default();
            let number = id.trim_start_matches('p').parse().unwrap_or_default();
            let url = if kind == "Patient" { json!(uuid(number)) } else { Value::Null };
            json!({"fullUrl": url, "resource": resource})
        })
        .rev()
        .collect();
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": entries});
    let whole = folder("clinic-as-bundle");
    fs::write(whole.join("patientbundle.json"), text(&bundle)).unwrap();
    assert_eq!(difference(&expected, &evaluated(&whole), ""), None, "a bundle");

    let lines = folder("clinic-as-ndjson");
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for (kind, resource) in resources(&clinic, |number| format!("Patient/p{number}")) {
        let file = files.entry(kind).or_default();
        file.push_str(&text(&resource));
        file.push('\n');
    }
    for (kind, text) in files {
        fs::write(lines.join(format!("{kind}.ndjson")), text).unwrap();
    }
    assert_eq!(difference(&expected, &evaluated(&lines), ""), None, "one resource a line");
}
