//! Danish titles of codes, for people: no rule reads one.
//!
//! `profiles/titles.csv` (system, code, title) has the codes that profiles name themselves; a shared
//! code set carries its own. ICPC: HL7 Danmark, ConceptMap icpc2-icd10. ATC: WHO ATC/DDD 2026, in
//! plain Danish words. NPU, DNK, MCS: MedCom and Danske Laboratorier. Services:
//! Vejledning om ydelser (2022) and the agreement on dose dispensing.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::code::{Pattern, System};

const FILE: &str = include_str!("../../profiles/titles.csv");

type Titles = BTreeMap<(&'static str, String), &'static str>;

/// The title of a code or of a group of codes; `None` = no source gives one.
#[must_use]
pub fn of(pattern: &Pattern) -> Option<&'static str> {
    static TITLES: OnceLock<Titles> = OnceLock::new();
    let titles = TITLES.get_or_init(|| FILE.lines().skip(1).filter_map(line).collect());
    titles.get(&key(pattern)).copied()
}

fn key(pattern: &Pattern) -> (&'static str, String) {
    (pattern.system().name(), pattern.shown().trim_end_matches('*').to_owned())
}

// The title is the last cell, and may hold commas. A test holds every line to this form.
fn line(line: &'static str) -> Option<((&'static str, String), &'static str)> {
    let mut cells = line.splitn(3, ',');
    let (system, code, title) = (cells.next()?, cells.next()?, cells.next()?);
    let pattern = Pattern::new(System::from_name(system)?, code).ok()?;
    Some((key(&pattern), title))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_line_of_the_file_is_one_title() {
        let lines: Vec<_> = FILE.lines().skip(1).collect();
        let titles: Titles = lines.iter().map(|one| line(one).unwrap()).collect();
        assert!(titles.len() > 100);
        assert_eq!(titles.len(), lines.len());
        assert!(titles.values().all(|title| !title.trim().is_empty()));
    }
}
