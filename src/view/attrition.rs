//! »Udtynding«: how many persons fall at each criterion, as a table.

use serde::{Deserialize, Serialize};

use crate::evaluate::Attrition;
use crate::evaluate::attrition::{Part, Step};
use crate::note::Language;
use crate::profile::plan::{CriterionId, Plan};
use crate::view::cell::NONE;
use crate::view::text_attrition as text;
use crate::view::words::number;

/// The table of one profile.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AttritionView {
    /// Key of the profile.
    pub profile: String,
    /// »1.575 personer ses på. 41 er på listen, og for 3 kan det ikke afgøres.«
    pub lead: String,
    /// Headings of the columns.
    pub columns: Vec<String>,
    /// Everyone, each step with its alternatives, and those who are left.
    pub rows: Vec<AttritionRow>,
    /// How to read the numbers.
    pub notes: Vec<String>,
    /// Registers that are still being read, in words: then there are no rows yet.
    pub still_reading: String,
}

/// A line of the table; every number as text, »–« where it does not apply.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AttritionRow {
    /// Name of the criterion in the profile; empty for whole groups, the beginning and the end.
    pub criterion: String,
    /// 0 = a step, 1 = an alternative of the step above, and so on.
    pub depth: u32,
    /// The beginning or the end.
    pub edge: bool,
    /// A step of the exclusion.
    pub excludes: bool,
    /// The criterion's sentence.
    pub text: String,
    /// Ja, nej, ukendt, falder fra, tilbage, alene: as [`AttritionView::columns`] after the first.
    pub numbers: Vec<String>,
}

/// Makes the table.
#[must_use]
pub fn attrition(key: &str, plan: &Plan, found: &Attrition, language: Language) -> AttritionView {
    let table = Table { plan, language };
    let mut rows = vec![table.edge(text::looked_at(language), found.looked_at)];
    for step in &found.steps {
        rows.push(table.step(step));
        rows.extend(step.parts.iter().map(|part| table.part(step, part)));
    }
    rows.push(table.edge(text::members(language), found.members));
    rows.push(table.edge(text::undecided(language), found.undecided));
    let parts = found.steps.iter().any(|step| !step.parts.is_empty());
    AttritionView {
        profile: key.to_owned(),
        lead: text::lead(found, language),
        columns: text::columns(language),
        rows,
        notes: text::notes(parts, language),
        still_reading: String::new(),
    }
}

struct Table<'a> {
    plan: &'a Plan,
    language: Language,
}

impl Table<'_> {
    fn edge(&self, said: &str, left: u32) -> AttritionRow {
        let none = || NONE.to_owned();
        let numbers = vec![none(), none(), none(), none(), self.number(left), none()];
        AttritionRow { edge: true, text: said.to_owned(), numbers, ..AttritionRow::default() }
    }

    fn step(&self, step: &Step) -> AttritionRow {
        let verdicts = step.verdicts;
        let counted = [verdicts.yes, verdicts.no, verdicts.unknown, step.falls, step.left];
        let mut numbers: Vec<String> = counted.map(|count| self.number(count)).to_vec();
        numbers.push(NONE.to_owned());
        let (criterion, said) = match step.criterion {
            Some(id) => self.criterion(id),
            None => (String::new(), self.whole(step)),
        };
        let said = if step.excludes { text::excluded(&said, self.language) } else { said };
        AttritionRow {
            criterion,
            excludes: step.excludes,
            text: said,
            numbers,
            ..AttritionRow::default()
        }
    }

    fn part(&self, step: &Step, part: &Part) -> AttritionRow {
        let verdicts = part.verdicts;
        let mut numbers: Vec<String> =
            [verdicts.yes, verdicts.no, verdicts.unknown].map(|count| self.number(count)).to_vec();
        numbers.extend([NONE.to_owned(), NONE.to_owned(), self.number(part.alone)]);
        let (criterion, text) = self.criterion(part.criterion);
        let (excludes, depth) = (step.excludes, part.depth);
        AttritionRow { criterion, depth, edge: false, excludes, text, numbers }
    }

    fn number(&self, count: u32) -> String {
        number(u64::from(count), self.language)
    }

    fn criterion(&self, id: CriterionId) -> (String, String) {
        let Some(criterion) = self.plan.criteria.get(id.0) else { return Default::default() };
        let said = if criterion.text.is_empty() { &criterion.id } else { &criterion.text };
        (criterion.id.clone(), said.clone())
    }

    fn whole(&self, step: &Step) -> String {
        let side = if step.excludes { self.plan.exclusion.as_ref() } else { None };
        let group = side.unwrap_or(&self.plan.inclusion);
        text::rule(group.rule, group.of.len(), self.language)
    }
}
