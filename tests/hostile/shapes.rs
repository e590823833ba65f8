//! The other shapes of a file, made from seeds with the account that must come out: patient blocks, two
//! tables in one file, bare lists, sheets, resources line by line.

use crate::generator::Account;
use crate::random::Random;
use crate::workbook::{Value, workbook};
use crate::{account, read};

/// Files of each shape on every test run.
const FILES: u64 = 300;

fn cpr(number: usize) -> String {
    format!("61{:02}{:02}{:04}", number % 12 + 1, 10 + number / 12 % 80, 1_000 + number)
}

fn counted(physical: usize, header: u64, used: usize) -> Account {
    Account { physical: physical as u64, header, used: used as u64, ..Account::default() }
}

fn holds(shape: &str, seed: u64, (name, bytes, expected): (&str, Vec<u8>, Account)) {
    let session = read(name, &bytes);
    let text = String::from_utf8_lossy(&bytes);
    assert_eq!(session.refused(), [], "{shape}, seed {seed}\n{text}");
    assert_eq!(account(&session), expected, "{shape}, seed {seed}\n{text}");
}

fn each(shape: &str, make: fn(&mut Random) -> (&'static str, Vec<u8>, Account)) {
    (0..FILES).for_each(|seed| holds(shape, seed, make(&mut Random::new(seed))));
}

#[test]
fn patient_blocks() {
    each("blocks", |random| {
        let (mut text, mut rows) = ("CPR;Navn;Dato;Diagnosekode\n".to_owned(), 0);
        for patient in 0..3 + random.below(12) {
            text += &format!(
                "{};Opdigtet {patient};01-02-2025;Q{}\n",
                cpr(patient),
                10 + random.below(80)
            );
            let more = 1 + random.below(4);
            (0..more).for_each(|_| text += &format!(";;02-02-2025;Q{}\n", 10 + random.below(80)));
            rows += 1 + more;
        }
        ("liste.csv", text.into_bytes(), counted(rows + 1, 1, rows))
    });
}

#[test]
fn two_tables_in_one_file() {
    each("two tables", |random| {
        let (first, second, gap) = (2 + random.below(20), 2 + random.below(20), random.below(3));
        let mut text = "cpr;icpc;dato\n".to_owned();
        (0..first).for_each(|at| text += &format!("{};Q99;01-02-2025\n", cpr(at)));
        (0..gap).for_each(|_| text.push('\n'));
        text += "cpr;atc;navn;startdato\n";
        (0..second).for_each(|at| text += &format!("{};X99ZZ99;Opdigtin;01-02-2025\n", cpr(at)));
        let expected = counted(first + second + gap + 2, 2, first + second);
        ("udtraek.csv", text.into_bytes(), Account { blank: gap as u64, ..expected })
    });
}

#[test]
fn bare_lists() {
    each("bare list", |random| {
        let (mut text, mut expected) = (String::new(), Account::default());
        for at in 0..4 + random.below(40) {
            expected.physical += 1;
            if at > 3 && random.one_in(8) {
                text.push('\n');
                expected.blank += 1;
                continue;
            }
            let number = cpr(at);
            let hyphen = random.one_in(2);
            text += &if hyphen {
                format!("{}-{}\n", &number[..6], &number[6..])
            } else {
                number + "\n"
            };
            expected.used += 1;
        }
        ("liste.txt", text.into_bytes(), expected)
    });
}

#[test]
fn sheets() {
    each("sheet", |random| {
        let text = |text: &str| Value::Text(text.into());
        let mut rows = vec![vec![text("cpr"), text("icpc"), text("dato")]];
        let mut expected = counted(1, 1, 0);
        for at in 0..3 + random.below(20) {
            expected.physical += 1;
            let fault = if at > 4 { random.below(20) } else { 7 };
            let number = match fault {
                0 => Value::Empty,
                1 => text("ukendt"),
                _ => Value::Number(cpr(at)),
            };
            match fault {
                0 => *expected.set_aside.entry("cpr-missing").or_default() += 1,
                1 => *expected.set_aside.entry("cpr-shape").or_default() += 1,
                _ => expected.used += 1,
            }
            rows.push(vec![number, Value::Inline("Q99".into()), Value::Day(45_000 + at as i32)]);
        }
        ("udtræk.xlsx", workbook(&[("Diagnoser", rows)]), expected)
    });
}

#[test]
fn resources_line_by_line() {
    each("NDJSON", |random| {
        let (mut text, mut expected) = (String::new(), counted(1, 1, 0));
        for at in 0..2 + random.below(30) {
            let fault = if at > 0 { random.below(10) } else { 9 };
            let subject = format!(
                r#""subject":{{"identifier":{{"system":"urn:oid:1.2.208.176.1.2","value":"{}"}}}}"#,
                cpr(at)
            );
            let (more, reason) = match fault {
                0 => (
                    r#","verificationStatus":{"coding":[{"code":"entered-in-error"}]}"#,
                    "entered-in-error",
                ),
                1 => (r#","verificationStatus":{"coding":[{"code":"refuted"}]}"#, "refuted"),
                2 => (r#","note":["#, "broken-resource"),
                _ => ("", ""),
            };
            text += &format!(
                r#"{{"resourceType":"Condition",{subject},"code":{{"text":"Opdigtet"}},"recordedDate":"2025-02-01"{more}}}"#
            );
            text.push('\n');
            expected.physical += 1;
            match reason {
                "" => expected.used += 1,
                reason => *expected.set_aside.entry(reason).or_default() += 1,
            }
        }
        ("Condition.ndjson", text.into_bytes(), expected)
    });
}
