//! The session: the whole brain behind the worker border, as plain Rust. It reads no clock and no
//! file; whoever drives it does the input and the output.
//!
//! # Driving it
//!
//! Every message of the page goes to [`Session::request`]. [`Request::Open`] only announces files;
//! they are then read in a loop that can keep several slices in flight (a browser reads slices
//! asynchronously, a command line reads them one by one):
//!
//! ```text
//! session.request(&request, &mut tell);
//! loop {
//!     for read in session.reads(4).into_iter().skip(in_flight.len()) { in_flight.start(read); }
//!     match session.step() {
//!         Step::Work => session.work(&mut tell),          // bounded: one archive member, one settle …
//!         Step::Push(read) => {
//!             while in_flight.front() is not `read` { drop the front }  // a file was refused half-way
//!             match in_flight.pop_front().await {
//!                 Ok(bytes) => session.push(read, &bytes, &mut tell),
//!                 Err(_) => session.unreadable(read, &mut tell),
//!             }
//!         }
//!         Step::Idle => break,
//!     }
//! }
//! ```
//!
//! [`Read::file`] counts the files of *all* `Open` messages of the session, in order; so the driver
//! keeps one growing list of handles. A message that arrives while files are being read may be
//! handed to [`Session::request`] between two steps; a further `Open` waits for the one under way.
//!
//! Profiles are read first, then archives (whole), then tables: patients, diagnoses, medicines, and
//! after the first list the other registers. `tell` gets `Progress`, the first [`Reply::Overview`]
//! with `still_reading`, then [`Reply::Read`] and the final `Overview`.
//!
//! Whoever has all files at hand calls [`Session::read_all`], which takes the same path.

use std::io;

use crate::day::Day;
use crate::profile::Checked;
use crate::protocol::{Reply, Request};
use crate::records::Records;

/// How many bytes a slice of a table has, except the last one.
pub const SLICE_BYTES: u64 = 16 * 1024 * 1024;

/// A read that the session wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// Position of the file, counted over all files announced in this session.
    pub file: usize,
    /// First byte.
    pub offset: u64,
    /// How many bytes; the answer must have exactly as many.
    pub length: u64,
}

/// What has to happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Call [`Session::push`] (or [`Session::unreadable`]) with this read.
    Push(Read),
    /// Call [`Session::work`].
    Work,
    /// Nothing is being read.
    Idle,
}

/// A file for [`Session::read_all`].
pub struct Input {
    /// Name without a path.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Its content, read from the beginning to the end once.
    pub content: Box<dyn io::Read>,
}

impl Input {
    /// A file that is in memory.
    #[must_use]
    pub fn bytes(name: &str, bytes: Vec<u8>) -> Self {
        let size = bytes.len() as u64;
        Self { name: name.to_owned(), size, content: Box::new(io::Cursor::new(bytes)) }
    }
}

/// Where replies go.
pub type Tell<'a> = dyn FnMut(Reply) + 'a;

/// Records, profiles and everything evaluated so far.
pub struct Session {
    records: Records,
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

impl Session {
    /// A session with the built-in profiles and no data.
    #[must_use]
    pub fn new() -> Self {
        Self::with_profiles(crate::catalog::built_in())
    }

    /// A session with these profiles instead of the built-in ones.
    #[must_use]
    pub fn with_profiles(profiles: Vec<Checked>) -> Self {
        let _ = profiles;
        Self { records: Records::default() }
    }

    /// Answers a message of the page; see the module for `Open`.
    pub fn request(&mut self, request: &Request, tell: &mut Tell<'_>) {
        let _ = (request, tell);
        todo!("owner of session")
    }

    /// The next reads in the order in which they have to be pushed, at most so many; those already
    /// in flight come first.
    #[must_use]
    pub fn reads(&self, most: usize) -> Vec<Read> {
        let _ = most;
        todo!("owner of session")
    }

    /// What has to happen next.
    #[must_use]
    pub fn step(&self) -> Step {
        todo!("owner of session")
    }

    /// Takes the bytes of a read. A wrong number of bytes refuses the file: it changed meanwhile.
    pub fn push(&mut self, read: Read, bytes: &[u8], tell: &mut Tell<'_>) {
        let _ = (read, bytes, tell);
        todo!("owner of session")
    }

    /// The file of this read cannot be read (moved, withdrawn, no permission): it is refused.
    pub fn unreadable(&mut self, read: Read, tell: &mut Tell<'_>) {
        let _ = (read, tell);
        todo!("owner of session")
    }

    /// One bounded piece of work without input: opens an archive, inflates one member, makes lists.
    pub fn work(&mut self, tell: &mut Tell<'_>) {
        let _ = tell;
        todo!("owner of session")
    }

    /// Announces and reads these files, in slices, through the same steps.
    pub fn read_all(&mut self, files: Vec<Input>, today: Day, tell: &mut Tell<'_>) {
        let _ = (files, today, tell);
        todo!("owner of session")
    }

    /// What was read; for the command line.
    #[must_use]
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// Files that were not read: name and reason, with the machine name of the reason.
    #[must_use]
    pub fn refused(&self) -> &[(String, crate::decode::Refusal)] {
        &[]
    }

    /// The profiles, built-in ones first; for the command line.
    pub fn profiles(&self) -> impl Iterator<Item = &Checked> {
        std::iter::empty()
    }

    /// The index date in force; `None` before anything was read.
    #[must_use]
    pub fn index_date(&self) -> Option<Day> {
        None
    }
}
