//! `[kriterie.…]`: simple, patient, and combining criteria.

use crate::note::Said;
use crate::schema::Register;

use super::choice::chosen;
use super::context::Context;
use super::plan::{Body, Criterion, CriterionId};
use super::section::{Keys, Section};
use super::selection::register;
use super::value::Value;
use super::{group, header, patient, selection};

/// Most criteria of a profile.
pub const MOST_CRITERIA: usize = 2_000;

const WORDS: &[&str] = &["tekst", "kilde"];
const SIMPLE_KEYS: Keys = &[WORDS, selection::KEYS];
const PATIENT_KEYS: Keys = &[WORDS, &["register"], patient::KEYS];
const UNDECIDED_KEYS: Keys = &[WORDS, selection::KEYS, patient::KEYS];
const CHOICE_KEYS: Keys = &[WORDS, &["valg"]];
const GROUP_KEYS: Keys = &[WORDS, group::RULES, &["samtidig"]];

/// Reads one criterion; `None` where nothing can be made of it.
pub(super) fn read(
    context: &mut Context<'_>,
    id: CriterionId,
    value: &Value<'_>,
) -> Option<Criterion> {
    let name = context.name(id).to_owned();
    let span = context.span(id);
    header::plain_name(&mut context.report, &name, &span);
    let section =
        Section::of(&mut context.report, value, span.clone(), format!("kriterie.{name}"))?;
    context.current = Some(id);
    let (body, alternatives) = if section.has("valg") {
        choice(context, section.clone()).unzip()
    } else {
        (body(context, &section), None)
    };
    context.current = None;
    let report = &mut context.report;
    Some(Criterion {
        id: name,
        text: section.text(report, "tekst").unwrap_or_default(),
        source: section.lines(report, "kilde").join("; "),
        line: report.line(&span),
        body: body?,
        alternatives: alternatives.unwrap_or_default(),
    })
}

fn body(context: &mut Context<'_>, section: &Section<'_, '_>) -> Option<Body> {
    let combining = section.has("samtidig") || section.first_of(group::RULES).is_some();
    if !combining {
        return simple(context, section);
    }
    let section = section.clone().only(&mut context.report, GROUP_KEYS);
    if !section.has("samtidig") {
        return group::group(context, &section).map(Body::Group);
    }
    if let Some(rule) = section.first_of(group::RULES) {
        let said = Said::new(
            format!("»samtidig« og »{rule}« kan ikke stå sammen"),
            format!("`samtidig` and `{rule}` cannot stand together"),
        );
        context.report.error("conflicting-keys", &section.key_span(rule), said);
    }
    group::together(context, &section)
}

/// `valg`: as long as nobody chooses, the first.
fn choice(context: &mut Context<'_>, section: Section<'_, '_>) -> Option<(Body, Vec<CriterionId>)> {
    let section = section.only(&mut context.report, CHOICE_KEYS);
    let of = group::members(context, &section, "valg")?;
    group::each_once(context, &section, "valg");
    Some((Body::Group(chosen(*of.first()?)), of))
}

fn simple(context: &mut Context<'_>, section: &Section<'_, '_>) -> Option<Body> {
    let register = register(context, section);
    let keys = match register {
        None => UNDECIDED_KEYS,
        Some(Register::Patient) => PATIENT_KEYS,
        Some(_) => SIMPLE_KEYS,
    };
    let section = section.clone().only(&mut context.report, keys);
    match register? {
        Register::Patient => Some(Body::Patient(patient::tests(context, &section))),
        register => Some(Body::Select(selection::selection(context, &section, register))),
    }
}
