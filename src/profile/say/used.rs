//! What a criterion is used for.

use super::super::plan::{Anchor, Body, ColumnContent, Criterion, CriterionId, Derived, Selection};
use super::words::Voice;

/// »inklusion«, »markeringen »Chip««, »kriteriet (4)«, …
pub(super) fn uses(voice: &Voice<'_>, id: CriterionId) -> Vec<String> {
    let plan = voice.plan;
    let named = |word: &str, name: &str| format!("{word} {}", voice.quoted(name));
    let mut found = Vec::new();
    if plan.inclusion.of.contains(&id) {
        found.push(voice.pick("inklusion", "inclusion").to_owned());
    }
    if plan.exclusion.as_ref().is_some_and(|group| group.of.contains(&id)) {
        found.push(voice.pick("eksklusion", "exclusion").to_owned());
    }
    let marker = voice.pick("markeringen", "the marker");
    found.extend(plan.markers.iter().filter(|m| m.when == id).map(|m| named(marker, &m.text)));
    let exception = voice.pick("undtagelse fra markeringen", "exception to the marker");
    let exempting = plan.markers.iter().filter(|marker| marker.exceptions.contains(&id));
    found.extend(exempting.map(|marker| named(exception, &marker.text)));
    let column = voice.pick("kolonnen", "the column");
    let columns = plan.columns.iter().filter(|column| match &column.content {
        ColumnContent::Records { selection, .. } => selects(selection, id),
        ColumnContent::Fields(_) => false,
    });
    found.extend(columns.map(|c| named(column, &c.title)));
    let measure = voice.pick("målepunktet", "the measure");
    let measures = plan.measures.iter().filter(|m| m.numerator == id || m.denominator == Some(id));
    found.extend(measures.map(|m| named(measure, &m.title)));
    let criterion = voice.pick("kriteriet", "the criterion");
    let others = (1..).zip(&plan.criteria).filter(|(_, other)| refers(other, id));
    found.extend(others.map(|(number, _): (usize, _)| format!("{criterion} ({number})")));
    found
}

fn refers(criterion: &Criterion, id: CriterionId) -> bool {
    if !criterion.alternatives.is_empty() {
        return criterion.alternatives.contains(&id);
    }
    match &criterion.body {
        Body::Select(selection) => selects(selection, id),
        Body::Patient(_) => false,
        Body::Group(group) => group.of.contains(&id),
        Body::Together { of, .. } => of.contains(&id),
    }
}

fn selects(selection: &Selection, id: CriterionId) -> bool {
    let anchored = matches!(&selection.anchor, Some(Anchor::Criterion { of, .. }) if *of == id);
    let between = matches!(
        &selection.derived,
        Some(Derived::DaysBetween { from, to }) if *from == id || *to == id
    );
    anchored || between
}
