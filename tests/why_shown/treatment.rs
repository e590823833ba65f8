//! Treatment periods, courses, anchors, `samtidig` and derived values: generated rows and demands.

use crate::treatment_checker::{Asks, verdict};
use crate::{INDEX, OPS, treatment_near};
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

const PATIENTS: [&str; 2] = ["6101504001", "6101904002"];
const REGISTERS: [Register; 4] =
    [Register::Patient, Register::Diagnose, Register::Medicin, Register::Proeve];

/// A criterion: name, what it asks, and the same in the profile's language.
pub type Demand = (&'static str, Asks, String);

/// Numbers that the demands are made of.
#[derive(Clone, Debug)]
pub struct Drawn {
    pub ops: [&'static str; 14],
    pub number: i64,
    pub days: i64,
    pub gap: i32,
    pub months: bool,
    pub pick: &'static str,
    pub window: (i32, i32),
    pub around: (i32, i32),
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let op = || prop::sample::select(OPS.to_vec());
    let pick = prop::sample::select(vec!["foerste", "seneste", "enhver"]);
    let numbers = (1i64..4, prop::sample::select(vec![1i64, 14, 30, 60, 90, 120]));
    let gap = prop::sample::select(vec![0i32, 14, 30, 92]);
    let (window, around) = ((20i32..200, -10i32..40), (-60i32..30, 0i32..90));
    (prop::array::uniform14(op()), numbers, gap, any::<bool>(), pick, window, around).prop_map(
        |(ops, (number, days), gap, months, pick, (from, to), around)| Drawn {
            ops,
            number,
            days,
            gap,
            months,
            pick,
            window: (-from - to.max(0), -to),
            around: (around.0, around.0 + around.1),
        },
    )
}

pub fn demands(drawn: &Drawn) -> Vec<Demand> {
    let Drawn { ops, number, days, gap, months, pick, window, around } = drawn.clone();
    let [
        running,
        ill,
        ending,
        course,
        longest,
        covered,
        products,
        since,
        between,
        mean,
        sums,
        omeq,
        cumulated,
        packed,
    ] = ops;
    let window = format!("vindue = [\"{} d\", \"{} d\"]", window.0, window.1);
    let drug = |code: &str| format!("register = \"medicin\"\nkoder = [\"{code}\"]\n");
    let ill_with = |code: &str| format!("register = \"diagnose\"\nkoder = [\"{code}\"]\n");
    let derived = |what: &str, op: &str, limit: &str| {
        format!("beregning = \"{what}\"\nvaerdi = \"{op} {limit}\"\n")
    };
    let (long, limit) = match months {
        true => (format!("{number} mdr"), number),
        false => (format!("{days} d"), days),
    };
    let (since_what, since_limit) =
        if months { ("maaneder_siden", number) } else { ("dage_siden", days) };
    let period = "tid = \"periode\"\n";
    let drawn_gap = format!("gab = \"{gap} d\"\n");
    vec![
        (
            "loeber",
            Asks::Running { op: running, number },
            format!("{}{period}{window}\nantal = \"{running} {number}\"\n", drug("Q90")),
        ),
        (
            "syg",
            Asks::Running { op: ill, number },
            format!("{}{period}{window}\nantal = \"{ill} {number}\"\n", ill_with("Q11")),
        ),
        (
            "slut",
            Asks::Ending { op: ending, number },
            format!("{}tid = \"slut\"\n{window}\nantal = \"{ending} {number}\"\n", drug("Q90")),
        ),
        (
            "forloeb",
            Asks::Current { gap, op: course, limit, months },
            drug("Q90") + &drawn_gap + &derived("aktuelt_forloeb", course, &long),
        ),
        (
            "laengst",
            Asks::Longest { gap, op: longest, days },
            drug("Q90") + &drawn_gap + &derived("laengste_forloeb", longest, &format!("{days} d")),
        ),
        (
            "daekket",
            Asks::Covered { op: covered, days },
            drug("Q90") + &window + "\n" + &derived("daekkede_dage", covered, &days.to_string()),
        ),
        (
            "midler",
            Asks::Products { op: products, number },
            drug("Q") + &derived("antal_praeparater", products, &number.to_string()),
        ),
        (
            "siden",
            Asks::Since { op: since, number: since_limit, months },
            ill_with("Q11")
                + &window
                + "\n"
                + &derived(since_what, since, &since_limit.to_string()),
        ),
        ("foer", Asks::Rows { number: 1 }, drug("Q91") + "form = \"depot\"\n" + &window),
        ("efter", Asks::Rows { number: 1 }, ill_with("Q12") + &window),
        (
            "mellem",
            Asks::Between { from: "foer", to: "efter", op: between, days },
            format!(
                "register = \"medicin\"\nberegning = \"dage_mellem\"\ndage_mellem = {{ fra = \"foer\", til = \"efter\" }}\nvaerdi = \"{between} {days}\"\n"
            ),
        ),
        (
            "snit",
            Asks::Mean { op: mean, limit: 60 },
            format!("register = \"proeve\"\nkoder = [\"QQQ00001\"]\n{window}\n")
                + &derived("gennemsnit", mean, "60"),
        ),
        (
            "doser",
            Asks::Defined { op: sums, limit: 40 },
            drug("Q90") + &window + "\n" + &derived("ddd_sum", sums, "40"),
        ),
        (
            "omeq",
            Asks::Equivalents { op: omeq, limit: 100 },
            drug("N02A") + &derived("omeq_pr_doegn", omeq, "100"),
        ),
        (
            "i_alt",
            Asks::Cumulated { op: cumulated, limit: 700 },
            drug("N02A") + &window + "\n" + &derived("omeq_sum", cumulated, "700"),
        ),
        (
            "enheder",
            Asks::Units { op: packed, limit: 60 },
            drug("Q90") + &window + "\n" + &derived("enheder_sum", packed, "60"),
        ),
        ("anden", Asks::Rows { number: 1 }, drug("Q91")),
        (
            "begge",
            Asks::Together { of: ["Q90", "Q91"], days },
            format!(
                "samtidig = {{ af = [\"loeber\", \"anden\"], {}, mindst_dage = {days} }}\n",
                window
            ),
        ),
        (
            "omkring",
            Asks::Anchored { on: "foer", pick, code: "Q12", around, number },
            format!(
                "{}anker = {{ kriterie = \"foer\", vaelg = \"{pick}\" }}\n\
                 vindue = [\"{} d\", \"{} d\"]\nantal = \">= {number}\"\n",
                ill_with("Q12"),
                around.0,
                around.1
            ),
        ),
    ]
}

pub fn plan(demands: &[Demand]) -> Plan {
    let one = |(id, _, text): &Demand| format!("[kriterie.{id}]\ntekst = \"Krav {id}\"\n{text}\n");
    let criteria: String = demands.iter().map(one).collect();
    // The ones that others count from have no place of their own in the population.
    let shown = demands.iter().map(|(id, ..)| *id).filter(|id| !["foer", "anden"].contains(id));
    let shown: Vec<String> = shown.map(|id| format!("\"{id}\"")).collect();
    let text = format!(
        "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"X\"\n{criteria}[population]\n\
         inklusion = {{ alle = [{}] }}\n",
        shown.join(", ")
    );
    let checked = check_without_tests("x.toml", &text);
    checked.plan.unwrap_or_else(|| panic!("{text}\n{:?}", checked.notes))
}

/// A row of patient 0 or 1.
pub type Row = (Register, usize, Vec<(Field, String)>);

fn date(days: i32) -> String {
    Day::parse_iso(INDEX).unwrap().add_days(days).to_string()
}

fn cells(cells: &[(Field, &str)]) -> Vec<(Field, String)> {
    let written = cells.iter().filter(|(_, text)| !text.is_empty());
    written.map(|(field, text)| (*field, (*text).to_owned())).collect()
}

// Mostly one, so that rows meet.
fn who() -> impl Strategy<Value = usize> {
    prop_oneof![6 => Just(0usize), 1 => Just(1usize)]
}

fn medicine() -> impl Strategy<Value = Row> {
    let code =
        prop::sample::select(vec!["Q90AA01", "Q90AA02", "Q90", "Q91BB01", "Q91BB01", "Q91BB01"]);
    let form =
        prop::sample::select(vec!["depottablet", "depottablet", "depottablet", "tablet", ""]);
    let ddd = prop::sample::select(vec!["", "10", "20", "30"]);
    let size = prop::sample::select(vec!["", "30 stk.", "30", "100 ml"]);
    let packed = (prop::sample::select(vec!["1", "2", "2", ""]), size);
    let day = prop::option::weighted(0.93, -260i32..40);
    (who(), code, form, ddd, packed, day, 0usize..6, -3i32..120).prop_map(
        |(who, code, form, ddd, (packages, size), day, end, lasts)| {
            let mut row = cells(&[
                (Field::Kode, code),
                (Field::Form, form),
                (Field::Ddd, ddd),
                (Field::AntalPakninger, packages),
                (Field::Pakningsstoerrelse, size),
            ]);
            row.extend(day.map(|day| (Field::Dato, date(day))));
            match end {
                0 | 1 => row.push((Field::Slutdato, date(day.unwrap_or(-100) + lasts))),
                2 => row.push((Field::Dage, lasts.max(1).to_string())),
                3 => row.push((Field::Aaben, "ja".to_owned())),
                _ => {}
            }
            (Register::Medicin, who, row)
        },
    )
}

fn opioid() -> impl Strategy<Value = Row> {
    let code = prop::sample::select(vec!["N02AA01", "N02AX02"]);
    let dose = prop::sample::select(vec!["20", "40", "100", ""]);
    let text = prop::sample::select(vec![
        "",
        "1-2 tabletter morgen",
        "1 tablet efter behov, højst 4 gange daglig",
        "efter aftale",
    ]);
    let day = prop::option::weighted(0.93, -80i32..10);
    (who(), code, dose, text, day, 0i32..1000).prop_map(|(who, code, dose, text, day, nr)| {
        let mut row = cells(&[
            (Field::Kode, code),
            (Field::Administrationsvej, "oral"),
            (Field::Form, "tablet"),
            (Field::Styrke, "10"),
            (Field::StyrkeEnhed, "mg"),
            (Field::Nr, &nr.to_string()),
        ]);
        match text {
            "" => row.extend(cells(&[(Field::Doegndosis, dose), (Field::Doseringsenhed, "mg")])),
            text => row.push((Field::Dosering, text.to_owned())),
        }
        row.extend(day.map(|day| (Field::Dato, date(day))));
        (Register::Medicin, who, row)
    })
}

fn diagnosis() -> impl Strategy<Value = Row> {
    let code = prop::sample::select(vec!["Q11", "Q12", "Q12"]);
    let day = || prop::option::weighted(0.9, -260i32..60);
    let end = prop::option::weighted(0.4, -3i32..120);
    (who(), code, day(), end, any::<bool>()).prop_map(|(who, code, day, end, onset)| {
        let mut row = cells(&[(Field::Kode, code)]);
        let field = if onset { Field::Debutdato } else { Field::Dato };
        row.extend(day.map(|day| (field, date(day))));
        row.extend(end.map(|end| (Field::Slutdato, date(day.unwrap_or(-100) + end))));
        (Register::Diagnose, who, row)
    })
}

fn sample() -> impl Strategy<Value = Row> {
    let value = prop::sample::select(vec!["50", "60", "70", ">90", "afvist"]);
    (who(), value, -260i32..20).prop_map(|(who, value, day)| {
        let row = [(Field::Kode, "QQQ00001"), (Field::Vaerdi, value), (Field::Dato, &date(day))];
        (Register::Proeve, who, cells(&row))
    })
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let one = prop_oneof![4 => medicine(), 2 => opioid(), 3 => diagnosis(), 1 => sample()];
    prop::collection::vec(one, 0..26)
}

pub fn records(rows: &[Row]) -> Records {
    let mut builder = Builder::new(&REGISTERS);
    for cpr in PATIENTS {
        builder.row(Register::Patient, cpr, &[]);
    }
    for (register, who, cells) in rows {
        builder.row(*register, PATIENTS[*who], cells);
    }
    builder.finish()
}

pub fn panels(demands: &[Demand], records: &Records) -> Vec<PatientView> {
    let plan = plan(demands);
    let evaluator = Evaluator::new(&plan, records, Day::parse_iso(INDEX).unwrap());
    let panel = |id| patient::patient(&evaluator, id, &[], &[], &[], Language::Danish);
    records.patients.ids().map(panel).collect()
}

/// The first thing that does not follow from what is shown.
pub fn objection(demands: &[Demand], shown: &PatientView) -> Option<String> {
    let index = Day::parse_iso(INDEX).unwrap().0;
    let objects = |criterion| one_objection(demands, shown, criterion, index);
    if let Some(objection) = shown.criteria.iter().find_map(objects) {
        return Some(objection);
    }
    let missing = demands.iter().find(|(id, ..)| {
        *id != "anden" && shown.criteria.iter().all(|criterion| criterion.id != *id)
    });
    missing.map(|(id, ..)| format!("{id} is not shown"))
}

fn one_objection(
    demands: &[Demand],
    shown: &PatientView,
    criterion: &CriterionView,
    index: i32,
) -> Option<String> {
    let (_, asks, _) = demands.iter().find(|(id, ..)| *id == criterion.id)?;
    match verdict(asks, criterion, index, &shown.criteria) {
        Ok(truth) if truth == criterion.truth => {}
        other => return Some(format!("{other:?} is not {criterion:#?} of {asks:?}")),
    }
    match criterion.truth {
        Truth::No => treatment_near::fits(asks, criterion, index, &shown.criteria).err(),
        Truth::Unknown if criterion.reason.is_empty() => Some(format!("no reason: {criterion:?}")),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn treatments_follow_from_what_is_shown(drawn in drawn(), rows in rows()) {
        let (demands, records) = (demands(&drawn), records(&rows));
        for shown in panels(&demands, &records) {
            let objection = objection(&demands, &shown);
            prop_assert!(objection.is_none(), "{}", objection.unwrap());
        }
    }
}

/// What is generated reaches every verdict of every criterion, so that the property says something.
#[test]
fn every_verdict_occurs() {
    let mut runner = TestRunner::deterministic();
    let (mut seen, mut all) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..300 {
        let drawn = drawn().new_tree(&mut runner).unwrap().current();
        let rows = rows().new_tree(&mut runner).unwrap().current();
        for criterion in
            panels(&demands(&drawn), &records(&rows)).into_iter().flat_map(|p| p.criteria)
        {
            all.extend([Truth::No, Truth::Unknown, Truth::Yes].map(|t| (criterion.id.clone(), t)));
            seen.insert((criterion.id, criterion.truth));
        }
    }
    let missing: Vec<_> = all.difference(&seen).collect();
    assert!(missing.is_empty(), "never seen: {missing:?}");
}
