//! A table that comes in by Ctrl+V: no permission is asked, since the browser hands over what is
//! pasted with the event itself.

use leptos::ev;
use leptos::prelude::*;
use web_sys::{ClipboardEvent, File};

use crate::web::browser;
use crate::web::state::App;
use crate::web::text_paste::PasteWords;

/// Listens on the whole page; a field that is being typed in keeps what is pasted.
pub fn listen(app: App) {
    let _ = window_event_listener(ev::paste, move |event: ClipboardEvent| {
        if !browser::is_typing() {
            take(app, &event);
        }
    });
}

fn take(app: App, event: &ClipboardEvent) {
    let Some(transfer) = event.clipboard_data() else { return };
    let text = transfer.get_data("text/plain").unwrap_or_default();
    if text.trim().is_empty() {
        return;
    }
    event.prevent_default();
    browser::mark_drop();
    let bits = js_sys::Array::of1(&text.into());
    let name = PasteWords::of(app.language.get_untracked()).file;
    if let Ok(file) = File::new_with_str_sequence(&bits, name) {
        app.open(&[file]);
    }
}
