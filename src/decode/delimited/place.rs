//! Records that are not plain rows: which place in the account each has.

#![expect(
    clippy::indexing_slicing,
    reason = "positions come from a scan of the very buffer they index"
)]

use super::block::blank;
use super::{Dialect, Splitter, offset};
use crate::cpr::Cpr;
use crate::decode::ledger::{Reason, is_title, is_total};

/// Where a record of any shape has its place.
#[derive(PartialEq, Eq)]
pub(super) enum Placed {
    Here,
    /// Nowhere: its quotes must have been faulty.
    Faulty,
    /// In another table, whose header it is.
    Beyond,
}

impl Splitter {
    /// Would the line that begins at `start` be a record, with a CPR number where it belongs?
    pub(super) fn is_record_of_its_own(
        &self,
        positions: &[u32],
        next: usize,
        start: usize,
    ) -> bool {
        let Dialect { separator, width, key, .. } = self.dialect;
        let mut ends = positions.get(next..).unwrap_or_default().iter().map(|p| *p as usize);
        let (mut from, mut column, mut has_key) = (start, 0, false);
        while let Some(end) = ends.find(|p| self.buffer[*p] != b'"') {
            if column == key {
                let cell = self.buffer.get(from..end).unwrap_or_default();
                has_key = std::str::from_utf8(cell).is_ok_and(|text| Cpr::parse(text).is_ok());
            }
            column += 1;
            from = end + 1;
            if self.buffer[end] != separator {
                return has_key && column == width;
            }
        }
        false
    }

    /// Gives the record just read its place.
    pub(super) fn place(&mut self, start: usize, more_lines: u32) -> Placed {
        let width = self.dialect.width;
        let cell = |from: usize, column: usize, ends: &[u32]| {
            let begin = if column == 0 { from } else { ends[column - 1] as usize + 1 };
            begin..ends[column] as usize
        };
        let content = |column: usize| !blank(&self.buffer[cell(start, column, &self.ends)]);
        let count = self.ends.len();
        let last_content = (0..count).rev().find(|column| content(*column));
        let Some(last_content) = last_content else {
            self.ledger.blank += 1;
            self.end_carrying();
            self.ledger.continuation += u64::from(more_lines);
            self.line += 1 + u64::from(more_lines);
            return Placed::Here;
        };
        if count >= width && last_content < width && self.ends_as_usual(count, &content) {
            self.bounds.push(offset(start));
            self.bounds.extend_from_slice(&self.ends[..width]);
            self.push_line_number();
            self.ledger.continuation += u64::from(more_lines);
            self.line += 1 + u64::from(more_lines);
            return Placed::Here;
        }
        if self.begins_another(start) {
            self.beyond = Some(Vec::new());
            return Placed::Beyond;
        }
        if more_lines > 0 {
            self.aside(Reason::Quote);
            return Placed::Faulty;
        }
        let first = (0..count).find(|column| content(*column)).unwrap_or(0);
        let first = String::from_utf8_lossy(&self.buffer[cell(start, first, &self.ends)]);
        let alone = count < width && (0..count).filter(|column| content(*column)).count() == 1;
        let reason = match (is_total(&first), count < width) {
            (true, _) => Reason::Total,
            _ if alone && is_title(&first) => Reason::Title,
            (_, true) => Reason::TooFewFields,
            (_, false) => Reason::TooManyFields,
        };
        self.aside(reason);
        Placed::Here
    }

    /// Are fields behind the header's just empty ones at the end? A separator too many would leave an
    /// empty field before the last content, and its cells would stand in the wrong columns.
    fn ends_as_usual(&self, count: usize, content: &impl Fn(usize) -> bool) -> bool {
        let Dialect { width, usual, .. } = self.dialect;
        let last = (0..count).rev().find(|column| content(*column)).unwrap_or(0);
        let whole = || (0..last).all(content);
        count == width || usual.is_some_and(|usual| count == usual || whole())
    }

    /// The beginning of the next physical line; `None` if this one does not end in the buffer.
    pub(super) fn resume(&self, positions: &[u32], next: usize) -> Option<(usize, usize)> {
        let rest = positions.get(next..)?;
        let feed = rest.iter().position(|at| self.buffer[*at as usize] == b'\n')?;
        Some((next + feed + 1, rest[feed] as usize + 1))
    }
}
