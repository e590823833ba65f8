//! What sums are made of: a row's defined daily doses and units (rule R17b), and its morphine equivalents a
//! day with what makes it a dispensing of an order (rule R18).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cell::cell;
use crate::evaluate;
use crate::note::Language;
use crate::opioid::defined;
use crate::opioid::doses::Line;
use crate::opioid::order::Product;
use crate::opioid::sum::Equivalents;
use crate::opioid::table::Counted;
use crate::opioid::{Doses, Table};
use crate::ratio::Ratio;
use crate::records::{Events, Reading};
use crate::schema::Field;
use crate::schema::typed::{LARGEST, NOT_COUNTED, PARTS};

/// The opioids among the medicines.
pub(super) struct Opioids<'a> {
    events: &'a Events,
    doses: Option<Arc<Doses>>,
    /// Of every row, the number of its product; rows alike in all that makes a product share it.
    products: Vec<Option<usize>>,
}

impl<'a> Opioids<'a> {
    pub fn of(events: &'a Events, factors: &Arc<Table>) -> Self {
        let doses = Doses::of(events, factors);
        let mut numbers = BTreeMap::<Product, usize>::new();
        let mut number = |position: usize| {
            let product = doses.as_deref()?.product(events, position)?;
            let next = numbers.len();
            Some(*numbers.entry(product).or_insert(next))
        };
        let products = (0..events.len()).map(&mut number).collect();
        Self { events, doses, products }
    }

    /// The cells of a row, from `ddd_mindst` on.
    pub fn cells(&self, position: usize) -> Vec<String> {
        let line = self.doses.as_ref().and_then(|doses| doses.line(position));
        // Only what the table knows can be computed; asking it for every row would be slow.
        let is_stated = *self.events.reading(position, Field::Ddd) != Reading::Missing;
        let defined =
            (is_stated || line.is_some()).then(|| defined::of_row(self.events, position)).flatten();
        let units = evaluate::units(self.events, position);
        let mut cells: Vec<String> = [defined, units]
            .into_iter()
            .flat_map(|number| [cell(number.map(at_least)), cell(number.and_then(at_most))])
            .collect();
        cells.extend(match line {
            Some(line) => self.opioid(position, line),
            None => vec![String::new(); 10],
        });
        cells
    }

    fn opioid(&self, position: usize, line: &Line) -> Vec<String> {
        let date = |field| self.events.date(position, field);
        let start = date(Field::Startdato).or_else(|| self.events.day(position));
        let mut cells = vec![
            counted(line.of_code.counted).to_owned(),
            cell(self.products.get(position).copied().flatten()),
            cell(start),
            cell(date(Field::Slutdato)),
        ];
        cells.extend(equivalents(line));
        cells
    }
}

const fn counted(counted: Counted) -> &'static str {
    match counted {
        Counted::Yes => "ja",
        Counted::Cannot => "kan_ikke",
        Counted::No => NOT_COUNTED,
        Counted::Apart => "saerskilt",
    }
}

fn equivalents(line: &Line) -> [String; 6] {
    let Some(found) = Equivalents::of(line) else {
        let none = String::new;
        return [none(), none(), none(), none(), none(), why_not(line)];
    };
    let as_needed = match found.as_needed {
        None => Some(0),
        Some(most) => most.and_then(at_most),
    };
    [
        cell(Some(at_least(found.fixed.low))),
        cell(at_most(found.fixed.high)),
        cell(as_needed),
        cell(Some(at_least(found.span.low))),
        cell(Some(at_least(found.span.high))),
        String::new(),
    ]
}

// For people; no query reads it.
fn why_not(line: &Line) -> String {
    match &line.dose {
        Err(reason) => reason.said().of(Language::Danish).to_owned(),
        Ok(_) => "tallet er for stort".to_owned(),
    }
}

// --- numbers -------------------------------------------------------------------------------------

/// In parts, rounded down; never more than the largest.
fn at_least(number: Ratio) -> i128 {
    let number = number.min(Ratio::whole(LARGEST));
    (i128::from(number.numerator()) * PARTS).div_euclid(number.denominator().into())
}

/// In parts, rounded up; `None` = larger than the largest, so that there is no upper bound.
fn at_most(number: Ratio) -> Option<i128> {
    let below = i128::from(number.denominator());
    let above = i128::from(number.numerator()) * PARTS;
    (number <= Ratio::whole(LARGEST)).then(|| (above + below - 1).div_euclid(below))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(above: i64, below: i64) -> Ratio {
        Ratio::new(above, below).unwrap()
    }

    #[test]
    fn parts_hold_millionths_and_every_number_of_days_up_to_31() {
        assert_eq!(PARTS % 1_000_000, 0);
        for days in 1..=31 {
            let number = ratio(100, days);
            assert_eq!(Some(at_least(number)), at_most(number), "{days}");
            assert_eq!(at_least(number) * i128::from(days), 100 * PARTS);
        }
    }

    #[test]
    fn what_parts_do_not_hold_lies_between_two() {
        let number = ratio(100, 37);
        assert_eq!(at_most(number), Some(at_least(number) + 1));
        assert!(at_least(number) * 37 < 100 * PARTS);
    }

    #[test]
    fn what_is_too_large_has_no_upper_bound() {
        let largest = Ratio::whole(LARGEST);
        assert_eq!(at_most(largest), Some(at_least(largest)));
        let larger = Ratio::whole(i64::MAX);
        assert_eq!((at_least(larger), at_most(larger)), (at_least(largest), None));
        assert!(at_most(ratio(i64::MAX, 10_000_000_000)).is_some());
    }
}
