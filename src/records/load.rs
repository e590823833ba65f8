//! Reading one table: slices in, dictionary-encoded columns and the account of its lines out.

use super::after::After;
use super::garbled::Garbled;
use super::gather::{Gather, without_cpr};
use super::intern::Ids;
use super::part::{Contents, Part};
use super::raw::{LineRuns, RawColumn};
use crate::cpr::Cpr;
use crate::day::Day;
use crate::decode::TableProbe;
use crate::decode::apostrophes::Apostrophes;
use crate::decode::delimited::Splitter;
use crate::decode::encoding::Encoding;
use crate::decode::repair::Repair;
use crate::decode::sniff::{Understood, folded};
use crate::note::Said;
use crate::schema::{Field, Register};
use crate::sort;

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
    /// Text that looks as if it was encoded twice.
    pub garbled: Option<Box<Garbled>>,
    /// Characters of such text that were repaired.
    pub repaired: u64,
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
    /// Further tables of the same file, and rows of other registers that its cells held.
    pub(super) more: Vec<Table>,
}

impl Table {
    /// Its rows; the lines of the file may hold several, or part of one.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.patient.len() as u64
    }

    /// The table and what else its file held, each by itself.
    #[must_use]
    pub fn apart(mut self) -> Vec<Self> {
        let more = std::mem::take(&mut self.more);
        let mut all = vec![self];
        more.into_iter().for_each(|table| all.extend(table.apart()));
        all
    }
}

fn loose_quotes(rows: u64) -> Option<Said> {
    (rows > 0).then(|| {
        Said::new(
            format!("Citationstegn inde i teksten er ikke fordoblet i {rows} rækker; de er delt ved skilletegnene."),
            format!("Quotes within the text are not doubled in {rows} rows; these were cut at the separators."),
        )
    })
}

/// A table while it is being read.
pub struct TableReader {
    name: String,
    probe: TableProbe,
    splitter: Splitter,
    gather: Gather,
    /// What follows behind the header of another table.
    after: Option<After>,
    /// Lines of the file before this table, and how many tables stand in them.
    above: (u64, usize),
    /// Bytes that will be pushed in all, as far as is known.
    expected: u64,
    repair: Option<Repair>,
    apostrophes: Option<Apostrophes>,
}

impl TableReader {
    /// Begins a table. The bytes that were probed must be pushed, too.
    #[must_use]
    pub fn new(name: &str, probe: &TableProbe) -> Self {
        let mut splitter = Splitter::new(probe.dialect.clone());
        let headings: Vec<String> =
            probe.columns.iter().map(|(heading, _)| heading.clone()).collect();
        splitter.watch(folded(&headings));
        Self {
            name: name.into(),
            splitter,
            gather: Gather::new(probe),
            probe: probe.clone(),
            after: None,
            above: (0, 0),
            expected: 0,
            repair: probe.repair.then(Repair::default),
            apostrophes: probe.apostrophes.then(|| Apostrophes::new(probe.dialect.separator)),
        }
    }

    /// A reader for a table that begins so many lines and tables down in its file.
    pub(super) fn below(name: &str, probe: &TableProbe, above: (u64, usize)) -> Self {
        let mut out = Self::new(name, probe);
        out.above = above;
        out.splitter.pass(above.0);
        let down = u32::try_from(above.0).unwrap_or(u32::MAX);
        out.probe.titles.iter_mut().for_each(|title| title.line = title.line.saturating_add(down));
        out
    }

    /// So many bytes will be pushed: room for their rows is made at once, not by and by.
    pub const fn expect(&mut self, bytes: u64) {
        self.expected = bytes;
    }

    /// A reader for the rest of a table: what it is given begins with a line of rows.
    #[must_use]
    pub fn of_rest(name: &str, probe: &TableProbe) -> Self {
        let mut out = Self::new(name, probe);
        let own = out.splitter.take_watch();
        out.splitter = Splitter::of_rest(probe.dialect.clone());
        out.splitter.watch(own);
        out
    }

    /// Reads on.
    pub fn push(&mut self, bytes: &[u8]) {
        match self.repair.as_mut().map(|repair| repair.push(bytes)) {
            Some(repaired) => self.take(&repaired),
            None => self.take(bytes),
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        match self.apostrophes.as_mut().map(|apostrophes| apostrophes.push(bytes)) {
            Some(quoted) => self.split(&quoted),
            None => self.split(bytes),
        }
    }

    fn split(&mut self, bytes: &[u8]) {
        let gather = &mut self.gather;
        self.splitter.push(bytes, &mut |block| gather.take(block));
        self.make_room(bytes.len() as u64);
        self.pass_on();
    }

    fn pass_on(&mut self) {
        if self.splitter.is_beyond() {
            let lines = self.splitter.lines();
            let after = self.after.get_or_insert_with(|| After::new(lines, self.above.1 + 1));
            after.push(&self.name, &self.splitter.take_beyond());
        }
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
    pub fn lines(&self) -> u64 {
        self.after.as_ref().map_or_else(|| self.splitter.lines(), After::lines)
    }

    /// Does what was pushed so far end where a record ends?
    #[must_use]
    pub const fn is_at_rest(&self) -> bool {
        self.after.is_none() && self.splitter.is_at_rest()
    }

    /// Ends reading; what was read goes to the reader of the same table that [`Self::absorb`]s it.
    #[must_use]
    pub fn into_part(mut self) -> Part {
        self.end();
        let Self { mut splitter, mut gather, after, probe, .. } = self;
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
        part.loose = splitter.loose;
        part.unfit = after.is_some() || !probe.is_plain();
        part
    }

    /// Takes over what another reader has read of the same table, from here on. This one must be
    /// at rest, or have read nothing.
    pub fn absorb(&mut self, part: &Part) {
        let before = u32::try_from(self.splitter.lines()).unwrap_or(u32::MAX);
        self.gather.absorb(part, before);
        self.splitter.loose += part.loose;
        self.splitter.pass(part.lines);
    }

    fn end(&mut self) {
        if let Some(rest) = self.repair.as_mut().map(Repair::finish) {
            self.take(&rest);
        }
        if let Some(rest) = self.apostrophes.as_mut().map(Apostrophes::finish) {
            self.split(&rest);
        }
        let gather = &mut self.gather;
        self.splitter.finish(&mut |block| gather.take(block));
        self.pass_on();
    }

    /// Ends the table.
    #[must_use]
    pub fn finish(mut self) -> Table {
        self.end();
        let mut ledger = self.ledger();
        let Self { name, probe, splitter, mut gather, after, above, repair, .. } = self;
        let (after, other_lines) = after.map_or((None, Vec::new()), |after| after.finish(&name));
        let encoding = gather.encoding(probe.encoding);
        let mut set_aside = probe.titles;
        set_aside.extend(probe.elsewhere);
        set_aside.extend(splitter.set_aside);
        set_aside.extend(&gather.set_aside);
        ledger.physical += other_lines.len() as u64;
        ledger.set_aside += other_lines.len() as u64;
        set_aside.extend(other_lines);
        sort::plain(&mut set_aside);
        let mut remarks = probe.remarks;
        remarks.extend(gather.carried.remark());
        remarks.extend(loose_quotes(splitter.loose));
        let mut more = Vec::new();
        for wide in std::mem::take(&mut gather.wide) {
            let (table, remark) = wide.finish(&name, probe.separator, &gather.cprs);
            remarks.push(remark);
            more.push(table);
        }
        more.extend(after);
        let name = if above.1 == 0 { name } else { format!("{name} ({})", above.1 + 1) };
        let garbled = super::garbled::look(&probe.columns, &gather, encoding);
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
            remarks,
            understood: probe.understood,
            garbled,
            repaired: repair.map_or(0, |repair| repair.count),
        };
        if probe.bare {
            gather.columns.iter_mut().for_each(without_cpr);
        }
        let Gather { cprs, patient, columns, lines, .. } = gather;
        Table { source, cprs, patient, columns, lines, encoding, more }
    }

    fn ledger(&self) -> Ledger {
        let (before, split, gather) = (self.probe.before, self.splitter.ledger, &self.gather);
        let elsewhere = self.probe.elsewhere.len() as u64;
        Ledger {
            physical: (self.splitter.lines() - self.above.0).max(before.physical) + elsewhere,
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
