//! Every line of a dropped table has its place: in the table that is made of it, or set aside.

use std::io::Write;

use profilblik::schema::Register;
use profilblik::session::{Input, Session};
use proptest::prelude::*;

use crate::{omop, read, read_inputs, synthea};

/// Physical, used and set aside, of all that was read.
fn account(session: &Session) -> [u64; 3] {
    let mut sum = [0; 3];
    for source in &session.records().sources {
        let ledger = source.ledger;
        assert!(ledger.balanced(), "{}: {ledger:?}", source.name);
        for (sum, more) in sum.iter_mut().zip([ledger.physical, ledger.used, ledger.set_aside]) {
            *sum += more;
        }
    }
    sum
}

#[test]
fn lines_that_cannot_be_read_are_set_aside_with_their_line() {
    let text = "person_id,condition_concept_id,condition_start_date\n\
                1,5,2020-01-01\n\n2,5\n,5,2020-01-03\n3,\"5,2020-01-04\n4,5,2020-01-05,,x\n5,5,2020-01-06\n";
    let session = read(&[("c.csv", text)]);
    assert_eq!(account(&session), [8, 2, 4]);
    let source = &session.records().sources[0];
    let aside: Vec<(u32, &str)> =
        source.set_aside.iter().map(|one| (one.line, one.reason.name())).collect();
    for expected in [(4, "too-few-fields"), (6, "quote"), (7, "too-many-fields")] {
        assert!(aside.contains(&expected), "{aside:?}");
    }
    assert!(aside.iter().any(|(_, reason)| *reason == "cpr-missing"), "{aside:?}");
}

#[test]
fn packed_or_not_the_same_is_read() {
    let files = [
        ("person.csv", omop::PERSON),
        ("condition_occurrence.csv", omop::CONDITION),
        ("CONCEPT.csv", omop::CONCEPT),
        ("patients.csv", synthea::PATIENTS),
    ];
    let plain = read(&files);
    assert_eq!(account(&plain), [5 + 4 + 3, 4 + 3 + 2, 0]);
    assert_eq!(plain.refused(), []);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(format!("out/{name}"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let packed = read_inputs(vec![Input::bytes("a.zip", zip.finish().unwrap().into_inner())]);
    let pressed = files.map(|(name, text)| {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(text.as_bytes()).unwrap();
        Input::bytes(&format!("{name}.gz"), gz.finish().unwrap())
    });
    let pressed = read_inputs(pressed.into());
    for other in [packed, pressed] {
        assert_eq!(other.refused(), []);
        assert_eq!(account(&other), account(&plain));
        for register in Register::ALL {
            assert_eq!(other.records().has(register), plain.records().has(register));
        }
        assert_eq!(other.records().patients.len(), plain.records().patients.len());
    }
}

#[test]
fn every_register_gets_its_codes_and_dates() {
    let cases = [
        (
            Register::Diagnose,
            "person_id,condition_concept_id,condition_start_date\n1,5,2020-01-01\n",
        ),
        (Register::Medicin, "person_id,drug_concept_id,drug_exposure_start_date\n1,5,2020-01-01\n"),
        (Register::Proeve, "person_id,measurement_concept_id,measurement_date\n1,5,2020-01-01\n"),
        (Register::Ydelse, "person_id,procedure_concept_id,procedure_date\n1,5,2020-01-01\n"),
    ];
    for (register, text) in cases {
        let session = read(&[("x.csv", text)]);
        let events = session.records().events(register).unwrap();
        let codes = events.code_groups().iter().flatten().map(|code| code.shown());
        assert_eq!(codes.collect::<Vec<_>>(), ["5"], "{register:?}");
        assert_eq!(events.day(0), profilblik::day::Day::from_ymd(2020, 1, 1), "{register:?}");
    }
}

#[test]
fn a_mapping_of_ones_own_comes_first() {
    let mapping = "tilpasning = 1\n[[tabel]]\noverskrifter = [\"personid\", \"deathdate\"]\n\
                   register = \"aftale\"\n[tabel.kolonner]\npersonid = \"cpr\"\ndeathdate = \"dato\"\n";
    let table = "person_id,death_date\n0201609996,2024-01-01\n";
    let session = read(&[("m.toml", mapping), ("t.csv", table)]);
    assert!(session.records().has(Register::Aftale) && !session.records().has(Register::Patient));
}

fn cell() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        4 => Just("1"),
        2 => Just("5"),
        2 => Just("2020-01-01"),
        2 => Just(""),
        1 => Just("\""),
        1 => Just("\"a,b\""),
        1 => Just("\"en\nto\""),
        1 => Just("x\"y;z"),
        1 => Just("æ id:/,"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_lines_hold(lines in proptest::collection::vec(proptest::collection::vec(cell(), 0..6), 0..20), end in "\n|\r\n|") {
        let lines: Vec<String> = lines.iter().map(|line| line.join(",")).collect();
        let text = format!("person_id,condition_concept_id,condition_start_date,condition_source_value\n{}{end}", lines.join("\n"));
        let session = read(&[("c.csv", &text)]);
        // Nothing but a header is a table without rows, which is read as such or refused with a reason.
        let [physical, used, aside] = account(&session);
        let source = session.records().sources.first();
        prop_assert!(source.is_some() || session.refused().len() == 1);
        let feeds = text.bytes().filter(|byte| *byte == b'\n').count() as u64;
        let all = feeds + u64::from(!text.ends_with('\n'));
        if let Some(source) = source {
            let continued = |said: &profilblik::note::Said| {
                said.da.strip_suffix(" linjer i filen fortsætter en celle og er en del af rækken over.")?.parse().ok()
            };
            let continued: u64 = source.remarks.iter().find_map(continued).unwrap_or(0);
            prop_assert_eq!(physical + continued, all, "{:?} {:?}", source.ledger, text);
            prop_assert_eq!(source.ledger.header + source.ledger.blank + used + aside, physical);
        }
    }
}
