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

/// Most records of other criteria that one criterion may need looked up, through anchors and
/// `dage_mellem`. Verdicts are kept; these are looked up anew each time, so that a ladder of
/// `dage_mellem` would double them at each step.
pub const MOST_LOOKUPS: usize = 1_000;

/// More rings than this are not told: each is as long as the profile may make it.
const MOST_RINGS: usize = 50;

/// Complains about each ring once, with its path, about chains that are too long, and about
/// criteria that need too many others.
pub(super) fn find(context: &mut Context<'_>) {
    let walk = Walk::through(context.names.len(), &context.edges);
    if walk.found.is_empty() {
        too_many_lookups(context, &walk);
    }
    let Walk { found, longest, .. } = walk;
    if let Some((id, _)) = longest.iter().enumerate().find(|(_, length)| **length > MOST_CHAIN) {
        let said = Said::new(
            format!("mere end {MOST_CHAIN} kriterier henviser til hinanden i kæde"),
            format!("more than {MOST_CHAIN} criteria refer to each other in a chain"),
        );
        let hint =
            Said::new("lad dem nævne hinanden færre gange", "let fewer of them name another");
        let span = context.span(CriterionId(id));
        context.report.error_with("too-deep", &span, said, hint);
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

/// Only without rings. `samtidig` reads rows and looks no criterion up.
fn too_many_lookups(context: &mut Context<'_>, walk: &Walk) {
    let named = context.simple.iter().filter(|named| named.key != "samtidig");
    let edges: Vec<_> = named.filter_map(|named| Some((named.from?, named.to))).collect();
    let lookups = walk.lookups(&edges);
    let Some(at) = lookups.iter().position(|count| *count > MOST_LOOKUPS) else { return };
    let name = context.name(CriterionId(at)).to_owned();
    let said = Said::new(
        format!("»{name}« slår mere end {MOST_LOOKUPS} kriterier op gennem anker og dage_mellem"),
        format!(
            "`{name}` looks up more than {MOST_LOOKUPS} criteria through anker and dage_mellem"
        ),
    );
    let hint = Said::new(
        "lad færre kriterier med dage_mellem nævne hinanden",
        "let fewer criteria with dage_mellem name each other",
    );
    let span = context.span(CriterionId(at));
    context.report.error_with("too-deep", &span, said, hint);
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
    /// Every criterion after those that it names.
    order: Vec<CriterionId>,
}

impl Walk {
    fn through(count: usize, edges: &[(CriterionId, CriterionId)]) -> Self {
        let mut next: BTreeMap<CriterionId, Vec<CriterionId>> = BTreeMap::new();
        for (from, to) in edges {
            next.entry(*from).or_default().push(*to);
        }
        let marks = vec![Mark::New; count];
        let mut walk =
            Self { next, marks, found: Vec::new(), longest: vec![1; count], order: Vec::new() };
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
                Mark::Open if self.found.len() >= MOST_RINGS => {}
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
        self.order.push(id);
    }

    /// Per criterion: how many criteria are looked up for it over these edges, each time counted.
    fn lookups(&self, edges: &[(CriterionId, CriterionId)]) -> Vec<usize> {
        let mut named: BTreeMap<CriterionId, Vec<CriterionId>> = BTreeMap::new();
        for (from, to) in edges {
            named.entry(*from).or_default().push(*to);
        }
        let mut counts = vec![0usize; self.marks.len()];
        for id in &self.order {
            let count =
                |to: &CriterionId| counts.get(to.0).map_or(1, |below| below.saturating_add(1));
            let sum = named.get(id).into_iter().flatten().map(count).fold(0, usize::saturating_add);
            if let Some(slot) = counts.get_mut(id.0) {
                *slot = sum;
            }
        }
        counts
    }
}

fn from_smallest(mut ring: Vec<CriterionId>) -> Vec<CriterionId> {
    let least = ring.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(at, _)| at);
    ring.rotate_left(least);
    ring
}
