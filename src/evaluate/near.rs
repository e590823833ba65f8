//! The nearest miss of a criterion that is no.

use crate::amount::Amount;
use crate::day::Day;
use crate::evaluate::bind::{Select, Source};
use crate::evaluate::count;
use crate::evaluate::explain::{Evidence, NearMiss};
use crate::evaluate::hit::Hit;
use crate::evaluate::period::Period;
use crate::evaluate::pick::value;
use crate::evaluate::select::{event_day, matching};
use crate::evaluate::window::Span;
use crate::profile::plan::{Op, Test, TimeBasis};
use crate::records::PatientId;

/// What the selection found.
pub(crate) struct Found<'h> {
    /// In the window, before pick and test.
    pub inside: &'h [Hit],
    /// What counted.
    pub satisfied: &'h [Hit],
}

/// The nearest miss: of values, of numbers, of days, else that there is no such record.
pub(crate) fn miss(
    select: &Select<'_>,
    source: &Source<'_>,
    patient: PatientId,
    span: Span,
    found: &Found<'_>,
) -> Option<NearMiss> {
    if matches!(select.ask.count.op, Op::Less | Op::AtMost) {
        // Too many, not too few.
        return None;
    }
    if found.satisfied.is_empty() && !found.inside.is_empty() {
        return nearest_value(select, source, found.inside)
            .or_else(|| too_few(select, source, found));
    }
    if !found.satisfied.is_empty() {
        return too_few(select, source, found);
    }
    let days = matching(source, patient).filter_map(|(p, _)| outside(select, source, span, p));
    Some(
        days.min_by_key(|(days, miss)| (*days, position(miss)))
            .map_or(NearMiss::NoRecord, |(_, miss)| miss),
    )
}

fn too_few(select: &Select<'_>, source: &Source<'_>, found: &Found<'_>) -> Option<NearMiss> {
    let tally = count::tally(select.ask, source.events, found.satisfied);
    let needed = match select.ask.count.op {
        Op::Greater => select.ask.count.number.saturating_add(1),
        _ => select.ask.count.number,
    };
    (tally.sure < needed).then_some(NearMiss::TooFew { found: tally.sure, needed })
}

fn nearest_value(select: &Select<'_>, source: &Source<'_>, hits: &[Hit]) -> Option<NearMiss> {
    let Some(Test::Value(compare)) = &select.ask.test else { return None };
    let distance = |hit: &Hit| {
        let exact = value(source, hit.position).0.single()?;
        let evidence = hit.evidence(select.register());
        Some((Amount(exact.0.saturating_sub(compare.limit.0).saturating_abs()), evidence))
    };
    let nearest = hits.iter().filter_map(distance).min()?;
    Some(NearMiss::Value(nearest.1, nearest.0))
}

fn outside(
    select: &Select<'_>,
    source: &Source<'_>,
    span: Span,
    at: usize,
) -> Option<(i32, NearMiss)> {
    if span.is_empty() {
        return None;
    }
    let period = source.periods.of(at);
    let (first, last) = match (select.ask.basis, period) {
        (TimeBasis::Date, _) => {
            let day = event_day(select.register(), source, at)?;
            (day, day)
        }
        (TimeBasis::End, _) => {
            let end = period.end()??;
            (end, end)
        }
        (TimeBasis::Period, Period::Runs { from, to, .. }) => (from, to),
        (TimeBasis::Period, Period::Until(end)) => (end, end),
        (TimeBasis::Period, Period::None | Period::Undated) => return None,
    };
    let evidence = Evidence {
        register: select.register(),
        position: at,
        sure: true,
        assumed_end: period.assumed_end().filter(|_| select.ask.basis != TimeBasis::Date),
    };
    too_old(last, span, evidence).or_else(|| too_new(first, span, evidence))
}

fn too_old(last: Day, span: Span, evidence: Evidence) -> Option<(i32, NearMiss)> {
    let days = span.from.0.saturating_sub(last.0);
    (days > 0).then_some((days, NearMiss::DaysTooOld(evidence, days)))
}

fn too_new(first: Day, span: Span, evidence: Evidence) -> Option<(i32, NearMiss)> {
    let days = first.0.saturating_sub(span.to.0);
    (days > 0).then_some((days, NearMiss::DaysTooNew(evidence, days)))
}

fn position(miss: &NearMiss) -> usize {
    match miss {
        NearMiss::DaysTooOld(e, _) | NearMiss::DaysTooNew(e, _) | NearMiss::Value(e, _) => {
            e.position
        }
        NearMiss::TooFew { .. } | NearMiss::TooFewDays { .. } | NearMiss::NoRecord => 0,
    }
}
