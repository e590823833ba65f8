//! The list on paper: A4 across, every row, with what the figures rest on at the head.

use leptos::prelude::*;

use crate::view::list::{CPR, MARKERS};
use crate::view::{ColumnView, ListView, RowView};
use crate::web::chip::{chip, key};
use crate::web::grid::value;
use crate::web::list_state::ListState;
use crate::web::selfcheck::stamp;
use crate::web::state::App;
use crate::web::text::count;

/// Laid out only while a list is printed; seen on paper only.
pub fn print(app: App, list: ListState) -> AnyView {
    (move || list.print.get().map(|view| sheet(app, list, view))).into_any()
}

fn sheet(app: App, list: ListState, view: ListView) -> AnyView {
    let rests_on = rests_on(app, list, &view);
    view! {
        <section class="paper">
            <h1>{view.profile.title}</h1>
            <p class="meta">{view.purpose}</p>
            {table(app, rests_on, view.columns, view.rows)}
            <p class="meta">{key(app)}" "{app.t(|w| w.counting_rule)}</p>
            <p class="meta">{app.t(|w| w.purpose)}</p>
        </section>
    }
    .into_any()
}

/// In the head of the table, which is the only thing that stands on every page.
fn rests_on(app: App, list: ListState, view: &ListView) -> AnyView {
    let ListView { profile, strip, .. } = view;
    let invented = strip.invented.then(|| view! { <b>{app.t(|w| w.invented)}</b> });
    let own = profile.own.then(|| view! { <b>{app.t(|w| w.own_profile)}</b> });
    let total = count(view.matching, app.language.get());
    let search = list.query.with_untracked(|query| query.search.clone());
    let search = (!search.is_empty()).then(|| view! { <span>"»"{search}"«"</span> });
    view! {
        <p class="meta">
            <b>{profile.title.clone()}</b>
            <span>{profile.version.clone()}" "<span class="mono">{profile.fingerprint.clone()}</span></span>
            <span>{app.t(|w| w.page_index_date)}" "{strip.index_date.clone()}</span>
            <span>{strip.file.clone()}" "{strip.file_detail.clone()}</span>
            <span>{total}" "{app.t(|w| w.shown)}</span>
            {stamp()}
            {search}{own}{invented}
            <b>{strip.factors.clone()}</b><b>{profile.changed.clone()}</b>
        </p>
    }
    .into_any()
}

fn table(app: App, rests_on: AnyView, columns: Vec<ColumnView>, rows: Vec<RowView>) -> AnyView {
    let width = (columns.len() + 1).to_string();
    let keys: Vec<String> = columns.iter().map(|column| column.key.clone()).collect();
    let headings = columns.iter().map(|column| {
        view! { <th scope="col" class:num=column.numeric>{column.title.clone()}</th> }
    });
    let headings = headings.collect_view();
    let numeric: Vec<bool> = columns.iter().map(|column| column.numeric).collect();
    let rows = rows.into_iter().map(|row| paper_row(app, &numeric, &keys, row)).collect_view();
    view! {
        <table>
            <thead>
                <tr><td colspan=width>{rests_on}</td></tr>
                <tr><th class="tick"></th>{headings}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn paper_row(app: App, numeric: &[bool], keys: &[String], row: RowView) -> AnyView {
    let RowView { markers, cells, .. } = row;
    let cells = cells.into_iter().enumerate().map(|(place, cell)| {
        let is = |key: &str| keys.get(place).is_some_and(|known| known == key);
        let content = match is(MARKERS) {
            true if markers.is_empty() => "–".into_any(),
            true => markers.iter().map(|marker| chip(app, marker)).collect_view().into_any(),
            false => value(app, cell),
        };
        let num = numeric.get(place).copied().unwrap_or(false);
        view! { <td class:num=num class:mono=is(CPR)>{content}</td> }
    });
    view! { <tr><td class="tick"><i></i></td>{cells.collect_view()}</tr> }.into_any()
}
