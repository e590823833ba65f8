//! »Flag 12 af 33«: which flags are columns, and which of them everyone shown has.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::sort;
use crate::view::opioids::FlagView;
use crate::web::browser;
use crate::web::chip::level_chip;
use crate::web::opioids::word;
use crate::web::state::App;

/// The dialog; Escape closes it.
pub fn flags_dialog(app: App) -> AnyView {
    let state = app.opioids;
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let (open, Some(dialog)) = (state.dialog.get(), node.get()) else { return };
        // Open already: the browser refuses, and that is all.
        if open {
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    let rows = move || {
        let view = state.view.get().filter(|_| state.dialog.get())?;
        let rows = view.flags.iter().cloned().zip(0u32..).map(|(flag, at)| row(app, flag, at));
        Some(rows.collect_view())
    };
    view! {
        <dialog class="lookup flags" node_ref=node aria-labelledby="flags-title"
            on:close=move |_| { state.dialog.set(false); browser::focus("flags") }>
            <div class="lh">
                <h2 id="flags-title">{word(app, |w| w.flags)}</h2>
                <button type="button" class="btn s" on:click=move |_| state.dialog.set(false)>
                    {app.t(|w| w.close)}" "<kbd>"Esc"</kbd>
                </button>
            </div>
            <p class="lt">{word(app, |w| w.flags_lead)}</p>
            <table>
                <thead><tr>
                    <th scope="col">{word(app, |w| w.column)}</th>
                    <th scope="col">{word(app, |w| w.only)}</th>
                    <th scope="col">{word(app, |w| w.flag)}</th>
                    <th scope="col">{word(app, |w| w.rule)}</th>
                    <th scope="col">{word(app, |w| w.source)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </dialog>
    }
    .into_any()
}

fn row(app: App, flag: FlagView, at: u32) -> AnyView {
    let state = app.opioids;
    let shown = move || state.choice.with(|choice| choice.shown.contains(&at));
    let wanted = move || state.choice.with(|choice| choice.wanted.contains(&at));
    let marker = flag.off.then(|| flag.id.clone());
    let show = move |on: bool| {
        if let Some(marker) = marker.clone() {
            app.switch_marker(marker, on);
        }
        state.change(app, |choice| {
            choice.shown.retain(|known| *known != at);
            choice.wanted.retain(|known| *known != at);
            if on {
                choice.shown.push(at);
                sort::plain(&mut choice.shown);
            }
        });
    };
    let want = move |on: bool| {
        state.change(app, |choice| {
            choice.wanted.retain(|known| *known != at);
            if on {
                choice.wanted.push(at);
            }
        });
    };
    let column = format!("{}: {}", word(app, |w| w.column)(), flag.text);
    let only = format!("{}: {}", word(app, |w| w.only)(), flag.text);
    view! {
        <tr>
            <td><input type="checkbox" autocomplete="off" aria-label=column
                prop:checked=shown on:change=move |event| show(event_target_checked(&event)) /></td>
            <td><input type="checkbox" autocomplete="off" aria-label=only prop:disabled=move || !shown()
                prop:checked=wanted on:change=move |event| want(event_target_checked(&event)) /></td>
            <td class="wrapped">{level_chip(app, flag.level, flag.text.clone())}" "{flag.name}</td>
            <td class="wrapped">{flag.rule}</td>
            <td class="wrapped">{flag.source}</td>
        </tr>
    }
    .into_any()
}
