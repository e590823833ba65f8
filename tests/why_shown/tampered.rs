//! Panels of treatments that were tampered with: each kind of evidence, one change at a time.

use crate::treatment::{Demand, Drawn, Row, demands, objection, panels, records};
use profilblik::schema::{Field, Register};
use profilblik::truth::Truth;
use profilblik::view::{CriterionView, PatientView};

fn drawn() -> Drawn {
    Drawn {
        ops: [">="; 14],
        number: 2,
        days: 60,
        gap: 14,
        months: false,
        pick: "foerste",
        window: (-110, 0),
        around: (0, 30),
    }
}

fn row(register: Register, cells: &[(Field, &str)]) -> Row {
    let cells = cells.iter().map(|(field, text)| (*field, (*text).to_owned())).collect();
    (register, 0, cells)
}

// One course of two products, one more beside it, two diagnoses after it, opioids over the limit.
fn rows() -> Vec<Row> {
    use Field::{AntalPakninger, Dage, Dato, Ddd, Doegndosis, Doseringsenhed, Form, Kode};
    use Field::{Pakningsstoerrelse, Slutdato, Vaerdi};
    let drug = |cells| row(Register::Medicin, cells);
    let route = (Field::Administrationsvej, "oral");
    vec![
        drug(&[(Kode, "Q90AA01"), (Dato, "2025-02-20"), (Slutdato, "2025-04-20"), (Ddd, "30")]),
        drug(&[
            (Kode, "Q90AA01"),
            (Dato, "2025-04-25"),
            (Dage, "45"),
            (Ddd, "20"),
            (AntalPakninger, "2"),
            (Pakningsstoerrelse, "30 stk."),
        ]),
        drug(&[(Kode, "Q90AA02"), (Dato, "2025-05-01"), (Slutdato, "2025-05-30"), (Ddd, "10")]),
        drug(&[(Kode, "Q91BB01"), (Form, "depottablet"), (Dato, "2025-03-15")]),
        row(Register::Diagnose, &[(Kode, "Q11"), (Dato, "2025-03-01")]),
        row(Register::Diagnose, &[(Kode, "Q12"), (Dato, "2025-03-20")]),
        row(Register::Diagnose, &[(Kode, "Q12"), (Dato, "2025-04-01")]),
        row(Register::Proeve, &[(Kode, "QQQ00001"), (Dato, "2025-04-01"), (Vaerdi, "50")]),
        row(Register::Proeve, &[(Kode, "QQQ00001"), (Dato, "2025-05-01"), (Vaerdi, "70")]),
        drug(&[
            (Kode, "N02AX02"),
            route,
            (Dato, "2025-05-20"),
            (Doegndosis, "400"),
            (Doseringsenhed, "mg"),
        ]),
        drug(&[
            (Kode, "N02AA01"),
            route,
            (Dato, "2025-05-20"),
            (Doegndosis, "40"),
            (Doseringsenhed, "mg"),
        ]),
    ]
}

fn one_panel() -> (Vec<Demand>, PatientView) {
    let demands = demands(&drawn());
    let shown = panels(&demands, &records(&rows())).remove(0);
    (demands, shown)
}

type Tamper = fn(&mut CriterionView);

fn first_text(criterion: &mut CriterionView, from: &str, to: &str) {
    let text = &mut criterion.evidence.iter_mut().find(|row| row.text.contains(from)).unwrap().text;
    *text = text.replace(from, to);
}

fn no_text(criterion: &mut CriterionView, from: &str, to: &str) {
    criterion.reason = criterion.reason.replace(from, to);
}

#[test]
fn a_panel_of_treatments_that_was_tampered_with_is_caught() {
    let (demands, shown) = one_panel();
    assert_eq!(objection(&demands, &shown), None, "{shown:#?}");
    let tampered: [(&str, Tamper); 22] = [
        // The row no longer runs in the window.
        ("loeber", |c| {
            first_text(c, "løber 20-02-2025 til 20-04-2025", "løber 20-02-2020 til 20-04-2020")
        }),
        ("loeber", |c| c.evidence.iter_mut().for_each(|row| row.perhaps = true)),
        ("syg", |c| no_text(c, "1 for lidt", "2 for lidt")),
        ("slut", |c| c.evidence.truncate(1)),
        // A hole in the course.
        ("forloeb", |c| first_text(c, "20-04-2025", "01-03-2025")),
        ("forloeb", |c| first_text(c, "løber 25-04-2025 til 08-06-2025", "")),
        ("laengst", |c| first_text(c, "løber 20-02-2025", "løber 20-04-2025")),
        ("daekket", |c| first_text(c, "løber 20-02-2025", "løber 20-04-2025")),
        ("midler", |c| c.evidence.iter_mut().for_each(|row| row.code = "Q90AA01".to_owned())),
        ("siden", |c| c.evidence[0].date = "31-05-2025".to_owned()),
        ("foer", |c| c.evidence[0].date = "01-01-2020".to_owned()),
        ("efter", |c| c.evidence[0].date = "31-05-2025".to_owned()),
        ("mellem", |c| c.evidence[0].date = "01-01-2025".to_owned()),
        ("snit", |c| c.evidence[0].text = "QQQ00001 69".to_owned()),
        ("doser", |c| first_text(c, "30 DDD", "3 DDD")),
        ("omeq", |c| c.receipt.retain(|line| !line.contains("N02AA01"))),
        ("omeq", |c| {
            c.receipt.iter_mut().for_each(|line| *line = line.replace("400 mg", "300 mg"))
        }),
        ("i_alt", |c| {
            c.receipt.retain(|line| !line.contains(" til ") || line.contains("Regnestykke"))
        }),
        ("i_alt", |c| {
            c.receipt.iter_mut().for_each(|line| *line = line.replace("dage 13", "dage 12"))
        }),
        ("enheder", |c| first_text(c, "60 enheder", "6 enheder")),
        ("begge", |c| c.evidence.retain(|row| row.code != "Q91BB01")),
        ("omkring", |c| c.evidence.retain(|row| row.code != "Q12")),
    ];
    for (number, (id, tamper)) in tampered.iter().enumerate() {
        let mut changed = shown.clone();
        tamper(changed.criteria.iter_mut().find(|c| c.id == *id).unwrap());
        assert_ne!(changed, shown, "change {number} of {id} changes nothing");
        assert!(objection(&demands, &changed).is_some(), "change {number} of {id} went unnoticed");
    }
    let forgotten = demands
        .iter()
        .find(|(id, ..)| *id != "anden" && tampered.iter().all(|(tampered, _)| tampered != id));
    assert!(forgotten.is_none(), "{forgotten:?} is not tampered with");
}

#[test]
fn the_panel_that_is_tampered_with_has_verdicts_to_lose() {
    let (_, shown) = one_panel();
    let yes = shown.criteria.iter().filter(|c| c.truth == Truth::Yes).count();
    assert!(yes >= 12, "{:#?}", shown.criteria);
}
