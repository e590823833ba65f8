//! Hostile files with expected outcomes (reliability rows R1, R2, R3 and R6 of the security notes): made
//! from seeds, read as the page reads them, and held against the account that their maker kept.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test stops where it finds something else than it expects"
)]

mod generator;
mod packing;
#[path = "../fuzz/random.rs"]
mod random;
mod refusals;
mod shapes;
#[allow(dead_code, reason = "only sheets are written")]
#[path = "../workbooks/writer.rs"]
mod workbook;

use std::collections::BTreeMap;

use generator::{Account, Case, case};
use profilblik::day::Day;
use profilblik::session::{Input, Session};

/// Files on every test run.
const FILES: u64 = 10_000;

fn read(name: &str, bytes: &[u8]) -> Session {
    let mut session = Session::with_profiles(Vec::new());
    let today = Day::from_ymd(2026, 6, 1).unwrap();
    session.read_all(vec![Input::bytes(name, bytes.to_vec())], today, &mut |_| {});
    session
}

/// The account that the program gives of everything it read.
fn account(session: &Session) -> Account {
    let mut sum = Account::default();
    for source in &session.records().sources {
        let ledger = source.ledger;
        assert!(ledger.balanced(), "{}: {ledger:?}", source.name);
        sum.physical += ledger.physical;
        sum.header += ledger.header;
        sum.blank += ledger.blank;
        sum.continuation += ledger.continuation;
        sum.used += ledger.used;
        let mut told = BTreeMap::<&str, u64>::new();
        source.set_aside.iter().for_each(|one| *told.entry(one.reason.name()).or_default() += 1);
        assert_eq!(told.values().sum::<u64>(), ledger.set_aside, "{}", source.name);
        told.into_iter()
            .for_each(|(reason, count)| *sum.set_aside.entry(reason).or_default() += count);
    }
    sum
}

fn check(seed: u64) {
    let Case { name, bytes, expected, text } = case(seed);
    let session = read(&name, &bytes);
    assert_eq!(session.refused(), [], "seed {seed}, {name}\n{text}");
    assert_eq!(account(&session), expected, "seed {seed}, {name}\n{text}");
}

// In two halves, since two tests run at once.
#[test]
fn every_file_gives_the_account_of_its_maker() {
    (0..FILES / 2).for_each(check);
}

#[test]
fn so_does_every_other_one() {
    (FILES / 2..FILES).for_each(check);
}

/// The maker does make what is to be tried.
#[test]
fn every_fault_is_among_them() {
    let mut all = Account::default();
    let mut names = BTreeMap::<String, u64>::new();
    for seed in 0..1_000 {
        let case = case(seed);
        *names.entry(case.name).or_default() += 1;
        all.blank += case.expected.blank;
        all.continuation += case.expected.continuation;
        all.header += case.expected.header;
        case.expected
            .set_aside
            .into_iter()
            .for_each(|(reason, count)| *all.set_aside.entry(reason).or_default() += count);
    }
    let reasons: Vec<&str> = all.set_aside.keys().copied().collect();
    assert_eq!(
        reasons,
        [
            "cpr-missing",
            "cpr-rounded",
            "cpr-shape",
            "quote",
            "title",
            "too-few-fields",
            "too-many-fields",
            "total"
        ]
    );
    assert!(all.blank > 50 && all.continuation > 50 && all.header > 1_050, "{all:?}");
    assert!(names.len() >= 9 && names.values().all(|count| *count > 10), "{names:?}");
}

/// R3: an open quote in row 100 of 1,000 costs that row.
#[test]
fn an_open_quote_costs_one_row() {
    let row = |number: u32| match number {
        100 => "6101016006;\"Q99;01-02-2026;Opdigtet\n".to_owned(),
        _ => format!(
            "61{:02}{:02}{:04};Q99;01-02-2026;Opdigtet\n",
            number % 12 + 1,
            number % 90 + 10,
            1_000 + number
        ),
    };
    let text: String =
        std::iter::once("cpr;icpc;dato;tekst\n".to_owned()).chain((1..=1_000).map(row)).collect();
    let found = account(&read("d.csv", text.as_bytes()));
    assert_eq!((found.used, found.set_aside), (999, BTreeMap::from([("quote", 1)])));
}
