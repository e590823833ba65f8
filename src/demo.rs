//! An invented export, made by the program itself: the demonstration on the page, and files of any
//! size for tests and benchmarks.
//!
//! Nobody in it exists. CPR numbers have the day + 60 (the form of replacement numbers), streets,
//! towns and provider numbers are made up; the tables behind it are `profiles/demo/`. The same
//! number of patients, seed and day give the same bytes on every machine. Each file can be written
//! alone, patient by patient, so that 10,000 patients (3.5 million rows, 240 MB) need no more
//! memory than the largest buffer.
//!
//! ```
//! use profilblik::{day::Day, demo};
//!
//! let files = demo::files(20, 1, Day::parse_iso("2026-11-01").unwrap());
//! assert_eq!(files.len(), 7);
//! assert!(files[0].1.starts_with(b"cpr;navn;koen;foedselsdato;"));
//! ```

use std::io::{self, Write};

use crate::day::Day;
use crate::schema::Register;

mod history;
mod lines;
mod person;
pub mod random;
mod rows;
mod tables;

use history::History;
use lines::Lines;
use person::Person;
use random::Random;
use rows::Case;
use tables::Tables;

/// The day of the export where nobody says otherwise: a fixed one, so that two machines make the
/// same file.
pub const INDEX_DAY: Day = Day(20_758);

/// Patients on the page's demonstration.
pub const PATIENTS: u32 = 1_600;

/// Seed where nobody says otherwise.
pub const SEED: u64 = 1;

const BUFFER_BYTES: usize = 256 * 1024;

/// File name of a register.
#[must_use]
pub const fn file_name(register: Register) -> &'static str {
    match register {
        Register::Patient => "patient.csv",
        Register::Diagnose => "diagnoser.csv",
        Register::Medicin => "medicin.csv",
        Register::Proeve => "proever.csv",
        Register::Ydelse => "ydelser.csv",
        Register::Aftale => "aftaler.csv",
        Register::Henvisning => "henvisninger.csv",
    }
}

/// Heading of a register's file: the documented native layout.
#[must_use]
pub const fn heading(register: Register) -> &'static str {
    match register {
        Register::Patient => {
            "cpr;navn;koen;foedselsdato;adresse;postnummer;by;sikringsgruppe;status;tilmeldt_dato;ydernummer"
        }
        Register::Diagnose => "cpr;icpc;icd10;tekst;dato;debutdato;slutdato;type;status",
        Register::Medicin => {
            "cpr;atc;navn;styrke;form;dosering;doegndosis;enhed;type;startdato;slutdato;udleveret_dato;antal_pakninger;pakningsstoerrelse;indikation;dosisdispensering"
        }
        Register::Proeve => "cpr;kode;navn;vaerdi;enhed;dato;ref_nedre;ref_oevre",
        Register::Ydelse => "cpr;kode;tekst;dato;antal",
        Register::Aftale => "cpr;dato;kl;type;status;behandler",
        Register::Henvisning => "cpr;dato;type;speciale;modtager;diagnose;status",
    }
}

/// An export that can be written file by file.
#[derive(Debug)]
pub struct Demo {
    tables: Tables,
    people: Vec<Person>,
    seed: u64,
    index_day: Day,
}

impl Demo {
    /// Invents the patients; their rows are made when a file is written.
    #[must_use]
    pub fn new(patients: u32, seed: u64, index_day: Day) -> Self {
        Self {
            tables: Tables::read(),
            people: person::people(patients, seed, index_day),
            seed,
            index_day,
        }
    }

    /// Writes the file of a register.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, register: Register, out: &mut dyn Write) -> io::Result<()> {
        let mut lines = Lines::default();
        lines.line(heading(register));
        for person in &self.people {
            self.patient(register, person, &mut lines);
            if lines.bytes.len() >= BUFFER_BYTES {
                out.write_all(&lines.bytes)?;
                lines.bytes.clear();
            }
        }
        out.write_all(&lines.bytes)
    }

    /// The file of a register as bytes.
    #[must_use]
    pub fn file(&self, register: Register) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Writing into memory has no error.
        let _ = self.write(register, &mut bytes);
        bytes
    }

    fn patient(&self, register: Register, person: &Person, out: &mut Lines) {
        let start = out.bytes.len();
        let mut case = Case {
            person,
            history: History::of(person, &self.tables, self.seed),
            tables: &self.tables,
            random: Random::of(self.seed, person.number, 10 + register as u8),
            index_day: self.index_day,
            seed: self.seed,
        };
        case.write(register, out);
        self.blemish(register, person.number, start, out);
    }

    // What every export has some of: copies of rows, a heading once more where a page was printed,
    // a row that has lost its patient. So that the account of lines has something to show.
    fn blemish(&self, register: Register, number: u32, start: usize, out: &mut Lines) {
        let half = u32::try_from(self.people.len() / 2).unwrap_or(0);
        match register {
            Register::Medicin if number == half => out.repeat_from(start),
            Register::Proeve if number == half => out.line(heading(register)),
            Register::Ydelse if number == half => {
                let service = self.tables.services.contact.first().map_or("", |s| &s.cells);
                out.line(&format!(";{service};;1"));
            }
            _ => {}
        }
    }
}

/// All seven files with their names, in the order in which they are read.
#[must_use]
pub fn files(patients: u32, seed: u64, index_day: Day) -> Vec<(String, Vec<u8>)> {
    let demo = Demo::new(patients, seed, index_day);
    Register::ALL.into_iter().map(|r| (file_name(r).to_owned(), demo.file(r))).collect()
}

#[cfg(test)]
mod tests;
