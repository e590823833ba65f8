use super::*;
use crate::records::Builder;
use crate::schema::Field;

const ONE: &str = "0101501111";

fn written(records: &Records, table: Table) -> Vec<String> {
    let mut out = Vec::new();
    write(records, "a", table, &mut out).unwrap();
    String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
}

fn cells(pairs: &[(Field, &str)]) -> Vec<(Field, String)> {
    pairs.iter().map(|(field, text)| (*field, (*text).to_owned())).collect()
}

fn medicine(rows: &[&[(Field, &str)]]) -> Records {
    let mut export = Builder::new(&[Register::Medicin]);
    export.row(Register::Patient, ONE, &cells(&[(Field::Status, "")]));
    rows.iter().for_each(|row| export.row(Register::Medicin, ONE, &cells(row)));
    export.finish()
}

#[test]
fn only_the_table_of_keys_holds_cpr_numbers() {
    let records = medicine(&[&[(Field::Kode, "A99AA99"), (Field::Dato, "01-02-2025")]]);
    for table in Table::ALL {
        let has = written(&records, table).iter().any(|line| line.contains(ONE));
        assert_eq!(has, table == Table::Keys, "{}", table.name());
    }
}

#[test]
fn every_line_has_the_columns_of_its_table() {
    let records = medicine(&[
        &[(Field::Kode, "A99AA99"), (Field::Dato, "01-02-2025"), (Field::Navn, "Aa, \"b\"")],
        &[(Field::Kode, "B99BB99"), (Field::Status, "aktiv"), (Field::Dato, "01-02-2025")],
    ]);
    for table in Table::ALL {
        let mut out = Vec::new();
        write(&records, "a", table, &mut out).unwrap();
        let mut lines = csv::Reader::from_reader(out.as_slice());
        let names: Vec<&str> = table.columns().iter().map(|(name, _)| *name).collect();
        assert_eq!(lines.headers().unwrap().iter().collect::<Vec<_>>(), names);
        assert!(lines.records().all(|line| line.unwrap().len() == names.len()));
    }
}

#[test]
fn a_register_that_is_missing_is_not_named_and_its_table_is_empty() {
    let records = medicine(&[]);
    assert_eq!(written(&records, Table::Registers), ["export,register", "a,patient", "a,medicin"]);
    assert_eq!(written(&records, Table::Rows(Register::Proeve)).len(), 1);
}

#[test]
fn periods_say_what_is_known() {
    let rows: [&[(Field, &str)]; 5] = [
        &[(Field::Dato, "01-02-2025"), (Field::Slutdato, "10-02-2025")],
        &[(Field::Dato, "02-02-2025"), (Field::Status, "aktiv")],
        &[(Field::Dato, "03-02-2025")],
        &[(Field::Dato, "04-02-2025"), (Field::Status, "pauseret")],
        &[(Field::Slutdato, "10-02-2025")],
    ];
    let lines = written(&medicine(&rows), Table::Rows(Register::Medicin));
    let periods: Vec<String> = lines[1..]
        .iter()
        .map(|l| l.split(',').skip(5).take(3).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        periods,
        [
            "loeber 2025-02-01 2025-02-10",
            "loeber 2025-02-02 ",
            "antaget 2025-02-03 ",
            "ingen  ",
            "kun_slut  2025-02-10"
        ]
    );
}

#[test]
fn copies_are_left_out_and_codes_stand_beside_their_rows() {
    let row: &[(Field, &str)] = &[(Field::Kode, "a99aa99"), (Field::Dato, "01-02-2025")];
    let records = medicine(&[row, row]);
    assert_eq!(written(&records, Table::Rows(Register::Medicin)).len(), 2);
    assert_eq!(records.duplicates(), 1);
    let codes = written(&records, Table::Codes);
    assert_eq!(codes[1..], ["a,medicin,0,0,ATC,A99AA99,A99AA99,"]);
}

#[test]
fn answers_are_bounds_and_folded_text() {
    let mut export = Builder::new(&[Register::Proeve]);
    let row = [
        (Field::Dato, "01-02-2025"),
        (Field::Vaerdi, "<5"),
        (Field::Enhed, "mikromol / L"),
        (Field::Referenceinterval, "< 48"),
    ];
    export.row(Register::Proeve, ONE, &cells(&row));
    let lines = written(&export.finish(), Table::Rows(Register::Proeve));
    assert!(lines[1].ends_with(",,9999999,umol/l,<5,,95999999,true,false"), "{}", lines[1]);
}
