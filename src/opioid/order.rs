//! Rows → orders that run on a day (rule R18). Seventy-four dispensings of one order are one dose.
//!
//! When a row runs does not depend on the day that is asked about, so it is worked out once, in two
//! sorted passes; a day then costs only what runs on it.

use std::cmp::Ordering;

use crate::day::Day;
use crate::records::Events;
use crate::schema::Field;

/// A row that may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// Position of the row.
    pub position: usize,
    /// The order that it belongs to.
    pub key: Key,
    /// First day; [`NO_START`] = any.
    pub from: Day,
    /// Last day; [`Day::MAX`] = runs on.
    pub to: Day,
    /// Rule R7 says when it runs; else it runs only perhaps.
    pub dated: bool,
    /// The end comes from days supplied or assumed cover (R7 b, d): a later row ends it.
    pub ended_by_later: bool,
    /// Does the row belong for sure? Form or route asked for may be unknown.
    pub sure: bool,
    /// The day of its event.
    pub event: Option<Day>,
}

/// Before every day.
pub const NO_START: Day = Day(i32::MIN);

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

/// What the rows of one product share: see [`super::Doses::product`].
pub type Product = (u32, usize);

/// What the dispensings of one order share: product, start and end.
pub type Key = (Product, Option<Day>, Option<Day>);

/// The order of a row.
#[must_use]
pub fn key(events: &Events, position: usize, product: Product) -> Key {
    let start = events.date(position, Field::Startdato).or_else(|| events.day(position));
    (product, start, events.date(position, Field::Slutdato))
}

/// A patient's rows with the days on which they run, a later row having ended the one before.
#[derive(Clone, Debug)]
pub struct Courses(Vec<Course>);

impl Courses {
    /// From the rows with their own periods.
    #[must_use]
    pub fn new(mut courses: Vec<Course>) -> Self {
        sort(&mut courses, by_start);
        end_by_later(&mut courses);
        sort(&mut courses, by_order);
        Self(courses)
    }

    /// Those that run on a day; dispensings of one order stand together.
    #[must_use]
    pub fn on(&self, day: Day) -> Vec<Course> {
        self.0.iter().filter(|course| course.from <= day && day <= course.to).copied().collect()
    }

    /// The days on which a sum can change: a course begins, or has ended the day before, or a
    /// dispensing comes that may decide. In no order.
    pub fn changes(&self) -> impl Iterator<Item = Day> {
        self.0.iter().flat_map(|course| {
            let after = Some(course.to).filter(|to| *to < Day::MAX).map(|to| to.add_days(1));
            [Some(course.from), after, course.event].into_iter().flatten()
        })
    }

    /// For going through time, from day to later day.
    #[must_use]
    pub fn sweep(self) -> Sweep {
        let mut waiting = self.0;
        sort(&mut waiting, |one, other| other.from.cmp(&one.from));
        Sweep { waiting, running: Vec::new() }
    }
}

/// What runs, as the days go by.
#[derive(Clone, Debug)]
pub struct Sweep {
    // The next to begin stands last.
    waiting: Vec<Course>,
    running: Vec<Course>,
}

impl Sweep {
    /// As [`Courses::on`]; `day` is no earlier than the last one asked about.
    pub fn on(&mut self, day: Day) -> &[Course] {
        self.running.retain(|course| day <= course.to);
        while let Some(next) = self.waiting.pop_if(|course| course.from <= day) {
            if day <= next.to {
                let before = |course: &Course| by_order(course, &next) == Ordering::Less;
                self.running.insert(self.running.partition_point(before), next);
            }
        }
        &self.running
    }
}

/// The orders of the courses that run on `day`.
pub fn orders(running: &[Course], day: Day) -> impl Iterator<Item = Order> {
    running.chunk_by(|one, other| one.key == other.key).map(move |rows| of_rows(rows, day))
}

// The latest dispensing that is not after the day decides; if all are, the first to come.
fn of_rows(courses: &[Course], day: Day) -> Order {
    let is_sure = |course: &Course| course.sure && course.dated;
    let sure = courses.iter().any(is_sure);
    let counted = || courses.iter().filter(|course| !sure || is_sure(course));
    let events = || counted().filter_map(|course| course.event);
    let decides = events().filter(|event| *event <= day).max().or_else(|| events().min());
    let rows = counted().filter(|course| course.event == decides).map(|course| course.position);
    Order { rows: rows.collect(), dispensings: courses.len(), sure }
}

// A later row of the product that has begun ended this one on the day before. The nearest of them
// is known when one comes from behind.
fn end_by_later(courses: &mut [Course]) {
    let mut later: Option<(Product, Day)> = None;
    let mut latest_seen = None;
    for course in courses.iter_mut().rev() {
        let start = (course.key.0, course.from);
        if latest_seen.is_some_and(|seen| seen != start) {
            later = latest_seen.take();
        }
        if let Some((product, begins)) = later
            && product == course.key.0
            && course.ended_by_later
        {
            course.to = course.to.min(begins.add_days(-1));
        }
        if course.ended_by_later && course.sure {
            latest_seen = Some(start);
        }
    }
}

type By = fn(&Course, &Course) -> Ordering;

fn by_start(one: &Course, other: &Course) -> Ordering {
    (one.key.0, one.from).cmp(&(other.key.0, other.from))
}

fn by_order(one: &Course, other: &Course) -> Ordering {
    (one.key, one.position).cmp(&(other.key, other.position))
}

fn sort(courses: &mut [Course], by: By) {
    crate::sort::by(courses, by);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Product, first and last day, »ended by a later row«, sure, day of the event.
    type Row = (u32, i32, i32, bool, bool, Option<i32>);

    fn rows() -> impl Strategy<Value = Vec<Row>> {
        let row = (0u32..2, 0i32..12, 0i32..15, any::<bool>(), any::<bool>(), option());
        prop::collection::vec(row, 0..12)
    }

    fn option() -> impl Strategy<Value = Option<i32>> {
        prop::option::of(0i32..12)
    }

    fn course((position, row): (usize, &Row)) -> Course {
        let (product, from, days, ended_by_later, sure, event) = *row;
        // Day 11 stands for a start that nothing says.
        let dated = from < 11;
        Course {
            position,
            key: ((product, 0), Some(Day(from / 4)), None),
            from: if dated { Day(from) } else { NO_START },
            to: Day(from + days),
            dated,
            ended_by_later: ended_by_later && dated,
            sure,
            event: event.map(Day),
        }
    }

    /// Rule R18 as it is written: every row against every other, anew for each day.
    fn by_the_rule(all: &[Course], day: Day) -> Vec<usize> {
        let ends = |other: &Course, course: &Course| {
            let begun = course.from < other.from && other.from <= day;
            other.ended_by_later && other.sure && begun && other.key.0 == course.key.0
        };
        let runs = |course: &&Course| {
            let within = course.from <= day && day <= course.to;
            within && !(course.ended_by_later && all.iter().any(|other| ends(other, course)))
        };
        all.iter().filter(runs).map(|course| course.position).collect()
    }

    fn positions(running: &[Course]) -> Vec<usize> {
        let mut found: Vec<usize> = running.iter().map(|course| course.position).collect();
        found.sort_unstable();
        found
    }

    proptest! {
        #[test]
        fn what_runs_on_a_day_is_what_the_rule_says(rows in rows()) {
            let all: Vec<Course> = rows.iter().enumerate().map(course).collect();
            let courses = Courses::new(all.clone());
            let mut sweep = courses.clone().sweep();
            for day in (-2..30).map(Day) {
                let running = courses.on(day);
                prop_assert_eq!(positions(&running), by_the_rule(&all, day), "day {}", day.0);
                prop_assert_eq!(sweep.on(day), running.as_slice(), "day {}", day.0);
            }
        }

        #[test]
        fn nothing_begins_or_ends_between_two_days_of_change(rows in rows()) {
            let courses = Courses::new(rows.iter().enumerate().map(course).collect());
            let changes: Vec<Day> = courses.changes().collect();
            for day in (0..30).map(Day).filter(|day| !changes.contains(day)) {
                prop_assert_eq!(courses.on(day), courses.on(day.add_days(-1)));
            }
        }
    }
}
