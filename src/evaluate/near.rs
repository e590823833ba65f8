//! The nearest miss of a criterion that is no. Every simple criterion that is no has one.

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
use crate::profile::plan::{Extreme, Op, Pick, Test, TimeBasis};
use crate::records::PatientId;

/// What the selection found.
pub(crate) struct Found<'h> {
    /// In the window, before pick and test.
    pub inside: &'h [Hit],
    /// What counted.
    pub satisfied: &'h [Hit],
}

/// The nearest miss: of numbers, of values, of days, else that there is no such record.
pub(crate) fn miss(
    select: &Select<'_>,
    source: &Source<'_>,
    patient: PatientId,
    span: Span,
    found: &Found<'_>,
) -> NearMiss {
    let number = off_in_number(select, source, found);
    let none_passed = found.satisfied.is_empty() && !found.inside.is_empty();
    let said = || if none_passed { off_in_value(select, source, found.inside) } else { None };
    match number {
        Some(NearMiss::TooFew { .. }) if none_passed => said().or(number),
        Some(NearMiss::TooFew { .. }) if found.satisfied.is_empty() => None,
        other => other,
    }
    .unwrap_or_else(|| elsewhere(select, source, patient, span, select.ask.basis))
}

// Too many, too few, or not spread enough.
fn off_in_number(select: &Select<'_>, source: &Source<'_>, found: &Found<'_>) -> Option<NearMiss> {
    let (least, most) = counts(select, source, found.satisfied);
    let test = select.ask.count;
    let allowed = match test.op {
        Op::Less => test.number.saturating_sub(1),
        _ => test.number,
    };
    let needed = match test.op {
        Op::Greater => test.number.saturating_add(1),
        _ => test.number,
    };
    let bounded = matches!(test.op, Op::Less | Op::AtMost | Op::Equal);
    let wanted = matches!(test.op, Op::Greater | Op::AtLeast | Op::Equal);
    if bounded && least > allowed {
        Some(NearMiss::TooMany { found: least, allowed })
    } else if wanted && most < needed {
        Some(NearMiss::TooFew { found: most, needed })
    } else {
        let days = count::possible_width(found.satisfied);
        select.ask.spread.map(|_| NearMiss::Spread(days))
    }
}

// The extreme value is one record, however many share it.
fn counts(select: &Select<'_>, source: &Source<'_>, satisfied: &[Hit]) -> (u32, u32) {
    let tally = count::tally(select.ask, source.events, satisfied);
    let (least, most) = (tally.sure, tally.sure.saturating_add(tally.perhaps));
    let one = matches!(select.ask.pick, Some(Pick::Highest | Pick::Lowest))
        && matches!(select.ask.test, Some(Test::Value(_)));
    if one { (least.min(1), most.min(1)) } else { (least, most) }
}

// What was tested and did not pass.
fn off_in_value(select: &Select<'_>, source: &Source<'_>, inside: &[Hit]) -> Option<NearMiss> {
    let picked = picked(select, source, inside);
    let evidence = |hit: &Hit| hit.evidence(select.register());
    let newest = || picked.iter().max_by_key(|hit| (hit.day, std::cmp::Reverse(hit.position)));
    match &select.ask.test {
        None => None,
        Some(Test::Value(compare)) => {
            let distance = |hit: &Hit| {
                let exact = value(source, hit.position).0.single()?;
                let off = exact.0.saturating_sub(compare.limit.0).saturating_abs();
                Some((Amount(off), evidence(hit)))
            };
            match picked.iter().filter_map(distance).min() {
                Some((off, item)) => Some(NearMiss::Value(item, off)),
                None => newest().map(|hit| NearMiss::Answer(evidence(hit))),
            }
        }
        Some(_) => newest().map(|hit| NearMiss::Answer(evidence(hit))),
    }
}

// `seneste` and `foerste` test one day only, an extreme those that may be it.
fn picked(select: &Select<'_>, source: &Source<'_>, inside: &[Hit]) -> Vec<Hit> {
    let days = inside.iter().filter(|hit| hit.sure()).filter_map(|hit| hit.day);
    let (day, extreme) = match select.ask.pick {
        Some(Pick::Latest) => (days.max(), select.ask.same_day),
        Some(Pick::First) => (days.min(), select.ask.same_day),
        Some(Pick::Highest) => (None, Some(Extreme::Highest)),
        Some(Pick::Lowest) => (None, Some(Extreme::Lowest)),
        Some(Pick::All) | None => (None, None),
    };
    let of_day = |hit: &&Hit| day.is_none() || hit.day == day;
    let picked: Vec<Hit> = inside.iter().filter(of_day).copied().collect();
    match extreme {
        Some(which) => contenders(source, picked, which),
        None => picked,
    }
}

fn contenders(source: &Source<'_>, mut hits: Vec<Hit>, which: Extreme) -> Vec<Hit> {
    let of = |hit: &Hit| value(source, hit.position).0;
    if let Some(all) = hits.iter().map(of).reduce(|a, b| a.extreme(b, which)) {
        hits.retain(|hit| of(hit).contends(all, which));
    }
    hits
}

/// Of records that do not lie in the window: the nearest, or that there is none. `basis` says which
/// of their days is held against the window.
pub(crate) fn elsewhere(
    select: &Select<'_>,
    source: &Source<'_>,
    patient: PatientId,
    span: Span,
    basis: TimeBasis,
) -> NearMiss {
    let rows = || matching(source, patient);
    let nearest = rows().filter_map(|(at, _)| outside(select, source, span, at, basis));
    let nearest = nearest.min_by_key(|(days, at, _)| (*days, *at)).map(|(_, _, miss)| miss);
    nearest.unwrap_or_else(|| match u32::try_from(rows().count()).unwrap_or(u32::MAX) {
        0 => NearMiss::NoRecord,
        count => NearMiss::NoneInWindow(count),
    })
}

fn outside(
    select: &Select<'_>,
    source: &Source<'_>,
    span: Span,
    at: usize,
    basis: TimeBasis,
) -> Option<(i32, usize, NearMiss)> {
    if span.is_empty() {
        return None;
    }
    let period = source.periods.of(at);
    let (first, last) = match (basis, period) {
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
        assumed_end: period.assumed_end().filter(|_| basis != TimeBasis::Date),
    };
    let miss = too_old(last, span, evidence).or_else(|| too_new(first, span, evidence));
    miss.map(|(days, miss)| (days, at, miss))
}

fn too_old(last: Day, span: Span, evidence: Evidence) -> Option<(i32, NearMiss)> {
    let days = span.from.0.saturating_sub(last.0);
    (days > 0).then_some((days, NearMiss::DaysTooOld(evidence, days)))
}

fn too_new(first: Day, span: Span, evidence: Evidence) -> Option<(i32, NearMiss)> {
    let days = first.0.saturating_sub(span.to.0);
    (days > 0).then_some((days, NearMiss::DaysTooNew(evidence, days)))
}
