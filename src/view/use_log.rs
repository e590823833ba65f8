//! The log of use, as a table and as JSON: which build read which files with which profiles, and the
//! counts. No patient.

use crate::view::outward;
use crate::view::{OverviewView, ProfileRow};

/// Stands where the page puts the fingerprints of the files in.
const FILES: &str = "{sha256}";
/// Names of the values in JSON, the same in every language.
const NAMES: [&str; 9] = [
    "date",
    "build",
    "index_date",
    "files_sha256",
    "profile",
    "version",
    "fingerprint",
    "on_list",
    "undecided",
];

/// What is written down, and when.
#[derive(Clone, Copy)]
pub struct Use<'a> {
    /// Profiles with their counts, and the index date.
    pub overview: &'a OverviewView,
    /// Today.
    pub today: &'a str,
    /// Version and fingerprint of the page.
    pub build: &'a str,
}

impl Use<'_> {
    /// Lines with semicolons between the cells, below these headings.
    #[must_use]
    pub fn table(self, headings: &str) -> String {
        let lines = self.entries().map(|entry| entry.map(|text| outward::quoted(&text)).join(";"));
        std::iter::once(headings.to_owned()).chain(lines).map(|line| line + "\r\n").collect()
    }

    /// A list of objects, one per profile.
    #[must_use]
    pub fn json(self) -> String {
        let object = |entry: [String; 9]| {
            let pairs = NAMES
                .iter()
                .zip(&entry)
                .map(|(name, text)| format!("\"{name}\":\"{}\"", escaped(text)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        };
        format!("[{}]\n", self.entries().map(object).collect::<Vec<_>>().join(",\n"))
    }

    fn entries(self) -> impl Iterator<Item = [String; 9]> {
        let rows = self.overview.rows.iter().filter(|row| !row.failed);
        rows.map(move |row| self.entry(row))
    }

    fn entry(self, row: &ProfileRow) -> [String; 9] {
        [
            self.today.to_owned(),
            self.build.to_owned(),
            self.overview.strip.index_date_iso.clone(),
            FILES.to_owned(),
            row.id.clone(),
            row.version.clone(),
            row.fingerprint.clone(),
            count(row, row.members),
            count(row, row.undecided),
        ]
    }
}

/// Nothing, while the registers of the profile are being read: not yet known is not 0.
fn count(row: &ProfileRow, number: u64) -> String {
    if row.pending { String::new() } else { number.to_string() }
}

/// Within quotes.
fn escaped(text: &str) -> String {
    text.replace(char::is_control, " ").replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::Use;
    use crate::view::{OverviewView, ProfileRow};

    fn overview() -> OverviewView {
        let row = ProfileRow {
            id: "egen".into(),
            version: "v1;\n\"a\\".into(),
            fingerprint: "9f31·c2aa".into(),
            members: 4,
            undecided: 1,
            ..ProfileRow::default()
        };
        let pending = ProfileRow { id: "endnu".into(), pending: true, ..ProfileRow::default() };
        let failed = ProfileRow { id: "fejl".into(), failed: true, ..ProfileRow::default() };
        let mut view = OverviewView { rows: vec![row, pending, failed], ..OverviewView::default() };
        view.strip.index_date_iso = "2025-09-30".into();
        view
    }

    fn of(overview: &OverviewView) -> Use<'_> {
        Use { overview, today: "2026-11-23", build: "0.1.0 ab" }
    }

    #[test]
    fn a_version_moves_no_cell_and_what_is_not_counted_is_empty() {
        let text = of(&overview()).table("a;b");
        let wanted = "a;b\r\n\
            2026-11-23;0.1.0 ab;2025-09-30;{sha256};egen;\"v1; \"\"a\\\";9f31·c2aa;4;1\r\n\
            2026-11-23;0.1.0 ab;2025-09-30;{sha256};endnu;;;;\r\n";
        assert_eq!(text, wanted);
    }

    #[test]
    fn the_json_form_is_json_and_says_the_same() {
        let text = of(&overview()).json();
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read.as_array().map(Vec::len), Some(2));
        let first = read.get(0).unwrap();
        assert_eq!(first.get("version").unwrap(), "v1; \"a\\");
        assert_eq!(first.get("on_list").unwrap(), "4");
        assert_eq!(first.get("files_sha256").unwrap(), "{sha256}");
        assert_eq!(read.get(1).unwrap().get("on_list").unwrap(), "");
    }
}
