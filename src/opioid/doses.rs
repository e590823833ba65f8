//! The dose of every opioid row of a file. Rows that are alike in the cells that matter are read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::code::Code;
use crate::ratio::Range;
use crate::records::Events;
use crate::schema::Field;

use super::dose::{self, Dose, Kind, Reason};
use super::factor::{self, Found, Route};
use super::table::{Counted, Factor, Table};

/// What one row says, as a line of the receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The first line of the table for the row's code: its substance, and whether it counts.
    pub of_code: Arc<Factor>,
    /// The line that gives the factor; `None` = the route decides, and is not known.
    pub factor: Option<Arc<Factor>>,
    /// The daily dose in the unit of the factor.
    pub dose: Result<Dose, Reason>,
}

/// Lines of a medicine register.
#[derive(Debug)]
pub struct Doses {
    /// Whose factors they have.
    pub table: Arc<Table>,
    lines: Vec<Line>,
    // Sorted by position, as the rows are.
    of_row: Vec<(u32, u32)>,
}

/// The fields that decide a line.
const FIELDS: [Field; 11] = [
    Field::Styrke,
    Field::StyrkeEnhed,
    Field::Form,
    Field::Administrationsvej,
    Field::Dosering,
    Field::Doegndosis,
    Field::Doseringsenhed,
    Field::Doseringstype,
    Field::Dage,
    Field::AntalPakninger,
    Field::Pakningsstoerrelse,
];

/// What is kept with a register, one for each of the last tables.
#[derive(Default)]
struct Kept(Mutex<Vec<Arc<Doses>>>);

// The table in force and the one before: going back to the own factors costs nothing, and editing
// does not hold more and more memory.
const TABLES_KEPT: usize = 2;

type Key = (usize, [usize; FIELDS.len()]);

impl Doses {
    /// The lines of a register, made when first asked for with a table. `None` = the register
    /// keeps something else.
    #[must_use]
    pub fn of(events: &Events, table: &Arc<Table>) -> Option<Arc<Self>> {
        let kept = events.once(|_| Kept::default())?;
        let mut kept = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(doses) = kept.iter().find(|doses| Arc::ptr_eq(&doses.table, table)) {
            return Some(Arc::clone(doses));
        }
        let doses = Arc::new(Self::new(events, table));
        if kept.len() >= TABLES_KEPT {
            kept.remove(0);
        }
        kept.push(Arc::clone(&doses));
        Some(doses)
    }

    fn new(events: &Events, table: &Arc<Table>) -> Self {
        let known: Vec<Vec<&Arc<Factor>>> =
            events.code_groups().iter().map(|codes| of_group(table, codes)).collect();
        let mut seen: HashMap<Key, u32, foldhash::fast::RandomState> = HashMap::default();
        let mut out = Self { table: Arc::clone(table), lines: Vec::new(), of_row: Vec::new() };
        for position in 0..events.len() {
            let group = events.code_id(position);
            let Some(factors) = known.get(group).filter(|factors| !factors.is_empty()) else {
                continue;
            };
            let key = (group, FIELDS.map(|field| events.text_id(position, field)));
            let next = u32::try_from(out.lines.len()).unwrap_or(u32::MAX);
            let line = *seen.entry(key).or_insert(next);
            if line == next {
                out.lines.extend(read(table, factors, events, position));
            }
            out.of_row.push((u32::try_from(position).unwrap_or(u32::MAX), line));
        }
        out
    }

    /// Fixed, as needed, or both: what the row's type says, else what its dosage text does.
    #[must_use]
    pub fn kind(&self, events: &Events, position: usize) -> Kind {
        let typed = dose::kind(events.text(position, Field::Doseringstype));
        let read = self.line(position).and_then(|line| line.dose.as_ref().ok());
        match (typed, read) {
            (Kind::Fixed, Some(Dose { as_needed: Some(_), fixed, .. })) => {
                if *fixed == Range::ZERO { Kind::AsNeeded } else { Kind::Both }
            }
            // A text that gives no dose may still say that it is for need.
            (Kind::Fixed, None) => dose::kind(events.text(position, Field::Dosering)),
            _ => typed,
        }
    }

    /// The line of a row; `None` = the table does not know its code.
    #[must_use]
    pub fn line(&self, position: usize) -> Option<&Line> {
        let position = u32::try_from(position).ok()?;
        let at = self.of_row.binary_search_by_key(&position, |(row, _)| *row).ok()?;
        self.lines.get(self.of_row.get(at)?.1 as usize)
    }
}

// A row may carry several codes; the first that the table knows counts.
fn of_group<'t>(table: &'t Table, codes: &[Code]) -> Vec<&'t Arc<Factor>> {
    codes.iter().map(|code| table.of_code(code)).find(|found| !found.is_empty()).unwrap_or_default()
}

fn read(table: &Table, factors: &[&Arc<Factor>], events: &Events, position: usize) -> Option<Line> {
    let of_code = Arc::clone(factors.first()?);
    let text = |field| events.text(position, field);
    let route = factor::route(table, text(Field::Administrationsvej), text(Field::Form));
    let none =
        |reason| Some(Line { of_code: Arc::clone(&of_code), factor: None, dose: Err(reason) });
    let route = match &route {
        Route::Known(route) => Some(route.as_str()),
        Route::Silent => None,
        Route::Unknown => return none(Reason::UnknownRoute),
    };
    let factor = match factor::choose(factors, route) {
        Found::Line(factor) => Arc::clone(factor),
        Found::NoRoute => return none(Reason::NoRoute),
        Found::OtherRoute => {
            return none(Reason::OtherRoute(route.unwrap_or_default().to_owned()));
        }
    };
    let dose = match (factor.default, factor.counted) {
        (Some(_), Counted::Yes | Counted::Apart) => dose::read(events, position, &factor),
        _ => Err(Reason::Factor(Arc::clone(&factor))),
    };
    Some(Line { of_code: Arc::clone(&factor), factor: Some(factor), dose })
}
