//! Where one table of a file ends and another begins.

#![expect(
    clippy::indexing_slicing,
    reason = "positions come from the splitter that cut this very buffer"
)]

use super::{Splitter, unquote};
use crate::decode::ledger::Ledger;
use crate::decode::sniff::is_other_header;

impl Splitter {
    /// Another table may follow the one with these folded headings.
    pub fn watch(&mut self, own: Vec<String>) {
        self.own = Some(own);
    }

    /// The headings watched for.
    pub fn take_watch(&mut self) -> Vec<String> {
        self.own.take().unwrap_or_default()
    }

    /// Was the header of another table met?
    #[must_use]
    pub const fn is_beyond(&self) -> bool {
        self.beyond.is_some()
    }

    /// The text behind this table that came in since the last time, decoded as this one is.
    pub fn take_beyond(&mut self) -> Vec<u8> {
        self.gather_beyond();
        self.beyond.as_mut().map(std::mem::take).unwrap_or_default()
    }

    pub(super) fn gather_beyond(&mut self) {
        if let Some(beyond) = &mut self.beyond {
            beyond.append(&mut self.buffer);
        }
    }

    /// Where the account stands, for [`Self::end_before`].
    pub(super) fn account(&self) -> (Ledger, usize, u64) {
        (self.ledger, self.set_aside.len(), self.line)
    }

    /// Ends the table before a row of the block that begins at `from`: what stands behind it is
    /// taken back from the account. Returns the bytes dealt with.
    pub(super) fn end_before(
        &mut self,
        row: usize,
        from: usize,
        before: (Ledger, usize, u64),
    ) -> usize {
        let stop = self.bounds[row * (self.dialect.width + 1)] as usize;
        let behind = self.buffer.split_off(stop);
        let count: usize;
        (self.ledger, count, self.line) = before;
        self.set_aside.truncate(count);
        self.bounds.clear();
        self.lines.clear();
        let used = from + self.split(from, true);
        self.buffer.truncate(used);
        self.beyond = Some(behind);
        used
    }

    /// The current line is no row: nothing is carried over it.
    pub(super) fn end_carrying(&mut self) {
        self.breaks.push(u32::try_from(self.line).unwrap_or(u32::MAX));
    }

    /// Is the record just read, whose field ends are known, the header of another table?
    pub(super) fn begins_another(&self, start: usize) -> bool {
        let Some(own) = &self.own else { return false };
        let mut from = start;
        let cells = self.ends.iter().map(|end| {
            let cell = &self.buffer[from..*end as usize];
            from = *end as usize + 1;
            cell
        });
        begins_another(cells, own)
    }
}

/// Do these raw cells make the header of a table other than the one with these folded headings?
pub fn begins_another<'a>(cells: impl Iterator<Item = &'a [u8]>, own: &[String]) -> bool {
    let text = |cell: &[u8]| String::from_utf8_lossy(&unquote(cell)).trim().to_owned();
    let cells: Vec<String> = cells.map(text).collect();
    is_other_header(&cells, own)
}
