//! Markers and their exceptions: what is exempt is shown, never counted (appendix G of the language).

use crate::evaluate::run::Run;
use crate::evaluate::trace::Recorder;
use crate::profile::plan::{CriterionId, Marker};
use crate::truth::Truth;

/// A marker that an exception takes out of the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exempt {
    /// Its position in the plan's markers.
    pub marker: usize,
    /// Its verdict without the exception, yes or unknown.
    pub truth: Truth,
    /// The exception that is yes, the first of them.
    pub by: CriterionId,
}

/// Verdict per marker of the plan, and those that are exempt, for whom it is no.
pub(crate) fn markers<R: Recorder>(run: &mut Run<'_, '_, R>) -> (Vec<Truth>, Vec<Exempt>) {
    let plan = run.evaluator.plan;
    let mut exempt = Vec::new();
    let mut verdict = |(at, marker): (usize, &Marker)| {
        // A marker that is off is not asked about: it costs nothing.
        let truth = if marker.on { run.truth(marker.when) } else { Truth::No };
        match exception(run, marker, truth) {
            Some(by) => {
                exempt.push(Exempt { marker: at, truth, by });
                Truth::No
            }
            None => truth,
        }
    };
    let markers = plan.markers.iter().enumerate().map(&mut verdict).collect();
    (markers, exempt)
}

// An exception that is unknown exempts nobody: the marker stands, and the panel says so.
fn exception<R: Recorder>(
    run: &mut Run<'_, '_, R>,
    marker: &Marker,
    truth: Truth,
) -> Option<CriterionId> {
    if truth == Truth::No {
        return None;
    }
    marker.exceptions.iter().copied().find(|id| run.truth(*id) == Truth::Yes)
}
