//! One patient at a time: every criterion is decided at most once.

use crate::evaluate::Evaluator;
use crate::evaluate::bind::Bound;
use crate::evaluate::explain::UnknownReason;
use crate::evaluate::hit::Hit;
use crate::evaluate::trace::Recorder;
use crate::opioid::Sum;
use crate::profile::plan::{CriterionId, Group, GroupRule, Selection};
use crate::records::PatientId;
use crate::truth::Truth;

/// An evaluation in progress. Kept from patient to patient, so that nothing is allocated anew.
pub(crate) struct Run<'e, 'a, R> {
    /// Plan and records.
    pub evaluator: &'e Evaluator<'a>,
    /// Who is looked at.
    pub patient: PatientId,
    /// Receives what decides.
    pub recorder: R,
    /// Sums of opioids on the index date that were asked for, with the records behind them.
    pub sums: Vec<(&'a Selection, Sum, Vec<Hit>)>,
    known: Vec<Option<Truth>>,
    spare: Vec<Vec<Hit>>,
}

impl<'e, 'a, R: Recorder> Run<'e, 'a, R> {
    /// Begins with a patient.
    pub fn new(evaluator: &'e Evaluator<'a>, patient: PatientId, recorder: R) -> Self {
        let known = vec![None; evaluator.plan.criteria.len()];
        Self { evaluator, patient, recorder, known, sums: Vec::new(), spare: Vec::new() }
    }

    /// Goes on to another patient.
    pub fn turn_to(&mut self, patient: PatientId) {
        self.patient = patient;
        self.known.fill(None);
        self.sums.clear();
    }

    /// Verdict of a criterion. A ring, which `check` refuses, would be unknown.
    pub fn truth(&mut self, id: CriterionId) -> Truth {
        match self.known.get(id.0) {
            Some(Some(truth)) => return *truth,
            Some(None) => {}
            None => return Truth::Unknown,
        }
        self.remember(id, Truth::Unknown);
        self.recorder.begin(id);
        let truth = self.decide(id);
        self.recorder.end(truth);
        self.remember(id, truth);
        truth
    }

    fn remember(&mut self, id: CriterionId, truth: Truth) {
        if let Some(slot) = self.known.get_mut(id.0) {
            *slot = Some(truth);
        }
    }

    fn decide(&mut self, id: CriterionId) -> Truth {
        let evaluator = self.evaluator;
        match evaluator.bound.get(id.0) {
            Some(Bound::Select(select)) => {
                let mut hits = self.hits();
                let truth = self.select(select, &mut hits);
                self.record_hits(select.register(), &hits);
                self.give_back(hits);
                truth
            }
            Some(Bound::Patient(tests)) => self.patient_tests(tests),
            Some(Bound::Group(group)) => self.group(group),
            Some(Bound::Together { of, span, min_days }) => self.together(of, *span, *min_days),
            None => Truth::Unknown,
        }
    }

    /// Kleene logic over the members (rule R13).
    pub fn group(&mut self, group: &Group) -> Truth {
        if R::ON {
            self.record_members(group);
        }
        match group.rule {
            GroupRule::All => self.all(&group.of),
            GroupRule::Any => self.any(&group.of),
            GroupRule::None => !self.any(&group.of),
            GroupRule::AtLeast(count) => {
                Truth::at_least(count, group.of.iter().map(|id| self.truth(*id)))
            }
            GroupRule::Undecided => Truth::any_unknown(group.of.iter().map(|id| self.truth(*id))),
        }
    }

    // Both stop at the member that decides: criteria after it may never be asked for.
    fn all(&mut self, of: &[CriterionId]) -> Truth {
        let mut least = Truth::Yes;
        for id in of {
            least = least.min(self.truth(*id));
            if least == Truth::No {
                break;
            }
        }
        least
    }

    fn any(&mut self, of: &[CriterionId]) -> Truth {
        let mut most = Truth::No;
        for id in of {
            most = most.max(self.truth(*id));
            if most == Truth::Yes {
                break;
            }
        }
        most
    }

    // The explanation shows every member, also those that no longer matter.
    fn record_members(&mut self, group: &Group) {
        for id in &group.of {
            if self.truth(*id) == Truth::Unknown {
                self.recorder.unknown(UnknownReason::Member(*id));
            }
        }
    }

    /// An empty list to fill; give it back afterwards.
    pub fn hits(&mut self) -> Vec<Hit> {
        self.spare.pop().unwrap_or_default()
    }

    /// Returns a list for later use.
    pub fn give_back(&mut self, mut hits: Vec<Hit>) {
        hits.clear();
        self.spare.push(hits);
    }

    /// Records as evidence, newest first, undated last.
    pub fn record_hits(&mut self, register: crate::schema::Register, hits: &[Hit]) {
        if !R::ON {
            return;
        }
        for hit in newest_first(hits) {
            self.recorder.evidence(hit.evidence(register));
        }
    }
}

/// Sorted by day, newest first, undated last; on one day in the order of the file.
pub(crate) fn newest_first(hits: &[Hit]) -> Vec<Hit> {
    let mut sorted = hits.to_vec();
    sorted.sort_by_key(|hit| (std::cmp::Reverse(hit.day), hit.position));
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undated_records_come_last() {
        let hits = [
            Hit::sure_at(1, None),
            Hit::sure_at(2, Some(crate::day::Day(5))),
            Hit::sure_at(3, Some(crate::day::Day(9))),
        ];
        let order: Vec<usize> = newest_first(&hits).iter().map(|h| h.position).collect();
        assert_eq!(order, [3, 2, 1]);
    }
}
