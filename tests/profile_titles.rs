//! Titles of the codes that built-in profiles name.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use profilblik::catalog;
use profilblik::code::{Pattern, System};
use profilblik::day::Day;
use profilblik::note::Language;
use profilblik::profile::plan::{Body, CodeFilter, ColumnContent, Plan};
use profilblik::profile::say::say;
use profilblik::profile::titles;

fn plans() -> Vec<Plan> {
    catalog::built_in().into_iter().map(|checked| checked.plan.unwrap()).collect()
}

fn filters(plan: &Plan) -> Vec<&CodeFilter> {
    let of_criteria = plan.criteria.iter().filter_map(|criterion| match &criterion.body {
        Body::Select(selection) => selection.codes.as_ref(),
        _ => None,
    });
    let of_columns = plan.columns.iter().filter_map(|column| match &column.content {
        ColumnContent::Records { selection, .. } => selection.codes.as_ref(),
        ColumnContent::Fields(_) => None,
    });
    of_criteria.chain(of_columns).collect()
}

fn titled(filter: &CodeFilter, pattern: &Pattern) -> bool {
    let own = filter.titles.iter().any(|(code, _)| *code == pattern.shown());
    own || titles::of(pattern).is_some()
}

/// No source at hand gives these a Danish title: exceptions of the diabetes profile, and codes that
/// end a pregnancy, of cancer treatment, of the last days of life and of ICD-10 in the opioid flags.
const WITHOUT: [&str; 23] = [
    "A03BB01", "A10BJ", "A10BK01", "A10BK03", "G473*", "J96*", "L01", "L02AE", "L02BA", "N02CC",
    "N05AD01", "N06AX26", "N06DA", "W79", "W80", "W81", "W82", "W83", "W90", "W91", "W92", "W93",
    "Z515",
];

#[test]
fn every_code_of_a_profile_has_a_title() {
    let plans = plans();
    let mut bare = BTreeSet::new();
    for filter in plans.iter().flat_map(filters) {
        let patterns = filter.include.iter().chain(&filter.except);
        bare.extend(patterns.filter(|pattern| !titled(filter, pattern)).map(Pattern::shown));
    }
    assert_eq!(bare, WITHOUT.map(str::to_owned).into());
}

/// Titles belong to those who made the classifications: none is shipped that no profile needs.
#[test]
fn no_title_is_there_for_nothing() {
    let plans = plans();
    let named: BTreeSet<String> = plans
        .iter()
        .flat_map(filters)
        .flat_map(|filter| filter.include.iter().chain(&filter.except))
        .map(|pattern| pattern.shown().trim_end_matches('*').to_owned())
        .collect();
    for line in include_str!("../profiles/titles.csv").lines().skip(1) {
        let code = line.split(',').nth(1).unwrap();
        assert!(named.contains(code), "no profile names {code}");
    }
}

#[test]
fn a_profile_is_said_with_titles() {
    let plans = plans();
    let plan = plans.iter().find(|plan| plan.header.id == "demens").unwrap();
    let said = say(plan, Day::from_ymd(2025, 6, 1).unwrap(), Language::Danish);
    let sentence = &said.criteria.first().unwrap().sentence;
    assert!(
        sentence.contains("P70 demens, P20 hukommelsessvigt eller P15 kronisk alkoholmisbrug"),
        "{sentence}"
    );
}

#[test]
fn a_prefix_has_the_title_of_its_group() {
    let pattern = |code| Pattern::new(System::Icpc, code).unwrap();
    assert_eq!(titles::of(&pattern("P70")), Some("demens"));
    assert_eq!(titles::of(&pattern("P70*")), Some("demens"));
    assert_eq!(titles::of(&pattern("Q99")), None);
}
