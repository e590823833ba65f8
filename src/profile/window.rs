//! `vindue` and `anker`.

use toml::de::DeValue;

use crate::day::Day;
use crate::note::Said;

use super::context::Context;
use super::grammar::shift;
use super::plan::{Anchor, AnchorPick, Bound, Shift, TimeBasis, Unit, Window};
use super::report::{Report, Span};
use super::section::Section;
use super::value::{Value, complain_unless, day_of, wrong_date, wrong_type};

const TODAY: Bound = Bound::Shift(Shift { count: 0, unit: Unit::Days });

/// The window where none is written: everything up to the index date, or the treatments that run
/// on it.
pub(super) const fn default_window(basis: TimeBasis) -> Window {
    match basis {
        TimeBasis::Date | TimeBasis::End => Window { from: Bound::Open, to: TODAY },
        TimeBasis::Period => Window { from: TODAY, to: TODAY },
    }
}

/// `vindue = [fra, til]`.
pub(super) fn window(report: &mut Report<'_>, section: &Section<'_, '_>) -> Option<Window> {
    let value = section.get("vindue")?;
    let DeValue::Array(ends) = value.get_ref() else {
        wrong_type(report, value.span(), "vindue", "[fra, til]", "[from, to]", value.get_ref());
        return None;
    };
    let mut bounds = ends.iter();
    let (Some(from), Some(to), None) = (bounds.next(), bounds.next(), bounds.next()) else {
        let said = Said::new(
            "»vindue« skal have to ender: [fra, til]",
            "`vindue` must have two ends: [from, to]",
        );
        report.error("wrong-type", &value.span(), said);
        return None;
    };
    let (from, to) = (bound(report, from), bound(report, to));
    let window = Window { from: from?, to: to? };
    order(report, &window, &value.span());
    Some(window)
}

fn bound(report: &mut Report<'_>, value: &Value<'_>) -> Option<Bound> {
    match value.get_ref() {
        DeValue::String(text) if text == "*" => Some(Bound::Open),
        DeValue::String(text) => {
            complain_unless(report, "vindue", text, &value.span(), shift(text)).map(Bound::Shift)
        }
        written => {
            let day = day_of(written);
            if day.is_none() {
                wrong_date(report, value);
            }
            day.map(Bound::Fixed)
        }
    }
}

/// Reversed is an error where both ends are of one kind; shifts in two units may be reversed on
/// some days only, which is advice.
fn order(report: &mut Report<'_>, window: &Window, span: &Span) {
    let (always, ever) = match (window.from, window.to) {
        (Bound::Fixed(from), Bound::Fixed(to)) => (from > to, from > to),
        (Bound::Shift(from), Bound::Shift(to)) => {
            let reversed = |day: &Day| from.from(*day) > to.from(*day);
            let ever = may_be_reversed(from, to);
            let days = if ever { sample_days() } else { Vec::new() };
            (ever && days.iter().all(reversed), days.iter().any(reversed))
        }
        _ => (false, false),
    };
    let hint = Said::new("skriv den tidligste ende først", "write the earlier end first");
    if always {
        let said = Said::new("vinduet er vendt om", "the window is reversed");
        report.error_with("window-reversed", span, said, hint);
    } else if ever {
        let said =
            Said::new("vinduet er tomt på nogle datoer", "the window is empty on some dates");
        report.advice("window-sometimes-empty", span, said, hint);
    }
}

/// Days that a shift moves, at least and at most: a month has 28 to 31. Spares looking at every day
/// of four years in nearly all windows.
fn may_be_reversed(from: Shift, to: Shift) -> bool {
    let days = |shift: Shift, least: i32, most: i32| {
        let count = i64::from(shift.count);
        let (least, most) = (count * i64::from(least), count * i64::from(most));
        (least.min(most), least.max(most))
    };
    let span = |shift: Shift| match shift.unit {
        Unit::Days => days(shift, 1, 1),
        Unit::Weeks => days(shift, 7, 7),
        Unit::Months => days(shift, 28, 31),
        Unit::Years => days(shift, 365, 366),
    };
    match (from.unit, to.unit) {
        (one, other) if one == other => from.count > to.count,
        _ => span(from).1 > span(to).0,
    }
}

/// Every day of four years: all month lengths and a leap day.
fn sample_days() -> Vec<Day> {
    let first = Day::from_ymd(2023, 1, 1).unwrap_or(Day(0));
    (0..4 * 366).map(|n| first.add_days(n)).collect()
}

/// `anker = { kriterie, vaelg }` or `{ foedsel = true }`.
pub(super) fn anchor(context: &mut Context<'_>, section: &Section<'_, '_>) -> Option<Anchor> {
    let table = section.table(&mut context.report, "anker")?;
    let table = table.only(&mut context.report, &[&["kriterie", "vaelg", "foedsel"]]);
    match (table.flag(&mut context.report, "foedsel"), table.has("kriterie")) {
        (Some(true), false) => {
            if table.has("vaelg") {
                conflict(&mut context.report, &table, "vaelg");
            }
            Some(Anchor::Birth)
        }
        (Some(_), true) => {
            conflict(&mut context.report, &table, "foedsel");
            None
        }
        _ => criterion_anchor(context, &table),
    }
}

fn conflict(report: &mut Report<'_>, table: &Section<'_, '_>, key: &str) {
    let said = Said::new(
        "anker er enten et kriterie med vaelg eller foedsel = true",
        "an anchor is either a criterion with vaelg or foedsel = true",
    );
    report.error("conflicting-keys", &table.key_span(key), said);
}

fn criterion_anchor(context: &mut Context<'_>, table: &Section<'_, '_>) -> Option<Anchor> {
    let picks = [
        ("foerste", AnchorPick::First),
        ("seneste", AnchorPick::Latest),
        ("enhver", AnchorPick::Each),
    ];
    let pick = table.word(&mut context.report, "vaelg", &picks);
    if !table.has("vaelg") {
        table.missing(&mut context.report, "vaelg");
    }
    let name = table.required_text(&mut context.report, "kriterie")?;
    let of = context.refer_simple(&name, &table.value_span("kriterie"), "anker")?;
    Some(Anchor::Criterion { of, pick: pick? })
}
