//! Orders → the sum in morphine milligrams a day: fixed, as needed, and over the sources.

use crate::day::Day;
use crate::ratio::{Range, Ratio};

use super::dose::Dose;
use super::doses::Line;

/// A sum over orders. All numbers are exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Taken every day, for sure: with the default factors, the least of every dose.
    pub fixed: Ratio,
    /// The most that it may be, as-needed doses included; `None` = no upper bound.
    pub most: Option<Ratio>,
    /// As-needed doses, where they have a maximum.
    pub as_needed: Ratio,
    /// An as-needed order has no maximum.
    pub without_maximum: bool,
    /// Orders that cannot be computed.
    pub missing: usize,
    /// The fixed sum with the lowest and with the highest published factors.
    pub span: Range,
}

impl Default for Sum {
    fn default() -> Self {
        Self {
            fixed: Ratio::ZERO,
            most: Some(Ratio::ZERO),
            as_needed: Ratio::ZERO,
            without_maximum: false,
            missing: 0,
            span: Range::ZERO,
        }
    }
}

/// One order, or one dispensing of it, in morphine milligrams a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Equivalents {
    /// Taken every day, with the default factor.
    pub fixed: Range,
    /// The least with the lowest factor, and with the highest.
    pub span: Range,
    /// As needed; `Some(None)` = without a maximum.
    pub as_needed: Option<Option<Ratio>>,
}

impl Equivalents {
    /// A line in morphine milligrams; `None` = it cannot be computed.
    #[must_use]
    pub fn of(line: &Line) -> Option<Self> {
        let (factor, dose) = (line.factor.as_ref()?, line.dose.as_ref().ok()?);
        Self::new(factor.default?, factor.span?, dose)
    }

    fn new(default: Ratio, span: Range, dose: &Dose) -> Option<Self> {
        let as_needed = match dose.as_needed {
            Some(Some(most)) => Some(Some(most.times(default)?)),
            other => other,
        };
        Some(Self {
            fixed: dose.fixed.times(Range::exactly(default))?,
            span: Range::exactly(dose.fixed.low).times(span)?,
            as_needed,
        })
    }

    /// Of several dispensings of one day that say different things nothing tells which holds:
    /// from the least to the most of them.
    #[must_use]
    pub fn either(self, other: Self) -> Self {
        let ends = |a: Range, b: Range| Range { low: a.low.min(b.low), high: a.high.max(b.high) };
        let as_needed = match (self.as_needed, other.as_needed) {
            (Some(None), _) | (_, Some(None)) => Some(None),
            (Some(Some(a)), Some(Some(b))) => Some(Some(a.max(b))),
            (one, None) | (None, one) => one,
        };
        // The span is of the least dose, as the fixed sum is.
        let least = if self.fixed.low <= other.fixed.low { self } else { other };
        Self { fixed: ends(self.fixed, other.fixed), span: least.span, as_needed }
    }
}

/// Days with one sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// The sum on each of them.
    pub sum: Sum,
    /// How many orders run.
    pub orders: usize,
}

impl Step {
    /// How many days.
    #[must_use]
    pub fn days(&self) -> i64 {
        i64::from(self.to.0) - i64::from(self.from.0) + 1
    }
}

impl Sum {
    /// The sum of each of these days, in mg and no longer in mg a day. What does not fit makes the
    /// sum »at least«.
    pub fn add_days(&mut self, step: &Step) {
        if self.with_days(&step.sum, Ratio::whole(step.days())).is_none() {
            self.missing += 1;
            self.most = None;
        }
    }

    fn with_days(&mut self, each: &Self, days: Ratio) -> Option<()> {
        let fixed = self.fixed.plus(each.fixed.times(days)?)?;
        let as_needed = self.as_needed.plus(each.as_needed.times(days)?)?;
        let span = self.span.plus(each.span.times(Range::exactly(days))?)?;
        let most = match (self.most, each.most) {
            (Some(most), Some(more)) => Some(most.plus(more.times(days)?)?),
            _ => None,
        };
        *self = Self {
            fixed,
            most,
            as_needed,
            without_maximum: self.without_maximum || each.without_maximum,
            missing: self.missing.max(each.missing),
            span,
        };
        Some(())
    }

    /// One order more; `None` = it cannot be computed. An order that is not `sure` only adds to
    /// what the sum may be.
    pub fn add(&mut self, order: Option<Equivalents>, sure: bool) {
        if order.and_then(|order| self.with(order, sure)).is_none() {
            self.missing += 1;
            self.most = None;
        }
    }

    // `None` = a number does not fit; nothing is added then.
    fn with(&mut self, order: Equivalents, sure: bool) -> Option<()> {
        let known = order.as_needed.flatten().unwrap_or(Ratio::ZERO);
        let open = order.as_needed == Some(None);
        let as_needed = self.as_needed.plus(known)?;
        let most = match self.most {
            Some(most) if !open => Some(most.plus(order.fixed.high)?.plus(known)?),
            _ => None,
        };
        if sure {
            let fixed = self.fixed.plus(order.fixed.low)?;
            self.span = self.span.plus(order.span)?;
            self.fixed = fixed;
        }
        self.as_needed = as_needed;
        self.without_maximum |= open;
        self.most = most;
        Some(())
    }

    /// May it be more than the fixed sum?
    #[must_use]
    pub fn is_at_least(&self) -> bool {
        self.most != Some(self.fixed)
    }
}
