//! The keys, in a dialog.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::web::rules::link;
use crate::web::state::App;

/// Opens with `?`, closes with Esc.
pub fn help(app: App) -> AnyView {
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if app.help.get()
            && let Some(dialog) = node.get()
        {
            let _ = dialog.show_modal();
        }
    });
    let close = move |_| {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    let rows = move || {
        let row = |(keys, text): (&'static str, &'static str)| {
            let keys = keys.split(' ').map(|key| view! { <kbd>{key}</kbd>" " }).collect_view();
            view! { <div><dt>{keys}</dt><dd>{text}</dd></div> }
        };
        app.words().keys.map(row).collect_view()
    };
    view! {
        <dialog node_ref=node aria-labelledby="help-title" on:close=move |_| app.help.set(false)>
            <h2 id="help-title">{app.t(|w| w.help_title)}</h2>
            <dl class="keys">{rows}</dl>
            <label class="check">
                <input type="checkbox" autocomplete="off" prop:checked=move || app.single_keys.get()
                    on:change=move |event| app.single_keys.set(event_target_checked(&event)) />
                {app.t(|w| w.single_keys)}
            </label>
            <p on:click=close>{link(app, "lnk sm")}</p>
            <p class="end"><button type="button" class="btn p" on:click=close>{app.t(|w| w.close)}</button></p>
        </dialog>
    }
    .into_any()
}
