//! Windows in words: real dates, and the rule that gave them.

use super::super::plan::{Anchor, AnchorPick, Bound, Shift, TimeBasis, Window};
use super::words::Voice;

impl Voice<'_> {
    /// »dateret til og med 1. juni 2025 (indeksdatoen)«.
    pub(super) fn time(
        &self,
        basis: TimeBasis,
        window: &Window,
        anchor: Option<&Anchor>,
    ) -> String {
        let one_day = window.from == window.to && window.from != Bound::Open;
        let verb = match basis {
            TimeBasis::Date => self.pick("dateret", "dated"),
            TimeBasis::End => self.pick("med slutdato", "with an end date"),
            TimeBasis::Period if one_day => self.pick("der løber", "running on"),
            TimeBasis::Period => {
                self.pick("der løber mindst én dag", "running on at least one day")
            }
        };
        format!("{verb} {}", self.window(window, anchor))
    }

    /// »fra og med … til og med …«.
    pub(super) fn window(&self, window: &Window, anchor: Option<&Anchor>) -> String {
        let (from, to) = (self.bound(window.from, anchor), self.bound(window.to, anchor));
        let (since, until) = (
            self.pick("fra og med", "from and including"),
            self.pick("til og med", "up to and including"),
        );
        match (from, to) {
            (None, None) => self.pick("når som helst", "at any time").to_owned(),
            (None, Some(to)) => format!("{until} {to}"),
            (Some(from), None) => format!("{since} {from}"),
            (Some(day), Some(_)) if window.from == window.to => day,
            (Some(from), Some(to)) => format!("{since} {from} {until} {to}"),
        }
    }

    /// One end; `None` where it is open.
    fn bound(&self, bound: Bound, anchor: Option<&Anchor>) -> Option<String> {
        match (bound, anchor) {
            (Bound::Open, _) => None,
            (Bound::Fixed(day), _) => {
                Some(format!("{} ({})", self.date(day), self.pick("fast dato", "a fixed date")))
            }
            (Bound::Shift(shift), Some(anchor)) => Some(self.shifted(shift, &self.anchor(anchor))),
            (Bound::Shift(shift), None) => {
                let rule = self.shifted(shift, self.pick("indeksdatoen", "the index date"));
                Some(format!("{} ({rule})", self.date(shift.from(self.index_date))))
            }
        }
    }

    /// »6 måneder før indeksdatoen«.
    fn shifted(&self, shift: Shift, from: &str) -> String {
        let length = self.duration(&shift.count.unsigned_abs().to_string(), shift.unit);
        match shift.count {
            0 => from.to_owned(),
            1.. => format!("{length} {} {from}", self.pick("efter", "after")),
            _ => format!("{length} {} {from}", self.pick("før", "before")),
        }
    }

    fn anchor(&self, anchor: &Anchor) -> String {
        let (of, pick) = match anchor {
            Anchor::Birth => return self.pick("fødselsdatoen", "the birth date").to_owned(),
            Anchor::Criterion { of, pick } => (of, pick),
        };
        let day = match pick {
            AnchorPick::First => self.pick("den første dato i", "the first date of"),
            AnchorPick::Latest => self.pick("den seneste dato i", "the latest date of"),
            AnchorPick::Each => self.pick("en hvilken som helst dato i", "any date of"),
        };
        format!("{day} {}", self.reference(*of))
    }
}
