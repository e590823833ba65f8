//! `say`: a profile said back in words, or as the concept's table.

use std::fmt::Write;

use profilblik::note::Language;
use profilblik::profile::plan::Plan;
use profilblik::profile::say::{self, Spoken};

use crate::arguments::Saying;
use crate::outcome::{Misuse, Outcome};
use crate::words::{plain, say};
use crate::{input, profiles};

/// Says the profiles in the order in which they were named; one with errors is refused.
pub fn run(wanted: &Saying, language: Language) -> Result<Outcome, Misuse> {
    let mut outcome = Outcome::default();
    let date = wanted.date.unwrap_or_else(input::today);
    for profile in profiles::named_or_in_folders(&wanted.profiles)? {
        if !profiles::usable(&profile, language, &mut outcome) {
            continue;
        }
        let Some(plan) = &profile.plan else { continue };
        let spoken = say::say(plan, date, language);
        let body = if wanted.table { table(&spoken, language) } else { text(&spoken, language) };
        outcome.text.push_str(&harmless(&format!("{}\n{body}\n", heading(plan))));
    }
    Ok(outcome)
}

/// As other text for a terminal, with the tabs of the table.
fn harmless(text: &str) -> String {
    text.split('\t').map(plain).collect::<Vec<_>>().join("\t")
}

fn heading(plan: &Plan) -> String {
    let header = &plan.header;
    let mut text = format!("{}, version {}\n", header.title, header.version);
    for purpose in &header.purpose {
        let _ = writeln!(text, "{purpose}");
    }
    text
}

fn text(spoken: &Spoken, language: Language) -> String {
    let mut text = format!("{} {}\n", spoken.intro, spoken.exclusion);
    let mut part = |title: String, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = write!(text, "\n{title}\n  {}\n", lines.join("\n  "));
        }
    };
    let criteria =
        spoken.criteria.iter().map(|c| format!("({}) {}: {}.", c.number, c.id, c.sentence));
    part(say(language, "Kriterier", "Criteria"), criteria.collect());
    let markers = spoken.markers.iter().map(|m| {
        let details = m.details.join(" ");
        format!("{}: {} {} {details}", m.text, m.sentence, m.handling).trim_end().to_owned()
    });
    part(say(language, "Markeringer", "Markers"), markers.collect());
    let lines = |of: &[say::SaidPart]| -> Vec<String> {
        of.iter().map(|said| format!("{}: {}", said.title, said.sentence)).collect()
    };
    part(say(language, "Kolonner", "Columns"), lines(&spoken.columns));
    part(say(language, "Målepunkter", "Measures"), lines(&spoken.measures));
    let _ = write!(text, "\n{}\n", spoken.sorting);
    text
}

/// One row a line, tabs between the cells, so that it can be pasted into a spreadsheet.
fn table(spoken: &Spoken, language: Language) -> String {
    let mut text =
        say(language, "Kriterier\tBeskrivelse\tRegler\n", "Criteria\tDescription\tRules\n");
    for row in say::table(spoken, language) {
        let cells =
            [row.criterion, row.description, row.rule].map(|c| c.replace(['\t', '\n'], " "));
        let _ = writeln!(text, "{}", cells.join("\t"));
    }
    text
}
