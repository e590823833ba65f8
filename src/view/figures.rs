//! Stage 7 of the figures: a profile's measures per practice, exact for the screen, and as they may
//! be printed.

use serde::{Deserialize, Serialize};

use crate::evaluate::{Evaluator, Population};
use crate::measures::insured::{Insured, Source, apply};
use crate::measures::withhold::{Shown, rounded, withhold};
use crate::measures::{Figure, figures};
use crate::note::Language;
use crate::profile::plan::{CriterionId, Measure, Plan};
use crate::profile::say::{Spoken, say};
use crate::schema::Register;
use crate::view::cell::NONE;
use crate::view::figures_copy::copy;
use crate::view::products::{self, ProductsView};
use crate::view::text_figures as text;
use crate::view::words::{number, per};

/// The figures of a profile.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FiguresView {
    /// Key of the profile.
    pub profile: String,
    /// One per measure that can be counted.
    pub measures: Vec<MeasureView>,
    /// Tables of medicines.
    pub products: Vec<ProductsView>,
    /// Measures that no export can give.
    pub absent: Vec<AbsentView>,
    /// Numbers of insured that can be typed; empty = no measure is of those listed.
    pub insured: Vec<InsuredView>,
    /// Why the number typed last was not taken; empty = it was.
    pub refused: String,
    /// The figures to be pasted elsewhere, small numbers withheld.
    pub copy: String,
    /// Why there is nothing, or why some of it is missing; empty = everything is there.
    pub remark: String,
    /// What a print leaves out.
    pub print_note: String,
}

impl FiguresView {
    /// With what is not the profile's or the table's own, on screen, print and copy.
    #[must_use]
    pub fn resting_on(mut self, changed: &str) -> Self {
        if changed.is_empty() {
            return self;
        }
        self.remark = format!("{changed}. {}", self.remark).trim_end().to_owned();
        // Behind the profile and the index date.
        if let Some((at, _)) = self.copy.match_indices('\n').nth(1) {
            self.copy.insert_str(at, &format!("\n{changed}"));
        }
        self
    }
}

/// The number of insured of a provider number, or of the whole file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InsuredView {
    /// Key in the request; empty = the whole file.
    pub key: String,
    /// Ydernummer, or »Alle«.
    pub practice: String,
    /// What was typed; empty = nothing.
    pub typed: String,
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
    /// Where the denominator is from, if it is those listed; else empty.
    pub source: String,
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
pub fn view(
    key: &str,
    evaluator: &Evaluator<'_>,
    population: &Population,
    insured: &Insured,
    language: Language,
) -> FiguresView {
    let plan = evaluator.plan;
    let register = evaluator.records.has(Register::Patient);
    let counted = figures(evaluator);
    let rows_of = |measure: &Measure| -> Vec<Figure> {
        counted.iter().filter(|figure| figure.id == measure.id).cloned().collect()
    };
    let spoken = say(plan, evaluator.index_date, language);
    let measures = plan.measures.iter().map(|measure| MeasureView {
        title: measure.title.clone(),
        rule: rule(plan, &spoken, measure, register, language),
        value_title: text::value_title(measure.per, language),
        rows: match measure.denominator {
            None => rows(apply(rows_of(measure), insured), register, language),
            Some(_) => plain(rows_of(measure), language),
        },
    });
    let mut view = waiting(key, plan, language);
    view.measures = measures.collect();
    view.products = products::view(evaluator, population, &spoken, language);
    view.insured = typed(plan, &counted, insured, language);
    if view.measures.is_empty() && view.absent.is_empty() && view.products.is_empty() {
        view.remark = text::no_measures(language).to_owned();
    }
    view.copy = copy(&view, plan, evaluator.index_date, language);
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

// One field for each practice, or one for the file where no practice is known.
fn typed(
    plan: &Plan,
    counted: &[Figure],
    insured: &Insured,
    language: Language,
) -> Vec<InsuredView> {
    let Some(measure) = plan.measures.iter().find(|measure| measure.denominator.is_none()) else {
        return Vec::new();
    };
    let of: Vec<&Figure> = counted.iter().filter(|figure| figure.id == measure.id).collect();
    let practices = of.iter().filter_map(|figure| figure.ydernummer.clone());
    let keys: Vec<String> = if of.len() > 1 { practices.collect() } else { vec![String::new()] };
    let one = |key: String| InsuredView {
        practice: if key.is_empty() { text::all(language).to_owned() } else { key.clone() },
        typed: insured.get(&key).map(u64::to_string).unwrap_or_default(),
        key,
    };
    keys.into_iter().map(one).collect()
}

fn rule(
    plan: &Plan,
    spoken: &Spoken,
    measure: &Measure,
    register: bool,
    language: Language,
) -> String {
    let said = |id: CriterionId| plan.criteria.get(id.0).map_or("", |criterion| &criterion.text);
    let asked = spoken.criteria.get(measure.numerator.0).map_or("", |said| &said.sentence);
    let counted =
        text::rule(said(measure.numerator), measure.denominator.map(said), register, language);
    let own = text::own_system(language);
    format!("{counted} {} {own}", text::asked(asked.trim_end_matches('.'), language))
}

fn plain(figures: Vec<Figure>, language: Language) -> Vec<FigureRow> {
    let mut all =
        rows(figures.into_iter().map(|one| (one, Source::File)).collect(), true, language);
    for row in &mut all {
        row.exact.source.clear();
        row.printed.source.clear();
    }
    all
}

fn rows(figures: Vec<(Figure, Source)>, register: bool, language: Language) -> Vec<FigureRow> {
    let (figures, sources): (Vec<Figure>, Vec<Source>) = figures.into_iter().unzip();
    let rows = figures.iter().zip(withhold(&figures)).zip(sources);
    rows.map(|((figure, shown), source)| {
        let mut exact = cells(figure.numerator, figure.denominator, figure, language);
        let mut printed = printed(figure, shown, language);
        exact.source = said_source(source, figure.numerator, register, language);
        // A number that is too small is said beside the numerator: not for others.
        printed.source = match source {
            Source::TooSmall(_) => text::not_computed(language).to_owned(),
            _ => exact.source.clone(),
        };
        let practice = figure.ydernummer.clone();
        let practice = practice.unwrap_or_else(|| text::all(language).to_owned());
        FigureRow { practice, exact, printed }
    })
    .collect()
}

fn said_source(source: Source, numerator: u64, register: bool, language: Language) -> String {
    match source {
        Source::File => text::from_file(register, language),
        Source::Typed(count) => text::typed(count, language),
        Source::PartlyTyped => text::partly_typed(language),
        Source::TooSmall(count) => text::typed_too_small(count, numerator, language),
    }
}

fn cells(numerator: u64, denominator: u64, figure: &Figure, language: Language) -> FigureCells {
    let value = per(numerator, denominator, figure.per, language);
    FigureCells {
        numerator: number(numerator, language),
        denominator: number(denominator, language),
        value: value.unwrap_or_else(|| NONE.to_owned()),
        undecided: number(figure.undecided, language),
        source: String::new(),
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
