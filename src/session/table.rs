//! One table on its way in.

use super::reading::Whence;
use super::{Read, SLICE_BYTES};
use crate::decode::TableProbe;
use crate::protocol::Job;
use crate::records::{Part, Table, TableReader};
use crate::schema::Register;

/// Where a table's bytes come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A file of its own.
    File(usize),
    /// A member of an opened archive.
    Member { archive: usize, member: usize },
}

/// How far it is.
pub(super) enum Content {
    /// Probed; these are the bytes that the probe saw (none for a member of an archive).
    Waiting { probe: Box<TableProbe>, head: Vec<u8> },
    /// Being read.
    Reading(Box<TableReader>),
    /// Handed over.
    Done,
}

/// A table to be read.
pub(super) struct TableTask {
    pub(super) name: String,
    pub(super) register: Register,
    pub(super) size: u64,
    /// A mapping was applied.
    pub(super) corrected: bool,
    pub(super) place: Place,
    /// The dropped file that it is, or lies in.
    pub(super) whence: Whence,
    /// How many tables of the drop were found before it.
    pub(super) order: usize,
    pub(super) content: Content,
    /// Bytes that the reader has.
    pub(super) at: u64,
    told: u64,
    lent: Option<Lent>,
}

/// What a helper reads of a table: from the first line behind `from` to the end.
struct Lent {
    from: u64,
    /// Where the lines read here end, once that is known.
    border: Option<u64>,
    /// What the helper has read.
    part: Option<Box<Part>>,
}

/// Where a table stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// This read.
    Bytes(Read),
    /// Nothing more, or what lies in memory.
    Nothing,
    /// The helper's part.
    Part,
}

// So far behind the place where a table is divided its line is expected to end.
const LINE_BYTES: u64 = 64 * 1024;

// Progress inside an archive member is told this often.
const TELL_BYTES: u64 = 4 * 1024 * 1024;

impl TableTask {
    pub(super) fn new(
        name: String,
        size: u64,
        probe: TableProbe,
        place: Place,
        head: Vec<u8>,
    ) -> Self {
        let (register, corrected) = (probe.register, probe.corrected);
        let content = Content::Waiting { probe: Box::new(probe), head };
        Self {
            name,
            register,
            size,
            corrected,
            place,
            whence: Whence::default(),
            order: 0,
            content,
            at: 0,
            told: 0,
            lent: None,
        }
    }

    /// The dropped file that it comes from.
    pub(super) fn of(self, whence: Whence) -> Self {
        Self { whence, ..self }
    }

    pub(super) fn is_for_first_list(&self) -> bool {
        super::reading::FIRST.contains(&self.register)
    }

    /// Bytes that need not be read: with the reader, or kept from the probe.
    fn held(&self) -> u64 {
        match &self.content {
            Content::Waiting { head, .. } => head.len() as u64,
            Content::Reading(_) | Content::Done => self.at,
        }
    }

    /// The reads still wanted; none for a member of an archive.
    pub(super) fn reads(&self) -> impl Iterator<Item = Read> + use<> {
        let file = match self.place {
            Place::File(file) => Some(file),
            Place::Member { .. } => None,
        };
        let (from, end) = (self.held(), self.own_end());
        file.into_iter().flat_map(move |file| slices(file, from, end))
    }

    /// Bytes that are read here, as far as that is known.
    fn own_end(&self) -> u64 {
        match &self.lent {
            None => self.size,
            Some(Lent { from: 0, .. }) => 0,
            Some(Lent { border: Some(border), .. }) => *border,
            Some(Lent { from, .. }) => self.size.min(self.at.max(*from) + LINE_BYTES),
        }
    }

    pub(super) fn need(&self) -> Need {
        match (self.reads().next(), &self.lent) {
            (Some(read), _) => Need::Bytes(read),
            (None, Some(Lent { part: None, .. })) => Need::Part,
            (None, _) => Need::Nothing,
        }
    }

    /// Is it a file of its own?
    pub(super) const fn is_file(&self) -> bool {
        matches!(self.place, Place::File(_))
    }

    /// Is there a helper's part to join?
    pub(super) const fn is_lent(&self) -> bool {
        self.lent.is_some()
    }

    /// Can the table be divided at a line end?
    fn is_divisible(&self) -> bool {
        matches!(&self.content, Content::Waiting { probe, .. } if probe.is_divisible())
    }

    /// Lends the last `bytes` of the table to a helper, or all of it if little would be left.
    pub(super) fn lend(&mut self, bytes: u64, least: u64) -> Option<Job> {
        let (Place::File(file), Content::Waiting { .. }) = (self.place, &self.content) else {
            return None;
        };
        let left = self.size.saturating_sub(bytes);
        let from = if left < least.max(self.held()) { 0 } else { left };
        if from > 0 && !self.is_divisible() {
            return None;
        }
        self.lent = Some(Lent { from, border: None, part: None });
        Some(Job { file, name: self.name.clone(), size: self.size, from })
    }

    /// Takes a job's answer; without a part the table is read here after all.
    pub(super) fn returned(&mut self, job: &Job, part: Option<Box<Part>>) {
        match (&mut self.lent, part.filter(|part| part.is_fit())) {
            (Some(lent), Some(part)) if lent.from == job.from => lent.part = Some(part),
            _ => self.lent = None,
        }
    }

    /// Joins the helper's part to what was read here. A part that began in the middle of a record
    /// is of no use: `false`, and the rest is read here.
    pub(super) fn join(&mut self) -> bool {
        let Some(lent) = self.lent.take() else { return true };
        if lent.from == 0 {
            self.open(false);
        }
        match (&mut self.content, lent.part) {
            (Content::Reading(reader), Some(part)) if lent.from == 0 || reader.is_at_rest() => {
                reader.absorb(&part);
                self.at = self.size;
                true
            }
            _ => false,
        }
    }

    /// Starts the reader with the bytes that the probe saw.
    pub(super) fn begin(&mut self) {
        self.open(true);
    }

    fn open(&mut self, with_head: bool) {
        if !matches!(self.content, Content::Waiting { .. }) {
            return;
        }
        if let Content::Waiting { probe, head } =
            std::mem::replace(&mut self.content, Content::Done)
        {
            let mut reader = TableReader::new(&self.name, &probe);
            reader.expect(self.size);
            if with_head {
                reader.push(&head);
                self.at = head.len() as u64;
            }
            self.content = Content::Reading(Box::new(reader));
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        let own = self.up_to_border(bytes);
        if let Content::Reading(reader) = &mut self.content {
            reader.push(own);
            self.at += own.len() as u64;
        }
    }

    // The helper looks for the same line end.
    fn up_to_border<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let (at, size) = (self.at, self.size);
        let Some(lent @ Lent { border: None, .. }) = &mut self.lent else { return bytes };
        let skipped = usize::try_from(lent.from.saturating_sub(at)).unwrap_or(usize::MAX);
        let behind = bytes.get(skipped..).unwrap_or_default();
        if let Some(feed) = behind.iter().position(|byte| *byte == b'\n') {
            let own = bytes.get(..=skipped + feed).unwrap_or(bytes);
            lent.border = Some(at + own.len() as u64);
            return own;
        }
        if at + bytes.len() as u64 >= size {
            lent.border = Some(size);
        }
        bytes
    }

    /// Bytes that are dealt with, the helper's share taken to be as far as the own one.
    pub(super) fn progress(&self) -> u64 {
        match &self.lent {
            Some(Lent { from, .. }) if *from > 0 => {
                self.size.min(self.at.saturating_mul(self.size) / from)
            }
            _ => self.at,
        }
    }

    pub(super) fn lines(&self) -> u64 {
        match &self.content {
            Content::Reading(reader) => reader.lines(),
            Content::Waiting { .. } | Content::Done => 0,
        }
    }

    pub(super) fn is_time_to_tell(&mut self) -> bool {
        let due = self.at - self.told >= TELL_BYTES;
        if due {
            self.told = self.at;
        }
        due
    }

    pub(super) fn finish(&mut self) -> Option<Table> {
        match std::mem::replace(&mut self.content, Content::Done) {
            Content::Reading(reader) => Some(reader.finish()),
            Content::Waiting { .. } | Content::Done => None,
        }
    }
}

/// The reads from `from` to the end of a file.
pub(super) fn slices(file: usize, from: u64, size: u64) -> impl Iterator<Item = Read> {
    let starts = std::iter::successors(Some(from), |offset| offset.checked_add(SLICE_BYTES));
    starts.take_while(move |offset| *offset < size).map(move |offset| {
        let length = SLICE_BYTES.min(size - offset);
        Read { file, offset, length }
    })
}
