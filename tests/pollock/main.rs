//! Reliability row R4 of the security notes: polluted tables as in Pollock, read as the page reads
//! them, scored as there; and no row that came out wrong without being told.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else than it expects"
)]

mod pollution;
mod score;
mod table;

use std::collections::BTreeMap;

use pollution::files;
use profilblik::day::Day;
use profilblik::schema::{Field, Register};
use profilblik::session::{Input, Session};
use score::score;
use table::{COLUMNS, File, Record, Said};

const FIELDS: [Field; COLUMNS] = [
    Field::Cpr,
    Field::Kode,
    Field::Icd10,
    Field::Tekst,
    Field::Dato,
    Field::Debutdato,
    Field::Slutdato,
    Field::Type,
    Field::Status,
];

/// Reads a file; `told` = with what someone says who knows it.
fn read(file: &File, told: bool) -> Session {
    let mut session = Session::with_profiles(Vec::new());
    let mut bytes = file.bytes.clone();
    match file.said {
        Said::Columns if told => session.add_mapping("m.toml", &mapping()).unwrap(),
        Said::Separator(separator) if told => {
            bytes.splice(0..0, format!("sep={separator}\r\n").bytes());
        }
        _ => {}
    }
    let today = Day::from_ymd(2026, 6, 1).unwrap();
    session.read_all(vec![Input::bytes("diagnoser.csv", bytes)], today, &mut |_| {});
    session
}

fn mapping() -> String {
    let columns = FIELDS.iter().enumerate();
    let columns: String =
        columns.map(|(at, field)| format!("kolonne{} = \"{}\"\n", at + 1, field.name())).collect();
    format!(
        "tilpasning = 1\n[[tabel]]\nfil = \"*\"\nregister = \"diagnose\"\n[tabel.kolonner]\n{columns}"
    )
}

/// The rows of the file's table number `table`, each with its line.
fn rows(session: &Session, table: usize) -> Vec<(u32, Record)> {
    let records = session.records();
    let Some(events) = records.events(Register::Diagnose) else { return Vec::new() };
    let mut rows = Vec::new();
    for patient in records.patients.ids() {
        let cpr = records.patients.cpr(patient).unwrap().to_string();
        for at in events.of(patient).filter(|at| events.origin(*at).file as usize == table) {
            let cell = |field: &Field| match field {
                Field::Cpr => cpr.clone(),
                field => events.text(at, *field).to_owned(),
            };
            rows.push((events.origin(at).line, FIELDS.iter().map(cell).collect()));
        }
    }
    rows.sort();
    rows
}

/// The first table of the file, as it was loaded.
fn loaded(session: &Session) -> Option<Vec<Record>> {
    let source = session.records().sources.first()?;
    let headings = source.columns.iter().map(|(text, _)| text.clone()).collect();
    let header = source.understood.has_header.then_some(headings);
    Some(header.into_iter().chain(rows(session, 0).into_iter().map(|(_, row)| row)).collect())
}

/// Rows that came out other than they were written, or not at all, and nobody was told.
fn untold(file: &File, session: &Session, told: bool) -> Vec<String> {
    let shift = u32::from(told && matches!(file.said, Said::Separator(_)));
    let sources = &session.records().sources;
    let mut out = Vec::new();
    let mut seen: Vec<u32> = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        assert!(source.ledger.balanced(), "{:?}", source.ledger);
        seen.extend(source.set_aside.iter().map(|aside| aside.line));
        let read: Vec<bool> =
            FIELDS.map(|field| source.columns.iter().any(|(_, of)| *of == Some(field))).to_vec();
        for (line, row) in rows(session, at) {
            seen.push(line);
            let written = file.written.iter().find(|(known, _)| *known + shift == line);
            // A column that is not read is shown as such.
            let same = |record: &Record| {
                let cells = record.iter().zip(&row).zip(&read);
                cells.into_iter().all(|((meant, got), read)| !read || meant == got)
            };
            if !written.is_some_and(|(_, record)| same(record)) {
                out.push(format!("line {line}: {row:?}"));
            }
        }
    }
    if session.refused().is_empty() {
        let lost = file.written.iter().filter(|(line, _)| !seen.contains(&(line + shift)));
        // Copies count once, and how many there were is told.
        let lost: Vec<_> = lost.map(|(line, _)| format!("line {line}: lost")).collect();
        if lost.len() as u64 != session.records().duplicates() {
            out.extend(lost);
        }
    }
    out
}

/// What came of one file.
struct Outcome {
    kind: &'static str,
    weight: f64,
    /// As it is, and with what someone says who knows it.
    scores: [f64; 2],
    wrong: Vec<String>,
}

fn try_out(file: &File) -> Outcome {
    let one = |told: bool| {
        let session = read(file, told);
        let wrong = untold(file, &session, told).into_iter();
        let said = move |what| format!("{}, told: {told}, {what}", file.kind);
        (score(&file.expected, loaded(&session).as_deref()), wrong.map(said).collect())
    };
    let (auto, mut wrong): (f64, Vec<String>) = one(false);
    let mut scores = [auto; 2];
    if file.said != Said::Nothing {
        let (given, more) = one(true);
        scores[1] = given;
        wrong.extend(more);
    }
    Outcome { kind: file.kind, weight: file.weight, scores, wrong }
}

#[derive(Clone, Copy, Default)]
struct Sum {
    files: usize,
    weight: f64,
    score: [f64; 2],
    weighted: [f64; 2],
}

impl Sum {
    fn add(&mut self, one: &Outcome) {
        self.files += 1;
        self.weight += one.weight;
        for (at, score) in one.scores.into_iter().enumerate() {
            self.score[at] += score;
            self.weighted[at] += score * one.weight;
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "a count of files")]
    fn simple(&self) -> [f64; 2] {
        self.score.map(|score| score / self.files as f64)
    }
}

#[test]
fn polluted_tables_are_read_or_told() {
    let files = files();
    let (one, other) = files.split_at(files.len() / 2);
    let all = |files: &[File]| files.iter().map(try_out).collect::<Vec<_>>();
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let one = scope.spawn(|| all(one));
        let other = all(other);
        one.join().unwrap().into_iter().chain(other).collect()
    });
    let mut sum = Sum::default();
    let mut kinds = BTreeMap::<&str, Sum>::new();
    for outcome in &outcomes {
        sum.add(outcome);
        kinds.entry(outcome.kind).or_default().add(outcome);
    }
    println!("{:30} files  weight   auto  given", "kind");
    for (kind, of) in &kinds {
        let [auto, given] = of.simple();
        println!("{kind:30} {:5} {:7.1} {auto:6.3} {given:6.3}", of.files, of.weight);
    }
    let ([auto, given], [auto_weighted, given_weighted]) =
        (sum.simple(), sum.weighted.map(|score| score / sum.weight));
    println!("auto:  simple {auto:.4}, weighted {auto_weighted:.4}");
    println!("given: simple {given:.4}, weighted {given_weighted:.4}");
    assert_eq!((sum.files, kinds.len()), (2_290, 26), "25 kinds and the clean file");
    let wrong: Vec<&String> = outcomes.iter().flat_map(|outcome| &outcome.wrong).collect();
    assert!(wrong.is_empty(), "{}: {:#?}", wrong.len(), &wrong[..wrong.len().min(12)]);
    assert!(given >= 9.97 && given_weighted >= 9.90, "{given} {given_weighted}");
    // What no header names is not guessed, and so not loaded: docs/assurance.md.
    assert!(auto >= 9.96 && auto_weighted >= 9.44, "{auto} {auto_weighted}");
}
