//! Fixed words of »Datakvalitet«, in both languages; its sentences come from the worker.

use crate::note::Language;

/// One field per text; a missing translation does not compile.
#[allow(missing_docs, reason = "the Danish text says what each is")]
#[derive(Debug)]
pub struct QualityWords {
    pub quality: &'static str,
    pub print: &'static str,
}

impl QualityWords {
    /// The words of a language.
    #[must_use]
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::Danish => &DANISH,
            Language::English => &ENGLISH,
        }
    }
}

static DANISH: QualityWords = QualityWords { quality: "Datakvalitet", print: "Udskriv" };

static ENGLISH: QualityWords = QualityWords { quality: "Data quality", print: "Print" };
