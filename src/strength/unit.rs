//! Units of a strength.

use serde::Serialize;

use super::Per;
use crate::ratio::Ratio;

/// Unit of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// g
    Gram,
    /// mg
    Milligram,
    /// mikrogram
    Microgram,
    /// nanogram
    Nanogram,
    /// IE, enheder
    Units,
    /// mmol
    Millimole,
    /// %
    Percent,
}

impl Unit {
    /// A word, in lower case.
    pub(super) fn read(word: &str) -> Option<Self> {
        Some(match word {
            "g" | "gram" => Self::Gram,
            "mg" | "milligram" => Self::Milligram,
            // `mcg` is how English packages write it.
            "mikrogram" | "mikrog" | "mikg" | "microgram" | "mcg" | "\u{3bc}g" | "ug" => {
                Self::Microgram
            }
            "ng" | "nanogram" => Self::Nanogram,
            "ie" | "iu" | "enhed" | "enheder" => Self::Units,
            "mmol" => Self::Millimole,
            _ => return None,
        })
    }

    /// How many milligrams one is; `None` where it is no mass.
    #[must_use]
    pub fn in_milligrams(self) -> Option<Ratio> {
        match self {
            Self::Gram => Some(Ratio::whole(1_000)),
            Self::Milligram => Some(Ratio::ONE),
            Self::Microgram => Ratio::new(1, 1_000),
            Self::Nanogram => Ratio::new(1, 1_000_000),
            Self::Units | Self::Millimole | Self::Percent => None,
        }
    }
}

/// What stands below the line, and how many of [`Per`] one is.
pub(super) fn per(word: &str) -> Option<(Per, Ratio)> {
    Some(match word {
        "time" | "timer" | "t" | "h" => (Per::Hour, Ratio::ONE),
        "døgn" | "døgnet" => (Per::Hour, Ratio::whole(24)),
        "ml" | "milliliter" => (Per::Millilitre, Ratio::ONE),
        "dosis" | "dose" | "pust" | "sug" | "inhalation" => (Per::Dose, Ratio::ONE),
        "g" | "gram" => (Per::Gram, Ratio::ONE),
        "tablet" | "tabl" | "tab" | "kapsel" | "kaps" | "stk" | "suppositorie" => {
            (Per::Piece, Ratio::ONE)
        }
        _ => return None,
    })
}
