//! The invented export through the command line: the same every time, read without a remainder,
//! and something to see in every profile.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use profilblik::catalog;
use profilblik::demo::{self, Demo};
use profilblik::records::Reason;
use profilblik::schema::Register;
use profilblik::session::{Input, Session};

fn place(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    let _ = fs::remove_file(&path);
    path
}

fn write(out: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_profilblik"))
        .arg("demo")
        .args(arguments)
        .arg("--out")
        .arg(out)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn read(patients: u32) -> Session {
    let demo = Demo::new(patients, demo::SEED, demo::INDEX_DAY);
    let files = Register::ALL.map(|r| Input::bytes(demo::file_name(r), demo.file(r)));
    let mut session = Session::with_profiles(Vec::new());
    session.read_all(files.into(), demo::INDEX_DAY.add_days(1), &mut |_| {});
    session
}

#[test]
fn archives_are_the_same_byte_for_byte_and_hold_what_a_folder_holds() {
    let (one, two, folder) = (place("demo-one.zip"), place("demo-two.zip"), place("demo-folder"));
    for out in [&one, &two, &folder] {
        write(out, &["--patients", "25", "--seed", "4"]);
    }
    assert_eq!(fs::read(&one).unwrap(), fs::read(&two).unwrap());
    let mut archive = zip::ZipArchive::new(fs::File::open(&one).unwrap()).unwrap();
    assert_eq!(archive.len(), 7);
    for register in Register::ALL {
        let mut inside = Vec::new();
        std::io::copy(&mut archive.by_name(demo::file_name(register)).unwrap(), &mut inside)
            .unwrap();
        assert_eq!(
            inside,
            fs::read(folder.join(demo::file_name(register))).unwrap(),
            "{register:?}"
        );
        assert_eq!(inside, Demo::new(25, 4, demo::INDEX_DAY).file(register), "{register:?}");
    }
}

#[test]
fn the_native_layout_is_read_with_no_column_left_over_and_every_line_accounted_for() {
    let session = read(120);
    assert!(session.refused().is_empty(), "{:?}", session.refused());
    let sources = &session.records().sources;
    assert_eq!(sources.len(), 7);
    for source in sources {
        let unread: Vec<_> = source.columns.iter().filter(|(_, field)| field.is_none()).collect();
        assert!(unread.is_empty(), "{}: {unread:?}", source.name);
        assert!(source.ledger.balanced(), "{}: {:?}", source.name, source.ledger);
        assert_eq!(source.unreadable_dates + source.ambiguous_numbers, 0, "{}", source.name);
        let header = if source.register == Register::Proeve { 2 } else { 1 };
        assert_eq!(source.ledger.header, header, "{}", source.name);
        let reasons: Vec<Reason> = source.set_aside.iter().map(|s| s.reason).collect();
        let wanted: &[Reason] =
            if source.register == Register::Ydelse { &[Reason::CprMissing] } else { &[] };
        assert_eq!(reasons, wanted, "{}", source.name);
    }
    assert!(session.records().duplicates() > 0, "the copied rows are counted");
    assert_eq!(session.records().patients.len(), 120);
    assert_eq!(session.index_date(), Some(demo::INDEX_DAY));
}

#[test]
fn every_built_in_profile_finds_somebody_and_some_cannot_be_decided() {
    let session = read(demo::PATIENTS);
    let mut found = BTreeMap::new();
    for checked in catalog::built_in() {
        let plan = checked.plan.unwrap();
        let index_date = session.index_date().unwrap();
        let evaluator = profilblik::evaluate::Evaluator::new(&plan, session.records(), index_date);
        let population = evaluator.population();
        let marked = population
            .members
            .iter()
            .filter(|m| m.markers.contains(&profilblik::truth::Truth::Yes))
            .count();
        found.insert(
            plan.header.id.clone(),
            (population.members.len(), marked, population.undecided.len()),
        );
    }
    assert!(found.len() >= 17, "{found:?}");
    assert!(found.values().all(|(members, marked, _)| *members >= 5 && *marked >= 1), "{found:?}");
    assert!(
        found.values().all(|(members, ..)| *members < demo::PATIENTS as usize / 4),
        "{found:?}"
    );
    assert!(found.values().map(|(.., undecided)| undecided).sum::<usize>() > 0, "{found:?}");
}
