//! What the page asks of the browser: marks, theme, today, focus, clipboard, print.

use js_sys::Date;
use leptos::prelude::request_animation_frame;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, Element, HtmlElement, PerformanceEntry, Window};

const MARKS: [&str; 4] =
    ["profilblik:drop", "profilblik:read", "profilblik:first-list", "profilblik:all-evaluated"];

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// Sets a User Timing mark.
pub fn mark(name: &str) {
    if let Some(performance) = window().and_then(|window| window.performance()) {
        let _ = performance.mark(name);
    }
}

/// Something was dropped: the clock of the marks starts again.
pub fn mark_drop() {
    if let Some(performance) = window().and_then(|window| window.performance()) {
        MARKS.iter().for_each(|name| performance.clear_marks_with_mark_name(name));
    }
    mark("profilblik:drop");
}

/// Sets a mark when what was just changed is on the screen.
pub fn mark_when_shown(name: &'static str) {
    request_animation_frame(move || mark(name));
}

/// Requests that left the page's document since it was loaded; the page's own blobs are none.
#[must_use]
pub fn requests() -> usize {
    let Some(performance) = window().and_then(|window| window.performance()) else { return 0 };
    let local = |name: String| name.starts_with("blob:") || name.starts_with("data:");
    let entries = performance.get_entries_by_type("resource");
    entries.iter().filter(|entry| !local(entry.unchecked_ref::<PerformanceEntry>().name())).count()
}

/// Today as `YYYY-MM-DD`, in local time.
#[must_use]
pub fn today() -> String {
    let now = Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

/// The clock on the wall, in milliseconds.
#[must_use]
pub fn now() -> f64 {
    Date::now()
}

/// Two random numbers of the browser's own source; what they begin is never derived from data.
#[must_use]
pub fn random() -> (u32, u32) {
    let mut bytes = [0; 8];
    if let Some(crypto) = window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    let both = u64::from_le_bytes(bytes);
    ((both >> 32) as u32, (both & u64::from(u32::MAX)) as u32)
}

/// Does something every second, as long as the page is there.
pub fn every_second(act: impl FnMut() + 'static) {
    let act = Closure::<dyn FnMut()>::new(act);
    if let Some(window) = window() {
        let tick = act.as_ref().unchecked_ref();
        let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(tick, 1000);
    }
    act.forget();
}

/// Does the system ask for dark?
#[must_use]
pub fn prefers_dark() -> bool {
    let query = window().and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// Sets an attribute of the root element.
pub fn set_root(name: &str, value: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute(name, value);
    }
}

/// The first digits of the build's fingerprint, as the packing left them.
#[must_use]
pub fn build() -> String {
    let meta = "meta[name=build]";
    let meta = document().and_then(|document| document.query_selector(meta).ok().flatten());
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// Does a dialog stand over the page?
#[must_use]
pub fn has_open_dialog() -> bool {
    let found =
        document().and_then(|document| document.query_selector("dialog[open]").ok().flatten());
    found.is_some()
}

/// The element of an id.
#[must_use]
pub fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the focus to the element of an id once it is there.
pub fn focus_soon(id: &'static str) {
    request_animation_frame(move || focus(id));
}

/// Moves the focus to the element of an id.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.focus();
    }
}

/// Call while something is about to be laid out anew: the focus returns to the element of the same
/// id if the old one is gone.
pub fn keep_focus() {
    let id = document().and_then(|document| document.active_element()).map(|element| element.id());
    let Some(id) = id.filter(|id| !id.is_empty()) else { return };
    request_animation_frame(move || {
        let lost = document().and_then(|document| document.active_element());
        if lost.is_none_or(|element| element.tag_name() == "BODY") {
            focus(&id);
        }
    });
}

/// Does the focus stand in something that takes text?
#[must_use]
pub fn is_typing() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|element: Element| {
        matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA")
    })
}

/// Copies text; `done` hears whether it worked.
pub fn copy(text: String, done: impl FnOnce(bool) + 'static) {
    // Absent on pages that are not secure; reading the getter would then throw later.
    let clipboard = window().and_then(|window| {
        let navigator = window.navigator();
        let there = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok()?;
        (!there.is_undefined()).then(|| navigator.clipboard())
    });
    let Some(clipboard) = clipboard else { return done(false) };
    spawn_local(async move {
        done(JsFuture::from(clipboard.write_text(&text)).await.is_ok());
    });
}

/// Prints the page when what was just changed is laid out.
pub fn print_when_shown() {
    request_animation_frame(|| {
        request_animation_frame(|| {
            if let Some(window) = window() {
                let _ = window.print();
            }
        });
    });
}
