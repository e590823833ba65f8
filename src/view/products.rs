//! Stage 7 of `[[tabel]]`: tables of medicines, exact for the screen, and as they may be copied or
//! printed for others.

use serde::{Deserialize, Serialize};

use crate::evaluate::{Evaluator, Population};
use crate::measures::products::{Line, Products, Tally, Unit, products};
use crate::measures::withhold_products::{ShownTally, ShownUnit, withhold};
use crate::note::Language;
use crate::opioid::table::rounded;
use crate::profile::plan::{ProductTable, TableLine};
use crate::profile::say::Spoken;
use crate::view::cell::NONE;
use crate::view::words::{amount, number, per};
use crate::view::{text_figures, text_products as text};

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProductsView {
    /// Heading.
    pub title: String,
    /// How it is counted.
    pub rule: String,
    /// Column headings; the last four are numbers.
    pub headings: Vec<String>,
    /// One per provider number, the whole file last; empty = the file has no medicines.
    pub units: Vec<UnitView>,
    /// Why there is nothing; else empty.
    pub remark: String,
}

/// A provider number, or the whole file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UnitView {
    /// Ydernummer, or »Alle«.
    pub practice: String,
    /// One per line that somebody has, the total last.
    pub rows: Vec<ProductRow>,
    /// Rows on no line; empty = none.
    pub note: String,
}

/// A line of the table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProductRow {
    /// Substance, and product where the table has one.
    pub names: Vec<String>,
    /// Persons, share, rows, DDD on the screen.
    pub exact: [String; 4],
    /// The same for others.
    pub printed: [String; 4],
}

/// Every table of the profile, in its order.
#[must_use]
pub fn view(
    evaluator: &Evaluator<'_>,
    population: &Population,
    spoken: &Spoken,
    language: Language,
) -> Vec<ProductsView> {
    let tables = evaluator.plan.tables.iter().zip(&spoken.tables);
    tables
        .map(|(table, said)| {
            let counted = products(evaluator, table, population);
            one(table, &said.sentence, &counted, language)
        })
        .collect()
}

fn one(
    table: &ProductTable,
    sentence: &str,
    counted: &Products,
    language: Language,
) -> ProductsView {
    let shown = withhold(counted);
    let units = counted.units.iter().zip(&shown);
    let remark = if counted.units.is_empty() { text::no_medicines(language) } else { "" };
    ProductsView {
        title: table.title.clone(),
        rule: text::rule(sentence, language),
        headings: text::headings(table.per, language),
        units: units
            .map(|(unit, seen)| of_unit(table.per, counted, unit, seen, language))
            .collect(),
        remark: remark.to_owned(),
    }
}

fn of_unit(
    per: TableLine,
    counted: &Products,
    unit: &Unit,
    seen: &ShownUnit,
    language: Language,
) -> UnitView {
    let total = [text::total(language).to_owned(), String::new()];
    let lines = counted.lines.iter().zip(&unit.lines).zip(&seen.lines);
    let lines = lines
        .filter(|((_, tally), _)| tally.persons > 0)
        .map(|((line, tally), seen)| (names(line, language), tally, *seen));
    let rows = lines.chain([(total, &unit.total, seen.total)]).map(
        |([substance, product], tally, one)| {
            let product = (per == TableLine::Product).then_some(product);
            ProductRow {
                names: [substance].into_iter().chain(product).collect(),
                exact: exact(tally, unit.total.persons, language),
                printed: printed(one, seen.total.persons(), language),
            }
        },
    );
    let all = text_figures::all(language).to_owned();
    UnitView {
        practice: unit.ydernummer.clone().unwrap_or(all),
        rows: rows.collect(),
        note: if unit.perhaps > 0 { text::perhaps(unit.perhaps, language) } else { String::new() },
    }
}

fn names(line: &Line, language: Language) -> [String; 2] {
    [&line.substance, &line.product].map(|name| match name.as_str() {
        "" => text::unnamed(language).to_owned(),
        name => name.to_owned(),
    })
}

fn exact(tally: &Tally, whole: u64, language: Language) -> [String; 4] {
    let sum = amount(rounded(tally.defined), language);
    [
        number(tally.persons, language),
        per(tally.persons, whole, 100, language).unwrap_or_else(|| NONE.to_owned()),
        number(tally.rows, language),
        doses(sum, tally.undefined > 0, language),
    ]
}

fn doses(sum: String, at_least: bool, language: Language) -> String {
    if at_least { text::at_least(&sum, language) } else { sum }
}

fn printed(shown: ShownTally, whole: Option<u64>, language: Language) -> [String; 4] {
    let hidden = || text_figures::withheld(language).to_owned();
    let share = |persons: u64| {
        let share = whole.and_then(|whole| per(persons, whole, 100, language));
        share.unwrap_or_else(hidden)
    };
    match shown {
        ShownTally::Whole { persons, rows, defined, at_least } => [
            number(persons, language),
            share(persons),
            number(rows, language),
            doses(number(defined, language), at_least, language),
        ],
        ShownTally::Persons(persons) => {
            [number(persons, language), share(persons), hidden(), hidden()]
        }
        ShownTally::Few => [text_figures::few(language).to_owned(), hidden(), hidden(), hidden()],
        ShownTally::Withheld => [hidden(), hidden(), hidden(), hidden()],
    }
}
