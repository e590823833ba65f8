//! `beregning`: values derived from several records (rules R17, R17b, appendix A).

use crate::amount::Amount;
use crate::profile::plan::{Compare, CriterionId, Derived, Op, Selection, Test, Unit};
use crate::schema::typed::Period;
use crate::sql::ask::{CASE, same, same_case};
use crate::sql::compare::{Interval, one_if, surely};
use crate::sql::rows::sure_row;
use crate::sql::script::{Script, verdicts};
use crate::sql::shift::completed;
use crate::sql::{course, cover, cumulated, hits, sums};

/// Steps up to `NAME_w` (the case, `v`) of a derived value.
pub(super) fn derived(script: &mut Script, name: &str, ask: &Selection, derived: &Derived) {
    let verdict = match derived {
        Derived::DaysSince | Derived::MonthsSince => since_latest(script, name, ask, derived),
        Derived::Products => products(script, name, ask),
        Derived::CoveredDays => covered(script, name, ask),
        Derived::Mean => mean(script, name, ask),
        Derived::CurrentEpisode { gap_days } => course::current(script, name, ask, *gap_days),
        Derived::LongestEpisode { gap_days } => course::longest(script, name, ask, *gap_days),
        Derived::DaysBetween { from, to } => between(script, name, ask, *from, *to),
        Derived::Omeq => sums::equivalents(script, name, ask),
        Derived::OmeqSum => cumulated::equivalents(script, name, ask),
        Derived::DddSum => sums::of_rows(script, name, ask, "ddd"),
        Derived::UnitSum => sums::of_rows(script, name, ask, "enheder"),
    };
    script.step(&format!("{name}_w"), &verdict);
}

/// The comparison of the profile, if it has one.
pub(super) fn compare(ask: &Selection) -> Option<&Compare> {
    match &ask.test {
        Some(Test::Value(compare)) => Some(compare),
        _ => None,
    }
}

/// Days, months or counts between two bounds held against the limit, or against `else_`, which is
/// asked where the profile compares nothing.
pub(super) fn within(ask: &Selection, low: &str, high: &str, else_: &str) -> String {
    let one = Amount::ONE;
    match compare(ask) {
        Some(Compare { op, limit, .. }) => {
            Interval::new(format!("({low}) * {one}"), format!("({high}) * {one}"))
                .verdict(*op, &limit.0.to_string())
        }
        None => else_.to_owned(),
    }
}

/// A number counted from nothing is no number.
pub(super) fn more_than_none(low: &str, high: &str) -> String {
    Interval::new(low, high).verdict(Op::Greater, "0")
}

// Of days, undated records are left aside as in `seneste`; of months, one of them could be the
// latest (appendix A).
fn since_latest(script: &mut Script, name: &str, ask: &Selection, derived: &Derived) -> String {
    hits::hits(script, name, ask);
    let months = *derived == Derived::MonthsSince;
    let dialect = script.dialect;
    let since = |day: &str| {
        let unit = if months { Unit::Months } else { Unit::Days };
        completed(dialect, &dialect.date(day), script.index, unit)
    };
    let rows = format!(
        "SELECT {CASE}, count(*) AS antal, max(CASE WHEN s THEN dag END) AS sikker, max(dag) AS \
         mulig, max({}) AS udateret FROM {name}_h GROUP BY {CASE}",
        one_if("dag IS NULL")
    );
    let undecided = if months { "z.mulig IS NULL OR z.udateret = 1" } else { "z.mulig IS NULL" };
    let some = if compare(ask).is_some() { "CAST(NULL AS BOOLEAN)" } else { "TRUE" };
    let value = within(ask, &since("z.mulig"), &since("z.sikker"), "TRUE");
    format!(
        "SELECT a.export, a.patient, a.anker, CASE WHEN z.antal IS NULL THEN FALSE WHEN {undecided} \
         THEN CASE WHEN z.sikker IS NOT NULL THEN {some} END WHEN z.sikker IS NULL THEN NULL ELSE \
         {value} END AS v\nFROM {name}_a a LEFT JOIN ({rows}) z ON {}",
        same_case("a", "z")
    )
}

// Distinct whole codes running on the index date. A row whose code is shorter, or which runs only
// perhaps, may be one more.
fn products(script: &Script, name: &str, ask: &Selection) -> String {
    let (low, high) = ("coalesce(z.mindst, 0)", "coalesce(z.mest, 0)");
    format!(
        "SELECT a.export, a.patient, a.anker, {} AS v FROM {name}_a a LEFT JOIN ({}) z ON {}",
        within(ask, low, high, &more_than_none(low, high)),
        running_products(script, name),
        same("a", "z", &["export", "patient"]),
    )
}

/// How many products run on the index date: `mindst`, `mest`; nobody without any.
pub(super) fn running_products(script: &Script, name: &str) -> String {
    let index = script.index.0;
    let (none, undated, until) =
        (Period::None.word(), Period::Undated.word(), Period::EndOnly.word());
    let runs = format!(
        "CASE WHEN r.periode = '{none}' THEN FALSE WHEN r.periode = '{undated}' THEN NULL WHEN \
         r.periode = '{until}' THEN CASE WHEN r.ptil < {index} THEN FALSE END ELSE r.pfra <= {index} \
         AND r.ptil >= {index} END"
    );
    format!(
        "SELECT export, patient, count(DISTINCT CASE WHEN sikker THEN hel END) AS mindst, \
         count(DISTINCT hel) + count(CASE WHEN hel IS NULL THEN 1 END) AS mest FROM (SELECT r.export, \
         r.patient, CASE WHEN length(r.noegle) = 7 THEN r.noegle END AS hel, {runs} AS koerer, ({} AND \
         {}) AS sikker FROM {name}_r r) x WHERE koerer IS NULL OR koerer GROUP BY export, patient",
        sure_row("r"),
        surely(&runs),
    )
}

fn covered(script: &mut Script, name: &str, ask: &Selection) -> String {
    cover::running(script, name, &format!("{name}_r"), &format!("{name}_a"));
    let days = |which: &str| days_of(&format!("{name}_{which}"));
    let (low, high) = ("coalesce(s.dage, 0)", "coalesce(m.dage, 0)");
    format!(
        "SELECT a.export, a.patient, a.anker, {} AS v FROM {name}_a a LEFT JOIN ({}) s ON {} LEFT JOIN \
         ({}) m ON {}",
        within(ask, low, high, &more_than_none(low, high)),
        days("sikre"),
        same_case("a", "s"),
        days("mulige"),
        same_case("a", "m"),
    )
}

/// The days of islands, per case.
pub(super) fn days_of(islands: &str) -> String {
    format!("SELECT {CASE}, sum(til - fra + 1) AS dage FROM {islands} GROUP BY {CASE}")
}

// An interval, a text, a missing value or a record in doubt: unknown. Sum and limit are compared
// as whole numbers, so that nothing is rounded.
fn mean(script: &mut Script, name: &str, ask: &Selection) -> String {
    hits::hits(script, name, ask);
    let dialect = script.dialect;
    let verdict = compare(ask).map_or_else(
        || "TRUE".to_owned(),
        |Compare { op, limit, .. }| {
            let limit = dialect.wide(&limit.0.saturating_mul(2).to_string());
            format!("{} {} {limit} * z.antal", dialect.wide("z.sum"), op.sign())
        },
    );
    format!(
        "SELECT a.export, a.patient, a.anker, CASE WHEN z.antal IS NULL THEN FALSE WHEN z.kendt < \
         z.antal THEN NULL ELSE {verdict} END AS v FROM {name}_a a LEFT JOIN ({}) z ON {}",
        values(script, name),
        same_case("a", "z")
    )
}

/// How many rows a case has, how many have a known value, and the sum of values in half millionths.
pub(super) fn values(script: &Script, name: &str) -> String {
    format!(
        "SELECT {CASE}, count(*) AS antal, count(CASE WHEN s AND lav = hoej AND lav % 2 = 0 THEN 1 END) \
         AS kendt, sum({}) AS sum FROM {name}_h GROUP BY {CASE}",
        script.dialect.wide("lav"),
    )
}

// From the latest row of one criterion to the latest of another. Each must be ja, and sure of its
// latest day.
fn between(_: &Script, name: &str, ask: &Selection, from: CriterionId, to: CriterionId) -> String {
    let days = "t.sikker - f.sikker";
    format!(
        "SELECT a.export, a.patient, a.anker, CASE WHEN NOT f.v OR NOT t.v THEN FALSE WHEN f.v AND \
         t.v AND f.sikker = f.mulig AND t.sikker = t.mulig THEN {} END AS v FROM {name}_a a JOIN ({}) f \
         ON {} JOIN ({}) t ON {}",
        within(ask, days, days, "TRUE"),
        latest(&verdicts(from)),
        same("a", "f", &["export", "patient"]),
        latest(&verdicts(to)),
        same("a", "t", &["export", "patient"]),
    )
}

/// A criterion's verdict and the latest day of what satisfied it: `v`, `sikker`, `mulig`.
pub(super) fn latest(of: &str) -> String {
    format!(
        "SELECT k.export, k.patient, k.v, max(CASE WHEN s.sikker THEN s.dag END) AS sikker, max(s.dag) \
         AS mulig FROM {of} k LEFT JOIN {of}_s s ON {} GROUP BY k.export, k.patient, k.v",
        same("k", "s", &["export", "patient"])
    )
}
