//! The dose of every opioid row of a file. Rows that are alike in the cells that matter are read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::code::Code;
use crate::ratio::Range;
use crate::records::Events;
use crate::schema::Field;

use super::dose::{self, Dose, Kind, Reason};
use super::factor::{self, Found, Route};
use super::order::Product;
use super::sum::Equivalents;
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

impl Line {
    /// Does it belong to the sum of a criterion that asks for its code?
    #[must_use]
    pub fn is_counted(&self) -> bool {
        self.of_code.counted != Counted::No
    }
}

/// A line with what is worked out of it, once for all rows that share it.
#[derive(Debug)]
struct Known {
    line: Line,
    kind: Kind,
    // Code, strength, form, route and kind, as a number.
    product: u32,
    equivalents: Option<Equivalents>,
}

/// Lines of a medicine register.
#[derive(Debug)]
pub struct Doses {
    /// Whose factors they have.
    pub table: Arc<Table>,
    lines: Vec<Known>,
    // By position; a history asks for every row again and again.
    of_row: Vec<u32>,
}

const NO_LINE: u32 = u32::MAX;

/// The fields that decide a line. The first of them, with code and kind, make the product.
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

const OF_PRODUCT: usize = 4;
const PRODUCT: [Field; OF_PRODUCT] =
    [Field::Styrke, Field::StyrkeEnhed, Field::Form, Field::Administrationsvej];

type Key = (usize, [usize; FIELDS.len()]);
type Numbers = HashMap<Key, u32, foldhash::fast::RandomState>;

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
        let (mut seen, mut products) = (Numbers::default(), Numbers::default());
        let alike = PRODUCT.map(|field| alike(events, field));
        let mut of_row = vec![NO_LINE; events.len()];
        let mut lines = Vec::new();
        for (position, of_row) in of_row.iter_mut().enumerate() {
            let group = events.code_id(position);
            let Some(factors) = known.get(group).filter(|factors| !factors.is_empty()) else {
                continue;
            };
            let key = (group, FIELDS.map(|field| events.text_id(position, field)));
            let next = number(lines.len());
            *of_row = *seen.entry(key).or_insert(next);
            if *of_row == next
                && let Some(line) = read(table, factors, events, position)
            {
                let (kind, next) = (kind_of(events, position, &line), number(products.len()));
                let product = *products.entry(of_product(key, &alike, kind)).or_insert(next);
                let equivalents = Equivalents::of(&line);
                lines.push(Known { line, kind, product, equivalents });
            }
        }
        Self { table: Arc::clone(table), lines, of_row }
    }

    /// Fixed, as needed, or both: what the row's type says, else what its dosage text does.
    #[must_use]
    pub fn kind(&self, events: &Events, position: usize) -> Kind {
        let other = || dose::kind(events.text(position, Field::Doseringstype));
        self.known(position).map_or_else(other, |known| known.kind)
    }

    /// What the rows of one product share, as numbers. Fixed and as-needed rows are never one
    /// order, since the doses are two sums. `None` = the table does not know the row's code.
    #[must_use]
    pub fn product(&self, events: &Events, position: usize) -> Option<Product> {
        Some((self.known(position)?.product, events.text_id(position, Field::Nr)))
    }

    /// What an order with these deciding rows comes to; `None` = it cannot be computed.
    #[must_use]
    pub fn equivalents(&self, rows: &[usize]) -> Option<Equivalents> {
        let mut all = rows.iter().map(|row| self.known(*row)?.equivalents);
        let first = all.next()??;
        all.try_fold(first, |one, other| Some(one.either(other?)))
    }

    /// The line of a row; `None` = the table does not know its code.
    #[must_use]
    pub fn line(&self, position: usize) -> Option<&Line> {
        self.known(position).map(|known| &known.line)
    }

    fn known(&self, position: usize) -> Option<&Known> {
        self.lines.get(*self.of_row.get(position)? as usize)
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NO_LINE)
}

fn kind_of(events: &Events, position: usize, line: &Line) -> Kind {
    let typed = dose::kind(events.text(position, Field::Doseringstype));
    match (typed, &line.dose) {
        (Kind::Fixed, Ok(Dose { as_needed: Some(_), fixed, .. })) => {
            if *fixed == Range::ZERO {
                Kind::AsNeeded
            } else {
                Kind::Both
            }
        }
        // A text that gives no dose may still say that it is for need.
        (Kind::Fixed, Err(_)) => dose::kind(events.text(position, Field::Dosering)),
        _ => typed,
    }
}

// The cells that make the product; the kind stands in the place of the others.
fn of_product((group, mut cells): Key, alike: &[Vec<usize>; OF_PRODUCT], kind: Kind) -> Key {
    for (at, cell) in cells.iter_mut().enumerate() {
        *cell = match alike.get(at) {
            Some(first) => first.get(*cell).copied().unwrap_or(*cell),
            None if at == OF_PRODUCT => kind as usize,
            None => 0,
        };
    }
    (group, cells)
}

// Of every text of a column the first that differs from it in case and spaces only: a product that
// is written in two ways is one.
fn alike(events: &Events, field: Field) -> Vec<usize> {
    let mut first = HashMap::new();
    let folded =
        |text: &String| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let texts = events.dictionary(field).iter().map(folded).enumerate();
    texts.map(|(id, text)| *first.entry(text).or_insert(id)).collect()
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
