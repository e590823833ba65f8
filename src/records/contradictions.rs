//! What the patient register says of a person more than once, and not alike. The CPR number decides
//! where it says birth date and sex; else what is said in two ways is unknown.

use std::collections::BTreeMap;

use super::patients::sex_of;
use super::{Origin, PatientId, Patients};
use crate::cpr::{Cpr, Sex};
use crate::day::Day;
use crate::schema::Field;

/// A row whose birth date or sex is not that of the CPR number or of the person's earlier rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// Whose row.
    pub patient: PatientId,
    /// [`Field::Foedselsdato`] or [`Field::Koen`].
    pub field: Field,
    /// The row.
    pub origin: Origin,
}

impl Patients {
    /// All of them, in the order of patients and rows; at most one per person and field.
    #[must_use]
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let of = |patient| [self.other_birth(patient), self.other_sex(patient)];
        self.ids().flat_map(of).flatten().collect()
    }

    /// The provider numbers of the patient register, in order, with how many persons have each.
    #[must_use]
    pub fn practices(&self) -> BTreeMap<&str, u64> {
        let mut found = BTreeMap::new();
        for number in self.ids().map(|patient| self.text(patient, Field::Ydernummer)) {
            if !number.is_empty() {
                *found.entry(number).or_insert(0) += 1;
            }
        }
        found
    }

    fn other_birth(&self, patient: PatientId) -> Option<Contradiction> {
        let first: Option<Day> = self.cpr(patient).and_then(Cpr::birth);
        self.other(patient, Field::Foedselsdato, first, |register, position| {
            register.date(position, Field::Foedselsdato)
        })
    }

    fn other_sex(&self, patient: PatientId) -> Option<Contradiction> {
        let first: Option<Sex> = self.cpr(patient).and_then(Cpr::sex);
        self.other(patient, Field::Koen, first, |register, position| {
            sex_of(register.text(position, Field::Koen))
        })
    }

    // The first row that says another thing than what was said before.
    fn other<T: PartialEq>(
        &self,
        patient: PatientId,
        field: Field,
        mut said: Option<T>,
        read: impl Fn(&super::Events, usize) -> Option<T>,
    ) -> Option<Contradiction> {
        let register = self.register()?;
        for position in register.of(patient) {
            let Some(here) = read(register, position) else { continue };
            match &said {
                Some(before) if *before != here => {
                    return Some(Contradiction {
                        patient,
                        field,
                        origin: register.origin(position),
                    });
                }
                Some(_) => {}
                None => said = Some(here),
            }
        }
        None
    }

    /// Birth date of a person whose number does not say it: `None` also where rows differ.
    pub(super) fn written_birth(&self, patient: PatientId) -> Option<Day> {
        match self.other_birth(patient) {
            Some(_) => None,
            None => self.date(patient, Field::Foedselsdato),
        }
    }

    /// The same for sex.
    pub(super) fn written_sex(&self, patient: PatientId) -> Option<Sex> {
        match self.other_sex(patient) {
            Some(_) => None,
            None => sex_of(self.text(patient, Field::Koen)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::cpr::{Cpr, Sex};
    use crate::day::Day;
    use crate::records::{Builder, Records};
    use crate::schema::{Field, Register};

    const NUMBER: &str = "6101016006";

    fn read(cpr: &str, rows: &[(&str, &str)]) -> Records {
        let mut export = Builder::new(&[]);
        for (birth, sex) in rows {
            let cells = [
                (Field::Foedselsdato, (*birth).to_owned()),
                (Field::Koen, (*sex).to_owned()),
                (Field::Ydernummer, birth.len().to_string()),
            ];
            export.row(Register::Patient, cpr, &cells);
        }
        export.finish()
    }

    fn fields(records: &Records) -> Vec<Field> {
        records.patients.contradictions().iter().map(|one| one.field).collect()
    }

    #[test]
    fn the_number_decides_and_what_differs_is_named() {
        let number = Cpr::parse(NUMBER).unwrap();
        let records = read(
            NUMBER,
            &[("02-03-1955", if number.sex() == Some(Sex::Male) { "K" } else { "M" })],
        );
        let patient = records.patients.find(&number).unwrap();
        assert_eq!(fields(&records), [Field::Foedselsdato, Field::Koen]);
        assert_eq!(records.patients.birth(patient), number.birth());
        assert_eq!(records.patients.sex(patient), number.sex());
    }

    #[test]
    fn without_a_number_what_rows_say_in_two_ways_is_unknown() {
        let id = "id:a1";
        let birth = |rows: &[(&str, &str)]| {
            let records = read(id, rows);
            let patient = records.patients.find(&Cpr::parse(id).unwrap()).unwrap();
            (records.patients.birth(patient), records.patients.sex(patient), fields(&records).len())
        };
        let day = Day::from_ymd(1955, 3, 2);
        assert_eq!(birth(&[("02-03-1955", "K"), ("", "")]), (day, Some(Sex::Female), 0));
        assert_eq!(birth(&[("02-03-1955", "K"), ("03-03-1955", "")]), (None, Some(Sex::Female), 1));
        assert_eq!(birth(&[("02-03-1955", "K"), ("02-03-1955", "M")]), (day, None, 1));
    }

    #[test]
    fn provider_numbers_are_counted_by_person() {
        let records = read(NUMBER, &[("02-03-1955", "K")]);
        assert_eq!(records.patients.practices().into_iter().collect::<Vec<_>>(), [("10", 1)]);
    }
}
