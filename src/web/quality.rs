//! »Datakvalitet«: what the registers hold, month by month, and lists of codes that may be missing.
//! Counted by the worker each time it is opened; every text comes from there.

use leptos::prelude::*;

use crate::protocol::Request;
use crate::view::quality::page::{
    MISSING_CODE, MonthsView, QualityView, RemarksView, TableView, WorkView,
};
use crate::web::browser;
use crate::web::import::failure;
use crate::web::state::{App, Room};
use crate::web::text_quality::QualityWords;

/// The counts.
#[derive(Clone, Copy, Default)]
pub struct QualityState {
    view: RwSignal<Option<QualityView>>,
    asked: StoredValue<u32>,
}

impl QualityState {
    /// Nothing is kept.
    pub fn clear(self) {
        self.asked.set_value(0);
        self.view.set(None);
    }

    /// Something changed; the old counts stay until the answer comes.
    pub fn refresh(self, app: App) {
        if app.room.get_untracked() == Room::Quality {
            self.asked.set_value(app.ask(Request::Quality));
        } else {
            self.view.set(None);
        }
    }

    /// The answer.
    pub fn take(self, number: u32, view: QualityView) {
        if self.asked.get_value() == number {
            self.view.set(Some(view));
        }
    }
}

impl App {
    /// Opens »Datakvalitet«.
    pub fn show_quality(self) {
        if self.overview.with_untracked(Option::is_none) {
            return;
        }
        self.failed.set(String::new());
        self.room.set(Room::Quality);
        self.quality.refresh(self);
        browser::focus_soon("quality");
    }

    /// Closes the open profile: back to where it was opened from.
    pub fn leave_profile(self) {
        let of_quality =
            self.list.query.with_untracked(|query| query.profile.starts_with(MISSING_CODE));
        if of_quality && self.room.get_untracked() == Room::Profile {
            self.show_quality();
        } else {
            self.room.set(Room::Overview);
        }
    }
}

/// The screen.
pub fn quality(app: App) -> AnyView {
    let body = move || app.quality.view.get().map(|view| body(app, view));
    view! { {failure(app)}{body} }.into_any()
}

fn body(app: App, view: QualityView) -> AnyView {
    browser::keep_focus();
    let print = move || QualityWords::of(app.language.get()).print;
    let (heading, lead) = (view.heading.clone(), view.lead.clone());
    let content = match view.still_reading.is_empty() {
        true => content(app, view),
        false => view! { <p>{view.still_reading}</p> }.into_any(),
    };
    view! {
        <section class="head" aria-labelledby="title">
            <div class="g"><h1 id="title">{heading}</h1><p>{lead}</p></div>
            <button type="button" class="btn s" id="print-quality"
                on:click=move |_| browser::print_when_shown()>{print}</button>
        </section>
        <main class="about qual" id="quality" tabindex="-1">
            {content}
            <p class="on-paper">{app.t(|w| w.purpose)}</p>
        </main>
    }
    .into_any()
}

fn content(app: App, view: QualityView) -> AnyView {
    let tables = view.tables.into_iter().map(|one| titled(one).into_any()).collect_view();
    let work = view.missing.into_iter().map(|one| work(app, one)).collect_view();
    let profiles = view.profiles.into_iter().map(|one| remarks(app, one)).collect_view();
    let months = view.months.into_iter().map(months).collect_view();
    let axis = view.axis.into_iter().map(|year| view! { <span>{year}</span> }).collect_view();
    let summary = view.numbers.title.clone();
    view! {
        <section><h2>{view.missing_title}</h2><p>{view.missing_lead}</p>{work}</section>
        {tables}
        <section>
            <h2>{view.months_title}</h2><p>{view.months_lead}</p>
            {months}
            <div class="qm axis" aria-hidden="true"><div>{axis}</div></div>
            <details><summary>{summary}</summary>{table(view.numbers)}</details>
        </section>
        <section><h2>{view.codes_title}</h2><p>{view.codes_lead}</p>{profiles}</section>
    }
    .into_any()
}

fn titled(of: TableView) -> AnyView {
    let title = of.title.clone();
    view! { <section><h2>{title}</h2>{table(of)}</section> }.into_any()
}

fn table(table: TableView) -> AnyView {
    let TableView { title, headings, texts, rows } = table;
    let columns = headings.len();
    let headings = headings.into_iter().enumerate();
    let headings = headings
        .map(|(at, text)| view! { <th scope="col" class:num={at >= texts}>{text}</th> })
        .collect_view();
    let rows = rows.into_iter().map(|cells| row(cells, texts, columns)).collect_view();
    let label = title.clone();
    view! {
        <div class="across" tabindex="0" role="group" aria-label=label>
            <table aria-label=title><thead><tr>{headings}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}

// A row that ends early says so in words, over the rest of the columns.
fn row(cells: Vec<String>, texts: usize, columns: usize) -> AnyView {
    let given = cells.len();
    let cell = |(at, text): (usize, String)| match at {
        0 => view! { <th scope="row">{text}</th> }.into_any(),
        _ => {
            let over = if at + 1 == given { columns - at } else { 1 };
            let is_number = at >= texts && over == 1;
            view! { <td class:num=is_number colspan=over>{text}</td> }.into_any()
        }
    };
    let cells = cells.into_iter().enumerate().map(cell).collect_view();
    view! { <tr>{cells}</tr> }.into_any()
}

fn months(of: MonthsView) -> AnyView {
    view! {
        <div class="qm">
            <b>{of.name}</b>
            <svg viewBox="0 0 300 24" preserveAspectRatio="none" aria-hidden="true">
                <path d=of.bars/><path class="gap" d=of.gaps/>
            </svg>
            <p>{of.text}</p>
        </div>
    }
    .into_any()
}

fn open(app: App, profile: String, title: String) -> AnyView {
    view! {
        <button type="button" class="lnk" on:click=move |_| app.show_profile(&profile)>{title}</button>
    }
    .into_any()
}

fn work(app: App, of: WorkView) -> AnyView {
    let WorkView { profile, title, text, source } = of;
    view! { <div class="qw">{open(app, profile, title)}<p>{text}</p><p class="mute sm">{source}</p></div> }
        .into_any()
}

fn remarks(app: App, of: RemarksView) -> AnyView {
    let remarks = of.remarks.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
    view! { <div class="qw">{open(app, of.profile, of.title)}{remarks}</div> }.into_any()
}
