//! `valg` and `slaaet_til`: what a session may change of a checked plan, and what was changed.
//!
//! A choice is a group of one, the criterion that is chosen, so that whoever runs a plan (lists,
//! explanations, SQL) needs to know nothing of choices.

use crate::truth::Truth;

use super::nobody;
use super::plan::{Body, Criterion, CriterionId, Derived, Group, GroupRule, Marker, Plan};

/// A criterion that may be one of several.
#[derive(Clone, Debug)]
pub struct Choice<'p> {
    /// The criterion with `valg`.
    pub criterion: &'p Criterion,
    /// What it may be, the default first.
    pub alternatives: Vec<&'p Criterion>,
    /// Position of the one that is chosen.
    pub chosen: usize,
}

impl<'p> Choice<'p> {
    /// The alternative that is chosen.
    #[must_use]
    pub fn made(&self) -> Option<&'p Criterion> {
        self.alternatives.get(self.chosen).copied()
    }
}

/// Why a choice or a switch was not made; the plan is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no criterion with `valg`, or no marker, of that name.
    NotFound,
    /// The criterion has no such alternative.
    NoSuchAlternative,
    /// With it the population would be ja for a patient of whom nothing is known.
    EveryoneIsIn,
}

impl Plan {
    /// The choices, in the order of the profile.
    pub fn choices(&self) -> impl Iterator<Item = Choice<'_>> {
        self.criteria.iter().filter_map(|criterion| self.choice(criterion))
    }

    fn choice<'p>(&'p self, criterion: &'p Criterion) -> Option<Choice<'p>> {
        let chosen = chosen_of(criterion)?;
        let chosen = criterion.alternatives.iter().position(|id| *id == chosen)?;
        let all = criterion.alternatives.iter().filter_map(|id| self.criteria.get(id.0));
        Some(Choice { criterion, alternatives: all.collect(), chosen })
    }

    /// Chooses an alternative, both by name.
    ///
    /// # Errors
    /// Where there is no such choice, or it would let everyone in.
    pub fn choose(&mut self, criterion: &str, alternative: &str) -> Result<(), Refused> {
        let at = self.criteria.iter().position(|c| c.id == criterion && !c.alternatives.is_empty());
        let at = at.ok_or(Refused::NotFound)?;
        let named = |id: &CriterionId| self.criteria.get(id.0).is_some_and(|c| c.id == alternative);
        let found = self.criteria.get(at).and_then(|c| c.alternatives.iter().copied().find(named));
        let before = self.put(at, Body::Group(chosen(found.ok_or(Refused::NoSuchAlternative)?)));
        if nobody::is_in(&self.criteria, &self.inclusion, self.exclusion.as_ref()) {
            before.map(|body| self.put(at, body));
            return Err(Refused::EveryoneIsIn);
        }
        Ok(())
    }

    fn put(&mut self, at: usize, body: Body) -> Option<Body> {
        self.criteria.get_mut(at).map(|criterion| std::mem::replace(&mut criterion.body, body))
    }

    /// Choices that are not the profile's own.
    pub fn changed_choices(&self) -> impl Iterator<Item = Choice<'_>> {
        self.choices().filter(|choice| choice.chosen != 0)
    }

    /// Does a criterion hold a sum of morphine equivalents against anything?
    #[must_use]
    pub fn sums_opioids(&self) -> bool {
        let sums = |body: &Body| matches!(body, Body::Select(ask) if matches!(ask.derived, Some(Derived::Omeq | Derived::OmeqSum)));
        self.criteria.iter().any(|criterion| sums(&criterion.body))
    }

    /// Switches a marker on or off.
    ///
    /// # Errors
    /// Where there is no such marker.
    pub fn switch_marker(&mut self, id: &str, on: bool) -> Result<(), Refused> {
        let marker = self.markers.iter_mut().find(|marker| marker.id == id);
        marker.ok_or(Refused::NotFound)?.on = on;
        Ok(())
    }

    /// Markers that were switched from what the profile says.
    pub fn switched_markers(&self) -> impl Iterator<Item = &Marker> {
        self.markers.iter().filter(|marker| marker.on != marker.on_by_default)
    }

    /// Markers that are not shown and not counted until they are switched on.
    pub fn markers_off(&self) -> impl Iterator<Item = &Marker> {
        self.markers.iter().filter(|marker| !marker.on)
    }
}

impl Criterion {
    /// Can its verdict be this at all? That of `uafgjort` is never ukendt.
    #[must_use]
    pub fn can_be(&self, truth: Truth) -> bool {
        let undecided =
            matches!(&self.body, Body::Group(group) if group.rule == GroupRule::Undecided);
        !(undecided && truth == Truth::Unknown)
    }
}

/// A choice of this criterion.
pub(super) fn chosen(id: CriterionId) -> Group {
    Group { rule: GroupRule::All, of: vec![id] }
}

/// Which criterion is chosen; `None` where there is no choice.
#[must_use]
pub fn chosen_of(criterion: &Criterion) -> Option<CriterionId> {
    match &criterion.body {
        Body::Group(group) if !criterion.alternatives.is_empty() => group.of.first().copied(),
        _ => None,
    }
}
