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

/// Longest chain of criteria that refer to the next: whoever follows one may use the call stack.
pub const MOST_CHAIN: usize = 100;

/// Complains about each ring once, with its path, and about chains that are too long.
pub(super) fn find(context: &mut Context<'_>) {
    let Walk { found, longest, .. } = Walk::through(context.names.len(), &context.edges);
    if let Some((id, _)) = longest.iter().enumerate().find(|(_, length)| **length > MOST_CHAIN) {
        let said = Said::new(
            format!("mere end {MOST_CHAIN} kriterier henviser til hinanden i kæde"),
            format!("more than {MOST_CHAIN} criteria refer to each other in a chain"),
        );
        let span = context.span(CriterionId(id));
        context.report.error("too-deep", &span, said);
    }
    for ring in &found {
        let Some(first) = ring.first() else { continue };
        let names: Vec<&str> =
            ring.iter().chain(std::iter::once(first)).map(|id| context.name(*id)).collect();
        let path = names.join(" → ");
        let said =
            Said::new(format!("kriterier i ring: {path}"), format!("criteria in a ring: {path}"));
        let hint = Said::new("fjern en af henvisningerne", "remove one of the references");
        let span = context.span(*first);
        context.report.error_with("ring", &span, said, hint);
    }
}

/// A depth-first walk in the order of the file. An own stack, since a chain of criteria may be as
/// long as there are criteria.
struct Walk {
    next: BTreeMap<CriterionId, Vec<CriterionId>>,
    marks: Vec<Mark>,
    /// Rings, each beginning with its first criterion.
    found: Vec<Vec<CriterionId>>,
    /// Per criterion: how many stand in the longest chain that begins with it.
    longest: Vec<usize>,
}

impl Walk {
    fn through(count: usize, edges: &[(CriterionId, CriterionId)]) -> Self {
        let mut next: BTreeMap<CriterionId, Vec<CriterionId>> = BTreeMap::new();
        for (from, to) in edges {
            next.entry(*from).or_default().push(*to);
        }
        let marks = vec![Mark::New; count];
        let mut walk = Self { next, marks, found: Vec::new(), longest: vec![1; count] };
        for start in (0..count).map(CriterionId) {
            if walk.mark(start) == Mark::New {
                walk.from(start);
            }
        }
        walk
    }

    fn mark(&self, id: CriterionId) -> Mark {
        self.marks.get(id.0).copied().unwrap_or(Mark::Done)
    }

    fn set(&mut self, id: CriterionId, to: Mark) {
        if let Some(mark) = self.marks.get_mut(id.0) {
            *mark = to;
        }
    }

    fn child(&self, id: CriterionId, number: usize) -> Option<CriterionId> {
        self.next.get(&id)?.get(number).copied()
    }

    fn from(&mut self, start: CriterionId) {
        let mut path: Vec<(CriterionId, usize)> = vec![(start, 0)];
        self.set(start, Mark::Open);
        while let Some((id, seen)) = path.last_mut() {
            let id = *id;
            let Some(to) = self.child(id, *seen) else {
                self.close(id);
                path.pop();
                continue;
            };
            *seen += 1;
            match self.mark(to) {
                Mark::Done => {}
                Mark::New => {
                    self.set(to, Mark::Open);
                    path.push((to, 0));
                }
                Mark::Open => {
                    let ring = path.iter().map(|(id, _)| *id).skip_while(|id| *id != to);
                    self.found.push(from_smallest(ring.collect()));
                }
            }
        }
    }

    /// All that `id` refers to has been walked.
    fn close(&mut self, id: CriterionId) {
        let length = |to: &CriterionId| self.longest.get(to.0).copied().unwrap_or(0);
        let below = self.next.get(&id).and_then(|to| to.iter().map(length).max()).unwrap_or(0);
        if let Some(longest) = self.longest.get_mut(id.0) {
            *longest = below + 1;
        }
        self.set(id, Mark::Done);
    }
}

fn from_smallest(mut ring: Vec<CriterionId>) -> Vec<CriterionId> {
    let least = ring.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(at, _)| at);
    ring.rotate_left(least);
    ring
}
