//! Fixed words of »Sådan er filen læst«, in both languages.

use crate::note::Language;

/// One field per text; a missing translation does not compile.
#[allow(missing_docs, reason = "the Danish text says what each is")]
#[derive(Debug)]
pub struct MappingWords {
    pub title: &'static str,
    pub open: &'static str,
    pub say: &'static str,
    pub choose: &'static str,
    pub register: &'static str,
    pub heading: &'static str,
    pub samples: &'static str,
    pub read_as: &'static str,
    pub not_used: &'static str,
    pub confidence: &'static str,
    pub used_by: &'static str,
    pub missing: &'static str,
    pub save: &'static str,
    pub save_note: &'static str,
    pub undo: &'static str,
    pub file_name: &'static str,
}

impl MappingWords {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Danish => &DANISH,
            Language::English => &ENGLISH,
        }
    }
}

static DANISH: MappingWords = MappingWords {
    title: "Sådan er filen læst",
    open: "Ret kolonner",
    say: "Sig, hvordan den læses",
    choose: "Vælg register",
    register: "Register",
    heading: "Kolonne",
    samples: "De første celler",
    read_as: "Læst som",
    not_used: "ikke brugt",
    confidence: "Sikkerhed",
    used_by: "Brugt af",
    missing: "Det mangler profilerne",
    save: "Gem tilpasning",
    save_note: "Filen har overskrifter og valg, ingen patientdata. Slip den sammen med næste udtræk.",
    undo: "Fortryd",
    file_name: "tilpasning.toml",
};

static ENGLISH: MappingWords = MappingWords {
    title: "How the file was read",
    open: "Correct columns",
    say: "Say how it is read",
    choose: "Choose a register",
    register: "Register of the table",
    heading: "Column",
    samples: "The first cells",
    read_as: "Read as",
    not_used: "not used",
    confidence: "Confidence",
    used_by: "Used by",
    missing: "What the profiles miss",
    save: "Save mapping",
    save_note: "The file has headings and choices, no patients' data. Drop it with the next export.",
    undo: "Undo",
    file_name: "mapping.toml",
};
