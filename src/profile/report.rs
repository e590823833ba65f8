//! What is complained about while a profile is read, each with its line and column.

use std::cell::Cell;
use std::ops::Range;

use crate::note::{Level, Note, Place, Said};

use super::nearest::did_you_mean;

/// Byte range in the profile text.
pub(super) type Span = Range<usize>;

/// Looking for the nearest word is the one dear thing here; a hostile text gets no more of it.
const MOST_SUGGESTIONS: u32 = 200;

/// Longest sentence of a note, in characters: what is quoted may be as long as the profile.
const MOST_CHARACTERS: usize = 400;

/// Collects notes; nothing stops at the first error.
pub(super) struct Report<'t> {
    file: &'t str,
    text: &'t str,
    line_starts: Vec<usize>,
    notes: Vec<Note>,
    suggestions_left: Cell<u32>,
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
            suggestions_left: Cell::new(MOST_SUGGESTIONS),
        }
    }

    /// Line and column, both from 1, of a byte position.
    pub(super) fn place(&self, span: &Span) -> Place {
        let at = span.start.min(self.text.len());
        let line = self.line_starts.partition_point(|start| *start <= at);
        let start = line.checked_sub(1).and_then(|i| self.line_starts.get(i)).copied().unwrap_or(0);
        let before = self.text.get(start..at).unwrap_or("");
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place {
            file: self.file.to_owned(),
            line: small(line.max(1)),
            column: small(before.chars().count() + 1),
        }
    }

    /// The line of a byte position, from 1.
    pub(super) fn line(&self, span: &Span) -> u32 {
        self.place(span).line
    }

    /// A hint at the nearest of the words that could stand here.
    pub(super) fn did_you_mean<'c>(
        &self,
        written: &str,
        candidates: impl IntoIterator<Item = &'c str> + Clone,
    ) -> Said {
        let left = self.suggestions_left.get();
        self.suggestions_left.set(left.saturating_sub(1));
        if left == 0 { Said::default() } else { did_you_mean(written, candidates) }
    }

    /// An error without a hint.
    pub(super) fn error(&mut self, code: &str, span: &Span, said: Said) {
        let place = self.place(span);
        self.notes.push(Note::error(code, place, clipped(said)));
    }

    /// An error that says what to do.
    pub(super) fn error_with(&mut self, code: &str, span: &Span, said: Said, hint: Said) {
        let place = self.place(span);
        self.notes.push(Note::error(code, place, clipped(said)).with_hint(clipped(hint)));
    }

    /// A piece of advice that says what to do.
    pub(super) fn advice(&mut self, code: &str, span: &Span, said: Said, hint: Said) {
        let place = self.place(span);
        self.notes.push(Note::advice(code, place, clipped(said)).with_hint(clipped(hint)));
    }

    /// Is there an error so far?
    pub(super) fn failed(&self) -> bool {
        self.notes.iter().any(|n| n.level == Level::Error)
    }

    /// All notes, sorted by place; a note that was made twice stands once.
    pub(super) fn finish(mut self) -> Vec<Note> {
        self.notes.sort_by(|a, b| a.place.cmp(&b.place).then_with(|| a.cmp(b)));
        self.notes.dedup();
        self.notes
    }
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
