//! Sentences of the page »Datakvalitet«, in both languages.

use crate::day::Day;
use crate::note::Language;
use crate::view::ProfileRow;
use crate::view::quality::months::Months;
use crate::view::words::{and_list, lower_first, month_and_year, number, pick};

/// The question of the page.
#[must_use]
pub fn heading(language: Language) -> &'static str {
    pick(language, "Har vi gode nok data?", "Are our data good enough?")
}

/// What is counted.
#[must_use]
pub fn lead(export_day: Day, language: Language) -> String {
    let day = export_day.danish();
    match language {
        Language::Danish => format!(
            "Talt i de læste filer, række for række. Udtrækkets dag er {day}. Journalen gælder."
        ),
        Language::English => format!(
            "Counted in the files read, row by row. The day of the export is {day}. The record applies."
        ),
    }
}

/// Title of the first table.
#[must_use]
pub fn registers_title(language: Language) -> &'static str {
    pick(language, "Registre", "Registers")
}

/// In place of the counts.
#[must_use]
pub fn absent(language: Language) -> &'static str {
    pick(language, "findes ikke i udtrækket", "not in the export")
}

/// Headings of the first table.
#[must_use]
pub fn register_headings(export_day: Day, language: Language) -> Vec<String> {
    let day = export_day.danish();
    let after = format!("{} {day}", pick(language, "Dato efter", "Dated after"));
    let words = match language {
        Language::Danish => [
            "Register",
            "Linjer",
            "Brugt",
            "Sat til side",
            "Samme række igen",
            "Uden dato",
            &after,
            "Dato efter indeksdatoen",
            "Uden kode",
            "Ukendt kode",
            "Patienter",
            "Ikke i patientlisten",
            "Passanter",
            "Afdøde",
        ],
        Language::English => [
            "Register",
            "Lines",
            "Used",
            "Set aside",
            "Same row again",
            "Undated",
            &after,
            "Dated after the index date",
            "No code",
            "Unknown code",
            "Patients",
            "Not in the patient list",
            "Passing guests",
            "Deceased",
        ],
    };
    words.map(str::to_owned).to_vec()
}

/// Title of the table of reasons.
#[must_use]
pub fn reasons_title(language: Language) -> &'static str {
    pick(language, "Linjer sat til side", "Lines set aside")
}

/// Its headings.
#[must_use]
pub fn reason_headings(language: Language) -> Vec<String> {
    let words = match language {
        Language::Danish => ["Register", "Grund", "Linjer"],
        Language::English => ["Register", "Reason", "Lines"],
    };
    words.map(str::to_owned).to_vec()
}

/// Title of the table of unknown codes.
#[must_use]
pub fn unknown_title(language: Language) -> &'static str {
    pick(
        language,
        "Koder, der ikke har registrets form: de hyppigste",
        "Codes without the form of the register: the most frequent",
    )
}

/// Its headings.
#[must_use]
pub fn unknown_headings(language: Language) -> Vec<String> {
    let words = match language {
        Language::Danish => ["Register", "Kode", "Rækker"],
        Language::English => ["Register", "Code", "Rows"],
    };
    words.map(str::to_owned).to_vec()
}

/// Title of the drawing.
#[must_use]
pub fn months_title(language: Language) -> &'static str {
    pick(language, "Rækker pr. måned", "Rows per month")
}

/// What it shows.
#[must_use]
pub fn months_lead(language: Language) -> &'static str {
    pick(
        language,
        "60 måneder til og med udtrækkets måned. Højden følger registrets største måned; en skrå \
         streg er en måned uden rækker.",
        "60 months up to the month of the export. The height follows the largest month of the \
         register; a slanted line is a month without rows.",
    )
}

/// Title of the drawing in numbers.
#[must_use]
pub fn numbers_title(language: Language) -> &'static str {
    pick(language, "Måneder som tabel", "Months as a table")
}

/// Month, before, after, undated, in all.
#[must_use]
pub const fn number_headings(language: Language) -> [&'static str; 5] {
    match language {
        Language::Danish => ["Måned", "Før", "Efter", "Uden dato", "I alt"],
        Language::English => ["Month", "Before", "After", "Undated", "In all"],
    }
}

/// A register's months in words.
#[must_use]
pub fn months(months: &Months, undated: u64, language: Language) -> String {
    let shown: u64 = months.rows.iter().sum();
    let mut parts = vec![match language {
        Language::Danish => format!("{} rækker i de viste måneder", number(shown, language)),
        Language::English => format!("{} rows in the months shown", number(shown, language)),
    }];
    for (count, danish, english) in [
        (months.before, "før", "before"),
        (months.after, "efter", "after"),
        (undated, "uden dato", "undated"),
    ] {
        if count > 0 {
            parts.push(format!("{} {}", number(count, language), pick(language, danish, english)));
        }
    }
    let rows = format!("{}.", parts.join(", "));
    if months.gaps.is_empty() {
        return rows;
    }
    let name = |month: usize| month_and_year(months.day(month), language);
    let run = |(first, last): &(usize, usize)| match first == last {
        true => name(*first),
        false => format!("{} {} {}", name(*first), pick(language, "til", "to"), name(*last)),
    };
    let runs: Vec<String> = months.gaps.iter().map(run).collect();
    let without = pick(language, "Uden rækker:", "Without rows:");
    format!("{rows} {without} {}.", and_list(&runs, language).trim_end_matches('.'))
}

/// Title of the work lists.
#[must_use]
pub fn missing_title(language: Language) -> &'static str {
    pick(language, "Måske manglende kode", "Perhaps a missing code")
}

/// What they say.
#[must_use]
pub fn missing_lead(language: Language) -> &'static str {
    pick(
        language,
        "Patienter, der får medicinen, men ikke har koden i udtrækket. Det siger kun, hvad der er \
         registreret; medicinen kan være givet mod andet.",
        "Patients who get the medicine but do not have the code in the export. It only says what \
         is registered; the medicine may be given for something else.",
    )
}

/// »14 patienter. 2 kan ikke afgøres.«
#[must_use]
pub fn work(row: &ProfileRow, language: Language) -> String {
    if !row.remark.is_empty() && row.members == 0 {
        return row.remark.clone();
    }
    let one = row.members == 1;
    let patients = match (one, language) {
        (true, Language::Danish) => "patient",
        (false, Language::Danish) => "patienter",
        (true, Language::English) => "patient",
        (false, Language::English) => "patients",
    };
    let said = format!("{} {patients}.", row.members_text);
    if row.undecided == 0 {
        return said;
    }
    let undecided = number(row.undecided, language);
    format!("{said} {undecided} {}.", pick(language, "kan ikke afgøres", "cannot be decided"))
}

/// Title of the profiles' codes.
#[must_use]
pub fn codes_title(language: Language) -> &'static str {
    pick(language, "Koder i profilerne", "Codes of the profiles")
}

/// What stands below, and how many profiles do not.
#[must_use]
pub fn codes_lead(without: u64, language: Language) -> String {
    let count = number(without, language);
    match language {
        Language::Danish => format!(
            "Koder, som profilen spørger til, og som findes 0 gange i filen, og koder i filen lige \
             ved siden af dem, som profilen ikke spørger til. Profiler uden bemærkning: {count}."
        ),
        Language::English => format!(
            "Codes that the profile asks for and that occur 0 times in the file, and codes of the \
             file right beside them that it does not ask for. Profiles without remark: {count}."
        ),
    }
}

/// »Medicin findes ikke i udtrækket: koderne kan ikke tælles.«
#[must_use]
pub fn absent_registers(names: &[String], language: Language) -> String {
    let names = and_list(names, language);
    match language {
        Language::Danish => format!("{names} findes ikke i udtrækket: koderne kan ikke tælles."),
        Language::English => {
            format!("Not in the export: {}. Codes not counted.", lower_first(&names))
        }
    }
}

/// Codes that occur 0 times.
#[must_use]
pub fn zero(codes: &[String], asked: u64, language: Language) -> String {
    let (few, all) = (number(codes.len() as u64, language), number(asked, language));
    let codes = codes.join("; ");
    match language {
        Language::Danish => format!("{few} af {all} koder findes 0 gange: {codes}."),
        Language::English => format!("{few} of {all} codes occur 0 times: {codes}."),
    }
}

/// Codes beside those asked for.
#[must_use]
pub fn siblings(codes: &[String], language: Language) -> String {
    let begin = pick(language, "Ved siden af profilens koder:", "Beside the profile's codes:");
    format!("{begin} {}.", codes.join("; "))
}

/// »P70 demens (12)«.
#[must_use]
pub fn with_rows(code: &str, rows: u64, language: Language) -> String {
    format!("{code} ({})", number(rows, language))
}
