//! The patients, and their CPR numbers in a table of their own.

use std::io;

use super::Line;
use super::cell::{cell, text};
use crate::cpr::Sex;
use crate::evaluate::{only_number, postal_code_of};
use crate::records::{PatientId, Patients};
use crate::schema::Field;

pub(super) fn keys(patients: &Patients, line: Line<'_>) -> io::Result<()> {
    for patient in patients.ids() {
        line(vec![patient.0.to_string(), cell(patients.cpr(patient))])?;
    }
    Ok(())
}

pub(super) fn patients(patients: &Patients, line: Line<'_>) -> io::Result<()> {
    for patient in patients.ids() {
        line(cells(patients, patient))?;
    }
    Ok(())
}

fn cells(patients: &Patients, patient: PatientId) -> Vec<String> {
    let sex = patients.sex(patient).map(|sex| if sex == Sex::Female { "K" } else { "M" });
    vec![
        patient.0.to_string(),
        patients.looked_at(patient).to_string(),
        cell(patients.birth(patient)),
        cell(sex),
        cell(only_number(patients.text(patient, Field::Sikringsgruppe))),
        cell(postal_code_of(patients.text(patient, Field::Postnummer))),
        cell(patients.date(patient, Field::TilmeldtDato)),
        text(patients.text(patient, Field::Ydernummer)),
    ]
}
