//! `[[test]]`: a profile's own test patients. Their records become cells of an export, so that
//! they are read like the rows of a file.

use std::collections::BTreeSet;

use toml::de::DeValue;

use crate::note::Said;
use crate::schema::Register;
use crate::truth::Truth;

use super::context::Context;
use super::plan::{Column, Expected, Marker, TestPatient};
use super::report::{Report, Span};
use super::section::Section;
use super::test_record::{Cell, cells, number};
use super::value::{Value, wrong_type};

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

/// Most test patients of a profile.
pub const MOST_TESTS: usize = 1_000;

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
    if let Some(first_too_many) = tables.get(MOST_TESTS) {
        too_many(report, tables.len(), &first_too_many.span);
        return Vec::new();
    }
    tables.into_iter().filter_map(|table| read(report, table, &names)).collect()
}

fn too_many(report: &mut Report<'_>, count: usize, span: &Span) {
    let said = Said::new(
        format!("{count} prøvepatienter; højst {MOST_TESTS} er tilladt"),
        format!("{count} test patients; at most {MOST_TESTS} are allowed"),
    );
    let hint = Said::new("behold dem, der viser noget nyt", "keep those that show something new");
    report.error_with("too-many-tests", span, said, hint);
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

const TRUTHS: &[(&str, Truth)] =
    &[("ja", Truth::Yes), ("nej", Truth::No), ("ukendt", Truth::Unknown)];

/// What `markeringer` may say besides.
const EXEMPT: &str = "undtaget";

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
    let markers = named(report, &table, "markeringer", &names.markers, marker);
    Expected {
        population: table.word(report, "population", TRUTHS),
        criteria: named(report, &table, "kriterier", &names.criteria, truth),
        exempt: markers.iter().filter(|(_, is)| is.is_none()).map(|(id, _)| id.clone()).collect(),
        markers: markers.into_iter().filter_map(|(id, is)| Some((id, is?))).collect(),
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

/// A verdict, or `None` for »undtaget«.
fn marker(report: &mut Report<'_>, name: &str, value: &Value<'_>) -> Option<Option<Truth>> {
    match value.get_ref() {
        DeValue::String(text) if text.as_ref() == EXEMPT => Some(None),
        _ => truth(report, name, value).map(Some),
    }
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
