//! Words of »Sådan er filen læst«.

use crate::decode::sniff::{Score, Understood};
use crate::note::Language;
use crate::schema::Register;
use crate::view::mapping::Confidence;
use crate::view::words::{number, pick, register as register_words};

/// There is no such table, or files are being read.
#[must_use]
pub fn no_such_table(table: &str, language: Language) -> String {
    match language {
        Language::Danish => format!("{table} er ikke læst, eller filerne læses stadig."),
        Language::English => format!("{table} was not read, or files are still being read."),
    }
}

/// What speaks for the register, and which other one comes next.
#[must_use]
pub fn reason(register: Register, understood: &Understood, language: Language) -> String {
    if understood.register_chosen {
        return pick(language, "Valgt i en tilpasning.", "Chosen in a mapping.").to_owned();
    }
    let own = understood.scores.iter().find(|score| score.register == register);
    let Some(own) = own else {
        return pick(language, "Der er kun CPR-numre.", "There are only CPR numbers.").to_owned();
    };
    let signs = [
        (own.name, pick(language, "filnavn", "file name")),
        (own.headings, pick(language, "overskrifter", "headings")),
        (own.content, pick(language, "indhold", "contents")),
    ];
    let signs: Vec<String> = signs
        .into_iter()
        .filter(|(points, _)| *points > 0)
        .map(|(points, word)| format!("{word} {points}"))
        .collect();
    let lead = pick(language, "Kendt på", "Recognised by");
    let next = understood.scores.iter().filter(|score| score.register != register);
    let next = next.max_by_key(|score| sum(score)).map(|score| {
        let name = register_words(score.register, language).to_lowercase();
        let lead = pick(language, "Næstmest ligner det", "It looks next most like");
        format!(" {lead} {name} ({}).", sum(score))
    });
    let points = pick(language, "point", "points");
    format!("{lead} {} ({points}).{}", signs.join(", "), next.unwrap_or_default())
}

fn sum(score: &Score) -> usize {
    score.name + score.headings + score.content
}

/// One word.
#[must_use]
pub fn confidence(of: Confidence, language: Language) -> &'static str {
    match of {
        Confidence::None => pick(language, "ikke brugt", "not used"),
        Confidence::Guess => pick(language, "gæt", "guess"),
        Confidence::Likely => pick(language, "sandsynlig", "likely"),
        Confidence::Sure => pick(language, "sikker", "sure"),
        Confidence::Chosen => pick(language, "valgt", "chosen"),
    }
}

/// Two columns fit one field.
#[must_use]
pub fn second(field: &str, other: &str, language: Language) -> String {
    match language {
        Language::Danish => format!("Passer også til »{field}«, som »{other}« er læst som."),
        Language::English => format!("Also fits “{field}”, which “{other}” is read as."),
    }
}

/// What a column that is not used looks like.
#[must_use]
pub fn guess(field: &str, language: Language) -> String {
    match language {
        Language::Danish => format!("Ligner »{field}« og er ikke brugt, før I vælger det."),
        Language::English => format!("Looks like “{field}” and is not used until you choose it."),
    }
}

/// »brugt af 7 profiler«.
#[must_use]
pub fn profiles(count: usize, language: Language) -> String {
    match (count, language) {
        (0, _) => "–".to_owned(),
        (1, _) => pick(language, "1 profil", "1 profile").to_owned(),
        (_, Language::Danish) => format!("{count} profiler"),
        (_, Language::English) => format!("{count} profiles"),
    }
}

/// A field that no column is read as.
#[must_use]
pub fn missing(field: &str, titles: &[String], language: Language) -> String {
    let profiles = titles.join(", ");
    match language {
        Language::Danish => {
            format!("Ingen kolonne er læst som »{field}«. Det mangler i: {profiles}.")
        }
        Language::English => {
            format!("No column is read as “{field}”. It is missing in: {profiles}.")
        }
    }
}

/// »Rækker brugt: 21.804 → 21.840«.
#[must_use]
pub fn effect(before: Option<u64>, used: u64, language: Language) -> String {
    let lead = pick(language, "Rækker brugt", "Rows used");
    let used = number(used, language);
    match before {
        Some(before) => format!("{lead}: {} → {used}", number(before, language)),
        None => format!("{lead}: {used}"),
    }
}
