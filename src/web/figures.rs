//! The tab »Tal«: the measures of the open profile, per practice. Asked for when it is opened.

use leptos::prelude::*;

use crate::protocol::Request;
use crate::view::figures::{
    AbsentView, FigureCells, FigureRow, FiguresView, InsuredView, MeasureView,
};
use crate::view::products::{ProductRow, ProductsView, UnitView};
use crate::web::browser;
use crate::web::list_state::Tab;
use crate::web::state::App;
use crate::web::text_about::AboutWords;
use crate::web::text_figures::FiguresWords;

/// The figures of the open profile.
#[derive(Clone, Copy, Default)]
pub struct FiguresState {
    view: RwSignal<Option<FiguresView>>,
    asked: StoredValue<u32>,
}

impl FiguresState {
    /// Nothing is kept.
    pub fn clear(self) {
        self.view.set(None);
    }

    fn ask(self, app: App) {
        let profile = app.list.query.with_untracked(|query| query.profile.clone());
        if self.view.with_untracked(|view| view.as_ref().is_some_and(|v| v.profile != profile)) {
            self.view.set(None);
        }
        self.asked.set_value(app.ask(Request::Figures(profile)));
    }

    // The answer of a typed number is a whole set of figures.
    fn set_insured(self, app: App, practice: String, count: String) {
        let profile = app.list.query.with_untracked(|query| query.profile.clone());
        let request = Request::SetInsured { profile, practice, count };
        self.asked.set_value(app.ask(request));
    }

    /// Something changed; the old figures stay until the answer comes.
    pub fn refresh(self, app: App) {
        if app.list.tab.get_untracked() == Tab::Figures {
            self.ask(app);
        }
    }

    /// The answer.
    pub fn take(self, number: u32, view: FiguresView) {
        if self.asked.get_value() == number {
            self.view.set(Some(view));
        }
    }
}

/// The tab.
pub fn figures(app: App) -> AnyView {
    app.figures.ask(app);
    let body = move || app.figures.view.get().map(|view| body(app, view));
    view! { <main class="about steps" id="tab-body">{body}</main> }.into_any()
}

fn body(app: App, view: FiguresView) -> AnyView {
    let remark = (!view.remark.is_empty()).then(|| view! { <p>{view.remark}</p> });
    let note = (!view.measures.is_empty()).then(|| view! { <p class="mute">{view.print_note}</p> });
    let measures = view.measures.into_iter().map(|one| measure(app, one)).collect_view();
    let absent = view.absent.into_iter().map(missing).collect_view();
    let products = view.products.into_iter().map(products).collect_view();
    let typed = insured(app, view.insured, view.refused);
    let copy = (!view.copy.is_empty()).then(|| copy(app, view.copy));
    view! { {remark}{copy}{typed}{measures}{products}{absent}{note} }.into_any()
}

fn copy(app: App, text: String) -> AnyView {
    let words = FiguresWords::of(app.language.get_untracked());
    let run = move |_| {
        let text = format!("{text}Profilblik\t{}\n", crate::web::selfcheck::build());
        browser::copy(text, move |done| {
            app.said.set(if done { words.copied } else { words.not_copied }.to_owned());
        });
    };
    view! {
        <p class="on-screen"><button type="button" class="btn s" id="copy-figures" on:click=run>
            {words.copy}
        </button></p>
    }
    .into_any()
}

fn insured(app: App, fields: Vec<InsuredView>, refused: String) -> Option<AnyView> {
    let words = FiguresWords::of(app.language.get_untracked());
    let some = !fields.is_empty();
    let fields = fields.into_iter().map(|one| field(app, words, one)).collect_view();
    let refused = (!refused.is_empty()).then(|| view! { <p role="alert"><b>{refused}</b></p> });
    some.then(|| {
        view! {
            <section class="on-screen"><h2>{words.insured}</h2>{refused}{fields}</section>
        }
        .into_any()
    })
}

// A text field, so that what is no number reaches the message that names it.
fn field(app: App, words: &'static FiguresWords, one: InsuredView) -> AnyView {
    let id = format!("insured-{}", one.key);
    let key = one.key;
    let set = move |event| {
        browser::keep_focus();
        app.figures.set_insured(app, key.clone(), event_target_value(&event));
    };
    view! {
        <p><label>{words.insured_for}" ("{one.practice}") "
            <input type="text" autocomplete="off" inputmode="numeric" size="8" id=id prop:value=one.typed on:change=set/>
        </label></p>
    }
    .into_any()
}

fn products(table: ProductsView) -> AnyView {
    let ProductsView { title, rule, headings, units, remark } = table;
    let units = units.into_iter().map(|one| unit(&title, &headings, one)).collect_view();
    let remark = (!remark.is_empty()).then(|| view! { <p>{remark}</p> });
    view! {
        <section><h2>{title.clone()}</h2>{remark}{units}<p class="mute">{rule}</p></section>
    }
    .into_any()
}

fn unit(title: &str, headings: &[String], unit: UnitView) -> AnyView {
    let named = format!("{title}: {}", unit.practice);
    let texts = headings.len().saturating_sub(4);
    let headings = headings.iter().cloned().enumerate();
    let headings = headings
        .map(|(at, heading)| view! { <th scope="col" class:num={at >= texts}>{heading}</th> })
        .collect_view();
    let rows = unit.rows.into_iter().map(product).collect_view();
    let label = named.clone();
    view! {
        <h3>{unit.practice}</h3>
        <div class="across" tabindex="0" role="group" aria-label=label>
            <table aria-label=named><thead><tr>{headings}</tr></thead><tbody>{rows}</tbody></table>
        </div>
        <p class="mute on-screen">{unit.note}</p>
    }
    .into_any()
}

fn product(row: ProductRow) -> AnyView {
    let names = row.names.into_iter().map(|name| view! { <td>{name}</td> }).collect_view();
    view! { <tr>{names}{numbers(row.exact, row.printed)}</tr> }.into_any()
}

fn measure(app: App, measure: MeasureView) -> AnyView {
    let words = AboutWords::of(app.language.get_untracked());
    let source = FiguresWords::of(app.language.get_untracked()).source;
    let (title, named) = (measure.title.clone(), measure.title.clone());
    let rows = measure.rows.into_iter().map(row).collect_view();
    view! {
        <section>
            <h2>{measure.title}</h2>
            <div class="across" tabindex="0" role="group" aria-label=title>
                <table aria-label=named>
                    <thead><tr>
                        <th scope="col">{words.practice}</th>
                        <th scope="col" class="num">{words.numerator}</th>
                        <th scope="col" class="num">{words.denominator}</th>
                        <th scope="col" class="num">{measure.value_title}</th>
                        <th scope="col" class="num">{words.undecided}</th>
                        <th scope="col">{source}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="mute">{measure.rule}</p>
        </section>
    }
    .into_any()
}

fn row(row: FigureRow) -> AnyView {
    let sources = (row.exact.source.clone(), row.printed.source.clone());
    view! {
        <tr><th scope="row">{row.practice}</th>{numbers(cells(row.exact), cells(row.printed))}
            <td><span class="on-screen">{sources.0}</span><span class="on-paper">{sources.1}</span></td>
        </tr>
    }
    .into_any()
}

// Both are there; the style sheet shows one on the screen and the other on paper.
fn numbers(exact: [String; 4], printed: [String; 4]) -> AnyView {
    exact
        .into_iter()
        .zip(printed)
        .map(|(exact, printed)| {
            view! {
                <td class="num">
                    <span class="on-screen">{exact}</span><span class="on-paper">{printed}</span>
                </td>
            }
        })
        .collect_view()
        .into_any()
}

fn cells(cells: FigureCells) -> [String; 4] {
    [cells.numerator, cells.denominator, cells.value, cells.undecided]
}

fn missing(absent: AbsentView) -> AnyView {
    view! { <section><h2>{absent.title}</h2><p>{absent.reason}</p></section> }.into_any()
}
