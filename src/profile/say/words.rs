//! Small words: dates, numbers, lists, comparisons.

use crate::amount::Amount;
use crate::day::Day;
use crate::note::Language;
use crate::schema::Register;

use super::super::plan::{Op, Plan, Unit};

/// The profile that speaks, when, and in which language.
pub(super) struct Voice<'p> {
    pub(super) plan: &'p Plan,
    pub(super) index_date: Day,
    pub(super) language: Language,
}

/// One of two texts.
pub(super) fn pick<'a>(language: Language, danish: &'a str, english: &'a str) -> &'a str {
    match language {
        Language::Danish => danish,
        Language::English => english,
    }
}

/// With a full stop.
pub(super) fn ended(sentence: &str) -> String {
    if sentence.ends_with('.') { sentence.to_owned() } else { format!("{sentence}.") }
}

const DANISH_MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Voice<'_> {
    pub(super) fn pick<'a>(&self, danish: &'a str, english: &'a str) -> &'a str {
        pick(self.language, danish, english)
    }

    /// »1. juni 2025«, `1 June 2025`.
    pub(super) fn date(&self, day: Day) -> String {
        let (year, month, day) = day.ymd();
        let names = match self.language {
            Language::Danish => &DANISH_MONTHS,
            Language::English => &ENGLISH_MONTHS,
        };
        let name = names.get((month as usize).saturating_sub(1)).copied().unwrap_or_default();
        format!("{day}{} {name} {year}", self.pick(".", ""))
    }

    /// »1. juni 2025 (indeksdatoen)«.
    pub(super) fn index(&self) -> String {
        let name = self.pick("indeksdatoen", "the index date");
        format!("{} ({name})", self.date(self.index_date))
    }

    pub(super) fn amount(&self, amount: Amount) -> String {
        match self.language {
            Language::Danish => amount.danish(),
            Language::English => amount.to_string(),
        }
    }

    /// »mindst«, »højst«, »over«, »under«, »netop«.
    pub(super) fn compare(&self, op: Op) -> &'static str {
        let (danish, english) = match op {
            Op::Less => ("under", "below"),
            Op::AtMost => ("højst", "at most"),
            Op::Greater => ("over", "above"),
            Op::AtLeast => ("mindst", "at least"),
            Op::Equal => ("netop", "exactly"),
        };
        match self.language {
            Language::Danish => danish,
            Language::English => english,
        }
    }

    /// »mindst 6 måneder«.
    pub(super) fn compared_duration(&self, op: Op, number: &str, unit: Unit) -> String {
        format!("{} {}", self.compare(op), self.duration(number, unit))
    }

    /// »6 måneder«.
    pub(super) fn duration(&self, number: &str, unit: Unit) -> String {
        let one = number == "1";
        let (danish, english) = match (unit, one) {
            (Unit::Days, true) => ("dag", "day"),
            (Unit::Days, false) => ("dage", "days"),
            (Unit::Weeks, true) => ("uge", "week"),
            (Unit::Weeks, false) => ("uger", "weeks"),
            (Unit::Months, true) => ("måned", "month"),
            (Unit::Months, false) => ("måneder", "months"),
            (Unit::Years, true) => ("år", "year"),
            (Unit::Years, false) => ("år", "years"),
        };
        format!("{number} {}", self.pick(danish, english))
    }

    /// »90 dage«.
    pub(super) fn days(&self, days: i32) -> String {
        self.duration(&days.to_string(), Unit::Days)
    }

    /// »diagnose« or »diagnoser«.
    pub(super) fn records(&self, register: Register, one: bool) -> &'static str {
        let [one_da, many_da, one_en, many_en] = match register {
            Register::Patient => ["patient", "patienter", "patient", "patients"],
            Register::Diagnose => ["diagnose", "diagnoser", "diagnosis", "diagnoses"],
            Register::Medicin => {
                ["medicinpost", "medicinposter", "medicine record", "medicine records"]
            }
            Register::Proeve => ["prøve", "prøver", "laboratory result", "laboratory results"],
            Register::Ydelse => ["ydelse", "ydelser", "service", "services"],
            Register::Aftale => ["aftale", "aftaler", "appointment", "appointments"],
            Register::Henvisning => ["henvisning", "henvisninger", "referral", "referrals"],
        };
        match (self.language, one) {
            (Language::Danish, true) => one_da,
            (Language::Danish, false) => many_da,
            (Language::English, true) => one_en,
            (Language::English, false) => many_en,
        }
    }

    /// »a, b og c«.
    pub(super) fn and(&self, items: &[String]) -> String {
        list(items, self.pick("og", "and"))
    }

    /// »a, b eller c«.
    pub(super) fn or(&self, items: &[String]) -> String {
        list(items, self.pick("eller", "or"))
    }

    /// A quotation: »a« or “a”.
    pub(super) fn quoted(&self, text: &str) -> String {
        format!("{}{text}{}", self.pick("»", "“"), self.pick("«", "”"))
    }

    /// »»a« eller »b««.
    pub(super) fn any_quoted(&self, texts: &[String]) -> String {
        let quoted: Vec<String> = texts.iter().map(|text| self.quoted(text)).collect();
        self.or(&quoted)
    }
}

fn list(items: &[String], last_word: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {last_word} {last}", first.join(", ")),
    }
}
