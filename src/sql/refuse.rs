//! What has no translation: refused by name, never said differently.

use crate::note::{Note, Place, Said};
use crate::profile::plan::{Body, ColumnContent, Plan, Selection};
use crate::sql::column;
use crate::sql::derived::has_no_translation;

/// One error per place in the plan that SQL cannot say.
pub(super) fn refused(plan: &Plan) -> Vec<Note> {
    let in_criteria = plan.criteria.iter().filter_map(|criterion| match &criterion.body {
        Body::Select(ask) => note(has_no_translation(ask), criterion.line, &criterion.id),
        _ => None,
    });
    let in_columns = plan.columns.iter().filter_map(|column| match &column.content {
        ColumnContent::Records { selection, .. } => note(column_word(selection), 0, &column.title),
        ColumnContent::Fields(_) => None,
    });
    in_criteria.chain(in_columns).collect()
}

fn column_word(ask: &Selection) -> Option<&'static str> {
    has_no_translation(ask).or_else(|| column::has_no_translation(ask))
}

fn note(word: Option<&'static str>, line: u32, name: &str) -> Option<Note> {
    let word = word?;
    let text = Said::new(
        format!("»{name}« bruger »{word}«, som ikke kan oversættes til SQL"),
        format!("`{name}` uses `{word}`, which cannot be translated to SQL"),
    );
    let hint = Said::new(
        "fjern det, eller gør profilen op med `profilblik evaluate`",
        "remove it, or evaluate the profile with `profilblik evaluate`",
    );
    let place = Place { line, ..Place::default() };
    Some(Note::error("no-sql", place, text).with_hint(hint))
}
