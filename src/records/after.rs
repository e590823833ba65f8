//! Further tables of a file, each behind its own header.

use super::load::{Reason, SetAside, Table, TableReader};
use crate::decode::mapping::Mappings;
use crate::decode::{HEAD_BYTES, sniff};

/// A file with more tables than any list has is read no further.
const MOST_TABLES: usize = 50;

/// What stands behind a table in its file.
pub struct After {
    /// Lines and tables above.
    above: (u64, usize),
    state: State,
}

enum State {
    /// Its first bytes.
    Head(Vec<u8>),
    Reading(Box<TableReader>),
    /// No table of a register: line ends, and whether text follows the last one.
    Unknown {
        feeds: u64,
        open: bool,
    },
}

impl After {
    pub const fn new(lines: u64, tables: usize) -> Self {
        Self { above: (lines, tables), state: State::Head(Vec::new()) }
    }

    pub fn lines(&self) -> u64 {
        match &self.state {
            State::Head(_) | State::Unknown { .. } => self.above.0,
            State::Reading(reader) => reader.lines(),
        }
    }

    pub fn push(&mut self, name: &str, bytes: &[u8]) {
        match &mut self.state {
            State::Head(head) => {
                head.extend_from_slice(bytes);
                if head.len() >= HEAD_BYTES {
                    self.begin(name, false);
                }
            }
            State::Reading(reader) => reader.push(bytes),
            State::Unknown { feeds, open } => {
                *feeds += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
                *open = bytes.last().map_or(*open, |byte| *byte != b'\n');
            }
        }
    }

    fn begin(&mut self, name: &str, whole: bool) {
        let unknown = State::Unknown { feeds: 0, open: false };
        let State::Head(all) = std::mem::replace(&mut self.state, unknown) else { return };
        // The same bytes decide as in a file of its own, whatever came in at once.
        let head = all.get(..HEAD_BYTES).unwrap_or(&all);
        let mappings = Mappings::built_in();
        let probe = sniff::table(name, head, whole && head.len() == all.len(), &mappings);
        if let Some(probe) = probe.ok().filter(|_| self.above.1 < MOST_TABLES) {
            self.state = State::Reading(Box::new(TableReader::below(name, &probe, self.above)));
        }
        self.push(name, &all);
    }

    /// The table, or the lines that belong to none.
    pub fn finish(mut self, name: &str) -> (Option<Table>, Vec<SetAside>) {
        if matches!(self.state, State::Head(_)) {
            self.begin(name, true);
        }
        match self.state {
            State::Reading(reader) => (Some(reader.finish()), Vec::new()),
            State::Unknown { feeds, open } => {
                (None, set_aside(self.above.0, feeds + u64::from(open)))
            }
            State::Head(_) => (None, Vec::new()),
        }
    }
}

fn set_aside(above: u64, lines: u64) -> Vec<SetAside> {
    let line = |down: u64| u32::try_from(above + down).unwrap_or(u32::MAX);
    (1..=lines).map(|down| SetAside { line: line(down), reason: Reason::OtherTable }).collect()
}
