//! Whole files: found by what they hold, packed or not, and refused with what to do.

use std::io::Write;

use profilblik::day::Day;
use profilblik::decode::card::{MOST_BYTES, tables};
use profilblik::decode::{Probe, probe};
use profilblik::schema::{Field, Register};
use profilblik::session::{Input, Session};
use proptest::prelude::*;

use crate::{card, order};

fn read(inputs: Vec<Input>) -> Session {
    let mut session = Session::with_profiles(Vec::new());
    session.read_all(inputs, Day::parse_iso("2025-10-01").unwrap(), &mut |_| {});
    session
}

fn zipped(name: &str, text: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(text.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_card_is_read_like_any_other_file_packed_or_not() {
    let text = card(&order(
        "<DosageTranslation><ShortText>2 tabletter daglig</ShortText></DosageTranslation>",
    ));
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text.as_bytes()).unwrap();
    for input in [
        Input::bytes("kort.xml", text.clone().into_bytes()),
        Input::bytes("uden-navn", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        Input::bytes("kort.zip", zipped("kort.xml", &text)),
        Input::bytes("kort.xml.gz", gz.finish().unwrap()),
    ] {
        let session = read(vec![input]);
        assert_eq!(session.refused(), []);
        let records = session.records();
        let events = records.events(Register::Medicin).unwrap();
        assert_eq!(events.len(), 1);
        assert_eq!(events.text(0, Field::Dosering), "2 tabletter daglig");
        assert_eq!(records.patients.len(), 1);
        assert!(records.sources.iter().all(|source| source.ledger.balanced()));
    }
}

#[test]
fn what_cannot_be_read_says_what_to_do() {
    let whole = card(&order(""));
    let cut = &whole[..whole.len() - 40];
    for (text, code) in [
        (cut.to_owned(), "broken-card"),
        (card(""), "empty-card"),
        (
            format!("<!DOCTYPE x [<!ENTITY a \"b\">]>{}", whole.split_once("?>").unwrap().1),
            "broken-card",
        ),
    ] {
        let session = read(vec![Input::bytes("kort.xml", text.into_bytes())]);
        let codes: Vec<&str> = session.refused().iter().map(|(_, refusal)| refusal.code).collect();
        assert_eq!(codes, [code]);
        assert!(session.refused()[0].1.text.da.contains("kort.xml"));
    }
    let head = whole.as_bytes();
    assert!(matches!(probe("k.xml", MOST_BYTES, head), Probe::Card));
    match probe("k.xml", MOST_BYTES + 1, head) {
        Probe::Refused(refusal) => assert_eq!(refusal.code, "card-too-large"),
        _ => panic!("read"),
    }
}

proptest! {
    #[test]
    fn any_cut_and_any_byte_is_read_or_refused(at in 0usize..2_000, byte in any::<u8>(), cut in any::<bool>()) {
        let text = card(&(order("") + &order("<Dosage><Structures><Structure/></Structures></Dosage>")));
        let mut bytes = text.into_bytes();
        let at = at % bytes.len();
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        if let Ok(made) = tables("k.xml", &bytes) {
            let orders = made.tables.last().unwrap();
            let rows = orders.text.iter().filter(|byte| **byte == b'\n').count() - 1;
            prop_assert!(rows + orders.set_aside.len() <= 2);
        }
    }
}
