//! What is read next, and what has been read so far: the state of the drops.
//!
//! One drop after the other; within a drop first the heads of all files, then profiles and archives
//! whole, then the tables in the order of [`Register::ALL`].

use std::collections::VecDeque;

use super::Read;
use super::container::Container;
use super::drop::Drop;
use super::table::{Content, Need, Place, TableTask};
use crate::decode::Refusal;
use crate::marks::visible;
use crate::protocol::FileInfo;
use crate::records::Table;
use crate::schema::Register;

/// Registers that the first list waits for.
pub(super) const FIRST: [Register; 3] = [Register::Patient, Register::Diagnose, Register::Medicin];

/// A piece of work without input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// Open the archive at this place and probe its members.
    OpenArchive(usize),
    /// Read the table under way from memory.
    ReadTable,
    /// Make the first lists.
    FirstLists,
    /// Everything is in.
    Finish,
}

/// What has to happen next in a drop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Push(Read),
    Work(Work),
    /// For the helper.
    Wait,
    Idle,
}

/// A profile that was dropped.
pub(super) struct ProfileText {
    /// File name.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

/// What came out of a step besides tables.
pub(super) enum Found {
    /// Nothing to tell.
    Nothing,
    /// A profile.
    Profile(ProfileText),
    /// Files that are not read.
    Refused(Vec<(String, Refusal)>),
}

/// A profile or a mapping, by its name.
pub(super) fn is_toml(name: &str) -> bool {
    name.to_lowercase().ends_with(".toml")
}

/// Where a table comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Whence {
    /// Number of the file.
    pub(super) file: usize,
    /// Number of the drop that the file came with, from 1.
    pub(super) drop: usize,
}

/// A file that was announced.
pub(super) struct Known {
    pub(super) whence: Whence,
    pub(super) info: FileInfo,
}

/// All drops of a session.
#[derive(Default)]
pub(super) struct Reading {
    announced: usize,
    /// Files that may hold tables: they are read again when it is said how.
    files: Vec<Known>,
    /// Drops so far.
    drops: usize,
    waiting: VecDeque<Drop>,
    current: Option<Drop>,
}

impl Reading {
    /// Adds a drop; it begins at once if nothing else is being read.
    pub(super) fn announce(&mut self, files: &[FileInfo]) {
        let first = self.announced;
        self.announced += files.len();
        self.drops += 1;
        let drop = self.drops;
        let all = (first..).zip(files);
        let known: Vec<Known> = all
            .map(|(file, info)| {
                let info = FileInfo { name: visible(&info.name).into_owned(), size: info.size };
                Known { whence: Whence { file, drop }, info }
            })
            .collect();
        self.waiting.push_back(Drop::of(&known, &[]));
        self.files.extend(known.into_iter().filter(|known| !is_toml(&known.info.name)));
        self.begin();
    }

    /// Drops everything under way and waiting; files keep their numbers.
    pub(super) fn forget(&mut self) {
        self.waiting.clear();
        self.current = None;
        self.files.clear();
    }

    /// Everything is read again but the files with these numbers.
    pub(super) fn again(&mut self, left_out: &[usize]) {
        self.waiting.push_back(Drop::of(&self.files, left_out));
        self.begin();
    }

    /// What was read before the drop under way is read again with it, but the files with these
    /// numbers.
    pub(super) fn with_earlier(&mut self, left_out: &[usize]) {
        if let Some(current) = &mut self.current {
            current.add_earlier(&self.files, left_out);
        }
    }

    /// Every file that may hold tables.
    pub(super) fn whences(&self) -> impl Iterator<Item = Whence> {
        self.files.iter().map(|known| known.whence)
    }

    /// The last drop that a file under way came with; 0 = nothing is being read.
    pub(super) fn newest(&self) -> usize {
        self.current.as_ref().map_or(0, Drop::newest)
    }

    /// The next announced file gets this number.
    pub(super) fn count_from(&mut self, announced: usize) {
        self.announced = announced;
    }

    /// How many files were announced so far.
    pub(super) fn announced(&self) -> usize {
        self.announced
    }

    fn begin(&mut self) {
        if self.current.is_none() {
            self.current = self.waiting.pop_front();
        }
    }

    /// The drop under way.
    pub(super) fn current(&mut self) -> Option<&mut Drop> {
        self.current.as_mut()
    }

    /// Ends the drop under way and begins the next one.
    pub(super) fn end(&mut self) {
        self.current = None;
        self.begin();
    }

    pub(super) fn next(&self) -> Next {
        self.current.as_ref().map_or(Next::Idle, Drop::next)
    }

    pub(super) fn reads(&self, window: u64) -> Vec<Read> {
        let mut ahead = 0;
        let begins_inside = |read: &Read| {
            let inside = ahead < window;
            ahead += read.length;
            inside
        };
        let Some(current) = &self.current else { return Vec::new() };
        current.reads().take_while(begins_inside).collect()
    }

    /// Registers of which tables of the drop under way are still to be read.
    pub(super) fn unread(&self) -> Vec<Register> {
        self.current.as_ref().map_or_else(Vec::new, Drop::unread)
    }
}

/// Reads the whole of a table that lies in memory: a small file, a member of an archive, or what a
/// helper has read; `None` if that is of no use and the table is read on.
pub(super) fn read_in_memory(
    task: &mut TableTask,
    archives: &mut [Option<Container>],
    tell: &mut dyn FnMut(&TableTask),
) -> Result<Option<Table>, Refusal> {
    if task.is_lent() {
        return Ok(if task.join() { task.finish() } else { None });
    }
    task.begin();
    if let Place::Member { archive, member } = task.place {
        let archive = archives.get_mut(archive).and_then(Option::as_mut);
        let Some(archive) = archive else { return Err(super::texts::unreadable(&task.name)) };
        archive.read(member, &mut |slice| {
            task.push(slice);
            if task.is_time_to_tell() {
                tell(task);
            }
        })?;
    }
    task.finish().map(Some).ok_or_else(|| super::texts::unreadable(&task.name))
}

/// Has the table under way got all its bytes?
pub(super) fn is_complete(task: &TableTask) -> bool {
    matches!(task.content, Content::Reading(_)) && !task.is_lent() && task.need() == Need::Nothing
}
