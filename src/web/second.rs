//! What a further drop changed, in the import report, and the choice whether it replaces what was
//! read before.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::protocol::{Progress, Request};
use crate::view::ImportView;
use crate::view::second::{ChangedPerson, ChangedProfile, ChangedRegister, SecondView};
use crate::web::chip::{Shape, shape};
use crate::web::state::App;
use crate::web::text::Words;
use crate::web::text_second::SecondWords;

/// Is there a choice to be made in the report, whether or not it was made?
#[must_use]
pub fn asks(view: &ImportView) -> bool {
    view.repair.is_some() || view.second.as_ref().is_some_and(|second| !second.shared.is_empty())
}

impl App {
    /// The files that are there are read again, and the report stays in sight.
    pub fn read_anew(self) {
        self.failed.set(String::new());
        self.lines.set(BTreeMap::new());
        self.progress.set(Progress::default());
        self.reading.set(true);
        self.said.set(Words::of(self.language.get_untracked()).reading_started.to_owned());
    }

    /// What there is to say now that all is in: what is asked, or the heading of the lists.
    #[must_use]
    pub fn result(self) -> String {
        let asked = self.import.with_untracked(|view| {
            let view = view.as_ref()?;
            let second = view.second.as_ref().map(|second| &second.shared);
            let repair = view.repair.as_ref().and_then(|repair| repair.lines.first());
            repair.or_else(|| second.filter(|text| !text.is_empty())).cloned()
        });
        let heading = || {
            self.overview
                .with_untracked(|view| view.as_ref().map(|view| view.heading.clone()))
                .unwrap_or_default()
        };
        asked.unwrap_or_else(heading)
    }
}

/// The section of the report.
pub fn section(app: App, view: SecondView) -> AnyView {
    let words = SecondWords::of(app.language.get());
    let registers = view.registers.into_iter().map(register).collect_view();
    let profiles = (!view.profiles.is_empty()).then(|| {
        let rows = view.profiles.into_iter().map(|row| profile(app, row)).collect_view();
        view! {
            <table id="second-profiles">
                {head([words.profile, words.members, words.came, words.went])}
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        <section class="card" id="second" aria-labelledby="second-title">
            <h2 id="second-title">{words.title}</h2>
            {(!view.shared.is_empty()).then(|| question(app, view.shared, view.replaced))}
            {line(view.outside)}
            <table>
                {head([words.register, words.rows, words.patients, ""])}
                <tbody>{registers}</tbody>
            </table>
            {line(view.dates)}
            {profiles}
            {line(view.unchanged)}
        </section>
    }
    .into_any()
}

fn line(text: String) -> Option<AnyView> {
    (!text.is_empty()).then(|| view! { <p class="pad sm">{text}</p> }.into_any())
}

fn head(words: [&'static str; 4]) -> AnyView {
    let [first, rest @ ..] = words;
    let rest = rest.into_iter().filter(|word| !word.is_empty());
    let rest = rest.map(|word| view! { <th scope="col" class="num">{word}</th> }).collect_view();
    view! { <thead><tr><th scope="col">{first}</th>{rest}</tr></thead> }.into_any()
}

// What holds is pressed; it holds until the other one is chosen.
fn question(app: App, shared: String, replaced: bool) -> AnyView {
    let words = SecondWords::of(app.language.get());
    let button = |id: &'static str, word: &'static str, replace: bool| {
        let pressed = replaced == replace;
        view! {
            <button type="button" class="btn s" id=id aria-pressed=pressed.to_string()
                on:click=move |_| if !pressed { choose(app, replace) }>{word}</button>
        }
    };
    view! {
        <div class="msg" role="group" aria-labelledby="second-question">
            {shape(Shape::Circle)}
            <div>
                <p>{shared}</p>
                <p><b id="second-question">{words.question}</b>" "
                    {button("second-add", words.add, false)}" "
                    {button("second-replace", words.replace, true)}</p>
            </div>
        </div>
    }
    .into_any()
}

fn choose(app: App, replace: bool) {
    app.read_anew();
    app.ask(Request::Second { replace });
}

fn register(register: ChangedRegister) -> AnyView {
    let pair = |[before, now]: [String; 2]| view! { <td class="num">{before}" → "{now}</td> };
    view! {
        <tr><th scope="row">{register.name}</th>{pair(register.rows)}{pair(register.patients)}</tr>
    }
    .into_any()
}

fn profile(app: App, profile: ChangedProfile) -> AnyView {
    let words = SecondWords::of(app.language.get());
    let (id, [before, now], [came, went]) = (profile.id, profile.members, profile.changed);
    let who = [(words.came, profile.came), (words.went, profile.went)];
    let who = who.into_iter().filter(|(_, persons)| !persons.is_empty());
    let who = who.map(|(word, all)| persons(word, all)).collect_view();
    view! {
        <tr>
            <th scope="row">
                <button type="button" class="lnk" on:click=move |_| app.show_profile(&id)>
                    {profile.title}</button>
                <details><summary>{words.who}</summary>{who}</details>
            </th>
            <td class="num">{before}" → "{now}</td>
            <td class="num">{came}</td>
            <td class="num">{went}</td>
        </tr>
    }
    .into_any()
}

fn persons(word: &'static str, persons: Vec<ChangedPerson>) -> AnyView {
    let persons = persons.into_iter();
    let persons = persons.map(|person| view! { <li><bdi>{person.shown}</bdi></li> }).collect_view();
    view! { <p class="mute">{word}</p><ul class="person">{persons}</ul> }.into_any()
}
