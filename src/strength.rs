//! Strength text of a product: »10 mg«, »12,5 mikrogram/time«, »20+10 mg«, »5 mg/ml«.
//!
//! Like [`dosage`](crate::dosage), exact or unknown: a strength without a unit, »5-10 mg« and two
//! units are each named, and never added up.
//!
//! ```
//! use profilblik::strength::{Per, read};
//!
//! let patch = read("12,5 mikrogram/time", None).unwrap();
//! assert_eq!(patch.per, Per::Hour);
//! assert_eq!(patch.parts[0].milligrams().unwrap().to_string(), "0.0125");
//! assert_eq!(read("37,5 mg/325 mg", None).unwrap().parts.len(), 2);
//! assert!(read("5-10 mg", None).is_err());
//! ```

mod grammar;
mod unit;

use serde::Serialize;

use crate::note::Said;
use crate::ratio::Ratio;

pub use unit::Unit;

/// A strength.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Strength {
    /// One part per substance, in the order written: the first number is the first substance.
    pub parts: Vec<Part>,
    /// What the amounts are in.
    pub per: Per,
}

/// How much of one substance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The number; more than 0.
    pub amount: Ratio,
    /// Its unit.
    pub unit: Unit,
}

/// What a strength is counted in; amounts are of one of it (»100 mg/5 ml« is 20 mg per ml).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Per {
    /// One tablet, capsule, suppository.
    Piece,
    /// One hour: patches.
    Hour,
    /// One millilitre.
    Millilitre,
    /// One measured dose: puffs, sprays.
    Dose,
    /// One gram: creams.
    Gram,
}

/// Why there is no strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unclear {
    /// There is no text.
    Empty,
    /// A number without a unit.
    NoUnit,
    /// A unit without a number.
    NoNumber,
    /// »5-10 mg«.
    Span,
    /// Units that do not go together.
    TwoUnits,
    /// A strength of 0.
    Zero,
    /// A minus before the number.
    Negative,
    /// »1.000 mg«: thousands or decimals.
    AmbiguousNumber,
    /// Words or signs beyond number and unit.
    UnknownWord,
}

impl Part {
    /// In milligrams; `None` for units that are no mass.
    #[must_use]
    pub fn milligrams(self) -> Option<Ratio> {
        self.amount.times(self.unit.in_milligrams()?)
    }
}

impl Unclear {
    /// What is wrong, in a few words.
    #[must_use]
    pub fn said(self) -> Said {
        let (da, en) = match self {
            Self::Empty => ("styrken mangler", "the strength is missing"),
            Self::NoUnit => ("styrken har ingen enhed", "the strength has no unit"),
            Self::NoNumber => ("styrken har intet tal", "the strength has no number"),
            Self::Span => ("styrken er angivet fra og til", "the strength is given as a range"),
            Self::TwoUnits => ("to enheder i samme styrke", "two units in one strength"),
            Self::Zero => ("styrken er 0", "the strength is 0"),
            Self::Negative => {
                ("der står minus foran styrken", "there is a minus before the strength")
            }
            Self::AmbiguousNumber => (
                "tallet kan være tusinder eller decimaler",
                "the number may be thousands or decimals",
            ),
            Self::UnknownWord => ("styrken kan ikke læses", "the strength cannot be read"),
        };
        Said::new(da, en)
    }
}

/// Reads a strength; `unit` is the cell of a unit column, if there is one.
///
/// # Errors
/// [`Unclear`] says why there is none.
pub fn read(text: &str, unit: Option<&str>) -> Result<Strength, Unclear> {
    grammar::read(text, unit.unwrap_or_default())
}

#[cfg(test)]
mod tests;
