//! How long the built-in profiles take on a clinic of 10,000 patients. Measures, so it does not run
//! by default: `cargo test --release --test evaluate_speed -- --ignored --nocapture`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::time::{Duration, Instant};

use profilblik::catalog;
use profilblik::day::Day;
use profilblik::evaluate::Evaluator;
use profilblik::evaluate::history::Histories;
use profilblik::measures::figures;
use profilblik::profile::plan::ASSUMED_COVER_DAYS;
use profilblik::protocol::Request;
use profilblik::session::{Input, Session};

fn index() -> Day {
    Day::parse_iso("2026-06-01").unwrap()
}

fn clinic() -> Session {
    let files = profilblik::demo::files(10_000, 1, index());
    let files = files.into_iter().map(|(name, bytes)| Input::bytes(&name, bytes)).collect();
    let mut session = Session::new();
    session.read_all(files, index(), &mut |_| {});
    session
}

fn median(times: u32, mut work: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let mut found: Vec<Duration> = (0..times).map(time).collect();
    found.sort();
    found[found.len() / 2]
}

/// All flags with the sum of every user, and the daily sum of every user over five years.
#[test]
#[ignore = "measures; needs an optimised build"]
fn the_opioids_of_ten_thousand_patients() {
    let mut session = clinic();
    let flags = median(9, || session.request(&Request::Opioids, &mut |_| {}));
    let records = session.records();
    let histories = Histories::new(records, ASSUMED_COVER_DAYS).unwrap();
    let first = index().add_months(-60);
    let (mut users, mut steps) = (0, 0);
    let history = median(9, || {
        let found = records.patients.ids().map(|id| histories.steps(id, first, index()).len());
        let found: Vec<usize> = found.filter(|steps| *steps > 1).collect();
        (users, steps) = (found.len(), found.iter().sum::<usize>());
    });
    println!(
        "the page on opioids: {flags:?}; {users} users, {steps} steps in five years: {history:?}"
    );
}

#[test]
#[ignore = "measures; needs an optimised build"]
fn every_built_in_profile_on_ten_thousand_patients() {
    let (index, session) = (index(), clinic());
    let records = session.records();
    let mut total = Duration::ZERO;
    for checked in catalog::built_in() {
        let plan = checked.plan.unwrap();
        let mut members = 0;
        let time = median(9, || {
            members = Evaluator::new(&plan, records, index).population().members.len();
        });
        total += time;
        let evaluator = Evaluator::new(&plan, records, index);
        let start = Instant::now();
        let rows = figures(&evaluator).len();
        println!(
            "{}: {members} members, median {time:?}; {rows} figures {:?}",
            checked.id,
            start.elapsed()
        );
    }
    println!("all profiles: {total:?}");
}
