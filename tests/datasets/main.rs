//! Tables of other data models and the medicine card: what becomes of each, and that no line is lost.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else than it expects"
)]

mod account;
mod command;
mod omop;
mod population;
#[path = "../fhir/rows.rs"]
mod rows;
mod synthea;

use profilblik::day::Day;
use profilblik::decode::dataset::Pool;
use profilblik::decode::made::Made;
use profilblik::session::{Input, Session};
use rows::rows;

/// Files → the tables of each.
fn made(files: &[(&str, &str)]) -> Vec<(String, Made)> {
    let mut pool = Pool::default();
    for (name, text) in files {
        pool.read(name, text.as_bytes().to_vec()).unwrap();
    }
    pool.finish().into_iter().map(|answer| (answer.name, answer.made.unwrap())).collect()
}

/// The rows of the first file's table.
fn rows_of(files: &[(&str, &str)]) -> Vec<String> {
    rows(&made(files)[0].1.tables[0].text)
}

fn read(files: &[(&str, &str)]) -> Session {
    let inputs = files.iter().map(|(name, text)| Input::bytes(name, text.as_bytes().to_vec()));
    read_inputs(inputs.collect())
}

fn read_inputs(inputs: Vec<Input>) -> Session {
    let mut session = Session::with_profiles(Vec::new());
    session.read_all(inputs, Day::parse_iso("2025-10-01").unwrap(), &mut |_| {});
    session
}
