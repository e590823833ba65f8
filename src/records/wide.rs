//! Rows of other registers in the cells of a list with one row per patient.

use super::intern::Ids;
use super::load::{Ledger, Source, Table};
use super::raw::{LineRuns, RawColumn};
use crate::cpr::Cpr;
use crate::decode::delimited::{Block, unquote};
use crate::decode::encoding::{Encoding, decode};
use crate::decode::sniff::{Wide, full_date, is_atc, is_icd, is_icpc};
use crate::note::Said;
use crate::schema::{Field, Register};

const FIELDS: [Field; 7] = [
    Field::Kode,
    Field::Icd10,
    Field::Tekst,
    Field::Navn,
    Field::Styrke,
    Field::Vaerdi,
    Field::Dato,
];

/// What one row says, in the order of [`FIELDS`].
type Cells = [String; FIELDS.len()];

/// The rows that one column holds.
pub struct WideRows {
    wide: Wide,
    encoding: Encoding,
    patient: Ids,
    columns: Vec<RawColumn>,
    lines: LineRuns,
    rows: u64,
    /// Values without a code, since no unit says which one.
    without_code: u64,
}

impl WideRows {
    pub fn new(wide: Wide, encoding: Encoding) -> Self {
        let fields = FIELDS.iter().filter(|field| is_of(wide.register, **field));
        Self {
            columns: fields.map(|field| RawColumn::new(wide.column, *field)).collect(),
            wide,
            encoding,
            patient: Ids::default(),
            lines: LineRuns::default(),
            rows: 0,
            without_code: 0,
        }
    }

    /// Takes the rows of a block, each with its patient among so many.
    pub fn take(&mut self, block: &Block<'_>, rows: &[u32], patients: &[u32], limit: usize) {
        for (row, patient) in rows.iter().zip(patients) {
            let row = *row as usize;
            let cell = self.text(block.cell(row, self.wide.column));
            let date = self.wide.date.map(|at| self.text(block.cell(row, at)));
            let line = block.lines.get(row).copied().unwrap_or(0);
            for cells in self.read(&cell, date.as_deref().unwrap_or_default()) {
                self.patient.extend(&[*patient], limit);
                self.lines.push(line);
                self.enter(&cells);
            }
        }
    }

    fn text(&self, cell: &[u8]) -> String {
        let cell = unquote(cell);
        let is_utf8 = std::str::from_utf8(&cell).is_ok() && self.encoding != Encoding::Windows1252;
        let encoding = if is_utf8 { Encoding::Utf8 } else { Encoding::Windows1252 };
        decode(&cell, encoding).trim().to_owned()
    }

    fn enter(&mut self, cells: &Cells) {
        self.rows += 1;
        for column in &mut self.columns {
            let at = FIELDS.iter().position(|field| *field == column.field);
            let cell = at.and_then(|at| cells.get(at)).map_or("", String::as_str);
            let id = column.dictionary.intern(cell.as_bytes());
            column.ids.extend(&[id], column.dictionary.len());
        }
    }

    fn read(&mut self, cell: &str, date: &str) -> Vec<Cells> {
        if matches!(cell, "" | "-") {
            return Vec::new();
        }
        match self.wide.register {
            Register::Proeve => vec![self.value(cell, date)],
            register => {
                items(register, cell).iter().map(|item| row(register, item, date)).collect()
            }
        }
    }

    /// A value is of the code whose unit stands in the cell or in the heading.
    fn value(&mut self, cell: &str, date: &str) -> Cells {
        let (value, heading) = (cell.to_lowercase(), self.wide.heading.to_lowercase());
        let said =
            |unit: &String| value.ends_with(unit.as_str()) || heading.contains(unit.as_str());
        let of_value = self.wide.codes.iter().find(|(unit, _)| value.ends_with(unit.as_str()));
        let has_unit = value.contains(|c: char| c.is_alphabetic() || c == '%');
        let of_heading = || self.wide.codes.iter().find(|(unit, _)| !has_unit && said(unit));
        let code = of_value.or_else(of_heading).map(|(_, code)| code.clone());
        self.without_code += u64::from(code.is_none());
        let mut out = Cells::default();
        let [kode, _, _, navn, _, vaerdi, dato] = &mut out;
        *kode = code.unwrap_or_default();
        *navn = self.wide.heading.clone();
        *vaerdi = cell.to_owned();
        *dato = date.to_owned();
        out
    }

    /// The table of the rows, and what is said of it.
    pub fn finish(self, name: &str, separator: char, cprs: &[Cpr]) -> (Table, Said) {
        let Self { wide, patient, columns, lines, rows, without_code, .. } = self;
        let remark = remark(&wide, rows, without_code);
        let source = Source {
            name: format!("{name}: {}", wide.heading),
            register: wide.register,
            encoding: Encoding::Utf8.name(),
            separator,
            // The lines are those of the file itself, and counted there.
            ledger: Ledger::default(),
            set_aside: Vec::new(),
            columns: vec![(wide.heading, Some(Field::Kode))],
            unreadable_dates: 0,
            ambiguous_numbers: 0,
            period: None,
            extract_date: None,
            remarks: Vec::new(),
            understood: Box::default(),
            garbled: None,
            repaired: 0,
        };
        let (cprs, encoding) = (cprs.to_vec(), Encoding::Utf8);
        (Table { source, cprs, patient, columns, lines, encoding, more: Vec::new() }, remark)
    }
}

const fn is_of(register: Register, field: Field) -> bool {
    match field {
        Field::Icd10 | Field::Tekst => matches!(register, Register::Diagnose),
        Field::Styrke => matches!(register, Register::Medicin),
        Field::Navn => !matches!(register, Register::Diagnose),
        Field::Vaerdi => matches!(register, Register::Proeve),
        Field::Dato => !matches!(register, Register::Medicin),
        _ => true,
    }
}

fn remark(wide: &Wide, rows: u64, without_code: u64) -> Said {
    let (heading, register) = (&wide.heading, wide.register.name());
    let undated = wide.date.is_none();
    let (da, en) = match (undated, without_code) {
        (true, 0) => (" uden dato", " without a date"),
        (false, 0) => ("", ""),
        _ => (
            "; værdier uden kendt enhed har ingen kode",
            "; values without a known unit have no code",
        ),
    };
    Said::new(
        format!(
            "»{heading}« har flere oplysninger i hver celle og er læst som {rows} rækker af {register}{da}."
        ),
        format!(
            "“{heading}” holds several facts per cell and was read as {rows} rows of {register}{en}."
        ),
    )
}

/// The facts in a cell. A comma or stroke divides only before a code: »37,5 mg« is one.
fn items(register: Register, cell: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let mut between = ';';
    let mut rest = cell;
    loop {
        let end = rest.find([',', ';', '/', '|', '\n']);
        let part = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
        let is_new = matches!(between, ';' | '|' | '\n') || code(register, part.trim()).is_some();
        match items.last_mut() {
            Some(last) if !is_new => {
                last.push(between);
                last.push_str(part);
            }
            _ => items.push(part.to_owned()),
        }
        let Some(end) = end else { break };
        between = rest.get(end..).and_then(|from| from.chars().next()).unwrap_or(';');
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    items.retain(|item| !item.trim().is_empty());
    items.iter().map(|item| item.trim().to_owned()).collect()
}

/// The code that begins an item, and its text.
fn code(register: Register, item: &str) -> Option<(&str, &str)> {
    let (first, rest) = item.split_once([' ', ':']).unwrap_or((item, ""));
    let is_code = match register {
        Register::Medicin => is_atc(first) && (first.len() >= 5 || rest.is_empty()),
        _ => is_icpc(first) || is_icd(first),
    };
    is_code.then_some((first, rest.trim()))
}

fn row(register: Register, item: &str, date: &str) -> Cells {
    let mut out = Cells::default();
    let [kode, icd10, tekst, navn, styrke, _, dato] = &mut out;
    let (found, text) = code(register, item).unwrap_or(("", item));
    let text = text.to_owned();
    if register == Register::Medicin {
        *kode = found.to_owned();
        (*navn, *styrke) = name_and_strength(&text);
        return out;
    }
    *(if is_icpc(found) { kode } else { icd10 }) = found.to_owned();
    let own = text.split([' ', '(', ')']).find(|word| full_date(word).is_some());
    *dato = own.unwrap_or(date).to_owned();
    *tekst = text;
    out
}

/// »Tramadol Retard 100 mg« in two; what does not end in a strength is a name altogether.
fn name_and_strength(text: &str) -> (String, String) {
    let digit = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let (name, strength) = text.split_at_checked(digit).unwrap_or((text, ""));
    if crate::strength::read(strength, None).is_ok() {
        return (name.trim().to_owned(), strength.to_owned());
    }
    (text.to_owned(), String::new())
}
