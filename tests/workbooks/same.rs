//! The same invented clinic as CSV, as a workbook and packed gives the same answers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use profilblik::catalog;
use profilblik::day::Day;
use profilblik::demo;

use crate::session::zipped;
use crate::writer::{Value, container, workbook};

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn evaluated(folder: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_profilblik"));
    command.arg("evaluate").arg(folder).args(["--json", "--attrition", "--products"]);
    for profile in catalog::built_in() {
        command.args(["--profile", profile.id.as_str()]);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Rows of a CSV as a spreadsheet holds them: dates and numbers as numbers, the CPR number as told.
fn rows(csv: &[u8], cpr: fn(&str) -> Value) -> Vec<Vec<Value>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(csv);
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        record.iter().enumerate().map(|(at, cell)| value(at, cell, cpr)).collect()
    });
    rows.collect()
}

fn value(column: usize, cell: &str, cpr: fn(&str) -> Value) -> Value {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if column == 0 && is_digits(cell) {
        return cpr(cell);
    }
    if let Some(day) = danish_day(cell) {
        return Value::Day(day.0 + 25_569);
    }
    let number = cell.replacen(',', ".", 1);
    let (whole, decimals) = number.split_once('.').unwrap_or((&number, "0"));
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    match cell {
        "" => Value::Empty,
        _ if is_digits(whole) && is_digits(decimals) && !leading_zero => Value::Number(number),
        text if column.is_multiple_of(2) => Value::Inline(text.into()),
        text => Value::Text(text.into()),
    }
}

fn danish_day(cell: &str) -> Option<Day> {
    let parts: Vec<&str> = cell.split('-').collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let fits = day.len() == 2 && month.len() == 2 && year.len() == 4;
    let number = |text: &str| text.parse::<u32>().ok();
    let year = i32::try_from(number(year)?).ok()?;
    if fits { Day::from_ymd(year, number(month)?, number(day)?) } else { None }
}

fn as_number(cpr: &str) -> Value {
    Value::Number(cpr.trim_start_matches('0').into())
}

fn as_text(cpr: &str) -> Value {
    Value::Text(cpr.into())
}

#[test]
fn the_same_clinic_in_every_container() {
    let clinic = demo::files(120, 11, demo::INDEX_DAY);
    let plain = folder("clinic-csv");
    for (name, bytes) in &clinic {
        fs::write(plain.join(name), bytes).unwrap();
    }
    let expected = evaluated(&plain);
    assert!(expected.len() > 10_000, "there is something to compare");

    let whole = folder("clinic-workbook");
    let sheets: Vec<(String, Vec<Vec<Value>>)> = clinic
        .iter()
        .map(|(name, bytes)| (name.trim_end_matches(".csv").to_owned(), rows(bytes, as_number)))
        .collect();
    let sheets: Vec<(&str, Vec<Vec<Value>>)> =
        sheets.iter().map(|(name, rows)| (name.as_str(), rows.clone())).collect();
    fs::write(whole.join("udtræk.xlsx"), workbook(&sheets)).unwrap();
    assert!(evaluated(&whole) == expected, "one workbook, CPR as numbers");

    let apart = folder("clinic-workbooks-in-zip");
    let files: Vec<(String, Vec<u8>)> = clinic
        .iter()
        .map(|(name, bytes)| {
            (name.replace(".csv", ".xlsx"), workbook(&[("Ark1", rows(bytes, as_text))]))
        })
        .collect();
    fs::write(apart.join("udtræk.zip"), container(&files)).unwrap();
    assert!(evaluated(&apart) == expected, "a workbook for each table, CPR as text");

    let packed = folder("clinic-gzip");
    for (name, bytes) in &clinic {
        fs::write(packed.join(format!("{name}.gz")), zipped(bytes)).unwrap();
    }
    assert!(evaluated(&packed) == expected, "gzip");
}
