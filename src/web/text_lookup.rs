//! Fixed words of »Slå patient op« and »Udtynding«, in both languages.

use crate::note::Language;

/// One field per text; a missing translation does not compile.
#[allow(missing_docs, reason = "the Danish text says what each is")]
#[derive(Debug)]
pub struct LookupWords {
    pub look_up: &'static str,
    pub field: &'static str,
    pub find: &'static str,
    pub close: &'static str,
    pub print: &'static str,
    pub no_profiles: &'static str,
    pub attrition: &'static str,
    pub attrition_table: &'static str,
}

impl LookupWords {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Danish => &DANISH,
            Language::English => &ENGLISH,
        }
    }
}

static DANISH: LookupWords = LookupWords {
    look_up: "Slå patient op",
    field: "CPR-nummer eller en del af navnet",
    find: "Slå op",
    close: "Luk",
    print: "Udskriv",
    no_profiles: "Ingen profiler.",
    attrition: "Udtynding",
    attrition_table: "Personer ved hvert krav",
};

static ENGLISH: LookupWords = LookupWords {
    look_up: "Look up a patient",
    field: "CPR number or part of the name",
    find: "Look up",
    close: "Close",
    print: "Print",
    no_profiles: "No profiles.",
    attrition: "Attrition",
    attrition_table: "Persons at each criterion",
};
