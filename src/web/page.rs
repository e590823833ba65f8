//! The whole page: header, strip, the room one is in, live region, help, print.

use leptos::prelude::*;

use crate::web::dropped;
use crate::web::factors::factors_dialog;
use crate::web::header::{header, strip};
use crate::web::help::help;
use crate::web::idle;
use crate::web::import::import;
use crate::web::keys;
use crate::web::lookup::lookup;
use crate::web::mapping::mapping;
use crate::web::opioids::opioids;
use crate::web::overview::overview;
use crate::web::print::print;
use crate::web::profile::profile;
use crate::web::profile_paper::profile_paper;
use crate::web::quality::quality;
use crate::web::rules::rules;
use crate::web::start::start as start_room;
use crate::web::state::{App, Room};

/// Takes the page over from the static text.
pub fn start() {
    console_error_panic_hook::set_once();
    if let Some(boot) = crate::web::browser::element("boot") {
        boot.remove();
    }
    leptos::mount::mount_to_body(Page);
}

/// The page.
#[component]
fn Page() -> impl IntoView {
    let app = App::new();
    keys::listen(app);
    idle::listen(app);
    let _ = window_event_listener(leptos::ev::pagehide, move |_| app.leave_page());
    let over = dropped::listen(app);
    crate::web::paste::listen(app);
    app.selfcheck.probe();
    view! {
        <div class="app" class:over=move || over.get()>
            {header(app)}
            {strip(app)}
            {idle::warning(app)}
            {room(app, over)}
            <p class="live" role="status">{move || app.said.get()}</p>
            <p class="stamp">{crate::web::selfcheck::stamp()}</p>
            {once(app, app.help.into(), help)}
            {once(app, app.selfcheck.asked(), crate::web::selfcheck::dialog)}
            {once(app, app.guide.into(), crate::web::guide::dialog)}
        </div>
        {once(app, app.lookup.asked(), lookup)}
        {mapping(app)}
        {once(app, app.factors.asked(), factors_dialog)}
        {print(app, app.list)}
        {print(app, app.opioids.list)}
        {profile_paper(app)}
    }
}

// A dialog is mounted when it is first opened, and then kept: the first screen waits for none.
fn once(app: App, open: Signal<bool>, dialog: fn(App) -> AnyView) -> AnyView {
    let asked = Memo::new(move |was: Option<&bool>| was == Some(&true) || open.get());
    (move || asked.get().then(|| dialog(app))).into_any()
}

fn room(app: App, over: RwSignal<bool>) -> AnyView {
    (move || match app.room.get() {
        Room::Start => start_room(app, over).into_any(),
        Room::Import => import(app).into_any(),
        Room::Overview => overview(app).into_any(),
        Room::Profile => profile(app).into_any(),
        Room::Opioids => opioids(app),
        Room::Quality => quality(app),
        Room::Rules => rules(app).into_any(),
    })
    .into_any()
}
