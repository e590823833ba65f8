//! The records of a test patient, key by key, as cells of an export.

use toml::de::DeValue;

use crate::note::Said;
use crate::schema::{Field, Register};

use super::report::Report;
use super::section::Section;
use super::value::{Value, day_of, number_text, wrong_date, wrong_type};

/// A field and its text.
pub(super) type Cell = (Field, String);

/// How the value of a record key becomes text.
#[derive(Clone, Copy)]
enum Form {
    Text,
    Date,
    Number,
    /// Laboratory answer: text as written, or a number.
    Answer,
    YesNo,
    /// Present only when true.
    AsNeeded,
    /// A number with its unit in a second field.
    Dose(&'static str),
}

type RecordKey = (&'static str, Field, Form);

/// Keys that records of every register have.
const COMMON: &[RecordKey] = &[
    ("kode", Field::Kode, Form::Text),
    ("dato", Field::Dato, Form::Date),
    ("slut", Field::Slutdato, Form::Date),
    ("status", Field::Status, Form::Text),
    ("nr", Field::Nr, Form::Number),
];

const MEDICINE: &[RecordKey] = &[
    ("start", Field::Startdato, Form::Date),
    ("dage", Field::Dage, Form::Number),
    ("aaben", Field::Aaben, Form::YesNo),
    ("pn", Field::Doseringstype, Form::AsNeeded),
    ("doegndosis_mg", Field::Doegndosis, Form::Dose("mg")),
    ("ug_pr_time", Field::Doegndosis, Form::Dose("ug/t")),
    ("doegndosis", Field::Doegndosis, Form::Answer),
    ("enhed", Field::Doseringsenhed, Form::Text),
    ("dosering", Field::Dosering, Form::Text),
    ("styrke", Field::Styrke, Form::Text),
    ("antal_pakninger", Field::AntalPakninger, Form::Number),
    ("pakning", Field::Pakningsstoerrelse, Form::Text),
    ("ddd", Field::Ddd, Form::Number),
    ("vej", Field::Administrationsvej, Form::Text),
    ("form", Field::Form, Form::Text),
    ("dosisdispenseret", Field::Dosisdispensering, Form::YesNo),
];

const LABORATORY: &[RecordKey] = &[
    ("vaerdi", Field::Vaerdi, Form::Answer),
    ("enhed", Field::Enhed, Form::Text),
    ("ref_nedre", Field::RefNedre, Form::Number),
    ("ref_oevre", Field::RefOevre, Form::Number),
];

const PATIENT: &[RecordKey] = &[
    ("foedt", Field::Foedselsdato, Form::Date),
    ("koen", Field::Koen, Form::Text),
    ("doed", Field::DoedDato, Form::Date),
    ("status", Field::Status, Form::Text),
    ("sikringsgruppe", Field::Sikringsgruppe, Form::Answer),
    ("postnr", Field::Postnummer, Form::Answer),
    ("tilmeldt", Field::TilmeldtDato, Form::Date),
    ("ydernummer", Field::Ydernummer, Form::Answer),
];

/// The keys of a register's records.
fn record_keys(register: Register) -> Vec<RecordKey> {
    let own = match register {
        Register::Patient => return PATIENT.to_vec(),
        Register::Medicin => MEDICINE,
        Register::Proeve => LABORATORY,
        _ => &[],
    };
    let name = register.descriptive_fields().first().map(|field| ("navn", *field, Form::Text));
    COMMON.iter().chain(own).copied().chain(name).collect()
}

/// The cells of one record, in the order of its keys.
pub(super) fn cells(
    report: &mut Report<'_>,
    section: &Section<'_, '_>,
    register: Register,
) -> Vec<Cell> {
    let keys = record_keys(register);
    let mut cells = Vec::new();
    for (written, span, value) in section.entries() {
        let Some((_, field, form)) = keys.iter().find(|(key, ..)| *key == written) else {
            let said = Said::new(
                format!("ukendt nøgle »{written}« i en {}række", register.name()),
                format!("unknown key `{written}` in a `{}` record", register.name()),
            );
            let hint = report.did_you_mean(written, keys.iter().map(|(key, ..)| *key));
            report.error_with("unknown-key", &span, said, hint);
            continue;
        };
        let Some(text) = cell(report, written, value, *form) else { continue };
        match form {
            Form::AsNeeded if text.is_empty() => continue,
            Form::Dose(unit) => cells.push((Field::Doseringsenhed, (*unit).to_owned())),
            _ => {}
        }
        cells.push((*field, text));
    }
    let dosed = cells.iter().filter(|(field, _)| *field == Field::Doegndosis).count();
    if dosed > 1 {
        let said = Said::new(
            "doegndosis_mg og ug_pr_time kan ikke stå sammen",
            "doegndosis_mg and ug_pr_time cannot stand together",
        );
        report.error("conflicting-keys", &section.key_span("ug_pr_time"), said);
    }
    cells
}

/// The text that an export would have.
fn cell(report: &mut Report<'_>, key: &str, value: &Value<'_>, form: Form) -> Option<String> {
    let found = value.get_ref();
    match (form, found) {
        (Form::Text | Form::Date | Form::Answer, DeValue::String(text)) => Some(text.to_string()),
        (Form::Number, DeValue::String(text)) if key == "nr" => Some(text.to_string()),
        (Form::Date, _) => {
            let day = day_of(found);
            if day.is_none() {
                wrong_date(report, value);
            }
            day.map(|day| day.to_string())
        }
        (Form::Answer | Form::Number | Form::Dose(_), _) => number(report, key, value),
        (Form::YesNo, DeValue::Boolean(flag)) => Some(if *flag { "ja" } else { "nej" }.into()),
        (Form::AsNeeded, DeValue::Boolean(flag)) => Some(if *flag { "pn" } else { "" }.into()),
        (Form::YesNo | Form::AsNeeded, _) => {
            wrong_type(report, value.span(), key, "true eller false", "true or false", found);
            None
        }
        (Form::Text, _) => {
            wrong_type(report, value.span(), key, "tekst i anførselstegn", "quoted text", found);
            None
        }
    }
}

/// A number as exports write it, or a complaint.
pub(super) fn number(report: &mut Report<'_>, key: &str, value: &Value<'_>) -> Option<String> {
    let text = number_text(value.get_ref());
    if text.is_none() {
        wrong_type(report, value.span(), key, "et tal", "a number", value.get_ref());
    }
    text
}
