//! The overview: every profile with its count, and the strip that is always visible.

use crate::day::Day;
use crate::evaluate::{Population, missing_registers};
use crate::note::{Language, Level};
use crate::profile::Checked;
use crate::profile::plan::{Body, MarkerLevel, Plan};
use crate::records::Records;
use crate::schema::Register;
use crate::truth::Truth;
use crate::view::words::{number, per_thousand};
use crate::view::{ProfileRow, StripView, cell, import, text_factors, text_list, text_overview};

/// What the strip says.
#[derive(Clone, Copy)]
pub struct StripTopic<'a> {
    /// Everything that was read.
    pub records: &'a Records,
    /// Names of the dropped files.
    pub names: &'a [String],
    /// Index date in force.
    pub index_date: Day,
    /// The default of R1, and whether it comes from the file, its rows or today.
    pub default_date: Day,
    /// Where the default comes from.
    pub default_reason: text_overview::DateFrom,
    /// Demo data.
    pub invented: bool,
    /// Whose factors.
    pub factors: &'a crate::opioid::Table,
    /// Language.
    pub language: Language,
}

/// What was found with a profile.
#[derive(Clone, Copy)]
pub struct Outcome<'a> {
    /// Everything that was read.
    pub records: &'a Records,
    /// Index date in force.
    pub index_date: Day,
    /// Who is on the list.
    pub population: &'a Population,
}

/// The strip.
#[must_use]
pub fn strip(topic: &StripTopic<'_>) -> StripView {
    StripView {
        file: text_overview::file_names(topic.names, topic.language),
        file_detail: import::files_and_patients(topic.records, topic.names.len(), topic.language),
        index_date: topic.index_date.danish(),
        index_date_iso: topic.index_date.to_string(),
        default_date_iso: topic.default_date.to_string(),
        default_date_reason: text_overview::date_from(topic.default_reason, topic.language)
            .to_owned(),
        invented: topic.invented,
        factors: text_factors::label(topic.factors, topic.language),
    }
}

/// A profile with what was found; `result` is `None` while its registers are being read.
#[must_use]
pub fn row(
    key: &str,
    checked: &Checked,
    own: bool,
    today: Day,
    result: Option<Outcome<'_>>,
    language: Language,
) -> ProfileRow {
    let mut row = described(key, checked, own, today, language);
    match (&checked.plan, result) {
        (None, _) => fail(&mut row, checked, language),
        (Some(_), None) => {
            row.pending = true;
            row.members_text = cell::NONE.to_owned();
            row.per_thousand = cell::NONE.to_owned();
            row.remark = text_overview::pending(language).to_owned();
        }
        (Some(plan), Some(result)) => count(&mut row, plan, result, language),
    }
    row
}

fn described(
    key: &str,
    checked: &Checked,
    own: bool,
    today: Day,
    language: Language,
) -> ProfileRow {
    let header = checked.plan.as_ref().map(|plan| &plan.header);
    let review = header.and_then(|header| header.next_review);
    ProfileRow {
        id: key.to_owned(),
        title: checked.title.clone(),
        version: header.map_or_else(String::new, |header| format!("v{}", header.version)),
        fingerprint: checked.plan.as_ref().map_or_else(String::new, short_fingerprint),
        own,
        next_review: review.map_or_else(|| cell::NONE.to_owned(), month),
        review_passed: review.is_some_and(|review| review < today),
        sums: checked.plan.as_ref().is_some_and(Plan::sums_opioids),
        changed: checked
            .plan
            .as_ref()
            .map_or_else(String::new, |p| text_factors::changed(p, language)),
        notes: checked.notes.iter().map(|note| text_overview::note(note, language)).collect(),
        ..ProfileRow::default()
    }
}

fn fail(row: &mut ProfileRow, checked: &Checked, language: Language) {
    let errors = checked.notes.iter().filter(|note| note.level == Level::Error);
    let lines: Vec<u32> = errors.map(|note| note.place.line).collect();
    row.failed = true;
    row.members_text = cell::NONE.to_owned();
    row.per_thousand = cell::NONE.to_owned();
    row.remark = text_overview::errors(&lines, language);
}

fn count(row: &mut ProfileRow, plan: &Plan, result: Outcome<'_>, language: Language) {
    let population = result.population;
    let members = population.members.len() as u64;
    let looked_at = members + population.undecided.len() as u64 + u64::from(population.outside);
    let listed = result.records.has(Register::Patient).then_some(looked_at);
    let rate = listed.and_then(|listed| per_thousand(members, listed, language));
    row.members = members;
    row.members_text = number(members, language);
    row.per_thousand = rate.unwrap_or_else(|| cell::NONE.to_owned());
    row.red = with_marker(plan, population, MarkerLevel::Red);
    row.yellow = with_marker(plan, population, MarkerLevel::Yellow);
    row.blue = with_marker(plan, population, MarkerLevel::Blue);
    row.undecided = population.undecided.len() as u64;
    row.remark = remark(plan, result, row, looked_at, language);
}

fn with_marker(plan: &Plan, population: &Population, level: MarkerLevel) -> u64 {
    let has = |markers: &[Truth]| {
        let mut pairs = plan.markers.iter().zip(markers);
        pairs.any(|(marker, truth)| marker.level == level && *truth == Truth::Yes)
    };
    population.members.iter().filter(|member| has(&member.markers)).count() as u64
}

// What replaces or explains the count: missing registers first, then an empty list.
fn remark(
    plan: &Plan,
    result: Outcome<'_>,
    row: &ProfileRow,
    looked_at: u64,
    language: Language,
) -> String {
    let missing = missing_registers(plan, result.records);
    if row.undecided > 0 && !missing.is_empty() {
        let all = row.undecided == looked_at;
        return text_overview::undecided_for(row.undecided, all, &missing, language);
    }
    if row.members > 0 {
        return String::new();
    }
    let nobody = text_list::nobody(result.index_date, language);
    match codes_not_found(plan, result.records) {
        Some(codes) => format!("{nobody} {}", text_overview::codes_absent(&codes, language)),
        None => nobody,
    }
}

/// The codes that the inclusion asks for, if none of them is in the file.
#[must_use]
pub fn codes_not_found(plan: &Plan, records: &Records) -> Option<Vec<String>> {
    let mut codes = Vec::new();
    for id in crate::view::members::leaves_of(plan, &plan.inclusion) {
        let Body::Select(selection) = &plan.criteria.get(id.0)?.body else { continue };
        let Some(filter) = &selection.codes else { continue };
        let events = records.events(selection.register)?;
        let carried = events.code_groups().iter().flatten();
        if carried.into_iter().any(|code| filter.include.iter().any(|p| p.matches(code))) {
            return None;
        }
        codes.extend(filter.include.iter().map(crate::code::Pattern::shown));
    }
    (!codes.is_empty()).then_some(codes)
}

/// `a41f·09c2`, the first 4 bytes.
#[must_use]
pub fn short_fingerprint(plan: &Plan) -> String {
    let (first, rest) = plan.fingerprint.split_at_checked(4).unwrap_or((&plan.fingerprint, ""));
    let second = rest.get(..4).unwrap_or(rest);
    format!("{first}·{second}")
}

fn month(day: Day) -> String {
    let (year, month, _) = day.ymd();
    format!("{month:02}-{year:04}")
}
