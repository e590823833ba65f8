//! Corrections of how tables are read: said in the dialog, or in a mapping file.
//!
//! Whatever changes is read anew from the files, and everything with it: rows of several tables
//! stand merged in one register, and taking some out again would be a second way to get there.

use super::reading::Reading;
use super::{Session, Tell, texts};
use crate::decode::mapping::{self, Correction, TableMapping};
use crate::protocol::{Change, Reply};
use crate::records::Source;
use crate::schema::{Field, Register};
use crate::view::mapping::{Before, MappingView, Table, Topic, mapping_view};
use crate::view::{text_mapping, text_repair};

impl Session {
    /// A table that was read, else one that was not because nobody said how.
    fn table(&self, table: &str) -> Option<Table<'_>> {
        // The page may know the file by its name under the cover only.
        let veil = self.cover.is_on().then(|| self.veil());
        let is_meant = |meant: &str| {
            let mut name = meant.to_owned();
            if let Some(veil) = &veil {
                veil.text(&mut name);
            }
            name == table || meant == table
        };
        let read = self.records.sources.iter().find(|source| is_meant(&source.name));
        read.map(Table::read).or_else(|| {
            let unread = self.refused.iter().filter(|(name, _)| is_meant(name));
            unread.into_iter().find_map(|(name, refusal)| Table::unread(name, refusal))
        })
    }

    /// How a table was understood.
    pub(super) fn mapping(&self, table: &str) -> Reply {
        match self.table(table) {
            Some(table) => Reply::Mapping(Box::new(self.mapping_of(table))),
            None => Reply::Failed(text_mapping::no_such_table(table, self.language)),
        }
    }

    fn mapping_of(&self, table: Table<'_>) -> MappingView {
        let asking = table.register.map(|register| self.shelf.asking_for(register));
        mapping_view(&Topic {
            corrected: self.mappings.same(&mapping_for(&table)).is_some(),
            before: self.before.as_ref().filter(|before| before.table == table.name),
            asking: asking.as_deref().unwrap_or_default(),
            table,
            file: self.mapping_file(),
            language: self.language,
        })
    }

    /// Every table as it is read, as a mapping file; no cell of any table is in it.
    #[must_use]
    pub fn mapping_file(&self) -> String {
        let mut tables: Vec<TableMapping> = Vec::new();
        self.records.sources.iter().map(as_read).for_each(|table| add_new(&mut tables, table));
        mapping::write(&tables, self.mappings.repair)
    }

    /// The same with the tables that are not read because nobody said how: without a register, or
    /// without a column of CPR numbers, for somebody to fill in. Their names come with it.
    #[must_use]
    pub fn mapping_file_to_fill_in(&self) -> (String, Vec<&str>) {
        let mut tables: Vec<TableMapping> = Vec::new();
        self.records.sources.iter().map(as_read).for_each(|table| add_new(&mut tables, table));
        let unread = self.refused.iter().filter_map(|(name, refusal)| Table::unread(name, refusal));
        let unread: Vec<Table<'_>> = unread.collect();
        unread.iter().map(as_known).for_each(|table| add_new(&mut tables, table));
        let names = unread.iter().map(|table| table.name).collect();
        (mapping::write(&tables, self.mappings.repair), names)
    }

    /// Corrects how a table is read, and reads again.
    pub(super) fn correct(&mut self, table: &str, change: &Change, tell: &mut Tell<'_>) {
        let Some(meant) = self.table(table).filter(|_| self.reading.is_idle()) else {
            return tell(Reply::Failed(text_mapping::no_such_table(table, self.language)));
        };
        let (name, used) = (meant.name.to_owned(), meant.used);
        let mut entry = mapping_for(&meant);
        if let Some(known) = self.mappings.same(&entry) {
            entry = known.clone();
        }
        let keys = meant.understood.columns.iter().map(|column| column.key.clone()).collect();
        if *change == Change::Forget {
            self.mappings.remove(&entry);
        } else {
            apply(&mut entry.correction, change, keys);
            self.mappings.add(entry);
        }
        self.before = Some(Before { table: name, used });
        self.read_again(tell);
    }

    pub(super) fn read_again(&mut self, tell: &mut Tell<'_>) {
        if self.invented {
            let today = self.today.to_string();
            return self.demo(self.demo_patients, &today, tell);
        }
        self.forget_rows();
        let left_out = self.second.left_out(self.reading.whences());
        self.reading.again(&left_out);
    }

    /// Rows go, files stay known.
    fn forget_rows(&mut self) {
        self.records = crate::records::Records::default();
        let is_profile = |name: &str| name.to_lowercase().ends_with(".toml");
        self.refused.retain(|(name, _)| is_profile(name));
        self.names.clear();
        self.lists.clear();
        Register::ALL.into_iter().for_each(|register| self.shelf.changed(register));
    }

    /// A mapping file counts for its own drop, for later ones, and for what was read before.
    pub(super) fn join_mapping(&mut self, name: &str, text: &str) {
        let file = match mapping::read(name, text) {
            Ok(file) => file,
            Err(notes) => return self.refuse(name.to_owned(), texts::mapping_errors(name, &notes)),
        };
        let before = self.mappings.clone();
        self.mappings.take(file);
        if self.mappings == before || self.invented {
            return;
        }
        if !self.records.sources.is_empty() || !self.refused.is_empty() {
            self.forget_rows();
            let left_out = self.second.left_out(self.reading.whences());
            self.reading.with_earlier(&left_out);
        }
    }

    /// A mapping before anything is read; for the command line.
    ///
    /// # Errors
    /// Every complaint, with its line.
    pub fn add_mapping(&mut self, name: &str, text: &str) -> Result<(), Vec<crate::note::Note>> {
        self.mappings.take(mapping::read(name, text)?);
        Ok(())
    }

    /// Repairs text that was encoded twice, or takes it as it stands again; everything is read again.
    pub(super) fn repair(&mut self, on: bool, tell: &mut Tell<'_>) {
        if !self.reading.is_idle() || self.records.sources.is_empty() {
            return tell(Reply::Failed(text_repair::nothing_to_repair(self.language).to_owned()));
        }
        self.mappings.repair = on;
        self.read_again(tell);
    }
}

/// The mapping for tables that look like this one, saying nothing yet.
fn mapping_for(table: &Table<'_>) -> TableMapping {
    let headings: Vec<String> = table.columns.iter().map(|(text, _)| text.clone()).collect();
    TableMapping::of(table.name, &headings, table.understood.has_header)
}

/// The mapping that says what was done.
fn as_read(source: &Source) -> TableMapping {
    as_known(&Table::read(source))
}

/// The mapping that says what is known of a table.
fn as_known(table: &Table<'_>) -> TableMapping {
    let keys = table.understood.columns.iter().map(|column| column.key.clone());
    let fields = table.columns.iter().map(|(_, field)| *field);
    let correction = Correction { register: table.register, columns: keys.zip(fields).collect() };
    TableMapping { correction, ..mapping_for(table) }
}

fn add_new(tables: &mut Vec<TableMapping>, table: TableMapping) {
    if !tables.contains(&table) {
        tables.push(table);
    }
}

fn apply(correction: &mut Correction, change: &Change, keys: Vec<String>) {
    match change {
        // Fields of another register mean something else.
        Change::Register(name) => {
            correction.register = Register::from_name(name);
            correction.columns.retain(|(_, field)| *field == Some(Field::Cpr));
        }
        Change::Column { column, field } => {
            if let Some(key) = keys.get(*column as usize) {
                correction.set_column(key, Field::from_name(field));
            }
        }
        Change::Forget => {}
    }
}

impl Reading {
    /// Is nothing being read?
    pub(super) fn is_idle(&self) -> bool {
        self.next() == super::reading::Next::Idle
    }
}
