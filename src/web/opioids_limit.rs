//! The limit of »Opioider«: a slider, a field, and who comes in or goes out.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::view::opioids::arrange::Figure;
use crate::view::text_opioids::limit as shown;
use crate::view::text_opioids_limit::{Moved, moved};
use crate::web::browser;
use crate::web::opioids::word;
use crate::web::state::App;

const LEAST: u32 = 50;
const MOST: u32 = 120;

/// The row below the figures; nothing where the profile has no limit.
pub fn limit(app: App) -> AnyView {
    let state = app.opioids;
    let own = Memo::new(move |_| state.view.with(|view| view.as_ref().and_then(|v| v.limit)));
    (move || own.get().map(|own| row(app, &shown(own, app.language.get())))).into_any()
}

fn row(app: App, own: &str) -> AnyView {
    let state = app.opioids;
    let whole = own.parse::<u32>().ok();
    let own = own.to_owned();
    let now = move || state.choice.with(|choice| choice.limit).or(whole).unwrap_or(LEAST);
    let set = move |to: u32| {
        let to = to.clamp(LEAST, MOST);
        state.move_limit(app, (Some(to) != whole).then_some(to));
    };
    let typed = move |event: leptos::ev::Event| {
        if let Ok(to) = event_target_value(&event).parse() {
            set(to);
        }
    };
    let is_moved = move || state.choice.with(|choice| choice.limit.is_some());
    let back = own.clone();
    view! {
        <div class="limit">
            <label for="limit-field"><b>{word(app, |w| w.limit)}</b></label>
            <span class="inp"><input type="number" id="limit-field" min=LEAST max=MOST step="1"
                autocomplete="off" prop:value=move || now().to_string() on:change=typed />" mg"</span>
            <span class="slide">
                <input type="range" id="limit" min=LEAST max=MOST step="1" autocomplete="off"
                    aria-label=word(app, |w| w.limit) aria-valuetext=move || format!("{} mg", now())
                    prop:value=move || now().to_string() on:input=typed
                    on:keydown=move |event| by_tens(&event, now(), set) />
                {ticks(app, whole)}
            </span>
            <p role="status">{move || sentence(app)}</p>
            <Show when=is_moved>
                <button type="button" class="btn s" id="limit-back"
                    on:click=move |_| { state.move_limit(app, None); browser::focus("limit"); }>
                    {word(app, |w| w.back_to)}" "{back.clone()}" mg"
                </button>
            </Show>
        </div>
    }
    .into_any()
}

/// PgUp and PgDn move by ten, as everywhere on the page.
fn by_tens(event: &KeyboardEvent, now: u32, set: impl Fn(u32)) {
    match event.key().as_str() {
        "PageUp" => set(now + 10),
        "PageDown" => set(now.saturating_sub(10)),
        _ => return,
    }
    event.prevent_default();
}

/// A number each ten, and a mark at the profile's own.
fn ticks(app: App, own: Option<u32>) -> AnyView {
    let place = |at: u32| format!("{}%", f64::from(at - LEAST) * 100.0 / f64::from(MOST - LEAST));
    let tick = |at: u32| view! { <i style:left=place(at) class:mine=own == Some(at)>{at}</i> };
    let all = (LEAST..=MOST).step_by(10).map(tick).collect_view();
    let mark = own.filter(|own| (LEAST..=MOST).contains(own)).map(|own| {
        view! { <em style:left=place(own) title=word(app, |w| w.own_limit)>"▼"</em> }
    });
    view! { <span class="ticks" aria-hidden="true">{mark}{all}</span> }.into_any()
}

fn sentence(app: App) -> AnyView {
    let state = app.opioids;
    let found = state.view.with(|view| {
        let view = view.as_ref()?;
        let (own, now) = (view.limit?, state.choice.with(|choice| view.limit_in_force(choice))?);
        state.arranged.with(|arranged| {
            let names = |all: &[u32]| -> Vec<String> {
                let of = |at: &u32| view.users.get(*at as usize).map(|user| user.name.clone());
                all.iter().filter_map(of).collect()
            };
            let over = Figure::ALL.iter().zip(arranged.figures).find(|(f, _)| **f == Figure::Over);
            let (entering, leaving) = (names(&arranged.entering), names(&arranged.leaving));
            let over = over.map_or(0, |(_, count)| count);
            let told = Moved { over, now, own, entering: &entering, leaving: &leaving };
            Some(moved(&told, app.language.get()))
        })
    });
    let (lead, rest) = found.unwrap_or_default();
    view! { <b>{lead}</b>" "<bdi>{rest}</bdi> }.into_any()
}
