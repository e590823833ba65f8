//! What sorting needs to know of the rows: their codes, their event dates, which are copies.

use std::collections::HashSet;
use std::ops::Range;

use super::{Events, UNDATED};
use crate::code::Code;
use crate::records::column::Column;
use crate::records::intern::Ids;
use crate::records::sort::Order;
use crate::records::{Map, ROWS_AT_ONCE, codes};
use crate::schema::{Field, Register};

#[inline(never)]
fn append(out: &mut Ids, rows: Range<usize>, number: &mut impl FnMut(usize) -> u32) {
    let ids: Vec<u32> = rows.map(number).collect();
    out.extend(&ids, ids.iter().max().map_or(1, |most| *most as usize + 1));
}

/// Takes the other day where there is none.
#[inline(never)]
fn fill(days: &mut [i32], others: &[i32]) {
    for (day, other) in days.iter_mut().zip(others) {
        if *day == UNDATED {
            *day = *other;
        }
    }
}

/// The sorted order while it grows.
struct Kept {
    days: Vec<i32>,
    row_at: Vec<u32>,
    offsets: Vec<u32>,
    same_day: Vec<(u32, u32)>,
}

impl Events {
    /// Numbers each distinct set of codes.
    pub(super) fn group_codes(&mut self) {
        let read = |column: Option<&Column>| -> Vec<Vec<Code>> {
            column.map_or_else(Vec::new, |c| {
                c.texts.iter().map(|text| codes::read(self.register, c.field, text)).collect()
            })
        };
        let (main, second) = (self.column(Field::Kode), self.column(Field::Icd10));
        let (main_codes, second_codes) = (read(main), read(second));
        let alike = [(Field::Kode, main_codes.clone()), (Field::Icd10, second_codes.clone())];
        let mut groups: Vec<Vec<Code>> = vec![Vec::new()];
        let mut index = Map::from_iter([(Vec::new(), 0)]);
        let mut number = |codes: Vec<Code>| {
            let next = u32::try_from(groups.len()).unwrap_or(u32::MAX);
            *index.entry(codes).or_insert_with_key(|codes| {
                groups.push(codes.clone());
                next
            })
        };
        let of_row = match (main, second) {
            (None, None) => {
                let mut none = Ids::default();
                none.pad(self.rows);
                none
            }
            (Some(column), None) | (None, Some(column)) => {
                let all = if main.is_some() { main_codes } else { second_codes };
                let map: Vec<u32> = all.into_iter().map(&mut number).collect();
                let limit = map.iter().max().map_or(1, |m| *m as usize + 1);
                column.ids.mapped(&map, limit)
            }
            (Some(a), Some(b)) => {
                let mut pairs: Map<(usize, usize), u32> = Map::default();
                let mut of_pair = |row: usize| {
                    let pair = (a.ids.get(row), b.ids.get(row));
                    *pairs.entry(pair).or_insert_with(|| {
                        let mut both = main_codes.get(pair.0).cloned().unwrap_or_default();
                        both.extend(second_codes.get(pair.1).into_iter().flatten().cloned());
                        number(both)
                    })
                };
                let mut out = Ids::default();
                for first in (0..self.rows).step_by(ROWS_AT_ONCE) {
                    let rows = first..self.rows.min(first + ROWS_AT_ONCE);
                    append(&mut out, rows, &mut of_pair);
                }
                out
            }
        };
        self.groups = groups;
        self.group_of_row = of_row;
        for (field, codes) in alike {
            if let Some(column) = self.slot(field) {
                column.same_where_read_alike(&codes);
            }
        }
    }

    /// Event date per row: the first of the register's date columns that has one (rule R7b).
    pub(super) fn event_days(&self) -> Vec<i32> {
        let fields: &[Field] = match self.register {
            Register::Medicin => &[Field::UdleveretDato, Field::Dato, Field::Startdato],
            Register::Diagnose => &[Field::Dato, Field::Debutdato],
            _ => &[Field::Dato],
        };
        let mut columns = fields.iter().filter_map(|field| self.column(*field));
        let Some(first) = columns.next() else { return vec![UNDATED; self.rows] };
        let mut days = first.days(UNDATED);
        for column in columns {
            let others = column.days(UNDATED);
            let blocks = days.chunks_mut(ROWS_AT_ONCE).zip(others.chunks(ROWS_AT_ONCE));
            blocks.for_each(|(days, others)| fill(days, others));
        }
        days
    }

    /// Fills the sorted order, leaving out rows that equal an earlier row of the same patient and
    /// day in every field.
    pub(super) fn keep_originals(&mut self, order: &Order) {
        let mut kept = Kept {
            days: Vec::with_capacity(self.rows),
            row_at: Vec::with_capacity(self.rows),
            offsets: Vec::with_capacity(order.offsets.len()),
            same_day: Vec::new(),
        };
        kept.offsets.push(0);
        for range in order.offsets.windows(2) {
            if let &[from, to] = range {
                self.keep_of_patient(order.part(from, to), &mut kept);
            }
        }
        (self.days, self.row_at, self.offsets) = (kept.days, kept.row_at, kept.offsets);
    }

    // Called per patient: see `records::sort` on what browsers compile well.
    #[inline(never)]
    fn keep_of_patient(&self, rows: impl Iterator<Item = (i32, u32)>, kept: &mut Kept) {
        let mut mine = rows.peekable();
        while let Some((day, row)) = mine.next() {
            if mine.peek().is_none_or(|(next, _)| *next != day) {
                kept.row_at.push(row);
            } else {
                kept.same_day.clear();
                kept.same_day.push((self.group(row), row));
                kept.same_day.extend(std::iter::from_fn(|| {
                    let (_, row) = mine.next_if(|(next, _)| *next == day)?;
                    Some((self.group(row), row))
                }));
                self.keep_distinct(&kept.same_day, &mut kept.row_at);
            }
            kept.days.resize(kept.row_at.len(), day);
        }
        kept.offsets.push(u32::try_from(kept.row_at.len()).unwrap_or(u32::MAX));
    }

    /// Number of the set of codes that a row carries.
    pub(super) fn group(&self, row: u32) -> u32 {
        u32::try_from(self.group_of_row.get(row as usize)).unwrap_or(0)
    }

    // Rows come with their code groups: most rows of a day differ in that alone.
    fn keep_distinct(&self, rows: &[(u32, u32)], kept: &mut Vec<u32>) {
        if rows.len() > 24 {
            let mut seen = HashSet::new();
            let is_new = |(group, row): &&(u32, u32)| seen.insert((*group, self.meaning(*row)));
            kept.extend(rows.iter().filter(is_new).map(|(_, row)| row));
            return;
        }
        for (at, (group, row)) in rows.iter().enumerate() {
            let earlier = rows.get(..at).unwrap_or_default();
            let mut alike = earlier.iter().filter(|(other, _)| other == group);
            if !alike.any(|(_, other)| self.is_copy(*row, *other)) {
                kept.push(*row);
            }
        }
    }

    fn is_copy(&self, row: u32, other: u32) -> bool {
        let (row, other) = (row as usize, other as usize);
        self.columns.iter().all(|column| {
            let (a, b) = (column.ids.get(row), column.ids.get(other));
            a == b || column.same_as.get(a) == column.same_as.get(b)
        })
    }

    fn meaning(&self, row: u32) -> Vec<u32> {
        let ids = self.columns.iter().map(|c| c.same_as.get(c.ids.get(row as usize)).copied());
        ids.map(|id| id.unwrap_or(0)).collect()
    }
}
