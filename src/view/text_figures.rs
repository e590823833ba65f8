//! Sentences of the figures.

use crate::note::Language;
use crate::view::words::{number, pick};

/// The row of the whole file.
#[must_use]
pub fn all(language: Language) -> &'static str {
    pick(language, "Alle", "All")
}

/// »Pr. 1.000«.
#[must_use]
pub fn value_title(per: i64, language: Language) -> String {
    let per = number(per.unsigned_abs(), language);
    format!("{} {per}", pick(language, "Pr.", "Per"))
}

/// How a measure is counted: `numerator` and `denominator` are the criteria's own texts.
#[must_use]
pub fn rule(
    numerator: &str,
    denominator: Option<&str>,
    register: bool,
    language: Language,
) -> String {
    let of = match (denominator, register, language) {
        (Some(text), _, Language::Danish) => format!("personer, som »{text}« gælder for"),
        (Some(text), _, Language::English) => format!("persons for whom »{text}« holds"),
        (None, true, Language::Danish) => "alle tilmeldte".to_owned(),
        (None, true, Language::English) => "everyone listed with the practice".to_owned(),
        (None, false, Language::Danish) => {
            "alle med mindst én række, da der ingen patientliste er".to_owned()
        }
        (None, false, Language::English) => {
            "everyone with at least one row, since there is no patient list".to_owned()
        }
    };
    match language {
        Language::Danish => format!(
            "Tæller: personer, som »{numerator}« gælder for. Nævner: {of}. Hver person tæller én gang. Kan det ikke afgøres, er personen hverken i tæller eller nævner."
        ),
        Language::English => format!(
            "Numerator: persons for whom »{numerator}« holds. Denominator: {of}. Each person counts once. Who cannot be decided is in neither."
        ),
    }
}

/// Said before the reason.
#[must_use]
pub fn absent(language: Language) -> &'static str {
    pick(language, "Findes ikke i udtrækket.", "Not in the export.")
}

/// The profile has no measures.
#[must_use]
pub fn no_measures(language: Language) -> &'static str {
    pick(language, "Profilen har ingen målepunkter.", "The profile has no measures.")
}

/// A group of 1 to 4 persons, on paper.
#[must_use]
pub fn few(language: Language) -> &'static str {
    pick(language, "under 5", "under 5")
}

/// A number that would tell of a hidden one, on paper.
#[must_use]
pub fn withheld(language: Language) -> &'static str {
    pick(language, "vises ikke", "not shown")
}

/// What the print does with small numbers.
#[must_use]
pub fn print_note(language: Language) -> &'static str {
    pick(
        language,
        "På skærmen står de nøjagtige tal. På udskriften er tal under 5 skjult, andre tal afrundet til nærmeste 5, og praksis med under 30 personer udeladt, så ingen kan genkendes.",
        "The screen shows exact numbers. On paper, numbers below 5 are hidden, others are rounded to the nearest 5, and practices of fewer than 30 persons are left out, so that nobody can be recognised.",
    )
}
