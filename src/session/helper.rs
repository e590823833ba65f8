//! The helper: reads part of a table in a thread of its own, for the session in another one.
//!
//! It finds out by itself what the table is, by the same probe of the same bytes, so that nothing
//! but the file and a place in it has to be told.

use std::collections::VecDeque;

use super::Read;
use super::table::slices;
use crate::decode::{HEAD_BYTES, Probe, probe};
use crate::protocol::{Job, JobDone};
use crate::records::{Part, TableReader};

/// Does one job after the other; reads no file itself.
#[derive(Default)]
pub struct Helper {
    jobs: VecDeque<(Job, Stage)>,
}

enum Stage {
    /// The first bytes of the file are wanted.
    Head,
    /// Looking for the end of the line in which the share begins.
    Border { reader: Box<TableReader>, at: u64 },
    /// Rows.
    Rows { reader: Box<TableReader>, at: u64 },
    /// Nothing can be read.
    Failed,
}

impl Helper {
    /// Another job.
    pub fn add(&mut self, job: Job) {
        self.jobs.push_back((job, Stage::Head));
    }

    /// The next reads, in the order in which they have to be pushed: all that begin within so many
    /// bytes. None of a job whose table is not recognised yet but its head.
    #[must_use]
    pub fn reads(&self, window: u64) -> Vec<Read> {
        let Some((job, stage)) = self.jobs.front() else { return Vec::new() };
        match stage {
            Stage::Head => vec![head(job)],
            Stage::Border { at, .. } | Stage::Rows { at, .. } => {
                let within = |read: &Read| read.offset < at.saturating_add(window);
                slices(job.file, *at, job.size).take_while(within).collect()
            }
            Stage::Failed => Vec::new(),
        }
    }

    /// The answer to the first of the reads; `None` = cannot be read. The job, once it is done.
    pub fn push(&mut self, read: Read, bytes: Option<&[u8]>) -> Option<JobDone> {
        let (job, stage) = self.jobs.front_mut()?;
        let bytes = bytes.filter(|bytes| bytes.len() as u64 == read.length);
        let before = std::mem::replace(stage, Stage::Failed);
        *stage = bytes.map_or(Stage::Failed, |bytes| before.push(job, bytes));
        if !stage.is_done(job) {
            return None;
        }
        let (job, stage) = self.jobs.pop_front()?;
        Some(JobDone { job, part: stage.part().map(Box::new) })
    }
}

fn head(job: &Job) -> Read {
    Read { file: job.file, offset: 0, length: job.size.min(HEAD_BYTES as u64) }
}

impl Stage {
    fn push(self, job: &Job, bytes: &[u8]) -> Self {
        match self {
            Self::Head => Self::begin(job, bytes),
            Self::Border { mut reader, at } => {
                let at = at + bytes.len() as u64;
                match bytes.iter().position(|byte| *byte == b'\n') {
                    Some(feed) => {
                        reader.push(bytes.get(feed + 1..).unwrap_or_default());
                        Self::Rows { reader, at }
                    }
                    None => Self::Border { reader, at },
                }
            }
            Self::Rows { mut reader, at } => {
                reader.push(bytes);
                Self::Rows { reader, at: at + bytes.len() as u64 }
            }
            Self::Failed => Self::Failed,
        }
    }

    fn begin(job: &Job, head: &[u8]) -> Self {
        let Probe::Table(probe) = probe(&job.name, job.size, head) else { return Self::Failed };
        if job.from > 0 {
            let mut reader = Box::new(TableReader::of_rest(&job.name, &probe));
            reader.expect(job.size - job.from);
            return Self::Border { reader, at: job.from };
        }
        let mut reader = Box::new(TableReader::new(&job.name, &probe));
        reader.expect(job.size);
        reader.push(head);
        Self::Rows { reader, at: head.len() as u64 }
    }

    const fn is_done(&self, job: &Job) -> bool {
        match self {
            Self::Head => false,
            Self::Border { at, .. } | Self::Rows { at, .. } => *at >= job.size,
            Self::Failed => true,
        }
    }

    fn part(self) -> Option<Part> {
        match self {
            Self::Border { reader, .. } | Self::Rows { reader, .. } => Some(reader.into_part()),
            Self::Head | Self::Failed => None,
        }
    }
}
