//! `profilblik dosage` as a process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn dosage(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_profilblik"));
    command.arg("dosage").args(arguments).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn dosage_reads_texts_from_arguments_and_from_standard_input() {
    let output = dosage(&["1 plaster hver 3. dag", "1 tablet efter aftale"]);
    assert!(output.status.success());
    assert_eq!(
        text(&output),
        "1 plaster hver 3. dag\t1/3 plaster pr. døgn\n\
         1 tablet efter aftale\tukendt: dosis står et andet sted (»efter aftale«)\n"
    );
    let output = dosage(&["--json", "1-2 tabletter pn højst 4 gange daglig"]);
    let read: Value = serde_json::from_str(&text(&output)).unwrap();
    assert_eq!(
        read,
        json!([{
            "text": "1-2 tabletter pn højst 4 gange daglig",
            "reading": "daily",
            "fixed": {"low": "0", "high": "0"},
            "as_needed": {"max": "8"},
            "unit": "tablet",
        }])
    );
    let mut child = Command::new(env!("CARGO_BIN_EXE_profilblik"))
        .args(["dosage", "-", "--lang", "en"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all("1x3\n\n1 tablet\n".as_bytes()).unwrap();
    let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(
        said,
        "1x3\t3 a day\n\tunknown: there is no dosage\n\
         1 tablet\tunknown: it is not said how often (`1 tablet`)\n"
    );
}
