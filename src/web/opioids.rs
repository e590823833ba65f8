//! »Opioider«: figures, the limit, the list with the flags as columns, the panel.

use leptos::prelude::*;

use crate::view::opioids::arrange::Figure;
use crate::view::opioids::{ChoiceView, FlagState, OpioidsView};
use crate::view::text_opioids as said;
use crate::view::text_opioids_limit::exceptions;
use crate::view::text_timeline;
use crate::web::chip::{Shape, key, shape, state_shape};
use crate::web::grid::grid;
use crate::web::import::failure;
use crate::web::opioids_flags::flags_dialog;
use crate::web::opioids_limit::limit;
use crate::web::opioids_panel::panel;
use crate::web::profile::{foot, print_button, search};
use crate::web::state::App;
use crate::web::text::count;
use crate::web::text_opioids::OpioidWords;

/// A fixed word as a reactive text.
pub fn word(
    app: App,
    pick: fn(&'static OpioidWords) -> &'static str,
) -> impl Fn() -> &'static str + Copy {
    move || pick(OpioidWords::of(app.language.get()))
}

/// The screen.
pub fn opioids(app: App) -> AnyView {
    let state = app.opioids;
    crate::web::browser::focus_soon("grid");
    // Why there are no rows; empty when there are some.
    let nothing = Memo::new(move |_| {
        state.view.with(|view| {
            view.as_ref().map(|view| match view.still_reading.is_empty() {
                true => view.empty.clone(),
                false => view.still_reading.clone(),
            })
        })
    });
    let body = move || match nothing.get() {
        None => None,
        Some(text) if text.is_empty() => Some(work(app)),
        Some(text) => Some(view! { <main class="about"><p>{text}</p></main> }.into_any()),
    };
    view! {
        {head(app)}
        {failure(app)}
        {body}
    }
    .into_any()
}

fn head(app: App) -> AnyView {
    let state = app.opioids;
    let of = move |pick: fn(&OpioidsView) -> String| {
        move || state.view.with(|view| view.as_deref().map(pick).unwrap_or_default())
    };
    let shown = move || {
        let all = state.view.with(|view| view.as_ref().map_or(0, |view| view.flags.len()));
        let on = state.choice.with(|choice| choice.shown.len());
        format!("{on} {} {all}", word(app, |w| w.of)())
    };
    let long_term = move || {
        let name = of(|view| view.long_term_name.clone())();
        (!name.is_empty()).then(|| view! {
            <span class="fact el" title=name.clone()>{word(app, |w| w.long_term)}" "<b>{name.clone()}</b></span>
        })
    };
    let choices = Memo::new(move |_| {
        state.view.with(|view| view.as_ref().map(|view| view.choices.clone()).unwrap_or_default())
    });
    let choices = move || choices.get().into_iter().map(|one| choice(app, one)).collect_view();
    let not_for = move || said::not_for(app.language.get());
    view! {
        <section class="head ophead" aria-labelledby="title">
            <div class="g">
                <h1 id="title">{of(|view| view.heading.clone())}</h1>
                <p>{of(|view| view.lead.clone())}" "{not_for}</p>
            </div>
            <span class="fact">{word(app, |w| w.factors)}" "<b>{of(|view| view.factors.clone())}</b></span>
            {long_term}{choices}
            <button type="button" class="btn s" id="flags" aria-haspopup="dialog"
                on:click=move |_| state.dialog.set(true)>
                {word(app, |w| w.flags)}" "<b>{shown}</b>
            </button>
            {print_button(app, state.list)}
        </section>
    }
    .into_any()
}

/// Which of several definitions is in force.
fn choice(app: App, one: ChoiceView) -> AnyView {
    let ChoiceView { id, text, variants, chosen } = one;
    let key = format!("choice-{id}");
    let options = variants.into_iter().zip(0u32..).map(|((name, text), at)| {
        view! { <option value=name selected=at == chosen>{text}</option> }
    });
    view! {
        <select class="inp choice" id=key autocomplete="off" aria-label=text.clone() title=text
            on:change=move |event| app.choose_variant(id.clone(), event_target_value(&event))>
            {options.collect_view()}
        </select>
    }
    .into_any()
}

fn work(app: App) -> AnyView {
    let list = app.opioids.list;
    view! {
        <section aria-label=word(app, |w| w.figures)>{figures(app)}{limit(app)}</section>
        <div class="split oplist" class:open=move || list.panel.get()>
            <main class="list" id="tab-body">
                <p class="elsewhere">{app.t(|w| w.print_elsewhere)}</p>
                <div class="tools">{search(app, list)}{filters(app)}</div>
                {grid(app, list)}
                {foot(app, list, state_key(app))}
            </main>
            {panel(app)}
        </div>
        {flags_dialog(app)}
    }
    .into_any()
}

fn figures(app: App) -> AnyView {
    let state = app.opioids;
    let there = Memo::new(move |_| {
        let has = |figure| state.view.with(|view| view.as_ref().is_some_and(|v| v.has(figure)));
        Figure::ALL.map(has)
    });
    let one = move |(place, figure): (usize, Figure)| {
        let has = there.with(|there| there.get(place).copied().unwrap_or(false));
        has.then(|| figure_button(app, place, figure))
    };
    let all = move || Figure::ALL.into_iter().enumerate().filter_map(one).collect_view();
    view! { <div class="figs" role="group" aria-label=word(app, |w| w.figures)>{all}</div> }
        .into_any()
}

fn figure_button(app: App, place: usize, figure: Figure) -> AnyView {
    let state = app.opioids;
    let number = move || state.arranged.with(|found| found.figures.get(place).copied());
    let text = move || {
        let limit = state.view.with(|view| {
            state.choice.with(|choice| view.as_ref().and_then(|view| view.limit_in_force(choice)))
        });
        said::figure(figure, limit, app.language.get())
    };
    let title = move || match figure {
        Figure::Exempt => state.view.with(|view| view.as_deref().map(exceptions)),
        Figure::New | Figure::Rising | Figure::Tapering => {
            Some(text_timeline::rule(app.language.get()))
        }
        _ => None,
    };
    let pressed = move || state.choice.with(|choice| choice.figure == Some(figure));
    let mark = match figure {
        Figure::Over => Some(("r", Shape::Diamond)),
        Figure::Grey => Some(("u", Shape::Half)),
        Figure::Unknown => Some(("u", Shape::Unknown)),
        Figure::Exempt => Some(("u", Shape::Slash)),
        Figure::Users | Figure::LongTerm | Figure::New | Figure::Rising | Figure::Tapering => None,
    };
    let class = mark.map_or("", |(class, _)| class);
    view! {
        <button type="button" class=class title=title aria-pressed=move || pressed().to_string()
            on:click=move |_| state.pick(app, figure)>
            <b>{mark.map(|(_, form)| shape(form))}
                {move || number().map(|number| count(number, app.language.get()))}</b>
            <span>{text}</span>
        </button>
    }
    .into_any()
}

/// Filters in force, each a word that one can remove.
fn filters(app: App) -> AnyView {
    let state = app.opioids;
    let items = move || {
        let view = state.view.get()?;
        let choice = state.choice.get();
        let limit = view.limit_in_force(&choice);
        let figure = choice.figure.map(|figure| {
            let text = said::figure(figure, limit, app.language.get());
            filter(app, text, move || state.pick(app, figure))
        });
        let wanted = choice.wanted.into_iter().filter_map(|at| {
            let text = view.flags.get(at as usize)?.text.clone();
            Some(filter(app, text, move || {
                state.change(app, |choice| choice.wanted.retain(|known| *known != at));
            }))
        });
        Some(figure.into_iter().chain(wanted).collect_view())
    };
    view! { <span class="filters">{items}</span> }.into_any()
}

fn filter(app: App, text: String, remove: impl Fn() + 'static) -> AnyView {
    let label = format!("{}: {text}", word(app, |w| w.remove)());
    view! {
        <button type="button" class="btn s" aria-label=label on:click=move |_| remove()>
            {text}" ×"
        </button>
    }
    .into_any()
}

/// The key to the shapes, the states of this list among them.
fn state_key(app: App) -> AnyView {
    let (grey, exempt) = (state_shape(FlagState::Grey), state_shape(FlagState::Exempt));
    view! {
        {key(app)}
        <span class="key"><span class="u">{grey}{word(app, |w| w.grey)}</span>
            <span class="u">{exempt}{word(app, |w| w.exempt)}</span></span>
    }
    .into_any()
}
