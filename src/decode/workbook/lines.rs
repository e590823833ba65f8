//! Rows of cells → lines of delimited text. The number of a row is the number of its line.

use crate::decode::xml::Fault;

/// Rows that a sheet can have.
pub const MOST_ROWS: u32 = 1_048_576;
/// Columns that a sheet can have.
pub const MOST_COLUMNS: u32 = 16_384;
/// The width of a table is the widest of so many first rows …
const EARLY_ROWS: usize = 120;
/// … that have no more columns than this: a stray cell far out widens nothing.
const WIDEST: u32 = 256;
/// Separators for cells that are empty.
const MOST_PADDING: u64 = 16_000_000;
/// Text for each byte of the sheet, beyond some megabytes: one long shared text in every cell.
const TEXT_PER_BYTE: u64 = 8;
const FREE_TEXT: u64 = 8 * 1024 * 1024;

/// The lines so far.
#[derive(Default)]
pub struct Lines {
    text: Vec<u8>,
    /// The line under way, from 1; 0 before the first.
    row: u32,
    /// Cells of the line under way, empty ones in between counted.
    cells: u32,
    /// Where the first rows end, and how many cells they have.
    early: Vec<(usize, u32)>,
    /// Cells of every row behind those, at least.
    width: Option<u32>,
    padding: u64,
}

impl Lines {
    /// Writes a cell. Rows, and the columns of one, come in ascending order; both from 0. `read` is
    /// how much of the sheet was read for it.
    pub fn cell(&mut self, row: u32, column: u32, text: &str, read: u64) -> Result<(), Fault> {
        if text.is_empty() {
            return Ok(());
        }
        if row + 1 < self.row || (row + 1 == self.row && column < self.cells) {
            return Err(Fault::Broken);
        }
        if row + 1 > self.row {
            self.end_row();
            let gap = (row - self.row) as usize;
            self.text.resize(self.text.len() + gap, b'\n');
            self.row = row + 1;
        }
        // A first cell has no separator before it, but one for each empty cell.
        self.pad(if self.cells == 0 { column } else { column + 1 - self.cells });
        self.cells = column + 1;
        write(&mut self.text, text);
        let much = self.text.len() as u64 > FREE_TEXT + TEXT_PER_BYTE * read;
        if much || self.padding > MOST_PADDING { Err(Fault::TooLarge) } else { Ok(()) }
    }

    fn pad(&mut self, cells: u32) {
        self.text.resize(self.text.len() + cells as usize, b';');
        self.padding += u64::from(cells);
    }

    // Lines with fewer cells than the heading would be set aside as cut off; a sheet leaves out
    // what is empty.
    fn end_row(&mut self) {
        if self.row == 0 {
            return;
        }
        match self.width {
            Some(width) => self.pad(width.saturating_sub(self.cells)),
            None => self.early.push((self.text.len(), self.cells)),
        }
        self.text.push(b'\n');
        self.cells = 0;
        if self.early.len() == EARLY_ROWS {
            self.settle_width();
        }
    }

    fn settle_width(&mut self) {
        let widths = self.early.iter().map(|(_, cells)| *cells).filter(|cells| *cells <= WIDEST);
        let width = widths.max().unwrap_or(0);
        let narrow = std::mem::take(&mut self.text);
        let mut from = 0;
        for (end, cells) in std::mem::take(&mut self.early) {
            self.text.extend_from_slice(narrow.get(from..end).unwrap_or_default());
            self.pad(width.saturating_sub(cells));
            from = end;
        }
        self.text.extend_from_slice(narrow.get(from..).unwrap_or_default());
        self.width = Some(width);
    }

    /// The text; empty for a sheet without content.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.end_row();
        if self.width.is_none() {
            self.settle_width();
        }
        self.text
    }
}

// Line ends inside a cell become spaces: the number of a line stays that of its row.
fn write(out: &mut Vec<u8>, text: &str) {
    let plain = |byte: u8| byte >= b' ' && byte != b';' && byte != b'"';
    if text.bytes().all(plain) {
        return out.extend_from_slice(text.as_bytes());
    }
    out.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' => out.extend_from_slice(b"\"\""),
            0..b' ' => out.push(b' '),
            other => out.push(other),
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(cells: &[(u32, u32, &str)]) -> String {
        let mut lines = Lines::default();
        for (row, column, text) in cells {
            lines.cell(*row, *column, text, 100).unwrap();
        }
        String::from_utf8(lines.finish()).unwrap()
    }

    #[test]
    fn rows_are_lines_and_as_wide_as_the_widest() {
        assert_eq!(
            lines(&[(0, 0, "a"), (0, 1, "b"), (0, 2, "c"), (1, 1, "x"), (3, 0, "y")]),
            "a;b;c\n;x;\n\ny;;\n"
        );
        assert_eq!(lines(&[(2, 1, "a")]), "\n\n;a\n");
        assert_eq!(lines(&[]), "");
        let wide = lines(&[(0, 0, "a"), (0, 1, "b"), (1, 999, "far"), (2, 0, "c")]);
        assert!(wide.starts_with("a;b\n;;;") && wide.ends_with(";far\nc;\n"));
    }

    #[test]
    fn later_rows_are_as_wide() {
        let mut all = vec![(0, 0, "a"), (0, 3, "d")];
        all.extend((1..300).map(|row| (row, 0, "x")));
        assert!(lines(&all).lines().all(|line| line.matches(';').count() == 3));
    }

    #[test]
    fn quotes_separators_and_line_ends() {
        assert_eq!(
            lines(&[(0, 0, "a;b"), (0, 1, "»\"«"), (0, 2, "c\nd")]),
            "\"a;b\";\"»\"\"«\";\"c d\"\n"
        );
    }

    #[test]
    fn order_and_bounds() {
        let mut lines = Lines::default();
        lines.cell(1, 1, "a", 0).unwrap();
        assert_eq!(lines.cell(0, 5, "b", 0), Err(Fault::Broken));
        assert_eq!(lines.cell(1, 1, "b", 0), Err(Fault::Broken));
        let long = "x".repeat(32_000);
        let faults: Vec<u32> =
            (2..2000).filter(|row| lines.cell(*row, 0, &long, u64::from(*row)).is_err()).collect();
        assert!((200..400).contains(&faults[0]), "stopped after some megabytes: {}", faults[0]);
    }

    #[test]
    fn far_columns_cost_so_much_and_no_more() {
        let mut lines = Lines::default();
        let stopped =
            (0..MOST_ROWS).find(|row| lines.cell(*row, MOST_COLUMNS - 1, "x", 1 << 40).is_err());
        assert!(stopped.is_some_and(|row| row < 2_000));
    }
}
