//! The measures of a profile as the page shows them (rule R19), and what of them a print keeps back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write;

use profilblik::day::Day;
use profilblik::profile::check;
use profilblik::protocol::{Reply, Request};
use profilblik::session::{Input, Session};
use profilblik::view::figures::{FigureRow, FiguresView};

const PROFILE: &str = r#"
format = 1
[profil]
id = "maal"
version = "1"
titel = "Mål"
[kriterie.over_50]
tekst = "Er over 50 år"
register = "patient"
alder = "> 50"
[kriterie.kvinde]
tekst = "Er kvinde"
register = "patient"
koen = "K"
[population]
inklusion = { alle = ["over_50"] }
[[maalepunkt]]
id = "andel"
titel = "Andel kvinder over 50"
taeller = "over_50"
naevner = "kvinde"
pr = 100
[[maalepunkt]]
id = "kommunalt"
titel = "Kommunens tal"
findes_ikke = "Kommunen har det."
"#;

/// Practice A: 40 women, 10 of them over 50. Practice B: 35 women, 2 over 50. Days above 60 are in
/// numbers that nobody has; the last digit is even for women.
fn patients() -> String {
    let mut rows = String::from("cpr;koen;ydernummer\n");
    for number in 0..75 {
        let (practice, old) = if number < 40 { ("A", number < 10) } else { ("B", number < 42) };
        let born = if old { "6101500" } else { "6101004" };
        writeln!(rows, "{born}{:03};K;{practice}", 2 * number).unwrap();
    }
    rows
}

fn figures(text: &str, profile: &str) -> FiguresView {
    let mut session = Session::with_profiles(vec![check("maal.toml", profile)]);
    let file = Input::bytes("patienter.csv", text.as_bytes().to_vec());
    session.read_all(vec![file], Day::parse_iso("2026-06-01").unwrap(), &mut |_| {});
    let mut answer = None;
    session.request(&Request::Figures("maal".into()), &mut |reply| answer = Some(reply));
    match answer {
        Some(Reply::Figures(view)) => *view,
        other => panic!("{other:?}"),
    }
}

fn exact(row: &FigureRow) -> [&str; 5] {
    let cells = &row.exact;
    [&row.practice, &cells.numerator, &cells.denominator, &cells.value, &cells.undecided]
        .map(String::as_str)
}

fn printed(row: &FigureRow) -> [&str; 3] {
    [&row.practice, &row.printed.numerator, &row.printed.value].map(String::as_str)
}

#[test]
fn the_screen_is_exact_and_the_print_hides_small_numbers_and_what_would_tell_of_them() {
    let view = figures(&patients(), PROFILE);
    assert_eq!(view.remark, "");
    let measure = &view.measures[0];
    assert_eq!(measure.value_title, "Pr. 100");
    assert!(measure.rule.contains("»Er over 50 år«") && measure.rule.contains("»Er kvinde«"));
    let rows: Vec<_> = measure.rows.iter().map(exact).collect();
    assert_eq!(
        rows,
        [
            ["A", "10", "40", "25,0", "0"],
            ["B", "2", "35", "5,7", "0"],
            ["Alle", "12", "75", "16,0", "0"]
        ]
    );
    let rows: Vec<_> = measure.rows.iter().map(printed).collect();
    assert_eq!(
        rows,
        [["A", "10", "25,0"], ["B", "under 5", "under 5"], ["Alle", "vises ikke", "vises ikke"]]
    );
}

#[test]
fn what_no_export_can_give_is_named_with_its_reason_and_counts_nobody() {
    let view = figures(&patients(), PROFILE);
    assert_eq!(view.measures.len(), 1);
    assert_eq!(view.absent[0].title, "Kommunens tal");
    assert_eq!(view.absent[0].reason, "Findes ikke i udtrækket. Kommunen har det.");
}

#[test]
fn a_profile_without_measures_says_so() {
    let (text, _) = PROFILE.split_once("[[maalepunkt]]").unwrap();
    let view = figures(&patients(), text);
    assert_eq!(view.remark, "Profilen har ingen målepunkter.");
}

#[test]
fn a_measure_is_counted_or_cannot_be_there_never_both() {
    let text = PROFILE.replace("findes_ikke = ", "taeller = \"kvinde\"\nfindes_ikke = ");
    let checked = check("maal.toml", &text);
    assert!(checked.plan.is_none());
    assert!(checked.notes.iter().any(|note| note.code == "unknown-key"), "{:?}", checked.notes);
}
