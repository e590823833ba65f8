//! Clinical codes and how profiles match them (rule R5).

use serde::{Deserialize, Serialize};

/// A code system that a record or a profile can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum System {
    /// ICPC-2-DK, diagnoses in general practice.
    Icpc,
    /// ICD-10, as SKS-D or plain.
    Icd10,
    /// Anatomical Therapeutic Chemical classification, medicines.
    Atc,
    /// NPU with the Danish DNK and MedCom's MCS codes, laboratory.
    Npu,
    /// Service codes of the Danish general practice agreement (»ydelser«).
    Ydelse,
    /// SNOMED CT.
    Snomed,
    /// LOINC.
    Loinc,
    /// RxNorm.
    RxNorm,
    /// CVX, vaccines.
    Cvx,
    /// Concept ids of OMOP where their own code is not known.
    Omop,
}

impl System {
    /// From the name that profiles write (`ATC`, `ICPC`, `NPU`, `ydelse`, …), case ignored.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name.trim().to_ascii_uppercase().as_str() {
            "ICPC" | "ICPC-2" | "ICPC-2-DK" => Self::Icpc,
            "ICD10" | "ICD-10" => Self::Icd10,
            "ATC" => Self::Atc,
            "NPU" | "DNK" | "MCS" => Self::Npu,
            "YDELSE" => Self::Ydelse,
            "SNOMED" => Self::Snomed,
            "LOINC" => Self::Loinc,
            "RXNORM" => Self::RxNorm,
            "CVX" => Self::Cvx,
            "OMOP" => Self::Omop,
            _ => return None,
        })
    }

    /// The name that profiles write.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Icpc => "ICPC",
            Self::Icd10 => "ICD10",
            Self::Atc => "ATC",
            Self::Npu => "NPU",
            Self::Ydelse => "ydelse",
            Self::Snomed => "SNOMED",
            Self::Loinc => "LOINC",
            Self::RxNorm => "RXNORM",
            Self::Cvx => "CVX",
            Self::Omop => "OMOP",
        }
    }
}

/// A code of a record, normalised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Code {
    /// The system it belongs to.
    pub system: System,
    /// Normalised text; for ICPC the part before the dot.
    pub base: String,
    /// ICPC subcode, the part after the dot; empty elsewhere.
    pub sub: String,
}

impl Code {
    /// Normalises a written code; `None` if nothing is left.
    #[must_use]
    pub fn new(system: System, written: &str) -> Option<Self> {
        let text = normalise(system, written);
        let (base, sub) = match (system, text.split_once('.')) {
            (System::Icpc, Some((base, sub))) => (base.to_owned(), sub.to_owned()),
            _ => (text, String::new()),
        };
        (!base.is_empty()).then_some(Self { system, base, sub })
    }

    /// As shown: `P76.01`, `N06DA02`.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.sub.is_empty() { self.base.clone() } else { format!("{}.{}", self.base, self.sub) }
    }
}

/// One entry of a profile's code list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern {
    system: System,
    text: String,
    prefix: bool,
}

/// Why a written pattern is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// Nothing written.
    Empty,
    /// ATC has levels at 1, 3, 4, 5 and 7 characters only.
    AtcLength(usize),
}

impl Pattern {
    /// Reads a code of a profile. ATC is hierarchical at its five lengths; elsewhere a code is
    /// equal, or a prefix with a written `*`.
    ///
    /// # Errors
    /// [`PatternError`] for an empty code and for an ATC length that is no level.
    pub fn new(system: System, written: &str) -> Result<Self, PatternError> {
        let trimmed = written.trim();
        let (stem, star) = match trimmed.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (trimmed, false),
        };
        let text = normalise(system, stem);
        if text.is_empty() {
            return Err(PatternError::Empty);
        }
        if system == System::Atc && ![1, 3, 4, 5, 7].contains(&text.len()) {
            return Err(PatternError::AtcLength(text.len()));
        }
        Ok(Self { system, text, prefix: star || system == System::Atc })
    }

    /// Does a record's code fall under this pattern?
    #[must_use]
    pub fn matches(&self, code: &Code) -> bool {
        if self.system != code.system {
            return false;
        }
        match (self.prefix, self.text.contains('.')) {
            (true, true) => code.shown().starts_with(&self.text),
            (true, false) => code.base.starts_with(&self.text),
            (false, true) => code.shown() == self.text,
            (false, false) => code.base == self.text,
        }
    }

    /// The normalised text that a code is compared with; with a dot, the whole code is, else what
    /// stands before the code's own dot.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Is the beginning of a code enough?
    #[must_use]
    pub const fn is_prefix(&self) -> bool {
        self.prefix
    }

    /// The system of the pattern.
    #[must_use]
    pub const fn system(&self) -> System {
        self.system
    }

    /// As written, normalised; with `*` where it is a written prefix.
    #[must_use]
    pub fn shown(&self) -> String {
        let star = if self.prefix && self.system != System::Atc { "*" } else { "" };
        format!("{}{star}", self.text)
    }
}

/// Trimmed, without spaces, upper case; ICD-10 without dots and without the leading SKS »D«.
#[must_use]
pub fn normalise(system: System, written: &str) -> String {
    let text: String =
        written.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    match system {
        System::Icpc => text.trim_start_matches('-').to_owned(),
        System::Icd10 => {
            let text = text.replace('.', "");
            let sks = text
                .strip_prefix('D')
                .filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
            sks.map_or_else(|| text.clone(), str::to_owned)
        }
        _ => text,
    }
}
