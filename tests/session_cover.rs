//! »Skærm til andre«: while it is on, no reply holds a CPR number, a name or an address.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use profilblik::day::Day;
use profilblik::profile::check;
use profilblik::protocol::{ListQuery, Reply, Request};
use profilblik::session::{Input, Session};
use profilblik::view::ListView;

const PROFILE: &str = include_str!("opioid/page.toml");
const ID: &str = "opioid_flag";

const PATIENTS: &str = "cpr;navn;adresse;postnummer;by;foedselsdato\n\
    6101301110;Anna Ravnsborg;Prøvevej 7, 2. tv;9999;Opdigtet;01-01-1930\n\
    6101401120;Bodil Tjørnelund;Prøvevej 9;9999;Opdigtet;01-01-1940\n";

const MEDICINES: &str = "cpr;atc;navn;styrke;form;dosering;doegndosis;enhed;type;startdato;slutdato\n\
    6101301110;N02AA01;Morfin;60 mg;depottabletter;1 tablet morgen og aften til Anna 610130-1110;2;tablet;Fast;01-01-2026;31-12-2026\n\
    6101401120;N02AA05;Oxycodon;30 mg;depottabletter;efter aftale med RAVNSBORG og Tjørnelund;;tablet;Fast;01-01-2026;31-12-2026\n";

/// File names may say who it is about, too.
const FILES: [(&str, &str); 2] =
    [("Patienter hos Kvistgaard.csv", PATIENTS), ("medicin Kvistgaard.csv", MEDICINES)];

const SECRETS: [&str; 8] =
    ["Anna", "Bodil", "Tjørnelund", "Prøvevej", "9999", "Kvistgaard", "01-01-1930", "01-01-1940"];

fn read() -> Session {
    let mut session = Session::with_profiles(vec![check("opioid_flag.toml", PROFILE)]);
    let input = |(name, text): &(&str, &str)| Input::bytes(name, text.as_bytes().to_vec());
    let files = FILES.iter().map(input).collect();
    session.read_all(files, Day::parse_iso("2026-06-01").unwrap(), &mut |_| {});
    session
}

fn say(session: &mut Session, request: &Request) -> Vec<Reply> {
    let mut said = Vec::new();
    session.request(request, &mut |reply| said.push(reply));
    said
}

fn covered(seed: (u32, u32)) -> Session {
    let mut session = read();
    say(&mut session, &Request::Cover(Some(seed)));
    session
}

fn query(search: &str) -> ListQuery {
    let optional = ["adresse", "postnummer", "by", "foedselsdato"].map(str::to_owned).to_vec();
    let (profile, search) = (ID.to_owned(), search.to_owned());
    ListQuery { profile, search, optional, count: 100, ..ListQuery::default() }
}

fn list(session: &mut Session, search: &str) -> ListView {
    match say(session, &Request::List(query(search))).pop() {
        Some(Reply::List(view)) => *view,
        other => panic!("{other:?}"),
    }
}

fn names(session: &mut Session) -> Vec<String> {
    list(session, "").rows.into_iter().map(|row| row.cpr).collect()
}

/// All that can be asked, with what the list gives to ask with.
fn everything(session: &mut Session) -> Vec<Reply> {
    let mut said = say(session, &Request::Cover(Some((7, 7))));
    let profile = ID.to_owned();
    said.extend(say(session, &Request::List(query(""))));
    said.extend(say(session, &Request::Opioids));
    said.extend(say(session, &Request::Lines { reason: "bad-cpr".into(), most: 9 }));
    for cpr in names(session) {
        let patient =
            Request::Patient { profile: profile.clone(), cpr: cpr.clone(), query: query("") };
        said.extend(say(session, &patient));
        let timeline = Request::Timeline { profile: profile.clone(), cpr: cpr.clone() };
        said.extend(say(session, &timeline));
        said.extend(say(session, &Request::OpioidPatient { cpr: cpr.clone() }));
        said.extend(say(session, &Request::LookUp { text: cpr }));
    }
    said.extend(say(session, &Request::LookUp { text: "610130-1110".into() }));
    said.extend(say(session, &Request::LookUp { text: "Prøve".into() }));
    said
}

/// `\d{6}[- ]?\d{4}`
fn has_number(text: &str) -> bool {
    let bytes: Vec<u8> = text.bytes().collect();
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    let at = |window: &[u8]| {
        let gap = usize::from(matches!(window[6], b'-' | b' '));
        digits(&window[..6]) && digits(&window[6 + gap..10 + gap])
    };
    bytes.windows(11).any(at)
}

fn leaks(said: &[Reply]) -> Vec<String> {
    let texts = said.iter().map(|reply| serde_json::to_string(reply).unwrap());
    let bad = |text: &String| has_number(text) || SECRETS.iter().any(|known| text.contains(known));
    texts.filter(bad).collect()
}

#[test]
fn no_reply_says_who_it_is() {
    let said = everything(&mut covered((1, 2)));
    assert!(said.len() > 12, "{}", said.len());
    assert_eq!(leaks(&said), Vec::<String>::new());
}

#[test]
fn without_the_cover_the_same_replies_do() {
    let mut session = read();
    let open = say(&mut session, &Request::List(query("")));
    assert_eq!(leaks(&open).len(), 1);
    assert_eq!(names(&mut session), ["6101301110", "6101401120"]);
}

#[test]
fn a_pseudonym_opens_the_patient_and_lasts_as_long_as_the_session() {
    let mut session = covered((1, 2));
    let shown = names(&mut session);
    assert!(shown.iter().all(|name| name.starts_with("Patient ")), "{shown:?}");
    let replies = say(&mut session, &Request::Reveal(shown[0].clone()));
    assert_eq!(replies, [Reply::Reveal("610130-1110 Anna Ravnsborg".into())]);
    say(&mut session, &Request::Cover(None));
    assert_eq!(names(&mut session), ["6101301110", "6101401120"]);
    say(&mut session, &Request::Cover(Some((9, 9))));
    assert_eq!(names(&mut session), shown);
}

#[test]
fn another_session_with_the_same_file_has_other_pseudonyms() {
    let (one, two) = (names(&mut covered((1, 2))), names(&mut covered((1, 3))));
    assert!(one.iter().all(|name| !two.contains(name)), "{one:?} {two:?}");
    assert_ne!(one[0], one[1]);
}

#[test]
fn names_and_numbers_find_nobody() {
    let mut session = covered((1, 2));
    assert_eq!(list(&mut session, "Anna").rows.len(), 2);
    let cpr = "6101301110".to_owned();
    let patient = Request::Patient { profile: ID.into(), cpr, query: query("") };
    match say(&mut session, &patient).pop() {
        Some(Reply::Patient(view)) => assert!(view.criteria.is_empty(), "{view:?}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn figures_of_the_list_are_the_same() {
    let (open, hidden) = (list(&mut read(), ""), list(&mut covered((1, 2)), ""));
    assert_eq!((open.total, &open.profile), (hidden.total, &hidden.profile));
    let markers = |view: &ListView| view.rows.iter().map(|r| r.markers.clone()).collect::<Vec<_>>();
    assert_eq!(markers(&open), markers(&hidden));
}

/// More patients dropped later get numbers of their own; the others keep theirs.
#[test]
fn a_second_export_leaves_the_pseudonyms_alone() {
    let mut session = covered((1, 2));
    let before = names(&mut session);
    let more = MEDICINES.replace("6101301110", "6101501130").replace("610130-1110", "");
    let mut said = Vec::new();
    let today = Day::parse_iso("2026-06-01").unwrap();
    let input = vec![Input::bytes("Kvistgaard mere.csv", more.into_bytes())];
    session.read_all(input, today, &mut |reply| said.push(reply));
    assert_eq!(leaks(&said), Vec::<String>::new());
    let after = names(&mut session);
    assert!(before.iter().all(|name| after.contains(name)), "{before:?} {after:?}");
}
