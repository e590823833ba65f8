//! Every complaint about a profile, as a table of bad profiles: `tests/profile_errors/*.toml`.
//!
//! A line that is complained about says so itself: `#! code code` for errors, `#? code` for
//! advice. All complaints must stand there, on their lines, and no others.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use profilblik::note::{Level, Note};
use profilblik::profile::{self, Checked};

type Complaint = (u32, &'static str, String);

fn profiles() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/profile_errors");
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    all.sort();
    all
}

fn expected(text: &str) -> Vec<Complaint> {
    let mut all = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for (mark, level) in [("#! ", "error"), ("#? ", "advice")] {
            let codes = line.split_once(mark).map_or("", |(_, codes)| codes);
            all.extend(codes.split_whitespace().map(|code| (number, level, code.to_owned())));
        }
    }
    all.sort();
    all
}

fn found(notes: &[Note], text: &str) -> Vec<Complaint> {
    let level = |note: &Note| if note.level == Level::Error { "error" } else { "advice" };
    let mut all: Vec<_> = notes
        .iter()
        // Small profiles have no test patients; only one of them says so.
        .filter(|note| note.code != "no-tests" || text.contains("#? no-tests"))
        .map(|note| (note.place.line, level(note), note.code.clone()))
        .collect();
    all.sort();
    all
}

#[test]
fn every_error_is_reported_on_its_line_and_no_other() {
    let mut wrong = Vec::new();
    for (name, text) in profiles() {
        let Checked { plan, notes, .. } = profile::check(&name, &text);
        let (found, expected) = (found(&notes, &text), expected(&text));
        let extra = found.iter().filter(|f| !expected.contains(f));
        let lacking = expected.iter().filter(|e| !found.contains(e));
        if found != expected {
            wrong.push(format!(
                "{name}: extra {:?} lacking {:?} {found:?}",
                extra.collect::<Vec<_>>(),
                lacking.collect::<Vec<_>>()
            ));
        }
        let refused = notes.iter().any(|note| note.level == Level::Error);
        assert_eq!(plan.is_none(), refused, "{name}: a plan if and only if there is no error");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn notes_have_file_line_column_and_both_languages() {
    for (name, text) in profiles() {
        for note in profile::check(&name, &text).notes {
            assert_eq!(note.place.file, name);
            assert!(note.place.line > 0 && note.place.column > 0, "{note:?}");
            assert!(!note.text.da.is_empty() && !note.text.en.is_empty(), "{note:?}");
            assert_eq!(note.hint.da.is_empty(), note.hint.en.is_empty(), "{note:?}");
        }
    }
}

#[test]
fn bad_profiles_are_refused_quickly() {
    for (name, text) in profiles() {
        // The best of five: a busy machine is not the profile's fault.
        let times = (0..5).map(|_| {
            let start = std::time::Instant::now();
            let _ = profile::check(&name, &text);
            start.elapsed().as_millis()
        });
        assert!(times.min().unwrap() < 100, "{name}");
    }
}

/// Words that the page must not use; what stands in »« is quoted from the profile.
#[test]
fn complaints_keep_the_wording_limits() {
    let forbidden = ["alarm", "analys", "beregn", "fortolk", "kontroller", "bør ", "anbefal"];
    for (name, text) in profiles() {
        for note in profile::check(&name, &text).notes {
            let own: String = note.text.da.split(['»', '«']).step_by(2).collect();
            for word in forbidden {
                assert!(!own.to_lowercase().contains(word), "{name}: {own}");
                assert!(!note.hint.da.to_lowercase().contains(word), "{name}: {}", note.hint.da);
            }
        }
    }
}

/// The codes that docs and page know.
#[test]
fn the_table_has_every_code_that_the_source_can_give() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/profile");
    let sources = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut source: String = sources
        .filter(|path| path.is_file())
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    source += include_str!("../src/profile.rs");
    let shown: BTreeSet<String> =
        profiles().iter().flat_map(|(_, text)| expected(text)).map(|(_, _, code)| code).collect();
    for code in &shown {
        assert!(source.contains(&format!("\"{code}\"")), "{code} is in no source");
    }
    for call in ["error(", "error_with(", "advice(", "refuse(", "Err(("] {
        for (at, _) in source.match_indices(call) {
            let rest = source[at + call.len()..].trim_start();
            let code = rest.strip_prefix('"').and_then(|rest| rest.split('"').next());
            let Some(code) = code else { continue };
            // The caps have large profiles, made by `tests/profile_hostile.rs`.
            let by_hand =
                code.starts_with("too-") || ["bad-postal-code", "review-passed"].contains(&code);
            assert!(shown.contains(code) || by_hand, "{code} has no bad profile");
        }
    }
}
