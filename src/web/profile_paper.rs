//! A profile on paper: A4 upright, the concept's own table. Laid out while »Om profilen« is open, so
//! that the browser's own print gives it, too.

use leptos::prelude::*;

use crate::view::about::AboutRow;
use crate::web::state::App;
use crate::web::text_about::AboutWords;

/// Seen on paper only.
pub fn profile_paper(app: App) -> AnyView {
    (move || app.about.shown(app).map(|view| sheet(app, view))).into_any()
}

fn sheet(app: App, view: crate::view::about::AboutView) -> AnyView {
    let words = AboutWords::of(app.language.get());
    let header = view.header;
    let own = (!view.own.is_empty()).then(|| view! { <b>{view.own}</b> });
    let caveat = (!header.caveat.is_empty())
        .then(|| view! { <p class="meta"><b>{words.caveat}": "</b>{header.caveat}</p> });
    view! {
        <section class="paper upright">
            <h1>{header.title}</h1>
            <p class="meta">
                <span>{app.t(|w| w.page_index_date)}" "{header.index_date}</span>
                <span>{header.version}" "<span class="mono">{header.fingerprint}</span></span>
                <span>{words.reviewed}" "{header.reviewed}</span>
                <span>{words.next_review}" "{header.next_review}</span>
                {crate::web::selfcheck::stamp()}
                {own}
            </p>
            <p class="meta">{header.purpose.join(" ")}</p>
            <p class="meta">{view.inclusion}" "{view.exclusion}</p>
            {table(words, view.table)}
            {caveat}
            <p class="meta"><b>{words.sources}": "</b>{header.sources.join("; ")}</p>
            <p class="meta">{app.t(|w| w.purpose)}</p>
        </section>
    }
    .into_any()
}

/// Kriterier, Beskrivelse, Regler.
pub fn table(words: &'static AboutWords, rows: Vec<AboutRow>) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row">{row.criterion}</th>
                    <td class="wrapped">{row.description}</td>
                    <td class="wrapped">{row.rule}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="concept">
            <thead><tr>
                <th scope="col">{words.column_criteria}</th>
                <th scope="col">{words.column_description}</th>
                <th scope="col">{words.column_rules}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
