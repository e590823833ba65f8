//! What a workbook holds: its sheets in order, and where its parts are.

use std::io::Read;

use super::sheet::is_true;
use crate::decode::xml::{Fault, Piece, attribute, walk};

/// Sheets of one workbook.
const MOST_SHEETS: usize = 200;

/// A sheet as the workbook names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its name, without characters that a name of a file cannot have.
    pub name: String,
    /// It is not shown.
    pub hidden: bool,
    relation: String,
}

/// The workbook part.
#[derive(Debug, Default)]
pub struct Book {
    /// Sheets in order.
    pub sheets: Vec<Entry>,
    /// Days are counted from 1904.
    pub from_1904: bool,
}

impl Book {
    /// Reads the part.
    pub fn read(source: &mut dyn Read, left: &mut u64) -> Result<Self, Fault> {
        let mut out = Self::default();
        walk(source, left, &mut |piece, _| {
            let Piece::Open(start) = piece else { return Ok(()) };
            let of = |name| attribute(start, name).unwrap_or_default();
            match start.local_name().as_ref() {
                "workbookPr" => out.from_1904 = is_true(&of("date1904")),
                "sheet" => out.sheets.push(Entry {
                    name: of("name").replace(['/', '\\', '\n', '\r', '\t'], " ").trim().to_owned(),
                    hidden: !matches!(of("state").as_str(), "" | "visible"),
                    relation: of("id"),
                }),
                _ => {}
            }
            if out.sheets.len() > MOST_SHEETS { Err(Fault::TooLarge) } else { Ok(()) }
        })?;
        Ok(out)
    }
}

/// Where the parts of a part are.
#[derive(Debug, Default)]
pub struct Relations {
    all: Vec<Relation>,
}

#[derive(Debug)]
struct Relation {
    id: String,
    kind: String,
    path: String,
}

impl Relations {
    /// Reads the relations of a part in this folder.
    pub fn read(source: &mut dyn Read, left: &mut u64, folder: &str) -> Result<Self, Fault> {
        let mut all = Vec::new();
        walk(source, left, &mut |piece, _| {
            let Piece::Open(start) = piece else { return Ok(()) };
            if start.local_name().as_ref() == "Relationship" {
                let of = |name| attribute(start, name).unwrap_or_default();
                let kind = of("Type").rsplit('/').next().unwrap_or_default().to_owned();
                all.push(Relation { id: of("Id"), kind, path: path(folder, &of("Target")) });
            }
            if all.len() > 2 * MOST_SHEETS { Err(Fault::TooLarge) } else { Ok(()) }
        })?;
        Ok(Self { all })
    }

    /// The part of a kind, such as `styles`.
    #[must_use]
    pub fn of_kind(&self, kind: &str) -> Option<&str> {
        self.all.iter().find(|relation| relation.kind == kind).map(|found| found.path.as_str())
    }

    /// The part of a sheet; `None` for a sheet of charts or macros, which has no cells.
    pub fn of_sheet(&self, sheet: &Entry) -> Result<Option<&str>, Fault> {
        let of_sheet = |relation: &&Relation| relation.id == sheet.relation;
        let found = self.all.iter().find(of_sheet).ok_or(Fault::Broken)?;
        Ok((found.kind == "worksheet").then_some(found.path.as_str()))
    }
}

/// A target as a path in the container; it is looked up there, and never used as a path elsewhere.
fn path(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None if folder.is_empty() => target,
        None => format!("{folder}/{target}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_and_their_parts() {
        let xml = r#"<workbook xmlns:r="x"><workbookPr date1904="true"/><sheets>
            <sheet name="Diagnoser &amp; mere" sheetId="1" r:id="rId7"/>
            <sheet name="a/b" sheetId="2" state="veryHidden" r:id="rId1"/></sheets></workbook>"#;
        let book = Book::read(&mut xml.as_bytes(), &mut 10_000).unwrap();
        let names: Vec<(&str, bool)> =
            book.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
        assert_eq!(names, [("Diagnoser & mere", false), ("a b", true)]);
        assert!(book.from_1904);
        let xml = r#"<Relationships><Relationship Id="rId7" Type="http://a/worksheet" Target="worksheets\s1.xml"/>
            <Relationship Id="rId1" Type="http://a/chartsheet" Target="c.xml"/>
            <Relationship Id="rId2" Type="http://a/styles" Target="/xl/styles.xml"/></Relationships>"#;
        let relations = Relations::read(&mut xml.as_bytes(), &mut 10_000, "xl").unwrap();
        assert_eq!(relations.of_sheet(&book.sheets[0]), Ok(Some("xl/worksheets/s1.xml")));
        assert_eq!(relations.of_sheet(&book.sheets[1]), Ok(None));
        assert_eq!(relations.of_sheet(&Entry::default()), Err(Fault::Broken));
        assert_eq!(relations.of_kind("styles"), Some("xl/styles.xml"));
    }
}
