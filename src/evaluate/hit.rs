//! A record that passed the filters and the window, surely or perhaps.

use crate::day::Day;
use crate::evaluate::explain::{Evidence, UnknownReason};
use crate::schema::{Field, Register};

/// One record on its way through pick, test and count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Position in the register.
    pub position: usize,
    /// Day by the criterion's `tid`: event date or end; `None` = undated.
    pub day: Option<Day>,
    /// Why it counts only perhaps; `None` = surely.
    pub doubt: Option<Doubt>,
    /// The end of treatment was assumed to be this day.
    pub assumed_end: Option<Day>,
}

/// Why a record counts only perhaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// No date says whether it lies in the window.
    Undated,
    /// The column, or this row's cell, says nothing.
    Field(Field),
    /// The value is an interval over the limit.
    Interval,
    /// The value is text.
    Text,
    /// The value can be read in two ways.
    Ambiguous,
    /// The value has another unit.
    Unit,
    /// The dose cannot be computed.
    Dose,
    /// The dose is as needed, or lies between two numbers.
    AsNeeded,
}

impl Hit {
    /// A sure record.
    #[cfg(test)]
    pub const fn sure_at(position: usize, day: Option<Day>) -> Self {
        Self { position, day, doubt: None, assumed_end: None }
    }

    /// Does it count surely?
    pub const fn sure(&self) -> bool {
        self.doubt.is_none()
    }

    /// The same record in doubt; an earlier doubt stays.
    pub fn doubted(self, doubt: Doubt) -> Self {
        Self { doubt: self.doubt.or(Some(doubt)), ..self }
    }

    /// For the explanation.
    pub const fn evidence(&self, register: Register) -> Evidence {
        Evidence {
            register,
            position: self.position,
            sure: self.sure(),
            assumed_end: self.assumed_end,
        }
    }

    /// Why it makes a verdict unknown; an undated record that is surely inside does so, too,
    /// where its day decides.
    pub fn reason(&self, register: Register) -> UnknownReason {
        let evidence = self.evidence(register);
        match self.doubt {
            None | Some(Doubt::Undated) => UnknownReason::Undated(evidence),
            Some(Doubt::Field(field)) => UnknownReason::FieldMissing(register, field),
            Some(Doubt::Interval) => UnknownReason::Interval(evidence),
            Some(Doubt::Text) => UnknownReason::TextValue(evidence),
            Some(Doubt::Ambiguous) => UnknownReason::Ambiguous(evidence),
            Some(Doubt::Unit) => UnknownReason::OtherUnit(evidence),
            Some(Doubt::Dose) => UnknownReason::Dose(evidence),
            Some(Doubt::AsNeeded) => UnknownReason::AsNeeded(evidence),
        }
    }
}
