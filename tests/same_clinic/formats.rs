//! One clinic, in every format that is read.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value, json};

use crate::layout::{COMMAS, TABS, table, utf_16, windows_1252};
use crate::sheets::{as_number, as_text, rows};
use crate::workbook::{Value as Cell, container, workbook};
use crate::{Files, fhir};

/// Every format with its name.
pub fn every(clinic: &Files) -> Vec<(&'static str, Files)> {
    vec![
        ("CSV, native layout, Windows-1252", recoded(clinic)),
        (
            "CSV, commas, Windows-1252",
            laid_out(clinic, |name, csv| windows_1252(&table(name, csv, COMMAS))),
        ),
        ("CSV, tabs, UTF-16", laid_out(clinic, |name, csv| utf_16(&table(name, csv, TABS)))),
        ("gzip", laid_out_as(clinic, ".csv.gz", |_, csv| gzipped(csv))),
        ("one workbook, CPR as numbers", xlsx(clinic)),
        ("a workbook for each table in a ZIP, CPR as text", workbooks(clinic)),
        ("FHIR bundle", bundle(clinic)),
        ("FHIR, one resource a line", ndjson(clinic)),
    ]
}

fn laid_out(clinic: &Files, write: fn(&str, &[u8]) -> Vec<u8>) -> Files {
    laid_out_as(clinic, ".csv", write)
}

fn laid_out_as(clinic: &Files, ending: &str, write: fn(&str, &[u8]) -> Vec<u8>) -> Files {
    let file = |(name, csv): &(String, Vec<u8>)| (name.replace(".csv", ending), write(name, csv));
    clinic.iter().map(file).collect()
}

fn recoded(clinic: &Files) -> Files {
    laid_out(clinic, |_, csv| {
        windows_1252(std::str::from_utf8(csv).unwrap().trim_start_matches('\u{feff}'))
    })
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

/// One workbook.
pub fn xlsx(clinic: &Files) -> Files {
    let sheets: Vec<(&str, Vec<Vec<Cell>>)> = clinic
        .iter()
        .map(|(name, csv)| (name.trim_end_matches(".csv"), rows(csv, as_number)))
        .collect();
    vec![("udtræk.xlsx".into(), workbook(&sheets))]
}

fn workbooks(clinic: &Files) -> Files {
    let book = |(name, csv): &(String, Vec<u8>)| {
        (name.replace(".csv", ".xlsx"), workbook(&[("Ark1", rows(csv, as_text))]))
    };
    let books: Files = clinic.iter().map(book).collect();
    vec![("udtræk.zip".into(), container(&books))]
}

fn bundle(clinic: &Files) -> Files {
    let uuid = |number: usize| format!("urn:uuid:00000000-0000-4000-8000-{number:012}");
    let entry = |(kind, resource): (&str, Value)| {
        let id = resource["id"].as_str().unwrap_or_default();
        let number = id.trim_start_matches('p').parse().unwrap_or_default();
        let url = if kind == "Patient" { json!(uuid(number)) } else { Value::Null };
        json!({"fullUrl": url, "resource": resource})
    };
    // References may come before what they refer to.
    let entries: Vec<Value> = fhir::resources(clinic, uuid).into_iter().map(entry).rev().collect();
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": entries});
    vec![("patientbundle.json".into(), fhir::text(&bundle).into_bytes())]
}

/// One file per kind, one resource a line.
pub fn ndjson(clinic: &Files) -> Files {
    let mut files: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for (kind, resource) in fhir::resources(clinic, |number| format!("Patient/p{number}")) {
        let file = files.entry(kind).or_default();
        file.extend_from_slice(fhir::text(&resource).as_bytes());
        file.push(b'\n');
    }
    files.into_iter().map(|(kind, text)| (format!("{kind}.ndjson"), text)).collect()
}
