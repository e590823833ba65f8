//! »Faktortabel«: a dialog over every screen whose figures rest on it.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::protocol::{FactorChoice, Request};
use crate::view::factors::{FactorView, FactorsView};
use crate::web::browser;
use crate::web::state::App;
use crate::web::text_factors::FactorWords;

/// The table as it was last told.
#[derive(Clone, Copy, Default)]
pub struct FactorsState {
    open: RwSignal<bool>,
    view: RwSignal<Option<FactorsView>>,
}

impl FactorsState {
    /// Is the dialog asked for?
    pub fn asked(self) -> Signal<bool> {
        self.open.into()
    }

    /// Closed, and nothing is kept.
    pub fn clear(self) {
        self.open.set(false);
        self.view.set(None);
    }

    /// The answer.
    pub fn take(self, view: FactorsView) {
        self.view.set(Some(view));
    }
}

fn choose(app: App, choice: FactorChoice) {
    app.ask(Request::SetFactors(choice));
}

fn words(app: App) -> &'static FactorWords {
    FactorWords::of(app.language.get())
}

/// Opens the dialog.
pub fn button(app: App) -> AnyView {
    view! {
        <button type="button" class="lnk" id="factors" aria-haspopup="dialog"
            on:click=move |_| { choose(app, FactorChoice::Look); app.factors.open.set(true) }>
            {move || words(app).factors}
        </button>
    }
    .into_any()
}

/// The dialog; Escape closes it.
pub fn factors_dialog(app: App) -> AnyView {
    let state = app.factors;
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let (open, Some(dialog)) = (state.open.get(), node.get()) else { return };
        // Open already: the browser refuses, and that is all.
        if open {
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    let body = move || state.view.get().filter(|_| state.open.get()).map(|view| body(app, view));
    view! {
        <dialog class="lookup flags" node_ref=node aria-labelledby="factors-title"
            on:close=move |_| { state.open.set(false); browser::focus("factors") }>
            <div class="lh">
                <h2 id="factors-title">{move || words(app).factors}</h2>
                <button type="button" class="btn s" id="factors-back"
                    on:click=move |_| choose(app, FactorChoice::Default)>
                    {move || words(app).back}
                </button>
                <button type="button" class="btn s" on:click=move |_| state.open.set(false)>
                    {app.t(|w| w.close)}" "<kbd>"Esc"</kbd>
                </button>
            </div>
            {body}
        </dialog>
    }
    .into_any()
}

fn body(app: App, view: FactorsView) -> AnyView {
    browser::keep_focus();
    let words = words(app);
    let own = (!view.own.is_empty()).then(|| {
        view! {
            <label class="check"><input type="checkbox" id="factors-own" autocomplete="off"
                prop:checked=view.uses_own
                on:change=move |event| choose(app, FactorChoice::Own(event_target_checked(&event))) />
                {words.own}": "{view.own}</label>
        }
    });
    let sets = view.sets.into_iter().map(|one| {
        view! { <option value=one.name selected=one.chosen>{one.text}</option> }
    });
    let headings = words.columns.map(|heading| view! { <th scope="col">{heading}</th> });
    let refused = view.refused;
    let lines = view.lines.into_iter().zip(0u32..).map(|(one, at)| {
        let why = refused.as_ref().filter(|(line, _)| *line == at).map(|(_, why)| why.clone());
        line(app, one, at, why)
    });
    view! {
        <p class="lt">{words.lead}" "{view.caveat}</p>
        <p class:verdict=!view.label.is_empty() role="status"><b class="demo">{view.label.clone()}</b></p>
        <p class="lf"><label>{words.set}" "<select id="factor-set" class="inp" autocomplete="off"
            on:change=move |event| choose(app, FactorChoice::Set(event_target_value(&event)))>
            {sets.collect_view()}</select></label>{own}</p>
        <table>
            <thead><tr>{headings.collect_view()}</tr></thead>
            <tbody>{lines.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn line(app: App, one: FactorView, at: u32, why: Option<String>) -> AnyView {
    let FactorView { substance, route, unit, default, span, sources, certainty, .. } = one;
    let [.., word, _, _] = words(app).columns;
    let name = format!("{word} {substance} {route}");
    let field = one.editable.then(|| field(app, at, name, one.factor, why.is_some()));
    let why = why.map(|why| view! { <small role="alert">{why}</small> });
    let cells = [route, unit, default, span].map(|text| view! { <td>{text}</td> });
    view! {
        <tr>
            <th scope="row" class="wrapped">{substance}</th>
            {cells.collect_view()}
            <td class="wrapped">{field}{one.changed.then_some("*")}{why}</td>
            <td>{certainty}</td>
            <td class="wrapped">{sources}</td>
        </tr>
    }
    .into_any()
}

/// A text field, so that what is no number reaches the message that names it; emptied = the set's.
fn field(app: App, at: u32, name: String, factor: String, wrong: bool) -> AnyView {
    view! {
        <input type="text" inputmode="decimal" size="6" class="inp" id=format!("factor-{at}")
            autocomplete="off" aria-label=name aria-invalid=wrong.to_string() value=factor
            on:change=move |event| {
                let typed = event_target_value(&event);
                choose(app, FactorChoice::Edit { line: at, typed });
            } />
    }
    .into_any()
}
