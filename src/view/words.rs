//! Numbers, dates and the schema's names as people write them, in both languages.

use crate::amount::Amount;
use crate::day::Day;
use crate::note::Language;
use crate::schema::{Field, Register};

/// One of two words or sentences.
pub(crate) fn pick<'a>(language: Language, danish: &'a str, english: &'a str) -> &'a str {
    match language {
        Language::Danish => danish,
        Language::English => english,
    }
}

/// `1.234` or `1,234`.
#[must_use]
pub fn number(number: u64, language: Language) -> String {
    group(&number.to_string(), pick(language, ".", ","))
}

/// `1.234,5` or `1,234.5`, without needless zeros.
#[must_use]
pub fn amount(amount: Amount, language: Language) -> String {
    let text = amount.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("−", rest));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = group(whole, pick(language, ".", ","));
    let mark = if decimals.is_empty() { "" } else { pick(language, ",", ".") };
    format!("{sign}{whole}{mark}{decimals}")
}

/// `part` per 1,000 of `whole`, one decimal, rounded half up; `None` when `whole` is 0.
#[must_use]
pub fn per_thousand(part: u64, whole: u64, language: Language) -> Option<String> {
    per(part, whole, 1_000, language)
}

/// `part` per so many of `whole`, one decimal, rounded half up; `None` when `whole` is 0.
#[must_use]
pub fn per(part: u64, whole: u64, many: i64, language: Language) -> Option<String> {
    let scale = u64::try_from(many).ok()?.checked_mul(20)?;
    let tenths = part.checked_mul(scale)?.checked_add(whole)?.checked_div(whole.checked_mul(2)?)?;
    let whole = number(tenths / 10, language);
    Some(format!("{whole}{}{}", pick(language, ",", "."), tenths % 10))
}

fn group(digits: &str, mark: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(mark);
        }
        text.push(digit);
    }
    text
}

/// `4,1 MB`, from bytes; one decimal, decimal megabytes.
#[must_use]
pub fn megabytes(bytes: u64, language: Language) -> String {
    let tenths = (bytes + 50_000) / 100_000;
    format!("{}{}{}", number(tenths / 10, language), pick(language, ",", "."), tenths % 10)
}

/// »maj 1998«.
#[must_use]
pub fn month_and_year(day: Day, language: Language) -> String {
    let (year, month, _) = day.ymd();
    let names = match language {
        Language::Danish => &DANISH_MONTHS,
        Language::English => &ENGLISH_MONTHS,
    };
    let name = names.get(month as usize - 1).copied().unwrap_or_default();
    format!("{name} {year}")
}

const DANISH_MONTHS: [&str; 12] = [
    "jan.", "feb.", "marts", "april", "maj", "juni", "juli", "aug.", "sept.", "okt.", "nov.",
    "dec.",
];
const ENGLISH_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A small number as a word: »to«; larger ones as digits.
#[must_use]
pub fn small_number(number: usize, language: Language) -> String {
    let danish = ["nul", "ét", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"];
    let english =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let words = match language {
        Language::Danish => danish,
        Language::English => english,
    };
    words.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// »a, b og c«.
#[must_use]
pub fn and_list(items: &[String], language: Language) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => {
            format!("{} {} {last}", first.join(", "), pick(language, "og", "and"))
        }
    }
}

/// The first letter small, unless the word is a code or an abbreviation (`EKG`, `P70`).
#[must_use]
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let word = text.split_whitespace().next().unwrap_or_default();
    let small = word.chars().skip(1).all(|c| !c.is_uppercase() && !c.is_ascii_digit());
    if small { first.to_lowercase().chain(letters).collect() } else { text.to_owned() }
}

/// The first letter large.
#[must_use]
pub fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Name of a register: »Diagnoser«.
#[must_use]
pub fn register(register: Register, language: Language) -> &'static str {
    match (register, language) {
        (Register::Patient, Language::Danish) => "Patienter",
        (Register::Patient, Language::English) => "Patients",
        (Register::Diagnose, Language::Danish) => "Diagnoser",
        (Register::Diagnose, Language::English) => "Diagnoses",
        (Register::Medicin, Language::Danish) => "Medicin",
        (Register::Medicin, Language::English) => "Medicines",
        (Register::Proeve, Language::Danish) => "Prøver",
        (Register::Proeve, Language::English) => "Laboratory results",
        (Register::Ydelse, Language::Danish) => "Ydelser",
        (Register::Ydelse, Language::English) => "Services",
        (Register::Aftale, Language::Danish) => "Aftaler",
        (Register::Aftale, Language::English) => "Appointments",
        (Register::Henvisning, Language::Danish) => "Henvisninger",
        (Register::Henvisning, Language::English) => "Referrals",
    }
}

/// Names of registers in a sentence: »prøver og ydelser«.
#[must_use]
pub fn registers(of: &[Register], language: Language) -> String {
    let names: Vec<String> = of.iter().map(|r| register(*r, language).to_lowercase()).collect();
    and_list(&names, language)
}

/// One row of a register, definite: »Diagnosen«.
#[must_use]
pub fn row_of(register: Register, language: Language) -> &'static str {
    match (register, language) {
        (Register::Patient, Language::Danish) => "Patientrækken",
        (Register::Patient, Language::English) => "The patient row",
        (Register::Diagnose, Language::Danish) => "Diagnosen",
        (Register::Diagnose, Language::English) => "The diagnosis",
        (Register::Medicin, Language::Danish) => "Ordinationen",
        (Register::Medicin, Language::English) => "The prescription",
        (Register::Proeve, Language::Danish) => "Prøven",
        (Register::Proeve, Language::English) => "The laboratory result",
        (Register::Ydelse, Language::Danish) => "Ydelsen",
        (Register::Ydelse, Language::English) => "The service",
        (Register::Aftale, Language::Danish) => "Aftalen",
        (Register::Aftale, Language::English) => "The appointment",
        (Register::Henvisning, Language::Danish) => "Henvisningen",
        (Register::Henvisning, Language::English) => "The referral",
    }
}

/// A field as a heading; the machine name where there is no better word.
#[must_use]
pub fn field(field: Field, language: Language) -> String {
    let (danish, english) = match field {
        Field::Cpr => ("CPR", "CPR"),
        Field::Navn => ("navn", "name"),
        Field::Foedselsdato => ("fødselsdato", "birth date"),
        Field::Koen => ("køn", "sex"),
        Field::Adresse => ("adresse", "address"),
        Field::Postnummer => ("postnummer", "postal code"),
        Field::Sikringsgruppe => ("sikringsgruppe", "insurance group"),
        Field::TilmeldtDato => ("tilmeldt dato", "listed since"),
        Field::Kode => ("kode", "code"),
        Field::Dato => ("dato", "date"),
        Field::Slutdato => ("slutdato", "end date"),
        Field::Vaerdi => ("svar", "answer"),
        Field::Enhed => ("enhed", "unit"),
        Field::RefNedre => ("nedre referencegrænse", "lower reference limit"),
        Field::RefOevre => ("øvre referencegrænse", "upper reference limit"),
        Field::Administrationsvej => ("administrationsvej", "route of administration"),
        Field::Dosisdispensering => ("dosisdispensering", "dose dispensing"),
        Field::Doegndosis => ("døgndosis", "daily dose"),
        Field::Form => ("lægemiddelform", "pharmaceutical form"),
        Field::Ddd => ("antal DDD", "number of DDDs"),
        Field::Icd10 => ("ICD-10", "ICD-10"),
        Field::Fornavn => ("fornavn", "given name"),
        Field::Efternavn => ("efternavn", "surname"),
        Field::EgenLaegeYdernummer => ("egen læges ydernummer", "own doctor's number"),
        Field::DoedDato => ("dødsdato", "date of death"),
        Field::BopaelType => ("bopælstype", "kind of residence"),
        Field::Pakningsstoerrelse => ("pakningsstørrelse", "package size"),
        Field::Klokkeslaet => ("klokkeslæt", "time of day"),
        Field::Udloeb => ("udløb", "expiry"),
        Field::Tekst => ("tekst", "text"),
        Field::Styrke => ("styrke", "strength"),
        Field::Startdato => ("startdato", "start date"),
        Field::UdleveretDato => ("udleveret dato", "date of dispensing"),
        other => return other.name().replace('_', " "),
    };
    pick(language, danish, english).to_owned()
}

/// Name of an encoding.
#[must_use]
pub fn encoding(name: &'static str, language: Language) -> &'static str {
    match (name, language) {
        ("UTF-8 med BOM", Language::English) => "UTF-8 with BOM",
        (name, _) => name,
    }
}

/// What separates the columns: »semikolon«.
#[must_use]
pub fn separator(character: char, language: Language) -> String {
    let (danish, english) = match character {
        ';' => ("semikolon", "semicolon"),
        ',' => ("komma", "comma"),
        '\t' => ("tabulator", "tab"),
        '|' => ("lodret streg", "vertical bar"),
        other => return other.to_string(),
    };
    pick(language, danish, english).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Danish, English};

    #[test]
    fn numbers_have_the_marks_of_the_language() {
        assert_eq!(number(168_646, Danish), "168.646");
        assert_eq!(number(1_234_567, English), "1,234,567");
        assert_eq!(number(999, Danish), "999");
        assert_eq!(amount(Amount(-1_234_500_000), Danish), "−1.234,5");
        assert_eq!(amount(Amount(60_000_000), English), "60");
        assert_eq!(megabytes(4_149_999, Danish), "4,1");
    }

    #[test]
    fn per_thousand_rounds_half_up_and_has_no_value_without_patients() {
        assert_eq!(per_thousand(138, 2412, Danish).as_deref(), Some("57,2"));
        assert_eq!(per_thousand(1, 20_000, English).as_deref(), Some("0.1"));
        assert_eq!(per_thousand(5, 0, Danish), None);
    }

    #[test]
    fn lists_read_as_sentences() {
        let items = ["14".to_owned(), "22".to_owned(), "31".to_owned()];
        assert_eq!(and_list(&items, Danish), "14, 22 og 31");
        assert_eq!(and_list(&items[..1], Danish), "14");
        assert_eq!(registers(&[Register::Proeve, Register::Ydelse], Danish), "prøver og ydelser");
    }

    #[test]
    fn only_ordinary_words_lose_their_capital() {
        assert_eq!(lower_first("Opioid inden for 6 måneder"), "opioid inden for 6 måneder");
        assert_eq!(lower_first("EKG taget"), "EKG taget");
        assert_eq!(lower_first("Q90 registreret"), "Q90 registreret");
        assert_eq!(upper_first("ældre"), "Ældre");
    }

    #[test]
    fn months_are_named() {
        assert_eq!(month_and_year(Day::from_ymd(1998, 5, 1).unwrap(), Danish), "maj 1998");
        assert_eq!(month_and_year(Day::from_ymd(2026, 11, 1).unwrap(), English), "Nov 2026");
    }
}
