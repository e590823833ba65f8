//! Words about markers: rule, source, what clears them, and exceptions.

use crate::note::Language;
use crate::profile::plan::Marker;
use crate::view::words::pick;

/// »Regel: …«, »Kilde: …«, »Bortfalder: …«, as far as the profile says them.
#[must_use]
pub fn details(marker: &Marker, language: Language) -> Vec<String> {
    let parts = [
        (pick(language, "Regel", "Rule"), &marker.rule),
        (pick(language, "Kilde", "Source"), &marker.source),
        (pick(language, "Bortfalder", "Clears"), &marker.clears),
    ];
    let said = parts.into_iter().filter(|(_, words)| !words.is_empty());
    said.map(|(label, words)| format!("{label}: {words}")).collect()
}

/// What the chip of an exempt marker adds to its words.
#[must_use]
pub fn exempt_chip(exception: &str, language: Language) -> String {
    format!("{}: {exception}", pick(language, "undtaget", "exempt"))
}

/// Why a marker is not counted.
#[must_use]
pub fn exempt(exception: &str, language: Language) -> String {
    let exception = exception.trim_end_matches('.');
    match language {
        Language::Danish => {
            format!("Undtaget: {exception}. Markeringen vises, men tælles ikke med.")
        }
        Language::English => format!("Exempt: {exception}. The marker is shown, but not counted."),
    }
}

/// An exception that cannot be decided, and why.
#[must_use]
pub fn undecided(exception: &str, reason: &str, language: Language) -> String {
    let exception = exception.trim_end_matches('.');
    let said = match language {
        Language::Danish => {
            format!("Undtagelsen »{exception}« kan ikke afgøres, så markeringen tælles med.")
        }
        Language::English => {
            format!("The exception “{exception}” cannot be decided, so the marker is counted.")
        }
    };
    format!("{said} {reason}").trim_end().to_owned()
}
