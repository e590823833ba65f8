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
//! Every part of a plan has a translation, but columns that show what the typed tables do not hold
//! (names, addresses, the CPR number).

mod anchor;
mod ask;
mod bundle;
mod columns;
mod combine;
mod compare;
mod count;
mod course;
mod cover;
mod cumulated;
mod derived;
mod dialect;
mod hits;
mod numbers;
mod orders;
mod patient;
mod pick;
mod result;
mod rows;
mod script;
mod shift;
mod sums;
mod together;

pub use dialect::Dialect;

use crate::day::Day;
use crate::profile::plan::Plan;
use crate::schema::typed::Table;

use script::Script;

/// The profile as SQL. Every part of a plan has a translation.
#[must_use]
pub fn sql(plan: &Plan, index_date: Day, dialect: Dialect) -> String {
    let mut script = Script::new(dialect, index_date);
    script.say(&format!(
        "{} {}, {}; fingerprint {}",
        plan.header.id, plan.header.version, index_date, plan.fingerprint
    ));
    combine::criteria(&mut script, plan);
    result::people(&mut script, plan);
    result::measures(&mut script, plan);
    columns::columns(&mut script, plan);
    script.finish()
}

/// The statements that make the empty tables which a profile's SQL reads.
#[must_use]
pub fn tables(dialect: Dialect) -> String {
    Table::ALL.into_iter().map(|table| dialect.create_table(table)).collect()
}

#[cfg(test)]
mod tests;
