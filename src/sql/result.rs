//! Who is on the list, with which markers, and the figures (rules R15, R19, R21).

use std::collections::BTreeSet;

use crate::profile::plan::{
    Body, Compare, Criterion, CriterionId, Derived, Group, Marker, Measure, Plan,
};
use crate::sql::combine::{joins, verdict};
use crate::sql::derived::compare;
use crate::sql::script::{Script, verdicts};
use crate::sql::sums;

/// `pb_resultat`: one row per export and patient.
pub(super) fn people(script: &mut Script, plan: &Plan) {
    script.say("pb_resultat: one row per export and patient");
    let dialect = script.dialect;
    let exclusion = plan.exclusion.as_ref().map_or_else(|| "FALSE".to_owned(), verdict);
    let mut columns = vec![
        "p.export, p.patient, p.set_paa, p.ydernummer".to_owned(),
        format!("{} AS inklusion", verdict(&plan.inclusion)),
        format!("{exclusion} AS eksklusion"),
        format!("{} AS uafklarede", undecided(script, plan)),
    ];
    for (at, criterion) in plan.criteria.iter().enumerate() {
        let column = dialect.name(&format!("kriterie_{}", criterion.id));
        columns.push(format!("{}.v AS {column}", verdicts(CriterionId(at))));
    }
    let grey = grey_zones(plan);
    for (at, criterion, compare) in &grey {
        let column = dialect.name(&format!("graazone_{}", criterion.id));
        columns.push(format!("{} AS {column}", sums::grey(*at, compare)));
    }
    for marker in plan.markers.iter().filter(|marker| marker.on) {
        columns.extend(marked(script, marker));
    }
    let everyone: Vec<CriterionId> = (0..plan.criteria.len()).map(CriterionId).collect();
    // Excluded only if the exclusion is surely ja: nobody is hidden because data are missing.
    let query = format!(
        "SELECT x.*, CASE WHEN NOT set_paa OR eksklusion THEN FALSE ELSE inklusion END AS population, \
         (set_paa AND coalesce(inklusion, FALSE) AND eksklusion IS NULL) AS uafklaret_eksklusion FROM \
         (\nSELECT {}\nFROM pb_patient p{}\n) x",
        columns.join(",\n  "),
        joins(&everyone) + &grey.iter().map(|(at, ..)| sums::join(*at)).collect::<String>(),
    );
    script.step("pb_resultat", &query);
}

// The verdict of a marker; where it has exceptions also whether one of them takes it out of the
// count, and then the marker is FALSE.
fn marked(script: &Script, marker: &Marker) -> Vec<String> {
    let name = |kind: &str| script.dialect.name(&format!("{kind}_{}", marker.id));
    let verdict = format!("{}.v", verdicts(marker.when));
    let exceptions = marker.exceptions.iter();
    let any = exceptions.map(|id| format!("coalesce({}.v, FALSE)", verdicts(*id)));
    let any = any.collect::<Vec<_>>().join(" OR ");
    if any.is_empty() {
        return vec![format!("{verdict} AS {}", name("markering"))];
    }
    vec![
        format!("CASE WHEN {any} THEN FALSE ELSE {verdict} END AS {}", name("markering")),
        format!("(({any}) AND coalesce({verdict}, TRUE)) AS {}", name("undtaget")),
    ]
}

// Criteria that hold a sum of morphine equivalents against a limit.
fn grey_zones(plan: &Plan) -> Vec<(CriterionId, &Criterion, &Compare)> {
    let limit =
        |(at, criterion)| limit_of_sum(criterion).map(|limit| (CriterionId(at), criterion, limit));
    plan.criteria.iter().enumerate().filter_map(limit).collect()
}

fn limit_of_sum(criterion: &Criterion) -> Option<&Compare> {
    match &criterion.body {
        Body::Select(ask) if ask.derived == Some(Derived::Omeq) => compare(ask),
        // Of a window that hangs on other rows nothing is said.
        Body::Select(ask) if ask.derived == Some(Derived::OmeqSum) && ask.anchor.is_none() => {
            compare(ask)
        }
        _ => None,
    }
}

// The criteria under the inclusion, groups left out, that are unknown.
fn undecided(script: &Script, plan: &Plan) -> String {
    let mut below = BTreeSet::new();
    descend(plan, &plan.inclusion, &mut below);
    let named = below.into_iter().filter_map(|id| {
        let criterion = plan.criteria.get(id.0)?;
        let name = script.dialect.text(&criterion.id);
        (!matches!(criterion.body, Body::Group(_)))
            .then(|| format!(", CASE WHEN {}.v IS NULL THEN {name} END", verdicts(id)))
    });
    format!("concat_ws(','{})", named.collect::<String>())
}

fn descend(plan: &Plan, group: &Group, seen: &mut BTreeSet<CriterionId>) {
    for id in &group.of {
        if seen.insert(*id)
            && let Some(Body::Group(inner)) = plan.criteria.get(id.0).map(|c| &c.body)
        {
            descend(plan, inner, seen);
        }
    }
}

/// `pb_maalepunkt`: per measure and export one row per provider number, and one for all
/// (`ydernummer` NULL).
pub(super) fn measures(script: &mut Script, plan: &Plan) {
    if plan.measures.is_empty() {
        return;
    }
    script.say("pb_maalepunkt: numerator, denominator, and who cannot be decided");
    for (at, measure) in plan.measures.iter().enumerate() {
        let query = counted(script, measure);
        script.step(&format!("pb_m{}", at + 1), &query);
    }
    let every = (1..=plan.measures.len()).map(|at| format!("SELECT * FROM pb_m{at}"));
    script.step("pb_maalepunkt", &every.collect::<Vec<_>>().join("\nUNION ALL "));
}

// Numerator within denominator; patients with ukendt are left out of both and counted.
fn counted(script: &Script, measure: &Measure) -> String {
    let numerator = format!("{}.v", verdicts(measure.numerator));
    let denominator =
        measure.denominator.map_or_else(|| "TRUE".to_owned(), |id| format!("{}.v", verdicts(id)));
    let mut tables = vec![measure.numerator];
    tables.extend(measure.denominator);
    let people = format!(
        "SELECT p.export, p.ydernummer, {denominator} AS n, {numerator} AS t FROM pb_patient p{}{}",
        joins(&tables),
        "\nWHERE p.set_paa"
    );
    let count = |condition: &str| format!("count(CASE WHEN {condition} THEN 1 END)");
    let figures = format!(
        "{} AS taeller, {} AS naevner, {} AS uafklarede",
        count("r.n AND r.t"),
        count("r.n AND r.t IS NOT NULL"),
        count("r.n IS NULL AND r.findes = 1 OR r.n AND r.t IS NULL"),
    );
    let id = script.dialect.text(&measure.id);
    format!(
        "SELECT {id} AS maalepunkt, y.export, y.ydernummer, {figures}, {} AS pr FROM (SELECT DISTINCT \
         export, ydernummer FROM pb_patient WHERE ydernummer IS NOT NULL) y LEFT JOIN (SELECT x.*, 1 AS \
         findes FROM (\n{people}) x) r ON r.export = y.export AND r.ydernummer = y.ydernummer GROUP BY \
         y.export, y.ydernummer\nUNION ALL SELECT {id}, y.export, CAST(NULL AS {}), {figures}, {} FROM \
         (SELECT DISTINCT export FROM pb_patient) y LEFT JOIN (SELECT x.*, 1 AS findes FROM \
         (\n{people}) x) r ON r.export = y.export GROUP BY y.export",
        measure.per,
        script.dialect.kind(crate::schema::typed::Kind::Text),
        measure.per,
    )
}
