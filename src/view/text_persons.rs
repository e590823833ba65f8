//! Sentences of the import report about whose patients they are, and what is said of them twice.

use crate::note::Language;
use crate::schema::Field;
use crate::view::words::{and_list, number, pick};
use crate::view::{RemarkKind, RemarkView};

/// »Filerne har patienter fra 2 ydernumre: 012345 (1.204) og 067890 (988).«
#[must_use]
pub fn practices(of: &[(&str, u64)], language: Language) -> RemarkView {
    let one = |(name, count): &(&str, u64)| format!("{name} ({})", number(*count, language));
    let names = and_list(&of.iter().map(one).collect::<Vec<_>>(), language);
    let count = of.len();
    let (lead, text) = match language {
        Language::Danish => (
            format!("Filerne har patienter fra {count} ydernumre: {names}."),
            "Lister viser alle; målepunkter vises også for hvert ydernummer.",
        ),
        Language::English => (
            format!("The files have patients of {count} provider numbers: {names}."),
            "Lists show all of them; measures are also shown for each number.",
        ),
    };
    RemarkView { kind: RemarkKind::Info, lead, text: text.to_owned() }
}

/// »3 patienter står med to forskellige fødselsdatoer (patient.csv, linje 12).«
#[must_use]
pub fn contradictions(field: Field, count: u64, first: &str, language: Language) -> RemarkView {
    let n = number(count, language);
    let is_birth = field == Field::Foedselsdato;
    let lead = match (language, is_birth) {
        (Language::Danish, true) => {
            format!("{n} {} står med mere end én fødselsdato ({first}).", persons(count, language))
        }
        (Language::Danish, false) => {
            format!("{n} {} står med mere end ét køn ({first}).", persons(count, language))
        }
        (Language::English, true) => {
            format!("{n} {} more than one birth date ({first}).", persons(count, language))
        }
        (Language::English, false) => {
            format!("{n} {} more than one sex ({first}).", persons(count, language))
        }
    };
    let text = pick(
        language,
        "CPR-nummeret afgør; siger det intet, er oplysningen ukendt.",
        "The CPR number decides; where it says nothing, it is unknown.",
    );
    RemarkView { kind: RemarkKind::Unknown, lead, text: text.to_owned() }
}

fn persons(count: u64, language: Language) -> &'static str {
    match (language, count) {
        (Language::Danish, 1) => "patient",
        (Language::Danish, _) => "patienter",
        (Language::English, 1) => "patient has",
        (Language::English, _) => "patients have",
    }
}

/// »patient.csv, linje 12«, and »med flere« where there are more.
#[must_use]
pub fn place(file: &str, line: u32, more: bool, language: Language) -> String {
    let line = match language {
        Language::Danish => format!("{file}, linje {line}"),
        Language::English => format!("{file}, line {line}"),
    };
    let others = pick(language, " med flere", " and others");
    if more { line + others } else { line }
}
