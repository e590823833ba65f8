//! The tab »Tal«: the measures of the open profile, per practice. Asked for when it is opened.

use leptos::prelude::*;

use crate::protocol::Request;
use crate::view::figures::{AbsentView, FigureCells, FigureRow, FiguresView, MeasureView};
use crate::web::list_state::Tab;
use crate::web::state::App;
use crate::web::text_about::AboutWords;

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
    view! { {remark}{measures}{absent}{note} }.into_any()
}

fn measure(app: App, measure: MeasureView) -> AnyView {
    let words = AboutWords::of(app.language.get_untracked());
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
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="mute">{measure.rule}</p>
        </section>
    }
    .into_any()
}

// Both are there; the style sheet shows one on the screen and the other on paper.
fn row(row: FigureRow) -> AnyView {
    let pairs = cells(row.exact).into_iter().zip(cells(row.printed));
    let numbers = pairs
        .map(|(exact, printed)| {
            view! {
                <td class="num">
                    <span class="on-screen">{exact}</span><span class="on-paper">{printed}</span>
                </td>
            }
        })
        .collect_view();
    view! { <tr><th scope="row">{row.practice}</th>{numbers}</tr> }.into_any()
}

fn cells(cells: FigureCells) -> [String; 4] {
    [cells.numerator, cells.denominator, cells.value, cells.undecided]
}

fn missing(absent: AbsentView) -> AnyView {
    view! { <section><h2>{absent.title}</h2><p>{absent.reason}</p></section> }.into_any()
}
