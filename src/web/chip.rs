//! Shapes and chips: every state is told by shape, word and colour together.

use leptos::prelude::*;

use crate::profile::plan::MarkerLevel;
use crate::truth::Truth;
use crate::view::opioids::FlagState;
use crate::view::patient::GREY;
use crate::view::{ChipView, FlagChip};
use crate::web::state::App;
use crate::web::text::Words;

/// A small drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Red: filled diamond.
    Diamond,
    /// Yellow: filled triangle.
    Triangle,
    /// Blue: filled circle.
    Circle,
    /// Unknown: dashed circle with a question mark.
    Unknown,
    /// Grey zone: half-filled square.
    Half,
    /// Exempt: circle with a slash.
    Slash,
    /// Yes.
    Tick,
    /// No.
    Cross,
    /// Search.
    Glass,
    /// Privacy.
    Lock,
}

/// Draws a shape.
#[must_use]
pub fn shape(shape: Shape) -> AnyView {
    let filled = |path: &'static str| view! { <path d=path fill="currentColor"/> }.into_any();
    let line = |path: &'static str, width: &'static str| {
        view! { <path d=path fill="none" stroke="currentColor" stroke-width=width/> }.into_any()
    };
    let inner = match shape {
        Shape::Diamond => filled("M6 .6 11.4 6 6 11.4.6 6Z"),
        Shape::Triangle => filled("M6 1 11.5 11H.5Z"),
        Shape::Circle => filled("M6 1.3a4.7 4.7 0 1 0 .001 0Z"),
        Shape::Unknown => unknown(),
        Shape::Half => line("M1.500 1.500h9v9h-9ZM3 2v8M5 2v8", "2"),
        Shape::Slash => line("M6 1.200a4.800 4.800 0 1 0 .001 0ZM2.600 9.400l6.800-6.800", "1.5"),
        Shape::Tick => line("M1.5 6.5 4.6 9.6 10.6 2.6", "2"),
        Shape::Cross => line("M2.5 2.5l7 7M9.5 2.5l-7 7", "1.8"),
        Shape::Glass => {
            line("M8.7 5A3.7 3.7 0 1 1 1.3 5 3.7 3.7 0 0 1 8.7 5ZM7.8 7.8l3.5 3.5", "1.5")
        }
        Shape::Lock => filled(
            "M3 5V3.6a3 3 0 0 1 6 0V5h.5a.8.8 0 0 1 .8.8v4.6a.8.8 0 0 1-.8.8h-7a.8.8 0 0 1-.8-.8V5.8A\
             .8.8 0 0 1 2.500 5ZM4.400 5h3.200V3.600a1.600 1.600 0 0 0-3.200 0Z",
        ),
    };
    view! {
        <svg class="shape" width="11" height="11" viewBox="0 0 12 12" aria-hidden="true">{inner}</svg>
    }
    .into_any()
}

fn unknown() -> AnyView {
    const QUESTION: &str = "M4.4 4.800c.1-1 .8-1.500 1.600-1.500.9 0 1.600.6 1.600 1.400 0 1.100-1.500 \
        1.200-1.500 2.300M6.050 8.300v.9";
    view! {
        <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" stroke-width="1.4"
            stroke-dasharray="2.2 1.5"/>
        <path d=QUESTION fill="none" stroke="currentColor" stroke-width="1.2"/>
    }
    .into_any()
}

/// Shape and class of a marker.
#[must_use]
pub fn look(level: MarkerLevel, truth: Truth) -> (Shape, &'static str) {
    match (truth, level) {
        (Truth::Unknown, _) => (Shape::Unknown, "chip c-u"),
        (_, MarkerLevel::Red) => (Shape::Diamond, "chip c-r"),
        (_, MarkerLevel::Yellow) => (Shape::Triangle, "chip c-y"),
        (_, MarkerLevel::Blue) => (Shape::Circle, "chip c-b"),
    }
}

/// The level in words, for those who see neither shape nor colour.
fn spoken(words: &'static Words, level: MarkerLevel) -> &'static str {
    match level {
        MarkerLevel::Red => words.red,
        MarkerLevel::Yellow => words.yellow,
        MarkerLevel::Blue => words.blue,
    }
}

/// A marker.
#[must_use]
pub fn chip(app: App, chip: &ChipView) -> AnyView {
    let (form, class) = match chip.id == GREY {
        true => (Shape::Half, "chip c-g"),
        false => look(chip.level, chip.truth),
    };
    let words = Words::of(app.language.get_untracked());
    let level = format!("{}: ", spoken(words, chip.level));
    let exempt = chip.exempt.clone();
    // Exempt: outlined instead of filled, and said in words.
    let (class, word) = match exempt.split_once(':') {
        Some((word, _)) => ("chip c-x", format!(" ({word})")),
        None => (class, String::new()),
    };
    view! {
        <span class=class title=exempt>{shape(form)}<span class="hide">{level}</span>
            {chip.text.clone()}{word}</span>
    }
    .into_any()
}

/// A level with a word, as in the key.
#[must_use]
pub fn level_chip(app: App, level: MarkerLevel, text: String) -> AnyView {
    flag_chip(app, FlagChip { level, state: FlagState::Yes, text })
}

/// The shape of a state that no level has.
#[must_use]
pub fn state_shape(state: FlagState) -> AnyView {
    shape(if state == FlagState::Exempt { Shape::Slash } else { Shape::Half })
}

/// A flag in a column of its own: the level and how it stands, by shape, word and colour.
#[must_use]
pub fn flag_chip(app: App, chip: FlagChip) -> AnyView {
    let (form, class) = match chip.state {
        FlagState::Grey => (Shape::Half, "chip c-g"),
        FlagState::Exempt => (Shape::Slash, "chip c-x"),
        FlagState::Unknown => look(chip.level, Truth::Unknown),
        FlagState::Yes | FlagState::No => look(chip.level, Truth::Yes),
    };
    let words = Words::of(app.language.get_untracked());
    let level = format!("{}: ", spoken(words, chip.level));
    view! {
        <span class=class>{shape(form)}<span class="hide">{level}</span>{chip.text}</span>
    }
    .into_any()
}

/// A number with a shape; »–« for none.
#[must_use]
pub fn number_chip(form: Shape, class: &'static str, number: u64, text: String) -> AnyView {
    if number == 0 {
        return view! { <span class="mute">"–"</span> }.into_any();
    }
    view! { <span class=class>{shape(form)}{text}</span> }.into_any()
}

/// The key to the shapes.
pub fn key(app: App) -> AnyView {
    view! {
        <span class="key">
            <span class="r">{shape(Shape::Diamond)}{app.t(|w| w.red)}</span>
            <span class="y">{shape(Shape::Triangle)}{app.t(|w| w.yellow)}</span>
            <span class="b">{shape(Shape::Circle)}{app.t(|w| w.blue)}</span>
            <span class="u">{shape(Shape::Unknown)}{app.t(|w| w.unknown)}</span>
        </span>
    }
    .into_any()
}
