//! One user of opioids: the sum with its receipt, the flags with the rows behind them.

use serde::{Deserialize, Serialize};

use super::receipt::{ReceiptView, receipt};
use super::{Omeq, dose_marker};
use crate::evaluate::Evaluator;
use crate::note::Language;
use crate::records::PatientId;
use crate::view::PatientView;

/// The panel of one user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OpioidPatientView {
    /// Who, and the profile's criteria and markers with their records.
    pub patient: PatientView,
    /// The sum; `None` = the profile has none, or the export no medicines.
    pub sum: Option<Omeq>,
    /// How it came about.
    pub receipt: Option<ReceiptView>,
}

/// Adds the sum to what the why panel says.
#[must_use]
pub fn panel(
    evaluator: &Evaluator<'_>,
    id: PatientId,
    patient: PatientView,
    language: Language,
) -> OpioidPatientView {
    let dose = dose_marker(evaluator.plan).map(|marker| marker.when);
    let explanation = evaluator.explain(id);
    let trace = dose.and_then(|criterion| explanation.criteria.get(criterion.0));
    OpioidPatientView {
        patient,
        sum: dose.and_then(|criterion| evaluator.opioid_sum(criterion, id)).map(Omeq::from),
        receipt: trace.and_then(|trace| receipt(evaluator.records, trace, language)),
    }
}
