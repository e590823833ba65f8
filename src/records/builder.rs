//! Rows given as text cells, read exactly as a file's rows are: for test patients and tests.

use std::collections::BTreeMap;

use super::Records;
use super::load::{Ledger, Source, Table};
use super::raw::{LineRuns, RawColumn};
use crate::cpr::Cpr;
use crate::decode::encoding::Encoding;
use crate::schema::{Field, Register};

/// An export in the making, one table per register.
#[derive(Debug, Default)]
pub struct Builder {
    tables: BTreeMap<Register, Rows>,
}

#[derive(Debug, Default)]
struct Rows {
    cprs: Vec<Cpr>,
    patient: super::intern::Ids,
    columns: BTreeMap<Field, RawColumn>,
    rows: usize,
}

impl Builder {
    /// An export that holds these registers (the patient register is added). Each has its code,
    /// date and descriptive columns even without a row.
    #[must_use]
    pub fn new(registers: &[Register]) -> Self {
        let mut out = Self::default();
        for register in registers.iter().chain([&Register::Patient]) {
            let rows = out.tables.entry(*register).or_default();
            let fields = [Field::Kode, Field::Dato].iter().chain(register.descriptive_fields());
            for field in fields.filter(|_| *register != Register::Patient) {
                rows.columns.insert(*field, RawColumn::new(0, *field));
            }
        }
        out
    }

    /// Adds a row of `register` for `cpr`, cells as `(field, text)`; dates and numbers as in
    /// exports. A CPR number that cannot be read adds nothing.
    pub fn row(&mut self, register: Register, cpr: &str, cells: &[(Field, String)]) {
        let Ok(cpr) = Cpr::parse(cpr) else { return };
        let rows = self.tables.entry(register).or_default();
        let known = rows.cprs.iter().position(|c| *c == cpr);
        let patient = known.unwrap_or_else(|| {
            rows.cprs.push(cpr);
            rows.cprs.len() - 1
        });
        rows.patient.extend(&[u32::try_from(patient).unwrap_or(0)], rows.cprs.len());
        for (field, text) in cells {
            let column = rows.columns.entry(*field).or_insert_with(|| RawColumn::new(0, *field));
            column.ids.pad(rows.rows);
            let id = column.dictionary.intern(text.as_bytes());
            column.ids.extend(&[id], column.dictionary.len());
        }
        rows.rows += 1;
    }

    /// Types and sorts everything.
    #[must_use]
    pub fn finish(self) -> Records {
        let mut records = Records::default();
        for (register, rows) in self.tables {
            records.add(rows.table(register));
        }
        records.settle();
        records
    }
}

impl Rows {
    fn table(self, register: Register) -> Table {
        let mut lines = LineRuns::default();
        (1..).take(self.rows).for_each(|line| lines.push(line));
        let rows = self.rows;
        let columns = self.columns.into_values().map(|mut column| {
            column.ids.pad(rows);
            column
        });
        let count = rows as u64;
        let source = Source {
            name: register.name().into(),
            register,
            encoding: Encoding::Utf8.name(),
            separator: ';',
            ledger: Ledger { physical: count, used: count, ..Ledger::default() },
            set_aside: Vec::new(),
            columns: Vec::new(),
            unreadable_dates: 0,
            ambiguous_numbers: 0,
            period: None,
            extract_date: None,
            remarks: Vec::new(),
            understood: Box::default(),
            garbled: None,
            repaired: 0,
        };
        let (cprs, patient, encoding) = (self.cprs, self.patient, Encoding::Utf8);
        Table {
            source,
            cprs,
            patient,
            columns: columns.collect(),
            lines,
            encoding,
            more: Vec::new(),
        }
    }
}
