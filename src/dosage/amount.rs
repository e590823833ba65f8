//! One amount with its statements: how much a day.

use super::group::{Group, Said};
use super::item::Limit;
use super::{AsNeeded, Reason, limit};
use crate::ratio::{Range, Ratio};

const WEEK: Range = Range::exactly(Ratio::whole(7));
const MEASURES: [&str; 4] = ["mg", "g", "mikrogram", "ml"];

/// One amount per day.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub fixed: Range,
    pub as_needed: Option<AsNeeded>,
}

pub(super) fn part(group: &Group) -> Result<Part, Reason> {
    let said = &group.said;
    explains_the_amount(group)?;
    let per_day = per_day(group)?;
    let dose = group.quantity.range;
    if is_as_needed(group) {
        if !said.as_needed && !matches!(said.limit, Some(Limit::Times { .. } | Limit::Rate(_))) {
            return Err(Reason::NoFrequency);
        }
        // »1 tablet daglig, højst 3 gange daglig«: one or three?
        let daily_frame = said.framed && said.period == Some(Range::ONE);
        let two_periods = said.period.is_some() && !daily_frame && per_day.is_none();
        if group.quantity.schema || two_periods {
            return Err(Reason::Contradiction);
        }
        let max = limit::limited(group, per_day.map(|range| range.high), dose)?;
        return Ok(Part { fixed: Range::ZERO, as_needed: Some(AsNeeded { max }) });
    }
    if said.condition {
        return Err(Reason::Condition);
    }
    let fixed = per_day.ok_or(Reason::NoFrequency)?;
    let fixed = match limit::limited(group, None, dose)? {
        None => fixed,
        // »1-2 tabletter 3-4 gange daglig, højst 6 daglig«
        Some(most) if fixed.holds(most) => Range { low: fixed.low, high: most },
        Some(_) => return Err(Reason::Contradiction),
    };
    Ok(Part { fixed, as_needed: None })
}

/// »højst 4 gange daglig« alone makes it as needed, too.
pub(super) fn is_as_needed(group: &Group) -> bool {
    group.said.as_needed || (group.said.limit.is_some() && !frequency_said(group))
}

/// What brackets say about the amount must agree with it.
fn explains_the_amount(group: &Group) -> Result<(), Reason> {
    let quantity = &group.quantity;
    if let Some(each) = group.said.each {
        let both = each.plus(each).ok_or(Reason::AmbiguousNumber)?;
        if both != quantity.range || quantity.schema {
            return Err(Reason::Contradiction);
        }
    }
    let measured = quantity.unit.is_none_or(|unit| MEASURES.contains(&unit));
    if group.said.restated && measured { Err(Reason::TwoUnits) } else { Ok(()) }
}

pub(super) fn frequency_said(group: &Group) -> bool {
    let said = &group.said;
    let bare_period = said.period.is_some() && said.limit.is_none();
    group.quantity.schema
        || says_when(said)
        || said.rate.is_some()
        || said.weekdays != 0
        || bare_period
}

/// The amount per day without regard to limits; `None` where it is not said how often.
fn per_day(group: &Group) -> Result<Option<Range>, Reason> {
    if !frequency_said(group) {
        return Ok(None);
    }
    let said = &group.said;
    let days = said.period.unwrap_or(Range::ONE);
    let dose = group.quantity.range;
    let amount = if group.quantity.schema || said.split {
        alone(group)?;
        dose.over(days)
    } else if let Some(rate) = said.rate {
        by_rate(said, rate)?;
        dose.times(rate)
    } else if said.weekdays != 0 {
        let days = Range::exactly(Ratio::whole(i64::from(said.weekdays.count_ones())));
        let times = on_weekdays(said, days)?;
        dose.times(times).and_then(|amount| amount.times(days)).and_then(|sum| sum.over(WEEK))
    } else {
        dose.times(times(said)?).and_then(|amount| amount.over(days))
    };
    amount.map(Some).ok_or(Reason::AmbiguousNumber)
}

/// »1+0+1« and »… fordelt på 2 doser« say all but the period.
fn alone(group: &Group) -> Result<(), Reason> {
    let said = &group.said;
    let more = said.count.is_some() || said.rate.is_some() || said.weekdays != 0;
    let times = group.quantity.schema && said.has_time_of_day();
    if more || times || (group.quantity.schema && said.split) {
        return Err(Reason::Contradiction);
    }
    let period_missing = said.split && said.period.is_none();
    if period_missing { Err(Reason::NoFrequency) } else { Ok(()) }
}

fn by_rate(said: &Said, rate: Range) -> Result<(), Reason> {
    let times = of_day(said);
    let agrees = times.is_zero() || rate == Range::exactly(times);
    // »hver 6. time, 4 gange daglig« says the same twice.
    let alone = said.count.is_none_or(|(count, _)| count == rate) && said.weekdays == 0;
    let daily = said.period.is_none_or(|days| days == Range::ONE);
    if agrees && alone && daily { Ok(()) } else { Err(Reason::Contradiction) }
}

fn on_weekdays(said: &Said, days: Range) -> Result<Range, Reason> {
    let agrees = match (said.count, said.period) {
        (None, None) => true,
        // »1 gang ugentlig mandag«
        (None, Some(period)) => period == WEEK && days == Range::ONE,
        (Some((count, _)), Some(period)) => period == WEEK && count == days,
        (Some(_), None) => false,
    };
    let times = of_day(said);
    match agrees {
        false => Err(Reason::Contradiction),
        true if times.is_zero() => Ok(Range::ONE),
        true => Ok(Range::exactly(times)),
    }
}

/// How many parts of the day and clock times.
pub(super) fn of_day(said: &Said) -> Ratio {
    let times = said.slots.len() + said.clocks.len();
    Ratio::whole(i64::try_from(times).unwrap_or(i64::MAX))
}

/// How many times in the period.
fn times(said: &Said) -> Result<Range, Reason> {
    let times = of_day(said);
    let daily = said.period.is_none_or(|days| days == Range::ONE);
    match said.count {
        Some((count, per_day)) => {
            whole(count)?;
            if said.period.is_none() && !per_day {
                return Err(Reason::NoFrequency);
            }
            // »3 tabletter daglig, 3 gange«: is it 3 or 9?
            if said.period_before_count && count.high > Ratio::ONE {
                return Err(Reason::Contradiction);
            }
            let agrees = if daily { count == Range::exactly(times) } else { times == Ratio::ONE };
            if times.is_zero() || agrees { Ok(count) } else { Err(Reason::Contradiction) }
        }
        None if times.is_zero() => Ok(Range::ONE),
        // »2 tabletter daglig morgen og aften«: is it 2 or 4?
        None if said.period_before_times && times > Ratio::ONE => Err(Reason::Contradiction),
        None => Ok(Range::exactly(times)),
    }
}

pub(super) fn whole(count: Range) -> Result<(), Reason> {
    let whole = count.low.denominator() == 1 && count.high.denominator() == 1;
    if whole && count.low.is_positive() { Ok(()) } else { Err(Reason::Contradiction) }
}

pub(super) fn says_when(said: &Said) -> bool {
    said.count.is_some() || !said.slots.is_empty() || !said.clocks.is_empty()
}
