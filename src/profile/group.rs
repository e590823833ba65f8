//! Combining criteria: `alle`, `en_af`, `ingen_af`, `mindst_af`, `uafgjort`, `samtidig`.

use std::collections::BTreeSet;

use crate::note::Said;

use super::context::Context;
use super::output::duplicate;
use super::plan::{Body, CriterionId, Group, GroupRule, TimeBasis};
use super::section::Section;
use super::window::{default_window, window};

/// Keys that combine criteria.
pub(super) const RULES: &[&str] = &["alle", "en_af", "ingen_af", "mindst_af", "uafgjort"];

/// Most days that `mindst_dage` may ask for: two hundred years.
const MOST_DAYS: i64 = 73_200;

/// Reads the one rule of a group; `None` after a complaint.
pub(super) fn group(context: &mut Context<'_>, section: &Section<'_, '_>) -> Option<Group> {
    let mut found = RULES.iter().copied().filter(|rule| section.has(rule));
    let Some(rule) = found.next() else {
        section.missing(&mut context.report, "alle");
        return None;
    };
    if let Some(second) = found.next() {
        let said = Said::new(
            format!("»{rule}« og »{second}« kan ikke stå sammen"),
            format!("`{rule}` and `{second}` cannot stand together"),
        );
        let hint = Said::new(
            "giv den ene sit eget navn som kriterie",
            "give one of them a criterion name of its own",
        );
        context.report.error_with("conflicting-keys", &section.key_span(second), said, hint);
    }
    if rule == "mindst_af" {
        return at_least(context, section);
    }
    let of = members(context, section, rule)?;
    let rule = match rule {
        "alle" => GroupRule::All,
        "en_af" => GroupRule::Any,
        "uafgjort" => GroupRule::Undecided,
        _ => GroupRule::None,
    };
    Some(Group { rule, of })
}

fn at_least(context: &mut Context<'_>, section: &Section<'_, '_>) -> Option<Group> {
    let table = section.table(&mut context.report, "mindst_af")?;
    let table = table.only(&mut context.report, &[&["antal", "af"]]);
    let of = members(context, &table, "af");
    if !table.has("antal") {
        table.missing(&mut context.report, "antal");
    }
    let most = of.as_ref().map_or(i64::MAX, |of| i64::try_from(of.len()).unwrap_or(i64::MAX));
    let number = table.integer(&mut context.report, "antal", 1, most)?;
    Some(Group { rule: GroupRule::AtLeast(usize::try_from(number).ok()?), of: of? })
}

/// The criteria that a list names.
pub(super) fn members(
    context: &mut Context<'_>,
    section: &Section<'_, '_>,
    key: &'static str,
) -> Option<Vec<CriterionId>> {
    let names = listed(context, section, key)?;
    let found: Vec<_> = names.iter().filter_map(|(name, span)| context.refer(name, span)).collect();
    (found.len() == names.len()).then_some(found)
}

/// Complains about a name that stands twice, where that can only be a slip.
pub(super) fn each_once(context: &mut Context<'_>, section: &Section<'_, '_>, key: &'static str) {
    let names = section.texts(&mut context.report, key).unwrap_or_default();
    let mut seen = BTreeSet::new();
    for (name, span) in &names {
        if !seen.insert(name) {
            duplicate(&mut context.report, name, span);
        }
    }
}

fn listed(
    context: &mut Context<'_>,
    section: &Section<'_, '_>,
    key: &'static str,
) -> Option<Vec<(String, super::report::Span)>> {
    if !section.has(key) {
        section.missing(&mut context.report, key);
    }
    let names = section.texts(&mut context.report, key)?;
    if names.is_empty() {
        let said = Said::new(
            format!("»{key}« nævner intet kriterie"),
            format!("`{key}` names no criterion"),
        );
        context.report.error("empty-list", &section.key_span(key), said);
        return None;
    }
    Some(names)
}

/// `samtidig = { af, vindue, mindst_dage }` (rule R16).
pub(super) fn together(context: &mut Context<'_>, section: &Section<'_, '_>) -> Option<Body> {
    let table = section.table(&mut context.report, "samtidig")?;
    let table = table.only(&mut context.report, &[&["af", "vindue", "mindst_dage"]]);
    let names = listed(context, &table, "af")?;
    let of: Vec<_> = names
        .iter()
        .filter_map(|(name, span)| context.refer_simple(name, span, "samtidig"))
        .collect();
    let window = window(&mut context.report, &table);
    let days = table.integer(&mut context.report, "mindst_dage", 1, MOST_DAYS);
    Some(Body::Together {
        of: (of.len() == names.len()).then_some(of)?,
        window: window.unwrap_or(default_window(TimeBasis::Period)),
        min_days: days.and_then(|n| i32::try_from(n).ok()).unwrap_or(1),
    })
}
