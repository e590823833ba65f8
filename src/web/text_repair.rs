//! Fixed words of the offer to repair text; its sentences come from the worker.

use crate::note::Language;

/// One field per text; a missing translation does not compile.
#[allow(missing_docs, reason = "the Danish text says what each is")]
#[derive(Debug)]
pub struct RepairWords {
    pub question: &'static str,
    pub leave: &'static str,
    pub repair: &'static str,
}

impl RepairWords {
    /// The words of a language.
    #[must_use]
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::Danish => &DANISH,
            Language::English => &ENGLISH,
        }
    }
}

static DANISH: RepairWords =
    RepairWords { question: "Skal teksten repareres?", leave: "Lad den stå", repair: "Reparér" };

static ENGLISH: RepairWords =
    RepairWords { question: "Is the text to be repaired?", leave: "Leave it", repair: "Repair" };
