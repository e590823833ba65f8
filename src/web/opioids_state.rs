//! »Opioider«: the rows that the worker sent, and what was chosen of them. The limit, the filters
//! and the order are worked out here, without the worker.

use std::sync::Arc;

use leptos::prelude::*;

use crate::protocol::Request;
use crate::view::opioids::OpioidsView;
use crate::view::opioids::arrange::{Arranged, Choice, Figure};
use crate::view::opioids::panel::OpioidPatientView;
use crate::view::{ListView, text_opioids_limit as text_opioids};
use crate::web::browser;
use crate::web::list_state::ListState;
use crate::web::state::{App, Room};

/// Signals of the page.
#[derive(Clone, Copy)]
pub struct OpioidsState {
    /// What the worker sent.
    pub view: RwSignal<Option<Arc<OpioidsView>>>,
    /// What was chosen; search and sort stand in the list's query.
    pub choice: RwSignal<Choice>,
    /// What follows from both.
    pub arranged: RwSignal<Arranged>,
    /// The list.
    pub list: ListState,
    /// The panel's content.
    pub patient: RwSignal<Option<OpioidPatientView>>,
    /// The dialog of flags is open.
    pub dialog: RwSignal<bool>,
    asked: StoredValue<(u32, u32)>,
}

impl OpioidsState {
    /// Nothing asked for yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            view: RwSignal::default(),
            choice: RwSignal::default(),
            arranged: RwSignal::default(),
            list: ListState::local(),
            patient: RwSignal::default(),
            dialog: RwSignal::default(),
            asked: StoredValue::default(),
        }
    }

    /// Nothing is kept.
    pub fn clear(self) {
        self.asked.set_value((0, 0));
        self.dialog.set(false);
        self.patient.set(None);
        self.list.clear();
        self.view.set(None);
        self.choice.set(Choice::default());
        self.arranged.set(Arranged::default());
    }

    /// Asks for all rows.
    pub fn ask(self, app: App) {
        let number = app.ask(Request::Opioids);
        self.asked.update_value(|asked| asked.0 = number);
    }

    /// The figures changed; the old ones stay until the answer comes.
    pub fn refresh(self, app: App) {
        if app.room.get_untracked() == Room::Opioids {
            self.ask(app);
        } else {
            self.view.set(None);
        }
    }

    /// The rows came. What was chosen stays, if it is the same profile.
    pub fn take(self, app: App, number: u32, view: OpioidsView) {
        if self.asked.get_value().0 != number {
            return;
        }
        let same =
            self.list.query.with_untracked(|query| query.profile == view.profile.fingerprint)
                && !self.choice.with_untracked(|choice| choice.shown.is_empty());
        if !same {
            self.list.empty();
            self.list.query.update(|query| query.profile = view.profile.fingerprint.clone());
            let on = view.flags.iter().zip(0u32..).filter(|(flag, _)| flag.on);
            let shown = on.map(|(_, at)| at).collect();
            self.choice.set(Choice { shown, ..Choice::default() });
        }
        self.view.set(Some(Arc::new(view)));
        self.arrange(app);
        self.list.ask_patient(app);
    }

    /// Changes what is chosen; the list starts at its top.
    pub fn change(self, app: App, change: impl FnOnce(&mut Choice)) {
        self.choice.update(change);
        self.list.change(app, |_| ());
    }

    /// A figure is a filter; again = all.
    pub fn pick(self, app: App, figure: Figure) {
        self.change(app, |choice| {
            let again = choice.figure == Some(figure) || figure == Figure::Users;
            choice.figure = (!again).then_some(figure);
        });
    }

    /// Moves the limit; the profile's own is no move.
    pub fn move_limit(self, app: App, to: Option<u32>) {
        self.change(app, |choice| choice.limit = to);
    }

    /// Filters, sorts and counts anew.
    pub fn arrange(self, app: App) {
        let Some(view) = self.view.get_untracked() else { return };
        let choice = self.choice_in_force();
        let arranged = view.arrange(&choice);
        let language = app.language.get_untracked();
        let matching = arranged.order.len() as u64;
        self.arranged.set(arranged);
        self.list.head.set(Some(ListView {
            profile: view.profile.clone(),
            columns: view.columns(&choice, language),
            total: view.users.len() as u64,
            matching,
            still_reading: view.undecided.clone(),
            ..ListView::default()
        }));
        let (first, last) = self.list.seen();
        self.list.rows.set(std::collections::BTreeMap::new());
        self.fill(app, first, last.max(first + FIRST_ROWS));
        self.list.cursor.update(|cursor| {
            cursor.row = cursor.row.map(|row| row.min(matching.saturating_sub(1)));
        });
    }

    /// Search and sort stand in the list's query, where its grid puts them.
    fn choice_in_force(self) -> Choice {
        let mut choice = self.choice.get_untracked();
        self.list.query.with_untracked(|query| {
            choice.search.clone_from(&query.search);
            choice.sort.clone_from(&query.sort);
        });
        choice
    }

    /// Makes the rows in sight that are not there yet.
    pub fn fill(self, app: App, first: u64, last: u64) {
        let Some(view) = self.view.get_untracked() else { return };
        let there = self
            .list
            .rows
            .with_untracked(|rows| (first..last).all(|place| rows.contains_key(&place)));
        if there {
            return;
        }
        let language = app.language.get_untracked();
        let choice = self.choice_in_force();
        let made = self
            .arranged
            .with_untracked(|arranged| view.rows(&choice, arranged, (first, last), language));
        self.list.rows.set(made.into_iter().map(|row| (row.position, row)).collect());
    }

    /// Asks for one user.
    pub fn ask_patient(self, app: App, cpr: String) {
        let other = |one: &Option<OpioidPatientView>| {
            one.as_ref().is_some_and(|one| one.patient.cpr != cpr)
        };
        if self.patient.with_untracked(other) {
            self.patient.set(None);
        }
        let number = app.ask(Request::OpioidPatient { cpr });
        self.asked.update_value(|asked| asked.1 = number);
    }

    /// The panel's content came.
    pub fn take_patient(self, number: u32, view: OpioidPatientView) {
        if self.asked.get_value().1 == number && self.list.panel.get_untracked() {
            self.patient.set(Some(view));
        }
    }

    /// Prints the list as it is arranged, with everything that it rests on.
    pub fn print(self, app: App) {
        let Some(view) = self.view.get_untracked() else { return };
        let language = app.language.get_untracked();
        let choice = self.choice_in_force();
        let (matching, rows) = self.arranged.with_untracked(|arranged| {
            let matching = arranged.order.len() as u64;
            (matching, view.rows(&choice, arranged, (0, matching), language))
        });
        let strip = app.overview.with_untracked(|all| all.as_ref().map(|all| all.strip.clone()));
        let mut profile = view.profile.clone();
        profile.title.clone_from(&view.heading);
        self.list.print.set(Some(ListView {
            strip: strip.unwrap_or_default(),
            purpose: text_opioids::paper(&view, &choice, language),
            profile,
            columns: view.columns(&choice, language),
            total: view.users.len() as u64,
            matching,
            rows,
            ..ListView::default()
        }));
        browser::print_when_shown();
    }

    /// »Grænse flyttet: 90 mg«; reactive.
    #[must_use]
    pub fn mark(self, app: App) -> Option<String> {
        let view = self.view.get()?;
        let choice = self.choice.get();
        let limit = view.limit_in_force(&choice)?;
        view.is_moved(&choice).then(|| text_opioids::moved_mark(limit, app.language.get()))
    }
}

impl Default for OpioidsState {
    fn default() -> Self {
        Self::new()
    }
}

// Rows made before the grid has told how many it shows.
const FIRST_ROWS: u64 = 128;

impl App {
    /// Opens »Opioider«, where something was read.
    pub fn show_opioids(self) {
        if self.overview.with_untracked(Option::is_some) {
            self.failed.set(String::new());
            self.opioids.ask(self);
            self.room.set(Room::Opioids);
        }
    }

    /// A marker of the page's profile on or off, in its list and panel, too.
    pub fn switch_marker(self, marker: String, on: bool) {
        if let Some(profile) = self.opioids_profile() {
            self.ask(Request::SwitchMarker { profile, marker, on });
        }
    }

    /// Another variant of a criterion of the page's profile.
    pub fn choose_variant(self, criterion: String, variant: String) {
        if let Some(profile) = self.opioids_profile() {
            self.ask(Request::Choose { profile, criterion, variant });
        }
    }

    fn opioids_profile(self) -> Option<String> {
        self.opioids.view.with_untracked(|view| view.as_ref().map(|view| view.profile.id.clone()))
    }

    /// The list of the screen one is on; reactive.
    #[must_use]
    pub fn open_list(self) -> Option<ListState> {
        match self.room.get() {
            Room::Profile => Some(self.list),
            Room::Opioids => Some(self.opioids.list),
            _ => None,
        }
    }
}
