//! A second export: what it has in common with what was read before is added to it, or replaces it,
//! and what changed is said.
//!
//! Replacing leaves tables out and reads the others again, so that the lists are those of a session
//! that never met the tables left out.

use super::reading::Whence;
use super::{Session, Tell};
use crate::cpr::Cpr;
use crate::evaluate::Population;
use crate::protocol::Reply;
use crate::records::{Records, Table};
use crate::schema::Register;
use crate::view::second::{self, Members, Moment, SecondView, Topic};
use crate::view::text_second;

/// What the drops of a session held.
#[derive(Default)]
pub(super) struct Second {
    /// The registers of every file, as they were read last.
    carried: Vec<Carried>,
    /// Drops, and the registers of earlier ones that they replace.
    replaced: Vec<(usize, Register)>,
    /// The last drop that rows came with.
    newest: usize,
    /// As it was before that.
    before: Option<Moment>,
}

/// A table that was read.
struct Carried {
    whence: Whence,
    register: Register,
    rows: u64,
}

impl Second {
    /// Notes a table that was read; is it used?
    pub(super) fn takes(&mut self, whence: Whence, table: &Table) -> bool {
        let (register, rows) = (table.source.register, table.rows());
        self.carried.push(Carried { whence, register, rows });
        !self.is_replaced(whence.drop, register)
    }

    fn is_replaced(&self, drop: usize, register: Register) -> bool {
        self.replaced.iter().any(|(later, of)| *later > drop && *of == register)
    }

    fn is_left_out(&self, table: &Carried) -> bool {
        self.is_replaced(table.whence.drop, table.register)
    }

    /// Files of which nothing would be used. What the others hold is noted again when they are read.
    pub(super) fn left_out(&mut self, files: impl Iterator<Item = Whence>) -> Vec<usize> {
        let numbers: Vec<usize> =
            files.filter(|file| self.is_file_left_out(*file)).map(|whence| whence.file).collect();
        self.carried.retain(|table| numbers.contains(&table.whence.file));
        numbers
    }

    // A file without a table is no more of use than those that came with it.
    fn is_file_left_out(&self, file: Whence) -> bool {
        let of_file = |table: &&Carried| table.whence == file;
        let has_tables = self.carried.iter().any(|table| of_file(&table));
        let meant = |table: &&Carried| match has_tables {
            true => of_file(table),
            false => table.whence.drop == file.drop,
        };
        let mut tables = self.carried.iter().filter(meant).peekable();
        tables.peek().is_some() && tables.all(|table| self.is_left_out(table))
    }

    /// A correction may have made another register of what replaces: then it replaces nothing.
    /// `true` = there was such a one, and everything has to be read again.
    pub(super) fn forget_what_is_gone(&mut self) -> bool {
        let (before, carried) = (self.replaced.len(), &self.carried);
        self.replaced.retain(|(drop, register)| {
            carried.iter().any(|table| table.whence.drop == *drop && table.register == *register)
        });
        self.replaced.len() != before
    }

    /// Registers that the last drop and an earlier one hold; those that an earlier choice left out
    /// stay out.
    fn shared(&self) -> Vec<Register> {
        let newest = self.newest;
        let is_there = |drop: usize, register: Register| {
            let later = |(other, of): &(usize, Register)| {
                *other != newest && *other > drop && *of == register
            };
            !self.replaced.iter().any(later)
        };
        let has = |register: &Register, of: &dyn Fn(usize) -> bool| {
            let mut tables = self.carried.iter().filter(|table| table.register == *register);
            tables.any(|table| of(table.whence.drop))
        };
        let shared = |register: &Register| {
            has(register, &|drop| drop == newest)
                && has(register, &|drop| drop < newest && is_there(drop, *register))
        };
        Register::ALL.into_iter().filter(shared).collect()
    }

    fn replaces(&self) -> bool {
        self.replaced.iter().any(|(drop, _)| *drop == self.newest)
    }

    /// Tables left out, and their rows.
    fn outside(&self) -> (usize, u64) {
        let tables = self.carried.iter().filter(|table| self.is_left_out(table));
        tables.fold((0, 0), |(tables, rows), table| (tables + 1, rows + table.rows))
    }
}

impl Session {
    /// Keeps how things stand, once per drop, before its first rows join.
    pub(super) fn look_back(&mut self) {
        let newest = self.reading.newest();
        if newest > self.second.newest {
            self.second.newest = newest;
            self.second.before = (!self.records.sources.is_empty()).then(|| self.moment());
        }
    }

    fn moment(&self) -> Moment {
        let entries = self.shelf.entries.iter();
        let members = entries.filter_map(|entry| {
            let cprs = members(&self.records, entry.population()?);
            Some(Members { key: entry.key.clone(), title: entry.checked.title.clone(), cprs })
        });
        Moment {
            date: self.date(),
            registers: second::registers(&self.records),
            members: members.collect(),
        }
    }

    /// What the last drop has in common with earlier ones, and what changed with it.
    pub(super) fn second_view(&self) -> Option<SecondView> {
        let before = self.second.before.as_ref().filter(|_| self.unread.is_empty())?;
        if self.records.sources.is_empty() {
            return None;
        }
        let (tables_outside, rows_outside) = self.second.outside();
        Some(second::second(&Topic {
            shared: &self.second.shared(),
            replaced: self.second.replaces(),
            tables_outside,
            rows_outside,
            before,
            now: &self.moment(),
            patients: &self.records.patients,
            language: self.language,
        }))
    }

    /// Replaces what was read before, or adds to it.
    pub(super) fn choose_second(&mut self, replace: bool, tell: &mut Tell<'_>) {
        let shared = self.second.shared();
        if shared.is_empty() || !self.reading.is_idle() {
            return tell(Reply::Failed(text_second::nothing_shared(self.language).to_owned()));
        }
        let newest = self.second.newest;
        self.second.replaced.retain(|(drop, _)| *drop != newest);
        if replace {
            self.second.replaced.extend(shared.into_iter().map(|register| (newest, register)));
        }
        self.read_again(tell);
    }
}

fn members(records: &Records, population: &Population) -> Vec<Cpr> {
    let members = population.members.iter();
    members.filter_map(|member| records.patients.cpr(member.patient).copied()).collect()
}
