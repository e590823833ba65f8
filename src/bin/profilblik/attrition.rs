//! `evaluate --attrition`: how many persons fall at each criterion.

use profilblik::evaluate::Evaluator;
use profilblik::evaluate::attrition::{Part, Step, Verdicts};
use profilblik::profile::plan::{CriterionId, Plan};
use profilblik::protocol::{Reply, Request};
use profilblik::view::attrition::{AttritionRow, AttritionView};
use serde::Serialize;

use crate::question::Asked;
use crate::table::table;

/// One step.
#[derive(Serialize)]
pub struct StepCounts {
    side: &'static str,
    criterion: Option<String>,
    before: u32,
    yes: u32,
    no: u32,
    unknown: u32,
    falls: u32,
    left: u32,
    left_undecided: u32,
    parts: Vec<PartCounts>,
}

/// A member of a group that is one step.
#[derive(Serialize)]
struct PartCounts {
    criterion: String,
    depth: u32,
    yes: u32,
    no: u32,
    unknown: u32,
    alone: u32,
}

/// The steps, in order.
pub fn steps(evaluator: &Evaluator<'_>) -> Vec<StepCounts> {
    evaluator.attrition().steps.iter().map(|one| step(evaluator.plan, one)).collect()
}

fn step(plan: &Plan, step: &Step) -> StepCounts {
    let Verdicts { yes, no, unknown } = step.verdicts;
    StepCounts {
        side: if step.excludes { "eksklusion" } else { "inklusion" },
        criterion: step.criterion.map(|id| name(plan, id)),
        before: step.before,
        yes,
        no,
        unknown,
        falls: step.falls,
        left: step.left,
        left_undecided: step.left_undecided,
        parts: step.parts.iter().map(|one| part(plan, one)).collect(),
    }
}

fn part(plan: &Plan, part: &Part) -> PartCounts {
    let Verdicts { yes, no, unknown } = part.verdicts;
    let criterion = name(plan, part.criterion);
    PartCounts { criterion, depth: part.depth, yes, no, unknown, alone: part.alone }
}

fn name(plan: &Plan, id: CriterionId) -> String {
    plan.criteria.get(id.0).map(|criterion| criterion.id.clone()).unwrap_or_default()
}

/// The same table as on the page.
pub fn shown(asked: &mut Asked, key: &str) -> String {
    let request = Request::Attrition { profile: key.to_owned() };
    let views = asked.replies(&request).into_iter().filter_map(|reply| match reply {
        Reply::Attrition(view) => Some(table_shown(*view)),
        _ => None,
    });
    views.collect()
}

fn table_shown(view: AttritionView) -> String {
    // Sentences are long: they stand last, where they widen no column.
    let mut heading = view.columns;
    heading.rotate_left(1);
    let rows: Vec<Vec<String>> =
        std::iter::once(heading).chain(view.rows.into_iter().map(row)).collect();
    format!("{}\n\n{}{}\n\n", view.lead, table(&rows), view.notes.join("\n"))
}

fn row(row: AttritionRow) -> Vec<String> {
    let indent = "  ".repeat(usize::try_from(row.depth).unwrap_or(0));
    let mut cells = row.numbers;
    cells.push(format!("{indent}{}", row.text));
    cells
}
