//! Content of a column for one patient.

use crate::cpr::Sex;
use crate::day::Day;
use crate::evaluate::Cell;
use crate::evaluate::bind::{Select, Source};
use crate::evaluate::count;
use crate::evaluate::explain::UnknownReason;
use crate::evaluate::hit::{Doubt, Hit};
use crate::evaluate::run::{Run, newest_first};
use crate::evaluate::trace::Silent;
use crate::profile::plan::{Anchor, AnchorPick, Show, TimeBasis};
use crate::records::{PatientId, Patients};
use crate::schema::{Field, Kind};
use crate::truth::Truth;

/// The patient's fields, those that are not empty, with commas between.
pub(crate) fn fields(
    patients: &Patients,
    patient: PatientId,
    index: Day,
    fields: &[Field],
) -> Cell {
    let texts = fields.iter().map(|field| field_text(patients, patient, index, *field));
    let said: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    if said.is_empty() { Cell::None } else { Cell::Text(said.join(", ")) }
}

fn field_text(patients: &Patients, patient: PatientId, index: Day, field: Field) -> String {
    let text = |field| patients.text(patient, field);
    match field {
        Field::Cpr => patients.cpr(patient).map(ToString::to_string).unwrap_or_default(),
        Field::Alder => {
            patients.birth(patient).map(|b| b.years_until(index).to_string()).unwrap_or_default()
        }
        Field::Foedselsdato => patients.birth(patient).map(Day::danish).unwrap_or_default(),
        Field::Koen => match patients.sex(patient) {
            Some(Sex::Female) => "K".into(),
            Some(Sex::Male) => "M".into(),
            None => String::new(),
        },
        Field::Navn if text(Field::Navn).is_empty() => {
            format!("{} {}", text(Field::Fornavn), text(Field::Efternavn)).trim().to_owned()
        }
        _ if field.kind() == Kind::Date => {
            patients.date(patient, field).map(Day::danish).unwrap_or_default()
        }
        _ => text(field).to_owned(),
    }
}

impl<'a> Run<'_, 'a, Silent> {
    /// What a column shows of the records.
    pub fn records_cell(&mut self, select: &Select<'a>, show: Show) -> Cell {
        let Some(source) = &select.source else {
            return Cell::Unknown(UnknownReason::RegisterMissing(select.register()));
        };
        if let Some(derived) = &select.ask.derived {
            return self.number_cell(derived, select, source);
        }
        let mut hits = self.hits();
        let truth = self.select(select, &mut hits);
        if let Some(anchor) = &select.ask.anchor {
            if let Some(reason) = self.anchor_doubt(anchor, truth) {
                self.give_back(hits);
                return Cell::Unknown(reason);
            }
            // None of the days gave ja: there is no window whose records could be shown.
            if truth != Truth::Yes && is_each(anchor) {
                hits.clear();
            }
        }
        let cell = shown(select, source, &hits, show);
        self.give_back(hits);
        cell
    }

    fn number_cell(
        &mut self,
        derived: &crate::profile::plan::Derived,
        select: &Select<'a>,
        source: &Source<'a>,
    ) -> Cell {
        let index = self.evaluator.index_date;
        let mut used = self.hits();
        let number = self.number(derived, select, source, select.span(index, index), &mut used);
        let doubt = used.iter().find(|hit| !hit.sure() || hit.day.is_none());
        let cell = match (number.shown(), doubt) {
            (Some((value, at_least)), _) => Cell::Number { value, at_least },
            (None, Some(hit)) => Cell::Unknown(hit.reason(select.register())),
            (None, None) => Cell::None,
        };
        self.give_back(used);
        cell
    }
}

const fn is_each(anchor: &Anchor) -> bool {
    matches!(anchor, Anchor::Criterion { pick: AnchorPick::Each, .. })
}

fn shown(select: &Select<'_>, source: &Source<'_>, hits: &[Hit], show: Show) -> Cell {
    if show == Show::Count {
        let tally = count::tally(select.ask, source.events, hits);
        return Cell::Count { sure: tally.sure, perhaps: tally.perhaps };
    }
    // A row whose column or cell is silent can neither be shown nor ruled out: it makes the cell
    // unknown only where nothing else can be shown.
    let silent = |hit: &&Hit| matches!(hit.doubt, Some(Doubt::Field(_)));
    let speaking: Vec<Hit> = hits.iter().filter(|hit| !silent(hit)).copied().collect();
    if speaking.is_empty()
        && let Some(hit) = hits.iter().find(silent)
    {
        return Cell::Unknown(hit.reason(select.register()));
    }
    let hits = speaking.as_slice();
    let sorted = newest_first(hits);
    let chosen = match show {
        Show::All | Show::Count => sorted,
        Show::Latest | Show::Value => same_day_as(sorted.first().copied(), &sorted),
        Show::First => {
            let first = hits.iter().filter(|h| h.day.is_some()).min_by_key(|h| h.day);
            same_day_as(first.or(sorted.first()).copied(), &sorted)
        }
    };
    let evidence = |hit: &Hit| {
        let assumed_end = hit.assumed_end.filter(|_| select.ask.basis != TimeBasis::Date);
        Hit { assumed_end, ..*hit }.evidence(select.register())
    };
    if chosen.is_empty() {
        Cell::None
    } else {
        Cell::Records(chosen.iter().map(evidence).collect())
    }
}

// Records of one day are shown together: which of them stands last in a file says nothing.
fn same_day_as(chosen: Option<Hit>, sorted: &[Hit]) -> Vec<Hit> {
    let Some(chosen) = chosen else { return Vec::new() };
    sorted.iter().filter(|hit| hit.day == chosen.day).copied().collect()
}
