//! Drives a session as the page does: files are dropped, and any part of any of them can be read
//! again.

#![allow(dead_code, reason = "every test file uses its own part")]

use profilblik::protocol::{Change, FileInfo, Reply, Request};
use profilblik::session::{Session, Step};
use profilblik::view::ImportView;
use profilblik::view::mapping::MappingView;

pub const TODAY: &str = "2026-06-01";

/// A session and the files that were dropped on it.
pub struct Clinic {
    pub session: Session,
    files: Vec<(String, Vec<u8>)>,
}

impl Clinic {
    pub fn new(files: &[(&str, &str)]) -> Self {
        Self::with(Session::new(), files)
    }

    pub fn with(session: Session, files: &[(&str, &str)]) -> Self {
        let mut clinic = Self { session, files: Vec::new() };
        clinic.drop_files(files);
        clinic
    }

    pub fn drop_files(&mut self, files: &[(&str, &str)]) -> Vec<Reply> {
        let info = |(name, text): &(&str, &str)| FileInfo {
            name: (*name).into(),
            size: text.len() as u64,
        };
        let infos = files.iter().map(info).collect();
        self.files
            .extend(files.iter().map(|(name, text)| ((*name).into(), text.as_bytes().to_vec())));
        self.ask(&Request::Open { files: infos, today: TODAY.into() })
    }

    /// Asks, and reads as long as there is something to read: any part of any file, as a page can.
    pub fn ask(&mut self, request: &Request) -> Vec<Reply> {
        let mut replies = Vec::new();
        let mut tell = |reply| replies.push(reply);
        self.session.request(request, &mut tell);
        loop {
            let ahead = self.session.reads(u64::MAX);
            match self.session.step() {
                Step::Work => self.session.work(&mut tell),
                Step::Push(read) => {
                    assert_eq!(ahead.first(), Some(&read), "what is pushed is read ahead first");
                    let from = usize::try_from(read.offset).unwrap();
                    let length = usize::try_from(read.length).unwrap();
                    let bytes = &self.files[read.file].1[from..from + length];
                    self.session.push(read, bytes, &mut tell);
                }
                Step::Wait | Step::Idle => return replies,
            }
        }
    }

    pub fn mapping(&mut self, table: &str) -> MappingView {
        match self.ask(&Request::Mapping(table.into())).pop() {
            Some(Reply::Mapping(view)) => *view,
            other => panic!("{other:?}"),
        }
    }

    pub fn correct(&mut self, table: &str, change: Change) -> Vec<Reply> {
        self.ask(&Request::Correct { table: table.into(), change })
    }

    pub fn read_as(&self, table: &str) -> (&'static str, Vec<&'static str>, u64) {
        let sources = &self.session.records().sources;
        let source =
            sources.iter().find(|source| source.name == table).expect("the table was read");
        let fields = source.columns.iter().map(|(_, field)| field.map_or("", |f| f.name()));
        (source.register.name(), fields.collect(), source.ledger.used)
    }

    pub fn refusals(&self) -> Vec<String> {
        self.session.refused().iter().map(|(_, refusal)| refusal.text.da.clone()).collect()
    }

    /// The import report.
    pub fn report(&self) -> ImportView {
        self.session.import()
    }
}
