//! Stage 2: typed columns, sorted by patient, with the origin of every row.
//!
//! Columnar per register; codes and texts are dictionary-encoded; rows are sorted by patient, then
//! by day, with an offset per patient. A profile touches only the registers and columns it names.

mod after;
mod builder;
mod carried;
mod codes;
mod column;
mod contradictions;
pub mod date;
mod derive;
mod events;
pub mod garbled;
mod gather;
pub mod load;
mod part;
mod patients;
mod raw;
mod runs;
pub mod value;
mod wide;

pub use builder::Builder;
pub use codes::has_the_form_of_its_system;
pub use contradictions::Contradiction;
pub use events::Events;
pub use load::{Ledger, Reason, SetAside, Source, Table, TableReader};
pub use part::Part;
pub use patients::{Patients, Standing};
pub use value::Reading;

use profilblik_rows::{ROWS_AT_ONCE, intern, sort};

use crate::day::Day;
use crate::schema::Register;

/// Texts and numbers by key. Seeds differ from run to run; std's stronger hashing guards servers.
pub(crate) type Map<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;

/// Position of a patient; patients are sorted by CPR number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatientId(pub u32);

/// Where a row stands in the dropped files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Position in [`Records::sources`].
    pub file: u32,
    /// Physical line, from 1.
    pub line: u32,
}

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Records {
    /// The tables that were read, by [`Origin::file`].
    pub sources: Vec<Source>,
    /// The patients, also those without a patient register.
    pub patients: Patients,
    /// By [`Register::index`]; `None` = this export has no such register.
    events: [Option<Events>; 7],
    /// The extract date that the export itself states, if any.
    pub extract_date: Option<Day>,
}

impl Records {
    /// Adds a table and what else its file held; call [`Records::settle`] after the last one before reading anything.
    pub fn add(&mut self, mut table: Table) {
        let more = std::mem::take(&mut table.more);
        self.add_one(table);
        more.into_iter().for_each(|table| self.add(table));
    }

    fn add_one(&mut self, table: Table) {
        let file = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        let register = table.source.register;
        self.extract_date = self.extract_date.max(table.source.extract_date);
        self.sources.push(table.source.clone());
        let entities = self.patients.enter(&table.cprs);
        let place = match register {
            Register::Patient => Some(self.patients.register_mut()),
            _ => self.events.get_mut(register.index()),
        };
        if let Some(place) = place {
            place.get_or_insert_with(|| Events::new(register)).append(table, file, &entities);
        }
    }

    /// Merges and sorts what was added. May be called again after further tables: the first list
    /// is made when patients, diagnoses and medicines are in.
    pub fn settle(&mut self) {
        let has_new = self.patients.settle();
        let has_rows = self.patients.register().is_some_and(Events::is_unsorted);
        let (rank, count) = (self.patients.rank().to_vec(), self.patients.len());
        let registers = self.events.iter_mut().chain([self.patients.register_mut()]);
        for events in registers.flatten() {
            if events.is_unsorted() {
                events.sort(&rank, count);
            } else if has_new {
                events.rerank(&rank, count);
            }
        }
        if has_new || has_rows {
            self.patients.settle_standings();
        }
        self.note_quality();
    }

    /// Unreadable dates, ambiguous numbers and the period, per table.
    fn note_quality(&mut self) {
        for (file, source) in (0..).zip(&mut self.sources) {
            let events = match source.register {
                Register::Patient => self.patients.register(),
                register => self.events.get(register.index()).and_then(Option::as_ref),
            };
            let Some(events) = events.filter(|_| source.period.is_none()) else { continue };
            source.period = events.period_of(file);
            source.unreadable_dates =
                events.columns().iter().map(column::Column::unreadable_dates).sum();
            source.ambiguous_numbers =
                events.columns().iter().map(column::Column::ambiguous_numbers).sum();
        }
    }

    /// Rows left out as copies of another row (rule R6).
    #[must_use]
    pub fn duplicates(&self) -> u64 {
        let registers = self.events.iter().flatten().chain(self.patients.register());
        registers.map(Events::duplicates).sum()
    }

    /// The same of one register.
    #[must_use]
    pub fn copies(&self, register: Register) -> u64 {
        self.rows_of(register).map_or(0, Events::duplicates)
    }

    /// The rows of a register, `patient` too; `None` = the export has no such register.
    #[must_use]
    pub fn rows_of(&self, register: Register) -> Option<&Events> {
        match register {
            Register::Patient => self.patients.register(),
            _ => self.events(register),
        }
    }

    /// The rows of a register other than `patient`; `None` = the export has no such register.
    #[must_use]
    pub fn events(&self, register: Register) -> Option<&Events> {
        self.events.get(register.index())?.as_ref()
    }

    /// Is the register in the export? Also answers for `patient`.
    #[must_use]
    pub fn has(&self, register: Register) -> bool {
        match register {
            Register::Patient => self.patients.has_register(),
            _ => self.events(register).is_some(),
        }
    }

    /// Default index date (R1): the export's own extract date, else the latest event date of
    /// diagnoses, medicines, laboratory, services and referrals not after `today`, else `today`.
    #[must_use]
    pub fn default_index_date(&self, today: Day) -> Day {
        use Register::{Diagnose, Henvisning, Medicin, Proeve, Ydelse};
        let counted = [Diagnose, Medicin, Proeve, Ydelse, Henvisning];
        let latest = counted.into_iter().filter_map(|r| self.events(r)?.latest_day(today)).max();
        self.extract_date.or(latest).unwrap_or(today)
    }
}
