//! The steps of reading: what the driver calls, one piece at a time.

use std::io;

use super::reading::{self, Next, Work};
use super::{Input, Session, Step, Tell, table, texts};
use crate::day::Day;
use crate::decode::Refusal;
use crate::note::Language;
use crate::protocol::{FileInfo, Job, JobDone, Progress, Reply};
use crate::view::text_import;

impl Session {
    /// The next reads in the order in which they have to be pushed, those already in flight first:
    /// all that begin within so many bytes.
    #[must_use]
    pub fn reads(&self, window: u64) -> Vec<super::Read> {
        self.reading.reads(window)
    }

    /// What has to happen next.
    #[must_use]
    pub fn step(&self) -> Step {
        match self.reading.next() {
            Next::Push(read) => Step::Push(read),
            Next::Work(_) => Step::Work,
            Next::Wait => Step::Wait,
            Next::Idle => Step::Idle,
        }
    }

    /// Takes the bytes of a read. A wrong number of bytes refuses the file: it changed meanwhile.
    /// A read that is not the one of [`Session::step`] is ignored.
    pub fn push(&mut self, read: super::Read, bytes: &[u8], tell: &mut Tell<'_>) {
        let mut said = Vec::new();
        self.push_slice(read, bytes, &mut |reply| said.push(reply));
        self.tell_covered(said, tell);
    }

    fn push_slice(&mut self, read: super::Read, bytes: &[u8], tell: &mut Tell<'_>) {
        if self.reading.next() != Next::Push(read) {
            return;
        }
        if bytes.len() as u64 != read.length {
            return self.give_up(read.file, texts::changed);
        }
        let Some(current) = self.reading.current() else { return };
        match current.take(read, bytes, &self.mappings) {
            Some(found) => {
                self.settle_found(found);
                self.tell_whole(read.file, tell);
            }
            None => self.push_table(bytes, tell),
        }
    }

    fn push_table(&mut self, bytes: &[u8], tell: &mut Tell<'_>) {
        let language = self.language;
        let Some(current) = self.reading.current() else { return };
        let Some((task, _)) = current.task() else { return };
        task.begin();
        task.push(bytes);
        let mut progress = progress(task, language);
        let table = if reading::is_complete(task) { Some(task.finish()) } else { None };
        (progress.all_bytes, progress.all_size) = current.bytes();
        if let Some(table) = table {
            current.end_table(table);
        }
        tell(Reply::Progress(progress));
    }

    /// What a helper can read meanwhile; asked before each step. Shares below `least` bytes are
    /// kept. Every job must be answered with [`Session::returned`].
    pub fn lend(&mut self, least: u64) -> Option<Job> {
        self.reading.current()?.lend(least)
    }

    /// A helper's answer. What it could not read is read here.
    pub fn returned(&mut self, done: JobDone) {
        if let Some(current) = self.reading.current() {
            current.returned(&done.job, done.part);
        }
    }

    /// The file of this read cannot be read (moved, withdrawn, no permission): it is refused.
    pub fn unreadable(&mut self, read: super::Read, _tell: &mut Tell<'_>) {
        self.give_up(read.file, texts::unreadable);
    }

    fn give_up(&mut self, file: usize, why: fn(&str) -> Refusal) {
        let name = self.reading.current().and_then(|current| current.give_up(file));
        if let Some(name) = name {
            let refusal = why(&name);
            self.refuse(name, refusal);
        }
    }

    /// One bounded piece of work without input: opens an archive, inflates one member, makes lists.
    pub fn work(&mut self, tell: &mut Tell<'_>) {
        if !self.cover.is_on() {
            return self.work_on(tell);
        }
        let mut said = Vec::new();
        self.work_on(&mut |reply| said.push(reply));
        self.tell_covered(said, tell);
    }

    fn work_on(&mut self, tell: &mut Tell<'_>) {
        let Next::Work(work) = self.reading.next() else { return };
        match work {
            Work::OpenArchive(at) => {
                let found = self
                    .reading
                    .current()
                    .map_or_else(Vec::new, |c| c.open_archive(at, &self.mappings));
                found.into_iter().for_each(|found| self.settle_found(found));
            }
            Work::ReadTable => self.read_table(tell),
            Work::FirstLists => self.first_lists(tell),
            Work::Finish => self.finish(tell),
        }
    }

    fn read_table(&mut self, tell: &mut Tell<'_>) {
        let language = self.language;
        let Some(current) = self.reading.current() else { return };
        let (done, all) = current.bytes();
        let Some((task, archives)) = current.task() else { return };
        let name = task.name.clone();
        let result = reading::read_in_memory(task, archives, &mut |task| {
            let all_bytes = done + task.at;
            tell(Reply::Progress(Progress {
                all_bytes,
                all_size: all,
                ..progress(task, language)
            }));
        });
        match result {
            Ok(None) => {}
            Ok(table) => current.end_table(table),
            Err(refusal) => {
                current.end_table(None);
                self.refuse(name, refusal);
            }
        }
    }

    fn tell_whole(&mut self, file: usize, tell: &mut Tell<'_>) {
        let language = self.language;
        let Some(current) = self.reading.current() else { return };
        let Some((name, bytes, size)) = current.whole(file) else { return };
        let text = text_import::progress_whole(&name, bytes, size, language);
        let (all_bytes, all_size) = (bytes, size);
        tell(Reply::Progress(Progress {
            file: name,
            lines: 0,
            bytes,
            size,
            all_bytes,
            all_size,
            text,
        }));
    }

    /// Announces and reads these files, in slices, through the same steps.
    pub fn read_all(&mut self, files: Vec<Input>, today: Day, tell: &mut Tell<'_>) {
        let infos: Vec<FileInfo> = files
            .iter()
            .map(|file| FileInfo { name: file.name.clone(), size: file.size })
            .collect();
        let first = self.reading.announced();
        self.today = today;
        self.reading.announce(&infos);
        let mut contents: Vec<Box<dyn io::Read>> = files.into_iter().map(|f| f.content).collect();
        loop {
            match self.step() {
                Step::Work => self.work(tell),
                Step::Push(read) => {
                    let content = read.file.checked_sub(first).and_then(|at| contents.get_mut(at));
                    match content.map(|content| read_exactly(content, read.length)) {
                        Some(Ok(bytes)) => self.push(read, &bytes, tell),
                        _ => self.unreadable(read, tell),
                    }
                }
                // Nothing was lent.
                Step::Wait | Step::Idle => break,
            }
        }
    }
}

fn progress(task: &table::TableTask, language: Language) -> Progress {
    let (lines, bytes, size) = (task.lines(), task.at, task.size);
    let text = text_import::progress(&task.name, lines, bytes, size, language);
    Progress { file: task.name.clone(), lines, bytes, size, all_bytes: 0, all_size: 0, text }
}

fn read_exactly(content: &mut dyn io::Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    io::Read::read_to_end(&mut io::Read::take(content, length), &mut bytes)?;
    Ok(bytes)
}
