//! What a session says of workbooks, and of what is packed.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use profilblik::day::Day;
use profilblik::decode::Reason;
use profilblik::note::Language;
use profilblik::session::{Input, Session};

use crate::writer::{Value, container, parts, workbook};

pub fn read(files: Vec<(&str, Vec<u8>)>) -> Session {
    let mut session = Session::with_profiles(Vec::new());
    let inputs = files.into_iter().map(|(name, bytes)| Input::bytes(name, bytes)).collect();
    session.read_all(inputs, Day::parse_iso("2025-10-01").unwrap(), &mut |_| {});
    session
}

pub fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn refusals(session: &Session) -> Vec<(String, &'static str)> {
    session.refused().iter().map(|(name, refusal)| (name.clone(), refusal.code)).collect()
}

fn sources(session: &Session) -> Vec<(String, u64, u64)> {
    let of = |s: &profilblik::records::Source| (s.name.clone(), s.ledger.used, s.ledger.set_aside);
    session.records().sources.iter().map(of).collect()
}

const CSV: &str = "cpr;icpc;dato\n0201609996;P76;14-03-2023\n";

fn rows() -> Vec<Vec<Value>> {
    let text = |text: &str| Value::Text(text.into());
    vec![
        vec![text("Udtræk pr. 30-09-2025")],
        vec![text("cpr"), text("icpc"), text("dato"), text("tekst")],
        vec![Value::Number("201609996".into()), text("P76"), Value::Day(44_999)],
        vec![Value::Empty; 4],
        vec![
            text("0201609996"),
            Value::Inline("K86".into()),
            text("14-03-2023"),
            text("a;\"b\"\nc"),
        ],
    ]
}

fn small() -> Vec<u8> {
    workbook(&[
        ("Ark1", rows()),
        ("Ark2", Vec::new()),
        ("Noter", vec![vec![Value::Text("husk".into())]]),
    ])
}

#[test]
fn each_sheet_is_a_table_and_each_row_its_line() {
    let session = read(vec![("diagnoser.xlsx", small())]);
    assert_eq!(sources(&session), [("diagnoser.xlsx · Ark1".into(), 2, 1)]);
    let source = &session.records().sources[0];
    assert!(source.ledger.balanced());
    assert_eq!((source.ledger.physical, source.ledger.blank), (5, 1));
    assert_eq!(source.set_aside[0].reason, Reason::Title);
    assert_eq!(
        source.period,
        Some((Day::parse_iso("2023-03-14").unwrap(), Day::parse_iso("2023-03-14").unwrap()))
    );
    assert_eq!(source.extract_date, Day::parse_iso("2025-09-30"));
    let refused = refusals(&session);
    assert_eq!(refused.len(), 1, "an empty sheet is no loss: {refused:?}");
    assert_eq!(refused[0].0, "diagnoser.xlsx · Noter");
}

#[test]
fn packed_in_every_way() {
    let archive = container(&[
        ("inde/diagnoser.xlsx".into(), small()),
        ("inde/mere.csv.gz".into(), zipped(CSV.as_bytes())),
        ("inde/indre.zip".into(), container(&[("a.csv".into(), CSV.into())])),
    ]);
    let session = read(vec![
        ("u.zip", archive.clone()),
        ("diagnoser.csv.gz", zipped(CSV.as_bytes())),
        ("klinik.xlsx.gz", zipped(&small())),
        ("uden-navn.zip", small()),
        ("to.gz", zipped(&zipped(CSV.as_bytes()))),
    ]);
    let mut read: Vec<String> = sources(&session).into_iter().map(|source| source.0).collect();
    read.sort();
    assert_eq!(
        read,
        [
            "diagnoser.csv.gz",
            "klinik.xlsx.gz · Ark1",
            "u.zip/diagnoser.xlsx · Ark1",
            "u.zip/mere.csv.gz",
            "uden-navn.zip · Ark1"
        ]
    );
    let refused = refusals(&session);
    assert!(refused.contains(&("u.zip/indre.zip".into(), "nested-archive")), "{refused:?}");
    assert!(refused.contains(&("to.gz".into(), "nested-archive")), "{refused:?}");
    assert_eq!(refused.len(), 2 + 3, "the sheet of notes three times: {refused:?}");
}

#[test]
fn what_is_hidden_or_failed_is_said() {
    let sheet = r#"<worksheet><sheetData>
        <row><c t="inlineStr"><is><t>cpr</t></is></c><c t="inlineStr"><is><t>icpc</t></is></c></row>
        <row hidden="1"><c><v>201609996</v></c><c t="e"><v>#N/A</v></c></row>
        <row><c><v>201609996</v></c><c><f>A1</f></c></row>
        </sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>"#;
    let mut files = parts(&[("Diagnoser", sheet)], &[]);
    let book = files.iter_mut().find(|(path, _)| path == "xl/workbook.xml").unwrap();
    let xml = String::from_utf8(book.1.clone()).unwrap();
    book.1 = xml.replace("<sheet ", r#"<sheet state="hidden" "#).into_bytes();
    let session = read(vec![("k.xlsm", container(&files))]);
    let remarks: Vec<&str> = session.records().sources[0]
        .remarks
        .iter()
        .map(|said| said.of(Language::English))
        .collect();
    for word in [
        "hidden in the workbook",
        "1 hidden or filtered",
        "1 cells hold an error",
        "1 formulas",
        "1 merged",
    ] {
        assert!(remarks.iter().any(|remark| remark.contains(word)), "{word}: {remarks:?}");
    }
    assert_eq!(session.records().sources[0].ledger.used, 2);
}

#[test]
fn what_is_no_workbook_is_refused_with_the_way_out() {
    let cases: [(&str, Vec<u8>, &str); 8] = [
        ("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1".to_vec(), "old-excel"),
        ("a.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1".to_vec(), "locked-excel"),
        ("a.xlsb", container(&[("xl/workbook.bin".into(), vec![1])]), "binary-excel"),
        ("a.ods", container(&[("content.xml".into(), vec![1])]), "spreadsheet"),
        ("a.xls", b"<html><body><table>".to_vec(), "web-table"),
        ("a.xls", b"<?xml version=\"1.0\"?><Workbook>".to_vec(), "web-table"),
        ("a.xlsx", b"PK\x03\x04".to_vec(), "broken-workbook"),
        ("a.csv.gz", b"\x1F\x8B\x08".to_vec(), "broken-gzip"),
    ];
    for (name, bytes, code) in cases {
        let session = read(vec![(name, bytes)]);
        assert_eq!(refusals(&session), [(name.to_owned(), code)]);
        let text = &session.refused()[0].1.text;
        let way_out = ["CSV", "Hent", "Pak den ud"];
        assert!(way_out.iter().any(|way| text.of(Language::Danish).contains(way)), "{text:?}");
    }
    let tabs = read(vec![("diagnoser.xls", CSV.replace(';', "\t").into_bytes())]);
    assert_eq!(sources(&tabs), [("diagnoser.xls".into(), 1, 0)], "a text named .xls is read");
}
