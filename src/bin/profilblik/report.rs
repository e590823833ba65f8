//! `report`: what was read, and what was set aside and why.

use std::path::PathBuf;

use profilblik::decode::Refusal;
use profilblik::note::Language;
use profilblik::protocol::{Reply, Request};
use profilblik::records::{Ledger, Source};
use profilblik::session::Session;
use profilblik::view::{ImportView, RepairView};
use serde::Serialize;

use crate::input;
use crate::mapping;
use crate::outcome::{Misuse, Outcome};
use crate::table::table;
use crate::words::{plain, say};

#[derive(Serialize)]
struct Report {
    files: Vec<FileReport>,
}

#[derive(Serialize)]
struct FileReport {
    name: String,
    register: Option<&'static str>,
    encoding: Option<&'static str>,
    separator: Option<String>,
    lines: Option<Lines>,
    set_aside: Vec<Line>,
    refused: Option<String>,
}

#[derive(Serialize)]
struct Lines {
    physical: u64,
    header: u64,
    blank: u64,
    continuation: u64,
    used: u64,
    set_aside: u64,
}

#[derive(Serialize)]
struct Line {
    line: u32,
    reason: &'static str,
}

/// Reads the files and says what became of every line.
pub fn run(
    files: &[PathBuf],
    mappings: &[PathBuf],
    json: bool,
    language: Language,
) -> Result<Outcome, Misuse> {
    let mut outcome = Outcome::default();
    let mut session = Session::with_profiles(Vec::new());
    mapping::add(&mut session, mappings, language)?;
    let mut last = None;
    session.request(&Request::SetLanguage(language), &mut |_| {});
    session.read_all(input::files(files)?, input::today(), &mut |reply| {
        if let Reply::Read(import) = reply {
            last = Some(import);
        }
    });
    for (_, refusal) in session.refused() {
        outcome.refuse(refusal.text.of(language));
    }
    outcome.text = match last {
        Some(import) if !json => plain(&shown(&import, language)),
        None if !json => String::new(),
        _ => serde_json::to_string_pretty(&report(&session))
            .map(|text| text + "\n")
            .unwrap_or_default(),
    };
    Ok(outcome)
}

fn report(session: &Session) -> Report {
    let read = session.records().sources.iter().map(table_read);
    let refused = session.refused().iter().map(|(name, refusal)| refused(name, refusal));
    let mut files: Vec<FileReport> = read.chain(refused).collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Report { files }
}

fn table_read(source: &Source) -> FileReport {
    FileReport {
        name: source.name.clone(),
        register: Some(source.register.name()),
        encoding: Some(source.encoding),
        separator: Some(source.separator.to_string()),
        lines: Some(lines(&source.ledger)),
        set_aside: source
            .set_aside
            .iter()
            .map(|s| Line { line: s.line, reason: s.reason.name() })
            .collect(),
        refused: None,
    }
}

fn lines(ledger: &Ledger) -> Lines {
    Lines {
        physical: ledger.physical,
        header: ledger.header,
        blank: ledger.blank,
        continuation: ledger.continuation,
        used: ledger.used,
        set_aside: ledger.set_aside,
    }
}

fn refused(name: &str, refusal: &Refusal) -> FileReport {
    FileReport {
        name: name.to_owned(),
        register: None,
        encoding: None,
        separator: None,
        lines: None,
        set_aside: Vec::new(),
        refused: Some(refusal.text.da.clone()),
    }
}

fn shown(import: &ImportView, language: Language) -> String {
    let heading = [
        say(language, "Fil", "File"),
        say(language, "Register", "Register"),
        say(language, "Læst som", "Read as"),
        say(language, "Linjer", "Lines"),
        say(language, "Overskrift", "Header"),
        say(language, "Tomme", "Blank"),
        say(language, "Fortsat", "Continued"),
        say(language, "Brugt", "Used"),
        say(language, "Sat til side", "Set aside"),
        say(language, "Kolonner", "Columns"),
    ];
    let mut rows = vec![heading.to_vec()];
    for file in &import.files {
        let ledger = &file.ledger;
        let counts = [
            ledger.physical,
            ledger.header,
            ledger.blank,
            ledger.continuation,
            ledger.used,
            ledger.set_aside,
        ];
        let mut row = vec![file.name.clone(), file.register.clone(), file.read_as.clone()];
        row.extend(counts.map(|count| count.to_string()));
        row.push(file.columns.clone());
        rows.push(row);
    }
    let remarks: String =
        import.remarks.iter().map(|r| format!("{} {}\n", r.lead, r.text)).collect();
    let repair = import.repair.as_ref().map_or_else(String::new, |found| repair(found, language));
    format!("{}{}\n{}{remarks}{repair}", table(&rows), import.account, set_aside(import, language))
}

fn repair(found: &RepairView, language: Language) -> String {
    let lines: String = found.lines.iter().map(|line| format!("{line}\n")).collect();
    let way = say(
        language,
        "Teksten repareres med linjen »reparer_tekst = true« i en tilpasning (--mapping).\n",
        "The text is repaired by the line “reparer_tekst = true” of a mapping (--mapping).\n",
    );
    if found.done { lines } else { lines + &way }
}

fn set_aside(import: &ImportView, language: Language) -> String {
    if import.set_aside.is_empty() {
        return String::new();
    }
    let heading = [
        say(language, "Sat til side", "Set aside"),
        say(language, "Linjer", "Lines"),
        say(language, "Filer", "Files"),
    ];
    let rows =
        import.set_aside.iter().map(|s| vec![s.text.clone(), s.count.to_string(), s.files.clone()]);
    format!("\n{}\n", table(&std::iter::once(heading.to_vec()).chain(rows).collect::<Vec<_>>()))
}
