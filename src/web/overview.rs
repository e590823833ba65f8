//! Overblik: every profile with its count, and what was read in short.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::view::text_factors::grey;
use crate::view::{OverviewView, ProfileRow};
use crate::web::browser;
use crate::web::chip::{Shape, key, number_chip, shape};
use crate::web::import::{failure, progress, remark};
use crate::web::state::{App, Room};
use crate::web::text::count;

/// The list of profiles.
pub fn overview(app: App) -> AnyView {
    browser::focus_soon("profile-0");
    let content = move || app.overview.get().map(|view| content(app, view));
    view! {
        {content}
    }
    .into_any()
}

fn content(app: App, view: OverviewView) -> AnyView {
    browser::keep_focus();
    let rows = view.rows.iter().enumerate();
    let rows = rows.map(|(place, row)| profile_row(app, place, row)).collect_view();
    view! {
        <section class="head" aria-labelledby="title">
            <div class="g"><h1 id="title">{view.heading}</h1><p>{view.subheading}</p></div>
        </section>
        <div class="s03">
            <main class="w">
                {progress(app)}
                {failure(app)}
                {crate::web::guide::hint(app)}
                <div class="scroll grow">
                    <table>
                        {headings(app)}
                        <tbody on:keydown=move |event| step(&event)>{rows}</tbody>
                    </table>
                </div>
                <div class="foot">{key(app)}<span class="end">{app.t(|w| w.levels_foot)}</span></div>
            </main>
            {side(app, view.rows)}
        </div>
    }
    .into_any()
}

fn headings(app: App) -> AnyView {
    view! {
        <thead><tr>
            <th scope="col">{app.t(|w| w.profile)}</th>
            <th scope="col">{app.t(|w| w.version)}</th>
            <th scope="col" class="num">{app.t(|w| w.on_list)}</th>
            <th scope="col" class="num">{app.t(|w| w.per_thousand)}</th>
            <th scope="col" class="num">{app.t(|w| w.red)}</th>
            <th scope="col" class="num">{app.t(|w| w.yellow)}</th>
            <th scope="col" class="num">{app.t(|w| w.blue)}</th>
            <th scope="col" class="num">{app.t(|w| w.undecided)}</th>
            <th scope="col">{app.t(|w| w.next_review)}</th>
        </tr></thead>
    }
    .into_any()
}

/// Arrows move between the profiles.
fn step(event: &KeyboardEvent) {
    let target = event
        .target()
        .and_then(|target| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(target).ok());
    let place = target.and_then(|element| {
        element.id().strip_prefix("profile-").and_then(|place| place.parse::<usize>().ok())
    });
    let Some(place) = place else { return };
    let to = match event.key().as_str() {
        "ArrowDown" | "j" | "J" => place + 1,
        "ArrowUp" | "k" | "K" => place.saturating_sub(1),
        "Home" => 0,
        _ => return,
    };
    event.prevent_default();
    browser::focus(&format!("profile-{to}"));
}

fn profile_row(app: App, place: usize, row: &ProfileRow) -> AnyView {
    let (id, clicked) = (row.id.clone(), row.id.clone());
    let failed = row.failed;
    let open = move |id: &str| {
        if !failed {
            app.show_profile(id);
        }
    };
    let own = row.own.then(|| view! { <span class="own">{app.t(|w| w.own_profile)}</span> });
    let grey = (row.grey > 0).then(|| {
        let text = format!("{} {}", grey("", app.language.get()), row.grey);
        view! { <span class="chip c-g">{shape(Shape::Half)}{text}</span> }
    });
    let remark =
        (!row.remark.is_empty()).then(|| view! { <div class="rem">{row.remark.clone()}</div> });
    view! {
        <tr class:pick=!failed on:click=move |_| open(&clicked)>
            <th scope="row" class="nm">
                <button type="button" class="title" id=format!("profile-{place}") disabled=failed
                    on:click=move |event| { event.stop_propagation(); open(&id) }>
                    {row.title.clone()}
                </button>
                {own}{grey}{remark}
            </th>
            <td class="mute">{row.version.clone()}</td>
            <td class="num big">{members(app, row)}</td>
            <td class="num">{row.per_thousand.clone()}</td>
            {levels(app, row)}
            {review(app, row)}
        </tr>
    }
    .into_any()
}

/// The count; where everyone is unknown or nothing ran, there is none.
fn members(app: App, row: &ProfileRow) -> AnyView {
    let unknown_for_all = row.members == 0 && row.undecided > 0 && !row.remark.is_empty();
    if row.failed {
        view! { <span class="mute">"–"</span> }.into_any()
    } else if unknown_for_all {
        view! { <span class="chip c-u">{shape(Shape::Unknown)}{app.t(|w| w.unknown)}</span> }
            .into_any()
    } else {
        row.members_text.clone().into_any()
    }
}

fn levels(app: App, row: &ProfileRow) -> AnyView {
    let language = app.language.get();
    let cell = |form, class, number| {
        view! { <td class="num">{number_chip(form, class, number, count(number, language))}</td> }
    };
    [
        cell(Shape::Diamond, "chip c-r", row.red),
        cell(Shape::Triangle, "chip c-y", row.yellow),
        cell(Shape::Circle, "chip c-b", row.blue),
        cell(Shape::Unknown, "chip c-u", row.undecided),
    ]
    .collect_view()
    .into_any()
}

fn review(app: App, row: &ProfileRow) -> AnyView {
    let date = if row.next_review.is_empty() { "–".to_owned() } else { row.next_review.clone() };
    if row.review_passed {
        view! { <td><b>{date}" "{app.t(|w| w.passed)}</b></td> }.into_any()
    } else {
        view! { <td class="mute">{date}</td> }.into_any()
    }
}

/// What was read, and what profiles say about themselves.
fn side(app: App, rows: Vec<ProfileRow>) -> AnyView {
    let read = move || app.import.get().map(|view| read_in_short(app, view));
    let noted = rows.into_iter().filter(|row| !row.notes.is_empty()).map(|row| {
        let notes = row.notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view();
        view! { <h3>{row.title}</h3><ul class="notes">{notes}</ul> }
    });
    let noted: Vec<_> = noted.collect();
    let noted = (!noted.is_empty()).then(|| {
        view! { <section><h2>{app.t(|w| w.profile_errors)}</h2>{noted}</section> }
    });
    view! {
        <aside class="side" aria-label=app.t(|w| w.read_heading)>
            {read}
            {noted}
        </aside>
    }
    .into_any()
}

fn read_in_short(app: App, view: crate::view::ImportView) -> AnyView {
    let language = app.language.get();
    let total = view.total;
    let row = move |number: u64, word: AnyView| {
        view! { <div class="line"><b>{count(number, language)}</b><span>{word}</span></div> }
    };
    let verdict = if total.balanced { app.words().balanced } else { app.words().not_balanced };
    let (form, class) = if total.balanced { (Shape::Tick, "ok") } else { (Shape::Cross, "leak") };
    let reasons =
        view.set_aside.into_iter().map(|reason| row(reason.count, reason.text.into_any()));
    let reasons = reasons.collect_view();
    let refused = view
        .refused
        .into_iter()
        .map(|file| view! { <p class="refused">{shape(Shape::Cross)}{file.text}</p> });
    let refused = refused.collect_view();
    view! {
        <section>
            <h2>{app.t(|w| w.read_heading)}</h2>
            {refused}
            {row(total.physical, view! { {app.t(|w| w.lines_in)}" "{view.files.len()}" "{app.t(|w| w.files)} }.into_any())}
            {row(total.used, app.t(|w| w.used_lines).into_any())}
            {row(total.set_aside, app.t(|w| w.set_aside).into_any())}
            <p class=class>{shape(form)}{verdict}</p>
            <button type="button" class="lnk sm" on:click=move |_| app.room.set(Room::Import)>
                {app.t(|w| w.see_import)}
            </button>
        </section>
        {(total.set_aside > 0).then(|| view! {
            <section><h2>{app.t(|w| w.set_aside)}</h2>{reasons}</section>
        })}
        {(!view.remarks.is_empty()).then(|| view! {
            <section><h2>{app.t(|w| w.remarks)}</h2>
                <div class="miss bare">{view.remarks.into_iter().map(remark).collect_view()}</div>
            </section>
        })}
    }
    .into_any()
}
