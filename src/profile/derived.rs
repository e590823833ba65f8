//! `beregning`: the closed list of derived values, and the units in which each is compared.

use crate::amount::Amount;
use crate::note::Said;
use crate::schema::Register;

use super::context::Context;
use super::grammar::{Read, comparison, duration_days};
use super::plan::{Bound, Compare, Derived, Window};
use super::report::Report;
use super::section::Section;

/// A derived value by its name; gaps and criteria are filled in afterwards.
const WORDS: &[(&str, Word)] = &[
    ("omeq_pr_doegn", Word::Omeq),
    ("aktuelt_forloeb", Word::CurrentEpisode),
    ("laengste_forloeb", Word::LongestEpisode),
    ("daekkede_dage", Word::CoveredDays),
    ("antal_praeparater", Word::Products),
    ("omeq_sum", Word::OmeqSum),
    ("ddd_sum", Word::DddSum),
    ("enheder_sum", Word::UnitSum),
    ("gennemsnit", Word::Mean),
    ("dage_siden", Word::DaysSince),
    ("maaneder_siden", Word::MonthsSince),
    ("dage_mellem", Word::DaysBetween),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Omeq,
    CurrentEpisode,
    LongestEpisode,
    CoveredDays,
    Products,
    DddSum,
    UnitSum,
    OmeqSum,
    Mean,
    DaysSince,
    MonthsSince,
    DaysBetween,
}

/// Reads `beregning` with its companions `gab` and `dage_mellem`.
pub(super) fn derived(
    context: &mut Context<'_>,
    section: &Section<'_, '_>,
    register: Register,
) -> Option<Derived> {
    let report = &mut context.report;
    let word = section.word(report, "beregning", WORDS);
    let gap_days = section.parsed(report, "gab", duration_days);
    let word = word.or_else(|| section.has("dage_mellem").then_some(Word::DaysBetween))?;
    companions(context, section, word, register);
    Some(match word {
        Word::Omeq => Derived::Omeq,
        Word::CurrentEpisode => Derived::CurrentEpisode { gap_days: gap_days.unwrap_or(0) },
        Word::LongestEpisode => Derived::LongestEpisode { gap_days: gap_days.unwrap_or(0) },
        Word::CoveredDays => Derived::CoveredDays,
        Word::Products => Derived::Products,
        Word::DddSum => Derived::DddSum,
        Word::UnitSum => Derived::UnitSum,
        Word::OmeqSum => Derived::OmeqSum,
        Word::Mean => Derived::Mean,
        Word::DaysSince => Derived::DaysSince,
        Word::MonthsSince => Derived::MonthsSince,
        Word::DaysBetween => days_between(context, section)?,
    })
}

/// A sum over days that have no end is no number.
pub(super) fn closed(
    report: &mut Report<'_>,
    section: &Section<'_, '_>,
    derived: Option<&Derived>,
    window: Option<Window>,
) {
    let open = |window: Window| window.from == Bound::Open || window.to == Bound::Open;
    if derived != Some(&Derived::OmeqSum) || !window.is_some_and(open) {
        return;
    }
    let said = Said::new(
        "»omeq_sum« lægger dage sammen, så vinduet kan ikke være åbent",
        "`omeq_sum` adds up days, so that the window cannot be open",
    );
    let hint = Said::new(
        "skriv begge ender, som [\"-12 mdr\", \"0 d\"]",
        "write both ends, such as [\"-12 mdr\", \"0 d\"]",
    );
    report.error_with("open-window", &section.value_span("vindue"), said, hint);
}

fn days_between(context: &mut Context<'_>, section: &Section<'_, '_>) -> Option<Derived> {
    if !section.has("dage_mellem") {
        section.missing(&mut context.report, "dage_mellem");
        return None;
    }
    let table = section.table(&mut context.report, "dage_mellem")?;
    let table = table.only(&mut context.report, &[&["fra", "til"]]);
    let mut end = |key: &'static str| {
        let name = table.required_text(&mut context.report, key)?;
        context.refer_simple(&name, &table.value_span(key), "dage_mellem")
    };
    let (from, to) = (end("fra"), end("til"));
    Some(Derived::DaysBetween { from: from?, to: to? })
}

fn companions(
    context: &mut Context<'_>,
    section: &Section<'_, '_>,
    word: Word,
    register: Register,
) {
    let report = &mut context.report;
    let episode = matches!(word, Word::CurrentEpisode | Word::LongestEpisode);
    if section.has("gab") && !episode {
        let said = Said::new("»gab« hører til et forløb", "`gab` belongs to an episode");
        report.error("conflicting-keys", &section.key_span("gab"), said);
    }
    if section.has("dage_mellem") && word != Word::DaysBetween {
        let said = Said::new(
            "»dage_mellem« står ved en anden afledt værdi",
            "`dage_mellem` stands with another derived value",
        );
        report.error("conflicting-keys", &section.key_span("dage_mellem"), said);
    }
    if matches!(word, Word::CoveredDays | Word::OmeqSum) && !section.has("vindue") {
        section.missing(report, "vindue");
    }
    let needed = match word {
        Word::Omeq | Word::OmeqSum | Word::Products | Word::DddSum | Word::UnitSum => {
            Register::Medicin
        }
        Word::Mean => Register::Proeve,
        _ => register,
    };
    if needed != register {
        let said = Said::new(
            format!("denne afledte værdi læser registeret »{}«", needed.name()),
            format!("this derived value reads the register `{}`", needed.name()),
        );
        report.error("key-not-for-register", &section.value_span("beregning"), said);
    }
}

/// `vaerdi` of a derived value: only units that mean something for it, since no other is turned
/// into them.
pub(super) fn limit(derived: &Derived, text: &str) -> Read<Compare> {
    let compare = comparison(text)?;
    let units: &[&str] = match derived {
        Derived::CurrentEpisode { .. } | Derived::LongestEpisode { .. } => {
            &["d", "uger", "mdr", "aar"]
        }
        Derived::CoveredDays | Derived::DaysSince | Derived::DaysBetween { .. } => &["", "d"],
        Derived::MonthsSince => &["", "mdr"],
        Derived::Products => &[""],
        Derived::DddSum => &["", "DDD"],
        Derived::UnitSum => &["", "enheder"],
        Derived::OmeqSum => &["", "mg"],
        Derived::Omeq => &["", "mg", "mg/d", "mg/døgn", "mg/doegn"],
        Derived::Mean => return Ok(compare),
    };
    if !units.contains(&compare.unit.as_str()) {
        let known = units.iter().map(|u| if u.is_empty() { "(ingen)" } else { u });
        let known = known.collect::<Vec<_>>().join(", ");
        return Err((
            "bad-unit",
            Said::new(format!("enheden her er: {known}"), format!("units here: {known}")),
        ));
    }
    let counted =
        !matches!(derived, Derived::DddSum | Derived::UnitSum | Derived::Omeq | Derived::OmeqSum);
    if counted && compare.limit.0 % Amount::ONE != 0 {
        return Err((
            "bad-comparison",
            Said::new("her skal stå et helt tal", "a whole number is needed"),
        ));
    }
    Ok(compare)
}
