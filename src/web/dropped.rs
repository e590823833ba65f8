//! Files that come in: dropped anywhere on the page (folders too), or chosen.

use js_sys::{Array, AsyncIterator, Function, IteratorNext, Promise, Reflect};
use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DataTransfer, DataTransferItem, DragEvent, File, FileSystemDirectoryEntry, FileSystemEntry,
    FileSystemFileEntry,
};

use crate::sort;
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

/// INVARIANT: entries and handles are taken inside the event, since the transfer is empty afterwards.
fn take(app: App, event: &DragEvent) {
    browser::mark_drop();
    let Some(transfer) = event.data_transfer() else { return };
    if !has_folder(&transfer) {
        return app.open(&listed(&transfer));
    }
    let waiting = waiting(&transfer);
    spawn_local(async move {
        let mut files = Vec::new();
        for waiting in waiting {
            match waiting {
                Waiting::Handle(promise) => files.extend(files_of_handle(promise).await),
                Waiting::Entry(entry) => files.extend(files_of_entry(entry).await),
            }
        }
        files.retain(|file| !file.name().starts_with('.'));
        files.truncate(MOST_FILES);
        sort::by_key(&mut files, File::name);
        app.open(&files);
    });
}

fn listed(transfer: &DataTransfer) -> Vec<File> {
    let files = transfer.files();
    files
        .map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect())
        .unwrap_or_default()
}

fn items(transfer: &DataTransfer) -> impl Iterator<Item = DataTransferItem> {
    let items = transfer.items();
    (0..items.length()).filter_map(move |place| items.get(place))
}

fn has_folder(transfer: &DataTransfer) -> bool {
    let folder = |item: DataTransferItem| {
        item.webkit_get_as_entry().ok().flatten().is_some_and(|entry| entry.is_directory())
    };
    items(transfer).any(folder)
}

/// A dropped file or folder that is still to be opened.
enum Waiting {
    /// Chromium's newer way. The older one finds no file in a page that was opened from a disk.
    Handle(Promise),
    /// What the other browsers have.
    Entry(FileSystemEntry),
}

fn waiting(transfer: &DataTransfer) -> Vec<Waiting> {
    let one = |item: DataTransferItem| {
        let handle =
            call(&item, "getAsFileSystemHandle").and_then(|promise| promise.dyn_into().ok());
        handle
            .map(Waiting::Handle)
            .or_else(|| item.webkit_get_as_entry().ok().flatten().map(Waiting::Entry))
    };
    items(transfer).filter_map(one).collect()
}

/// Calls a method without arguments; `None` where there is none, or where it fails.
fn call(object: &JsValue, method: &str) -> Option<JsValue> {
    let method: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    method.call0(object).ok()
}

async fn awaited(promise: Option<JsValue>) -> Option<JsValue> {
    JsFuture::from(Promise::resolve(&promise?)).await.ok()
}

/// All files below a handle.
async fn files_of_handle(promise: Promise) -> Vec<File> {
    let mut files = Vec::new();
    let mut waiting: Vec<JsValue> = JsFuture::from(promise).await.into_iter().collect();
    while let Some(handle) = waiting.pop() {
        if files.len() >= MOST_FILES {
            break;
        }
        match call(&handle, "values") {
            Some(values) => waiting.extend(all_of(values.unchecked_into()).await),
            None => {
                let file = awaited(call(&handle, "getFile")).await;
                files.extend(file.and_then(|file| file.dyn_into().ok()));
            }
        }
    }
    files
}

/// What an asynchronous iterator gives.
async fn all_of(values: AsyncIterator) -> Vec<JsValue> {
    let mut all = Vec::new();
    while let Ok(promise) = values.next() {
        match JsFuture::from(promise).await.map(IteratorNext::unchecked_from_js) {
            Ok(next) if !next.done() => all.push(next.value()),
            _ => break,
        }
    }
    all
}

/// All files below an entry.
async fn files_of_entry(entry: FileSystemEntry) -> Vec<File> {
    let mut files = Vec::new();
    let mut waiting = vec![entry];
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
) -> AnyView {
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
    .into_any()
}
