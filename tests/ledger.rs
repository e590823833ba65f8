//! The line ledger holds for any bytes in any slices: every physical line has one place.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else than it expects"
)]

use profilblik::decode::{HEAD_BYTES, Probe, probe};
use profilblik::records::TableReader;
use proptest::prelude::*;

fn line() -> impl Strategy<Value = String> {
    let cell = prop_oneof![
        4 => Just("0201609996".to_owned()),
        4 => Just("P76".to_owned()),
        3 => Just("01-01-2024".to_owned()),
        2 => Just(String::new()),
        1 => Just("\"".to_owned()),
        1 => Just("\"a;b\"".to_owned()),
        1 => Just("\"en\nto\"".to_owned()),
        1 => Just("x\"y".to_owned()),
        1 => "[a-z \"\r]{0,6}",
    ];
    (proptest::collection::vec(cell, 0..6), prop_oneof![Just(";"), Just(";"), Just(",")])
        .prop_map(|(cells, separator)| cells.join(separator))
}

fn read(bytes: &[u8], slice: usize) -> Option<profilblik::records::Table> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let Probe::Table(table) = probe("d.csv", bytes.len() as u64, head) else { return None };
    let mut reader = TableReader::new("d.csv", &table);
    bytes.chunks(slice).for_each(|part| reader.push(part));
    Some(reader.finish())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_line_has_its_place(lines in proptest::collection::vec(line(), 0..40), end in "\n|\r\n|", slice in 1usize..200) {
        let text = format!("cpr;icpc;dato;tekst\n{}{end}", lines.join("\n"));
        let Some(table) = read(text.as_bytes(), slice) else { return Ok(()) };
        let ledger = table.source.ledger;
        prop_assert!(ledger.balanced(), "{ledger:?}");
        let feeds = text.bytes().filter(|b| *b == b'\n').count();
        let physical = feeds + usize::from(!text.ends_with('\n'));
        prop_assert_eq!(ledger.physical, physical as u64);
        prop_assert_eq!(ledger.set_aside, table.source.set_aside.len() as u64);
        // Slices are an accident of transport and never change the result.
        let whole = read(text.as_bytes(), usize::MAX).unwrap();
        prop_assert_eq!(whole.source.ledger, ledger);
        prop_assert_eq!(whole.source.set_aside, table.source.set_aside);
    }
}

/// The same file read by two: the first reads to a line end, the second the rest, as a whole.
/// `None` if the line end lies within a record, or the helper hands its part back.
fn read_by_two(bytes: &[u8], from: usize) -> Option<profilblik::records::Table> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let Probe::Table(table) = probe("d.csv", bytes.len() as u64, head) else { return None };
    let feed = bytes[from..].iter().position(|byte| *byte == b'\n')?;
    let (mine, rest) = bytes.split_at(from + feed + 1);
    let mut reader = TableReader::new("d.csv", &table);
    reader.push(mine);
    if !reader.is_at_rest() {
        return None;
    }
    let mut helper = TableReader::of_rest("d.csv", &table);
    helper.push(rest);
    // What one reader must read alone is handed back by the helper.
    let part = helper.into_part();
    if !part.is_fit() {
        return None;
    }
    reader.absorb(&part);
    Some(reader.finish())
}

/// Everything that a table says.
fn said(table: profilblik::records::Table) -> String {
    use profilblik::schema::Field;
    let source = format!("{:?}", table.source);
    let register = table.source.register;
    let mut records = profilblik::records::Records::default();
    records.add(table);
    records.settle();
    let events = records.events(register);
    let rows = events.map_or_else(Vec::new, |events| {
        let row = |at: usize| {
            let texts: Vec<&str> = Field::ALL.iter().map(|field| events.text(at, *field)).collect();
            format!("{:?} {:?} {texts:?}", events.origin(at), events.day(at))
        };
        (0..events.len()).map(row).collect()
    });
    format!("{source} {rows:#?}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_readers_give_what_one_gives(lines in proptest::collection::vec(line(), 1..40), end in "\n|\r\n|", part in 0.0f64..1.0) {
        let text = format!("cpr;icpc;dato;tekst\n{}{end}", lines.join("\n"));
        let below = text.find('\n').unwrap() + 1;
        let from = below + ((text.len() - below) as f64 * part) as usize;
        if let Some(table) = read_by_two(text.as_bytes(), from) {
            let whole = read(text.as_bytes(), usize::MAX).unwrap();
            prop_assert!(table.source.ledger.balanced());
            prop_assert_eq!(said(table), said(whole));
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    // Trimmed, since cells are; everything that needs quoting is in it.
    "[a-cæ;,\"\n]{0,12}".prop_map(|text| text.trim().to_owned())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn well_formed_text_is_read_as_the_csv_crate_writes_it(texts in proptest::collection::vec(text(), 1..20), slice in 1usize..100) {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        writer.write_record(["cpr", "dato", "icpc", "tekst"]).unwrap();
        for (row, text) in texts.iter().enumerate() {
            let date = format!("{:02}-01-2024", row + 1);
            writer.write_record(["0201609996", &date, "P76", text]).unwrap();
        }
        let table = read(&writer.into_inner().unwrap(), slice).unwrap();
        prop_assert_eq!(table.source.ledger.used, texts.len() as u64);
        prop_assert!(table.source.set_aside.is_empty());
        let mut records = profilblik::records::Records::default();
        records.add(table);
        records.settle();
        let events = records.events(profilblik::schema::Register::Diagnose).unwrap();
        let read: Vec<&str> = (0..events.len()).map(|at| events.text(at, profilblik::schema::Field::Tekst)).collect();
        prop_assert_eq!(read, texts.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
