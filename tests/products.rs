//! `[[tabel]]`: persons, rows and defined daily doses per product and per substance, and what of
//! them may be shown to others.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write;

use profilblik::day::Day;
use profilblik::evaluate::Evaluator;
use profilblik::measures::products::{Products, products};
use profilblik::profile::check;
use profilblik::ratio::Ratio;
use profilblik::session::{Input, Session};

const PROFILE: &str = r#"
format = 1
[profil]
id = "t"
version = "1"
titel = "T"
[kriterie.faar]
register = "medicin"
koder = ["X01"]
[population]
inklusion = { alle = ["faar"] }
[[tabel]]
titel = "Præparater"
koder = ["X01"]
vindue = ["-6 mdr", "0 d"]
[[tabel]]
titel = "Stoffer"
koder = ["X01"]
vindue = ["-6 mdr", "0 d"]
pr = "stof"
"#;

const PATIENTS: &str = "cpr;koen;ydernummer\n0101500000;M;A\n0101500002;M;A\n0101500004;M;B\n";

fn counted(medicines: &str, table: usize) -> Products {
    let checked = check("t.toml", PROFILE);
    let plan = checked.plan.clone().unwrap_or_else(|| panic!("{:#?}", checked.notes));
    let mut session = Session::with_profiles(vec![checked]);
    let mut files = vec![Input::bytes("patienter.csv", PATIENTS.as_bytes().to_vec())];
    if !medicines.is_empty() {
        let text = format!("cpr;atc;navn;styrke;form;dato;ddd\n{medicines}");
        files.push(Input::bytes("medicin.csv", text.into_bytes()));
    }
    let day = Day::parse_iso("2026-06-01").unwrap();
    session.read_all(files, day, &mut |_| {});
    let evaluator = Evaluator::new(&plan, session.records(), day);
    products(&evaluator, &plan.tables[table], &evaluator.population())
}

const ROWS: &str = "\
0101500000;X01AA01;Alfa;5 mg;tablet;01-05-2026;10\n\
0101500000;X01AA01;Alfa;5 mg;tablet;15-05-2026;10\n\
0101500000;X01AA01;Alfa;10 mg;tablet;15-05-2026;\n\
0101500002;X01AA02;Beta;1 mg;tablet;30-05-2026;2,5\n\
0101500002;X01AA02;Beta;1 mg;tablet;30-11-2025;99\n\
0101500002;X01AA02;Beta;1 mg;tablet;;99\n\
0101500004;X01AA01;Alfa;5 mg;tablet;01-12-2025;1\n\
0101500004;X02AA01;Anden;5 mg;tablet;01-05-2026;1\n";

#[test]
fn persons_count_once_on_each_line_and_once_in_the_total() {
    let table = counted(ROWS, 0);
    let lines: Vec<_> = table.lines.iter().map(|l| (&*l.substance, &*l.product)).collect();
    assert_eq!(
        lines,
        [
            ("X01AA01", "Alfa, 10 mg, tablet"),
            ("X01AA01", "Alfa, 5 mg, tablet"),
            ("X01AA02", "Beta, 1 mg, tablet")
        ]
    );
    let mut said = String::new();
    for unit in &table.units {
        let name = unit.ydernummer.as_deref().unwrap_or("alle");
        for tally in unit.lines.iter().chain([&unit.total]) {
            let (persons, rows, defined) = (tally.persons, tally.rows, tally.defined.danish());
            write!(said, "{name}: {persons} {rows} {defined} {}; ", tally.undefined).unwrap();
        }
        writeln!(said, "{}", unit.perhaps).unwrap();
    }
    assert_eq!(
        said,
        "A: 1 1 0 1; A: 1 2 20 0; A: 1 1 2,5 0; A: 2 4 22,5 1; 1\n\
         B: 0 0 0 0; B: 1 1 1 0; B: 0 0 0 0; B: 1 1 1 0; 0\n\
         alle: 1 1 0 1; alle: 2 3 21 0; alle: 1 1 2,5 0; alle: 3 5 23,5 1; 1\n"
    );
}

#[test]
fn a_table_per_substance_has_a_line_for_each() {
    let table = counted(ROWS, 1);
    let lines: Vec<_> = table.lines.iter().map(|l| (&*l.substance, &*l.product)).collect();
    assert_eq!(lines, [("X01AA01", ""), ("X01AA02", "")]);
    let all = table.units.last().unwrap();
    assert_eq!((all.lines[0].persons, all.lines[0].rows, all.lines[0].undefined), (2, 4, 1));
    assert_eq!(all.lines[0].defined, Ratio::whole(21));
}

#[test]
fn a_file_without_medicines_has_no_table() {
    assert_eq!(counted("", 0), Products::default());
}
