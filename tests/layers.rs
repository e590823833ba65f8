//! Holds the stage table of `lib.rs`: who may use whom, where the browser may be named, which
//! packages must be in use, and that no clinical code stands in the source.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const WORDS: [&str; 15] = [
    "amount", "code", "cpr", "day", "dosage", "dose", "form", "marks", "note", "ratio", "schema",
    "sort", "strength", "token", "truth",
];

/// Each room and the rooms it may use, besides words and itself.
const ROOMS: [(&str, &[&str]); 16] = [
    ("decode", &[]),
    ("records", &["decode"]),
    ("profile", &[]),
    ("catalog", &["profile"]),
    ("opioid", &["records"]),
    ("evaluate", &["opioid", "records", "profile"]),
    // Defined daily doses are those of the opioid table.
    ("measures", &["evaluate", "opioid", "records", "profile"]),
    // The tables, and the text that runs on them: what is said in SQL knows nothing of the rows.
    ("normalise", &["evaluate", "opioid", "records", "profile"]),
    ("sql", &["profile"]),
    ("view", &["measures", "evaluate", "opioid", "records", "profile", "decode"]),
    // The helper's part of a table crosses the border as it is.
    ("protocol", &["view", "records"]),
    ("demo", &[]),
    (
        "session",
        &[
            "protocol", "view", "measures", "evaluate", "opioid", "records", "decode", "profile",
            "catalog", "demo",
        ],
    ),
    // The page names levels of markers; patients' records and verdicts are not its business.
    ("web", &["session", "protocol", "view", "profile", "demo"]),
    ("pack", &[]),
    ("lib", &[]),
];

/// What the page is built with; each must be in use.
const FIXED_PACKAGES: [&str; 6] =
    ["leptos", "wasm_bindgen", "serde_wasm_bindgen", "js_sys", "web_sys", "serde"];

/// The packages that know a browser.
const BROWSER: [&str; 6] =
    ["leptos", "wasm_bindgen", "serde_wasm_bindgen", "js_sys", "web_sys", "wasm_bindgen_futures"];

struct Source {
    path: String,
    room: String,
    /// Lines of code: comments and inline test modules left out.
    code: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    walk(&root(), &mut paths);
    paths.sort();
    assert!(paths.len() > 20, "the sources were not found");
    paths.iter().map(|path| source(path)).collect()
}

fn source(path: &Path) -> Source {
    let inside = path.strip_prefix(root()).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
    let text = fs::read_to_string(path).unwrap();
    Source {
        path: inside.display().to_string(),
        room: first.trim_end_matches(".rs").to_owned(),
        code: if is_test(path) { Vec::new() } else { code(&text) },
    }
}

fn is_test(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem == "tests")
        || path.components().any(|part| part.as_os_str() == "tests")
}

fn code(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut all = text.lines().peekable();
    while let Some(line) = all.next() {
        let opens = line.trim() == "#[cfg(test)]"
            && all.peek().is_some_and(|next| next.trim_end().ends_with('{'));
        if opens {
            // House style: the inline test module stands last.
            break;
        }
        let line = line.split("//").next().unwrap_or_default().trim();
        if !line.is_empty() {
            lines.push(line.to_owned());
        }
    }
    lines
}

/// Rooms named after `crate::`, also in `use crate::{a, b::c}`.
fn rooms_used(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for after in line.split("crate::").skip(1) {
        let names: Vec<&str> = match after.strip_prefix('{') {
            Some(group) => group.split(',').map(str::trim).collect(),
            None => vec![after],
        };
        for name in names {
            let name: String =
                name.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            if !name.is_empty() {
                found.push(name);
            }
        }
    }
    found
}

fn allowed(room: &str, used: &str) -> bool {
    let table: BTreeMap<&str, &[&str]> = ROOMS.into_iter().collect();
    let is_word = |name: &str| WORDS.contains(&name);
    if used == room || is_word(used) || room == "bin" {
        return true;
    }
    !is_word(room) && table.get(room).is_some_and(|rooms| rooms.contains(&used))
}

#[test]
fn every_room_uses_only_rooms_below_it() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| s.room != "lib") {
        for line in &source.code {
            for used in rooms_used(line) {
                // A macro or an item of the crate root, not a room.
                let is_room =
                    WORDS.contains(&used.as_str()) || ROOMS.iter().any(|(room, _)| *room == used);
                if is_room && !allowed(&source.room, &used) {
                    wrong.push(format!("{}: {line}", source.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "against the stage table of lib.rs:\n{}", wrong.join("\n"));
}

#[test]
fn the_reading_of_uses_finds_what_it_looks_for() {
    assert_eq!(rooms_used("use crate::{day::Day, records::Records};"), ["day", "records"]);
    assert_eq!(rooms_used("let x = crate::view::f(crate::web::g());"), ["view", "web"]);
    assert!(!allowed("decode", "profile"));
    assert!(!allowed("profile", "records"));
    assert!(!allowed("view", "web"));
    assert!(!allowed("day", "records"));
    assert!(allowed("records", "decode") && allowed("session", "view"));
}

#[test]
fn every_module_of_the_crate_has_its_place_in_the_table() {
    let lib = fs::read_to_string(root().join("lib.rs")).unwrap();
    let modules: Vec<&str> =
        lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    for module in &modules {
        let placed = WORDS.contains(module) || ROOMS.iter().any(|(room, _)| room == module);
        assert!(placed, "`{module}` has no place in tests/layers.rs");
    }
    for room in WORDS.iter().chain(ROOMS.iter().map(|(room, _)| room)).filter(|r| **r != "lib") {
        assert!(modules.contains(room), "`{room}` is no module any more");
    }
}

fn names(line: &str, package: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    line.match_indices(package).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + package.len()..].chars().next();
        before.is_none_or(|c| !is_name(c)) && after.is_none_or(|c| !is_name(c))
    })
}

#[test]
fn every_fixed_package_is_in_use() {
    let sources = sources();
    for package in FIXED_PACKAGES {
        let used = sources.iter().any(|s| s.code.iter().any(|line| names(line, package)));
        assert!(used, "{package} is not used");
    }
}

#[test]
fn only_the_page_knows_a_browser_and_only_lib_names_the_feature() {
    for source in sources() {
        let page = source.room == "web" || source.path == "bin/app.rs";
        for line in &source.code {
            let browser = BROWSER.iter().any(|package| names(line, package));
            assert!(page || !browser, "{}: {line}", source.path);
            let feature = line.contains("feature = \"web\"");
            assert!(source.room == "lib" || !feature, "{}: {line}", source.path);
        }
    }
}

/// String literals of a line; enough for one-line literals without escaped quotes.
fn literals(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

/// An ATC code, an ICPC code, or a laboratory code; `A99AA99` describes a shape.
fn clinical(text: &str) -> bool {
    if text.chars().all(|c| c == 'A' || c == '9') {
        return false;
    }
    let shape: String = text
        .chars()
        .map(|c| match c {
            'A'..='Z' => 'A',
            '0'..='9' => '0',
            other => other,
        })
        .collect();
    matches!(shape.as_str(), "A00" | "A00A" | "A00AA" | "A00AA00" | "AAA00000")
}

#[test]
fn no_clinical_code_stands_in_the_source() {
    for source in sources() {
        for line in &source.code {
            for literal in literals(line) {
                assert!(!clinical(literal), "{}: {line}", source.path);
            }
        }
    }
    assert!(clinical("N02AA01") && clinical("P76") && clinical("NPU27300") && !clinical("UTF-8"));
}
