//! »Sådan regner siden«: every rule with its cases, unfolded one at a time.

use leptos::prelude::*;

use crate::truth::Truth;
use crate::view::rules::{AnswerView, CaseView, GroupView, RuleView, rules as all_rules};
use crate::view::text_rules::{TableWords, lead, table_words, title};
use crate::web::browser;
use crate::web::chip::{Shape, shape};
use crate::web::state::{App, Room};

/// The way here: a button with the page's name.
pub fn link(app: App, class: &'static str) -> AnyView {
    view! {
        <button type="button" class=class on:click=move |_| app.show_rules()>
            {move || title(app.language.get())}
        </button>
    }
    .into_any()
}

/// The screen.
pub fn rules(app: App) -> AnyView {
    browser::focus_soon("rules-back");
    (move || {
        let language = app.language.get();
        let (view, words) = (all_rules(language), table_words(language));
        let mark = if view.all_hold { Shape::Tick } else { Shape::Cross };
        let class = if view.all_hold { "ok" } else { "leak" };
        let rules = view.rules.into_iter().map(|rule| rule_view(rule, words)).collect_view();
        view! {
            <section class="head" aria-labelledby="title">
                <div class="g"><h1 id="title">{title(language)}</h1></div>
                <button type="button" class="btn s" id="rules-back" on:click=move |_| app.leave_rules()>
                    {words.back}" "<kbd>"Esc"</kbd>
                </button>
            </section>
            <main class="about rules">
                <p class="lead">{lead(language)}</p>
                <p class=class>{shape(mark)}" "{view.held}</p>
                {rules}
            </main>
        }
    })
    .into_any()
}

/// Cases are laid out when they are unfolded: there are hundreds.
fn rule_view(rule: RuleView, words: TableWords) -> AnyView {
    let open = RwSignal::new(false);
    let RuleView { id, title, text, count, groups } = rule;
    let heading = if id.is_empty() { title } else { format!("{id} {title}") };
    let none = groups.is_empty();
    let groups = StoredValue::new(groups);
    let body = move || {
        open.get().then(|| {
            groups.with_value(|all| all.iter().map(|one| group(one, words)).collect_view())
        })
    };
    let cases = if none {
        view! { <p class="mute sm">{count}</p> }.into_any()
    } else {
        view! {
            <details class="more" on:toggle=move |_| open.set(true)>
                <summary>{count}</summary>
                {body}
            </details>
        }
        .into_any()
    };
    view! { <section><h2>{heading}</h2><p>{text}</p>{cases}</section> }.into_any()
}

fn group(group: &GroupView, words: TableWords) -> AnyView {
    let criteria = group.criteria.iter().map(|(name, written)| {
        view! { <div><dt class="mono">{name.clone()}</dt><dd class="mono">{written.clone()}</dd></div> }
    });
    let cases = group.cases.iter().map(case).collect_view();
    view! {
        <h3>{words.criteria}</h3>
        <dl class="defs">{criteria.collect_view()}</dl>
        <div class="scroll" role="group" aria-label=words.case tabindex="0">
            <table>
                <thead><tr>
                    <th scope="col">{words.case}</th>
                    <th scope="col">{words.index_date}</th>
                    <th scope="col">{words.records}</th>
                    <th scope="col">{words.asked}</th>
                    <th scope="col">{words.answer}</th>
                </tr></thead>
                {cases}
            </table>
        </div>
    }
    .into_any()
}

/// A case is a group of rows: one per answer, the rest beside all of them.
fn case(case: &CaseView) -> AnyView {
    let rows = case.answers.len().to_string();
    let records = case.records.iter().map(|line| view! { <div>{line.clone()}</div> });
    let records = records.collect_view();
    let mut answers = case.answers.iter();
    let first = answers.next().map(answer);
    let rest = answers.map(|one| view! { <tr>{answer(one)}</tr> }).collect_view();
    let fails = (!case.holds).then(|| view! { <span class="leak">{shape(Shape::Cross)}</span> });
    view! {
        <tbody>
            <tr>
                <th scope="rowgroup" class="nm" rowspan=rows.clone()>{case.title.clone()}{fails}</th>
                <td rowspan=rows.clone()>{case.index_date.clone()}</td>
                <td rowspan=rows class="wrapped">{records}</td>
                {first}
            </tr>
            {rest}
        </tbody>
    }
    .into_any()
}

fn answer(answer: &AnswerView) -> AnyView {
    let mark = answer.truth.map(|truth| {
        shape(match truth {
            Truth::Yes => Shape::Tick,
            Truth::No => Shape::Cross,
            Truth::Unknown => Shape::Unknown,
        })
    });
    view! { <td class="mono">{answer.asked.clone()}</td><td>{mark}" "{answer.answer.clone()}</td> }
        .into_any()
}

impl App {
    /// Opens »Sådan regner siden«; whatever is read stays.
    pub fn show_rules(self) {
        let here = self.room.get_untracked();
        if here != Room::Rules {
            self.before_rules.set(here);
        }
        self.help.set(false);
        self.room.set(Room::Rules);
    }

    /// Back to where one was.
    pub fn leave_rules(self) {
        self.room.set(self.before_rules.get_untracked());
    }
}
