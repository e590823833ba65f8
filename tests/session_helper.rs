//! A helper reads part of the tables: the session says exactly what it says alone, whoever is quicker
//! and whatever goes wrong.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else than it expects"
)]

use profilblik::day::Day;
use profilblik::protocol::{FileInfo, Job, JobDone, ListQuery, Reply, Request};
use profilblik::session::{Helper, Input, Read, Session, Step, WINDOW_BYTES};

const TODAY: &str = "2025-06-30";
type Files = Vec<(String, Vec<u8>)>;

fn today() -> Day {
    Day::parse_iso(TODAY).expect("a date")
}

fn clinic() -> Files {
    profilblik::demo::files(150, 7, today())
}

fn bytes_of<'a>(files: &'a Files, read: &Read) -> &'a [u8] {
    let from = usize::try_from(read.offset).expect("small");
    &files[read.file].1[from..from + usize::try_from(read.length).expect("small")]
}

/// How the two take turns, and what goes wrong.
struct Course {
    /// The helper works at every so manieth step, and whenever the session waits.
    every: usize,
    /// The helper cannot read these.
    unreadable: fn(&Read) -> bool,
}

const SMOOTH: Course = Course { every: 2, unreadable: |_| false };

/// The jobs that were given out.
fn drive(session: &mut Session, files: &Files, course: &Course) -> Vec<Job> {
    let info = |(name, bytes): &(String, Vec<u8>)| FileInfo {
        name: name.clone(),
        size: bytes.len() as u64,
    };
    let request = Request::Open { files: files.iter().map(info).collect(), today: TODAY.into() };
    session.request(&request, &mut |_| {});
    let (mut helper, mut jobs) = (Helper::default(), Vec::new());
    for turn in 1.. {
        if let Some(job) = session.lend(1000) {
            jobs.push(job.clone());
            helper.add(job);
        }
        let step = session.step();
        let read = helper.reads(1).first().copied();
        if let Some(read) = read.filter(|_| step == Step::Wait || turn % course.every == 0) {
            let bytes = Some(bytes_of(files, &read)).filter(|_| !(course.unreadable)(&read));
            if let Some(done) = helper.push(read, bytes) {
                session.returned(done);
            }
            continue;
        }
        assert!(step != Step::Wait, "both wait");
        match step {
            Step::Work => session.work(&mut |_| {}),
            Step::Push(read) => session.push(read, bytes_of(files, &read), &mut |_| {}),
            Step::Wait | Step::Idle => break,
        }
    }
    jobs
}

fn alone(files: &Files) -> Session {
    let mut session = Session::new();
    let inputs = files.iter().map(|(name, bytes)| Input::bytes(name, bytes.clone())).collect();
    session.read_all(inputs, today(), &mut |_| {});
    session
}

fn assert_same(session: &mut Session, expected: &mut Session) {
    assert_eq!(session.import(), expected.import());
    assert_eq!(session.overview(), expected.overview());
    for profile in ["demens", "opioid_6mdr", "triple_whammy"] {
        let list = |session: &mut Session| {
            let query =
                ListQuery { profile: profile.into(), count: u64::MAX, ..ListQuery::default() };
            let mut found = None;
            session.request(&Request::List(query), &mut |reply| found = Some(reply));
            found
        };
        let (mine, theirs) = (list(session), list(expected));
        assert!(matches!(&theirs, Some(Reply::List(list)) if !list.rows.is_empty()), "{profile}");
        assert_eq!(mine, theirs);
    }
}

#[test]
fn whoever_is_quicker_the_result_is_the_same() {
    let files = clinic();
    let mut expected = alone(&files);
    for every in [1, 2, 3, 7, 1000] {
        let mut session = Session::new();
        let jobs = drive(&mut session, &files, &Course { every, ..SMOOTH });
        assert_eq!(jobs.len(), 2, "one share of either stage: {jobs:?}");
        assert!(jobs.iter().any(|job| job.from > 0), "one table is divided: {jobs:?}");
        assert_same(&mut session, &mut expected);
    }
}

#[test]
fn what_the_helper_cannot_read_is_read_here() {
    let files = clinic();
    let mut expected = alone(&files);
    for unreadable in [(|_| true) as fn(&Read) -> bool, |read| read.offset > 0] {
        let mut session = Session::new();
        drive(&mut session, &files, &Course { unreadable, ..SMOOTH });
        assert_same(&mut session, &mut expected);
    }
}

#[test]
fn a_table_divided_within_a_record_is_read_on_here() {
    let mut files = clinic();
    let medicines = files.iter_mut().find(|(name, _)| name.starts_with("medicin")).expect("there");
    // Every text has line ends in it: wherever the table is divided, it is within a record.
    let text = String::from_utf8(medicines.1.clone()).expect("utf-8");
    let (head, rows) = text.split_once('\n').expect("a header");
    let quoted = |row: &str| format!("{row};\"{}\"\n", "noget\n".repeat(40));
    let rows: String = rows.lines().map(quoted).collect();
    medicines.1 = format!("{head};ordinationsnotat\n{rows}").into_bytes();
    let mut expected = alone(&files);
    let mut session = Session::new();
    let jobs = drive(&mut session, &files, &SMOOTH);
    assert!(jobs[0].from > 0 && jobs[0].name.starts_with("medicin"), "{jobs:?}");
    assert_same(&mut session, &mut expected);
}

#[test]
fn texts_that_cannot_be_divided_are_not() {
    let mut files = clinic();
    for (_, bytes) in &mut files {
        bytes.iter_mut().filter(|byte| **byte == b'\n').for_each(|byte| *byte = b'\r');
    }
    let mut session = Session::new();
    let jobs = drive(&mut session, &files, &SMOOTH);
    assert!(jobs.iter().all(|job| job.from == 0), "{jobs:?}");
    assert_same(&mut session, &mut alone(&files));
}

#[test]
fn an_answer_that_nobody_waits_for_is_ignored() {
    let files = clinic();
    let mut session = alone(&files);
    let job = Job { file: 3, name: files[3].0.clone(), size: 10, from: 5 };
    session.returned(JobDone { job, part: None });
    assert_same(&mut session, &mut alone(&files));
    assert_eq!(session.step(), Step::Idle);
    assert!(session.reads(WINDOW_BYTES).is_empty());
}
