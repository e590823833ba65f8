//! Per profile: codes that the file does not have, and codes beside those asked for.
//!
//! A *sibling* is a code of the file that stands beside a code the profile asks for and that no code
//! list of the profile names in that register, not even to leave it out. Beside means:
//!
//! | system | asked for | beside it |
//! |---|---|---|
//! | ICPC | `L95`, `L95.01` | whatever begins with `L95`: `L950` |
//! | ICD-10 | `E119` | whatever begins with `E11` |
//! | ICD-10 | `E11` | whatever begins with `E11`: `E119` |
//! | ATC | 7 characters, 5 characters | the same group one level up: `N06DA`, `N06D` |
//!
//! Other systems and higher levels have no groups that would say anything.

use serde::Serialize;

use super::Topic;
use super::codes::CodeCount;
use crate::code::{Pattern, System};
use crate::profile::plan::{Body, CodeFilter, ColumnContent, Plan, Selection};
use crate::schema::Register;

/// What a profile asks for beside what the file has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProfileCodes {
    /// Key.
    pub profile: String,
    /// Title.
    pub title: String,
    /// Registers that it asks codes of and that the export does not have.
    pub absent: Vec<Register>,
    /// How many codes it asks for in registers that are there.
    pub asked: u64,
    /// Those that occur 0 times.
    #[serde(serialize_with = "as_shown")]
    pub zero: Vec<Pattern>,
    /// Siblings of the others.
    pub siblings: Vec<CodeCount>,
}

fn as_shown<S: serde::Serializer>(patterns: &[Pattern], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(patterns.iter().map(Pattern::shown))
}

/// Every profile that has something to say, and how many have nothing.
#[must_use]
pub fn profiles(topic: &Topic<'_>, occurring: &[Vec<CodeCount>]) -> (Vec<ProfileCodes>, u64) {
    let mut found = Vec::new();
    let mut without = 0;
    for (key, title, plan) in topic.profiles {
        let mut one = ProfileCodes {
            profile: (*key).to_owned(),
            title: (*title).to_owned(),
            ..ProfileCodes::default()
        };
        for (register, codes) in Register::ALL.into_iter().zip(occurring) {
            of_register(plan, register, codes, topic.records.has(register), &mut one);
        }
        if one.zero.is_empty() && one.siblings.is_empty() && one.absent.is_empty() {
            without += 1;
        } else {
            found.push(one);
        }
    }
    (found, without)
}

fn of_register(
    plan: &Plan,
    register: Register,
    codes: &[CodeCount],
    present: bool,
    into: &mut ProfileCodes,
) {
    let filters = filters(plan, register);
    let mut asked: Vec<&Pattern> = Vec::new();
    for pattern in filters.iter().flat_map(|filter| &filter.include) {
        if !asked.contains(&pattern) {
            asked.push(pattern);
        }
    }
    if asked.is_empty() {
        return;
    }
    if !present {
        into.absent.push(register);
        return;
    }
    into.asked += asked.len() as u64;
    let occurs = |pattern: &Pattern| codes.iter().any(|one| pattern.matches(&one.code));
    into.zero.extend(asked.iter().filter(|pattern| !occurs(pattern)).map(|one| (*one).clone()));
    let named = |one: &CodeCount| {
        let all = filters.iter().flat_map(|filter| filter.include.iter().chain(&filter.except));
        all.into_iter().any(|pattern| pattern.matches(&one.code))
    };
    let parents: Vec<(System, &str)> = asked.iter().filter_map(|one| parent(one)).collect();
    let beside = |one: &&CodeCount| {
        let begins = |(system, stem): &(System, &str)| {
            *system == one.code.system && one.code.base.starts_with(stem)
        };
        parents.iter().any(begins) && !named(one)
    };
    into.siblings.extend(codes.iter().filter(beside).cloned());
}

/// What siblings of a code begin with.
fn parent(pattern: &Pattern) -> Option<(System, &str)> {
    let text = pattern.text();
    let stem = match (pattern.system(), text.len()) {
        (System::Icpc, _) => text.split('.').next(),
        (System::Icd10, 0..=3) => Some(text),
        (System::Icd10, length) => text.get(..length - 1),
        (System::Atc, 7) => text.get(..5),
        (System::Atc, 5) => text.get(..4),
        _ => None,
    };
    stem.map(|stem| (pattern.system(), stem))
}

// Of criteria and columns alike.
fn filters(plan: &Plan, register: Register) -> Vec<&CodeFilter> {
    let of_criteria = plan.criteria.iter().filter_map(|criterion| match &criterion.body {
        Body::Select(selection) => Some(selection),
        _ => None,
    });
    let of_columns = plan.columns.iter().filter_map(|column| match &column.content {
        ColumnContent::Records { selection, .. } => Some(&**selection),
        ColumnContent::Fields(_) => None,
    });
    let of_register = |selection: &&Selection| selection.register == register;
    of_criteria
        .chain(of_columns)
        .filter(of_register)
        .filter_map(|selection| selection.codes.as_ref())
        .collect()
}
