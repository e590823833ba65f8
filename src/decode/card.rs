//! A medicine card of FMK (Det Fælles Medicinkort) as XML → tables: the persons, and one row of
//! medicine for each order (`DrugMedication`).
//!
//! The interfaces differ in their namespaces and in where some elements stand, so elements go by
//! their local names and by the elements around them (export-formats, section 4). Which element
//! becomes which cell is told in `order`.

mod dosage;
mod order;

use super::fhir::{id_cell, write_cell};
use super::made::{Made, MadeTable};
use super::xml::{Fault, Piece, raw, walk};
use super::{Reason, Refusal, SetAside};
use crate::note::Said;
use crate::schema::Register;
use order::Order;

/// Larger cards are refused before they are read.
pub const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// Is it a medicine card that begins here?
#[must_use]
pub fn is_card(head: &[u8]) -> bool {
    let has = |name: &[u8]| head.windows(name.len()).any(|bytes| bytes == name);
    has(b"MedicineCard") || has(b"DrugMedication")
}

/// The tables of a card; a file may hold several.
///
/// # Errors
/// A [`Refusal`] when it is not whole, is too large or holds no order.
pub fn tables(name: &str, bytes: &[u8]) -> Result<Made, Refusal> {
    let mut card = Card::default();
    let mut left = MOST_BYTES;
    let walked = walk(&mut &*bytes, &mut left, &mut |piece, _| {
        card.take(&piece);
        Ok(())
    });
    match walked {
        Ok(()) => card.made(name),
        Err(Fault::TooLarge | Fault::TooManyCells(_) | Fault::TooFar) => {
            Err(Refusal::card_too_large(name))
        }
        Err(Fault::Broken) => Err(Refusal::broken_card(name)),
    }
}

/// What is known of a person.
#[derive(Default)]
struct Person {
    key: String,
    name: String,
    birth: String,
    sex: &'static str,
}

#[derive(Default)]
struct Card {
    /// Local names of the elements around, outermost first.
    path: Vec<String>,
    /// Text of the element that is open.
    text: String,
    /// Where its value comes from, as it says.
    source: String,
    person: Person,
    order: Option<Order>,
    number: u32,
    persons: Vec<u8>,
    orders: Vec<u8>,
    set_aside: Vec<SetAside>,
    /// Orders that the patient has hidden: the card says that they are there.
    hidden: u32,
}

impl Card {
    fn take(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open(start) => {
                let name = start.local_name().as_ref().to_owned();
                self.text.clear();
                self.source = raw(start, "source").unwrap_or_default().into_owned();
                self.open(&name);
                self.path.push(name);
            }
            Piece::Text(text) => self.text.push_str(text),
            Piece::Close(name) => {
                self.path.pop();
                let text = std::mem::take(&mut self.text);
                self.close(name, text.trim());
            }
        }
    }

    fn open(&mut self, name: &str) {
        match (name, &mut self.order) {
            // Nothing of a person stays for the next one, wherever that one stands.
            ("MedicineCard" | "Patient" | "PersonAndAddress", None) => {
                self.person = Person::default();
            }
            ("DrugMedication", None) => {
                self.number += 1;
                self.order = Some(Order::default());
            }
            (_, Some(order)) => order.open(name, inside(&self.path)),
            ("NegativeConsent" | "DrugMedicationWithNegativeConsent", None) => self.hidden += 1,
            _ => {}
        }
    }

    fn close(&mut self, name: &str, text: &str) {
        let at_order = name == "DrugMedication" && !self.path.iter().any(|one| one == name);
        if at_order {
            if let Some(order) = self.order.take() {
                self.write(&order);
            }
        } else if let Some(order) = &mut self.order {
            order.close(name, text, inside(&self.path));
        } else if name == "Patient" || name == "PersonAndAddress" {
            self.write_person();
        } else if self.path.iter().any(|one| one == "Patient" || one == "PersonAndAddress") {
            self.person.close(name, text, &self.source);
        }
    }

    fn write(&mut self, order: &Order) {
        if order.is_invalid {
            let reason = Reason::EnteredInError;
            return self.set_aside.push(SetAside { line: self.number, reason });
        }
        write_row(&mut self.orders, &self.person.key, &order.cells());
    }

    fn write_person(&mut self) {
        let Person { key, name, birth, sex } = &self.person;
        if !key.is_empty() {
            let cells = [name.as_str(), birth, sex];
            write_row(&mut self.persons, key, &cells.map(str::to_owned));
        }
    }

    fn made(self, name: &str) -> Result<Made, Refusal> {
        if self.number == 0 {
            return Err(Refusal::empty_card(name));
        }
        let table = |register: Register, headings: &str, rows: &[u8]| MadeTable {
            name: register.synonym_table().to_owned(),
            text: [format!("cpr;{headings}\n").as_bytes(), rows].concat(),
            ..MadeTable::default()
        };
        let mut orders = table(Register::Medicin, &order::HEADINGS.join(";"), &self.orders);
        orders.set_aside = self.set_aside;
        orders.remarks.push(period_remark());
        orders.remarks.extend(hidden(self.hidden));
        let mut made = Made { tables: vec![orders], refused: Vec::new() };
        if !self.persons.is_empty() {
            let persons = table(Register::Patient, "navn;foedselsdato;koen", &self.persons);
            made.tables.insert(0, persons);
        }
        Ok(made)
    }
}

impl Person {
    fn close(&mut self, name: &str, text: &str, source: &str) {
        match name {
            "PersonIdentifier" | "PersonCivilRegistrationIdentifier" => {
                let is_cpr = source.is_empty() || source.eq_ignore_ascii_case("CPR");
                self.key = if is_cpr { text.to_owned() } else { id_cell(text) };
            }
            "GivenName" | "MiddleName" | "Surname" | "PersonGivenName" | "PersonMiddleName"
            | "PersonSurnameName"
                if !text.is_empty() =>
            {
                if !self.name.is_empty() {
                    self.name.push(' ');
                }
                self.name.push_str(text);
            }
            "BirthDate" => text.clone_into(&mut self.birth),
            "Gender" => {
                self.sex = match text.to_lowercase().as_str() {
                    "male" | "mand" | "m" => "M",
                    "female" | "kvinde" | "k" | "f" => "K",
                    _ => "",
                }
            }
            _ => {}
        }
    }
}

/// The elements inside the order.
fn inside(path: &[String]) -> &[String] {
    let order = path.iter().position(|name| name == "DrugMedication");
    order.and_then(|at| path.get(at + 1..)).unwrap_or_default()
}

fn write_row(out: &mut Vec<u8>, key: &str, cells: &[String]) {
    write_cell(out, key);
    for cell in cells {
        out.push(b';');
        write_cell(out, cell);
    }
    out.push(b'\n');
}

fn period_remark() -> Said {
    Said::new(
        "Læst som medicinkort (FMK): hver ordination er en række med den periode, kortet angiver. \
         Udleveringer giver kun datoen for den seneste.",
        "Read as a medicine card (FMK): each order is a row with the period that the card states. \
         Of dispensings only the date of the latest is read.",
    )
}

fn hidden(count: u32) -> Option<Said> {
    (count > 0).then(|| {
        Said::new(
            format!("{count} ordinationer er skjult af patienten (negativt samtykke) og står ikke på kortet."),
            format!("{count} orders are hidden by the patient (negative consent) and are not on the card."),
        )
    })
}
