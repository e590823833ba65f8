//! Fixed words of what a further drop changed, in both languages; its sentences come from the
//! worker.

use crate::note::Language;

/// One field per text; a missing translation does not compile.
#[allow(missing_docs, reason = "the Danish text says what each is")]
#[derive(Debug)]
pub struct SecondWords {
    pub title: &'static str,
    pub question: &'static str,
    pub add: &'static str,
    pub replace: &'static str,
    pub register: &'static str,
    pub rows: &'static str,
    pub patients: &'static str,
    pub profile: &'static str,
    pub members: &'static str,
    pub came: &'static str,
    pub went: &'static str,
    pub who: &'static str,
}

impl SecondWords {
    /// The words of a language.
    #[must_use]
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::Danish => &DANISH,
            Language::English => &ENGLISH,
        }
    }
}

static DANISH: SecondWords = SecondWords {
    title: "Hvad de sidste filer ændrede",
    question: "Skal de tidligere rækker erstattes?",
    add: "Læg til",
    replace: "Erstat",
    register: "Datatyper",
    rows: "Rækker, før og nu",
    patients: "Patienter, før og nu",
    profile: "Profil",
    members: "Patienter, før og nu",
    came: "Nye",
    went: "Ikke længere",
    who: "Vis hvem",
};

static ENGLISH: SecondWords = SecondWords {
    title: "What the last files changed",
    question: "Are the earlier rows to be replaced?",
    add: "Add",
    replace: "Replace",
    register: "Registers",
    rows: "Rows, before and now",
    patients: "Patients, before and now",
    profile: "Profile",
    members: "Patients, before and now",
    came: "New",
    went: "No longer",
    who: "Show who",
};
