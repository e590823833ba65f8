//! What was understood of a table and why: for whoever asks, and corrects it.

use super::columns::{content_sign, heading_sign, key_column, name_sign, own_registers};
use super::content::{Look, Sample};
use crate::decode::heading::Synonyms;
use crate::decode::mapping::{Correction, keys};
use crate::schema::{Field, Register};

/// Cells shown of a column.
const MOST_SAMPLES: usize = 5;
/// Characters shown of a cell.
const MOST_CHARACTERS: usize = 40;

/// How a column came to be read as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum How {
    /// It is not used.
    #[default]
    NotUsed,
    /// It was said so.
    Chosen,
    /// Its heading is a spelling of the field and of no other one.
    Heading,
    /// Its heading may mean several fields.
    AmbiguousHeading,
    /// Its cells look like it.
    Content,
}

/// One column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Its name in a correction.
    pub key: String,
    /// How it came to be read so.
    pub how: How,
    /// First cells with content. Patients' data: shown, never written.
    pub samples: Vec<String>,
    /// It fits this field as well, which another column has.
    pub second: Option<Field>,
    /// What a column that is not used looks like: offered, and never used unasked.
    pub guess: Option<Field>,
}

/// What speaks for a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// The register.
    pub register: Register,
    /// Weight of the file's name.
    pub name: usize,
    /// Weight of the headings.
    pub headings: usize,
    /// Weight of the cells.
    pub content: usize,
}

/// Everything that was understood of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understood {
    /// Does the file have a header?
    pub has_header: bool,
    /// The register was said, not guessed.
    pub register_chosen: bool,
    /// What speaks for each register, those with nothing left out.
    pub scores: Vec<Score>,
    /// One per column.
    pub columns: Vec<Column>,
}

/// A table that is not read: its register, or the column of the CPR numbers, has to be said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// Heading per column; the field, if it was said, or of the column that holds CPR numbers.
    pub columns: Vec<(String, Option<Field>)>,
    /// Cells to tell the columns by, and whether there is a header.
    pub understood: Understood,
}

impl Unread {
    /// Of a table whose register nobody knows.
    pub fn new(
        headings: Vec<String>,
        sample: &Sample<'_>,
        correction: Option<&Correction>,
        has_header: bool,
    ) -> Self {
        let keys = keys(&headings);
        let said = |key: &String| correction.and_then(|said| said.column(key));
        let mut fields: Vec<Option<Field>> = keys.iter().map(|key| said(key).flatten()).collect();
        let found = key_column(&headings, sample).filter(|_| !fields.contains(&Some(Field::Cpr)));
        if let Some(field) = found.and_then(|at| fields.get_mut(at)) {
            *field = Some(Field::Cpr);
        }
        let how = |at: usize, key: &String| match said(key) {
            Some(_) => How::Chosen,
            None if found == Some(at) => How::Content,
            None => How::NotUsed,
        };
        let columns = keys.iter().enumerate().map(|(at, key)| Column {
            key: key.clone(),
            how: how(at, key),
            samples: samples(sample, at),
            ..Column::default()
        });
        let columns = columns.collect();
        let understood = Understood { has_header, columns, ..Understood::default() };
        Self { columns: headings.into_iter().zip(fields).collect(), understood }
    }
}

fn samples(sample: &Sample<'_>, at: usize) -> Vec<String> {
    let short = |cell: &&str| cell.chars().take(MOST_CHARACTERS).collect();
    sample.cells(at).iter().take(MOST_SAMPLES).map(short).collect()
}

/// What a table was read from.
pub struct Seen<'a> {
    /// Name of the file.
    pub name: &'a str,
    /// The register.
    pub register: Register,
    /// Heading and field per column.
    pub columns: &'a [(String, Option<Field>)],
    /// The first cells.
    pub sample: &'a Sample<'a>,
    /// What was said of the table.
    pub correction: Option<&'a Correction>,
    /// Does the file have a header?
    pub has_header: bool,
}

impl Seen<'_> {
    /// Says why.
    pub fn understood(&self) -> Understood {
        let headings: Vec<String> = self.columns.iter().map(|(text, _)| text.clone()).collect();
        let columns = keys(&headings).into_iter().enumerate();
        Understood {
            has_header: self.has_header,
            register_chosen: self.correction.is_some_and(|said| said.register.is_some()),
            scores: self.scores(&headings),
            columns: columns.map(|(at, key)| self.column(at, key)).collect(),
        }
    }

    fn scores(&self, headings: &[String]) -> Vec<Score> {
        let known: Vec<Vec<Register>> = headings.iter().map(|text| own_registers(text)).collect();
        let score = |register: Register| Score {
            register,
            name: name_sign(register, self.name),
            headings: known.iter().map(|known| heading_sign(register, known)).sum(),
            content: headings
                .iter()
                .enumerate()
                .map(|(at, heading)| content_sign(register, heading, at, self.sample))
                .sum(),
        };
        let scores = Register::ALL.map(score).into_iter();
        scores.filter(|score| score.name + score.headings + score.content > 0).collect()
    }

    fn column(&self, at: usize, key: String) -> Column {
        let (heading, field) = self.columns.get(at).map_or(("", None), |(h, f)| (h.as_str(), *f));
        let said = self.correction.and_then(|said| said.column(&key));
        let meant = Synonyms::built_in().fields(self.register, heading);
        let how = match field {
            _ if said.is_some() => How::Chosen,
            None => How::NotUsed,
            Some(field) if meant.iter().all(|(_, known)| *known != field) => How::Content,
            Some(_) if meant.len() > 1 => How::AmbiguousHeading,
            Some(_) => How::Heading,
        };
        let taken = |field: Field| self.columns.iter().any(|(_, read)| *read == Some(field));
        let free = |field: &Field| !taken(*field);
        let is_open = how == How::NotUsed;
        let second = meant.first().map(|(_, field)| *field).filter(|f| is_open && taken(*f));
        let guess = if is_open { self.guess(at).filter(free) } else { None };
        Column { key, how, samples: samples(self.sample, at), second, guess }
    }

    // Dates and codes only: nothing else has a form of its own.
    fn guess(&self, at: usize) -> Option<Field> {
        if self.sample.cells(at).is_empty() {
            return None;
        }
        let share = |look| self.sample.share(at, look);
        let code = match self.register {
            Register::Medicin => share(Look::Atc),
            Register::Diagnose | Register::Henvisning => share(Look::Icpc).max(share(Look::Icd)),
            Register::Proeve => share(Look::Npu),
            Register::Ydelse => share(Look::Service),
            Register::Patient | Register::Aftale => 0,
        };
        match self.register {
            _ if code >= 60 && share(Look::Icd) >= 60 => Some(Field::Icd10),
            _ if code >= 60 => Some(Field::Kode),
            Register::Patient => None,
            _ if share(Look::Date) >= 80 => Some(Field::Dato),
            _ => None,
        }
    }
}

/// The fields that a register has, in the order of the description.
#[must_use]
pub fn fields_of(register: Register) -> Vec<Field> {
    let all = Field::ALL.iter().copied();
    all.filter(|field| Synonyms::built_in().has(register, *field)).collect()
}
