//! Sentences of what a further drop changed.

use crate::day::Day;
use crate::note::Language;
use crate::schema::Register;
use crate::view::words::{number, pick, registers, upper_first};

/// The last drop has nothing in common with an earlier one, or files are being read.
#[must_use]
pub fn nothing_shared(language: Language) -> &'static str {
    pick(
        language,
        "De sidste filer har ingen datatype til fælles med tidligere filer, eller filerne læses stadig.",
        "The last files have no register in common with earlier files, or files are still being read.",
    )
}

/// »Diagnoser og medicin var læst før. De nye rækker er lagt til, og en række, der står begge
/// steder, tæller én gang.«
#[must_use]
pub fn shared(of: &[Register], replaced: bool, language: Language) -> String {
    let lead = upper_first(&registers(of, language));
    let text = match (language, replaced) {
        (Language::Danish, false) => {
            "var læst før. De nye rækker er lagt til, og en række, der står begge steder, tæller én gang."
        }
        (Language::Danish, true) => {
            "var læst før. De tidligere rækker er erstattet af dem i de sidste filer."
        }
        (Language::English, false) => {
            "had been read before. The new rows are added, and a row that stands in both counts once."
        }
        (Language::English, true) => {
            "had been read before. The earlier rows are replaced by those of the last files."
        }
    };
    let first = match (of.contains(&Register::Patient) && !replaced, language) {
        (false, _) => "",
        (true, Language::Danish) => {
            " Står en patient i begge patientlister, gælder det, der er læst først."
        }
        (true, Language::English) => {
            " Of a patient in both patient lists, what was read first counts."
        }
    };
    format!("{lead} {text}{first}")
}

/// »2 tidligere tabeller med 24.000 rækker er erstattet og regnes ikke med.«
#[must_use]
pub fn outside(tables: usize, rows: u64, language: Language) -> String {
    let rows = number(rows, language);
    match (language, tables) {
        (Language::Danish, 1) => {
            format!("1 tidligere tabel med {rows} rækker er erstattet og regnes ikke med.")
        }
        (Language::Danish, n) => {
            format!("{n} tidligere tabeller med {rows} rækker er erstattet og regnes ikke med.")
        }
        (Language::English, 1) => {
            format!("1 earlier table with {rows} rows is replaced and not counted.")
        }
        (Language::English, n) => {
            format!("{n} earlier tables with {rows} rows are replaced and not counted.")
        }
    }
}

/// »Før er gjort op pr. 02-09-2025, nu pr. 30-09-2025.«
#[must_use]
pub fn dates(before: Day, now: Day, language: Language) -> String {
    let (before, now) = (before.danish(), now.danish());
    match language {
        Language::Danish => format!("Før er gjort op pr. {before}, nu pr. {now}."),
        Language::English => format!("Before is as of {before}, now is as of {now}."),
    }
}

/// »22 profiler har de samme patienter som før.«
#[must_use]
pub fn unchanged(same: usize, changed: usize, language: Language) -> String {
    let one = same == 1;
    match (language, changed) {
        (Language::Danish, 0) => "Alle profiler har de samme patienter som før.".to_owned(),
        (Language::English, 0) => "All profiles have the same patients as before.".to_owned(),
        (Language::Danish, _) => {
            let word = if one { "profil" } else { "profiler" };
            format!("{same} {word} har de samme patienter som før.")
        }
        (Language::English, _) => {
            let word = if one { "profile has" } else { "profiles have" };
            format!("{same} {word} the same patients as before.")
        }
    }
}
