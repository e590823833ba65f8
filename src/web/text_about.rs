//! Fixed words of »Om profilen« and »Tal«, in both languages.

use crate::note::Language;

/// One field per text; a missing translation does not compile.
#[allow(missing_docs, reason = "the Danish text says what each is")]
#[derive(Debug)]
pub struct AboutWords {
    pub figures: &'static str,
    pub practice: &'static str,
    pub numerator: &'static str,
    pub denominator: &'static str,
    pub undecided: &'static str,
}

impl AboutWords {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Danish => &DANISH,
            Language::English => &ENGLISH,
        }
    }
}

static DANISH: AboutWords = AboutWords {
    figures: "Tal pr. 1.000",
    practice: "Ydernummer",
    numerator: "Tæller",
    denominator: "Nævner",
    undecided: "Kan ikke afgøres",
};

static ENGLISH: AboutWords = AboutWords {
    figures: "Figures per 1,000",
    practice: "Provider number",
    numerator: "Numerator",
    denominator: "Denominator",
    undecided: "Cannot be decided",
};
