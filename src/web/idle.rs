//! Nobody is there: after some minutes the page forgets everything, and says so a minute before.

use leptos::ev;
use leptos::prelude::*;

use crate::web::browser;
use crate::web::state::App;
use crate::web::text_privacy::{PrivacyWords, word};

/// Minutes, unless chosen otherwise, and the most that can be chosen.
const MINUTES: u32 = 10;
const MOST_MINUTES: u32 = 30;
/// Seconds between the warning and the end; of a single minute half of it.
const WARNED: u32 = 60;

/// When somebody was last there, and what is said about it.
#[derive(Clone, Copy)]
pub struct IdleState {
    minutes: RwSignal<u32>,
    /// Seconds left; 0 = no warning.
    left: RwSignal<u32>,
    since: StoredValue<f64>,
}

impl IdleState {
    /// Somebody is there.
    #[must_use]
    pub fn new() -> Self {
        let minutes = RwSignal::new(MINUTES);
        Self { minutes, left: RwSignal::default(), since: StoredValue::new(browser::now()) }
    }

    /// Somebody did something.
    pub fn stay(self) {
        self.since.set_value(browser::now());
        if self.left.get_untracked() > 0 {
            self.left.set(0);
        }
    }

    // The clock on the wall, so that a computer that slept forgets as it wakes.
    fn tick(self, app: App) {
        if app.import.with_untracked(Option::is_none) || app.reading.get_untracked() {
            return self.stay();
        }
        let limit = 60 * self.minutes.get_untracked();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let gone = ((browser::now() - self.since.get_value()) / 1000.0) as u32;
        match limit.saturating_sub(gone) {
            0 => {
                self.stay();
                app.leave(PrivacyWords::of(app.language.get_untracked()).idle_forgotten);
            }
            left if left <= WARNED.min(limit / 2) => self.left.set(left),
            _ => {}
        }
    }
}

impl Default for IdleState {
    fn default() -> Self {
        Self::new()
    }
}

/// Watches for signs of somebody, and lets the seconds pass.
pub fn listen(app: App) {
    // While the warning stands, only its button or a key says that somebody is there.
    let seen = move || {
        if app.idle.left.get_untracked() == 0 {
            app.idle.stay();
        }
    };
    let _ = window_event_listener(ev::keydown, move |_| seen());
    let _ = window_event_listener(ev::pointerdown, move |_| seen());
    let _ = window_event_listener(ev::wheel, move |_| seen());
    let _ = window_event_listener(ev::dragover, move |_| seen());
    browser::every_second(move || {
        app.count_requests();
        app.cover.tick();
        app.idle.tick(app);
    });
}

/// The warning, under the strip.
pub fn warning(app: App) -> AnyView {
    let state = app.idle;
    view! {
        <Show when=move || state.left.get() != 0>
            <div class="msg bad" id="idle">
                <p role="alert">{word(app, |w| w.idle)}</p>
                <b aria-hidden="true">{move || state.left.get()}" s"</b>
                <button type="button" class="btn s p" id="stay" on:click=move |_| state.stay()>
                    {word(app, |w| w.stay)}
                </button>
            </div>
        </Show>
    }
    .into_any()
}

/// After how many minutes.
pub fn choice(app: App) -> AnyView {
    let state = app.idle;
    let change = move |event| {
        let typed = event_target_value(&event).parse().unwrap_or(MINUTES);
        state.minutes.set(typed.clamp(1, MOST_MINUTES));
        state.stay();
    };
    view! {
        <label class="check">
            {word(app, |w| w.minutes)}" "
            <input type="number" id="minutes" min="1" max="30" autocomplete="off"
                prop:value=move || state.minutes.get() on:change=change />
        </label>
    }
    .into_any()
}
