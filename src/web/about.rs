//! The tab »Om profilen«: the concept's three questions, answered by the profile itself, and its own
//! test patients. Asked for when it is opened.

use leptos::prelude::*;

use crate::protocol::Request;
use crate::truth::Truth;
use crate::view::about::{
    AboutCriterion, AboutHeader, AboutMarker, AboutTest, AboutTests, AboutView,
};
use crate::web::browser;
use crate::web::chip::{Shape, look, shape};
use crate::web::list_state::Tab;
use crate::web::profile_paper::table;
use crate::web::state::{App, Room};
use crate::web::text_about::AboutWords;

/// How the profile is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// In sentences.
    #[default]
    Sentences,
    /// As the concept's table.
    Table,
    /// As it stands in its file.
    File,
}

/// What the open profile says about itself.
#[derive(Clone, Copy, Default)]
pub struct AboutState {
    view: RwSignal<Option<AboutView>>,
    reading: RwSignal<Reading>,
    asked: StoredValue<u32>,
}

impl AboutState {
    /// Nothing is kept.
    pub fn clear(self) {
        self.view.set(None);
        self.reading.set(Reading::default());
    }

    fn ask(self, app: App) {
        let profile = app.list.query.with_untracked(|query| query.profile.clone());
        if self.view.with_untracked(|view| view.as_ref().is_some_and(|v| v.profile != profile)) {
            self.clear();
        }
        self.asked.set_value(app.ask(Request::About(profile)));
    }

    /// Something changed; the old answer stays until the new one comes.
    pub fn refresh(self, app: App) {
        if app.list.tab.get_untracked() == Tab::About {
            self.ask(app);
        }
    }

    /// The answer.
    pub fn take(self, number: u32, view: AboutView) {
        if self.asked.get_value() == number {
            self.view.set(Some(view));
        }
    }

    /// What is on the screen, if the tab is.
    #[must_use]
    pub fn shown(self, app: App) -> Option<AboutView> {
        let open = app.room.get() == Room::Profile && app.list.tab.get() == Tab::About;
        open.then(|| self.view.get()).flatten()
    }
}

/// The tab.
pub fn about(app: App) -> AnyView {
    app.about.ask(app);
    let body = move || app.about.view.get().map(|view| body(app, view));
    view! { <main class="about steps" id="tab-body">{body}</main> }.into_any()
}

fn words(app: App) -> &'static AboutWords {
    AboutWords::of(app.language.get())
}

fn body(app: App, view: AboutView) -> AnyView {
    let words = words(app);
    let AboutView { own, header, tests, markers, shown, sorting, .. } = view.clone();
    let own = (!own.is_empty()).then(|| view! { <p><b>{own}</b></p> });
    let shown = shown
        .into_iter()
        .map(|(title, sentence)| view! { <li><b>{title}</b>" "{sentence}</li> })
        .collect_view();
    view! {
        {own}
        <section><h2>{words.purpose}</h2>{list(header.purpose.clone())}</section>
        <section class="wide">
            <h2>{words.population}</h2>
            {switches(app)}
            {reading(app, view)}
        </section>
        <section>
            <h2>{words.wanted}</h2>
            <ul>{shown}</ul>
            {markers.into_iter().map(marker).collect_view()}
            <p>{sorting}</p>
        </section>
        {test_patients(words, tests)}
        {facts(words, header)}
    }
    .into_any()
}

fn list(items: Vec<String>) -> AnyView {
    let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
    view! { <ul>{items}</ul> }.into_any()
}

fn switches(app: App) -> AnyView {
    let words = words(app);
    let switch = |reading: Reading, id: &'static str, text: &'static str| {
        let here = move || app.about.reading.get() == reading;
        view! {
            <button type="button" class="btn s" id=id aria-pressed=move || here().to_string()
                on:click=move |_| app.about.reading.set(reading)>{text}</button>
        }
    };
    view! {
        <p class="switches" role="group" aria-label=words.written_as>
            {switch(Reading::Sentences, "as-sentences", words.sentences)}
            {switch(Reading::Table, "as-table", words.table)}
            {switch(Reading::File, "as-file", words.file)}
            <button type="button" class="btn s" id="print-profile"
                on:click=move |_| browser::print_when_shown()>{words.print}</button>
        </p>
    }
    .into_any()
}

fn reading(app: App, view: AboutView) -> AnyView {
    (move || match app.about.reading.get() {
        Reading::Sentences => sentences(words(app), view.clone()),
        Reading::Table => table(words(app), view.table.clone()),
        Reading::File => {
            view! { <pre class="file" tabindex="0">{view.file.clone()}</pre> }.into_any()
        }
    })
    .into_any()
}

fn sentences(words: &'static AboutWords, view: AboutView) -> AnyView {
    let waiting = (!view.still_reading.is_empty()).then(|| view! { <p>{view.still_reading}</p> });
    let rows = view.criteria.into_iter().enumerate().map(|(at, one)| criterion(at + 1, one));
    let rows = rows.collect_view();
    view! {
        <p>{view.inclusion}" "{view.exclusion}</p>
        {waiting}
        <div class="across" tabindex="0" role="group" aria-label=words.criteria>
            <table aria-label=words.criteria>
                <thead><tr>
                    <th scope="col">{words.criterion}</th>
                    <th scope="col" class="num">{words.yes}</th>
                    <th scope="col" class="num">{words.no}</th>
                    <th scope="col" class="num">{words.unknown}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="mute">{words.persons_rule}</p>
    }
    .into_any()
}

fn criterion(number: usize, one: AboutCriterion) -> AnyView {
    let source = (!one.source.is_empty()).then(|| view! { <p class="mute sm">{one.source}</p> });
    let persons = one.persons.map(|count| view! { <td class="num">{count}</td> });
    view! {
        <tr>
            <th scope="row"><b>{number}". "{one.text}</b><p class="mute">{one.sentence}</p>{source}</th>
            {persons.into_iter().collect_view()}
        </tr>
    }
    .into_any()
}

fn marker(marker: AboutMarker) -> AnyView {
    let (drawing, class) = look(marker.level, Truth::Yes);
    view! {
        <p class="said"><span class=class>{shape(drawing)}<span>{marker.text}</span></span>" "
            {marker.sentence}" "<span class="mute">{marker.handling}" "{marker.details.join(" ")}</span></p>
    }
    .into_any()
}

fn test_patients(words: &'static AboutWords, tests: AboutTests) -> AnyView {
    let uncovered = list(tests.uncovered);
    let patients = tests.patients.into_iter().map(|one| test(words, one)).collect_view();
    view! {
        <section id="test-patients">
            <h2>{words.tests}</h2>
            <p><b>{tests.lead}</b>" "{tests.coverage}</p>
            {uncovered}
            <details><summary>{words.each_test}</summary><ul class="tests">{patients}</ul></details>
        </section>
    }
    .into_any()
}

fn test(words: &'static AboutWords, one: AboutTest) -> AnyView {
    let (drawing, word, class) = match one.passed {
        true => (Shape::Tick, words.passed, "ok"),
        false => (Shape::Cross, words.failed, "bad"),
    };
    let differences = (!one.differences.is_empty()).then(|| list(one.differences));
    view! {
        <li><span class=class>{shape(drawing)}" "{word}</span>" "{one.name}{differences}</li>
    }
    .into_any()
}

fn facts(words: &'static AboutWords, header: AboutHeader) -> AnyView {
    let note =
        (!header.review_note.is_empty()).then(|| view! { <p><b>{header.review_note}</b></p> });
    let caveat = (!header.caveat.is_empty()).then(|| {
        view! { <section><h2>{words.caveat}</h2><p>{header.caveat}</p></section> }
    });
    view! {
        {caveat}
        <section>
            <h2>{words.sources}</h2>
            {list(header.sources)}
        </section>
        <section>
            <h2>{words.version}</h2>
            <p>{header.version}", "{words.fingerprint}" "<span class="mono">{header.fingerprint}</span></p>
            <p>{words.author}": "{header.author}</p>
            <p>{words.reviewed}": "{header.reviewed}". "{words.next_review}": "{header.next_review}</p>
            {note}
        </section>
    }
    .into_any()
}
