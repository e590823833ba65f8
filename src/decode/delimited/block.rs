//! What a splitter is told, and what it hands over: rows as byte ranges of a block.

use profilblik_rows::cut::Cells;

use crate::decode::ledger::{is_title, is_total};

/// What the splitter must know of a table.
#[derive(Clone, Debug)]
pub struct Dialect {
    /// ASCII separator.
    pub separator: u8,
    /// Lines end with a bare carriage return.
    pub carriage_return_only: bool,
    /// UTF-16 in this byte order (big-endian?), to be turned into UTF-8 first.
    pub utf16: Option<bool>,
    /// Fields of the header.
    pub width: usize,
    /// Fields that rows usually have, the further ones empty; `None` = some have content there, and
    /// the header is in doubt.
    pub usual: Option<usize>,
    /// The column that holds the CPR number.
    pub key: usize,
    /// Physical lines up to and including the header, skipped here and accounted for elsewhere.
    pub lines_before: u64,
}

/// Records of one block. Field `j` of a row lies between two of its `width + 1` bounds.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    /// Where the cells are.
    pub cells: Cells<'a>,
    /// Physical line of each row.
    pub lines: &'a [u32],
    /// Lines between the rows that are none, blank ones included.
    pub breaks: &'a [u32],
    /// No row holds a quote: a separator always ends a cell.
    pub plain: bool,
}

impl<'a> Block<'a> {
    /// Rows in the block.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.lines.len()
    }

    /// No row at all?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Raw bytes of a cell, quotes included.
    #[must_use]
    #[inline]
    pub fn cell(&self, row: usize, column: usize) -> &'a [u8] {
        self.cells.cell(row, column)
    }

    /// Has the cell no content?
    #[must_use]
    pub fn is_empty_cell(&self, row: usize, column: usize) -> bool {
        column >= self.cells.width || blank(self.cell(row, column))
    }

    /// Does the row begin like a line of totals?
    #[must_use]
    pub fn is_total(&self, row: usize) -> bool {
        is_total(&String::from_utf8_lossy(&unquote(self.first_content(row))))
    }

    /// All cells of a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &'a [u8]> {
        (0..self.cells.width).map(move |column| self.cell(row, column))
    }

    /// Is the row a title or a page number alone?
    #[must_use]
    pub fn is_title(&self, row: usize) -> bool {
        let mut filled = self.row(row).filter(|cell| !blank(cell));
        let first = filled.next().map(|cell| String::from_utf8_lossy(&unquote(cell)).into_owned());
        self.cells.width > 1 && filled.next().is_none() && first.is_some_and(|cell| is_title(&cell))
    }

    /// Has no cell of the row any content?
    #[must_use]
    pub fn is_blank(&self, row: usize) -> bool {
        (0..self.cells.width).all(|column| blank(self.cell(row, column)))
    }

    /// First cell with content.
    #[must_use]
    pub fn first_content(&self, row: usize) -> &'a [u8] {
        let mut cells = (0..self.cells.width).map(|column| self.cell(row, column));
        cells.find(|cell| !blank(cell)).unwrap_or_default()
    }
}

/// Only white space, or quotes around nothing.
pub(super) fn blank(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    cell.is_empty() || cell == b"\"\""
}

/// Removes quotes around a cell, with spaces before them, and halves the doubled ones inside.
#[must_use]
pub fn unquote(cell: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    let quoted = cell.trim_ascii_start().strip_prefix(b"\"");
    let Some(inner) = quoted.and_then(|rest| rest.strip_suffix(b"\"")) else {
        return cell.into();
    };
    if !inner.contains(&b'"') {
        return inner.into();
    }
    let mut out = Vec::with_capacity(inner.len());
    let mut bytes = inner.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'"' {
            bytes.next_if_eq(&b'"');
        }
        out.push(byte);
    }
    out.into()
}
