//! Why a dosage text gives no dose, in both languages.

use serde::Serialize;

use crate::note::Said;

/// Why a dosage text gives no dose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// There is no text.
    Empty,
    /// Longer than [`LONGEST`](super::LONGEST).
    TooLong,
    /// A word or sign that the grammar does not know.
    UnknownWord,
    /// »efter aftale«, »efter skema«: the dose stands elsewhere.
    Elsewhere,
    /// The dose changes over the days.
    Changing,
    /// One dose once.
    SingleDose,
    /// How much at a time is missing.
    NoQuantity,
    /// How often is missing.
    NoFrequency,
    /// Two statements that do not go together, or that can be meant in two ways.
    Contradiction,
    /// »eller« between doses or times.
    Alternatives,
    /// Two units in one text.
    TwoUnits,
    /// A dose of 0.
    ZeroDose,
    /// A minus before the dose.
    Negative,
    /// »1.250«: thousands or decimals.
    AmbiguousNumber,
    /// »hver måned«: months differ in length.
    Month,
    /// »hver 2. time«: not said whether at night, too.
    Nights,
    /// »ved smerter«: a condition, and not said that it is as needed.
    Condition,
    /// Known words in an order that the grammar does not know.
    Structure,
}

impl Reason {
    /// What is wrong, in a few words.
    #[must_use]
    pub fn said(self) -> Said {
        let (da, en) = self.words();
        Said::new(da, en)
    }

    /// Is it about a single word, or about the text from there on?
    pub(super) const fn is_about_one_piece(self) -> bool {
        matches!(self, Self::UnknownWord | Self::Alternatives | Self::AmbiguousNumber)
    }

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Empty => ("der står ingen dosering", "there is no dosage"),
            Self::TooLong => ("teksten er for lang til at læse", "the text is too long to read"),
            Self::UnknownWord => (
                "et ord eller tegn, der ikke kendes og kan ændre dosis",
                "a word or sign that is not known and may change the dose",
            ),
            Self::Elsewhere => ("dosis står et andet sted", "the dose stands elsewhere"),
            Self::Changing => ("dosis ændrer sig over dagene", "the dose changes over the days"),
            Self::SingleDose => ("en enkelt dosis", "a single dose"),
            Self::NoQuantity => {
                ("det står ikke, hvor meget ad gangen", "it is not said how much at a time")
            }
            Self::NoFrequency => ("det står ikke, hvor tit", "it is not said how often"),
            Self::Contradiction => (
                "angivelserne passer ikke sammen eller kan forstås på to måder",
                "the statements do not go together or can be meant in two ways",
            ),
            Self::Alternatives => ("teksten giver et valg", "the text gives a choice"),
            Self::TwoUnits => ("to enheder i samme tekst", "two units in one text"),
            Self::ZeroDose => ("dosis er 0", "the dose is 0"),
            Self::Negative => ("der står minus foran dosis", "there is a minus before the dose"),
            Self::AmbiguousNumber => (
                "tallet kan være tusinder eller decimaler",
                "the number may be thousands or decimals",
            ),
            Self::Month => ("måneder er ikke lige lange", "months differ in length"),
            Self::Nights => {
                ("det står ikke, om natten er med", "it is not said whether nights count")
            }
            Self::Condition => (
                "der står en betingelse, men ikke efter behov",
                "there is a condition, but not that it is as needed",
            ),
            Self::Structure => (
                "ordene står i en rækkefølge, der ikke kan læses",
                "the words stand in an order that cannot be read",
            ),
        }
    }
}
