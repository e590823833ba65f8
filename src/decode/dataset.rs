//! Tables of other data models → tables of registers: OMOP CDM and Synthea, by column maps that are
//! data (`plan`).
//!
//! What an id of OMOP stands for is said by another table, so a drop's tables are gathered in one
//! [`Pool`] and made when all are in. One row becomes one line: the lines of the made table, those
//! set aside, and those that continue a cell, are together the lines of the file.

mod concepts;
mod plan;
mod rows;

use super::made::{Made, MadeTable};
use super::mapping::Mappings;
use super::{Refusal, fhir};
use crate::note::Said;
use concepts::Concepts;
use plan::{Plan, Table, Use};
use rows::{Maker, Reader};

/// A drop's tables may have so many bytes together.
pub const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// What a table of another data model is for.
pub enum Found {
    /// It goes into the drop's [`Pool`].
    Wanted,
    /// It is not used.
    Refused(Refusal),
}

/// Is this the beginning of such a table?
#[must_use]
pub fn look(name: &str, size: u64, head: &[u8]) -> Option<Found> {
    let reader = Reader::new(head)?;
    let table = Plan::built_in().table(name, &reader.headings)?;
    Some(match table.used {
        Use::None => Found::Refused(not_used(name, table)),
        _ if size > MOST_BYTES => Found::Refused(Refusal::dataset_too_large(name)),
        Use::Rows(_) | Use::Concepts => Found::Wanted,
    })
}

/// Does a mapping say how a table with this first line is read?
#[must_use]
pub fn is_mapped(name: &str, head: &[u8], mappings: &Mappings) -> bool {
    let headings = Reader::new(head).map(|reader| reader.headings).unwrap_or_default();
    mappings.correction(name, &headings).is_some()
}

fn not_used(name: &str, table: &Table) -> Refusal {
    let (model, table, [da, en]) = (table.model, table.name, table.said);
    Refusal {
        code: "not-used",
        text: Said::new(
            format!("{name} er tabellen {table} fra {model} og er ikke brugt: {da}."),
            format!("{name} is the table {table} of {model} and was not used: {en}."),
        ),
        table: None,
    }
}

/// What became of a file.
pub struct Answer {
    /// Its number, in the order of reading.
    pub file: usize,
    /// Its name.
    pub name: String,
    /// Its tables.
    pub made: Result<Made, Refusal>,
}

/// The tables of one drop.
#[derive(Default)]
pub struct Pool {
    files: Vec<(String, Vec<u8>)>,
}

impl Pool {
    /// Takes a file.
    ///
    /// # Errors
    /// A [`Refusal`] where the drop grows too large.
    pub fn read(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), Refusal> {
        let held: usize = self.files.iter().map(|(_, bytes)| bytes.len()).sum();
        if (held + bytes.len()) as u64 > MOST_BYTES {
            return Err(Refusal::dataset_too_large(name));
        }
        self.files.push((name.to_owned(), bytes));
        Ok(())
    }

    /// The tables of every file; a dictionary that was of use has none.
    #[must_use]
    pub fn finish(self) -> Vec<Answer> {
        let concepts = concepts(&self.files);
        let mut out = Vec::new();
        let mut dictionaries = Vec::new();
        for (file, (name, bytes)) in self.files.into_iter().enumerate() {
            match open(&name, &bytes) {
                Some((reader, table)) if matches!(table.used, Use::Rows(_)) => {
                    let made = Ok(made(&reader, table, &concepts));
                    out.push(Answer { file, name, made });
                }
                _ => dictionaries.push((file, name)),
            }
        }
        tell(&mut out, &dictionaries, &concepts);
        out
    }
}

fn open<'a>(name: &str, bytes: &'a [u8]) -> Option<(Reader<'a>, &'static Table)> {
    let reader = Reader::new(bytes)?;
    let table = Plan::built_in().table(name, &reader.headings)?;
    Some((reader, table))
}

fn makers(table: &Table, reader: &Reader<'_>) -> Vec<Maker> {
    table.cells.iter().map(|cell| Maker::new(*cell, reader)).collect()
}

/// What the tables ask for, out of what the dictionaries say.
fn concepts(files: &[(String, Vec<u8>)]) -> Concepts {
    let mut concepts = Concepts::default();
    let opened = || files.iter().filter_map(|(name, bytes)| open(name, bytes));
    for (reader, table) in opened() {
        let mut makers = makers(table, &reader);
        makers.retain(|maker| maker.cell.rule.asks_concepts());
        if !makers.is_empty() {
            reader.each(&mut |row| makers.iter().for_each(|m| m.want(row, &mut concepts)));
        }
    }
    for (reader, _) in opened().filter(|(_, table)| table.used == Use::Concepts) {
        concepts.read(&reader);
    }
    concepts
}

fn made(reader: &Reader<'_>, table: &Table, concepts: &Concepts) -> Made {
    let makers = makers(table, reader);
    let mut headings: Vec<&str> = table.cells.iter().map(|cell| cell.heading).collect();
    headings.dedup();
    let mut text = headings.join(";").into_bytes();
    text.push(b'\n');
    let (ledger, set_aside) = reader.each(&mut |row| {
        for group in makers.chunk_by(|one, next| one.cell.heading == next.cell.heading) {
            let codes =
                group.first().is_some_and(|maker| ["kode", "atc"].contains(&maker.cell.heading));
            let mut cells = group.iter().map(|maker| maker.make(row, concepts));
            let cell = if codes {
                all_of(cells)
            } else {
                cells.find(|cell| !cell.is_empty()).unwrap_or_default()
            };
            fhir::write_cell(&mut text, &cell);
            text.push(b';');
        }
        text.pop();
        text.push(b'\n');
    });
    // Blank lines are lines of the account, too.
    text.extend((0..ledger.blank).map(|_| b'\n'));
    let name = match table.used {
        Use::Rows(register) => register.synonym_table().to_owned(),
        Use::Concepts | Use::None => String::new(),
    };
    let mut remarks = remarks(reader, table);
    remarks.extend(continued(ledger.continuation));
    Made { tables: vec![MadeTable { name, text, set_aside, remarks }], refused: Vec::new() }
}

/// Codes of one thing, each once.
fn all_of(cells: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = Vec::new();
    for cell in cells {
        if !cell.is_empty() && !all.contains(&cell) {
            all.push(cell);
        }
    }
    all.join(", ")
}

// A made row is one line; without these the lines of the file would not add up.
fn continued(lines: u64) -> Option<Said> {
    (lines > 0).then(|| {
        Said::new(
            format!("{lines} linjer i filen fortsætter en celle og er en del af rækken over."),
            format!("{lines} lines of the file continue a cell and are part of the row above."),
        )
    })
}

fn remarks(reader: &Reader<'_>, table: &Table) -> Vec<Said> {
    let (model, name) = (table.model, table.name);
    let used = |heading: &&String| {
        let mut columns = table.cells.iter().flat_map(|cell| cell.columns.split('|'));
        columns.any(|column| column.eq_ignore_ascii_case(heading))
    };
    let unused: Vec<&str> = reader
        .headings
        .iter()
        .filter(|heading| !heading.is_empty() && !used(heading))
        .map(|heading| heading.get(..60).unwrap_or(heading))
        .collect();
    let mut da = format!("Læst som tabellen {name} fra {model}.");
    let mut en = format!("Read as the table {name} of {model}.");
    if !unused.is_empty() {
        let unused = unused.join(", ");
        da.push_str(&format!(" Kolonner, der ikke er brugt: {unused}."));
        en.push_str(&format!(" Columns that are not used: {unused}."));
    }
    let mut all = vec![Said::new(da, en)];
    let [da, en] = table.said;
    if !da.is_empty() {
        all.push(Said::new(da, en));
    }
    all
}

/// What the dictionaries were good for, or that there was none.
fn tell(out: &mut Vec<Answer>, dictionaries: &[(usize, String)], concepts: &Concepts) {
    let (wanted, found) = concepts.counts();
    let first = out.first_mut().and_then(|answer| answer.made.as_mut().ok()?.tables.first_mut());
    let Some(first) = first else {
        out.extend(dictionaries.iter().map(|(file, name)| Answer {
            file: *file,
            name: name.clone(),
            made: Err(Refusal::dictionary_only(name)),
        }));
        return;
    };
    let missing = wanted - found;
    if !dictionaries.is_empty() {
        let names: Vec<&str> = dictionaries.iter().map(|(_, name)| name.as_str()).collect();
        let names = names.join(", ");
        first.remarks.push(Said::new(
            format!("{names} er ordbogen for begreber: {found} af {wanted} brugte begreber er slået op."),
            format!("{names} is the dictionary of concepts: {found} of {wanted} concepts used were looked up."),
        ));
    }
    if missing > 0 {
        first.remarks.push(Said::new(
            format!("{missing} begreber står kun med deres nummer, som OMOP:nummer. Slip CONCEPT.csv sammen med tabellerne for at få koder og navne."),
            format!("{missing} concepts stand by their number only, as OMOP:number. Drop CONCEPT.csv together with the tables for codes and names."),
        ));
    }
}
