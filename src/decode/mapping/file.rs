//! A mapping as a file: strict, versioned, with a line for every complaint.
//!
//! ```toml
//! tilpasning = 1
//! reparer_tekst = true
//!
//! [[tabel]]
//! overskrifter = ["patient", "lgm", "start"]
//! register = "medicin"
//! kolonner = { patient = "cpr", lgm = "kode", start = "" }
//! ```

use std::fmt::Write;

use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Correction, TableMapping};
use crate::note::{Note, Place, Said};
use crate::schema::{Field, Register};

/// Longest file, in bytes.
pub const MOST_BYTES: usize = 1 << 18;
/// The version that is written, and the only one that is read.
const VERSION: &str = "1";
// Keys nest with each dot; a mapping has none.
const MOST_DOTS: usize = 100;

type Value<'t> = Spanned<DeValue<'t>>;

/// Does it say that it is a mapping? Its first key then is `tilpasning`.
#[must_use]
pub fn is_mapping(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    let key = first.and_then(|line| line.split_once('=')).map(|(key, _)| key.trim());
    key == Some("tilpasning")
}

/// Reads a mapping file.
///
/// # Errors
/// Every complaint, with its line; nothing of the file is used then.
pub fn read(name: &str, text: &str) -> Result<MappingFile, Vec<Note>> {
    let mut reader = Reader { name, text, notes: Vec::new(), repair: false };
    let tables = reader.document();
    let file = MappingFile { tables, repair: reader.repair };
    if reader.notes.is_empty() { Ok(file) } else { Err(reader.notes) }
}

/// What a mapping file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MappingFile {
    /// Of tables.
    pub tables: Vec<TableMapping>,
    /// Text that was encoded twice is repaired.
    pub repair: bool,
}

struct Reader<'t> {
    name: &'t str,
    text: &'t str,
    notes: Vec<Note>,
    repair: bool,
}

impl<'t> Reader<'t> {
    fn complain(&mut self, code: &str, at: usize, said: Said, hint: &str) {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let place =
            Place { file: self.name.to_owned(), line: number(line), column: number(column) };
        let note = Note::error(code, place, said);
        let hint = Said::new(format!("kendt her: {hint}"), format!("known here: {hint}"));
        self.notes.push(note.with_hint(hint));
    }

    fn document(&mut self) -> Vec<TableMapping> {
        let crowded = |line: &str| line.matches(['.', '[', '{']).count() > MOST_DOTS;
        if self.text.len() > MOST_BYTES || self.text.lines().any(crowded) {
            let said = Said::new("filen er for stor", "the file is too large");
            self.complain("too-large", 0, said, "[[tabel]]");
            return Vec::new();
        }
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors.iter().take(20) {
            let said = Said::new(
                format!("teksten kan ikke læses som TOML: {}", error.message()),
                format!("the text is not valid TOML: {}", error.message()),
            );
            let at = error.span().map_or(0, |span| span.start);
            self.complain("syntax", at, said, "[[tabel]]");
        }
        if errors.is_empty() { self.tables(table.into_inner()) } else { Vec::new() }
    }

    fn tables(&mut self, document: DeTable<'t>) -> Vec<TableMapping> {
        let mut tables = Vec::new();
        for (key, value) in document {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("tilpasning", DeValue::Integer(number)) if number.as_str() == VERSION => {}
                ("tilpasning", _) => self.wrong_value(&value, VERSION),
                ("reparer_tekst", DeValue::Boolean(repair)) => self.repair = *repair,
                ("reparer_tekst", _) => self.wrong_value(&value, "true, false"),
                ("tabel", DeValue::Array(all)) => {
                    tables.extend(all.iter().map(|one| self.table(one)));
                }
                ("tabel", _) => self.wrong_value(&value, "[[tabel]]"),
                (other, _) => {
                    self.unknown(other, key.span().start, "tilpasning, reparer_tekst, tabel")
                }
            }
        }
        tables
    }

    fn table(&mut self, value: &Value<'t>) -> TableMapping {
        let mut out = TableMapping::default();
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_value(value, "[[tabel]]");
            return out;
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "fil" => out.file = self.string(value),
                "overskrifter" => out.headings = self.strings(value),
                "register" => out.correction.register = self.register(value),
                "kolonner" => self.columns(value, &mut out.correction),
                other => {
                    self.unknown(other, key.span().start, "fil, overskrifter, register, kolonner");
                }
            }
        }
        if out.file.is_empty() && out.headings.is_empty() {
            let said = Said::new(
                "tabellen siger ikke, hvilke tabeller den gælder",
                "the table does not say which tables it is for",
            );
            self.complain("no-tables", value.span().start, said, "fil, overskrifter");
        }
        out
    }

    fn columns(&mut self, value: &Value<'t>, out: &mut Correction) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.wrong_value(value, "kolonner = { cprnr = \"cpr\" }");
        };
        for (key, value) in table {
            let name = self.string(value);
            let field = Field::from_name(&name);
            if field.is_none() && !name.is_empty() {
                let fields: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
                self.wrong_value(value, &fields.join(", "));
            }
            if field.is_some_and(|field| out.columns.iter().any(|(_, read)| *read == Some(field))) {
                let said = Said::new(
                    format!("to kolonner er læst som »{name}«"),
                    format!("two columns are read as `{name}`"),
                );
                self.complain("twice", value.span().start, said, "\"\"");
            }
            out.columns.push((key.get_ref().clone().into_owned(), field));
        }
    }

    fn register(&mut self, value: &Value<'t>) -> Option<Register> {
        let found = Register::from_name(&self.string(value));
        if found.is_none() {
            self.wrong_value(value, &Register::ALL.map(Register::name).join(", "));
        }
        found
    }

    fn strings(&mut self, value: &Value<'t>) -> Vec<String> {
        match value.get_ref() {
            DeValue::Array(all) => all.iter().map(|one| self.string(one)).collect(),
            _ => {
                self.wrong_value(value, "[\"cprnr\", \"kode\"]");
                Vec::new()
            }
        }
    }

    fn string(&mut self, value: &Value<'t>) -> String {
        if let DeValue::String(text) = value.get_ref() {
            return text.clone().into_owned();
        }
        self.wrong_value(value, "\"…\"");
        String::new()
    }

    fn wrong_value(&mut self, value: &Value<'t>, known: &str) {
        let span = value.span();
        let text: String =
            self.text.get(span.clone()).unwrap_or_default().chars().take(40).collect();
        let said = Said::new(
            format!("værdien »{text}« kan ikke bruges her"),
            format!("the value `{text}` cannot be used here"),
        );
        self.complain("wrong-value", span.start, said, known);
    }

    fn unknown(&mut self, key: &str, at: usize, known: &str) {
        let key: String = key.chars().take(40).collect();
        let said = Said::new(format!("ukendt nøgle »{key}«"), format!("unknown key `{key}`"));
        self.complain("unknown-key", at, said, known);
    }
}

/// The file of these tables.
#[must_use]
pub fn write(tables: &[TableMapping], repair: bool) -> String {
    let mut out = format!("tilpasning = {VERSION}\n");
    if repair {
        out.push_str("reparer_tekst = true\n");
    }
    for table in tables {
        let _ = table_text(&mut out, table);
    }
    out
}

fn table_text(out: &mut String, table: &TableMapping) -> std::fmt::Result {
    out.push_str("\n[[tabel]]\n");
    if !table.file.is_empty() {
        writeln!(out, "fil = {}", quoted(&table.file))?;
    }
    if !table.headings.is_empty() {
        let headings: Vec<String> = table.headings.iter().map(|text| quoted(text)).collect();
        writeln!(out, "overskrifter = [{}]", headings.join(", "))?;
    }
    if let Some(register) = table.correction.register {
        writeln!(out, "register = \"{}\"", register.name())?;
    } else {
        let all = Register::ALL.map(|register| format!("\"{}\"", register.name()));
        writeln!(out, "# register = {}", all.join(" | "))?;
    }
    out.push_str("[tabel.kolonner]\n");
    for (key, field) in &table.correction.columns {
        writeln!(out, "{} = \"{}\"", quoted(key), field.map_or("", Field::name))?;
    }
    Ok(())
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars().filter(|c| !c.is_control()) {
        if matches!(character, '"' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let correction = Correction {
            register: Some(Register::Medicin),
            columns: vec![("lægemiddel #2\"".into(), Some(Field::Kode)), ("x".into(), None)],
        };
        let headings = vec!["x".into(), "lægemiddel #2\"".into()];
        let tables = [
            TableMapping { file: "a*.csv".into(), headings, correction },
            TableMapping { file: "b".into(), ..TableMapping::default() },
        ];
        assert!(!read("t.toml", &write(&tables, false)).unwrap().repair);
        let text = write(&tables, true);
        assert!(is_mapping(&text));
        let MappingFile { tables: mut read, repair } = read("t.toml", &text).unwrap();
        assert!(repair);
        read.iter_mut().for_each(|table| table.correction.columns.sort());
        let mut expected = tables;
        expected.iter_mut().for_each(|table| table.correction.columns.sort());
        assert_eq!(read, expected);
    }

    #[test]
    fn every_slip_has_its_line() {
        let slips = [
            ("tilpasning = 2\n", "wrong-value", 1),
            ("tilpasning = 1\nx = 1\n", "unknown-key", 2),
            ("tilpasning = 1\nreparer_tekst = 1\n", "wrong-value", 2),
            ("tilpasning = 1\n[[tabel]]\nfil = \"a\"\nregistre = \"medicin\"\n", "unknown-key", 4),
            ("tilpasning = 1\n[[tabel]]\nfil = \"a\"\nregister = \"piller\"\n", "wrong-value", 4),
            (
                "tilpasning = 1\n[[tabel]]\nfil = \"a\"\nkolonner = { a = \"b\" }\n",
                "wrong-value",
                4,
            ),
            (
                "tilpasning = 1\n[[tabel]]\nfil = \"a\"\n[tabel.kolonner]\na = \"kode\"\nb = \"kode\"\n",
                "twice",
                6,
            ),
            ("tilpasning = 1\n[[tabel]]\nregister = \"medicin\"\n", "no-tables", 2),
            ("tilpasning = 1\n\nfil = \n", "syntax", 3),
        ];
        for (text, code, line) in slips {
            let notes = read("t.toml", text).unwrap_err();
            assert_eq!(
                (notes[0].code.as_str(), notes[0].place.line),
                (code, line),
                "{text}{notes:#?}"
            );
        }
        let deep = format!("tilpasning = 1\n{}a = 1\n", "a.".repeat(50_000));
        assert!(read("t.toml", &deep).is_err());
    }

    #[test]
    fn a_profile_is_no_mapping() {
        assert!(!is_mapping("format = 1\n[profil]\ntilpasning = 1\n") && !is_mapping(""));
        assert!(is_mapping("# note\n\n tilpasning=1"));
    }
}
