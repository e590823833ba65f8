//! Columns of one table as they were read, before typing.

use super::intern::{Dictionary, Ids};
use crate::schema::Field;

/// A column: distinct raw cells and one id per row.
#[derive(Clone, Debug)]
pub struct RawColumn {
    /// Column of the file.
    pub at: usize,
    /// What it is read as.
    pub field: Field,
    /// Distinct cells, raw.
    pub dictionary: Dictionary,
    /// One id per row.
    pub ids: Ids,
}

impl RawColumn {
    /// An empty column.
    pub fn new(at: usize, field: Field) -> Self {
        Self { at, field, dictionary: Dictionary::default(), ids: Ids::default() }
    }
}

/// Physical line per row, kept as runs of consecutive lines.
#[derive(Clone, Debug, Default)]
pub struct LineRuns {
    /// `(first row, its line)`.
    runs: Vec<(u32, u32)>,
    rows: u32,
    last: u32,
}

impl LineRuns {
    /// The line of the next row.
    #[inline]
    pub fn push(&mut self, line: u32) {
        if self.rows == 0 || line != self.last + 1 {
            self.runs.push((self.rows, line));
        }
        self.rows += 1;
        self.last = line;
    }

    /// Runs as pairs; rows, and the line of the last one.
    pub fn packed(&self) -> (Vec<u32>, u32, u32) {
        let runs = self.runs.iter().flat_map(|(row, line)| [*row, *line]).collect();
        (runs, self.rows, self.last)
    }

    /// Appends what [`LineRuns::packed`] gave, its lines coming after `before` others.
    pub fn append_packed(&mut self, runs: &[u32], (rows, last): (u32, u32), before: u32) {
        let pairs = runs.as_chunks::<2>().0.iter();
        self.runs.extend(pairs.map(|[row, line]| (row + self.rows, line + before)));
        if rows > 0 {
            self.rows += rows;
            self.last = last + before;
        }
    }

    /// The line of a row; 0 past the end.
    pub fn line(&self, row: u32) -> u32 {
        let run = self.runs.partition_point(|(first, _)| *first <= row);
        let run = run.checked_sub(1).and_then(|at| self.runs.get(at));
        run.filter(|_| row < self.rows).map_or(0, |(first, line)| line + (row - first))
    }
}

#[cfg(test)]
mod tests {
    use super::LineRuns;

    #[test]
    fn lines_are_found_again() {
        let lines = [2, 3, 4, 7, 8, 20];
        let mut runs = LineRuns::default();
        lines.iter().for_each(|line| runs.push(*line));
        let found: Vec<u32> = (0..6).map(|row| runs.line(row)).collect();
        assert_eq!(found, lines);
        assert_eq!(runs.line(6), 0);
        assert_eq!(runs.runs.len(), 3);
    }
}
