//! A column's content for one patient: as text, and as a key to sort by.

use std::cmp::Ordering;

use crate::evaluate::{Cell, Evaluator, Evidence};
use crate::note::Language;
use crate::profile::plan::{Column, ColumnContent, Show};
use crate::records::{PatientId, Reading};
use crate::schema::{Field, Register};
use crate::view::fold::sort_key;
use crate::view::words::{amount, number, pick};
use crate::view::{CellView, row};

/// Shown where there is nothing.
pub const NONE: &str = "–";

/// Text of a column for one patient, as the list shows it. `unread` are registers of which rows
/// are still to come.
#[must_use]
pub fn of_patient(
    evaluator: &Evaluator<'_>,
    patient: PatientId,
    column: &Column,
    unread: &[Register],
    language: Language,
) -> CellView {
    if is_pending(column, unread) {
        return pending(language);
    }
    shown(evaluator, column, &evaluator.cell(patient, column), language)
}

/// Texts of a column for many patients.
#[must_use]
pub fn of_patients(
    evaluator: &Evaluator<'_>,
    patients: impl ExactSizeIterator<Item = PatientId>,
    column: &Column,
    unread: &[Register],
    language: Language,
) -> Vec<CellView> {
    if is_pending(column, unread) {
        return vec![pending(language); patients.len()];
    }
    let cells = evaluator.cells(column, patients);
    cells.iter().map(|cell| shown(evaluator, column, cell, language)).collect()
}

/// Text of a column that was worked out.
pub(super) fn shown(
    evaluator: &Evaluator<'_>,
    column: &Column,
    cell: &Cell,
    language: Language,
) -> CellView {
    match cell {
        Cell::None => plain(NONE),
        Cell::Text(text) if text.trim().is_empty() => plain(NONE),
        Cell::Text(text) => plain(text),
        Cell::Records(items) => of_records(evaluator, items, show_of(column), language),
        Cell::Count { sure, perhaps } => count(*sure, *perhaps, language),
        Cell::Number { value, at_least } => {
            at_least_text(amount(*value, language), *at_least, language)
        }
        Cell::Unknown(_) => unknown(language),
    }
}

/// Does the column read a register of which rows are still to come?
#[must_use]
pub fn is_pending(column: &Column, unread: &[Register]) -> bool {
    matches!(&column.content, ColumnContent::Records { selection, .. }
        if unread.contains(&selection.register))
}

/// Do the column's numbers stand to the right?
#[must_use]
pub fn is_numeric(column: &Column) -> bool {
    match &column.content {
        ColumnContent::Fields(fields) => fields == &[Field::Alder],
        ColumnContent::Records { selection, show } => {
            selection.derived.is_some()
                || *show == Show::Count
                || (*show == Show::Value && selection.register == Register::Proeve)
        }
    }
}

/// A cell with nothing special about it.
#[must_use]
pub fn plain(text: &str) -> CellView {
    CellView { text: text.to_owned(), ..CellView::default() }
}

pub(super) fn pending(language: Language) -> CellView {
    let text = pick(language, "læses stadig", "still being read").to_owned();
    CellView { text, pending: true, ..CellView::default() }
}

fn unknown(language: Language) -> CellView {
    let text = pick(language, "ukendt", "unknown").to_owned();
    CellView { text, unknown: true, ..CellView::default() }
}

fn count(sure: u32, perhaps: u32, language: Language) -> CellView {
    if sure == 0 && perhaps == 0 {
        return plain(NONE);
    }
    at_least_text(number(u64::from(sure), language), perhaps > 0, language)
}

fn at_least_text(text: String, at_least: bool, language: Language) -> CellView {
    if !at_least {
        return plain(&text);
    }
    let text = format!("{} {text}", pick(language, "mindst", "at least"));
    CellView { text, unknown: true, ..CellView::default() }
}

fn of_records(
    evaluator: &Evaluator<'_>,
    items: &[Evidence],
    show: Show,
    language: Language,
) -> CellView {
    let mut texts: Vec<String> = Vec::with_capacity(items.len());
    for item in items {
        let text = row::in_cell(evaluator.records, item, show, language);
        if !text.is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    if texts.is_empty() {
        return plain(NONE);
    }
    let assumed = items.iter().filter_map(|item| item.assumed_end).max();
    CellView {
        text: texts.join("; "),
        assumed: row::assumed_end(assumed, language),
        ..CellView::default()
    }
}

fn show_of(column: &Column) -> Show {
    match &column.content {
        ColumnContent::Records { show, .. } => *show,
        ColumnContent::Fields(_) => Show::All,
    }
}

/// What a column sorts by. Nothing and unknown stand last whichever way the column is sorted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A number, in millionths, or a day.
    Number(i64),
    /// Folded text.
    Text(String),
    /// A result that is text among numbers.
    Words(String),
    /// The data do not say.
    Unknown,
    /// Nothing.
    None,
}

impl Key {
    /// Order of two keys; `descending` turns the values only.
    #[must_use]
    pub fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let rank = |key: &Self| match key {
            Self::Number(_) | Self::Text(_) => 0,
            Self::Words(_) => 1,
            Self::Unknown => 2,
            Self::None => 3,
        };
        let values = if descending { other.cmp(self) } else { self.cmp(other) };
        rank(self).cmp(&rank(other)).then(values)
    }
}

/// Sort keys of a column for many patients.
#[must_use]
pub fn keys(
    evaluator: &Evaluator<'_>,
    patients: impl ExactSizeIterator<Item = PatientId>,
    column: &Column,
    unread: &[Register],
) -> Vec<Key> {
    if is_pending(column, unread) {
        return vec![Key::Unknown; patients.len()];
    }
    evaluator.cells(column, patients).iter().map(|cell| key(evaluator, cell)).collect()
}

fn key(evaluator: &Evaluator<'_>, cell: &Cell) -> Key {
    match cell {
        Cell::None | Cell::Count { sure: 0, perhaps: 0 } => Key::None,
        Cell::Text(text) if text.trim().is_empty() => Key::None,
        Cell::Text(text) => Key::Text(sort_key(text.trim())),
        Cell::Records(items) => items.first().map_or(Key::None, |item| of_record(evaluator, item)),
        Cell::Count { sure, .. } => Key::Number(i64::from(*sure)),
        Cell::Number { value, .. } => Key::Number(value.0),
        Cell::Unknown(_) => Key::Unknown,
    }
}

fn of_record(evaluator: &Evaluator<'_>, item: &Evidence) -> Key {
    let Some(events) = evaluator.records.events(item.register) else { return Key::None };
    let day =
        || events.day(item.position).map_or(Key::Unknown, |day| Key::Number(i64::from(day.0)));
    let name = || Key::Text(sort_key(&row::name(events, item)));
    match item.register {
        Register::Proeve => match events.reading(item.position, Field::Vaerdi) {
            Reading::Exact(value) => Key::Number(value.0),
            Reading::Between { low, high } => {
                low.or(*high).map_or(Key::Unknown, |(bound, _)| Key::Number(bound.0))
            }
            Reading::Text => Key::Words(sort_key(events.text(item.position, Field::Vaerdi))),
            Reading::Ambiguous => Key::Unknown,
            Reading::Missing => day(),
        },
        Register::Diagnose => Key::Text(sort_key(&row::code(events, item.position))),
        Register::Ydelse | Register::Aftale => day(),
        Register::Medicin | Register::Henvisning | Register::Patient => name(),
    }
}

#[cfg(test)]
mod tests {
    use super::Key;
    use std::cmp::Ordering::{Greater, Less};

    #[test]
    fn nothing_and_unknown_stand_last_both_ways() {
        for descending in [false, true] {
            assert_eq!(Key::Number(5).compare(&Key::None, descending), Less);
            assert_eq!(Key::Unknown.compare(&Key::Number(5), descending), Greater);
            assert_eq!(Key::Unknown.compare(&Key::None, descending), Less);
            assert_eq!(Key::Text("a".into()).compare(&Key::Unknown, descending), Less);
        }
    }

    #[test]
    fn direction_turns_the_values() {
        assert_eq!(Key::Number(1).compare(&Key::Number(2), false), Less);
        assert_eq!(Key::Number(1).compare(&Key::Number(2), true), Greater);
    }
}
