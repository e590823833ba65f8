//! Stage 7 of the figures: a profile's measures per practice, exact for the screen, and as they may
//! be printed.

use serde::{Deserialize, Serialize};

use crate::evaluate::Evaluator;
use crate::measures::withhold::{Shown, rounded, withhold};
use crate::measures::{Figure, figures};
use crate::note::Language;
use crate::profile::plan::{CriterionId, Measure, Plan};
use crate::schema::Register;
use crate::view::cell::NONE;
use crate::view::text_figures as text;
use crate::view::words::{number, per};

/// The figures of a profile.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FiguresView {
    /// Key of the profile.
    pub profile: String,
    /// One per measure that can be counted.
    pub measures: Vec<MeasureView>,
    /// Measures that no export can give.
    pub absent: Vec<AbsentView>,
    /// Why there is nothing, or why some of it is missing; empty = everything is there.
    pub remark: String,
    /// What a print leaves out.
    pub print_note: String,
}

/// One measure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeasureView {
    /// Title.
    pub title: String,
    /// How it is counted.
    pub rule: String,
    /// Heading of the last column, »Pr. 1.000«.
    pub value_title: String,
    /// One per practice, all last.
    pub rows: Vec<FigureRow>,
}

/// A practice's figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FigureRow {
    /// Ydernummer, or »Alle«.
    pub practice: String,
    /// On the screen.
    pub exact: FigureCells,
    /// On paper.
    pub printed: FigureCells,
}

/// Numbers as text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FigureCells {
    /// Numerator.
    pub numerator: String,
    /// Denominator.
    pub denominator: String,
    /// numerator × per / denominator.
    pub value: String,
    /// Left out of both.
    pub undecided: String,
}

/// A figure that is not in the export.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AbsentView {
    /// Title.
    pub title: String,
    /// »Findes ikke i udtrækket«, and why.
    pub reason: String,
}

/// Everything of one profile.
#[must_use]
pub fn view(key: &str, evaluator: &Evaluator<'_>, language: Language) -> FiguresView {
    let plan = evaluator.plan;
    let register = evaluator.records.has(Register::Patient);
    let counted = figures(evaluator);
    let rows_of = |measure: &Measure| -> Vec<Figure> {
        counted.iter().filter(|figure| figure.id == measure.id).cloned().collect()
    };
    let measures = plan.measures.iter().map(|measure| MeasureView {
        title: measure.title.clone(),
        rule: rule(plan, measure, register, language),
        value_title: text::value_title(measure.per, language),
        rows: rows(&rows_of(measure), language),
    });
    let mut view = waiting(key, plan, language);
    view.measures = measures.collect();
    if view.measures.is_empty() && view.absent.is_empty() {
        view.remark = text::no_measures(language).to_owned();
    }
    view
}

/// Before the registers are read that the profile asks for: only what needs no counting.
#[must_use]
pub fn waiting(key: &str, plan: &Plan, language: Language) -> FiguresView {
    let absent = plan.absent_measures.iter().map(|measure| AbsentView {
        title: measure.title.clone(),
        reason: format!("{} {}", text::absent(language), measure.reason),
    });
    FiguresView {
        profile: key.to_owned(),
        absent: absent.collect(),
        print_note: text::print_note(language).to_owned(),
        ..FiguresView::default()
    }
}

fn rule(plan: &Plan, measure: &Measure, register: bool, language: Language) -> String {
    let said = |id: CriterionId| plan.criteria.get(id.0).map_or("", |criterion| &criterion.text);
    text::rule(said(measure.numerator), measure.denominator.map(said), register, language)
}

fn rows(figures: &[Figure], language: Language) -> Vec<FigureRow> {
    let rows = figures.iter().zip(withhold(figures));
    rows.map(|(figure, shown)| FigureRow {
        practice: figure.ydernummer.clone().unwrap_or_else(|| text::all(language).to_owned()),
        exact: cells(figure.numerator, figure.denominator, figure, language),
        printed: printed(figure, shown, language),
    })
    .collect()
}

fn cells(numerator: u64, denominator: u64, figure: &Figure, language: Language) -> FigureCells {
    let value = per(numerator, denominator, figure.per, language);
    FigureCells {
        numerator: number(numerator, language),
        denominator: number(denominator, language),
        value: value.unwrap_or_else(|| NONE.to_owned()),
        undecided: number(figure.undecided, language),
    }
}

fn printed(figure: &Figure, shown: Shown, language: Language) -> FigureCells {
    let mut cells = match shown {
        Shown::Counts { numerator, denominator } => cells(numerator, denominator, figure, language),
        Shown::Few => hidden(text::few(language)),
        Shown::Withheld => hidden(text::withheld(language)),
    };
    let undecided = rounded(figure.undecided).map(|count| number(count, language));
    cells.undecided = undecided.unwrap_or_else(|| text::few(language).to_owned());
    cells
}

fn hidden(word: &str) -> FigureCells {
    FigureCells {
        numerator: word.to_owned(),
        value: word.to_owned(),
        denominator: NONE.to_owned(),
        ..FigureCells::default()
    }
}
