//! Reading in steps: whatever the driver does between the steps, the same data give the same lists,
//! and a file that fails half-way leaves nothing of itself behind.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

use profilblik::day::Day;
use profilblik::protocol::{FileInfo, ListQuery, Reply, Request};
use profilblik::session::{Input, Read, Session, Step, WINDOW_BYTES};
use profilblik::view::{ListKind, ListView, OverviewView};

const TODAY: &str = "2025-10-01";

fn today() -> Day {
    Day::parse_iso(TODAY).expect("a date")
}

fn clinic() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports/klinik");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the fixture clinic")
        .map(|e| e.expect("an entry").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    paths.sort();
    let name = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read(path).expect("a file"))).collect()
}

/// Tables longer than the head that is probed, so that each has several reads.
fn long_clinic() -> Vec<(String, Vec<u8>)> {
    profilblik::demo::files(150, 7, today())
}

fn open(files: &[(String, Vec<u8>)]) -> Request {
    let info = |(name, bytes): &(String, Vec<u8>)| FileInfo {
        name: name.clone(),
        size: bytes.len() as u64,
    };
    Request::Open { files: files.iter().map(info).collect(), today: TODAY.into() }
}

fn bytes_of<'a>(files: &'a [(String, Vec<u8>)], read: &Read) -> &'a [u8] {
    let from = usize::try_from(read.offset).expect("small");
    let length = usize::try_from(read.length).expect("small");
    &files[read.file].1[from..from + length]
}

/// The driver of the session's documentation, reading `ahead` bytes ahead. Reads that `broken`
/// names come back short.
fn drive(
    session: &mut Session,
    files: &[(String, Vec<u8>)],
    ahead: u64,
    broken: impl Fn(&Read) -> bool,
) -> Vec<Reply> {
    let mut replies = Vec::new();
    let mut in_flight: VecDeque<Read> = VecDeque::new();
    loop {
        let reads = session.reads(ahead);
        in_flight.retain(|read| reads.contains(read));
        for read in reads.into_iter().skip(in_flight.len()) {
            in_flight.push_back(read);
        }
        let mut tell = |reply| replies.push(reply);
        match session.step() {
            Step::Work => session.work(&mut tell),
            Step::Push(read) => {
                while in_flight.front().is_some_and(|front| *front != read) {
                    in_flight.pop_front();
                }
                assert_eq!(in_flight.pop_front(), Some(read), "the next read was not asked for");
                let bytes = bytes_of(files, &read);
                let length = if broken(&read) { bytes.len() / 2 } else { bytes.len() };
                session.push(read, &bytes[..length], &mut tell);
            }
            Step::Wait => panic!("nothing was lent"),
            Step::Idle => break,
        }
    }
    replies
}

fn overview(session: &Session) -> OverviewView {
    session.overview()
}

fn list(session: &mut Session, profile: &str) -> ListView {
    let query = ListQuery { profile: profile.into(), count: u64::MAX, ..ListQuery::default() };
    ask_list(session, query)
}

fn ask_list(session: &mut Session, query: ListQuery) -> ListView {
    let mut found = None;
    session.request(&Request::List(query), &mut |reply| found = Some(reply));
    match found {
        Some(Reply::List(list)) => *list,
        other => panic!("no list but {other:?}"),
    }
}

fn read_whole(files: &[(String, Vec<u8>)]) -> Session {
    let mut session = Session::new();
    let inputs = files.iter().map(|(name, bytes)| Input::bytes(name, bytes.clone())).collect();
    session.read_all(inputs, today(), &mut |_| {});
    session
}

#[test]
fn reads_in_flight_change_nothing() {
    let files = long_clinic();
    let mut expected = read_whole(&files);
    assert!(!list(&mut expected, "opioid_6mdr").rows.is_empty(), "the demo has opioid users");
    for ahead in [1, 200_000, 1_000_000, WINDOW_BYTES] {
        let mut session = Session::new();
        session.request(&open(&files), &mut |_| {});
        drive(&mut session, &files, ahead, |_| false);
        assert_eq!(overview(&session), overview(&expected), "{ahead} ahead");
        for profile in ["demens", "opioid_6mdr"] {
            assert_eq!(list(&mut session, profile), list(&mut expected, profile), "{ahead} ahead");
        }
    }
}

#[test]
fn the_order_of_the_drop_changes_nothing() {
    let mut files = clinic();
    let mut expected = read_whole(&files);
    for _ in 0..files.len() {
        files.rotate_left(1);
        let mut session = read_whole(&files);
        assert_eq!(overview(&session), overview(&expected));
        assert_eq!(list(&mut session, "demens"), list(&mut expected, "demens"));
    }
}

#[test]
fn one_drop_or_several_give_the_same_lists() {
    let files = clinic();
    let mut expected = read_whole(&files);
    let mut session = Session::new();
    for (name, bytes) in files {
        session.read_all(vec![Input::bytes(&name, bytes)], today(), &mut |_| {});
    }
    assert_eq!(overview(&session), overview(&expected));
    assert_eq!(list(&mut session, "opioid_psyk"), list(&mut expected, "opioid_psyk"));
}

#[test]
fn patients_diagnoses_and_medicines_are_read_first() {
    let mut files = long_clinic();
    files.reverse();
    let mut session = Session::new();
    session.request(&open(&files), &mut |_| {});
    let replies = drive(&mut session, &files, WINDOW_BYTES, |_| false);
    let names: Vec<String> = session.records().sources.iter().map(|s| s.name.clone()).collect();
    let registers: Vec<usize> =
        session.records().sources.iter().map(|source| source.register.index()).collect();
    assert_eq!(registers, [0, 1, 2, 3, 4, 5, 6], "{names:?}");
    let first = replies.iter().position(|r| matches!(r, Reply::Overview(o) if o.still_reading));
    let later = |reply: &Reply| matches!(reply, Reply::Progress(p) if p.file == names[3]);
    let first_later = replies.iter().position(later);
    assert!(first.is_some() && first < first_later, "the first list comes before the laboratory");
    let last: Vec<&Reply> = replies.iter().rev().take(2).collect();
    assert!(matches!(last[..], [Reply::Overview(o), Reply::Read(_)] if !o.still_reading));
}

#[test]
fn a_column_of_an_unread_register_is_pending_and_its_profile_waits() {
    let files = long_clinic();
    let mut session = Session::new();
    session.request(&open(&files), &mut |_| {});
    let mut seen = false;
    let mut first_list = false;
    while session.step() != Step::Idle {
        let mut tell = |reply: Reply| first_list |= matches!(reply, Reply::Overview(_));
        match session.step() {
            Step::Work => session.work(&mut tell),
            Step::Push(read) => session.push(read, bytes_of(&files, &read), &mut tell),
            Step::Wait | Step::Idle => {}
        }
        if first_list && !seen {
            seen = true;
            let demens = list(&mut session, "demens");
            let at = demens.columns.iter().position(|c| c.title == "MMSE").expect("a column");
            assert!(demens.rows.iter().all(|row| row.cells[at].pending), "MMSE is not read yet");
            assert!(demens.still_reading.starts_with("Prøver"), "{}", demens.still_reading);
            let rows = overview(&session).rows;
            let waiting: Vec<&str> =
                rows.iter().filter(|row| row.pending).map(|row| row.id.as_str()).collect();
            assert!(waiting.contains(&"triple_whammy"), "its markers read the laboratory");
            let first = ["demens", "opioid_6mdr", "opioid_psyk"];
            assert!(first.iter().all(|id| !waiting.contains(id)), "{waiting:?}");
        }
    }
    assert!(seen, "there was a first list");
    assert!(list(&mut session, "demens").rows.iter().flat_map(|r| &r.cells).all(|c| !c.pending));
}

#[test]
fn a_file_cut_short_is_refused_and_leaves_nothing_behind() {
    let files = long_clinic();
    let medicines = files.iter().position(|(name, _)| name.starts_with("medicin")).expect("there");
    let mut session = Session::new();
    session.request(&open(&files), &mut |_| {});
    drive(&mut session, &files, WINDOW_BYTES, |read| read.file == medicines && read.offset > 0);
    let mut others = files.clone();
    others.remove(medicines);
    let mut expected = read_whole(&others);
    assert_eq!(session.refused().len(), 1);
    assert_eq!(session.refused()[0].1.code, "changed");
    assert_eq!(list(&mut session, "demens").rows, list(&mut expected, "demens").rows);
    assert_eq!(list(&mut session, "opioid_6mdr").total, 0, "no half list of opioid users");
}

#[test]
fn a_file_that_cannot_be_read_is_refused_and_the_others_are_used() {
    let files = clinic();
    let mut session = Session::new();
    session.request(&open(&files), &mut |_| {});
    while session.step() != Step::Idle {
        match session.step() {
            Step::Work => session.work(&mut |_| {}),
            Step::Push(read) if files[read.file].0 == "aftaler.csv" => {
                session.unreadable(read, &mut |_| {});
            }
            Step::Push(read) => session.push(read, bytes_of(&files, &read), &mut |_| {}),
            Step::Wait | Step::Idle => {}
        }
    }
    let import = session.import();
    assert_eq!(import.files.len(), 6);
    assert_eq!(import.refused.len(), 1);
    assert!(import.refused[0].text.starts_with("aftaler.csv kan ikke læses"));
}

#[test]
fn a_drop_during_a_drop_waits_and_is_read() {
    let files = clinic();
    let (first, second) = files.split_at(3);
    let mut session = Session::new();
    session.request(&open(first), &mut |_| {});
    session.request(&open(second), &mut |_| {});
    drive(&mut session, &files, 1_000_000, |_| false);
    assert_eq!(overview(&session), overview(&read_whole(&files)));
}

#[test]
fn an_unasked_push_is_ignored() {
    let files = clinic();
    let mut session = Session::new();
    session.request(&open(&files), &mut |_| {});
    session.push(Read { file: 6, offset: 0, length: 3 }, b"abc", &mut |_| {});
    session.push(Read { file: 99, offset: 7, length: 3 }, b"abc", &mut |_| {});
    drive(&mut session, &files, 200_000, |_| false);
    assert_eq!(overview(&session), overview(&read_whole(&files)));
}

#[test]
fn the_demo_is_marked_and_never_mixes_with_own_patients() {
    let mut files = clinic();
    let mut session = read_whole(&files);
    let demo = Request::Demo { patients: 50, today: TODAY.into() };
    session.request(&demo, &mut |_| {});
    assert!(session.overview().strip.invented);
    let patients = |session: &Session| session.records().patients.len();
    assert_eq!(patients(&session), 50, "only the invented patients are there");

    files.push(("egen.toml".to_owned(), b"format = 1".to_vec()));
    session.request(&open(&files[7..]), &mut |_| {});
    drive(&mut session, &files, 200_000, |_| false);
    assert_eq!(patients(&session), 50, "a profile is tried on them");

    files.extend(clinic());
    session.request(&open(&files[8..]), &mut |_| {});
    drive(&mut session, &files, 200_000, |_| false);
    assert_eq!(patients(&session), 10, "own files end the demo");
    assert!(!session.overview().strip.invented);
}

#[test]
fn a_long_list_is_the_same_in_windows_as_whole() {
    let mut session = read_whole(&profilblik::demo::files(400, 3, today()));
    for sort in [None, Some(("navn".to_owned(), false)), Some(("alder".to_owned(), true))] {
        let query = |first, count| ListQuery {
            profile: "opioid_6mdr".into(),
            kind: ListKind::Members,
            sort: sort.clone(),
            first,
            count,
            ..ListQuery::default()
        };
        let whole = ask_list(&mut session, query(0, u64::MAX));
        assert!(whole.total > 7, "{}", whole.total);
        let mut rows = Vec::new();
        while (rows.len() as u64) < whole.total {
            let window = ask_list(&mut session, query(rows.len() as u64, 3));
            assert_eq!(window.first, rows.len() as u64);
            rows.extend(window.rows);
        }
        assert_eq!(rows, whole.rows, "{sort:?}");
    }
}

fn shared(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PROFILBLIK_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join("data").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is not there", path.display());
    None
}

#[test]
fn an_archive_and_its_files_dropped_loose_give_the_same_lists() {
    let Some(path) = shared("export-small.zip") else { return };
    let bytes = fs::read(path).expect("the export");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("an archive");
    let mut loose = Vec::new();
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).expect("a member");
        let name = member.name().expect("a name").into_owned();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut member, &mut content).expect("inflated");
        loose.push((name, content));
    }
    let mut packed = read_whole(&[("export-small.zip".to_owned(), bytes)]);
    let mut unpacked = read_whole(&loose);
    assert!(packed.refused().is_empty(), "{:?}", packed.refused());
    let import = packed.import();
    assert!(import.total.balanced && import.files.iter().all(|file| file.ledger.balanced));
    assert_eq!(import.total, unpacked.import().total);
    assert_eq!(overview(&packed).rows, overview(&unpacked).rows);
    assert!(overview(&packed).rows.iter().any(|row| row.members > 0), "nobody is found");
    for row in overview(&packed).rows {
        assert_eq!(list(&mut packed, &row.id).rows, list(&mut unpacked, &row.id).rows);
    }
}
