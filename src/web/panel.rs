//! The patient panel: the very records that put the patient on the list.

use leptos::prelude::*;

use crate::truth::Truth;
use crate::view::{CriterionView, EvidenceView, MarkerView, PatientView};
use crate::web::browser;
use crate::web::chip::{Shape, chip, shape};
use crate::web::grid::value;
use crate::web::keys;
use crate::web::state::App;
use crate::web::text::count;
use crate::web::timeline;

/// Records shown of one criterion; the rest unfold.
const SHOWN: usize = 4;

/// The panel beside the list.
pub fn panel(app: App) -> AnyView {
    let list = app.list;
    let body = move || list.patient.get().map(|patient| body(app, patient));
    view! {
        <Show when=move || list.panel.get()>
            <aside class="panel" id="panel" tabindex="-1" aria-label=app.t(|w| w.patient)
                on:keydown=move |event| keys::in_panel(app, list, &event)>
                {top(app)}
                <div class="pb" tabindex="0" role="group" aria-label=app.t(|w| w.patient)>
                    {timeline::section(app)}{body}
                </div>
            </aside>
        </Show>
    }
    .into_any()
}

fn top(app: App) -> AnyView {
    let list = app.list;
    let of = move |pick: fn(&PatientView) -> String| {
        move || list.patient.with(|patient| patient.as_ref().map(pick).unwrap_or_default())
    };
    view! {
        <div class="ph">
            <div class="who">
                <h2><bdi>{of(|patient| patient.name.clone())}</bdi></h2>
                <div class="sm mute">
                    <span class="mono ink">{of(|patient| patient.cpr_shown.clone())}</span>" "
                    {of(|patient| patient.summary.clone())}
                </div>
                {crate::web::cover::reveal(app)}
            </div>
            {timeline::button(app)}
            <button type="button" class="btn s" on:click=move |_| list.step(app, -1)>
                {app.t(|w| w.previous)}" "<kbd>"K"</kbd>
            </button>
            <button type="button" class="btn s" on:click=move |_| list.step(app, 1)>
                {app.t(|w| w.next)}" "<kbd>"J"</kbd>
            </button>
            <button type="button" class="btn s"
                on:click=move |_| { list.close_panel(); browser::focus("grid") }>
                {app.t(|w| w.close)}" "<kbd>"Esc"</kbd>
            </button>
        </div>
    }
    .into_any()
}

/// Why: criteria with their records, markers, columns.
pub fn body(app: App, patient: PatientView) -> AnyView {
    let criteria = patient.criteria.into_iter().map(|one| criterion(app, one)).collect_view();
    let has_markers = !patient.markers.is_empty();
    let markers = patient.markers.into_iter().map(|one| marker(app, one)).collect_view();
    let columns = patient.columns.into_iter().map(|(title, cell)| {
        view! { <div><dt>{title}</dt><dd>{value(app, cell)}</dd></div> }
    });
    let columns: Vec<_> = columns.collect();
    view! {
        <section class="sec">
            <h3>{patient.heading}<span>{patient.verdict}</span></h3>
            {criteria}
        </section>
        {has_markers.then(|| view! {
            <section class="sec">
                <h3>{app.t(|w| w.markers)}<span>{app.t(|w| w.markers_lead)}</span></h3>
                {markers}
            </section>
        })}
        {(!columns.is_empty()).then(|| view! {
            <section class="sec">
                <h3>{app.t(|w| w.profile_columns)}</h3>
                <dl class="cols">{columns}</dl>
            </section>
        })}
    }
    .into_any()
}

fn criterion(app: App, criterion: CriterionView) -> AnyView {
    let words = app.words();
    let (form, class, word) = match criterion.truth {
        Truth::Yes => (Shape::Tick, "t yes", words.fulfilled),
        Truth::No => (Shape::Cross, "t no", words.not_fulfilled),
        Truth::Unknown => (Shape::Unknown, "t unk", words.cannot_decide),
    };
    let excludes =
        criterion.excludes.then(|| view! { <span class="chip c-x">{words.exclusion}</span> });
    let reason =
        (!criterion.reason.is_empty()).then(|| view! { <p class="why">{criterion.reason}</p> });
    view! {
        <div class="crit">
            <span class=class>{shape(form)}<span class="hide">{word}": "</span></span>
            <div>
                <p><b>{criterion.text}</b>" "<span class="mute">{criterion.window}</span>" "{excludes}</p>
                {reason}
                {evidence(app, criterion.evidence)}
                {receipt(criterion.receipt)}
            </div>
        </div>
    }
    .into_any()
}

fn marker(app: App, marker: MarkerView) -> AnyView {
    let action = (!marker.action.is_empty()).then(|| view! { <p class="mute">{marker.action}</p> });
    let details = marker.details.into_iter().map(|line| view! { <p class="mute">{line}</p> });
    let details: Vec<_> = details.collect();
    let exception = (!marker.exception.is_empty()).then(|| {
        let rows = evidence(app, marker.exception_evidence);
        view! { <p><b>{marker.exception}</b></p>{rows} }
    });
    view! {
        <div class="mk">
            <span>{chip(app, &marker.chip)}</span>
            <div>
                <p><b>{marker.name}</b>" "{marker.text}</p>
                {exception}{action}{evidence(app, marker.evidence)}{details}
            </div>
        </div>
    }
    .into_any()
}

/// Records behind something; many unfold.
pub fn evidence(app: App, mut rows: Vec<EvidenceView>) -> AnyView {
    let rest = if rows.len() > SHOWN + 1 { rows.split_off(SHOWN) } else { Vec::new() };
    let more = (!rest.is_empty()).then(|| {
        let number = count(rest.len() as u64, app.language.get_untracked());
        let rows = rest.into_iter().map(|row| record(app, row)).collect_view();
        view! {
            <details class="more"><summary>{number}" "{app.t(|w| w.more_rows)}</summary>{rows}</details>
        }
    });
    let rows = rows.into_iter().map(|row| record(app, row)).collect_view();
    view! { <div class="evs">{rows}{more}</div> }.into_any()
}

/// How a sum came about, line by line.
fn receipt(lines: Vec<String>) -> Option<AnyView> {
    let mut lines = lines.into_iter();
    let heading = lines.next()?;
    let lines = lines.map(|line| view! { <li><bdi>{line}</bdi></li> }).collect_view();
    Some(view! { <div class="sm"><p>{heading}</p><ul>{lines}</ul></div> }.into_any())
}

/// A record: date, code, content with what is assumed, and the line it stands on.
fn record(app: App, row: EvidenceView) -> AnyView {
    let assumed = (!row.assumed.is_empty()).then(|| {
        view! { <span>", "<span class="ass">{row.assumed}</span></span> }
    });
    let perhaps = row.perhaps.then(|| {
        view! { <span class="chip c-u">{shape(Shape::Unknown)}{app.t(|w| w.perhaps)}</span>" " }
    });
    view! {
        <div class="ev">
            <span>{row.date}</span><b>{row.code}</b>
            <span>{perhaps}<bdi>{row.text}</bdi>{assumed}</span>
            <span class="src">{row.origin}</span>
        </div>
    }
    .into_any()
}
