//! »Vejledning«: how to get an export, what each register gives, what »ukendt« means, what the page
//! is for and what it is not, and a demonstration of three minutes; with a hint at first use.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::web::state::App;
use crate::web::text_guide::GuideWords;

fn word(app: App, pick: fn(&'static GuideWords) -> &'static str) -> impl Fn() -> &'static str {
    move || pick(GuideWords::of(app.language.get()))
}

/// The way here.
pub fn link(app: App) -> AnyView {
    view! {
        <button type="button" class="lnk sm" id="guide-open" on:click=move |_| app.guide.set(true)>
            {word(app, |w| w.title)}
        </button>
    }
    .into_any()
}

/// The first hint over the profiles, until it is put away.
pub fn hint(app: App) -> AnyView {
    view! {
        <Show when=move || app.hints.get()>
            <div class="msg" id="hint">
                <p>{word(app, |w| w.hint)}" "{link(app)}</p>
                <button type="button" class="btn s" id="hint-away" on:click=move |_| app.hints.set(false)>
                    {word(app, |w| w.away)}
                </button>
            </div>
        </Show>
    }
    .into_any()
}

/// The dialog.
pub fn dialog(app: App) -> AnyView {
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let (true, Some(dialog)) = (app.guide.get(), node.get()) {
            let _ = dialog.show_modal();
        }
    });
    let close = move |_| {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    let parts = move || {
        let one = |(title, lines): &(&'static str, &'static [&'static str])| {
            let lines = lines.iter().map(|line| view! { <li>{*line}</li> }).collect_view();
            view! { <h3>{*title}</h3><ul>{lines}</ul> }.into_any()
        };
        GuideWords::of(app.language.get()).parts.iter().map(one).collect_view()
    };
    view! {
        <dialog id="guide" node_ref=node aria-labelledby="guide-title" on:close=move |_| app.guide.set(false)>
            <h2 id="guide-title">{word(app, |w| w.title)}</h2>
            {parts}
            <p>{app.t(|w| w.purpose)}</p>
            <p class="end"><button type="button" class="btn p" on:click=close>{app.t(|w| w.close)}</button></p>
        </dialog>
    }
    .into_any()
}
