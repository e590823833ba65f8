//! The profiles of the session and what was found with each.

use std::borrow::Cow;
use std::sync::Arc;

use crate::day::Day;
use crate::evaluate::{Evaluator, Population};
use crate::note::Level;
use crate::opioid::Table;
use crate::profile::choice::Refused;
use crate::profile::plan::{
    Anchor, Body, ColumnContent, CriterionId, Derived, Group, Plan, Selection,
};
use crate::profile::{Checked, check, check_without_tests};
use crate::records::Records;
use crate::schema::Register;
use crate::sort;
use crate::view::quality::page::MISSING_CODE;

/// A profile.
pub(super) struct Entry {
    /// Unique: the profile's id; a dropped one whose id a built-in one has gets a prefix.
    pub(super) key: String,
    pub(super) checked: Checked,
    /// Dropped, not built in.
    pub(super) own: bool,
    /// File name and text; a profile that was handed over already read has none.
    pub(super) source: (Cow<'static, str>, Cow<'static, str>),
    /// Registers that its criteria read.
    needs: Vec<Register>,
    /// Registers that its criteria or its columns read.
    asks: Vec<Register>,
    /// With how many persons are in the grey zone.
    found: Option<(Basis, Population, u64)>,
}

/// What a result rests on; another basis makes it stale.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Basis {
    index_date: Day,
    patients: usize,
    generations: Vec<u32>,
}

/// All profiles, the built-in ones first.
#[derive(Default)]
pub(super) struct Shelf {
    /// Those that were read.
    pub(super) entries: Vec<Entry>,
    /// Built-in ones that are still to be read, name and text.
    unread: &'static [(&'static str, &'static str)],
    /// How often each register has changed.
    generations: [u32; 7],
}

impl Shelf {
    pub(super) fn new(profiles: Vec<Checked>) -> Self {
        let entries = profiles.into_iter().map(|checked| {
            let key = checked.id.clone();
            Entry::new(key, checked, false, (Cow::default(), Cow::default()))
        });
        Self { entries: entries.collect(), ..Self::default() }
    }

    /// The built-in profiles. Reading them takes a while, so it is left for a moment when nothing
    /// else is to be done: [`Shelf::read_one`], and [`Shelf::read_all`] before they are needed.
    pub(super) fn built_in() -> Self {
        Self { unread: crate::catalog::texts(), ..Self::default() }
    }

    /// The lists of missing codes. A key like theirs no profile can have.
    pub(super) fn missing_codes() -> Self {
        let entries = crate::catalog::missing_codes().iter().map(|(name, text)| {
            let checked = check_without_tests(name, text);
            let source = (Cow::Borrowed(*name), Cow::Borrowed(*text));
            Entry::new(format!("{MISSING_CODE}{}", checked.id), checked, false, source)
        });
        Self { entries: entries.collect(), ..Self::default() }
    }

    /// Reads one more; `false` = all were read.
    pub(super) fn read_one(&mut self) -> bool {
        let Some(((name, text), rest)) = self.unread.split_first() else { return false };
        self.unread = rest;
        let checked = check_without_tests(name, text);
        let source = (Cow::Borrowed(*name), Cow::Borrowed(*text));
        self.entries.push(Entry::new(checked.id.clone(), checked, false, source));
        true
    }

    pub(super) fn read_all(&mut self) {
        while self.read_one() {}
    }

    /// A dropped profile joins; it replaces an own one of the same id. Its number of errors.
    pub(super) fn join(&mut self, file_name: &str, text: &str) -> usize {
        let checked = check(file_name, text);
        let errors = checked.notes.iter().filter(|note| note.level == Level::Error).count();
        let errors = if checked.plan.is_none() { errors.max(1) } else { 0 };
        let built_in = self.entries.iter().any(|entry| !entry.own && entry.key == checked.id);
        let key = if built_in { format!("egen:{}", checked.id) } else { checked.id.clone() };
        let source = (Cow::Owned(file_name.to_owned()), Cow::Owned(text.to_owned()));
        let entry = Entry::new(key, checked, true, source);
        match self.entries.iter_mut().find(|other| other.own && other.key == entry.key) {
            Some(place) => *place = entry,
            None => self.entries.push(entry),
        }
        errors
    }

    pub(super) fn find(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Rows of this register were added.
    pub(super) fn changed(&mut self, register: Register) {
        if let Some(generation) = self.generations.get_mut(register.index()) {
            *generation += 1;
        }
    }

    /// Evaluates every profile whose criteria read none of `unread` and whose result is stale;
    /// forgets stale results of the others.
    pub(super) fn evaluate(
        &mut self,
        records: &Records,
        index_date: Day,
        factors: &Arc<Table>,
        unread: &[Register],
    ) {
        let generations = self.generations;
        for entry in &mut self.entries {
            let basis = entry.basis(records, index_date, &generations);
            if entry.found.as_ref().is_some_and(|(on, ..)| *on == basis) {
                continue;
            }
            let waits = entry.needs.iter().any(|register| unread.contains(register));
            entry.found = match &entry.checked.plan {
                Some(plan) if !waits => {
                    let evaluator = Evaluator::of_population(plan, records, index_date, factors);
                    let population = evaluator.population();
                    let grey = evaluator.grey_persons(&population);
                    Some((basis, population, grey))
                }
                _ => None,
            };
        }
    }

    /// Results that rest on the factor table are stale.
    pub(super) fn forget_sums(&mut self) {
        let sums = |entry: &&mut Entry| entry.checked.plan.as_ref().is_some_and(Plan::sums_opioids);
        self.entries.iter_mut().filter(sums).for_each(|entry| entry.found = None);
    }

    /// Changes what a session may change of a profile; its result is stale then. `None` = there is
    /// no such profile, or it has errors.
    pub(super) fn change(
        &mut self,
        key: &str,
        change: impl FnOnce(&mut Plan) -> Result<(), Refused>,
    ) -> Option<Result<(), Refused>> {
        let entry = self.entries.iter_mut().find(|entry| entry.key == key)?;
        let made = change(entry.checked.plan.as_mut()?);
        if made.is_ok() {
            (entry.needs, entry.asks) = registers(&entry.checked);
            entry.found = None;
        }
        Some(made)
    }

    /// How many profiles ask for each register.
    pub(super) fn asking(&self) -> Vec<(Register, u64)> {
        let count = |register: Register| {
            let asks = |entry: &&Entry| entry.asks.contains(&register);
            (register, self.entries.iter().filter(asks).count() as u64)
        };
        Register::ALL.into_iter().map(count).collect()
    }
}

impl Entry {
    fn new(
        key: String,
        checked: Checked,
        own: bool,
        source: (Cow<'static, str>, Cow<'static, str>),
    ) -> Self {
        let (needs, asks) = registers(&checked);
        Self { key, checked, own, source, needs, asks, found: None }
    }

    /// The profile with its test patients, which built-in ones are read without.
    pub(super) fn whole(&self) -> Cow<'_, Checked> {
        let (name, text) = &self.source;
        if self.own || text.is_empty() {
            return Cow::Borrowed(&self.checked);
        }
        Cow::Owned(check(name, text))
    }

    fn basis(&self, records: &Records, index_date: Day, generations: &[u32; 7]) -> Basis {
        let of = |register: &Register| generations.get(register.index()).copied().unwrap_or(0);
        let generations = self.needs.iter().map(of).collect();
        Basis { index_date, patients: records.patients.len(), generations }
    }

    /// What was found; `None` while registers that it needs are being read, or with errors.
    pub(super) fn population(&self) -> Option<&Population> {
        self.found.as_ref().map(|(_, population, _)| population)
    }

    /// Persons in the grey zone.
    pub(super) fn grey(&self) -> u64 {
        self.found.as_ref().map_or(0, |(_, _, grey)| *grey)
    }
}

// What the criteria of a profile read, and what they or its columns do.
fn registers(checked: &Checked) -> (Vec<Register>, Vec<Register>) {
    let needs = checked.plan.as_ref().map_or_else(Vec::new, needs);
    let columns = checked.plan.as_ref().map_or(&[][..], |plan| &plan.columns);
    let mut asks = needs.clone();
    for column in columns {
        if let ColumnContent::Records { selection, .. } = &column.content {
            asks.push(selection.register);
        }
    }
    (needs, asks)
}

/// Registers that the population and the markers of a plan read, patients always among them.
pub(super) fn needs(plan: &Plan) -> Vec<Register> {
    let mut open: Vec<CriterionId> = plan.inclusion.of.clone();
    open.extend(plan.exclusion.iter().flat_map(|group| group.of.iter().copied()));
    let on = plan.markers.iter().filter(|marker| marker.on);
    open.extend(on.flat_map(|marker| [marker.when].into_iter().chain(marker.exceptions.clone())));
    let mut seen = vec![false; plan.criteria.len()];
    let mut registers = vec![Register::Patient];
    while let Some(id) = open.pop() {
        let (Some(criterion), Some(seen)) = (plan.criteria.get(id.0), seen.get_mut(id.0)) else {
            continue;
        };
        if !std::mem::replace(seen, true) {
            if let Body::Select(selection) = &criterion.body {
                registers.push(selection.register);
            }
            open.extend(names(&criterion.body));
        }
    }
    sort::plain(&mut registers);
    registers.dedup();
    registers
}

// The criteria that a criterion names.
fn names(body: &Body) -> Vec<CriterionId> {
    match body {
        Body::Patient(_) => Vec::new(),
        Body::Group(Group { of, .. }) | Body::Together { of, .. } => of.clone(),
        Body::Select(selection) => named_by(selection),
    }
}

fn named_by(selection: &Selection) -> Vec<CriterionId> {
    let mut named = Vec::new();
    if let Some(Anchor::Criterion { of, .. }) = &selection.anchor {
        named.push(*of);
    }
    if let Some(Derived::DaysBetween { from, to }) = &selection.derived {
        named.extend([*from, *to]);
    }
    named
}
