//! Reading one table: slices in, dictionary-encoded columns and the account of its lines out.

use super::Map;
use super::intern::{Dictionary, Ids};
use super::part::{Contents, Part};
use super::raw::{LineRuns, RawColumn};
use super::runs::Runs;
use crate::cpr::{Cpr, CprError};
use crate::day::Day;
use crate::decode::TableProbe;
use crate::decode::delimited::{Block, Splitter, unquote};
use crate::decode::encoding::Encoding;
use crate::decode::ledger::is_total;
use crate::decode::sniff::{Understood, is_cpr_heading};
use crate::note::Said;
use crate::schema::{Field, Register};

pub use crate::decode::{Ledger, Reason, SetAside};

/// Room is made for so many rows at most: the first bytes of a file may promise anything.
const MOST_ROOM: usize = 4_000_000;

/// What is known of a table that was read; stays with the records.
#[derive(Clone, Debug)]
pub struct Source {
    /// File name; `archive.zip/member.csv` for a member.
    pub name: String,
    /// Register it was read as.
    pub register: Register,
    /// `UTF-8`, `UTF-8 med BOM`, `Windows-1252`, `UTF-16`.
    pub encoding: &'static str,
    /// The separator character.
    pub separator: char,
    /// Account of its lines.
    pub ledger: Ledger,
    /// Lines set aside, in order.
    pub set_aside: Vec<SetAside>,
    /// Each column of the file: its heading (decoded) and the field it was read as.
    pub columns: Vec<(String, Option<Field>)>,
    /// Cells of date columns that hold something unreadable.
    pub unreadable_dates: u64,
    /// Number cells that can be read in two ways.
    pub ambiguous_numbers: u64,
    /// Earliest and latest event date.
    pub period: Option<(Day, Day)>,
    /// Extract date that the file states above its header.
    pub extract_date: Option<Day>,
    /// How doubts were settled (two columns for one field, header missing, …).
    pub remarks: Vec<Said>,
    /// What was understood of it, and why.
    pub understood: Box<Understood>,
}

/// A table that was read whole, ready for [`crate::records::Records::add`].
#[derive(Debug)]
pub struct Table {
    /// What is known of it.
    pub source: Source,
    pub(super) cprs: Vec<Cpr>,
    pub(super) patient: Ids,
    pub(super) columns: Vec<RawColumn>,
    pub(super) lines: LineRuns,
    pub(super) encoding: Encoding,
}

/// A table while it is being read.
pub struct TableReader {
    name: String,
    probe: TableProbe,
    splitter: Splitter,
    gather: Gather,
    /// Bytes that will be pushed in all, as far as is known.
    expected: u64,
}

impl TableReader {
    /// Begins a table. The bytes that were probed must be pushed, too.
    #[must_use]
    pub fn new(name: &str, probe: &TableProbe) -> Self {
        Self {
            name: name.into(),
            splitter: Splitter::new(probe.dialect.clone()),
            gather: Gather::new(probe),
            probe: probe.clone(),
            expected: 0,
        }
    }

    /// So many bytes will be pushed: room for their rows is made at once, not by and by.
    pub const fn expect(&mut self, bytes: u64) {
        self.expected = bytes;
    }

    /// A reader for the rest of a table: what it is given begins with a line of rows.
    #[must_use]
    pub fn of_rest(name: &str, probe: &TableProbe) -> Self {
        let mut out = Self::new(name, probe);
        out.splitter = Splitter::of_rest(probe.dialect.clone());
        out
    }

    /// Reads on.
    pub fn push(&mut self, bytes: &[u8]) {
        let gather = &mut self.gather;
        self.splitter.push(bytes, &mut |block| gather.take(block));
        self.make_room(bytes.len() as u64);
    }

    // From the rows of the first bytes, a twentieth more.
    fn make_room(&mut self, pushed: u64) {
        let rows = self.gather.patient.len() as u64;
        if rows > 0 && self.expected > pushed {
            let all = u128::from(rows) * u128::from(self.expected) / u128::from(pushed);
            let more = all + all / 20 - u128::from(rows);
            self.gather.reserve(usize::try_from(more).unwrap_or(MOST_ROOM).min(MOST_ROOM));
        }
        self.expected = 0;
    }

    /// Physical lines so far.
    #[must_use]
    pub const fn lines(&self) -> u64 {
        self.splitter.lines()
    }

    /// Does what was pushed so far end where a record ends?
    #[must_use]
    pub const fn is_at_rest(&self) -> bool {
        self.splitter.is_at_rest()
    }

    /// Ends reading; what was read goes to the reader of the same table that [`Self::absorb`]s it.
    #[must_use]
    pub fn into_part(mut self) -> Part {
        self.end();
        let Self { mut splitter, mut gather, .. } = self;
        let mut set_aside = std::mem::take(&mut splitter.set_aside);
        set_aside.append(&mut gather.set_aside);
        let mut part = Part::pack(Contents {
            cprs: &gather.cprs,
            patient: gather.patient,
            columns: gather.columns,
            lines: &gather.lines,
            set_aside: &set_aside,
        });
        part.lines = splitter.lines();
        part.headers = gather.headers;
        part.blank = splitter.ledger.blank + gather.blank;
        part.continuation = splitter.ledger.continuation;
        part
    }

    /// Takes over what another reader has read of the same table, from here on. This one must be
    /// at rest, or have read nothing.
    pub fn absorb(&mut self, part: &Part) {
        let before = u32::try_from(self.splitter.lines()).unwrap_or(u32::MAX);
        self.gather.absorb(part, before);
        self.splitter.pass(part.lines);
    }

    fn end(&mut self) {
        let gather = &mut self.gather;
        self.splitter.finish(&mut |block| gather.take(block));
    }

    /// Ends the table.
    #[must_use]
    pub fn finish(mut self) -> Table {
        self.end();
        let ledger = self.ledger();
        let Self { name, probe, splitter, gather, .. } = self;
        let encoding = gather.encoding(probe.encoding);
        let mut set_aside = probe.titles;
        set_aside.extend(probe.elsewhere);
        set_aside.extend(splitter.set_aside);
        set_aside.extend(&gather.set_aside);
        set_aside.sort_unstable();
        let source = Source {
            name,
            register: probe.register,
            encoding: encoding.name(),
            separator: probe.separator,
            ledger,
            set_aside,
            columns: probe.columns,
            unreadable_dates: 0,
            ambiguous_numbers: 0,
            period: None,
            extract_date: probe.extract_date,
            remarks: probe.remarks,
            understood: probe.understood,
        };
        let Gather { cprs, patient, columns, lines, .. } = gather;
        Table { source, cprs, patient, columns, lines, encoding }
    }

    fn ledger(&self) -> Ledger {
        let (before, split, gather) = (self.probe.before, self.splitter.ledger, &self.gather);
        let elsewhere = self.probe.elsewhere.len() as u64;
        Ledger {
            physical: self.splitter.lines().max(before.physical) + elsewhere,
            header: before.header + gather.headers,
            blank: before.blank + split.blank + gather.blank,
            continuation: before.continuation + split.continuation + gather.continuation,
            used: gather.patient.len() as u64,
            set_aside: before.set_aside
                + split.set_aside
                + gather.set_aside.len() as u64
                + elsewhere,
        }
    }
}

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
struct Gather {
    key: usize,
    keys: Dictionary,
    meanings: Vec<Key>,
    index: Map<Cpr, u32>,
    cprs: Vec<Cpr>,
    patient: Ids,
    columns: Vec<RawColumn>,
    runs: Runs,
    lines: LineRuns,
    headers: u64,
    blank: u64,
    /// Only of parts read elsewhere; the splitter counts its own.
    continuation: u64,
    set_aside: Vec<SetAside>,
    ids: Vec<u32>,
    kept: Vec<u32>,
}

impl Gather {
    fn new(probe: &TableProbe) -> Self {
        let mapped =
            probe.columns.iter().enumerate().filter_map(|(at, (_, field))| Some((at, (*field)?)));
        // Fees are recognised so that nobody wonders, and dropped.
        let wanted = mapped.filter(|(_, field)| !matches!(field, Field::Cpr | Field::Honorar));
        Self {
            key: probe.dialect.key,
            keys: Dictionary::default(),
            meanings: vec![Key::Empty],
            index: Map::default(),
            cprs: Vec::new(),
            patient: Ids::default(),
            columns: wanted.map(|(at, field)| RawColumn::new(at, field)).collect(),
            runs: Runs::default(),
            lines: LineRuns::default(),
            headers: 0,
            blank: 0,
            continuation: 0,
            set_aside: Vec::new(),
            ids: Vec::new(),
            kept: Vec::new(),
        }
    }

    fn take(&mut self, block: Block<'_>) {
        self.keep(&block);
        self.patient.extend(&self.ids, self.cprs.len());
        self.runs.take(&block, &self.kept, &mut self.columns);
        for row in &self.kept {
            self.lines.push(block.lines.get(*row as usize).copied().unwrap_or(0));
        }
    }

    /// Decides row by row what the CPR cell means; rows to keep into `kept`, patients into `ids`.
    fn keep(&mut self, block: &Block<'_>) {
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
                    self.ids.push(patient);
                    self.kept.push(u32::try_from(row).unwrap_or(u32::MAX));
                }
                other => self.reject(other, block, row),
            }
        }
    }

    fn reserve(&mut self, rows: usize) {
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

    fn absorb(&mut self, part: &Part, lines_before: u32) {
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
        match Cpr::parse(&text) {
            Ok(cpr) => Key::Patient(self.number(cpr)),
            Err(_) if is_cpr_heading(&text) => Key::Heading,
            Err(_) if is_total(&text) => Key::Total,
            Err(CprError::Missing) => Key::Empty,
            Err(CprError::Rounded) => Key::Bad(Reason::CprRounded),
            Err(CprError::Shape) => Key::Bad(Reason::CprShape),
        }
    }

    fn reject(&mut self, key: Key, block: &Block<'_>, row: usize) {
        let reason = match key {
            Key::Heading => return self.headers += 1,
            Key::Empty if block.is_blank(row) => return self.blank += 1,
            Key::Empty
                if is_total(&String::from_utf8_lossy(&unquote(block.first_content(row)))) =>
            {
                Reason::Total
            }
            Key::Total => Reason::Total,
            Key::Bad(reason) => reason,
            Key::Empty | Key::Patient(_) => Reason::CprMissing,
        };
        let line = block.lines.get(row).copied().unwrap_or(0);
        self.set_aside.push(SetAside { line, reason });
    }

    /// UTF-8 as long as every distinct cell is valid; Windows-1252 otherwise.
    fn encoding(&self, sniffed: Encoding) -> Encoding {
        let invalid = |column: &RawColumn| {
            column.dictionary.iter().any(|cell| std::str::from_utf8(cell).is_err())
        };
        match sniffed {
            Encoding::Utf8 if self.columns.iter().any(invalid) => Encoding::Windows1252,
            other => other,
        }
    }
}
