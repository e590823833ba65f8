//! The text while it grows: one step after the other.

use crate::day::Day;
use crate::profile::plan::CriterionId;
use crate::sql::dialect::Dialect;

/// Before and after every day that a file can hold; the engine's own numbers.
pub(super) const FIRST_DAY: i32 = Day::MIN.0;
pub(super) const LAST_DAY: i32 = Day::MAX.0;

/// SQL in the making.
pub(super) struct Script {
    /// For which engine.
    pub dialect: Dialect,
    /// The index date, written into the text.
    pub index: Day,
    text: String,
}

impl Script {
    pub fn new(dialect: Dialect, index: Day) -> Self {
        Self { dialect, index, text: String::new() }
    }

    /// A comment of one line. Both engines end a statement only at a semicolon outside comments,
    /// but tools that cut a text into statements may not know that.
    pub fn say(&mut self, words: &str) {
        let one_line: String = words
            .chars()
            .map(|c| {
                if c.is_control() {
                    ' '
                } else if c == ';' {
                    ','
                } else {
                    c
                }
            })
            .collect();
        self.text.push_str(&format!("-- {}\n", one_line.trim()));
    }

    /// A table of its own under `name`.
    pub fn step(&mut self, name: &str, query: &str) {
        self.text.push_str(&self.dialect.step(name, query));
    }

    pub fn finish(self) -> String {
        self.text
    }
}

/// The table of a criterion's verdicts: `export`, `patient`, `v`, one row per patient.
pub(super) fn verdicts(id: CriterionId) -> String {
    format!("pb_k{}", id.0 + 1)
}
