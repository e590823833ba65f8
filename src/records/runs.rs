//! Neighbouring columns that come again together.
//!
//! A medicine's code, name, strength, form and dosage, or a test's code, name and unit, are the
//! same from row to row. Such a run of cells is looked up as one stretch of bytes: one look-up
//! instead of one per column. Which columns belong together is learnt from a table's first rows;
//! a wrong guess costs time, never a different result.

use std::ops::Range;

use super::Map;
use super::intern::{Dictionary, Ids};
use super::raw::RawColumn;
use crate::decode::delimited::Block;

/// Rows from which is learnt.
const SAMPLE: usize = 2_048;
/// Columns belong together if the first rows hold one distinct run in so many rows at most …
const ROWS_PER_RUN: usize = 4;
/// … and as long as no more than so many distinct runs have come …
const FEW_RUNS: usize = 8_192;
/// … or one in so many rows: what is looked up shall stay in the processor's cache.
const ROWS_PER_RUN_LATER: usize = 32;

/// How the columns of a table are looked up.
pub(super) struct Runs {
    /// Rows from which is learnt, and how many distinct runs are few.
    sample: usize,
    few: usize,
    learnt: bool,
    runs: Vec<Run>,
    ids: Vec<u32>,
}

impl Default for Runs {
    fn default() -> Self {
        Self { sample: SAMPLE, few: FEW_RUNS, learnt: false, runs: Vec::new(), ids: Vec::new() }
    }
}

/// Columns that are looked up together; their cells stand side by side in the file.
struct Run {
    /// Which of the table's columns.
    columns: Range<usize>,
    /// The stretches of bytes seen.
    seen: Dictionary,
    /// Per column, the cell's id in each stretch.
    cells: Vec<Vec<u32>>,
    /// Rows of the block with a new stretch.
    new: Vec<u32>,
}

impl Runs {
    /// Takes the rows of a block into the columns.
    pub(super) fn take(&mut self, block: &Block<'_>, rows: &[u32], columns: &mut [RawColumn]) {
        if !self.learnt && columns.first().is_some_and(|column| column.ids.len() >= self.sample) {
            self.learnt = true;
            self.runs = learn(columns, self.sample);
        }
        let mut next = 0;
        if block.plain {
            for run in &mut self.runs {
                let (before, together) = columns.split_at_mut(run.columns.start);
                let before = before.get_mut(next..).unwrap_or_default();
                before.iter_mut().for_each(|column| alone(block, rows, column, &mut self.ids));
                let count = run.columns.len();
                run.take(block, rows, together.get_mut(..count).unwrap_or_default(), &mut self.ids);
                next = run.columns.end;
            }
        }
        let rest = columns.get_mut(next..).unwrap_or_default();
        rest.iter_mut().for_each(|column| alone(block, rows, column, &mut self.ids));
        let rows = columns.first().map_or(0, |column| column.ids.len());
        self.part(self.few.max(rows / ROWS_PER_RUN_LATER), columns);
    }

    /// Parts the runs that turned out to be too many.
    fn part(&mut self, most: usize, columns: &[RawColumn]) {
        if self.runs.iter().any(|run| run.seen.len() > most) {
            let runs = std::mem::take(&mut self.runs).into_iter();
            self.runs = runs
                .flat_map(|run| if run.seen.len() > most { run.parted(columns) } else { vec![run] })
                .collect();
        }
    }
}

impl Run {
    fn new(columns: Range<usize>) -> Self {
        // The dictionary's first entry is the empty stretch, which no run is: all cells empty.
        let cells = vec![vec![0]; columns.len()];
        Self { columns, seen: Dictionary::default(), cells, new: Vec::new() }
    }

    // INVARIANT: a plain block holds no quote, so the same bytes are the same cells.
    fn take(
        &mut self,
        block: &Block<'_>,
        rows: &[u32],
        columns: &mut [RawColumn],
        ids: &mut Vec<u32>,
    ) {
        let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return };
        let (first, last) = (first.at, last.at);
        self.seen.intern_stretches(&block.cells, rows, (first, last), ids, &mut self.new);
        for row in &self.new {
            for (column, cells) in columns.iter_mut().zip(&mut self.cells) {
                cells.push(column.dictionary.intern(block.cell(*row as usize, column.at)));
            }
        }
        for (column, cells) in columns.iter_mut().zip(&self.cells) {
            column.ids.extend_mapped(ids, cells, column.dictionary.len());
        }
    }

    /// The columns on both sides of the one that holds the most.
    fn parted(self, columns: &[RawColumn]) -> Vec<Self> {
        let Range { start, end } = self.columns;
        let distinct = |at: &usize| columns.get(*at).map_or(0, |column| column.dictionary.len());
        let most = (start..end).max_by_key(distinct).unwrap_or(start);
        let sides = [start..most, most + 1..end].into_iter();
        sides.filter(|side| side.len() > 1).map(Self::new).collect()
    }
}

fn alone(block: &Block<'_>, rows: &[u32], column: &mut RawColumn, ids: &mut Vec<u32>) {
    column.dictionary.intern_column(&block.cells, rows, column.at, ids);
    column.ids.extend(ids, column.dictionary.len());
}

/// Joins neighbours from the left as long as they still repeat together.
fn learn(columns: &[RawColumn], rows: usize) -> Vec<Run> {
    let first =
        |at: usize| columns.get(at).map(|column| numbers(&column.ids, rows)).unwrap_or_default();
    let mut runs = Vec::new();
    let mut start = 0;
    let mut joined = first(0);
    for at in 1..=columns.len() {
        let next = columns
            .get(at)
            .filter(|column| columns.get(at - 1).is_some_and(|before| before.at + 1 == column.at));
        let more = next.and_then(|column| join(&joined, &column.ids));
        match more {
            Some(more) => joined = more,
            None => {
                if at - start > 1 {
                    runs.push(Run::new(start..at));
                }
                start = at;
                joined = first(at);
            }
        }
    }
    runs
}

fn numbers(ids: &Ids, rows: usize) -> Vec<u32> {
    (0..rows).map(|row| u32::try_from(ids.get(row)).unwrap_or(u32::MAX)).collect()
}

/// The distinct pairs, numbered; `None` if there are too many of them.
fn join(left: &[u32], right: &Ids) -> Option<Vec<u32>> {
    let mut known: Map<(u32, u32), u32> = Map::default();
    let mut out = Vec::with_capacity(left.len());
    for (left, right) in left.iter().zip(numbers(right, left.len())) {
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        out.push(*known.entry((*left, right)).or_insert(next));
    }
    (known.len() * ROWS_PER_RUN <= out.len() && distinct(left) * ROWS_PER_RUN <= out.len())
        .then_some(out)
}

// The ids are dense.
fn distinct(ids: &[u32]) -> usize {
    let most = ids.iter().max().map_or(0, |id| *id as usize);
    let mut seen = vec![false; most + 1];
    ids.iter().for_each(|id| seen.get_mut(*id as usize).into_iter().for_each(|one| *one = true));
    seen.into_iter().filter(|one| *one).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::delimited::{Dialect, Splitter};
    use crate::schema::Field;
    use proptest::prelude::*;

    const FIELDS: [Field; 5] = [Field::Kode, Field::Navn, Field::Dato, Field::Tekst, Field::Status];

    fn dialect() -> Dialect {
        Dialect {
            separator: b';',
            width: 6,
            key: 0,
            usual: Some(6),
            lines_before: 0,
            utf16: None,
            carriage_return_only: false,
        }
    }

    /// Four of the five columns, and the runs in the end; `sample` rows to learn from.
    fn read(text: &str, sample: usize, few: usize) -> (Vec<RawColumn>, Vec<(usize, usize)>) {
        let places = [1, 2, 3, 5];
        let mut columns: Vec<RawColumn> =
            places.iter().zip(FIELDS).map(|(at, field)| RawColumn::new(*at, field)).collect();
        let mut runs = Runs { sample, few, ..Runs::default() };
        let mut splitter = Splitter::new(dialect());
        let mut take = |block: Block<'_>| {
            let rows: Vec<u32> = (0..block.len() as u32).collect();
            runs.take(&block, &rows, &mut columns);
            None
        };
        for piece in text.as_bytes().chunks(200) {
            splitter.push(piece, &mut take);
        }
        splitter.finish(&mut take);
        (columns, runs.runs.iter().map(|run| (run.columns.start, run.columns.end)).collect())
    }

    proptest! {
        #[test]
        fn runs_read_what_columns_read(
            rows in proptest::collection::vec(
                ("[ab]", "[xyz\"]{1,2}", "(|\"q;q\"|[0-9]{1,2})", "[a-z]{0,3}", "[mn]?"), 60..300),
            few in 1usize..40,
        ) {
            let lines = rows.iter().map(|(code, name, date, text, status)| {
                format!("7;{code};{code}{name};{date};{text};{status}\n")
            });
            let text: String = lines.collect();
            let (plain, _) = read(&text, usize::MAX, few);
            let (runs, _) = read(&text, 24, few);
            for (plain, run) in plain.iter().zip(&runs) {
                prop_assert_eq!(plain.dictionary.iter().collect::<Vec<_>>(),
                    run.dictionary.iter().collect::<Vec<_>>());
                let ids = |ids: &Ids| (0..ids.len()).map(|row| ids.get(row)).collect::<Vec<_>>();
                prop_assert_eq!(ids(&plain.ids), ids(&run.ids));
            }
        }
    }

    #[test]
    fn what_repeats_together_is_looked_up_together() {
        let line = |row: usize| format!("7;{};n{};{row};x;a\n", row % 3, row % 3);
        let text: String = (0..200).map(line).collect();
        assert_eq!(read(&text, 50, 8).1, [(0, 2)], "code and name");
        let text: String = (0..200).map(|row| format!("7;{row};n{row};{row};x;a\n")).collect();
        assert!(read(&text, 50, 8).1.is_empty(), "nothing repeats");
    }

    #[test]
    fn runs_that_grow_too_many_are_parted_at_the_fullest_column() {
        let line = |row: usize| format!("7;{};{};{};x;a\n", row % 2, row % 3, row / 40);
        let text: String = (0..4_000).map(line).collect();
        assert_eq!(read(&text, 50, 1_000).1, [(0, 3)], "few enough");
        let (columns, runs) = read(&text, 50, 20);
        assert_eq!(runs, [(0, 2)], "the third column holds the most");
        assert_eq!(columns[2].dictionary.len(), 101);
        assert_eq!(columns[0].ids.len(), 4_000);
    }
}
