//! What is said about a patient: name, age, sex.

use crate::amount::Amount;
use crate::cpr::Sex;
use crate::day::Day;
use crate::note::Language;
use crate::records::{PatientId, Patients, Standing};
use crate::schema::Field;
use crate::view::cell::NONE;
use crate::view::words::{amount, pick};

/// Name as registered; `None` where the export has none.
#[must_use]
pub fn name(patients: &Patients, patient: PatientId) -> Option<String> {
    let whole = patients.text(patient, Field::Navn);
    if !whole.is_empty() {
        return Some(whole.to_owned());
    }
    let parts = [patients.text(patient, Field::Fornavn), patients.text(patient, Field::Efternavn)];
    let name = parts.join(" ").trim().to_owned();
    (!name.is_empty()).then_some(name)
}

/// Name, or »navn ukendt«.
#[must_use]
pub fn name_shown(patients: &Patients, patient: PatientId, language: Language) -> String {
    name(patients, patient)
        .unwrap_or_else(|| pick(language, "navn ukendt", "name unknown").to_owned())
}

/// Completed years on a day; `None` if the birth date is not known or later.
#[must_use]
pub fn age(patients: &Patients, patient: PatientId, on: Day) -> Option<i32> {
    patients.birth(patient).map(|birth| birth.years_until(on)).filter(|years| *years >= 0)
}

/// »kvinde, 78 år«; what is not known is left out, »–« if nothing is.
#[must_use]
pub fn summary(patients: &Patients, patient: PatientId, on: Day, language: Language) -> String {
    let sex = patients.sex(patient).map(|sex| sex_word(sex, language).to_owned());
    let age = age(patients, patient, on).map(|years| years_shown(years, language));
    let known: Vec<String> = [sex, age].into_iter().flatten().collect();
    if known.is_empty() { NONE.to_owned() } else { known.join(", ") }
}

/// »9 præparater«.
#[must_use]
pub fn medicines(count: Amount, at_least: bool, language: Language) -> String {
    let (danish, english) = match count == Amount::whole(1) {
        true => ("præparat", "medicine"),
        false => ("præparater", "medicines"),
    };
    let bound = if at_least { pick(language, "mindst ", "at least ") } else { "" };
    format!("{bound}{} {}", amount(count, language), pick(language, danish, english))
}

/// Why a patient is not looked at, in a word: »passant«.
#[must_use]
pub fn standing(standing: Standing, language: Language) -> &'static str {
    let (danish, english) = match standing {
        Standing::Listed => ("tilmeldt", "listed"),
        Standing::Passant => ("passant", "passing guest"),
        Standing::Moved => ("fraflyttet", "moved away"),
        Standing::Dead => ("afdød", "deceased"),
        Standing::Other => ("anden status", "other status"),
        Standing::NotInRegister => ("ikke i patientlisten", "not in the patient list"),
    };
    pick(language, danish, english)
}

/// »kvinde«.
pub(crate) fn sex_word(sex: Sex, language: Language) -> &'static str {
    match sex {
        Sex::Female => pick(language, "kvinde", "woman"),
        Sex::Male => pick(language, "mand", "man"),
    }
}

fn years_shown(years: i32, language: Language) -> String {
    match language {
        Language::Danish => format!("{years} år"),
        Language::English if years == 1 => "1 year".to_owned(),
        Language::English => format!("{years} years"),
    }
}
