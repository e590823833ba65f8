//! A plan as SQL: the same profile on an engine that a region already has.
//!
//! The text is made from the plan and the index date alone: it does not change with the data, and
//! there is no CPR number in it. It runs on the tables of [`crate::schema::typed`].
//!
//! # How it is built
//!
//! One step per question, each a table of its own, so that nothing is worked out twice. Verdicts
//! are TRUE, FALSE and NULL (ukendt): AND, OR and NOT of SQL are then the Kleene logic of rule R13.
//! Where engines differ, the text avoids the question: days are whole numbers counted from
//! 1970-01-01; dates of the window are worked out here and written as such numbers; ages are
//! differences of yyyymmdd, divided as whole numbers that are never negative; codes are compared by
//! `substr`, texts by `instr`, never by LIKE; nothing is ordered by what may be NULL.
//!
//! What cannot be said in SQL is refused by name, never said differently. Columns of the list are
//! left out: they show records, and decide nothing.

mod anchor;
mod ask;
mod bundle;
mod combine;
mod compare;
mod count;
mod course;
mod cover;
mod derived;
mod dialect;
mod hits;
mod patient;
mod pick;
mod refuse;
mod result;
mod rows;
mod script;
mod shift;
mod together;

pub use dialect::Dialect;

use crate::day::Day;
use crate::note::Note;
use crate::profile::plan::Plan;
use crate::schema::typed::Table;

use script::Script;

/// The profile as SQL.
///
/// # Errors
/// A note for every part of the profile that has no translation.
pub fn sql(plan: &Plan, index_date: Day, dialect: Dialect) -> Result<String, Vec<Note>> {
    let refused = refuse::refused(plan);
    if !refused.is_empty() {
        return Err(refused);
    }
    let mut script = Script::new(dialect, index_date);
    script.say(&format!(
        "{} {}, {}; fingerprint {}",
        plan.header.id, plan.header.version, index_date, plan.fingerprint
    ));
    combine::criteria(&mut script, plan);
    result::people(&mut script, plan);
    result::measures(&mut script, plan);
    if !plan.columns.is_empty() {
        script.say("the profile's columns are no part of this text");
    }
    Ok(script.finish())
}

/// The statements that make the empty tables which a profile's SQL reads.
#[must_use]
pub fn tables(dialect: Dialect) -> String {
    Table::ALL.into_iter().map(|table| dialect.create_table(table)).collect()
}

#[cfg(test)]
mod tests;
