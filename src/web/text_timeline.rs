//! Fixed words of »Tidslinje«, in both languages.

use crate::note::Language;

/// One field per text; a missing translation does not compile.
#[allow(missing_docs, reason = "the Danish text says what each is")]
#[derive(Debug)]
pub struct TimelineWords {
    pub title: &'static str,
    pub table: &'static str,
    pub date: &'static str,
    pub what: &'static str,
    pub hint: &'static str,
    pub key: [&'static str; 4],
    pub omeq: &'static str,
}

impl TimelineWords {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Danish => &DANISH,
            Language::English => &ENGLISH,
        }
    }
}

static DANISH: TimelineWords = TimelineWords {
    title: "Tidslinje",
    table: "Vis som tabel",
    date: "Dato",
    what: "Hvad",
    hint: "Piletaster: gå fra ændring til ændring",
    key: ["registreret", "slut antaget", "efter behov", "anden medicin"],
    omeq: "OMEQ, mg pr. døgn; båndet er laveste til højeste kilde, skraveret: mindst så meget",
};

static ENGLISH: TimelineWords = TimelineWords {
    title: "Timeline",
    table: "Show as a table",
    date: "Date",
    what: "What",
    hint: "Arrow keys: from change to change",
    key: ["registered", "end assumed", "as needed", "other medicine"],
    omeq: "OMEQ, mg a day; the band is lowest to highest source, hatched: at least so much",
};
