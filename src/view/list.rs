//! A profile's list: columns, order, search, and the window of rows that is shown.

use crate::evaluate::{Evaluator, Exempt, Population};
use crate::note::Language;
use crate::profile::plan::{Column, CriterionId};
use crate::records::PatientId;
use crate::schema::Register;
use crate::sort;
use crate::truth::Truth;
use crate::view::fold::search_key;
use crate::view::words::{number, pick};
use crate::view::{CellView, ColumnView, ListKind, RowView, cell, patient, person, text_list};

mod columns;
mod order;
mod reasons;
mod search;

pub use columns::optional;

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
    exempt: &'a [Exempt],
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

/// Column key and »descending?«; `None` = the default order.
type Sort = Option<(String, bool)>;

/// Rows that a search left, and under which sort and search.
#[derive(Debug)]
struct Found {
    sort: Sort,
    searched: String,
    rows: Vec<u32>,
}

/// What was worked out for all rows of a list, kept between requests: the order under one sort,
/// the text that search looks at, the reasons of undecided patients.
#[derive(Debug, Default)]
pub struct Kept {
    reasons: Option<Vec<String>>,
    orders: Vec<(Sort, Vec<u32>)>,
    found: Option<Found>,
    folded: Option<Vec<String>>,
}

impl<'a> List<'a> {
    /// A list with its columns.
    #[must_use]
    pub fn new(source: Source<'a>) -> Self {
        let entries = match source.kind {
            ListKind::Members => members(source.population),
            ListKind::Undecided => undecided(source.population),
        };
        let columns = columns::columns(&source);
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
        let same = |found: &Found| found.sort == sort && found.searched == searched;
        if !kept.found.as_ref().is_some_and(same) {
            let order = self.order(sort.as_ref(), kept);
            let rows = self.search(order, &searched, kept);
            kept.found = Some(Found { sort, searched, rows });
        }
        kept.found.as_ref().map_or(&[], |found| &found.rows)
    }

    /// The rows at these places of [`List::matching`].
    #[must_use]
    pub fn rows(&self, matching: &[u32], first: u64, count: u64, kept: &mut Kept) -> Vec<RowView> {
        if self.source.kind == ListKind::Undecided {
            self.keep_reasons(kept);
        }
        let skip = usize::try_from(first).unwrap_or(usize::MAX);
        let take = usize::try_from(count).unwrap_or(usize::MAX);
        let window: Vec<u32> = matching.iter().copied().skip(skip).take(take).collect();
        let mut rows: Vec<RowView> =
            window.iter().zip(first..).map(|(at, position)| self.row(position, *at)).collect();
        for (_, content) in &self.columns {
            for (row, cell) in rows.iter_mut().zip(self.cells(&window, *content, kept)) {
                row.cells.push(cell);
            }
        }
        rows
    }

    /// Place of a patient in [`List::matching`].
    #[must_use]
    pub fn position(&self, matching: &[u32], patient: PatientId) -> Option<u64> {
        let of = |at: &u32| self.entries.get(*at as usize).map(|entry| entry.patient);
        matching.iter().position(|at| of(at) == Some(patient)).map(|at| at as u64)
    }

    // A row without its cells.
    fn row(&self, position: u64, at: u32) -> RowView {
        let Some(entry) = self.entries.get(at as usize) else { return RowView::default() };
        let cpr = self.source.evaluator.records.patients.cpr(entry.patient);
        let note = text_list::row_note(entry.exclusion_undecided, self.source.language);
        RowView {
            position,
            cpr: cpr.map_or_else(String::new, ToString::to_string),
            markers: self.chips(entry),
            cells: Vec::with_capacity(self.columns.len()),
            note: note.to_owned(),
        }
    }

    fn chips(&self, entry: &Entry<'_>) -> Vec<crate::view::ChipView> {
        let markers = self.source.evaluator.plan.markers.iter().zip(entry.markers);
        let mut shown: Vec<_> = markers.filter(|(_, truth)| **truth != Truth::No).collect();
        sort::by_key(&mut shown, |(marker, truth)| (marker.level, **truth != Truth::Yes));
        let mut chips: Vec<_> =
            shown.into_iter().map(|(marker, truth)| patient::chip(marker, *truth)).collect();
        let Source { evaluator, language, .. } = self.source;
        let exempt = entry.exempt.iter();
        chips.extend(exempt.filter_map(|e| patient::exempt_chip(evaluator.plan, *e, language)));
        chips.extend(patient::grey_chips(evaluator, entry.patient, language));
        if entry.exclusion_undecided {
            chips.push(patient::exclusion_chip(self.source.language));
        }
        chips
    }

    // Column by column, so that a column is bound to the records once.
    fn cells(&self, rows: &[u32], content: Content<'_>, kept: &Kept) -> Vec<CellView> {
        let Source { evaluator, language, unread, .. } = self.source;
        let patients = self.patients(rows);
        if let Content::Column(column) = content {
            let patients = patients.into_iter();
            return cell::of_patients(evaluator, patients, column, unread, language);
        }
        let cell = |(at, patient): (&u32, &PatientId)| self.cell(*at, *patient, content, kept);
        rows.iter().zip(&patients).map(cell).collect()
    }

    fn patients(&self, rows: &[u32]) -> Vec<PatientId> {
        rows.iter().filter_map(|at| self.entries.get(*at as usize)).map(|e| e.patient).collect()
    }

    fn cell(&self, at: u32, patient: PatientId, content: Content<'_>, kept: &Kept) -> CellView {
        let patients = &self.source.evaluator.records.patients;
        match content {
            Content::Markers | Content::Column(_) => CellView::default(),
            Content::Cpr => {
                let cpr = patients.cpr(patient);
                cell::plain(&cpr.map_or_else(String::new, crate::cpr::Cpr::hyphenated))
            }
            Content::Name => {
                cell::plain(&person::name_shown(patients, patient, self.source.language))
            }
            Content::Age => self.age_cell(patient),
            Content::Missing => {
                let reason = kept.reasons.as_ref().and_then(|all| all.get(at as usize));
                cell::plain(reason.map_or(cell::NONE, String::as_str))
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

fn members(population: &Population) -> Vec<Entry<'_>> {
    let entry = |member: &'_ crate::evaluate::Member| (member.patient, member.exclusion_undecided);
    population
        .members
        .iter()
        .map(|member| {
            let (patient, exclusion_undecided) = entry(member);
            let (markers, exempt) = (&member.markers, &member.exempt);
            Entry { patient, markers, exempt, exclusion_undecided, criteria: &[] }
        })
        .collect()
}

fn undecided(population: &Population) -> Vec<Entry<'_>> {
    let of = population.undecided.iter();
    of.map(|undecided| Entry {
        patient: undecided.patient,
        markers: &undecided.markers,
        exempt: &undecided.exempt,
        exclusion_undecided: false,
        criteria: &undecided.criteria,
    })
    .collect()
}
