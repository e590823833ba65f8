//! Limits: »højst 4 gange daglig«, »max 8 tabletter i døgnet«, »højst hver 6. time«.

use super::Reason;
use super::amount::whole;
use super::group::Group;
use super::item::Limit;
use crate::ratio::{Range, Ratio};

/// The most per day by a limit, and by what is said anyway.
pub(super) fn limited(
    group: &Group,
    anyway: Option<Ratio>,
    dose: Range,
) -> Result<Option<Ratio>, Reason> {
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
