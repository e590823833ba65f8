//! The language as a whole: every key reaches the plan, defaults are those of the language, caps
//! hold, and the same text has the same fingerprint everywhere.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::path::PathBuf;
use std::time::Instant;

use profilblik::amount::Amount;
use profilblik::code::System;
use profilblik::day::Day;
use profilblik::note::{Level, Note};
use profilblik::profile::plan::{
    Anchor, AnchorPick, Body, Bound, ColumnContent, CriterionId, Derived, GroupRule, Op, Plan,
    Selection, Shift, Show, Test, TimeBasis, Unit, Window,
};
use profilblik::profile::{self, MOST_BYTES, MOST_CHAIN, MOST_CRITERIA};
use profilblik::schema::{Field, Register};
use profilblik::truth::Truth;

const ALL_KEYS: &str = include_str!("profile_good/all_keys.toml");

const HEAD: &str = "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"X\"\n";

fn plan(text: &str) -> Plan {
    let checked = profile::check("x.toml", text);
    checked.plan.unwrap_or_else(|| panic!("{:#?}", checked.notes))
}

fn errors(text: &str) -> Vec<Note> {
    let notes = profile::check("x.toml", text).notes;
    notes.into_iter().filter(|note| note.level == Level::Error).collect()
}

fn codes(text: &str) -> Vec<String> {
    errors(text).into_iter().map(|note| note.code).collect()
}

/// A profile with one criterion `a` made of `keys`.
fn with(keys: &str) -> String {
    format!("{HEAD}[kriterie.a]\n{keys}\n[population]\ninklusion = {{ alle = [\"a\"] }}\n")
}

fn selection(keys: &str) -> Selection {
    match plan(&with(keys)).criteria.remove(0).body {
        Body::Select(selection) => selection,
        other => panic!("{other:?}"),
    }
}

/// What a plan says, without where it stands.
fn said(plan: &Plan) -> String {
    let mut plan = plan.clone();
    plan.fingerprint.clear();
    plan.criteria.iter_mut().for_each(|c| c.line = 0);
    plan.tests.iter_mut().for_each(|t| t.line = 0);
    format!("{plan:?}")
}

#[test]
fn no_key_is_read_and_then_ignored() {
    let whole = said(&plan(ALL_KEYS));
    let lines: Vec<&str> = ALL_KEYS.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        if !line.contains(" = ") || line.starts_with('#') || line.ends_with("# not in the plan") {
            continue;
        }
        let rest: Vec<&str> =
            lines.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, l)| *l).collect();
        if let Some(plan) = profile::check("x.toml", &rest.join("\n")).plan {
            let same = said(&plan) == whole;
            assert!(!same, "leaving out line {} changes nothing: {line}", at + 1);
        }
    }
}

/// The keys of the tables in `docs/profile-language.md`, first column.
#[test]
fn every_documented_key_stands_in_the_profile_of_all_keys() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/profile-language.md");
    let docs = std::fs::read_to_string(path).unwrap();
    let rows = docs.lines().filter(|line| line.starts_with("| `"));
    let keys: Vec<String> = rows
        .filter_map(|row| row.split('|').nth(1))
        .flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert!(keys.len() > 60, "{keys:?}");
    for key in keys {
        let used = [format!("{key} = "), format!("[{key}"), format!("[[{key}")];
        assert!(used.iter().any(|form| ALL_KEYS.contains(form)), "{key} is in no test profile");
    }
}

#[test]
fn defaults_are_those_of_the_language() {
    let today = Bound::Shift(Shift { count: 0, unit: Unit::Days });
    let plain = selection("register = \"diagnose\"");
    assert_eq!(plain.window, Window { from: Bound::Open, to: today });
    assert_eq!(plain.basis, TimeBasis::Date);
    assert_eq!((plain.count.op, plain.count.number), (Op::AtLeast, 1));
    assert_eq!(plain.assumed_cover_days, 90);
    assert!(plain.codes.is_none() && plain.anchor.is_none() && plain.pick.is_none());
    let running = selection("register = \"medicin\"\ntid = \"periode\"");
    assert_eq!(running.window, Window { from: today, to: today });
}

#[test]
fn code_systems_follow_the_register_unless_written() {
    for (register, system) in [
        ("diagnose", System::Icpc),
        ("medicin", System::Atc),
        ("proeve", System::Npu),
        ("ydelse", System::Ydelse),
    ] {
        let codes =
            selection(&format!("register = \"{register}\"\nkoder = [\"A\"]")).codes.unwrap();
        assert_eq!(codes.system, Some(system));
        assert!(codes.include.iter().all(|pattern| pattern.system() == system));
    }
    let set = "[kodesaet.s]\nkoder = [\"P70\"]\n";
    let text = with("register = \"diagnose\"\nkodesaet = \"s\"") + set;
    let Body::Select(found) = &plan(&text).criteria[0].body else { panic!() };
    let codes = found.codes.as_ref().unwrap();
    assert_eq!((codes.set_name.as_str(), codes.system), ("s", Some(System::Icpc)));
}

#[test]
fn windows_take_dates_and_shifts_side_by_side() {
    let found = selection("register = \"diagnose\"\nvindue = [2026-04-02, \"*\"]");
    assert_eq!(found.window.from, Bound::Fixed(Day::from_ymd(2026, 4, 2).unwrap()));
    assert_eq!(found.window.to, Bound::Open);
}

#[test]
fn anchors_groups_and_derived_values_name_criteria_by_position() {
    let plan = plan(ALL_KEYS);
    let body = |name: &str| &plan.criteria.iter().find(|c| c.id == name).unwrap().body;
    let Body::Select(anchored) = body("med_koder") else { panic!() };
    let anchor = Anchor::Criterion { of: CriterionId(0), pick: AnchorPick::Each };
    assert_eq!(anchored.anchor, Some(anchor));
    let Body::Select(born) = body("fra_foedsel") else { panic!() };
    assert_eq!(born.anchor, Some(Anchor::Birth));
    let Body::Group(group) = body("mindst") else { panic!() };
    assert_eq!((group.rule, group.of.len()), (GroupRule::AtLeast(2), 3));
    let Body::Together { of, min_days, .. } = body("samtidig") else { panic!() };
    assert_eq!((of.len(), *min_days), (2, 14));
    let Body::Select(between) = body("mellem") else { panic!() };
    assert_eq!(
        between.derived,
        Some(Derived::DaysBetween { from: CriterionId(0), to: CriterionId(4) })
    );
    let Body::Select(course) = body("forloeb") else { panic!() };
    assert_eq!(course.derived, Some(Derived::CurrentEpisode { gap_days: 90 }));
    let Some(Test::Value(limit)) = &course.test else { panic!() };
    assert_eq!(
        (limit.op, limit.limit, limit.unit.as_str()),
        (Op::Greater, Amount::whole(6), "mdr")
    );
    let Body::Patient(tests) = body("patient") else { panic!() };
    assert_eq!(tests.len(), 5);
    let Body::Select(excepted) = body("med_saet") else { panic!() };
    assert_eq!(excepted.codes.as_ref().unwrap().except.len(), 1);
    assert_eq!(excepted.name_contains, ["morfin"]);
    assert_eq!(excepted.route.as_deref(), Some("oral"));
}

#[test]
fn every_derived_value_of_the_closed_list_is_read() {
    let medicine = [
        ("omeq_pr_doegn", Derived::Omeq),
        ("aktuelt_forloeb", Derived::CurrentEpisode { gap_days: 0 }),
        ("laengste_forloeb", Derived::LongestEpisode { gap_days: 0 }),
        ("antal_praeparater", Derived::Products),
        ("ddd_sum", Derived::DddSum),
        ("enheder_sum", Derived::UnitSum),
        ("dage_siden", Derived::DaysSince),
        ("maaneder_siden", Derived::MonthsSince),
    ];
    for (word, derived) in medicine {
        let found = selection(&format!("register = \"medicin\"\nberegning = \"{word}\""));
        assert_eq!(found.derived, Some(derived), "{word}");
    }
    let mean = selection("register = \"proeve\"\nberegning = \"gennemsnit\"\nvaerdi = \"> 6.5 %\"");
    assert_eq!(mean.derived, Some(Derived::Mean));
    for (word, derived) in [("daekkede_dage", Derived::CoveredDays), ("omeq_sum", Derived::OmeqSum)]
    {
        let days = format!(
            "register = \"medicin\"\nberegning = \"{word}\"\nvindue = [\"-1 aar\", \"0 d\"]"
        );
        assert_eq!(selection(&days).derived, Some(derived));
    }
}

#[test]
fn test_records_become_cells_of_an_export() {
    let plan = plan(ALL_KEYS);
    let test = &plan.tests[0];
    let cell = |at: usize, field: Field| {
        test.rows[at].1.iter().find(|(f, _)| *f == field).map(|(_, text)| text.as_str())
    };
    let position = |register: Register| test.rows.iter().position(|(r, _)| *r == register).unwrap();
    let diagnosis = position(Register::Diagnose);
    assert_eq!(cell(diagnosis, Field::Tekst), Some("Hukommelse"));
    assert_eq!(cell(diagnosis, Field::Slutdato), Some("2014-01-01"));
    assert_eq!(cell(diagnosis, Field::Nr), Some("1"));
    let tablet = position(Register::Medicin);
    assert_eq!(cell(tablet, Field::Navn), Some("Morfin"));
    assert_eq!(cell(tablet, Field::Doegndosis), Some("10,5"));
    assert_eq!(cell(tablet, Field::Doseringsenhed), Some("mg"));
    assert_eq!(cell(tablet, Field::Doseringstype), Some("pn"));
    assert_eq!(cell(tablet, Field::Dosisdispensering), Some("ja"));
    assert_eq!(cell(tablet, Field::Aaben), Some("nej"));
    assert_eq!(cell(tablet + 1, Field::Doseringsenhed), Some("ug/t"));
    assert_eq!(cell(tablet + 1, Field::Doseringstype), None);
    let lab = position(Register::Proeve);
    assert_eq!(cell(lab, Field::Vaerdi), Some(">90"));
    assert_eq!(cell(lab, Field::RefOevre), Some("1234,5"), "never with a thousands mark");
    assert_eq!(cell(lab + 1, Field::Vaerdi), Some("1,234"), "a number is a number, not a text");
    assert_eq!(cell(position(Register::Ydelse), Field::Tekst), Some("Konsultation"));
    assert_eq!(cell(position(Register::Aftale), Field::Type), Some("Kontrol"));
    assert_eq!(cell(position(Register::Henvisning), Field::Speciale), Some("Smertecenter"));
    assert!(test.patient.contains(&(Field::Foedselsdato, "1950-01-01".into())));
    assert!(test.patient.contains(&(Field::Sikringsgruppe, "1".into())));
    assert_eq!(test.expected.criteria, [("vaerdi".to_owned(), Truth::Unknown)]);
    assert_eq!(test.expected.values[1], ("mellem".to_owned(), "1,5".to_owned()));
}

#[test]
fn columns_have_keys_in_the_order_of_the_file() {
    let plan = plan(ALL_KEYS);
    let keys: Vec<_> = plan.columns.iter().map(|c| c.key.as_str()).collect();
    assert_eq!(keys, ["kol1", "kol2"]);
    let ColumnContent::Records { show, .. } = &plan.columns[1].content else { panic!() };
    assert_eq!(*show, Show::All);
}

#[test]
fn a_ring_shows_its_path() {
    let text =
        with("alle = [\"b\"]") + "[kriterie.b]\nen_af = [\"c\"]\n[kriterie.c]\nalle = [\"a\"]\n";
    let ring = &errors(&text)[0];
    assert_eq!(ring.text.da, "kriterier i ring: a → b → c → a");
    assert_eq!(ring.place.line, 6);
}

#[test]
fn the_nearest_word_is_suggested() {
    let text = with("register = \"diagnose\"\nvindu = [\"-6 mdr\", \"0 d\"]");
    let note = &errors(&text)[0];
    assert_eq!((note.place.line, note.place.column), (8, 1));
    assert_eq!(note.text.da, "ukendt nøgle »vindu« i »kriterie.a«");
    assert_eq!(note.hint.da, "mente du »vindue«?");
    assert_eq!(note.hint.en, "did you mean `vindue`?");
}

#[test]
fn the_fingerprint_is_the_same_for_every_kind_of_line_ending() {
    let unix = plan(ALL_KEYS).fingerprint;
    assert_eq!(unix.len(), 64);
    assert_eq!(plan(&ALL_KEYS.replace('\n', "\r\n")).fingerprint, unix);
    assert_ne!(plan(&ALL_KEYS.replace("1.2", "1.3")).fingerprint, unix);
    // The published digest of the text `abc` (FIPS 180-2, appendix B.1).
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(profile::fingerprint("abc"), abc);
}

#[test]
fn a_byte_order_mark_and_windows_line_endings_do_no_harm() {
    let text = format!("\u{feff}{}", ALL_KEYS.replace('\n', "\r\n"));
    assert!(errors(&text).is_empty(), "{:#?}", errors(&text));
}

#[test]
fn a_profile_without_a_name_goes_by_its_file() {
    let checked = profile::check("egen.toml", "= nej");
    assert_eq!((checked.id.as_str(), checked.title.as_str()), ("egen", "egen"));
    assert!(checked.plan.is_none() && !checked.notes.is_empty());
}

#[test]
fn caps_hold() {
    let comment = format!("#{}\n", "x".repeat(MOST_BYTES));
    assert_eq!(codes(&(comment + ALL_KEYS)), ["too-large"]);
    let many = |n: usize| {
        let criteria: String =
            (0..n).map(|i| format!("[kriterie.k{i}]\nregister = \"aftale\"\n")).collect();
        with("register = \"aftale\"") + &criteria
    };
    assert!(codes(&many(MOST_CRITERIA - 1)).is_empty());
    assert_eq!(codes(&many(MOST_CRITERIA)), ["too-many-criteria"]);
    let chain = |n: usize| {
        let link = |i: usize| format!("[kriterie.k{i}]\nalle = [\"k{}\"]\n", i + 1);
        let links: String = (0..n).map(link).collect();
        with("register = \"aftale\"")
            + &links
            + &format!("[kriterie.k{n}]\nregister = \"ydelse\"\n")
    };
    assert!(codes(&chain(MOST_CHAIN - 1)).is_empty());
    assert_eq!(codes(&chain(MOST_CHAIN)), ["too-deep"]);
    for deep in ["[".repeat(5_000), "a.".repeat(200_000), "{a=".repeat(5_000), "[[".repeat(300_000)]
    {
        assert_eq!(codes(&format!("{HEAD}x = {deep}")), ["too-deep"]);
        assert_eq!(codes(&deep), ["too-deep"]);
    }
}

#[test]
fn hostile_texts_are_answered_soon() {
    let word = "x".repeat(59);
    let criteria: String = (0..1_990)
        .map(|i| format!("[kriterie.{word}{}]\n", char::from(b'a' + (i % 26) as u8)))
        .collect();
    let names: String = (0..10_000).map(|i| format!("\"{word}{i}\",")).collect();
    let markers: String = (0..20_000).map(|i| format!("[[markering]]\nid = \"m{i}\"\n")).collect();
    let nots = "\"a\",".repeat(100_000);
    let texts = [
        with("register = \"aftale\"") + &criteria + &format!("[kriterie.z]\nalle = [{names}]\n"),
        with("register = \"aftale\"") + &markers,
        with("register = \"aftale\"")
            + &format!("[kriterie.n]\ningen_af = [{nots}]\n[kriterie.o]\nalle = [{nots}\"n\"]\n"),
        with(&format!("register = \"{}\"", "y".repeat(900_000))),
        with("register = \"aftale\"") + &format!("{} = 1\n", "z".repeat(900_000)),
    ];
    for (at, text) in texts.iter().enumerate() {
        assert!(text.len() < MOST_BYTES, "{at}");
        let start = Instant::now();
        let notes = profile::check("x.toml", text).notes;
        // A quadratic reader would take minutes; the rest is room for a busy machine.
        assert!(start.elapsed().as_secs() < 20, "{at}: {:?}", start.elapsed());
        let longest = notes.iter().map(|n| n.text.da.chars().count()).max().unwrap_or(0);
        assert!(longest < 500, "{at}: a note of {longest} characters");
    }
}

#[test]
fn a_population_that_needs_something_known_is_accepted() {
    for keys in [
        "register = \"diagnose\"\nkoder = [\"P70\"]",
        "register = \"patient\"\nalder = \">= 65\"",
        "register = \"medicin\"\nberegning = \"aktuelt_forloeb\"\ngab = \"30 d\"\nvaerdi = \"< 6 mdr\"",
        "register = \"medicin\"\nberegning = \"antal_praeparater\"\nvaerdi = \">= 5\"",
        "register = \"ydelse\"\nkoder = [\"0120\"]\nberegning = \"dage_siden\"\nvaerdi = \"< 30\"",
    ] {
        assert!(errors(&with(keys)).is_empty(), "{keys}: {:#?}", errors(&with(keys)));
    }
}

#[test]
fn an_absent_criterion_may_stand_beside_one_that_is_there() {
    let text = format!(
        "{HEAD}[kriterie.a]\nregister = \"diagnose\"\nkoder = [\"P70\"]\n[kriterie.uden]\n\
         register = \"proeve\"\nantal = \"= 0\"\n[population]\ninklusion = {{ alle = [\"a\", \"uden\"] }}\n"
    );
    assert!(errors(&text).is_empty());
}

#[test]
fn review_is_passed_the_day_after_its_date() {
    let header = plan(ALL_KEYS).header;
    let day = |text: &str| Day::parse_iso(text).unwrap();
    assert!(profile::review_passed(&header, day("2027-01-01")).is_none());
    let note = profile::review_passed(&header, day("2027-01-02")).unwrap();
    assert_eq!(note.level, Level::Advice);
    assert!(note.text.da.contains("01-01-2027"));
}
