//! `[[test]]`: a profile's own test patients. Their records become cells of an export, so that
//! they are read like the rows of a file.

use std::collections::BTreeSet;

use toml::de::DeValue;

use crate::note::Said;
use crate::schema::{Field, Register};
use crate::truth::Truth;

use super::context::Context;
use super::plan::{Column, Expected, Marker, TestPatient};
use super::report::Report;
use super::section::{Section, Value, day_of, number_text, wrong_date, wrong_type};

type Cell = (Field, String);

const KEYS: &[&str] = &[
    "navn",
    "indeksdato",
    "registre",
    "patient",
    "diagnose",
    "medicin",
    "proeve",
    "ydelse",
    "aftale",
    "henvisning",
    "forventet",
];

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

/// Reads every `[[test]]`.
pub(super) fn read_all(
    context: &mut Context<'_>,
    document: &Section<'_, '_>,
    markers: &[Marker],
    columns: &[Column],
) -> Vec<TestPatient> {
    let criteria = context.names.clone();
    let names = Names {
        criteria: criteria.iter().map(|(name, _)| name.as_str()).collect(),
        markers: markers.iter().map(|m| m.id.as_str()).collect(),
        columns: columns.iter().map(|c| c.title.as_str()).collect(),
    };
    let report = &mut context.report;
    let tables = document.tables(report, "test");
    tables.into_iter().filter_map(|table| read(report, table, &names)).collect()
}

/// What the profile has, by the names that `forventet` may use.
struct Names<'n> {
    criteria: BTreeSet<&'n str>,
    markers: BTreeSet<&'n str>,
    columns: BTreeSet<&'n str>,
}

fn read(
    report: &mut Report<'_>,
    section: Section<'_, '_>,
    names: &Names<'_>,
) -> Option<TestPatient> {
    let section = section.only(report, &[KEYS]);
    let name = section.required_text(report, "navn");
    if !section.has("indeksdato") {
        section.missing(report, "indeksdato");
    }
    let index_date = section.date(report, "indeksdato");
    let registers = registers(report, &section);
    let patient = section.table(report, "patient");
    let patient = patient.map(|table| cells(report, &table, Register::Patient));
    let rows = rows(report, &section);
    let line = report.line(&section.span);
    let expected = expected(report, &section, names);
    Some(TestPatient {
        name: name?,
        line,
        index_date: index_date?,
        registers,
        patient: patient.unwrap_or_default(),
        rows,
        expected,
    })
}

fn registers(report: &mut Report<'_>, section: &Section<'_, '_>) -> Option<Vec<Register>> {
    let names = section.texts(report, "registre")?;
    let mut found = Vec::new();
    for (name, span) in names {
        match Register::from_name(&name) {
            Some(register) => found.push(register),
            None => {
                let said = Said::new(
                    format!("ukendt register »{name}«"),
                    format!("unknown register `{name}`"),
                );
                let hint = report.did_you_mean(&name, Register::ALL.map(Register::name));
                report.error_with("unknown-register", &span, said, hint);
            }
        }
    }
    Some(found)
}

fn rows(report: &mut Report<'_>, section: &Section<'_, '_>) -> Vec<(Register, Vec<Cell>)> {
    let mut rows = Vec::new();
    for register in Register::ALL.into_iter().filter(|r| *r != Register::Patient) {
        for table in section.tables(report, register.name()) {
            rows.push((register, cells(report, &table, register)));
        }
    }
    rows
}

/// The cells of one record, in the order of its keys.
fn cells(report: &mut Report<'_>, section: &Section<'_, '_>, register: Register) -> Vec<Cell> {
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

fn number(report: &mut Report<'_>, key: &str, value: &Value<'_>) -> Option<String> {
    let text = number_text(value.get_ref());
    if text.is_none() {
        wrong_type(report, value.span(), key, "et tal", "a number", value.get_ref());
    }
    text
}

const TRUTHS: &[(&str, Truth)] =
    &[("ja", Truth::Yes), ("nej", Truth::No), ("ukendt", Truth::Unknown)];

const EXPECTED: &[&str] =
    &["population", "kriterier", "markeringer", "uafklaret_eksklusion", "kolonner", "vaerdier"];

fn expected(report: &mut Report<'_>, section: &Section<'_, '_>, names: &Names<'_>) -> Expected {
    let Some(table) = section.table(report, "forventet") else {
        if !section.has("forventet") {
            section.missing(report, "forventet");
        }
        return Expected::default();
    };
    let table = table.only(report, &[EXPECTED]);
    Expected {
        population: table.word(report, "population", TRUTHS),
        criteria: named(report, &table, "kriterier", &names.criteria, truth),
        markers: named(report, &table, "markeringer", &names.markers, truth),
        exclusion_undecided: table.flag(report, "uafklaret_eksklusion"),
        columns: named(report, &table, "kolonner", &names.columns, shown),
        values: named(report, &table, "vaerdier", &names.criteria, shown),
    }
}

type ReadValue<T> = fn(&mut Report<'_>, &str, &Value<'_>) -> Option<T>;

/// A table of names that must be known, each with a value.
fn named<T>(
    report: &mut Report<'_>,
    section: &Section<'_, '_>,
    key: &str,
    known: &BTreeSet<&str>,
    read: ReadValue<T>,
) -> Vec<(String, T)> {
    let Some(table) = section.table(report, key) else { return Vec::new() };
    let mut found = Vec::new();
    for (name, span, value) in table.entries() {
        if !known.contains(name) {
            let said = Said::new(
                format!("»{name}« findes ikke i profilen ({key})"),
                format!("`{name}` is not in the profile ({key})"),
            );
            let hint = report.did_you_mean(name, known.iter().copied());
            report.error_with("unknown-name", &span, said, hint);
            continue;
        }
        found.extend(read(report, name, value).map(|value| (name.to_owned(), value)));
    }
    found
}

fn truth(report: &mut Report<'_>, name: &str, value: &Value<'_>) -> Option<Truth> {
    let DeValue::String(text) = value.get_ref() else {
        wrong_type(
            report,
            value.span(),
            name,
            "\"ja\", \"nej\" eller \"ukendt\"",
            "\"ja\", \"nej\" or \"ukendt\"",
            value.get_ref(),
        );
        return None;
    };
    let found = TRUTHS.iter().find(|(word, _)| *word == text.as_ref()).map(|(_, truth)| *truth);
    if found.is_none() {
        let said = Said::new(
            format!("»{name}« kan ikke være »{text}«"),
            format!("`{name}` cannot be `{text}`"),
        );
        let hint = Said::new("skriv ja, nej eller ukendt", "write ja, nej or ukendt");
        report.error_with("unknown-word", &value.span(), said, hint);
    }
    found
}

fn shown(report: &mut Report<'_>, name: &str, value: &Value<'_>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        _ => number(report, name, value),
    }
}
