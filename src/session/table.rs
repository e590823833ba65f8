//! One table on its way in.

use super::Read;
use crate::decode::TableProbe;
use crate::records::{Table, TableReader};
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
    pub(super) place: Place,
    pub(super) content: Content,
    /// Bytes that the reader has.
    pub(super) at: u64,
    told: u64,
}

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
        let register = probe.register;
        let content = Content::Waiting { probe: Box::new(probe), head };
        Self { name, register, size, place, content, at: 0, told: 0 }
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
        let (from, size) = (self.held(), self.size);
        file.into_iter().flat_map(move |file| super::slices(file, from, size))
    }

    pub(super) fn next_read(&self) -> Option<Read> {
        self.reads().next()
    }

    /// Starts the reader with the bytes that the probe saw.
    pub(super) fn begin(&mut self) {
        if !matches!(self.content, Content::Waiting { .. }) {
            return;
        }
        if let Content::Waiting { probe, head } =
            std::mem::replace(&mut self.content, Content::Done)
        {
            let mut reader = TableReader::new(&self.name, &probe);
            reader.push(&head);
            self.at = head.len() as u64;
            self.content = Content::Reading(Box::new(reader));
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        if let Content::Reading(reader) = &mut self.content {
            reader.push(bytes);
            self.at += bytes.len() as u64;
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
