//! The profile's column on referrals, »Henvist til smertecenter (seneste)«: what it is called and
//! which words it looks for stand in the profile.

use super::{Topic, User};
use crate::evaluate::{Cell, Evaluator};
use crate::profile::plan::{Column, ColumnContent, Plan};
use crate::schema::Register;
use crate::view::cell;

/// The first column of the profile that reads the referrals; `None` = it has none.
pub(super) fn column(plan: &Plan) -> Option<&Column> {
    plan.columns.iter().find(|column| {
        matches!(&column.content, ColumnContent::Records { selection, .. }
            if selection.register == Register::Henvisning)
    })
}

/// Fills the column in, for all users in the order of the profile's members.
pub(super) fn fill(topic: &Topic<'_>, users: &mut [User]) {
    let Topic { evaluator, population, unread, language, .. } = topic;
    let Some(column) = column(evaluator.plan) else { return };
    let members = population.members.iter().map(|member| member.patient);
    let pending = cell::is_pending(column, unread);
    for (user, found) in users.iter_mut().zip(evaluator.cells(column, members)) {
        user.referred_day = day(evaluator, &found).filter(|_| !pending);
        user.referred = match pending {
            true => cell::pending(*language),
            false => cell::shown(evaluator, column, &found, *language),
        };
    }
}

// What the column sorts by; nothing and unknown stand last.
fn day(evaluator: &Evaluator<'_>, cell: &Cell) -> Option<i32> {
    let Cell::Records(items) = cell else { return None };
    let item = items.first()?;
    Some(evaluator.records.events(item.register)?.day(item.position)?.0)
}
