//! The sum, line by line: medicine × daily dose × factor, with the sources.

use std::sync::Arc;

use crate::amount::Amount;
use crate::day::Day;

use super::doses::Line;
use super::order::Order;
use super::sum::{Equivalents, Step, Sum};
use super::table::Table;

/// How a sum came about, on one day or over those of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The index date.
    pub day: Day,
    /// Whose factors.
    pub factors: Arc<Table>,
    /// The orders of the sum.
    pub lines: Vec<ReceiptLine>,
    /// Running opioids that are outside it: not asked for, or never counted.
    pub apart: Vec<ReceiptLine>,
    /// For a sum over a window: its days, those without an order left out. Else empty.
    pub steps: Vec<Step>,
    /// The sum of [`Receipt::lines`], or of [`Receipt::steps`].
    pub sum: Sum,
    /// The limit that the criterion holds the sum against.
    pub limit: Option<Amount>,
    /// »Gråzone«: the answer depends on whose factors one takes.
    pub grey: bool,
}

/// One order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptLine {
    /// The order.
    pub order: Order,
    /// What its deciding row says; of several, the first.
    pub line: Line,
    /// In morphine milligrams a day; `None` = cannot be computed.
    pub equivalents: Option<Equivalents>,
    /// Dispensings of one day say different doses.
    pub contradictory: bool,
}

impl ReceiptLine {
    /// From an order, the lines of its deciding rows, and what they come to.
    #[must_use]
    pub fn new(order: Order, lines: &[&Line], equivalents: Option<Equivalents>) -> Option<Self> {
        let line = (*lines.first()?).clone();
        let contradictory = lines.iter().any(|other| **other != line);
        Some(Self { order, line, equivalents, contradictory })
    }
}
