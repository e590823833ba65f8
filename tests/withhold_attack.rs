//! An attacker who knows the rule of small numbers, and has everything that is handed out of a
//! measure: counts, the shares that follow from them, the sum, and the same file a patient later.
//!
//! A number is safe where other tables give the very same paper. For each number of each table the
//! attacker is shown such tables, one for each value that the rule leaves open: the number alone is
//! changed, the true sum with it, and the paper must not change.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

#[allow(dead_code, reason = "the fuzz targets use the rest")]
#[path = "fuzz/random.rs"]
mod random;

use profilblik::measures::Figure;
use profilblik::measures::withhold::{Shown, withhold};
use random::Random;

const TABLES: usize = 10_000;

/// Numerator and denominator.
type Group = (u64, u64);

/// Practices, and last those whose practice is not known.
#[derive(Clone)]
struct Table {
    practices: Vec<Group>,
    stray: Group,
}

impl Table {
    fn random(random: &mut Random) -> Self {
        let group = |random: &mut Random, least: usize, most: usize| {
            let whole = least + random.below(most - least);
            // Few, all but few, and anything between.
            let part = match random.below(4) {
                0 => random.below(whole.min(8) + 1),
                1 => whole - random.below(whole.min(8) + 1),
                _ => random.below(whole + 1),
            };
            (part as u64, whole as u64)
        };
        let practices = (0..=random.below(4)).map(|_| group(random, 20, 120)).collect();
        let stray = if random.one_in(2) { (0, 0) } else { group(random, 0, 40) };
        Self { practices, stray }
    }

    fn paper(&self) -> Vec<Shown> {
        let figure = |practice: Option<String>, (numerator, denominator): Group| Figure {
            id: "m".to_owned(),
            ydernummer: practice,
            numerator,
            denominator,
            undecided: 0,
            per: 1000,
        };
        let all = self.practices.iter().chain([&self.stray]);
        let sum = all.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let practices = self.practices.iter().enumerate();
        let practices = practices.map(|(at, group)| figure(Some(at.to_string()), *group));
        withhold(&practices.chain([figure(None, sum)]).collect::<Vec<_>>())
    }

    /// Numerators, or denominators, of one group that leave the paper as it is.
    fn open(&self, at: usize, denominator: bool) -> Vec<u64> {
        let paper = self.paper();
        let fits = |value: &u64| {
            let mut other = self.clone();
            let group = other.practices.get_mut(at).unwrap_or(&mut other.stray);
            *(if denominator { &mut group.1 } else { &mut group.0 }) = *value;
            group.0 <= group.1 && other.paper() == paper
        };
        (0..=130).filter(fits).collect()
    }

    /// Either number of one group, both of them free: as far as a rounding reaches, the rest is no nearer.
    fn open_pairs(&self, at: usize) -> Vec<Group> {
        let paper = self.paper();
        let (true_part, true_whole) = *self.practices.get(at).unwrap_or(&self.stray);
        let near = |count: u64| count.saturating_sub(4)..=count + 4;
        let mut found = Vec::new();
        for whole in near(true_whole) {
            for part in near(true_part).take_while(|part| *part <= whole) {
                let mut other = self.clone();
                *other.practices.get_mut(at).unwrap_or(&mut other.stray) = (part, whole);
                if other.paper() == paper {
                    found.push((part, whole));
                }
            }
        }
        found
    }
}

/// How many values the rule leaves open: of a rounded number 5, of the first that is shown 3 (5, 6
/// and 7 stand as 5); none is none.
fn rule(shown: u64) -> usize {
    match shown {
        0 => 1,
        5 => 3,
        _ => 5,
    }
}

fn values(pairs: &[Group], of: fn(&Group) -> u64) -> usize {
    let mut all: Vec<u64> = pairs.iter().map(of).collect();
    all.sort_unstable();
    all.dedup();
    all.len()
}

#[test]
fn no_number_follows_from_what_is_shown() {
    let mut random = Random::new(5);
    let (mut hidden, mut rounded, mut sums) = (0, 0, 0);
    for _ in 0..TABLES {
        let table = Table::random(&mut random);
        let paper = table.paper();
        for (at, group) in table.practices.iter().enumerate() {
            match paper[at] {
                Shown::Few => {
                    hidden += 1;
                    // Whoever knows the denominator is left with 1 to 4, or with all but so few.
                    let open = table.open(at, false);
                    let said = format!("{:?} {group:?}: {open:?}", table.practices);
                    assert!((1..=4).all(|few| open.contains(&few)), "{said}");
                    assert!((0..=4).all(|few| open.contains(&(group.1 - few))), "{said}");
                }
                Shown::Withheld => {
                    hidden += 1;
                    let open = table.open(at, false);
                    assert_eq!(open.len() as u64, group.1 + 1, "{:?} {group:?}", table.practices);
                    assert_eq!(table.open(at, true).last(), Some(&29));
                }
                Shown::Counts { numerator, denominator } => {
                    rounded += 1;
                    let pairs = table.open_pairs(at);
                    let said = format!("{:?} {:?}: {pairs:?}", table.practices, table.stray);
                    assert!(values(&pairs, |pair| pair.0) >= rule(numerator), "{said}");
                    // Of fewer than 30 nothing is shown: 30, 31 and 32 stand as 30.
                    let least = if denominator == 30 { 3 } else { 5 };
                    assert!(values(&pairs, |pair| pair.1) >= least, "{said}");
                }
            }
        }
        let Some(Shown::Counts { numerator, denominator }) = paper.last() else { continue };
        sums += 1;
        let of = |number: fn(&Group) -> u64| table.practices.iter().map(number).sum::<u64>();
        assert!(numerator.abs_diff(of(|one| one.0) + table.stray.0) <= 2 * 5);
        assert!(denominator.abs_diff(of(|one| one.1) + table.stray.1) <= 2 * 5);
        // Those without a practice stand on no line, and must not follow from the others.
        let pairs = table.open_pairs(table.practices.len());
        let said = format!("{:?} {:?}: {pairs:?}", table.practices, table.stray);
        if table.stray.0 > 0 {
            assert!(values(&pairs, |pair| pair.0) >= 3, "{said}");
            assert!(pairs.iter().all(|(part, _)| *part > 4), "{said}");
        }
        assert!(values(&pairs, |pair| pair.1) >= 3 || table.stray == (0, 0), "{said}");
    }
    assert!(hidden > 1_000 && rounded > 1_000 && sums > 1_000, "{hidden} {rounded} {sums}");
}

#[test]
fn the_attack_finds_a_sum_with_a_rounding_of_its_own() {
    // As it was: 38 four times, each 40 on paper, beside a sum of 150 (148 to 152).
    let nearest = |count: u64| (count + 2) / 5 * 5;
    let open = |sum: u64| {
        let rest = (3 * 38)..=(3 * 42);
        (38..=42).filter(|one| rest.clone().any(|rest| nearest(one + rest) == sum)).count()
    };
    assert_eq!(open(nearest(4 * 38)), 1, "the sum of those days tells of each");
    let table = Table { practices: vec![(38, 98); 4], stray: (0, 0) };
    assert_eq!(table.paper()[4], Shown::Counts { numerator: 160, denominator: 400 });
    assert!(values(&table.open_pairs(0), |pair| pair.0) >= 5);
}

/// A patient more is exact knowledge only where the two papers leave one difference open.
#[test]
fn two_papers_a_patient_apart_do_not_say_how_far() {
    let mut random = Random::new(7);
    let mut told = 0;
    for _ in 0..TABLES {
        let before = Table::random(&mut random);
        let at = random.below(before.practices.len());
        let mut after = before.clone();
        after.practices[at].1 += 1;
        after.practices[at].0 += 1;
        let (first, second) = (before.open_pairs(at), after.open_pairs(at));
        let mut differences: Vec<i64> = Vec::new();
        for one in &first {
            let all = second.iter().map(|two| two.0 as i64 - one.0 as i64);
            differences.extend(all);
        }
        differences.sort_unstable();
        differences.dedup();
        told += usize::from(differences.len() == 1);
    }
    assert_eq!(told, 0, "of {TABLES}");
}

#[test]
fn a_patient_moves_a_rounded_number_one_time_in_five() {
    let paper = |part| Table { practices: vec![(part, 500), (100, 500)], stray: (0, 0) }.paper();
    let moves = |part: &u64| paper(*part) != paper(part + 1);
    let moved = (5..205).filter(moves).count();
    assert_eq!(moved, 200 / 5);
}
