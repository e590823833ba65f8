//! Text that was encoded twice, in the import report: what was found, and the choice to repair it.

use leptos::prelude::*;

use crate::protocol::Request;
use crate::view::RepairView;
use crate::web::chip::{Shape, shape};
use crate::web::state::App;
use crate::web::text_repair::RepairWords;

/// The offer, or what was done.
pub fn section(app: App, view: RepairView) -> AnyView {
    let words = RepairWords::of(app.language.get());
    let lines = view.lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let button = |id: &'static str, word: &'static str, on: bool| {
        let pressed = view.done == on;
        view! {
            <button type="button" class="btn s" id=id aria-pressed=pressed.to_string()
                on:click=move |_| if !pressed { choose(app, on) }>{word}</button>
        }
    };
    view! {
        <div class="msg" id="repair" role="group" aria-labelledby="repair-question">
            {shape(Shape::Circle)}
            <div>
                {lines}
                <p><b id="repair-question">{words.question}</b>" "
                    {button("repair-leave", words.leave, false)}" "
                    {button("repair-do", words.repair, true)}</p>
            </div>
        </div>
    }
    .into_any()
}

fn choose(app: App, on: bool) {
    app.read_anew();
    app.ask(Request::Repair(on));
}
