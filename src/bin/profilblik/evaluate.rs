//! `evaluate`: who is on the list.

use profilblik::evaluate::{Evaluator, Member, Population, Undecided};
use profilblik::note::Language;
use profilblik::profile::plan::Plan;
use profilblik::protocol::{ListQuery, Reply, Request};
use profilblik::records::PatientId;
use profilblik::truth::Truth;
use profilblik::view::{ListKind, ListView};
use serde::Serialize;

use crate::arguments::Question;
use crate::attrition::{self, StepCounts};
use crate::chosen;
use crate::columns;
use crate::figures::{self, Measured};
use crate::outcome::{Misuse, Outcome};
use crate::products::{self, TableCounts};
use crate::question::{self, Asked, ProfileName};
use crate::table::table;
use crate::words::{plain, say};

#[derive(Serialize)]
struct Evaluated {
    profile: ProfileName,
    index_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    factors: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    switched_on: Vec<String>,
    counts: Counts,
    members: Vec<OnList>,
    undecided: Vec<NotDecided>,
    measures: Vec<Measured>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attrition: Option<Vec<StepCounts>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    products: Option<Vec<TableCounts>>,
}

#[derive(Serialize)]
struct Counts {
    members: usize,
    undecided: usize,
    outside: u32,
    not_looked_at: u32,
}

#[derive(Serialize)]
struct OnList {
    cpr: String,
    markers: Vec<String>,
    markers_undecided: Vec<String>,
    /// Only where there are any, so that profiles without exceptions answer as before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    markers_exempt: Vec<String>,
    exclusion_undecided: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<columns::Shown>,
}

#[derive(Serialize)]
struct NotDecided {
    cpr: String,
    criteria: Vec<String>,
}

/// Evaluates every profile asked for.
pub fn run(question: &Question, language: Language) -> Result<Outcome, Misuse> {
    let mut outcome = Outcome::default();
    let Some(mut asked) = question::ask(question, language, &mut outcome)? else {
        return Ok(outcome);
    };
    outcome.text = if question.json {
        let results = asked.plans().map(|plan| result(&asked.evaluator(plan), question)).collect();
        question::json(results, question.profiles.len())
    } else {
        plain(&shown(&mut asked, question, language))
    };
    Ok(outcome)
}

fn result(evaluator: &Evaluator<'_>, question: &Question) -> Evaluated {
    let population = evaluator.population();
    Evaluated {
        profile: ProfileName::of(evaluator.plan),
        index_date: evaluator.index_date.to_string(),
        factors: chosen::label(&evaluator.factors),
        choices: chosen::choices(evaluator.plan),
        switched_on: chosen::switched(evaluator.plan),
        counts: counts(&population),
        products: question.products.then(|| products::tables(evaluator, &population)),
        members: sorted(
            population.members.iter().map(|m| on_list(evaluator, m, question)).collect(),
            |m| &m.cpr,
        ),
        undecided: sorted(
            population.undecided.iter().map(|u| not_decided(evaluator, u)).collect(),
            |u| &u.cpr,
        ),
        measures: figures::measured(figures::of(evaluator)),
        attrition: question.attrition.then(|| attrition::steps(evaluator)),
    }
}

fn counts(population: &Population) -> Counts {
    Counts {
        members: population.members.len(),
        undecided: population.undecided.len(),
        outside: population.outside,
        not_looked_at: population.not_looked_at,
    }
}

fn sorted<T>(mut items: Vec<T>, key: impl Fn(&T) -> &String) -> Vec<T> {
    items.sort_by(|a, b| key(a).cmp(key(b)));
    items
}

fn cpr(evaluator: &Evaluator<'_>, patient: PatientId) -> String {
    evaluator.records.patients.cpr(patient).map(ToString::to_string).unwrap_or_default()
}

fn on_list(evaluator: &Evaluator<'_>, member: &Member, question: &Question) -> OnList {
    OnList {
        cpr: cpr(evaluator, member.patient),
        markers: markers(evaluator.plan, &member.markers, Truth::Yes),
        markers_undecided: markers(evaluator.plan, &member.markers, Truth::Unknown),
        markers_exempt: exempt(evaluator.plan, member),
        exclusion_undecided: member.exclusion_undecided,
        columns: question.columns.then(|| columns::shown(evaluator, member.patient)),
    }
}

fn markers(plan: &Plan, verdicts: &[Truth], wanted: Truth) -> Vec<String> {
    let named = plan.markers.iter().zip(verdicts).filter(|(_, truth)| **truth == wanted);
    sorted(named.map(|(marker, _)| marker.id.clone()).collect(), |id| id)
}

fn exempt(plan: &Plan, member: &Member) -> Vec<String> {
    let named = member.exempt.iter().filter_map(|exempt| plan.markers.get(exempt.marker));
    sorted(named.map(|marker| marker.id.clone()).collect(), |id| id)
}

fn not_decided(evaluator: &Evaluator<'_>, undecided: &Undecided) -> NotDecided {
    let named = undecided.criteria.iter().filter_map(|id| evaluator.plan.criteria.get(id.0));
    NotDecided {
        cpr: cpr(evaluator, undecided.patient),
        criteria: sorted(named.map(|criterion| criterion.id.clone()).collect(), |id| id),
    }
}

fn shown(asked: &mut Asked, question: &Question, language: Language) -> String {
    let mut text = String::new();
    for key in asked.keys() {
        if question.attrition {
            text.push_str(&attrition::shown(asked, &key));
        }
        for kind in [ListKind::Members, ListKind::Undecided] {
            if let Some(list) = list(asked, &key, kind) {
                text.push_str(&list_shown(&list, language));
            }
        }
    }
    let measures = asked.plans().map(|plan| measures_shown(&asked.evaluator(plan), language));
    let measures: String = measures.collect();
    let tables: String = match question.products {
        true => asked.keys().iter().map(|key| products::shown(asked, key)).collect(),
        false => String::new(),
    };
    text + &measures + &tables
}

fn list(asked: &mut Asked, key: &str, kind: ListKind) -> Option<ListView> {
    let query =
        ListQuery { profile: key.to_owned(), kind, count: u64::MAX, ..ListQuery::default() };
    asked.replies(&Request::List(query)).into_iter().find_map(|reply| match reply {
        Reply::List(list) => Some(*list),
        _ => None,
    })
}

fn list_shown(list: &ListView, language: Language) -> String {
    let (profile, date) = (&list.profile, &list.strip.index_date);
    let mut text = match list.kind {
        ListKind::Members => format!(
            "{} {}, {} {date}: {}\n\n",
            profile.title,
            profile.version,
            say(language, "gjort op pr.", "as of"),
            list.total
        ),
        ListKind::Undecided => format!(
            "{}: {}\n\n",
            say(language, "Kan ikke afgøres", "Cannot be decided"),
            list.total
        ),
    };
    for said in [&list.strip.factors, &profile.changed] {
        if !said.is_empty() {
            text.push_str(&format!("{said}\n\n"));
        }
    }
    if list.total > 0 {
        text.push_str(&table(&rows(list)));
        text.push('\n');
    }
    text
}

// The first column holds the markers, which are chips on the page; »?« = not decided.
fn rows(list: &ListView) -> Vec<Vec<String>> {
    let heading = list.columns.iter().map(|column| column.title.clone()).collect();
    let row = |row: &profilblik::view::RowView| -> Vec<String> {
        let chips: Vec<String> = row
            .markers
            .iter()
            .map(|chip| {
                let unknown = if chip.truth == Truth::Unknown { "?" } else { "" };
                if chip.exempt.is_empty() {
                    format!("{}{unknown}", chip.text)
                } else {
                    format!("{}{unknown} ({})", chip.text, chip.exempt)
                }
            })
            .collect();
        let cells = list.columns.iter().zip(&row.cells);
        cells
            .map(
                |(column, cell)| {
                    if column.key == MARKERS { chips.join(", ") } else { cell.text.clone() }
                },
            )
            .collect()
    };
    std::iter::once(heading).chain(list.rows.iter().map(row)).collect()
}

const MARKERS: &str = "markeringer";

fn measures_shown(evaluator: &Evaluator<'_>, language: Language) -> String {
    let figures = figures::of(evaluator);
    if figures.is_empty() {
        return String::new();
    }
    let heading = [
        say(language, "Målepunkt", "Measure"),
        say(language, "Ydernummer", "Provider number"),
        say(language, "Tæller", "Numerator"),
        say(language, "Nævner", "Denominator"),
        say(language, "Kan ikke afgøres", "Cannot be decided"),
        say(language, "Værdi", "Value"),
        say(language, "Pr.", "Per"),
    ];
    let all = say(language, "alle", "all");
    let rows = figures.iter().map(|figure| {
        let value = figures::value(figure).unwrap_or_else(|| "–".into());
        let value = if language == Language::Danish { value.replace('.', ",") } else { value };
        vec![
            figure.id.clone(),
            figure.ydernummer.clone().unwrap_or_else(|| all.clone()),
            figure.numerator.to_string(),
            figure.denominator.to_string(),
            figure.undecided.to_string(),
            value,
            figure.per.to_string(),
        ]
    });
    let rows: Vec<Vec<String>> = std::iter::once(heading.to_vec()).chain(rows).collect();
    format!("{}\n{}\n", evaluator.plan.header.title, table(&rows))
}
