//! The columns of a list: the fixed ones, the profile's, the common ones that are on.

use super::{AGE, CPR, Content, MARKERS, MISSING, NAME, Source};
use crate::profile::plan::{Column, ColumnContent};
use crate::schema::Field;
use crate::view::words::pick;
use crate::view::{ColumnView, ListKind, OptionalColumn, cell};

/// The common columns that the profile has not already, and which of them are on.
#[must_use]
pub fn optional(source: &Source<'_>) -> Vec<OptionalColumn> {
    let own = &source.evaluator.plan.columns;
    let offered = source.common.iter().filter(|c| own.iter().all(|o| o.title != c.title));
    let view = |column: &Column| OptionalColumn {
        key: column.key.clone(),
        title: column.title.clone(),
        on: source.on.contains(&column.key),
    };
    offered.map(view).collect()
}

pub(super) fn columns<'a>(source: &Source<'a>) -> Vec<(ColumnView, Content<'a>)> {
    let language = source.language;
    let fixed = |key: &str, title: &str, numeric, content| {
        (ColumnView { key: key.to_owned(), title: title.to_owned(), numeric }, content)
    };
    let mut columns = vec![
        fixed(MARKERS, pick(language, "Markeringer", "Markers"), false, Content::Markers),
        fixed(CPR, "CPR", false, Content::Cpr),
        fixed(NAME, pick(language, "Navn", "Name"), false, Content::Name),
        fixed(AGE, pick(language, "Alder", "Age"), true, Content::Age),
    ];
    if source.kind == ListKind::Undecided {
        columns.push(fixed(MISSING, pick(language, "Mangler", "Missing"), false, Content::Missing));
    }
    let own: &'a [Column] = &source.evaluator.plan.columns;
    let on = optional(source);
    let is_on = |column: &&Column| on.iter().any(|o| o.on && o.key == column.key);
    let common: &'a [Column] = source.common;
    for column in own.iter().filter(|c| !is_fixed(c)).chain(common.iter().filter(is_on)) {
        let numeric = cell::is_numeric(column);
        columns.push(fixed(&column.key, &column.title, numeric, Content::Column(column)));
    }
    columns
}

// CPR, name and age stand in every list already.
fn is_fixed(column: &Column) -> bool {
    let shown = [Field::Cpr, Field::Navn, Field::Alder];
    matches!(&column.content, ColumnContent::Fields(fields)
        if !fields.is_empty() && fields.iter().all(|field| shown.contains(field)))
}
