//! Answers to the page: the overview, windows of lists, the why panel, the import report.

use super::Session;
use super::shelf::Entry;
use crate::evaluate::{Evaluator, Population};
use crate::profile::plan::{Column, Plan};
use crate::protocol::{ListQuery, Reply};
use crate::schema::Register;
use crate::view::list::{Kept, List, Source};
use crate::view::{
    ImportView, ListKind, ListView, OverviewView, ProfileRow, StripView, import, list, overview,
    patient, reach, text_list, text_overview,
};

/// What was worked out for a list, and for which one.
pub(super) struct KeptList {
    profile: String,
    kind: ListKind,
    optional: Vec<String>,
    kept: Kept,
}

// Going back and forth between a few lists costs nothing; more would only hold memory.
const LISTS_KEPT: usize = 4;

/// A profile that can be asked about.
pub(super) struct Asked<'a> {
    pub(super) entry: &'a Entry,
    pub(super) plan: &'a Plan,
}

impl Session {
    /// The import report.
    #[must_use]
    pub fn import(&self) -> ImportView {
        let view = import::import(&import::Topic {
            records: &self.records,
            refused: &self.refused,
            asking: &self.shelf.asking(),
            assumed: crate::evaluate::assumed_ends(&self.records),
            still_reading: !self.unread.is_empty(),
            repair: self.mappings.repair,
            language: self.language,
        });
        ImportView { second: self.second_view().map(Box::new), ..view }
    }

    /// Every profile with its count; no row before a table was read.
    #[must_use]
    pub fn overview(&self) -> OverviewView {
        let language = self.language;
        if self.records.sources.is_empty() {
            let heading = text_overview::nothing_read(language).to_owned();
            return OverviewView { heading, ..OverviewView::default() };
        }
        let rows: Vec<ProfileRow> =
            self.shelf.entries.iter().map(|entry| self.row(entry)).collect();
        let evaluated = rows.iter().filter(|row| !row.failed).count();
        OverviewView {
            strip: self.strip(),
            heading: text_overview::heading(evaluated, self.date(), language),
            subheading: self.subheading(),
            rows,
            still_reading: !self.unread.is_empty(),
        }
    }

    pub(super) fn row(&self, entry: &Entry) -> ProfileRow {
        let (records, index_date) = (&self.records, self.date());
        let result = entry.population().map(|population| overview::Outcome {
            records,
            index_date,
            population,
        });
        let (own, today) = (entry.own, self.today);
        let row = overview::row(&entry.key, &entry.checked, own, today, result, self.language);
        ProfileRow { grey: entry.grey(), ..row }
    }

    fn subheading(&self) -> String {
        let patients = &self.records.patients;
        let looked_at = patients.ids().filter(|p| patients.looked_at(*p)).count() as u64;
        let mut on_a_list = vec![false; patients.len()];
        for population in self.shelf.entries.iter().filter_map(Entry::population) {
            for member in &population.members {
                if let Some(is_on) = on_a_list.get_mut(member.patient.0 as usize) {
                    *is_on = true;
                }
            }
        }
        let on_a_list = on_a_list.into_iter().filter(|is_on| *is_on).count() as u64;
        let register = self.records.has(Register::Patient);
        text_overview::subheading(looked_at, on_a_list, register, self.language)
    }

    fn strip(&self) -> StripView {
        overview::strip(&overview::StripTopic {
            records: &self.records,
            names: &self.names,
            index_date: self.date(),
            default_date: self.default_date,
            default_reason: self.date_from(),
            invented: self.invented,
            factors: self.factors(),
            language: self.language,
        })
    }

    pub(super) fn list(&mut self, query: &ListQuery) -> Reply {
        let query = &self.without_search(query);
        let common = self.common.clone();
        let mut kept = self.take_kept(query);
        let reply = match self.asked(&query.profile) {
            Ok(asked) => Reply::List(Box::new(self.list_of(&asked, query, &common, &mut kept))),
            Err(text) => Reply::Failed(text),
        };
        self.keep(query, kept);
        reply
    }

    pub(super) fn asked(&self, key: &str) -> Result<Asked<'_>, String> {
        if self.records.sources.is_empty() {
            return Err(text_overview::nothing_read(self.language).to_owned());
        }
        let missing = || self.missing_codes.as_ref()?.find(key);
        let Some(entry) = self.shelf.find(key).or_else(missing) else {
            return Err(text_overview::no_such_profile(self.language).to_owned());
        };
        match &entry.checked.plan {
            Some(plan) => Ok(Asked { entry, plan }),
            None => Err(text_overview::profile_has_errors(&entry.checked.title, self.language)),
        }
    }

    fn list_of(
        &self,
        asked: &Asked<'_>,
        query: &ListQuery,
        common: &[Column],
        kept: &mut Kept,
    ) -> ListView {
        let evaluator = self.evaluator(asked.plan);
        let nobody = Population::default();
        let population = asked.entry.population().unwrap_or(&nobody);
        let source = self.source(&evaluator, population, query, common);
        let list = List::new(source);
        let matching = list.matching(query.sort.as_ref(), &query.search, kept).to_vec();
        let row = self.row(asked.entry);
        ListView {
            strip: self.strip(),
            purpose: asked.plan.header.purpose.join(" "),
            caveat: self.caveat(asked.plan),
            kind: query.kind,
            columns: list.columns(),
            optional: list::optional(&source),
            total: list.len() as u64,
            matching: matching.len() as u64,
            first: query.first.min(matching.len() as u64),
            rows: list.rows(&matching, query.first, query.count, kept),
            sort: query.sort.clone().filter(|(key, _)| list.has_column(key)),
            still_reading: text_list::still_reading(&self.unread, self.language),
            empty: self.why_empty(&row, &list, matching.len(), query),
            profile: row,
        }
    }

    // The profile's own caveat, and what the export does not reach back to (rule R14).
    pub(super) fn caveat(&self, plan: &Plan) -> String {
        let reach = reach::sentences(plan, &self.records, self.date(), self.language);
        let own = Some(plan.header.caveat.clone()).filter(|caveat| !caveat.is_empty());
        own.into_iter().chain(reach).collect::<Vec<_>>().join(" ")
    }

    fn why_empty(
        &self,
        row: &ProfileRow,
        list: &List<'_>,
        rows: usize,
        query: &ListQuery,
    ) -> String {
        match (rows, query.kind) {
            (1.., _) => String::new(),
            _ if row.pending => row.remark.clone(),
            _ if !list.is_empty() => text_list::nothing_found(&query.search, self.language),
            (_, ListKind::Members) if row.remark.is_empty() => {
                text_list::nobody(self.date(), self.language)
            }
            (_, ListKind::Members) => row.remark.clone(),
            (_, ListKind::Undecided) => text_list::nobody_undecided(self.language).to_owned(),
        }
    }

    fn source<'a>(
        &'a self,
        evaluator: &'a Evaluator<'a>,
        population: &'a Population,
        query: &'a ListQuery,
        common: &'a [Column],
    ) -> Source<'a> {
        Source {
            evaluator,
            population,
            kind: query.kind,
            common,
            on: &query.optional,
            unread: &self.unread,
            language: self.language,
        }
    }

    pub(super) fn patient(&mut self, profile: &str, cpr: &str, query: &ListQuery) -> Reply {
        let query = &self.without_search(query);
        let common = self.common.clone();
        let mut kept = self.take_kept(query);
        let reply = match self.asked(profile) {
            Ok(asked) => self.patient_of(&asked, cpr, query, &common, &mut kept),
            Err(text) => Reply::Failed(text),
        };
        self.keep(query, kept);
        reply
    }

    fn patient_of(
        &self,
        asked: &Asked<'_>,
        cpr: &str,
        query: &ListQuery,
        common: &[Column],
        kept: &mut Kept,
    ) -> Reply {
        let Some(id) = self.find(cpr) else {
            return Reply::Patient(Box::new(patient::not_found(cpr, self.language)));
        };
        let evaluator = self.evaluator(asked.plan);
        // What is not read yet is not missing: no verdict before the profile's registers are in.
        let Some(population) = asked.entry.population() else {
            let view = patient::waiting(&evaluator, id, &self.unread, self.language);
            return Reply::Patient(Box::new(view));
        };
        let list = List::new(self.source(&evaluator, population, query, common));
        let columns = list.content_columns();
        let mut view =
            patient::patient(&evaluator, id, &columns, common, &self.unread, self.language);
        if query.profile == asked.entry.key {
            let matching = list.matching(query.sort.as_ref(), &query.search, kept);
            view.position = list.position(matching, id);
        }
        Reply::Patient(Box::new(view))
    }

    fn take_kept(&mut self, query: &ListQuery) -> Kept {
        let at = self.lists.iter().position(|list| list.is_for(query));
        at.map_or_else(Kept::default, |at| self.lists.remove(at).kept)
    }

    fn keep(&mut self, query: &ListQuery, kept: Kept) {
        if self.lists.len() >= LISTS_KEPT {
            self.lists.remove(0);
        }
        let (profile, optional) = (query.profile.clone(), query.optional.clone());
        self.lists.push(KeptList { profile, kind: query.kind, optional, kept });
    }
}

impl KeptList {
    fn is_for(&self, query: &ListQuery) -> bool {
        self.profile == query.profile && self.kind == query.kind && self.optional == query.optional
    }
}
