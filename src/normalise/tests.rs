use super::*;
use crate::records::Builder;
use crate::schema::Field;
use crate::schema::typed;

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

// Cells of a row of medicines by their columns' names.
fn medicine_cells(line: &str) -> std::collections::BTreeMap<&'static str, String> {
    let names = Table::Rows(Register::Medicin).columns().into_iter().map(|(name, _)| name);
    names.zip(line.split(',').map(str::to_owned)).collect()
}

fn dose_row(text: &str, more: &[(Field, &'static str)]) -> Vec<(Field, String)> {
    let mut row = cells(&[
        (Field::Kode, "N02AA01"), // any code of the factor table by mouth
        (Field::Dato, "01-02-2025"),
        (Field::Form, "tabletter"),
        (Field::Styrke, "10 mg"),
        (Field::Dosering, text),
    ]);
    row.extend(cells(more));
    row
}

fn opioid_lines(
    rows: &[Vec<(Field, String)>],
) -> Vec<std::collections::BTreeMap<&'static str, String>> {
    let mut export = Builder::new(&[Register::Medicin]);
    export.row(Register::Patient, ONE, &cells(&[(Field::Status, "")]));
    rows.iter().for_each(|row| export.row(Register::Medicin, ONE, row));
    let lines = written(&export.finish(), Table::Rows(Register::Medicin));
    lines[1..].iter().map(|line| medicine_cells(line)).collect()
}

#[test]
fn doses_are_whole_numbers_of_parts() {
    let lines = opioid_lines(&[
        dose_row("1 tablet 3 gange daglig", &[]),
        dose_row("1 tablet hver 3. dag", &[]),
        dose_row("1-2 tabletter morgen", &[]),
        dose_row("1 tablet efter behov højst 4 gange daglig", &[]),
        dose_row("1 tablet efter behov", &[]),
        dose_row("efter skriftlig anvisning", &[]),
    ]);
    let whole = |number: i128| (number * typed::PARTS).to_string();
    let mut found: Vec<[String; 3]> = lines
        .iter()
        .map(|line| ["omeq_mindst", "omeq_hoejst", "omeq_pn"].map(|name| line[name].clone()))
        .collect();
    found.sort();
    let (none, zero) = (String::new, || "0".to_owned());
    let third = (10 * typed::PARTS / 3).to_string();
    let mut expected = vec![
        [whole(30), whole(30), zero()],
        [third.clone(), third, zero()],
        [whole(10), whole(20), zero()],
        [zero(), zero(), whole(40)],
        [zero(), zero(), none()],
        [none(), none(), none()],
    ];
    expected.sort();
    assert_eq!(found, expected);
    assert!(
        lines.iter().all(|line| line["omeq_mindst"].is_empty() != line["omeq_grund"].is_empty())
    );
}

#[test]
fn rows_of_one_product_share_its_number() {
    let lines = opioid_lines(&[
        dose_row("1 tablet morgen", &[(Field::Nr, "1")]),
        dose_row("1 tablet aften", &[(Field::Nr, "1")]),
        dose_row("1 tablet aften", &[(Field::Nr, "2")]),
        dose_row("1 tablet efter behov højst 2 gange daglig", &[(Field::Nr, "1")]),
    ]);
    let mut products: Vec<&str> = lines.iter().map(|line| line["produkt"].as_str()).collect();
    products.sort_unstable();
    let alike = products.windows(2).filter(|pair| pair[0] == pair[1]).count();
    assert_eq!((products.len(), alike), (4, 1), "{products:?}");
    assert!(lines.iter().all(|line| line["startdato"] == "2025-02-01" && line["opioid"] == "ja"));
}

#[test]
fn other_medicines_have_no_dose_but_may_have_defined_ones() {
    let row: &[(Field, &str)] =
        &[(Field::Kode, "A99AA99"), (Field::Dato, "01-02-2025"), (Field::Ddd, "0,5")];
    let lines = written(&medicine(&[row]), Table::Rows(Register::Medicin));
    let line = medicine_cells(&lines[1]);
    assert_eq!(line["ddd_mindst"], (typed::PARTS / 2).to_string());
    assert_eq!(line["ddd_mindst"], line["ddd_hoejst"]);
    assert!(
        ["opioid", "produkt", "omeq_mindst", "omeq_pn"].iter().all(|name| line[name].is_empty())
    );
}
