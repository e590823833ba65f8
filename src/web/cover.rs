//! »Skærm til andre«: the switch, and the one patient that is shown on purpose for ten seconds. The
//! worker puts pseudonyms in; the page asks with them, and holds no CPR number meanwhile.

use leptos::prelude::*;

use crate::protocol::Request;
use crate::web::browser;
use crate::web::state::{App, Room};
use crate::web::text_privacy::{PrivacyWords, word};

/// Seconds for which a patient is shown.
const SHOWN_FOR: u32 = 10;

/// Is it on, and who is shown on purpose.
#[derive(Clone, Copy, Default)]
pub struct CoverState {
    /// On?
    pub on: RwSignal<bool>,
    /// CPR and name of the one that is shown; empty = nobody.
    shown: RwSignal<String>,
    left: RwSignal<u32>,
    asked: StoredValue<u32>,
}

impl CoverState {
    /// Nobody is shown any more; an answer under way does not count.
    pub fn hide(self) {
        self.asked.set_value(0);
        self.left.set(0);
        if self.shown.with_untracked(|shown| !shown.is_empty()) {
            self.shown.set(String::new());
        }
    }

    /// A second has passed.
    pub fn tick(self) {
        match self.left.get_untracked() {
            0 => {}
            1 => self.hide(),
            left => self.left.set(left - 1),
        }
    }

    /// Who it is came.
    pub fn take(self, number: u32, text: String) {
        if self.asked.get_value() == number && self.on.get_untracked() {
            self.shown.set(text);
            self.left.set(SHOWN_FOR);
        }
    }

    /// To a new worker: the cover stays on.
    pub fn tell(self, app: App) {
        if self.on.get_untracked() {
            app.ask(Request::Cover(Some(browser::random())));
        }
    }

    fn reveal(self, app: App) {
        let whom = untrack(|| app.open_list()).and_then(|list| list.cpr_at_cursor());
        if let Some(whom) = whom {
            self.asked.set_value(app.ask(Request::Reveal(whom)));
        }
    }
}

impl App {
    /// »Skærm til andre« on or off: what the page holds goes at once, and comes anew.
    pub fn switch_cover(self) {
        let on = !self.cover.on.get_untracked();
        let profile = self.list.query.with_untracked(|query| query.profile.clone());
        self.cover.hide();
        self.cover.on.set(on);
        self.list.clear();
        self.timeline.clear();
        self.opioids.clear();
        self.quality.clear();
        self.lookup.clear();
        self.lines.update(std::collections::BTreeMap::clear);
        self.failed.set(String::new());
        self.ask(Request::Cover(on.then(browser::random)));
        let words = PrivacyWords::of(self.language.get_untracked());
        self.said.set(if on { words.covered } else { words.uncovered }.to_owned());
        match self.room.get_untracked() {
            Room::Profile if !profile.is_empty() => self.show_profile(&profile),
            Room::Opioids => self.show_opioids(),
            // What it shows comes with the new counts.
            Room::Quality => self.quality.refresh(self),
            _ => {}
        }
    }
}

/// The switch of the header.
pub fn button(app: App) -> AnyView {
    view! {
        <button type="button" class="tbtn" id="cover" aria-pressed=move || app.cover.on.get().to_string()
            on:click=move |_| app.switch_cover()>
            {word(app, |w| w.cover)}" "<kbd>"S"</kbd>
        </button>
    }
    .into_any()
}

/// In the strip, while it is on.
pub fn mark(app: App) -> AnyView {
    (move || {
        let on = app.cover.on.get();
        on.then(|| view! { <div class="demo">{word(app, |w| w.covered)}</div> })
    })
    .into_any()
}

/// Who the patient in the panel is: a button, then ten seconds.
pub fn reveal(app: App) -> AnyView {
    (move || app.cover.on.get().then(|| who(app))).into_any()
}

fn who(app: App) -> AnyView {
    let state = app.cover;
    let button = move || {
        view! {
            <button type="button" class="btn s" id="reveal" on:click=move |_| state.reveal(app)>
                {word(app, |w| w.reveal)}
            </button>
        }
    };
    view! {
        <div>
            <Show when=move || state.shown.with(String::is_empty)
                fallback=move || view! {
                    <b class="mono" id="revealed">{move || state.shown.get()}</b>" "
                    <span aria-hidden="true">{move || state.left.get()}" s"</span>
                }>
                {button}
            </Show>
        </div>
    }
    .into_any()
}
