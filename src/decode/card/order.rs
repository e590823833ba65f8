//! One order of a medicine card → the cells of a row of medicine.

use super::dosage::Dosage;

/// Headings behind `cpr`, in the order of [`Order::cells`].
pub const HEADINGS: [&str; 17] = [
    "atc",
    "navn",
    "indholdsstof",
    "drugid",
    "styrke",
    "form",
    "administrationsvej",
    "dosering",
    "doegndosis",
    "enhed",
    "type",
    "startdato",
    "slutdato",
    "udleveret_dato",
    "indikation",
    "dosisdispensering",
    "status",
];

/// Parts of an order that say something of another thing: a prescription, a permission to dispense.
const OTHERS: [&str; 4] = ["PrescriptionMedication", "Prescription", "Warrant", "Order"];

/// What an order says.
#[derive(Default)]
pub struct Order {
    atc: String,
    name: String,
    substances: Vec<String>,
    drug_id: String,
    strength: Strength,
    form: String,
    route: String,
    indication: String,
    start: String,
    end: String,
    dispensed: String,
    dose_dispensed: bool,
    is_open: bool,
    is_paused: bool,
    is_withdrawn: bool,
    /// Taken back as wrong.
    pub is_invalid: bool,
    dosage: Dosage,
}

/// As a text, else as a number with its unit.
#[derive(Default)]
struct Strength {
    text: String,
    values: Vec<String>,
    unit: String,
    code: String,
}

impl Order {
    /// An element opens; `around` are the elements around it inside the order.
    pub fn open(&mut self, name: &str, around: &[String]) {
        if !is_of_other(around) {
            self.dosage.open(name, around);
        }
    }

    /// An element with its text.
    pub fn close(&mut self, name: &str, text: &str, around: &[String]) {
        if is_of_other(around) {
            return;
        }
        let outer = around.first().map_or("", String::as_str);
        let parent = around.last().map_or("", String::as_str);
        match (outer, parent, name) {
            ("", _, "Paused") => self.is_paused = is_true(text),
            ("", _, "Withdrawn") => self.is_withdrawn = is_true(text),
            ("", _, "IsInvalid" | "Invalid") => self.is_invalid = is_true(text),
            ("", _, "DoseDispensed") => self.dose_dispensed |= is_true(text),
            ("", _, "HandoverPreference") => self.dose_dispensed |= text == "DoseDispensed",
            ("BeginEndDate" | "ActivePeriod", _, _) => self.period(name, text),
            ("Indication", "Indication", "Text" | "FreeText") => put(&mut self.indication, text),
            ("RouteOfAdministration", _, "Text") => put(&mut self.route, text),
            ("Drug", _, _) => self.drug(parent, name, text),
            ("Effectuation", "Effectuation", "DateTime" | "Date") => self.effectuated(text),
            ("Dosage" | "DosageTranslation" | "DosageTranslationCombined", _, _) => {
                self.dosage.close(name, text, around);
            }
            _ => {}
        }
    }

    fn period(&mut self, name: &str, text: &str) {
        match name {
            "TreatmentStartDate" | "StartDate" => put(&mut self.start, text),
            "TreatmentEndDate" | "EndDate" => put(&mut self.end, text),
            "TreatmentEndingUndetermined" => self.is_open = is_true(text),
            _ => {}
        }
    }

    fn drug(&mut self, parent: &str, name: &str, text: &str) {
        let strength = &mut self.strength;
        match (parent, name) {
            ("ATC", "Code") => put(&mut self.atc, text),
            ("Drug", "Identifier") => put(&mut self.drug_id, text),
            ("Drug", "Name") => put(&mut self.name, text),
            ("Form", "Text") => put(&mut self.form, text),
            ("Strength", "Text") => put(&mut strength.text, text),
            ("Strength" | "StrengthItem", "Value") => strength.values.push(text.to_owned()),
            ("Strength" | "StrengthItem", "UnitText") => put(&mut strength.unit, text),
            ("Strength" | "StrengthItem", "UnitCode") => put(&mut strength.code, text),
            ("ActiveSubstance", "Text" | "SubstanceText" | "FreeText") if !text.is_empty() => {
                self.substances.push(text.to_owned());
            }
            _ => {}
        }
    }

    // The latest; dates of one card are written in one way.
    fn effectuated(&mut self, text: &str) {
        if text > self.dispensed.as_str() {
            text.clone_into(&mut self.dispensed);
        }
    }

    fn status(&self) -> &'static str {
        match (self.is_withdrawn, self.is_paused, self.is_open) {
            (true, _, _) => "seponeret",
            (_, true, _) => "pauseret",
            (_, _, true) => "aktiv",
            _ => "",
        }
    }

    /// The cells, in the order of [`HEADINGS`].
    pub fn cells(&self) -> [String; HEADINGS.len()] {
        let dose = self.dosage.said();
        [
            self.atc.clone(),
            self.name.clone(),
            self.substances.join(" + "),
            self.drug_id.clone(),
            self.strength.shown(),
            self.form.clone(),
            self.route.clone(),
            dose.text,
            dose.daily,
            dose.unit,
            dose.kind,
            self.start.clone(),
            self.end.clone(),
            self.dispensed.clone(),
            self.indication.clone(),
            if self.dose_dispensed { "Ja" } else { "" }.to_owned(),
            self.status().to_owned(),
        ]
    }
}

impl Strength {
    // »400.0« and »milligram« are »400 milligram«.
    fn shown(&self) -> String {
        // Of several substances only the text says which is which.
        let ([value], "") = (self.values.as_slice(), self.text.as_str()) else {
            return self.text.clone();
        };
        let unit = if self.unit.is_empty() { &self.code } else { &self.unit };
        format!("{} {}", super::dosage::number(value), unit.to_lowercase()).trim().to_owned()
    }
}

fn is_of_other(around: &[String]) -> bool {
    around.first().is_some_and(|name| OTHERS.contains(&name.as_str()))
}

// The element itself says it, unless its text denies it.
fn is_true(text: &str) -> bool {
    !matches!(text.to_lowercase().as_str(), "false" | "0")
}

// The first that is said counts.
fn put(cell: &mut String, text: &str) {
    if cell.is_empty() {
        text.clone_into(cell);
    }
}
