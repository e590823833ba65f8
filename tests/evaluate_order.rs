//! Row order and the way rows are split over files never change a result (rule R20, R22), and a
//! naive second evaluation agrees on windows and counts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use proptest::prelude::*;

use profilblik::day::Day;
use profilblik::evaluate::{Cell, Evaluator};
use profilblik::profile::check;
use profilblik::profile::plan::Plan;
use profilblik::records::{Builder, PatientId, Records};
use profilblik::schema::{Field, Register};
use profilblik::session::{Input, Session};
use profilblik::truth::Truth;

const INDEX: &str = "2025-06-01";

fn plan() -> Plan {
    let text = r#"
format = 1
[profil]
id = "order"
version = "1"
titel = "Rækkefølge"
[kriterie.opioid]
register = "medicin"
koder = ["N02A"]
vindue = ["-6 mdr", "0 d"]
antal = ">= 2"
[kriterie.loeber]
register = "medicin"
koder = ["N02A"]
tid = "periode"
[kriterie.nsaid]
register = "medicin"
koder = ["M01A"]
tid = "periode"
[kriterie.sammen]
samtidig = { af = ["loeber", "nsaid"], vindue = ["-90 d", "0 d"], mindst_dage = 5 }
[kriterie.dage]
register = "medicin"
koder = ["N02A"]
antal = ">= 3"
distinkt = "dag"
[kriterie.spredt]
register = "medicin"
koder = ["N02A"]
antal = ">= 2"
spredning = ">= 60 d"
[kriterie.egfr]
register = "proeve"
koder = ["DNK35302"]
vaelg = "seneste"
vaerdi = "< 60"
[kriterie.laveste]
register = "proeve"
koder = ["DNK35302"]
vaelg = "laveste"
vaerdi = "< 60"
[kriterie.efter]
register = "proeve"
koder = ["DNK35302"]
vindue = ["0 d", "60 d"]
anker = { kriterie = "opioid", vaelg = "enhver" }
[kriterie.forloeb]
register = "medicin"
koder = ["N02A"]
beregning = "aktuelt_forloeb"
gab = "14 d"
vaerdi = "> 3 mdr"
[population]
inklusion = { en_af = ["opioid", "loeber", "sammen", "dage", "spredt", "egfr", "laveste", "efter", "forloeb"] }
[[kolonne]]
titel = "Opioider"
register = "medicin"
koder = ["N02A"]
vis = "alle"
[[kolonne]]
titel = "eGFR"
register = "proeve"
koder = ["DNK35302"]
vis = "seneste"
"#;
    check("order.toml", text).plan.unwrap()
}

#[derive(Clone, Debug)]
struct Row {
    register: Register,
    patient: u8,
    cells: Vec<(Field, String)>,
}

fn day_text(offset: i32) -> String {
    Day::parse_iso(INDEX).unwrap().add_days(offset).to_string()
}

fn medicine() -> impl Strategy<Value = Row> {
    let code = prop::sample::select(vec!["N02AA01", "N02AX02", "M01AE01", "C09AA05", ""]);
    let start = prop::option::weighted(0.9, -400i32..30);
    let end = prop::option::weighted(0.4, -60i32..120);
    (0u8..4, code, start, end).prop_map(|(patient, code, start, length)| {
        let mut cells = vec![(Field::Kode, code.to_owned())];
        cells.extend(start.map(|s| (Field::Dato, day_text(s))));
        cells.extend(start.zip(length).map(|(s, l)| (Field::Slutdato, day_text(s + l))));
        Row { register: Register::Medicin, patient, cells }
    })
}

fn sample() -> impl Strategy<Value = Row> {
    let value = prop::sample::select(vec![
        "45",
        "59,9",
        "60",
        "72",
        ">90",
        ">30",
        "<15",
        "se bemærkning",
        "1.234",
        "",
    ]);
    let day = prop::option::weighted(0.9, -60i32..10);
    (0u8..4, value, day).prop_map(|(patient, value, day)| {
        let mut cells =
            vec![(Field::Kode, "DNK35302".to_owned()), (Field::Vaerdi, value.to_owned())];
        cells.extend(day.map(|d| (Field::Dato, day_text(d))));
        Row { register: Register::Proeve, patient, cells }
    })
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(prop_oneof![medicine(), sample()], 0..40)
}

fn cpr(patient: u8) -> String {
    format!("610101000{patient}")
}

fn build(rows: &[Row]) -> Records {
    let mut builder = Builder::new(&Register::ALL);
    for patient in 0..4 {
        builder.row(Register::Patient, &cpr(patient), &[]);
    }
    for row in rows {
        builder.row(row.register, &cpr(row.patient), &row.cells);
    }
    builder.finish()
}

/// Everything that a list or an explanation says, without positions.
fn said(plan: &Plan, records: &Records) -> Vec<String> {
    let evaluator = Evaluator::new(plan, records, Day::parse_iso(INDEX).unwrap());
    let population = evaluator.population();
    let mut out = vec![format!("{:?} {:?}", population.outside, population.not_looked_at)];
    out.extend(population.members.iter().map(|m| format!("{m:?}")));
    out.extend(population.undecided.iter().map(|u| format!("{u:?}")));
    for patient in records.patients.ids() {
        out.push(format!("{:?}", evaluator.verdicts(patient)));
        let explained: Vec<_> = evaluator
            .explain(patient)
            .criteria
            .iter()
            .map(|t| (t.truth, t.window, t.value, t.evidence.len()))
            .collect();
        out.push(format!("{explained:?}"));
        for column in &plan.columns {
            out.push(cell(&evaluator, &evaluator.cell(patient, column)));
        }
    }
    out
}

// Rows of one day may stand in any order.
fn cell(evaluator: &Evaluator<'_>, cell: &Cell) -> String {
    let Cell::Records(evidence) = cell else { return format!("{cell:?}") };
    let mut texts: Vec<_> = evidence
        .iter()
        .map(|e| {
            let events = evaluator.records.events(e.register).unwrap();
            (
                events.day(e.position),
                events.text(e.position, Field::Kode).to_owned(),
                events.text(e.position, Field::Vaerdi).to_owned(),
            )
        })
        .collect();
    texts.sort();
    format!("{texts:?}")
}

/// The rows as CSV files, each register in two.
fn files(rows: &[Row]) -> Vec<Input> {
    let patients: String = (0..4).map(|p| format!("{};tilmeldt\n", cpr(p))).collect();
    let mut out =
        vec![Input::bytes("patienter.csv", format!("cpr;status\n{patients}").into_bytes())];
    for (register, name, fields) in [
        (
            Register::Medicin,
            "medicin",
            vec![("atc", Field::Kode), ("dato", Field::Dato), ("slutdato", Field::Slutdato)],
        ),
        (
            Register::Proeve,
            "proever",
            vec![("npu", Field::Kode), ("vaerdi", Field::Vaerdi), ("dato", Field::Dato)],
        ),
    ] {
        let mine: Vec<&Row> = rows.iter().filter(|r| r.register == register).collect();
        for (number, half) in mine.chunks(mine.len() / 2 + 1).enumerate() {
            let heading: Vec<&str> = fields.iter().map(|(heading, _)| *heading).collect();
            let mut text = format!("cpr;{}\n", heading.join(";"));
            for row in half {
                let cell = |field: &Field| {
                    row.cells.iter().find(|(f, _)| f == field).map_or("", |(_, t)| t)
                };
                let cells: Vec<&str> = fields.iter().map(|(_, field)| cell(field)).collect();
                text += &format!("{};{}\n", cpr(row.patient), cells.join(";"));
            }
            out.push(Input::bytes(&format!("{name}{number}.csv"), text.into_bytes()));
        }
    }
    out
}

/// The number of sure and perhaps rows, counted row by row over what was put in.
fn naive_count(rows: &[Row], patient: u8) -> (u32, u32) {
    let index = Day::parse_iso(INDEX).unwrap();
    let mut seen: Vec<&Row> = Vec::new();
    let (mut sure, mut perhaps) = (0, 0);
    for row in rows {
        let cell = |field| row.cells.iter().find(|(f, _)| *f == field).map(|(_, t)| t.as_str());
        let copy = seen.iter().any(|other| {
            other.register == row.register
                && other.patient == row.patient
                && other.cells == row.cells
        });
        if row.patient != patient || row.register != Register::Medicin || copy {
            continue;
        }
        seen.push(row);
        if !cell(Field::Kode).unwrap_or("").starts_with("N02A") {
            continue;
        }
        match cell(Field::Dato).map(|text| Day::parse_iso(text).unwrap()) {
            Some(day) if index.add_months(-6) <= day && day <= index => sure += 1,
            Some(_) => {}
            None => perhaps += 1,
        }
    }
    (sure, perhaps)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_is_of_no_consequence((first, second) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))) {
        let plan = plan();
        prop_assert_eq!(said(&plan, &build(&first)), said(&plan, &build(&second)));
    }

    #[test]
    fn rows_in_several_files_give_what_rows_in_one_give(rows in rows()) {
        let plan = plan();
        let mut session = Session::with_profiles(Vec::new());
        let mut files = files(&rows);
        if files.len() < 3 || !rows.iter().any(|r| r.register == Register::Medicin) || !rows.iter().any(|r| r.register == Register::Proeve) {
            // A register without a file is another thing than one without rows.
            return Ok(());
        }
        files.reverse();
        session.read_all(files, Day::parse_iso(INDEX).unwrap(), &mut |_| {});
        prop_assert!(session.refused().is_empty(), "{:?}", session.refused());
        let built = build(&rows);
        let ours = |records: &Records| {
            let evaluator = Evaluator::new(&plan, records, Day::parse_iso(INDEX).unwrap());
            records.patients.ids().map(|p| evaluator.verdicts(p)).collect::<Vec<_>>()
        };
        prop_assert_eq!(ours(session.records()), ours(&built));
    }

    #[test]
    fn counting_row_by_row_agrees(rows in rows()) {
        let (plan, records) = (plan(), build(&rows));
        let evaluator = Evaluator::new(&plan, &records, Day::parse_iso(INDEX).unwrap());
        for patient in 0..4 {
            let (sure, perhaps) = naive_count(&rows, patient);
            let expected = Truth::between(sure >= 2, sure + perhaps >= 2);
            prop_assert_eq!(evaluator.verdicts(PatientId(u32::from(patient)))[0], expected);
        }
    }

    #[test]
    fn the_list_and_the_explanation_agree(rows in rows()) {
        let (plan, records) = (plan(), build(&rows));
        let evaluator = Evaluator::new(&plan, &records, Day::parse_iso(INDEX).unwrap());
        let population = evaluator.population();
        for patient in records.patients.ids() {
            let explained = evaluator.explain(patient);
            let verdicts: Vec<Truth> = explained.criteria.iter().map(|t| t.truth).collect();
            prop_assert_eq!(&evaluator.verdicts(patient), &verdicts);
            let listed = population.members.iter().any(|m| m.patient == patient);
            let undecided = population.undecided.iter().any(|u| u.patient == patient);
            prop_assert_eq!(explained.population == Truth::Yes, listed);
            prop_assert_eq!(explained.population == Truth::Unknown, undecided);
            for trace in &explained.criteria {
                prop_assert!(trace.truth != Truth::Unknown || trace.unknown.is_some(), "{:?} does not say why", trace);
                prop_assert!(trace.truth == Truth::No || trace.near_miss.is_none());
            }
        }
    }
}
