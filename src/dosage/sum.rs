//! From amounts with their statements to the dose per day.

use super::amount::{Part, of_day, part, says_when};
use super::cursor::Stop;
use super::group::{Group, Groups, Said};
use super::together::goes_together;
use super::{AsNeeded, Daily, Reason};
use crate::ratio::{Range, Ratio};

pub(super) fn daily(mut all: Groups) -> Result<Daily, Stop> {
    let unit = one_unit(&all.groups)?;
    if all.groups.iter().any(|group| group.day.is_some()) {
        return by_days(&all).map(|fixed| Daily { fixed, as_needed: None, unit });
    }
    let single = all.groups.len() == 1;
    match all.groups.first_mut() {
        None => return Err((Reason::NoQuantity, 0)),
        Some(group) if single => {
            group.said = group.said.with(&all.frame).map_err(|reason| (reason, group.at))?;
        }
        Some(_) => spread_frame(&mut all)?,
    }
    let (named, whole): (Vec<Group>, Vec<Group>) =
        all.groups.into_iter().partition(|group| group.of_which);
    let total = together(&whole, single)?;
    for group in &named {
        explained(group, total.fixed)?;
    }
    Ok(Daily { fixed: total.fixed, as_needed: total.as_needed, unit })
}

fn one_unit(groups: &[Group]) -> Result<Option<String>, Stop> {
    let mut unit: Option<&'static str> = None;
    for group in groups {
        match (unit, group.quantity.unit) {
            (Some(one), Some(other)) if one != other => return Err((Reason::TwoUnits, group.at)),
            (None, Some(other)) => unit = Some(other),
            _ => {}
        }
    }
    Ok(unit.map(str::to_owned))
}

/// »Daglig …« and »Hver 7. dag …« go for all amounts; nothing else before the first does.
fn spread_frame(all: &mut Groups) -> Result<(), Stop> {
    let only_period = Said { period: all.frame.period, ..Said::default() };
    if all.frame != only_period {
        return Err((Reason::Contradiction, 0));
    }
    let Some(period) = all.frame.period else { return Ok(()) };
    for group in &mut all.groups {
        let own = group.said.period.is_some() || group.said.rate.is_some();
        let as_needed = group.said.as_needed && period != Range::ONE;
        if own || as_needed || group.said.weekdays != 0 {
            return Err((Reason::Contradiction, group.at));
        }
        // Each amount of a frame says when, so that no two are the same one.
        let unsaid = !group.said.as_needed && !says_when(&group.said) && !group.quantity.schema;
        if unsaid {
            return Err((Reason::NoFrequency, group.at));
        }
        group.said.period = Some(period);
        group.said.framed = true;
    }
    Ok(())
}

fn together(groups: &[Group], single: bool) -> Result<Part, Stop> {
    if !single {
        goes_together(groups)?;
    }
    let mut total = Part { fixed: Range::ZERO, as_needed: None };
    for group in groups {
        let part = part(group).map_err(|reason| (reason, group.at))?;
        total = added(total, part).ok_or((Reason::AmbiguousNumber, group.at))?;
    }
    Ok(total)
}

fn added(total: Part, part: Part) -> Option<Part> {
    let as_needed = match (total.as_needed, part.as_needed) {
        (None, one) | (one, None) => one,
        (Some(one), Some(other)) => {
            let max = match (one.max, other.max) {
                (Some(one), Some(other)) => Some(one.plus(other)?),
                _ => None,
            };
            Some(AsNeeded { max })
        }
    };
    Some(Part { fixed: total.fixed.plus(part.fixed)?, as_needed })
}

/// »heraf 1 til natten«: nothing is added, but it must be a part of the whole.
fn explained(group: &Group, total: Range) -> Result<(), Stop> {
    let part = part(group).map_err(|reason| (reason, group.at))?;
    let times = Said {
        slots: group.said.slots.clone(),
        clocks: group.said.clocks.clone(),
        ..Said::default()
    };
    // What else is said after it may go for the whole: »…, heraf 1 til natten, hver anden dag«.
    let only_times = group.said == times && times.has_time_of_day();
    if only_times && part.fixed.high <= total.low {
        Ok(())
    } else {
        Err((Reason::Contradiction, group.at))
    }
}

/// »Hver 7. dag. Dag 1: 1 tablet morgen. Dag 4: 1 tablet morgen«
fn by_days(all: &Groups) -> Result<Range, Stop> {
    let only_period = Said { period: all.frame.period, ..Said::default() };
    let period = all.frame.period.filter(|_| all.frame == only_period);
    let Some(length) = period.and_then(Range::single) else { return Err((Reason::Changing, 0)) };
    let mut sum = Range::ZERO;
    let mut before = 0;
    for group in &all.groups {
        let wrong = |reason| (reason, group.at);
        let day = group.day.ok_or_else(|| wrong(Reason::Changing))?;
        if day <= before || Ratio::whole(day) > length {
            return Err(wrong(Reason::Changing));
        }
        before = day;
        let plain = Said { slots: group.said.slots.clone(), ..Said::default() };
        if group.said != plain || group.of_which || group.quantity.schema {
            return Err(wrong(Reason::Changing));
        }
        let times = of_day(&group.said);
        let times = Range::exactly(if times.is_zero() { Ratio::ONE } else { times });
        let amount = group.quantity.range.times(times);
        sum = amount.and_then(|a| sum.plus(a)).ok_or_else(|| wrong(Reason::AmbiguousNumber))?;
    }
    sum.over(Range::exactly(length)).ok_or((Reason::AmbiguousNumber, 0))
}
