//! Dosage texts: own cases, the official suggestions, and properties of every text.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use profilblik::dosage::{LONGEST, Reading, read};
use profilblik::ratio::Ratio;
use proptest::prelude::*;

const SUGGESTIONS: &str = "data/dosage/dosage-suggestions.csv";

/// Of the rows with derived numbers so many must be exact, in hundredths; none may be wrong.
const EXACT: usize = 97;

fn shown(text: &str) -> String {
    match read(text) {
        Reading::Unknown(_) => "unknown".into(),
        Reading::Daily(daily) => {
            let part = daily.as_needed.map(|part| match part.max {
                Some(max) => format!(" +0..{max}"),
                None => " +0..?".to_owned(),
            });
            let unit = daily.unit.map(|unit| format!(" {unit}"));
            format!("{}{}{}", daily.fixed, part.unwrap_or_default(), unit.unwrap_or_default())
        }
    }
}

fn cases() -> Vec<(&'static str, &'static str)> {
    let lines = include_str!("dosage/cases.csv").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|l| l.rsplit_once('|').unwrap())
        .collect()
}

#[test]
fn own_cases() {
    let cases = cases();
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| shown(text) != *expected)
        .map(|(text, expected)| format!("{text}: {expected}, not {}", shown(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 300);
}

#[test]
fn the_place_of_an_unknown_lies_in_the_text() {
    for (text, _) in cases() {
        if let Reading::Unknown(unknown) = read(text) {
            assert!(unknown.start <= unknown.end, "{text}");
            assert!(text.get(unknown.start..unknown.end).is_some(), "{text}");
        }
    }
    let Reading::Unknown(unknown) = read("1 tablet måske daglig") else { panic!() };
    assert_eq!("1 tablet måske daglig".get(unknown.start..unknown.end), Some("måske"));
}

fn shared() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    std::env::var_os("PROFILBLIK_SHARED").map_or(beside, PathBuf::from)
}

/// The derived numbers are those of a whole day: fixed part, and to it what is as needed.
fn agrees(text: &str, least: &str, most: &str) -> Option<bool> {
    let reading = read(text);
    let daily = reading.daily()?;
    let number = |text: &str| Ratio::from(profilblik::amount::Amount::parse(text).unwrap());
    Some(daily.least() == number(least) && daily.most() == Some(number(most)))
}

#[test]
fn the_official_suggestions_are_exact_or_unknown() {
    let path = shared().join(SUGGESTIONS);
    let Ok(mut reader) = csv::Reader::from_path(&path) else {
        eprintln!("SKIPPED: {SUGGESTIONS} is not there");
        return;
    };
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let (with, without): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| !row["daily_max_derived"].is_empty());
    assert!(with.len() > 200 && !without.is_empty());
    let columns = ["simple_string", "short_text", "long_text"];
    for row in &with {
        for column in columns {
            let text = &row[column];
            // A simple string is a dosage of its own only as 1+0+1: »1« does not say how often.
            if text.is_empty() || (column == "simple_string" && !text.contains('+')) {
                continue;
            }
            let (least, most) = (&row["daily_min_derived"], &row["daily_max_derived"]);
            let count = counts.entry(column).or_default();
            match agrees(text, least, most) {
                Some(true) => count.0 += 1,
                None => count.1 += 1,
                Some(false) => panic!("{text}: {least} to {most}, not {}", shown(text)),
            }
        }
    }
    for (column, (exact, unknown)) in &counts {
        println!("{column}: {exact} exact, {unknown} unknown, 0 wrong");
        assert!(exact * 100 >= EXACT * (exact + unknown), "{column}: only {exact} exact");
    }
}

// No derived numbers: single doses, days that differ, courses, as needed. What they may be read as
// follows from their kind, so that a new reading of one of them is seen here.
#[test]
fn suggestions_without_numbers_are_read_only_as_their_kind_allows() {
    let Ok(mut reader) = csv::Reader::from_path(shared().join(SUGGESTIONS)) else {
        eprintln!("SKIPPED: {SUGGESTIONS} is not there");
        return;
    };
    let rows = reader.deserialize::<BTreeMap<String, String>>().map(Result::unwrap);
    for row in rows.filter(|row| row["daily_max_derived"].is_empty()) {
        for column in ["simple_string", "short_text", "long_text"] {
            let text = row[column].replace('\n', " ");
            let reading = read(&text);
            let Some(daily) = reading.daily() else { continue };
            let days: i64 = row["iteration_days"].parse().unwrap();
            let allowed = match row["type"].as_str() {
                "PN" => daily.fixed.high.is_zero() && daily.most().is_some(),
                // The sum of the days over the days of the round: a whole multiple of one part.
                "Kompleks" if days > 1 => {
                    let parts = daily.fixed.low.times(Ratio::whole(days)).unwrap();
                    daily.as_needed.is_none() && parts.denominator() == 1
                }
                "Kompleks" if row["prn"] == "1" => {
                    (daily.fixed.low, daily.most()) == (Ratio::whole(3), Some(Ratio::whole(8)))
                }
                "Kompleks" => text.contains("daglig i ") || text.contains(" aften efter et måltid"),
                _ => false,
            };
            assert!(allowed, "{text}: {}", shown(&text));
        }
    }
}

fn some_case() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(cases().into_iter().map(|(text, _)| text).collect::<Vec<_>>())
}

/// Words that no dosage text is known to hold, and some that have changed doses.
fn strange_word() -> impl Strategy<Value = String> {
    let telling = ["ikke", "derefter", "undtagen", "måske", "kun", "hvis", "aftale", "seponeres"];
    prop_oneof![
        proptest::sample::select(telling.to_vec()).prop_map(str::to_owned),
        "[bcdfgkqvwz]{4,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spaces_case_and_a_full_stop_change_nothing(
        text in some_case(), before in "[ \t\n]{0,3}", after in "[ \t\n]{0,3}", wide in "[ \t\n\u{a0}]{1,3}"
    ) {
        let expected = shown(text);
        let spaced = text.split(' ').collect::<Vec<_>>().join(&wide);
        prop_assert_eq!(shown(&format!("{before}{spaced}{after}")), expected.clone());
        prop_assert_eq!(shown(&text.to_uppercase()), expected.clone());
        prop_assert_eq!(shown(&format!("{text}.")), expected);
    }

    #[test]
    fn a_strange_word_anywhere_makes_it_unknown(
        text in some_case(), word in strange_word(), place in 0usize..12
    ) {
        let mut words: Vec<&str> = text.split(' ').collect();
        words.insert(place.min(words.len()), &word);
        prop_assert_eq!(shown(&words.join(" ")), "unknown", "{}", words.join(" "));
    }

    #[test]
    fn order_of_two_times_of_day_does_not_matter(a in 1u8..5, b in 1u8..5) {
        let one = shown(&format!("{a} tablet morgen og {b} tablet aften"));
        prop_assert_eq!(&one, &shown(&format!("{b} tablet aften og {a} tablet morgen")));
        prop_assert_eq!(&one, &shown(&format!("{a}+0+{b} tablet")));
        prop_assert_eq!(one, format!("{} tablet", a + b));
    }

    #[test]
    fn every_range_keeps_its_ends_in_order(
        low in 1i64..9, more in 0i64..5, times in 1i64..9, days in 1i64..30
    ) {
        let text = format!("{low}-{} tabletter {times} gange hver {days}. dag", low + more + 1);
        let reading = read(&text);
        let daily = reading.daily().unwrap();
        prop_assert_eq!(Some(daily.fixed.low), Ratio::new(low * times, days));
        prop_assert_eq!(Some(daily.fixed.high), Ratio::new((low + more + 1) * times, days));
    }

    #[test]
    fn nothing_panics(text in "\\PC{0,600}") {
        let _ = read(&text);
    }

    #[test]
    fn no_row_of_known_pieces_panics_or_gives_a_dose_below_nothing(
        picks in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..24)
    ) {
        if let Reading::Daily(daily) = read(&picks.join(" ")) {
            prop_assert!(!daily.fixed.low.is_zero() || daily.as_needed.is_some());
            prop_assert!(daily.fixed.low <= daily.fixed.high);
            prop_assert!(Ratio::ZERO <= daily.fixed.low);
        }
    }
}

const PIECES: [&str; 40] = [
    "1",
    "2",
    "1/2",
    "½",
    "0",
    "1-2",
    "+",
    "-",
    "x",
    ",",
    ".",
    "(",
    ")",
    "/",
    ":",
    "tablet",
    "mg",
    "morgen",
    "aften",
    "til natten",
    "og",
    "daglig",
    "gange",
    "hver",
    "dag",
    "3. dag",
    "8. time",
    "efter behov",
    "højst",
    "ugentlig",
    "mandag",
    "i 5 dage",
    "ved måltid",
    "kl.",
    "heraf",
    "fordelt på 2 doser",
    "Dag 1:",
    "en",
    "til",
    "dag",
];

#[test]
fn long_texts_are_unknown_and_quick() {
    for piece in ["1 tablet morgen og ", "(", "1-", "1+", "hver ", "1 time før eller ", "\u{feff}"]
    {
        let text = piece.repeat(LONGEST);
        assert_eq!(shown(&text), "unknown");
        assert_eq!(shown(&text.chars().take(LONGEST / 2).collect::<String>()), "unknown");
    }
}
