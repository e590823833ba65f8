//! What an evaluation leaves behind: nothing for lists, everything for explanations.
//!
//! The evaluator is generic over [`Recorder`], so that both take the same path and the list pays
//! nothing for the explanation.

use crate::amount::Amount;
use crate::evaluate::explain::{Evidence, NearMiss, Trace, UnknownReason};
use crate::evaluate::window::Span;
use crate::opioid::Receipt;
use crate::profile::plan::CriterionId;
use crate::truth::Truth;

/// Receives what decides.
pub(crate) trait Recorder {
    /// Does anyone listen? Work that only serves the explanation is skipped otherwise.
    const ON: bool;
    /// A criterion begins; those that it asks for begin and end inside it.
    fn begin(&mut self, criterion: CriterionId);
    /// The criterion that began last ends.
    fn end(&mut self, truth: Truth);
    /// A record that counts.
    fn evidence(&mut self, evidence: Evidence);
    /// A record that was tested and does not count; evidence of a no.
    fn rejected(&mut self, evidence: Evidence);
    /// What was rejected so far decides nothing: an anchor was found all the same.
    fn forget_rejected(&mut self);
    /// Why unknown; the first reason given stands.
    fn unknown(&mut self, reason: UnknownReason);
    /// How near it was.
    fn near_miss(&mut self, miss: NearMiss);
    /// The window in force.
    fn window(&mut self, span: Span);
    /// A derived value.
    fn value(&mut self, value: Amount);
    /// How a sum of opioids came about.
    fn receipt(&mut self, receipt: Receipt);
}

/// For lists.
pub(crate) struct Silent;

impl Recorder for Silent {
    const ON: bool = false;
    fn begin(&mut self, _: CriterionId) {}
    fn end(&mut self, _: Truth) {}
    fn evidence(&mut self, _: Evidence) {}
    fn rejected(&mut self, _: Evidence) {}
    fn forget_rejected(&mut self) {}
    fn unknown(&mut self, _: UnknownReason) {}
    fn near_miss(&mut self, _: NearMiss) {}
    fn window(&mut self, _: Span) {}
    fn value(&mut self, _: Amount) {}
    fn receipt(&mut self, _: Receipt) {}
}

/// For explanations.
#[derive(Default)]
pub(crate) struct Recording {
    /// Those that have ended, in the order of their ends.
    pub traces: Vec<Trace>,
    open: Vec<Open>,
}

struct Open {
    trace: Trace,
    rejected: Vec<Evidence>,
}

impl Recording {
    fn with(&mut self, change: impl FnOnce(&mut Open)) {
        if let Some(open) = self.open.last_mut() {
            change(open);
        }
    }
}

impl Recorder for Recording {
    const ON: bool = true;

    fn begin(&mut self, criterion: CriterionId) {
        let trace = Trace {
            criterion,
            truth: Truth::Unknown,
            window: None,
            evidence: Vec::new(),
            unknown: None,
            near_miss: None,
            value: None,
            receipt: None,
        };
        self.open.push(Open { trace, rejected: Vec::new() });
    }

    fn end(&mut self, truth: Truth) {
        let Some(Open { mut trace, rejected }) = self.open.pop() else { return };
        trace.truth = truth;
        if truth == Truth::No {
            trace.evidence.extend(rejected);
        } else {
            trace.near_miss = None;
        }
        if truth != Truth::Unknown {
            trace.unknown = None;
        }
        let mut seen = std::collections::BTreeSet::new();
        // A row that serves two criteria may count for one of them only perhaps: both are shown.
        trace.evidence.retain(|e| seen.insert(*e));
        self.traces.push(trace);
    }

    fn evidence(&mut self, evidence: Evidence) {
        self.with(|open| open.trace.evidence.push(evidence));
    }

    fn rejected(&mut self, evidence: Evidence) {
        self.with(|open| open.rejected.push(evidence));
    }

    fn forget_rejected(&mut self) {
        self.with(|open| open.rejected.clear());
    }

    fn unknown(&mut self, reason: UnknownReason) {
        self.with(|open| open.trace.unknown = open.trace.unknown.take().or(Some(reason)));
    }

    fn near_miss(&mut self, miss: NearMiss) {
        self.with(|open| open.trace.near_miss = Some(miss));
    }

    fn window(&mut self, span: Span) {
        self.with(|open| open.trace.window = Some((span.from, span.to)));
    }

    fn value(&mut self, value: Amount) {
        self.with(|open| open.trace.value = Some(value));
    }

    fn receipt(&mut self, receipt: Receipt) {
        self.with(|open| open.trace.receipt = Some(Box::new(receipt)));
    }
}
