//! The tab »Udtynding«: how many persons fall at each criterion. Asked for when it is opened.

use leptos::prelude::*;

use crate::protocol::Request;
use crate::view::attrition::{AttritionRow, AttritionView};
use crate::web::list_state::Tab;
use crate::web::state::App;
use crate::web::text_lookup::LookupWords;

/// The table of the open profile.
#[derive(Clone, Copy, Default)]
pub struct AttritionState {
    view: RwSignal<Option<AttritionView>>,
    asked: StoredValue<u32>,
}

impl AttritionState {
    /// Nothing is kept.
    pub fn clear(self) {
        self.view.set(None);
    }

    /// The tab was opened.
    fn ask(self, app: App) {
        let profile = app.list.query.with_untracked(|query| query.profile.clone());
        if self.view.with_untracked(|view| view.as_ref().is_some_and(|v| v.profile != profile)) {
            self.view.set(None);
        }
        self.asked.set_value(app.ask(Request::Attrition { profile }));
    }

    /// The figures changed; the old ones stay until the answer comes.
    pub fn refresh(self, app: App) {
        if app.list.tab.get_untracked() == Tab::Attrition {
            self.ask(app);
        }
    }

    /// The answer.
    pub fn take(self, number: u32, view: AttritionView) {
        if self.asked.get_value() == number {
            self.view.set(Some(view));
        }
    }
}

/// The tab.
pub fn attrition(app: App) -> AnyView {
    app.attrition.ask(app);
    let body = move || app.attrition.view.get().map(|view| body(app, view));
    view! { <main class="about steps" id="tab-body">{body}</main> }.into_any()
}

fn body(app: App, view: AttritionView) -> AnyView {
    if !view.still_reading.is_empty() {
        return view! { <p>{view.still_reading}</p> }.into_any();
    }
    let words = move || LookupWords::of(app.language.get());
    let headings = view.columns.into_iter().enumerate();
    let headings = headings
        .map(|(at, title)| view! { <th scope="col" class:num=move || at != 0>{title}</th> })
        .collect_view();
    let rows = view.rows.into_iter().map(row).collect_view();
    let notes = view.notes.into_iter().map(|note| view! { <p class="mute">{note}</p> });
    let notes = notes.collect_view();
    view! {
        <p>{view.lead}</p>
        <div class="across" tabindex="0" role="group" aria-label=move || words().attrition_table>
            <table aria-label=move || words().attrition_table>
                <thead><tr>{headings}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {notes}
    }
    .into_any()
}

fn row(row: AttritionRow) -> AnyView {
    let indent = format!("{}px", 10 + 18 * row.depth);
    let numbers = row.numbers.into_iter().map(|number| view! { <td class="num">{number}</td> });
    let numbers = numbers.collect_view();
    let (edge, part) = (row.edge, row.depth > 0);
    view! {
        <tr class:edge=edge class:part=part>
            <th scope="row" style:padding-left=indent>{row.text}</th>{numbers}
        </tr>
    }
    .into_any()
}
