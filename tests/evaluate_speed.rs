//! How long the built-in profiles take on a clinic of 10,000 patients. Measures, so it does not run
//! by default: `cargo test --release --test evaluate_speed -- --ignored --nocapture`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::time::Instant;

use profilblik::catalog;
use profilblik::day::Day;
use profilblik::evaluate::Evaluator;
use profilblik::measures::figures;
use profilblik::session::{Input, Session};

#[test]
#[ignore = "measures; needs an optimised build"]
fn every_built_in_profile_on_ten_thousand_patients() {
    let index = Day::parse_iso("2026-06-01").unwrap();
    let files = profilblik::demo::files(10_000, 1, index);
    let files = files.into_iter().map(|(name, bytes)| Input::bytes(&name, bytes)).collect();
    let mut session = Session::new();
    session.read_all(files, index, &mut |_| {});
    let records = session.records();
    let mut total = std::time::Duration::ZERO;
    for checked in catalog::built_in() {
        let plan = checked.plan.unwrap();
        let mut times = Vec::new();
        let mut members = 0;
        for _ in 0..9 {
            let start = Instant::now();
            let evaluator = Evaluator::new(&plan, records, index);
            members = evaluator.population().members.len();
            times.push(start.elapsed());
        }
        times.sort();
        total += times[4];
        let evaluator = Evaluator::new(&plan, records, index);
        let start = Instant::now();
        let rows = figures(&evaluator).len();
        println!(
            "{}: {members} members, median {:?}; {rows} figures {:?}",
            checked.id,
            times[4],
            start.elapsed()
        );
    }
    println!("all profiles: {total:?}");
    assert!(total.as_millis() < 200, "{total:?}");
}
