//! »Mangler«: why each undecided patient is undecided.

use std::collections::HashMap;

use super::{Entry, Kept, List, Source};
use crate::profile::plan::{Body, CriterionId};
use crate::schema::Register;
use crate::view::{patient, text_why};

impl List<'_> {
    pub(super) fn keep_reasons<'k>(&self, kept: &'k mut Kept) -> &'k [String] {
        if kept.reasons.is_none() {
            kept.reasons = Some(self.reasons());
        }
        kept.reasons.as_deref().unwrap_or_default()
    }

    // Why each undecided patient is undecided. A register that the export lacks leaves thousands
    // undecided for one and the same reason: that one is not looked up patient by patient.
    fn reasons(&self) -> Vec<String> {
        let mut absent: HashMap<&[CriterionId], Option<String>> = HashMap::new();
        let mut all = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            let known = absent.entry(entry.criteria).or_insert_with(|| self.absent(entry.criteria));
            all.push(known.clone().unwrap_or_else(|| self.reason(entry)));
        }
        all
    }

    fn reason(&self, entry: &Entry<'_>) -> String {
        let Source { evaluator, language, .. } = self.source;
        patient::undecided_reasons(evaluator, entry.patient, entry.criteria, language).join(" ")
    }

    // The sentence if every criterion is unknown because its register is not in the export.
    fn absent(&self, criteria: &[CriterionId]) -> Option<String> {
        let mut said: Vec<String> = Vec::new();
        for id in criteria {
            let register = self.missing_register(*id)?;
            let text = text_why::register_missing(register, self.source.language);
            if !said.contains(&text) {
                said.push(text);
            }
        }
        (!said.is_empty()).then(|| said.join(" "))
    }

    fn missing_register(&self, id: CriterionId) -> Option<Register> {
        let criterion = self.source.evaluator.plan.criteria.get(id.0)?;
        let Body::Select(selection) = &criterion.body else { return None };
        (!self.source.evaluator.records.has(selection.register)).then_some(selection.register)
    }
}
