//! The codes that a register holds.

use std::collections::BTreeMap;

use serde::Serialize;

use super::tally::Tally;
use crate::code::{Code, Pattern};
use crate::profile::titles;
use crate::records::{Records, has_the_form_of_its_system};
use crate::schema::Register;

/// A code and how many rows carry it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CodeCount {
    /// The code.
    #[serde(serialize_with = "as_shown")]
    pub code: Code,
    /// Rows, copies left out.
    pub rows: u64,
}

fn as_shown<S: serde::Serializer>(code: &Code, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&shown(code))
}

/// How many unknown codes are named.
const MOST: usize = 10;
/// A code has fewer digits than this; what has more may be a number that belongs to a person.
const PERSONAL_DIGITS: usize = 6;
const LONGEST: usize = 20;

/// Does the register have codes?
#[must_use]
pub const fn is_coded(of: Register) -> bool {
    matches!(of, Register::Diagnose | Register::Medicin | Register::Proeve | Register::Ydelse)
}

/// The codes of a register, sorted, each with its rows.
#[must_use]
pub fn occurring(records: &Records, of: Register, tally: &Tally) -> Vec<CodeCount> {
    let groups = records.events(of).map_or(&[][..], |events| events.code_groups());
    let mut counts: BTreeMap<&Code, u64> = BTreeMap::new();
    for (group, rows) in groups.iter().zip(&tally.by_code) {
        for (at, code) in group.iter().enumerate() {
            // »P76,P76« is one row of P76.
            if *rows > 0 && !group.iter().take(at).any(|other| other == code) {
                *counts.entry(code).or_insert(0) += rows;
            }
        }
    }
    counts.into_iter().map(|(code, rows)| CodeCount { code: code.clone(), rows }).collect()
}

/// Codes that are none of their system: rows in all, and the most frequent ones.
#[must_use]
pub fn unknown(codes: &[CodeCount]) -> (u64, Vec<CodeCount>) {
    let mut rest: Vec<&CodeCount> =
        codes.iter().filter(|one| !has_the_form_of_its_system(&one.code)).collect();
    let rows = rest.iter().map(|one| one.rows).sum();
    let mut most = Vec::new();
    // A sort of its own would cost the page more than ten looks.
    while most.len() < MOST {
        let largest = rest.iter().map(|one| one.rows).max();
        let Some(at) = rest.iter().position(|one| Some(one.rows) == largest) else { break };
        most.push(rest.remove(at).clone());
    }
    (rows, most)
}

/// As people read it. Where the wrong column was read as the code, no number of a person is shown.
#[must_use]
pub fn shown(code: &Code) -> String {
    let text = code.shown();
    let hide = text.chars().filter(char::is_ascii_digit).count() >= PERSONAL_DIGITS
        && !has_the_form_of_its_system(code);
    let one = |c: char| if hide && c.is_ascii_digit() { '#' } else { c };
    text.chars().take(LONGEST).map(one).collect()
}

/// »P70 demens«; the code alone where no source gives a title.
#[must_use]
pub fn titled(pattern: &Pattern) -> String {
    match titles::of(pattern) {
        Some(title) => format!("{} {title}", pattern.shown()),
        None => pattern.shown(),
    }
}
