//! What has no translation: refused by name, never said differently.

use crate::note::{Note, Place, Said};
use crate::profile::plan::{Body, Plan};
use crate::sql::derived::has_no_translation;

/// One error per criterion that SQL cannot say.
pub(super) fn refused(plan: &Plan) -> Vec<Note> {
    let in_criteria = plan.criteria.iter().filter_map(|criterion| match &criterion.body {
        Body::Select(ask) => note(has_no_translation(ask), criterion.line, &criterion.id),
        _ => None,
    });
    in_criteria.collect()
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
