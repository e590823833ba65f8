//! What an order of a medicine card says of the dose.
//!
//! The card's own text comes first, with the average daily dose that FMK gives beside it. Where
//! there is none, a daily dose is computed as FMK does (export-formats, section 4): the quantities
//! of an iteration by its days; and it is unknown where FMK says that it is: free text, a schedule
//! in a local system, several periods, doses as needed, a day number 0, or no iteration.

use crate::amount::Amount;

/// The cells.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The text.
    pub text: String,
    /// Units a day.
    pub daily: String,
    /// The unit.
    pub unit: String,
    /// Fixed, as needed, or both, as the card says it.
    pub kind: String,
}

/// What was read of it so far.
#[derive(Default)]
pub struct Dosage {
    combined: String,
    texts: Vec<String>,
    averages: Vec<String>,
    free: String,
    elsewhere: bool,
    unit: String,
    kind: String,
    structures: Vec<Structure>,
}

/// A period of the dosage.
#[derive(Default)]
struct Structure {
    interval: Option<i64>,
    /// Sum of the quantities, in millionths; `None` = none that can be computed.
    sum: Option<i64>,
    as_needed: bool,
    undefined: bool,
}

impl Dosage {
    /// An element opens.
    pub fn open(&mut self, name: &str, around: &[String]) {
        if around.first().is_none_or(|outer| outer != "Dosage") {
            return;
        }
        let parent = around.last().map_or("", String::as_str);
        let is_inner = around.iter().any(|one| one == "Fixed" || one == "PRN");
        match (parent, name) {
            ("DosagePeriod", "Fixed" | "PRN") => self.begin(is_as_needed(name)),
            (_, "Structure" | "DosageTimes") if !is_inner => {
                self.begin(around.iter().any(|one| is_as_needed(one)));
            }
            // A period of 1.6 without a structure of its own is still a period.
            (_, "EmptyStructure" | "Empty" | "Unspecified") => {
                self.structures.push(Structure { undefined: true, ..Structure::default() });
            }
            _ => {}
        }
    }

    fn begin(&mut self, as_needed: bool) {
        self.structures.push(Structure { as_needed, sum: Some(0), ..Structure::default() });
    }

    /// An element with its text.
    pub fn close(&mut self, name: &str, text: &str, around: &[String]) {
        let parent = around.last().map_or("", String::as_str);
        match (parent, name) {
            ("DosageTranslationCombined", "ShortText") => text.clone_into(&mut self.combined),
            (_, "ShortText") => add(&mut self.texts, text),
            (_, "AverageDailyDosage") => add(&mut self.averages, text),
            ("FreeText", "Text") | (_, "FreeText") if !text.is_empty() => {
                text.clone_into(&mut self.free);
            }
            (_, "AdministrationAccordingToSchemaInLocalSystem") => self.elsewhere = true,
            (_, "UnitText" | "Singular") if self.unit.is_empty() => text.clone_into(&mut self.unit),
            ("Dosage", "Type") => text.clone_into(&mut self.kind),
            _ => self.structure(parent, name, text),
        }
    }

    fn structure(&mut self, parent: &str, name: &str, text: &str) {
        let Some(structure) = self.structures.last_mut() else { return };
        match (parent, name) {
            (_, "IterationInterval") => structure.interval = text.parse().ok(),
            ("Day", "Number" | "DayNumber") => structure.undefined |= text == "0",
            ("Dose", "Quantity") => structure.add(text),
            ("Dose", "IsAccordingToNeed") => structure.as_needed |= text != "false",
            ("Dose", other) if other.ends_with("Quantity") => structure.undefined = true,
            _ => {}
        }
    }

    /// All that was read.
    pub fn said(&self) -> Said {
        let only_as_needed =
            !self.structures.is_empty() && self.structures.iter().all(|one| one.as_needed);
        let kind = match self.kind.as_str() {
            "" if only_as_needed => "PN",
            kind => kind,
        };
        Said {
            text: self.text(),
            daily: self.daily().unwrap_or_default(),
            unit: self.unit.clone(),
            kind: kind.to_owned(),
        }
    }

    fn text(&self) -> String {
        match (self.combined.as_str(), self.texts.as_slice()) {
            ("", [one]) => one.clone(),
            // Periods with a dose each: no text says which of them is now.
            ("", [_, ..]) => format!("Flere perioder: {}", self.texts.join(" / ")),
            ("", []) if self.elsewhere => "Efter skema i lokalt system".to_owned(),
            ("", []) => self.free.clone(),
            (combined, _) => combined.to_owned(),
        }
    }

    fn daily(&self) -> Option<String> {
        let [only] = self.structures.as_slice() else {
            // Without structures it is the card's own figure or none.
            let one = self.structures.is_empty().then_some(self.averages.as_slice())?;
            return if let [one] = one { Some(number(one)) } else { None };
        };
        if only.as_needed || !self.free.is_empty() || self.elsewhere {
            return None;
        }
        match self.averages.as_slice() {
            [one] => Some(number(one)),
            [] => only.daily().map(|amount| amount.danish()),
            _ => None,
        }
    }
}

impl Structure {
    fn add(&mut self, text: &str) {
        let more = Amount::parse(text).map(|amount| amount.0);
        self.sum = self.sum.zip(more).and_then(|(sum, more)| sum.checked_add(more));
    }

    fn daily(&self) -> Option<Amount> {
        let (sum, days) = (self.sum?, self.interval.filter(|days| (1..=1000).contains(days))?);
        // What is no decimal number, such as a third, stays with the text.
        (!self.undefined && sum > 0 && sum % days == 0).then(|| Amount(sum / days))
    }
}

fn is_as_needed(element: &str) -> bool {
    element == "PRN" || element.contains("AccordingToNeed")
}

fn add(all: &mut Vec<String>, text: &str) {
    if !text.is_empty() && !all.iter().any(|known| known == text) {
        all.push(text.to_owned());
    }
}

/// A number of XML with a decimal comma: `400.0` is »400«.
pub fn number(text: &str) -> String {
    Amount::parse(text).map_or_else(|| text.to_owned(), Amount::danish)
}
