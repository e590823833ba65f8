//! The one diagnostic type: what is wrong, where, and what to do, in both languages.
//!
//! Notes never carry cell values of patients.

use serde::{Deserialize, Serialize};

/// A text in both languages of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Said {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
}

impl Said {
    /// Both languages.
    pub fn new(da: impl Into<String>, en: impl Into<String>) -> Self {
        Self { da: da.into(), en: en.into() }
    }

    /// The text of one language.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Danish => &self.da,
            Language::English => &self.en,
        }
    }
}

/// Interface language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// `da`, the default.
    #[default]
    Danish,
    /// `en`.
    English,
}

/// Where something stands. Lines and columns count from 1; 0 = not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// File name without a path.
    pub file: String,
    /// Physical line.
    pub line: u32,
    /// Column in characters.
    pub column: u32,
}

/// How serious a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Good to know; refuses nothing and changes no exit status.
    Advice,
    /// Data were read with a reservation.
    Warning,
    /// The thing named is not used.
    Error,
}

/// One diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Note {
    /// How serious.
    pub level: Level,
    /// Stable machine name, such as `unknown-key`.
    pub code: String,
    /// Where.
    pub place: Place,
    /// What, in lower case, user input in backticks (Danish: »«).
    pub text: Said,
    /// What to do; empty when the text says it all.
    pub hint: Said,
}

impl Note {
    /// An error without a hint.
    #[must_use]
    pub fn error(code: &str, place: Place, text: Said) -> Self {
        Self { level: Level::Error, code: code.into(), place, text, hint: Said::default() }
    }

    /// A piece of advice without a hint.
    #[must_use]
    pub fn advice(code: &str, place: Place, text: Said) -> Self {
        Self { level: Level::Advice, ..Self::error(code, place, text) }
    }

    /// A warning without a hint.
    #[must_use]
    pub fn warning(code: &str, place: Place, text: Said) -> Self {
        Self { level: Level::Warning, ..Self::error(code, place, text) }
    }

    /// The same note with a hint.
    #[must_use]
    pub fn with_hint(self, hint: Said) -> Self {
        Self { hint, ..self }
    }
}

/// A value with what was noted on the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted<T> {
    /// The value; `None` when errors forbid it.
    pub value: Option<T>,
    /// All notes, sorted by place.
    pub notes: Vec<Note>,
}
