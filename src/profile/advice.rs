//! Advice: what is probably not meant, but refuses nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::day::Day;
use crate::note::{Note, Place, Said};
use crate::truth::Truth;

use super::context::Context;
use super::plan::{Body, Criterion, CriterionId, Group, GroupRule, Header, Op, TestPatient};

/// All advice on a profile without errors.
pub(super) fn advise(context: &mut Context<'_>, criteria: &[Criterion], tests: &[TestPatient]) {
    unused(context);
    equal(context, criteria);
    let mut expected: BTreeMap<&str, BTreeSet<Truth>> = BTreeMap::new();
    for (name, truth) in tests.iter().flat_map(|test| &test.expected.criteria) {
        expected.entry(name).or_default().insert(*truth);
    }
    let forbidden = forbidden(criteria);
    for (at, criterion) in criteria.iter().enumerate() {
        always_counted(context, CriterionId(at), criterion);
        contradiction(context, CriterionId(at), criterion, &forbidden);
        if !tests.is_empty() {
            untested(context, CriterionId(at), criterion, expected.get(criterion.id.as_str()));
        }
    }
    if tests.is_empty() {
        no_tests(context);
    }
}

fn no_tests(context: &mut Context<'_>) {
    let said = Said::new("profilen har ingen prøvepatienter", "the profile has no test patients");
    let hint = Said::new(
        "skriv mindst én [[test]] for hvert svar: ja, nej og ukendt",
        "write at least one [[test]] for each verdict: ja, nej and ukendt",
    );
    context.report.advice("no-tests", &(0..0), said, hint);
}

/// Criteria that nothing leads to from population, markers, columns and measures.
fn unused(context: &mut Context<'_>) {
    let mut reached = vec![false; context.names.len()];
    let mut open = context.used.clone();
    let mut next: BTreeMap<CriterionId, Vec<CriterionId>> = BTreeMap::new();
    for (from, to) in &context.edges {
        next.entry(*from).or_default().push(*to);
    }
    while let Some(id) = open.pop() {
        let Some(slot) = reached.get_mut(id.0).filter(|seen| !**seen) else { continue };
        *slot = true;
        open.extend(next.remove(&id).unwrap_or_default());
    }
    let names = context.names.clone();
    for ((name, span), _) in names.iter().zip(&reached).filter(|(_, reached)| !**reached) {
        let said = Said::new(
            format!(
                "kriteriet »{name}« er ikke brugt i population, markering, kolonne eller målepunkt"
            ),
            format!("the criterion `{name}` is not used in population, marker, column or measure"),
        );
        let hint = Said::new("slet det, eller brug det", "delete it, or use it");
        context.report.advice("unused-criterion", span, said, hint);
    }
}

/// Criteria that ask the same.
fn equal(context: &mut Context<'_>, criteria: &[Criterion]) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (at, criterion) in criteria.iter().enumerate() {
        // The printed form holds every key that decides, and nothing of the wording.
        let Some(first) =
            seen.insert(format!("{:?}{:?}", criterion.body, criterion.alternatives), &criterion.id)
        else {
            continue;
        };
        let said = Said::new(
            format!("kriterierne »{first}« og »{}« er ens", criterion.id),
            format!("the criteria `{first}` and `{}` are equal", criterion.id),
        );
        let hint = Said::new(
            "ret det ene, eller brug det samme to gange",
            "change one, or use the same one twice",
        );
        let span = context.span(CriterionId(at));
        context.report.advice("equal-criteria", &span, said, hint);
    }
}

/// `antal = ">= 0"` is ja for everyone.
fn always_counted(context: &mut Context<'_>, id: CriterionId, criterion: &Criterion) {
    let Body::Select(selection) = &criterion.body else { return };
    if (selection.count.op, selection.count.number) == (Op::AtLeast, 0) {
        let said =
            Said::new("antal = \">= 0\" gælder for alle", "antal = \">= 0\" holds for everyone");
        let hint = Said::new("skriv \">= 1\" eller \"= 0\"", "write \">= 1\" or \"= 0\"");
        let span = context.span(id);
        context.report.advice("always-counted", &span, said, hint);
    }
}

/// What each `ingen_af` forbids: as sets, since a list may name one criterion very often.
type Forbidden = BTreeMap<CriterionId, BTreeSet<CriterionId>>;

fn forbidden(criteria: &[Criterion]) -> Forbidden {
    let of = |(at, criterion): (usize, &Criterion)| match &criterion.body {
        Body::Group(Group { rule: GroupRule::None, of }) => {
            Some((CriterionId(at), of.iter().copied().collect()))
        }
        _ => None,
    };
    criteria.iter().enumerate().filter_map(of).collect()
}

/// `alle` of a criterion and of a group that forbids it.
fn contradiction(
    context: &mut Context<'_>,
    id: CriterionId,
    criterion: &Criterion,
    forbidden: &Forbidden,
) {
    let Body::Group(Group { rule: GroupRule::All, of }) = &criterion.body else { return };
    let demanded: BTreeSet<CriterionId> = of.iter().copied().collect();
    let forbids =
        |member: &CriterionId| forbidden.get(member).is_some_and(|not| !not.is_disjoint(&demanded));
    if demanded.iter().any(forbids) {
        let said = Said::new(
            format!("»{}« kræver og forbyder det samme", criterion.id),
            format!("`{}` demands and forbids the same", criterion.id),
        );
        let hint = Said::new("kriteriet er aldrig ja", "the criterion is never ja");
        let span = context.span(id);
        context.report.advice("contradiction", &span, said, hint);
    }
}

/// A verdict that no test patient expects of a criterion.
fn untested(
    context: &mut Context<'_>,
    id: CriterionId,
    criterion: &Criterion,
    seen: Option<&BTreeSet<Truth>>,
) {
    let missing: Vec<&str> = [Truth::Yes, Truth::No, Truth::Unknown]
        .into_iter()
        .filter(|truth| criterion.can_be(*truth))
        .filter(|truth| !seen.is_some_and(|seen| seen.contains(truth)))
        .map(Truth::danish)
        .collect();
    if missing.is_empty() {
        return;
    }
    let missing = missing.join(", ");
    let said = Said::new(
        format!("ingen prøvepatient venter {missing} af »{}«", criterion.id),
        format!("no test patient expects {missing} of `{}`", criterion.id),
    );
    let hint = Said::new("skriv en [[test]] til", "write another [[test]]");
    let span = context.span(id);
    context.report.advice("untested", &span, said, hint);
}

/// Advice when the review date of a profile has passed; the profile goes on working.
#[must_use]
pub fn review_passed(header: &Header, today: Day) -> Option<Note> {
    let next = header.next_review.filter(|next| *next < today)?;
    let said = Said::new(
        format!(
            "næste gennemgang var {}. Profilen virker fortsat; teksten og koderne er ikke set efter siden",
            next.danish()
        ),
        format!(
            "the next review was due on {}. The profile still works; its texts and codes have not been looked at since",
            next.danish()
        ),
    );
    Some(Note::advice("review-passed", Place::default(), said))
}
