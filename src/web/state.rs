//! What the page knows: signals for everything shown, and the actions that change them. All data
//! come from the worker as view models; ending the worker and clearing these is »Glem alt«.

use std::collections::BTreeMap;

use leptos::prelude::*;
use web_sys::File;

use crate::note::Language;
use crate::protocol::{FileInfo, Progress, Reply, Request};
use crate::view::{ImportView, LineView, OverviewView};
use crate::web::about::AboutState;
use crate::web::attrition::AttritionState;
use crate::web::browser;
use crate::web::cover::CoverState;
use crate::web::factors::FactorsState;
use crate::web::figures::FiguresState;
use crate::web::idle::IdleState;
use crate::web::link::{Heard, Link};
use crate::web::list_state::ListState;
use crate::web::lookup::LookupState;
use crate::web::mapping::MappingState;
use crate::web::opioids_state::OpioidsState;
use crate::web::quality::QualityState;
use crate::web::second::asks;
use crate::web::selfcheck::SelfCheck;
use crate::web::text::Words;
use crate::web::timeline::TimelineState;
use crate::web::wipe::wipe;

/// Invented patients of the demonstration.
const DEMO_PATIENTS: u32 = 1600;
/// Set-aside lines shown for one reason.
const MOST_LINES: u32 = 200;

/// A screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// Nothing read yet.
    #[default]
    Start,
    /// What was read, or is being read.
    Import,
    /// Every profile.
    Overview,
    /// One profile.
    Profile,
    /// Every user of opioids.
    Opioids,
    /// »Datakvalitet«.
    Quality,
    /// »Sådan regner siden«.
    Rules,
}

/// The worker and the numbers of requests whose replies still count.
#[derive(Default)]
pub struct Border {
    link: Option<Link>,
    last: u32,
    /// Requests for lines set aside, by the reason asked for.
    lines: BTreeMap<u32, String>,
    /// Files were given, and no overview has come since.
    awaiting_first: bool,
    /// Workers so far; what an ended one said late is recognised by this.
    worker: u32,
}

/// Everything the page knows. `Copy`, since it only holds handles of signals.
#[derive(Clone, Copy)]
pub struct App {
    /// Language of all texts.
    pub language: RwSignal<Language>,
    /// Dark?; `None` follows the system.
    pub dark: RwSignal<Option<bool>>,
    /// Screen.
    pub room: RwSignal<Room>,
    /// The screen that »Sådan regner siden« was opened from.
    pub before_rules: RwSignal<Room>,
    /// Files are being read.
    pub reading: RwSignal<bool>,
    /// How far.
    pub progress: RwSignal<Progress>,
    /// The worker died: nothing is shown.
    pub broken: RwSignal<bool>,
    /// The worker could not answer, in words.
    pub failed: RwSignal<String>,
    /// What was read.
    pub import: RwSignal<Option<ImportView>>,
    /// Every profile.
    pub overview: RwSignal<Option<OverviewView>>,
    /// Lines set aside, by the reasons that are unfolded.
    pub lines: RwSignal<BTreeMap<String, Vec<LineView>>>,
    /// What the live region says.
    pub said: RwSignal<String>,
    /// Shown on Start after forgetting or stopping.
    pub notice: RwSignal<&'static str>,
    /// Requests that the browser has made since the page was loaded.
    pub requests: RwSignal<usize>,
    /// Key help is open.
    pub help: RwSignal<bool>,
    /// Keys of one character work.
    pub single_keys: RwSignal<bool>,
    /// The open profile's list.
    pub list: ListState,
    /// »Om profilen« of the open profile.
    pub about: AboutState,
    /// »Udtynding« of the open profile.
    pub attrition: AttritionState,
    /// »Tal« of the open profile.
    pub figures: FiguresState,
    /// »Tidslinje« of the patient in the panel.
    pub timeline: TimelineState,
    /// »Opioider«.
    pub opioids: OpioidsState,
    /// »Datakvalitet«.
    pub quality: QualityState,
    /// »Sådan er filen læst«.
    pub mapping: MappingState,
    /// »Slå patient op«.
    pub lookup: LookupState,
    /// »Faktortabel«.
    pub factors: FactorsState,
    /// »Skærm til andre«.
    pub cover: CoverState,
    /// The guide is open.
    pub guide: RwSignal<bool>,
    /// Hints of first use, until they are put away.
    pub hints: RwSignal<bool>,
    /// »Selvtjek«.
    pub selfcheck: SelfCheck,
    /// Is anybody there?
    pub idle: IdleState,
    border: StoredValue<Border, LocalStorage>,
}

impl App {
    /// An empty page with a fresh worker.
    #[must_use]
    pub fn new() -> Self {
        let app = Self {
            language: RwSignal::default(),
            dark: RwSignal::default(),
            room: RwSignal::default(),
            before_rules: RwSignal::default(),
            reading: RwSignal::default(),
            progress: RwSignal::default(),
            broken: RwSignal::default(),
            failed: RwSignal::default(),
            import: RwSignal::default(),
            overview: RwSignal::default(),
            lines: RwSignal::default(),
            said: RwSignal::default(),
            notice: RwSignal::new(""),
            requests: RwSignal::default(),
            help: RwSignal::default(),
            single_keys: RwSignal::new(true),
            list: ListState::new(),
            about: AboutState::default(),
            attrition: AttritionState::default(),
            figures: FiguresState::default(),
            timeline: TimelineState::default(),
            opioids: OpioidsState::new(),
            quality: QualityState::default(),
            mapping: MappingState::default(),
            lookup: LookupState::default(),
            factors: FactorsState::default(),
            cover: CoverState::default(),
            guide: RwSignal::default(),
            hints: RwSignal::new(true),
            selfcheck: SelfCheck::default(),
            idle: IdleState::new(),
            border: StoredValue::new_local(Border::default()),
        };
        app.fresh_worker();
        app
    }

    /// The words of the language in force; reactive.
    #[must_use]
    pub fn words(self) -> &'static Words {
        Words::of(self.language.get())
    }

    /// One word as a reactive text.
    pub fn t(self, pick: fn(&'static Words) -> &'static str) -> impl Fn() -> &'static str + Copy {
        move || pick(self.words())
    }

    /// Sends a request; its number.
    pub fn ask(self, message: Request) -> u32 {
        if matches!(message, Request::Patient { .. } | Request::OpioidPatient { .. }) {
            self.cover.hide();
        }
        let mut number = 0;
        self.border.update_value(|border| {
            border.last += 1;
            number = border.last;
            if let Some(link) = &border.link {
                link.send(number, message);
            }
        });
        number
    }

    /// Ends the worker, if any, and starts a new one.
    fn fresh_worker(self) {
        let worker = self.border.with_value(|border| border.worker) + 1;
        let link = Link::start(move |heard| {
            if self.border.try_with_value(|border| border.worker) == Some(worker) {
                self.hear(heard);
            }
        });
        if link.is_err() {
            self.broken.set(true);
        }
        self.border.update_value(|border| {
            if let Some(old) = border.link.take() {
                old.end();
            }
            border.link = link.ok();
            border.worker = worker;
        });
        self.tell_language();
        self.cover.tell(self);
    }

    fn tell_language(self) {
        let language = self.language.get_untracked();
        if language != Language::default() {
            self.ask(Request::SetLanguage(language));
        }
    }

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Died => self.die(),
            Heard::Reply(number, reply) => self.take(number, *reply),
        }
        self.count_requests();
    }

    /// Asks the browser how many requests there were.
    pub fn count_requests(self) {
        let now = browser::requests();
        if self.requests.get_untracked() != now {
            self.requests.set(now);
        }
    }

    fn take(self, number: u32, reply: Reply) {
        match reply {
            Reply::Progress(progress) => self.take_progress(progress),
            Reply::Read(view) => self.take_import(*view),
            Reply::Overview(view) => self.take_overview(*view),
            Reply::List(view) => self.list.take(self, number, *view),
            Reply::Patient(view) if self.lookup.take_patient(number, &view) => {}
            Reply::Patient(view) => {
                let profile = self.list.query.with_untracked(|query| query.profile.clone());
                self.timeline.of(self, profile, view.cpr.clone());
                self.list.take_patient(number, *view);
            }
            Reply::About(view) => self.about.take(number, *view),
            Reply::Attrition(view) => self.attrition.take(number, *view),
            Reply::Figures(view) => self.figures.take(number, *view),
            Reply::Timeline(view) => self.timeline.take(number, *view),
            Reply::Opioids(view) => self.opioids.take(self, number, *view),
            Reply::OpioidPatient(view) => {
                let profile = self.opioids.view.with_untracked(|view| {
                    view.as_ref().map(|view| view.profile.id.clone()).unwrap_or_default()
                });
                self.timeline.of(self, profile, view.patient.cpr.clone());
                self.opioids.take_patient(number, *view);
            }
            Reply::Quality(view) => self.quality.take(number, *view),
            Reply::Mapping(view) => self.mapping.take(number, *view),
            Reply::Factors(view) => self.factors.take(*view),
            Reply::LookUp(view) => self.lookup.take(number, *view),
            Reply::Reveal(text) => self.cover.take(number, text),
            Reply::Lines(lines) => self.take_lines(number, lines),
            Reply::Failed(text) => self.take_failure(text),
        }
    }

    fn take_progress(self, progress: Progress) {
        // Of nothing, as before the first report, nothing is half.
        let half = |progress: &Progress| {
            progress.all_size > 0 && progress.all_bytes * 2 >= progress.all_size
        };
        if !self.progress.with_untracked(half) && half(&progress) {
            self.said.set(progress.text.clone());
        }
        self.progress.set(progress);
    }

    /// Is there nothing that a report could be about? An empty session answers, too, when it is
    /// told the language.
    fn is_idle(self) -> bool {
        !self.reading.get_untracked() && self.import.with_untracked(Option::is_none)
    }

    fn take_import(self, view: ImportView) {
        if self.is_idle() {
            return;
        }
        if !view.still_reading {
            browser::mark("profilblik:read");
        }
        if view.files.is_empty() {
            self.room.set(Room::Import);
            self.reading.set(false);
            self.mapping.refresh(self);
        }
        if self.reading.get_untracked() && asks(&view) {
            browser::keep_focus();
            if self.room.get_untracked() != Room::Import {
                self.room.set(Room::Import);
            }
        }
        self.import.set(Some(view));
    }

    fn take_overview(self, view: OverviewView) {
        if self.is_idle() {
            return;
        }
        let done = !view.still_reading;
        let first = self
            .border
            .try_update_value(|border| std::mem::take(&mut border.awaiting_first))
            .unwrap_or(false);
        self.overview.set(Some(view));
        if self.reading.get_untracked() {
            self.show_result(first, done);
        }
        if done {
            self.mapping.refresh(self);
        }
        self.list.refresh(self);
        self.about.refresh(self);
        self.attrition.refresh(self);
        self.figures.refresh(self);
        self.opioids.refresh(self);
        self.quality.refresh(self);
        self.lookup.refresh(self);
    }

    /// The overview of what is being read has come: show it the first time, and say when all is in.
    fn show_result(self, first: bool, done: bool) {
        // The report of an earlier drop says nothing yet of what this one has in common with it.
        let stays = self.import.with_untracked(|view| match view {
            Some(view) if done => view.files.is_empty() || asks(view),
            Some(view) => !view.files.is_empty(),
            None => false,
        });
        if self.room.get_untracked() == Room::Import && !stays {
            self.room.set(Room::Overview);
        }
        if first {
            browser::mark_when_shown("profilblik:first-list");
        }
        if done {
            self.reading.set(false);
            browser::mark_when_shown("profilblik:all-evaluated");
            self.said.set(self.result());
        }
    }

    fn take_lines(self, number: u32, lines: Vec<LineView>) {
        let reason = self.border.try_update_value(|border| border.lines.remove(&number)).flatten();
        self.lines.update(|shown| {
            if let Some(known) = reason.and_then(|reason| shown.get_mut(&reason)) {
                *known = lines;
            }
        });
    }

    fn take_failure(self, text: String) {
        self.reading.set(false);
        self.said.set(text.clone());
        self.failed.set(text);
    }

    /// The worker is gone: no half list, a fresh worker for the next try.
    fn die(self) {
        self.clear();
        self.room.set(Room::Start);
        self.broken.set(true);
        self.fresh_worker();
    }

    /// Reads files, adding to what is there; invented patients never mix with real ones.
    pub fn open(self, files: &[File]) {
        if files.is_empty() {
            return;
        }
        if self.is_invented() {
            self.clear();
            self.fresh_worker();
        }
        let infos = files.iter().map(info).collect();
        self.begin();
        self.border.with_value(|border| border.link.as_ref().map(|link| link.add_files(files)));
        self.ask(Request::Open { files: infos, today: browser::today() });
    }

    /// Opens the invented patients instead of whatever is there.
    pub fn demo(self) {
        browser::mark_drop();
        if self.overview.with_untracked(Option::is_some) {
            self.clear();
            self.fresh_worker();
        }
        self.begin();
        self.ask(Request::Demo { patients: DEMO_PATIENTS, today: browser::today() });
    }

    fn begin(self) {
        self.broken.set(false);
        self.notice.set("");
        self.border.update_value(|border| border.awaiting_first = true);
        self.room.set(Room::Import);
        self.read_anew();
    }

    /// The files that were given to the worker.
    #[must_use]
    pub fn files(self) -> js_sys::Array {
        self.border.with_value(|border| border.link.as_ref().map(Link::files).unwrap_or_default())
    }

    fn is_invented(self) -> bool {
        self.overview.with_untracked(|view| view.as_ref().is_some_and(|view| view.strip.invented))
    }

    /// »Glem alt«: the worker ends, the page is empty.
    pub fn forget(self) {
        self.leave(self.words_now().forgotten);
    }

    /// The page is left: nothing of it waits in the browser's memory for »back«.
    pub fn leave_page(self) {
        self.clear();
        self.room.set(Room::Start);
        self.fresh_worker();
    }

    /// Stops reading; what was read so far is forgotten.
    pub fn stop(self) {
        self.leave(self.words_now().stopped);
    }

    /// Everything is forgotten, and why.
    pub fn leave(self, notice: &'static str) {
        self.clear();
        self.fresh_worker();
        self.room.set(Room::Start);
        self.notice.set(notice);
        self.said.set(notice.to_owned());
    }

    fn words_now(self) -> &'static Words {
        Words::of(self.language.get_untracked())
    }

    fn clear(self) {
        self.list.clear();
        self.about.clear();
        self.attrition.clear();
        self.figures.clear();
        self.timeline.clear();
        self.opioids.clear();
        self.quality.clear();
        self.mapping.clear();
        self.lookup.clear();
        self.factors.clear();
        self.reading.set(false);
        self.broken.set(false);
        self.failed.set(String::new());
        self.progress.set(Progress::default());
        self.import.set(None);
        self.overview.set(None);
        self.lines.set(BTreeMap::new());
        self.said.set(String::new());
        self.before_rules.set(Room::Start);
        self.cover.hide();
        // When what was shown is off the page, too.
        set_timeout(wipe, std::time::Duration::ZERO);
    }

    /// Danish ↔ English, texts of the worker included.
    pub fn switch_language(self) {
        self.language.update(|language| {
            *language = match language {
                Language::Danish => Language::English,
                Language::English => Language::Danish,
            };
        });
        browser::set_root("lang", if self.is_danish() { "da" } else { "en" });
        self.notice.set("");
        self.lines.set(BTreeMap::new());
        self.ask(Request::SetLanguage(self.language.get_untracked()));
    }

    fn is_danish(self) -> bool {
        self.language.get_untracked() == Language::Danish
    }

    /// Dark ↔ light.
    pub fn switch_theme(self) {
        let dark = !self.is_dark();
        self.dark.set(Some(dark));
        browser::set_root("data-theme", if dark { "dark" } else { "light" });
    }

    /// Is the page dark now? Reactive.
    #[must_use]
    pub fn is_dark(self) -> bool {
        self.dark.get().unwrap_or_else(browser::prefers_dark)
    }

    /// Index date as `YYYY-MM-DD`; `None` = the default of rule R1.
    pub fn set_index_date(self, date: Option<String>) {
        self.failed.set(String::new());
        self.ask(Request::SetIndexDate(date));
    }

    /// Lines set aside for a reason; again = hide them.
    pub fn show_lines(self, reason: &str) {
        if self.lines.try_update(|lines| lines.remove(reason)).flatten().is_some() {
            return;
        }
        self.lines.update(|lines| drop(lines.insert(reason.to_owned(), Vec::new())));
        let number = self.ask(Request::Lines { reason: reason.to_owned(), most: MOST_LINES });
        self.border.update_value(|border| drop(border.lines.insert(number, reason.to_owned())));
    }

    /// Opens a profile.
    pub fn show_profile(self, id: &str) {
        self.failed.set(String::new());
        self.list.open_profile(self, id);
        self.room.set(Room::Profile);
    }
}

impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}

fn info(file: &File) -> FileInfo {
    // A size below 2^53 is exact in f64, and never negative.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
    let size = file.size() as u64;
    FileInfo { name: file.name(), size }
}
