//! One user of opioids: the sum line by line, its verdict, the flags with what would clear them.

use leptos::prelude::*;

use crate::view::opioids::panel::OpioidPatientView;
use crate::view::opioids::receipt::{ReceiptRow, ReceiptView};
use crate::view::opioids::{Omeq, OpioidsView, Over, over};
use crate::view::{MarkerView, text_opioids as said, text_opioids_limit as limits};
use crate::web::browser;
use crate::web::chip::chip;
use crate::web::keys;
use crate::web::opioids::word;
use crate::web::panel::evidence;
use crate::web::state::App;
use crate::web::timeline;

/// The panel beside the list.
pub fn panel(app: App) -> AnyView {
    let (state, list) = (app.opioids, app.opioids.list);
    let body = move || state.patient.get().map(|patient| body(app, patient));
    view! {
        <Show when=move || list.panel.get()>
            <aside class="panel" id="panel" tabindex="-1" aria-label=app.t(|w| w.patient)
                on:keydown=move |event| keys::in_panel(app, list, &event)>
                {top(app)}
                <div class="pb" tabindex="0" role="group" aria-label=app.t(|w| w.patient)>
                    {paper(app)}{timeline::section(app)}{body}
                </div>
            </aside>
        </Show>
    }
    .into_any()
}

fn top(app: App) -> AnyView {
    let (state, list) = (app.opioids, app.opioids.list);
    let of = move |pick: fn(&OpioidPatientView) -> String| {
        move || state.patient.with(|patient| patient.as_ref().map(pick).unwrap_or_default())
    };
    view! {
        <div class="ph">
            <div class="who">
                <h2><bdi>{of(|one| one.patient.name.clone())}</bdi></h2>
                <div class="sm mute">
                    <span class="mono ink">{of(|one| one.patient.cpr_shown.clone())}</span>" "
                    {of(|one| one.patient.summary.clone())}
                </div>
                {crate::web::cover::reveal(app)}
            </div>
            {timeline::button(app)}
            <button type="button" class="btn s" on:click=move |_| browser::print_when_shown()>
                {word(app, |w| w.print)}
            </button>
            <button type="button" class="btn s"
                on:click=move |_| { list.close_panel(); browser::focus("grid") }>
                {app.t(|w| w.close)}" "<kbd>"Esc"</kbd>
            </button>
        </div>
    }
    .into_any()
}

/// What a print of the page rests on; seen on paper only.
fn paper(app: App) -> AnyView {
    let state = app.opioids;
    let text = move || {
        let view = state.view.get()?;
        let strip = app.overview.with(|all| all.as_ref().map(|all| all.strip.clone()))?;
        let invented = strip.invented.then(|| view! { <b>{app.t(|w| w.invented)}</b> });
        let rests = limits::paper(&view, &state.choice.get(), app.language.get());
        Some(view! {
            <span>{strip.file}" "{strip.file_detail}</span>
            <span>{app.t(|w| w.page_index_date)}" "{strip.index_date}</span>
            <span>{view.profile.title.clone()}" "{view.profile.version.clone()}" "
                {view.profile.fingerprint.clone()}</span>
            {invented}<span>{rests}</span><span>{app.t(|w| w.purpose)}</span>
        })
    };
    view! { <p class="on-paper">{text}</p> }.into_any()
}

fn body(app: App, one: OpioidPatientView) -> AnyView {
    let state = app.opioids;
    let (sum, cpr) = (one.sum, one.patient.cpr.clone());
    let receipt = one.receipt.map(|receipt| receipt_table(app, receipt, sum.as_ref()));
    let verdict = move || {
        let view = state.view.get()?;
        Some(verdict(app, &view, sum.as_ref(), &cpr))
    };
    view! {
        <section class="sec">
            <h3>{word(app, |w| w.receipt)}<span>{word(app, |w| w.receipt_lead)}</span></h3>
            {receipt}
            {verdict}
        </section>
        {flags(app, one.patient.markers)}
    }
    .into_any()
}

fn verdict(app: App, view: &OpioidsView, sum: Option<&Omeq>, cpr: &str) -> Option<AnyView> {
    let language = app.language.get();
    let choice = app.opioids.choice.get();
    let limit = view.limit_in_force(&choice)?;
    let found = over(sum, limit);
    let (lead, why) = limits::verdict(found, sum, limit, language);
    let class = match found {
        Over::Yes => "verdict yes",
        Over::No => "verdict",
        Over::Grey | Over::Unknown => "verdict open",
    };
    let user = view.users.iter().find(|user| user.cpr == cpr);
    let exempt = user.and_then(|user| limits::exempt(view, user, language));
    let moved = view.is_moved(&choice).then(|| limits::moved_mark(limit, language));
    Some(
        view! {
            <p class=class><b>{lead}</b>" "{why}" "<b class="demo">{moved}</b></p>
            {exempt.map(|text| view! { <p class="verdict open">{text}</p> })}
        }
        .into_any(),
    )
}

fn receipt_table(app: App, receipt: ReceiptView, sum: Option<&Omeq>) -> AnyView {
    let language = app.language.get_untracked();
    let ReceiptView { fixed, needed, missing, apart, sources, factors } = receipt;
    let nothing = [fixed.len(), needed.len(), missing.len()].iter().all(|length| *length == 0);
    let total = sum.filter(|_| !nothing).map(|sum| view! {
        <tr class="total">
            <th scope="row" colspan="3">{word(app, |w| w.fixed)}</th>
            <td class="num"><b>{said::sum(sum, language)}</b><small>{said::span(sum, language)}</small></td>
        </tr>
    });
    let as_needed = (!needed.is_empty()).then(|| {
        view! {
            <tr class="apart"><th scope="rowgroup" colspan="4">{word(app, |w| w.needed)}</th></tr>
        }
    });
    let line = |word: &'static str, all: Vec<String>| {
        all.into_iter()
            .map(move |text| view! { <p class="apart"><b>{word}": "</b><bdi>{text}</bdi></p> })
            .collect_view()
    };
    let sources =
        sources.into_iter().map(|(name, text)| view! { <div><dt>{name}</dt><dd>{text}</dd></div> });
    let sources = sources.collect_view();
    let table = (!nothing).then(|| {
        view! {
            <table class="receipt">
                <thead><tr>
                    <th scope="col">{word(app, |w| w.product)}</th>
                    <th scope="col" class="num">{word(app, |w| w.per_day)}</th>
                    <th scope="col" class="num">{word(app, |w| w.factor)}</th>
                    <th scope="col" class="num">{word(app, |w| w.omeq)}</th>
                </tr></thead>
                <tbody>
                    {fixed.into_iter().map(receipt_row).collect_view()}
                    {total}{as_needed}
                    {needed.into_iter().map(receipt_row).collect_view()}
                </tbody>
            </table>
        }
    });
    view! {
        {table}
        {nothing.then(|| view! { <p>{word(app, |w| w.no_orders)}</p> })}
        {line(word(app, |w| w.missing)(), missing)}
        {line(word(app, |w| w.apart)(), apart)}
        <dl class="cols sm">{sources}</dl>
        <p class="xs mute">{word(app, |w| w.factors)}" "{factors}". "{said::not_for(language)}</p>
    }
    .into_any()
}

fn receipt_row(row: ReceiptRow) -> AnyView {
    let assumed = (!row.assumed.is_empty()).then(|| {
        view! { ", "<span class="ass">{row.assumed}</span> }
    });
    view! {
        <tr>
            <td class="wrapped"><b><bdi>{row.product}</bdi></b>
                <small><bdi>{row.written}</bdi>{assumed}</small><small>{row.notes}</small></td>
            <td class="num">{row.per_day}</td>
            <td class="num">{row.factor}<small>{row.factor_span}</small></td>
            <td class="num"><b>{row.omeq}</b><small>{row.omeq_span}</small></td>
        </tr>
    }
    .into_any()
}

fn flags(app: App, markers: Vec<MarkerView>) -> AnyView {
    let none = markers.is_empty();
    let view = app.opioids.view.get_untracked();
    let clears = move |id: &str| {
        let flag = view.as_ref().and_then(|view| view.flags.iter().find(|flag| flag.id == id));
        flag.map(|flag| flag.clears.clone())
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| word(app, |w| w.clears_unsaid)().to_owned())
    };
    let row = move |marker: MarkerView| {
        let clears = clears(&marker.chip.id);
        view! {
            <tr>
                <td>{chip(app, &marker.chip)}</td>
                <td class="wrapped">{marker.text}{evidence(app, marker.evidence)}</td>
                <td class="wrapped">{clears}</td>
            </tr>
        }
    };
    let rows = markers.into_iter().map(row).collect_view();
    view! {
        <section class="sec">
            <h3>{word(app, |w| w.flags)}<span>{word(app, |w| w.flags_here)}</span></h3>
            {if none { view! { <p>{word(app, |w| w.no_flags)}</p> }.into_any() } else { view! {
                <table class="receipt">
                    <thead><tr>
                        <th scope="col">{word(app, |w| w.flag)}</th>
                        <th scope="col">{word(app, |w| w.based_on)}</th>
                        <th scope="col">{word(app, |w| w.clears)}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }.into_any() }}
        </section>
    }
    .into_any()
}
