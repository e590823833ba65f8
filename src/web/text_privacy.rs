//! Fixed words of »Skærm til andre«, of forgetting by itself, and of »Selvtjek«, in both languages.

use leptos::prelude::Get;

use crate::note::Language;
use crate::web::state::App;

/// One field per text; a missing translation does not compile.
#[allow(missing_docs, reason = "the Danish text says what each is")]
#[derive(Debug)]
pub struct PrivacyWords {
    pub cover: &'static str,
    pub covered: &'static str,
    pub uncovered: &'static str,
    pub reveal: &'static str,
    pub not_copied: &'static str,
    pub print_question: &'static str,
    pub pseudonym: &'static str,
    pub idle: &'static str,
    pub stay: &'static str,
    pub idle_forgotten: &'static str,
    pub minutes: &'static str,
}

impl PrivacyWords {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Danish => &DANISH,
            Language::English => &ENGLISH,
        }
    }
}

type Pick = fn(&'static PrivacyWords) -> &'static str;

/// One word as a reactive text.
pub fn word(app: App, pick: Pick) -> impl Fn() -> &'static str + Copy {
    move || pick(PrivacyWords::of(app.language.get()))
}

static DANISH: PrivacyWords = PrivacyWords {
    cover: "Skærm til andre",
    covered: "CPR og navne er skjult",
    uncovered: "CPR og navne vises igen",
    reveal: "Vis i 10 sekunder",
    not_copied: "CPR er skjult og er ikke kopieret.",
    print_question: "Udskriften er pseudonymiseret: uden CPR og navne. Rækker:",
    pseudonym: "Pseudonym, fx 4821",
    idle: "Ingen har brugt siden et stykke tid. Data fjernes om højst 60 sekunder.",
    stay: "Fortsæt",
    idle_forgotten: "Ingen har brugt siden i den valgte tid. Alt er glemt.",
    minutes: "Minutter uden brug, før alt glemmes (1–30)",
};

static ENGLISH: PrivacyWords = PrivacyWords {
    cover: "Others can see",
    covered: "CPR numbers and names are hidden",
    uncovered: "CPR numbers and names are shown again",
    reveal: "Show for 10 seconds",
    not_copied: "The CPR number is hidden and was not copied.",
    print_question: "The print is pseudonymised: no CPR numbers, no names. Rows:",
    pseudonym: "Pseudonym, such as 4821",
    idle: "Nobody has used the page for a while. The data are removed within 60 seconds.",
    stay: "Go on",
    idle_forgotten: "Nobody has used the page for the chosen time. Everything is forgotten.",
    minutes: "Minutes without use before everything is forgotten (1–30)",
};
