//! Workbooks and packed files that no one here wrote.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use profilblik::decode::archive::Archive;
use profilblik::decode::workbook;

use crate::session::read;

fn shared(folder: &str) -> Vec<PathBuf> {
    let root = std::env::var("PROFILBLIK_SHARED").unwrap_or_else(|_| "../shared".into());
    let folder = std::path::Path::new(&root).join("data").join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("SKIPPED: {} is not here", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    paths
}

#[test]
fn every_file_is_read_or_explained_within_two_seconds() {
    for folder in ["xlsx/calamine", "xlsx/frictionless", "zip", "csv-frictionless"] {
        for path in shared(folder) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(&path).unwrap();
            let begun = Instant::now();
            let session = read(vec![(&name, bytes)]);
            assert!(begun.elapsed() < Duration::from_secs(2), "{name} took {:?}", begun.elapsed());
            let tables = session.records().sources.iter();
            tables.for_each(|source| assert!(source.ledger.balanced(), "{name}"));
            let outcomes = session.records().sources.len() + session.refused().len();
            assert!(outcomes > 0, "{name}: neither read nor refused");
            for (_, refusal) in session.refused() {
                let stem = name.trim_end_matches(".gz");
                assert!(
                    refusal.text.da.contains(stem) || name.ends_with(".zip"),
                    "{name}: {refusal:?}"
                );
            }
        }
    }
}

#[test]
fn cells_that_other_programs_wrote() {
    let expected: [(&str, &[&str]); 8] = [
        // A span of time stays a number.
        ("date.xlsx", &["2021-01-01;15", "2021-01-02;16", "10,6320601851852;17"]),
        ("date_1904.xlsx", &["2021-01-01;15", "2021-01-02;16", "10,6320601851852;17"]),
        ("issues.xlsx", &["1", "1,5", "ab", "FALSK", "test", "2016-10-20"]),
        ("rph.xlsx", &["課きく\u{3000}毛こ"]),
        ("has_x000D_.xlsx", &["\"ABC   DEF\""]),
        ("encoded_entities.xlsx", &["&", "\" \""]),
        (
            "merged_range.xlsx",
            &["A1;B1;C1;;E1;F1;G1;H1", "", "A3;B3;C3;;E3;F3;G3;H3", "A4;B4;C4;;E4;F4;G4;H4"],
        ),
        ("temperature.xlsx", &["label;value", "celsius;22,2222", "fahrenheit;72"]),
    ];
    for path in shared("xlsx/calamine") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some((_, lines)) = expected.iter().find(|case| case.0 == name) else { continue };
        let archive = Archive::open(&name, std::fs::read(&path).unwrap()).unwrap();
        let made = workbook::tables(archive).unwrap();
        let text = String::from_utf8(made.tables[0].text.clone()).unwrap();
        assert_eq!(text.lines().collect::<Vec<_>>(), *lines, "{name}");
    }
}
