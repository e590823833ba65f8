//! The history of the daily sum: any day of it is the sum on that day, and the sum of the list.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::OnceLock;

use profilblik::catalog;
use profilblik::day::Day;
use profilblik::evaluate::Evaluator;
use profilblik::evaluate::course::{Onset, Trend, measure};
use profilblik::evaluate::history::Histories;
use profilblik::opioid::sum::Sum;
use profilblik::profile::plan::Plan;
use profilblik::ratio::{Range, Ratio};
use profilblik::records::{Builder, PatientId, Records};
use profilblik::schema::{Field, Register};
use proptest::prelude::*;

const CPR: &str = "6101504001";
const ASSUMED_DAYS: i32 = 90;

fn index() -> Day {
    Day::from_ymd(2025, 6, 1).unwrap()
}

/// Product, event day, start and end from it, daily dose; days are counted from the index date.
#[derive(Clone, Debug)]
struct Row {
    product: usize,
    event: Option<i32>,
    start: Option<i32>,
    end: Option<i32>,
    days: Option<i32>,
    dose: &'static str,
    as_needed: bool,
}

const PRODUCTS: [(&str, &str); 3] =
    [("N02AA01", "10 mg"), ("N02AA05", "20 mg"), ("N07BC02", "5 mg")];

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let day = || -60i32..40;
    let row = (
        0usize..3,
        prop::option::weighted(0.9, day()),
        prop::option::weighted(0.3, -5i32..5),
        prop::option::weighted(0.4, 0i32..40),
        prop::option::weighted(0.4, 1i32..30),
        prop::sample::select(vec!["1", "2", "3", "", "-1"]),
        prop::bool::weighted(0.2),
    );
    let row = row.prop_map(|(product, event, start, end, days, dose, as_needed)| Row {
        product,
        event,
        start: event.and_then(|event| Some(event + start?)),
        end: event.and_then(|event| Some(event + end?)),
        days,
        dose,
        as_needed,
    });
    prop::collection::vec(row, 0..9)
}

fn records(rows: &[Row]) -> Records {
    let mut builder = Builder::new(&[Register::Patient, Register::Medicin]);
    builder.row(Register::Patient, CPR, &[]);
    for row in rows {
        let (code, strength) = PRODUCTS[row.product];
        let mut cells = vec![
            (Field::Kode, code.to_owned()),
            (Field::Styrke, strength.to_owned()),
            (Field::Administrationsvej, "oral".to_owned()),
            (Field::Doegndosis, row.dose.to_owned()),
        ];
        let dates =
            [(Field::Dato, row.event), (Field::Startdato, row.start), (Field::Slutdato, row.end)];
        for (field, day) in dates {
            cells.extend(day.map(|day| (field, index().add_days(day).to_string())));
        }
        cells.extend(row.days.map(|days| (Field::Dage, days.to_string())));
        if row.as_needed {
            cells.push((Field::Doseringstype, "efter behov".to_owned()));
        }
        builder.row(Register::Medicin, CPR, &cells);
    }
    builder.finish()
}

/// Read once: checking every built-in profile for every case would take minutes.
fn plan() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| {
        let profiles = catalog::built_in();
        profiles.into_iter().find(|p| p.id == "opioid_over_100").unwrap().plan.unwrap()
    })
}

fn cumulated(first: Day, last: Day) -> Plan {
    let text = format!(
        "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"X\"\n[kriterie.sum]\n\
         register = \"medicin\"\nkoder = [\"N02A\"]\nberegning = \"omeq_sum\"\n\
         vindue = [{first}, {last}]\nvaerdi = \"> 0\"\n[population]\ninklusion = {{ alle = [\"sum\"] }}\n"
    );
    profilblik::profile::check_without_tests("x.toml", &text).plan.unwrap()
}

fn only(records: &Records) -> PatientId {
    records.patients.ids().next().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Appendix I: nothing is counted by another rule than on the timeline.
    #[test]
    fn the_cumulated_sum_is_that_of_the_days(rows in rows(), from in -70i32..30, days in 0i32..60) {
        let records = records(&rows);
        let histories = Histories::new(&records, ASSUMED_DAYS).unwrap();
        let (first, last) = (index().add_days(from), index().add_days(from + days));
        let plan = cumulated(first, last);
        let explanation = Evaluator::new(&plan, &records, index()).explain(only(&records));
        let receipt = explanation.criteria[0].receipt.clone().unwrap();
        let (mut fixed, mut most, mut span) = (Ratio::ZERO, Some(Ratio::ZERO), Range::ZERO);
        for day in first.0..=last.0 {
            let sum = histories.on(only(&records), Day(day));
            fixed = fixed.plus(sum.fixed).unwrap();
            most = most.zip(sum.most).and_then(|(most, more)| most.plus(more));
            span = span.plus(sum.span).unwrap();
        }
        prop_assert_eq!((receipt.sum.fixed, receipt.sum.most, receipt.sum.span), (fixed, most, span));
        let shown: i64 = receipt.steps.iter().map(|step| step.days()).sum();
        let runs = |day: &i32| !histories.lines(only(&records), Day(*day)).is_empty();
        prop_assert_eq!(shown, (first.0..=last.0).filter(runs).count() as i64);
    }

    #[test]
    fn every_day_of_a_step_has_its_sum(rows in rows()) {
        let records = records(&rows);
        let histories = Histories::new(&records, ASSUMED_DAYS).unwrap();
        let (first, last) = (index().add_days(-90), index().add_days(60));
        let steps = histories.steps(only(&records), first, last);
        let mut next = first;
        for step in &steps {
            prop_assert_eq!(step.from, next);
            for day in step.from.0..=step.to.0 {
                prop_assert_eq!(step.sum, histories.on(only(&records), Day(day)), "day {}", day);
            }
            next = step.to.add_days(1);
        }
        prop_assert_eq!(next, last.add_days(1));
    }

    #[test]
    fn the_history_on_the_index_date_is_the_sum_of_the_list(rows in rows()) {
        let records = records(&rows);
        let evaluator = Evaluator::new(plan(), &records, index());
        let explained = evaluator.explain(only(&records));
        let receipt = explained.criteria.iter().find_map(|trace| trace.receipt.as_ref()).unwrap();
        let histories = Histories::new(&records, ASSUMED_DAYS).unwrap();
        prop_assert_eq!(receipt.sum, histories.on(only(&records), index()));
        prop_assert_eq!(&receipt.lines, &histories.lines(only(&records), index()));
    }
}

fn row(event: i32, end: i32, dose: &'static str) -> Row {
    Row {
        product: 0,
        event: Some(event),
        start: None,
        end: Some(end),
        days: None,
        dose,
        as_needed: false,
    }
}

fn treated(rows: &[Row]) -> (Onset, Trend, Vec<(i32, i32)>) {
    let records = records(rows);
    let histories = Histories::new(&records, ASSUMED_DAYS).unwrap();
    let found = histories.treated(only(&records), index(), measure());
    let courses = found.courses.iter().map(|(from, to)| (from.0 - index().0, to.0 - index().0));
    (found.onset, found.trend, courses.collect())
}

#[test]
fn a_step_for_every_dose_and_nothing_before_the_first() {
    let records = records(&[row(-50, -21, "2"), row(-20, 9, "3")]);
    let histories = Histories::new(&records, ASSUMED_DAYS).unwrap();
    let steps = histories.steps(only(&records), index().add_days(-60), index().add_days(20));
    let found: Vec<_> =
        steps.iter().map(|s| (s.from.0 - index().0, s.to.0 - index().0, s.sum.fixed)).collect();
    let mg = Ratio::whole;
    assert_eq!(found, [(-60, -51, mg(0)), (-50, -21, mg(20)), (-20, 9, mg(30)), (10, 20, mg(0))]);
}

#[test]
fn rising_stable_and_tapering_over_thirty_days() {
    let old = row(-800, -700, "1");
    let of = |before, now| treated(&[old.clone(), row(-300, -11, before), row(-10, 30, now)]).1;
    assert_eq!(of("2", "3"), Trend::Rising);
    assert_eq!(of("2", "2"), Trend::Stable);
    assert_eq!(of("3", "2"), Trend::Tapering);
    assert_eq!(of("3", ""), Trend::Unknown);
    assert_eq!(treated(&[old, row(-300, -11, "2")]).1, Trend::NotRunning);
}

#[test]
fn a_course_is_new_after_a_year_without() {
    let (onset, trend, courses) = treated(&[row(-800, -420, "1"), row(-20, 10, "1")]);
    assert_eq!((onset, trend), (Onset::Again, Trend::New));
    assert_eq!(courses, [(-800, -420), (-20, 10)]);
    assert_eq!(treated(&[row(-800, -300, "1"), row(-20, 10, "1")]).0, Onset::Soon);
    assert_eq!(treated(&[row(-800, -200, "1"), row(-20, 10, "1")]).2, [(-800, 10)]);
}

#[test]
fn without_records_from_before_nothing_is_called_the_first() {
    let (onset, trend, _) = treated(&[row(-20, 10, "1")]);
    assert_eq!((onset, trend), (Onset::Unknown, Trend::Unknown));
    let other = Row { product: 2, ..row(-800, -790, "1") };
    let (onset, trend, _) = treated(&[other, row(-20, 10, "1")]);
    assert_eq!((onset, trend), (Onset::First, Trend::New));
}

#[test]
fn no_sum_of_nothing() {
    let records = records(&[]);
    let histories = Histories::new(&records, ASSUMED_DAYS).unwrap();
    assert_eq!(histories.on(only(&records), index()), Sum::default());
    assert_eq!(treated(&[]).1, Trend::NotRunning);
}
