//! What is fuzzed, and what must hold of any bytes. The same functions run under `cargo fuzz`
//! (`fuzz/`, by `./run deep fuzz`) and on every test run over the kept corpus and mutations of it.

use std::sync::LazyLock;

use profilblik::catalog;
use profilblik::day::Day;
use profilblik::decode::{HEAD_BYTES, Probe, probe};
use profilblik::dosage::{self, Reading};
use profilblik::evaluate::Evaluator;
use profilblik::profile::{self, Checked};
use profilblik::records::value::Reading as Number;
use profilblik::records::{TableReader, date};
use profilblik::session::{Input, Session};
use profilblik::truth::Truth;

/// Takes any bytes, and panics where something does not hold.
pub type Target = fn(&[u8]);

/// Every target by its name, which is that of its folder in the corpus.
pub const ALL: &[(&str, Target)] = &[
    ("sniff", sniff),
    ("delimited", delimited),
    ("xlsx", xlsx),
    ("fhir", fhir),
    ("card", card),
    ("dataset", dataset),
    ("profile", check_profile),
    ("dosage", read_dosage),
    ("date", read_date),
    ("number", read_number),
    ("evaluate", evaluate),
];

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..bytes.len().min(HEAD_BYTES)).unwrap_or(bytes)
}

/// Whatever a file is called, it is told apart, or refused in words that name it.
pub fn sniff(bytes: &[u8]) {
    for name in ["a.csv", "b.txt", "c.xlsx", "d.toml", "e.json", "f.zip", "g"] {
        if let Probe::Refused(refusal) = probe(name, bytes.len() as u64, head(bytes)) {
            assert!(
                refusal.text.da.contains(name) && refusal.text.en.contains(name),
                "{refusal:?}"
            );
        }
    }
}

/// Every line has its place, in slices of any size.
pub fn delimited(bytes: &[u8]) {
    let Probe::Table(table) = probe("d.csv", bytes.len() as u64, head(bytes)) else { return };
    let read = |slice: usize| {
        let mut reader = TableReader::new("d.csv", &table);
        bytes.chunks(slice).for_each(|part| reader.push(part));
        reader.finish()
    };
    let (whole, sliced) = (read(bytes.len().max(1)), read(7));
    for (one, other) in whole.apart().iter().zip(sliced.apart()) {
        assert!(one.source.ledger.balanced(), "{:?}", one.source.ledger);
        assert_eq!(one.source.ledger, other.source.ledger);
        assert_eq!(one.source.set_aside, other.source.set_aside);
    }
}

/// Every patient has one place in every population, and whoever is on a list can be explained.
pub fn evaluate(bytes: &[u8]) {
    static PROFILES: LazyLock<Vec<Checked>> = LazyLock::new(|| {
        let asked = ["demens", "opioid_over_100", "dosisdispensering"];
        catalog::built_in().into_iter().filter(|one| asked.contains(&one.id.as_str())).collect()
    });
    let mut session = Session::with_profiles(Vec::new());
    let today = Day::from_ymd(2026, 6, 1).expect("a day");
    session.read_all(vec![Input::bytes("medicin.csv", bytes.to_vec())], today, &mut |_| {});
    let records = session.records();
    for plan in PROFILES.iter().filter_map(|profile| profile.plan.as_ref()) {
        let evaluator = Evaluator::new(plan, records, today);
        let found = evaluator.population();
        let lists = found.members.len() + found.undecided.len();
        let all = lists + (found.outside + found.not_looked_at) as usize;
        assert_eq!(all, records.patients.len(), "{}", plan.header.id);
        for member in found.members.iter().take(3) {
            assert_eq!(
                evaluator.explain(member.patient).inclusion,
                Truth::Yes,
                "{}",
                plan.header.id
            );
        }
        for undecided in found.undecided.iter().take(3) {
            let said = evaluator.explain(undecided.patient).inclusion;
            assert_eq!(said, Truth::Unknown, "{}", plan.header.id);
        }
    }
}

/// A file is read or refused, never neither, and every table that is read balances.
fn dropped(name: &str, bytes: &[u8]) {
    let mut session = Session::with_profiles(Vec::new());
    let today = Day::from_ymd(2026, 6, 1).expect("a day");
    session.read_all(vec![Input::bytes(name, bytes.to_vec())], today, &mut |_| {});
    let sources = &session.records().sources;
    assert!(!sources.is_empty() || !session.refused().is_empty(), "{name} is lost");
    for source in sources {
        assert!(source.ledger.balanced(), "{}: {:?}", source.name, source.ledger);
        assert_eq!(source.ledger.set_aside, source.set_aside.len() as u64, "{}", source.name);
    }
    for (_, refusal) in session.refused() {
        assert!(!refusal.text.da.is_empty() && !refusal.text.en.is_empty());
    }
}

/// As a workbook, and as the one sheet of a workbook.
pub fn xlsx(bytes: &[u8]) {
    dropped("a.xlsx", bytes);
    let sheet = String::from_utf8_lossy(bytes);
    let parts = super::workbook::parts(&[("Ark1", &sheet)], &["cpr".into(), "icpc".into()]);
    dropped("b.xlsx", &super::workbook::container(&parts));
}

/// A bundle, or resources line by line.
pub fn fhir(bytes: &[u8]) {
    dropped("a.json", bytes);
}

/// A medicine card.
pub fn card(bytes: &[u8]) {
    dropped("a.xml", bytes);
}

/// A table of another data model.
pub fn dataset(bytes: &[u8]) {
    dropped("person.csv", bytes);
}

/// A profile is a plan, or has an error with a line of the file.
pub fn check_profile(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let checked = profile::check("p.toml", text);
    let lines = text.lines().count().max(1) + 1;
    for note in &checked.notes {
        assert!(note.place.line as usize <= lines, "{note:?}");
        assert!(!note.text.da.is_empty() && !note.text.en.is_empty(), "{note:?}");
    }
    assert!(checked.plan.is_some() || !checked.notes.is_empty(), "neither a plan nor an error");
}

/// A dose is a range that is not negative; what is unknown says where in the text.
pub fn read_dosage(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match dosage::read(text) {
        Reading::Daily(daily) => {
            let zero = profilblik::ratio::Ratio::whole(0);
            assert!(zero <= daily.fixed.low && daily.fixed.low <= daily.fixed.high, "{daily:?}");
            assert!(
                daily.as_needed.and_then(|part| part.max).is_none_or(|max| zero < max),
                "{daily:?}"
            );
            assert!(text.chars().any(char::is_alphanumeric), "a dose of nothing: {daily:?}");
        }
        Reading::Unknown(unknown) => {
            assert!(text.get(unknown.start..unknown.end).is_some(), "{unknown:?} of {text:?}");
        }
    }
}

/// A day is written as it was read.
pub fn read_date(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some(day) = date::read(text).day() {
        let (year, month, number) = day.ymd();
        assert_eq!(Day::from_ymd(year, month, number), Some(day), "{text:?}");
        assert_eq!(date::read(&day.to_string()).day(), Some(day), "{text:?}");
        assert!(text.bytes().filter(u8::is_ascii_digit).count() >= 4, "a day out of {text:?}");
    }
}

/// A number has digits, and is read again from what it is shown as.
pub fn read_number(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let read = Number::read(text);
    if let Some(amount) = read.exact() {
        let shown = amount.danish();
        let again = Number::read(&shown);
        assert!(again == Number::Ambiguous || again == read, "{text:?}: {shown:?} {again:?}");
    }
    let has_digit = text.chars().any(|c| c.is_ascii_digit() || "½¼¾".contains(c));
    assert!(has_digit || matches!(read, Number::Missing | Number::Text), "{text:?}: {read:?}");
}
