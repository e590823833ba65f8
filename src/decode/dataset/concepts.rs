//! The dictionary of concepts: what codes and names the ids stand for that the tables use.

use std::collections::BTreeMap;

use super::plan::Plan;
use super::rows::Reader;
use crate::code::System;

/// Codes and names by id; only ids that were asked for.
#[derive(Default)]
pub struct Concepts(BTreeMap<String, Option<Concept>>);

/// What the dictionary says of an id.
pub struct Concept {
    /// The system, if it is one that profiles can name.
    pub system: Option<System>,
    /// The code in its vocabulary.
    pub code: String,
    /// In words.
    pub name: String,
}

impl Concepts {
    /// An id is used; 0 is »no concept«.
    pub fn want(&mut self, id: &str) {
        if is_id(id) && !self.0.contains_key(id) {
            self.0.insert(id.to_owned(), None);
        }
    }

    /// Reads a dictionary.
    pub fn read(&mut self, reader: &Reader<'_>) {
        let [id, name, vocabulary, code] =
            ["concept_id", "concept_name", "vocabulary_id", "concept_code"]
                .map(|column| reader.column(column));
        reader.each(&mut |row| {
            if let Some(slot) = self.0.get_mut(&row.text(id)) {
                *slot = Some(Concept {
                    system: Plan::built_in().system(&row.text(vocabulary)),
                    code: row.text(code),
                    name: row.text(name),
                });
            }
        });
    }

    /// What is known of an id.
    pub fn get(&self, id: &str) -> Option<&Concept> {
        self.0.get(id)?.as_ref()
    }

    /// Ids asked for, and those of them that were found.
    pub fn counts(&self) -> (usize, usize) {
        (self.0.len(), self.0.values().flatten().count())
    }

    /// The concept as a code with its system; by its id where its own code is not known.
    pub fn code(&self, id: &str) -> String {
        if !is_id(id) {
            return String::new();
        }
        let known = self.get(id).filter(|concept| is_plain(&concept.code));
        match known.and_then(|concept| Some((concept.system?, &concept.code))) {
            Some((system, code)) => format!("{}:{code}", system.name()),
            None => format!("{}:{id}", System::Omop.name()),
        }
    }

    /// The code without its system, whatever that is: units stand so.
    pub fn unit(&self, id: &str) -> String {
        match self.get(id) {
            Some(concept) => concept.code.clone(),
            None => self.code(id),
        }
    }

    /// The name; empty where it is not known.
    pub fn name(&self, id: &str) -> String {
        self.get(id).map_or_else(String::new, |concept| concept.name.clone())
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()) && id.bytes().any(|b| b != b'0')
}

/// Can it stand in a cell of codes?
pub fn is_plain(code: &str) -> bool {
    !code.is_empty() && !code.contains([',', ';', '/', ':'])
}
