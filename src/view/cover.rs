//! »Skærm til andre«: takes out of texts who a patient is. What is registered of the patient's own
//! name, address, number and birth date goes; so does everything that looks like a CPR number, and
//! the names of the files.

use crate::cpr::Cpr;
use crate::day::Day;
use crate::note::Language;
use crate::records::{PatientId, Patients};
use crate::schema::Field;
use crate::view::words::pick;
use crate::view::{CellView, EvidenceView, ImportView, MarkerView, PatientView, StripView, person};

/// What says who somebody is, besides the CPR number.
const FIELDS: [Field; 8] = [
    Field::Navn,
    Field::Fornavn,
    Field::Efternavn,
    Field::Adresse,
    Field::Postnummer,
    Field::By,
    Field::Telefon,
    Field::Email,
];
/// Shorter texts, such as a postal code, are too common to be looked for inside others.
const LONG: usize = 5;
/// A single letter is no name.
const WORD: usize = 2;

/// What may not be read of one patient.
#[derive(Clone, Debug, Default)]
pub struct Who {
    texts: Vec<String>,
    words: Vec<String>,
}

impl Who {
    /// Everything registered of this patient.
    #[must_use]
    pub fn of(patients: &Patients, patient: PatientId) -> Self {
        let field = |field: &Field| patients.text(patient, *field).to_owned();
        let mut texts: Vec<String> = FIELDS.iter().map(field).collect();
        let cpr = patients.cpr(patient);
        texts.extend(cpr.map(ToString::to_string));
        texts.extend(cpr.map(Cpr::hyphenated));
        texts.extend(patients.birth(patient).map(Day::danish));
        let name = person::name(patients, patient).unwrap_or_default().to_lowercase();
        texts.retain(|text| !text.is_empty());
        let parts = name.split(|c: char| !c.is_alphanumeric());
        let words = parts.filter(|part| part.chars().count() >= WORD).map(str::to_owned).collect();
        Self { texts, words }
    }

    /// Does the text say who it is?
    fn is_in(&self, text: &str) -> bool {
        let part = |known: &String| text.split(", ").any(|part| part == known);
        let inside = |known: &String| known.len() >= LONG && text.contains(known.as_str());
        self.texts.iter().any(|known| part(known) || inside(known))
    }
}

/// What is taken out, and what stands there instead.
#[derive(Clone, Debug)]
pub struct Veil {
    /// Names of files, longer ones first, with what is shown.
    files: Vec<(String, String)>,
    language: Language,
}

impl Veil {
    /// Hides these file names.
    #[must_use]
    pub fn new(mut names: Vec<String>, language: Language) -> Self {
        let mut files = Vec::new();
        let word = pick(language, "fil", "file");
        // One name may be part of another.
        while let Some(at) = longest(&names) {
            let name = names.swap_remove(at);
            files.push((name, format!("{word} {}", files.len() + 1)));
        }
        Self { files, language }
    }

    fn hidden(&self) -> &'static str {
        pick(self.language, "skjult", "hidden")
    }

    /// A text about nobody in particular.
    pub fn text(&self, text: &mut String) {
        for (name, shown) in &self.files {
            if text.contains(name.as_str()) {
                *text = text.replace(name, shown);
            }
        }
        without_numbers(text, self.hidden());
    }

    /// A text about a patient.
    pub fn of(&self, text: &mut String, who: &Who) {
        for known in who.texts.iter().filter(|known| known.len() >= LONG) {
            if text.contains(known.as_str()) {
                *text = text.replace(known, self.hidden());
            }
        }
        without_words(text, &who.words, self.hidden());
        self.text(text);
    }

    /// A cell: all of it, if it says who it is.
    pub fn cell(&self, cell: &mut CellView, who: &Who) {
        if who.is_in(&cell.text) {
            self.hidden().clone_into(&mut cell.text);
        } else {
            self.of(&mut cell.text, who);
        }
    }

    /// The why panel, but for the head.
    pub fn patient(&self, view: &mut PatientView, who: &Who) {
        self.of(&mut view.verdict, who);
        for criterion in &mut view.criteria {
            self.of(&mut criterion.reason, who);
            self.all(&mut criterion.receipt, who);
            self.evidence(&mut criterion.evidence, who);
        }
        view.markers.iter_mut().for_each(|marker| self.marker(marker, who));
        view.columns.iter_mut().for_each(|(_, cell)| self.cell(cell, who));
    }

    fn marker(&self, marker: &mut MarkerView, who: &Who) {
        self.of(&mut marker.text, who);
        self.all(&mut marker.details, who);
        self.evidence(&mut marker.evidence, who);
        self.evidence(&mut marker.exception_evidence, who);
    }

    fn evidence(&self, rows: &mut [EvidenceView], who: &Who) {
        for row in rows {
            self.of(&mut row.text, who);
            self.of(&mut row.code, who);
            self.of(&mut row.origin, who);
        }
    }

    /// Several texts about a patient.
    pub fn all(&self, texts: &mut [String], who: &Who) {
        texts.iter_mut().for_each(|text| self.of(text, who));
    }

    /// The strip above every screen.
    pub fn strip(&self, strip: &mut StripView) {
        self.text(&mut strip.file);
        self.text(&mut strip.file_detail);
    }

    /// The report on what was read. A heading that no field was found for may be a patient's row.
    pub fn import(&self, view: &mut ImportView) {
        self.text(&mut view.account);
        for file in &mut view.files {
            for text in [&mut file.name, &mut file.read_as, &mut file.content, &mut file.columns] {
                self.text(text);
            }
            for (heading, _) in file.column_map.iter_mut().filter(|(_, field)| field.is_none()) {
                self.hidden().clone_into(heading);
            }
        }
        for file in &mut view.refused {
            self.text(&mut file.name);
            self.text(&mut file.text);
        }
        view.set_aside.iter_mut().for_each(|one| self.text(&mut one.files));
        let repair = view.repair.iter_mut().flat_map(|repair| &mut repair.lines);
        repair.for_each(|line| self.text(line));
        for remark in &mut view.remarks {
            self.text(&mut remark.lead);
            self.text(&mut remark.text);
        }
    }
}

fn longest(names: &[String]) -> Option<usize> {
    let known = names.iter().enumerate().filter(|(_, name)| name.len() > WORD);
    known.max_by_key(|(_, name)| name.len()).map(|(at, _)| at)
}

/// Words of the patient's name, in any case.
fn without_words(text: &mut String, words: &[String], instead: &str) {
    let is_known = |part: &str| words.contains(&part.to_lowercase());
    if !text.split(|c: char| !c.is_alphanumeric()).any(is_known) {
        return;
    }
    let mut shown = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        shown.push_str(if is_known(word) { instead } else { word });
        shown.push_str(piece.get(word.len()..).unwrap_or_default());
    }
    *text = shown;
}

/// Everything that looks like a CPR number.
fn without_numbers(text: &mut String, instead: &str) {
    let mut shown = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = split_at_number(rest) {
        shown.push_str(before);
        shown.push_str(instead);
        rest = after;
    }
    if rest.len() < text.len() {
        shown.push_str(rest);
        *text = shown;
    }
}

fn split_at_number(text: &str) -> Option<(&str, &str)> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.filter_map(|at| Some((text.get(..at)?, after_number(text.get(at..)?)?))).next()
}

/// What follows on six digits, perhaps a hyphen or a space, and four digits.
fn after_number(text: &str) -> Option<&str> {
    let rest = after_digits(text, 6)?;
    after_digits(rest.strip_prefix(['-', ' ', '\u{a0}']).unwrap_or(rest), 4)
}

fn after_digits(text: &str, count: usize) -> Option<&str> {
    let (digits, rest) = text.split_at_checked(count)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn veil() -> Veil {
        Veil::new(vec!["a.csv".into(), "hansen-a.csv".into()], Language::Danish)
    }

    fn about(text: &str) -> String {
        let who = Who {
            texts: vec!["Aa Holm".into(), "Vej 1, 2. tv".into(), "2400".into()],
            words: vec!["aa".into(), "holm".into()],
        };
        let mut text = text.to_owned();
        veil().of(&mut text, &who);
        text
    }

    #[test]
    fn numbers_go_in_every_spelling() {
        for text in ["x 010203-1234 y", "x 0102031234 y", "x 010203 1234 y"] {
            assert_eq!(about(text), "x skjult y");
        }
        assert_eq!(about("010203-12341"), "skjult1");
        assert_eq!(about("12.345.678, 02-11-2026"), "12.345.678, 02-11-2026");
    }

    #[test]
    fn names_go_as_words_and_the_address_as_a_whole() {
        assert_eq!(about("til AA holm, efter aftale"), "til skjult skjult, efter aftale");
        assert_eq!(about("Holmium 2400 mg"), "Holmium 2400 mg");
        assert_eq!(about("bor Vej 1, 2. tv"), "bor skjult");
    }

    #[test]
    fn a_file_name_inside_another_leaves_nothing() {
        assert_eq!(about("hansen-a.csv, linje 3"), "fil 1, linje 3");
        assert_eq!(about("a.csv, linje 3"), "fil 2, linje 3");
    }

    #[test]
    fn a_cell_that_is_a_short_address_goes_whole() {
        let who = Who { texts: vec!["2400".into()], words: Vec::new() };
        let mut cell = CellView { text: "2400, By".into(), ..CellView::default() };
        veil().cell(&mut cell, &who);
        assert_eq!(cell.text, "skjult");
    }
}
