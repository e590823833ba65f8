//! The records as typed tables, for an engine that speaks SQL.
//!
//! Everything that takes reading is done here: dates, treatment periods by rule R7 (but for the
//! days that a criterion assumes), bounds of values, folded units and answers, codes, copies left
//! out by rule R6, doses and morphine equivalents of a row by rule R18. The queries that
//! [`crate::schema::typed`] and a plan give then read no text.
//!
//! Patients and rows are numbers without meaning. CPR numbers stand in one table of their own,
//! which no query reads.

use std::io::{self, Write};
use std::sync::Arc;

use crate::opioid::{self, Table as Factors};
use crate::records::Records;
use crate::schema::Register;
use crate::schema::typed::Table;

mod cell;
mod opioids;
mod patients;
mod rows;

/// Writes one table as CSV: comma, quotes where needed, a heading; an empty cell is NULL.
///
/// `export` names the export in the column of that name, so that many exports can lie in one
/// database. A register that the export does not have gives a heading alone; which registers it has
/// stands in [`Table::Registers`].
///
/// # Errors
/// Whatever `out` refuses.
pub fn write(records: &Records, export: &str, table: Table, out: &mut dyn Write) -> io::Result<()> {
    write_with(records, opioid::table(), export, table, out)
}

/// The same; morphine equivalents have the factors of this table.
///
/// # Errors
/// Whatever `out` refuses.
pub fn write_with(
    records: &Records,
    factors: &Arc<Factors>,
    export: &str,
    table: Table,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut out = csv::Writer::from_writer(out);
    out.write_record(table.columns().iter().map(|(name, _)| name))?;
    let mut line = |cells: Vec<String>| {
        let cells = std::iter::once(export.to_owned()).chain(cells);
        out.write_record(cells).map_err(io::Error::from)
    };
    match table {
        Table::Registers => registers(records, &mut line)?,
        Table::Keys => patients::keys(&records.patients, &mut line)?,
        Table::Patients | Table::Rows(Register::Patient) => {
            patients::patients(&records.patients, &mut line)?;
        }
        Table::Codes => rows::codes(records, &mut line)?,
        Table::Rows(register) => {
            if let Some(events) = records.events(register) {
                rows::rows(&records.patients, events, register, factors, &mut line)?;
            }
        }
    }
    out.flush()
}

/// Takes the cells of a line after the export's name.
type Line<'a> = &'a mut dyn FnMut(Vec<String>) -> io::Result<()>;

fn registers(records: &Records, line: Line<'_>) -> io::Result<()> {
    let present = Register::ALL.into_iter().filter(|register| records.has(*register));
    for register in present {
        line(vec![register.name().to_owned()])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
