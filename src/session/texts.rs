//! Files that the session itself refuses, in words.

use crate::decode::Refusal;
use crate::note::{Language, Note, Said};

/// A profile of more bytes than this is refused unread.
pub(super) const PROFILE_BYTES: u64 = 1024 * 1024;

fn refusal(code: &'static str, da: String, en: String) -> Refusal {
    Refusal { code, text: Said::new(da, en), table: None }
}

pub(super) fn unreadable(name: &str) -> Refusal {
    refusal(
        "unreadable",
        format!("{name} kan ikke læses. Er den flyttet eller slettet? Slip den igen."),
        format!("{name} cannot be read. Was it moved or deleted? Drop it again."),
    )
}

pub(super) fn changed(name: &str) -> Refusal {
    refusal(
        "changed",
        format!("{name} blev ændret, mens den blev læst, og er ikke brugt. Slip den igen."),
        format!("{name} changed while it was being read and is not used. Drop it again."),
    )
}

pub(super) fn nested(name: &str) -> Refusal {
    refusal(
        "nested-archive",
        format!("{name} er en ZIP inde i en ZIP og er ikke læst. Pak den ud, og slip filerne her."),
        format!("{name} is a ZIP inside a ZIP and was not read. Unpack it and drop the files."),
    )
}

pub(super) fn packed_twice(name: &str) -> Refusal {
    refusal(
        "nested-archive",
        format!("{name} er pakket med gzip to gange og er ikke læst. Pak den ud, og slip den her."),
        format!("{name} is packed with gzip twice and was not read. Unpack it and drop it here."),
    )
}

// The lines stand in the sentence: a mapping has no page of its own.
pub(super) fn mapping_errors(name: &str, notes: &[Note]) -> Refusal {
    let each = |of: fn(&Said) -> &str, line: &str| {
        let one = |note: &Note| {
            let (text, hint) = (of(&note.text), of(&note.hint));
            format!(" {line} {}: {text} ({hint}).", note.place.line)
        };
        notes.iter().take(3).map(one).collect::<String>()
    };
    let errors = notes.len();
    refusal(
        "mapping-errors",
        format!(
            "{name} er en tilpasning med {errors} fejl og er ikke taget i brug.{}",
            each(|said| &said.da, "Linje")
        ),
        format!(
            "{name} is a mapping with {errors} errors and is not in use.{}",
            each(|said| &said.en, "Line")
        ),
    )
}

pub(super) fn packed_mapping(name: &str) -> Refusal {
    refusal(
        "packed-mapping",
        format!(
            "{name} er en tilpasning inde i en ZIP og er ikke taget i brug. Slip den ved siden af."
        ),
        format!("{name} is a mapping inside a ZIP and is not in use. Drop it beside the ZIP."),
    )
}

pub(super) fn profile_too_large(name: &str) -> Refusal {
    refusal(
        "profile-too-large",
        format!("{name} fylder mere end 1 MB og er ikke taget i brug. En profil er få kilobyte."),
        format!("{name} is larger than 1 MB and is not in use. A profile is a few kilobytes."),
    )
}

pub(super) fn profile_encoding(name: &str) -> Refusal {
    refusal(
        "profile-encoding",
        format!("{name} er ikke gemt som UTF-8 og er ikke taget i brug. Gem den som UTF-8."),
        format!("{name} is not saved as UTF-8 and is not in use. Save it as UTF-8."),
    )
}

/// What is wrong with a dropped factor table, line by line.
pub(super) fn table_errors(name: &str, notes: &[Note]) -> Refusal {
    let all = |word: &str, language| {
        let one = |note: &Note| format!("{word} {}: {}", note.place.line, note.text.of(language));
        notes.iter().map(one).collect::<Vec<_>>().join("; ")
    };
    let (da, en) = (all("linje", Language::Danish), all("line", Language::English));
    refusal(
        "factor-table",
        format!("{name} er ikke taget i brug som faktortabel. {da}."),
        format!("{name} is not in use as a factor table. {en}."),
    )
}

pub(super) fn profile_errors(name: &str, errors: usize) -> Refusal {
    let word = if errors == 1 { "error" } else { "errors" };
    refusal(
        "profile-errors",
        format!("{name} har {errors} fejl og er ikke taget i brug."),
        format!("{name} has {errors} {word} and is not in use."),
    )
}
