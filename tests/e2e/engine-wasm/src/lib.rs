//! The engine as WebAssembly that imports nothing, with two functions around it, so that a test
//! can hand it an export and a profile as bytes and compare its answer with the command line's.
//!
//! The command line's own modules are read from where they stand; only what opens files is
//! replaced, since there are none here.
#![allow(dead_code)]

#[path = "../../../../src/bin/profilblik/arguments.rs"]
mod arguments;
#[path = "../../../../src/bin/profilblik/attrition.rs"]
mod attrition;
#[path = "../../../../src/bin/profilblik/chosen.rs"]
mod chosen;
#[path = "../../../../src/bin/profilblik/columns.rs"]
mod columns;
#[path = "../../../../src/bin/profilblik/evaluate.rs"]
mod evaluate;
#[path = "../../../../src/bin/profilblik/figures.rs"]
mod figures;
mod input;
#[path = "../../../../src/bin/profilblik/mapping.rs"]
mod mapping;
#[path = "../../../../src/bin/profilblik/outcome.rs"]
mod outcome;
#[path = "../../../../src/bin/profilblik/products.rs"]
mod products;
mod profiles;
#[path = "../../../../src/bin/profilblik/question.rs"]
mod question;
#[path = "../../../../src/bin/profilblik/table.rs"]
mod table;
#[path = "../../../../src/bin/profilblik/words.rs"]
mod words;

use profilblik::day::Day;
use profilblik::note::Language;

fn print(_: &str) {}

fn complain(_: &str) {}

/// A buffer of so many bytes for the host to fill.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    Vec::leak(vec![0; length]).as_mut_ptr()
}

/// What `profilblik evaluate EXPORT.zip --profile PROFILE.toml --date DAY --json` prints: where
/// it stands in the upper half, how long it is in the lower half. `day` counts from 1970-01-01.
///
/// # Safety
/// Both buffers come from [`room`] and are filled.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn answer(
    export: *mut u8,
    export_length: usize,
    profile: *mut u8,
    profile_length: usize,
    day: i32,
) -> u64 {
    // SAFETY: the host hands over what `room` gave it, each once.
    let (export, profile) = unsafe {
        (
            Vec::from_raw_parts(export, export_length, export_length),
            Vec::from_raw_parts(profile, profile_length, profile_length),
        )
    };
    let text = json(export, profile, Day(day)).into_bytes().leak();
    ((text.as_ptr() as u64) << 32) | text.len() as u64
}

fn json(export: Vec<u8>, profile: Vec<u8>, date: Day) -> String {
    input::put(export, date);
    profiles::put(profile);
    let question = arguments::Question {
        files: vec!["export.zip".into()],
        profiles: vec!["profile.toml".into()],
        date: Some(date),
        json: true,
        ..arguments::Question::default()
    };
    match evaluate::run(&question, Language::Danish) {
        Ok(outcome) => outcome.complaints.concat() + &outcome.text,
        Err(misuse) => misuse.0.en,
    }
}
