//! `samtidig`: days on which every named criterion has a running row (rule R16).

use crate::day::Day;
use crate::evaluate::bind::{Bound, Select, Source};
use crate::evaluate::cover::Days;
use crate::evaluate::explain::{NearMiss, UnknownReason};
use crate::evaluate::hit::{Doubt, Hit};
use crate::evaluate::period::Period;
use crate::evaluate::run::Run;
use crate::evaluate::select::event_day;
use crate::evaluate::trace::Recorder;
use crate::evaluate::window::{Span, Standing};
use crate::profile::plan::CriterionId;
use crate::truth::Truth;

/// Days in a window with at least one running row.
pub(crate) struct Running {
    /// Surely.
    pub sure: Days,
    /// Surely or perhaps.
    pub possible: Days,
}

/// Which keys of a selection say what rows it asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Keys {
    /// All of them.
    All,
    /// Those that `samtidig` uses of the criteria it names: codes, names, form and route.
    Together,
}

impl Keys {
    /// As [`crate::evaluate::filter::Filter::admits`].
    #[expect(clippy::option_option, reason = "no match, a sure match and a doubtful one")]
    fn admit(self, source: &Source<'_>, position: usize) -> Option<Option<Doubt>> {
        match self {
            Self::All => source.filter.admits(source.events, position),
            Self::Together => source.filter.admits_together(source.events, position),
        }
    }
}

impl<'a, R: Recorder> Run<'_, 'a, R> {
    /// Verdict of `samtidig`.
    pub fn together(&mut self, of: &[CriterionId], span: Span, min_days: i32) -> Truth {
        self.recorder.window(span);
        let whole = || Days::of(vec![(span.from, span.to)]);
        let (mut sure, mut possible) = (whole(), whole());
        for id in of {
            let Some(Bound::Select(select)) = self.evaluator.bound.get(id.0) else {
                return Truth::Unknown;
            };
            if select.source.is_none() {
                self.recorder.unknown(UnknownReason::RegisterMissing(select.register()));
                return Truth::Unknown;
            }
        }
        for id in of {
            let Some(Bound::Select(select)) = self.evaluator.bound.get(id.0) else { continue };
            let running = self.running(select, span, Keys::Together);
            sure = sure.and(&running.sure);
            possible = possible.and(&running.possible);
            // Without a listener, nothing after an empty intersection matters.
            if !R::ON && possible.count() == 0 {
                break;
            }
        }
        let truth = Truth::between(sure.count() >= min_days, possible.count() >= min_days);
        if truth == Truth::No {
            self.recorder
                .near_miss(NearMiss::TooFewDays { found: possible.count(), needed: min_days });
        }
        truth
    }

    /// The days on which the rows run that a selection asks for. They become evidence.
    pub fn running(&mut self, select: &Select<'a>, span: Span, keys: Keys) -> Running {
        let (mut sure, mut possible) = (Vec::new(), Vec::new());
        let mut hits = self.hits();
        if let Some(source) = &select.source {
            for position in source.rows(self.patient) {
                let Some(doubt) = keys.admit(source, position) else { continue };
                let period = source.periods.of(position);
                let Some(days) = clipped(period, span) else { continue };
                let doubt = if period.place(span) == Standing::Inside {
                    doubt
                } else {
                    Some(Doubt::Undated)
                };
                if doubt.is_none() {
                    sure.push(days);
                }
                possible.push(days);
                let day = event_day(select.register(), source, position);
                hits.push(Hit { position, day, doubt, assumed_end: period.assumed_end() });
            }
        }
        self.record_hits(select.register(), &hits);
        if let Some(hit) = hits.iter().find(|h| !h.sure()) {
            self.recorder.unknown(hit.reason(select.register()));
        }
        self.give_back(hits);
        Running { sure: Days::of(sure), possible: Days::of(possible) }
    }
}

// The days of the window on which the row may run.
fn clipped(period: Period, span: Span) -> Option<(Day, Day)> {
    let (from, to) = match period {
        Period::None => return None,
        Period::Undated => (span.from, span.to),
        Period::Until(end) => (span.from, span.to.min(end)),
        Period::Runs { from, to, .. } => (from.max(span.from), to.min(span.to)),
    };
    (from <= to).then_some((from, to))
}
