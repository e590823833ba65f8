//! One drop: its files, the archives among them, and the tables found, in reading order.

use std::collections::VecDeque;

use super::container::{Container, Opening, Pools, Whole};
use super::reading::{Found, Known, Next, ProfileText, Whence, Work, is_toml};
use super::table::{Need, Place, TableTask};
use super::{Read, texts};
use crate::decode::mapping::Mappings;
use crate::decode::{HEAD_BYTES, Probe, Refusal, probe_with};
use crate::protocol::Job;
use crate::records::{Part, Table};
use crate::schema::Register;
use crate::sort;

/// A dropped file.
struct Dropped {
    whence: Whence,
    name: String,
    size: u64,
    state: State,
}

enum State {
    /// Its first bytes are wanted.
    Head,
    /// It is read whole.
    Whole { kind: Whole, bytes: Vec<u8> },
    /// Read whole, and still to be opened.
    Packed(Whole, Vec<u8>),
    /// Nothing more is wanted here: a table of its own, done, or refused.
    Settled,
    /// A profile; nothing more is wanted.
    Profile,
}

/// One drop.
#[derive(Default)]
pub(super) struct Drop {
    files: Vec<Dropped>,
    /// Opened containers; `None` once their last table is read.
    archives: Vec<Option<Container>>,
    /// Bytes of the tables made out of files of other kinds.
    made: u64,
    /// What is made of all files of a drop together.
    pools: Pools,
    /// Tables still to be read, in order; the first is the one under way.
    tasks: VecDeque<TableTask>,
    /// Tables found so far.
    found: usize,
    first_lists_due: bool,
    /// Tables that were read and are not yet with the records, with their place in the drop.
    tables: Vec<(usize, Whence, Table)>,
    all_bytes: u64,
    named: bool,
    /// The work was divided with a helper, if there is one, of either stage.
    lent_first: bool,
    lent_rest: bool,
}

impl Drop {
    /// These files but those with the numbers `left_out`.
    pub(super) fn of(files: &[Known], left_out: &[usize]) -> Self {
        let mut out = Self::default();
        out.add_earlier(files, left_out);
        out
    }

    /// Files of earlier drops are read with this one.
    pub(super) fn add_earlier(&mut self, files: &[Known], left_out: &[usize]) {
        let first = self.files.first().map_or(usize::MAX, |file| file.whence.file);
        let is_meant =
            |known: &&Known| known.whence.file < first && !left_out.contains(&known.whence.file);
        let dropped = |Known { whence, info }: &Known| Dropped {
            whence: *whence,
            name: info.name.clone(),
            size: info.size,
            state: State::Head,
        };
        let earlier: Vec<Dropped> = files.iter().filter(is_meant).map(dropped).collect();
        self.files.splice(..0, earlier);
    }

    /// The last of the drops that files of data came with.
    pub(super) fn newest(&self) -> usize {
        let data = self.files.iter().filter(|file| !is_toml(&file.name));
        data.map(|file| file.whence.drop).max().unwrap_or(0)
    }

    pub(super) fn next(&self) -> Next {
        if self.has_reads_before_tables() {
            return self.reads().next().map_or(Next::Idle, Next::Push);
        }
        let packed = self.files.iter().position(|file| matches!(file.state, State::Packed(..)));
        if let Some(at) = packed {
            return Next::Work(Work::OpenArchive(at));
        }
        if self.first_lists_due && !self.tasks.front().is_some_and(TableTask::is_for_first_list) {
            return Next::Work(if self.tasks.is_empty() { Work::Finish } else { Work::FirstLists });
        }
        match self.under_way().and_then(|at| self.tasks.get(at)).map(TableTask::need) {
            Some(Need::Bytes(read)) => Next::Push(read),
            Some(Need::Nothing) => Next::Work(Work::ReadTable),
            Some(Need::Part) | None if !self.tasks.is_empty() => Next::Wait,
            Some(Need::Part) | None => Next::Work(Work::Finish),
        }
    }

    // The first table that something can be done for. What the first lists do not wait for is not
    // begun before them: they come as soon as the helper's part is in.
    fn under_way(&self) -> Option<usize> {
        let early = self.first_lists_due;
        let due = |task: &&TableTask| !early || task.is_for_first_list();
        self.tasks.iter().take_while(due).position(|task| task.need() != Need::Part)
    }

    /// Divides the work with a helper, once for either stage: a little less than half of what the
    /// first lists wait for, and later of the rest, since the helper's part must still be joined.
    /// Shares below `least` bytes are kept.
    pub(super) fn lend(&mut self, least: u64) -> Option<Job> {
        if self.has_reads_before_tables() {
            return None;
        }
        let early = self.first_lists_due;
        if std::mem::replace(if early { &mut self.lent_first } else { &mut self.lent_rest }, true) {
            return None;
        }
        // A helper knows of no mapping.
        let of_stage = |task: &&mut TableTask| {
            task.is_file() && !task.corrected && task.is_for_first_list() == early
        };
        let tasks: Vec<&mut TableTask> = self.tasks.iter_mut().filter(of_stage).collect();
        let all: u64 = tasks.iter().map(|task| task.size).sum();
        let wanted = if early { all / 16 * 7 } else { all / 20 * 9 };
        let largest = tasks.into_iter().max_by_key(|task| task.size)?;
        if wanted < least { None } else { largest.lend(wanted, least) }
    }

    /// A job's answer.
    pub(super) fn returned(&mut self, job: &Job, part: Option<Box<Part>>) {
        let of_job = |task: &&mut TableTask| task.place == Place::File(job.file);
        if let Some(task) = self.tasks.iter_mut().find(of_job) {
            task.returned(job, part);
        }
    }

    fn has_reads_before_tables(&self) -> bool {
        self.files.iter().any(|file| matches!(file.state, State::Head | State::Whole { .. }))
    }

    // Profiles and mappings, which say how tables are read; then heads, else the rest of archives,
    // else the slices of the tables.
    pub(super) fn reads(&self) -> Box<dyn Iterator<Item = Read> + '_> {
        let is_head = |file: &&Dropped| matches!(file.state, State::Head);
        let heads = |toml| {
            let named = move |file: &&Dropped| is_toml(&file.name) == toml;
            self.files.iter().filter(is_head).filter(named).map(Dropped::head)
        };
        let rest = |archives| self.files.iter().flat_map(move |file| file.rest(archives));
        if self.has_reads_before_tables() {
            let said = heads(true).chain(rest(false));
            if self.files.iter().any(|file| file.is_text_under_way()) {
                return Box::new(said);
            }
            return match heads(false).next() {
                Some(_) => Box::new(heads(false)),
                None => Box::new(rest(true)),
            };
        }
        Box::new(self.tasks.iter().flat_map(TableTask::reads))
    }

    pub(super) fn unread(&self) -> Vec<Register> {
        let has = |r: &Register| {
            self.tasks.iter().any(|task| task.register == *r)
                || self.tables.iter().any(|(.., table)| table.source.register == *r)
        };
        Register::ALL.into_iter().filter(has).collect()
    }

    /// Takes the bytes of a read before the tables: a head, or part of a profile or an archive.
    /// `None` if the read belongs to a table.
    pub(super) fn take(&mut self, read: Read, bytes: &[u8], mappings: &Mappings) -> Option<Found> {
        let at = self.files.iter().position(|file| file.whence.file == read.file)?;
        let file = self.files.get_mut(at)?;
        match &mut file.state {
            State::Head => Some(self.probe_file(at, bytes, mappings)),
            State::Whole { bytes: held, .. } => {
                held.extend_from_slice(bytes);
                Some(file.end_if_whole())
            }
            State::Packed(..) | State::Settled | State::Profile => None,
        }
    }

    fn probe_file(&mut self, at: usize, head: &[u8], mappings: &Mappings) -> Found {
        let Some(file) = self.files.get_mut(at) else { return Found::Nothing };
        match probe_with(&file.name, file.size, head, mappings) {
            Probe::Table(probe) => {
                file.state = State::Settled;
                let place = Place::File(file.whence.file);
                let (name, size, whence) = (file.name.clone(), file.size, file.whence);
                let task = TableTask::new(name, size, *probe, place, head.to_vec());
                self.add(task.of(whence));
                Found::Nothing
            }
            Probe::Archive => file.begin_whole(Whole::Archive, head),
            Probe::Gzip => file.begin_whole(Whole::Gzip, head),
            Probe::Fhir => file.begin_whole(Whole::Fhir, head),
            Probe::Card => file.begin_whole(Whole::Card, head),
            Probe::Dataset => file.begin_whole(Whole::Dataset, head),
            Probe::Profile if file.size > texts::PROFILE_BYTES => {
                file.state = State::Settled;
                refused_one(&file.name, texts::profile_too_large(&file.name))
            }
            Probe::Profile => file.begin_whole(Whole::Profile, head),
            Probe::Refused(refusal) => {
                file.state = State::Settled;
                refused_one(&file.name, refusal)
            }
        }
    }

    // INVARIANT: tasks are sorted by register, within one by arrival; the one under way is first
    // because tables begin only after every file is probed.
    fn add(&mut self, mut task: TableTask) {
        task.order = self.found;
        self.found += 1;
        self.first_lists_due |= task.is_for_first_list();
        let at = self.tasks.partition_point(|other| other.register <= task.register);
        self.tasks.insert(at, task);
    }

    /// Opens what the file at this place holds and probes its members.
    pub(super) fn open_archive(&mut self, at: usize, mappings: &Mappings) -> Vec<Found> {
        let Some(file) = self.files.get_mut(at) else { return Vec::new() };
        let State::Packed(kind, bytes) = std::mem::replace(&mut file.state, State::Settled) else {
            return Vec::new();
        };
        let (name, whence) = (file.name.clone(), file.whence);
        // References go across the files that came together, and no further.
        let of_drop = |file: &Dropped| {
            file.whence.drop == whence.drop && matches!(file.state, State::Packed(..))
        };
        let is_last = !self.files.iter().any(of_drop);
        let (containers, made, pools) = (&mut self.archives, &mut self.made, &mut self.pools);
        let (tables, found) = (Vec::new(), Vec::new());
        let mut opening = Opening { containers, made, mappings, pools, whence, tables, found };
        opening.open(kind, &name, bytes, false);
        if is_last {
            opening.end_pools();
        }
        let Opening { tables, found, .. } = opening;
        for task in tables {
            self.add(task);
        }
        found
    }

    /// The table under way, and the archives that it may lie in.
    pub(super) fn task(&mut self) -> Option<(&mut TableTask, &mut [Option<Container>])> {
        let at = self.under_way()?;
        self.tasks.get_mut(at).map(|task| (task, self.archives.as_mut_slice()))
    }

    /// Ends the table under way: read, or (with `None`) refused.
    pub(super) fn end_table(&mut self, table: Option<Table>) {
        let Some(task) = self.under_way().and_then(|at| self.tasks.remove(at)) else { return };
        self.all_bytes += task.size;
        self.tables.extend(table.map(|table| (task.order, task.whence, table)));
        if let Place::Member { archive, .. } = task.place {
            self.close_if_unused(archive);
        }
    }

    /// The tables read since the last time, in the order of their registers; before the first lists
    /// only those that they wait for. So who read what, and when, changes nothing.
    pub(super) fn take_tables(&mut self) -> Vec<(Whence, Table)> {
        let early = !self.tasks.is_empty();
        let due = |register| !early || super::reading::FIRST.contains(&register);
        let mut tables: Vec<(usize, Whence, Table)> =
            self.tables.extract_if(.., |(.., table)| due(table.source.register)).collect();
        sort::by_key(&mut tables, |(order, _, table)| (table.source.register, *order));
        tables.into_iter().map(|(_, whence, table)| (whence, table)).collect()
    }

    // Its bytes are freed for the tables to come.
    fn close_if_unused(&mut self, at: usize) {
        let used =
            |task: &TableTask| matches!(task.place, Place::Member { archive, .. } if archive == at);
        if !self.tasks.iter().any(used)
            && let Some(archive) = self.archives.get_mut(at)
        {
            *archive = None;
        }
    }

    /// The first lists are made; once in a drop.
    pub(super) fn first_lists_done(&mut self) {
        self.first_lists_due = false;
    }

    /// Nothing more is read of this file; `None` if it was no file of this drop.
    pub(super) fn give_up(&mut self, number: usize) -> Option<String> {
        let of_file = |task: &TableTask| task.place == Place::File(number);
        if let Some(task) = self.tasks.iter().find(|task| of_file(task)) {
            let name = task.name.clone();
            self.tasks.retain(|task| !of_file(task));
            return Some(name);
        }
        let file = self.files.iter_mut().find(|file| file.whence.file == number)?;
        file.state = State::Settled;
        Some(file.name.clone())
    }

    /// Names of the dropped files, profiles left out; once.
    pub(super) fn take_names(&mut self) -> Vec<String> {
        if std::mem::replace(&mut self.named, true) {
            return Vec::new();
        }
        let data = self.files.iter().filter(|file| !matches!(file.state, State::Profile));
        data.map(|file| file.name.clone()).collect()
    }

    /// Bytes of the tables read and to be read.
    pub(super) fn bytes(&self) -> (u64, u64) {
        let under_way: u64 = self.tasks.iter().map(TableTask::progress).sum();
        let rest: u64 = self.tasks.iter().map(|task| task.size).sum();
        (self.all_bytes + under_way, self.all_bytes + rest)
    }

    /// Name, bytes so far and size of the file that a read before the tables belongs to.
    pub(super) fn whole(&self, number: usize) -> Option<(String, u64, u64)> {
        let file = self.files.iter().find(|file| file.whence.file == number)?;
        let held = match &file.state {
            State::Whole { bytes, .. } | State::Packed(_, bytes) => bytes.len() as u64,
            State::Head | State::Settled | State::Profile => return None,
        };
        Some((file.name.clone(), held, file.size))
    }
}

impl Dropped {
    // A profile or a mapping that is not read yet.
    fn is_text_under_way(&self) -> bool {
        match self.state {
            State::Head => is_toml(&self.name),
            State::Whole { kind, .. } => kind == Whole::Profile,
            State::Packed(..) | State::Settled | State::Profile => false,
        }
    }

    fn head(&self) -> Read {
        Read { file: self.whence.file, offset: 0, length: self.size.min(HEAD_BYTES as u64) }
    }

    fn rest(&self, packed: bool) -> impl Iterator<Item = Read> + use<> {
        let wanted = match &self.state {
            State::Whole { kind, bytes } if (*kind != Whole::Profile) == packed => {
                Some(bytes.len() as u64)
            }
            _ => None,
        };
        let (file, size) = (self.whence.file, self.size);
        wanted.into_iter().flat_map(move |from| super::table::slices(file, from, size))
    }

    fn begin_whole(&mut self, kind: Whole, head: &[u8]) -> Found {
        self.state = State::Whole { kind, bytes: head.to_vec() };
        self.end_if_whole()
    }

    fn end_if_whole(&mut self) -> Found {
        let State::Whole { kind, bytes } = &mut self.state else { return Found::Nothing };
        if (bytes.len() as u64) < self.size {
            return Found::Nothing;
        }
        let (kind, bytes) = (*kind, std::mem::take(bytes));
        if kind != Whole::Profile {
            self.state = State::Packed(kind, bytes);
            return Found::Nothing;
        }
        self.state = State::Profile;
        Found::Profile(ProfileText { name: self.name.clone(), bytes })
    }
}

fn refused_one(name: &str, refusal: Refusal) -> Found {
    Found::Refused(vec![(name.to_owned(), refusal)])
}
