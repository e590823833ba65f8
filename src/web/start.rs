//! Start: one action to get a file in, and why it stays here.

use leptos::prelude::*;

use crate::web::browser;
use crate::web::chip::{Shape, shape};
use crate::web::dropped::picker;
use crate::web::rules::link;
use crate::web::state::App;
use crate::web::text_paste::PasteWords;

/// The screen before anything is read.
pub fn start(app: App, over: RwSignal<bool>) -> AnyView {
    browser::focus_soon("choose");
    view! {
        <main class="s01">
            <section class="lft">
                {messages(app)}
                <h1>{app.t(|w| w.start_title)}</h1>
                <p class="mute lead">{app.t(|w| w.start_lead)}</p>
                {drop_zone(app, over)}
                <div class="demo1">
                    <p><b>{app.t(|w| w.demo_lead)}</b>" "
                        <span class="mute">{app.t(|w| w.demo_text)}</span></p>
                    <button type="button" class="btn" id="demo" on:click=move |_| app.demo()>
                        {app.t(|w| w.demo_open)}
                    </button>
                </div>
                <p class="purpose">{app.t(|w| w.purpose)}</p>
                <footer>{link(app, "lnk sm")}" "{crate::web::guide::link(app)}" "<span class="sm mute">{crate::web::selfcheck::build()}</span></footer>
            </section>
            {aside(app)}
        </main>
    }
    .into_any()
}

/// Broken, stopped or forgotten: said once, above everything.
fn messages(app: App) -> AnyView {
    let broken = move || {
        app.broken.get().then(|| {
            view! {
                <div class="msg bad" role="alert">
                    {shape(Shape::Diamond)}
                    <p><b>{app.t(|w| w.broken_title)}". "</b>{app.t(|w| w.broken)}</p>
                </div>
            }
        })
    };
    let notice = move || {
        let text = app.notice.get();
        (!text.is_empty())
            .then(|| view! { <div class="msg">{shape(Shape::Tick)}<p>{text}</p></div> })
    };
    (broken, notice, crate::web::selfcheck::warning(app)).into_any()
}

fn drop_zone(app: App, over: RwSignal<bool>) -> AnyView {
    let title = move || if over.get() { app.words().drop_release } else { app.words().drop_here };
    let registers = move || {
        app.words().registers.map(|register| view! { <span>{register}</span> }).collect_view()
    };
    view! {
        <div class="drop" class:over=move || over.get()>
            {box_drawing()}
            <div class="big">{title}</div>
            <p class="mute">{app.t(|w| w.drop_more)}</p>
            <p class="xs mute">{move || PasteWords::of(app.language.get()).hint}</p>
            {picker(app, "choose", "btn p l", |w| w.choose_files)}
            <div class="types">{registers}</div>
            <p class="xs mute">{app.t(|w| w.seven)}</p>
        </div>
    }
    .into_any()
}

fn box_drawing() -> AnyView {
    view! {
        <svg class="box" width="74" height="60" viewBox="0 0 74 60" aria-hidden="true">
            <path class="b1" d="M3 22h68v33a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3Z"/>
            <path class="b2" d="M3 22 12 6h50l9 16"/>
            <path class="b3" d="M24 33h26"/>
            <path class="b4" d="M37 2v20m-7-7 7 8 7-8"/>
        </svg>
    }
    .into_any()
}

fn aside(app: App) -> AnyView {
    let tick = |text: AnyView| view! { <li>{shape(Shape::Tick)}<span>{text}</span></li> };
    view! {
        <aside class="rgt">
            <section>
                <h2>{app.t(|w| w.happens)}</h2>
                <ul>
                    {tick(app.t(|w| w.happens_memory).into_any())}
                    {tick(app.t(|w| w.happens_nothing).into_any())}
                    {tick(app.t(|w| w.happens_forget).into_any())}
                </ul>
            </section>
            <section>
                <h2>{app.t(|w| w.export_how)}</h2>
                <ol>
                    <li><span>{app.t(|w| w.export_1)}</span></li>
                    <li><span>{app.t(|w| w.export_2)}</span></li>
                    <li><span>{app.t(|w| w.export_3)}</span></li>
                </ol>
            </section>
            <section>
                <h2>{app.t(|w| w.one_file)}</h2>
                <p class="sm mute">{app.t(|w| w.one_file_text)}</p>
            </section>
            <section class="last">
                <h2>{app.t(|w| w.own_title)}</h2>
                <p class="sm mute">{app.t(|w| w.own_text)}</p>
            </section>
        </aside>
    }
    .into_any()
}
