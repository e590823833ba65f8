//! Danish dosage text, read by a grammar: »1 tablet morgen og aften«, »1+0+1«, »1-2 tabletter
//! efter behov højst 4 gange daglig«, »1 plaster hver 3. dag«.
//!
//! The reading is exact or unknown. Every word must belong to the grammar or to a list of phrases
//! that change no dose (»ved et måltid«); one word beyond them makes the text unknown, since it
//! might change the dose. `docs/dosage.md` describes the grammar and what is unknown on purpose.
//!
//! ```
//! use profilblik::dosage::{Reading, read};
//!
//! let Reading::Daily(daily) = read("1 plaster hver 3. dag") else { panic!() };
//! assert_eq!(daily.fixed.to_string(), "1/3");
//! assert_eq!(daily.unit.as_deref(), Some("plaster"));
//! assert!(matches!(read("1 tablet efter aftale"), Reading::Unknown(_)));
//! ```

mod amount;
mod cursor;
mod group;
mod item;
mod limit;
mod number;
mod phrase;
mod quantity;
mod reason;
mod sum;
mod time;
mod together;
mod unit;

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::ratio::{Range, Ratio};
use crate::token;
use cursor::{Cursor, without_dots};

pub use reason::Reason;
pub use unit::{is_counted, singular};

/// Longer texts are unknown: no dosage is that long, and reading stays quick on anything.
pub const LONGEST: usize = 500;

/// What a dosage text says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "reading", rename_all = "lowercase")]
pub enum Reading {
    /// The dose per day.
    Daily(Daily),
    /// No dose can be said, and why.
    Unknown(Unknown),
}

/// A dose per day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Daily {
    /// Taken every day, on the average of the days: one patch every third day is a third. Zero
    /// where all is as needed.
    pub fixed: Range,
    /// Taken as needed, from nothing to a maximum; `None` = nothing is as needed.
    pub as_needed: Option<AsNeeded>,
    /// Unit word in the singular (`tablet`, `ml`, `mg`); `None` = not said (»1+0+1«).
    pub unit: Option<String>,
}

/// The part that is taken as needed; its minimum is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct AsNeeded {
    /// At most so much per day; `None` = no maximum is given, which is not the same as none.
    pub max: Option<Ratio>,
}

/// Why a text gives no dose.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Unknown {
    /// The reason.
    pub reason: Reason,
    /// First byte in the text as given that the reason is about.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Daily {
    /// The least per day: the fixed part.
    #[must_use]
    pub const fn least(&self) -> Ratio {
        self.fixed.low
    }

    /// The most per day with what is taken as needed; `None` = no maximum is given.
    #[must_use]
    pub fn most(&self) -> Option<Ratio> {
        match self.as_needed {
            None => Some(self.fixed.high),
            Some(part) => part.max.and_then(|max| self.fixed.high.plus(max)),
        }
    }
}

impl Reading {
    /// The dose, if there is one.
    #[must_use]
    pub const fn daily(&self) -> Option<&Daily> {
        match self {
            Self::Daily(daily) => Some(daily),
            Self::Unknown(_) => None,
        }
    }
}

/// Reads a dosage text. Never fails: what is not understood is [`Reading::Unknown`].
#[must_use]
pub fn read(text: &str) -> Reading {
    if text.trim().is_empty() {
        return unknown(Reason::Empty, 0, text.len());
    }
    if text.len() > LONGEST {
        return unknown(Reason::TooLong, 0, text.len());
    }
    let tokens = without_dots(token::cut(text));
    let read = item::items(Cursor::new(text, &tokens))
        .and_then(|items| group::gather(&items))
        .and_then(sum::daily);
    match read {
        Ok(daily) => Reading::Daily(daily),
        Err((reason, at)) => {
            let end = if reason.is_about_one_piece() { tokens.get(at) } else { tokens.last() };
            let start = tokens.get(at).map_or(0, |token| token.start);
            unknown(reason, start, end.map_or(text.len(), |token| token.end))
        }
    }
}

const fn unknown(reason: Reason, start: usize, end: usize) -> Reading {
    Reading::Unknown(Unknown { reason, start, end })
}
