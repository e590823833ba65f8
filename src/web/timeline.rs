//! »Tidslinje« in the patient panel: drawn from positions that the worker has worked out.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::protocol::Request;
use crate::view::timeline::{
    BarKind, BarRowView, BarView, EventKind, EventView, StepView, SumsView, TickView, TimelineView,
    WIDTH,
};
use crate::web::state::App;
use crate::web::text_timeline::TimelineWords;

/// The timeline of the patient in the panel.
#[derive(Clone, Copy, Default)]
pub struct TimelineState {
    open: RwSignal<bool>,
    view: RwSignal<Option<TimelineView>>,
    /// Which moment is spoken.
    at: RwSignal<Option<usize>>,
    asked: StoredValue<u32>,
    whom: StoredValue<Option<(String, String)>>,
}

impl TimelineState {
    /// Nothing is kept.
    pub fn clear(self) {
        self.whom.set_value(None);
        self.empty();
    }

    fn empty(self) {
        self.view.set(None);
        self.at.set(None);
    }

    /// Opens and closes it; it stays open from patient to patient.
    pub fn toggle(self, app: App) {
        self.open.update(|open| *open = !*open);
        self.ask(app);
    }

    /// A patient is in a panel, beside a profile; the old drawing stays only for the same patient.
    pub fn of(self, app: App, profile: String, cpr: String) {
        if self.view.with_untracked(|view| view.as_ref().is_some_and(|view| view.cpr != cpr)) {
            self.empty();
        }
        self.whom.set_value(Some((profile, cpr)));
        self.ask(app);
    }

    fn ask(self, app: App) {
        let whom = self.whom.get_value().filter(|_| self.open.get_untracked());
        if let Some((profile, cpr)) = whom {
            self.asked.set_value(app.ask(Request::Timeline { profile, cpr }));
        }
    }

    /// The answer.
    pub fn take(self, number: u32, view: TimelineView) {
        if self.asked.get_value() == number {
            self.at.set(None);
            self.view.set(Some(view));
        }
    }

    fn step(self, by: isize) {
        let count = self.view.with_untracked(|view| view.as_ref().map_or(0, |v| v.moments.len()));
        let Some(last) = count.checked_sub(1) else { return };
        self.at.update(|at| {
            *at = Some(at.map_or(if by < 0 { last } else { 0 }, |at| {
                at.saturating_add_signed(by).min(last)
            }));
        });
    }
}

/// The button of the panel's head.
pub fn button(app: App) -> AnyView {
    let state = app.timeline;
    view! {
        <button type="button" class="btn s" id="timeline-open"
            aria-expanded=move || state.open.get().to_string()
            on:click=move |_| state.toggle(app)>
            {move || TimelineWords::of(app.language.get()).title}" "<kbd>"T"</kbd>
        </button>
    }
    .into_any()
}

/// The section of the panel; nothing while it is closed.
pub fn section(app: App) -> AnyView {
    let state = app.timeline;
    let body = move || {
        let view = state.view.get().filter(|_| state.open.get())?;
        Some(view! {
            <section class="sec time" id="timeline">
                <h3>{TimelineWords::of(app.language.get()).title}</h3>
                {if view.nothing.is_empty() { drawn(app, view) } else { said(vec![view.nothing]) }}
            </section>
        })
    };
    view! { {body} }.into_any()
}

fn said(sentences: Vec<String>) -> AnyView {
    sentences
        .into_iter()
        .map(|one| view! { <p class="sm"><bdi>{one}</bdi></p> })
        .collect_view()
        .into_any()
}

fn drawn(app: App, view: TimelineView) -> AnyView {
    let (state, words) = (app.timeline, TimelineWords::of(app.language.get()));
    let key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => state.step(1),
            "ArrowLeft" | "ArrowUp" => state.step(-1),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let (frame, height) = (format!("0 0 {WIDTH} {}", view.height), view.height);
    let (moments, table) = (view.moments.clone(), view.moments);
    let places: Vec<i32> = moments.iter().map(|moment| moment.x).collect();
    let cursor = move || {
        let x = *places.get(state.at.get()?)?;
        Some(view! { <line class="cur" x1=x x2=x y1=180 y2=height/> })
    };
    let spoken = move || {
        let moment = state.at.get().and_then(|at| moments.get(at).cloned());
        moment.map_or_else(|| words.hint.to_owned(), |m| format!("{}: {}", m.date, m.text))
    };
    let rows = table.into_iter().map(|moment| {
        view! { <tr><td>{moment.date}</td><td class="wrap"><bdi>{moment.text}</bdi></td></tr> }
    });
    view! {
        {said(view.sentences)}
        <div class="draw" tabindex="0" role="group" aria-label=words.title aria-describedby="timeline-said"
            on:keydown=key>
            <svg viewBox=frame aria-hidden="true">
                <defs>
                    <pattern id="hatch" width="60" height="60" patternUnits="userSpaceOnUse"
                        patternTransform="rotate(45)"><rect class="h" width="24" height="60"/></pattern>
                </defs>
                {view.ticks.into_iter().map(|one| tick(one, height)).collect_view()}
                {view.rows.into_iter().map(bars).collect_view()}
                {view.sums.map(sums)}
                {events(view.events, view.events_at)}
                {index(view.index, height)}
                {cursor}
            </svg>
        </div>
        <p class="sm mute" id="timeline-said" role="status"><bdi>{spoken}</bdi></p>
        <ul class="keys sm">
            {["k1", "k2", "k3", "k4"].into_iter().zip(words.key).map(|(class, text)| {
                view! { <li><svg class=class width="22" height="10" viewBox="0 0 220 100" aria-hidden="true"><rect x="6" y="6" width="208" height="88"/></svg>{text}</li> }
            }).collect_view()}
            <li>{words.omeq}</li>
        </ul>
        <details class="more"><summary>{words.table}</summary>
            <table id="timeline-table"><thead><tr><th scope="col">{words.date}</th><th scope="col">{words.what}</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody></table>
        </details>
    }
    .into_any()
}

fn tick(tick: TickView, height: i32) -> AnyView {
    let class = if tick.heavy { "tick heavy" } else { "tick" };
    view! {
        <line class=class x1=tick.x x2=tick.x y1=180 y2=height/>
        <text class=class x=tick.x y=150 text-anchor="middle">{tick.label}</text>
    }
    .into_any()
}

fn index(index: TickView, height: i32) -> AnyView {
    let left = index.x - 330;
    view! {
        <line class="now" x1=index.x x2=index.x y1=160 y2=height/>
        <rect class="pill" x=left y=50 width=660 height=130 rx=60/>
        <text class="pill" x=index.x y=148 text-anchor="middle">{index.label}</text>
    }
    .into_any()
}

fn bars(row: BarRowView) -> AnyView {
    let (y, base) = (row.y, row.y + 88);
    let bars = row.bars.into_iter().map(|one| bar(&one, y)).collect_view();
    view! {
        <text class="lab" x=1370 y=base text-anchor="end" textLength=long(&row.label)
            lengthAdjust="spacingAndGlyphs">{row.label.clone()}</text>
        {bars}
    }
    .into_any()
}

// A label that is longer than its column is set narrower; others as they are.
fn long(label: &str) -> Option<&'static str> {
    (label.chars().count() > 24).then_some("1350")
}

fn bar(bar: &BarView, y: i32) -> AnyView {
    let class = match bar.kind {
        BarKind::Registered => "k1",
        BarKind::Assumed => "k2",
        BarKind::AsNeeded => "k3",
        BarKind::Other => "k4",
    };
    let (end, middle) = (bar.x + bar.width, y + 50);
    let arrow = bar.runs_on.then(|| {
        let points = format!("{},{} {},{} {},{}", end, y, end + 70, middle, end, y + 100);
        view! { <polygon class="on" points=points/> }
    });
    view! { <g class=class><rect x=bar.x y=y width=bar.width height=100/>{arrow}</g> }.into_any()
}

fn sums(sums: SumsView) -> AnyView {
    let grid = sums.grid.into_iter().map(|(y, label)| {
        let base = y + 35;
        view! {
            <line class="grid" x1=1420 x2=5660 y1=y y2=y/>
            <text class="lab" x=1370 y=base text-anchor="end">{label}</text>
        }
    });
    let zero = sums.zero;
    let bands = sums.steps.iter().map(|step| band(step, zero)).collect_view();
    let limit = sums.limit.map(|(y, label)| {
        view! {
            <line class="limit" x1=1420 x2=5660 y1=y y2=y/>
            <text class="limit" x=1440 y=y - 30>{label}</text>
        }
    });
    view! { {grid.collect_view()}{bands}<path class="sum" d=line(&sums.steps)/>{limit} }.into_any()
}

// From the lowest to the highest source; where something is missing, hatched up to the known part.
fn band(step: &StepView, zero: i32) -> AnyView {
    let (low, high) = (step.span.0.max(step.span.1), step.span.0.min(step.span.1));
    let known = step.at_least.then(|| {
        view! { <rect class="least" x=step.x y=step.y width=step.width height=zero - step.y/> }
    });
    view! {
        <rect class="band" x=step.x y=high width=step.width height=low - high/>
        {known}
    }
    .into_any()
}

/// A step line; days that cannot be summed are left out.
fn line(steps: &[StepView]) -> String {
    let mut path = String::new();
    let mut end = None;
    for step in steps.iter().filter(|step| !step.at_least) {
        let command = if end == Some(step.x) { 'L' } else { 'M' };
        end = Some(step.x + step.width);
        path.push_str(&format!("{command}{} {}H{}", step.x, step.y, step.x + step.width));
    }
    path
}

fn events(events: Vec<EventView>, y: i32) -> AnyView {
    let one = |event: EventView| {
        let x = event.x;
        let shape = match event.kind {
            EventKind::Diagnosis => format!("M{x} {}l45 45-45 45-45-45Z", y - 45),
            EventKind::Contact => format!("M{x} {}v90", y - 45),
            EventKind::Result => format!("M{} {}h70v70h-70Z", x - 35, y - 35),
            EventKind::Appointment => format!("M{} {y}a40 40 0 1 0 80 0a40 40 0 1 0-80 0Z", x - 40),
        };
        let class = if event.kind == EventKind::Diagnosis { "ev full" } else { "ev" };
        view! {
            <path class=class d=shape/>
            <text class="lab" x=x y=y + 160 text-anchor="middle">{event.label}</text>
        }
    };
    events.into_iter().map(one).collect_view().into_any()
}
