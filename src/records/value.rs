//! Laboratory answers and numbers as exports write them (rule R10).

use crate::amount::Amount;

/// A number cell, read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// Nothing written.
    #[default]
    Missing,
    /// Exactly this.
    Exact(Amount),
    /// `<5`, `>90`, `≤`, `≥`: somewhere between the bounds; `None` = no bound on that side.
    Between {
        /// Lower bound and whether it is itself excluded.
        low: Option<(Amount, bool)>,
        /// Upper bound and whether it is itself excluded.
        high: Option<(Amount, bool)>,
    },
    /// A number that can be read in two ways (`1.234`).
    Ambiguous,
    /// Text, not a number.
    Text,
}
