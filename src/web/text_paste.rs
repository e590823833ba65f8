//! Fixed words of pasting a table, in both languages.

use crate::note::Language;

/// One field per text; a missing translation does not compile.
#[allow(missing_docs, reason = "the Danish text says what each is")]
#[derive(Debug)]
pub struct PasteWords {
    pub hint: &'static str,
    pub file: &'static str,
}

impl PasteWords {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Danish => &DANISH,
            Language::English => &ENGLISH,
        }
    }
}

static DANISH: PasteWords = PasteWords {
    hint: "Du kan også kopiere en tabel i et regneark og indsætte den her med Ctrl+V.",
    file: "Indsat tabel",
};

static ENGLISH: PasteWords = PasteWords {
    hint: "You can also copy a table in a spreadsheet and paste it here with Ctrl+V.",
    file: "Pasted table",
};
