//! Sentences of the overview and the strip.

use crate::day::Day;
use crate::note::{Language, Level, Note};
use crate::schema::Register;
use crate::view::words::{and_list, number, pick, registers};

/// Where the default index date comes from (rule R1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateFrom {
    /// The export says when it was made.
    Extract,
    /// The latest dated row.
    #[default]
    LatestRow,
    /// No row is dated: today.
    Today,
}

/// »seneste dato i filen«.
#[must_use]
pub fn date_from(from: DateFrom, language: Language) -> &'static str {
    match from {
        DateFrom::Extract => pick(language, "udtrækkets egen dato", "the export's own date"),
        DateFrom::LatestRow => pick(language, "seneste dato i filen", "latest date in the file"),
        DateFrom::Today => pick(
            language,
            "dags dato, fordi filen ingen datoer har",
            "today, because the file has no dates",
        ),
    }
}

/// Name of the one dropped file, or »6 filer«.
#[must_use]
pub fn file_names(names: &[String], language: Language) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        many => format!("{} {}", many.len(), pick(language, "filer", "files")),
    }
}

/// »4 profiler, gjort op pr. 02-11-2026«.
#[must_use]
pub fn heading(profiles: usize, index_date: Day, language: Language) -> String {
    let date = index_date.danish();
    match (language, profiles) {
        (Language::Danish, 1) => format!("1 profil, gjort op pr. {date}"),
        (Language::Danish, n) => format!("{n} profiler, gjort op pr. {date}"),
        (Language::English, 1) => format!("1 profile, as of {date}"),
        (Language::English, n) => format!("{n} profiles, as of {date}"),
    }
}

/// »2.412 tilmeldte. 611 står på mindst én liste. Samme patient kan stå på flere.«
#[must_use]
pub fn subheading(looked_at: u64, on_a_list: u64, register: bool, language: Language) -> String {
    let (all, some) = (number(looked_at, language), number(on_a_list, language));
    match (language, register) {
        (Language::Danish, true) => format!(
            "{all} tilmeldte. {some} står på mindst én liste. Samme patient kan stå på flere."
        ),
        (Language::Danish, false) => format!(
            "{all} patienter med mindst én række; der er ingen patientliste. {some} står på mindst én liste."
        ),
        (Language::English, true) => format!(
            "{all} listed. {some} are on at least one list. The same patient may be on several."
        ),
        (Language::English, false) => format!(
            "{all} patients with at least one row; there is no patient list. {some} are on at least one list."
        ),
    }
}

/// »læses stadig«.
#[must_use]
pub fn pending(language: Language) -> &'static str {
    pick(language, "læses stadig", "still being read")
}

/// »ukendt for alle: henvisninger mangler«, »ukendt for 12: prøver mangler«.
#[must_use]
pub fn undecided_for(count: u64, all: bool, missing: &[Register], language: Language) -> String {
    let names = registers(missing, language);
    let count = number(count, language);
    match (language, all) {
        (Language::Danish, true) => format!("ukendt for alle: {names} mangler"),
        (Language::Danish, false) => format!("ukendt for {count}: {names} mangler"),
        (Language::English, true) => format!("unknown for all: {names} missing"),
        (Language::English, false) => format!("unknown for {count}: {names} missing"),
    }
}

/// »Koderne N06DA02–N06DX01 findes 0 gange i filen.«
#[must_use]
pub fn codes_absent(codes: &[String], language: Language) -> String {
    let named = match codes {
        [first, .., last] if codes.len() > 3 => format!("{first}–{last}"),
        few => and_list(few, language),
    };
    match (language, codes.len()) {
        (Language::Danish, 1) => format!("Koden {named} findes 0 gange i filen."),
        (Language::Danish, _) => format!("Koderne {named} findes 0 gange i filen."),
        (Language::English, 1) => format!("The code {named} occurs 0 times in the file."),
        (Language::English, _) => format!("The codes {named} occur 0 times in the file."),
    }
}

/// »3 fejl i profilen, linje 14, 22 og 31«.
#[must_use]
pub fn errors(lines: &[u32], language: Language) -> String {
    let mut known: Vec<u32> = lines.iter().copied().filter(|line| *line > 0).collect();
    known.dedup();
    let named: Vec<String> = known.iter().map(u32::to_string).collect();
    let head = match (language, lines.len()) {
        (Language::Danish, n) => format!("{n} fejl i profilen"),
        (Language::English, 1) => "1 error in the profile".to_owned(),
        (Language::English, n) => format!("{n} errors in the profile"),
    };
    if named.is_empty() {
        return head;
    }
    let word = match (language, named.len()) {
        (Language::English, 2..) => "lines",
        (language, _) => pick(language, "linje", "line"),
    };
    format!("{head}, {word} {}", and_list(&named, language))
}

/// »Linje 14: »vaelg« mangler. Skriv vaelg = "seneste", …«
#[must_use]
pub fn note(note: &Note, language: Language) -> String {
    let sentence = |text: &str| crate::view::words::upper_first(text.trim().trim_end_matches('.'));
    let mut text = String::new();
    if note.place.line > 0 {
        let word = pick(language, "Linje", "Line");
        text.push_str(&format!("{word} {}: ", note.place.line));
    }
    if note.level == Level::Advice {
        text.push_str(pick(language, "Bemærk. ", "Note. "));
    }
    let said = note.text.of(language).trim().trim_end_matches('.');
    let said = if note.level == Level::Advice { sentence(said) } else { said.to_owned() };
    text.push_str(&said);
    text.push('.');
    let hint = sentence(note.hint.of(language));
    if !hint.is_empty() {
        let end = if hint.ends_with(['?', '!']) { "" } else { "." };
        text.push_str(&format!(" {hint}{end}"));
    }
    text
}

/// »Datoen »31-02-2026« findes ikke. Skriv den som åååå-mm-dd.«
#[must_use]
pub fn bad_date(written: &str, language: Language) -> String {
    match language {
        Language::Danish => {
            format!("Datoen »{written}« findes ikke. Indeksdatoen er ikke ændret.")
        }
        Language::English => {
            format!("There is no date “{written}”. The index date is unchanged.")
        }
    }
}

/// A question about a profile that the session does not have.
#[must_use]
pub fn no_such_profile(language: Language) -> &'static str {
    pick(language, "Profilen findes ikke her.", "There is no such profile here.")
}

/// A question about the list of a profile that has errors.
#[must_use]
pub fn profile_has_errors(title: &str, language: Language) -> String {
    match language {
        Language::Danish => format!("»{title}« har fejl og er ikke taget i brug."),
        Language::English => format!("“{title}” has errors and is not in use."),
    }
}

/// A question before anything was read.
#[must_use]
pub fn nothing_read(language: Language) -> &'static str {
    pick(language, "Der er ikke læst nogen filer endnu.", "No files have been read yet.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{Place, Said};
    use Language::{Danish, English};

    #[test]
    fn errors_name_their_lines() {
        assert_eq!(errors(&[14, 22, 31], Danish), "3 fejl i profilen, linje 14, 22 og 31");
        assert_eq!(errors(&[14], English), "1 error in the profile, line 14");
        assert_eq!(errors(&[14, 14], Danish), "2 fejl i profilen, linje 14");
        assert_eq!(errors(&[0], Danish), "1 fejl i profilen");
    }

    #[test]
    fn a_note_has_line_text_and_hint() {
        let place = Place { file: "egen.toml".into(), line: 22, column: 1 };
        let note = Note::error(
            "unknown-key",
            place,
            Said::new("ukendt nøgle »vindu«", "unknown key `vindu`"),
        )
        .with_hint(Said::new("mente du »vindue«?", "did you mean `vindue`?"));
        assert_eq!(
            super::note(&note, Danish),
            "Linje 22: ukendt nøgle »vindu«. Mente du »vindue«?"
        );
        assert_eq!(
            super::note(&note, English),
            "Line 22: unknown key `vindu`. Did you mean `vindue`?"
        );
    }

    #[test]
    fn codes_are_named_when_few() {
        let codes = |n: usize| (0..n).map(|i| format!("P{i:02}")).collect::<Vec<_>>();
        assert_eq!(codes_absent(&codes(1), Danish), "Koden P00 findes 0 gange i filen.");
        assert_eq!(codes_absent(&codes(4), Danish), "Koderne P00–P03 findes 0 gange i filen.");
    }

    #[test]
    fn headings_count() {
        let date = Day::from_ymd(2026, 11, 2).unwrap();
        assert_eq!(heading(4, date, Danish), "4 profiler, gjort op pr. 02-11-2026");
        assert_eq!(
            subheading(2412, 611, true, Danish),
            "2.412 tilmeldte. 611 står på mindst én liste. Samme patient kan stå på flere."
        );
        assert_eq!(
            undecided_for(12, false, &[Register::Proeve], Danish),
            "ukendt for 12: prøver mangler"
        );
    }
}
