//! Keys. Those of one character do nothing while one types, and can be switched off (WCAG 2.1.4);
//! those of a list or a panel work only while it has the focus.

use leptos::ev;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::web::browser;
use crate::web::list_state::{Cursor, ListState};
use crate::web::profile::copy_cpr;
use crate::web::state::{App, Room};
use crate::web::window::{HEAD, ROW};

/// Keys of the whole page.
pub fn listen(app: App) {
    let _ = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        drop_print(app);
        if event.default_prevented() || event.alt_key() {
            return;
        }
        let command = event.ctrl_key() || event.meta_key();
        let typing = browser::is_typing();
        let single = !command && !typing && app.single_keys.get_untracked();
        match event.key().as_str() {
            // A dialog prints as it stands, and Escape closes it.
            _ if browser::has_open_dialog() => {}
            "/" if single => {
                event.prevent_default();
                app.lookup.show(app);
            }
            "s" | "S" if single => app.switch_cover(),
            "o" | "O" if single => app.show_opioids(),
            "d" | "D" if single => app.show_quality(),
            "p" | "P" if command && untrack(|| app.open_list()).is_some() => {
                event.prevent_default();
                ask_print(app);
            }
            "?" if single => app.help.set(true),
            "Escape" => back(app),
            _ => {}
        }
    });
    let _ = window_event_listener(ev::pointerdown, move |_| drop_print(app));
}

/// The rows that were laid out for print leave the page with the next thing one does.
fn drop_print(app: App) {
    for list in [app.list, app.opioids.list] {
        if list.print.with_untracked(Option::is_some) {
            list.print.set(None);
        }
    }
}

fn ask_print(app: App) {
    if let Some(list) = untrack(|| app.open_list())
        && list.tab.get_untracked().is_list()
        && list.matching() > 0
    {
        list.print_asked.set(true);
        browser::focus_soon("print-yes");
    }
}

/// Esc: the panel, then the profile; the rules, wherever they were opened.
fn back(app: App) {
    if app.room.get_untracked() == Room::Rules {
        return app.leave_rules();
    }
    let Some(list) = untrack(|| app.open_list()) else { return };
    if list.panel.get_untracked() {
        list.close_panel();
        browser::focus("grid");
    } else {
        app.leave_profile();
    }
}

/// Keys of the grid.
pub fn in_grid(app: App, list: ListState, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    match event.key().as_str() {
        "ArrowDown" if list.cursor.get_untracked().row.is_none() => {
            let column = list.cursor.get_untracked().column;
            list.go(app, Cursor { row: Some(0), column });
        }
        "ArrowDown" => list.step(app, 1),
        "ArrowUp" => up(app, list),
        "ArrowLeft" => sideways(app, list, -1),
        "ArrowRight" => sideways(app, list, 1),
        "PageDown" => list.step(app, page()),
        "PageUp" => list.step(app, -page()),
        "Home" => list.step(app, i64::MIN),
        "End" => list.step(app, i64::MAX),
        "Enter" => enter(app, list),
        key if !letter(app, list, key) => return,
        _ => {}
    }
    event.prevent_default();
}

/// Keys of the panel.
pub fn in_panel(app: App, list: ListState, event: &KeyboardEvent) {
    let free = !(event.ctrl_key() || event.meta_key() || event.alt_key());
    if free && letter(app, list, &event.key()) {
        event.prevent_default();
    }
}

/// Keys of one character; was it one?
fn letter(app: App, list: ListState, key: &str) -> bool {
    if !app.single_keys.get_untracked() {
        return false;
    }
    match key {
        "j" | "J" => list.step(app, 1),
        "k" | "K" => list.step(app, -1),
        "c" | "C" => copy_cpr(app, list),
        "f" | "F" => browser::focus("search"),
        "t" | "T" if list.panel.get_untracked() => app.timeline.toggle(app),
        "o" | "O" => app.show_opioids(),
        "d" | "D" => app.show_quality(),
        _ => return false,
    }
    true
}

/// Above the first row stand the headings.
fn up(app: App, list: ListState) {
    let cursor = list.cursor.get_untracked();
    match cursor.row {
        Some(0) => list.go(app, Cursor { row: None, ..cursor }),
        Some(_) => list.step(app, -1),
        None => {}
    }
}

fn sideways(app: App, list: ListState, by: isize) {
    let columns =
        list.head.with_untracked(|head| head.as_ref().map_or(1, |head| head.columns.len()));
    let cursor = list.cursor.get_untracked();
    let column = cursor.column.saturating_add_signed(by).min(columns.saturating_sub(1));
    list.go(app, Cursor { column, ..cursor });
}

/// A heading sorts, a row opens the panel, an open panel is entered.
fn enter(app: App, list: ListState) {
    let cursor = list.cursor.get_untracked();
    if cursor.row.is_none() {
        let key = list.head.with_untracked(|head| {
            head.as_ref()
                .and_then(|head| head.columns.get(cursor.column))
                .map(|column| column.key.clone())
        });
        if let Some(key) = key {
            list.sort_by(app, &key);
        }
    } else if list.panel.get_untracked() {
        browser::focus("panel");
    } else {
        list.open_panel(app);
    }
}

/// Rows that fit into the grid, less one that stays in sight.
fn page() -> i64 {
    let height = browser::element("grid").map_or(600, |grid| grid.client_height());
    // A height in pixels over a row's height is small.
    #[expect(clippy::cast_possible_truncation, reason = "see above")]
    let rows = ((f64::from(height) - HEAD) / ROW) as i64;
    (rows - 1).max(1)
}
