//! Patient blocks: lists where the CPR number stands on the first row of each patient only.

use super::head::Layout;
use crate::decode::heading::Synonyms;
use crate::decode::ledger::is_total;
use crate::schema::{Field, Register};

/// Fewer rows without a CPR number are mistakes of the list.
const LEAST_ROWS: usize = 2;

/// The columns that tell one patient from another, if the table is one of patient blocks: rows
/// without a CPR number are many, none of them names a person, and no patient stands on two rows
/// one after the other (a list that repeats the number does not leave it out elsewhere).
pub fn blocks(layout: &Layout, key: usize) -> Option<Vec<usize>> {
    let headings = layout.headings.as_ref()?;
    let personal: Vec<usize> = (0..headings.len())
        .filter(|at| *at != key && headings.get(*at).is_some_and(|heading| is_personal(heading)))
        .collect();
    let (mut without, mut with, mut last) = (0, 0, "");
    for row in layout.rows.iter().filter(|row| row.len() >= layout.width) {
        match row.get(key).map(String::as_str) {
            Some("") if row.iter().any(|cell| is_total(cell)) => last = "",
            Some("") if with > 0 && names_nobody(row, &personal) => without += 1,
            Some("") => last = "",
            None => return None,
            Some(cpr) if cpr == last => return None,
            Some(cpr) if super::content::is_cpr(cpr) => (with, last) = (with + 1, cpr),
            Some(_) => last = "",
        }
    }
    // Where no column names the patient only the numbers speak: a row of another patient that has lost
    // its number must not be read as one of the patient above.
    let times = if personal.is_empty() { 2 } else { 5 };
    (without >= LEAST_ROWS && without * times >= with).then_some(personal)
}

fn names_nobody(row: &[String], personal: &[usize]) -> bool {
    personal.iter().all(|at| row.get(*at).is_none_or(String::is_empty))
}

fn is_personal(heading: &str) -> bool {
    use Field::{Alder, Efternavn, Foedselsdato, Fornavn, Koen, Navn};
    let fields = Synonyms::built_in().fields(Register::Patient, heading);
    fields.iter().any(|(rank, field)| {
        *rank < 100 && matches!(field, Navn | Fornavn | Efternavn | Foedselsdato | Alder | Koen)
    })
}
