//! Indlæsning: progress while reading, then every line accounted for.

use leptos::prelude::*;

use crate::protocol::Progress;
use crate::view::{
    FileView, ImportView, LedgerView, RefusedView, RemarkKind, RemarkView, SetAsideView,
};
use crate::web::chip::{Shape, shape};
use crate::web::dropped::picker;
use crate::web::mapping;
use crate::web::state::{App, Room};
use crate::web::text::count;
use crate::web::{repair, second};

/// The report of what was read.
pub fn import(app: App) -> AnyView {
    let report = move || match app.import.get() {
        Some(view) if !view.files.is_empty() || !app.reading.get() => report(app, view).into_any(),
        _ => ().into_any(),
    };
    let title = move || match (app.reading.get(), app.import.with(Option::is_some)) {
        (true, false) => app.words().reading,
        _ => app.words().import_title,
    };
    let lead =
        move || if app.reading.get() { app.words().reading_lead } else { app.words().import_lead };
    view! {
        <section class="head" aria-labelledby="title">
            <div class="g"><h1 id="title">{title}</h1><p>{lead}</p></div>
            {actions(app)}
        </section>
        <main class="s02">
            {progress(app)}
            {failure(app)}
            {report}
        </main>
    }
    .into_any()
}

fn actions(app: App) -> AnyView {
    (move || {
        (!app.reading.get()).then(|| {
            view! {
                {picker(app, "add", "btn", |w| w.add_files)}
                <button type="button" class="btn p" id="to-overview"
                    disabled=move || app.overview.with(Option::is_none)
                    on:click=move |_| app.room.set(Room::Overview)>{app.t(|w| w.see_overview)}</button>
            }
        })
    })
    .into_any()
}

/// Bytes and lines so far, and the way out.
pub fn progress(app: App) -> AnyView {
    let share = move || {
        let Progress { all_bytes, all_size, .. } = app.progress.get();
        all_bytes as f64 / (all_size.max(1) as f64)
    };
    let text = move || {
        let text = app.progress.with(|progress| progress.text.clone());
        if text.is_empty() { app.words().reading.to_owned() } else { text }
    };
    (move || {
        app.reading.get().then(|| {
            view! {
                <div class="msg run">
                    <p class="sm">{text}</p>
                    <progress max="1" prop:value=share aria-label=app.t(|w| w.reading)></progress>
                    <button type="button" class="btn s" on:click=move |_| app.stop()>
                        {app.t(|w| w.stop)}
                    </button>
                </div>
            }
        })
    })
    .into_any()
}

/// What the worker could not answer.
pub fn failure(app: App) -> AnyView {
    (move || {
        let text = app.failed.get();
        (!text.is_empty()).then(|| {
            view! { <div class="msg bad" role="alert">{shape(Shape::Diamond)}<p>{text}</p></div> }
        })
    })
    .into_any()
}

fn report(app: App, view: ImportView) -> AnyView {
    let tables = (!view.files.is_empty()).then(|| {
        view! {
            {account(app, view.total, view.files.len())}
            {files(app, &view)}
        }
    });
    let none = view.files.is_empty().then(|| view! { <p class="mute">{app.t(|w| w.no_table)}</p> });
    view! {
        {refused(app, view.refused.clone())}
        {view.repair.clone().map(|found| repair::section(app, found))}
        {view.second.clone().map(|changed| second::section(app, *changed))}
        {tables}
        {none}
        <div class="two">
            {set_aside(app, &view)}
            {remarks(app, view.remarks)}
        </div>
        {column_maps(app, &view.files)}
    }
    .into_any()
}

/// The account of lines as an equation.
pub fn account(app: App, ledger: LedgerView, files: usize) -> AnyView {
    let term = move |number: u64, word: AnyView| {
        view! {
            <div><div class="n">{move || count(number, app.language.get())}</div><div class="l">{word}</div></div>
        }
    };
    let plus = || view! { <div class="op">"+"</div> };
    let all = view! { {app.t(|w| w.lines_in)}" "{files}" "{app.t(|w| w.files)} }.into_any();
    let verdict =
        move || if ledger.balanced { app.words().balanced } else { app.words().not_balanced };
    view! {
        <div class="eq" role="group" aria-label=app.t(|w| w.account)>
            {term(ledger.physical, all)}<div class="op">"="</div>
            {term(ledger.header, app.t(|w| w.header_lines).into_any())}{plus()}
            {term(ledger.blank, app.t(|w| w.blank_lines).into_any())}{plus()}
            {term(ledger.continuation, app.t(|w| w.continuation_lines).into_any())}{plus()}
            {term(ledger.used, app.t(|w| w.used_lines).into_any())}{plus()}
            {term(ledger.set_aside, app.t(|w| w.set_aside_lines).into_any())}
            <div class="v" class:bad=!ledger.balanced>
                {shape(if ledger.balanced { Shape::Tick } else { Shape::Cross })}{verdict}
            </div>
        </div>
    }
    .into_any()
}

fn files(app: App, view: &ImportView) -> AnyView {
    let rows = view.files.iter().map(|file| file_row(app, file)).collect_view();
    let total = view.total;
    view! {
        <div class="card scroll" tabindex="0" role="group" aria-label=app.t(|w| w.account)>
            <table>
                <thead><tr>
                    <th scope="col">{app.t(|w| w.file)}</th>
                    <th scope="col">{app.t(|w| w.register)}</th>
                    <th scope="col">{app.t(|w| w.read_as)}</th>
                    <th scope="col" class="num">{app.t(|w| w.lines)}</th>
                    <th scope="col" class="num">{app.t(|w| w.header_short)}</th>
                    <th scope="col" class="num">{app.t(|w| w.blank_short)}</th>
                    <th scope="col" class="num">{app.t(|w| w.continuation_short)}</th>
                    <th scope="col" class="num">{app.t(|w| w.used_short)}</th>
                    <th scope="col" class="num">{app.t(|w| w.set_aside_short)}</th>
                    <th scope="col">{app.t(|w| w.content)}</th>
                    <th scope="col">{app.t(|w| w.columns)}</th>
                </tr></thead>
                <tbody>
                    {rows}
                    <tr class="sum">
                        <th scope="row" class="nm">{app.t(|w| w.total)}</th>
                        <td class="gap"></td><td class="gap"></td>
                        {numbers(app, total)}
                        <td class="gap"></td><td class="gap"></td>
                    </tr>
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

fn numbers(app: App, ledger: LedgerView) -> AnyView {
    let cell = move |number: u64| {
        view! { <td class="num">{move || count(number, app.language.get())}</td> }
    };
    [
        ledger.physical,
        ledger.header,
        ledger.blank,
        ledger.continuation,
        ledger.used,
        ledger.set_aside,
    ]
    .map(cell)
    .collect_view()
    .into_any()
}

fn file_row(app: App, file: &FileView) -> AnyView {
    let place = file.file as usize;
    let columns = mapping::button(app, place, file.name.clone(), file.columns.clone());
    view! {
        <tr>
            <th scope="row" class="nm">{file.name.clone()}</th>
            <td><b>{file.register.clone()}</b></td>
            <td class="mute">{file.read_as.clone()}</td>
            {numbers(app, file.ledger)}
            <td class="mute">{file.content.clone()}</td>
            <td>{columns}</td>
        </tr>
    }
    .into_any()
}

fn refused(app: App, refused: Vec<RefusedView>) -> AnyView {
    (!refused.is_empty())
        .then(|| {
            let rows = refused.into_iter().enumerate().map(|(place, file)| {
                let button = file.is_table.then(|| mapping::of_unread(app, place, file.name));
                view! { <p>{file.text}" "{button}</p> }
            });
            let rows = rows.collect_view();
            view! {
                <div class="msg bad" role="alert" id="refused">
                    {shape(Shape::Cross)}<div><b>{app.t(|w| w.refused)}</b>{rows}</div>
                </div>
            }
        })
        .into_any()
}

fn set_aside(app: App, view: &ImportView) -> AnyView {
    let rows = view.set_aside.iter().map(|reason| reason_row(app, reason.clone())).collect_view();
    let none = view.set_aside.is_empty().then(|| {
        view! { <p class="pad mute sm">{app.t(|w| w.nothing_set_aside)}</p> }
    });
    let lines = view.total.set_aside;
    view! {
        <section class="card">
            <h2>{app.t(|w| w.set_aside)}": "{move || count(lines, app.language.get())}</h2>
            {none}
            <table><tbody>{rows}</tbody></table>
        </section>
    }
    .into_any()
}

fn reason_row(app: App, reason: SetAsideView) -> AnyView {
    let (number, key) = (reason.count, reason.reason);
    let (opened, pressed) = (key.clone(), key.clone());
    let open = Memo::new(move |_| app.lines.with(|lines| lines.contains_key(&opened)));
    view! {
        <tr>
            <td class="wrapped">{reason.text}</td>
            <td class="num"><b>{move || count(number, app.language.get())}</b></td>
            <td class="mute el">{reason.files}</td>
            <td class="num">
                <button type="button" class="lnk" aria-expanded=move || open.get().to_string()
                    on:click=move |_| app.show_lines(&pressed)>{app.t(|w| w.show_lines)}</button>
            </td>
        </tr>
        {move || open.get().then(|| lines(app, &key, number))}
    }
    .into_any()
}

/// Positions of lines set aside; never their content.
fn lines(app: App, reason: &str, number: u64) -> AnyView {
    let reason = StoredValue::new(reason.to_owned());
    let shown = move || {
        let of_reason = |reason: &String| app.lines.with(|lines| lines.get(reason).cloned());
        reason.with_value(of_reason).unwrap_or_default()
    };
    let rows = move || {
        let line = |line: crate::view::LineView| {
            let place = move || count(line.line, app.language.get());
            view! { <li><b>{line.file}</b>" "{app.t(|w| w.line)}" "{place}": "{line.reason}</li> }
        };
        shown().into_iter().map(line).collect_view()
    };
    let cut = move || {
        let cut = (shown().len() as u64) < number && !shown().is_empty();
        cut.then(|| view! { <p class="xs mute">{app.t(|w| w.first_lines)}</p> })
    };
    view! {
        <tr><td colspan="4" class="lines">
            <ul tabindex="0" aria-label=app.t(|w| w.set_aside)>{rows}</ul>{cut}
        </td></tr>
    }
    .into_any()
}

/// What the contents mean for the profiles.
pub fn remarks(app: App, remarks: Vec<RemarkView>) -> AnyView {
    (!remarks.is_empty())
        .then(|| {
            let items = remarks.into_iter().map(remark).collect_view();
            view! {
                <section class="card">
                    <h2>{app.t(|w| w.remarks)}</h2>
                    <div class="miss">{items}</div>
                </section>
            }
        })
        .into_any()
}

/// One remark with its mark.
pub fn remark(remark: RemarkView) -> AnyView {
    let mark = match remark.kind {
        RemarkKind::Unknown => shape(Shape::Unknown),
        RemarkKind::Assumed => {
            view! { <span class="ass tilde" aria-hidden="true">"~"</span> }.into_any()
        }
        RemarkKind::Info => shape(Shape::Circle),
    };
    view! { <div class="it">{mark}<span><b>{remark.lead}</b>" "{remark.text}</span></div> }
        .into_any()
}

fn column_maps(app: App, files: &[FileView]) -> AnyView {
    let one = |file: &FileView| {
        let rows = file.column_map.iter().map(|(heading, field)| {
            let field = match field.clone() {
                Some(field) => view! { <td>{field}</td> }.into_any(),
                None => view! { <td class="mute">{app.t(|w| w.not_used)}</td> }.into_any(),
            };
            view! { <tr><td>{heading.clone()}</td>{field}</tr> }
        });
        let rows = rows.collect_view();
        view! {
            <details class="card map">
                <summary>{app.t(|w| w.column_map)}" "<b>{file.name.clone()}</b>": "{file.columns.clone()}</summary>
                <table>
                    <thead><tr>
                        <th scope="col">{app.t(|w| w.heading)}</th>
                        <th scope="col">{app.t(|w| w.read_as_field)}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        }
    };
    view! { <div class="maps">{files.iter().map(one).collect_view()}</div> }.into_any()
}
