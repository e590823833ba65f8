//! What sorting needs to know of the rows: their codes, their event dates, which are copies.

use std::collections::HashMap;

use super::{Events, UNDATED};
use crate::code::Code;
use crate::records::codes;
use crate::records::column::Column;
use crate::records::intern::Ids;
use crate::schema::{Field, Register};

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
        let mut groups: Vec<Vec<Code>> = vec![Vec::new()];
        let mut index: HashMap<Vec<Code>, u32> = HashMap::from([(Vec::new(), 0)]);
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
                let mut pairs: HashMap<(usize, usize), u32> = HashMap::new();
                let mut ids = Vec::with_capacity(self.rows);
                for row in 0..self.rows {
                    let pair = (a.ids.get(row), b.ids.get(row));
                    ids.push(*pairs.entry(pair).or_insert_with(|| {
                        let mut both = main_codes.get(pair.0).cloned().unwrap_or_default();
                        both.extend(second_codes.get(pair.1).into_iter().flatten().cloned());
                        number(both)
                    }));
                }
                let mut out = Ids::default();
                out.extend(&ids, ids.iter().max().map_or(1, |m| *m as usize + 1));
                out
            }
        };
        self.groups = groups;
        self.group_of_row = of_row;
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
            for (day, other) in days.iter_mut().zip(column.days(UNDATED)) {
                if *day == UNDATED {
                    *day = other;
                }
            }
        }
        days
    }

    /// Leaves out rows that equal an earlier row of the same patient and day in every field.
    pub(super) fn without_copies(
        &self,
        rows: Vec<u32>,
        offsets: &[u32],
        days: &[i32],
    ) -> (Vec<u32>, Vec<u32>) {
        let mut kept = Vec::with_capacity(rows.len());
        let mut new_offsets = Vec::with_capacity(offsets.len());
        new_offsets.push(0);
        let day = |row: u32| days.get(row as usize).copied().unwrap_or(UNDATED);
        for range in offsets.windows(2) {
            let &[from, to] = range else { continue };
            let mine = rows.get(from as usize..to as usize).unwrap_or_default();
            for same_day in mine.chunk_by(|a, b| day(*a) == day(*b)) {
                self.keep_distinct(same_day, &mut kept);
            }
            new_offsets.push(u32::try_from(kept.len()).unwrap_or(u32::MAX));
        }
        (kept, new_offsets)
    }

    fn keep_distinct(&self, rows: &[u32], kept: &mut Vec<u32>) {
        if rows.len() > 24 {
            let mut seen = std::collections::HashSet::new();
            kept.extend(rows.iter().filter(|row| seen.insert(self.meaning(**row))));
            return;
        }
        let start = kept.len();
        for &row in rows {
            let earlier = kept.get(start..).unwrap_or_default();
            if !earlier.iter().any(|other| self.is_copy(row, *other)) {
                kept.push(row);
            }
        }
    }

    fn is_copy(&self, row: u32, other: u32) -> bool {
        let (row, other) = (row as usize, other as usize);
        self.group_of_row.get(row) == self.group_of_row.get(other)
            && self.columns.iter().all(|column| {
                let (a, b) = (column.ids.get(row), column.ids.get(other));
                a == b || column.same_as.get(a) == column.same_as.get(b)
            })
    }

    fn meaning(&self, row: u32) -> Vec<u32> {
        let ids = self.columns.iter().map(|c| c.same_as.get(c.ids.get(row as usize)).copied());
        ids.map(|id| id.unwrap_or(0)).collect()
    }
}
