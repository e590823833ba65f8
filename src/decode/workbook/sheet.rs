//! One sheet: its cells, streamed into lines.

use std::io::Read;

use quick_xml::events::BytesStart;

use super::lines::{Lines, MOST_COLUMNS, MOST_ROWS};
use super::number::shown;
use super::strings::{Rich, Strings, unescaped};
use super::styles::Styles;
use crate::decode::xml::{Fault, Piece, raw, walk};

/// What all sheets of a workbook share.
#[derive(Default)]
pub struct Shared {
    /// Texts.
    pub strings: Strings,
    /// Formats.
    pub styles: Styles,
    /// Days are counted from 1904.
    pub from_1904: bool,
    /// Cells that may still be read, of all sheets.
    pub cells_left: u32,
}

/// A sheet that was read.
#[derive(Default)]
pub struct Sheet {
    /// Its lines.
    pub text: Vec<u8>,
    /// Cells that hold an error.
    pub errors: u32,
    /// Cells with a formula and no result.
    pub uncalculated: u32,
    /// Merged ranges.
    pub merged: u32,
    /// Rows that are hidden or filtered away.
    pub hidden_rows: u32,
}

impl Sheet {
    /// No cell of it holds or held anything.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty() && self.errors == 0 && self.uncalculated == 0
    }
}

/// What a cell's value is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Truth,
    Error,
    Moment,
}

#[derive(Default)]
struct Cell {
    kind: Kind,
    format: u32,
    column: u32,
    value: String,
    has_formula: bool,
    has_value: bool,
}

struct Reading<'a> {
    shared: &'a mut Shared,
    out: Sheet,
    lines: Lines,
    rich: Rich,
    cell: Cell,
    in_value: bool,
    /// The row under way, from 0; `None` before the first.
    row: Option<u32>,
    /// The row says its number.
    row_is_named: bool,
    next_column: u32,
}

/// Reads a sheet.
pub fn read(source: &mut dyn Read, left: &mut u64, shared: &mut Shared) -> Result<Sheet, Fault> {
    let mut reading = Reading {
        shared,
        out: Sheet::default(),
        lines: Lines::default(),
        rich: Rich::default(),
        cell: Cell::default(),
        in_value: false,
        row: None,
        row_is_named: false,
        next_column: 0,
    };
    walk(source, left, &mut |piece, at| reading.take(&piece, at))?;
    let Reading { mut out, lines, .. } = reading;
    out.text = lines.finish();
    Ok(out)
}

impl Reading<'_> {
    fn take(&mut self, piece: &Piece<'_>, at: u64) -> Result<(), Fault> {
        self.rich.take(piece, &mut self.cell.value);
        match piece {
            Piece::Open(start) => self.open(start),
            Piece::Text(text) => {
                if self.in_value {
                    self.cell.value.push_str(text);
                }
                Ok(())
            }
            Piece::Close("v") => {
                self.in_value = false;
                Ok(())
            }
            Piece::Close("c") => self.end_cell(at),
            Piece::Close(_) => Ok(()),
        }
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        match start.local_name().as_ref() {
            "c" => return self.begin_cell(start),
            "v" => (self.in_value, self.cell.has_value) = (true, true),
            "is" => self.cell.has_value = true,
            "f" => self.cell.has_formula = true,
            "row" => return self.begin_row(start),
            "mergeCell" => self.out.merged += 1,
            _ => {}
        }
        Ok(())
    }

    fn begin_row(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        let named = raw(start, "r").filter(|number| !number.is_empty());
        self.row_is_named = named.is_some();
        let row = match named {
            Some(number) => number.parse::<u32>().ok().and_then(|number| number.checked_sub(1)),
            None => Some(self.row.map_or(0, |row| row + 1)),
        };
        self.row = Some(row.ok_or(Fault::Broken)?);
        self.next_column = 0;
        let hidden = raw(start, "hidden").is_some_and(|value| is_true(&value));
        self.out.hidden_rows += u32::from(hidden);
        if self.row >= Some(MOST_ROWS) { Err(Fault::TooFar) } else { Ok(()) }
    }

    fn begin_cell(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        let left = self.shared.cells_left.checked_sub(1);
        self.shared.cells_left =
            left.ok_or(Fault::TooManyCells(u64::from(super::MOST_CELLS) + 1))?;
        let mut value = std::mem::take(&mut self.cell.value);
        value.clear();
        self.cell = Cell { value, column: self.next_column, ..Cell::default() };
        for attribute in start.attributes().with_checks(false).flatten() {
            match attribute.key.local_name().as_ref() {
                "t" => self.cell.kind = of_name(&attribute.value),
                "s" => self.cell.format = attribute.value.parse().unwrap_or(0),
                "r" if !attribute.value.is_empty() => {
                    self.cell.column = self.column(&attribute.value)?;
                }
                _ => {}
            }
        }
        self.next_column = self.cell.column + 1;
        if self.next_column > MOST_COLUMNS { Err(Fault::TooFar) } else { Ok(()) }
    }

    // A cell that names another row than the one it stands in is in no place at all.
    fn column(&mut self, place: &str) -> Result<u32, Fault> {
        let (row, column) = of_place(place)?;
        if !self.row_is_named {
            (self.row, self.row_is_named) = (Some(row), true);
        }
        if self.row == Some(row) { Ok(column) } else { Err(Fault::Broken) }
    }

    fn end_cell(&mut self, at: u64) -> Result<(), Fault> {
        let cell = &self.cell;
        self.out.errors += u32::from(cell.kind == Kind::Error);
        self.out.uncalculated += u32::from(cell.has_formula && !cell.has_value);
        let row = self.row.unwrap_or(0);
        let shared = match cell.kind {
            Kind::Shared if !cell.value.is_empty() => {
                let text = cell.value.trim().parse().ok();
                Some(text.and_then(|at| self.shared.strings.get(at)).ok_or(Fault::Broken)?)
            }
            _ => None,
        };
        let text = match (shared, cell.kind) {
            (Some(text), _) => unescaped(text),
            (None, Kind::Text) => unescaped(&cell.value),
            (None, Kind::Truth) => truth(&cell.value).into(),
            (None, Kind::Moment) => moment(&cell.value).into(),
            (None, Kind::Error | Kind::Shared) => "".into(),
            (None, Kind::Number) => {
                let shape = self.shared.styles.shape(cell.format);
                shown(&cell.value, shape, self.shared.from_1904).into()
            }
        };
        self.lines.cell(row, cell.column, &text, at)
    }
}

fn of_name(name: &str) -> Kind {
    match name {
        "s" => Kind::Shared,
        "str" | "inlineStr" => Kind::Text,
        "b" => Kind::Truth,
        "e" => Kind::Error,
        "d" => Kind::Moment,
        _ => Kind::Number,
    }
}

/// As a Danish spreadsheet shows it.
fn truth(value: &str) -> &str {
    match value.trim() {
        "1" | "true" => "SAND",
        "0" | "false" => "FALSK",
        other => other,
    }
}

/// `2024-12-31T10:30:00` as day and time.
fn moment(value: &str) -> String {
    let day = value.split_once("T00:00:00").map_or(value, |(day, _)| day);
    day.replace('T', " ")
}

/// »true« in XML.
pub fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true")
}

/// Row and column of `AB12`, from 0.
fn of_place(place: &str) -> Result<(u32, u32), Fault> {
    let digits = place.find(|c: char| c.is_ascii_digit()).unwrap_or(place.len());
    let (letters, row) = place.split_at(digits);
    if letters.is_empty() || row.len() > 7 {
        return Err(Fault::Broken);
    }
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let upper = letter.to_ascii_uppercase();
        if !upper.is_ascii_uppercase() || column > MOST_COLUMNS {
            return Err(Fault::Broken);
        }
        column = column * 26 + u32::from(upper - b'A') + 1;
    }
    let row = row.parse::<u32>().ok().and_then(|row| row.checked_sub(1)).ok_or(Fault::Broken)?;
    if row >= MOST_ROWS { Err(Fault::TooFar) } else { Ok((row, column - 1)) }
}

#[cfg(test)]
mod tests;
