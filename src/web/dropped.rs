//! Files that come in: dropped anywhere on the page (folders too), or chosen.

use js_sys::{Array, Function, Promise};
use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DataTransfer, DragEvent, File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
};

use crate::web::browser;
use crate::web::state::App;
use crate::web::text::Words;

/// More files than any export has: an end for a folder dropped by mistake.
const MOST_FILES: usize = 500;

/// Listens on the whole page; the signal says whether something hovers over it.
pub fn listen(app: App) -> RwSignal<bool> {
    let over = RwSignal::new(false);
    let _ = window_event_listener(ev::dragover, move |event: DragEvent| {
        if has_files(&event) {
            event.prevent_default();
            over.set(true);
        }
    });
    let _ = window_event_listener(ev::dragleave, move |event: DragEvent| {
        // Left the window, not just one element for another.
        if event.related_target().is_none() {
            over.set(false);
        }
    });
    let _ = window_event_listener(ev::drop, move |event: DragEvent| {
        over.set(false);
        if has_files(&event) {
            event.prevent_default();
            take(app, &event);
        }
    });
    over
}

fn has_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.includes(&JsValue::from_str("Files"), 0))
}

/// INVARIANT: entries are taken inside the event, since the transfer is empty afterwards.
fn take(app: App, event: &DragEvent) {
    browser::mark_drop();
    let Some(transfer) = event.data_transfer() else { return };
    let entries = entries(&transfer);
    if entries.iter().any(FileSystemEntry::is_directory) {
        spawn_local(async move { app.open(&files_of(entries).await) });
    } else {
        app.open(&listed(&transfer));
    }
}

fn entries(transfer: &DataTransfer) -> Vec<FileSystemEntry> {
    let items = transfer.items();
    let entry = |place| items.get(place)?.webkit_get_as_entry().ok().flatten();
    (0..items.length()).filter_map(entry).collect()
}

fn listed(transfer: &DataTransfer) -> Vec<File> {
    let files = transfer.files();
    files
        .map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect())
        .unwrap_or_default()
}

/// All files below the entries, in the order of their names.
async fn files_of(mut waiting: Vec<FileSystemEntry>) -> Vec<File> {
    let mut files = Vec::new();
    while let Some(entry) = waiting.pop() {
        if files.len() >= MOST_FILES {
            break;
        }
        if entry.is_directory() {
            waiting.extend(children(entry.unchecked_into()).await);
        } else if let Some(file) = file(entry.unchecked_into()).await {
            files.push(file);
        }
    }
    files.retain(|file| !file.name().starts_with('.'));
    files.sort_by_key(File::name);
    files
}

async fn file(entry: FileSystemFileEntry) -> Option<File> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// A directory is read in portions until one is empty.
async fn children(entry: FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = entry.create_reader();
    let mut children = Vec::new();
    loop {
        let promise = Promise::new(&mut |resolve: Function, reject: Function| {
            let _ = reader.read_entries_with_callback_and_callback(&resolve, &reject);
        });
        let portion = JsFuture::from(promise).await.map(|value| Array::from(&value));
        match portion {
            Ok(portion) if portion.length() > 0 => {
                children.extend(portion.iter().map(JsCast::unchecked_into));
            }
            _ => return children,
        }
    }
}

/// A button that opens the computer's file dialog.
pub fn picker(
    app: App,
    id: &'static str,
    class: &'static str,
    word: fn(&'static Words) -> &'static str,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        browser::mark_drop();
        let files = input.files();
        let files: Vec<File> = files
            .map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect())
            .unwrap_or_default();
        // A file name left in the field would reach the browser's session file.
        input.set_value("");
        app.open(&files);
    };
    view! {
        <button type="button" class=class id=id
            on:click=move |_| if let Some(input) = input.get_untracked() { input.click() }>
            {app.t(word)}
        </button>
        <input type="file" class="file" multiple=true autocomplete="off" tabindex="-1"
            aria-hidden="true" node_ref=input on:change=chosen />
    }
}
