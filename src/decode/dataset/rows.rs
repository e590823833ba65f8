//! Rows of a table of another data model: their cells by name, and the cells that are made of them.

use std::borrow::Cow;

use super::concepts::{Concepts, is_plain};
use super::plan::{Cell, Plan, Rule};
use crate::code::System;
use crate::decode::delimited::{Block, Dialect, Splitter, unquote};
use crate::decode::ledger::{Ledger, SetAside};
use crate::decode::{fhir, sniff};

/// A table as it was dropped.
pub struct Reader<'a> {
    bytes: &'a [u8],
    /// Lower-case headings.
    pub headings: Vec<String>,
    separator: u8,
}

impl<'a> Reader<'a> {
    /// Looks at the first line; `None` if it is none of a table.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let line = text.split(|byte| *byte == b'\n').next()?;
        let line = std::str::from_utf8(line).ok()?.trim_end_matches('\r');
        // A header without a comma can still be one of tabs; a longer line is data.
        if line.len() > 4_000 {
            return None;
        }
        let count = |separator: &u8| line.bytes().filter(|byte| byte == separator).count();
        let separator = *b",\t;|".iter().max_by_key(|separator| count(separator))?;
        let heading = |cell: &str| cell.trim().trim_matches('"').to_ascii_lowercase();
        let headings: Vec<String> = line.split(char::from(separator)).map(heading).collect();
        (headings.len() > 1).then_some(Self { bytes, headings, separator })
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.headings.iter().position(|heading| heading.eq_ignore_ascii_case(name))
    }

    /// Hands over every row; returns the account of the other lines.
    pub fn each(&self, take: &mut dyn FnMut(Row<'_>)) -> (Ledger, Vec<SetAside>) {
        let mut splitter = Splitter::new(Dialect {
            separator: self.separator,
            carriage_return_only: false,
            utf16: None,
            width: self.headings.len(),
            key: 0,
            usual: Some(self.headings.len()),
            lines_before: 1,
        });
        let mut all = |block: Block<'_>| {
            (0..block.len()).for_each(|row| take(Row { block, row }));
            None
        };
        splitter.push(self.bytes, &mut all);
        splitter.finish(&mut all);
        (splitter.ledger, splitter.set_aside)
    }
}

/// A row.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    block: Block<'a>,
    row: usize,
}

impl Row<'_> {
    /// A cell, trimmed; empty where there is no such column.
    pub fn text(self, column: Option<usize>) -> String {
        let cell = column.map_or(&[][..], |column| self.block.cell(self.row, column));
        let cell: Cow<'_, [u8]> = unquote(cell);
        let text = match std::str::from_utf8(&cell) {
            Ok(text) => text.trim().to_owned(),
            // As everywhere: what is no UTF-8 is Windows-1252.
            Err(_) => crate::decode::encoding::decode(&cell, WINDOWS).trim().to_owned(),
        };
        if text.eq_ignore_ascii_case("NULL") || text == "\\N" { String::new() } else { text }
    }
}

const WINDOWS: crate::decode::encoding::Encoding = crate::decode::encoding::Encoding::Windows1252;

/// A cell to be made, its columns found.
pub struct Maker {
    /// What is made.
    pub cell: Cell,
    columns: Vec<Option<usize>>,
}

impl Maker {
    /// Finds the columns.
    pub fn new(cell: Cell, reader: &Reader<'_>) -> Self {
        Self { cell, columns: cell.columns.split('|').map(|name| reader.column(name)).collect() }
    }

    fn first(&self, row: Row<'_>) -> String {
        row.text(self.columns.first().copied().flatten())
    }

    fn second(&self, row: Row<'_>) -> String {
        row.text(self.columns.get(1).copied().flatten())
    }

    /// Asks the dictionary for what the row will need of it.
    pub fn want(&self, row: Row<'_>, concepts: &mut Concepts) {
        if self.cell.rule.asks_concepts() {
            concepts.want(id(&self.first(row)));
        }
    }

    /// The cell of a row.
    pub fn make(&self, row: Row<'_>, concepts: &Concepts) -> String {
        match self.cell.rule {
            Rule::Copy => {
                let texts = self.columns.iter().map(|column| row.text(*column));
                texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
            }
            Rule::Number(signs) => signed(signs, &self.first(row), &self.second(row)),
            Rule::Word(pairs) => word(pairs, id(&self.first(row))).unwrap_or_default().to_owned(),
            Rule::Date => {
                let parts: Vec<String> =
                    self.columns.iter().map(|column| row.text(*column)).collect();
                let whole = parts.iter().all(|part| !part.is_empty());
                if whole { parts.join("-") } else { String::new() }
            }
            Rule::One => if self.first(row).is_empty() { "" } else { "1" }.to_owned(),
            Rule::Person => fhir::id_cell(id(&self.first(row))),
            Rule::Code(system) => code(system, &self.first(row), &self.second(row)),
            Rule::Concept => concepts.code(id(&self.first(row))),
            Rule::Name => concepts.name(id(&self.first(row))),
            Rule::Unit => concepts.unit(id(&self.first(row))),
        }
    }
}

// Tools that have no whole numbers with gaps write ids as `8507.0`.
fn id(text: &str) -> &str {
    let whole = text.strip_suffix(".0").filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
    whole.unwrap_or(text)
}

fn word<'p>(pairs: &'p str, value: &str) -> Option<&'p str> {
    let mut pairs = pairs.split(' ').filter_map(|pair| pair.split_once('='));
    pairs.find(|(known, _)| *known == value).map(|(_, word)| word)
}

// A sign that is not known leaves a text, not a number.
fn signed(signs: &str, number: &str, sign: &str) -> String {
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    if number.is_empty() {
        return String::new();
    }
    let number = if number.chars().all(numeric) { number.replace('.', ",") } else { number.into() };
    let sign = if sign.is_empty() { "=" } else { word(signs, id(sign)).unwrap_or("?") };
    if sign == "=" { number } else { format!("{sign}{number}") }
}

fn code(own: System, code: &str, named: &str) -> String {
    let known = Plan::built_in().system(named);
    let system = match named {
        "" if has_form(own, code) => Some(own),
        _ => known,
    };
    match system.filter(|_| is_plain(code)) {
        Some(system) => format!("{}:{code}", system.name()),
        None => String::new(),
    }
}

// The form only; of systems whose codes are numbers, that it is one.
fn has_form(system: System, code: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match system {
        System::Atc => code.len() == 7 && sniff::is_atc(code),
        System::Icd10 => sniff::is_icd(code),
        System::Npu => sniff::is_npu(code),
        System::Loinc => code
            .split_once('-')
            .is_some_and(|(number, check)| digits(number) && check.len() == 1 && digits(check)),
        System::Snomed | System::RxNorm | System::Cvx => digits(code),
        System::Icpc | System::Ydelse | System::Omop => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_with_their_signs() {
        const SIGNS: &str = "1== 2=< 0==";
        for (number, sign, made) in [
            ("6.512", "", "6,512"),
            ("6.5", "2", "<6,5"),
            ("6.5", "0", "6,5"),
            ("6.5", "9", "?6,5"),
            ("", "2", ""),
            ("Never smoked (finding).", "", "Never smoked (finding)."),
        ] {
            assert_eq!(signed(SIGNS, number, sign), made, "{number} {sign}");
        }
    }

    #[test]
    fn codes_by_named_system_else_by_form() {
        for (own, text, named, made) in [
            (System::Loinc, "4548-4", "", "LOINC:4548-4"),
            (System::Loinc, "QALY", "", ""),
            (System::Snomed, "73211009", "SNOMED-CT", "SNOMED:73211009"),
            (System::Snomed, "73211009", "http://snomed.info/sct", "SNOMED:73211009"),
            (System::Snomed, "73211009", "x", ""),
            (System::Snomed, "7/1", "SNOMED", ""),
            (System::Icd10, "DQ999", "", "ICD10:DQ999"),
            (System::Icd10, "Q99.9", "", ""),
            (System::RxNorm, "310325", "", "RXNORM:310325"),
        ] {
            assert_eq!(code(own, text, named), made, "{text} {named}");
        }
    }
}
