//! Words around a list.

use crate::day::Day;
use crate::note::Language;
use crate::schema::Register;
use crate::view::text_verdict;
use crate::view::words::{pick, registers};

/// Beside a row whose exclusion is unknown; empty otherwise.
#[must_use]
pub fn row_note(exclusion_undecided: bool, language: Language) -> &'static str {
    if exclusion_undecided { text_verdict::exclusion_note(language) } else { "" }
}

/// »Prøver og ydelser læses stadig.«; empty when complete.
#[must_use]
pub fn still_reading(unread: &[Register], language: Language) -> String {
    if unread.is_empty() {
        return String::new();
    }
    let names = crate::view::words::upper_first(&registers(unread, language));
    match language {
        Language::Danish => format!("{names} læses stadig."),
        Language::English => format!("{names} are still being read."),
    }
}

/// »Ingen patienter opfylder profilen pr. 02-11-2026.«
#[must_use]
pub fn nobody(index_date: Day, language: Language) -> String {
    let date = index_date.danish();
    match language {
        Language::Danish => format!("Ingen patienter opfylder profilen pr. {date}."),
        Language::English => format!("No patient meets the profile as of {date}."),
    }
}

/// Nobody in »Kan ikke afgøres«.
#[must_use]
pub fn nobody_undecided(language: Language) -> &'static str {
    pick(
        language,
        "Der er ingen patienter, hvor det ikke kan afgøres.",
        "There is no patient for whom it cannot be decided.",
    )
}

/// The search leaves nothing.
#[must_use]
pub fn nothing_found(search: &str, language: Language) -> String {
    let search = search.trim();
    match language {
        Language::Danish => format!("Ingen rækker svarer til »{search}«."),
        Language::English => format!("No row matches “{search}”."),
    }
}
