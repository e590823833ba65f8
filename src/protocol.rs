//! The worker border: one pair of messages. The page holds file handles and view models, the
//! worker holds the patients.
//!
//! A second worker, the helper, reads part of the tables; worker and helper talk through a port of
//! their own. Slices of files pass through the page, which moves them on unread.
//!
//! The worker says [`ToPage::Ready`] first; what is sent before that is lost. Replies carry the
//! sequence number of their request; the page drops stale ones. The worker names the reads it wants
//! next, and the page does them: a thread that is parsing cannot take bytes in at the same time.
//! Cancel and »Glem alt« end the worker; nothing survives it.

use serde::{Deserialize, Serialize};

use crate::note::Language;
use crate::records::Part;
use crate::view::about::AboutView;
use crate::view::attrition::AttritionView;
use crate::view::factors::FactorsView;
use crate::view::figures::FiguresView;
use crate::view::lookup::LookupView;
use crate::view::mapping::MappingView;
use crate::view::opioids::OpioidsView;
use crate::view::opioids::panel::OpioidPatientView;
use crate::view::quality::page::QualityView;
use crate::view::timeline::TimelineView;
use crate::view::{ImportView, LineView, ListKind, ListView, OverviewView, PatientView};

/// Page → worker or helper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToWorker {
    /// A request.
    Ask(Envelope<Request>),
    /// The answer to a wanted read. Its `ArrayBuffer` travels with it; without one the file cannot
    /// be read.
    Bytes(Read),
    /// The port between worker and helper travels with this: jobs go to the helper, one after the
    /// other, and [`JobDone`] comes back.
    Port,
}

/// Worker or helper → page; the helper has nothing to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToPage {
    /// The worker is up.
    Ready,
    /// An answer.
    Say(Envelope<Reply>),
    /// Reads to be done, in this order.
    Wanted(Vec<Read>),
}

/// What a second worker, the helper, is asked to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Position of the file, counted as in [`Read`].
    pub file: usize,
    /// Name without a path.
    pub name: String,
    /// Bytes of the file.
    pub size: u64,
    /// The first line that begins behind this byte, and everything after it; 0 = the whole table.
    pub from: u64,
}

/// Helper → worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobDone {
    /// Which.
    pub job: Job,
    /// What was read; `None` = it could not be.
    pub part: Option<Box<Part>>,
}

/// Part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// Position of the file, counted over all files announced to this worker.
    pub file: usize,
    /// First byte.
    pub offset: u64,
    /// How many bytes; the answer must have exactly as many.
    pub length: u64,
}

/// A message with a sequence number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope<T> {
    /// Sequence number.
    pub number: u32,
    /// The message.
    pub message: T,
}

/// What the page asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Read files, adding to those already read. Several [`Reply::Progress`], then
    /// [`Reply::Read`] and [`Reply::Overview`] (twice while registers are still being read).
    Open {
        /// Names and sizes; the page numbers its handles in this order.
        files: Vec<FileInfo>,
        /// Today, `YYYY-MM-DD`: the engine reads no clock.
        today: String,
    },
    /// Make invented patients and read them as if dropped.
    Demo {
        /// How many.
        patients: u32,
        /// Today, `YYYY-MM-DD`.
        today: String,
    },
    /// Change the language of all texts; answered with `Read` and `Overview`.
    SetLanguage(Language),
    /// Change the index date; `None` = the default of R1. Answered with `Overview`.
    SetIndexDate(Option<String>),
    /// A window of a list; answered with `List`.
    List(ListQuery),
    /// The why panel; answered with `Patient`.
    Patient {
        /// Profile id.
        profile: String,
        /// CPR, ten characters.
        cpr: String,
        /// Which list the panel is open beside, to find the position.
        query: ListQuery,
    },
    /// The measures of a profile, by its id; answered with `Figures`.
    Figures(String),
    /// The number of insured of a provider number, as typed; answered with `Figures`.
    SetInsured {
        /// Profile id, whose figures are wanted.
        profile: String,
        /// Provider number; empty = the whole file.
        practice: String,
        /// As typed; empty = that of the file again.
        count: String,
    },
    /// Whose factors sums of opioids have; answered with `Overview` where something changed, then
    /// with `Factors`.
    SetFactors(FactorChoice),
    /// Another variant of a criterion; answered with `Overview`.
    Choose {
        /// Profile id.
        profile: String,
        /// Criterion with `valg`.
        criterion: String,
        /// The one that is chosen.
        variant: String,
    },
    /// Switches a marker; answered with `Overview`.
    SwitchMarker {
        /// Profile id.
        profile: String,
        /// Marker.
        marker: String,
        /// On?
        on: bool,
    },
    /// What a profile, by its id, says about itself; its test patients are run. Answered with
    /// `About`.
    About(String),
    /// How many persons fall at each criterion; answered with `Attrition`.
    Attrition {
        /// Profile id.
        profile: String,
    },
    /// One patient and every profile, or the patients of a name; answered with `LookUp`.
    LookUp {
        /// CPR number with or without hyphen, or part of a name.
        text: String,
    },
    /// One patient over time, beside a profile; answered with `Timeline`.
    Timeline {
        /// Profile id.
        profile: String,
        /// CPR, ten characters.
        cpr: String,
    },
    /// What the last drop and an earlier one both hold: are the earlier rows replaced, or added to?
    /// Everything is read again, then `Read` and `Overview`.
    Second {
        /// Replaced?
        replace: bool,
    },
    /// Repair text that was encoded twice, or leave it as it stands: everything is read again, then
    /// `Read` and `Overview`.
    Repair(bool),
    /// The page »Opioider«, every user at once; answered with `Opioids`. The page moves the limit,
    /// filters and sorts without asking again.
    Opioids,
    /// The page »Datakvalitet«, counted when it is asked for; answered with `Quality`.
    Quality,
    /// One user of opioids; answered with `OpioidPatient`.
    OpioidPatient {
        /// CPR, ten characters.
        cpr: String,
    },
    /// »Skærm til andre«: pseudonyms instead of CPR numbers and names in every reply, and in what
    /// the page asks; drawn from a random seed. `None` = off. Answered with `Read` and `Overview`.
    Cover(Option<(u32, u32)>),
    /// Who a pseudonym is; answered with `Reveal`.
    Reveal(String),
    /// How a table, by its name, was understood; answered with `Mapping`.
    Mapping(String),
    /// Change how a table is read: everything is read again, then `Read` and `Overview`.
    Correct {
        /// Name of the table.
        table: String,
        /// What is changed.
        change: Change,
    },
    /// Lines set aside for a reason; answered with `Lines`.
    Lines {
        /// Machine name of the reason.
        reason: String,
        /// At most this many.
        most: u32,
    },
}

/// What is said of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Its register, by name.
    Register(String),
    /// What a column is read as.
    Column {
        /// Position of the column.
        column: u32,
        /// Name of the field; empty = not used.
        field: String,
    },
    /// Nothing: it is guessed again.
    Forget,
}

/// Whose factors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactorChoice {
    /// As they are; only to see them.
    Look,
    /// Those of a set, by its name.
    Set(String),
    /// One factor.
    Edit {
        /// Line of the table.
        line: u32,
        /// As typed; empty = that of the set again.
        typed: String,
    },
    /// The dropped table, or the built-in one; with its own factors.
    Own(bool),
    /// The built-in table with its own factors.
    Default,
}

/// A dropped file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileInfo {
    /// Name without a path.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// Which rows of which list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListQuery {
    /// Profile id.
    pub profile: String,
    /// Which list.
    pub kind: ListKind,
    /// Column key and »descending?«; `None` = the profile's order.
    pub sort: Option<(String, bool)>,
    /// Search in name, CPR and shown text; empty = all.
    pub search: String,
    /// Keys of optional columns that are on.
    pub optional: Vec<String>,
    /// First row wanted.
    pub first: u64,
    /// How many rows wanted; `u64::MAX` for print.
    pub count: u64,
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// Long work goes on.
    Progress(Progress),
    /// What was read.
    Read(Box<ImportView>),
    /// Every profile with its count.
    Overview(Box<OverviewView>),
    /// Rows.
    List(Box<ListView>),
    /// The why panel.
    Patient(Box<PatientView>),
    /// »Om profilen«.
    About(Box<AboutView>),
    /// The measures.
    Figures(Box<FiguresView>),
    /// How many persons fall at each criterion.
    Attrition(Box<AttritionView>),
    /// A patient and every profile.
    LookUp(Box<LookupView>),
    /// One patient over time.
    Timeline(Box<TimelineView>),
    /// The factor table in force.
    Factors(Box<FactorsView>),
    /// Every user of opioids.
    Opioids(Box<OpioidsView>),
    /// One of them.
    OpioidPatient(Box<OpioidPatientView>),
    /// What the registers hold.
    Quality(Box<QualityView>),
    /// CPR and name of one patient, shown on purpose; empty = nobody.
    Reveal(String),
    /// How a table was understood.
    Mapping(Box<MappingView>),
    /// Lines set aside.
    Lines(Vec<LineView>),
    /// The request could not be answered; text in the page's language. No data are shown.
    Failed(String),
}

/// Progress of reading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// File being read.
    pub file: String,
    /// Lines of it so far.
    pub lines: u64,
    /// Bytes of it so far.
    pub bytes: u64,
    /// Bytes of it.
    pub size: u64,
    /// Bytes of all files so far.
    pub all_bytes: u64,
    /// Bytes of all files.
    pub all_size: u64,
    /// The sentence to show, with numbers in the page's language.
    pub text: String,
}
