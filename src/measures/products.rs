//! `[[tabel]]`: persons, rows and defined daily doses per product or substance (appendix H of the
//! language).

use std::collections::{BTreeMap, BTreeSet};

use crate::code::Code;
use crate::evaluate::{Evaluator, Population};
use crate::opioid;
use crate::profile::plan::{ProductTable, TableLine};
use crate::ratio::Ratio;
use crate::records::Events;
use crate::schema::{Field, Register};

/// What a line of the table stands for; sorted by substance, then product.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// Substance of the factor table, else the code; empty = the rows say neither.
    pub substance: String,
    /// Name, strength and form as written; empty in a table per substance.
    pub product: String,
}

/// What is counted of a line, or of all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Persons, each once.
    pub persons: u64,
    /// Rows.
    pub rows: u64,
    /// Defined daily doses that are known.
    pub defined: Ratio,
    /// Rows of which they are not known: the sum is at least so much.
    pub undefined: u64,
}

/// A provider number, or the whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Provider number; `None` = the whole file.
    pub ydernummer: Option<String>,
    /// One per line of the table.
    pub lines: Vec<Tally>,
    /// Persons once, whatever they got.
    pub total: Tally,
    /// Rows that are perhaps asked for, or perhaps in the window: on no line.
    pub perhaps: u64,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Products {
    /// Its lines, those of the whole file.
    pub lines: Vec<Line>,
    /// By provider number, the whole file last. Empty = the file has no medicines.
    pub units: Vec<Unit>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { persons: 0, rows: 0, defined: Ratio::ZERO, undefined: 0 }
    }
}

impl Tally {
    fn add(&mut self, row: &Row) {
        self.rows += 1;
        match row.defined.and_then(|doses| self.defined.plus(doses)) {
            Some(sum) => self.defined = sum,
            None => self.undefined += 1,
        }
    }
}

// A row that counts: its line and its defined daily doses.
struct Row {
    line: Line,
    defined: Option<Ratio>,
}

#[derive(Default)]
struct Count {
    lines: BTreeMap<Line, Tally>,
    total: Tally,
    perhaps: u64,
}

impl Count {
    fn add(&mut self, rows: &[Row], perhaps: u64) {
        let mut seen = BTreeSet::new();
        for row in rows {
            let tally = self.lines.entry(row.line.clone()).or_default();
            tally.persons += u64::from(seen.insert(&row.line));
            tally.add(row);
            self.total.add(row);
        }
        self.total.persons += u64::from(!rows.is_empty());
        self.perhaps += perhaps;
    }

    fn unit(&self, ydernummer: Option<String>, lines: &[Line]) -> Unit {
        let of = |line: &Line| self.lines.get(line).copied().unwrap_or_default();
        let lines = lines.iter().map(of).collect();
        Unit { ydernummer, lines, total: self.total, perhaps: self.perhaps }
    }
}

/// Counts a table over the persons on the list.
#[must_use]
pub fn products(
    evaluator: &Evaluator<'_>,
    table: &ProductTable,
    population: &Population,
) -> Products {
    let Some(events) = evaluator.records.events(Register::Medicin) else {
        return Products::default();
    };
    let patients = &evaluator.records.patients;
    let mut all = Count::default();
    let mut practices: BTreeMap<String, Count> = BTreeMap::new();
    for patient in patients.ids() {
        let number = patients.text(patient, Field::Ydernummer);
        if !number.is_empty() && !practices.contains_key(number) {
            practices.insert(number.to_owned(), Count::default());
        }
    }
    let members = population.members.iter().map(|one| one.patient);
    evaluator.for_each_row_set(&table.selection, members, |patient, found| {
        let (rows, perhaps) = rows(events, table.per, found);
        all.add(&rows, perhaps);
        if let Some(count) = practices.get_mut(patients.text(patient, Field::Ydernummer)) {
            count.add(&rows, perhaps);
        }
    });
    let lines: Vec<Line> = all.lines.keys().cloned().collect();
    let practices = practices.into_iter().map(|(number, count)| count.unit(Some(number), &lines));
    let units = practices.chain([all.unit(None, &lines)]).collect();
    Products { lines, units }
}

fn rows(events: &Events, per: TableLine, found: &[(usize, bool)]) -> (Vec<Row>, u64) {
    let sure = found.iter().filter(|(_, sure)| *sure).map(|(position, _)| Row {
        line: line(events, *position, per),
        defined: opioid::defined::of_row(events, *position),
    });
    let sure: Vec<Row> = sure.collect();
    let perhaps = (found.len() - sure.len()) as u64;
    (sure, perhaps)
}

fn line(events: &Events, position: usize, per: TableLine) -> Line {
    let substance = substance(events, position);
    match per {
        TableLine::Substance => Line { substance, product: String::new() },
        TableLine::Product => Line { substance, product: product(events, position) },
    }
}

// As `distinkt = "stof"`; the row's own word where there is no code.
fn substance(events: &Events, position: usize) -> String {
    let codes = events.code_groups().get(events.code_id(position)).map_or(&[][..], Vec::as_slice);
    let table = opioid::table();
    let known = codes.iter().find_map(|code| table.substance(code)).map(str::to_owned);
    known.or_else(|| codes.first().map(Code::shown)).unwrap_or_default()
}

fn product(events: &Events, position: usize) -> String {
    let text = |field| events.text(position, field).trim();
    let strength = [text(Field::Styrke), text(Field::StyrkeEnhed)];
    let strength =
        strength.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let parts = [text(Field::Navn), strength.as_str(), text(Field::Form)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
