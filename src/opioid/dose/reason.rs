//! Why a row gives no morphine equivalents, in both languages.

use std::sync::Arc;

use crate::note::Said;
use crate::{dose, strength};

use crate::opioid::table::Factor;

/// Why a row gives no morphine equivalents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The table has no factor that may be used.
    Factor(Arc<Factor>),
    /// Nothing says which route, and the factors differ.
    NoRoute,
    /// The route column says something that is no known route.
    UnknownRoute,
    /// The table has the medicine, but not by this route.
    OtherRoute(String),
    /// The daily dose is not known.
    Dose(dose::Unclear),
    /// The number of the daily dose cannot be read.
    Number,
    /// Fixed and as needed in one, and no text that says how much is which.
    Both,
    /// The strength is not known.
    Strength(strength::Unclear),
    /// A strength of several substances, and nothing says which is the opioid.
    Parts,
    /// A dose in this unit does not go with the strength or the factor.
    Unit(String),
    /// How many patches are worn at a time is not said.
    Patches,
    /// The number is too large.
    TooLarge,
}

impl Reason {
    /// What is missing, in a few words.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::Factor(factor) if factor.mark.is_empty() => {
                Said::new("faktor mangler", "no factor")
            }
            // The table's words are Danish, as its sources' are.
            Self::Factor(factor) => {
                Said::new(factor.mark.clone(), format!("no factor ({})", factor.mark))
            }
            Self::Dose(why) => why.said(),
            Self::Strength(why) => why.said(),
            Self::OtherRoute(route) => Said::new(
                format!("ingen faktor for vejen »{route}«"),
                format!("no factor for the route `{route}`"),
            ),
            Self::Unit(unit) => Said::new(
                format!("dosis i »{unit}« kan ikke regnes om med styrken"),
                format!("a dose in `{unit}` cannot be converted with the strength"),
            ),
            fixed => {
                let (da, en) = fixed.words();
                Said::new(da, en)
            }
        }
    }

    const fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::NoRoute => (
                "vejen mangler, og faktoren afhænger af den",
                "the route is missing, and the factor depends on it",
            ),
            Self::UnknownRoute => ("vejen kendes ikke", "the route is not known"),
            Self::Number => ("døgndosis kan ikke læses", "the daily dose cannot be read"),
            Self::Both => (
                "fast og efter behov i én, uden tekst der skiller dem",
                "fixed and as needed in one, without a text that parts them",
            ),
            Self::Parts => (
                "styrken har flere tal, og det står ikke, hvilket der er opioidets",
                "the strength has several numbers, and it is not said which is the opioid's",
            ),
            Self::Patches => (
                "det kan ikke læses, hvor mange plastre der bruges ad gangen",
                "it cannot be read how many patches are worn at a time",
            ),
            _ => ("tallet er for stort", "the number is too large"),
        }
    }
}
