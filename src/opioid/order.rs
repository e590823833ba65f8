//! Rows → orders that run on a day (rule R18). Seventy-four dispensings of one order are one dose.

use crate::day::Day;
use crate::records::Events;
use crate::schema::Field;

use super::dose::Kind;

/// A row that may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// Position of the row.
    pub position: usize,
    /// When it runs by rule R7; `None` = only perhaps, its dates do not say.
    pub runs: Option<(Day, Day)>,
    /// The end comes from days supplied or assumed cover (R7 b, d): a later row ends it.
    pub ended_by_later: bool,
    /// Does the row belong for sure? Form or route asked for may be unknown.
    pub sure: bool,
    /// Fixed, as needed, or both, by the row's type or its dosage text.
    pub kind: Kind,
}

/// An order that runs on the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The rows that decide its dose: one, or several of one day.
    pub rows: Vec<usize>,
    /// How many rows are dispensings of it.
    pub dispensings: usize,
    /// Runs for sure.
    pub sure: bool,
}

/// What the rows of one product share. Fixed and as-needed rows are never one order, since the
/// doses are two sums.
pub type Product = (usize, [usize; 4], usize, Kind);
type Key = (Product, Option<Day>, Option<Day>);

/// The product of a row.
#[must_use]
pub fn product(events: &Events, position: usize, kind: Kind) -> Product {
    let fields = [Field::Styrke, Field::StyrkeEnhed, Field::Form, Field::Administrationsvej];
    let number = events.text_id(position, Field::Nr);
    let texts = fields.map(|field| events.text_id(position, field));
    (events.code_id(position), texts, number, kind)
}

fn key(events: &Events, course: &Course) -> Key {
    let position = course.position;
    let start = events.date(position, Field::Startdato).or_else(|| events.day(position));
    (product(events, position, course.kind), start, events.date(position, Field::Slutdato))
}

/// The orders that run on `day`, in the order of their first rows.
#[must_use]
pub fn running(events: &Events, day: Day, courses: &[Course]) -> Vec<Order> {
    let mut keyed: Vec<(Key, &Course)> = courses
        .iter()
        .filter(|course| runs(events, day, courses, course))
        .map(|course| (key(events, course), course))
        .collect();
    // Sorting is stable: within an order the rows stay in the order of the register.
    keyed.sort_by_key(|(key, _)| *key);
    let mut orders: Vec<Order> = keyed
        .chunk_by(|one, other| one.0 == other.0)
        .map(|rows| {
            of_rows(events, day, &rows.iter().map(|(_, course)| **course).collect::<Vec<_>>())
        })
        .collect();
    orders.sort_by_key(|order| order.rows.first().copied());
    orders
}

fn runs(events: &Events, day: Day, courses: &[Course], course: &Course) -> bool {
    match course.runs {
        None => true,
        Some((from, to)) => {
            from <= day && day <= to && !is_ended(events, day, courses, course, from)
        }
    }
}

// A later row of the product has begun: it ended this one on the day before.
fn is_ended(events: &Events, day: Day, courses: &[Course], course: &Course, from: Day) -> bool {
    let later = |other: &&Course| {
        let begun = |(start, _): (Day, Day)| from < start && start <= day;
        other.ended_by_later && other.sure && other.runs.is_some_and(begun)
    };
    let of = |course: &Course| product(events, course.position, course.kind);
    course.ended_by_later && courses.iter().filter(later).any(|other| of(other) == of(course))
}

// The latest dispensing that is not after the day decides; if all are, the first to come.
fn of_rows(events: &Events, day: Day, courses: &[Course]) -> Order {
    let is_sure = |course: &&Course| course.sure && course.runs.is_some();
    let sure = courses.iter().any(|course| is_sure(&course));
    let counted = || courses.iter().filter(|course| !sure || is_sure(course));
    let event = |course: &Course| events.day(course.position);
    let past = counted().filter_map(event).filter(|event| *event <= day).max();
    let decides = past.or_else(|| counted().filter_map(event).min());
    let rows = counted().filter(|course| event(course) == decides).map(|course| course.position);
    Order { rows: rows.collect(), dispensings: courses.len(), sure }
}
