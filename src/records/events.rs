//! Rows of one register, sorted by patient and day.

use std::any::Any;
use std::ops::Range;
use std::sync::OnceLock;

mod holders;
mod rows;

use super::column::{Column, Typed};
use super::intern::{Ids, in_blocks};
use super::load::Table;
use super::raw::LineRuns;
use super::sort;
use super::value::Reading;
use super::{Origin, PatientId, ROWS_AT_ONCE};
use crate::code::Code;
use crate::day::Day;
use crate::schema::{Field, Register};
use holders::Holders;

/// Rows of one register. A *position* counts through the rows sorted by patient, then by event
/// date (undated last), then by place in the files; copies of a row (rule R6) are left out.
#[derive(Debug)]
pub struct Events {
    register: Register,
    /// Columns in the order of the files.
    columns: Vec<Column>,
    /// Position in `columns` by field; `NO_COLUMN` = none.
    by_field: Vec<u8>,
    parts: Vec<Part>,
    rows: usize,
    /// Patient per row, as a number that never changes; emptied once sorted.
    entities: Vec<u32>,
    groups: Vec<Vec<Code>>,
    group_of_row: Ids,
    // Sorted:
    offsets: Vec<u32>,
    entity_of_rank: Vec<u32>,
    days: Vec<i32>,
    row_at: Vec<u32>,
    code_at: Ids,
    duplicates: u64,
    /// Made when first asked for; another order makes it stale.
    holders: OnceLock<Holders>,
    /// What a later stage makes of the rows once per file ([`Events::once`]).
    made: OnceLock<Box<dyn Any + Send + Sync>>,
}

/// The rows of one file.
#[derive(Debug)]
struct Part {
    first_row: usize,
    file: u32,
    lines: LineRuns,
    /// First and last event date, once sorted.
    period: Option<(Day, Day)>,
}

const NO_COLUMN: u8 = u8::MAX;
/// Sorts last and is before no day.
const UNDATED: i32 = i32::MAX;

impl Events {
    /// An empty register.
    pub(super) fn new(register: Register) -> Self {
        Self {
            register,
            columns: Vec::new(),
            by_field: vec![NO_COLUMN; Field::ALL.len()],
            parts: Vec::new(),
            rows: 0,
            entities: Vec::new(),
            groups: vec![Vec::new()],
            group_of_row: Ids::default(),
            offsets: vec![0],
            entity_of_rank: Vec::new(),
            days: Vec::new(),
            row_at: Vec::new(),
            code_at: Ids::default(),
            duplicates: 0,
            holders: OnceLock::new(),
            made: OnceLock::new(),
        }
    }

    /// Appends a table's rows; `entity` gives each of its patients the lasting number.
    pub(super) fn append(&mut self, table: Table, file: u32, entity: &[u32]) {
        let Table { patient, columns, lines, encoding, .. } = table;
        self.unsort();
        let more = patient.len();
        self.entities.extend(patient.look_up(entity, 0));
        let mut columns: Vec<Column> =
            columns.into_iter().map(|raw| Column::new(raw, encoding)).collect();
        super::derive::complete(&mut columns);
        for column in columns {
            match self.slot(column.field) {
                Some(mine) => mine.append(&column),
                None => {
                    let mut column = column;
                    if self.rows > 0 {
                        let mut padded = Column::empty(column.field, self.rows);
                        padded.append(&column);
                        column = padded;
                    }
                    self.adopt(column);
                }
            }
        }
        self.parts.push(Part { first_row: self.rows, file, lines, period: None });
        self.rows += more;
        for column in &mut self.columns {
            column.ids.pad(self.rows);
        }
    }

    fn adopt(&mut self, column: Column) {
        let at = u8::try_from(self.columns.len()).unwrap_or(NO_COLUMN);
        if let Some(slot) = self.by_field.get_mut(column.field.index()) {
            *slot = at;
        }
        self.columns.push(column);
    }

    fn slot(&mut self, field: Field) -> Option<&mut Column> {
        let at = *self.by_field.get(field.index())?;
        self.columns.get_mut(usize::from(at))
    }

    pub(super) fn column(&self, field: Field) -> Option<&Column> {
        let at = *self.by_field.get(field.index())?;
        self.columns.get(usize::from(at))
    }

    /// Brings the patients of the rows back into file order.
    fn unsort(&mut self) {
        if !self.entities.is_empty() || self.rows == 0 {
            return;
        }
        // Copies were dropped from the sorted order, but their rows are still in the columns.
        let mut entities = vec![0; self.rows];
        for (rank, entity) in self.entity_of_rank.iter().enumerate() {
            let from = self.offsets.get(rank).map_or(0, |o| *o as usize);
            let to = self.offsets.get(rank + 1).map_or(from, |o| *o as usize);
            for row in self.row_at.get(from..to).unwrap_or_default() {
                if let Some(slot) = entities.get_mut(*row as usize) {
                    *slot = *entity;
                }
            }
        }
        self.entities = entities;
    }

    /// Is there something to sort?
    pub(super) const fn is_unsorted(&self) -> bool {
        self.row_at.len() as u64 + self.duplicates != self.rows as u64
    }

    /// Sorts; `rank` gives each lasting patient number its place by CPR, `patients` is how many.
    pub(super) fn sort(&mut self, rank: &[u32], patients: usize) {
        self.group_codes();
        let days = self.event_days();
        self.note_periods(&days);
        let ranks = in_blocks(&self.entities, |e| rank.get(*e as usize).copied().unwrap_or(0));
        let order = sort::by_patient_and_day(&ranks, &days, patients);
        drop((ranks, days));
        self.holders = OnceLock::new();
        self.made = OnceLock::new();
        self.keep_originals(&order);
        self.duplicates = self.rows as u64 - self.row_at.len() as u64;
        let codes = in_blocks(&self.row_at, |row| self.group(*row));
        self.code_at = Ids::default();
        self.code_at.extend(&codes, self.groups.len());
        // Only the sorted order is read from here on.
        self.group_of_row = Ids::default();
        self.entity_of_rank = vec![0; patients];
        for (entity, rank) in (0..).zip(rank) {
            if let Some(slot) = self.entity_of_rank.get_mut(*rank as usize) {
                *slot = entity;
            }
        }
        if self.duplicates == 0 {
            self.entities = Vec::new();
        }
    }

    /// New patients came with another table: the order stays, the offsets widen.
    pub(super) fn rerank(&mut self, rank: &[u32], patients: usize) {
        self.holders = OnceLock::new();
        let mut counts = vec![0u32; patients + 1];
        let mut entity_of_rank = vec![0; patients];
        for (old, entity) in self.entity_of_rank.iter().enumerate() {
            let length = self.offsets.get(old + 1).copied().unwrap_or(0)
                - self.offsets.get(old).copied().unwrap_or(0);
            let new = rank.get(*entity as usize).map_or(0, |r| *r as usize);
            if let Some(slot) = counts.get_mut(new + 1) {
                *slot = length;
            }
        }
        for (entity, rank) in (0..).zip(rank) {
            if let Some(slot) = entity_of_rank.get_mut(*rank as usize) {
                *slot = entity;
            }
        }
        self.offsets = counts
            .iter()
            .scan(0, |sum, count| {
                *sum += count;
                Some(*sum)
            })
            .collect();
        self.entity_of_rank = entity_of_rank;
    }

    pub(super) const fn duplicates(&self) -> u64 {
        self.duplicates
    }

    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// First and last event date of a file's rows.
    pub(super) fn period_of(&self, file: u32) -> Option<(Day, Day)> {
        self.parts.iter().find(|part| part.file == file)?.period
    }

    fn note_periods(&mut self, days: &[i32]) {
        let mut end = self.rows;
        for part in self.parts.iter_mut().rev() {
            let rows = days.get(part.first_row..end).unwrap_or_default();
            let (first, last) =
                rows.chunks(ROWS_AT_ONCE).fold((UNDATED, i32::MIN), |(first, last), days| {
                    let (earliest, latest) = first_and_last(days);
                    (first.min(earliest), last.max(latest))
                });
            part.period = (last > i32::MIN).then_some((Day(first), Day(last)));
            end = part.first_row;
        }
    }

    fn row(&self, position: usize) -> usize {
        self.row_at.get(position).map_or(usize::MAX, |row| *row as usize)
    }
}

#[inline(never)]
fn first_and_last(days: &[i32]) -> (i32, i32) {
    days.iter()
        .filter(|day| **day != UNDATED)
        .fold((UNDATED, i32::MIN), |(first, last), day| (first.min(*day), last.max(*day)))
}

/// What the evaluator and the views read.
impl Events {
    /// Positions of a patient's rows.
    #[must_use]
    pub fn of(&self, patient: PatientId) -> Range<usize> {
        let at = |i: usize| self.offsets.get(i).map_or(0, |o| *o as usize);
        at(patient.0 as usize)..at(patient.0 as usize + 1)
    }

    /// Per patient: is there a row with any of the wanted code groups (by
    /// [`Events::code_groups`])?
    #[must_use]
    pub fn holders_of(&self, wanted: &[bool]) -> Vec<bool> {
        let holders = self.holders.get_or_init(|| Holders::new(self));
        holders.of_any(wanted, self.offsets.len().saturating_sub(1))
    }

    /// What a later stage makes of all rows, made when first asked for and kept with them, so that
    /// it is made once per file and not once per profile. `None` = something of another kind is
    /// kept already; there is room for one.
    pub fn once<T: Any + Send + Sync>(&self, make: impl FnOnce(&Self) -> T) -> Option<&T> {
        self.made.get_or_init(|| Box::new(make(self))).downcast_ref()
    }

    /// How many rows, copies left out.
    #[must_use]
    pub fn len(&self) -> usize {
        self.row_at.len()
    }

    /// No row at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Event date (for medicines rule R7b: dispensed or prescribed, else the start).
    #[must_use]
    #[inline]
    pub fn day(&self, position: usize) -> Option<Day> {
        self.days.get(position).filter(|day| **day != UNDATED).map(|day| Day(*day))
    }

    /// Position of the row's codes in [`Events::code_groups`].
    #[must_use]
    #[inline]
    pub fn code_id(&self, position: usize) -> usize {
        self.code_at.get(position)
    }

    /// Each distinct set of codes that a row of this register carries; the first is empty
    /// (a row without code). A profile's code list is resolved over these once, to a bit set.
    #[must_use]
    pub fn code_groups(&self) -> &[Vec<Code>] {
        &self.groups
    }

    /// Does the table have this column at all?
    #[must_use]
    pub fn has_field(&self, field: Field) -> bool {
        self.column(field).is_some()
    }

    /// Text of a field, decoded and trimmed; empty = missing.
    #[must_use]
    pub fn text(&self, position: usize, field: Field) -> &str {
        let text = self.column(field).and_then(|c| c.texts.get(c.ids.get(self.row(position))));
        text.map_or("", String::as_str)
    }

    /// Dictionary position of a field's text, into [`Events::dictionary`].
    #[must_use]
    #[inline]
    pub fn text_id(&self, position: usize, field: Field) -> usize {
        self.column(field).map_or(0, |column| column.ids.get(self.row(position)))
    }

    /// The distinct texts of a field (decoded, trimmed); empty if the table has no such column.
    #[must_use]
    pub fn dictionary(&self, field: Field) -> &[String] {
        self.column(field).map_or(&[], |column| &column.texts)
    }

    /// A date field.
    #[must_use]
    #[inline]
    pub fn date(&self, position: usize, field: Field) -> Option<Day> {
        self.column(field)?.day(self.row(position))
    }

    /// A number or laboratory answer ([`crate::schema::Kind::Number`] or `Reading`).
    #[must_use]
    pub fn reading(&self, position: usize, field: Field) -> &Reading {
        const MISSING: &Reading = &Reading::Missing;
        let Some(column) = self.column(field) else { return MISSING };
        match &column.typed {
            Typed::Reading(all) => all.get(column.ids.get(self.row(position))).unwrap_or(MISSING),
            _ => MISSING,
        }
    }

    /// A yes/no field; `None` = missing or unreadable.
    #[must_use]
    pub fn flag(&self, position: usize, field: Field) -> Option<bool> {
        let column = self.column(field)?;
        match &column.typed {
            Typed::Flag(all) => all.get(column.ids.get(self.row(position))).copied().flatten(),
            _ => None,
        }
    }

    /// Where the row stands.
    #[must_use]
    pub fn origin(&self, position: usize) -> Origin {
        let row = self.row(position);
        let part = self.parts.partition_point(|part| part.first_row <= row);
        let part = part.checked_sub(1).and_then(|at| self.parts.get(at));
        part.map_or(Origin { file: 0, line: 0 }, |part| Origin {
            file: part.file,
            line: part.lines.line(u32::try_from(row - part.first_row).unwrap_or(u32::MAX)),
        })
    }

    /// First event date of the register, whole clinic; `None` if every row is undated.
    #[must_use]
    pub fn first_day(&self) -> Option<Day> {
        self.parts.iter().filter_map(|part| part.period).map(|(first, _)| first).min()
    }

    /// Latest event date not after `today`.
    #[must_use]
    pub fn latest_day(&self, today: Day) -> Option<Day> {
        self.days.iter().copied().filter(|day| *day <= today.0).max().map(Day)
    }
}
