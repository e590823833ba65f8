//! `evaluate --columns`: every kind of cell, exact.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

const PROFILE: &str = r#"
format = 1
[profil]
id = "proeve"
version = "1"
titel = "Prøve"

[kriterie.voksen]
register = "patient"
alder = ">= 18"

[kriterie.samtale]
register = "ydelse"
koder = ["9999"]

[population]
inklusion = { alle = ["voksen"] }

[[kolonne]]
titel = "Køn"
felt = ["koen"]

[[kolonne]]
titel = "Seneste"
register = "proeve"
koder = ["NPU99999"]

[[kolonne]]
titel = "Antal"
register = "proeve"
koder = ["NPU99999"]
vindue = ["-1 aar", "0 d"]
vis = "antal"

[[kolonne]]
titel = "Gennemsnit"
register = "proeve"
koder = ["NPU99999"]
beregning = "gennemsnit"

[[kolonne]]
titel = "Efter samtalen"
register = "proeve"
koder = ["NPU99999"]
vindue = ["0 d", "1 aar"]
anker = { kriterie = "samtale", vaelg = "foerste" }
vis = "antal"
"#;

const PATIENTS: &str = "cpr;navn;status\n6101500112;Ane Prøve;tilmeldt\n";
const RESULTS: &str = "cpr;kode;vaerdi;enhed;dato
6101500112;NPU99999;41;;01-02-2026
6101500112;NPU99999;42;;01-05-2026
";

/// The cells of the only member, with these services.
fn cells(name: &str, services: &str) -> Value {
    let folder =
        std::env::temp_dir().join(format!("profilblik-columns-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for (file, text) in
        [("patient.csv", PATIENTS), ("proever.csv", RESULTS), ("ydelser.csv", services)]
    {
        fs::write(folder.join(file), text).unwrap();
    }
    fs::write(folder.join("proeve.toml"), PROFILE).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_profilblik"))
        .args(["evaluate", "--json", "--columns", "--date", "2026-10-01"])
        .arg("--profile")
        .arg(folder.join("proeve.toml"))
        .args(["patient.csv", "proever.csv", "ydelser.csv"].map(|file| folder.join(file)))
        .output()
        .unwrap();
    fs::remove_dir_all(&folder).unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    answer["members"][0]["columns"].clone()
}

#[test]
fn every_kind_of_cell() {
    let cells = cells("kinds", "cpr;kode;dato\n6101500112;9999;01-04-2026\n");
    assert_eq!(
        cells,
        json!({
            "Køn": {"text": "K"},
            "Seneste": {"records": [{"register": "proeve", "row": 1, "date": "2026-05-01", "sure": true}]},
            "Antal": {"count": {"sure": 2, "perhaps": 0}},
            "Gennemsnit": {"number": {"value": "41.5", "at_least": false}},
            "Efter samtalen": {"count": {"sure": 1, "perhaps": 0}},
        })
    );
}

#[test]
fn a_column_whose_anchor_has_no_date_is_unknown_and_not_nought() {
    let undated = cells("undated", "cpr;kode;dato\n6101500112;9999;01-04-2026\n6101500112;9999;\n");
    assert_eq!(undated["Efter samtalen"], json!({"unknown": true}));
    let none = cells("none", "cpr;kode;dato\n6101500112;8888;01-04-2026\n");
    assert_eq!(none["Efter samtalen"], json!({"count": {"sure": 0, "perhaps": 0}}));
}
