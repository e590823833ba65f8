//! `quality`: the counts of the page »Datakvalitet«.

use profilblik::day::Day;
use profilblik::note::Language;
use profilblik::protocol::{Reply, Request};
use profilblik::session::Session;
use profilblik::view::quality::Quality;
use profilblik::view::quality::page::{QualityView, TableView};
use serde::Serialize;

use crate::arguments::Question;
use crate::input;
use crate::mapping;
use crate::outcome::{Misuse, Outcome};
use crate::table::table;
use crate::words::plain;

#[derive(Serialize)]
struct Answer {
    index_date: String,
    export_day: String,
    #[serde(flatten)]
    counts: Quality,
    missing_codes: Vec<List>,
}

#[derive(Serialize)]
struct List {
    list: String,
    title: String,
    members: u64,
    undecided: u64,
}

/// Reads the files and counts.
pub fn run(question: &Question, language: Language) -> Result<Outcome, Misuse> {
    let mut outcome = Outcome::default();
    let mut session = Session::new();
    session.request(&Request::SetLanguage(language), &mut |_| {});
    mapping::add(&mut session, &question.mappings, language)?;
    session.read_all(input::files(&question.files)?, input::today(), &mut |_| {});
    for (_, refusal) in session.refused() {
        outcome.refuse(refusal.text.of(language));
    }
    if let Some(date) = question.date {
        session.request(&Request::SetIndexDate(Some(iso(date))), &mut |_| {});
    }
    let mut shown = String::new();
    session.request(&Request::Quality, &mut |reply| {
        if let Reply::Quality(view) = reply {
            shown = text(&view);
        }
    });
    let Some(index_date) = session.index_date() else { return Ok(outcome) };
    outcome.text = if question.json {
        let answer = answer(&session, index_date);
        serde_json::to_string_pretty(&answer).map(|text| text + "\n").unwrap_or_default()
    } else {
        plain(&shown)
    };
    Ok(outcome)
}

fn iso(day: Day) -> String {
    let (year, month, day) = day.ymd();
    format!("{year:04}-{month:02}-{day:02}")
}

fn answer(session: &Session, index_date: Day) -> Answer {
    let lists = session.missing_rows().into_iter().map(|(row, _)| List {
        list: row.id.rsplit(':').next().unwrap_or_default().to_owned(),
        title: row.title,
        members: row.members,
        undecided: row.undecided,
    });
    Answer {
        index_date: iso(index_date),
        export_day: iso(session.export_day()),
        counts: session.quality_counts(),
        missing_codes: lists.collect(),
    }
}

fn text(view: &QualityView) -> String {
    let mut text = format!("{}\n{}\n", view.heading, view.lead);
    for one in &view.tables {
        text.push_str(&titled(one));
    }
    text.push_str(&titled(&view.numbers));
    let lists = view.missing.iter().map(|one| vec![one.title.clone(), one.text.clone()]);
    section(&mut text, &view.missing_title, &view.missing_lead, lists);
    let remarks = view
        .profiles
        .iter()
        .flat_map(|one| one.remarks.iter().map(|remark| vec![one.title.clone(), remark.clone()]));
    section(&mut text, &view.codes_title, &view.codes_lead, remarks);
    text
}

fn section(text: &mut String, title: &str, lead: &str, rows: impl Iterator<Item = Vec<String>>) {
    text.push_str(&format!("\n{title}\n{lead}\n"));
    for row in rows {
        text.push_str(&format!("- {}\n", row.join(": ")));
    }
}

fn titled(one: &TableView) -> String {
    let rows: Vec<Vec<String>> = std::iter::once(&one.headings).chain(&one.rows).cloned().collect();
    format!("\n{}\n{}", one.title, table(&rows))
}
