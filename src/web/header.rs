//! Header and state strip: the same on every screen.

use leptos::prelude::*;

use crate::view::StripView;
use crate::web::browser;
use crate::web::chip::{Shape, shape};
use crate::web::factors::button;
use crate::web::state::{App, Room};
use crate::web::text_opioids::OpioidWords;
use crate::web::text_quality::QualityWords;

/// Name, rooms, help, language, theme, »Glem alt«.
pub fn header(app: App) -> AnyView {
    view! {
        <header class="top">
            <div class="word">{sign()}"Profilblik"</div>
            <nav aria-label=app.t(|w| w.rooms)>
                {tab(app, Room::Import, app.t(|w| w.import))}
                {tab(app, Room::Overview, app.t(|w| w.overview))}
                {tab(app, Room::Opioids, move || OpioidWords::of(app.language.get()).opioids)}
                {tab(app, Room::Quality, move || QualityWords::of(app.language.get()).quality)}
            </nav>
            <div class="sp"></div>
            {crate::web::lookup::button(app)}
            {crate::web::cover::button(app)}
            <button type="button" class="tbtn" on:click=move |_| app.help.set(true)>
                {app.t(|w| w.help)}" "<kbd>"?"</kbd>
            </button>
            <button type="button" class="tbtn" on:click=move |_| app.switch_theme()>
                {move || if app.is_dark() { app.words().to_light } else { app.words().to_dark }}
            </button>
            <button type="button" class="tbtn" on:click=move |_| app.switch_language()>
                {app.t(|w| w.other_language)}
            </button>
            {forget(app)}
        </header>
    }
    .into_any()
}

fn sign() -> AnyView {
    view! {
        <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
            <rect x="1" y="1" width="20" height="20" rx="3" fill="none" stroke="#b9d4d8" stroke-width="1.6"/>
            <path d="M5 6.2h12M5 15.8h12" stroke="#b9d4d8" stroke-width="1.6"/>
            <path d="M4.2 11C6.5 8 15.5 8 17.8 11 15.5 14 6.5 14 4.2 11Z" fill="#e9c46a"/>
            <circle cx="11" cy="11" r="1.9" fill="#0c3a44"/>
        </svg>
    }
    .into_any()
}

fn tab(app: App, room: Room, text: impl Fn() -> &'static str + Copy + Send + 'static) -> AnyView {
    let open = move || match room {
        Room::Overview | Room::Opioids | Room::Quality => app.overview.with(Option::is_some),
        _ => app.import.with(Option::is_some) || app.reading.get(),
    };
    let current = move || {
        let here = app.room.get();
        here == room || (room == Room::Overview && here == Room::Profile)
    };
    view! {
        <button type="button" disabled=move || !open()
            aria-current=move || current().then_some("page")
            on:click=move |_| match room {
                Room::Opioids => app.show_opioids(),
                Room::Quality => app.show_quality(),
                _ => app.room.set(room),
            }>{text}</button>
    }
    .into_any()
}

/// The question stands in the header itself, no dialog.
fn forget(app: App) -> AnyView {
    let asked = RwSignal::new(false);
    let nothing = move || {
        app.import.with(Option::is_none) && app.overview.with(Option::is_none) && !app.reading.get()
    };
    let answer = move |yes: bool| {
        asked.set(false);
        if yes {
            app.forget();
        } else {
            browser::focus_soon("forget");
        }
    };
    view! {
        <Show when=move || asked.get() fallback=move || view! {
            <button type="button" class="tbtn" id="forget" disabled=nothing
                on:click=move |_| { asked.set(true); browser::focus_soon("forget-yes"); }>
                {app.t(|w| w.forget)}
            </button>
        }>
            <div class="ask" role="group" aria-labelledby="forget-question"
                on:keydown=move |event| if event.key() == "Escape" { answer(false) }>
                <span id="forget-question">{app.t(|w| w.forget_question)}</span>
                <button type="button" class="tbtn" id="forget-yes" on:click=move |_| answer(true)>
                    {app.t(|w| w.forget_yes)}
                </button>
                <button type="button" class="tbtn" on:click=move |_| answer(false)>
                    {app.t(|w| w.forget_no)}
                </button>
            </div>
        </Show>
    }
    .into_any()
}

/// What all figures rest on.
pub fn strip(app: App) -> AnyView {
    let read = move || app.overview.with(|view| view.as_ref().map(|view| view.strip.clone()));
    view! {
        <div class="strip" role="region" aria-label=app.t(|w| w.strip)>
            {move || match read() {
                None => empty_strip(app).into_any(),
                Some(strip) => full_strip(app, strip).into_any(),
            }}
            {crate::web::cover::mark(app)}
            {privacy(app)}
        </div>
    }
    .into_any()
}

fn empty_strip(app: App) -> AnyView {
    view! {
        <div><span>{app.t(|w| w.file)}</span><b>{app.t(|w| w.no_file)}</b></div>
        <div><span>{app.t(|w| w.index_date)}</span><b>{app.t(|w| w.follows_file)}</b></div>
    }
    .into_any()
}

fn full_strip(app: App, strip: StripView) -> AnyView {
    let invented = strip.invented.then(|| {
        view! { <div class="demo">{app.t(|w| w.invented)}</div> }
    });
    let factors = demo(strip.factors.clone());
    // »7 filer« and »7 filer, 1.575 tilmeldte« say it once.
    let detail = strip.file_detail.strip_prefix(&strip.file).unwrap_or(&strip.file_detail);
    let detail = detail.trim_start_matches([',', ' ']).to_owned();
    // No table was read, only files that could not be: a button needs a name all the same.
    let read = strip.file.clone();
    let name = move || if read.is_empty() { app.words().no_file.to_owned() } else { read.clone() };
    view! {
        <div class="sfile">
            <span>{app.t(|w| w.file)}</span>
            <button type="button" class="lnk" on:click=move |_| app.room.set(Room::Import)>
                {name}
            </button>
            <span class="el">{detail}</span>
        </div>
        {index_date(app, strip)}
        {profile(app)}
        {move || app.opioids.mark(app).map(|mark| view! { <div class="demo">{mark}</div> })}
        {factors}{invented}
    }
    .into_any()
}

/// What is not as usual, marked; nothing where there is nothing.
fn demo(text: String) -> Option<AnyView> {
    (!text.is_empty()).then(|| view! { <div class="demo">{text}</div> }.into_any())
}

fn profile(app: App) -> AnyView {
    (move || {
        let list = app.open_list()?;
        let row = list.head.with(|head| head.as_ref().map(|head| head.profile.clone()));
        row.map(|row| {
            let own =
                row.own.then(|| view! { <span class="demo">{app.t(|w| w.own_profile)}</span> });
            view! {
                <div class="sprofile">
                    <span>{app.t(|w| w.profile)}</span><b class="el">{row.title}</b>
                    <span>{row.version}</span><span class="mono">{row.fingerprint}</span>{own}
                    {demo(row.changed)}{row.sums.then(|| button(app))}
                </div>
            }
        })
    })
    .into_any()
}

/// The index date, and the field to change it.
fn index_date(app: App, strip: StripView) -> AnyView {
    let open = RwSignal::new(false);
    let choose = move |date: Option<String>| {
        open.set(false);
        app.set_index_date(date);
    };
    let is_default = strip.index_date_iso == strip.default_date_iso;
    let (iso, shown, reason) = (strip.index_date_iso, strip.index_date, strip.default_date_reason);
    let button = move || {
        view! {
            <button type="button" class="lnk" id="date-change"
                on:click=move |_| { open.set(true); browser::focus_soon("date"); }>
                {app.t(|w| w.change)}
            </button>
        }
    };
    let field = move || {
        let iso = iso.clone();
        let reason = reason.clone();
        let known = iso.clone();
        view! {
            <input type="date" id="date" class="date" autocomplete="off" value=iso
                aria-label=app.t(|w| w.index_date)
                on:keydown=move |event| match event.key().as_str() {
                    "Escape" => { event.stop_propagation(); open.set(false); browser::focus_soon("date-change") }
                    "Enter" => choose(Some(event_target_value(&event)).filter(|date| !date.is_empty())),
                    _ => {}
                }
                on:blur=move |event| {
                    let date = event_target_value(&event);
                    if open.get_untracked() && !date.is_empty() && date != known { choose(Some(date)) }
                } />
            <button type="button" class="lnk" title=reason disabled=is_default
                on:click=move |_| choose(None)>{app.t(|w| w.newest_date)}</button>
            <button type="button" class="lnk" on:click=move |_| open.set(false)>
                {app.t(|w| w.close)}
            </button>
        }
    };
    view! {
        <div>
            <span>{app.t(|w| w.index_date)}</span>
            <b class:hide=move || open.get()>{shown}</b>
            {move || if open.get() { field().into_any() } else { button().into_any() }}
        </div>
    }
    .into_any()
}

/// Measured, not promised: the browser's own list of requests.
fn privacy(app: App) -> AnyView {
    let clean = move || app.requests.get() == 0;
    view! {
        <div class="privacy">
            <span class:lock=clean class:leak=move || !clean()>
                {move || shape(if clean() { Shape::Lock } else { Shape::Diamond })}
                {move || match app.requests.get() {
                    0 => app.words().no_requests.to_owned(),
                    some => format!("{some} {}", app.words().requests),
                }}
            </span>
            <span>{app.t(|w| w.since_load)}", "{app.t(|w| w.nothing_stored)}</span>
            {crate::web::selfcheck::short(app)}
        </div>
    }
    .into_any()
}
