//! Answers that are worked out only when asked for: »Om profilen«, »Udtynding«, »Tal« and »Slå patient op«.

use super::Session;
use super::shelf::Entry;
use crate::protocol::Reply;
use crate::records::PatientId;
use crate::view::attrition::{AttritionView, attrition};
use crate::view::figures::{self, FiguresView};
use crate::view::lookup::{self, LookupView, Standing, StandingView};
use crate::view::timeline::{TimelineView, timeline};
use crate::view::{
    about, patient, text_factors, text_list, text_lookup, text_overview, text_verdict,
};

impl Session {
    pub(super) fn attrition(&self, key: &str) -> Reply {
        let asked = match self.asked(key) {
            Ok(asked) => asked,
            Err(text) => return Reply::Failed(text),
        };
        // What is not read yet is not missing: no numbers before the profile's registers are in.
        let view = if asked.entry.population().is_none() {
            let still_reading = text_list::still_reading(&self.unread, self.language);
            AttritionView { profile: key.to_owned(), still_reading, ..AttritionView::default() }
        } else {
            let evaluator = self.evaluator(asked.plan);
            attrition(key, asked.plan, &evaluator.attrition(), self.language)
        };
        Reply::Attrition(Box::new(view))
    }

    pub(super) fn about(&self, key: &str) -> Reply {
        let asked = match self.asked(key) {
            Ok(asked) => asked,
            Err(text) => return Reply::Failed(text),
        };
        let whole = asked.entry.whole();
        let waits = asked.entry.population().is_none() || !self.unread.is_empty();
        let evaluator = self.evaluator(asked.plan);
        Reply::About(Box::new(about::about(&about::Topic {
            key,
            own: asked.entry.own,
            plan: whole.plan.as_ref().unwrap_or(asked.plan),
            file: &asked.entry.source.1,
            persons: (!waits).then(|| evaluator.persons()),
            still_reading: text_list::still_reading(&self.unread, self.language),
            index_date: self.date(),
            today: self.today,
            language: self.language,
        })))
    }

    // A measure may ask for registers that the list does not wait for.
    pub(super) fn figures(&self, key: &str) -> Reply {
        let asked = match self.asked(key) {
            Ok(asked) => asked,
            Err(text) => return Reply::Failed(text),
        };
        let language = self.language;
        let population = asked.entry.population().filter(|_| self.unread.is_empty());
        let view = if let Some(population) = population {
            let evaluator = self.evaluator(asked.plan);
            let view = figures::view(key, &evaluator, population, &self.insured, language);
            view.resting_on(&text_factors::rests_on(asked.plan, &evaluator.factors, language))
        } else {
            let remark = text_list::still_reading(&self.unread, language);
            FiguresView { remark, ..figures::waiting(key, asked.plan, language) }
        };
        Reply::Figures(Box::new(view))
    }

    pub(super) fn timeline(&self, key: &str, cpr: &str) -> Reply {
        let asked = match self.asked(key) {
            Ok(asked) => asked,
            Err(text) => return Reply::Failed(text),
        };
        let id = self.find(cpr);
        let view = match id {
            // What is not read yet is not missing.
            _ if !self.unread.is_empty() => TimelineView {
                cpr: cpr.to_owned(),
                nothing: text_list::still_reading(&self.unread, self.language),
                ..TimelineView::default()
            },
            Some(id) => {
                let evaluator = self.evaluator(asked.plan);
                timeline(&evaluator, id, self.language)
            }
            None => TimelineView {
                cpr: cpr.to_owned(),
                nothing: text_verdict::not_found(self.language).to_owned(),
                ..TimelineView::default()
            },
        };
        Reply::Timeline(Box::new(view))
    }

    pub(super) fn look_up(&self, typed: &str) -> Reply {
        if self.records.sources.is_empty() {
            return Reply::Failed(text_overview::nothing_read(self.language).to_owned());
        }
        let patients = &self.records.patients;
        let found = match self.find(typed) {
            Some(patient) => vec![patient],
            None if self.cover.is_on() => Vec::new(),
            None => lookup::find(patients, typed),
        };
        let view = match found.as_slice() {
            [only] => self.person(typed, *only),
            _ => lookup::choose(patients, typed, &found, self.date(), self.language),
        };
        Reply::LookUp(Box::new(view))
    }

    fn person(&self, typed: &str, id: PatientId) -> LookupView {
        let patients = &self.records.patients;
        let looked_at = patients.looked_at(id);
        let entries = self.shelf.entries.iter().filter(|_| looked_at);
        let standings = entries.filter_map(|entry| self.standing(entry, id)).collect();
        lookup::person(patients, typed, id, standings, self.date(), self.language)
    }

    // `None`: a profile with errors says nothing about anyone.
    fn standing(&self, entry: &Entry, id: PatientId) -> Option<Standing> {
        let plan = entry.checked.plan.as_ref()?;
        let mut row = StandingView {
            profile: entry.key.clone(),
            title: entry.checked.title.clone(),
            ..StandingView::default()
        };
        if entry.population().is_none() {
            row.text = text_list::still_reading(&self.unread, self.language);
            row.pending = true;
            return Some(Standing { truth: None, row });
        }
        let evaluator = self.evaluator(plan);
        let (truth, sentence, markers) = patient::standing(&evaluator, id, self.language);
        row.text = text_lookup::below_heading(&sentence, self.language);
        row.markers = markers;
        Some(Standing { truth: Some(truth), row })
    }
}
