//! Message scripts: what is dropped, what the page asks, and what must be answered. One JSON file
//! of `tests/sessions` per conversation; its README says how a script is written.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use profilblik::catalog;
use profilblik::day::Day;
use profilblik::profile::{Checked, check};
use profilblik::protocol::{Reply, Request};
use profilblik::session::{Input, Session, Step};
use serde_json::Value;

fn tests_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn text_at<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

fn list_at<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// One file of a drop: `{"from": path}` or `{"name", "text"}`, `{"name", "zip": [files]}`.
fn file(of: &Value) -> (String, Vec<u8>) {
    if let Some(path) = text_at(of, "from") {
        let bytes = fs::read(tests_folder().join(path)).expect(path);
        let name = Path::new(path).file_name().expect(path).to_string_lossy().into_owned();
        return (text_at(of, "name").map_or(name, str::to_owned), bytes);
    }
    let name = text_at(of, "name").expect("a file needs a name").to_owned();
    let bytes = match text_at(of, "text") {
        Some(text) => text.as_bytes().to_vec(),
        None => zip(list_at(of, "zip")),
    };
    (name, bytes)
}

fn zip(files: &[Value]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for of in files {
        let (name, bytes) = file(of);
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a new member");
        archive.write_all(&bytes).expect("memory takes everything");
    }
    archive.finish().expect("a whole archive").into_inner()
}

fn profiles(script: &Value) -> Option<Vec<Checked>> {
    if let Some(names) = script.get("built_in").and_then(Value::as_array) {
        let mut all = catalog::built_in();
        all.retain(|profile| names.iter().any(|name| name.as_str() == Some(&profile.id)));
        assert_eq!(all.len(), names.len(), "a built-in profile that there is not: {names:?}");
        return Some(all);
    }
    let names = script.get("profiles")?.as_array()?;
    let read = |name: &Value| {
        let name = name.as_str().expect("a profile is named");
        check(name, &fs::read_to_string(tests_folder().join("sessions").join(name)).expect(name))
    };
    Some(names.iter().map(read).collect())
}

/// Everything said in `expected` must be so in `found`; objects may hold more, lists may not.
fn difference(expected: &Value, found: &Value, at: &str) -> Option<String> {
    match (expected, found) {
        (Value::Object(wanted), Value::Object(held)) => wanted.iter().find_map(|(key, wanted)| {
            let held = held.get(key).unwrap_or(&Value::Null);
            difference(wanted, held, &format!("{at}.{key}"))
        }),
        (Value::Array(wanted), Value::Array(held)) if wanted.len() == held.len() => {
            let mut pairs = wanted.iter().zip(held).enumerate();
            pairs.find_map(|(i, (wanted, held))| difference(wanted, held, &format!("{at}[{i}]")))
        }
        _ if expected == found => None,
        _ => Some(format!("{at}:\n  expected {expected}\n  found    {found}")),
    }
}

/// What was dropped is read again as far as an answer needs it.
fn read_again(session: &mut Session, dropped: &[Vec<u8>], tell: &mut dyn FnMut(Reply)) {
    loop {
        match session.step() {
            Step::Work => session.work(tell),
            Step::Push(read) => {
                let from = usize::try_from(read.offset).expect("small");
                let length = usize::try_from(read.length).expect("small");
                session.push(read, &dropped[read.file][from..from + length], tell);
            }
            Step::Wait | Step::Idle => return,
        }
    }
}

fn step(session: &mut Session, step: &Value, today: Day, dropped: &mut Vec<Vec<u8>>) -> Vec<Value> {
    let mut replies = Vec::new();
    let mut tell = |reply: Reply| {
        if !matches!(reply, Reply::Progress(_)) {
            replies.push(serde_json::to_value(reply).expect("replies can be written"));
        }
    };
    if step.get("drop").is_some() {
        let files: Vec<(String, Vec<u8>)> = list_at(step, "drop").iter().map(file).collect();
        dropped.extend(files.iter().map(|(_, bytes)| bytes.clone()));
        let inputs = files.into_iter().map(|(name, bytes)| Input::bytes(&name, bytes)).collect();
        session.read_all(inputs, today, &mut tell);
    } else {
        let request = step.get("ask").expect("a step drops or asks").clone();
        let request: Request = serde_json::from_value(request).expect("a request");
        session.request(&request, &mut tell);
        read_again(session, dropped, &mut tell);
    }
    replies
}

fn run(path: &Path) -> Vec<String> {
    let script: Value =
        serde_json::from_str(&fs::read_to_string(path).expect("a script")).expect("JSON");
    let today = Day::parse_iso(text_at(&script, "today").expect("today")).expect("a date");
    let mut session = profiles(&script).map_or_else(Session::new, Session::with_profiles);
    let (mut failures, mut dropped) = (Vec::new(), Vec::new());
    for (number, of) in list_at(&script, "steps").iter().enumerate() {
        let found = Value::Array(step(&mut session, of, today, &mut dropped));
        let expected = of.get("expect").expect("a step expects something");
        let name = path.file_name().expect("a name").to_string_lossy();
        if std::env::var_os("SHOW_REPLIES").is_some() {
            println!("{name} step {number}: {found:#}");
        }
        let at = format!("{name} step {number} ({})", text_at(of, "why").unwrap_or("-"));
        failures.extend(difference(expected, &found, &at));
    }
    failures
}

#[test]
fn every_script_is_answered_as_written() {
    let folder = fs::read_dir(tests_folder().join("sessions")).expect("the folder of scripts");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    let failures: Vec<String> = paths.iter().flat_map(|path| run(path)).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(paths.len() >= 6, "scripts are missing");
}
