//! Which amounts may be added.

use super::Reason;
use super::amount::is_as_needed;
use super::cursor::Stop;
use super::group::{Group, Joint};
use super::item::{Limit, Slot};
use crate::ratio::Range;

/// Several amounts are added only where they cannot be meant one instead of the other.
pub(super) fn goes_together(groups: &[Group]) -> Result<(), Stop> {
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
            !fixed.is_empty() && (group.said.has_time_of_day() && groups.first() != Some(*group));
        // »1 tablet morgen, 2 tabletter højst 4 gange daglig«: of that, or besides?
        let unsaid = !group.said.as_needed;
        if unclear || unsaid || (position > 0 && group.joint < Joint::And) {
            return Err((Reason::Contradiction, group.at));
        }
    }
    fixed_together(&fixed)
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
        without_time += i32::from(!weekly && !said.has_time_of_day() && !group.quantity.schema);
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
