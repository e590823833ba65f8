//! Text of a table that looks as if it was encoded twice: how much of it, and where.

use super::gather::Gather;
use super::raw::RawColumn;
use crate::decode::encoding::Encoding;
use crate::decode::repair;
use crate::schema::Field;

/// What was found of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Garbled {
    /// Cells, and headings.
    pub cells: u64,
    /// Heading of the column of the first one.
    pub column: String,
    /// Its line; 0 = the heading itself.
    pub line: u32,
    /// A character of it, as it stands; no more of a patient's data is told.
    pub stands: String,
    /// What was probably meant.
    pub meant: String,
}

/// Looks at the distinct cells; only UTF-8 can hold such text.
pub(super) fn look(
    columns: &[(String, Option<Field>)],
    gather: &Gather,
    encoding: Encoding,
) -> Option<Box<Garbled>> {
    if !matches!(encoding, Encoding::Utf8 | Encoding::Utf8Bom) {
        return None;
    }
    let mut found = Garbled::default();
    for (heading, _) in columns {
        if let Some((stands, meant)) = repair::first(heading.as_bytes()) {
            found.note(1, heading, (0, stands, meant));
        }
    }
    for column in &gather.columns {
        let heading = columns.get(column.at).map_or("", |(heading, _)| heading.as_str());
        found.look(column, heading, gather);
    }
    (found.cells > 0).then(|| Box::new(found))
}

impl Garbled {
    fn look(&mut self, column: &RawColumn, heading: &str, gather: &Gather) {
        if !repair::is_needed(column.dictionary.packed().0) {
            return;
        }
        let needed: Vec<bool> = column.dictionary.iter().map(repair::is_needed).collect();
        let is_needed = |row: &usize| needed.get(column.ids.get(*row)) == Some(&true);
        let mut rows = (0..column.ids.len()).filter(is_needed);
        let Some(row) = rows.next() else { return };
        let cell = column.dictionary.get(column.ids.get(row));
        let (stands, meant) = repair::first(cell).unwrap_or_default();
        let line = gather.lines.line(u32::try_from(row).unwrap_or(u32::MAX));
        self.note(rows.count() as u64 + 1, heading, (line, stands, meant));
    }

    // The first place is told.
    fn note(&mut self, cells: u64, column: &str, (line, stands, meant): (u32, String, String)) {
        if self.cells == 0 {
            let column = column.to_owned();
            *self = Self { cells: 0, column, line, stands, meant };
        }
        self.cells += cells;
    }
}
