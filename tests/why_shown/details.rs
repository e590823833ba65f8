//! Form, route, names, answers, the laboratory's range, distinct counts, birth as an anchor and the
//! patient's own fields: generated rows and demands.

use crate::details_checker::{Asks, verdict};
use crate::{INDEX, OPS};
use profilblik::day::Day;
use profilblik::evaluate::Evaluator;
use profilblik::note::Language;
use profilblik::profile::{check_without_tests, plan::Plan};
use profilblik::records::{Builder, Records};
use profilblik::schema::{Field, Register};
use profilblik::truth::Truth;
use profilblik::view::{CriterionView, PatientView, patient};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

const CPR: &str = "6101504001";
const REGISTERS: [Register; 4] =
    [Register::Patient, Register::Diagnose, Register::Medicin, Register::Proeve];

type Demand = (&'static str, Asks, String);
type Drawn = (&'static str, i64, &'static str, bool, i64);
type Cells = Vec<(Field, String)>;

fn drawn() -> impl Strategy<Value = Drawn> {
    let distinct = prop::sample::select(vec!["maaned", "kvartal", "kode", "stof"]);
    (prop::sample::select(OPS.to_vec()), 1i64..4, distinct, any::<bool>(), 10i64..30)
}

fn demands((op, number, what, highest, months): Drawn) -> Vec<Demand> {
    let drug = "register = \"medicin\"\nkoder = [\"Q90\"]\n";
    let sample = "register = \"proeve\"\nkoder = [\"QQQ00001\"]\n";
    let window = "vindue = [\"-300 d\", \"0 d\"]\n";
    let words = |id, word, keys: &str| {
        let text = format!("{drug}{window}{keys}\nantal = \">= {number}\"");
        (id, Asks::Words { word, number }, text)
    };
    let most = if highest { "hoejeste" } else { "laveste" };
    vec![
        words("form", "depot", "form = \"depot\""),
        words("vej", "oral", "vej = \"oral\""),
        words("pakket", "dosisdispenseret", "dosisdispenseret = true"),
        words("navn", "stærk", "navn_indeholder = [\"stærk\"]"),
        (
            "svar",
            Asks::Answer { answer: "positiv" },
            format!("{sample}{window}vaelg = \"alle\"\nsvar = [\"Positiv\"]"),
        ),
        ("over", Asks::Above, format!("{sample}{window}vaelg = \"seneste\"\nreference = \"over\"")),
        (
            "samme",
            Asks::SameDay { highest, op, limit: 60 },
            format!(
                "register = \"proeve\"\nkoder = [\"QQQ00002\"]\n{window}vaelg = \"seneste\"\n\
                 ved_samme_dag = \"{most}\"\nvaerdi = \"{op} 60\""
            ),
        ),
        (
            "slags",
            Asks::Distinct { what, op, number },
            format!(
                "register = \"medicin\"\nkoder = [\"Q\", \"N02A\"]\n{window}distinkt = \"{what}\"\n\
                 antal = \"{op} {number}\""
            ),
        ),
        (
            "barn",
            Asks::AfterBirth { from: 27_000, to: 27_500 },
            "register = \"diagnose\"\nkoder = [\"Q11\"]\nanker = { foedsel = true }\n\
             vindue = [\"27000 d\", \"27500 d\"]"
                .to_owned(),
        ),
        ("by", Asks::Postal { stem: "34" }, "register = \"patient\"\npostnr = [\"34*\"]".into()),
        ("gruppe", Asks::Group { number: 1 }, "register = \"patient\"\nsikringsgruppe = 1".into()),
        (
            "tilmeldt",
            Asks::Listed { op, months },
            format!("register = \"patient\"\ntilmeldt_siden = \"{op} {months} mdr\""),
        ),
        ("mand", Asks::Sex { female: false }, "register = \"patient\"\nkoen = \"M\"".into()),
        (
            "maaneder",
            Asks::Months { op, number: 890 + months },
            format!("register = \"patient\"\nalder = \"{op} {} mdr\"", 890 + months),
        ),
    ]
}

fn plan(demands: &[Demand]) -> Plan {
    let one = |(id, _, text): &Demand| format!("[kriterie.{id}]\ntekst = \"Krav {id}\"\n{text}\n");
    let criteria: String = demands.iter().map(one).collect();
    let all: Vec<String> = demands.iter().map(|(id, ..)| format!("\"{id}\"")).collect();
    let text = format!(
        "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"X\"\n{criteria}[population]\n\
         inklusion = {{ alle = [{}] }}\n",
        all.join(", ")
    );
    let checked = check_without_tests("x.toml", &text);
    checked.plan.unwrap_or_else(|| panic!("{text}\n{:?}", checked.notes))
}

fn cells(cells: &[(Field, &str)]) -> Cells {
    let written = cells.iter().filter(|(_, text)| !text.is_empty());
    written.map(|(field, text)| (*field, (*text).to_owned())).collect()
}

fn date(days: i32) -> String {
    Day::parse_iso(INDEX).unwrap().add_days(days).to_string()
}

fn some(texts: &[&'static str]) -> impl Strategy<Value = &'static str> + use<> {
    prop::sample::select(texts.to_vec())
}

fn row() -> impl Strategy<Value = (Register, Cells)> {
    let day = || prop::option::weighted(0.95, -330i32..10);
    let codes = some(&["Q90AA01", "Q90AA02", "Q90", "N02AA01", "N02AX02"]);
    let forms = some(&["depottablet", "tablet", ""]);
    let routes = some(&["oral", "transdermal", ""]);
    let packed = some(&["ja", "nej", ""]);
    let names = (some(&["", "Middel"]), some(&["", "stærkt stof", "svagt stof"]));
    let drug = (codes, forms, routes, packed, names, day());
    let drug = drug.prop_map(|(code, form, route, packed, (name, substance), day)| {
        let mut row = cells(&[
            (Field::Kode, code),
            (Field::Form, form),
            (Field::Administrationsvej, route),
            (Field::Dosisdispensering, packed),
            (Field::Navn, name),
            (Field::Indholdsstof, substance),
        ]);
        row.extend(day.map(|day| (Field::Dato, date(day))));
        (Register::Medicin, row)
    });
    let values = some(&["40", "50", "60", "positiv", "POSITIV", "negativ"]);
    let limits = (some(&["", "40"]), some(&["", "50"]), some(&["", "< 50", "40 - 60"]));
    let sample = (values, limits, day()).prop_map(|(value, (low, high, range), day)| {
        let mut row = cells(&[
            (Field::Kode, "QQQ00001"),
            (Field::Vaerdi, value),
            (Field::RefNedre, low),
            (Field::RefOevre, high),
            (Field::Referenceinterval, range),
        ]);
        row.extend(day.map(|day| (Field::Dato, date(day))));
        (Register::Proeve, row)
    });
    let close = (some(&["40", "50", "60", "70"]), prop::option::weighted(0.9, -4i32..0));
    let close = close.prop_map(|(value, day)| {
        let mut row = cells(&[(Field::Kode, "QQQ00002"), (Field::Vaerdi, value)]);
        row.extend(day.map(|day| (Field::Dato, date(day))));
        (Register::Proeve, row)
    });
    let ill = day().prop_map(|day| {
        let mut row = cells(&[(Field::Kode, "Q11")]);
        row.extend(day.map(|day| (Field::Dato, date(day))));
        (Register::Diagnose, row)
    });
    prop_oneof![4 => drug, 2 => sample, 2 => close, 1 => ill]
}

fn person() -> impl Strategy<Value = Cells> {
    let since = prop::option::weighted(0.8, -900i32..-200);
    (some(&["", "3400", "2100"]), some(&["", "1", "2"]), since).prop_map(|(town, group, since)| {
        let mut row = cells(&[(Field::Postnummer, town), (Field::Sikringsgruppe, group)]);
        row.extend(since.map(|since| (Field::TilmeldtDato, date(since))));
        row
    })
}

fn records(person: &[(Field, String)], rows: &[(Register, Cells)]) -> Records {
    let mut builder = Builder::new(&REGISTERS);
    builder.row(Register::Patient, CPR, person);
    for (register, cells) in rows {
        builder.row(*register, CPR, cells);
    }
    builder.finish()
}

fn panel(demands: &[Demand], records: &Records) -> PatientView {
    let plan = plan(demands);
    let evaluator = Evaluator::new(&plan, records, Day::parse_iso(INDEX).unwrap());
    let id = records.patients.ids().next().unwrap();
    patient::patient(&evaluator, id, &[], &[], &[], Language::Danish)
}

fn objection(demands: &[Demand], shown: &PatientView) -> Option<String> {
    let index = Day::parse_iso(INDEX).unwrap().0;
    let one = |criterion: &CriterionView| {
        let (_, asks, _) = demands.iter().find(|(id, ..)| *id == criterion.id)?;
        match verdict(asks, criterion, shown, index) {
            Ok(truth) if truth == criterion.truth => {}
            other => return Some(format!("{other:?} is not {criterion:#?} of {asks:?}")),
        }
        let silent = criterion.truth != Truth::Yes && criterion.reason.is_empty();
        silent.then(|| format!("no reason: {criterion:?}"))
    };
    shown.criteria.iter().find_map(one)
}

fn case() -> impl Strategy<Value = (Drawn, Cells, Vec<(Register, Cells)>)> {
    (drawn(), person(), prop::collection::vec(row(), 0..14))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn details_follow_from_what_is_shown((drawn, person, rows) in case()) {
        let demands = demands(drawn);
        let objection = objection(&demands, &panel(&demands, &records(&person, &rows)));
        prop_assert!(objection.is_none(), "{}", objection.unwrap());
    }
}

/// What is generated reaches every verdict that there can be: sex and age are always known.
#[test]
fn every_verdict_of_details_occurs() {
    let mut runner = TestRunner::deterministic();
    let (mut seen, mut all) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..200 {
        let (drawn, person, rows) = case().new_tree(&mut runner).unwrap().current();
        for criterion in panel(&demands(drawn), &records(&person, &rows)).criteria {
            all.extend([Truth::No, Truth::Unknown, Truth::Yes].map(|t| (criterion.id.clone(), t)));
            seen.insert((criterion.id, criterion.truth));
        }
    }
    let known = |id: &str, truth| {
        id == "mand" && truth != Truth::Yes || id == "maaneder" && truth == Truth::Unknown
    };
    let missing: Vec<_> = all.difference(&seen).filter(|(id, truth)| !known(id, *truth)).collect();
    assert!(missing.is_empty(), "never seen: {missing:?}");
}

/// Each detail changed in the words of the panel is noticed.
#[test]
fn a_panel_of_details_that_was_tampered_with_is_caught() {
    let demands = demands((">=", 1, "stof", true, 12));
    let drug =
        cells(&[(Field::Kode, "N02AA01"), (Field::Dato, "2025-05-01"), (Field::Navn, "Middel")]);
    let depot = cells(&[
        (Field::Kode, "Q90AA01"),
        (Field::Dato, "2025-05-01"),
        (Field::Form, "depottablet"),
        (Field::Administrationsvej, "oral"),
        (Field::Dosisdispensering, "ja"),
        (Field::Navn, "Middel"),
        (Field::Indholdsstof, "stærkt stof"),
    ]);
    let sample = cells(&[
        (Field::Kode, "QQQ00001"),
        (Field::Vaerdi, "60"),
        (Field::RefOevre, "50"),
        (Field::Dato, "2025-05-01"),
    ]);
    let person = cells(&[
        (Field::Postnummer, "3400"),
        (Field::Sikringsgruppe, "1"),
        (Field::TilmeldtDato, "2020-01-01"),
    ]);
    let rows = [(Register::Medicin, drug), (Register::Medicin, depot), (Register::Proeve, sample)];
    let shown = panel(&demands, &records(&person, &rows));
    assert_eq!(objection(&demands, &shown), None, "{shown:#?}");
    let tampered = [
        ("form", "depottablet", "tablet"),
        ("vej", "oral", "transdermal"),
        ("pakket", ", dosisdispenseret", ""),
        ("navn", "stærkt stof", ""),
        ("over", "–50", "–70"),
        ("by", "3400", "2100"),
        ("gruppe", ": 1", ": 2"),
        ("tilmeldt", "2020", "2025"),
        ("maaneder", "1950", "2020"),
    ];
    for (id, from, to) in tampered {
        let mut changed = shown.clone();
        let criterion = changed.criteria.iter_mut().find(|c| c.id == id).unwrap();
        criterion.evidence.iter_mut().for_each(|row| row.text = row.text.replace(from, to));
        assert_ne!(changed, shown, "{id} does not show {from}: {shown:#?}");
        assert!(objection(&demands, &changed).is_some(), "{id} without {from} went unnoticed");
    }
}
