//! How far back the export reaches, beside what the profile looks for (rule R14).

use std::collections::BTreeMap;

use crate::day::Day;
use crate::note::Language;
use crate::profile::plan::{Body, Bound, Plan, Selection, TimeBasis};
use crate::records::{Events, Records};
use crate::schema::Register;
use crate::view::words::{pick, register};

/// One sentence per register that begins after a window does: »Diagnoser i filen begynder
/// 01-03-2024; profilen ser tilbage til 30-09-2023.«
#[must_use]
pub fn sentences(plan: &Plan, records: &Records, index: Day, language: Language) -> Vec<String> {
    let mut earliest: BTreeMap<Register, Day> = BTreeMap::new();
    for criterion in &plan.criteria {
        let Body::Select(selection) = &criterion.body else { continue };
        let Some(from) = first_day(selection, index) else { continue };
        let day = earliest.entry(selection.register).or_insert(from);
        *day = from.min(*day);
    }
    let begins = |register| records.events(register).and_then(Events::first_day);
    let short = earliest.into_iter().filter_map(|(register, from)| {
        begins(register).filter(|first| *first > from).map(|first| (register, first, from))
    });
    short.map(|(register, first, from)| sentence(register, first, from, language)).collect()
}

/// Does a criterion look back more than five years from the index date, or without an end? What the
/// profile is for must bear that; said once, where the profile speaks of itself.
#[must_use]
pub fn beyond_five_years(plan: &Plan, index: Day, language: Language) -> Option<&'static str> {
    let open = |selection: &Selection| selection.window.from == Bound::Open;
    let far = |selection: &Selection| {
        first_day(selection, index).is_some_and(|from| Day(from.0 + 1).years_until(index) >= 5)
    };
    let long = plan.criteria.iter().any(|criterion| match &criterion.body {
        Body::Select(selection) => open(selection) || far(selection),
        _ => false,
    });
    long.then(|| {
        pick(
            language,
            "Profilen ser mere end 5 år tilbage. Formålet skal kunne bære det.",
            "The profile looks back more than 5 years. Its purpose must bear that.",
        )
    })
}

// The first day of a window that counts from the index date; an open one looks back for ever, and
// nobody expects a file to reach that far.
fn first_day(selection: &Selection, index: Day) -> Option<Day> {
    if selection.anchor.is_some() || selection.basis != TimeBasis::Date {
        return None;
    }
    match selection.window.from {
        Bound::Open => None,
        Bound::Shift(shift) => Some(shift.from(index)).filter(|from| *from < index),
        Bound::Fixed(day) => Some(day),
    }
}

fn sentence(of: Register, first: Day, from: Day, language: Language) -> String {
    let (name, first, from) = (register(of, language), first.danish(), from.danish());
    match language {
        Language::Danish => {
            format!("{name} i filen begynder {first}; profilen ser tilbage til {from}.")
        }
        Language::English => {
            format!("{name} in the file begin on {first}; the profile looks back to {from}.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::check;
    use crate::records::Builder;
    use crate::schema::Field;

    fn said(first: &str, window: &str) -> Vec<String> {
        let text = format!(
            "format = 1\n[profil]\nid = \"a\"\nversion = \"1\"\ntitel = \"A\"\n[kriterie.k]\ntekst = \"k\"\nregister = \"diagnose\"\nkoder = [\"Q90\"]\nvindue = {window}\n[population]\ninklusion = {{ alle = [\"k\"] }}\n"
        );
        let plan = check("a.toml", &text).plan.unwrap();
        let mut builder = Builder::new(&[Register::Diagnose]);
        let cells = [(Field::Kode, "Q90".to_owned()), (Field::Dato, first.to_owned())];
        builder.row(Register::Diagnose, "0201609996", &cells);
        let index = Day::parse_iso("2025-09-30").unwrap();
        sentences(&plan, &builder.finish(), index, Language::Danish)
    }

    #[test]
    fn a_register_that_begins_after_the_window_is_named() {
        let sentence =
            "Diagnoser i filen begynder 01-10-2023; profilen ser tilbage til 30-09-2023.";
        assert_eq!(said("2023-10-01", "[\"-2 aar\", \"0 d\"]"), [sentence]);
    }

    #[test]
    fn more_than_five_years_are_said_and_five_are_not() {
        let said = |window: &str| {
            let text = format!(
                "format = 1\n[profil]\nid = \"a\"\nversion = \"1\"\ntitel = \"A\"\n[kriterie.k]\ntekst = \"k\"\nregister = \"diagnose\"\nkoder = [\"Q90\"]\nvindue = {window}\n[population]\ninklusion = {{ alle = [\"k\"] }}\n"
            );
            let plan = check("a.toml", &text).plan.unwrap();
            let index = Day::parse_iso("2025-09-30").unwrap();
            beyond_five_years(&plan, index, Language::Danish).is_some()
        };
        assert!(!said("[\"-5 aar\", \"0 d\"]"));
        assert!(said("[\"-61 mdr\", \"0 d\"]"));
        assert!(said("[\"*\", \"0 d\"]"));
    }

    #[test]
    fn one_that_reaches_back_far_enough_is_not() {
        assert_eq!(said("2023-09-30", "[\"-2 aar\", \"0 d\"]"), Vec::<String>::new());
        assert_eq!(said("2025-01-01", "[\"*\", \"0 d\"]"), Vec::<String>::new());
    }
}
