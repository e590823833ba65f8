//! Fixed words of the tab with figures, in both languages.

use crate::note::Language;

/// One field per text; a missing translation does not compile.
#[allow(missing_docs, reason = "the Danish text says what each is")]
#[derive(Debug)]
pub struct FiguresWords {
    pub source: &'static str,
    pub insured: &'static str,
    pub insured_for: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
}

impl FiguresWords {
    /// The words of a language.
    #[must_use]
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::Danish => &DANISH,
            Language::English => &ENGLISH,
        }
    }
}

static DANISH: FiguresWords = FiguresWords {
    source: "Nævnerens kilde",
    insured: "Tilmeldte, hvis filen ikke har alle",
    insured_for: "Tilmeldte",
    copy: "Kopiér tallene",
    copied: "Kopieret. Tal under 5 er skjult, andre afrundet til nærmeste 5.",
    not_copied: "Browseren tillod ikke at kopiere.",
};

static ENGLISH: FiguresWords = FiguresWords {
    source: "Source of denominator",
    insured: "Number listed, if the file does not have all",
    insured_for: "Listed",
    copy: "Copy the figures",
    copied: "Copied. Numbers below 5 are hidden, others rounded to the nearest 5.",
    not_copied: "The browser did not allow copying.",
};
