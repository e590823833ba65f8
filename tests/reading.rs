//! Reading whole files: registers, columns, ledgers, and that nothing is lost in any shape.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else than it expects"
)]

use profilblik::day::Day;
use profilblik::decode::archive::Archive;
use profilblik::decode::{HEAD_BYTES, Probe, probe};
use profilblik::records::{Reason, Records, Table, TableReader};
use profilblik::schema::{Field, Register};

fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(HEAD_BYTES)]
}

fn read_in(name: &str, bytes: &[u8], slice: usize) -> Result<Table, String> {
    match probe(name, bytes.len() as u64, head(bytes)) {
        Probe::Table(table) => {
            let mut reader = TableReader::new(name, &table);
            bytes.chunks(slice.max(1)).for_each(|part| reader.push(part));
            Ok(reader.finish())
        }
        Probe::Refused(refusal) => Err(refusal.code.into()),
        other => Err(format!("{other:?}")),
    }
}

fn read(name: &str, text: &str) -> Table {
    read_in(name, text.as_bytes(), usize::MAX).unwrap()
}

fn records(tables: Vec<Table>) -> Records {
    let mut records = Records::default();
    tables.into_iter().for_each(|table| records.add(table));
    records.settle();
    records
}

/// header, blank, continuation, used, set aside
fn account(table: &Table) -> [u64; 5] {
    let l = table.source.ledger;
    assert!(l.balanced(), "{l:?}");
    [l.header, l.blank, l.continuation, l.used, l.set_aside]
}

fn reasons(table: &Table) -> Vec<(u32, Reason)> {
    table.source.set_aside.iter().map(|s| (s.line, s.reason)).collect()
}

const NATIVE: [(&str, &str, Register); 7] = [
    (
        "patient.csv",
        "cpr;navn;koen;foedselsdato;adresse;postnummer;by;sikringsgruppe;status;tilmeldt_dato;ydernummer\n0201609996;Lonni Test Lauridsen;K;02-01-1960;Testgrusgraven 3, 3.th;3400;Hillerød;1;tilmeldt;01-07-2014;091034\n",
        Register::Patient,
    ),
    (
        "diagnoser.csv",
        "cpr;icpc;icd10;tekst;dato;debutdato;slutdato;type;status\n0201609996;P76;DF329;Depression;14-03-2023;;;forløbsdiagnose;aktuel\n",
        Register::Diagnose,
    ),
    (
        "medicin.csv",
        "cpr;atc;navn;styrke;form;dosering;doegndosis;enhed;type;startdato;slutdato;udleveret_dato;antal_pakninger;pakningsstoerrelse;indikation;dosisdispensering\n0201609996;N02AX02;Tramadol Retard;100 mg;depottabletter;1 tablet morgen og aften;2;tablet;Fast;01-11-2023;;02-09-2024;1;100 stk.;mod smerter;Nej\n",
        Register::Medicin,
    ),
    (
        "proever.csv",
        "cpr;kode;navn;vaerdi;enhed;dato;ref_nedre;ref_oevre\n0201609996;MCS88042;MMSE;27;;11-05-2024;;\n",
        Register::Proeve,
    ),
    (
        "ydelser.csv",
        "cpr;kode;tekst;dato;antal\n0201609996;0101;Konsultation;11-05-2024;1\n",
        Register::Ydelse,
    ),
    (
        "aftaler.csv",
        "cpr;dato;kl;type;status;behandler\n0201609996;11-05-2027;10:30;Årskontrol;booket;LL\n",
        Register::Aftale,
    ),
    (
        "henvisninger.csv",
        "cpr;dato;type;speciale;modtager;diagnose;status\n0201609996;11-05-2024;REF01;Neurologi;Testafdeling A;P70;sendt\n",
        Register::Henvisning,
    ),
];

#[test]
fn native_layout_leaves_no_column_over() {
    for (name, text, register) in NATIVE {
        // Also under a name that says nothing, so that the columns alone decide.
        for name in [name, "udtraek.csv"] {
            let table = read(name, text);
            assert_eq!(table.source.register, register, "{name}");
            let over: Vec<_> = table.source.columns.iter().filter(|c| c.1.is_none()).collect();
            assert!(over.is_empty(), "{register:?}: {over:?}");
            assert!(table.source.remarks.is_empty(), "{:?}", table.source.remarks);
            assert_eq!(account(&table), [1, 0, 0, 1, 0]);
        }
    }
}

#[test]
fn native_values_arrive() {
    let records = records(NATIVE.iter().map(|(name, text, _)| read(name, text)).collect());
    let patient = records.patients.ids().next().unwrap();
    assert_eq!(records.patients.name(patient), "Lonni Test Lauridsen");
    assert_eq!(records.patients.text(patient, Field::Ydernummer), "091034");
    let medicine = records.events(Register::Medicin).unwrap();
    assert_eq!(medicine.day(0), Day::from_ymd(2024, 9, 2), "dispensed, not started");
    assert_eq!(medicine.date(0, Field::Startdato), Day::from_ymd(2023, 11, 1));
    assert_eq!(medicine.flag(0, Field::Dosisdispensering), Some(false));
    let diagnosis = records.events(Register::Diagnose).unwrap();
    let codes: Vec<String> =
        diagnosis.code_groups()[diagnosis.code_id(0)].iter().map(|c| c.shown()).collect();
    assert_eq!(codes, ["P76", "F329"]);
    assert_eq!(diagnosis.origin(0).line, 2);
    // The appointment lies in the future and never decides the index date.
    assert_eq!(
        records.default_index_date(Day::from_ymd(2026, 1, 1).unwrap()),
        Day::from_ymd(2024, 9, 2).unwrap()
    );
}

#[test]
fn separators_encodings_and_line_ends_read_the_same() {
    let text = "CPR-nr.;Diagnosekode;Diagnosetekst;Dato\r\n0201609996;P76;Sindslidelse – æøå;14-03-2023\r\n2509479989;K86;\"a; \"\"b\"\"\";01-02-2024\r\n";
    let utf16 = |big: bool, bom: bool| -> Vec<u8> {
        let bom = if bom { "\u{feff}" } else { "" };
        format!("{bom}{text}")
            .encode_utf16()
            .flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() })
            .collect()
    };
    let windows: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '–' => 0x96,
            c => c as u32 as u8,
        })
        .collect();
    let forms: Vec<Vec<u8>> = vec![
        text.into(),
        format!("\u{feff}{text}").into(),
        windows,
        utf16(false, true),
        utf16(true, true),
        utf16(false, false),
        utf16(true, false),
        text.replace("\r\n", "\n").into(),
        text.replace("\r\n", "\r").into(),
        text.trim_end().into(),
        text.replace("a; ", "a, ").replace(';', "\t").replace("a, ", "a; ").into(),
        text.replace("a; ", "a# ").replace(';', ",").replace("a# ", "a; ").into(),
        format!("sep=;\r\n{text}").into(),
    ];
    for (at, form) in forms.iter().enumerate() {
        for slice in [usize::MAX, 1, 7] {
            let table = read_in("x.csv", form, slice).unwrap_or_else(|e| panic!("form {at}: {e}"));
            assert_eq!(account(&table)[1..], [0, 0, 2, 0], "form {at}");
            let records = records(vec![table]);
            let events = records.events(Register::Diagnose).unwrap();
            let texts: Vec<&str> = (0..2).map(|i| events.text(i, Field::Tekst)).collect();
            assert_eq!(texts, ["Sindslidelse – æøå", "a; \"b\""], "form {at} slice {slice}");
        }
    }
}

#[test]
fn titles_blanks_repeated_headers_and_totals_have_their_place() {
    let table = read(
        "diag.csv",
        "Udtræk fra 01-01-2024 til 31-12-2025\n\nCPR;Dato;ICPC\n0201609996;14-03-2023;P76\n;;\n   \n0201609996;15-03-2023;P76;;\nCPR;Dato;ICPC\n0201609996;16-03-2023\n0201609996;16-03-2023;P76;x\n;16-03-2023;P70\n1234;16-03-2023;P70\n1,2E+09;16-03-2023;P70\nI alt;;3\nI alt 3 rækker\n",
    );
    assert_eq!(account(&table), [2, 3, 0, 2, 8]);
    assert_eq!(
        reasons(&table),
        [
            (1, Reason::Title),
            (9, Reason::TooFewFields),
            (10, Reason::TooManyFields),
            (11, Reason::CprMissing),
            (12, Reason::CprShape),
            (13, Reason::CprRounded),
            (14, Reason::Total),
            (15, Reason::Total),
        ]
    );
    let records = records(vec![table]);
    assert_eq!(records.extract_date, Day::from_ymd(2025, 12, 31));
}

#[test]
fn an_open_quote_costs_one_line() {
    let mut text = String::from("cpr;dato;icpc;tekst\n");
    for row in 0..1000 {
        let quote = if row == 99 { "\"" } else { "" };
        text += &format!("020160999{};01-01-2024;P76;{quote}tekst\n", row % 10);
    }
    for slice in [usize::MAX, 1000, 13] {
        let table = read_in("d.csv", text.as_bytes(), slice).unwrap();
        assert_eq!(account(&table), [1, 0, 0, 999, 1], "slice {slice}");
        assert_eq!(reasons(&table), [(101, Reason::Quote)]);
    }
    // Also where every other row has honest quotes.
    let quoted = text.replace(";tekst\n", ";\"tek;st\"\n");
    assert_eq!(account(&read("d.csv", &quoted)), [1, 0, 0, 999, 1]);
}

#[test]
fn a_separator_too_many_shifts_no_cell() {
    // The last cell is empty: the line still fits the header, with its cells in the wrong columns.
    let table = read(
        "d.csv",
        "cpr;dato;icpc;slutdato\n6101016006;01-01-2024;X99;\n6102026006;;02-01-2024;X98;\n6103036006;03-01-2024;X97;04-01-2024;;\n",
    );
    assert_eq!(
        (account(&table), reasons(&table)),
        ([1, 0, 0, 2, 1], vec![(3, Reason::TooManyFields)])
    );
    // Rows that all end with a separator are as they should be.
    let row = |day: u32| format!("61{day:02}016006;;X99;;\n");
    let rows: String = (1..=12).map(row).collect();
    let table = read("d.csv", &format!("cpr;dato;icpc;slutdato\n{rows}"));
    assert_eq!(account(&table), [1, 0, 0, 12, 0]);
    // A header that is short of a heading fits no row, not even one that ends in an empty cell.
    let table = read(
        "d.csv",
        "cpr;dato;icpc\n6101016006;;01-01-2024;X99\n6102026006;;02-01-2024;X98\n6103036006;03-01-2024;X97;\n",
    );
    assert_eq!(account(&table), [1, 0, 0, 0, 3]);
}

/// As a sheet becomes text: every row, the header among them, has a cell more at its end.
#[test]
fn content_behind_the_last_heading_costs_its_row_alone() {
    let table = read(
        "diagnoser.csv",
        "cpr;icpc;tekst;dato;\n6101016006;P70;;01-01-2024;\n6101016006;P76;Opdigtet;02-01-2024;\n\
         6101016006;P76;;03-01-2024;x\n",
    );
    assert_eq!(
        (account(&table), reasons(&table)),
        ([1, 0, 0, 2, 1], vec![(4, Reason::TooManyFields)])
    );
}

#[test]
fn quotes_that_are_not_doubled_are_read_where_all_cells_are_quoted() {
    let row =
        |day: u32, text: &str| format!("\"61{day:02}016006\";\"X99\";\"01-01-2024\";{text}\n");
    let texts = ["\"let \"grad\" 3\"", "\"48\"\"", "\"\"a\"", "\"a\";\"b\"", "\"a \\\"b\"", "\"a"];
    let rows: String = (1..).zip(texts).map(|(day, text)| row(day, text)).collect();
    let table = read("d.csv", &format!("cpr;icpc;dato;tekst\n{rows}"));
    let aside = vec![(5, Reason::TooManyFields), (6, Reason::Quote), (7, Reason::Quote)];
    assert_eq!((account(&table), reasons(&table)), ([1, 0, 0, 3, 3], aside));
    assert!(table.source.remarks.iter().any(|said| said.en.contains("not doubled in 3 rows")));
    let records = records(vec![table]);
    let events = records.events(Register::Diagnose).unwrap();
    let texts: Vec<&str> = (0..3).map(|at| events.text(at, Field::Tekst)).collect();
    assert_eq!(texts, ["let \"grad\" 3", "48\"", "\"a"]);
    // Where a cell has no quotes nobody knows whose these are.
    let table = read("d.csv", "cpr;icpc;tekst\n6101016006;X99;\"a\" og \"b\"\n6102016006;X99;a\n");
    assert_eq!(reasons(&table), [(2, Reason::Quote)]);
}

#[test]
fn headers_with_a_separator_too_many_or_too_few_are_mended_and_said() {
    let rows = "\"6101016006\",\"X99\",\"01-01-2024\"\n\"6102016006\",\"X98\",\"02-01-2024\"\n";
    for header in
        ["\"cpr\",,\"icpc\",\"dato\"", "\"cpr\"\"icpc\",\"dato\"", "\"cpr\" \"icpc\" \"dato\""]
    {
        let table = read("d.csv", &format!("{header}\n{rows}"));
        assert_eq!(account(&table), [1, 0, 0, 2, 0], "{header}");
        let headings: Vec<&str> =
            table.source.columns.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(headings, ["cpr", "icpc", "dato"]);
        assert!(table.source.remarks.iter().any(|said| said.en.contains("too many or too few")));
    }
}

#[test]
fn apostrophes_and_spaces_around_cells() {
    for text in [
        "'cpr','icpc','dato','tekst'\n'6101016006','X99','01-01-2024','Opdigtet''s, \"a\"'\n",
        "\"cpr\", \"icpc\", \"dato\", \"tekst\"\n\"6101016006\", \"X99\", \"01-01-2024\", \"Opdigtet's, \"\"a\"\"\"\n",
    ] {
        for slice in [usize::MAX, 1, 5] {
            let table = read_in("d.csv", text.as_bytes(), slice).unwrap();
            assert_eq!(account(&table), [1, 0, 0, 1, 0], "{text}");
            let records = records(vec![table]);
            let events = records.events(Register::Diagnose).unwrap();
            assert_eq!(events.text(0, Field::Tekst), "Opdigtet's, \"a\"", "{text}");
        }
    }
}

#[test]
fn quoted_line_ends_are_continuations() {
    let table = read(
        "d.csv",
        "cpr;dato;icpc;tekst\n0201609996;01-01-2024;P76;\"en\nto\r\ntre\"\n0201609996;02-01-2024;P76;\"x\"\n",
    );
    assert_eq!(account(&table), [1, 0, 2, 2, 0]);
    let records = records(vec![table]);
    let events = records.events(Register::Diagnose).unwrap();
    assert_eq!(events.text(0, Field::Tekst), "en\nto\r\ntre");
    assert_eq!(events.origin(1).line, 5);
}

#[test]
fn columns_are_known_by_their_cells() {
    let table = read("a.csv", "0201609996;N06DA02;01-01-2024\n2509479989;C09AA05;02-01-2024\n");
    assert_eq!((table.source.register, account(&table)), (Register::Medicin, [0, 0, 0, 2, 0]));
    let table = read(
        "b.csv",
        "Patient-id;Fundet;Hvornår\n0201609996;P70;01-01-2024\n2509479989;K86;02-01-2024\n",
    );
    assert_eq!(table.source.register, Register::Diagnose);
    assert_eq!(table.source.columns[1].1, Some(Field::Kode));
    assert_eq!(table.source.columns[2].1, Some(Field::Dato));
    assert_eq!(read("c.txt", "0201609996\n2509479989\n").source.register, Register::Patient);
}

#[test]
fn letter_numbers_alone_are_patients_too() {
    let table = read("p.csv", "cpr;navn\n070392-1VJ4;Ukendt Test\n");
    assert_eq!(account(&table), [1, 0, 0, 1, 0]);
    let records = records(vec![table]);
    let patient = records.patients.ids().next().unwrap();
    assert_eq!(records.patients.birth(patient), None);
}

#[test]
fn order_of_columns_does_not_matter() {
    let one = read(
        "a.csv",
        "cpr;dato;resultat;navn;kode;enhed\n0201609996;01-01-2024;8,7;Hb;NPU02319;mmol/L\n",
    );
    let two = read(
        "a.csv",
        "enhed;kode;navn;resultat;dato;cpr\nmmol/L;NPU02319;Hb;8,7;01-01-2024;0201609996\n",
    );
    let (one, two) = (records(vec![one]), records(vec![two]));
    let cells = |records: &Records| {
        let events = records.events(Register::Proeve).unwrap();
        (
            events.day(0),
            events.reading(0, Field::Vaerdi).clone(),
            events.text(0, Field::Enhed).to_owned(),
        )
    };
    assert_eq!(cells(&one), cells(&two));
    assert_eq!(cells(&one).2, "mmol/L");
}

#[test]
fn copies_count_once_and_stay_in_the_ledger() {
    let text = "cpr;dato;icpc\n0201609996;01-01-2024;P76\n0201609996;2024-01-01;P76\n0201609996;01-01-2024;P74\n0201609996;;P76\n0201609996;;P76\n";
    let table = read("a.csv", text);
    assert_eq!(account(&table), [1, 0, 0, 5, 0]);
    let again = read("b.csv", text);
    let records = records(vec![table, again]);
    assert_eq!(records.events(Register::Diagnose).unwrap().len(), 3);
    assert_eq!(records.duplicates(), 7);
}

/// Rows are equal if they are so after reading (rule R6); what cannot be read stays apart.
#[test]
fn copies_are_told_by_what_was_read() {
    for (header, one, other, rows) in [
        ("dato;icpc", "01-01-2024;P76", "01-01-2024;p76", 1),
        ("dato;icpc", "01-01-2024;P76", "01-01-2024;P76 Depression", 1),
        ("dato;icpc", "01-01-2024;P76", "01-01-2024;P76.01", 2),
        ("dato;icpc", "01-01-2024;Depression", "01-01-2024;Angst", 2),
        ("dato;icpc;icd10", "01-01-2024;P76;DF32.9", "01-01-2024;P76;F329", 1),
        ("dato;icpc;icd10", "01-01-2024;P76;", "01-01-2024;P76;DF329", 2),
        ("dato;icpc", ";P76", "00-00-0000;P76", 1),
        ("dato;icpc", ";P76", "-;P76", 1),
        ("dato;icpc", ";P76", "ukendt;P76", 2),
        ("dato;icpc", "i fjor;P76", "ukendt;P76", 2),
        ("dato;icpc;slutdato", "01-01-2024;P76;", "01-01-2024;P76;31-12-9999", 1),
    ] {
        // Other patients' rows show what the columns hold.
        let empty = ";".repeat(header.matches(';').count() - 1);
        let others = format!("2509479989;01-02-2024;T90{empty}\n").repeat(9);
        let both = format!("cpr;{header}\n{others}0201609996;{one}\n0201609996;{other}\n");
        let apart = [one, other].map(|row| format!("cpr;{header}\n{others}0201609996;{row}\n"));
        for texts in [&[both][..], &apart] {
            let records = records(texts.iter().map(|text| read("a.csv", text)).collect());
            let events = records.events(Register::Diagnose).unwrap();
            assert_eq!(events.len(), rows + 1, "{one} {other}");
        }
    }
}

#[test]
fn files_may_come_one_after_another() {
    let first = "cpr;dato;icpc\n2509479989;01-01-2024;P76\n";
    let second = "cpr;dato;icpc\n0201609996;01-02-2024;P74\n";
    let mut stepwise = Records::default();
    for text in [first, second] {
        stepwise.add(read("a.csv", text));
        stepwise.settle();
    }
    stepwise.add(read("p.csv", "cpr;navn\n0101010101;Ny\n"));
    stepwise.settle();
    let dump = |records: &Records| -> Vec<(String, Vec<String>)> {
        let events = records.events(Register::Diagnose).unwrap();
        let codes = |p| events.of(p).map(|i| events.text(i, Field::Kode).to_owned()).collect();
        records
            .patients
            .ids()
            .map(|p| (records.patients.cpr(p).unwrap().to_string(), codes(p)))
            .collect()
    };
    let at_once = records(vec![
        read("p.csv", "cpr;navn\n0101010101;Ny\n"),
        read("a.csv", second),
        read("a.csv", first),
    ]);
    assert_eq!(dump(&stepwise), dump(&at_once));
    assert_eq!(dump(&stepwise).len(), 3);
}

#[test]
fn refusals_name_what_is_wrong() {
    let cases: [(&str, &[u8], &str); 14] = [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\n\n  \n", "empty"),
        ("a.pdf", b"%PDF-1.7", "pdf"),
        ("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1", "old-excel"),
        ("a.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1", "locked-excel"),
        ("a.xlsx", b"no workbook", "broken-workbook"),
        ("a.xls", b"<html><table><tr><td>cpr</td></tr></table>", "web-table"),
        ("a.csv", b"id;navn\n1;x\n2;y\n", "no-cpr"),
        ("s.csv", b"Ydelse;Antal patienter\n0101;17\n", "no-cpr"),
        ("n.txt", b"dette er\nen note; med et semikolon\nog mere tekst\n", "not-a-table"),
        ("x.xml", b"<?xml version='1.0'?><a/>", "markup"),
        ("x.json", b"{\"resource\":\"Bundle\"}", "json"),
        ("x.bin", b"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e", "binary"),
        ("q.csv", b"cpr;rang;farve\n0201609996;a;b\n", "unknown-table"),
    ];
    for (name, bytes, code) in cases {
        assert_eq!(read_in(name, bytes, 99).err().as_deref(), Some(code), "{name} {bytes:?}");
    }
}

/// The folder of files that no one here wrote; `None` with a notice where it is absent.
fn shared(path: &str) -> Option<std::path::PathBuf> {
    let root = std::env::var("PROFILBLIK_SHARED").unwrap_or_else(|_| "../shared".into());
    let path = std::path::Path::new(&root).join("data").join(path);
    if !path.exists() {
        eprintln!("SKIPPED: {} is not here", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn export_of_another_program_is_read_whole() {
    let Some(path) = shared("export-small.zip") else { return };
    let mut archive = Archive::open("export-small.zip", std::fs::read(path).unwrap()).unwrap();
    let mut tables = Vec::new();
    for (at, member) in archive.members().into_iter().enumerate() {
        let mut bytes = Vec::new();
        archive.read(at, &mut |slice| bytes.extend_from_slice(slice)).unwrap();
        let table = read_in(&member.name, &bytes, 1 << 20).unwrap();
        let [header, blank, continuation, used, aside] = account(&table);
        assert_eq!([header, blank, continuation, aside], [1, 0, 0, 0], "{}", member.name);
        let lines = bytes.iter().filter(|b| **b == b'\n').count() as u64;
        assert_eq!(used, lines - 1, "{}", member.name);
        let over: Vec<_> = table.source.columns.iter().filter(|c| c.1.is_none()).collect();
        assert!(over.is_empty(), "{}: {over:?}", member.name);
        eprintln!(
            "{} {:?} {} {:?} {:?}",
            member.name,
            table.source.register,
            table.source.encoding,
            table.source.columns,
            table.source.remarks
        );
        tables.push(table);
    }
    let records = records(tables);
    assert!(Register::ALL.into_iter().all(|register| records.has(register)));
    assert_eq!(records.patients.len(), 300);
    assert_eq!(
        records.sources.iter().map(|s| s.unreadable_dates + s.ambiguous_numbers).sum::<u64>(),
        0
    );
    assert_eq!(
        records.default_index_date(Day::from_ymd(2026, 11, 22).unwrap()),
        Day::from_ymd(2026, 10, 1).unwrap()
    );
}

#[test]
fn files_of_others_never_panic_and_always_balance() {
    for folder in ["csv-frictionless", "csv-spectrum/csvs", "xlsx/calamine", "zip"] {
        let Some(path) = shared(folder) else { return };
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            match read_in(&name, &bytes, 777) {
                Ok(table) => {
                    account(&table);
                }
                Err(_) => {
                    if let Ok(mut archive) = Archive::open(&name, bytes) {
                        for at in 0..archive.members().len() {
                            let _ = archive.read(at, &mut |_| {});
                        }
                    }
                }
            }
        }
    }
}
