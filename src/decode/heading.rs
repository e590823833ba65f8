//! Column headings: folding, and the spellings of `profiles/formats/column-synonyms.csv`.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::schema::{Field, Register};
use crate::sort;

/// Lower case, æ→ae, ø→oe, å→aa, everything but letters and digits dropped.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            'æ' => out.push_str("ae"),
            'ø' | 'ö' => out.push_str("oe"),
            'å' => out.push_str("aa"),
            c if c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
    out
}

/// Folded heading → the fields it may mean in a register, best first.
#[derive(Debug, Default)]
pub struct Synonyms {
    by_register: [HashMap<String, Vec<(u16, Field)>>; 7],
    aggregate: Vec<String>,
}

impl Synonyms {
    /// The spellings that ship with the program.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static BUILT_IN: OnceLock<Synonyms> = OnceLock::new();
        BUILT_IN
            .get_or_init(|| Self::read(include_str!("../../profiles/formats/column-synonyms.csv")))
    }

    /// Fields that a heading may mean in `register`, best first: `(rank, field)`, lower is better.
    #[must_use]
    pub fn fields(&self, register: Register, heading: &str) -> &[(u16, Field)] {
        self.fields_of_folded(register, &fold(heading))
    }

    /// The same for a heading that is folded already.
    #[must_use]
    pub fn fields_of_folded(&self, register: Register, folded: &str) -> &[(u16, Field)] {
        let table = self.by_register.get(register.index());
        table.and_then(|t| t.get(folded)).map_or(&[], Vec::as_slice)
    }

    /// Does a register have a field?
    #[must_use]
    pub fn has(&self, register: Register, field: Field) -> bool {
        let table = self.by_register.get(register.index());
        table.is_some_and(|t| t.values().any(|fields| fields.iter().any(|(_, f)| *f == field)))
    }

    /// Is the heading known in any register?
    #[must_use]
    pub fn knows(&self, heading: &str) -> bool {
        let folded = fold(heading);
        self.by_register.iter().any(|table| table.contains_key(&folded))
    }

    /// Is it a heading of aggregated figures, which name no patient?
    #[must_use]
    pub fn is_aggregate(&self, heading: &str) -> bool {
        self.aggregate.contains(&fold(heading))
    }

    fn read(csv: &str) -> Self {
        let mut out = Self::default();
        for line in csv.lines().skip(1) {
            let cells = split_csv(line);
            let [table, canonical, _, _, danish, english, ..] = cells.as_slice() else { continue };
            let spellings: Vec<String> = [canonical.as_str()]
                .into_iter()
                .chain(danish.split('|'))
                .chain(english.split('|'))
                .map(fold)
                .filter(|s| !s.is_empty())
                .collect();
            if table == "(aggregat)" {
                out.aggregate.extend(spellings);
                continue;
            }
            let Some(field) = Field::from_name(canonical) else { continue };
            // Fields of every table come after the table's own.
            let common = table == "(alle)";
            for register in Register::ALL {
                if common || table == register.synonym_table() {
                    out.add(register, field, &spellings, if common { 100 } else { 0 });
                }
            }
        }
        for table in &mut out.by_register {
            table.values_mut().for_each(|fields| sort::plain(fields));
        }
        out
    }

    fn add(&mut self, register: Register, field: Field, spellings: &[String], base: u16) {
        let Some(table) = self.by_register.get_mut(register.index()) else { return };
        for (rank, spelling) in (base..).zip(spellings) {
            let fields = table.entry(spelling.clone()).or_default();
            if fields.iter().all(|(_, known)| *known != field) {
                fields.push((rank, field));
            }
        }
    }
}

/// Cells of one comma-separated line with `"` quoting.
fn split_csv(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    cells.push(cell);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds() {
        assert_eq!(fold(" Fødsels-dato (år)"), "foedselsdatoaar");
        assert_eq!(fold("CPR-nr."), "cprnr");
    }

    #[test]
    fn every_row_of_the_list_is_a_field_and_found_again() {
        let text = include_str!("../../profiles/formats/column-synonyms.csv");
        let mut rows = 0;
        for line in text.lines().skip(1) {
            let cells = split_csv(line);
            if cells[0] == "(aggregat)" {
                continue;
            }
            let field = Field::from_name(&cells[1]);
            assert!(field.is_some(), "`{}` of {} is no field", cells[1], cells[0]);
            for spelling in cells[4].split('|').filter(|spelling| !fold(spelling).is_empty()) {
                assert!(Synonyms::built_in().knows(spelling), "{spelling}");
            }
            rows += 1;
        }
        assert!(rows > 70, "{rows}");
    }

    #[test]
    fn the_same_word_means_different_fields() {
        let fields = |register, heading| -> Vec<Field> {
            Synonyms::built_in().fields(register, heading).iter().map(|f| f.1).collect()
        };
        assert_eq!(fields(Register::Proeve, "Resultat"), [Field::Vaerdi]);
        assert_eq!(fields(Register::Patient, "Tilmeldt"), [Field::TilmeldtDato, Field::Status]);
        assert_eq!(fields(Register::Aftale, "Behandler")[0], Field::Kalender);
    }
}
