//! The open profile's list: which rows are wanted, which are here, where the cursor stands.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use crate::protocol::{ListQuery, Request};
use crate::view::{ListKind, ListView, PatientView, RowView};
use crate::web::browser;
use crate::web::state::App;
use crate::web::window::{PAGE, pages};

/// »All rows«: u64::MAX does not fit a JavaScript number.
const ALL_ROWS: u64 = u32::MAX as u64;
/// Pages kept on each side of what is seen.
const KEEP_PAGES: u64 = 8;

/// What the profile screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// On the list.
    #[default]
    Members,
    /// Cannot be decided.
    Undecided,
    /// How many fall at each criterion.
    Attrition,
    /// The measures.
    Figures,
    /// What the profile says about itself.
    About,
}

impl Tab {
    /// Is it one of the lists?
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(self, Self::Members | Self::Undecided)
    }
}

/// Where the cursor of the grid stands; row `None` = the headings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// Position in the list.
    pub row: Option<u64>,
    /// Column.
    pub column: usize,
}

/// Numbers that tell which replies still count, and which pages were asked for.
#[derive(Default)]
struct Asked {
    /// First request of the query in force; older replies are stale.
    epoch: u32,
    /// Epoch of the rows that are shown.
    shown: u32,
    pages: BTreeSet<u64>,
    patient: u32,
    print: u32,
    seen: (u64, u64),
}

/// Signals of the list.
#[derive(Clone, Copy)]
pub struct ListState {
    /// Query in force, without a row window.
    pub query: RwSignal<ListQuery>,
    /// Tab.
    pub tab: RwSignal<Tab>,
    /// The newest reply without its rows.
    pub head: RwSignal<Option<ListView>>,
    /// Rows that are here, by position.
    pub rows: RwSignal<BTreeMap<u64, RowView>>,
    /// Cursor.
    pub cursor: RwSignal<Cursor>,
    /// The panel is open.
    pub panel: RwSignal<bool>,
    /// The patient in the panel.
    pub patient: RwSignal<Option<PatientView>>,
    /// Counts up when the list has to scroll back to its top.
    pub to_top: RwSignal<u32>,
    /// The whole list, while it is printed.
    pub print: RwSignal<Option<ListView>>,
    /// »The print contains CPR numbers« is asked.
    pub print_asked: RwSignal<bool>,
    /// Rows in sight, as first and last + 1.
    pub in_view: RwSignal<(u64, u64)>,
    /// Said in the foot of the list after copying.
    pub toast: RwSignal<&'static str>,
    /// The rows are worked out on the page, from what [`crate::web::opioids_state`] holds.
    local: bool,
    asked: StoredValue<Asked>,
}

impl ListState {
    /// No profile open.
    #[must_use]
    pub fn new() -> Self {
        Self {
            query: RwSignal::default(),
            tab: RwSignal::default(),
            head: RwSignal::default(),
            rows: RwSignal::default(),
            cursor: RwSignal::default(),
            panel: RwSignal::default(),
            patient: RwSignal::default(),
            to_top: RwSignal::default(),
            print: RwSignal::default(),
            print_asked: RwSignal::default(),
            in_view: RwSignal::default(),
            toast: RwSignal::new(""),
            local: false,
            asked: StoredValue::new(Asked::default()),
        }
    }

    /// A list whose rows are worked out on the page.
    #[must_use]
    pub fn local() -> Self {
        Self { local: true, ..Self::new() }
    }

    /// »ny ved 90«, where a moved limit brought the row in.
    #[must_use]
    pub fn entered(self, row: &RowView) -> Option<String> {
        (self.local && !row.note.is_empty()).then(|| row.note.clone())
    }

    /// Nothing is open, nothing is kept.
    pub fn clear(self) {
        self.query.set(ListQuery::default());
        self.tab.set(Tab::Members);
        self.empty();
    }

    /// Nothing of it is kept, the query excepted.
    pub fn empty(self) {
        self.head.set(None);
        self.rows.set(BTreeMap::new());
        self.cursor.set(Cursor { row: Some(0), column: 0 });
        self.panel.set(false);
        self.patient.set(None);
        self.print.set(None);
        self.print_asked.set(false);
        self.toast.set("");
    }

    /// Opens a profile at its list.
    pub fn open_profile(self, app: App, id: &str) {
        if self.query.with_untracked(|query| query.profile != id) {
            self.query.set(ListQuery { profile: id.to_owned(), ..ListQuery::default() });
            self.tab.set(Tab::Members);
            self.empty();
        }
        self.asked.update_value(|asked| asked.seen = (0, 0));
        self.ask_anew(app);
    }

    /// Shows a tab of the open profile.
    pub fn show(self, app: App, tab: Tab) {
        self.tab.set(tab);
        let kind = match tab {
            Tab::Members => ListKind::Members,
            Tab::Undecided => ListKind::Undecided,
            Tab::Attrition | Tab::Figures | Tab::About => return,
        };
        if self.query.with_untracked(|query| query.kind != kind) {
            self.panel.set(false);
            self.change(app, |query| {
                query.kind = kind;
                query.sort = None;
                query.search = String::new();
            });
        }
    }

    /// Changes the query; the list starts at its top.
    pub fn change(self, app: App, change: impl FnOnce(&mut ListQuery)) {
        self.query.update(change);
        self.cursor.update(|cursor| cursor.row = cursor.row.map(|_| 0));
        self.to_top.update(|count| *count += 1);
        self.asked.update_value(|asked| asked.seen = (0, 0));
        self.ask_anew(app);
    }

    /// A heading was chosen: descending, ascending, the profile's order.
    pub fn sort_by(self, app: App, key: &str) {
        self.change(app, |query| {
            query.sort = match query.sort.take() {
                Some((known, true)) if known == key => Some((known, false)),
                Some((known, false)) if known == key => None,
                _ => Some((key.to_owned(), true)),
            };
        });
    }

    /// The figures changed under the list: the same rows again.
    pub fn refresh(self, app: App) {
        if self.query.with_untracked(|query| !query.profile.is_empty()) {
            self.ask_anew(app);
            self.ask_patient(app);
        }
    }

    /// New epoch: asks for what is seen; old rows stay until the answer comes.
    fn ask_anew(self, app: App) {
        if self.local {
            return app.opioids.arrange(app);
        }
        let (first, last) = self.asked.with_value(|asked| asked.seen);
        self.asked.update_value(|asked| {
            asked.pages.clear();
            asked.epoch = 0;
        });
        self.want(app, first, last.max(first + 1));
    }

    /// These rows are seen or nearly: asks for the pages that are missing.
    pub fn want(self, app: App, first: u64, last: u64) {
        self.asked.update_value(|asked| asked.seen = (first, last));
        if self.local {
            return app.opioids.fill(app, first, last);
        }
        let wanted: Vec<u64> = self.asked.with_value(|asked| {
            pages(first, last).filter(|page| !asked.pages.contains(page)).collect()
        });
        for page in wanted {
            let query = self.query.get_untracked();
            let query = ListQuery { first: page * PAGE, count: PAGE, ..query };
            let number = app.ask(Request::List(query));
            self.asked.update_value(|asked| {
                asked.pages.insert(page);
                if asked.epoch == 0 {
                    asked.epoch = number;
                }
            });
        }
    }

    /// Rows came.
    pub fn take(self, app: App, number: u32, mut view: ListView) {
        if self.asked.with_value(|asked| asked.print == number) {
            self.print.set(Some(view));
            browser::print_when_shown();
            return;
        }
        if number < self.asked.with_value(|asked| asked.epoch) {
            return;
        }
        let rows = std::mem::take(&mut view.rows);
        let first_of_epoch = self.asked.with_value(|asked| asked.shown != asked.epoch);
        self.asked.update_value(|asked| asked.shown = asked.epoch);
        self.rows.update(|known| {
            if first_of_epoch {
                known.clear();
            }
            known.extend(rows.into_iter().map(|row| (row.position, row)));
        });
        self.drop_far_rows();
        self.settle(app, view, first_of_epoch);
    }

    fn settle(self, app: App, view: ListView, first_of_epoch: bool) {
        let matching = view.matching;
        if first_of_epoch {
            app.said.set(said(app, &view));
        }
        self.head.set(Some(view));
        self.cursor.update(|cursor| {
            cursor.row = cursor.row.map(|row| row.min(matching.saturating_sub(1)));
        });
        let stale = self.patient.with_untracked(|patient| {
            patient.as_ref().map(|patient| patient.cpr.clone()) != self.cpr_at_cursor()
        });
        if stale {
            self.ask_patient(app);
        }
    }

    /// Only what is near the window stays: fewer rows of patients on the page, and less memory.
    fn drop_far_rows(self) {
        let (first, last) = self.asked.with_value(|asked| asked.seen);
        let low = first.saturating_sub(KEEP_PAGES * PAGE);
        let high = last + KEEP_PAGES * PAGE;
        self.rows.update(|rows| rows.retain(|row, _| (low..high).contains(row)));
        self.asked.update_value(|asked| {
            asked.pages.retain(|page| page * PAGE + PAGE > low && page * PAGE < high);
        });
    }

    /// CPR of the row under the cursor, if it is here.
    #[must_use]
    pub fn cpr_at_cursor(self) -> Option<String> {
        let row = self.cursor.get_untracked().row?;
        self.rows.with_untracked(|rows| rows.get(&row).map(|row| row.cpr.clone()))
    }

    /// Moves the cursor; an open panel follows.
    pub fn go(self, app: App, cursor: Cursor) {
        let moved = self.cursor.get_untracked().row != cursor.row;
        self.cursor.set(cursor);
        self.toast.set("");
        if moved {
            self.ask_patient(app);
        }
    }

    /// Moves the cursor by rows; a header stays where it is.
    pub fn step(self, app: App, by: i64) {
        let last = self.matching().saturating_sub(1);
        let cursor = self.cursor.get_untracked();
        let row = cursor.row.unwrap_or(0).saturating_add_signed(by).min(last);
        self.go(app, Cursor { row: Some(row), ..cursor });
    }

    /// Rows that the search leaves.
    #[must_use]
    pub fn matching(self) -> u64 {
        self.head.with_untracked(|head| head.as_ref().map_or(0, |head| head.matching))
    }

    /// Opens the panel for the row under the cursor.
    pub fn open_panel(self, app: App) {
        if self.matching() > 0 {
            self.panel.set(true);
            self.ask_patient(app);
        }
    }

    /// Closes the panel.
    pub fn close_panel(self) {
        self.panel.set(false);
        self.patient.set(None);
    }

    /// Rows in sight and nearly.
    #[must_use]
    pub fn seen(self) -> (u64, u64) {
        self.asked.with_value(|asked| asked.seen)
    }

    /// Asks for the patient under the cursor, if the panel is open and the row is here.
    pub fn ask_patient(self, app: App) {
        if !self.panel.get_untracked() {
            return;
        }
        let Some(cpr) = self.cpr_at_cursor() else { return };
        if self.local {
            return app.opioids.ask_patient(app, cpr);
        }
        let query = self.query.get_untracked();
        let profile = query.profile.clone();
        let number = app.ask(Request::Patient { profile, cpr, query });
        self.asked.update_value(|asked| asked.patient = number);
    }

    /// The panel's content came.
    pub fn take_patient(self, number: u32, view: PatientView) {
        let newest = self.asked.with_value(|asked| asked.patient == number);
        if newest && self.panel.get_untracked() {
            self.patient.set(Some(view));
        }
    }

    /// Asks for the whole list; it is printed when it comes.
    pub fn ask_print(self, app: App) {
        self.print_asked.set(false);
        if self.local {
            return app.opioids.print(app);
        }
        let query = self.query.get_untracked();
        let query = ListQuery { first: 0, count: ALL_ROWS, ..query };
        let number = app.ask(Request::List(query));
        self.asked.update_value(|asked| asked.print = number);
    }
}

impl Default for ListState {
    fn default() -> Self {
        Self::new()
    }
}

/// »33 af 41 vist« for the live region.
fn said(app: App, view: &ListView) -> String {
    use crate::web::text::{Words, count};
    let language = app.language.get_untracked();
    let words = Words::of(language);
    let (matching, total) = (count(view.matching, language), count(view.total, language));
    format!("{matching} {} {total} {}", words.of, words.shown)
}
