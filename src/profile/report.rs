//! What is complained about while a profile is read, each with its line and column.

use std::cell::Cell;
use std::ops::Range;

use crate::note::{Note, Place, Said};
use crate::sort;

use super::nearest::{LONGEST, did_you_mean};

/// Byte range in the profile text.
pub(super) type Span = Range<usize>;

/// Looking for the nearest word is the one dear thing here; a hostile text gets no more of it than
/// so many pairs of letters held against each other.
const MOST_SEARCH: usize = 4_000_000;

/// Most notes on one profile. Nobody reads further, and each costs memory and a line on the page.
pub const MOST_NOTES: usize = 500;

/// Longest sentence of a note, in characters: what is quoted may be as long as the profile.
const MOST_CHARACTERS: usize = 400;

/// Collects notes; nothing stops at the first error.
pub(super) struct Report<'t> {
    file: &'t str,
    text: &'t str,
    line_starts: Vec<usize>,
    notes: Vec<Note>,
    failed: bool,
    search_left: Cell<usize>,
}

impl<'t> Report<'t> {
    /// An empty report on `text`.
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        let after_newline = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(after_newline).collect();
        Self {
            file,
            text,
            line_starts,
            notes: Vec::new(),
            failed: false,
            search_left: Cell::new(MOST_SEARCH),
        }
    }

    /// Line and column, both from 1, of a byte position.
    pub(super) fn place(&self, span: &Span) -> Place {
        let at = span.start.min(self.text.len());
        let line = self.line(span);
        let start = usize::try_from(line - 1).ok().and_then(|i| self.line_starts.get(i)).copied();
        let before = self.text.get(start.unwrap_or(0)..at).unwrap_or("");
        let column = u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX);
        Place { file: self.file.to_owned(), line, column }
    }

    /// The line of a byte position, from 1.
    pub(super) fn line(&self, span: &Span) -> u32 {
        let line = self.line_starts.partition_point(|start| *start <= span.start);
        u32::try_from(line.max(1)).unwrap_or(u32::MAX)
    }

    /// A hint at the nearest of the words that could stand here.
    pub(super) fn did_you_mean<'c>(
        &self,
        written: &str,
        candidates: impl IntoIterator<Item = &'c str> + Clone,
    ) -> Said {
        let work = effort(written, candidates.clone());
        let left = self.search_left.get();
        self.search_left.set(left.saturating_sub(work));
        if work > left { Said::default() } else { did_you_mean(written, candidates) }
    }

    /// An error without a hint.
    pub(super) fn error(&mut self, code: &str, span: &Span, said: Said) {
        self.failed = true;
        if !self.is_full() {
            let place = self.place(span);
            self.notes.push(Note::error(code, place, clipped(said)));
        }
    }

    /// An error that says what to do.
    pub(super) fn error_with(&mut self, code: &str, span: &Span, said: Said, hint: Said) {
        self.failed = true;
        if !self.is_full() {
            let place = self.place(span);
            self.notes.push(Note::error(code, place, clipped(said)).with_hint(clipped(hint)));
        }
    }

    /// A piece of advice that says what to do.
    pub(super) fn advice(&mut self, code: &str, span: &Span, said: Said, hint: Said) {
        if !self.is_full() {
            let place = self.place(span);
            self.notes.push(Note::advice(code, place, clipped(said)).with_hint(clipped(hint)));
        }
    }

    /// Like an error that nobody reads any more.
    pub(super) fn fail(&mut self) {
        self.failed = true;
    }

    /// Were so many notes made that the rest is only counted as one? Loops may then end early.
    pub(super) fn is_full(&self) -> bool {
        self.notes.len() >= MOST_NOTES
    }

    /// Is there an error so far?
    pub(super) fn failed(&self) -> bool {
        self.failed
    }

    /// All notes, sorted by place; a note that was made twice stands once.
    pub(super) fn finish(mut self) -> Vec<Note> {
        if self.is_full() {
            self.say_that_there_may_be_more();
        }
        sort::by(&mut self.notes, |a, b| a.place.cmp(&b.place).then_with(|| a.cmp(b)));
        self.notes.dedup();
        self.notes
    }

    fn say_that_there_may_be_more(&mut self) {
        let said = Said::new(
            format!("her står de første {MOST_NOTES} bemærkninger; der kan være flere"),
            format!("these are the first {MOST_NOTES} notes; there may be more"),
        );
        let hint =
            Said::new("ret dem, og læs profilen igen", "correct these, and read the profile again");
        let note = if self.failed { Note::error } else { Note::advice };
        self.notes.push(note("too-many-notes", self.place(&(0..0)), said).with_hint(hint));
    }
}

/// What looking for the nearest of these words costs at most.
fn effort<'c>(written: &str, candidates: impl IntoIterator<Item = &'c str>) -> usize {
    candidates.into_iter().map(str::len).sum::<usize>().saturating_mul(written.len().min(LONGEST))
}

fn clipped(said: Said) -> Said {
    let clip = |text: String| match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text,
    };
    Said { da: clip(said.da), en: clip(said.en) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let text = "a = 1\næøå = 2\n";
        let report = Report::new("x.toml", text);
        let at = text.find('=').unwrap();
        assert_eq!((report.place(&(at..at)).line, report.place(&(at..at)).column), (1, 3));
        let at = text.rfind('=').unwrap();
        assert_eq!((report.place(&(at..at)).line, report.place(&(at..at)).column), (2, 5));
        let end = text.len() + 9;
        assert_eq!(report.line(&(end..end)), 3);
    }
}
