//! A plan bound to records: filters resolved to tables, windows to days, once per evaluation.

use std::ops::Range;
use std::sync::Arc;

use crate::day::Day;
use crate::evaluate::compare::{fold_text, fold_unit};
use crate::evaluate::filter::Filter;
use crate::evaluate::period::Periods;
use crate::evaluate::window::Span;
use crate::opioid::{Doses, Table};
use crate::profile::plan::{
    Body, ColumnContent, Criterion, CriterionId, Derived, Group, PatientTest, Plan, Selection,
    Test, TimeBasis, Window,
};
use crate::records::{Events, PatientId, Records};
use crate::schema::{Field, Register};

/// A criterion, bound.
#[derive(Debug)]
pub(crate) enum Bound<'a> {
    /// Records of a register.
    Select(Box<Select<'a>>),
    /// The patient's own fields.
    Patient(&'a [PatientTest]),
    /// A combination.
    Group(&'a Group),
    /// `samtidig`.
    Together {
        /// The simple criteria.
        of: &'a [CriterionId],
        /// Window from the index date.
        span: Span,
        /// Days needed.
        min_days: i32,
    },
}

/// A selection, bound.
#[derive(Debug)]
pub(crate) struct Select<'a> {
    /// As the plan says it.
    pub ask: &'a Selection,
    /// The register's rows; `None` = this export has no such register.
    pub source: Option<Source<'a>>,
}

/// The rows that a selection reads.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    /// The register's rows.
    pub events: &'a Events,
    /// Which of them are asked for.
    pub filter: Filter,
    /// Their treatment periods.
    pub periods: Periods<'a>,
    /// Doses of opioids, where the selection asks for them.
    pub doses: Option<Arc<Doses>>,
    /// What the values are tested with.
    pub values: Values,
    /// By patient: has a row with a code asked for; `None` = codes are not asked for.
    holders: Option<Vec<bool>>,
}

impl Source<'_> {
    /// Positions of a patient's rows; none if no row has a code that is asked for.
    pub fn rows(&self, patient: PatientId) -> Range<usize> {
        let has_none = |holders: &Vec<bool>| !holders.get(patient.0 as usize).unwrap_or(&false);
        if self.holders.as_ref().is_some_and(has_none) { 0..0 } else { self.events.of(patient) }
    }
}

/// Tables over the dictionaries of unit and answer.
#[derive(Debug, Default)]
pub(crate) struct Values {
    /// By the text of [`Field::Enhed`]: the profile's unit, or none written. Empty = all fit.
    pub unit_fits: Vec<bool>,
    /// The answers asked for, folded.
    pub answers: Vec<String>,
}

impl<'a> Bound<'a> {
    fn new(
        criterion: &'a Criterion,
        records: &'a Records,
        index_date: Day,
        factors: &Arc<Table>,
    ) -> Self {
        match &criterion.body {
            Body::Select(ask) => Self::Select(Box::new(Select::new(ask, records, factors))),
            Body::Patient(tests) => Self::Patient(tests),
            Body::Group(group) => Self::Group(group),
            Body::Together { of, window, min_days } => Self::Together {
                of,
                span: Span::new(*window, index_date, index_date),
                min_days: *min_days,
            },
        }
    }

    /// Every criterion of the plan, in its order.
    pub fn all(
        plan: &'a Plan,
        records: &'a Records,
        index_date: Day,
        factors: &Arc<Table>,
    ) -> Vec<Self> {
        plan.criteria.iter().map(|c| Self::new(c, records, index_date, factors)).collect()
    }
}

impl<'a> Select<'a> {
    /// Resolves a selection over the records.
    pub fn new(ask: &'a Selection, records: &'a Records, factors: &Arc<Table>) -> Self {
        let source = records.events(ask.register).map(|events| {
            let filter = Filter::new(ask, events);
            let periods = Periods::new(events, ask.register, ask.assumed_cover_days);
            // Without codes, the rows of all patients are read.
            let of_all = filter.codes().is_none() && reads_periods(ask);
            Source {
                events,
                holders: filter.codes().map(|wanted| events.holders_of(wanted)),
                filter,
                periods: if of_all { periods.keep() } else { periods },
                doses: doses(ask, events, factors),
                values: Values::new(ask, events),
            }
        });
        Self { ask, source }
    }

    /// The selections of the plan's columns, in their order; `None` for fields of the patient.
    pub fn of_columns(
        plan: &'a Plan,
        records: &'a Records,
        factors: &Arc<Table>,
    ) -> Vec<Option<Self>> {
        let selection = |content: &'a ColumnContent| match content {
            ColumnContent::Fields(_) => None,
            ColumnContent::Records { selection, .. } => {
                Some(Self::new(selection, records, factors))
            }
        };
        plan.columns.iter().map(|column| selection(&column.content)).collect()
    }

    /// The register it reads.
    pub const fn register(&self) -> Register {
        self.ask.register
    }

    /// The window, with shifts counted from `base`.
    pub fn span(&self, base: Day, index_date: Day) -> Span {
        let Window { from, to } = self.ask.window;
        Span::new(Window { from, to }, base, index_date)
    }
}

fn doses(ask: &Selection, events: &Events, factors: &Arc<Table>) -> Option<Arc<Doses>> {
    let sums = matches!(ask.derived, Some(Derived::Omeq | Derived::OmeqSum));
    sums.then(|| Doses::of(events, factors)).flatten()
}

fn reads_periods(ask: &Selection) -> bool {
    ask.basis != TimeBasis::Date || ask.derived.is_some()
}

impl Values {
    fn new(ask: &Selection, events: &Events) -> Self {
        match &ask.test {
            // A mean has the unit of its values; other derived values have one of their own.
            Some(Test::Value(compare)) if matches!(ask.derived, None | Some(Derived::Mean)) => {
                Self { unit_fits: units(&compare.unit, events), ..Self::default() }
            }
            Some(Test::Answer(answers)) => {
                Self { answers: answers.iter().map(|a| fold_text(a)).collect(), ..Self::default() }
            }
            _ => Self::default(),
        }
    }
}

fn units(wanted: &str, events: &Events) -> Vec<bool> {
    let wanted = fold_unit(wanted);
    let fits = |unit: &String| unit.is_empty() || wanted.is_empty() || fold_unit(unit) == wanted;
    events.dictionary(Field::Enhed).iter().map(fits).collect()
}
