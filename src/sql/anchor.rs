//! Windows that count from another criterion's records, or from birth (rule R13b).

use crate::profile::plan::{Anchor, AnchorPick, Selection};
use crate::sql::ask::{CASE, people_with, same, same_case};
use crate::sql::compare::{constant, one_if};
use crate::sql::hits::ends;
use crate::sql::script::{Script, verdicts};
use crate::truth::Truth;

/// `NAME_a`: the cases and their windows (`export, patient, anker, fra, til, holder_udateret`).
pub(super) fn cases(script: &mut Script, name: &str, ask: &Selection) {
    let people = people_with(ask.register);
    let base = ask.anchor.as_ref().map(|_| "anker");
    let [from, to, undated] = ends(script, ask.window, base);
    let days = match &ask.anchor {
        None => format!("SELECT p.export, p.patient, {} AS anker FROM {people}", script.index.0),
        Some(Anchor::Birth) => {
            let birth = script.dialect.day("p.foedt");
            format!(
                "SELECT p.export, p.patient, {birth} AS anker FROM {people} WHERE p.foedt IS NOT NULL"
            )
        }
        Some(Anchor::Criterion { of, pick }) => {
            let (table, which) = anchor_days(script, name, &verdicts(*of), *pick);
            format!(
                "SELECT n.export, n.patient, n.dag AS anker FROM {people} JOIN {table} n ON {} {which}",
                same("p", "n", &["export", "patient"])
            )
        }
    };
    let query = format!(
        "SELECT {CASE}, {from} AS fra, {to} AS til, {undated} AS holder_udateret FROM ({days}) d"
    );
    script.step(&format!("{name}_a"), &query);
}

// The days of the rows that satisfied the named criterion, where it is ja, each once: `NAME_n`
// (export, patient, dag, sikker). Of the first, those up to the first sure one may be it.
fn anchor_days(
    script: &mut Script,
    name: &str,
    of: &str,
    pick: AnchorPick,
) -> (String, &'static str) {
    let days = format!(
        "SELECT s.export, s.patient, s.dag, max({}) AS sikker FROM {of}_s s JOIN {of} k ON {} WHERE \
         k.v AND s.dag IS NOT NULL GROUP BY s.export, s.patient, s.dag",
        one_if("s.sikker"),
        same("s", "k", &["export", "patient"]),
    );
    script.step(&format!("{name}_n"), &days);
    let bounds = format!(
        "SELECT export, patient, min(CASE WHEN sikker = 1 THEN dag END) AS foerste, max(CASE WHEN \
         sikker = 1 THEN dag END) AS seneste FROM {name}_n GROUP BY export, patient"
    );
    let table = format!(
        "(SELECT n.export, n.patient, n.dag, n.sikker, l.foerste, l.seneste FROM {name}_n n JOIN \
         ({bounds}) l ON {})",
        same("n", "l", &["export", "patient"])
    );
    let which = match pick {
        AnchorPick::First => "WHERE n.foerste IS NULL OR n.dag <= n.foerste",
        AnchorPick::Latest => "WHERE n.seneste IS NULL OR n.dag >= n.seneste",
        AnchorPick::Each => "",
    };
    (table, which)
}

/// From `NAME_w` and `NAME_t` to `NAME` and `NAME_s`: what the cases say together. Without the
/// register: unknown.
pub(super) fn combine(script: &mut Script, name: &str, ask: &Selection) {
    match &ask.anchor {
        None | Some(Anchor::Birth) => single(script, name, ask),
        Some(Anchor::Criterion { of, pick: AnchorPick::Each }) => {
            each(script, name, ask, &verdicts(*of));
        }
        Some(Anchor::Criterion { of, .. }) => one_of(script, name, ask, &verdicts(*of)),
    }
}

const PATIENT: &[&str] = &["export", "patient"];

// No case: the register is missing, or the birth date.
fn single(script: &mut Script, name: &str, ask: &Selection) {
    let query = format!(
        "SELECT p.export, p.patient, w.v FROM pb_patient p LEFT JOIN {name}_w w ON {}",
        same("p", "w", PATIENT)
    );
    script.step(name, &query);
    all_satisfied(script, name, ask);
}

fn all_satisfied(script: &mut Script, name: &str, ask: &Selection) {
    if ask.derived.is_none() {
        let query = format!("SELECT export, patient, raekke, dag, sikker FROM {name}_t");
        script.step(&format!("{name}_s"), &query);
    }
}

// The named criterion's own verdict decides unless it is ja.
fn decided(ask: &Selection, of: &str, cases: &str, verdict: &str) -> String {
    format!(
        "SELECT p.export, p.patient, CASE WHEN g.register IS NULL OR k.v IS NULL THEN NULL WHEN NOT \
         k.v THEN FALSE ELSE {verdict} END AS v\nFROM pb_patient p LEFT JOIN pb_register g ON \
         g.export = p.export AND g.register = '{}' JOIN {of} k ON {} LEFT JOIN ({cases}) z ON {} \
         LEFT JOIN (SELECT export, patient, max(1) AS findes FROM {of}_s WHERE dag IS NULL GROUP BY \
         export, patient) u ON {}",
        ask.register.name(),
        same("p", "k", PATIENT),
        same("p", "z", PATIENT),
        same("p", "u", PATIENT),
    )
}

// `foerste`, `seneste`: every day that may be the one must give the same verdict.
fn one_of(script: &mut Script, name: &str, ask: &Selection, of: &str) {
    let one = one_if("v");
    let cases = format!(
        "SELECT export, patient, count(*) AS antal, count(v) AS kendt, max({one}) AS mest, min({one}) \
         AS mindst FROM {name}_w GROUP BY export, patient"
    );
    let verdict = "CASE WHEN u.findes = 1 THEN NULL WHEN z.antal IS NULL THEN FALSE WHEN z.kendt < \
                   z.antal OR z.mest <> z.mindst THEN NULL ELSE z.mest = 1 END";
    script.step(name, &decided(ask, of, &cases, verdict));
    all_satisfied(script, name, ask);
}

// `enhver`: ja from any sure day; a perhaps day or an unknown one can only make it unknown.
fn each(script: &mut Script, name: &str, ask: &Selection, of: &str) {
    let cases = format!(
        "SELECT w.export, w.patient, max({}) AS ja, max({}) AS maaske FROM {name}_w w JOIN {name}_n n \
         ON {} AND n.dag = w.anker GROUP BY w.export, w.patient",
        one_if("w.v AND n.sikker = 1"),
        one_if("w.v IS NULL OR w.v"),
        same("w", "n", PATIENT),
    );
    let verdict = format!(
        "CASE WHEN z.ja = 1 THEN TRUE WHEN u.findes = 1 OR z.maaske = 1 THEN {} ELSE FALSE END",
        constant(Truth::Unknown)
    );
    script.step(name, &decided(ask, of, &cases, &verdict));
    if ask.derived.is_none() {
        first_that_holds(script, name);
    }
}

// What satisfied it are the rows of the first sure day that gives ja; without one, nothing asks.
fn first_that_holds(script: &mut Script, name: &str) {
    let first = format!(
        "SELECT w.export, w.patient, min(w.anker) AS anker FROM {name}_w w JOIN {name}_n n ON {} AND \
         n.dag = w.anker WHERE w.v AND n.sikker = 1 GROUP BY w.export, w.patient",
        same("w", "n", PATIENT)
    );
    let query = format!(
        "SELECT t.export, t.patient, t.raekke, t.dag, t.sikker FROM {name}_t t JOIN ({first}) f ON {}",
        same_case("t", "f")
    );
    script.step(&format!("{name}_s"), &query);
}
