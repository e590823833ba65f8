//! Fixed words of »Faktortabel«, in both languages.

use crate::note::Language;

/// One field per text; a missing translation does not compile.
#[allow(missing_docs, reason = "the Danish text says what each is")]
#[derive(Debug)]
pub struct FactorWords {
    pub factors: &'static str,
    pub lead: &'static str,
    pub set: &'static str,
    pub own: &'static str,
    pub back: &'static str,
    /// Headings of the table, in its order.
    pub columns: [&'static str; 8],
}

impl FactorWords {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Danish => &DANISH,
            Language::English => &ENGLISH,
        }
    }
}

static DANISH: FactorWords = FactorWords {
    factors: "Faktortabel",
    lead: "Faktorer til mg morfin pr. døgn. En ændring regner alt om og står på alle lister og udskrifter. \
           Slip en .toml-fil på siden for at bruge egen tabel.",
    set: "Faktorsæt",
    own: "Egen tabel",
    back: "Tilbage til standard",
    columns: ["Stof", "Vej", "Pr.", "Standard", "Spænd", "Faktor", "Sikkerhed", "Kilder"],
};

static ENGLISH: FactorWords = FactorWords {
    factors: "Factor table",
    lead: "Factors to mg morphine a day. A change recomputes everything and stands on every list and print. \
           Drop a .toml file on the page to use your own table.",
    set: "Factor set",
    own: "Own table",
    back: "Back to default",
    columns: ["Substance", "Route", "Per", "Default", "Span", "Factor", "Certainty", "Sources"],
};
