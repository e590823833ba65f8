//! Stage 6: figures per practice (rule R19).

pub mod insured;
pub mod products;
pub mod withhold;
pub mod withhold_products;

use std::collections::BTreeMap;

use crate::evaluate::{Counted, Evaluator};
use crate::schema::Field;

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Measure id of the profile.
    pub id: String,
    /// Provider number; `None` = the whole file.
    pub ydernummer: Option<String>,
    /// Numerator within the denominator.
    pub numerator: u64,
    /// Denominator.
    pub denominator: u64,
    /// Patients left out of both because the data do not decide.
    pub undecided: u64,
    /// Per how many.
    pub per: i64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    numerator: u64,
    denominator: u64,
    undecided: u64,
}

impl Count {
    fn add(&mut self, counted: Counted) {
        match counted {
            Counted::Outside => {}
            Counted::Denominator => self.denominator += 1,
            Counted::Both => {
                self.denominator += 1;
                self.numerator += 1;
            }
            Counted::Undecided => self.undecided += 1,
        }
    }
}

/// Per measure, one figure per provider number of the patient register (sorted), then one for all.
/// Only patients who are looked at count; a provider number with none of them has zeros.
#[must_use]
pub fn figures(evaluator: &Evaluator<'_>) -> Vec<Figure> {
    let measures = evaluator.plan.measures.len();
    let patients = &evaluator.records.patients;
    let mut all = vec![Count::default(); measures];
    let mut practices: BTreeMap<&str, Vec<Count>> = BTreeMap::new();
    for patient in patients.ids() {
        let number = patients.text(patient, Field::Ydernummer);
        if !number.is_empty() {
            practices.entry(number).or_insert_with(|| vec![Count::default(); measures]);
        }
    }
    evaluator.for_each_measured(|patient, counted| {
        let number = patients.text(patient, Field::Ydernummer);
        let practice = practices.get_mut(number).into_iter().flatten();
        all.iter_mut().zip(counted).for_each(|(count, c)| count.add(*c));
        practice.zip(counted).for_each(|(count, c)| count.add(*c));
    });
    let rows = practices.into_iter().map(|(number, counts)| (Some(number.to_owned()), counts));
    let rows: Vec<_> = rows.chain([(None, all)]).collect();
    let measures = evaluator.plan.measures.iter().enumerate();
    measures
        .flat_map(|(at, measure)| rows.iter().map(move |row| figure(measure, at, row)))
        .collect()
}

fn figure(
    measure: &crate::profile::plan::Measure,
    at: usize,
    (ydernummer, counts): &(Option<String>, Vec<Count>),
) -> Figure {
    let count = counts.get(at).copied().unwrap_or_default();
    Figure {
        id: measure.id.clone(),
        ydernummer: ydernummer.clone(),
        numerator: count.numerator,
        denominator: count.denominator,
        undecided: count.undecided,
        per: measure.per,
    }
}
