//! Which criteria the why panel shows, and in what order.

use crate::profile::plan::{Anchor, Body, CriterionId, Derived, Group, Plan};

/// A criterion of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Which.
    pub id: CriterionId,
    /// Part of the exclusion.
    pub excludes: bool,
    /// No part of the population: another criterion counts from its records.
    pub counted_from: bool,
}

/// Every criterion of the population, groups before their members, each once; after each those that
/// it counts from and that have no place of their own.
#[must_use]
pub fn shown(plan: &Plan) -> Vec<Member> {
    let sides = [(Some(&plan.inclusion), false), (plan.exclusion.as_ref(), true)];
    let mut own: Vec<Member> = Vec::new();
    for (group, excludes) in sides {
        for id in group.map_or_else(Vec::new, |group| below(plan, group)) {
            if own.iter().all(|member| member.id != id) {
                own.push(Member { id, excludes, counted_from: false });
            }
        }
    }
    let mut all: Vec<Member> = Vec::new();
    for member in &own {
        all.push(*member);
        add_counted_from(plan, &own, member, &mut all);
    }
    all
}

// What a criterion counts from may itself count from another.
fn add_counted_from(plan: &Plan, own: &[Member], member: &Member, all: &mut Vec<Member>) {
    let mut open = counted_from(plan, member.id);
    open.reverse();
    while let Some(id) = open.pop() {
        if own.iter().chain(all.iter()).any(|known| known.id == id) {
            continue;
        }
        all.push(Member { id, counted_from: true, ..*member });
        open.extend(counted_from(plan, id).into_iter().rev());
    }
}

fn counted_from(plan: &Plan, id: CriterionId) -> Vec<CriterionId> {
    let Some(Body::Select(selection)) = plan.criteria.get(id.0).map(|c| &c.body) else {
        return Vec::new();
    };
    let anchor = match &selection.anchor {
        Some(Anchor::Criterion { of, .. }) => Some(*of),
        _ => None,
    };
    let between = match &selection.derived {
        Some(Derived::DaysBetween { from, to }) => vec![*from, *to],
        _ => Vec::new(),
    };
    anchor.into_iter().chain(between).collect()
}

// Every criterion below a group, groups before their members, each once.
fn below(plan: &Plan, group: &Group) -> Vec<CriterionId> {
    let mut found = Vec::new();
    let mut open: Vec<CriterionId> = group.of.iter().rev().copied().collect();
    while let Some(id) = open.pop() {
        if found.contains(&id) {
            continue;
        }
        found.push(id);
        if let Some(Body::Group(inner)) = plan.criteria.get(id.0).map(|c| &c.body) {
            open.extend(inner.of.iter().rev().copied());
        }
    }
    found
}

/// The criteria below a group that are no groups, each once, in the order of the profile.
#[must_use]
pub fn leaves_of(plan: &Plan, group: &Group) -> Vec<CriterionId> {
    let is_group =
        |id: &CriterionId| matches!(plan.criteria.get(id.0).map(|c| &c.body), Some(Body::Group(_)));
    below(plan, group).into_iter().filter(|id| !is_group(id)).collect()
}
