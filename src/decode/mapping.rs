//! Mappings: what a table is to be read as instead of what would be guessed.
//!
//! A mapping names the tables it is for by their headings (folded) or by a pattern of the file name.
//! It holds no cell of any table.

mod file;

pub use file::{MOST_BYTES, MappingFile, is_mapping, read, write};

use super::heading::fold;
use crate::schema::{Field, Register};

/// What is corrected of a table; what is not named here is guessed as ever.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    /// The register.
    pub register: Option<Register>,
    /// Column, by its key ([`keys`]), and the field it is read as; `None` = not used.
    pub columns: Vec<(String, Option<Field>)>,
}

impl Correction {
    /// Says what a column is read as. No two columns of one correction are the same field: the
    /// other one is guessed again.
    pub fn set_column(&mut self, key: &str, field: Option<Field>) {
        let stays = |(other, read): &(String, Option<Field>)| {
            other != key && (read.is_none() || *read != field)
        };
        self.columns.retain(stays);
        self.columns.push((key.to_owned(), field));
    }

    /// What is said of a column.
    #[must_use]
    pub fn column(&self, key: &str) -> Option<Option<Field>> {
        self.columns.iter().find(|(known, _)| known == key).map(|(_, field)| *field)
    }
}

/// A correction and the tables it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableMapping {
    /// Pattern of the file name, `*` for any characters; empty = any name.
    pub file: String,
    /// Keys of columns that the table must have; empty = any.
    pub headings: Vec<String>,
    /// What it says.
    pub correction: Correction,
}

impl TableMapping {
    /// A mapping for the tables that look like this one. Without headings of its own a table is
    /// known by the name of its file, digits left open: they are a date or a number.
    #[must_use]
    pub fn of(name: &str, headings: &[String], has_header: bool) -> Self {
        let file = if has_header { String::new() } else { pattern(name) };
        Self { file, headings: keys(headings), correction: Correction::default() }
    }

    fn is_for(&self, name: &str, keys: &[String]) -> bool {
        (self.file.is_empty() || fits(&self.file, file_name(name)))
            && self.headings.iter().all(|heading| keys.contains(heading))
    }

    fn is_for_the_same(&self, other: &Self) -> bool {
        self.file == other.file && self.headings == other.headings
    }
}

/// All mappings; of several that fit a table the last one counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mappings {
    tables: Vec<TableMapping>,
    /// Text that was encoded twice is repaired ([`super::repair`]).
    pub repair: bool,
}

impl Mappings {
    /// Those that ship with the program.
    #[must_use]
    pub fn built_in() -> Self {
        let mut out = Self::default();
        for (name, text) in BUILT_IN {
            out.take(read(name, text).unwrap_or_default());
        }
        out
    }

    /// Takes over what a file says.
    pub fn take(&mut self, file: MappingFile) {
        file.tables.into_iter().for_each(|table| self.add(table));
        self.repair |= file.repair;
    }

    /// Adds one; it replaces one for the same tables.
    pub fn add(&mut self, table: TableMapping) {
        self.remove(&table);
        self.tables.push(table);
    }

    /// Removes the one for the same tables.
    pub fn remove(&mut self, table: &TableMapping) {
        self.tables.retain(|known| !known.is_for_the_same(table));
    }

    /// The one for exactly these tables.
    #[must_use]
    pub fn same(&self, table: &TableMapping) -> Option<&TableMapping> {
        self.tables.iter().find(|known| known.is_for_the_same(table))
    }

    /// What is said of a table with this name and these headings.
    #[must_use]
    pub fn correction(&self, name: &str, headings: &[String]) -> Option<&Correction> {
        if self.tables.is_empty() {
            return None;
        }
        let keys = keys(headings);
        let found = self.tables.iter().rev().find(|table| table.is_for(name, &keys));
        found.map(|table| &table.correction)
    }

    /// Is this line the header of a table that a mapping is for?
    #[must_use]
    pub fn is_header(&self, cells: &[String]) -> bool {
        let named = |table: &&TableMapping| table.file.is_empty() && table.headings.len() > 1;
        let mut named = self.tables.iter().filter(named).peekable();
        if named.peek().is_none() {
            return false;
        }
        let keys = keys(cells);
        named.any(|table| table.headings.iter().all(|heading| keys.contains(heading)))
    }
}

/// Mappings for everyone: the files of `profiles/formats` that are mappings, name and text. No
/// practice system documents its columns, and none has been seen: the list is empty until then.
const BUILT_IN: &[(&str, &str)] = &[];

/// Folded headings; one that stands again gets its number behind it.
#[must_use]
pub fn keys(headings: &[String]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::with_capacity(headings.len());
    for heading in headings {
        let folded = fold(heading);
        let key = match keys.iter().filter(|known| bare(known) == folded).count() {
            0 => folded,
            before => format!("{folded}#{}", before + 1),
        };
        keys.push(key);
    }
    keys
}

fn bare(key: &str) -> &str {
    key.split('#').next().unwrap_or(key)
}

fn file_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// `medicin_2026-11-02.csv` → `medicin_*.csv`.
fn pattern(name: &str) -> String {
    let mut out = String::new();
    for character in file_name(name).chars() {
        match character {
            '0'..='9' | '-' if out.ends_with('*') => {}
            '0'..='9' => out.push('*'),
            other => out.push(other),
        }
    }
    out
}

/// Does a name fit a pattern? Case does not count.
fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.to_lowercase(), name.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = name.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(of: &[&str]) -> Vec<String> {
        of.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn names_fit_patterns() {
        assert!(fits("medicin_*.csv", "Medicin_2026-11-02.CSV"));
        assert!(fits("a*b*c", "a1b2bc") && fits("a", "A") && fits("*", ""));
        assert!(!fits("a*bc", "ab") && !fits("a", "ab") && !fits("ab*ba", "aba"));
        assert_eq!(pattern("mappe.zip/liste 2026-11-02 (3).txt"), "liste * (*).txt");
    }

    #[test]
    fn the_same_heading_twice_is_two_columns() {
        assert_eq!(
            keys(&texts(&["Kode", "kode", "CPR-nr.", "KODE"])),
            ["kode", "kode#2", "cprnr", "kode#3"]
        );
    }

    #[test]
    fn the_last_mapping_that_fits_counts_and_one_for_the_same_tables_is_replaced() {
        let headings = texts(&["A", "B"]);
        let mut mappings = Mappings::default();
        assert_eq!(mappings.correction("x.csv", &headings), None);
        let mut narrow = TableMapping::of("x.csv", &headings, true);
        narrow.correction.set_column("a", Some(Field::Kode));
        mappings.add(narrow.clone());
        let wide = TableMapping { file: "y*".into(), ..TableMapping::default() };
        mappings.add(wide);
        assert_eq!(mappings.correction("x.csv", &headings), Some(&narrow.correction));
        assert_eq!(mappings.correction("y.csv", &headings), Some(&Correction::default()));
        assert_eq!(mappings.correction("x.csv", &texts(&["A"])), None);
        assert!(
            mappings.is_header(&texts(&["b", "a", "c"])) && !mappings.is_header(&texts(&["b"]))
        );
        narrow.correction.set_column("b", Some(Field::Kode));
        assert_eq!(narrow.correction.columns, [("b".to_owned(), Some(Field::Kode))]);
        mappings.add(narrow.clone());
        assert_eq!(mappings.same(&narrow), Some(&narrow));
        mappings.remove(&narrow);
        assert_eq!(mappings.correction("x.csv", &headings), None);
    }

    #[test]
    fn every_mapping_of_the_folder_is_built_in_and_free_of_errors() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/formats");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let text = std::fs::read_to_string(&path).unwrap();
            if name.ends_with(".toml") && is_mapping(&text) {
                read(name, &text).unwrap_or_else(|notes| panic!("{notes:#?}"));
                assert!(BUILT_IN.iter().any(|(known, _)| *known == name), "{name}");
            }
        }
    }
}
