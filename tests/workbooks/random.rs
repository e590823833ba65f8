//! Random sheets give the cells that the CSV of the same values gives.

use profilblik::decode::archive::Archive;
use profilblik::decode::workbook;
use proptest::prelude::*;

use crate::writer::{Value, workbook as written};

/// A value, and how a spreadsheet shows it.
fn value() -> impl Strategy<Value = (Value, String)> {
    prop_oneof![
        2 => Just((Value::Empty, String::new())),
        3 => "[ -~æøåÆØÅé€\"';,&<>]{1,12}".prop_map(|text| (Value::Text(text.clone()), text)),
        1 => "[ -~æøå;\"]{1,8}".prop_map(|text| (Value::Inline(text.clone()), text)),
        2 => (-9_999_999_i64..9_999_999, 0_u32..4).prop_map(|(digits, decimals)| decimal(digits, decimals)),
        2 => (0_i32..2_000, 1_u32..13, 1_u32..29).prop_map(|(year, month, day)| date(1901 + year, month, day)),
        1 => (1.0_f64..10.0, -5_i32..13).prop_map(|(x, power)| float(x * 10_f64.powi(power))),
    ]
}

fn decimal(digits: i64, decimals: u32) -> (Value, String) {
    let scale = 10_i64.pow(decimals);
    let (sign, size) = (if digits < 0 { "-" } else { "" }, digits.abs());
    let (whole, part) = (size / scale, size % scale);
    let part = format!("{part:0width$}", width = decimals as usize);
    let shown = match part.trim_end_matches('0') {
        "" if whole == 0 => "0".to_owned(),
        "" => format!("{sign}{whole}"),
        part => format!("{sign}{whole},{part}"),
    };
    let stored =
        if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") };
    (Value::Number(stored), shown)
}

fn date(year: i32, month: u32, day: u32) -> (Value, String) {
    let serial = profilblik::day::Day::from_ymd(year, month, day).unwrap().0 + 25_569;
    (Value::Day(serial), format!("{year:04}-{month:02}-{day:02}"))
}

/// A binary fraction in the seventeen digits that programs store: near enough to one of twelve.
fn float(x: f64) -> (Value, String) {
    let near: f64 = format!("{x:.11e}").parse().unwrap();
    (Value::Number(format!("{near:.16e}")), format!("{near}").replace('.', ","))
}

fn cells_of(bytes: Vec<u8>) -> Vec<Vec<String>> {
    let archive = Archive::open("k.xlsx", bytes).unwrap();
    let Ok(made) = workbook::tables(archive) else { return Vec::new() };
    let text = made.tables[0].text.as_slice();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(text);
    let cells = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    reader.records().map(|record| cells(record.unwrap())).collect()
}

/// Rows with content, without the empty cells at their ends.
fn filled(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let cut = |mut row: Vec<String>| {
        while row.last().is_some_and(String::is_empty) {
            row.pop();
        }
        row
    };
    rows.into_iter().map(cut).filter(|row| !row.is_empty()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn same_cells(rows in prop::collection::vec(prop::collection::vec(value(), 0..7), 0..200)) {
        let shown: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| cell.1.clone()).collect()).collect();
        let stored = rows.iter().map(|row| row.iter().map(|cell| cell.0.clone()).collect()).collect();
        prop_assert_eq!(filled(cells_of(written(&[("Ark1", stored)]))), filled(shown));
    }

    /// Whatever is changed in a workbook, it is read or refused.
    #[test]
    fn damage_never_panics(at in 0.0_f64..1.0, byte in any::<u8>(), cut in 0.0_f64..1.0) {
        let rows = (0..40).map(|row| vec![Value::Number(row.to_string()), Value::Text("P76".into()), Value::Day(45_000)]);
        let mut bytes = written(&[("Ark1", rows.collect())]);
        let place = |share: f64, length: usize| (share * length as f64) as usize;
        let index = place(at, bytes.len());
        bytes[index] = byte;
        if cut < 0.3 {
            bytes.truncate(place(cut / 0.3, bytes.len()));
        }
        if let Ok(archive) = Archive::open("k.xlsx", bytes) {
            let _ = workbook::tables(archive);
        }
    }

    /// Sheets of any markup.
    #[test]
    fn any_markup_never_panics(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)) {
        let xml = format!("<worksheet><sheetData>{}</sheetData></worksheet>", pieces.concat());
        let bytes = crate::writer::container(&crate::writer::parts(&[("Ark1", &xml)], &["a".into()]));
        let _ = workbook::tables(Archive::open("k.xlsx", bytes).unwrap());
    }
}

const PIECES: [&str; 26] = [
    "<row>",
    "</row>",
    "<row r=\"3\">",
    "<row r=\"0\">",
    "<row r=\"99999999999\">",
    "<c>",
    "</c>",
    "<c/>",
    "<c r=\"B2\">",
    "<c r=\"XFD1048576\">",
    "<c t=\"s\">",
    "<c t=\"inlineStr\">",
    "<c s=\"1\">",
    "<c t=\"e\">",
    "<v>",
    "</v>",
    "<v>0</v>",
    "<v>45000.99999999999</v>",
    "<v>1e999</v>",
    "<is><t>",
    "</t></is>",
    "&amp;",
    "&#0;",
    "&no;",
    "<![CDATA[x]]>",
    "<!-- x -->",
];
