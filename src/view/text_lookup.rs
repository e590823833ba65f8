//! Words of »Slå patient op«.

use crate::note::Language;
use crate::truth::Truth;
use crate::view::lookup::GroupView;
use crate::view::text_verdict;
use crate::view::words::{number, pick};

/// Heading of a group of profiles; `None` = still being read.
#[must_use]
pub fn group(truth: Option<Truth>, language: Language) -> &'static str {
    match truth {
        Some(Truth::Yes) => pick(language, "På listen", "On the list"),
        Some(Truth::Unknown) => pick(language, "Kan ikke afgøres", "Cannot be decided"),
        Some(Truth::No) => pick(language, "Ikke på listen", "Not on the list"),
        None => pick(language, "Læses stadig", "Still being read"),
    }
}

/// For the live region: »På listen: 2. Kan ikke afgøres: 1. Ikke på listen: 14.«
#[must_use]
pub fn found(groups: &[GroupView], language: Language) -> String {
    let one = |group: &GroupView| {
        format!("{}: {}.", group.title, number(group.rows.len() as u64, language))
    };
    groups.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// How many patients there are of what was typed, and how many are shown.
#[must_use]
pub fn matches(typed: &str, found: usize, shown: usize, language: Language) -> String {
    let typed = typed.trim();
    let is_number = typed.chars().any(|c| c.is_ascii_digit());
    match found {
        0 if typed.is_empty() => pick(
            language,
            "Skriv CPR-nummer eller en del af navnet.",
            "Type a CPR number or part of the name.",
        )
        .to_owned(),
        0 if is_number => text_verdict::not_found(language).to_owned(),
        0 => match language {
            Language::Danish => format!("Ingen i filen har »{typed}« i navnet."),
            Language::English => format!("Nobody in the file has “{typed}” in the name."),
        },
        _ => several(found, shown, language),
    }
}

/// The same in every language: the page asks with it.
#[must_use]
pub fn pseudonym(number: u32) -> String {
    format!("Patient {number}")
}

/// Nobody has this pseudonym.
#[must_use]
pub fn no_pseudonym(language: Language) -> &'static str {
    pick(
        language,
        "Ingen patient i filen har det pseudonym. Skriv fx »4821«.",
        "No patient in the file has this pseudonym. Type for example “4821”.",
    )
}

fn several(found: usize, shown: usize, language: Language) -> String {
    let all = number(found as u64, language);
    let rest = found > shown;
    let first = number(shown as u64, language);
    match (language, rest) {
        (Language::Danish, false) => format!("{all} patienter. Vælg én."),
        (Language::English, false) => format!("{all} patients. Choose one."),
        (Language::Danish, true) => {
            format!("{all} patienter. De første {first} er vist; skriv mere for at finde færre.")
        }
        (Language::English, true) => {
            format!("{all} patients. The first {first} are shown; type more to find fewer.")
        }
    }
}

/// The sentence without »Ikke på listen.« and its like, which the heading says already.
#[must_use]
pub fn below_heading(sentence: &str, language: Language) -> String {
    let leads = match language {
        Language::Danish => ["Ikke på listen. ", "På listen. "],
        Language::English => ["Not on the list. ", "On the list. "],
    };
    let rest = leads.iter().find_map(|lead| sentence.strip_prefix(lead));
    rest.unwrap_or(sentence).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Danish, English};

    #[test]
    fn not_found_is_said_of_numbers_and_of_names() {
        assert_eq!(matches("010101-1111", 0, 0, Danish), "CPR-nummeret findes ikke i filen.");
        assert_eq!(matches("Ibsen", 0, 0, Danish), "Ingen i filen har »Ibsen« i navnet.");
        assert_eq!(
            matches("a", 1234, 50, English),
            "1,234 patients. The first 50 are shown; type more to find fewer."
        );
    }

    #[test]
    fn what_the_heading_says_is_not_said_again() {
        assert_eq!(below_heading("Ikke på listen. Første krav.", Danish), "Første krav.");
        assert_eq!(below_heading("Begge krav er opfyldt.", Danish), "Begge krav er opfyldt.");
    }
}
