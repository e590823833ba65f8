//! `evaluate --products`: the tables of medicines, exact.

use profilblik::evaluate::{Evaluator, Population};
use profilblik::measures::products::{Line, Tally, Unit, products};
use profilblik::opioid::table::rounded;
use profilblik::profile::plan::ProductTable;
use profilblik::protocol::{Reply, Request};
use profilblik::view::products::{ProductsView, UnitView};
use serde::Serialize;

use crate::question::Asked;
use crate::table::table;

/// One table; without units the files have no medicines.
#[derive(Serialize)]
pub struct TableCounts {
    title: String,
    units: Vec<UnitCounts>,
}

#[derive(Serialize)]
struct UnitCounts {
    ydernummer: Option<String>,
    lines: Vec<LineCounts>,
    total: Counts,
    perhaps: u64,
}

#[derive(Serialize)]
struct LineCounts {
    substance: String,
    product: String,
    #[serde(flatten)]
    counts: Counts,
}

/// `ddd` is a decimal text, rounded to six decimals; `at_least` where a row has no number.
#[derive(Serialize)]
struct Counts {
    persons: u64,
    rows: u64,
    ddd: String,
    at_least: bool,
}

/// Every table of the profile.
pub fn tables(evaluator: &Evaluator<'_>, population: &Population) -> Vec<TableCounts> {
    let one = |table: &ProductTable| {
        let counted = products(evaluator, table, population);
        let units = counted.units.iter().map(|one| unit(&counted.lines, one)).collect();
        TableCounts { title: table.title.clone(), units }
    };
    evaluator.plan.tables.iter().map(one).collect()
}

fn unit(lines: &[Line], unit: &Unit) -> UnitCounts {
    let some = lines.iter().zip(&unit.lines).filter(|(_, tally)| tally.persons > 0);
    let lines = some.map(|(line, tally)| LineCounts {
        substance: line.substance.clone(),
        product: line.product.clone(),
        counts: counts(tally),
    });
    UnitCounts {
        ydernummer: unit.ydernummer.clone(),
        lines: lines.collect(),
        total: counts(&unit.total),
        perhaps: unit.perhaps,
    }
}

fn counts(tally: &Tally) -> Counts {
    Counts {
        persons: tally.persons,
        rows: tally.rows,
        ddd: rounded(tally.defined).to_string(),
        at_least: tally.undefined > 0,
    }
}

/// The same tables as on the page.
pub fn shown(asked: &mut Asked, key: &str) -> String {
    let request = Request::Figures(key.to_owned());
    let views = asked.replies(&request).into_iter().filter_map(|reply| match reply {
        Reply::Figures(view) => Some(view.products.iter().map(table_shown).collect::<String>()),
        _ => None,
    });
    views.collect()
}

fn table_shown(view: &ProductsView) -> String {
    let units: String = view.units.iter().map(|unit| unit_shown(view, unit)).collect();
    format!("\n{}\n\n{}{units}{}\n", view.title, view.remark, view.rule)
}

fn unit_shown(view: &ProductsView, unit: &UnitView) -> String {
    let rows = unit.rows.iter().map(|row| row.names.iter().chain(&row.exact).cloned().collect());
    let rows: Vec<Vec<String>> = std::iter::once(view.headings.clone()).chain(rows).collect();
    format!("{}\n{}{}\n\n", unit.practice, table(&rows), unit.note)
}
