//! The population of a patient of whom nothing is known must not be »ja«: a small three-valued
//! check over the plan, apart from the evaluator, so that a profile is refused before it meets
//! any data.
//!
//! The patient has no row in any register (all registers are there), and no known field.

use crate::amount::Amount;
use crate::truth::Truth;

use super::plan::{
    Anchor, Body, Criterion, CriterionId, Derived, Group, GroupRule, Selection, Test,
};

/// Is the population `ja` for this patient? Criteria must be free of rings.
pub(super) fn is_in(criteria: &[Criterion], inclusion: &Group, exclusion: Option<&Group>) -> bool {
    let mut known = vec![None; criteria.len()];
    let included = group(criteria, inclusion, &mut known);
    let excluded = exclusion.map_or(Truth::No, |g| group(criteria, g, &mut known));
    included == Truth::Yes && excluded != Truth::Yes
}

type Known = [Option<Truth>];

fn group(criteria: &[Criterion], group: &Group, known: &mut Known) -> Truth {
    let of: Vec<Truth> = group.of.iter().map(|id| verdict(criteria, *id, known)).collect();
    match group.rule {
        GroupRule::All => Truth::all(of),
        GroupRule::Any => Truth::any(of),
        GroupRule::None => !Truth::any(of),
        GroupRule::AtLeast(count) => Truth::at_least(count, of),
        GroupRule::Undecided => Truth::any_unknown(of),
    }
}

fn verdict(criteria: &[Criterion], id: CriterionId, known: &mut Known) -> Truth {
    if let Some(truth) = known.get(id.0).copied().flatten() {
        return truth;
    }
    let truth = match criteria.get(id.0).map(|c| &c.body) {
        Some(Body::Select(selection)) => select(criteria, selection, known),
        Some(Body::Group(of)) => group(criteria, of, known),
        Some(Body::Together { .. }) => Truth::No,
        Some(Body::Patient(_)) | None => Truth::Unknown,
    };
    if let Some(slot) = known.get_mut(id.0) {
        *slot = Some(truth);
    }
    truth
}

fn select(criteria: &[Criterion], selection: &Selection, known: &mut Known) -> Truth {
    let anchored = match &selection.anchor {
        None => Truth::Yes,
        Some(Anchor::Birth) => Truth::Unknown,
        Some(Anchor::Criterion { of, .. }) => verdict(criteria, *of, known),
    };
    // Without an anchor day there is no window: nej stays nej, ukendt stays ukendt (R13b).
    match anchored {
        Truth::Yes => match &selection.derived {
            Some(Derived::DaysBetween { from, to }) => {
                nothing_between(verdict(criteria, *from, known), verdict(criteria, *to, known))
            }
            Some(derived) => nothing_derived(derived, selection.test.as_ref()),
            None => no_records(selection),
        },
        other => other,
    }
}

/// No record, sure or perhaps: the count is nought, and nought records spread over no day.
fn no_records(selection: &Selection) -> Truth {
    let counted = selection.count.op.holds(&0, &selection.count.number);
    Truth::known(counted && selection.spread.is_none())
}

/// Without a record at either end there are no days between; but an end that is ukendt, or ja
/// without a record, may have one.
fn nothing_between(from: Truth, to: Truth) -> Truth {
    from.min(to).min(Truth::Unknown)
}

/// Sums and counts are nought; everything else is not there (rules R17, R17b).
fn nothing_derived(derived: &Derived, test: Option<&Test>) -> Truth {
    let nought = match derived {
        Derived::LongestEpisode { .. }
        | Derived::CoveredDays
        | Derived::Products
        | Derived::DddSum
        | Derived::UnitSum
        | Derived::OmeqSum
        | Derived::Omeq => true,
        Derived::CurrentEpisode { .. }
        | Derived::Mean
        | Derived::DaysSince
        | Derived::MonthsSince
        | Derived::DaysBetween { .. } => false,
    };
    match test {
        Some(Test::Value(compare)) => {
            Truth::known(nought && compare.op.holds(&Amount::whole(0), &compare.limit))
        }
        _ => Truth::No,
    }
}
