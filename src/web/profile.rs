//! Profil: the list, those who cannot be decided, and what the profile says about itself.

use leptos::prelude::*;

use crate::view::{ListView, ProfileRow};
use crate::web::browser;
use crate::web::chip::key;
use crate::web::grid::grid;
use crate::web::import::failure;
use crate::web::list_state::{ListState, Tab};
use crate::web::panel::panel;
use crate::web::state::App;
use crate::web::text::count;
use crate::web::text_about::AboutWords;
use crate::web::text_lookup::LookupWords;
use crate::web::text_privacy::PrivacyWords;

/// The screen of one profile.
pub fn profile(app: App) -> AnyView {
    browser::focus_soon("grid");
    let title = move || head(app, |head| head.profile.title.clone());
    let purpose = move || head(app, |head| head.purpose.clone());
    let body = move || match app.list.tab.get() {
        Tab::Attrition => crate::web::attrition::attrition(app),
        Tab::Figures => crate::web::figures::figures(app),
        Tab::About => crate::web::about::about(app),
        Tab::Members | Tab::Undecided => work(app).into_any(),
    };
    view! {
        <section aria-labelledby="title">
            <div class="head">
                <div class="g"><h1 id="title">{title}</h1><p class="el">{purpose}</p></div>
                {actions(app)}
            </div>
            {tabs(app)}
        </section>
        {failure(app)}
        {body}
    }
    .into_any()
}

fn head<T: Default>(app: App, pick: impl Fn(&ListView) -> T) -> T {
    app.list.head.with(|head| head.as_ref().map(&pick).unwrap_or_default())
}

fn row(app: App) -> ProfileRow {
    let id = app.list.query.with(|query| query.profile.clone());
    let rows =
        |view: &crate::view::OverviewView| view.rows.iter().find(|row| row.id == id).cloned();
    app.overview.with(|view| view.as_ref().and_then(rows)).unwrap_or_default()
}

fn actions(app: App) -> AnyView {
    let list = app.list;
    let none = move || head(app, |head| head.matching) == 0;
    view! {
        <Show when=move || list.tab.get().is_list()>
            <button type="button" class="btn s" disabled=none
                on:click=move |_| copy_cpr(app, list)>{app.t(|w| w.copy_cpr)}" "<kbd>"C"</kbd></button>
            {print_button(app, list)}
        </Show>
    }
    .into_any()
}

/// The button that prints a list; it says first how many CPR numbers the print holds.
pub fn print_button(app: App, list: ListState) -> AnyView {
    let asked = list.print_asked;
    let matching = move || list.head.with(|head| head.as_ref().map_or(0, |head| head.matching));
    let numbers = move || count(matching(), app.language.get());
    let question = move || match app.cover.on.get() {
        true => PrivacyWords::of(app.language.get()).print_question,
        false => app.words().print_question,
    };
    view! {
        <Show when=move || asked.get() fallback=move || view! {
            <button type="button" class="btn s" id="print" disabled=move || matching() == 0
                on:click=move |_| { asked.set(true); browser::focus_soon("print-yes") }>
                {app.t(|w| w.print_list)}
            </button>
        }>
            <div class="ask" role="group" aria-labelledby="print-question"
                on:keydown=move |event| if event.key() == "Escape" {
                    event.stop_propagation(); asked.set(false); browser::focus_soon("print");
                }>
                <span id="print-question">{question}" "<b>{numbers}</b></span>
                <button type="button" class="btn s p" id="print-yes"
                    on:click=move |_| { list.ask_print(app); browser::focus_soon("print") }>
                    {app.t(|w| w.print_yes)}
                </button>
                <button type="button" class="btn s"
                    on:click=move |_| { asked.set(false); browser::focus_soon("print") }>
                    {app.t(|w| w.forget_no)}
                </button>
            </div>
        </Show>
    }
    .into_any()
}

/// Copies the CPR of the row under the cursor, and says that the clipboard is shared.
pub fn copy_cpr(app: App, list: ListState) {
    let Some(cpr) = list.cpr_at_cursor() else { return };
    if app.cover.on.get_untracked() {
        return list.toast.set(PrivacyWords::of(app.language.get_untracked()).not_copied);
    }
    browser::copy(cpr, move |done| {
        let words = crate::web::text::Words::of(app.language.get_untracked());
        let text = if done { words.copied } else { words.copy_failed };
        app.said.set(text.to_owned());
        list.toast.set(text);
    });
}

fn tabs(app: App) -> AnyView {
    let number = move |pick: fn(&ProfileRow) -> u64| count(pick(&row(app)), app.language.get());
    view! {
        <div class="tabs" role="tablist" on:keydown=move |event| arrows(app, &event)>
            {tab(app, Tab::Members, "tab-list", view! {
                {app.t(|w| w.list)}" "<b>{move || number(|row| row.members)}</b>
            }.into_any())}
            {tab(app, Tab::Undecided, "tab-undecided", view! {
                {app.t(|w| w.undecided)}" "<b>{move || number(|row| row.undecided)}</b>
            }.into_any())}
            {tab(app, Tab::Attrition, "tab-attrition",
                (move || LookupWords::of(app.language.get()).attrition).into_any())}
            {tab(app, Tab::Figures, "tab-figures",
                (move || AboutWords::of(app.language.get()).figures).into_any())}
            {tab(app, Tab::About, "tab-about", app.t(|w| w.about).into_any())}
        </div>
    }
    .into_any()
}

fn tab(app: App, tab: Tab, id: &'static str, text: AnyView) -> AnyView {
    let here = move || app.list.tab.get() == tab;
    view! {
        <button type="button" role="tab" id=id aria-controls="tab-body"
            aria-selected=move || here().to_string() tabindex=move || if here() { "0" } else { "-1" }
            on:click=move |_| app.list.show(app, tab)>{text}</button>
    }
    .into_any()
}

fn arrows(app: App, event: &web_sys::KeyboardEvent) {
    const ORDER: [(Tab, &str); 5] = [
        (Tab::Members, "tab-list"),
        (Tab::Undecided, "tab-undecided"),
        (Tab::Attrition, "tab-attrition"),
        (Tab::Figures, "tab-figures"),
        (Tab::About, "tab-about"),
    ];
    let here = ORDER.iter().position(|(tab, _)| *tab == app.list.tab.get_untracked()).unwrap_or(0);
    let to = match event.key().as_str() {
        "ArrowRight" => (here + 1) % ORDER.len(),
        "ArrowLeft" => (here + ORDER.len() - 1) % ORDER.len(),
        _ => return,
    };
    if let Some((tab, id)) = ORDER.get(to) {
        event.prevent_default();
        app.list.show(app, *tab);
        browser::focus(id);
    }
}

fn work(app: App) -> AnyView {
    view! {
        <div class="split" class:open=move || app.list.panel.get()>
            <main class="list" id="tab-body">
                <p class="elsewhere">{app.t(|w| w.print_elsewhere)}</p>
                {tools(app)}
                {grid(app, app.list)}
                {foot(app, app.list, key(app))}
            </main>
            {panel(app)}
        </div>
    }
    .into_any()
}

fn tools(app: App) -> AnyView {
    view! { <div class="tools">{search(app, app.list)}{optional(app)}</div> }.into_any()
}

/// The search of a list.
pub fn search(app: App, list: ListState) -> AnyView {
    let typed = move |event| {
        let text = event_target_value(&event);
        list.change(app, move |query| query.search = text);
    };
    view! {
        <label class="inp find">
            {crate::web::chip::shape(crate::web::chip::Shape::Glass)}
            <input type="search" id="search" autocomplete="off" spellcheck="false"
                disabled=move || app.cover.on.get()
                aria-label=app.t(|w| w.search) placeholder=app.t(|w| w.search)
                prop:value=move || list.query.with(|query| query.search.clone())
                on:input=typed
                on:keydown=move |event| match event.key().as_str() {
                    "Enter" | "ArrowDown" => { event.prevent_default(); browser::focus("grid") }
                    "Escape" => {
                        event.prevent_default();
                        event.stop_propagation();
                        list.change(app, |query| query.search = String::new());
                        browser::focus("grid");
                    }
                    _ => {}
                } />
            <kbd>"F"</kbd>
        </label>
    }
    .into_any()
}

/// Columns that are off until asked for.
fn optional(app: App) -> AnyView {
    let columns = Memo::new(move |_| head(app, |head| head.optional.clone()));
    let switch = move |key: &str, on: bool| {
        app.list.change(app, |query| {
            query.optional.retain(|known| known != key);
            if on {
                query.optional.push(key.to_owned());
            }
        });
    };
    let item = move |column: crate::view::OptionalColumn| {
        let key = column.key;
        view! {
            <label>
                <input type="checkbox" autocomplete="off" checked=column.on
                    on:change=move |event| switch(&key, event_target_checked(&event)) />
                {column.title}
            </label>
        }
    };
    let keys = Memo::new(move |_| {
        columns.with(|columns| {
            columns.iter().map(|c| (c.key.clone(), c.title.clone())).collect::<Vec<_>>()
        })
    });
    (move || {
        (!keys.with(Vec::is_empty)).then(|| {
            let items = columns.get_untracked().into_iter().map(item).collect_view();
            view! {
                <details class="menu"
                    on:keydown=move |event| if event.key() == "Escape" {
                        event.stop_propagation();
                        close_menu(&event);
                    }>
                    <summary class="inp">{app.t(|w| w.more_columns)}</summary>
                    <div class="items">{items}</div>
                </details>
            }
        })
    })
    .into_any()
}

fn close_menu(event: &web_sys::KeyboardEvent) {
    use wasm_bindgen::JsCast;
    let menu = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(menu) = menu {
        let _ = menu.remove_attribute("open");
        if let Ok(Some(summary)) = menu.query_selector("summary") {
            let _ = summary.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    }
}

/// Which rows are in sight, and the key to the shapes.
pub fn foot(app: App, list: ListState, key: AnyView) -> AnyView {
    let language = move || app.language.get();
    let range = move || {
        let (first, last) = list.in_view.get();
        let (matching, total) =
            list.head.with(|head| head.as_ref().map_or((0, 0), |head| (head.matching, head.total)));
        if matching == 0 {
            return String::new();
        }
        let all = count(matching, language());
        let of = app.words().of;
        let filtered = if matching == total {
            String::new()
        } else {
            format!(" ({all} {of} {})", count(total, language()))
        };
        format!("{}–{} {of} {all}{filtered}", count(first + 1, language()), count(last, language()))
    };
    let reading = move || {
        list.head.with(|head| head.as_ref().map(|h| h.still_reading.clone()).unwrap_or_default())
    };
    view! {
        <div class="foot">
            <span class="nw">{range}</span>
            {key}
            <span class="end">
                {move || match list.toast.get() { "" => reading(), toast => toast.to_owned() }}
            </span>
        </div>
    }
    .into_any()
}
