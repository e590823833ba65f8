//! The column maps of other data models, which are data: `profiles/formats/datasets.csv`.
//!
//! A line is one of three things. Table `*`: spellings of a code system. Heading `=`: the columns
//! that a table is known by; without a register the table is not used, for the reason that the line
//! gives; register `*` is the dictionary of concepts. Any other heading: a cell of the row that is
//! made, by a rule and out of columns.

use std::sync::OnceLock;

use crate::code::System;
use crate::schema::Register;

/// How a cell is made of its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The first column with content.
    Copy,
    /// The same, with a decimal comma; of a second column, its sign by these pairs goes before it.
    Number(&'static str),
    /// A word for a value, by pairs `value=word`.
    Word(&'static str),
    /// All columns with a hyphen between; nothing if one is empty.
    Date,
    /// »1« where the column has content.
    One,
    /// The id of a person, as a key.
    Person,
    /// A code, of the system that the second column names, else of this one if it has its form.
    Code(System),
    /// The code of a concept.
    Concept,
    /// The name of a concept.
    Name,
    /// The code of a concept without its system.
    Unit,
}

impl Rule {
    fn read(text: &'static str) -> Option<Self> {
        Some(match text.split_once(' ').unwrap_or((text, "")) {
            ("", _) => Self::Copy,
            ("tal", signs) => Self::Number(signs),
            ("dato", _) => Self::Date,
            ("en", _) => Self::One,
            ("person", _) => Self::Person,
            ("kode", system) => Self::Code(System::from_name(system)?),
            ("begreb", _) => Self::Concept,
            ("navn", _) => Self::Name,
            ("enhed", _) => Self::Unit,
            _ if text.contains('=') => Self::Word(text),
            _ => return None,
        })
    }

    /// Is it about a concept, so that the dictionary is asked?
    #[must_use]
    pub const fn asks_concepts(self) -> bool {
        matches!(self, Self::Concept | Self::Name | Self::Unit)
    }
}

/// A cell of the row that is made.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// Heading of the made table.
    pub heading: &'static str,
    /// Columns of the table, `|` between.
    pub columns: &'static str,
    /// How.
    pub rule: Rule,
}

/// What a table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Rows of a register.
    Rows(Register),
    /// The dictionary of concepts.
    Concepts,
    /// Nothing.
    None,
}

/// A table of a data set.
#[derive(Clone, Debug)]
pub struct Table {
    /// The data model.
    pub model: &'static str,
    /// The table's name in it.
    pub name: &'static str,
    /// What it is for.
    pub used: Use,
    /// A remark, or the reason why it is not used: Danish, English.
    pub said: [&'static str; 2],
    /// Its cells, those of one heading one after another.
    pub cells: Vec<Cell>,
    signs: &'static str,
    by_name: bool,
}

impl Table {
    /// How many columns it is known by, if these lower-case headings have them all; a file of the
    /// table's name comes before others.
    fn rank(&self, file: &str, headings: &[String]) -> Option<(usize, bool)> {
        let named = file.starts_with(self.name);
        let mut signs = self.signs.split('|');
        let all =
            signs.all(|sign| headings.iter().any(|heading| sign.eq_ignore_ascii_case(heading)));
        (all && (named || !self.by_name)).then(|| (self.signs.split('|').count(), named))
    }
}

/// All of the file.
#[derive(Debug, Default)]
pub struct Plan {
    tables: Vec<Table>,
    systems: Vec<(&'static str, System)>,
}

impl Plan {
    /// What ships with the program.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static BUILT_IN: OnceLock<Plan> = OnceLock::new();
        BUILT_IN
            .get_or_init(|| Self::read(include_str!("../../../profiles/formats/datasets.csv")).0)
    }

    /// The table with these headings in a file of this name; the one that most columns speak for.
    #[must_use]
    pub fn table(&'static self, file: &str, headings: &[String]) -> Option<&'static Table> {
        let file = file.rsplit('/').next().unwrap_or(file).to_lowercase();
        let mut best: Option<((usize, bool), &Table)> = None;
        for table in &self.tables {
            let rank = table.rank(&file, headings);
            if let Some(rank) = rank.filter(|rank| best.is_none_or(|(known, _)| *rank > known)) {
                best = Some((rank, table));
            }
        }
        best.map(|(_, table)| table)
    }

    /// The system that a vocabulary or an address names.
    #[must_use]
    pub fn system(&self, spelling: &str) -> Option<System> {
        let spelling = spelling.trim();
        let known = self.systems.iter().find(|(known, _)| known.eq_ignore_ascii_case(spelling));
        known.map(|(_, system)| *system)
    }

    /// The plan, and the lines that say nothing.
    fn read(text: &'static str) -> (Self, Vec<&'static str>) {
        let (mut plan, mut odd) = (Self::default(), Vec::new());
        for line in text.lines().skip(1) {
            if plan.line(line).is_none() {
                odd.push(line);
            }
        }
        (plan, odd)
    }

    fn line(&mut self, line: &'static str) -> Option<()> {
        let cells: Vec<&str> = line.split(';').collect();
        let [model, name, register, heading, columns, rule, da, en] = *cells.as_slice() else {
            return None;
        };
        match heading {
            _ if model == "*" => {
                let system = System::from_name(heading)?;
                self.systems.extend(columns.split('|').map(|spelling| (spelling, system)));
            }
            "=" => {
                let of_name = |known: &Register| known.synonym_table() == register;
                let used = match register {
                    "" => Use::None,
                    "*" => Use::Concepts,
                    _ => Use::Rows(Register::ALL.into_iter().find(of_name)?),
                };
                let (signs, by_name) = (columns, rule == "navn");
                let (said, cells) = ([da, en], Vec::new());
                self.tables.push(Table { model, name, used, said, cells, signs, by_name });
            }
            _ => {
                let table = self.tables.last_mut().filter(|table| table.name == name)?;
                table.cells.push(Cell { heading, columns, rule: Rule::read(rule)? });
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::heading::Synonyms;

    #[test]
    fn every_line_is_understood_and_every_heading_is_a_field() {
        let text = include_str!("../../../profiles/formats/datasets.csv");
        let (plan, odd) = Plan::read(text);
        assert!(odd.is_empty(), "{odd:#?}");
        assert!(plan.tables.len() > 40 && plan.systems.len() > 5);
        for table in &plan.tables {
            assert_eq!(table.said[0].is_empty(), table.said[1].is_empty(), "{}", table.name);
            let Use::Rows(register) = table.used else {
                assert!(table.cells.is_empty(), "{}", table.name);
                assert_eq!(table.used == Use::Concepts, table.said[0].is_empty(), "{}", table.name);
                continue;
            };
            assert_eq!(table.cells[0].rule, Rule::Person, "{}", table.name);
            for cell in &table.cells {
                let known = !Synonyms::built_in().fields(register, cell.heading).is_empty();
                assert!(known, "{} of {}", cell.heading, table.name);
            }
            let mut headings: Vec<&str> = table.cells.iter().map(|cell| cell.heading).collect();
            headings.dedup();
            let count = headings.len();
            crate::sort::plain(&mut headings);
            headings.dedup();
            assert_eq!(
                headings.len(),
                count,
                "cells of one heading stand together: {}",
                table.name
            );
        }
    }

    #[test]
    fn the_table_that_most_columns_speak_for() {
        let of = |file: &str, headings: &str| {
            let headings: Vec<String> = headings.split(',').map(str::to_lowercase).collect();
            Plan::built_in().table(file, &headings).map(|table| table.name)
        };
        let conditions = "START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION";
        assert_eq!(of("a.csv", conditions), Some("conditions"));
        assert_eq!(of("x/allergies.csv", conditions), Some("allergies"));
        assert_eq!(of("a.csv", &format!("Id,{conditions},REASONCODE")), Some("careplans"));
        let medications = "START,STOP,PATIENT,PAYER,ENCOUNTER,CODE,DESCRIPTION,BASE_COST,\
                           PAYER_COVERAGE,DISPENSES,TOTALCOST,REASONCODE,REASONDESCRIPTION";
        assert_eq!(of("a.csv", medications), Some("medications"));
        let procedures =
            "START,STOP,PATIENT,ENCOUNTER,SYSTEM,CODE,DESCRIPTION,BASE_COST,REASONCODE";
        assert_eq!(of("a.csv", procedures), Some("procedures"));
        assert_eq!(of("a.csv", "PERSON_ID,DEATH_DATE,CAUSE_CONCEPT_ID"), Some("death"));
        assert_eq!(of("a.csv", "cpr,icpc,dato"), None);
    }
}
