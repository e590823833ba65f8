//! Files that are no export: each is refused for its reason, and what stands beside it is used.

use crate::packing::zipped;
use crate::read;

const GOOD: &str = "cpr;icpc;dato\n6101016006;Q99;01-02-2026\n";

fn cases() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let locked = {
        use std::io::Write;
        use zip::unstable::write::FileOptionsExt;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().with_deprecated_encryption(b"kode");
        zip.start_file("d.csv", options.unwrap()).unwrap();
        zip.write_all(GOOD.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let whole = zipped("d.csv", GOOD.as_bytes());
    vec![
        ("tom.csv", Vec::new(), "empty"),
        ("blank.csv", b" \n\n \n".to_vec(), "empty"),
        ("liste.pdf", b"%PDF-1.4\n".to_vec(), "pdf"),
        ("liste.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), "old-excel"),
        ("laast.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), "locked-excel"),
        ("web.xls", b"<html><table></table></html>".to_vec(), "web-table"),
        ("side.html", b"<!doctype html><p>".to_vec(), "markup"),
        ("patienter.ncd", b"whatever".to_vec(), "patient-listing"),
        ("data.json", b"{\"a\":1}".to_vec(), "json"),
        ("bundle.json", b"{\"resourceType\":\"Bundle\",\"entry\":[".to_vec(), "broken-json"),
        ("slots.json", b"{\"resourceType\":\"Slot\"}".to_vec(), "nothing-of-use"),
        ("kort.xml", b"<MedicineCard><DrugMedication>".to_vec(), "broken-card"),
        ("billede.csv", (0..=255u8).cycle().take(2_000).collect(), "binary"),
        ("prosa.txt", b"En tekst uden tabel.\nOg en linje til.\n".to_vec(), "not-a-table"),
        ("statistik.csv", b"Ydelse;Antal\n9001;12\n9002;14\n".to_vec(), "no-cpr"),
        ("klip.zip", whole[..whole.len() / 2].to_vec(), "broken-archive"),
        ("klip.csv.gz", b"\x1F\x8B\x08\x00".to_vec(), "broken-gzip"),
        ("klip.xlsx", b"PK".to_vec(), "broken-workbook"),
        ("laast.zip", locked, "locked-archive"),
        (
            "tom.zip",
            zip::ZipWriter::new(std::io::Cursor::new(Vec::new())).finish().unwrap().into_inner(),
            "empty-archive",
        ),
    ]
}

#[test]
fn each_is_refused_for_its_reason_in_words_that_name_it() {
    for (name, bytes, code) in cases() {
        let session = read(name, &bytes);
        let codes: Vec<&str> = session.refused().iter().map(|(_, refusal)| refusal.code).collect();
        assert_eq!(codes, [code], "{name}");
        let text = &session.refused()[0].1.text;
        assert!(text.da.contains(name) && text.en.contains(name) && text.da != text.en, "{text:?}");
        assert!(session.records().sources.is_empty(), "{name}");
    }
}

#[test]
fn what_is_packed_beside_it_is_used() {
    use std::io::Write;
    for (name, bytes, _) in cases() {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in [("diagnoser.csv", GOOD.as_bytes()), (name, &bytes)] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        let session = read("udtræk.zip", &zip.finish().unwrap().into_inner());
        let used: u64 = session.records().sources.iter().map(|source| source.ledger.used).sum();
        assert_eq!((used, session.refused().len()), (1, 1), "{name}: {:?}", session.refused());
    }
}
