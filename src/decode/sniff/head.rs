//! The head of a file as text: line ends, separator, header line.

use super::cells::{cells, mended, usual_fields};
use super::content::is_cpr;
use std::collections::BTreeMap;

use crate::day::Day;
use crate::decode::encoding::{Encoding, Utf16, decode};
use crate::decode::heading::{Synonyms, fold};
use crate::decode::ledger::{Ledger, Reason, SetAside};
use crate::decode::mapping::Mappings;
use crate::schema::{Field, Register};

/// Records looked at.
const MOST_RECORDS: usize = 120;

/// The first lines of a file, decoded.
pub struct Head {
    /// Physical lines without their ends; the last one may be cut off in a longer file.
    lines: Vec<String>,
    /// Lines end with a bare carriage return.
    pub carriage_return_only: bool,
}

impl Head {
    /// `None` when the bytes are no text.
    pub fn new(bytes: &[u8], encoding: Encoding, whole: bool) -> Option<Self> {
        let bytes = bytes.get(encoding.mark_length(bytes)..).unwrap_or_default();
        let mut text = if encoding.is_utf16() {
            let mut out = Vec::new();
            Utf16::new(encoding == Encoding::Utf16Be).push(bytes, &mut out);
            String::from_utf8_lossy(&out).into_owned()
        } else {
            decode(bytes, encoding)
        };
        // The controls from 80 on stand in text that was encoded twice.
        let is_odd = |c: &char| c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t');
        let odd = text.chars().filter(is_odd).count();
        if odd * 50 > text.chars().count() {
            return None;
        }
        let carriage_return_only = !text.contains('\n') && text.contains('\r');
        if carriage_return_only {
            text = text.replace('\r', "\n");
        }
        let ended = text.ends_with('\n');
        let mut lines: Vec<String> =
            text.lines().map(|line| line.trim_end_matches('\r').to_owned()).collect();
        if !whole && !ended && lines.len() > 1 {
            lines.pop();
        }
        Some(Self { lines, carriage_return_only })
    }

    /// No line with content?
    pub fn is_blank(&self) -> bool {
        self.lines.iter().all(|line| line.trim().is_empty())
    }

    /// The first records under a separator; quoted line ends join lines.
    fn records(&self, separator: char) -> Vec<Record> {
        let mut records = Vec::new();
        let mut lines = self.lines.iter().enumerate();
        while let Some((first, line)) = lines.next() {
            let mut text = line.clone();
            let mut count = 1;
            if text.matches('"').count() % 2 == 1 {
                let joined = self.lines.iter().skip(first + 1).take(9);
                let closing = joined.clone().position(|more| more.matches('"').count() % 2 == 1);
                for more in joined.take(closing.map_or(0, |at| at + 1)) {
                    text.push('\n');
                    text.push_str(more);
                    lines.next();
                    count += 1;
                }
            }
            records.push(Record { first, count, cells: cells(&text, separator) });
            if records.len() == MOST_RECORDS {
                break;
            }
        }
        records
    }
}

/// A record of the head.
#[derive(Clone, Debug)]
struct Record {
    first: usize,
    count: usize,
    cells: Vec<String>,
}

impl Record {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }

    /// Cells up to the last one with content.
    fn width(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1)
    }
}

/// Where the table stands in the head.
pub struct Layout {
    /// Separator character.
    pub separator: char,
    /// Columns; 0 = no table.
    pub width: usize,
    /// The headings; `None` = the file has no header.
    pub headings: Option<Vec<String>>,
    /// Records below the header.
    pub rows: Vec<Vec<String>>,
    /// The header has not as many separators as the rows, and was mended.
    pub mended: bool,
    /// Fields that rows usually have, if those behind the header's are empty.
    pub usual: Option<usize>,
    /// Account of the lines up to and including the header.
    pub before: Ledger,
    /// Title lines.
    pub titles: Vec<SetAside>,
    /// Extract date that a title line states.
    pub extract_date: Option<Day>,
}

/// Chooses separator and header: most known headings first, then most lines of one width. A line
/// that a mapping knows is a header, whatever it says.
pub fn layout(head: &Head, mappings: &Mappings) -> Layout {
    let hint = head.lines.first().and_then(|line| separator_hint(line));
    let candidates = hint.map_or(vec![';', '\t', ',', '|'], |only| vec![only]);
    let mut best: Option<Reading> = None;
    for separator in candidates {
        let next = Reading::new(head, separator, mappings);
        if best.as_ref().is_none_or(|best| next.rank() > best.rank()) {
            best = Some(next);
        }
        if best.as_ref().is_some_and(Reading::is_certain) {
            break;
        }
    }
    let Some(Reading { separator, records, header, mended, .. }) = best else { return nothing() };
    Layout {
        mended: mended && header.is_some(),
        ..place(separator, &records, header, hint.is_some())
    }
}

/// The head under one separator.
struct Reading {
    separator: char,
    records: Vec<Record>,
    header: Option<usize>,
    /// Known headings.
    known: usize,
    mended: bool,
}

impl Reading {
    fn new(head: &Head, separator: char, mappings: &Mappings) -> Self {
        let mut records = head.records(separator);
        let mended = mend(&mut records);
        let mapped = records.iter().position(|record| mappings.is_header(&record.cells));
        let header = mapped.or_else(|| header_position(&records));
        let cells = header.and_then(|at| records.get(at)).map_or(&[][..], |r| &r.cells);
        let known = if mapped.is_some() { cells.len() } else { known_headings(cells) };
        Self { separator, records, header, known, mended }
    }

    fn rank(&self) -> (usize, usize) {
        (self.known, agreement(&self.records))
    }

    /// Three known headings on top, and below them rows of one width: no other separator does that.
    fn is_certain(&self) -> bool {
        let width = self.records.first().map_or(0, |record| record.cells.len());
        self.known >= 3
            && self.header == Some(0)
            && self.records.iter().all(|record| record.cells.len() == width)
    }
}

/// Mends the first header above the rows, if it has not as many separators as they have.
fn mend(records: &mut [Record]) -> bool {
    let (width, _) = modal_width(records);
    let no_patient = |record: &&mut Record| !record.cells.iter().any(|cell| is_cpr(cell));
    for record in records.iter_mut().take_while(no_patient) {
        if let Some(headings) = mended(&record.cells, width) {
            record.cells = headings;
            return true;
        }
    }
    false
}

fn place(separator: char, records: &[Record], header: Option<usize>, hinted: bool) -> Layout {
    let rows_from = header.map_or_else(|| first_row(records), |at| at + 1);
    let width = match header.and_then(|at| records.get(at)) {
        Some(record) => record.width(),
        None => modal_width(records).0,
    };
    let headings = header.and_then(|at| records.get(at));
    let headings = headings.map(|r| r.cells.iter().take(width).cloned().collect());
    let mut out = Layout { separator, width, headings, ..nothing() };
    let own = folded(out.headings.as_deref().unwrap_or_default());
    let rows = records.iter().skip(rows_from).filter(|r| !r.is_blank()).map(|r| &r.cells);
    out.rows = rows.take_while(|cells| !is_other_header(cells, &own)).cloned().collect();
    // In a sheet every row, the header among them, goes to the last column that any row uses: an empty
    // heading at the end is there, and none can be missing before it.
    let named = header.and_then(|at| records.get(at)).map_or(0, |record| record.cells.len());
    out.usual = usual_fields(&out.rows, width, named);
    if header.is_none() && !is_even(records) {
        out.width = 0;
    }
    for (at, record) in records.iter().take(rows_from).enumerate() {
        out.account(record, header == Some(at), hinted && at == 0);
    }
    out
}

impl Layout {
    /// The headings; without a header the columns are numbered.
    pub fn names(&self) -> Vec<String> {
        let headings = self.headings.clone();
        headings.unwrap_or_else(|| (1..=self.width).map(|n| format!("kolonne {n}")).collect())
    }

    /// Gives a record above the rows its place in the ledger.
    fn account(&mut self, record: &Record, is_header: bool, is_hint: bool) {
        let lines = record.count as u64;
        self.before.physical += lines;
        if is_header || is_hint {
            self.before.header += 1;
            self.before.continuation += lines - 1;
        } else if record.is_blank() {
            self.before.blank += lines;
        } else {
            self.before.set_aside += lines;
            let line = |offset: usize| u32::try_from(record.first + offset + 1).unwrap_or(u32::MAX);
            let titles =
                (0..record.count).map(|o| SetAside { line: line(o), reason: Reason::Title });
            self.titles.extend(titles);
            self.extract_date = self.extract_date.or_else(|| extract_date(&record.cells));
        }
    }
}

const fn nothing() -> Layout {
    Layout {
        separator: ';',
        width: 0,
        headings: None,
        rows: Vec::new(),
        mended: false,
        usual: None,
        before: Ledger { physical: 0, header: 0, blank: 0, continuation: 0, used: 0, set_aside: 0 },
        titles: Vec::new(),
        extract_date: None,
    }
}

/// `sep=;` on the first line.
fn separator_hint(line: &str) -> Option<char> {
    let rest = line.trim_matches('"').strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    rest.chars().next().filter(|c| c.is_ascii() && !c.is_alphanumeric()).or(Some('\t'))
}

/// The first record with at least two known headings and no CPR number; else one that holds a
/// heading for CPR alone; else one of words above rows with CPR numbers.
fn header_position(records: &[Record]) -> Option<usize> {
    let no_patient = |r: &Record| !r.cells.iter().any(|cell| is_cpr(cell));
    let two = records.iter().position(|r| known_headings(&r.cells) >= 2 && no_patient(r));
    let known = two.or_else(|| {
        records.iter().position(|r| {
            r.cells.iter().any(|cell| is_short(cell) && is_cpr_heading(cell)) && no_patient(r)
        })
    });
    known.or_else(|| words_above_numbers(records))
}

/// Headings that nobody knows: as many words as the rows below have cells, and a CPR number in each
/// of these. Without a number of its own it is no row that could be used.
fn words_above_numbers(records: &[Record]) -> Option<usize> {
    let is_heading = |cell: &String| is_short(cell) && cell.chars().any(char::is_alphabetic);
    let has_number = |record: &Record| record.cells.iter().any(|cell| is_cpr(cell));
    let at = first_row(records);
    let top = records.get(at).filter(|top| top.cells.len() > 1 && top.cells.iter().all(is_heading));
    let mut below = records.iter().skip(at + 1).filter(|record| !record.is_blank()).peekable();
    let is_header = top.is_some() && below.peek().is_some() && below.all(has_number);
    (is_header && records.get(at).is_some_and(|top| !has_number(top))).then_some(at)
}

/// Headings as they are compared: folded, without empty ones at the end.
pub fn folded(headings: &[String]) -> Vec<String> {
    let mut out: Vec<String> = headings.iter().map(|heading| fold(heading)).collect();
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
}

/// Are these cells a header, but not the one with these [`folded`] headings?
pub fn is_other_header(cells: &[String], own: &[String]) -> bool {
    let named = |cell: &String| is_short(cell) && is_cpr_heading(cell);
    // What tells most rows first: looking headings up takes longer.
    !cells.iter().any(|cell| is_cpr(cell))
        && cells.iter().any(named)
        && known_headings(cells) >= 2
        && folded(cells) != own
}

/// Is it a spelling of the CPR column?
pub fn is_cpr_heading(cell: &str) -> bool {
    Synonyms::built_in().fields(Register::Patient, cell).first().is_some_and(|f| f.1 == Field::Cpr)
}

/// How many of these headings are known in any register.
pub fn known_headings(cells: &[String]) -> usize {
    cells.iter().filter(|cell| is_short(cell) && Synonyms::built_in().knows(cell)).count()
}

/// No heading is longer, and looking a whole line up as one takes time.
const fn is_short(cell: &str) -> bool {
    cell.len() < 60
}

/// The commonest width above 1 and how many records have it.
fn modal_width(records: &[Record]) -> (usize, usize) {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for record in records.iter().filter(|r| !r.is_blank()) {
        *counts.entry(record.cells.len()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).unwrap_or((0, 0))
}

fn agreement(records: &[Record]) -> usize {
    let (width, count) = modal_width(records);
    if width > 1 { count * 10 + width.min(9) } else { 0 }
}

/// Without a header: most lines have one width, of at least two columns or a CPR number alone.
fn is_even(records: &[Record]) -> bool {
    let (width, count) = modal_width(records);
    let filled = records.iter().filter(|r| !r.is_blank()).count();
    let cprs = || {
        records
            .iter()
            .filter(|r| r.cells.first().is_some_and(|c| super::content::leading_cpr(c).is_some()))
            .count()
    };
    filled > 0 && count * 2 > filled && (width > 1 || cprs() * 2 > filled)
}

/// Without a header: the first record of the usual width.
fn first_row(records: &[Record]) -> usize {
    let (width, _) = modal_width(records);
    records.iter().position(|r| r.cells.len() == width && !r.is_blank()).unwrap_or(0)
}

/// The last date of a title line that speaks of the extract (»Udtræk fra … til 31-12-2025«).
fn extract_date(cells: &[String]) -> Option<Day> {
    let line = cells.join(" ");
    let speaks = ["udtraek", "udskrevet", "udskriftsdato", "dannet"];
    let folded = fold(&line);
    if !speaks.iter().any(|word| folded.contains(word)) {
        return None;
    }
    let words = line.split(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '(' | ')'));
    words.filter_map(super::content::full_date).next_back()
}
