//! The rows of the registers other than `patient`, and their codes.

use std::io;
use std::sync::Arc;

use super::Line;
use super::cell::{bounds, cell, closed, text};
use super::opioids::Opioids;
use crate::code::Code;
use crate::day::Day;
use crate::evaluate::{Limit, Period, Periods, dose_dispensed, form_word, limits, route_words};
use crate::opioid::{self, Table};
use crate::profile::plan::Form;
use crate::records::{Events, Patients, Records};
use crate::schema::typed::{self, TEXT_SEPARATOR, WORD_SEPARATOR, fold_text, fold_unit};
use crate::schema::{Field, Register};

/// The rows in the order of patients and days; a row's place in it is its number.
pub(super) fn rows(
    patients: &Patients,
    events: &Events,
    register: Register,
    factors: &Arc<Table>,
    line: Line<'_>,
) -> io::Result<()> {
    // The days that a criterion assumes are added in SQL; here any number tells what is assumed.
    let periods = Periods::new(events, register, 1);
    let more = more_columns(events, register, factors);
    let positions =
        patients.ids().flat_map(|patient| events.of(patient).map(move |at| (patient, at)));
    for (patient, position) in positions {
        let mut cells = vec![position.to_string(), patient.0.to_string()];
        cells.push(cell(events.day(position)));
        cells.push(cell(events.date(position, Field::Debutdato)));
        cells.extend(period(periods.of(position)));
        cells.push(descriptive(events, register, position));
        cells.extend(more(position));
        line(cells)?;
    }
    Ok(())
}

fn period(period: Period) -> [String; 3] {
    let none = || None::<Day>;
    let (word, from, to) = match period {
        Period::None => (typed::Period::None, None, None),
        Period::Undated => (typed::Period::Undated, None, None),
        Period::Until(end) => (typed::Period::EndOnly, None, Some(end)),
        Period::Runs { from, assumed: true, .. } => (typed::Period::Assumed, Some(from), none()),
        Period::Runs { from, to: Day::MAX, .. } => (typed::Period::Runs, Some(from), none()),
        Period::Runs { from, to, .. } => (typed::Period::Runs, Some(from), Some(to)),
    };
    [word.word().to_owned(), cell(from), cell(to)]
}

/// Lower case, as `navn_indeholder` compares.
fn descriptive(events: &Events, register: Register, position: usize) -> String {
    let texts = register.descriptive_fields().iter().map(|field| events.text(position, *field));
    let said: Vec<String> = texts.filter(|t| !t.is_empty()).map(str::to_lowercase).collect();
    said.join(&TEXT_SEPARATOR.to_string())
}

/// The columns that only medicines, or only laboratory answers, have.
fn more_columns<'a>(
    events: &'a Events,
    register: Register,
    factors: &Arc<Table>,
) -> Box<dyn Fn(usize) -> Vec<String> + 'a> {
    match register {
        Register::Medicin => {
            let (dispensed, opioids) = (dose_dispensed(events), Opioids::of(events, factors));
            Box::new(move |position| {
                let mut cells = medicine(events, position, dispensed(position));
                cells.extend(opioids.cells(position));
                cells
            })
        }
        Register::Proeve => Box::new(|position| laboratory(events, position)),
        _ => Box::new(|_| Vec::new()),
    }
}

fn medicine(events: &Events, position: usize, dispensed: Option<bool>) -> Vec<String> {
    let form = form_word(&fold_text(events.text(position, Field::Form)));
    let form = form.map(|form| match form {
        Form::Depot => "depot",
        Form::Short => "kort",
        Form::Patch => "plaster",
    });
    let route = fold_text(events.text(position, Field::Administrationsvej));
    vec![cell(form), routes(&route), cell(dispensed)]
}

fn routes(folded: &str) -> String {
    if folded.is_empty() {
        return String::new();
    }
    let mut routes = String::from(WORD_SEPARATOR);
    for word in route_words(folded) {
        routes.push_str(word);
        routes.push(WORD_SEPARATOR);
    }
    routes
}

fn laboratory(events: &Events, position: usize) -> Vec<String> {
    let (low, high) = bounds(events.reading(position, Field::Vaerdi));
    let (below, above) = limits(events, position);
    vec![
        cell(low),
        cell(high),
        text(&fold_unit(events.text(position, Field::Enhed))),
        fold_text(events.text(position, Field::Vaerdi)),
        cell(limit(below, 1)),
        cell(limit(above, -1)),
        (below == Limit::Absent).to_string(),
        (above == Limit::Absent).to_string(),
    ]
}

// »< 48« says that 48 itself is beyond: the last value of the range is nearer to the others.
fn limit(limit: Limit, inwards: i64) -> Option<i64> {
    match limit {
        Limit::Unknown | Limit::Absent => None,
        Limit::At(value) => Some(closed(value)),
        Limit::Beyond(value) => Some(closed(value).saturating_add(inwards)),
    }
}

/// The codes of every row, in the order in which the row has them.
pub(super) fn codes(records: &Records, line: Line<'_>) -> io::Result<()> {
    for register in Register::ALL {
        let Some(events) = records.events(register) else { continue };
        let groups: Vec<Vec<[String; 5]>> =
            events.code_groups().iter().map(|codes| group(codes)).collect();
        for position in 0..events.len() {
            for code in groups.get(events.code_id(position)).into_iter().flatten() {
                let row = [register.name().to_owned(), position.to_string()];
                line(row.into_iter().chain(code.iter().cloned()).collect())?;
            }
        }
    }
    Ok(())
}

/// The codes that a row has, once for all rows that have the same.
fn group(codes: &[Code]) -> Vec<[String; 5]> {
    let cells = |(place, code): (usize, &Code)| {
        [
            place.to_string(),
            code.system.name().to_owned(),
            code.base.clone(),
            code.shown(),
            cell(opioid::table().substance(code)),
        ]
    };
    codes.iter().enumerate().map(cells).collect()
}
