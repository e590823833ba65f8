//! Windows that count from another criterion's records, or from birth (rule R13b).

use crate::day::Day;
use crate::evaluate::bind::{Bound, Select, Source};
use crate::evaluate::explain::{NearMiss, UnknownReason};
use crate::evaluate::hit::Hit;
use crate::evaluate::pick::agreed;
use crate::evaluate::run::Run;
use crate::evaluate::trace::Recorder;
use crate::profile::plan::{Anchor, AnchorPick, CriterionId};
use crate::truth::Truth;

/// The days of the records that satisfied the named criterion.
#[derive(Debug, Default)]
struct AnchorDays {
    sure: Vec<Day>,
    perhaps: Vec<Day>,
    undated: bool,
}

impl<'a, R: Recorder> Run<'_, 'a, R> {
    /// Verdict of a selection whose shifts count from an anchor.
    pub fn anchored(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        anchor: &Anchor,
        satisfied: &mut Vec<Hit>,
    ) -> Truth {
        match anchor {
            Anchor::Birth => match self.evaluator.records.patients.birth(self.patient) {
                Some(birth) => self.within(select, source, birth, satisfied),
                None => {
                    self.recorder.unknown(UnknownReason::NoBirthDate);
                    Truth::Unknown
                }
            },
            Anchor::Criterion { of, pick } => match self.anchor_days(*of) {
                Err(truth) => truth,
                Ok(days) => self.window_from_days(select, source, (*of, *pick), &days, satisfied),
            },
        }
    }

    /// Why a column cannot tell which window it shows: the anchor is unknown, or one of several days.
    pub fn anchor_doubt(&mut self, anchor: &Anchor, truth: Truth) -> Option<UnknownReason> {
        let Anchor::Criterion { of, pick } = anchor else {
            let birth = self.evaluator.records.patients.birth(self.patient);
            return birth.is_none().then_some(UnknownReason::NoBirthDate);
        };
        let doubtful = match (self.anchor_days(*of), pick) {
            (Err(verdict), _) => verdict == Truth::Unknown,
            (Ok(days), AnchorPick::Each) => {
                truth != Truth::Yes && (days.undated || !days.perhaps.is_empty())
            }
            (Ok(days), _) => days.undated || days.candidates(*pick == AnchorPick::First).len() > 1,
        };
        doubtful.then_some(UnknownReason::Anchor(*of))
    }

    // The named criterion's own verdict decides unless it is yes.
    fn anchor_days(&mut self, of: CriterionId) -> Result<AnchorDays, Truth> {
        let Some(Bound::Select(select)) = self.evaluator.bound.get(of.0) else {
            return Err(Truth::Unknown);
        };
        let mut hits = self.hits();
        let truth = self.select(select, &mut hits);
        self.record_hits(select.register(), &hits);
        let days = AnchorDays::of(&hits);
        self.give_back(hits);
        match truth {
            Truth::Yes => {
                self.recorder.forget_rejected();
                Ok(days)
            }
            Truth::No => {
                self.recorder.near_miss(NearMiss::Named(of));
                Err(Truth::No)
            }
            Truth::Unknown => {
                self.recorder.unknown(UnknownReason::Anchor(of));
                Err(Truth::Unknown)
            }
        }
    }

    fn window_from_days(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        (of, pick): (CriterionId, AnchorPick),
        days: &AnchorDays,
        satisfied: &mut Vec<Hit>,
    ) -> Truth {
        // Stands unless a window is looked into.
        self.recorder.near_miss(NearMiss::Named(of));
        let truth = match pick {
            AnchorPick::Each => self.window_from_each(select, source, days, satisfied),
            AnchorPick::First | AnchorPick::Latest if days.undated => Truth::Unknown,
            AnchorPick::First | AnchorPick::Latest => {
                let candidates = days.candidates(pick == AnchorPick::First);
                if candidates.is_empty() {
                    return Truth::No;
                }
                let verdicts: Vec<Truth> = candidates
                    .into_iter()
                    .map(|day| self.within(select, source, day, satisfied))
                    .collect();
                agreed(&verdicts)
            }
        };
        if truth == Truth::Unknown {
            self.recorder.unknown(UnknownReason::Anchor(of));
        }
        truth
    }

    // `enhver`: yes from any sure day; a perhaps day or an unknown one can only make it unknown.
    fn window_from_each(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        days: &AnchorDays,
        satisfied: &mut Vec<Hit>,
    ) -> Truth {
        let mut most = if days.undated { Truth::Unknown } else { Truth::No };
        for day in &days.sure {
            let mut hits = self.hits();
            let truth = self.within(select, source, *day, &mut hits);
            if truth == Truth::Yes {
                satisfied.clear();
            }
            if truth >= most {
                satisfied.extend_from_slice(&hits);
            }
            self.give_back(hits);
            most = most.max(truth);
            if most == Truth::Yes {
                return Truth::Yes;
            }
        }
        for day in &days.perhaps {
            let truth = self.within(select, source, *day, satisfied);
            most = most.max(truth.min(Truth::Unknown));
        }
        most
    }
}

impl AnchorDays {
    fn of(hits: &[Hit]) -> Self {
        let mut days = Self { undated: hits.iter().any(|h| h.day.is_none()), ..Self::default() };
        for hit in hits {
            let Some(day) = hit.day else { continue };
            if hit.sure() { days.sure.push(day) } else { days.perhaps.push(day) }
        }
        for list in [&mut days.sure, &mut days.perhaps] {
            crate::sort::plain(list);
            list.dedup();
        }
        days
    }

    // The first (or latest) sure day, and every perhaps day that would come before it.
    fn candidates(&self, first: bool) -> Vec<Day> {
        let base = if first { self.sure.first() } else { self.sure.last() }.copied();
        let before = |day: &Day| base.is_none_or(|b| if first { *day < b } else { *day > b });
        base.into_iter().chain(self.perhaps.iter().copied().filter(before)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::hit::Doubt;

    #[test]
    fn perhaps_days_before_the_first_sure_one_are_candidates() {
        let sure = |day| Hit::sure_at(0, Some(Day(day)));
        let days = AnchorDays::of(&[
            sure(10),
            sure(20),
            sure(5).doubted(Doubt::Text),
            sure(15).doubted(Doubt::Text),
        ]);
        assert_eq!(days.candidates(true), [Day(10), Day(5)]);
        assert_eq!(days.candidates(false), [Day(20)]);
        assert!(!days.undated);
        assert!(AnchorDays::of(&[Hit::sure_at(0, None)]).undated);
    }
}
