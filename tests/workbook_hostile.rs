//! Workbooks and packed files made to hurt: each has its expected outcome, in time, and without
//! much memory. One test: what it uses is measured for the whole process.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else than it expects"
)]

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

use profilblik::day::Day;
use profilblik::session::{Input, Session};

#[path = "workbooks/writer.rs"]
mod writer;

use writer::{Value, column, container, parts, workbook};

/// Builds that are not optimised take many times as long.
const MOST_TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 1 });
const MOST_GROWTH: u64 = 32 * 1024;

fn read(name: &str, bytes: Vec<u8>) -> Session {
    let mut session = Session::with_profiles(Vec::new());
    let files = vec![Input::bytes(name, bytes)];
    session.read_all(files, Day::parse_iso("2025-10-01").unwrap(), &mut |_| {});
    session
}

/// Kibibytes of the process; `None` where the system does not say.
fn memory(of: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix(of))?.split_whitespace().next()?.parse().ok()
}

/// Reads a file within the bounds of time and memory; code and words of what was refused.
fn refused(name: &str, bytes: Vec<u8>) -> Vec<(&'static str, String)> {
    let size = bytes.len() as u64 / 1024;
    // The peak is counted from here.
    let counts = fs::write("/proc/self/clear_refs", "5").is_ok();
    let (before, begun) = (memory("VmRSS:"), Instant::now());
    let session = read(name, bytes);
    let (after, time) = (memory("VmHWM:"), begun.elapsed());
    assert!(time < MOST_TIME, "{name} took {time:?}");
    if let (Some(before), Some(after), true) = (before, after, counts) {
        // The file itself is held twice: here, and as the bytes of the session.
        let growth = after.saturating_sub(before).saturating_sub(size);
        eprintln!("{name}: {time:?}, {growth} KiB");
        assert!(growth < MOST_GROWTH, "{name} took {growth} KiB");
    }
    session.records().sources.iter().for_each(|source| assert!(source.ledger.balanced()));
    let refusals = session.refused().iter();
    refusals.map(|(_, refusal)| (refusal.code, refusal.text.da.clone())).collect()
}

fn of_sheet(xml: &str) -> Vec<u8> {
    container(&parts(&[("Ark1", xml)], &["x".repeat(32_000)]))
}

fn of_cells(cells: &str) -> Vec<u8> {
    of_sheet(&format!("<worksheet><sheetData>{cells}</sheetData></worksheet>"))
}

fn with_part(path: &str, xml: &str) -> Vec<u8> {
    let mut all = parts(&[("Ark1", "<worksheet/>")], &[]);
    all.retain(|(known, _)| known != path);
    all.push((path.into(), xml.into()));
    container(&all)
}

/// Rows of numbers that do not repeat, so that they pack as a sheet does.
fn numbered(cells: u32) -> String {
    let mut out = String::new();
    for row in 0..cells / 10 {
        let mut seed = row;
        out += "<row>";
        for _ in 0..10 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            write!(out, "<c><v>{}</v></c>", seed >> 12).unwrap();
        }
        out += "</row>";
    }
    out
}

const LARGE: &str = "workbook-too-large";
const BROKEN: &str = "broken-workbook";

/// Name, bytes, outcome.
type Case = (&'static str, fn() -> Vec<u8>, &'static str);

const FAR: [Case; 4] = [
    ("far", || of_cells("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"), "not-a-table"),
    ("beyond", || of_cells("<row r='1048577'><c r='A1048577'><v>1</v></c></row>"), "sheet-too-far"),
    ("empty-rows", || of_cells(&"<row/>".repeat(2_000_000)), "sheet-too-far"),
    ("wide-rows", || of_cells(&wide_rows()), LARGE),
];

const MUCH: [Case; 7] = [
    ("blanks-declared", || of_sheet(&" ".repeat(200 << 20)), LARGE),
    ("blanks", || of_sheet(&" ".repeat(20 << 20)), LARGE),
    ("20-million", || of_cells(&"<c><v>1</v></c>".repeat(20_000_000)), LARGE),
    ("texts", || of_cells(&"<row><c t='s'><v>0</v></c></row>".repeat(50_000)), LARGE),
    ("long-tag", || of_sheet(&format!("<a {}>", "b='c' ".repeat(1_000_000))), LARGE),
    ("entries", || container(&entries()), "archive-too-large"),
    ("sheets", || with_part("xl/workbook.xml", &"<sheet name='a'/>".repeat(500_000)), LARGE),
];

/// More cells than may be: they are counted before any is read.
const CELLS: [Case; 2] = [
    ("cells", || of_cells(&numbered(5_500_000)), LARGE),
    (
        "empty-cells",
        || of_cells(&format!("<row>{}</row>", "<c/>".repeat(10)).repeat(550_000)),
        LARGE,
    ),
];

const ODD: [Case; 4] = [
    ("deep", || of_sheet(&"<a>".repeat(1_000_000)), BROKEN),
    ("doctype", || with_part("xl/sharedStrings.xml", ENTITY), BROKEN),
    ("formats", || with_part("xl/styles.xml", &"<numFmt/>".repeat(300_000)), LARGE),
    ("no-parts", || container(&[("[Content_Types].xml".into(), Vec::new())]), BROKEN),
];

const ENTITY: &str =
    "<!DOCTYPE s [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><sst><si><t>&a;</t></si></sst>";

fn wide_rows() -> String {
    (1..2000).map(|row| format!("<row><c r='XFD{row}'><v>1</v></c></row>")).collect()
}

fn entries() -> Vec<(String, Vec<u8>)> {
    (0..65_000).map(|number| (format!("xl/{number}"), Vec::new())).collect()
}

#[test]
fn each_has_its_outcome() {
    for (name, bytes, code) in FAR.iter().chain(&MUCH).chain(&ODD).chain(&CELLS) {
        let refused = refused(&format!("{name}.xlsx"), bytes());
        assert_eq!(refused.iter().map(|one| one.0).collect::<Vec<_>>(), [*code], "{name}");
        // How many cells there are, how many may be, and what to do.
        if CELLS.iter().any(|(known, ..)| known == name) {
            let said = &refused[0].1;
            let parts = ["mindst 5.500.000 celler", "5.000.000.", "gem hvert ark som CSV"];
            assert!(parts.iter().all(|part| said.contains(part)), "{said}");
        }
    }
}

#[test]
fn names_are_never_used_as_paths() {
    let mut all = parts(&[("Ark1", "<worksheet/>")], &[]);
    for (path, bytes) in &mut all {
        if path == "xl/_rels/workbook.xml.rels" {
            let text = String::from_utf8(bytes.clone()).unwrap();
            *bytes = text.replace("worksheets/s1.xml", "../../../etc/passwd").into_bytes();
        }
    }
    let session = read("slip.xlsx", container(&all));
    assert_eq!(session.refused()[0].1.code, "broken-workbook");
    let slip = container(&[(
        "../../../tmp/diagnoser.csv".into(),
        "cpr;icpc;dato\n0201609996;P76;01-01-2020\n".into(),
    )]);
    let session = read("slip.zip", slip);
    assert_eq!(session.records().sources[0].name, "slip.zip/diagnoser.csv");
}

#[test]
fn a_cell_far_out_costs_its_own_row_only() {
    let text = |text: &str| Value::Text(text.into());
    let mut rows = vec![vec![text("cpr"), text("icpc"), text("dato")]];
    rows.extend((0..500).map(|_| {
        vec![Value::Number("201609996".into()), Value::Inline("P76".into()), Value::Day(45_000)]
    }));
    let mut far = vec![Value::Empty; 300];
    far.push(text("x"));
    rows.insert(50, far);
    let session = read("diagnoser.xlsx", workbook(&[("Ark1", rows)]));
    let ledger = session.records().sources[0].ledger;
    assert_eq!((ledger.used, ledger.set_aside, ledger.physical), (500, 1, 502));
    assert_eq!(column(16_383), "XFD");
}

#[test]
fn cut_off_anywhere_is_refused() {
    let whole =
        workbook(&[("Ark1", vec![vec![Value::Text("cpr".into()), Value::Text("icpc".into())]])]);
    for length in (1..whole.len()).step_by(7) {
        let session = read("k.xlsx", whole[..length].to_vec());
        assert!(session.records().sources.is_empty() && !session.refused().is_empty(), "{length}");
    }
}
