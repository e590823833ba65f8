//! Sums held against a limit: defined daily doses of rows (rule R17b), morphine equivalents of
//! orders (rule R18). Bounds are whole numbers of [`PARTS`], so that sums are exact in every engine.

use crate::amount::Amount;
use crate::profile::plan::{Compare, CriterionId, Op, Selection};
use crate::schema::Register;
use crate::schema::typed::{PARTS, Table};
use crate::sql::ask::{CASE, people_with, same, same_case};
use crate::sql::compare::Interval;
use crate::sql::derived::compare;
use crate::sql::script::{Script, verdicts};
use crate::sql::{hits, orders};

/// The typed rows of medicines.
pub(super) const MEDICINE: &str = Table::Rows(Register::Medicin).name();

/// Verdicts of `omeq_pr_doegn`, by way of `NAME_sum` (export, patient, `fast`, `mest` or NULL, and
/// `kilde_mindst`, `kilde_hoejst`: the fixed sum by the lowest and by the highest published factors).
pub(super) fn equivalents(script: &mut Script, name: &str, ask: &Selection) -> String {
    orders::orders(script, name);
    let zero = script.dialect.wide("0");
    let fixed = |column: &str| {
        format!("sum(CASE WHEN sikker = 1 AND {column} IS NOT NULL THEN {column} ELSE {zero} END)")
    };
    let sums = format!(
        "SELECT export, patient, {} AS fast, {} AS mest, {} AS kilde_mindst, {} AS kilde_hoejst FROM \
         {name}_o GROUP BY export, patient",
        fixed("mindst"),
        all_or_none("hoejst"),
        fixed("kilde_mindst"),
        fixed("kilde_hoejst"),
    );
    let or_nothing = |column: &str| format!("coalesce(s.{column}, {zero}) AS {column}");
    let query = format!(
        "SELECT p.export, p.patient, {}, CASE WHEN s.export IS NULL THEN {zero} ELSE s.mest END AS mest, \
         {}, {} FROM {} LEFT JOIN ({sums}) s ON {}",
        or_nothing("fast"),
        or_nothing("kilde_mindst"),
        or_nothing("kilde_hoejst"),
        people_with(ask.register),
        same("p", "s", PATIENT),
    );
    script.step(&format!("{name}_sum"), &query);
    format!(
        "SELECT a.export, a.patient, a.anker, {} AS v FROM {name}_a a JOIN {name}_sum s ON {}",
        verdict(ask, "s.fast", "s.mest"),
        same("a", "s", PATIENT),
    )
}

const PATIENT: &[&str] = &["export", "patient"];

/// Verdicts of `ddd_sum` and `enheder_sum`, from the columns `WHAT_mindst` and `WHAT_hoejst`: what is
/// not known of one row makes the sum »at least«, and a row that is in the window only perhaps adds to
/// what the sum may be.
pub(super) fn of_rows(script: &mut Script, name: &str, ask: &Selection, what: &str) -> String {
    hits::hits(script, name, ask);
    let (zero, sums) = (script.dialect.wide("0"), added(script, name, what));
    format!(
        "SELECT a.export, a.patient, a.anker, {} AS v FROM {name}_a a LEFT JOIN ({sums}) z ON {}",
        verdict(
            ask,
            &format!("coalesce(z.mindst, {zero})"),
            &format!("(CASE WHEN z.findes IS NULL THEN {zero} ELSE z.hoejst END)"),
        ),
        same_case("a", "z"),
    )
}

/// The numbers of a case's rows, added: `findes`, `mindst`, `hoejst` (NULL: no upper bound).
pub(super) fn added(script: &Script, name: &str, what: &str) -> String {
    let zero = script.dialect.wide("0");
    let rows = format!(
        "SELECT h.export, h.patient, h.anker, h.s, m.{what}_mindst, m.{what}_hoejst FROM {name}_h h JOIN \
         {MEDICINE} m ON {}",
        same("h", "m", &["export", "raekke"])
    );
    format!(
        "SELECT {CASE}, 1 AS findes, sum(CASE WHEN s AND {what}_mindst IS NOT NULL THEN {what}_mindst ELSE \
         {zero} END) AS mindst, {} AS hoejst FROM ({rows}) x GROUP BY {CASE}",
        all_or_none(&format!("{what}_hoejst"))
    )
}

/// Gråzone: the verdict on the fixed sum is another by the lowest published factors than by the
/// highest. NULL without the register.
pub(super) fn grey(of: CriterionId, compare: &Compare) -> String {
    let table = table(of);
    let holds =
        |column: &str| format!("({table}.{column} {} {})", compare.op.sign(), parts(compare.limit));
    format!("{} <> {}", holds("kilde_mindst"), holds("kilde_hoejst"))
}

/// The sums of a criterion beside `pb_patient p`.
pub(super) fn join(of: CriterionId) -> String {
    let table = table(of);
    format!("\nLEFT JOIN {table} ON {}", same(&table, "p", PATIENT))
}

fn table(of: CriterionId) -> String {
    format!("{}_sum", verdicts(of))
}

// The sum, unless a part of it has no upper bound.
pub(super) fn all_or_none(column: &str) -> String {
    format!("CASE WHEN count({column}) = count(*) THEN sum({column}) END")
}

// Without `vaerdi`: is there anything?
pub(super) fn verdict(ask: &Selection, low: &str, high: &str) -> String {
    let (op, limit) =
        compare(ask).map_or((Op::Greater, Amount(0)), |compare| (compare.op, compare.limit));
    Interval::new(low, high).verdict(op, &parts(limit))
}

// A limit of the profile in the parts of [`PARTS`].
fn parts(limit: Amount) -> String {
    // INVARIANT: a million divides the parts.
    (i128::from(limit.0) * (PARTS / i128::from(Amount::ONE))).to_string()
}
