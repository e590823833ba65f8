//! What nobody sees is shown, and persons who look alike stay two: names, files and profiles with
//! characters that hide or turn others around.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use profilblik::day::Day;
use profilblik::profile::check;
use profilblik::protocol::{ListQuery, Reply, Request};
use profilblik::session::{Input, Session};

const PROFILE: &str = "format = 1\n[profil]\nid = \"egen\"\nversion = \"1\"\n\
    titel = \"Mål\u{202e}lam\"\n[kriterie.alle]\ntekst = \"Er voksen\"\nregister = \"patient\"\n\
    alder = \"> 17\"\n[population]\ninklusion = { alle = [\"alle\"] }\n";

/// Latin and Cyrillic, one with a name turned around, one with a character of no width; file names as
/// given. Days above 60 are in numbers that nobody has.
fn replies(file: &str) -> Vec<Reply> {
    let text = "cpr;navn;adresse\n6101301110;Anna Opdigtet;Vej 1\n6101301112;\u{410}nna Opdigtet;Vej 1\n\
        6101301114;Bo\u{202e}oB Opdigtet;Vej 2\n6101301116;Bo\u{200b} Opdigtet;Vej\u{ad} 3\n";
    let mut session = Session::with_profiles(vec![check("egen.toml", PROFILE)]);
    let mut said = Vec::new();
    let files = vec![Input::bytes(file, text.as_bytes().to_vec())];
    session.read_all(files, Day::parse_iso("2026-06-01").unwrap(), &mut |reply| said.push(reply));
    let query = ListQuery { profile: "egen".into(), count: u64::MAX, ..ListQuery::default() };
    session.request(&Request::List(query), &mut |reply| said.push(reply));
    said
}

#[test]
fn every_text_that_is_shown_shows_what_nobody_would_see() {
    let said = format!("{:?}", replies("patienter\u{202e}vsc.csv"));
    for shown in ["Bo⟨202E⟩oB", "Bo⟨200B⟩ Opdigtet", "patienter⟨202E⟩vsc.csv", "Mål⟨202E⟩lam"]
    {
        assert!(said.contains(shown), "{shown}");
    }
    // `Debug` writes the characters themselves as escapes.
    for unseen in ["202e", "200b", "ad}"] {
        assert!(!said.contains(&format!("\\u{{{unseen}")), "{unseen}");
    }
}

#[test]
fn names_that_look_alike_are_two_persons() {
    let said = replies("patienter.csv");
    let Some(Reply::List(list)) = said.last() else { panic!("no list") };
    assert_eq!(list.total, 4);
    let numbers: std::collections::BTreeSet<&str> =
        list.rows.iter().map(|row| row.cpr.as_str()).collect();
    assert_eq!(numbers.len(), 4);
}
