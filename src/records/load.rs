//! Reading one table: slices in, typed columns and the account of its lines out.

use crate::decode::TableProbe;
use crate::note::Said;
use crate::schema::{Field, Register};

/// The line ledger: `physical = header + blank + continuation + used + set_aside`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Lines of the file.
    pub physical: u64,
    /// Header lines, `sep=` and repeated headers included.
    pub header: u64,
    /// Lines without content.
    pub blank: u64,
    /// Further lines of a record with quoted newlines.
    pub continuation: u64,
    /// Lines that became records.
    pub used: u64,
    /// Lines set aside.
    pub set_aside: u64,
}

impl Ledger {
    /// Does every line have its place?
    #[must_use]
    pub const fn balanced(&self) -> bool {
        self.physical
            == self.header + self.blank + self.continuation + self.used + self.set_aside
    }
}

/// Why a line was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Title or period above the header.
    Title,
    /// A total below the rows.
    Total,
    /// Fewer fields than the header.
    TooFewFields,
    /// More fields than the header, with content.
    TooManyFields,
    /// A quote was opened and not closed, or closed in the middle of a field.
    Quote,
    /// No CPR number.
    CprMissing,
    /// The CPR cell does not have the form of a CPR number.
    CprShape,
    /// A spreadsheet has rounded the CPR number.
    CprRounded,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Total,
        Self::TooFewFields,
        Self::TooManyFields,
        Self::Quote,
        Self::CprMissing,
        Self::CprShape,
        Self::CprRounded,
    ];

    /// Stable machine name, as in `report --json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Total => "total",
            Self::TooFewFields => "too-few-fields",
            Self::TooManyFields => "too-many-fields",
            Self::Quote => "quote",
            Self::CprMissing => "cpr-missing",
            Self::CprShape => "cpr-shape",
            Self::CprRounded => "cpr-rounded",
        }
    }

    /// In words.
    #[must_use]
    pub fn text(self) -> Said {
        match self {
            Self::Title => Said::new("Titellinje over overskriften", "Title line above the header"),
            Self::Total => Said::new("Sumlinje", "Total line"),
            Self::TooFewFields => {
                Said::new("Færre kolonner end overskriften", "Fewer columns than the header")
            }
            Self::TooManyFields => {
                Said::new("Flere kolonner end overskriften", "More columns than the header")
            }
            Self::Quote => Said::new(
                "Citationstegn åbnet og ikke lukket, læst videre fra næste linje",
                "Quote opened and not closed, read on from the next line",
            ),
            Self::CprMissing => Said::new("CPR mangler", "CPR is missing"),
            Self::CprShape => {
                Said::new("CPR har ikke formen af et CPR-nummer", "CPR is not a CPR number")
            }
            Self::CprRounded => Said::new(
                "CPR er afrundet af et regneark (fx 1,2E+09); formatér kolonnen som tekst, og gem igen",
                "CPR was rounded by a spreadsheet (e.g. 1.2E+09); format the column as text and save again",
            ),
        }
    }
}

/// A line that was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetAside {
    /// Physical line, from 1.
    pub line: u32,
    /// Why.
    pub reason: Reason,
}

/// What is known of a table that was read; stays with the records.
#[derive(Clone, Debug)]
pub struct Source {
    /// File name; `archive.zip/member.csv` for a member.
    pub name: String,
    /// Register it was read as.
    pub register: Register,
    /// `UTF-8`, `UTF-8 med BOM`, `Windows-1252`, `UTF-16`.
    pub encoding: &'static str,
    /// The separator character.
    pub separator: char,
    /// Account of its lines.
    pub ledger: Ledger,
    /// Lines set aside, in order.
    pub set_aside: Vec<SetAside>,
    /// Each column of the file: its heading (decoded) and the field it was read as.
    pub columns: Vec<(String, Option<Field>)>,
    /// Cells of date columns that hold something unreadable, per field.
    pub unreadable_dates: u64,
    /// Number cells that can be read in two ways.
    pub ambiguous_numbers: u64,
    /// Earliest and latest event date.
    pub period: Option<(crate::day::Day, crate::day::Day)>,
    /// Remarks about how it was read (two columns for one field, header missing, …).
    pub remarks: Vec<Said>,
}

/// A table while it is being read.
pub struct TableReader {}

/// A table that was read whole, ready for [`crate::records::Records::add`].
pub struct Table {}

impl TableReader {
    /// Begins a table. The bytes that were probed must be pushed, too.
    #[must_use]
    pub fn new(name: &str, probe: &TableProbe) -> Self {
        let _ = (name, probe);
        todo!("owner of records")
    }

    /// Reads on.
    pub fn push(&mut self, bytes: &[u8]) {
        let _ = bytes;
        todo!("owner of records")
    }

    /// Physical lines so far.
    #[must_use]
    pub fn lines(&self) -> u64 {
        todo!("owner of records")
    }

    /// Ends the table.
    #[must_use]
    pub fn finish(self) -> Table {
        todo!("owner of records")
    }
}
