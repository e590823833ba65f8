//! Sentences of the figures.

use crate::day::Day;
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
        "På skærmen står de nøjagtige tal. På udskriften er tal under 5 skjult, andre tal afrundet til nærmeste 5, og praksis med under 30 personer udeladt, så ingen kan genkendes. Tallet for alle er summen af de afrundede.",
        "The screen shows exact numbers. On paper, numbers below 5 are hidden, others are rounded to the nearest 5, and practices of fewer than 30 persons are left out, so that nobody can be recognised. The number for all is the sum of the rounded ones.",
    )
}

/// Where the denominator is from: the patient file.
#[must_use]
pub fn from_file(register: bool, language: Language) -> String {
    let text = if register {
        pick(language, "tilmeldte i patientfilen", "listed in the patient file")
    } else {
        pick(
            language,
            "personer med rækker, ingen patientfil",
            "persons with rows, no patient file",
        )
    };
    text.to_owned()
}

/// »indtastet: 1.905«.
#[must_use]
pub fn typed(count: u64, language: Language) -> String {
    format!("{}: {}", pick(language, "indtastet", "typed"), number(count, language))
}

/// Part of the whole file's denominator was typed.
#[must_use]
pub fn partly_typed(language: Language) -> String {
    pick(
        language,
        "indtastet for nogle ydernumre, resten fra patientfilen",
        "typed for some provider numbers, the rest from the patient file",
    )
    .to_owned()
}

/// The typed number is smaller than the numerator of this figure.
#[must_use]
pub fn typed_too_small(count: u64, users: u64, language: Language) -> String {
    let (count, users) = (number(count, language), number(users, language));
    match language {
        Language::Danish => {
            format!("ikke regnet: indtastet {count} er færre end de {users} i tælleren")
        }
        Language::English => {
            format!("not computed: typed {count} is fewer than the {users} of the numerator")
        }
    }
}

/// Why a typed number of insured is not taken; `practice` empty = the whole file.
#[must_use]
pub fn refused(practice: &str, written: &str, why: Refused, language: Language) -> String {
    let da = language == Language::Danish;
    let of = match (practice, da) {
        ("", true) => "alle".to_owned(),
        ("", false) => "all".to_owned(),
        (practice, true) => format!("ydernummer {practice}"),
        (practice, false) => format!("provider number {practice}"),
    };
    let why = match (why, da) {
        (Refused::NoNumber, true) => "er ikke et helt tal over 0".to_owned(),
        (Refused::NoNumber, false) => "is no whole number above 0".to_owned(),
        (Refused::Fewer(users), true) => {
            format!("er færre end de {} personer, der allerede er talt", number(users, language))
        }
        (Refused::Fewer(users), false) => {
            format!("is fewer than the {} persons already counted", number(users, language))
        }
        (Refused::NoSuchPractice, true) => {
            "hører til et ydernummer, som ikke er i filen".to_owned()
        }
        (Refused::NoSuchPractice, false) => {
            "is of a provider number that is not in the file".to_owned()
        }
    };
    match language {
        Language::Danish => format!(
            "Tilmeldte for {of}: »{written}« {why}. Tallet er ikke brugt; skriv antallet af tilmeldte, for eksempel 1905."
        ),
        Language::English => format!(
            "Insured of {of}: »{written}« {why}. The number is not used; write how many are listed, for example 1905."
        ),
    }
}

/// Why a number of insured is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Text, 0, negative, or a fraction.
    NoNumber,
    /// Fewer than the persons counted in a numerator.
    Fewer(u64),
    /// The file has no such provider number.
    NoSuchPractice,
}

/// What the criterion asks, after the sentence of [`rule`]; `asked` is said back from the plan.
#[must_use]
pub fn asked(asked: &str, language: Language) -> String {
    let lead = pick(language, "Tælleren er patienter, der", "The numerator is patients who");
    format!("{lead} {asked}.")
}

/// Whose numbers these are, and what small ones mean.
#[must_use]
pub fn own_system(language: Language) -> &'static str {
    pick(
        language,
        "Fra eget system: ordineret eller vist her, ikke indløst på apotek, så tallet kan afvige fra Lægemiddelstatistikregisteret. Små tal gør forskelle usikre.",
        "From your own system: prescribed or shown here, not redeemed at a pharmacy, so that national figures may differ. Small numbers make differences uncertain.",
    )
}

/// The index date, in words.
#[must_use]
pub fn as_of(index_date: Day, language: Language) -> String {
    format!("{} {}", pick(language, "Gjort op pr.", "As of"), index_date.danish())
}

/// What a copy does with small numbers.
#[must_use]
pub fn copy_note(language: Language) -> &'static str {
    pick(
        language,
        "Tal under 5 er skjult, andre tal afrundet til nærmeste 5, og praksis med under 30 personer udeladt. Tallet for alle er summen af de afrundede.",
        "Numbers below 5 are hidden, others are rounded to the nearest 5, and practices of fewer than 30 persons are left out. The number for all is the sum of the rounded ones.",
    )
}

/// Headings of a copied measure; its value has its own.
#[must_use]
pub fn columns(language: Language) -> [&'static str; 5] {
    match language {
        Language::Danish => {
            ["Ydernummer", "Tæller", "Nævner", "Kan ikke afgøres", "Nævnerens kilde"]
        }
        Language::English => [
            "Provider number",
            "Numerator",
            "Denominator",
            "Cannot be decided",
            "Source of denominator",
        ],
    }
}

/// A typed number that gives no figure, where no count may be told.
#[must_use]
pub fn not_computed(language: Language) -> &'static str {
    pick(language, "ikke regnet: for få indtastet", "not computed: too few typed")
}
