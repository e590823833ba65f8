//! The patients: CPR numbers in order, and what the patient register says of them.

use super::events::Events;
use super::{Map, PatientId};
use crate::cpr::{Cpr, Sex};
use crate::day::Day;
use crate::decode::heading::fold;
use crate::schema::Field;

/// Standing of a patient with the clinic (rule R21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Listed; an empty or absent status counts as such.
    Listed,
    /// Not listed: passing guest.
    Passant,
    /// Moved away.
    Moved,
    /// Deceased.
    Dead,
    /// A status of another kind, such as »inaktiv«.
    Other,
    /// Has rows, but is not in the patient register.
    NotInRegister,
}

/// The patients, sorted by CPR number.
#[derive(Debug, Default)]
pub struct Patients {
    cprs: Vec<Cpr>,
    standings: Vec<Standing>,
    register: Option<Events>,
    /// Lasting number per CPR, in the order in which they were first seen.
    entities: Map<Cpr, u32>,
    /// Place by CPR, per lasting number.
    rank: Vec<u32>,
}

impl Patients {
    /// Lasting numbers of a table's patients.
    pub(super) fn enter(&mut self, cprs: &[Cpr]) -> Vec<u32> {
        let numbers = cprs.iter().map(|cpr| {
            let next = u32::try_from(self.entities.len()).unwrap_or(u32::MAX);
            *self.entities.entry(*cpr).or_insert(next)
        });
        numbers.collect()
    }

    /// Brings the patients in order after tables were added; `true` if there are new ones.
    pub(super) fn settle(&mut self) -> bool {
        let is_new = self.cprs.len() != self.entities.len();
        if is_new {
            let mut all: Vec<(Cpr, u32)> =
                self.entities.iter().map(|(cpr, id)| (*cpr, *id)).collect();
            all.sort_unstable();
            self.rank = vec![0; all.len()];
            for (place, (_, entity)) in (0..).zip(&all) {
                if let Some(slot) = self.rank.get_mut(*entity as usize) {
                    *slot = place;
                }
            }
            self.cprs = all.into_iter().map(|(cpr, _)| cpr).collect();
        }
        is_new
    }

    pub(super) fn rank(&self) -> &[u32] {
        &self.rank
    }

    pub(super) fn register_mut(&mut self) -> &mut Option<Events> {
        &mut self.register
    }

    pub(super) const fn register(&self) -> Option<&Events> {
        self.register.as_ref()
    }

    pub(super) fn settle_standings(&mut self) {
        // A clinic has thousands of patients and a handful of status words.
        let mut words = Map::default();
        let standings = self.ids().map(|patient| self.read_standing(patient, &mut words)).collect();
        self.standings = standings;
    }

    fn read_standing<'a>(
        &'a self,
        patient: PatientId,
        words: &mut Map<&'a str, Standing>,
    ) -> Standing {
        let Some(register) = &self.register else { return Standing::NotInRegister };
        if register.of(patient).is_empty() {
            return Standing::NotInRegister;
        }
        if self.is_dead(patient) {
            return Standing::Dead;
        }
        let word = self.text(patient, Field::Status);
        *words.entry(word).or_insert_with(|| standing(word))
    }

    fn is_dead(&self, patient: PatientId) -> bool {
        let death = self.text(patient, Field::DoedDato);
        !death.is_empty()
            && (self.date(patient, Field::DoedDato).is_some()
                || ["ja", "x", "doed"].contains(&fold(death).as_str()))
    }
}

/// Reads a status word.
fn standing(word: &str) -> Standing {
    let folded = fold(word);
    let has = |parts: &[&str]| parts.iter().any(|part| folded.contains(part));
    match folded.as_str() {
        "" | "ja" | "j" | "x" | "1" | "sand" => Standing::Listed,
        _ if has(&["doed", "afdoed", "deceased", "dead"]) => Standing::Dead,
        _ if has(&["passant", "gaest", "guest"]) => Standing::Passant,
        _ if has(&["flyttet", "moved", "udvandret", "udgaaet", "afmeldt"]) => Standing::Moved,
        _ if has(&["inaktiv", "inactive", "ikke", "nej"]) => Standing::Other,
        _ if has(&["tilmeldt", "aktiv", "egen", "active", "registered", "sikret"]) => {
            Standing::Listed
        }
        _ => Standing::Other,
    }
}

/// Reads a cell of the column for sex.
pub(super) fn sex_of(text: &str) -> Option<Sex> {
    match fold(text).as_str() {
        "k" | "kvinde" | "f" | "female" | "2" => Some(Sex::Female),
        "m" | "mand" | "male" | "1" => Some(Sex::Male),
        _ => None,
    }
}

/// What the evaluator and the views read.
impl Patients {
    /// How many.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.cprs.len()
    }

    /// None at all?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.cprs.is_empty()
    }

    /// All patients, in the order of their CPR numbers.
    pub fn ids(&self) -> impl Iterator<Item = PatientId> + use<> {
        (0..u32::try_from(self.cprs.len()).unwrap_or(u32::MAX)).map(PatientId)
    }

    /// CPR number.
    #[must_use]
    pub fn cpr(&self, patient: PatientId) -> Option<&Cpr> {
        self.cprs.get(patient.0 as usize)
    }

    /// The patient with this CPR number.
    #[must_use]
    pub fn find(&self, cpr: &Cpr) -> Option<PatientId> {
        let at = self.cprs.binary_search(cpr).ok()?;
        u32::try_from(at).ok().map(PatientId)
    }

    /// Is there a patient register in the export?
    #[must_use]
    pub const fn has_register(&self) -> bool {
        self.register.is_some()
    }

    /// Standing with the clinic.
    #[must_use]
    pub fn standing(&self, patient: PatientId) -> Standing {
        self.standings.get(patient.0 as usize).copied().unwrap_or(Standing::NotInRegister)
    }

    /// Is the patient looked at (rule R21)? Without a patient register everyone is.
    #[must_use]
    pub fn looked_at(&self, patient: PatientId) -> bool {
        !self.has_register() || self.standing(patient) == Standing::Listed
    }

    /// Birth date: the CPR number decides, else the column; `None` = unknown.
    #[must_use]
    pub fn birth(&self, patient: PatientId) -> Option<Day> {
        let from_number = self.cpr(patient).and_then(Cpr::birth);
        from_number.or_else(|| self.written_birth(patient))
    }

    /// Sex: the CPR number decides, else the column; `None` = unknown.
    #[must_use]
    pub fn sex(&self, patient: PatientId) -> Option<Sex> {
        let from_number = self.cpr(patient).and_then(Cpr::sex);
        from_number.or_else(|| self.written_sex(patient))
    }

    /// A text field of the patient register, decoded and trimmed; empty = missing. Where a patient
    /// has several rows, the first one with content.
    #[must_use]
    pub fn text(&self, patient: PatientId, field: Field) -> &str {
        let Some(register) = &self.register else { return "" };
        let texts = register.of(patient).map(|position| register.text(position, field));
        texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// The patient's name: `navn`, else `fornavn` and `efternavn`; empty = not in the export.
    #[must_use]
    pub fn name(&self, patient: PatientId) -> String {
        match self.text(patient, Field::Navn) {
            "" => [Field::Fornavn, Field::Efternavn]
                .map(|field| self.text(patient, field))
                .join(" ")
                .trim()
                .to_owned(),
            name => name.to_owned(),
        }
    }

    /// A date field of the patient register.
    #[must_use]
    pub fn date(&self, patient: PatientId, field: Field) -> Option<Day> {
        let register = self.register.as_ref()?;
        register.of(patient).find_map(|position| register.date(position, field))
    }
}
