//! »Datakvalitet«: every row has one place, and what is said of codes is exact.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use profilblik::day::Day;
use profilblik::note::Language;
use profilblik::profile::check;
use profilblik::protocol::{FileInfo, ListQuery, Reply, Request};
use profilblik::schema::Register;
use profilblik::session::{Input, Session, Step};
use profilblik::view::quality::page::QualityView;
use profilblik::view::quality::{Quality, RegisterCounts};

const PATIENTS: &str = "cpr;navn;status\n\
    6101301110;Anna;tilmeldt\n6101401120;Bo;tilmeldt\n6101501130;Carl;passant\n6101701140;Dorte;død\n";

const PROFILE: &str = r#"
format = 1
[profil]
id = "x"
version = "1"
titel = "X99 og søskende"
[kriterie.a]
tekst = "a"
register = "diagnose"
koder = ["X99", "X77"]
[kriterie.b]
tekst = "b"
register = "medicin"
kodesaet = "m"
[kodesaet.m]
system = "ATC"
koder = ["Q01AA01"]
undtagen = ["Q01AA02"]
[population]
inklusion = { en_af = ["a", "b"] }
"#;

fn session(files: &[(&str, &str)], today: &str) -> Session {
    let mut session = Session::with_profiles(vec![check("x.toml", PROFILE)]);
    let inputs = files.iter().map(|(name, text)| Input::bytes(name, text.as_bytes().to_vec()));
    session.read_all(inputs.collect(), Day::parse_iso(today).unwrap(), &mut |_| {});
    session
}

fn counts(quality: &Quality, of: Register) -> &RegisterCounts {
    quality.registers[of.index()].1.as_ref().unwrap_or_else(|| panic!("{of:?} is absent"))
}

fn page(session: &mut Session) -> QualityView {
    let mut answer = None;
    session.request(&Request::Quality, &mut |reply| answer = Some(reply));
    match answer {
        Some(Reply::Quality(view)) => *view,
        other => panic!("{other:?}"),
    }
}

/// The identities that the module promises.
fn balances(counts: &RegisterCounts) {
    assert_eq!(counts.rows + counts.copies, counts.used);
    assert_eq!(counts.reasons.iter().map(|(_, lines)| lines).sum::<u64>(), counts.set_aside);
    if let Some(months) = &counts.months {
        let dated = months.before + months.rows.iter().sum::<u64>() + months.after;
        assert_eq!(dated + counts.undated.unwrap() + counts.copies, counts.used);
    }
}

#[test]
fn every_row_of_a_small_register_has_its_place() {
    let diagnoses = "cpr;icpc;dato\n\
        6101301110;X99;01-03-2026\n\
        6101301110;X99;01-03-2026\n\
        6101301110;X99.01;15-05-2026\n\
        6101401120;X990;31-12-2019\n\
        6101401120;O12;\n\
        6101501130;X98;01-07-2026\n\
        6101701140;X99;01-02-2027\n\
        6101801150;;01-06-2026\n\
        ;X99;01-06-2026\n";
    let session =
        session(&[("patienter.csv", PATIENTS), ("diagnoser.csv", diagnoses)], "2026-06-20");
    assert_eq!(session.export_day(), Day::parse_iso("2026-06-01").unwrap());
    let quality = session.quality_counts();
    let found = counts(&quality, Register::Diagnose);
    balances(found);
    let reasons: Vec<_> = found.reasons.iter().map(|(r, n)| (r.name(), *n)).collect();
    assert_eq!((found.lines, found.used, found.set_aside), (10, 8, 1));
    assert_eq!(reasons, [("cpr-missing", 1)]);
    assert_eq!((found.copies, found.rows), (1, 7));
    assert_eq!((found.undated, found.after_export, found.after_index), (Some(1), Some(2), Some(2)));
    assert_eq!((found.without_code, found.unknown_code_rows), (Some(1), Some(1)));
    assert_eq!(found.unknown_codes.len(), 1);
    assert_eq!(found.unknown_codes[0].code.shown(), "O12");
    assert_eq!((found.patients, found.not_in_list), (5, Some(1)));
    assert_eq!((found.passing, found.dead), (Some(1), Some(1)));
    let months = found.months.as_ref().unwrap();
    assert_eq!((months.first.as_str(), months.rows.len()), ("2021-07", 60));
    assert_eq!((months.before, months.after), (1, 2));
    assert_eq!(months.rows[56..], [1, 0, 1, 1]);
    // From the first month on, since rows stand before it; April is one of its own.
    assert_eq!(months.gaps, [(0, 55), (57, 57)]);
}

#[test]
fn the_index_date_moves_only_what_lies_after_it() {
    let diagnoses = "cpr;icpc;dato\n6101301110;X99;01-03-2026\n6101301110;X98;15-05-2026\n";
    let mut session =
        session(&[("patienter.csv", PATIENTS), ("diagnoser.csv", diagnoses)], "2026-06-20");
    let before = session.quality_counts();
    session.request(&Request::SetIndexDate(Some("2026-04-01".into())), &mut |_| {});
    let after = session.quality_counts();
    let of = |quality: &Quality| counts(quality, Register::Diagnose).clone();
    assert_eq!(of(&before).after_index, Some(0));
    assert_eq!(of(&after), RegisterCounts { after_index: Some(1), ..of(&before) });
}

#[test]
fn without_a_patient_list_nobody_is_missing_from_it() {
    let session =
        session(&[("diagnoser.csv", "cpr;icpc;dato\n6101301110;X99;01-03-2026\n")], "2026-06-20");
    let quality = session.quality_counts();
    let found = counts(&quality, Register::Diagnose);
    assert_eq!((found.not_in_list, found.passing, found.dead), (None, None, None));
    assert!(quality.registers[Register::Patient.index()].1.is_none());
}

#[test]
fn codes_that_occur_0_times_and_codes_beside_them() {
    let diagnoses = "cpr;icpc;dato\n6101301110;X99.01;01-03-2026\n6101401120;X990;31-12-2025\n\
        6101401120;X98;31-12-2025\n";
    let medicines = "cpr;atc;dato\n6101301110;Q01AA02;01-03-2026\n6101301110;Q01AA03;01-03-2026\n\
        6101301110;Q01AB01;01-03-2026\n";
    let files =
        [("patienter.csv", PATIENTS), ("diagnoser.csv", diagnoses), ("medicin.csv", medicines)];
    let quality = session(&files, "2026-06-20").quality_counts();
    let one = &quality.profiles[0];
    let zero: Vec<_> = one.zero.iter().map(|pattern| pattern.shown()).collect();
    let beside: Vec<_> = one.siblings.iter().map(|c| (c.code.shown(), c.rows)).collect();
    // X99 stands for its subcodes; what is left out by name was thought of.
    assert_eq!(zero, ["X77", "Q01AA01"]);
    assert_eq!(beside, [("X990".to_owned(), 1), ("Q01AA03".to_owned(), 1)]);
    assert_eq!((one.asked, one.absent.len(), quality.profiles_without_remark), (3, 0, 0));
}

#[test]
fn codes_of_a_register_that_is_not_there_are_not_counted() {
    let diagnoses = "cpr;icpc;dato\n6101301110;X99;01-03-2026\n6101301110;X77;01-03-2026\n";
    let mut session =
        session(&[("patienter.csv", PATIENTS), ("diagnoser.csv", diagnoses)], "2026-06-20");
    let quality = session.quality_counts();
    assert_eq!(quality.profiles[0].absent, [Register::Medicin]);
    assert!(quality.profiles[0].zero.is_empty());
    let view = page(&mut session);
    assert_eq!(
        view.profiles[0].remarks,
        ["Medicin findes ikke i udtrækket: koderne kan ikke tælles."]
    );
    let medicines = view.tables[0].rows.iter().find(|row| row[0] == "Medicin").unwrap();
    assert_eq!(medicines[1..], ["findes ikke i udtrækket"]);
    // Who gets a medicine is unknown, not nobody.
    assert!(view.missing.iter().all(|one| one.text == "ukendt for alle: medicin mangler"));
}

#[test]
fn a_number_in_the_column_of_codes_is_not_shown() {
    let services =
        "cpr;ydelse;dato\n6101301110;6101301110;01-03-2026\n6101301110;0101;01-03-2026\n";
    let mut session =
        session(&[("patienter.csv", PATIENTS), ("ydelser.csv", services)], "2026-06-20");
    let view = page(&mut session);
    assert!(!format!("{view:?}").contains("6101301110"));
    let unknown = view.tables.iter().find(|table| table.headings[1] == "Kode").unwrap();
    assert_eq!(unknown.rows, [["Ydelser", "##########", "1"]]);
}

/// Reads until the first lists are there, while the services are still to come.
fn half_read(files: &[(&str, &str)]) -> Session {
    let mut session = Session::new();
    let infos = files
        .iter()
        .map(|(name, text)| FileInfo { name: (*name).to_owned(), size: text.len() as u64 });
    let open = Request::Open { files: infos.collect(), today: "2026-06-20".into() };
    session.request(&open, &mut |_| {});
    let mut waits = false;
    while !waits {
        let mut tell = |reply: Reply| {
            waits |= matches!(reply, Reply::Overview(view) if view.still_reading);
        };
        match session.step() {
            Step::Push(read) => {
                let all = files[read.file].1.as_bytes();
                let (from, to) = (read.offset as usize, (read.offset + read.length) as usize);
                session.push(read, &all[from..to], &mut tell);
            }
            Step::Work => session.work(&mut tell),
            other => panic!("{other:?}"),
        }
    }
    session
}

#[test]
fn what_is_still_read_is_not_counted() {
    let mut session = half_read(&[
        ("patienter.csv", PATIENTS),
        ("ydelser.csv", "cpr;ydelse;dato\n6101301110;0101;01-03-2026\n"),
    ]);
    let view = page(&mut session);
    assert_eq!(view.still_reading, "Ydelser læses stadig.");
    assert!(view.tables.is_empty() && view.missing.is_empty());
}

/// Numbers that repeat on every machine; no year is left without a chance.
fn random(seed: &mut u64, below: u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) % below
}

#[test]
fn months_and_undated_and_copies_are_the_rows_used() {
    for round in 0..60 {
        let mut seed = round;
        let mut text = "cpr;icpc;dato\n".to_owned();
        for _ in 0..random(&mut seed, 300) {
            let cpr =
                ["6101301110", "6101401120", "6101801150", "", "x"][random(&mut seed, 5) as usize];
            let code = ["X99", "", "X9", "Q", "P76"][random(&mut seed, 5) as usize];
            let (day, month) = (1 + random(&mut seed, 31), 1 + random(&mut seed, 12));
            let year = 2010 + random(&mut seed, 20);
            text.push_str(&match random(&mut seed, 6) {
                0 => format!("{cpr};{code};\n"),
                1 => format!("{cpr};{code};01-03-2026\n"),
                _ => format!("{cpr};{code};{day:02}-{month:02}-{year}\n"),
            });
        }
        let session = session(&[("diagnoser.csv", &text)], "2026-06-20");
        if let Some(found) = &session.quality_counts().registers[Register::Diagnose.index()].1 {
            balances(found);
            let dates = found.months.as_ref().unwrap();
            for (first, last) in &dates.gaps {
                assert!(dates.rows[*first..=*last].iter().all(|rows| *rows == 0), "{round}");
            }
        }
    }
}

fn demo(patients: u32) -> Session {
    let mut session = Session::new();
    session.request(&Request::Demo { patients, today: "2026-11-02".into() }, &mut |_| {});
    session
}

#[test]
fn the_invented_clinic_balances_and_its_lists_open() {
    let mut session = demo(300);
    let quality = session.quality_counts();
    for (_, counts) in &quality.registers {
        balances(counts.as_ref().unwrap());
    }
    let view = page(&mut session);
    assert_eq!(view.missing.len(), 4);
    for one in &view.missing {
        let query = ListQuery { profile: one.profile.clone(), count: 50, ..ListQuery::default() };
        let mut answer = None;
        session.request(&Request::List(query), &mut |reply| answer = Some(reply));
        let Some(Reply::List(list)) = &answer else { panic!("{answer:?}") };
        assert_eq!(list.profile.title, one.title);
        assert!(one.text.starts_with(&list.profile.members_text) || list.total == 0, "{one:?}");
        let Some(row) = list.rows.first().cloned() else { continue };
        let request = Request::Patient {
            profile: one.profile.clone(),
            cpr: row.cpr.clone(),
            query: ListQuery { profile: one.profile.clone(), ..ListQuery::default() },
        };
        session.request(&request, &mut |reply| answer = Some(reply));
        assert!(matches!(answer, Some(Reply::Patient(_))));
    }
    // No list of its own in the overview, and none after everything is forgotten.
    assert!(session.overview().rows.iter().all(|row| !row.id.contains(':')));
}

#[test]
fn the_lists_follow_the_index_date() {
    let files = [
        ("patienter.csv", PATIENTS),
        (
            "medicin.csv",
            "cpr;atc;navn;startdato;slutdato\n6101301110;N06DA02;Donepezil;01-01-2026;31-12-2026\n",
        ),
        ("diagnoser.csv", "cpr;icpc;dato\n6101301110;P70;01-05-2026\n6101401120;P70;01-05-2026\n"),
    ];
    let mut session = session(&files, "2026-06-20");
    let first = |view: QualityView| view.missing[0].text.clone();
    assert!(first(page(&mut session)).starts_with("Ingen patienter"));
    session.request(&Request::SetIndexDate(Some("2026-04-01".into())), &mut |_| {});
    assert_eq!(first(page(&mut session)), "1 patient.");
}

#[test]
fn in_english_too() {
    let mut session = demo(50);
    session.request(&Request::SetLanguage(Language::English), &mut |_| {});
    let view = page(&mut session);
    assert_eq!(view.heading, "Are our data good enough?");
    assert!(view.months.iter().all(|one| one.text.contains("rows in the months shown")));
    for danish in ["rækker", "udtræk", "måned"] {
        let own: String =
            view.tables.iter().map(|t| format!("{}{:?}", t.title, t.headings)).collect();
        assert!(!own.contains(danish), "{danish}: {own}");
    }
}

#[test]
fn nothing_read_says_so() {
    let mut answer = None;
    Session::new().request(&Request::Quality, &mut |reply| answer = Some(reply));
    assert!(matches!(answer, Some(Reply::Failed(_))), "{answer:?}");
}
