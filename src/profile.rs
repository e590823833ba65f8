//! Stages 3 and 4: profile text → document → checked plan. `docs/profile-language.md` describes
//! the language.
//!
//! `document` parses the text and keeps places; `section` reads a table key by key; the other
//! rooms each read one part of the language into the [`plan`]; `ring`, `nobody` and `advice` look
//! at the whole.

mod advice;
mod basis;
pub mod choice;
mod code_set;
mod context;
mod criterion;
mod derived;
mod document;
mod grammar;
mod group;
mod header;
mod nearest;
mod nobody;
mod output;
mod patient;
pub mod plan;
mod product_table;
mod report;
mod ring;
pub mod say;
mod section;
mod selection;
pub mod shared_sets;
mod test_patient;
mod test_record;
pub mod titles;
mod value;
mod window;

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::marks::visible;
use crate::note::{Note, Said};
use context::Context;
use plan::{Body, Column, Criterion, CriterionId, Plan};
use report::{Report, Span};
use section::Section;
use value::Value;

pub use advice::review_passed;
pub use code_set::MOST_CODES;
pub use criterion::MOST_CRITERIA;
pub use document::{MOST_BYTES, MOST_DEPTH};
pub use report::MOST_NOTES;
pub use ring::{MOST_CHAIN, MOST_LOOKUPS};
pub use test_patient::MOST_TESTS;

/// A profile text, read and checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// `profil.id`, or the file name where the profile has none.
    pub id: String,
    /// `profil.titel`, or the id.
    pub title: String,
    /// The plan; `None` when there are errors.
    pub plan: Option<Plan>,
    /// All errors and advice, sorted by line.
    pub notes: Vec<Note>,
}

const KEYS: &[&str] = &[
    "format",
    "profil",
    "kodesaet",
    "kriterie",
    "population",
    "markering",
    "kolonne",
    "maalepunkt",
    "tabel",
    "sortering",
    "test",
];

/// Reads, checks and compiles a profile.
#[must_use]
pub fn check(file_name: &str, text: &str) -> Checked {
    check_part(file_name, text, text)
}

/// The same without the test patients, which are nearly half of a profile, for where only lists are
/// made. They must stand last. Only for profiles of which [`check`] has been asked before.
#[must_use]
pub fn check_without_tests(file_name: &str, text: &str) -> Checked {
    let part = text.split_once("\n[[test]]").map_or(text, |(before, _)| before);
    let mut checked = check_part(file_name, text, part);
    checked.notes.retain(|note| note.code != "no-tests");
    checked
}

/// Checks a part of a profile; places and fingerprint are those of the whole.
fn check_part(file_name: &str, text: &str, part: &str) -> Checked {
    // The mark that an editor puts before a text is none of it.
    let plain = |text| visible(str::strip_prefix(text, '\u{feff}').unwrap_or(text));
    let (shown, part) = (plain(text), plain(part));
    let mut report = Report::new(file_name, &shown);
    let Some(table) = document::parse(&mut report, &part) else {
        return unread(file_name, report.finish());
    };
    let document = Section::document(&table).only(&mut report, &[KEYS]);
    header::format(&mut report, &document);
    let header = header::header(&mut report, &document);
    let (id, title) = (header.id.clone(), header.title.clone());
    let (plan, notes) = compile(report, &document, header, text);
    let id = if id.is_empty() { stem(file_name) } else { id };
    let title = if title.is_empty() { id.clone() } else { title };
    Checked { id, title, plan, notes }
}

/// Reads a file that holds nothing but `format` and `[[kolonne]]`, each column with an `id`.
///
/// # Errors
/// All notes, if there is an error among them.
pub fn read_columns(file_name: &str, text: &str) -> Result<Vec<Column>, Vec<Note>> {
    let mut report = Report::new(file_name, text);
    let Some(table) = document::parse(&mut report, text) else { return Err(report.finish()) };
    let document = Section::document(&table).only(&mut report, &[&["format", "kolonne"]]);
    header::format(&mut report, &document);
    let mut context = Context::new(report, Vec::new());
    let columns = output::keyed_columns(&mut context, &document);
    if context.report.failed() { Err(context.report.finish()) } else { Ok(columns) }
}

/// SHA-256 of the text with line endings as LF, 64 hexadecimal digits: the same profile has the
/// same fingerprint on every system.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    let normal = text.replace("\r\n", "\n").replace('\r', "\n");
    Sha256::digest(normal.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The fingerprint of a profile and the shared code sets that it uses: another code in a set is
/// another list, so it must be another fingerprint. Without such sets it is that of the text.
fn fingerprint_with(text: &str, shared: &BTreeSet<String>) -> String {
    let sets = shared.iter().filter_map(|name| shared_sets::text(name));
    fingerprint(&std::iter::once(text).chain(sets).collect::<Vec<_>>().join("\n"))
}

fn unread(file_name: &str, notes: Vec<Note>) -> Checked {
    let id = stem(file_name);
    Checked { title: id.clone(), id, plan: None, notes }
}

fn stem(file_name: &str) -> String {
    file_name.strip_suffix(".toml").unwrap_or(file_name).to_owned()
}

/// Document → plan; the plan only if there is no error.
fn compile(
    mut report: Report<'_>,
    document: &Section<'_, '_>,
    header: plan::Header,
    text: &str,
) -> (Option<Plan>, Vec<Note>) {
    let section = named_criteria(&mut report, document);
    if section.as_ref().is_some_and(|section| too_many(&mut report, section)) {
        return (None, report.finish());
    }
    let entries = section.as_ref().map(Section::entries).unwrap_or_default();
    let names = entries.iter().map(|(name, span, _)| ((*name).to_owned(), span.clone())).collect();
    let mut context = Context::new(report, names);
    code_set::read_all(&mut context, document);
    let read = |(at, (_, _, value)): (usize, &(&str, Span, &Value<'_>))| {
        criterion::read(&mut context, CriterionId(at), value)
    };
    let criteria: Vec<Option<Criterion>> = entries.iter().enumerate().map(read).collect();
    ring::find(&mut context);
    let plan = assemble(&mut context, document, criteria, header, text);
    (plan, context.report.finish())
}

/// The rest of the document around its criteria; looked at as a whole if nothing is wrong so far.
fn assemble(
    context: &mut Context<'_>,
    document: &Section<'_, '_>,
    criteria: Vec<Option<Criterion>>,
    header: plan::Header,
    text: &str,
) -> Option<Plan> {
    let (inclusion, exclusion) = output::population(context, document);
    let markers = output::markers(context, document);
    let columns = output::columns(context, document);
    let (measures, absent_measures) = output::measures(context, document);
    let tables = product_table::read_all(context, document);
    let sorting = output::sorting(&mut context.report, document, &columns);
    let tests = test_patient::read_all(context, document, &markers, &columns);
    references_are_simple(context, &criteria);
    if context.report.failed() {
        return None;
    }
    let criteria = criteria.into_iter().collect::<Option<Vec<_>>>()?;
    let inclusion = inclusion?;
    if nobody::is_in(&criteria, &inclusion, exclusion.as_ref()) {
        refuse_nobody(context, document);
        return None;
    }
    advice::advise(context, &criteria, &tests);
    code_set::advise_unused(context);
    Some(Plan {
        header,
        fingerprint: fingerprint_with(text, &context.shared_sets),
        criteria,
        inclusion,
        exclusion,
        markers,
        columns,
        measures,
        absent_measures,
        tables,
        sorting,
        tests,
    })
}

/// `[kriterie]`: at least one.
fn named_criteria<'d, 't>(
    report: &mut Report<'_>,
    document: &Section<'d, 't>,
) -> Option<Section<'d, 't>> {
    if !document.has("kriterie") {
        document.missing(report, "kriterie");
    }
    document.table(report, "kriterie")
}

fn too_many(report: &mut Report<'_>, criteria: &Section<'_, '_>) -> bool {
    let count = criteria.entries().len();
    if count > MOST_CRITERIA {
        let said = Said::new(
            format!("{count} kriterier; højst {MOST_CRITERIA} er tilladt"),
            format!("{count} criteria; at most {MOST_CRITERIA} are allowed"),
        );
        let hint = Said::new("del profilen i flere", "divide the profile into several");
        report.error_with("too-many-criteria", &criteria.span, said, hint);
    }
    count > MOST_CRITERIA
}

/// Anchors, `samtidig` and `dage_mellem` name simple criteria on records only.
fn references_are_simple(context: &mut Context<'_>, criteria: &[Option<Criterion>]) {
    for reference in std::mem::take(&mut context.simple) {
        let body = criteria.get(reference.to.0).and_then(Option::as_ref).map(|c| &c.body);
        if matches!(body, None | Some(Body::Select(_))) {
            continue;
        }
        let (name, key) = (context.name(reference.to), reference.key);
        let said = Said::new(
            format!("»{key}« kan ikke bruge »{name}«: kriteriet er ikke simpelt"),
            format!("`{key}` cannot use `{name}`: the criterion is not simple"),
        );
        let hint = Said::new(
            "nævn et kriterie med register, som ikke er patient",
            "name a criterion with a register other than patient",
        );
        context.report.error_with("not-simple", &reference.span, said, hint);
    }
}

fn refuse_nobody(context: &mut Context<'_>, document: &Section<'_, '_>) {
    let said = Said::new(
        "populationen er ja for en patient, som intet vides om",
        "the population is ja for a patient of whom nothing is known",
    );
    let hint = Said::new(
        "kræv mindst én række eller én kendt oplysning i inklusion",
        "demand at least one record or one known field in inklusion",
    );
    context.report.error_with(
        "population-of-unknown",
        &document.key_span("population"),
        said,
        hint,
    );
}
