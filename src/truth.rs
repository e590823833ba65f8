//! Three-valued logic (Kleene): a missing fact is `Unknown`, never `No`.

use serde::{Deserialize, Serialize};

/// Verdict of a criterion. The order `No < Unknown < Yes` makes *all* the minimum and *any* the
/// maximum (rule R13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Truth {
    /// Shown as »nej«.
    No,
    /// Shown as »ukendt«: the data do not decide.
    Unknown,
    /// Shown as »ja«.
    Yes,
}

impl Truth {
    /// `Yes` or `No` from a plain fact.
    #[must_use]
    pub const fn known(fact: bool) -> Self {
        if fact { Self::Yes } else { Self::No }
    }

    /// `alle`: `No` if any is `No`, else `Unknown` if any is; `Yes` for no operands.
    #[must_use]
    pub fn all(items: impl IntoIterator<Item = Self>) -> Self {
        items.into_iter().min().unwrap_or(Self::Yes)
    }

    /// `en_af`: the mirror of [`Truth::all`]; `No` for no operands.
    #[must_use]
    pub fn any(items: impl IntoIterator<Item = Self>) -> Self {
        items.into_iter().max().unwrap_or(Self::No)
    }

    /// `uafgjort`: is any of the operands unknown? Never unknown itself.
    #[must_use]
    pub fn any_unknown(items: impl IntoIterator<Item = Self>) -> Self {
        Self::known(items.into_iter().any(|truth| truth == Self::Unknown))
    }

    /// `mindst_af`: at least `count` of the operands hold.
    #[must_use]
    pub fn at_least(count: usize, items: impl IntoIterator<Item = Self>) -> Self {
        let (mut sure, mut perhaps) = (0, 0);
        for item in items {
            match item {
                Self::Yes => sure += 1,
                Self::Unknown => perhaps += 1,
                Self::No => {}
            }
        }
        Self::between(sure >= count, sure + perhaps >= count)
    }

    /// From what certainly holds and what possibly holds: `Yes` if certain, `No` if impossible.
    #[must_use]
    pub const fn between(certain: bool, possible: bool) -> Self {
        match (certain, possible) {
            (true, _) => Self::Yes,
            (false, true) => Self::Unknown,
            (false, false) => Self::No,
        }
    }

    /// The Danish word of the profile language.
    #[must_use]
    pub const fn danish(self) -> &'static str {
        match self {
            Self::No => "nej",
            Self::Unknown => "ukendt",
            Self::Yes => "ja",
        }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;
    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, No, Unknown, Yes};

    #[test]
    fn kleene_tables() {
        let all = [No, Unknown, Yes];
        for a in all {
            assert_eq!(!!a, a);
            for b in all {
                assert_eq!(!Truth::all([a, b]), Truth::any([!a, !b]), "De Morgan {a:?} {b:?}");
            }
        }
        assert_eq!(Truth::all([Yes, Unknown]), Unknown);
        assert_eq!(Truth::all([No, Unknown]), No);
        assert_eq!(Truth::any([Yes, Unknown]), Yes);
        assert_eq!(Truth::any([No, Unknown]), Unknown);
    }

    #[test]
    fn at_least_counts_perhaps() {
        assert_eq!(Truth::at_least(2, [Yes, Unknown, No]), Unknown);
        assert_eq!(Truth::at_least(2, [Yes, Yes, Unknown]), Yes);
        assert_eq!(Truth::at_least(2, [No, Unknown, No]), No);
        assert_eq!(Truth::at_least(0, []), Yes);
    }
}
