//! What a further drop changed: rows per register, and who came on which list and who left it.

use serde::{Deserialize, Serialize};

use crate::cpr::Cpr;
use crate::day::Day;
use crate::note::Language;
use crate::records::{Patients, Records};
use crate::schema::Register;
use crate::view::person;
use crate::view::text_second as text;
use crate::view::words;

/// So many persons are named of each list; the counts are of all.
const MOST_PERSONS: usize = 100;

/// What the last drop has in common with earlier ones, and what changed with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondView {
    /// »Diagnoser og medicin var læst før. …« with what was done; empty = nothing in common.
    pub shared: String,
    /// Were the earlier rows replaced? Else they were added to.
    pub replaced: bool,
    /// What is left out by that; empty = nothing.
    pub outside: String,
    /// The index dates, where they differ; empty otherwise.
    pub dates: String,
    /// Every register that is or was there.
    pub registers: Vec<ChangedRegister>,
    /// Profiles whose lists changed.
    pub profiles: Vec<ChangedProfile>,
    /// »22 profiler har de samme patienter som før.«
    pub unchanged: String,
}

/// A register before and now; »–« = it is not in the files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedRegister {
    /// Register in words.
    pub name: String,
    /// Rows, before and now.
    pub rows: [String; 2],
    /// Patients with a row, before and now.
    pub patients: [String; 2],
}

/// A profile whose list changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedProfile {
    /// Key of the profile.
    pub id: String,
    /// Title.
    pub title: String,
    /// On the list, before and now.
    pub members: [String; 2],
    /// How many came and went.
    pub changed: [String; 2],
    /// Who came.
    pub came: Vec<ChangedPerson>,
    /// Who went.
    pub went: Vec<ChangedPerson>,
}

/// Somebody who came on a list or left it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedPerson {
    /// CPR, ten characters.
    pub cpr: String,
    /// As shown: CPR with hyphen and name.
    pub shown: String,
}

/// How things stand, to be compared.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Index date.
    pub date: Day,
    /// Every register that is there.
    pub registers: Vec<Amount>,
    /// Every list that was made.
    pub members: Vec<Members>,
}

/// How much of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Which.
    pub register: Register,
    /// Rows, copies left out.
    pub rows: u64,
    /// Patients with a row.
    pub patients: u64,
}

/// Who is on a list.
#[derive(Clone, Debug)]
pub struct Members {
    /// Key of the profile.
    pub key: String,
    /// Title.
    pub title: String,
    /// In order.
    pub cprs: Vec<Cpr>,
}

/// What the view is made of.
#[derive(Clone, Copy)]
pub struct Topic<'a> {
    /// Registers that the last drop and an earlier one hold.
    pub shared: &'a [Register],
    /// Were the earlier rows of those replaced?
    pub replaced: bool,
    /// Tables that are left out.
    pub tables_outside: usize,
    /// Their rows.
    pub rows_outside: u64,
    /// Before the last drop.
    pub before: &'a Moment,
    /// Now.
    pub now: &'a Moment,
    /// The patients that there are now.
    pub patients: &'a Patients,
    /// Language.
    pub language: Language,
}

/// Rows and patients of every register that is there.
#[must_use]
pub fn registers(records: &Records) -> Vec<Amount> {
    let amount = |register: Register| {
        let events = records.rows_of(register)?;
        let has_rows = |patient: &_| !events.of(*patient).is_empty();
        let patients = records.patients.ids().filter(has_rows).count() as u64;
        Some(Amount { register, rows: events.len() as u64, patients })
    };
    Register::ALL.into_iter().filter_map(amount).collect()
}

/// The view.
#[must_use]
pub fn second(topic: &Topic<'_>) -> SecondView {
    let Topic { before, now, language, .. } = *topic;
    let (unchanged, profiles) = profiles(topic);
    SecondView {
        shared: match topic.shared {
            [] => String::new(),
            shared => text::shared(shared, topic.replaced, language),
        },
        replaced: topic.replaced,
        outside: match topic.tables_outside {
            0 => String::new(),
            tables => text::outside(tables, topic.rows_outside, language),
        },
        dates: match before.date == now.date {
            true => String::new(),
            false => text::dates(before.date, now.date, language),
        },
        registers: changed_registers(topic),
        unchanged: text::unchanged(unchanged, profiles.len(), language),
        profiles,
    }
}

fn changed_registers(topic: &Topic<'_>) -> Vec<ChangedRegister> {
    let of = |moment: &Moment, register: Register| {
        moment.registers.iter().find(|amount| amount.register == register).copied()
    };
    let number = |count: Option<u64>| {
        let none = || crate::view::cell::NONE.to_owned();
        count.map_or_else(none, |count| words::number(count, topic.language))
    };
    let changed = |register: Register| {
        let both = [of(topic.before, register), of(topic.now, register)];
        both.iter().any(Option::is_some).then(|| ChangedRegister {
            name: words::register(register, topic.language).to_owned(),
            rows: both.map(|amount| number(amount.map(|amount| amount.rows))),
            patients: both.map(|amount| number(amount.map(|amount| amount.patients))),
        })
    };
    Register::ALL.into_iter().filter_map(changed).collect()
}

// How many are as before, and those that are not. A list that was not made before is no change.
fn profiles(topic: &Topic<'_>) -> (usize, Vec<ChangedProfile>) {
    let (mut same, mut changed) = (0, Vec::new());
    for now in &topic.now.members {
        let before = topic.before.members.iter().find(|before| before.key == now.key);
        let Some(before) = before else { continue };
        let came = without(&now.cprs, &before.cprs);
        let went = without(&before.cprs, &now.cprs);
        if came.is_empty() && went.is_empty() {
            same += 1;
            continue;
        }
        let number = |count: usize| words::number(count as u64, topic.language);
        changed.push(ChangedProfile {
            id: now.key.clone(),
            title: now.title.clone(),
            members: [before.cprs.len(), now.cprs.len()].map(number),
            changed: [came.len(), went.len()].map(number),
            came: persons(topic, &came),
            went: persons(topic, &went),
        });
    }
    (same, changed)
}

// Both are in order.
fn without(all: &[Cpr], others: &[Cpr]) -> Vec<Cpr> {
    all.iter().filter(|cpr| others.binary_search(cpr).is_err()).copied().collect()
}

fn persons(topic: &Topic<'_>, cprs: &[Cpr]) -> Vec<ChangedPerson> {
    let person = |cpr: &Cpr| {
        let name = topic.patients.find(cpr).map_or_else(String::new, |id| {
            format!(" {}", person::name_shown(topic.patients, id, topic.language))
        });
        let shown = format!("{}{name}", cpr.hyphenated());
        ChangedPerson { cpr: cpr.as_str().to_owned(), shown }
    };
    cprs.iter().take(MOST_PERSONS).map(person).collect()
}
