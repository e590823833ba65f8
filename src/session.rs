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
//!     for read in session.reads(WINDOW_BYTES) { if !in_flight.has(read) { in_flight.start(read); } }
//!     match session.step() {
//!         Step::Work => session.work(&mut tell),          // bounded: one archive member, one settle …
//!         Step::Push(read) => {
//!             while in_flight.front() is not `read` { drop the front }  // a file was refused half-way
//!             match in_flight.pop_front().await {
//!                 Ok(bytes) => session.push(read, &bytes, &mut tell),
//!                 Err(_) => session.unreadable(read, &mut tell),
//!             }
//!         }
//!         Step::Wait => …,                                // until `returned`; only with a helper
//!         Step::Idle => break,
//!     }
//! }
//! ```
//!
//! A second thread may help: hand the jobs of [`Session::lend`] to a [`Helper`] and its answers to
//! [`Session::returned`]. The result is the same.
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
use crate::decode::Refusal;
use crate::decode::mapping::{Mappings, is_mapping};
use crate::evaluate::Evaluator;
use crate::measures::insured::Insured;
use crate::note::Language;
use crate::opioid::Table;
use crate::profile::Checked;
use crate::profile::plan::{Column, Plan};
pub use crate::protocol::Read;
use crate::protocol::{FileInfo, Reply, Request};
use crate::records::{Records, Source};
use crate::schema::Register;
use crate::view::mapping::Before;
use crate::view::{import, text_overview};

mod answer;
mod asks;
mod container;
mod cover;
mod drive;
mod drop;
mod factors;
mod helper;
mod insured;
mod lookup;
mod mapping;
mod opioids;
mod quality;
mod reading;
mod second;
mod shelf;
mod table;
mod texts;

use answer::KeptList;
use cover::Cover;
use drop::Drop;
pub use helper::Helper;
use reading::{Found, Reading};
use shelf::Shelf;

/// How many bytes a slice of a table has, except the last one.
pub const SLICE_BYTES: u64 = 4 * 1024 * 1024;
/// A helper's share has so many bytes at least: small files are read by the worker alone.
pub const LEAST_SHARE: u64 = 2 * SLICE_BYTES;
/// How far a browser reads ahead of the parser, for the worker and for its helper: all of it is held
/// in memory.
pub const WINDOW_BYTES: u64 = 2 * SLICE_BYTES;

/// What has to happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Call [`Session::push`] (or [`Session::unreadable`]) with this read.
    Push(Read),
    /// Call [`Session::work`].
    Work,
    /// Nothing can be done before a helper's answer comes ([`Session::returned`]).
    Wait,
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
    shelf: Shelf,
    /// Columns that every list offers.
    common: Vec<Column>,
    refused: Vec<(String, Refusal)>,
    reading: Reading,
    /// Registers of which rows are still to come, as of the last lists made.
    unread: Vec<Register>,
    /// Names of the dropped files.
    names: Vec<String>,
    lists: Vec<KeptList>,
    language: Language,
    today: Day,
    /// Rule R1, as of the last rows settled.
    default_date: Day,
    chosen_date: Option<Day>,
    /// Numbers of insured that were typed.
    insured: Insured,
    invented: bool,
    /// Lists of missing codes, once the page »Datakvalitet« was asked for.
    missing_codes: Option<Shelf>,
    /// Invented patients, if it is they.
    demo_patients: u32,
    /// How tables are to be read instead of what would be guessed.
    mappings: Mappings,
    /// A table that was corrected last, before that.
    before: Option<Before>,
    factors: factors::Factors,
    cover: Cover,
    /// What several drops have in common.
    second: second::Second,
}

/// Reads and evaluates invented patients in a session of its own.
#[derive(Default)]
pub struct Rehearsal(Session);

impl Rehearsal {
    /// Each round is a little larger than the one before, of which nothing is kept.
    pub fn round(&mut self, round: u32) {
        const DAY: Day = Day(20_000);
        let files = crate::demo::files(5 + 3 * round, u64::from(round), DAY);
        let inputs = files.into_iter().map(|(name, bytes)| Input::bytes(&name, bytes)).collect();
        self.0.forget_data();
        self.0.read_all(inputs, DAY, &mut |_| {});
    }
}

// The same patients on every machine.
const DEMO_SEED: u64 = 1;

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

impl Session {
    /// A session with the built-in profiles and no data.
    #[must_use]
    pub fn new() -> Self {
        Self::with_shelf(Shelf::built_in())
    }

    /// A session with these profiles instead of the built-in ones.
    #[must_use]
    pub fn with_profiles(profiles: Vec<Checked>) -> Self {
        Self::with_shelf(Shelf::new(profiles))
    }

    fn with_shelf(shelf: Shelf) -> Self {
        Self {
            records: Records::default(),
            shelf,
            common: crate::catalog::common_columns(),
            refused: Vec::new(),
            reading: Reading::default(),
            unread: Vec::new(),
            names: Vec::new(),
            lists: Vec::new(),
            language: Language::default(),
            today: Day::MIN,
            default_date: Day::MIN,
            chosen_date: None,
            insured: Insured::new(),
            invented: false,
            missing_codes: None,
            demo_patients: 0,
            mappings: Mappings::built_in(),
            before: None,
            factors: factors::Factors::default(),
            cover: Cover::default(),
            second: second::Second::default(),
        }
    }

    /// Answers a message of the page; see the module for `Open`.
    pub fn request(&mut self, request: &Request, tell: &mut Tell<'_>) {
        if !self.cover.is_on() && !matches!(request, Request::Cover(_)) {
            return self.answer(request, tell);
        }
        let mut said = Vec::new();
        self.answer(request, &mut |reply| said.push(reply));
        self.tell_covered(said, tell);
    }

    fn answer(&mut self, request: &Request, tell: &mut Tell<'_>) {
        if !matches!(request, Request::Open { .. }) {
            self.shelf.read_all();
        }
        match request {
            Request::Open { files, today } => self.open(files, today, tell),
            Request::Demo { patients, today } => self.demo(*patients, today, tell),
            Request::SetLanguage(language) => self.set_language(*language, tell),
            Request::SetIndexDate(date) => self.set_index_date(date.as_deref(), tell),
            Request::List(query) => tell(self.list(query)),
            Request::Patient { profile, cpr, query } => tell(self.patient(profile, cpr, query)),
            Request::About(profile) => tell(self.about(profile)),
            Request::Figures(profile) => tell(self.figures(profile)),
            Request::Timeline { profile, cpr } => tell(self.timeline(profile, cpr)),
            Request::SetInsured { profile, practice, count } => {
                tell(self.set_insured(profile, practice, count));
            }
            Request::SetFactors(choice) => self.set_factors(choice, tell),
            Request::Choose { profile, criterion, variant } => {
                self.choose_variant((profile, criterion, variant), tell);
            }
            Request::SwitchMarker { profile, marker, on } => {
                self.switch_marker((profile, marker, *on), tell);
            }
            Request::Attrition { profile } => tell(self.attrition(profile)),
            Request::LookUp { text } => tell(self.look_up(text)),
            Request::Quality => tell(self.quality()),
            Request::Mapping(table) => tell(self.mapping(table)),
            Request::Correct { table, change } => self.correct(table, change, tell),
            Request::Second { replace } => self.choose_second(*replace, tell),
            Request::Repair(on) => self.repair(*on, tell),
            Request::Opioids => tell(self.opioids()),
            Request::Cover(seed) => self.set_cover(*seed, tell),
            Request::Reveal(shown) => tell(self.reveal(shown)),
            Request::OpioidPatient { cpr } => tell(self.opioid_patient(cpr)),
            Request::Lines { reason, most } => {
                tell(Reply::Lines(import::lines(&self.records, reason, *most, self.language)));
            }
        }
    }

    /// Reads one of the built-in profiles ahead of time, for moments when there is nothing else to
    /// do, and the factors at last; `false` = all were read. Whatever needs them reads the rest.
    pub fn prepare(&mut self) -> bool {
        let more = self.shelf.read_one();
        if !more {
            let _ = crate::opioid::table();
        }
        more
    }

    fn open(&mut self, files: &[FileInfo], today: &str, tell: &mut Tell<'_>) {
        match Day::parse_iso(today) {
            Some(today) => {
                self.leave_demo(files);
                self.today = today;
                self.reading.announce(files);
            }
            None => tell(Reply::Failed(text_overview::bad_date(today, self.language))),
        }
    }

    // Invented patients never mix with a clinic's own; a profile may be tried on them.
    fn leave_demo(&mut self, files: &[FileInfo]) {
        let is_profile = |file: &FileInfo| file.name.to_lowercase().ends_with(".toml");
        if self.invented && !files.iter().all(is_profile) {
            self.forget_data();
            self.invented = false;
        }
    }

    // The demo begins an empty session. Its files are no handles of the driver: they take no
    // numbers.
    fn demo(&mut self, patients: u32, today: &str, tell: &mut Tell<'_>) {
        let Some(day) = Day::parse_iso(today) else {
            return tell(Reply::Failed(text_overview::bad_date(today, self.language)));
        };
        self.forget_data();
        self.invented = true;
        self.demo_patients = patients;
        let files = crate::demo::files(patients, DEMO_SEED, day);
        let inputs = files.into_iter().map(|(name, bytes)| Input::bytes(&name, bytes)).collect();
        let announced = self.reading.announced();
        self.read_all(inputs, day, tell);
        self.reading.count_from(announced);
    }

    fn forget_data(&mut self) {
        self.records = Records::default();
        self.reading.forget();
        self.refused.clear();
        self.names.clear();
        self.lists.clear();
        self.unread.clear();
        self.chosen_date = None;
        self.insured.clear();
        self.missing_codes = None;
        self.second = second::Second::default();
    }

    fn set_language(&mut self, language: Language, tell: &mut Tell<'_>) {
        self.language = language;
        self.lists.clear();
        tell(Reply::Read(Box::new(self.import())));
        tell(Reply::Overview(Box::new(self.overview())));
    }

    fn set_index_date(&mut self, date: Option<&str>, tell: &mut Tell<'_>) {
        let chosen = date.map(|text| (text, Day::parse_iso(text)));
        if let Some((text, None)) = chosen {
            return tell(Reply::Failed(text_overview::bad_date(text, self.language)));
        }
        self.chosen_date = chosen.and_then(|(_, day)| day);
        if self.records.sources.is_empty() {
            return tell(Reply::Overview(Box::new(self.overview())));
        }
        self.make_lists();
        tell(Reply::Overview(Box::new(self.overview())));
    }

    fn first_lists(&mut self, tell: &mut Tell<'_>) {
        self.shelf.read_all();
        if let Some(current) = self.reading.current() {
            current.first_lists_done();
        }
        self.settle_tables();
        self.name_files();
        self.unread = self.reading.unread();
        self.make_lists();
        tell(Reply::Overview(Box::new(self.overview())));
    }

    fn finish(&mut self, tell: &mut Tell<'_>) {
        self.shelf.read_all();
        self.settle_tables();
        self.unread.clear();
        self.name_files();
        self.reading.end();
        if self.second.forget_what_is_gone() {
            return self.read_again(tell);
        }
        if !self.records.sources.is_empty() {
            self.make_lists();
        }
        tell(Reply::Read(Box::new(self.import())));
        tell(Reply::Overview(Box::new(self.overview())));
    }

    // INVARIANT: records are added and settled in one go, so that a question asked while files are
    // being read never meets half-merged rows.
    fn settle_tables(&mut self) {
        let Some(current) = self.reading.current() else { return };
        let tables = current.take_tables();
        if tables.is_empty() {
            return;
        }
        self.look_back();
        let before = self.records.sources.len();
        for (whence, table) in tables {
            for table in table.apart() {
                if self.second.takes(whence, &table) {
                    self.records.add(table);
                }
            }
        }
        self.records.settle();
        let added: Vec<Register> =
            self.records.sources.iter().skip(before).map(|source| source.register).collect();
        added.into_iter().for_each(|register| self.shelf.changed(register));
    }

    // Files of which something is used; once per drop.
    fn name_files(&mut self) {
        let names = self.reading.current().map_or_else(Vec::new, Drop::take_names);
        let refused = &self.refused;
        let used = |name: &String| !refused.iter().any(|(other, _)| other == name);
        self.names.extend(names.into_iter().filter(used));
    }

    fn make_lists(&mut self) {
        self.lists.clear();
        self.default_date = self.records.default_index_date(self.today);
        let date = self.date();
        self.shelf.evaluate(&self.records, date, self.factors.table(), &self.unread);
        self.find_missing_codes(false);
    }

    fn settle_found(&mut self, found: Found) {
        match found {
            Found::Nothing => {}
            Found::Refused(files) => {
                for (name, refusal) in files {
                    self.refuse(name, refusal);
                }
            }
            Found::Profile(profile) => self.join(&profile.name, profile.bytes),
        }
    }

    fn join(&mut self, name: &str, bytes: Vec<u8>) {
        self.refused.retain(|(other, _)| other != name);
        let Ok(text) = String::from_utf8(bytes) else {
            return self.refuse(name.to_owned(), texts::profile_encoding(name));
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        if Table::is_meant(text) {
            if let Err(refusal) = self.join_factors(name, text) {
                self.refuse(name.to_owned(), refusal);
            }
            return;
        }
        self.shelf.read_all();
        if is_mapping(text) {
            return self.join_mapping(name, text);
        }
        let errors = self.shelf.join(name, text);
        self.lists.clear();
        if errors > 0 {
            self.refuse(name.to_owned(), texts::profile_errors(name, errors));
        }
    }

    // A file dropped again replaces what was said about it.
    fn refuse(&mut self, name: String, refusal: Refusal) {
        self.refused.retain(|(other, _)| *other != name);
        self.refused.push((name, refusal));
    }

    /// What was read; for the command line.
    #[must_use]
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// Files that were not read: name and reason, with the machine name of the reason.
    #[must_use]
    pub fn refused(&self) -> &[(String, Refusal)] {
        &self.refused
    }

    /// The profiles that were read, built-in ones first; for the command line, which gives them all
    /// at the beginning.
    pub fn profiles(&self) -> impl Iterator<Item = &Checked> {
        self.shelf.entries.iter().map(|entry| &entry.checked)
    }

    /// The index date in force; `None` before anything was read.
    #[must_use]
    pub fn index_date(&self) -> Option<Day> {
        (!self.records.sources.is_empty()).then(|| self.date())
    }

    // A plan bound to what was read, with the factors in force.
    fn evaluator<'s>(&'s self, plan: &'s Plan) -> Evaluator<'s> {
        Evaluator::with_factors(plan, &self.records, self.date(), self.factors.table())
    }

    fn date(&self) -> Day {
        self.chosen_date.unwrap_or(self.default_date)
    }

    // Rule R1: the export's own date, else the latest row, else today.
    fn date_from(&self) -> text_overview::DateFrom {
        let default = self.default_date;
        let counts =
            |source: &&Source| !matches!(source.register, Register::Patient | Register::Aftale);
        let dated = self.records.sources.iter().filter(counts).filter_map(|source| source.period);
        if self.records.extract_date == Some(default) {
            text_overview::DateFrom::Extract
        } else if dated.into_iter().any(|(from, to)| from <= default && default <= to) {
            text_overview::DateFrom::LatestRow
        } else {
            text_overview::DateFrom::Today
        }
    }
}
