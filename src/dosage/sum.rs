//! From amounts with their statements to the dose per day.

use super::cursor::Stop;
use super::group::{Group, Groups, Joint, Said};
use super::item::{Limit, Slot};
use super::{AsNeeded, Daily, Reason};
use crate::ratio::{Range, Ratio};

const WEEK: Range = Range::exactly(Ratio::whole(7));
const MEASURES: [&str; 4] = ["mg", "g", "mikrogram", "ml"];

/// One amount per day.
#[derive(Clone, Copy)]
struct Part {
    fixed: Range,
    as_needed: Option<AsNeeded>,
}

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

fn says_when(said: &Said) -> bool {
    said.count.is_some() || !said.slots.is_empty() || !said.clocks.is_empty()
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
    let within = part.as_needed.is_none() && part.fixed.high <= total.low;
    if within && says_when(&group.said) { Ok(()) } else { Err((Reason::Contradiction, group.at)) }
}

/// Several amounts are added only where they cannot be meant one instead of the other.
fn goes_together(groups: &[Group]) -> Result<(), Stop> {
    let (as_needed, fixed): (Vec<&Group>, Vec<&Group>) =
        groups.iter().partition(|group| is_as_needed(group));
    for group in groups {
        if group.said.course || group.said.split {
            return Err((Reason::Changing, group.at));
        }
        if matches!(group.said.limit, Some(Limit::Amount { .. })) {
            return Err((Reason::Contradiction, group.at));
        }
    }
    for (position, group) in as_needed.iter().enumerate() {
        // »1 tablet morgen og 1 tablet aften efter behov«: one or both as needed?
        let unclear =
            !fixed.is_empty() && (says_when_of_day(&group.said) && groups.first() != Some(*group));
        if unclear || (position > 0 && group.joint < Joint::And) {
            return Err((Reason::Contradiction, group.at));
        }
    }
    fixed_together(&fixed)
}

/// »højst 4 gange daglig« alone makes it as needed, too.
fn is_as_needed(group: &Group) -> bool {
    group.said.as_needed || (group.said.limit.is_some() && !frequency_said(group))
}

fn says_when_of_day(said: &Said) -> bool {
    !said.slots.is_empty() || !said.clocks.is_empty()
}

fn fixed_together(fixed: &[&Group]) -> Result<(), Stop> {
    let Some(first) = fixed.first() else { return Ok(()) };
    let (mut slots, mut clocks, mut weekdays): (Vec<Slot>, Vec<u16>, u8) = Default::default();
    let mut without_time = 0;
    for (position, group) in fixed.iter().enumerate() {
        let said = &group.said;
        let weekly = said.weekdays != 0;
        let same_calendar = weekly == (first.said.weekdays != 0)
            && said.period.unwrap_or(Range::ONE) == first.said.period.unwrap_or(Range::ONE)
            && (said.rate.is_some() == first.said.rate.is_some());
        let overlap = if weekly {
            said.weekdays & weekdays != 0
        } else {
            said.slots.iter().any(|slot| slots.contains(slot))
                || said.clocks.iter().any(|time| clocks.contains(time))
        };
        without_time += i32::from(!weekly && !says_when_of_day(said) && !group.quantity.schema);
        let joined = position == 0 || group.joint >= Joint::And;
        let loose = without_time > 0 && !joined;
        let twice = without_time > 1 && group.joint != Joint::Plus;
        if !same_calendar || overlap || loose || twice || group.quantity.schema && position > 0 {
            return Err((Reason::Contradiction, group.at));
        }
        slots.extend(&said.slots);
        clocks.extend(&said.clocks);
        weekdays |= said.weekdays;
    }
    Ok(())
}

fn part(group: &Group) -> Result<Part, Reason> {
    let said = &group.said;
    explains_the_amount(group)?;
    let per_day = per_day(group)?;
    let dose = group.quantity.range;
    if is_as_needed(group) {
        if !said.as_needed && !matches!(said.limit, Some(Limit::Times { .. } | Limit::Rate(_))) {
            return Err(Reason::NoFrequency);
        }
        // »1 tablet daglig, højst 3 gange daglig«: one or three?
        let two_periods = said.period.is_some() && !said.framed && per_day.is_none();
        if group.quantity.schema || two_periods {
            return Err(Reason::Contradiction);
        }
        let max = limited(group, per_day.map(|range| range.high), dose)?;
        return Ok(Part { fixed: Range::ZERO, as_needed: Some(AsNeeded { max }) });
    }
    if said.condition {
        return Err(Reason::Condition);
    }
    let fixed = per_day.ok_or(Reason::NoFrequency)?;
    let fixed = match limited(group, None, dose)? {
        None => fixed,
        // »1-2 tabletter 3-4 gange daglig, højst 6 daglig«
        Some(most) if fixed.holds(most) => Range { low: fixed.low, high: most },
        Some(_) => return Err(Reason::Contradiction),
    };
    Ok(Part { fixed, as_needed: None })
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

fn frequency_said(group: &Group) -> bool {
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
    let times = group.quantity.schema && says_when_of_day(said);
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
fn of_day(said: &Said) -> Ratio {
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

fn whole(count: Range) -> Result<(), Reason> {
    let whole = count.low.denominator() == 1 && count.high.denominator() == 1;
    if whole && count.low.is_positive() { Ok(()) } else { Err(Reason::Contradiction) }
}

/// The most per day by a limit, and by what is said anyway.
fn limited(group: &Group, anyway: Option<Ratio>, dose: Range) -> Result<Option<Ratio>, Reason> {
    let Some(limit) = group.said.limit else { return Ok(anyway) };
    let most = match limit {
        Limit::Times { count, days } => by_count(group, count, days, dose)?,
        Limit::Rate(rate) => dose.high.times(rate.high).ok_or(Reason::AmbiguousNumber)?,
        Limit::Amount { most, unit, named, days } => {
            let other =
                unit.is_some() && group.quantity.unit.is_some() && unit != group.quantity.unit;
            if other {
                return Err(Reason::TwoUnits);
            }
            // »2 tabletter efter behov, højst 4 daglig«: 4 tablets or 4 times?
            if !named && dose != Range::ONE {
                return Err(Reason::Contradiction);
            }
            most.over(days_of(group, days)?).ok_or(Reason::AmbiguousNumber)?
        }
    };
    let too_little = matches!(limit, Limit::Amount { .. }) && most < dose.low;
    if too_little || anyway.is_some_and(|anyway| anyway < most) {
        return Err(Reason::Contradiction);
    }
    Ok(Some(most))
}

fn by_count(
    group: &Group,
    count: Range,
    days: Option<Range>,
    dose: Range,
) -> Result<Ratio, Reason> {
    whole(count)?;
    // »3 gange daglig, højst 2 gange daglig«
    if group.said.count.is_some_and(|(stated, _)| stated.high != count.high) {
        return Err(Reason::Contradiction);
    }
    let count = count.single().ok_or(Reason::Contradiction)?;
    let days = days_of(group, days)?;
    dose.high.times(count).and_then(|most| most.over(days)).ok_or(Reason::AmbiguousNumber)
}

fn days_of(group: &Group, days: Option<Range>) -> Result<Ratio, Reason> {
    let days = days.or(group.said.period).ok_or(Reason::NoFrequency)?;
    days.single().ok_or(Reason::Contradiction)
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
