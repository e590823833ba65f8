//! Splits delimited text into records, slice by slice, and gives every physical line its place.
//!
//! Cells stay byte ranges of the block: nothing is copied or decoded here. Rows that have just the
//! header's separators take a fast path; quotes, odd field counts and blanks go through
//! `Splitter::record`. A quote that is not closed within a few lines, that closes in the middle
//! of a field, or that would swallow a line that is a record on its own costs only its own line, and
//! not even that where every cell is quoted ([`cut_loosely`]).

#![expect(
    clippy::indexing_slicing,
    reason = "positions come from a scan of the very buffer they index"
)]

mod block;
mod loose;
mod other;
mod place;

pub use block::{Block, Dialect, unquote};
pub use loose::cut as cut_loosely;
pub use other::begins_another;

use self::place::Placed;
use super::encoding::Utf16;
use super::ledger::{Ledger, Reason, SetAside};
use profilblik_rows::cut::{Cells, Place, plain_rows};
use profilblik_rows::scan::Structure;

/// Bytes handled at a time, so that a block stays in the second-level cache.
const BLOCK_BYTES: usize = 256 * 1024;
/// A quoted cell may hold this many line ends …
const QUOTED_LINES: u32 = 64;
/// … and this many bytes.
const QUOTED_BYTES: usize = 32 * 1024;
/// A longer line is no record.
const LINE_BYTES: usize = 1024 * 1024;

/// The state between slices.
#[derive(Debug)]
pub struct Splitter {
    dialect: Dialect,
    utf16: Option<Utf16>,
    at_start: bool,
    buffer: Vec<u8>,
    structure: Structure,
    bounds: Vec<u32>,
    lines: Vec<u32>,
    ends: Vec<u32>,
    /// Every row of the block took the fast path.
    plain: bool,
    skipping: bool,
    to_skip: u64,
    line: u64,
    /// Lines since the last rows that are none: what is carried down ends there.
    breaks: Vec<u32>,
    /// Folded headings of this table, where another one may follow.
    own: Option<Vec<String>>,
    /// The text from the header of another table on, once one was met.
    beyond: Option<Vec<u8>>,
    /// Blank, continuation and set-aside lines so far; the taker of the rows counts those.
    pub ledger: Ledger,
    /// Lines set aside so far.
    pub set_aside: Vec<SetAside>,
    /// Lines whose quotes are not doubled, cut by their separators.
    pub loose: u64,
}

enum Outcome {
    Row { next: usize, start: usize, more_lines: u32 },
    BadQuote,
    Incomplete,
}

impl Splitter {
    /// A splitter at the beginning of a file.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self {
            utf16: dialect.utf16.map(Utf16::new),
            to_skip: dialect.lines_before,
            dialect,
            at_start: true,
            buffer: Vec::with_capacity(BLOCK_BYTES * 2),
            structure: Structure::default(),
            bounds: Vec::new(),
            lines: Vec::new(),
            ends: Vec::new(),
            plain: true,
            skipping: false,
            line: 1,
            breaks: Vec::new(),
            own: None,
            beyond: None,
            ledger: Ledger::default(),
            set_aside: Vec::new(),
            loose: 0,
        }
    }

    /// A splitter that begins with a line somewhere below the header.
    #[must_use]
    pub fn of_rest(dialect: Dialect) -> Self {
        Self { to_skip: 0, at_start: false, ..Self::new(dialect) }
    }

    /// Is every line that was pushed dealt with, so that the next one begins a record?
    #[must_use]
    pub const fn is_at_rest(&self) -> bool {
        self.buffer.is_empty() && self.utf16.is_none() && !self.skipping && self.to_skip == 0
    }

    /// Lines that another splitter has dealt with.
    pub const fn pass(&mut self, lines: u64) {
        self.line += lines;
    }

    /// Physical lines seen so far.
    #[must_use]
    pub const fn lines(&self) -> u64 {
        self.line - 1
    }

    /// Reads on; complete rows go to `take`, which names the row that begins another table.
    pub fn push(&mut self, bytes: &[u8], take: &mut impl FnMut(Block<'_>) -> Option<usize>) {
        for piece in bytes.chunks(BLOCK_BYTES) {
            self.append(piece);
            self.block(false, take);
        }
    }

    /// Ends the file.
    pub fn finish(&mut self, take: &mut impl FnMut(Block<'_>) -> Option<usize>) {
        if let Some(decoder) = &mut self.utf16 {
            decoder.finish(&mut self.buffer);
        }
        if self.is_beyond() {
            return self.gather_beyond();
        }
        if self.buffer.last().is_some_and(|byte| *byte != b'\n') || self.skipping {
            self.buffer.push(b'\n');
        }
        self.block(true, take);
    }

    fn append(&mut self, piece: &[u8]) {
        let from = self.buffer.len();
        match &mut self.utf16 {
            Some(decoder) => decoder.push(piece, &mut self.buffer),
            None => self.buffer.extend_from_slice(piece),
        }
        if self.dialect.carriage_return_only {
            for byte in &mut self.buffer[from..] {
                if *byte == b'\r' {
                    *byte = b'\n';
                }
            }
        }
        if self.at_start && self.buffer.len() >= 3 {
            self.at_start = false;
            if self.buffer.starts_with(b"\xEF\xBB\xBF") {
                self.buffer.drain(..3);
            }
        }
    }

    fn block(&mut self, last: bool, take: &mut impl FnMut(Block<'_>) -> Option<usize>) {
        if self.is_beyond() {
            return self.gather_beyond();
        }
        let from = self.skip_lines();
        self.bounds.clear();
        self.lines.clear();
        let before = self.account();
        let mut used = from + self.split(from, last);
        if !self.lines.is_empty() {
            let (bytes, width, plain) = (self.buffer.as_slice(), self.dialect.width, self.plain);
            let (bounds, lines, breaks) = (&self.bounds, &self.lines, &self.breaks);
            if let Some(row) =
                take(Block { cells: Cells { bytes, bounds, width }, lines, breaks, plain })
            {
                used = self.end_before(row, from, before);
            }
            let last = self.lines.last().copied().unwrap_or(0);
            self.breaks.retain(|gap| *gap > last);
        }
        self.buffer.copy_within(used.., 0);
        self.buffer.truncate(self.buffer.len() - used);
        if self.is_beyond() {
            return self.gather_beyond();
        }
        self.drop_endless_line();
    }

    /// Skips the lines above the rows and the rest of an endless line; returns bytes skipped.
    fn skip_lines(&mut self) -> usize {
        let mut from = 0;
        while self.to_skip > 0 || self.skipping {
            let Some(length) = self.buffer[from..].iter().position(|byte| *byte == b'\n') else {
                self.buffer.truncate(from);
                break;
            };
            from += length + 1;
            if self.to_skip > 0 {
                self.to_skip -= 1;
                self.line += 1;
            } else {
                self.skipping = false;
                self.aside(Reason::TooLong);
            }
        }
        from
    }

    fn drop_endless_line(&mut self) {
        if self.buffer.len() > LINE_BYTES {
            self.skipping = true;
            self.buffer.clear();
        }
    }

    fn aside(&mut self, reason: Reason) {
        let line = u32::try_from(self.line).unwrap_or(u32::MAX);
        self.end_carrying();
        self.set_aside.push(SetAside { line, reason });
        self.ledger.set_aside += 1;
        self.line += 1;
    }

    fn push_line_number(&mut self) {
        self.lines.push(u32::try_from(self.line).unwrap_or(u32::MAX));
    }

    /// Splits the buffer from `from` on; returns how many bytes are dealt with.
    fn split(&mut self, from: usize, last: bool) -> usize {
        let mut structure = std::mem::take(&mut self.structure);
        structure.scan(&self.buffer[from..], self.dialect.separator, offset(from));
        let positions = &structure.positions;
        let mut place = Place::at(from);
        self.plain = true;
        while place.start < self.buffer.len() {
            self.plain_rows(&structure, &mut place);
            let Place { next, start, .. } = place;
            if start >= self.buffer.len() {
                break;
            }
            match self.record(positions, next, start, last) {
                Outcome::Row { next: after, start: begin, more_lines } => {
                    match self.place(start, more_lines) {
                        Placed::Beyond => break,
                        Placed::Here => {
                            self.plain = false;
                            (place.next, place.start) = (after, begin);
                        }
                        Placed::Faulty => {
                            (place.next, place.start) =
                                self.resume(positions, next).unwrap_or((after, begin));
                        }
                    }
                }
                Outcome::BadQuote => {
                    // The line itself may end in the next slice.
                    let Some(resumed) = self.resume(positions, next) else { break };
                    if self.cut_loosely(start, resumed.1 - 1) {
                        self.place(start, 0);
                        self.plain = false;
                        self.loose += 1;
                    } else {
                        self.aside(Reason::Quote);
                    }
                    (place.next, place.start) = resumed;
                }
                Outcome::Incomplete => break,
            }
        }
        self.structure = structure;
        place.start - from
    }

    /// Takes rows that have just their separators and a line end, and no quote.
    fn plain_rows(&mut self, structure: &Structure, place: &mut Place) {
        let width = self.dialect.width;
        let rows = plain_rows(&self.buffer, structure, width, place, &mut self.bounds) as u64;
        let numbers =
            (self.line..self.line + rows).map(|line| u32::try_from(line).unwrap_or(u32::MAX));
        self.lines.extend(numbers);
        self.line += rows;
    }

    /// Reads one record of any shape; its field ends go to `self.ends`.
    fn record(&mut self, positions: &[u32], mut next: usize, start: usize, last: bool) -> Outcome {
        self.ends.clear();
        let (mut at, mut more_lines) = (start, 0);
        loop {
            if self.buffer.get(at + self.spaces(at)) == Some(&b'"') {
                match self.quoted(positions, next + 1, start, &mut more_lines) {
                    Some(Ok(after)) => next = after,
                    Some(Err(())) => return Outcome::BadQuote,
                    None if last => return Outcome::BadQuote,
                    None => return Outcome::Incomplete,
                }
            } else {
                while positions.get(next).is_some_and(|p| self.buffer[*p as usize] == b'"') {
                    next += 1;
                }
            }
            let Some(&end) = positions.get(next) else { return Outcome::Incomplete };
            next += 1;
            at = end as usize + 1;
            if self.buffer[end as usize] == b'\n' {
                let floor = self.ends.last().map_or(start, |p| *p as usize + 1);
                let end = end as usize;
                let returned = end > floor && self.buffer[end - 1] == b'\r';
                self.ends.push(offset(end - usize::from(returned)));
                return Outcome::Row { next, start: at, more_lines };
            }
            self.ends.push(end);
        }
    }

    /// From behind an opening quote to the position after the closing one: `Some(Ok)`; `Some(Err)`
    /// when the quote is faulty; `None` when the buffer ends first.
    fn quoted(
        &self,
        positions: &[u32],
        mut next: usize,
        start: usize,
        more_lines: &mut u32,
    ) -> Option<Result<usize, ()>> {
        loop {
            let Some(at) = positions.get(next).map(|p| *p as usize) else {
                return (self.buffer.len() - start > QUOTED_BYTES).then_some(Err(()));
            };
            next += 1;
            match self.buffer[at] {
                b'"' => match self.buffer.get(at + 1)? {
                    b'"' => next += 1,
                    b'\n' => return Some(Ok(next)),
                    byte if *byte == self.dialect.separator => return Some(Ok(next)),
                    b'\r' if *self.buffer.get(at + 2)? == b'\n' => return Some(Ok(next)),
                    _ => return Some(Err(())),
                },
                b'\n' => {
                    *more_lines += 1;
                    let too_far = *more_lines > QUOTED_LINES || at - start > QUOTED_BYTES;
                    if too_far || self.is_record_of_its_own(positions, next, at + 1) {
                        return Some(Err(()));
                    }
                }
                _ => {}
            }
        }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
