//! The columns of the list.

use crate::profile::plan::{Anchor, AnchorPick, Plan, Selection};
use crate::sql::script::Script;

/// Nothing yet.
pub(super) fn columns(_: &mut Script, _: &Plan) {}

pub(super) fn has_no_translation(ask: &Selection) -> Option<&'static str> {
    match &ask.anchor {
        Some(Anchor::Criterion { pick: AnchorPick::Each, .. }) => Some("anker … enhver"),
        _ => None,
    }
}
