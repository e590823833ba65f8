//! The timeline: places follow from days, and the table says what is drawn.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use profilblik::day::Day;
use profilblik::evaluate::Evaluator;
use profilblik::note::Language;
use profilblik::profile::check;
use profilblik::records::{Builder, PatientId, Records};
use profilblik::schema::{Field, Register};
use profilblik::view::timeline::{BarKind, EventKind, TimelineView, WIDTH, timeline};

const CPR: &str = "6101504001";
const PROFILE: &str = "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"x\"\n\
    [kriterie.over]\nregister = \"medicin\"\nkoder = [\"N02A\"]\nberegning = \"omeq_pr_doegn\"\n\
    vaerdi = \"> 100 mg\"\n\
    [kriterie.kode]\nregister = \"diagnose\"\nkoder = [\"Q11\"]\n\
    [population]\ninklusion = { en_af = [\"over\", \"kode\"] }\n\
    [[kolonne]]\ntitel = \"Næste\"\nregister = \"aftale\"\nvindue = [\"0 d\", \"*\"]\nvis = \"foerste\"\n\
    [[kolonne]]\ntitel = \"Svar\"\nregister = \"proeve\"\nkoder = [\"QQQ00001\"]\nvis = \"alle\"\n";

fn index() -> Day {
    Day::from_ymd(2025, 6, 1).unwrap()
}

fn date(days: i32) -> String {
    index().add_days(days).to_string()
}

fn opioid(from: i32, to: Option<i32>, dose: &str) -> Vec<(Field, String)> {
    let mut row = vec![
        (Field::Kode, "N02AA01".to_owned()),
        (Field::Navn, "Morfin".to_owned()),
        (Field::Styrke, "10 mg".to_owned()),
        (Field::Administrationsvej, "oral".to_owned()),
        (Field::Doegndosis, dose.to_owned()),
        (Field::Dato, date(from)),
    ];
    row.extend(to.map(|to| (Field::Slutdato, date(to))));
    row
}

fn records(medicine: &[Vec<(Field, String)>], others: bool) -> Records {
    let mut builder = Builder::new(&Register::ALL);
    builder.row(Register::Patient, CPR, &[]);
    for row in medicine {
        builder.row(Register::Medicin, CPR, row);
    }
    if others {
        let coded =
            |code: &str, days| vec![(Field::Kode, code.to_owned()), (Field::Dato, date(days))];
        builder.row(Register::Diagnose, CPR, &coded("Q11", -200));
        builder.row(Register::Diagnose, CPR, &coded("Q12", -200));
        let mut sample = coded("QQQ00001", -100);
        sample.push((Field::Vaerdi, "58".to_owned()));
        builder.row(Register::Proeve, CPR, &sample);
        builder.row(Register::Aftale, CPR, &[(Field::Dato, date(10))]);
    }
    builder.finish()
}

fn drawn(records: &Records) -> TimelineView {
    let plan = check("x.toml", PROFILE).plan.unwrap();
    timeline(&Evaluator::new(&plan, records, index()), PatientId(0), Language::Danish)
}

fn said(view: &TimelineView) -> Vec<String> {
    view.moments.iter().map(|moment| format!("{} {}", moment.date, moment.text)).collect()
}

#[test]
fn bars_sums_and_moments_of_one_product() {
    let view = drawn(&records(&[opioid(-100, Some(-11), "6"), opioid(-10, Some(19), "12")], false));
    let [row] = view.rows.as_slice() else { panic!("{:?}", view.rows) };
    assert_eq!(row.label, "Morfin 10 mg");
    let [bar] = row.bars.as_slice() else { panic!("{row:?}") };
    assert_eq!((bar.kind, bar.runs_on), (BarKind::Registered, false));
    assert!(bar.x < view.index.x && view.index.x < bar.x + bar.width);
    let sums = view.sums.as_ref().unwrap();
    let [first, second] = sums.steps.as_slice() else { panic!("{:?}", sums.steps) };
    assert_eq!(first.x + first.width, second.x);
    assert_eq!(sums.zero - second.y, 2 * (sums.zero - first.y));
    assert_eq!(sums.limit.as_ref().unwrap().1, "100 mg, grænsen i profilen");
    assert!(second.y < sums.limit.as_ref().unwrap().0, "120 is above the limit");
    assert_eq!(
        said(&view),
        [
            "21-02-2025 Morfin 10 mg begynder",
            "21-02-2025 OMEQ 0 → 60",
            "22-05-2025 OMEQ 60 → 120",
            "20-06-2025 Morfin 10 mg sidste dag",
            "21-06-2025 OMEQ 120 → 0",
        ]
    );
    assert!(
        view.sentences.iter().any(|s| s.contains("120 mg OMEQ mod 60 for 30 dage siden")),
        "{:?}",
        view.sentences
    );
}

#[test]
fn a_dose_that_is_missing_is_at_least_and_never_nought() {
    let view = drawn(&records(&[opioid(-50, Some(20), "6"), opioid(-20, Some(20), "")], false));
    let sums = view.sums.as_ref().unwrap();
    assert_eq!(sums.steps.iter().map(|s| s.at_least).collect::<Vec<_>>(), [false, true]);
    assert!(said(&view).iter().any(|s| s.ends_with("OMEQ 60 → mindst 60")), "{:?}", said(&view));
}

#[test]
fn an_assumed_end_is_another_kind_of_bar_and_says_so() {
    let view = drawn(&records(&[opioid(-30, None, "1")], false));
    assert_eq!(view.rows[0].bars[0].kind, BarKind::Assumed);
    assert!(said(&view).iter().any(|s| s.ends_with("sidste dag (antaget)")), "{:?}", said(&view));
}

#[test]
fn other_medicine_comes_below_and_has_no_sum() {
    let mut other = opioid(-400, Some(30), "1");
    other[0].1 = "Q03".to_owned();
    other[1].1 = "Andet".to_owned();
    let view = drawn(&records(&[other.clone(), opioid(-30, Some(30), "1")], false));
    let labels: Vec<_> = view.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels, ["Morfin 10 mg", "Andet 10 mg"]);
    assert_eq!(view.rows[1].bars[0].kind, BarKind::Other);
    assert_eq!(drawn(&records(&[other], false)).sums, None);
}

#[test]
fn what_the_profile_asks_for_is_an_event_once() {
    let view = drawn(&records(&[], true));
    let kinds: Vec<_> =
        view.events.iter().map(|event| (event.kind, event.label.as_str())).collect();
    assert_eq!(
        kinds,
        [(EventKind::Diagnosis, "Q11"), (EventKind::Result, "58"), (EventKind::Appointment, "")]
    );
    let appointment = view.events.last().unwrap();
    assert!(view.index.x < appointment.x && appointment.x <= WIDTH);
    assert_eq!(view.moments.len(), 3);
}

#[test]
fn everything_lies_inside_the_drawing() {
    let rows: Vec<_> = (0..20)
        .map(|n| {
            let mut row = opioid(-900 + 20 * n, Some(-100 + 30 * n), "3");
            row[1].1 = format!("Præparat {n}");
            row
        })
        .collect();
    let view = drawn(&records(&rows, true));
    assert_eq!(view.rows.len(), 14);
    assert!(
        view.sentences.iter().any(|s| s == "6 andre præparater er ikke tegnet."),
        "{:?}",
        view.sentences
    );
    for bar in view.rows.iter().flat_map(|row| &row.bars) {
        assert!(1_420 <= bar.x && bar.x + bar.width <= WIDTH, "{bar:?}");
    }
    for step in &view.sums.as_ref().unwrap().steps {
        assert!(1_420 <= step.x && step.x + step.width <= WIDTH, "{step:?}");
        assert!(step.span.1 <= step.y && step.y <= step.span.0, "{step:?}");
    }
    assert!(view.events_at < view.height);
}

#[test]
fn nothing_is_said_to_be_nothing() {
    assert_eq!(
        drawn(&records(&[], false)).nothing,
        "Intet at tegne fra 01-06-2023 til 01-09-2025."
    );
}
