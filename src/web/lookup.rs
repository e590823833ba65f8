//! »Slå patient op«: a dialog over every screen. One patient, every profile, and why.

use leptos::html::Dialog;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::protocol::{ListQuery, Request};
use crate::view::PatientView;
use crate::view::lookup::{GroupView, LookupView, MatchView, PersonView, StandingView};
use crate::web::browser;
use crate::web::chip::chip;
use crate::web::panel;
use crate::web::state::App;
use crate::web::text_lookup::LookupWords;
use crate::web::text_privacy::PrivacyWords;

/// What was asked and answered.
#[derive(Clone, Copy, Default)]
pub struct LookupState {
    open: RwSignal<bool>,
    typed: RwSignal<String>,
    view: RwSignal<Option<LookupView>>,
    /// The profile that is unfolded, and its why tree.
    profile: RwSignal<String>,
    patient: RwSignal<Option<PatientView>>,
    asked: StoredValue<(u32, u32)>,
}

impl LookupState {
    /// Is the dialog asked for?
    pub fn asked(self) -> Signal<bool> {
        self.open.into()
    }

    /// Is the dialog open?
    #[must_use]
    pub fn is_open(self) -> bool {
        self.open.get_untracked()
    }

    /// Opens the dialog, where there is something to look up in.
    pub fn show(self, app: App) {
        if app.overview.with_untracked(Option::is_some) {
            self.open.set(true);
            browser::focus_soon("lookup-text");
        }
    }

    /// Closed, and nothing is kept.
    pub fn clear(self) {
        self.open.set(false);
        self.typed.set(String::new());
        self.view.set(None);
        self.fold();
    }

    fn fold(self) {
        self.profile.set(String::new());
        self.patient.set(None);
    }

    fn ask(self, app: App, text: String) {
        self.fold();
        self.typed.set(text.clone());
        let number = app.ask(Request::LookUp { text });
        self.asked.update_value(|asked| asked.0 = number);
    }

    // Folded again by the same button.
    fn unfold(self, app: App, cpr: &str, profile: &str) {
        let again = self.profile.with_untracked(|open| open == profile);
        self.fold();
        if !again {
            self.profile.set(profile.to_owned());
            self.ask_why(app, cpr);
        }
    }

    fn ask_why(self, app: App, cpr: &str) {
        let profile = self.profile.get_untracked();
        let query = ListQuery::default();
        let number = app.ask(Request::Patient { profile, cpr: cpr.to_owned(), query });
        self.asked.update_value(|asked| asked.1 = number);
    }

    /// The figures or the language changed under the dialog.
    pub fn refresh(self, app: App) {
        let Some(view) = self.view.get_untracked() else { return };
        let number = app.ask(Request::LookUp { text: view.asked });
        self.asked.update_value(|asked| asked.0 = number);
        if let Some(person) = view.person.filter(|_| !self.profile.with_untracked(String::is_empty))
        {
            self.ask_why(app, &person.cpr);
        }
    }

    /// The answer.
    pub fn take(self, number: u32, view: LookupView) {
        if self.asked.get_value().0 == number {
            self.view.set(Some(view));
        }
    }

    /// A why tree came; was it asked for here?
    pub fn take_patient(self, number: u32, view: &PatientView) -> bool {
        let here = self.asked.get_value().1 == number;
        if here {
            self.patient.set(Some(view.clone()));
        }
        here
    }
}

type Pick = fn(&'static LookupWords) -> &'static str;

fn word(app: App, pick: Pick) -> impl Fn() -> &'static str + Copy {
    move || pick(LookupWords::of(app.language.get()))
}

/// The button of the header.
pub fn button(app: App) -> AnyView {
    let nothing = move || app.overview.with(Option::is_none);
    view! {
        <button type="button" class="tbtn" id="look-up" disabled=nothing
            on:click=move |_| app.lookup.show(app)>
            {word(app, |w| w.look_up)}" "<kbd>"/"</kbd>
        </button>
    }
    .into_any()
}

/// The dialog; Escape closes it, and the focus returns to where it was.
pub fn lookup(app: App) -> AnyView {
    let state = app.lookup;
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let (open, Some(dialog)) = (state.open.get(), node.get()) else { return };
        // Open already: the browser refuses, and that is all.
        if open {
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    let text = move || state.view.with(|view| view.as_ref().map(|v| v.text.clone()));
    let body = move || state.view.get().map(|view| body(app, view));
    // The word of an earlier closing may come when it is open again.
    let closed = move |_| {
        if node.get_untracked().is_none_or(|dialog| !dialog.has_attribute("open")) {
            state.open.set(false);
        }
    };
    // Not left to the browser, which tells of it later: the next key would find it open still.
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            state.open.set(false);
        }
    };
    view! {
        <dialog class="lookup" node_ref=node aria-labelledby="lookup-title" on:keydown=escape
            on:close=closed>
            <div class="lh">
                <h2 id="lookup-title">{word(app, |w| w.look_up)}</h2>
                <button type="button" class="btn s" on:click=move |_| browser::print_when_shown()>
                    {word(app, |w| w.print)}
                </button>
                <button type="button" class="btn s" on:click=move |_| state.open.set(false)>
                    {word(app, |w| w.close)}" "<kbd>"Esc"</kbd>
                </button>
            </div>
            {paper(app)}
            {field(app)}
            <p class="live" role="status">{text}</p>
            {body}
        </dialog>
    }
    .into_any()
}

/// What the figures rest on, seen on paper only.
fn paper(app: App) -> AnyView {
    let strip = move || {
        app.overview.with(|view| view.as_ref().map(|view| view.strip.clone())).map(|strip| {
            let invented = strip.invented.then(|| view! { <b>{app.t(|w| w.invented)}</b> });
            view! {
                <span>{strip.file}" "{strip.file_detail}</span>
                <span>{app.t(|w| w.page_index_date)}" "{strip.index_date}</span>
                <b>{strip.factors}</b>
                {invented}
                <span>{app.t(|w| w.purpose)}</span>
            }
        })
    };
    view! { <p class="on-paper">{strip}" "{crate::web::selfcheck::stamp()}</p> }.into_any()
}

fn field(app: App) -> AnyView {
    let state = app.lookup;
    let ask = move || state.ask(app, state.typed.get_untracked());
    let label = move || match app.cover.on.get() {
        true => PrivacyWords::of(app.language.get()).pseudonym,
        false => LookupWords::of(app.language.get()).field,
    };
    view! {
        <div class="lf">
            <input type="text" id="lookup-text" class="inp" autocomplete="off" spellcheck="false"
                autofocus=true
                aria-label=label placeholder=label
                prop:value=move || state.typed.get()
                on:input=move |event| state.typed.set(event_target_value(&event))
                on:keydown=move |event| if event.key() == "Enter" {
                    event.prevent_default();
                    ask();
                } />
            <button type="button" class="btn p" on:click=move |_| ask()>{word(app, |w| w.find)}</button>
        </div>
    }
    .into_any()
}

fn body(app: App, view: LookupView) -> AnyView {
    let Some(person) = view.person else {
        let matches = view.matches.into_iter().map(|one| choice(app, one)).collect_view();
        return view! { <p class="lt">{view.text}</p><ul class="lm">{matches}</ul> }.into_any();
    };
    found(app, person)
}

fn choice(app: App, one: MatchView) -> AnyView {
    let cpr = one.cpr_shown.clone();
    view! {
        <li>
            <button type="button" class="lnk" on:click=move |_| {
                app.lookup.ask(app, cpr.clone());
                browser::focus("lookup-text");
            }><bdi>{one.name}</bdi></button>
            " "<span class="mono">{one.cpr_shown}</span>" "<span class="mute">{one.summary}</span>
        </li>
    }
    .into_any()
}

fn found(app: App, person: PersonView) -> AnyView {
    let PersonView { cpr, cpr_shown, name, summary, not_looked_at, groups } = person;
    let groups = groups.into_iter().map(|one| group(app, &cpr, one)).collect_view();
    let apart = (!not_looked_at.is_empty()).then(|| view! { <p class="lt">{not_looked_at}</p> });
    view! {
        <div class="lp">
            <h3><bdi>{name}</bdi></h3>
            <p><span class="mono">{cpr_shown}</span>" "<span class="mute">{summary}</span></p>
        </div>
        {apart}
        {groups}
    }
    .into_any()
}

fn group(app: App, cpr: &str, group: GroupView) -> AnyView {
    let count = group.rows.len();
    let none = (count == 0).then(|| view! { <p class="mute">{word(app, |w| w.no_profiles)}</p> });
    let rows = group.rows.into_iter().map(|row| standing(app, cpr, row)).collect_view();
    view! {
        <section class="sec" aria-label=group.title.clone()>
            <h3>{group.title.clone()}<span>{count}</span></h3>
            {none}{rows}
        </section>
    }
    .into_any()
}

/// A profile: its title unfolds the same why tree as beside the list.
fn standing(app: App, cpr: &str, row: StandingView) -> AnyView {
    let StandingView { profile, title, text, markers, pending } = row;
    let (cpr, key, here) = (cpr.to_owned(), profile.clone(), profile);
    let open = Memo::new(move |_| app.lookup.profile.with(|open| *open == here));
    let chips = markers.iter().map(|marker| chip(app, marker)).collect_view();
    let tree = move || {
        let patient = open.get().then(|| app.lookup.patient.get()).flatten();
        patient.map(|patient| view! { <div class="tree">{panel::body(app, patient)}</div> })
    };
    view! {
        <div class="st" class:open=move || open.get()>
            <p>
                <button type="button" class="lnk" disabled=pending
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| app.lookup.unfold(app, &cpr, &key)>{title}</button>
                " "{chips}
            </p>
            <p class="why">{text}</p>
            {tree}
        </div>
    }
    .into_any()
}
