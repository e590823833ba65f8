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
    view! {
        <div class="app" class:over=move || over.get()>
            {header(app)}
            {strip(app)}
            {idle::warning(app)}
            {room(app, over)}
            <p class="live" role="status">{move || app.said.get()}</p>
            {help(app)}
            {crate::web::selfcheck::dialog(app)}
            {crate::web::guide::dialog(app)}
        </div>
        {lookup(app)}
        {mapping(app)}
        {factors_dialog(app)}
        {print(app, app.list)}
        {print(app, app.opioids.list)}
        {profile_paper(app)}
    }
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
