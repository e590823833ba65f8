//! Sentences of the import report.

use std::collections::BTreeMap;

use crate::note::Language;
use crate::records::{Ledger, Standing};
use crate::schema::Register;
use crate::view::words::{and_list, number, pick, register};
use crate::view::{RemarkKind, RemarkView};

/// »168.646 linjer i 6 filer = 8 overskrift + 2 tomme + 14 fortsættelser + 168.394 brugt + 228 sat
/// til side. Regnskabet stemmer.«
#[must_use]
pub fn account(total: &Ledger, files: usize, language: Language) -> String {
    let n = |count| number(count, language);
    let (physical, header, blank) = (n(total.physical), n(total.header), n(total.blank));
    let (further, used, aside) = (n(total.continuation), n(total.used), n(total.set_aside));
    let balance = match total.balanced() {
        true => pick(language, "Regnskabet stemmer.", "The account balances."),
        false => pick(language, "Regnskabet stemmer ikke.", "The account does not balance."),
    };
    let one = |count: u64, one, many| if count == 1 { one } else { many };
    let word = self::files(files, language);
    match language {
        Language::Danish => {
            let lines = one(total.physical, "linje", "linjer");
            let (empty, more) = (
                one(total.blank, "tom", "tomme"),
                one(total.continuation, "fortsættelse", "fortsættelser"),
            );
            format!(
                "{physical} {lines} i {files} {word} = {header} overskrift + {blank} {empty} + {further} {more} + {used} brugt + {aside} sat til side. {balance}"
            )
        }
        Language::English => {
            let lines = one(total.physical, "line", "lines");
            format!(
                "{physical} {lines} in {files} {word} = {header} header + {blank} blank + {further} continuation + {used} used + {aside} set aside. {balance}"
            )
        }
    }
}

/// »filer«.
#[must_use]
pub fn files(count: usize, language: Language) -> &'static str {
    match count {
        1 => pick(language, "fil", "file"),
        _ => pick(language, "filer", "files"),
    }
}

/// »2.412 tilmeldte, 61 afdøde, 23 passanter«.
#[must_use]
pub fn standings(counts: &BTreeMap<Standing, u64>, language: Language) -> String {
    let order = [
        Standing::Listed,
        Standing::Dead,
        Standing::Moved,
        Standing::Passant,
        Standing::Other,
        Standing::NotInRegister,
    ];
    let mut parts = Vec::new();
    for standing in order {
        let count = counts.get(&standing).copied().unwrap_or(0);
        if count > 0 || standing == Standing::Listed {
            parts.push(format!(
                "{} {}",
                number(count, language),
                people(standing, count, language)
            ));
        }
    }
    parts.join(", ")
}

fn people(standing: Standing, count: u64, language: Language) -> &'static str {
    let one = count == 1;
    match standing {
        Standing::Listed => pick(language, if one { "tilmeldt" } else { "tilmeldte" }, "listed"),
        Standing::Dead => pick(language, if one { "afdød" } else { "afdøde" }, "deceased"),
        Standing::Moved => {
            pick(language, if one { "fraflyttet" } else { "fraflyttede" }, "moved away")
        }
        Standing::Passant => pick(
            language,
            if one { "passant" } else { "passanter" },
            if one { "passing guest" } else { "passing guests" },
        ),
        Standing::Other => pick(language, "med anden status", "with another status"),
        Standing::NotInRegister => pick(
            language,
            "har rækker, men står ikke i listen",
            "have rows but are not in the list",
        ),
    }
}

fn remark(kind: RemarkKind, lead: String, text: &str) -> RemarkView {
    RemarkView { kind, lead, text: text.to_owned() }
}

/// »Henvisninger findes ikke i udtrækket. 2 profiler spørger til dem. Svaret bliver »ukendt«, ikke
/// »nej«.«
#[must_use]
pub fn missing_register(missing: Register, asking: u64, language: Language) -> RemarkView {
    let lead = crate::view::text_why::register_missing(missing, language);
    let count = number(asking, language);
    let them = if missing == Register::Medicin { "den" } else { "dem" };
    match (language, asking) {
        (Language::Danish, 0) => {
            remark(RemarkKind::Info, lead, &format!("Ingen profil spørger til {them}."))
        }
        (Language::English, 0) => remark(RemarkKind::Info, lead, "No profile asks for them."),
        (Language::Danish, _) => {
            let word = if asking == 1 { "profil" } else { "profiler" };
            let text =
                format!("{count} {word} spørger til {them}. Svaret bliver »ukendt«, ikke »nej«.");
            remark(RemarkKind::Unknown, lead, &text)
        }
        (Language::English, _) => {
            let word = if asking == 1 { "profile asks" } else { "profiles ask" };
            let text = format!("{count} {word} for them. The answer will be “unknown”, not “no”.");
            remark(RemarkKind::Unknown, lead, &text)
        }
    }
}

/// »Der er ingen patientliste. Alle med mindst én række er regnet med …«
#[must_use]
pub fn no_patient_list(language: Language) -> RemarkView {
    match language {
        Language::Danish => remark(
            RemarkKind::Unknown,
            "Der er ingen patientliste.".into(),
            "Alle med mindst én række er regnet med. Tal pr. 1.000 vises ikke.",
        ),
        Language::English => remark(
            RemarkKind::Unknown,
            "There is no patient list.".into(),
            "Everyone with at least one row is counted. Figures per 1,000 are not shown.",
        ),
    }
}

/// »1.377 ordinationer mangler slutdato. 90 dage er antaget og mærket, hvor det bruges.«
#[must_use]
pub fn assumed_ends(count: u64, language: Language) -> RemarkView {
    let n = number(count, language);
    match language {
        Language::Danish => {
            let word = if count == 1 { "ordination" } else { "ordinationer" };
            let text = "En varighed er antaget efter profilens regel og mærket, hvor det bruges.";
            remark(RemarkKind::Assumed, format!("{n} {word} mangler slutdato."), text)
        }
        Language::English => {
            let word = if count == 1 { "prescription has" } else { "prescriptions have" };
            let text = "A duration is assumed by the profile's rule and marked where it is used.";
            remark(RemarkKind::Assumed, format!("{n} {word} no end date."), text)
        }
    }
}

/// »12 datoer kan ikke læses (laboratorie.csv). Rækkerne er brugt som rækker uden dato.«
#[must_use]
pub fn unreadable_dates(count: u64, files: &str, language: Language) -> RemarkView {
    let n = number(count, language);
    match language {
        Language::Danish => {
            let word = if count == 1 { "dato" } else { "datoer" };
            let lead = format!("{n} {word} kan ikke læses ({files}).");
            remark(RemarkKind::Unknown, lead, "Rækkerne er brugt, men uden den dato.")
        }
        Language::English => {
            let word = if count == 1 { "date" } else { "dates" };
            let lead = format!("{n} {word} cannot be read ({files}).");
            remark(RemarkKind::Unknown, lead, "The rows are used, but without that date.")
        }
    }
}

/// »3 tal med punktum kan læses på to måder (1.234) …«
#[must_use]
pub fn ambiguous_numbers(count: u64, files: &str, language: Language) -> RemarkView {
    let n = number(count, language);
    match language {
        Language::Danish => {
            let lead = format!("{n} tal med punktum kan læses på to måder, som 1.234 ({files}).");
            remark(RemarkKind::Unknown, lead, "Svaret bliver »ukendt«, hvor tallet afgør det.")
        }
        Language::English => {
            let word = if count == 1 { "number" } else { "numbers" };
            let lead =
                format!("{n} {word} with a point can be read in two ways, like 1.234 ({files}).");
            remark(RemarkKind::Unknown, lead, "The answer will be “unknown” where it decides.")
        }
    }
}

/// »12 rækker i diagnoser har ingen kode. En profil, der spørger til koder, finder dem ikke.«
#[must_use]
pub fn without_code(of: Register, count: u64, language: Language) -> RemarkView {
    let (n, name) = (number(count, language), register(of, language).to_lowercase());
    match language {
        Language::Danish => {
            let word = if count == 1 { "række" } else { "rækker" };
            let lead = format!("{n} {word} i {name} har ingen kode.");
            remark(RemarkKind::Info, lead, "En profil, der spørger til koder, finder dem ikke.")
        }
        Language::English => {
            let word = if count == 1 { "row has" } else { "rows have" };
            let lead = format!("In {name}, {n} {word} no code.");
            remark(RemarkKind::Info, lead, "A profile that asks for codes does not find them.")
        }
    }
}

/// »92 rækker står der to gange og tæller én gang.«
#[must_use]
pub fn duplicates(count: u64, language: Language) -> RemarkView {
    let n = number(count, language);
    match language {
        Language::Danish => {
            let lead = if count == 1 {
                "1 række er en gentagelse.".to_owned()
            } else {
                format!("{n} rækker er gentagelser.")
            };
            remark(RemarkKind::Info, lead, "Samme række flere gange tæller én gang.")
        }
        Language::English => {
            let lead = if count == 1 {
                "1 row is a repetition.".to_owned()
            } else {
                format!("{n} rows are repetitions.")
            };
            remark(RemarkKind::Info, lead, "The same row several times counts once.")
        }
    }
}

/// A remark of the reader about one file.
#[must_use]
pub fn of_file(file: &str, text: &str) -> RemarkView {
    remark(RemarkKind::Info, format!("{file}:"), text)
}

/// »»Kode2« i diagnoser.csv er ikke brugt.«
#[must_use]
pub fn unused_columns(file: &str, headings: &[String], language: Language) -> RemarkView {
    let (open, close) = (pick(language, "»", "“"), pick(language, "«", "”"));
    let quoted: Vec<String> = headings.iter().map(|h| format!("{open}{h}{close}")).collect();
    let names = and_list(&quoted, language);
    let lead = match language {
        Language::Danish => format!("{names} i {file} er ikke brugt."),
        Language::English if headings.len() == 1 => format!("{names} in {file} is not used."),
        Language::English => format!("{names} in {file} are not used."),
    };
    remark(RemarkKind::Info, lead, "")
}

/// »Læser medicin.csv: 21.400 linjer, 4,1 af 7,8 MB«.
#[must_use]
pub fn progress(file: &str, lines: u64, bytes: u64, size: u64, language: Language) -> String {
    let (n, mb) = (number(lines, language), |b| crate::view::words::megabytes(b, language));
    match language {
        Language::Danish => format!("Læser {file}: {n} linjer, {} af {} MB", mb(bytes), mb(size)),
        Language::English => format!("Reading {file}: {n} lines, {} of {} MB", mb(bytes), mb(size)),
    }
}

/// »Læser udtraek.zip: 4,1 af 7,8 MB«.
#[must_use]
pub fn progress_whole(file: &str, bytes: u64, size: u64, language: Language) -> String {
    let mb = |bytes| crate::view::words::megabytes(bytes, language);
    match language {
        Language::Danish => format!("Læser {file}: {} af {} MB", mb(bytes), mb(size)),
        Language::English => format!("Reading {file}: {} of {} MB", mb(bytes), mb(size)),
    }
}

/// Registers that the export has of the seven: »6 af 7 datatyper«.
#[must_use]
pub fn registers_present(present: &[Register], language: Language) -> String {
    let names: Vec<String> =
        present.iter().map(|r| register(*r, language).to_lowercase()).collect();
    format!("{} {} 7: {}", present.len(), pick(language, "af", "of"), and_list(&names, language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Danish, English};

    #[test]
    fn the_account_reads_as_an_equation() {
        let total = Ledger {
            physical: 168_646,
            header: 8,
            blank: 2,
            continuation: 14,
            used: 168_394,
            set_aside: 228,
        };
        assert_eq!(
            account(&total, 6, Danish),
            "168.646 linjer i 6 filer = 8 overskrift + 2 tomme + 14 fortsættelser + 168.394 brugt + 228 sat til side. Regnskabet stemmer."
        );
        let wrong = Ledger { used: 1, ..total };
        assert!(account(&wrong, 6, English).ends_with("The account does not balance."));
    }

    #[test]
    fn standings_name_only_who_is_there() {
        let counts = BTreeMap::from([
            (Standing::Listed, 2412),
            (Standing::Dead, 61),
            (Standing::Passant, 1),
        ]);
        assert_eq!(standings(&counts, Danish), "2.412 tilmeldte, 61 afdøde, 1 passant");
        assert_eq!(standings(&BTreeMap::new(), English), "0 listed");
    }

    #[test]
    fn a_missing_register_counts_the_profiles_that_ask() {
        let remark = missing_register(Register::Henvisning, 2, Danish);
        assert_eq!(remark.lead, "Henvisninger findes ikke i udtrækket.");
        assert_eq!(remark.text, "2 profiler spørger til dem. Svaret bliver »ukendt«, ikke »nej«.");
        assert_eq!(missing_register(Register::Aftale, 0, Danish).kind, RemarkKind::Info);
    }

    #[test]
    fn progress_has_numbers_in_the_language() {
        assert_eq!(
            progress("medicin.csv", 21_400, 4_100_000, 7_800_000, Danish),
            "Læser medicin.csv: 21.400 linjer, 4,1 af 7,8 MB"
        );
    }
}
