//! Stage 8: view models → DOM. Leptos on the page, the session in a worker.
//!
//! Page and workers are the same wasm module started several times: where there is a window it
//! becomes the page, elsewhere the worker or, by that name, its helper. The page holds file handles
//! and view models, and moves slices of files on unread; patients live in the workers' memory only.
//! Nothing here stores, connects, or writes to the address or the title.

pub mod about;
pub mod attrition;
pub mod browser;
pub mod chip;
pub mod cover;
pub mod dropped;
pub mod factors;
pub mod figures;
pub mod grid;
pub mod guide;
pub mod header;
pub mod help;
pub mod helper;
pub mod idle;
pub mod import;
pub mod keys;
pub mod link;
pub mod list_state;
pub mod lookup;
pub mod mapping;
pub mod opioids;
pub mod opioids_flags;
pub mod opioids_limit;
pub mod opioids_panel;
pub mod opioids_state;
pub mod overview;
pub mod page;
pub mod panel;
pub mod paste;
pub mod print;
pub mod profile;
pub mod profile_paper;
pub mod quality;
pub mod reader;
pub mod repair;
pub mod rules;
pub mod scope;
pub mod second;
pub mod selfcheck;
pub mod slices;
pub mod start;
pub mod state;
pub mod text;
pub mod text_about;
pub mod text_factors;
pub mod text_figures;
pub mod text_guide;
pub mod text_lookup;
pub mod text_mapping;
pub mod text_opioids;
pub mod text_paste;
pub mod text_privacy;
pub mod text_quality;
pub mod text_repair;
pub mod text_second;
pub mod text_selfcheck;
pub mod text_timeline;
pub mod timeline;
pub mod window;
pub mod wipe;
pub mod worker;

/// Becomes the page, the worker or its helper.
pub fn start() {
    if web_sys::window().is_some() {
        page::start();
        return;
    }
    let scope = scope::Scope::here();
    if scope.is_helper() {
        helper::start(scope);
    } else {
        worker::start(scope);
    }
}
