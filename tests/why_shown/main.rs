//! Every verdict that the why panel shows follows from what it shows: generated records and
//! generated demands, and a second, small reading of the shown sentences and rows alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    clippy::float_cmp
)]

mod checker;
mod details;
mod details_checker;
mod near_misses;
mod receipt;
mod runs;
mod tampered;
mod treatment;
mod treatment_checker;
mod treatment_near;

use checker::Asks;
use profilblik::day::Day;
use profilblik::evaluate::Evaluator;
use profilblik::note::Language;
use profilblik::profile::{check_without_tests, plan::Plan};
use profilblik::records::{Builder, Records};
use profilblik::schema::{Field, Register};
use profilblik::truth::Truth;
use profilblik::view::{CriterionView, PatientView, patient};
use proptest::prelude::*;

const INDEX: &str = "2025-06-01";
/// Born 1950, 1990 and 2007; numbers that are never issued.
const PATIENTS: [&str; 3] = ["6101504001", "6101904002", "6101074003"];
const OPS: [&str; 5] = ["<", "<=", ">", ">=", "="];

/// What the generated profile asks, by criterion.
fn demands() -> impl Strategy<Value = Vec<(String, Asks, String)>> {
    let op = || prop::sample::select(OPS.to_vec());
    let window = || (3i32..14, 0i32..60);
    let limit = || prop::sample::select(vec![30i64, 45, 60, 72, 90]);
    let counted = (op(), 1i64..4, any::<bool>(), window());
    let spread = (1i64..3, prop::sample::select(vec![">=", ">", "<"]), 10i64..90, window());
    let valued = (op(), limit(), any::<bool>(), window());
    let extreme = (op(), limit(), any::<bool>(), window());
    let aged = (op(), prop::sample::select(vec![18i64, 35, 75]));
    (counted, spread, valued, extreme, aged, 1usize..4).prop_map(profile_of)
}

type Span = (i32, i32);
type Drawn = (
    (&'static str, i64, bool, Span),
    (i64, &'static str, i64, Span),
    (&'static str, i64, bool, Span),
    (&'static str, i64, bool, Span),
    (&'static str, i64),
    usize,
);

fn profile_of((c, s, v, e, a, least): Drawn) -> Vec<(String, Asks, String)> {
    let span = |(months, days): Span| format!("vindue = [\"-{months} mdr\", \"-{days} d\"]");
    let diagnosis = "register = \"diagnose\"\nkoder = [\"Q11\"]";
    let sample = "register = \"proeve\"\nkoder = [\"QQQ00001\"]";
    let by_day = if c.2 { "\ndistinkt = \"dag\"" } else { "" };
    let pick = if v.2 { "seneste" } else { "foerste" };
    let most = if e.2 { "hoejeste" } else { "laveste" };
    let group = |all, none, least| Asks::Group {
        least,
        all,
        none,
        of: ["antal", "svar", "alder"].map(str::to_owned).to_vec(),
    };
    let of = "[\"antal\", \"svar\", \"alder\"]";
    vec![
        (
            "antal",
            Asks::Count { op: c.0, number: c.1, by_day: c.2 },
            format!("{diagnosis}\n{}\nantal = \"{} {}\"{by_day}", span(c.3), c.0, c.1),
        ),
        (
            "spredt",
            Asks::Spread { number: s.0, op: s.1, days: s.2 },
            format!(
                "{diagnosis}\n{}\nantal = \">= {}\"\nspredning = \"{} {} d\"",
                span(s.3),
                s.0,
                s.1,
                s.2
            ),
        ),
        (
            "svar",
            Asks::Value { op: v.0, limit: v.1 },
            format!("{sample}\n{}\nvaelg = \"{pick}\"\nvaerdi = \"{} {}\"", span(v.3), v.0, v.1),
        ),
        (
            "yderst",
            Asks::Extreme { op: e.0, limit: e.1, highest: e.2 },
            format!("{sample}\n{}\nvaelg = \"{most}\"\nvaerdi = \"{} {}\"", span(e.3), e.0, e.1),
        ),
        (
            "alder",
            Asks::Age { op: a.0, years: a.1 },
            format!("register = \"patient\"\nalder = \"{} {}\"", a.0, a.1),
        ),
        ("alle3", group(true, false, None), format!("alle = {of}")),
        ("en3", group(false, false, None), format!("en_af = {of}")),
        ("ingen3", group(false, true, None), format!("ingen_af = {of}")),
        (
            "mindst3",
            group(false, false, Some(least)),
            format!("mindst_af = {{ antal = {least}, af = {of} }}"),
        ),
    ]
    .into_iter()
    .map(|(id, asks, text)| (id.to_owned(), asks, text))
    .collect()
}

fn plan(demands: &[(String, Asks, String)]) -> Plan {
    let one = |(id, _, text): &(String, Asks, String)| {
        format!("[kriterie.{id}]\ntekst = \"Krav {id}\"\n{text}\n")
    };
    let criteria: String = demands.iter().map(one).collect();
    let text = format!(
        "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"X\"\n{criteria}[population]\n\
         inklusion = {{ alle = [\"antal\", \"spredt\", \"svar\", \"yderst\", \"alder\", \"en3\", \"mindst3\"] }}\n\
         eksklusion = {{ en_af = [\"alle3\", \"ingen3\"] }}\n"
    );
    let checked = check_without_tests("x.toml", &text);
    checked.plan.unwrap_or_else(|| panic!("{text}\n{:?}", checked.notes))
}

type Row = (Register, usize, Option<i32>, String);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let day = || prop::option::weighted(0.93, -430i32..20);
    let values = [
        "30",
        "44,9",
        "45",
        "60",
        "72",
        "90",
        "120",
        ">90",
        ">30",
        "<15",
        "se bemærkning",
        "1.234",
    ];
    let value = prop::sample::select(values.map(str::to_owned).to_vec());
    let diagnosis = (0usize..3, day()).prop_map(|(p, d)| (Register::Diagnose, p, d, String::new()));
    let sample = (0usize..3, day(), value).prop_map(|(p, d, v)| (Register::Proeve, p, d, v));
    prop::collection::vec(prop_oneof![diagnosis, sample], 0..24)
}

fn records(rows: &[Row]) -> Records {
    let mut builder = Builder::new(&[Register::Patient, Register::Diagnose, Register::Proeve]);
    for cpr in PATIENTS {
        builder.row(Register::Patient, cpr, &[]);
    }
    for (register, patient, day, value) in rows {
        let code = if *register == Register::Diagnose { "Q11" } else { "QQQ00001" };
        let mut cells = vec![(Field::Kode, code.to_owned())];
        if !value.is_empty() {
            cells.push((Field::Vaerdi, value.clone()));
        }
        let date = |d: &i32| Day::parse_iso(INDEX).unwrap().add_days(*d).to_string();
        cells.extend(day.as_ref().map(|d| (Field::Dato, date(d))));
        builder.row(*register, PATIENTS[*patient], &cells);
    }
    builder.finish()
}

fn panels(plan: &Plan, records: &Records) -> Vec<PatientView> {
    let evaluator = Evaluator::new(plan, records, Day::parse_iso(INDEX).unwrap());
    let panel = |id| patient::patient(&evaluator, id, &[], &[], &[], Language::Danish);
    records.patients.ids().map(panel).collect()
}

/// The first thing that does not follow from what is shown.
fn objection(demands: &[(String, Asks, String)], shown: &PatientView) -> Option<String> {
    let age = shown.summary.split_whitespace().find_map(|word| word.parse().ok())?;
    for criterion in &shown.criteria {
        let asks = &demands.iter().find(|(id, ..)| *id == criterion.id)?.1;
        match checker::verdict(asks, criterion, age, &shown.criteria) {
            Ok(truth) if truth == criterion.truth => {}
            other => return Some(format!("{other:?} is not {criterion:?} of {asks:?}")),
        }
        let simple = !matches!(asks, Asks::Group { .. });
        if criterion.truth == Truth::No {
            if simple && criterion.reason.is_empty() {
                return Some(format!("no near miss: {criterion:?}"));
            }
            if let Err(text) = checker::near_miss(asks, criterion, age) {
                return Some(text);
            }
        } else if criterion.truth == Truth::Unknown && criterion.reason.is_empty() {
            return Some(format!("no reason: {criterion:?}"));
        }
    }
    first_failing(shown)
}

// The panel's own sentence names the first criterion that is no, and its near miss.
fn first_failing(shown: &PatientView) -> Option<String> {
    const INCLUSION: [&str; 7] = ["antal", "spredt", "svar", "yderst", "alder", "en3", "mindst3"];
    let of = |id: &str| shown.criteria.iter().find(|c| c.id == id);
    let failing = INCLUSION.iter().filter_map(|id| of(id)).find(|c| c.truth == Truth::No)?;
    let named = shown.verdict.contains(&format!("krav {}.", failing.id))
        && shown.verdict.contains(&failing.reason);
    (!named).then(|| format!("»{}« does not name {failing:?}", shown.verdict))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_shown_is_enough(demands in demands(), rows in rows()) {
        let (plan, records) = (plan(&demands), records(&rows));
        for shown in panels(&plan, &records) {
            let objection = objection(&demands, &shown);
            prop_assert!(objection.is_none(), "{}", objection.unwrap());
        }
    }
}

fn one_panel() -> (Vec<(String, Asks, String)>, PatientView) {
    let drawn = (
        (">=", 2, false, (12, 0)),
        (2, ">=", 60, (12, 0)),
        ("<", 60, true, (6, 0)),
        (">", 45, true, (12, 0)),
        (">=", 75),
        2,
    );
    let demands = profile_of(drawn);
    let rows = [
        (Register::Diagnose, 0, Some(-100), String::new()),
        (Register::Diagnose, 0, Some(-60), String::new()),
        (Register::Proeve, 0, Some(-30), "72".to_owned()),
        (Register::Proeve, 0, Some(-40), "45".to_owned()),
    ];
    let mut panels = panels(&plan(&demands), &records(&rows)).into_iter();
    let shown = panels.find(|shown| shown.cpr == PATIENTS[0]).unwrap();
    (demands, shown)
}

fn criterion<'a>(shown: &'a mut PatientView, id: &str) -> &'a mut CriterionView {
    shown.criteria.iter_mut().find(|c| c.id == id).unwrap()
}

/// The reading objects when a date, a value, a row or a number of a sentence is changed.
#[test]
fn a_panel_that_was_tampered_with_is_caught() {
    let (demands, shown) = one_panel();
    assert_eq!(objection(&demands, &shown), None, "{shown:#?}");
    let tampered: [fn(&mut PatientView); 5] = [
        |shown| drop(criterion(shown, "antal").evidence.pop()),
        |shown| criterion(shown, "antal").evidence[0].date = "01-01-2020".to_owned(),
        |shown| criterion(shown, "svar").evidence[0].text = "QQQ00001 45".to_owned(),
        |shown| {
            let said = &mut criterion(shown, "svar").reason;
            *said = said.replace("12 for", "13 for");
        },
        |shown| criterion(shown, "alder").truth = Truth::Unknown,
    ];
    for (number, tamper) in tampered.iter().enumerate() {
        let mut changed = shown.clone();
        tamper(&mut changed);
        assert_ne!(changed, shown, "change {number} changes nothing");
        assert!(objection(&demands, &changed).is_some(), "change {number} was not noticed");
    }
}
