//! Stage 6: figures per practice (rule R19).

use crate::evaluate::Evaluator;

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Measure id of the profile.
    pub id: String,
    /// Provider number; `None` = the whole file.
    pub ydernummer: Option<String>,
    /// Numerator within the denominator.
    pub numerator: u64,
    /// Denominator.
    pub denominator: u64,
    /// Patients left out of both because the data do not decide.
    pub undecided: u64,
    /// Per how many.
    pub per: i64,
}

/// One figure per measure and provider number of the patient register, then one for all.
#[must_use]
pub fn figures(evaluator: &Evaluator<'_>) -> Vec<Figure> {
    let _ = evaluator;
    todo!("owner of evaluate")
}
