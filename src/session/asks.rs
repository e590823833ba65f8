//! Which fields of a register a profile reads: what it would miss if no column were read as them.

use super::shelf::Shelf;
use crate::profile::plan::{
    Body, ColumnContent, Derived, PatientTest, Plan, Selection, Test, TimeBasis,
};
use crate::schema::{Field, Register};
use crate::sort;

impl Shelf {
    /// Fields of a register and the titles of the profiles that read them.
    pub(super) fn asking_for(&self, register: Register) -> Vec<(Field, Vec<String>)> {
        let mut found: Vec<(Field, Vec<String>)> = Vec::new();
        for entry in &self.entries {
            let Some(plan) = &entry.checked.plan else { continue };
            for field in asked(plan, register) {
                let title = entry.checked.title.clone();
                match found.iter_mut().find(|(known, _)| *known == field) {
                    Some((_, titles)) => titles.push(title),
                    None => found.push((field, vec![title])),
                }
            }
        }
        found
    }
}

fn asked(plan: &Plan, register: Register) -> Vec<Field> {
    let mut fields = Vec::new();
    for criterion in &plan.criteria {
        match &criterion.body {
            Body::Patient(test) if register == Register::Patient => {
                fields.extend(test.iter().filter_map(of_patient));
            }
            Body::Select(selection) if selection.register == register => {
                of_selection(selection, &mut fields);
            }
            _ => {}
        }
    }
    for column in &plan.columns {
        match &column.content {
            ColumnContent::Fields(shown) if register == Register::Patient => fields.extend(shown),
            ColumnContent::Records { selection, .. } if selection.register == register => {
                of_selection(selection, &mut fields);
            }
            _ => {}
        }
    }
    // Every row belongs to somebody.
    if !fields.is_empty() {
        fields.push(Field::Cpr);
    }
    sort::plain(&mut fields);
    fields.dedup();
    fields
}

// Age and sex are read of the CPR number.
fn of_patient(test: &PatientTest) -> Option<Field> {
    match test {
        PatientTest::Age { .. } | PatientTest::Female(_) => None,
        PatientTest::InsuranceGroup(_) => Some(Field::Sikringsgruppe),
        PatientTest::PostalCode(_) => Some(Field::Postnummer),
        PatientTest::ListedFor { .. } => Some(Field::TilmeldtDato),
    }
}

fn of_selection(selection: &Selection, fields: &mut Vec<Field>) {
    let date = if selection.register == Register::Medicin { Field::Startdato } else { Field::Dato };
    fields.push(date);
    let mut ask = |asks: bool, more: &[Field]| {
        if asks {
            fields.extend(more);
        }
    };
    ask(selection.codes.is_some(), &[Field::Kode]);
    ask(!selection.name_contains.is_empty(), selection.register.descriptive_fields());
    ask(selection.form.is_some(), &[Field::Form]);
    ask(selection.route.is_some(), &[Field::Administrationsvej]);
    ask(selection.dose_dispensed.is_some(), &[Field::Dosisdispensering]);
    ask(selection.basis == TimeBasis::Period, &[Field::Slutdato]);
    ask(matches!(selection.test, Some(Test::Value(_) | Test::Answer(_))), &[Field::Vaerdi]);
    let reference = [Field::Vaerdi, Field::RefNedre, Field::RefOevre];
    ask(matches!(selection.test, Some(Test::Reference(_))), &reference);
    let dose = [Field::Dosering, Field::Styrke];
    ask(matches!(selection.derived, Some(Derived::Omeq | Derived::OmeqSum)), &dose);
    let package = [Field::AntalPakninger, Field::Pakningsstoerrelse];
    ask(matches!(selection.derived, Some(Derived::UnitSum)), &package);
    ask(matches!(selection.derived, Some(Derived::DddSum)), &[Field::Ddd]);
    ask(matches!(selection.derived, Some(Derived::Mean)), &[Field::Vaerdi]);
}
