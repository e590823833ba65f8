//! Rings: a criterion that refers to itself, directly or through others (rule R20).

use std::collections::BTreeMap;

use crate::note::Said;

use super::context::Context;
use super::plan::CriterionId;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

/// Complains about each ring once, with its path; is there any?
pub(super) fn find(context: &mut Context<'_>) -> bool {
    let rings = rings(context.names.len(), &context.edges);
    for ring in &rings {
        let Some(first) = ring.first() else { continue };
        let names: Vec<&str> =
            ring.iter().chain(std::iter::once(first)).map(|id| context.name(*id)).collect();
        let path = names.join(" → ");
        let said = Said::new(format!("kriterier i ring: {path}"), format!("criteria in a ring: {path}"));
        let hint = Said::new("fjern en af henvisningerne", "remove one of the references");
        let span = context.span(*first);
        context.report.error_with("ring", &span, said, hint);
    }
    !rings.is_empty()
}

/// Rings met by a depth-first walk in the order of the file, each beginning with its first
/// criterion. An own stack, since a chain of criteria may be as long as the cap.
fn rings(count: usize, edges: &[(CriterionId, CriterionId)]) -> Vec<Vec<CriterionId>> {
    let mut next: BTreeMap<CriterionId, Vec<CriterionId>> = BTreeMap::new();
    for (from, to) in edges {
        next.entry(*from).or_default().push(*to);
    }
    let mut marks = vec![Mark::New; count];
    let mut found = Vec::new();
    for start in (0..count).map(CriterionId) {
        walk(start, &next, &mut marks, &mut found);
    }
    found
}

fn walk(
    start: CriterionId,
    next: &BTreeMap<CriterionId, Vec<CriterionId>>,
    marks: &mut [Mark],
    found: &mut Vec<Vec<CriterionId>>,
) {
    let mark = |marks: &[Mark], id: CriterionId| marks.get(id.0).copied().unwrap_or(Mark::Done);
    let set = |marks: &mut [Mark], id: CriterionId, to: Mark| {
        if let Some(slot) = marks.get_mut(id.0) {
            *slot = to;
        }
    };
    if mark(marks, start) != Mark::New {
        return;
    }
    let mut path: Vec<(CriterionId, usize)> = vec![(start, 0)];
    set(marks, start, Mark::Open);
    while let Some((id, seen)) = path.last_mut() {
        let id = *id;
        let Some(to) = next.get(&id).and_then(|all| all.get(*seen)).copied() else {
            set(marks, id, Mark::Done);
            path.pop();
            continue;
        };
        *seen += 1;
        match mark(marks, to) {
            Mark::Done => {}
            Mark::New => {
                set(marks, to, Mark::Open);
                path.push((to, 0));
            }
            Mark::Open => {
                let ring = path.iter().map(|(id, _)| *id).skip_while(|id| *id != to).collect();
                found.push(from_smallest(ring));
            }
        }
    }
}

fn from_smallest(mut ring: Vec<CriterionId>) -> Vec<CriterionId> {
    let least = ring.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(at, _)| at);
    ring.rotate_left(least);
    ring
}
