//! The bodies of the fuzz targets on every test run: over the kept corpus, and over mutations of it
//! that are the same each time. Coverage-guided, for hours: `./run deep fuzz`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test stops where it finds something else than it expects"
)]

mod mutation;
#[allow(dead_code, reason = "the makers of hostile files use the rest")]
mod random;
mod targets;
#[allow(dead_code, reason = "only the parts of a workbook are written")]
#[path = "../workbooks/writer.rs"]
mod workbook;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mutation::mutated;
use random::Random;
use targets::Target;

fn corpus(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target)
}

/// Files of a folder, in the order of their names.
fn seeds(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a corpus").map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// The seeds, then `count` mutations; a failure names the bytes that did it.
fn run(target: Target, seeds: &[Vec<u8>], count: usize, seed: u64) {
    seeds.iter().for_each(|bytes| tried(target, bytes));
    let mut random = Random::new(seed);
    for number in 0..count {
        tried(target, &mutated(seeds, number % seeds.len(), &mut random));
    }
}

fn tried(target: Target, bytes: &[u8]) {
    let result = std::panic::catch_unwind(|| target(bytes));
    assert!(result.is_ok(), "{:?}", String::from_utf8_lossy(bytes));
}

fn of(name: &str, count: usize) {
    let (_, target) = targets::ALL.iter().find(|(known, _)| *known == name).unwrap();
    let seeds = seeds(&corpus(name));
    assert!(seeds.len() > 2, "{name} has a corpus");
    run(*target, &seeds, count, 1);
}

macro_rules! targets {
    ($($test:ident: $name:literal, $count:literal;)*) => {
        $(#[test]
        fn $test() {
            of($name, $count);
        })*

        #[test]
        fn every_target_is_run_and_has_a_corpus() {
            let run = [$($name),*];
            let all: Vec<&str> = targets::ALL.iter().map(|(name, _)| *name).collect();
            assert_eq!(run.as_slice(), all.as_slice());
        }
    };
}

targets! {
    sniff: "sniff", 3_000;
    delimited: "delimited", 3_000;
    xlsx: "xlsx", 800;
    fhir: "fhir", 2_000;
    card: "card", 2_000;
    dataset: "dataset", 1_200;
    profile: "profile", 1_000;
    dosage: "dosage", 10_000;
    date: "date", 20_000;
    number: "number", 20_000;
    evaluate: "evaluate", 300;
}

/// Without a coverage-guided fuzzer, for `FUZZ_SECONDS` on every target: `./run deep fuzz`.
#[test]
#[ignore = "takes as long as one says"]
fn for_as_long_as_one_says() {
    let seconds = std::env::var("FUZZ_SECONDS").unwrap().parse().unwrap();
    for (name, target) in targets::ALL {
        let (seeds, started) = (seeds(&corpus(name)), Instant::now());
        let mut rounds: usize = 0;
        while started.elapsed() < Duration::from_secs(seconds) {
            run(*target, &seeds, 200, 1_000 + rounds as u64);
            rounds += 1;
        }
        println!("{name}: {} executions, no crash", rounds * (200 + seeds.len()));
    }
}
