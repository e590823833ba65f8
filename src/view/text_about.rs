//! Sentences of »Om profilen«.

use crate::note::Language;
use crate::view::words::{and_list, pick};

/// A profile that was dropped.
#[must_use]
pub fn own(language: Language) -> &'static str {
    pick(language, "Egen profil, ikke gennemgået", "Own profile, not reviewed")
}

/// What a dropped profile says one should do.
#[must_use]
pub fn author_says(text: &str, language: Language) -> String {
    format!("{} »{text}«", pick(language, "Forfatterens ord:", "The author's words:"))
}

/// No test patients at all.
#[must_use]
pub fn no_tests(language: Language) -> &'static str {
    pick(
        language,
        "Profilen har ingen prøvepatienter. Om den gør, hvad teksten siger, er ikke efterprøvet.",
        "The profile has no test patients. Whether it does what its text says has not been tried.",
    )
}

/// »13 prøvepatienter, alle bestået.«
#[must_use]
pub fn tests(count: usize, failed: usize, language: Language) -> String {
    match (language, failed) {
        (Language::Danish, 0) => format!("{count} prøvepatienter, alle bestået."),
        (Language::Danish, _) => format!("{count} prøvepatienter, {failed} gav et andet svar."),
        (Language::English, 0) => format!("{count} test patients, all passed."),
        (Language::English, _) => format!("{count} test patients, {failed} gave another answer."),
    }
}

/// »12 af 13 kriterier er set ja, nej og ukendt.«
#[must_use]
pub fn coverage(seen: usize, all: usize, language: Language) -> String {
    match language {
        Language::Danish => format!("{seen} af {all} kriterier er set ja, nej og ukendt."),
        Language::English => format!("{seen} of {all} criteria were seen as ja, nej and ukendt."),
    }
}

/// »kontrol: aldrig set nej og ukendt«
#[must_use]
pub fn never_seen(criterion: &str, verdicts: &[&str], language: Language) -> String {
    let verdicts: Vec<String> = verdicts.iter().map(|word| (*word).to_owned()).collect();
    let verdicts = and_list(&verdicts, language);
    format!("{criterion}: {} {verdicts}", pick(language, "aldrig set", "never seen as"))
}
