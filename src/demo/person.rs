//! Who the invented patients are.

use std::collections::HashSet;

use super::random::Random;
use super::tables::{GivenName, Tables};
use crate::day::Day;

// How many in a thousand are 0–9, 10–19, … years old: roughly a Danish clinic's list.
const AGES: [i32; 10] = [96, 108, 124, 122, 116, 138, 124, 110, 56, 6];

// Provider numbers that nobody has.
const PROVIDERS: [&str; 2] = ["990011", "990025"];

/// Standing with the clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// »tilmeldt«.
    Listed,
    /// »passant«.
    Passant,
    /// »fraflyttet«.
    Moved,
    /// »død«.
    Dead,
}

impl Standing {
    /// As the patient file writes it.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Listed => "tilmeldt",
            Self::Passant => "passant",
            Self::Moved => "fraflyttet",
            Self::Dead => "død",
        }
    }
}

/// An invented patient.
#[derive(Debug)]
pub struct Person {
    /// Position, from 0.
    pub number: u32,
    /// Ten digits with day + 60, the form of replacement numbers: nobody is registered under it,
    /// and it still tells birth date and sex.
    pub cpr: String,
    /// Birth date.
    pub birth: Day,
    /// Woman?
    pub female: bool,
    /// Standing.
    pub standing: Standing,
    /// Last day with records.
    pub last: Day,
}

/// All of them.
#[must_use]
pub fn people(patients: u32, seed: u64, index_day: Day) -> Vec<Person> {
    let mut taken = HashSet::new();
    (0..patients).map(|number| person(number, seed, index_day, &mut taken)).collect()
}

fn person(number: u32, seed: u64, index_day: Day, taken: &mut HashSet<String>) -> Person {
    let mut random = Random::of(seed, number, 0);
    let birth = index_day.add_days(-age_in_days(&mut random));
    let female = random.chance(505);
    let standing = standing(&mut random, birth.years_until(index_day));
    let gone = matches!(standing, Standing::Moved | Standing::Dead);
    let last = if gone { index_day.add_days(-random.between(10, 500)) } else { index_day };
    let mut cpr = cpr(&mut random, birth, female);
    while !taken.insert(cpr.clone()) {
        cpr = self::cpr(&mut random, birth, female);
    }
    Person { number, cpr, birth, female, standing, last: last.max(birth) }
}

fn age_in_days(random: &mut Random) -> i32 {
    let decades: Vec<(i32, i32)> = (0..).zip(AGES).collect();
    let decade = random.weighted(&decades, AGES.iter().sum(), |d| d.1).map_or(4, |d| d.0);
    decade * 3652 + random.below(3652)
}

fn standing(random: &mut Random, age: i32) -> Standing {
    match random.below(1000) {
        0..6 => Standing::Passant,
        6..11 => Standing::Moved,
        11..14 => Standing::Dead,
        14..30 if age > 70 => Standing::Dead,
        _ => Standing::Listed,
    }
}

fn cpr(random: &mut Random, birth: Day, female: bool) -> String {
    let (year, month, day) = birth.ymd();
    let seventh = random.below(4) + if year < 2000 { 0 } else { 5 };
    let last = random.below(5) * 2 + i32::from(!female);
    let (short, middle) = (year.rem_euclid(100), random.below(100));
    format!("{:02}{month:02}{short:02}{seventh}{middle:02}{last}", day + 60)
}

impl Person {
    /// Completed years on a day.
    #[must_use]
    pub fn age(&self, day: Day) -> i32 {
        self.birth.years_until(day)
    }

    /// The cells of the patient file after the CPR number.
    #[must_use]
    pub fn cells(&self, tables: &Tables, seed: u64) -> [String; 10] {
        let mut random = Random::of(seed, self.number, 1);
        let (postal_code, town) = split(random.pick(&tables.towns).map_or("", String::as_str));
        let days_listed = (self.last.0 - self.birth.0).clamp(1, 9000);
        [
            self.name(&mut random, tables),
            if self.female { "K" } else { "M" }.into(),
            self.birth.danish(),
            address(&mut random, tables),
            postal_code,
            town,
            if random.chance(8) { "2" } else { "1" }.into(),
            self.standing.text().into(),
            self.last.add_days(-random.below(days_listed)).danish(),
            (*random.pick(&PROVIDERS).unwrap_or(&"")).into(),
        ]
    }

    fn name(&self, random: &mut Random, tables: &Tables) -> String {
        let year = self.birth.ymd().0;
        let usual =
            |n: &&GivenName| n.female == self.female && n.years.0 <= year && year <= n.years.1;
        let names: Vec<&GivenName> = tables.given.iter().filter(usual).collect();
        let first = random.pick(&names).map_or("Kim", |n| n.name);
        let last = random.pick(&tables.surnames).copied().unwrap_or("Prøvesen");
        let middle = random.pick(&tables.surnames).copied().unwrap_or_default();
        if random.chance(350) && middle != last {
            format!("{first} {middle} {last}")
        } else {
            format!("{first} {last}")
        }
    }
}

fn split(cells: &str) -> (String, String) {
    let (left, right) = cells.split_once(';').unwrap_or((cells, ""));
    (left.into(), right.into())
}

fn address(random: &mut Random, tables: &Tables) -> String {
    let street = random.pick(&tables.streets).copied().unwrap_or_default();
    let house = random.between(1, 98);
    match random.below(10) {
        0 => format!("{street} {house}, st. tv."),
        1 => format!("{street} {house}, 1. th."),
        2 => format!("{street} {house}, 2. mf."),
        3 => format!("{street} {house} B"),
        _ => format!("{street} {house}"),
    }
}
