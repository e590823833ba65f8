//! »Gråzone«: a sum of opioids on one side of a limit by the lowest source and on the other by the
//! highest. Where the default factors leave the answer open, it is unknown and not grey.

use crate::evaluate::{Bound, Evaluator, Population, omeq};
use crate::profile::plan::{CriterionId, GroupRule, Marker};
use crate::records::PatientId;
use crate::truth::Truth;

impl Evaluator<'_> {
    /// Does the verdict of a criterion hang on whose factors one takes?
    #[must_use]
    pub fn is_grey(&self, of: CriterionId, patient: PatientId) -> bool {
        let Some(Bound::Select(select)) = self.bound.get(of.0) else { return false };
        let source = select.source.as_ref().filter(|source| source.doses.is_some());
        source.is_some_and(|source| omeq::is_open(select, source, patient, self.index_date))
    }

    /// The criteria that the list or a marker asks for and that are grey for the patient.
    #[must_use]
    pub fn grey(&self, patient: PatientId) -> Vec<CriterionId> {
        let markers = self.plan.markers.iter().filter(|marker| marker.on);
        let markers = markers.filter(|marker| self.is_grey(marker.when, patient));
        let counted = markers.filter(|marker| !self.is_exempt(marker, patient));
        let asked = self.plan.inclusion.of.iter().copied();
        let asked = asked.filter(|id| self.is_grey(*id, patient));
        let mut found: Vec<CriterionId> = asked.collect();
        for marker in counted {
            if !found.contains(&marker.when) {
                found.push(marker.when);
            }
        }
        found
    }

    // An exception takes the marker out of the count, whosever factors one takes.
    fn is_exempt(&self, marker: &Marker, patient: PatientId) -> bool {
        let holds = |verdicts: &[Truth], id: &CriterionId| verdicts.get(id.0) == Some(&Truth::Yes);
        if marker.exceptions.is_empty() {
            return false;
        }
        let verdicts = self.verdicts(patient);
        marker.exceptions.iter().any(|id| holds(&verdicts, id))
    }

    /// Persons for whom something is grey: those on the list, those who cannot be decided, and those
    /// whom only other factors keep from it.
    #[must_use]
    pub fn grey_persons(&self, population: &Population) -> u64 {
        if !self.plan.sums_opioids() {
            return 0;
        }
        let patients = &self.records.patients;
        let listed: Vec<PatientId> = population.members.iter().map(|one| one.patient).collect();
        let open = population.undecided.iter().map(|one| one.patient);
        let listed: std::collections::BTreeSet<u32> =
            listed.into_iter().chain(open).map(|patient| patient.0).collect();
        let counts = |patient: &PatientId| {
            let grey = self.grey(*patient);
            !grey.is_empty() && (listed.contains(&patient.0) || self.may_be_in(*patient, &grey))
        };
        patients.ids().filter(|patient| patients.looked_at(*patient)).filter(counts).count() as u64
    }

    // Outside the list: would be in it, or perhaps, if what is grey were met.
    fn may_be_in(&self, patient: PatientId, grey: &[CriterionId]) -> bool {
        let inclusion = &self.plan.inclusion;
        let verdicts = self.verdicts(patient);
        let truth = |id: &CriterionId| verdicts.get(id.0).copied().unwrap_or(Truth::Unknown);
        let excluded = self.plan.exclusion.as_ref().is_some_and(|group| {
            let of = || group.of.iter().map(truth);
            match group.rule {
                GroupRule::All => Truth::all(of()) == Truth::Yes,
                _ => Truth::any(of()) == Truth::Yes,
            }
        });
        let mut others = inclusion.of.iter().filter(|id| !grey.contains(id));
        let is_asked = inclusion.of.iter().any(|id| grey.contains(id));
        let rest = inclusion.rule != GroupRule::All || others.all(|id| truth(id) != Truth::No);
        is_asked && !excluded && rest
    }
}
