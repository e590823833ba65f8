//! The page »Datakvalitet«, counted when it is asked for, and its lists of missing codes.

use super::Session;
use super::shelf::Shelf;
use crate::day::Day;
use crate::profile::plan::Plan;
use crate::protocol::Reply;
use crate::view::quality::{Quality, Topic, page, quality};
use crate::view::{ProfileRow, text_list, text_overview};

impl Session {
    pub(super) fn quality(&mut self) -> Reply {
        if self.records.sources.is_empty() {
            return Reply::Failed(text_overview::nothing_read(self.language).to_owned());
        }
        // What is not read yet is not missing.
        if !self.unread.is_empty() {
            let said = text_list::still_reading(&self.unread, self.language);
            return Reply::Quality(Box::new(page::waiting(said, self.language)));
        }
        self.find_missing_codes(true);
        let profiles = self.plans();
        let topic = self.quality_topic(&profiles);
        let counts = quality(&topic);
        let view = page::page(&topic, &counts, &self.missing_rows(), self.language);
        Reply::Quality(Box::new(view))
    }

    /// The counts of the page »Datakvalitet«; for the command line.
    #[must_use]
    pub fn quality_counts(&self) -> Quality {
        quality(&self.quality_topic(&self.plans()))
    }

    /// The day of the export: the index date where none is chosen.
    #[must_use]
    pub const fn export_day(&self) -> Day {
        self.default_date
    }

    /// The lists of missing codes and what each rests on, once the page was asked for.
    #[must_use]
    pub fn missing_rows(&self) -> Vec<(ProfileRow, String)> {
        let entries = self.missing_codes.iter().flat_map(|shelf| &shelf.entries);
        let source =
            |plan: &Plan| format!("{}. {}", plan.header.sources.join("; "), self.caveat(plan));
        entries
            .map(|entry| {
                (self.row(entry), entry.checked.plan.as_ref().map(source).unwrap_or_default())
            })
            .collect()
    }

    /// Evaluates the lists of missing codes: when they are asked for, and from then on whenever the
    /// other lists are.
    pub(super) fn find_missing_codes(&mut self, asked: bool) {
        if asked && self.missing_codes.is_none() || !asked && self.missing_codes.is_some() {
            let mut shelf = Shelf::missing_codes();
            shelf.evaluate(&self.records, self.date(), self.factors(), &self.unread);
            self.missing_codes = Some(shelf);
        }
    }

    fn plans(&self) -> Vec<(&str, &str, &Plan)> {
        let entries = self.shelf.entries.iter();
        entries
            .filter_map(|entry| {
                let plan = entry.checked.plan.as_ref()?;
                Some((entry.key.as_str(), entry.checked.title.as_str(), plan))
            })
            .collect()
    }

    fn quality_topic<'a>(&'a self, profiles: &'a [(&'a str, &'a str, &'a Plan)]) -> Topic<'a> {
        Topic {
            records: &self.records,
            profiles,
            export_day: self.default_date,
            index_date: self.date(),
        }
    }
}
