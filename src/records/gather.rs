//! The rows of one table: whose each is, and which lines are none.

use super::Map;
use super::carried::Carried;
use super::intern::{Dictionary, Ids};
use super::part::Part;
use super::raw::{LineRuns, RawColumn};
use super::runs::Runs;
use super::wide::WideRows;
use crate::cpr::{Cpr, CprError};
use crate::decode::TableProbe;
use crate::decode::delimited::{Block, begins_another, unquote};
use crate::decode::encoding::Encoding;
use crate::decode::ledger::{Reason, SetAside, is_total};
use crate::decode::sniff::{folded, is_cpr_heading, leading_cpr};
use crate::schema::Field;

/// What a distinct cell of the CPR column is.
#[derive(Clone, Copy)]
enum Key {
    Patient(u32),
    Empty,
    Heading,
    Total,
    Bad(Reason),
}

/// Takes blocks of rows into columns.
pub struct Gather {
    pub(super) bare: bool,
    pub(super) key: usize,
    keys: Dictionary,
    meanings: Vec<Key>,
    pub(super) index: Map<Cpr, u32>,
    pub(super) cprs: Vec<Cpr>,
    pub(super) patient: Ids,
    pub(super) columns: Vec<RawColumn>,
    pub(super) runs: Runs,
    pub(super) lines: LineRuns,
    pub(super) headers: u64,
    pub(super) blank: u64,
    /// Only of parts read elsewhere; the splitter counts its own.
    pub(super) continuation: u64,
    pub(super) set_aside: Vec<SetAside>,
    pub(super) ids: Vec<u32>,
    pub(super) kept: Vec<u32>,
    /// Folded headings, to know another header by.
    pub(super) own: Vec<String>,
    pub(super) carried: Carried,
    pub(super) wide: Vec<WideRows>,
}

impl Gather {
    pub fn new(probe: &TableProbe) -> Self {
        let headings: Vec<String> =
            probe.columns.iter().map(|(heading, _)| heading.clone()).collect();
        let mapped =
            probe.columns.iter().enumerate().filter_map(|(at, (_, field))| Some((at, (*field)?)));
        // Fees are recognised so that nobody wonders, and dropped.
        let wanted = mapped.filter(|(_, field)| !matches!(field, Field::Cpr | Field::Honorar));
        let names = probe.bare.then(|| RawColumn::new(0, Field::Navn));
        Self {
            bare: probe.bare,
            key: probe.dialect.key,
            keys: Dictionary::default(),
            meanings: vec![Key::Empty],
            index: Map::default(),
            cprs: Vec::new(),
            patient: Ids::default(),
            columns: wanted.map(|(at, field)| RawColumn::new(at, field)).chain(names).collect(),
            runs: Runs::default(),
            lines: LineRuns::default(),
            headers: 0,
            blank: 0,
            continuation: 0,
            set_aside: Vec::new(),
            ids: Vec::new(),
            kept: Vec::new(),
            own: folded(&headings),
            carried: Carried::new(probe.blocks.clone()),
            wide: probe
                .wide
                .iter()
                .map(|wide| WideRows::new(wide.clone(), probe.encoding))
                .collect(),
        }
    }

    /// Takes the rows of a block; the one that begins another table, if there is one.
    pub fn take(&mut self, block: Block<'_>) -> Option<usize> {
        let other = self.keep(&block);
        self.patient.extend(&self.ids, self.cprs.len());
        self.runs.take(&block, &self.kept, &mut self.columns);
        for row in &self.kept {
            self.lines.push(block.lines.get(*row as usize).copied().unwrap_or(0));
        }
        for wide in &mut self.wide {
            wide.take(&block, &self.kept, &self.ids, self.cprs.len());
        }
        other
    }

    /// Decides row by row what the CPR cell means; rows to keep into `kept`, patients into `ids`.
    fn keep(&mut self, block: &Block<'_>) -> Option<usize> {
        self.kept.clear();
        self.ids.clear();
        for row in 0..block.len() {
            let id = self.keys.intern(block.cell(row, self.key)) as usize;
            if id == self.meanings.len() {
                let meaning = self.meaning(block.cell(row, self.key));
                self.meanings.push(meaning);
            }
            match self.meanings.get(id).copied().unwrap_or(Key::Empty) {
                Key::Patient(patient) => {
                    self.carried.of(patient, block, row);
                    self.ids.push(patient);
                    self.kept.push(u32::try_from(row).unwrap_or(u32::MAX));
                }
                Key::Empty if self.carried.fits(block, row) => {
                    self.ids.push(self.carried.take());
                    self.kept.push(u32::try_from(row).unwrap_or(u32::MAX));
                }
                _ if begins_another(block.row(row), &self.own) => return Some(row),
                other => self.reject(other, block, row),
            }
        }
        None
    }

    pub fn reserve(&mut self, rows: usize) {
        self.patient.reserve(rows);
        self.columns.iter_mut().for_each(|column| column.ids.reserve(rows));
    }

    /// Number of a patient in this table.
    fn number(&mut self, cpr: Cpr) -> u32 {
        let next = u32::try_from(self.cprs.len()).unwrap_or(u32::MAX);
        let id = *self.index.entry(cpr).or_insert(next);
        if id == next {
            self.cprs.push(cpr);
        }
        id
    }

    pub fn absorb(&mut self, part: &Part, lines_before: u32) {
        let map: Vec<u32> = part.cprs().map(|cpr| self.number(cpr)).collect();
        let limit = self.cprs.len();
        self.patient.append_mapped(&part.patient(), &map, limit);
        part.append_to(&mut self.columns, &mut self.lines, lines_before);
        self.set_aside.extend(part.set_aside(lines_before));
        self.headers += part.headers;
        self.blank += part.blank;
        self.continuation += part.continuation;
    }

    fn meaning(&mut self, cell: &[u8]) -> Key {
        let text = String::from_utf8_lossy(&unquote(cell)).into_owned();
        let of_line = self.bare.then(|| leading_cpr(&text)).flatten();
        match Cpr::parse(of_line.map_or(&text, |(cpr, _)| cpr)) {
            Ok(cpr) => Key::Patient(self.number(cpr)),
            Err(_) if is_cpr_heading(&text) => Key::Heading,
            Err(_) if is_total(&text) => Key::Total,
            Err(CprError::Missing) => Key::Empty,
            Err(CprError::Rounded) => Key::Bad(Reason::CprRounded),
            Err(CprError::Shape) => Key::Bad(Reason::CprShape),
        }
    }

    fn reject(&mut self, key: Key, block: &Block<'_>, row: usize) {
        self.carried.end();
        let reason = match key {
            Key::Heading => return self.headers += 1,
            Key::Empty if block.is_blank(row) => return self.blank += 1,
            Key::Empty if block.is_total(row) => Reason::Total,
            Key::Empty if block.is_title(row) => Reason::Title,
            Key::Total => Reason::Total,
            Key::Bad(_) if block.is_title(row) => Reason::Title,
            Key::Bad(reason) => reason,
            Key::Empty | Key::Patient(_) => Reason::CprMissing,
        };
        let line = block.lines.get(row).copied().unwrap_or(0);
        self.set_aside.push(SetAside { line, reason });
    }

    /// UTF-8 as long as every distinct cell is valid; Windows-1252 otherwise.
    pub fn encoding(&self, sniffed: Encoding) -> Encoding {
        let invalid = |column: &RawColumn| {
            column.dictionary.iter().any(|cell| std::str::from_utf8(cell).is_err())
        };
        match sniffed {
            Encoding::Utf8 if self.columns.iter().any(invalid) => Encoding::Windows1252,
            other => other,
        }
    }
}

/// The names of a bare list, without the numbers before them.
pub fn without_cpr(column: &mut RawColumn) {
    let old = std::mem::replace(column, RawColumn::new(column.at, column.field));
    let name = |cell: &[u8]| {
        let rest = cell.iter().position(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80);
        rest.and_then(|from| cell.get(from..)).unwrap_or_default().to_vec()
    };
    let map: Vec<u32> =
        old.dictionary.iter().map(|cell| column.dictionary.intern(&name(cell))).collect();
    column.ids.append_mapped(&old.ids, &map, column.dictionary.len());
}
