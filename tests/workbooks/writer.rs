//! The least workbook that says what a test wants to say.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What stands in a cell.
#[derive(Clone, Debug)]
pub enum Value {
    /// A number as it is stored.
    Number(String),
    /// A day, as its serial number.
    Day(i32),
    /// A shared text.
    Text(String),
    /// A text in the cell itself.
    Inline(String),
    Empty,
}

/// A workbook with these sheets.
pub fn workbook(sheets: &[(&str, Vec<Vec<Value>>)]) -> Vec<u8> {
    let mut strings = Vec::new();
    let xml: Vec<String> = sheets.iter().map(|(_, rows)| sheet(rows, &mut strings)).collect();
    let named: Vec<(&str, &str)> =
        sheets.iter().zip(&xml).map(|((name, _), xml)| (*name, xml.as_str())).collect();
    container(&parts(&named, &strings))
}

/// The parts of a workbook whose sheets are given as XML.
pub fn parts(sheets: &[(&str, &str)], strings: &[String]) -> Vec<(String, Vec<u8>)> {
    let mut listed = String::new();
    let mut relations = String::new();
    let mut parts = Vec::new();
    for (at, (name, xml)) in sheets.iter().enumerate() {
        let id = at + 1;
        listed += &format!(r#"<sheet name="{}" sheetId="{id}" r:id="rId{id}"/>"#, escaped(name));
        relations += &relation(&format!("rId{id}"), "worksheet", &format!("worksheets/s{id}.xml"));
        parts.push((format!("xl/worksheets/s{id}.xml"), xml.as_bytes().to_vec()));
    }
    relations += &relation("rId900", "styles", "styles.xml");
    relations += &relation("rId901", "sharedStrings", "sharedStrings.xml");
    let strings: String = strings.iter().map(|text| format!("<si>{}</si>", t(text))).collect();
    let formats =
        r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let text = |path: &str, xml: String| (path.to_owned(), xml.into_bytes());
    let all = |xml: &str| format!("<Relationships>{xml}</Relationships>");
    parts.extend([
        text("[Content_Types].xml", "<Types/>".into()),
        text("_rels/.rels", all(&relation("rId1", "officeDocument", "xl/workbook.xml"))),
        text("xl/_rels/workbook.xml.rels", all(&relations)),
        text(
            "xl/workbook.xml",
            format!(r#"<workbook xmlns:r="r"><sheets>{listed}</sheets></workbook>"#),
        ),
        text("xl/styles.xml", formats.into()),
        text("xl/sharedStrings.xml", format!("<sst>{strings}</sst>")),
    ]);
    parts
}

/// A ZIP of these files.
pub fn container(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer.start_file(path.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    let kind =
        format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
    format!(r#"<Relationship Id="{id}" Type="{kind}" Target="{target}"/>"#)
}

fn sheet(rows: &[Vec<Value>], strings: &mut Vec<String>) -> String {
    let rows: String =
        rows.iter().enumerate().map(|(at, row)| self::row(at + 1, row, strings)).collect();
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

fn row(number: usize, cells: &[Value], strings: &mut Vec<String>) -> String {
    let mut out = format!(r#"<row r="{number}">"#);
    for (at, value) in cells.iter().enumerate() {
        let place = format!("{}{number}", column(at));
        out += &match value {
            Value::Empty => continue,
            Value::Number(text) => format!(r#"<c r="{place}"><v>{text}</v></c>"#),
            Value::Day(serial) => format!(r#"<c r="{place}" s="1"><v>{serial}</v></c>"#),
            Value::Inline(text) => {
                format!(r#"<c r="{place}" t="inlineStr"><is>{}</is></c>"#, t(text))
            }
            Value::Text(text) => {
                strings.push(text.clone());
                format!(r#"<c r="{place}" t="s"><v>{}</v></c>"#, strings.len() - 1)
            }
        };
    }
    out + "</row>"
}

/// The letters of a column, from 0.
pub fn column(at: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(at % 26).unwrap());
    if at < 26 { letter.to_string() } else { column(at / 26 - 1) + &letter.to_string() }
}

fn t(text: &str) -> String {
    format!(r#"<t xml:space="preserve">{}</t>"#, escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
