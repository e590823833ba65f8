//! What a profile shows: population, markers, columns, measures, sorting.

use std::collections::BTreeSet;

use crate::note::Said;
use crate::schema::{Field, Register};

use super::context::Context;
use super::group::{self, group};
use super::header::plain_name;
use super::plan::{
    AbsentMeasure, Column, ColumnContent, CriterionId, Group, Marker, MarkerLevel, Measure, Show,
    SortKey,
};
use super::report::{Report, Span};
use super::section::{Keys, Section};
use super::selection;

/// `[population]`: inclusion, exclusion.
pub(super) fn population(
    context: &mut Context<'_>,
    document: &Section<'_, '_>,
) -> (Option<Group>, Option<Group>) {
    let section = document.table(&mut context.report, "population");
    let Some(section) = section else {
        if !document.has("population") && !document.misspelt("population") {
            no_inclusion(&mut context.report, &document.span);
        }
        return (None, None);
    };
    let section = section.only(&mut context.report, &[&["inklusion", "eksklusion"]]);
    if !section.has("inklusion") && !section.misspelt("inklusion") {
        no_inclusion(&mut context.report, &section.span);
    }
    let mut part = |key: &str| {
        let table = section.table(&mut context.report, key)?;
        let table = table.only(&mut context.report, &[group::RULES]);
        group(context, &table)
    };
    (part("inklusion"), part("eksklusion"))
}

fn no_inclusion(report: &mut Report<'_>, span: &Span) {
    let said = Said::new("profilen har ingen inklusion", "the profile has no inclusion");
    let hint = Said::new(
        "skriv [population] og inklusion = { en_af = [\"…\"] }",
        "write [population] and inklusion = { en_af = [\"…\"] }",
    );
    report.error_with("no-inclusion", span, said, hint);
}

const MARKER_KEYS: Keys = &[
    &["id", "naar", "niveau", "tekst", "handling"],
    &["navn", "regel", "kilde", "bortfald", "slaaet_til", "undtagelser"],
];

/// `[[markering]]`.
pub(super) fn markers(context: &mut Context<'_>, document: &Section<'_, '_>) -> Vec<Marker> {
    let tables = document.tables(&mut context.report, "markering");
    let ids = unique_ids(&mut context.report, &tables);
    tables.into_iter().zip(ids).filter_map(|(table, id)| marker(context, table, id)).collect()
}

fn marker(
    context: &mut Context<'_>,
    section: Section<'_, '_>,
    id: Option<String>,
) -> Option<Marker> {
    let section = section.only(&mut context.report, MARKER_KEYS);
    let levels =
        [("roed", MarkerLevel::Red), ("gul", MarkerLevel::Yellow), ("blaa", MarkerLevel::Blue)];
    if !section.has("niveau") {
        section.missing(&mut context.report, "niveau");
    }
    let level = section.word(&mut context.report, "niveau", &levels);
    let text = section.required_text(&mut context.report, "tekst");
    let mut said = |key| section.text(&mut context.report, key).unwrap_or_default();
    let (action, name, rule, clears) =
        (said("handling"), said("navn"), said("regel"), said("bortfald"));
    let source = section.lines(&mut context.report, "kilde").join("; ");
    let on = section.flag(&mut context.report, "slaaet_til").unwrap_or(true);
    let exceptions = exceptions(context, &section);
    let when = context.referred(&section, "naar")?;
    Some(Marker {
        id: id?,
        when,
        level: level?,
        text: text?,
        action,
        name,
        rule,
        source,
        clears,
        on,
        on_by_default: on,
        exceptions,
    })
}

/// `undtagelser`. A marker whose own criterion is an exception could never be counted.
fn exceptions(context: &mut Context<'_>, section: &Section<'_, '_>) -> Vec<CriterionId> {
    if !section.has("undtagelser") {
        return Vec::new();
    }
    group::each_once(context, section, "undtagelser");
    let named = section.texts(&mut context.report, "undtagelser").unwrap_or_default();
    let own = section.text(&mut context.report, "naar");
    if let Some((name, span)) = named.iter().find(|(name, _)| Some(name) == own.as_ref()) {
        let said = Said::new(
            format!("»{name}« står både i »naar« og i »undtagelser«"),
            format!("`{name}` stands both in `naar` and in `undtagelser`"),
        );
        let hint = Said::new(
            "nævn et andet kriterie i undtagelser",
            "name another criterion in undtagelser",
        );
        context.report.error_with("conflicting-keys", span, said, hint);
    }
    group::members(context, section, "undtagelser").unwrap_or_default()
}

/// The `id` of each table; a second one of the same name is complained about.
fn unique_ids(report: &mut Report<'_>, tables: &[Section<'_, '_>]) -> Vec<Option<String>> {
    let mut seen = BTreeSet::new();
    let mut ids = Vec::new();
    for table in tables {
        let id = table.required_text(report, "id");
        let span = table.value_span("id");
        if let Some(id) = &id {
            plain_name(report, id, &span);
            if !seen.insert(id.clone()) {
                duplicate(report, id, &span);
            }
        }
        ids.push(id);
    }
    ids
}

pub(super) fn duplicate(report: &mut Report<'_>, name: &str, span: &Span) {
    let said = Said::new(format!("»{name}« findes allerede"), format!("`{name}` exists already"));
    report.error("duplicate-id", span, said);
}

/// `[[kolonne]]`; headings are unique, since tests and sorting name columns by them.
pub(super) fn columns(context: &mut Context<'_>, document: &Section<'_, '_>) -> Vec<Column> {
    let tables = document.tables(&mut context.report, "kolonne");
    let mut columns: Vec<Column> = Vec::new();
    let mut titles = BTreeSet::new();
    for (number, table) in (1..).zip(tables) {
        let keys = &[&["titel", "vis", "felt"] as &[_], selection::KEYS];
        let table = table.only(&mut context.report, keys);
        let Some(column) = column(context, &table, format!("kol{number}")) else { continue };
        if !titles.insert(column.title.clone()) {
            duplicate(&mut context.report, &column.title, &table.value_span("titel"));
        }
        columns.push(column);
    }
    columns
}

/// The columns of a file that holds nothing else; their keys are their `id`.
pub(super) fn keyed_columns(context: &mut Context<'_>, document: &Section<'_, '_>) -> Vec<Column> {
    let tables = document.tables(&mut context.report, "kolonne");
    let ids = unique_ids(&mut context.report, &tables);
    let mut columns = Vec::new();
    for (table, id) in tables.into_iter().zip(ids) {
        let keys = &[&["id", "titel", "vis", "felt"] as &[_], selection::KEYS];
        let table = table.only(&mut context.report, keys);
        columns.extend(id.and_then(|id| column(context, &table, id)));
    }
    columns
}

fn column(context: &mut Context<'_>, section: &Section<'_, '_>, key: String) -> Option<Column> {
    let title = section.required_text(&mut context.report, "titel");
    let content = if section.has("felt") {
        fields(&mut context.report, section)
    } else {
        records(context, section)
    };
    Some(Column { key, title: title?, content: content? })
}

fn records(context: &mut Context<'_>, section: &Section<'_, '_>) -> Option<ColumnContent> {
    let register = selection::register(context, section)?;
    if register == Register::Patient {
        let said = Said::new(
            "patientens egne oplysninger vises med felt",
            "the patient's own fields are shown with felt",
        );
        let hint = Said::new("skriv felt = [\"adresse\"]", "write felt = [\"adresse\"]");
        context.report.error_with(
            "key-not-for-register",
            &section.value_span("register"),
            said,
            hint,
        );
        return None;
    }
    let selection = selection::selection(context, section, register);
    let shows = [
        ("seneste", Show::Latest),
        ("foerste", Show::First),
        ("alle", Show::All),
        ("antal", Show::Count),
        ("vaerdi", Show::Value),
    ];
    let usual = if selection.derived.is_some() { Show::Value } else { Show::Latest };
    let show = section.word(&mut context.report, "vis", &shows).unwrap_or(usual);
    Some(ColumnContent::Records { selection: Box::new(selection), show })
}

/// Fields of the patient register that a column can show.
const PATIENT_FIELDS: [Field; 21] = [
    Field::Cpr,
    Field::Navn,
    Field::Fornavn,
    Field::Efternavn,
    Field::Foedselsdato,
    Field::Alder,
    Field::Koen,
    Field::Adresse,
    Field::Postnummer,
    Field::By,
    Field::Kommune,
    Field::Telefon,
    Field::Email,
    Field::Sikringsgruppe,
    Field::Status,
    Field::TilmeldtDato,
    Field::DoedDato,
    Field::BopaelType,
    Field::Ydernummer,
    Field::EgenLaegeYdernummer,
    Field::Behandler,
];

fn fields(report: &mut Report<'_>, section: &Section<'_, '_>) -> Option<ColumnContent> {
    for key in selection::KEYS.iter().chain(&["vis"]).filter(|key| section.has(key)) {
        let said = Said::new(
            format!("»felt« og »{key}« kan ikke stå sammen"),
            format!("`felt` and `{key}` cannot stand together"),
        );
        report.error("conflicting-keys", &section.key_span(key), said);
    }
    let names = section.texts(report, "felt")?;
    if names.is_empty() {
        let said = Said::new("»felt« nævner intet felt", "`felt` names no field");
        report.error("empty-list", &section.key_span("felt"), said);
    }
    let fields: Vec<_> =
        names.iter().filter_map(|(name, span)| patient_field(report, name, span)).collect();
    Some(ColumnContent::Fields(fields))
}

fn patient_field(report: &mut Report<'_>, name: &str, span: &Span) -> Option<Field> {
    let found = PATIENT_FIELDS.into_iter().find(|field| field.name() == name);
    if found.is_none() {
        let said = Said::new(format!("ukendt felt »{name}«"), format!("unknown field `{name}`"));
        report.error_with(
            "unknown-field",
            span,
            said,
            report.did_you_mean(name, PATIENT_FIELDS.map(Field::name)),
        );
    }
    found
}

/// `[[maalepunkt]]`: what can be counted, and what an export cannot give.
pub(super) fn measures(
    context: &mut Context<'_>,
    document: &Section<'_, '_>,
) -> (Vec<Measure>, Vec<AbsentMeasure>) {
    let tables = document.tables(&mut context.report, "maalepunkt");
    let ids = unique_ids(&mut context.report, &tables);
    let (mut measures, mut absent) = (Vec::new(), Vec::new());
    for (table, id) in tables.into_iter().zip(ids) {
        if table.has("findes_ikke") {
            absent.extend(absent_measure(context, table, id));
        } else {
            measures.extend(measure(context, table, id));
        }
    }
    (measures, absent)
}

fn absent_measure(
    context: &mut Context<'_>,
    section: Section<'_, '_>,
    id: Option<String>,
) -> Option<AbsentMeasure> {
    let section = section.only(&mut context.report, &[&["id", "titel", "findes_ikke"]]);
    let title = section.text(&mut context.report, "titel");
    let reason = section.text(&mut context.report, "findes_ikke")?;
    let id = id?;
    Some(AbsentMeasure { title: title.unwrap_or_else(|| id.clone()), id, reason })
}

fn measure(
    context: &mut Context<'_>,
    section: Section<'_, '_>,
    id: Option<String>,
) -> Option<Measure> {
    let keys = &[&["id", "titel", "taeller", "naevner", "pr", "retning"] as &[_]];
    let section = section.only(&mut context.report, keys);
    let title = section.text(&mut context.report, "titel");
    let per = section.integer(&mut context.report, "pr", 1, 1_000_000);
    let directions = [("lav", "lav"), ("hoej", "hoej"), ("ingen", "ingen")];
    let direction = section.word(&mut context.report, "retning", &directions);
    let denominator = section.text(&mut context.report, "naevner");
    let named = denominator.as_deref().filter(|name| *name != "tilmeldte");
    let denominator = named.map(|name| context.refer(name, &section.value_span("naevner")));
    let numerator = context.referred(&section, "taeller");
    let denominator = match denominator {
        None => None,
        Some(found) => Some(found?),
    };
    let direction = direction.unwrap_or("ingen").to_owned();
    let (id, numerator) = (id?, numerator?);
    let title = title.unwrap_or_else(|| id.clone());
    Some(Measure { id, title, numerator, denominator, per: per.unwrap_or(1_000), direction })
}

/// `[sortering]`.
pub(super) fn sorting(
    report: &mut Report<'_>,
    document: &Section<'_, '_>,
    columns: &[Column],
) -> Vec<SortKey> {
    let Some(section) = document.table(report, "sortering") else { return Vec::new() };
    let section = section.only(report, &[&["efter"]]);
    let written = section.texts(report, "efter").unwrap_or_default();
    let titles = columns.iter().map(|c| c.title.as_str());
    let known: Vec<&str> =
        ["markeringer", "alder", "navn", "cpr"].into_iter().chain(titles).collect();
    written.iter().filter_map(|(text, span)| sort_key(report, text, span, &known)).collect()
}

fn sort_key(report: &mut Report<'_>, text: &str, span: &Span, known: &[&str]) -> Option<SortKey> {
    let (descending, by) = text.strip_prefix('-').map_or((false, text), |by| (true, by));
    if known.contains(&by) {
        return Some(SortKey { descending, by: by.to_owned() });
    }
    let said =
        Said::new(format!("der kan ikke sorteres efter »{by}«"), format!("cannot sort by `{by}`"));
    report.error_with(
        "unknown-sort-key",
        span,
        said,
        report.did_you_mean(by, known.iter().copied()),
    );
    None
}
