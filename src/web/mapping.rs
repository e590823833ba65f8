//! »Sådan er filen læst«: a dialog per table, from the import report. Each choice is read with at
//! once.

use leptos::html::Dialog;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::protocol::{Change, Request};
use crate::view::mapping::{Confidence, MappedColumn, MappingView};
use crate::web::browser;
use crate::web::chip::{Shape, shape};
use crate::web::selfcheck::build;
use crate::web::state::App;
use crate::web::text_mapping::MappingWords;

/// The open table.
#[derive(Clone, Copy, Default)]
pub struct MappingState {
    /// Its name; empty = none is open.
    table: RwSignal<String>,
    view: RwSignal<Option<MappingView>>,
    asked: StoredValue<u32>,
}

impl MappingState {
    /// Is the dialog open?
    #[must_use]
    pub fn is_open(self) -> bool {
        !self.table.with_untracked(String::is_empty)
    }

    /// Opens the dialog.
    pub fn show(self, app: App, table: String) {
        self.table.set(table);
        self.refresh(app);
    }

    /// Tables were read, or the language changed.
    pub fn refresh(self, app: App) {
        if self.is_open() {
            self.asked.set_value(app.ask(Request::Mapping(self.table.get_untracked())));
        }
    }

    /// The answer.
    pub fn take(self, number: u32, view: MappingView) {
        if self.asked.get_value() == number && self.is_open() {
            browser::keep_focus();
            self.view.set(Some(view));
        }
    }

    /// Closed, and nothing is kept.
    pub fn clear(self) {
        self.table.set(String::new());
        self.view.set(None);
    }

    fn change(self, app: App, change: Change) {
        app.ask(Request::Correct { table: self.table.get_untracked(), change });
    }

    // The focus goes back to the table's button, wherever it stands now.
    fn close(self, app: App) {
        let table = self.table.get_untracked();
        self.clear();
        let button = app.import.with_untracked(|view| {
            let view = view.as_ref()?;
            let read = view.files.iter().position(|file| file.name == table);
            let unread = || view.refused.iter().position(|file| file.name == table);
            read.map(|place| button_id("columns", place))
                .or_else(|| unread().map(|place| button_id("unread", place)))
        });
        if let Some(button) = button {
            // After the dialog has given the focus back to a button that may be gone.
            request_animation_frame(move || browser::focus(&button));
        }
    }
}

fn button_id(kind: &str, place: usize) -> String {
    format!("{kind}-{place}")
}

fn words(app: App) -> &'static MappingWords {
    MappingWords::of(app.language.get())
}

/// The button of a table in the import report.
pub fn button(app: App, place: usize, table: String, shown: String) -> AnyView {
    let label = format!("{shown}. {}: {table}", words(app).open);
    opens(app, button_id("columns", place), table, shown, label)
}

/// The button of a table that was not read, beside the reason.
pub fn of_unread(app: App, place: usize, table: String) -> AnyView {
    let shown = words(app).say.to_owned();
    let label = format!("{shown}: {table}");
    opens(app, button_id("unread", place), table, shown, label)
}

fn opens(app: App, id: String, table: String, shown: String, label: String) -> AnyView {
    view! {
        <button type="button" class="lnk" id=id aria-label=label
            on:click=move |_| app.mapping.show(app, table.clone())>{shown}</button>
    }
    .into_any()
}

/// The dialog; Escape closes it, and the focus returns to where it was.
pub fn mapping(app: App) -> AnyView {
    let state = app.mapping;
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let (open, Some(dialog)) = (state.view.with(Option::is_some), node.get()) else { return };
        // Open already: the browser refuses, and that is all.
        if open {
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            state.close(app);
        }
    };
    let body = move || state.view.get().map(|view| body(app, view));
    view! {
        <dialog class="lookup flags" id="mapping" node_ref=node aria-labelledby="mapping-title"
            on:keydown=escape>
            <div class="lh">
                <h2 id="mapping-title">{move || words(app).title}": "{move || state.table.get()}</h2>
                <button type="button" class="btn s" id="mapping-close" on:click=move |_| state.close(app)>
                    {app.t(|w| w.close)}" "<kbd>"Esc"</kbd>
                </button>
            </div>
            {body}
        </dialog>
    }
    .into_any()
}

fn body(app: App, view: MappingView) -> AnyView {
    let words = words(app);
    let state = app.mapping;
    let fields = view.fields;
    let rows = view.columns.into_iter().zip(0u32..);
    let rows = rows.map(|(column, at)| row(app, column, at, &fields)).collect_view();
    // Nothing is chosen where nobody knows.
    let unknown = view.register.is_empty();
    let registers: Vec<(String, String)> = unknown
        .then(|| (String::new(), words.choose.to_owned()))
        .into_iter()
        .chain(view.registers)
        .collect();
    let missing = view.missing.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    let choose = move |name| state.change(app, Change::Register(name));
    // Under the cover nothing is saved.
    let save = (!view.file.is_empty()).then(|| {
        view! {
            <a class="btn" id="mapping-save" download=words.file_name href=address(&["# Profilblik ", &build(), "\n", &view.file].concat())>
                {words.save}
            </a>
        }
    });
    view! {
        <p class="lt"><label for="mapping-register">{words.register}</label>" "
            {select("mapping-register".into(), String::new(), &registers, &view.register, choose)}
            " "<span class="mute">{view.reason}</span></p>
        <table>
            <thead><tr>
                <th scope="col">{words.heading}</th>
                <th scope="col">{words.samples}</th>
                <th scope="col">{words.read_as}</th>
                <th scope="col">{words.confidence}</th>
                <th scope="col">{words.used_by}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
        {(!unknown).then(|| view! { <h3>{words.missing}</h3><ul>{missing}</ul> })}
        <p class="lt" role="status" id="mapping-effect"><b>{view.effect}</b></p>
        <p class="lt">
            {save}" "
            <button type="button" class="btn" id="mapping-undo" disabled=!view.corrected
                on:click=move |_| state.change(app, Change::Forget)>{words.undo}</button>
            " "<span class="mute">{words.save_note}</span>
        </p>
    }
    .into_any()
}

fn row(app: App, column: MappedColumn, at: u32, fields: &[(String, String)]) -> AnyView {
    let words = words(app);
    let label = format!("{}: {}", words.read_as, column.heading);
    let none = [(String::new(), words.not_used.to_owned())];
    let fields: Vec<(String, String)> = none.iter().chain(fields).cloned().collect();
    let choose = move |field| app.mapping.change(app, Change::Column { column: at, field });
    let form = match column.confidence {
        Confidence::None => Shape::Slash,
        Confidence::Guess => Shape::Unknown,
        Confidence::Likely => Shape::Half,
        Confidence::Sure => Shape::Tick,
        Confidence::Chosen => Shape::Circle,
    };
    let samples = column.samples.join(" · ");
    view! {
        <tr>
            <th scope="row">{column.heading}</th>
            <td class="wrapped person"><bdi>{samples}</bdi></td>
            <td>{select(format!("mapping-{at}"), label, &fields, &column.field, choose)}</td>
            <td class="wrapped">{shape(form)}" "{column.confidence_text}
                <p class="mute">{column.remark}</p></td>
            <td title=column.profiles>{column.used_by}</td>
        </tr>
    }
    .into_any()
}

fn select(
    id: String,
    label: String,
    all: &[(String, String)],
    chosen: &str,
    choose: impl Fn(String) + 'static,
) -> AnyView {
    let option = |(value, text): &(String, String)| {
        let selected = value == chosen;
        view! { <option value=value.clone() selected=selected>{text.clone()}</option> }
    };
    let label = (!label.is_empty()).then_some(label);
    view! {
        <select id=id class="inp" autocomplete="off" aria-label=label
            on:change=move |event| choose(event_target_value(&event))>
            {all.iter().map(option).collect_view()}
        </select>
    }
    .into_any()
}

// Text that the browser saves by itself; nothing is asked of it beyond a link.
fn address(text: &str) -> String {
    use std::fmt::Write;
    let mut out = String::from("data:application/toml;charset=utf-8,");
    for byte in text.bytes() {
        let _ = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => write!(out, "{}", char::from(byte)),
            other => write!(out, "%{other:02X}"),
        };
    }
    out
}
