//! What the readers of a profile share: the report, the names, and who refers to whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::note::Said;

use super::code_set::{CodeSet, MOST_CODES};
use super::plan::CriterionId;
use super::report::{Report, Span};
use super::section::Section;
use super::shared_sets::{self, SharedSet};

/// A reference that only a simple criterion may answer.
pub(super) struct SimpleReference {
    /// The criterion that names it, if it is one.
    pub(super) from: Option<CriterionId>,
    /// The criterion named.
    pub(super) to: CriterionId,
    /// Where it is named.
    pub(super) span: Span,
    /// The key that names it.
    pub(super) key: &'static str,
}

/// Shared state of reading.
pub(super) struct Context<'t> {
    /// What is complained about.
    pub(super) report: Report<'t>,
    /// Criterion names in the order of the file, with their places.
    pub(super) names: Vec<(String, Span)>,
    /// Code sets by name.
    pub(super) code_sets: BTreeMap<String, CodeSet>,
    /// Names of the shared code sets that the profile uses.
    pub(super) shared_sets: BTreeSet<String>,
    /// Those sets, read once.
    shared_read: BTreeMap<String, SharedSet>,
    /// Codes that may still be resolved; `None` = there were too many, and it was said.
    codes_left: Option<usize>,
    /// The criterion that is being read, if one is.
    pub(super) current: Option<CriterionId>,
    /// Criterion → criterion that it names.
    pub(super) edges: Vec<(CriterionId, CriterionId)>,
    /// Criteria named from outside the criteria: population, markers, columns, measures.
    pub(super) used: Vec<CriterionId>,
    /// References that need a simple criterion.
    pub(super) simple: Vec<SimpleReference>,
    ids: BTreeMap<String, CriterionId>,
}

impl<'t> Context<'t> {
    /// With these criterion names.
    pub(super) fn new(report: Report<'t>, names: Vec<(String, Span)>) -> Self {
        let ids = names.iter().enumerate().map(|(i, (n, _))| (n.clone(), CriterionId(i))).collect();
        Self {
            report,
            names,
            code_sets: BTreeMap::new(),
            shared_sets: BTreeSet::new(),
            shared_read: BTreeMap::new(),
            codes_left: Some(MOST_CODES),
            current: None,
            edges: Vec::new(),
            used: Vec::new(),
            simple: Vec::new(),
            ids,
        }
    }

    /// Name of a criterion.
    pub(super) fn name(&self, id: CriterionId) -> &str {
        self.names.get(id.0).map_or("", |(name, _)| name)
    }

    /// Place of a criterion's name.
    pub(super) fn span(&self, id: CriterionId) -> Span {
        self.names.get(id.0).map_or(0..0, |(_, span)| span.clone())
    }

    /// The shared code set of a name, which is thereby used.
    pub(super) fn shared_set(&mut self, name: &str) -> Option<SharedSet> {
        if !self.shared_read.contains_key(name) {
            self.shared_read.insert(name.to_owned(), shared_sets::find(name)?);
            self.shared_sets.insert(name.to_owned());
        }
        self.shared_read.get(name).cloned()
    }

    /// Are there more codes than may be resolved? Then none need be looked at.
    pub(super) fn codes_spent(&self) -> bool {
        self.codes_left.is_none()
    }

    /// May so many more codes be resolved? Complains once if not.
    pub(super) fn take_codes(&mut self, count: usize, span: &Span) -> bool {
        let Some(left) = self.codes_left else { return false };
        self.codes_left = left.checked_sub(count);
        if self.codes_left.is_none() {
            let said = Said::new(
                format!("kriterierne har til sammen mere end {MOST_CODES} koder"),
                format!("the criteria have more than {MOST_CODES} codes together"),
            );
            let hint = Said::new(
                "skriv koder med * eller på et højere niveau, eller del profilen",
                "write codes with * or of a higher level, or divide the profile",
            );
            self.report.error_with("too-many-codes", span, said, hint);
        }
        self.codes_left.is_some()
    }

    /// The criterion of a name, or a complaint.
    pub(super) fn find(&mut self, name: &str, span: &Span) -> Option<CriterionId> {
        let found = self.ids.get(name).copied();
        if found.is_none() && self.report.is_full() {
            self.report.fail();
        } else if found.is_none() {
            let said = Said::new(
                format!("ukendt kriterie »{name}«"),
                format!("unknown criterion `{name}`"),
            );
            let hint =
                self.report.did_you_mean(name, self.names.iter().map(|(name, _)| name.as_str()));
            self.report.error_with("unknown-criterion", span, said, hint);
        }
        found
    }

    /// The criterion of a name; notes who refers to it.
    pub(super) fn refer(&mut self, name: &str, span: &Span) -> Option<CriterionId> {
        let to = self.find(name, span)?;
        match self.current {
            Some(from) => self.edges.push((from, to)),
            None => self.used.push(to),
        }
        Some(to)
    }

    /// Like [`Self::refer`]; the criterion must be simple and not of the patient register.
    pub(super) fn refer_simple(
        &mut self,
        name: &str,
        span: &Span,
        key: &'static str,
    ) -> Option<CriterionId> {
        let to = self.refer(name, span)?;
        self.simple.push(SimpleReference { from: self.current, to, span: span.clone(), key });
        Some(to)
    }

    /// The criterion that a required key names.
    pub(super) fn referred(
        &mut self,
        section: &Section<'_, '_>,
        key: &'static str,
    ) -> Option<CriterionId> {
        let name = section.required_text(&mut self.report, key)?;
        self.refer(&name, &section.value_span(key))
    }
}
