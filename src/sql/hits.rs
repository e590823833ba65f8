//! Windows, and where a row stands to them (rules R2, R3, R8).

use crate::profile::plan::{Bound, Selection, TimeBasis, Window};
use crate::schema::typed::Period;
use crate::sql::ask::same;
use crate::sql::compare::surely;
use crate::sql::rows::sure_row;
use crate::sql::script::{FIRST_DAY, LAST_DAY, Script};
use crate::sql::shift::shifted;

/// The ends of a window whose shifts count from `base`, an expression: `fra`, `til`, and whether a
/// row without a date is surely inside. From the index date they are worked out here.
pub(super) fn ends(script: &Script, window: Window, base: Option<&str>) -> [String; 3] {
    let end = |bound: Bound, open: i32| match (bound, base) {
        (Bound::Open, _) => open.to_string(),
        (Bound::Fixed(day), _) => day.0.to_string(),
        (Bound::Shift(shift), None) => shift.from(script.index).0.to_string(),
        (Bound::Shift(shift), Some(base)) => shifted(script.dialect, base, shift),
    };
    let (from, to) = (end(window.from, FIRST_DAY), end(window.to, LAST_DAY));
    let holds_undated = match window.from {
        Bound::Open => format!("({to} >= {})", script.index.0),
        _ => "FALSE".into(),
    };
    [from, to, holds_undated]
}

/// `NAME_h`: the rows of `NAME_r` that lie in a case's window, surely or perhaps.
///
/// Columns: the case, `raekke, dag` (by `tid`), `s` (surely), `inde` (TRUE or NULL: in the
/// window), `lav, hoej, t, noegle`.
pub(super) fn hits(script: &mut Script, name: &str, ask: &Selection) {
    let (day, place) = match ask.basis {
        TimeBasis::Date => ("r.dag", DATE_PLACE.to_owned()),
        TimeBasis::Period => ("r.dag", period_place()),
        TimeBasis::End => {
            ("CASE WHEN r.periode = 'udateret' THEN NULL ELSE r.ptil END", end_place())
        }
    };
    let inner = format!(
        "SELECT a.export, a.patient, a.anker, r.raekke, {day} AS dag, {} AS fs, CASE WHEN a.fra > \
         a.til THEN FALSE ELSE {place} END AS inde, r.lav, r.hoej, r.t, r.noegle\nFROM {name}_a a \
         JOIN {name}_r r ON {}",
        sure_row("r"),
        same("a", "r", &["export", "patient"]),
    );
    let query = format!(
        "SELECT export, patient, anker, raekke, dag, (fs AND {}) AS s, inde, lav, hoej, t, noegle FROM \
         (\n{inner}\n) x WHERE inde IS NULL OR inde",
        surely("inde")
    );
    script.step(&format!("{name}_h"), &query);
}

// Only an open window holds a row without a date surely.
const DATE_PLACE: &str = "CASE WHEN r.dag IS NOT NULL THEN r.dag >= a.fra AND r.dag <= a.til \
                          WHEN a.holder_udateret THEN TRUE END";

fn period_place() -> String {
    format!(
        "CASE r.periode WHEN '{}' THEN FALSE WHEN '{}' THEN NULL WHEN '{}' THEN CASE WHEN r.ptil < \
         a.fra THEN FALSE END ELSE r.pfra <= a.til AND r.ptil >= a.fra END",
        Period::None.word(),
        Period::Undated.word(),
        Period::EndOnly.word(),
    )
}

// What runs on has no end; an undated row is only perhaps inside, however wide the window.
fn end_place() -> String {
    format!(
        "CASE WHEN r.periode = '{}' THEN FALSE WHEN r.periode = '{}' THEN NULL WHEN r.ptil = \
         {LAST_DAY} THEN FALSE ELSE r.ptil >= a.fra AND r.ptil <= a.til END",
        Period::None.word(),
        Period::Undated.word(),
    )
}
