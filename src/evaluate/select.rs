//! A simple criterion: which records, when, pick, compare, count (the order of section 1).

use crate::day::Day;
use crate::evaluate::bind::{Select, Source};
use crate::evaluate::explain::UnknownReason;
use crate::evaluate::hit::{Doubt, Hit};
use crate::evaluate::near::{self, Found};
use crate::evaluate::period::diagnosis_start;
use crate::evaluate::run::Run;
use crate::evaluate::trace::Recorder;
use crate::evaluate::window::{Span, Standing};
use crate::profile::plan::TimeBasis;
use crate::records::PatientId;
use crate::schema::Register;
use crate::truth::Truth;

impl<'a, R: Recorder> Run<'_, 'a, R> {
    /// Verdict of a selection; `satisfied` receives the records that count, surely or perhaps.
    pub fn select(&mut self, select: &Select<'a>, satisfied: &mut Vec<Hit>) -> Truth {
        let Some(source) = &select.source else {
            self.recorder.unknown(UnknownReason::RegisterMissing(select.register()));
            return Truth::Unknown;
        };
        match &select.ask.anchor {
            None => self.within(select, source, self.evaluator.index_date, satisfied),
            Some(anchor) => self.anchored(select, source, anchor, satisfied),
        }
    }

    /// The same with the window's shifts counted from `base`.
    pub fn within(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        base: Day,
        satisfied: &mut Vec<Hit>,
    ) -> Truth {
        let index = self.evaluator.index_date;
        let span = match &select.ask.derived {
            Some(derived) if derived.of_index_date() => Span::day(index),
            _ => select.span(base, index),
        };
        self.recorder.window(span);
        if let Some(derived) = &select.ask.derived {
            return self.derived(derived, select, source, span, satisfied);
        }
        let mut hits = self.hits();
        collect(select, source, self.patient, span, &mut hits);
        let truth = self.settle(select, source, &hits, satisfied);
        if R::ON && truth == Truth::No {
            let found = Found { inside: &hits, satisfied };
            self.recorder.near_miss(near::miss(select, source, self.patient, span, &found));
        }
        self.give_back(hits);
        truth
    }

    /// Why unknown: the first record in doubt.
    pub fn record_doubt(&mut self, register: Register, hits: &[Hit]) {
        if let Some(hit) = hits.iter().find(|h| !h.sure() || h.day.is_none()) {
            self.recorder.unknown(hit.reason(register));
        }
    }
}

/// The patient's records that are asked for and lie in the window, surely or perhaps, by day
/// (undated last).
pub(crate) fn collect(
    select: &Select<'_>,
    source: &Source<'_>,
    patient: PatientId,
    span: Span,
    hits: &mut Vec<Hit>,
) {
    for position in source.rows(patient) {
        if let Some(doubt) = source.filter.admits(source.events, position)
            && let Some(hit) = place(select, source, span, position)
        {
            hits.push(doubt.map_or(hit, |doubt| hit.doubted(doubt)));
        }
    }
    // Rows stand by event date; ends and onsets may stand otherwise.
    if hits.len() > 1 {
        hits.sort_by_key(|hit| (hit.day.is_none(), hit.day, hit.position));
    }
}

/// The patient's records that are asked for, whenever they were.
pub(crate) fn matching(
    source: &Source<'_>,
    patient: PatientId,
) -> impl Iterator<Item = (usize, Option<Doubt>)> {
    source.rows(patient).filter_map(|position| {
        source.filter.admits(source.events, position).map(|doubt| (position, doubt))
    })
}

/// The record, if the window may hold it.
pub(crate) fn place(
    select: &Select<'_>,
    source: &Source<'_>,
    span: Span,
    position: usize,
) -> Option<Hit> {
    match select.ask.basis {
        TimeBasis::Date => {
            let day = event_day(select.register(), source, position);
            hit(position, day, span.place(day), None)
        }
        TimeBasis::Period => {
            let period = source.periods.of(position);
            let day = event_day(select.register(), source, position);
            hit(position, day, period.place(span), period.assumed_end())
        }
        TimeBasis::End => {
            let period = source.periods.of(position);
            // An undated row is only perhaps inside, however wide the window.
            let span = Span { holds_undated: false, ..span };
            let end = period.end()?;
            hit(position, end, span.place(end), period.assumed_end())
        }
    }
}

fn hit(
    position: usize,
    day: Option<Day>,
    standing: Standing,
    assumed_end: Option<Day>,
) -> Option<Hit> {
    let doubt = match standing {
        Standing::Outside => return None,
        Standing::Perhaps => Some(Doubt::Undated),
        Standing::Inside => None,
    };
    Some(Hit { position, day, doubt, assumed_end })
}

/// The event date; of a diagnosis without one, its onset.
pub(crate) fn event_day(register: Register, source: &Source<'_>, position: usize) -> Option<Day> {
    match register {
        Register::Diagnose => diagnosis_start(source.events, position),
        _ => source.events.day(position),
    }
}
