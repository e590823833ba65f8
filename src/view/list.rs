//! A profile's list: columns, order, search, and the window of rows that is shown.

use std::collections::HashMap;

use crate::evaluate::{Evaluator, Population};
use crate::note::Language;
use crate::profile::plan::{Column, ColumnContent, CriterionId, MarkerLevel, SortKey};
use crate::records::PatientId;
use crate::schema::{Field, Register};
use crate::truth::Truth;
use crate::view::cell::{self, Key};
use crate::view::fold::{Search, search_key, sort_key};
use crate::view::words::{number, pick};
use crate::view::{
    CellView, ColumnView, ListKind, OptionalColumn, RowView, patient, person, text_list,
};

/// Key of the markers column.
pub const MARKERS: &str = "markeringer";
/// Key of the CPR column.
pub const CPR: &str = "cpr";
/// Key of the name column.
pub const NAME: &str = "navn";
/// Key of the age column.
pub const AGE: &str = "alder";
/// Key of »Mangler«.
pub const MISSING: &str = "mangler";

/// What a list is made of.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// Profile, records, index date.
    pub evaluator: &'a Evaluator<'a>,
    /// Its result.
    pub population: &'a Population,
    /// Which of its lists.
    pub kind: ListKind,
    /// Common columns, on or off.
    pub common: &'a [Column],
    /// Keys of those that are on.
    pub on: &'a [String],
    /// Registers of which rows are still to come.
    pub unread: &'a [Register],
    /// Language.
    pub language: Language,
}

/// A patient of the list.
#[derive(Clone, Copy)]
struct Entry<'a> {
    patient: PatientId,
    markers: &'a [Truth],
    exclusion_undecided: bool,
    criteria: &'a [CriterionId],
}

/// Where a column's content comes from.
#[derive(Clone, Copy)]
enum Content<'a> {
    Markers,
    Cpr,
    Name,
    Age,
    Missing,
    Column(&'a Column),
}

/// The list, not yet in order.
pub struct List<'a> {
    source: Source<'a>,
    entries: Vec<Entry<'a>>,
    columns: Vec<(ColumnView, Content<'a>)>,
}

/// What was worked out for all rows of a list, kept between requests: the order under one sort,
/// the text that search looks at, the reasons of undecided patients.
#[derive(Debug, Default)]
pub struct Kept {
    reasons: Option<Vec<String>>,
    orders: Vec<(Option<(String, bool)>, Vec<u32>)>,
    found: Option<(Option<(String, bool)>, String, Vec<u32>)>,
    folded: Option<Vec<String>>,
}

// Orders kept: the default and a few column sorts gone back and forth between.
const ORDERS_KEPT: usize = 4;

impl<'a> List<'a> {
    /// A list with its columns.
    #[must_use]
    pub fn new(source: Source<'a>) -> Self {
        let entries = match source.kind {
            ListKind::Members => members(source.population),
            ListKind::Undecided => undecided(source.population),
        };
        let columns = columns(&source);
        Self { source, entries, columns }
    }

    /// Rows in the whole list.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// No row at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Columns as shown.
    #[must_use]
    pub fn columns(&self) -> Vec<ColumnView> {
        self.columns.iter().map(|(view, _)| view.clone()).collect()
    }

    /// The plan's and the common columns shown, without the fixed ones.
    #[must_use]
    pub fn content_columns(&self) -> Vec<&'a Column> {
        let of = |content: &Content<'a>| match content {
            Content::Column(column) => Some(*column),
            _ => None,
        };
        self.columns.iter().filter_map(|(_, content)| of(content)).collect()
    }

    /// Is there a column with this key?
    #[must_use]
    pub fn has_column(&self, key: &str) -> bool {
        self.columns.iter().any(|(view, _)| view.key == key)
    }

    /// Positions in [`Population`] of the rows that the search leaves, in the order asked for.
    pub fn matching<'k>(
        &self,
        sort: Option<&(String, bool)>,
        search: &str,
        kept: &'k mut Kept,
    ) -> &'k [u32] {
        let sort = sort.filter(|(key, _)| self.has_column(key)).cloned();
        let searched = search_key(search);
        let same = |found: &(Option<(String, bool)>, String, Vec<u32>)| {
            found.0 == sort && found.1 == searched
        };
        if !kept.found.as_ref().is_some_and(same) {
            let order = self.order(sort.as_ref(), kept);
            let rows = self.search(order, &searched, kept);
            kept.found = Some((sort, searched, rows));
        }
        kept.found.as_ref().map_or(&[], |found| &found.2)
    }

    /// The rows at these places of [`List::matching`].
    #[must_use]
    pub fn rows(&self, matching: &[u32], first: u64, count: u64, kept: &mut Kept) -> Vec<RowView> {
        if self.source.kind == ListKind::Undecided {
            self.keep_reasons(kept);
        }
        let skip = usize::try_from(first).unwrap_or(usize::MAX);
        let take = usize::try_from(count).unwrap_or(usize::MAX);
        let window = matching.iter().enumerate().skip(skip).take(take);
        window.filter_map(|(position, at)| self.row(position as u64, *at as usize, kept)).collect()
    }

    /// Place of a patient in [`List::matching`].
    #[must_use]
    pub fn position(&self, matching: &[u32], patient: PatientId) -> Option<u64> {
        let of = |at: &u32| self.entries.get(*at as usize).map(|entry| entry.patient);
        matching.iter().position(|at| of(at) == Some(patient)).map(|at| at as u64)
    }

    fn row(&self, position: u64, at: usize, kept: &Kept) -> Option<RowView> {
        let entry = self.entries.get(at)?;
        let cpr = self.source.evaluator.records.patients.cpr(entry.patient)?;
        let note = text_list::row_note(entry.exclusion_undecided, self.source.language);
        Some(RowView {
            position,
            cpr: cpr.to_string(),
            markers: self.chips(entry),
            cells: self.columns.iter().map(|(_, c)| self.cell(at, entry, *c, kept)).collect(),
            note: note.to_owned(),
        })
    }

    fn chips(&self, entry: &Entry<'_>) -> Vec<crate::view::ChipView> {
        let markers = self.source.evaluator.plan.markers.iter().zip(entry.markers);
        let mut shown: Vec<_> = markers.filter(|(_, truth)| **truth != Truth::No).collect();
        shown.sort_by_key(|(marker, truth)| (marker.level, **truth != Truth::Yes));
        shown.into_iter().map(|(marker, truth)| patient::chip(marker, *truth)).collect()
    }

    fn cell(&self, at: usize, entry: &Entry<'_>, content: Content<'_>, kept: &Kept) -> CellView {
        let Source { evaluator, language, unread, .. } = self.source;
        let patients = &evaluator.records.patients;
        match content {
            Content::Markers => CellView::default(),
            Content::Cpr => {
                cell::plain(&patients.cpr(entry.patient).map_or_else(String::new, |c| c.hyphenated()))
            }
            Content::Name => cell::plain(&person::name_shown(patients, entry.patient, language)),
            Content::Age => self.age_cell(entry.patient),
            Content::Missing => {
                let reason = kept.reasons.as_ref().and_then(|all| all.get(at));
                cell::plain(reason.map_or(cell::NONE, String::as_str))
            }
            Content::Column(column) => {
                cell::shown(evaluator, entry.patient, column, unread, language)
            }
        }
    }

    fn age_cell(&self, patient: PatientId) -> CellView {
        let Source { evaluator, language, .. } = self.source;
        match person::age(&evaluator.records.patients, patient, evaluator.index_date) {
            Some(years) => cell::plain(&years.to_string()),
            None => CellView { unknown: true, ..cell::plain(pick(language, "ukendt", "unknown")) },
        }
    }

    fn order(&self, sort: Option<&(String, bool)>, kept: &mut Kept) -> Vec<u32> {
        if let Some((_, order)) = kept.orders.iter().find(|(key, _)| key.as_ref() == sort) {
            return order.clone();
        }
        let keys = match sort {
            Some((key, descending)) => vec![(*descending, self.keys(key, kept))],
            None => self.default_keys(kept),
        };
        let order = sorted(self.entries.len(), &keys);
        if kept.orders.len() >= ORDERS_KEPT {
            kept.orders.remove(0);
        }
        kept.orders.push((sort.cloned(), order.clone()));
        order
    }

    // The profile's order, else that of every list; undecided patients by reason first.
    fn default_keys(&self, kept: &mut Kept) -> Vec<(bool, Vec<Key>)> {
        let mut keys = Vec::new();
        if self.source.kind == ListKind::Undecided {
            keys.push((false, self.keys(MISSING, kept)));
        }
        let sorting = &self.source.evaluator.plan.sorting;
        if sorting.is_empty() {
            keys.push((true, self.keys(MARKERS, kept)));
            keys.push((true, self.keys(AGE, kept)));
        }
        for key in sorting {
            keys.push((key.descending, self.sorting_keys(key, kept)));
        }
        keys
    }

    fn sorting_keys(&self, key: &SortKey, kept: &mut Kept) -> Vec<Key> {
        if key.by == MARKERS {
            return self.entries.iter().map(|entry| self.markers_that_are_yes(entry)).collect();
        }
        let fixed = [CPR, NAME, AGE];
        let titled = self.columns.iter().find(|(view, _)| view.title == key.by);
        match titled {
            Some((view, _)) if !fixed.contains(&key.by.as_str()) => self.keys(&view.key, kept),
            _ => self.keys(&key.by, kept),
        }
    }

    fn keys(&self, column: &str, kept: &mut Kept) -> Vec<Key> {
        if column == MISSING {
            let reasons = self.keep_reasons(kept);
            return reasons.iter().map(|reason| Key::Text(sort_key(reason))).collect();
        }
        let content = self.columns.iter().find(|(view, _)| view.key == column);
        let Some((_, content)) = content else { return vec![Key::None; self.entries.len()] };
        self.entries.iter().map(|entry| self.key(entry, *content)).collect()
    }

    fn key(&self, entry: &Entry<'_>, content: Content<'_>) -> Key {
        let Source { evaluator, unread, .. } = self.source;
        let patients = &evaluator.records.patients;
        match content {
            Content::Markers => self.marker_weight(entry),
            Content::Cpr => Key::Number(i64::from(entry.patient.0)),
            Content::Name => person::name(patients, entry.patient)
                .map_or(Key::None, |name| Key::Text(sort_key(&name))),
            Content::Age => person::age(patients, entry.patient, evaluator.index_date)
                .map_or(Key::Unknown, |years| Key::Number(i64::from(years))),
            Content::Missing => Key::None,
            Content::Column(column) if cell::is_pending(column, unread) => Key::Unknown,
            Content::Column(column) => cell::key(evaluator, entry.patient, column),
        }
    }

    // Red, unknown on a red marker, yellow, blue.
    fn marker_weight(&self, entry: &Entry<'_>) -> Key {
        let count = |level, truth| self.count(entry, level, truth);
        weight([
            count(MarkerLevel::Red, Truth::Yes),
            count(MarkerLevel::Red, Truth::Unknown),
            count(MarkerLevel::Yellow, Truth::Yes),
            count(MarkerLevel::Blue, Truth::Yes),
        ])
    }

    // Rule R22: red, yellow, blue that are yes; nothing else.
    fn markers_that_are_yes(&self, entry: &Entry<'_>) -> Key {
        let count = |level| self.count(entry, level, Truth::Yes);
        weight([
            count(MarkerLevel::Red),
            count(MarkerLevel::Yellow),
            count(MarkerLevel::Blue),
            0,
        ])
    }

    fn count(&self, entry: &Entry<'_>, level: MarkerLevel, truth: Truth) -> i64 {
        let markers = self.source.evaluator.plan.markers.iter().zip(entry.markers);
        let found = markers.filter(|(marker, is)| marker.level == level && **is == truth).count();
        i64::try_from(found).unwrap_or(i64::MAX)
    }

    fn search(&self, order: Vec<u32>, searched: &str, kept: &mut Kept) -> Vec<u32> {
        let Some(search) = Search::new(searched) else { return order };
        if kept.folded.is_none() {
            kept.folded = Some(self.folded(kept));
        }
        let folded = kept.folded.as_deref().unwrap_or_default();
        let patients = &self.source.evaluator.records.patients;
        let found = |at: &u32| {
            let cpr = self.entries.get(*at as usize).and_then(|e| patients.cpr(e.patient));
            cpr.is_some_and(|cpr| search.is_in_cpr(cpr.as_str()))
                || folded.get(*at as usize).is_some_and(|text| search.is_in(text))
        };
        order.into_iter().filter(found).collect()
    }

    // Everything shown of every row, folded.
    fn folded(&self, kept: &mut Kept) -> Vec<String> {
        if self.source.kind == ListKind::Undecided {
            self.keep_reasons(kept);
        }
        let text = |at: usize, entry: &Entry<'_>| {
            let chips = self.chips(entry).into_iter().map(|chip| chip.text);
            let cells = self.columns.iter().map(|(_, c)| self.cell(at, entry, *c, kept).text);
            search_key(&chips.chain(cells).collect::<Vec<_>>().join(" "))
        };
        self.entries.iter().enumerate().map(|(at, entry)| text(at, entry)).collect()
    }

    fn keep_reasons<'k>(&self, kept: &'k mut Kept) -> &'k [String] {
        if kept.reasons.is_none() {
            kept.reasons = Some(self.reasons());
        }
        kept.reasons.as_deref().unwrap_or_default()
    }

    // Why each undecided patient is undecided. A register that the export lacks leaves thousands
    // undecided for one and the same reason: that one is not looked up patient by patient.
    fn reasons(&self) -> Vec<String> {
        let mut absent: HashMap<&[CriterionId], Option<String>> = HashMap::new();
        let mut all = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            let known = absent.entry(entry.criteria).or_insert_with(|| self.absent(entry.criteria));
            all.push(known.clone().unwrap_or_else(|| self.reason(entry)));
        }
        all
    }

    fn reason(&self, entry: &Entry<'_>) -> String {
        let Source { evaluator, language, .. } = self.source;
        patient::undecided_reasons(evaluator, entry.patient, entry.criteria, language).join(" ")
    }

    // The sentence if every criterion is unknown because its register is not in the export.
    fn absent(&self, criteria: &[CriterionId]) -> Option<String> {
        let mut said: Vec<String> = Vec::new();
        for id in criteria {
            let register = self.missing_register(*id)?;
            let text = crate::view::text_why::register_missing(register, self.source.language);
            if !said.contains(&text) {
                said.push(text);
            }
        }
        (!said.is_empty()).then(|| said.join(" "))
    }

    fn missing_register(&self, id: CriterionId) -> Option<Register> {
        let criterion = self.source.evaluator.plan.criteria.get(id.0)?;
        let crate::profile::plan::Body::Select(selection) = &criterion.body else { return None };
        (!self.source.evaluator.records.has(selection.register)).then_some(selection.register)
    }
}

fn members(population: &Population) -> Vec<Entry<'_>> {
    let entry = |member: &'_ crate::evaluate::Member| (member.patient, member.exclusion_undecided);
    population
        .members
        .iter()
        .map(|member| {
            let (patient, exclusion_undecided) = entry(member);
            Entry { patient, markers: &member.markers, exclusion_undecided, criteria: &[] }
        })
        .collect()
}

fn undecided(population: &Population) -> Vec<Entry<'_>> {
    let of = population.undecided.iter();
    of.map(|undecided| Entry {
        patient: undecided.patient,
        markers: &undecided.markers,
        exclusion_undecided: false,
        criteria: &undecided.criteria,
    })
    .collect()
}

/// The common columns that the profile has not already, and which of them are on.
#[must_use]
pub fn optional(source: &Source<'_>) -> Vec<OptionalColumn> {
    let own = &source.evaluator.plan.columns;
    let offered = source.common.iter().filter(|c| own.iter().all(|o| o.title != c.title));
    let view = |column: &Column| OptionalColumn {
        key: column.key.clone(),
        title: column.title.clone(),
        on: source.on.contains(&column.key),
    };
    offered.map(view).collect()
}

fn columns<'a>(source: &Source<'a>) -> Vec<(ColumnView, Content<'a>)> {
    let language = source.language;
    let fixed = |key: &str, title: &str, numeric, content| {
        (ColumnView { key: key.to_owned(), title: title.to_owned(), numeric }, content)
    };
    let mut columns = vec![
        fixed(MARKERS, pick(language, "Markeringer", "Markers"), false, Content::Markers),
        fixed(CPR, "CPR", false, Content::Cpr),
        fixed(NAME, pick(language, "Navn", "Name"), false, Content::Name),
        fixed(AGE, pick(language, "Alder", "Age"), true, Content::Age),
    ];
    if source.kind == ListKind::Undecided {
        columns.push(fixed(MISSING, pick(language, "Mangler", "Missing"), false, Content::Missing));
    }
    let own: &'a [Column] = &source.evaluator.plan.columns;
    let on = optional(source);
    let is_on = |column: &&Column| on.iter().any(|o| o.on && o.key == column.key);
    let common: &'a [Column] = source.common;
    for column in own.iter().filter(|c| !is_fixed(c)).chain(common.iter().filter(is_on)) {
        let numeric = cell::is_numeric(column);
        columns.push(fixed(&column.key, &column.title, numeric, Content::Column(column)));
    }
    columns
}

// CPR, name and age stand in every list already.
fn is_fixed(column: &Column) -> bool {
    let shown = [Field::Cpr, Field::Navn, Field::Alder];
    matches!(&column.content, ColumnContent::Fields(fields)
        if !fields.is_empty() && fields.iter().all(|field| shown.contains(field)))
}

// Up to 65,535 markers of each kind, most important first.
fn weight(counts: [i64; 4]) -> Key {
    Key::Number(counts.iter().fold(0, |sum, count| (sum << 15) | (*count).min(0x7fff)))
}

// INVARIANT: entries come in CPR order and the sort is stable, so ties are by CPR.
fn sorted(count: usize, keys: &[(bool, Vec<Key>)]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
    order.sort_by(|a, b| {
        let compare = |(descending, keys): &(bool, Vec<Key>)| {
            match (keys.get(*a as usize), keys.get(*b as usize)) {
                (Some(a), Some(b)) => a.compare(b, *descending),
                _ => std::cmp::Ordering::Equal,
            }
        };
        keys.iter().map(compare).find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
    order
}

/// »33 af 41 vist«.
#[must_use]
pub fn shown_of(matching: u64, total: u64, language: Language) -> String {
    let (matching, total) = (number(matching, language), number(total, language));
    match language {
        Language::Danish => format!("{matching} af {total} vist"),
        Language::English => format!("{matching} of {total} shown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_stay_in_cpr_order_whichever_way_is_sorted() {
        let keys = vec![Key::Number(1), Key::Number(2), Key::Number(1), Key::None, Key::Number(2)];
        assert_eq!(sorted(5, &[(true, keys.clone())]), [1, 4, 0, 2, 3]);
        assert_eq!(sorted(5, &[(false, keys)]), [0, 2, 1, 4, 3]);
    }

    #[test]
    fn later_keys_decide_ties() {
        let first = vec![Key::Number(1), Key::Number(1), Key::Number(2)];
        let second = vec![Key::Number(40), Key::Number(80), Key::Number(10)];
        assert_eq!(sorted(3, &[(true, first), (true, second)]), [2, 1, 0]);
    }

    #[test]
    fn one_red_marker_weighs_more_than_many_yellow_ones() {
        let red = weight([1, 0, 0, 0]);
        let unknown_red = weight([0, 1, 0, 0]);
        let yellow = weight([0, 0, 40_000, 7]);
        assert!(red > unknown_red && unknown_red > yellow && yellow > weight([0, 0, 0, 9]));
    }
}
