//! Stage 8: view models → DOM. Leptos on the page, the session in a worker.
//!
//! Page and worker are the same wasm module started twice: where there is a window it becomes the
//! page, elsewhere the worker. The page holds file handles and view models; patients live in the
//! worker's memory only. Nothing here stores, connects, or writes to the address or the title.

pub mod browser;
pub mod chip;
pub mod dropped;
pub mod grid;
pub mod header;
pub mod help;
pub mod import;
pub mod keys;
pub mod link;
pub mod list_state;
pub mod overview;
pub mod page;
pub mod panel;
pub mod print;
pub mod profile;
pub mod reader;
pub mod start;
pub mod state;
pub mod text;
pub mod window;
pub mod worker;

/// Becomes the page or the worker.
pub fn start() {
    if web_sys::window().is_some() {
        page::start();
    } else {
        worker::start();
    }
}
