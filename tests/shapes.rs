//! The shapes of printed lists: patient blocks, several tables in a file, rows in cells, bare lists.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else than it expects"
)]

use profilblik::decode::{HEAD_BYTES, Probe, Reason, probe};
use profilblik::note::Language;
use profilblik::records::{Records, TableReader};
use profilblik::schema::{Field, Register};

fn read_in(text: &str, slice: usize) -> Records {
    let bytes = text.as_bytes();
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let probe = match probe("liste.csv", bytes.len() as u64, head) {
        Probe::Table(probe) => probe,
        other => panic!("{other:?}"),
    };
    let mut reader = TableReader::new("liste.csv", &probe);
    bytes.chunks(slice).for_each(|part| reader.push(part));
    let mut records = Records::default();
    records.add(reader.finish());
    records.settle();
    records
}

/// Read in slices of several sizes, with the account of all lines checked.
fn read(text: &str) -> Records {
    let physical = text.lines().count() as u64;
    for slice in [1, 7, 64] {
        let (one, other) = (read_in(text, slice), read_in(text, usize::MAX));
        assert_eq!(dump(&one), dump(&other), "slice {slice}");
    }
    let records = read_in(text, usize::MAX);
    assert!(records.sources.iter().all(|source| source.ledger.balanced()), "{:?}", records.sources);
    let all: u64 = records.sources.iter().map(|source| source.ledger.physical).sum();
    assert_eq!(all, physical, "every line has one place");
    records
}

/// Every row: cpr, file, line, code or name, day.
fn dump(records: &Records) -> Vec<String> {
    let mut rows = Vec::new();
    for register in Register::ALL {
        let Some(events) = records.events(register) else { continue };
        for at in 0..events.len() {
            let codes = &events.code_groups()[events.code_id(at)];
            let codes: Vec<String> = codes.iter().map(|code| code.shown()).collect();
            let texts = [Field::Tekst, Field::Navn, Field::Styrke, Field::Vaerdi];
            let texts = texts.map(|field| events.text(at, field)).join("|");
            let day = events.day(at).map(|day| {
                let (year, month, date) = day.ymd();
                format!("{year}-{month:02}-{date:02}")
            });
            rows.push(format!(
                "{} line {} {} {texts} {}",
                register.name(),
                events.origin(at).line,
                codes.join("+"),
                day.unwrap_or_default(),
            ));
        }
    }
    rows
}

fn remarks(records: &Records) -> String {
    let all = records.sources.iter().flat_map(|source| &source.remarks);
    all.map(|said| said.of(Language::Danish)).collect::<Vec<_>>().join("\n")
}

fn aside(records: &Records) -> Vec<(u32, Reason)> {
    let all = records.sources.iter().flat_map(|source| &source.set_aside);
    all.map(|line| (line.line, line.reason)).collect()
}

fn of_patient(records: &Records, cpr: &str) -> usize {
    let patient = records
        .patients
        .ids()
        .find(|id| records.patients.cpr(*id).is_some_and(|of| of.as_str() == cpr));
    records.events(Register::Diagnose).unwrap().of(patient.unwrap()).len()
}

#[test]
fn cpr_is_carried_down_within_a_block() {
    let text = "CPR;Navn;Dato;Diagnosekode\n0201609996;Lonni;01-02-2025;P76\n;;02-02-2025;K86\n;;03-02-2025;T90\n0201609995;Einer;01-02-2025;P76\n;;05-02-2025;K86\n";
    let records = read(text);
    assert_eq!(records.sources[0].ledger.used, 5);
    assert_eq!((of_patient(&records, "0201609996"), of_patient(&records, "0201609995")), (3, 2));
    assert!(remarks(&records).contains("CPR båret ned i 3 rækker"), "{}", remarks(&records));
}

#[test]
fn nothing_is_carried_over_a_line_that_is_no_row() {
    let block = "CPR;Navn;Dato;Diagnosekode\n0201609996;Lonni;01-02-2025;P76\n;;02-02-2025;K86\n;;03-02-2025;T90\n";
    let row = ";;04-02-2025;R96\n";
    for (gap, lines) in [
        ("\n", 6),
        (";;;\n", 6),
        ("Side 2 af 3\n", 6),
        ("Side 2 af 3;;;\n", 6),
        ("I alt;;3;\n", 6),
        ("Medicin;;;\n", 6),
        ("CPR;Navn;Dato;Diagnosekode\n", 6),
        (";Einer;01-02-2025;P76\n", 6),
        ("1234;Einer;01-02-2025;P76\n", 6),
    ] {
        let records = read(&format!("{block}{gap}{row}"));
        assert_eq!(records.sources[0].ledger.used, 3, "{gap:?}");
        assert!(aside(&records).contains(&(lines, Reason::CprMissing)), "{gap:?}");
    }
}

#[test]
fn a_missing_cpr_in_a_list_of_events_is_never_filled() {
    let text = "CPR;Dato;ICPC\n0201609996;01-02-2025;P76\n;02-02-2025;K86\n0201609995;02-02-2025;K86\n0201609995;03-02-2025;K86\n;02-02-2025;K86\n;02-02-2025;K86\n";
    let records = read(text);
    let lines = [3, 6, 7].map(|line| (line, Reason::CprMissing));
    assert_eq!(aside(&records), lines);
}

#[test]
fn each_table_of_a_file_is_of_its_own_register() {
    let text = "Diagnoser\nCPR;Dato;ICPC\n0201609996;01-02-2025;P76\nSide 1 af 2\nCPR;Dato;ICPC\n0201609995;01-02-2025;K86\nI alt;2;\n\nMedicin\nCPR;ATC;Startdato;Styrke\n0201609996;N02AX02;01-01-2025;100 mg\n0201609995;C03AA01;01-01-2025;5 mg\n;;;\nCPR;NPU-kode;Dato;Resultat\n0201609995;NPU27300;01-03-2025;48\n";
    let records = read(text);
    let registers: Vec<_> =
        records.sources.iter().map(|source| (source.register, source.name.as_str())).collect();
    assert_eq!(
        registers,
        [
            (Register::Diagnose, "liste.csv"),
            (Register::Medicin, "liste.csv (2)"),
            (Register::Proeve, "liste.csv (3)"),
        ]
    );
    assert_eq!(
        aside(&records),
        [(1, Reason::Title), (4, Reason::Title), (7, Reason::Total), (9, Reason::Title)]
    );
    let header: u64 = records.sources.iter().map(|source| source.ledger.header).sum();
    assert_eq!(header, 4);
    let rows = dump(&records);
    assert_eq!(rows.len(), 5, "{rows:?}");
    assert!(rows.contains(&"medicin line 11 N02AX02 ||100 mg| 2025-01-01".to_owned()), "{rows:?}");
    assert!(rows.contains(&"proeve line 15 NPU27300 |||48 2025-03-01".to_owned()), "{rows:?}");
}

#[test]
fn a_table_of_the_same_width_is_not_read_by_the_columns_above() {
    let text = "CPR;Dato;ICPC\n0201609996;01-02-2025;P76\nCPR;ATC;Startdato\n0201609996;N02AX02;01-01-2025\n";
    let rows = dump(&read(text));
    assert_eq!(
        rows,
        ["diagnose line 2 P76 ||| 2025-02-01", "medicin line 4 N02AX02 ||| 2025-01-01"]
    );
}

#[test]
fn a_table_of_no_register_is_set_aside_line_by_line() {
    let text = "CPR;Dato;ICPC\n0201609996;01-02-2025;P76\nCPR;Ydernummer\n0201609996;091034\n0201609995;091034";
    let records = read(text);
    let total: u64 = records.sources.iter().map(|source| source.ledger.physical).sum();
    assert_eq!(total, 5);
    assert_eq!(records.events(Register::Diagnose).unwrap().len(), 1);
}

#[test]
fn cells_with_several_codes_become_rows_of_their_registers() {
    let text = "CPR;Navn;Diagnoser;Medicin;Seneste HbA1c (mmol/mol);Dato HbA1c\n0201609996;Lonni;P76, K86;N02AX02 Tramadol Retard 100 mg; C03AA01;48;01-02-2025\n0201609995;Einer;P76 Depression 01-03-2024;;;\n2509479989;Bruno;;;;\n";
    let text = text.replace("100 mg; C03AA01", "37,5 mg, C03AA01");
    let records = read(&text);
    assert_eq!(records.sources[0].register, Register::Patient);
    assert_eq!(records.sources[0].ledger.used, 3);
    assert_eq!(
        dump(&records),
        [
            "diagnose line 3 P76 Depression 01-03-2024||| 2024-03-01",
            "diagnose line 2 P76 ||| ",
            "diagnose line 2 K86 ||| ",
            "medicin line 2 N02AX02 |Tramadol Retard|37,5 mg| ",
            "medicin line 2 C03AA01 ||| ",
            "proeve line 2 NPU27300 |Seneste HbA1c (mmol/mol)||48 2025-02-01",
        ]
    );
    let said = remarks(&records);
    for column in ["»Diagnoser«", "»Medicin«", "»Seneste HbA1c (mmol/mol)«"] {
        assert!(said.contains(column), "{said}");
    }
}

#[test]
fn a_value_without_a_unit_has_no_code() {
    let text = "CPR;Navn;Seneste HbA1c;Dato\n0201609996;Lonni;48;01-02-2025\n0201609995;Einer;6,5 %;01-03-2025\n";
    let rows = dump(&read(text));
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows.iter().any(|row| row.contains("NPU03835")), "{rows:?}");
    assert!(!rows.iter().any(|row| row.contains("NPU27300")), "{rows:?}");
}

#[test]
fn a_list_of_events_with_two_codes_in_a_cell_stays_one() {
    let text =
        "CPR;Dato;Diagnosekoder\n0201609996;01-02-2025;P76, K86\n0201609995;01-02-2025;P76\n";
    let records = read(text);
    assert_eq!(records.sources.len(), 1);
    assert_eq!(records.sources[0].register, Register::Diagnose);
}

#[test]
fn bare_lists_are_patients() {
    for text in [
        "0201609996\n020160-9995\n2509479989\n",
        "020160-9996 Lonni Test Lauridsen\n0201609995 Einer\n250947-9989\n",
        "0201609996, Lonni Test Lauridsen\n0201609995, Einer\n",
        "Liste over patienter\n\n0201609996 Lonni\n0201609995 Einer\n",
    ] {
        let records = read(text);
        assert_eq!(records.sources[0].register, Register::Patient, "{text}");
        assert!(records.patients.len() >= 2, "{text}");
    }
    let records = read("020160-9996 Lonni Test Lauridsen\n0201609995 Einer\n");
    let first =
        records.patients.ids().find(|id| records.patients.name(*id) == "Lonni Test Lauridsen");
    assert!(first.is_some());
}
