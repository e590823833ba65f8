//! The sanity values of the clinical notes on measures: sums that can be done in the head, and a
//! practice of 1,600 insured at the national level.
//!
//! Not checkable here, since they are findings about the country and not about an export: that 36 %
//! of users are long-term users (2017) and that 8.4 % are above the recommendation (2019). The
//! practice is built with the numbers that follow from them: 112 users, 40 of them long-term, 9 above.
//! That the buprenorphine patch is 78.8 mg with the Danish figure for switching is held by the
//! receipt, which names 1.5 as left out (`opioid/receipts.txt`).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use profilblik::catalog;
use profilblik::day::Day;
use profilblik::evaluate::Evaluator;
use profilblik::measures::figures;
use profilblik::opioid::table::table;
use profilblik::profile::check;
use profilblik::ratio::Ratio;
use profilblik::records::{Builder, PatientId, Records};
use profilblik::schema::{Field, Register};
use profilblik::truth::Truth;

const SUMS: &str = include_str!("opioid/sanity.csv");

const PROFILE: &str = "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"x\"\n\
    [kriterie.over]\nregister = \"medicin\"\nkoder = [\"N02A\"]\nberegning = \"omeq_pr_doegn\"\n\
    vaerdi = \"> 100 mg\"\n[population]\ninklusion = { alle = [\"over\"] }\n";

fn index() -> Day {
    Day::parse_iso("2026-06-01").unwrap()
}

fn one_row(cells: &[(Field, String)]) -> Records {
    let mut builder = Builder::new(&[Register::Patient, Register::Medicin]);
    builder.row(Register::Patient, "6101504001", &[]);
    builder.row(Register::Medicin, "6101504001", cells);
    builder.finish()
}

#[test]
fn sums_that_can_be_done_in_the_head() {
    let plan = check("x.toml", PROFILE).plan.unwrap();
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(SUMS.as_bytes());
    let mut wrong = Vec::new();
    for line in reader.records().map(Result::unwrap) {
        let fields = [
            Field::Kode,
            Field::Styrke,
            Field::Form,
            Field::Doegndosis,
            Field::Doseringsenhed,
            Field::Startdato,
            Field::Aaben,
        ];
        let cells = [&line[1], &line[2], &line[3], &line[4], &line[5], "2026-05-01", "ja"];
        let cells: Vec<_> = fields.into_iter().zip(cells.map(str::to_owned)).collect();
        let records = one_row(&cells);
        let trace =
            Evaluator::new(&plan, &records, index()).explain(PatientId(0)).criteria.remove(0);
        let receipt = trace.receipt.unwrap();
        let sum = receipt.sum.fixed;
        let expected = Ratio::parse(&line[6]).unwrap();
        let says = |yes: bool| if yes { "ja" } else { "nej" };
        let verdict = match trace.truth {
            Truth::Yes => "ja",
            Truth::No => "nej",
            Truth::Unknown => "ukendt",
        };
        if (sum, verdict, says(receipt.grey)) != (expected, &line[7], &line[8]) {
            wrong.push(format!(
                "{}: {sum} mg, {verdict}, gråzone {}",
                &line[0],
                says(receipt.grey)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A defined daily dose is no morphine equivalent: the sum of one is not 100.
#[test]
fn one_defined_daily_dose_in_morphine() {
    for (code, route, expected) in
        [("N02AA05", "oral", "112.5"), ("N02AX02", "oral", "60"), ("N02AA01", "oral", "100")]
    {
        let code = profilblik::code::Code::new(profilblik::code::System::Atc, code).unwrap();
        let lines = table().of_code(&code);
        let line =
            lines.iter().find(|line| line.routes.iter().any(|known| known == route)).unwrap();
        let morphine = line.defined.unwrap().0.times(line.default.unwrap()).unwrap();
        assert_eq!(morphine.to_string(), expected, "{}", code.shown());
    }
}

const INSURED: usize = 1_600;
const USERS: usize = 112;
const LONG_TERM: usize = 40;
const ABOVE: usize = 9;

/// The first nine take 120 mg for a year, thirty-one 10 mg for a year, the other users a month.
fn practice() -> Records {
    let mut builder = Builder::new(&[Register::Patient, Register::Medicin]);
    let cpr = |at: usize| format!("6101{:02}{}", 50 + at / 800, 4_000 + at % 800);
    for at in 0..INSURED {
        builder.row(Register::Patient, &cpr(at), &[]);
    }
    for at in 0..USERS {
        let months = if at < LONG_TERM { 12 } else { 1 };
        for month in 0..months {
            let day = index().add_days(-10 - 30 * month).to_string();
            let dose = if at < ABOVE { "120" } else { "10" };
            let cells = [
                (Field::Kode, "N02AA01".to_owned()),
                (Field::Administrationsvej, "oral".to_owned()),
                (Field::Doegndosis, dose.to_owned()),
                (Field::Doseringsenhed, "mg".to_owned()),
                (Field::Dage, "30".to_owned()),
                (Field::Dato, day),
            ];
            builder.row(Register::Medicin, &cpr(at), &cells);
        }
    }
    builder.finish()
}

#[test]
fn a_practice_of_1600_at_the_national_level() {
    let profiles = catalog::built_in();
    let plan = profiles.into_iter().find(|one| one.id == "opioid_flag").unwrap().plan.unwrap();
    let records = practice();
    let found = figures(&Evaluator::new(&plan, &records, index()));
    let figure = |id: &str| {
        let one = found.iter().find(|one| one.id == id && one.ydernummer.is_none()).unwrap();
        (one.numerator, one.denominator, one.undecided)
    };
    // 112 of 1,600 are 70 per 1,000.
    assert_eq!(figure("opioid_pr_1000"), (112, 1_600, 0));
    // 40 of 112 are 36 %, and of 1,600 they are 25 per 1,000.
    assert_eq!(figure("langtid_pr_1000"), (40, 1_600, 0));
    // 9 of 112 are 8 %.
    assert_eq!(figure("over_100_andel"), (9, 112, 0));
}
