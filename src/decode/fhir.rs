//! FHIR R4 → tables: bundles, one resource a line, and resources alone.
//!
//! References go across files (one file per kind of resource is usual), so a drop's files are
//! read into one [`Pool`], and tables are made when all are in. What a table's columns mean is what
//! they mean in any other table; which element becomes which cell is told in `rows`.

mod coding;
mod container;
mod dose;
mod json;
mod person;
mod rows;

pub(super) use person::other as id_cell;

use std::collections::BTreeMap;

use super::made::{Made, MadeTable};
use super::{Reason, Refusal, SetAside};
use crate::note::Said;
use crate::schema::Register;
use json::Json;
use person::{Persons, Subject};
use rows::{Cells, Outcome};

/// Larger files are refused before they are read.
pub const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// Is it a resource that begins here?
#[must_use]
pub fn is_fhir(head: &[u8]) -> bool {
    head.windows(14).any(|bytes| bytes == b"\"resourceType\"")
}

/// All FHIR of one drop.
#[derive(Default)]
pub struct Pool {
    persons: Persons,
    /// The first cells of a medicine, by file and reference; by reference alone in file
    /// [`person::ANY`].
    medications: BTreeMap<(u32, String), Cells>,
    files: Vec<File>,
}

#[derive(Default)]
struct File {
    name: String,
    rows: [Vec<Row>; 7],
    set_aside: [Vec<SetAside>; 7],
    broken: Vec<SetAside>,
    unused: BTreeMap<String, u32>,
    has_medications: bool,
}

struct Row {
    number: u32,
    subject: Subject,
    /// Reference to the `Medication`, if it stands elsewhere.
    medication: String,
    cells: Cells,
}

impl Pool {
    /// Nothing in it?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Reads a file.
    ///
    /// # Errors
    /// A [`Refusal`] when it is no text, or breaks off where nothing can be told apart.
    pub fn read(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), Refusal> {
        let text = String::from_utf8(bytes).map_err(|_| Refusal::binary(name))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let resources = container::open(text).map_err(|line| Refusal::broken_json(name, line))?;
        let mut file = File { name: name.to_owned(), ..File::default() };
        resources.each(&mut |number, found| match found {
            None => file.broken.push(SetAside { line: number, reason: Reason::BrokenResource }),
            Some((url, resource)) => self.take(&mut file, number, url, resource),
        });
        self.files.push(file);
        Ok(())
    }

    fn take(&mut self, file: &mut File, number: u32, url: &str, resource: &Json<'_>) {
        let at = self.files.len() as u32;
        match rows::read(resource) {
            Outcome::Unused if resource.text("resourceType") == "Medication" => {
                file.has_medications = true;
                let cells = rows::medication(resource.at("code"), resource);
                for reference in person::references(resource, url) {
                    self.medications.insert((person::ANY, reference.clone()), cells.clone());
                    self.medications.insert((at, reference), cells.clone());
                }
            }
            Outcome::Unused => {
                let kind: String = resource.text("resourceType").chars().take(40).collect();
                *file.unused.entry(kind).or_default() += 1;
            }
            Outcome::Aside(register, reason) => {
                file.aside(register, SetAside { line: number, reason });
            }
            Outcome::Rows(register, rows) => {
                let subject = match register {
                    Register::Patient => self.persons.enter(at, resource, url),
                    _ => person::subject(resource),
                };
                for mut cells in rows {
                    let medication = elsewhere(resource, &mut cells);
                    let subject = subject.clone();
                    file.put(register, Row { number, subject, medication, cells });
                }
            }
        }
    }

    /// The tables of every file, with its name, in the order in which they were read.
    #[must_use]
    pub fn finish(&self) -> Vec<(String, Result<Made, Refusal>)> {
        let files = (0..).zip(&self.files);
        files.map(|(at, file)| (file.name.clone(), self.made(at, file))).collect()
    }

    fn made(&self, at: u32, file: &File) -> Result<Made, Refusal> {
        let mut made = Made::default();
        for register in Register::ALL {
            made.tables.extend(self.table(at, file, register));
        }
        match made.tables.first_mut() {
            Some(first) => {
                first.set_aside.extend(&file.broken);
                first.remarks.extend(file.remark());
            }
            None if file.has_medications && file.broken.is_empty() => {}
            None if !file.broken.is_empty() => {
                let line = file.broken.first().map_or(1, |aside| aside.line as usize);
                return Err(Refusal::broken_json(&file.name, line));
            }
            None => return Err(Refusal::nothing_of_use(&file.name)),
        }
        Ok(made)
    }

    fn table(&self, at: u32, file: &File, register: Register) -> Option<MadeTable> {
        let rows = file.rows.get(register.index())?;
        let mut set_aside = file.set_aside.get(register.index())?.clone();
        if rows.is_empty() && set_aside.is_empty() {
            return None;
        }
        let headings = rows::headings(register);
        let mut text = format!("cpr;{}\n", headings.join(";")).into_bytes();
        for row in rows {
            match self.persons.key(at, &row.subject) {
                Ok(key) => self.write(&mut text, at, &key, row, headings),
                Err(reason) => set_aside.push(SetAside { line: row.number, reason }),
            }
        }
        let name = register.synonym_table().to_owned();
        Some(MadeTable { name, text, set_aside, remarks: Vec::new() })
    }

    fn write(&self, out: &mut Vec<u8>, at: u32, key: &str, row: &Row, headings: &[&str]) {
        write_cell(out, key);
        let medication = (!row.medication.is_empty()).then(|| {
            let own = self.medications.get(&(at, row.medication.clone()));
            own.or_else(|| self.medications.get(&(person::ANY, row.medication.clone())))
        });
        let medication = medication.flatten().map_or(&[][..], Vec::as_slice);
        for heading in headings {
            out.push(b';');
            let mut cells = row.cells.iter().chain(medication);
            let cell = cells.find(|(name, _)| name == heading);
            write_cell(out, cell.map_or("", |(_, text)| text));
        }
        out.push(b'\n');
    }
}

impl File {
    fn put(&mut self, register: Register, row: Row) {
        if let Some(rows) = self.rows.get_mut(register.index()) {
            rows.push(row);
        }
    }

    fn aside(&mut self, register: Register, aside: SetAside) {
        if let Some(all) = self.set_aside.get_mut(register.index()) {
            all.push(aside);
        }
    }

    /// What the file holds besides.
    fn remark(&self) -> Option<Said> {
        if self.unused.is_empty() {
            return None;
        }
        let kinds: Vec<String> =
            self.unused.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        let kinds = kinds.join(", ");
        Some(Said::new(
            format!("Ikke brugt af filen, da ingen profil spørger til det: {kinds}."),
            format!("Not used of the file, since no profile asks for it: {kinds}."),
        ))
    }
}

/// Where the medicine stands: in the resource itself, which adds to `cells`, or elsewhere.
fn elsewhere(resource: &Json<'_>, cells: &mut Cells) -> String {
    let reference = resource.text("medicationReference.reference");
    let Some(id) = reference.strip_prefix('#') else { return person::tail(reference) };
    let held = resource.all("contained").iter().find(|one| one.text("id") == id);
    if let Some(medication) = held {
        cells.extend(rows::medication(medication.at("code"), medication));
    }
    String::new()
}

// Line ends inside a cell become spaces, so that a row is one line.
pub(super) fn write_cell(out: &mut Vec<u8>, text: &str) {
    let plain = |byte: u8| byte >= b' ' && byte != b';' && byte != b'"';
    if text.bytes().all(plain) {
        return out.extend_from_slice(text.as_bytes());
    }
    out.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' => out.extend_from_slice(b"\"\""),
            0..b' ' => out.push(b' '),
            other => out.push(other),
        }
    }
    out.push(b'"');
}
