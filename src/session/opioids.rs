//! The page »Opioider«: all its rows at once, and the panel of one user.

use super::Session;
use crate::protocol::{ListQuery, Reply};
use crate::view::opioids::{self, panel};
use crate::view::{PatientView, text_list};

impl Session {
    pub(super) fn opioids(&self) -> Reply {
        let asked = match self.asked(opioids::PROFILE) {
            Ok(asked) => asked,
            Err(text) => return Reply::Failed(text),
        };
        let row = self.row(asked.entry);
        let Some(population) = asked.entry.population() else {
            let said = text_list::still_reading(&self.unread, self.language);
            let view = opioids::waiting(row, self.date().danish(), said, self.language);
            return Reply::Opioids(Box::new(view));
        };
        let evaluator = self.evaluator(asked.plan);
        Reply::Opioids(Box::new(opioids::view(&opioids::Topic {
            evaluator: &evaluator,
            population,
            row,
            caveat: self.caveat(asked.plan),
            unread: &self.unread,
            language: self.language,
        })))
    }

    pub(super) fn opioid_patient(&mut self, cpr: &str) -> Reply {
        let query = ListQuery { profile: opioids::PROFILE.to_owned(), ..ListQuery::default() };
        match self.patient(opioids::PROFILE, cpr, &query) {
            Reply::Patient(patient) => self.with_sum(cpr, *patient),
            other => other,
        }
    }

    fn with_sum(&self, cpr: &str, patient: PatientView) -> Reply {
        let asked = self.asked(opioids::PROFILE).ok().filter(|a| a.entry.population().is_some());
        let view = match asked.zip(self.find(cpr)) {
            Some((asked, id)) => {
                let evaluator = self.evaluator(asked.plan);
                panel::panel(&evaluator, id, patient, self.language)
            }
            None => panel::OpioidPatientView { patient, ..Default::default() },
        };
        Reply::OpioidPatient(Box::new(view))
    }
}
