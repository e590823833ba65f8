//! Files made to harm: nothing panics, everything is refused or set aside with its reason.

use profilblik::day::Day;
use profilblik::decode::Reason;
use profilblik::decode::fhir::Pool;
use profilblik::session::{Input, Session};
use proptest::prelude::*;

use crate::mapping::made;

fn read(files: &[(&str, &str)]) -> Session {
    let mut session = Session::with_profiles(Vec::new());
    let inputs = files.iter().map(|(name, text)| Input::bytes(name, text.as_bytes().to_vec()));
    session.read_all(inputs.collect(), Day::parse_iso("2025-10-01").unwrap(), &mut |_| {});
    session
}

fn refused(text: &str) -> &'static str {
    let session = read(&[("a.json", text)]);
    session.refused().first().map_or("", |(_, refusal)| refusal.code)
}

const SOUND: &str = r#"{"resourceType":"Condition","subject":{"reference":"Patient/1"}}"#;

#[test]
fn a_file_that_cannot_be_told_apart_is_refused() {
    let bundle = format!(r#"{{"resourceType":"Bundle","entry":[{{"resource":{SOUND}}}]}}"#);
    let deep = format!(r#"{{"resourceType":"Bundle","entry":{}"#, "[".repeat(200_000));
    for text in [
        &bundle[..bundle.len() - 1],
        &bundle[..40],
        deep.as_str(),
        r#"{"resourceType":"Bundle","entry":[],"entry":[]}"#,
        r#"{"resourceType":"Bundle","entry":7}"#,
        r#"[{"resourceType":"Condition"},"#,
        r#"{"resourceType":"Condition","a":1,"a":2}"#,
    ] {
        assert_eq!(refused(text), "broken-json", "{}", &text[..text.len().min(60)]);
    }
    assert_eq!(refused(&bundle), "");
    assert_eq!(refused(r#"{"a":1}"#), "json");
    assert_eq!(refused(r#"{"resourceType":"Bundle"}"#), "nothing-of-use");
    assert_eq!(refused(r#"{"resourceType":"Organization"}"#), "nothing-of-use");
}

#[test]
fn one_broken_resource_is_set_aside_and_the_rest_is_read() {
    let deep =
        format!(r#"{{"resourceType":"Condition","a":{}1{}}}"#, "[".repeat(500), "]".repeat(500));
    for broken in [
        r#"{"resourceType":"Condition","subject":"#,
        r#"{"resourceType":"Condition","a":1,"a":2}"#,
        r#"{"resourceType":"Observation","valueQuantity":{"value":1e400}}"#,
        r#"{"resourceType":"Condition","code":{"text":"\ud800"}}"#,
        deep.as_str(),
    ] {
        let lines = [SOUND, broken, SOUND].join("\n");
        let table = made(&[("a.ndjson", &lines)]).remove(0).1.tables.remove(0);
        let aside: Vec<(u32, Reason)> =
            table.set_aside.iter().map(|one| (one.line, one.reason)).collect();
        assert_eq!(aside, [(2, Reason::BrokenResource)], "{broken:.60}");
        let session = read(&[("a.ndjson", &lines)]);
        let ledger = session.records().sources[0].ledger;
        assert!(ledger.balanced());
        assert_eq!((ledger.used, ledger.set_aside), (2, 1), "{broken:.60}");
    }
}

#[test]
fn strange_values_are_cells_and_no_more() {
    let strange = r#"{"resourceType":"Condition","subject":[{"reference":{"a":1}}],"code":[[{"text":"a;\"b\"\nc"}]],
        "recordedDate":12,"category":"x","extension":[{"url":"urn:profilblik:cpr","valueString":"0201609996"}]}"#;
    let session = read(&[("a.json", strange)]);
    let source = &session.records().sources[0];
    assert_eq!((source.ledger.used, source.set_aside[0].reason), (0, Reason::CprMissing));
}

proptest! {
    #[test]
    fn damaged_bundles_never_panic(at in 0usize..2000, byte: u8, cut in 0usize..2000) {
        let lines = format!("{SOUND}\n{{\"resourceType\":\"Patient\",\"id\":\"1\",\"birthDate\":\"1960\"}}\n");
        let bundle = format!(
            r#"{{"resourceType":"Bundle","entry":[{{"fullUrl":"urn:uuid:1","resource":{SOUND}}}]}}"#
        );
        for text in [lines, bundle] {
            let mut bytes = text.into_bytes();
            let (place, length) = (at % bytes.len(), cut % bytes.len());
            bytes[place] = byte;
            bytes.truncate(bytes.len() - length);
            let mut pool = Pool::default();
            let _ = pool.read("a", bytes);
            let _ = pool.finish();
        }
    }
}
