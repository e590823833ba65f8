//! Stage 1: dropped bytes → raw tables, streamed.
//!
//! [`probe`] looks at the first bytes of a file and says what it is; [`archive::Archive`] opens a
//! ZIP, [`workbook::tables`] makes tables of a workbook, [`fhir::Pool`] of FHIR, [`gzip::unpack`] unpacks; tables are then
//! pushed through [`crate::records::TableReader`] in slices of any size.

pub mod apostrophes;
pub mod archive;
pub mod card;
pub mod dataset;
pub mod delimited;
pub mod encoding;
pub mod fhir;
pub mod gzip;
pub mod heading;
pub mod ledger;
pub mod made;
pub mod mapping;
mod refusal;
pub mod repair;
pub mod sniff;
pub mod workbook;
pub mod xml;

pub use ledger::{Ledger, Reason, SetAside};
pub use refusal::Refusal;
pub use sniff::TableProbe;

/// How many first bytes [`probe`] wants (fewer only if the file is shorter).
pub const HEAD_BYTES: usize = 64 * 1024;

/// What a file is.
#[derive(Clone, Debug)]
pub enum Probe {
    /// A delimited table of a register.
    Table(Box<TableProbe>),
    /// A ZIP or a workbook: read it whole and hand it to [`archive::Archive::open`], which tells
    /// the one from the other.
    Archive,
    /// Packed with gzip: read it whole, hand it to [`gzip::unpack`], and probe again.
    Gzip,
    /// FHIR: read it whole into the drop's [`fhir::Pool`].
    Fhir,
    /// A medicine card of FMK: read it whole with [`card::tables`].
    Card,
    /// A table of another data model: read it whole into the drop's [`dataset::Pool`].
    Dataset,
    /// A profile (`.toml`).
    Profile,
    /// Cannot be read.
    Refused(Refusal),
}

/// Says what a file is from its name, size in bytes and first [`HEAD_BYTES`].
#[must_use]
pub fn probe(name: &str, size: u64, head: &[u8]) -> Probe {
    probe_with(name, size, head, &mapping::Mappings::built_in())
}

/// The same, with these mappings for tables.
#[must_use]
pub fn probe_with(name: &str, size: u64, head: &[u8], mappings: &mapping::Mappings) -> Probe {
    let lower = name.to_lowercase();
    let is = |extension: &str| lower.ends_with(extension);
    let refused = |refusal: fn(&str) -> Refusal| Probe::Refused(refusal(name));
    match head {
        _ if size == 0 || head.is_empty() => return refused(Refusal::empty),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => return Probe::Archive,
        [0xD0, 0xCF, 0x11, 0xE0, ..] if is(".xlsx") => return refused(Refusal::locked_excel),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return refused(Refusal::old_excel),
        [b'%', b'P', b'D', b'F', ..] => return refused(Refusal::pdf),
        [0x1F, 0x8B, ..] => return Probe::Gzip,
        _ if is(".ncd") => return refused(Refusal::patient_listing),
        _ if is(".toml") => return Probe::Profile,
        _ if is(".zip") => return refused(Refusal::broken_archive),
        _ if is(".gz") => return refused(Refusal::broken_gzip),
        _ if is(".xlsx") || is(".xlsm") => return refused(Refusal::broken_workbook),
        _ => {}
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    match text {
        [] => refused(Refusal::empty),
        [b'<', ..] if is(".xls") => refused(Refusal::web_table),
        [b'<', ..] if !card::is_card(text) => refused(Refusal::markup),
        [b'<', ..] if size > card::MOST_BYTES => refused(Refusal::card_too_large),
        [b'<', ..] => Probe::Card,
        [b'{', ..] | [b'[', b'{' | b'\n' | b'\r' | b' ', ..] if !fhir::is_fhir(text) => {
            refused(Refusal::json)
        }
        [b'{' | b'[', ..] if size > fhir::MOST_BYTES => refused(Refusal::json_too_large),
        [b'{', ..] | [b'[', b'{' | b'\n' | b'\r' | b' ', ..] => Probe::Fhir,
        _ => table(name, size, head, mappings),
    }
}

// What a mapping knows is read as the mapping says.
fn table(name: &str, size: u64, head: &[u8], mappings: &mapping::Mappings) -> Probe {
    match dataset::look(name, size, head) {
        Some(found) if !dataset::is_mapped(name, head, mappings) => match found {
            dataset::Found::Wanted => Probe::Dataset,
            dataset::Found::Refused(refusal) => Probe::Refused(refusal),
        },
        _ => match sniff::table(name, head, head.len() as u64 >= size, mappings) {
            Ok(table) => Probe::Table(Box::new(table)),
            Err(refusal) => Probe::Refused(refusal),
        },
    }
}

/// Says how a table that was made out of a file of another kind will be read.
///
/// # Errors
/// A [`Refusal`] as for any other table.
pub fn probe_made(
    name: &str,
    made: &made::MadeTable,
    mappings: &mapping::Mappings,
) -> Result<TableProbe, Refusal> {
    let head = made.text.get(..HEAD_BYTES).unwrap_or(&made.text);
    let whole = head.len() == made.text.len();
    // Blank lines above a cell far below are no empty table.
    let mut probe =
        sniff::table(name, head, whole, mappings).map_err(|refusal| match refusal.code {
            "empty" if !whole => Refusal::not_a_table(name),
            _ => refusal,
        })?;
    probe.remarks.extend(made.remarks.iter().cloned());
    probe.elsewhere.clone_from(&made.set_aside);
    Ok(probe)
}
