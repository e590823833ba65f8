//! The patient's own fields.

use crate::day::Day;
use crate::profile::plan::{Op, PatientTest, Shift};
use crate::sql::compare::{all, any};
use crate::sql::dialect::Dialect;
use crate::sql::script::Script;
use crate::sql::shift::{completed, shifted};

/// Verdicts of a patient criterion: all tests must hold, and an unknown field is NULL.
pub(super) fn patient(script: &mut Script, name: &str, tests: &[PatientTest]) {
    let tests: Vec<String> = tests.iter().map(|test| one(script, test)).collect();
    let query = format!("SELECT export, patient, {} AS v FROM pb_patient", all(&tests));
    script.step(name, &query);
}

fn one(script: &Script, test: &PatientTest) -> String {
    let (dialect, index) = (script.dialect, script.index);
    match test {
        PatientTest::Age { op, number, unit } => {
            format!("{} {} {number}", completed(dialect, "foedt", index, *unit), op.sign())
        }
        PatientTest::Female(female) => format!("koen = '{}'", if *female { "K" } else { "M" }),
        PatientTest::InsuranceGroup(group) => format!("sikringsgruppe = {group}"),
        PatientTest::PostalCode(patterns) => {
            any(&patterns.iter().map(|pattern| postal_code(dialect, pattern)).collect::<Vec<_>>())
        }
        PatientTest::ListedFor { op, duration } => {
            lasts(&dialect.day("tilmeldt"), index, *op, *duration)
        }
    }
}

fn postal_code(dialect: Dialect, pattern: &str) -> String {
    match pattern.strip_suffix('*') {
        Some(stem) => starts(dialect, "postnummer", stem),
        None => format!("postnummer = {}", dialect.text(pattern)),
    }
}

/// Does the text begin so? LIKE would take `_` and `%` for more than they are.
pub(super) fn starts(dialect: Dialect, text: &str, stem: &str) -> String {
    format!("substr({text}, 1, {}) = {}", stem.chars().count(), dialect.text(stem))
}

/// Has what began on a day lasted so long on a day that is known? (The engine's own reading of
/// months: begun on or before the day that lies so far back.)
pub(super) fn lasts(since: &str, until: Day, op: Op, duration: Shift) -> String {
    let back = Shift { count: duration.count.saturating_neg(), ..duration };
    format!("{since} {} {}", turned(op), back.from(until).0)
}

/// The same until a day that is an expression.
pub(super) fn lasts_until(
    dialect: Dialect,
    since: &str,
    until: &str,
    op: Op,
    duration: Shift,
) -> String {
    let back = Shift { count: duration.count.saturating_neg(), ..duration };
    format!("{since} {} {}", turned(op), shifted(dialect, until, back))
}

// Longer is earlier.
const fn turned(op: Op) -> &'static str {
    match op {
        Op::AtLeast => "<=",
        Op::Greater => "<",
        Op::Less => ">",
        Op::AtMost => ">=",
        Op::Equal => "=",
    }
}
