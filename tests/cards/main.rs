//! Medicine cards of FMK: what becomes of an order, in the versions of the interface, and what a
//! broken one says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else than it expects"
)]

mod dosages;
mod orders;
mod whole;

use profilblik::decode::card::tables;

/// A card of the interfaces of 2015 with these orders, for an invented person.
fn card(orders: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<m:GetMedicineCardResponse xmlns:m="http://www.dkma.dk/medicinecard/xml.schema/2015/06/01">
 <m:MedicineCard>
  <m:Patient><m:Person>
   <m:PersonIdentifier source="CPR">6101016006</m:PersonIdentifier>
   <m:Name><m:GivenName>Søren &amp; Co</m:GivenName><m:Surname>Opdigtet</m:Surname></m:Name>
   <m:BirthDate>1901-10-21</m:BirthDate><m:Gender>Male</m:Gender>
  </m:Person></m:Patient>
  {orders}
 </m:MedicineCard>
</m:GetMedicineCardResponse>"#
    )
}

/// An order with a period that runs on, and these elements.
fn order(inner: &str) -> String {
    format!(
        "<DrugMedication><Identifier>7</Identifier><BeginEndDate>\
         <TreatmentStartDate>2025-01-02</TreatmentStartDate><TreatmentEndingUndetermined/>\
         </BeginEndDate><Drug><ATC><Code source=\"Medicinpriser\">X99ZZ99</Code></ATC>\
         <Name>Opdigtin</Name></Drug>{inner}</DrugMedication>"
    )
}

/// `heading=cell` of what is filled, by row of the table of this name.
fn rows(text: &str, table: &str) -> Vec<String> {
    let made = tables("kort.xml", text.as_bytes()).unwrap();
    let Some(table) = made.tables.iter().find(|one| one.name == table) else { return Vec::new() };
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(table.text.as_slice());
    let headings = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = headings.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
        cells.map(|(heading, cell)| format!("{heading}={cell}")).collect::<Vec<_>>().join(" | ")
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The cells of the dose of the only order: `dosering=… | doegndosis=… | enhed=… | type=…`.
fn dose(inner: &str) -> String {
    let row = rows(&card(&order(inner)), "medicin").remove(0);
    let of_dose = ["dosering=", "doegndosis=", "enhed=", "type="];
    let cells = row.split(" | ").filter(|cell| of_dose.iter().any(|one| cell.starts_with(one)));
    cells.collect::<Vec<_>>().join(" | ")
}
