//! What the language has and this evaluator does not yet: refused before running, never guessed.

use crate::note::{Note, Place, Said};
use crate::profile::plan::{Body, ColumnContent, Derived, Distinct, Plan, Selection};

/// One error per place in the plan that this version cannot evaluate; empty = it can be run.
#[must_use]
pub fn unsupported(plan: &Plan) -> Vec<Note> {
    let in_criteria = plan.criteria.iter().filter_map(|criterion| match &criterion.body {
        Body::Select(selection) => refusal(selection, criterion.line, &criterion.id),
        _ => None,
    });
    let in_columns = plan.columns.iter().filter_map(|column| match &column.content {
        ColumnContent::Records { selection, .. } => refusal(selection, 0, &column.title),
        ColumnContent::Fields(_) => None,
    });
    in_criteria.chain(in_columns).collect()
}

fn refusal(selection: &Selection, line: u32, name: &str) -> Option<Note> {
    let word = unsupported_word(selection)?;
    let text = Said::new(
        format!("»{name}« bruger »{word}«, som denne version ikke har med endnu"),
        format!("`{name}` uses `{word}`, which this version does not have yet"),
    );
    let hint = Said::new(
        "fjern kriteriet, eller brug en nyere version af programmet",
        "remove the criterion, or use a newer version of the program",
    );
    let place = Place { line, ..Place::default() };
    Some(Note::error("unsupported", place, text).with_hint(hint))
}

// Both need the factor table: substances, doses, defined daily doses.
fn unsupported_word(selection: &Selection) -> Option<&'static str> {
    match (&selection.derived, selection.distinct) {
        (Some(Derived::Omeq), _) => Some("omeq_pr_doegn"),
        (Some(Derived::DddSum), _) => Some("ddd_sum"),
        (_, Some(Distinct::Substance)) => Some("distinkt = stof"),
        _ => None,
    }
}
