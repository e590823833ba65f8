//! What has happened to an invented patient: what the files of one patient must agree about.

use super::person::{Person, Standing};
use super::random::Random;
use super::tables::{Acute, Choice, Condition, Drug, Tables};
use crate::day::Day;

/// Days of history in the files.
const WINDOW_DAYS: i32 = 5 * 365 + 1;

/// A repeat prescription.
#[derive(Debug)]
pub struct Order<'t> {
    /// What.
    pub drug: &'t Drug,
    /// First day.
    pub start: Day,
    /// Last day, where it was stopped.
    pub end: Option<Day>,
    /// Comes in packages of half the size.
    pub half: bool,
}

/// Conditions, orders and visits of one patient.
#[derive(Debug)]
pub struct History<'t> {
    /// Chronic conditions and their first day.
    pub conditions: Vec<(&'t Condition, Day)>,
    /// Repeat prescriptions.
    pub orders: Vec<Order<'t>>,
    /// Short-lived problems.
    pub acute: Vec<(&'t Acute, Day)>,
    /// Days of blood samples and measurements.
    pub samples: Vec<Day>,
    /// Days of yearly controls.
    pub yearly: Vec<Day>,
    /// First day with records.
    pub from: Day,
    /// Last day with records.
    pub to: Day,
    /// Age on the last day.
    pub age: i32,
    /// Medicines come in dose packs.
    pub dose_dispensed: bool,
}

impl<'t> History<'t> {
    /// The same on every call with the same arguments.
    #[must_use]
    pub fn of(person: &Person, tables: &'t Tables, seed: u64) -> Self {
        let mut random = Random::of(seed, person.number, 2);
        let age = person.age(person.last);
        let mut history = Self {
            conditions: Vec::new(),
            orders: Vec::new(),
            acute: Vec::new(),
            samples: Vec::new(),
            yearly: Vec::new(),
            from: person.last.add_days(-WINDOW_DAYS).max(person.birth),
            to: person.last,
            age,
            dose_dispensed: age >= 72 && random.chance(260),
        };
        if person.standing == Standing::Passant {
            history.from = person.last.add_days(-150).max(person.birth);
        }
        history.fall_ill(person, tables, &mut random);
        history.prescribe(tables, &mut random);
        history.catch_something(person, tables, &mut random);
        history.visit(&mut random);
        history
    }

    /// How many chronic conditions, as a number for sums.
    #[must_use]
    pub fn burden(&self) -> i32 {
        i32::try_from(self.conditions.len()).unwrap_or(0)
    }

    /// Days with records.
    #[must_use]
    pub fn span(&self) -> i32 {
        self.to.0 - self.from.0
    }

    /// A day with records.
    pub fn some_day(&self, random: &mut Random) -> Day {
        self.from.add_days(random.below(self.span() + 1))
    }

    /// About so many things, given how many there are in ten years; a quarter more or less.
    pub fn number(&self, in_ten_years: i32, random: &mut Random) -> i32 {
        let hundredths = in_ten_years * self.span() / 36 * 100 / 101;
        (hundredths * random.between(75, 125) / 100 + random.below(100)) / 100
    }

    fn fall_ill(&mut self, person: &Person, tables: &'t Tables, random: &mut Random) {
        for condition in &tables.conditions {
            let drawn = random.below(1000);
            let sex_fits = condition.sex.is_empty() || (condition.sex == "K") == person.female;
            if sex_fits && drawn < per_mille(condition, self.age) {
                let days = ((self.age - condition.from_age) * 365 + 200).min(20 * 365);
                self.conditions
                    .push((condition, self.to.add_days(-random.below(days)).max(person.birth)));
            }
        }
    }

    fn prescribe(&mut self, tables: &'t Tables, random: &mut Random) {
        let choices = self
            .conditions
            .iter()
            .flat_map(|(c, onset)| c.choices.iter().map(move |ch| (ch, *onset)));
        for (choice, onset) in choices.collect::<Vec<_>>() {
            let Some(drug) = choose(choice, tables, random) else { continue };
            let start = onset.add_days(random.below(240));
            let twice = self.orders.iter().any(|o| o.drug.group == drug.group);
            if !twice && start < self.to {
                let end = random
                    .chance(130)
                    .then(|| start.add_days(30 + random.below(self.to.0 - start.0)));
                self.orders.push(Order {
                    drug,
                    start,
                    end: end.filter(|end| *end < self.to),
                    half: random.chance(700),
                });
            }
        }
    }

    fn catch_something(&mut self, person: &Person, tables: &'t Tables, random: &mut Random) {
        let total = tables.acute.iter().map(|a| a.weight).sum();
        let often = if self.age < 7 || self.age > 70 { 32 } else { 23 };
        for _ in 0..self.number(often, random) {
            let day = self.some_day(random);
            let Some(acute) = random.weighted(&tables.acute, total, |a| a.weight) else { continue };
            if (acute.ages.0..=acute.ages.1).contains(&person.age(day)) {
                self.acute.push((acute, day));
            }
        }
        crate::sort::by_key(&mut self.acute, |(_, day)| *day);
    }

    fn visit(&mut self, random: &mut Random) {
        let measured = self.conditions.iter().filter(|(c, _)| !c.panels.is_empty()).count();
        let measured = i32::try_from(measured).unwrap_or(0);
        let in_ten_years = (if self.age < 15 { 2 } else { 6 }) + (measured * 8).min(38);
        let samples = self.number(in_ten_years, random);
        self.samples = (0..samples).map(|_| self.some_day(random)).collect();
        crate::sort::plain(&mut self.samples);
        let mut day = self.to;
        while measured > 0 && day > self.from {
            let held = day.add_days(-random.below(120));
            if held >= self.from && random.chance(740) {
                self.yearly.push(held);
            }
            day = day.add_days(-365);
        }
        crate::sort::plain(&mut self.yearly);
    }
}

/// One of the medicines, or none.
pub fn choose<'t>(choice: &Choice, tables: &'t Tables, random: &mut Random) -> Option<&'t Drug> {
    let given = random.chance(choice.per_mille);
    let position = random.pick(&choice.drugs)?;
    tables.drugs.get(*position).filter(|_| given)
}

// Straight line from the first age to 80, and level from there.
fn per_mille(condition: &Condition, age: i32) -> i32 {
    if age < condition.from_age {
        return 0;
    }
    let (young, old) = (condition.per_mille_young, condition.per_mille_old);
    let years = age.min(80) - condition.from_age;
    young + (old - young) * years / (80 - condition.from_age).max(1)
}
