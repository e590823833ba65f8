//! Receipts of morphine equivalents per product form, and what must hold for every list of orders.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::Path;

use profilblik::day::Day;
use profilblik::evaluate::{Evaluator, Trace};
use profilblik::note::Language;
use profilblik::opioid::table::{Counted, table};
use profilblik::profile::check;
use profilblik::profile::plan::Plan;
use profilblik::ratio::Ratio;
use profilblik::records::{Builder, PatientId, Records};
use profilblik::schema::{Field, Register};
use profilblik::truth::Truth;
use profilblik::view::text_receipt;
use proptest::prelude::*;

const CPR: &str = "0101011PB0";

type Row = Vec<(Field, String)>;

fn plan() -> Plan {
    let text = "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"x\"\n\
        [kriterie.over]\nregister = \"medicin\"\nkoder = [\"N02A\"]\nberegning = \"omeq_pr_doegn\"\n\
        vaerdi = \"> 100\"\n[population]\ninklusion = { alle = [\"over\"] }\n";
    check("x.toml", text).plan.unwrap()
}

fn records(rows: &[Row]) -> Records {
    let mut builder = Builder::new(&Register::ALL);
    builder.row(Register::Patient, CPR, &[]);
    for row in rows {
        builder.row(Register::Medicin, CPR, row);
    }
    builder.finish()
}

fn trace(plan: &Plan, records: &Records) -> Trace {
    let day = Day::parse_iso("2025-06-01").unwrap();
    let mut explanation = Evaluator::new(plan, records, day).explain(PatientId(0));
    explanation.criteria.remove(0)
}

fn row(cells: &[(Field, &str)]) -> Row {
    let mut row: Row = cells.iter().map(|(field, text)| (*field, (*text).to_owned())).collect();
    row.push((Field::Aaben, "ja".into()));
    row
}

/// One case: its name, `> field=cell | field=cell` lines, then the receipt that they give. What
/// stands after `//` says how the numbers were found.
fn cases(text: &str) -> Vec<(String, Vec<Row>, Vec<String>)> {
    let block = |block: &str| {
        let mut lines = block.lines().filter(|line| !line.is_empty() && !line.starts_with("//"));
        let name = lines.next().unwrap().trim_start_matches("# ").to_owned();
        let (mut rows, mut expected) = (Vec::new(), Vec::new());
        for line in lines {
            match line.strip_prefix("> ") {
                Some(cells) => rows.push(row(&cells.split(" | ").map(cell).collect::<Vec<_>>())),
                None => expected.push(line.trim_end().to_owned()),
            }
        }
        (name, rows, expected)
    };
    text.split("\n\n").filter(|text| text.starts_with("# ")).map(block).collect()
}

fn cell(text: &str) -> (Field, &str) {
    let (field, cell) = text.split_once('=').unwrap();
    (Field::from_name(field).unwrap_or_else(|| panic!("{field} is no field")), cell)
}

#[test]
fn receipts_are_as_written() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/opioid/receipts.txt");
    let text = std::fs::read_to_string(&path).unwrap();
    let plan = plan();
    let mut wrong = Vec::new();
    let cases = cases(&text);
    assert!(cases.len() >= 12, "only {} receipts", cases.len());
    for (name, rows, expected) in cases {
        let records = records(&rows);
        let found: Vec<String> =
            text_receipt::lines(&records, &trace(&plan, &records), Language::Danish);
        let inner = found[1..found.len() - 1].to_vec();
        if inner != expected {
            wrong.push(format!("# {name}\n{}", inner.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "these receipts are otherwise:\n\n{}", wrong.join("\n\n"));
}

/// Named beside the row and never a sum: what can be computed stays, as »mindst«.
#[test]
fn bad_input_is_named_and_never_added_up() {
    let plan = plan();
    let sound = [
        (Field::Kode, "N02AA01"),
        (Field::Administrationsvej, "oral"),
        (Field::Dato, "2025-05-01"),
        (Field::Doegndosis, "60"),
        (Field::Doseringsenhed, "mg"),
    ];
    let cases = cases(include_str!("opioid/bad_input.txt"));
    assert!(cases.len() >= 8, "only {} cases", cases.len());
    for (name, mut rows, expected) in cases {
        rows.push(row(&sound));
        let records = records(&rows);
        let trace = trace(&plan, &records);
        let sum = trace.receipt.as_ref().unwrap().sum;
        assert_eq!((sum.fixed, sum.missing), (Ratio::whole(60), 1), "{name}");
        assert_eq!((sum.most, trace.truth), (None, Truth::Unknown), "{name}");
        let shown = text_receipt::lines(&records, &trace, Language::Danish);
        assert!(expected.iter().all(|line| shown.contains(line)), "{name}: {shown:#?}");
        assert!(shown.iter().any(|line| line == "Faste doser: mindst 60 mg"), "{name}: {shown:#?}");
        let english = text_receipt::lines(&records, &trace, Language::English);
        assert!(english.iter().any(|line| line.starts_with("Cannot be counted: ")), "{name}");
    }
}

/// Against the clinical table, where it is at hand.
#[test]
fn the_defaults_are_those_of_the_clinical_table() {
    let shared = std::env::var("PROFILBLIK_SHARED").unwrap_or_else(|_| "../shared".into());
    let Ok(text) = std::fs::read(Path::new(&shared).join("clinical/opioids.csv")) else {
        eprintln!("NOTICE: skipped, the clinical opioid table is not here");
        return;
    };
    let mut reader = csv::Reader::from_reader(text.as_slice());
    let heads = reader.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let (codes, route, default) =
        (at("atc_koder"), at("indgivelsesvej"), at("anbefalet_dk_standard"));
    let (counted, defined) = (at("medregnes_i_OME"), at("who_ddd"));
    let mut compared = 0;
    for line in reader.records().map(Result::unwrap) {
        for code in line[codes].split(';').map(|code| code.trim_end_matches('*')) {
            let code = profilblik::code::Code::new(profilblik::code::System::Atc, code).unwrap();
            for route in line[route].split('/').filter(|route| *route != "alle") {
                let lines = table().of_code(&code);
                let known = lines.iter().find(|factor| {
                    factor.routes.is_empty() || factor.routes.iter().any(|known| known == route)
                });
                // The table's own routes of the dependence medicines are wider than general practice's.
                let Some(known) = known else {
                    assert!(line[counted].starts_with("nej"), "{}: no {route}", code.shown());
                    continue;
                };
                let shown = known.default.map_or_else(String::new, |factor| factor.to_string());
                assert_eq!(shown, line[default], "{} {route}", code.shown());
                let adds = line[counted].starts_with("ja") || line[counted].starts_with("valgfri");
                let ours = matches!(known.counted, Counted::Yes | Counted::Apart);
                assert_eq!(ours, adds, "{} {route}", code.shown());
                if let Some((one, _)) = known.defined {
                    assert_eq!(one.to_string(), line[defined], "{} {route}", code.shown());
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 60, "only {compared} lines were compared");
}

const CODES: [&str; 5] = ["N02AA01", "N02AA05", "N02AX02", "N02AB01", "N02AA11"];

/// An order with its own number, so that rows are never dispensings of one another.
fn order() -> impl Strategy<Value = Row> {
    let dose = prop_oneof![Just(String::new()), (1u32..90).prop_map(|mg| mg.to_string())];
    let kind = prop_oneof![3 => Just(""), 1 => Just("pn")];
    let end = prop_oneof![Just(""), Just("2025-05-31"), Just("2025-06-01"), Just("2025-12-31")];
    (0..CODES.len(), dose, kind, end, 0u32..1_000_000).prop_map(
        |(code, dose, kind, end, number)| {
            let mut row = row(&[
                (Field::Kode, CODES[code]),
                (Field::Dato, "2025-05-01"),
                (Field::Doegndosis, &dose),
                (Field::Doseringsenhed, "mg"),
                (Field::Doseringstype, kind),
                (Field::Slutdato, end),
                (Field::Administrationsvej, "oral"),
            ]);
            row.push((Field::Nr, number.to_string()));
            row
        },
    )
}

fn orders() -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec(order(), 0..6)
}

fn found(rows: &[Row]) -> Trace {
    trace(&plan(), &records(rows))
}

proptest! {
    #[test]
    fn a_row_more_never_lowers_the_sum(rows in orders(), more in order()) {
        let before = found(&rows);
        let after = found(&[rows, vec![more]].concat());
        prop_assert!(before.value <= after.value);
        prop_assert!(before.truth != Truth::Yes || after.truth == Truth::Yes);
    }

    #[test]
    fn the_order_of_rows_never_matters(rows in orders()) {
        let (one, mut other) = (found(&rows), rows);
        other.reverse();
        let other = found(&other);
        prop_assert_eq!((one.truth, one.value), (other.truth, other.value));
        let sum = |trace: &Trace| trace.receipt.as_ref().unwrap().sum;
        prop_assert_eq!(sum(&one), sum(&other));
    }

    /// What cannot be computed makes no answer nej.
    #[test]
    fn unknown_never_counts_as_under_the_limit(rows in orders()) {
        let missing = row(&[
            (Field::Kode, "N02AA01"),
            (Field::Dato, "2025-05-01"),
            (Field::Administrationsvej, "oral"),
            (Field::Nr, "x"),
        ]);
        prop_assert_ne!(found(&[rows, vec![missing]].concat()).truth, Truth::No);
    }

    #[test]
    fn splitting_a_period_in_two_changes_nothing(mg in 1u32..200, at in 0u32..60) {
        let piece = |from: &str, to: &str| row(&[
            (Field::Kode, "N02AA01"),
            (Field::Dato, from),
            (Field::Startdato, from),
            (Field::Slutdato, to),
            (Field::Doegndosis, &mg.to_string()),
            (Field::Doseringsenhed, "mg"),
            (Field::Administrationsvej, "oral"),
        ]);
        let first = Day::parse_iso("2025-04-15").unwrap();
        let split = Day(first.0 + i32::try_from(at).unwrap());
        let whole = found(&[piece("2025-04-15", "2025-07-31")]);
        let parts = found(&[
            piece("2025-04-15", &split.to_string()),
            piece(&Day(split.0 + 1).to_string(), "2025-07-31"),
        ]);
        prop_assert_eq!((whole.truth, whole.value), (parts.truth, parts.value));
    }
}
