//! `evaluate --columns`: what each member's columns show, exact.

use profilblik::evaluate::{Cell, Evaluator, Evidence};
use profilblik::profile::plan::Column;
use profilblik::records::PatientId;
use serde::Serialize;

/// The cells of one patient, by the column's title.
pub type Shown = serde_json::Map<String, serde_json::Value>;

/// One cell; nothing to show is `null`.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Content {
    Text(String),
    Records(Vec<Record>),
    Count { sure: u32, perhaps: u32 },
    Number { value: String, at_least: bool },
    Unknown(bool),
}

/// `row` is the number that `normalise` writes; `date` the event date, if there is one.
#[derive(Serialize)]
struct Record {
    register: &'static str,
    row: usize,
    date: Option<String>,
    sure: bool,
}

/// Every column of the profile for one patient.
pub fn shown(evaluator: &Evaluator<'_>, patient: PatientId) -> Shown {
    let one = |column: &Column| {
        let content = content(evaluator, evaluator.cell(patient, column));
        (column.title.clone(), serde_json::to_value(content).unwrap_or_default())
    };
    evaluator.plan.columns.iter().map(one).collect()
}

fn content(evaluator: &Evaluator<'_>, cell: Cell) -> Option<Content> {
    Some(match cell {
        Cell::None => return None,
        Cell::Text(text) => Content::Text(text),
        Cell::Records(found) => {
            Content::Records(found.iter().map(|evidence| record(evaluator, evidence)).collect())
        }
        Cell::Count { sure, perhaps } => Content::Count { sure, perhaps },
        Cell::Number { value, at_least } => Content::Number { value: value.to_string(), at_least },
        Cell::Unknown(_) => Content::Unknown(true),
    })
}

fn record(evaluator: &Evaluator<'_>, evidence: &Evidence) -> Record {
    let events = evaluator.records.events(evidence.register);
    let day = events.and_then(|events| events.day(evidence.position));
    Record {
        register: evidence.register.name(),
        row: evidence.position,
        date: day.map(|day| day.to_string()),
        sure: evidence.sure,
    }
}
