//! Sentences about text that was encoded twice.

use crate::note::Language;
use crate::records::garbled::Garbled;
use crate::view::words::{number, pick};

/// Nothing was read, or files are being read.
#[must_use]
pub fn nothing_to_repair(language: Language) -> &'static str {
    pick(
        language,
        "Der er ikke læst noget, som kan repareres, eller filerne læses stadig.",
        "Nothing was read that could be repaired, or files are still being read.",
    )
}

/// »412 celler i patient.csv ser ud til at være omkodet to gange: »Ã¸« i kolonnen »navn«, linje 2, er nok
/// »ø«.«
#[must_use]
pub fn garbled(file: &str, found: &Garbled, language: Language) -> String {
    let Garbled { cells, column, line, stands, meant } = found;
    let (n, one) = (number(*cells, language), *cells == 1);
    let place = match (language, line) {
        (Language::Danish, 0) => "i overskriften".to_owned(),
        (Language::English, 0) => "in the heading".to_owned(),
        (Language::Danish, line) => format!("i kolonnen »{column}«, linje {line},"),
        (Language::English, line) => format!("in the column “{column}”, line {line},"),
    };
    match language {
        Language::Danish => {
            let word = if one { "celle" } else { "celler" };
            format!(
                "{n} {word} i {file} ser ud til at være omkodet to gange: »{stands}« {place} er nok »{meant}«."
            )
        }
        Language::English => {
            let word = if one { "cell" } else { "cells" };
            format!(
                "{n} {word} of {file} look as if encoded twice: “{stands}” {place} is probably “{meant}”."
            )
        }
    }
}

/// »1.204 tegn i patient.csv er repareret.«
#[must_use]
pub fn repaired(file: &str, count: u64, language: Language) -> String {
    let n = number(count, language);
    match (language, count) {
        (Language::Danish, _) => format!("{n} tegn i {file} er repareret."),
        (Language::English, 1) => format!("1 character of {file} was repaired."),
        (Language::English, _) => format!("{n} characters of {file} were repaired."),
    }
}
