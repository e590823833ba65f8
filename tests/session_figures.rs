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

const LISTED: &str = r#"
[[maalepunkt]]
id = "pr"
titel = "Over 50 pr. 1.000"
taeller = "over_50"
"#;

fn typed(counts: &[(&str, &str)]) -> FiguresView {
    let mut session =
        Session::with_profiles(vec![check("maal.toml", &format!("{PROFILE}{LISTED}"))]);
    let file = Input::bytes("patienter.csv", patients().into_bytes());
    session.read_all(vec![file], Day::parse_iso("2026-06-01").unwrap(), &mut |_| {});
    let mut answer = None;
    for (practice, count) in counts {
        let request = Request::SetInsured {
            profile: "maal".into(),
            practice: (*practice).into(),
            count: (*count).into(),
        };
        session.request(&request, &mut |reply| answer = Some(reply));
    }
    match answer {
        Some(Reply::Figures(view)) => *view,
        other => panic!("{other:?}"),
    }
}

fn sources(view: &FiguresView) -> Vec<(&str, &str)> {
    let rows = view.measures.last().unwrap().rows.iter();
    rows.map(|row| (&*row.exact.denominator, &*row.exact.source)).collect()
}

#[test]
fn a_typed_number_of_insured_is_used_and_named() {
    let view = typed(&[("A", "1.905")]);
    assert_eq!(view.refused, "");
    let partly = "indtastet for nogle ydernumre, resten fra patientfilen";
    let expected =
        [("1.905", "indtastet: 1.905"), ("35", "tilmeldte i patientfilen"), ("1.940", partly)];
    assert_eq!(sources(&view), expected);
    assert_eq!(view.insured[0].typed, "1905");
    // A measure among a criterion's persons is not touched.
    assert_eq!(exact(&view.measures[0].rows[0])[2], "40");
    assert_eq!(view.measures[0].rows[0].exact.source, "");
    let back = typed(&[("A", "1905"), ("A", "")]);
    assert_eq!(sources(&back)[0], ("40", "tilmeldte i patientfilen"));
}

#[test]
fn a_number_that_cannot_be_is_refused_by_name_and_changes_nothing() {
    for (practice, count, said) in [
        ("A", "0", "ydernummer A: »0« er ikke et helt tal over 0"),
        ("A", "-3", "»-3« er ikke"),
        ("A", "mange", "»mange« er ikke"),
        ("A", "9", "»9« er færre end de 10 personer"),
        ("C", "500", "ydernummer C"),
    ] {
        let view = typed(&[("A", "600"), (practice, count)]);
        assert!(view.refused.contains(said), "{}", view.refused);
        assert_eq!(sources(&view)[0], ("600", "indtastet: 600"));
    }
}

#[test]
fn the_copy_says_what_it_is_and_holds_nothing_exact() {
    let view = typed(&[("A", "1903")]);
    let plan = check("maal.toml", &format!("{PROFILE}{LISTED}")).plan.unwrap();
    let lines: Vec<&str> = view.copy.lines().collect();
    assert_eq!(lines[0], format!("Mål\t1\t{}", plan.fingerprint));
    assert_eq!(lines[1], "Gjort op pr. 01-06-2026");
    assert!(lines.contains(&"A\t10\t1.905\t5,2\t0\tindtastet: 1.903"), "{}", view.copy);
    assert!(
        lines.contains(&"B\tunder 5\t–\tunder 5\t0\ttilmeldte i patientfilen"),
        "{}",
        view.copy
    );
    assert!(view.measures.iter().all(|measure| lines.contains(&&*measure.rule)));
    let rule = &view.measures[0].rule;
    assert!(rule.contains("Fra eget system") && rule.contains("Små tal"), "{rule}");
}

#[test]
fn a_table_of_medicines_stands_beside_the_figures_and_in_the_copy() {
    let table = "[[tabel]]\ntitel = \"Præparater\"\nkoder = [\"X01\"]\n";
    let view = figures(&patients(), &format!("{PROFILE}{table}"));
    assert_eq!(view.products[0].title, "Præparater");
    assert_eq!(view.products[0].remark, "Medicin findes ikke i filen.");
    assert!(view.products[0].rule.contains("mere end 100 %"));
    assert!(view.copy.contains("Medicin findes ikke i filen."));
}

#[test]
fn nothing_that_a_profile_or_a_file_says_is_a_formula_in_the_copy() {
    let hostile = PROFILE
        .replace("titel = \"Mål\"", "titel = \"=1+1\"")
        .replace("titel = \"Andel kvinder over 50\"", "titel = \"@SUM(A1)\\tB\"")
        .replace("titel = \"Kommunens tal\"", "titel = \"-1+1\"")
        .replace("findes_ikke = \"Kommunen har det.\"", "findes_ikke = \"＝1\"");
    let table = "[[tabel]]\ntitel = \"+1+1\"\nkoder = [\"X01\"]\n";
    let patients = patients().replace(";A\n", ";=2\n");
    let view = figures(&patients, &format!("{hostile}{table}"));
    let cells: Vec<&str> = view.copy.split(['\t', '\n']).collect();
    let begins = |cell: &&&str| cell.starts_with(['=', '+', '-', '@', '＝']);
    assert_eq!(cells.iter().filter(begins).count(), 0, "{}", view.copy);
    for text in ["'=1+1", "'@SUM(A1) B", "'-1+1", "'+1+1", "'=2"] {
        assert!(cells.contains(&text), "{text}: {}", view.copy);
    }
}
