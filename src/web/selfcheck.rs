//! »Selvtjek«: what this browser and this host guarantee, tried out and not promised; and the log of
//! use that a clinic can save. The page's own code can neither connect nor save: both stand in
//! `www/start.js`, and are asked for by name.

use js_sys::{Array, Function, Promise, Reflect};
use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::view::use_log::Use;
use crate::web::browser;
use crate::web::chip::{Shape, shape};
use crate::web::state::App;
use crate::web::text_selfcheck::{POINTS, SelfCheckWords};

/// What the probes found, one per point: 0 does not hold, 1 holds, 2 cannot be seen from here, 3 does
/// not exist here.
#[derive(Clone, Copy, Default)]
pub struct SelfCheck {
    open: RwSignal<bool>,
    found: RwSignal<Vec<u8>>,
}

impl SelfCheck {
    /// Is the dialog asked for?
    pub fn asked(self) -> Signal<bool> {
        self.open.into()
    }

    /// Tries everything anew and shows it.
    pub fn show(self) {
        self.open.set(true);
        self.found.set(Vec::new());
        self.probe();
    }

    /// Tries everything as soon as the page is locked. What is found stands in the state strip and,
    /// where something does not hold, on the first screen.
    pub fn probe(self) {
        let Some(probes) = prepared("check", &Array::new()) else { return };
        spawn_local(async move {
            let found = JsFuture::from(Promise::from(probes)).await.unwrap_or(JsValue::NULL);
            let found = Array::from(&found);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 3")]
            let points = found.iter().map(|one| one.as_f64().unwrap_or(0.0) as u8);
            self.found.set(points.collect());
        });
    }
}

/// Calls what `start.js` has prepared under a name.
fn prepared(name: &str, given: &Array) -> Option<JsValue> {
    let all = Reflect::get(&js_sys::global(), &"profilblik".into()).ok()?;
    let act: Function = Reflect::get(&all, &name.into()).ok()?.dyn_into().ok()?;
    Reflect::apply(&act, &all, given).ok()
}

/// »1.0.0 9f31·c2aa«: version and fingerprint of this build.
#[must_use]
pub fn build() -> String {
    format!("{} {}", env!("CARGO_PKG_VERSION"), browser::build())
}

/// What a print was made with: program, version and fingerprint of the build.
pub fn stamp() -> AnyView {
    view! { <span class="mono">"Profilblik"" "{build()}</span> }.into_any()
}

/// In the state strip: how many points do not hold, and whether that is known yet.
pub fn short(app: App) -> AnyView {
    let words = move || SelfCheckWords::of(app.language.get());
    let text = move || match bad(app) {
        0 => words().title.to_owned(),
        1 => format!("1 {}", words().one_in_strip),
        bad => format!("{bad} {}", words().some_in_strip),
    };
    let tried = move || app.selfcheck.found.with(|found| !found.is_empty());
    view! {
        <button type="button" class="lnk" class:leak=move || { bad(app) > 0 } id="selfcheck-open"
            data-tried=move || tried().then_some("")
            on:click=move |_| app.selfcheck.show()>
            {move || (bad(app) > 0).then(|| shape(Shape::Diamond))}{text}
        </button>
    }
    .into_any()
}

/// On the first screen, where something does not hold.
pub fn warning(app: App) -> AnyView {
    let words = move || SelfCheckWords::of(app.language.get());
    let shown = move || bad(app) > 0;
    view! {
        <Show when=shown>
            <div class="msg bad" id="selfcheck-warning">
                {shape(Shape::Diamond)}
                <p><b>{move || words().title}": "</b>{move || head(app)}" "
                    <button type="button" class="lnk" on:click=move |_| app.selfcheck.show()>
                        {move || words().which}
                    </button>
                </p>
            </div>
        </Show>
    }
    .into_any()
}

/// The dialog.
pub fn dialog(app: App) -> AnyView {
    let state = app.selfcheck;
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let (true, Some(dialog)) = (state.open.get(), node.get()) {
            let _ = dialog.show_modal();
        }
    });
    let close = move |_| {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    let words = move || SelfCheckWords::of(app.language.get());
    view! {
        <dialog id="selfcheck" node_ref=node aria-labelledby="selfcheck-title"
            on:close=move |_| state.open.set(false)>
            <h2 id="selfcheck-title">{move || words().title}</h2>
            <p role="status">{move || head(app)}</p>
            <ul class="checks">{move || points(app)}</ul>
            <p>{move || words().build}" "<span class="mono">{build()}</span></p>
            {move || words().hints.map(|hint| view! { <p class="sm">{hint}</p> })}
            {crate::web::idle::choice(app)}
            <p class="end">
                <button type="button" class="btn" id="save-log" disabled=move || app.overview.with(Option::is_none)
                    on:click=move |_| save(app, false)>{move || words().save}</button>" "
                <button type="button" class="btn" id="save-log-json" disabled=move || app.overview.with(Option::is_none)
                    on:click=move |_| save(app, true)>{move || words().save_json}</button>" "
                <button type="button" class="btn p" on:click=close>{app.t(|w| w.close)}</button>
            </p>
        </dialog>
    }
    .into_any()
}

fn head(app: App) -> String {
    let words = SelfCheckWords::of(app.language.get());
    let bad = bad(app);
    match app.selfcheck.found.with(Vec::is_empty) {
        true => words.trying.to_owned(),
        false if bad == 0 => words.all_hold.to_owned(),
        false if bad == 1 => format!("1 {}", words.one_does_not),
        false => format!("{bad} {}", words.some_do_not),
    }
}

fn bad(app: App) -> usize {
    app.selfcheck.found.with(|found| found.iter().filter(|point| **point == 0).count())
}

fn points(app: App) -> Vec<AnyView> {
    let words = SelfCheckWords::of(app.language.get());
    let found = app.selfcheck.found.get();
    let mut from_disk = words.from_disk.iter();
    let one = |(point, [holds, fails]): (&u8, &[&'static str; 2])| {
        let (form, class, state, text) = match point {
            1 => (Shape::Tick, "ok", words.states[1], holds),
            0 => (Shape::Diamond, "leak", words.states[0], fails),
            3 => (Shape::Unknown, "mute", words.states[3], from_disk.next().unwrap_or(holds)),
            _ => (Shape::Unknown, "mute", words.states[2], holds),
        };
        view! { <li class=class>{shape(form)}<span><b>{state}": "</b>{*text}</span></li> }
            .into_any()
    };
    let points: [_; POINTS] = words.points;
    found.iter().zip(&points).map(one).collect()
}

/// The log of use, as a table or as JSON.
fn save(app: App, json: bool) {
    let (today, build) = (browser::today(), build());
    let text = app.overview.with_untracked(|view| {
        let log = Use { overview: view.as_ref()?, today: &today, build: &build };
        let headings = SelfCheckWords::of(app.language.get_untracked()).columns;
        Some(if json { log.json() } else { log.table(headings) })
    });
    let Some(text) = text else { return };
    prepared("log", &Array::of3(&text.into(), &app.files(), &json.into()));
}
