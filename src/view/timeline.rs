//! One patient over time: treatment bars, the daily opioid sum, what else the profile asks for.
//!
//! All positions are whole tenths of a drawing unit, so that the page only draws.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::evaluate::course::measure;
use crate::evaluate::history::{Histories, Step, Treatment};
use crate::evaluate::{Cell, Evaluator, Evidence};
use crate::note::Language;
use crate::profile::plan::{ASSUMED_COVER_DAYS, Body, Derived, Plan, Selection, Test};
use crate::ratio::Ratio;
use crate::records::PatientId;
use crate::schema::Register;
use crate::sort;
use crate::view::{row, text_timeline as text};

/// Width of the drawing.
pub const WIDTH: i32 = 5_740;
const LEFT: i32 = 1_420;
const RIGHT: i32 = WIDTH - 80;
const TOP: i32 = 260;
const PITCH: i32 = 146;
const SUM_HEIGHT: i32 = 880;
const GAP: i32 = 160;
/// Labels nearer to each other than this are left out, not shrunk.
const LABEL: i32 = 330;
const BEFORE_MONTHS: i32 = -24;
const AFTER_MONTHS: i32 = 3;
/// More products would push the sum out of sight.
const ROWS: usize = 14;

/// The drawing, and the same as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineView {
    /// CPR, ten characters.
    pub cpr: String,
    /// The sentence instead of a drawing; empty when there is one.
    pub nothing: String,
    /// Height of the drawing.
    pub height: i32,
    /// Quarters.
    pub ticks: Vec<TickView>,
    /// Where the index date lies, and the date.
    pub index: TickView,
    /// One row per product and strength.
    pub rows: Vec<BarRowView>,
    /// The opioid sum; `None` = no opioid in the window.
    pub sums: Option<SumsView>,
    /// Height at which the events stand.
    pub events_at: i32,
    /// Diagnoses, contacts, results and appointments that the profile asks for.
    pub events: Vec<EventView>,
    /// Courses and trend in sentences; what is not drawn.
    pub sentences: Vec<String>,
    /// Everything drawn, by day: the table, and what the arrow keys speak.
    pub moments: Vec<MomentView>,
}

/// A place on the time axis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TickView {
    /// Where.
    pub x: i32,
    /// Empty if there is no room for it.
    pub label: String,
    /// Heavier: January, a limit.
    pub heavy: bool,
}

/// Treatment with one product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BarRowView {
    /// Upper edge.
    pub y: i32,
    /// Product and strength.
    pub label: String,
    /// In order of time.
    pub bars: Vec<BarView>,
}

/// A stretch of treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BarView {
    /// From.
    pub x: i32,
    /// How long.
    pub width: i32,
    /// How sure, and of what kind.
    pub kind: BarKind,
    /// It runs on past the index date.
    pub runs_on: bool,
}

/// How a bar is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BarKind {
    /// Opioid, its days stand in the file.
    Registered,
    /// Its end is assumed.
    Assumed,
    /// For need.
    AsNeeded,
    /// Another medicine.
    Other,
}

/// The daily opioid sum.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SumsView {
    /// Height of the line of 0.
    pub zero: i32,
    /// Lines across and their numbers.
    pub grid: Vec<(i32, String)>,
    /// In order of time.
    pub steps: Vec<StepView>,
    /// The limit of the profile.
    pub limit: Option<(i32, String)>,
}

/// Days with one sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepView {
    /// From.
    pub x: i32,
    /// How long.
    pub width: i32,
    /// Height of the fixed sum.
    pub y: i32,
    /// Heights of the lowest and the highest source.
    pub span: (i32, i32),
    /// Something cannot be computed: it is at least so much.
    pub at_least: bool,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventView {
    /// When.
    pub x: i32,
    /// What.
    pub kind: EventKind,
    /// Code or value; empty if there is no room for it.
    pub label: String,
}

/// How an event is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EventKind {
    /// Filled diamond.
    Diagnosis,
    /// Tick.
    Contact,
    /// Hollow square.
    Result,
    /// Hollow circle: an appointment to come.
    Appointment,
}

/// A day and what is drawn there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MomentView {
    /// Where.
    pub x: i32,
    /// Danish date.
    pub date: String,
    /// »OMEQ 90 → 120«.
    pub text: String,
}

struct Drawing<'a> {
    evaluator: &'a Evaluator<'a>,
    histories: Histories<'a>,
    patient: PatientId,
    first: Day,
    last: Day,
    language: Language,
    moments: Vec<(Day, String)>,
}

/// The drawing of a patient beside a profile.
#[must_use]
pub fn timeline(evaluator: &Evaluator<'_>, patient: PatientId, language: Language) -> TimelineView {
    let cpr = evaluator.records.patients.cpr(patient).map_or_else(String::new, ToString::to_string);
    let days = assumed_days(evaluator.plan);
    let histories = Histories::with_factors(evaluator.records, days, &evaluator.factors);
    let Some(histories) = histories else {
        let nothing = text::no_medicine(language).to_owned();
        return TimelineView { cpr, nothing, ..TimelineView::default() };
    };
    let index = evaluator.index_date;
    let (first, last) = (index.add_months(BEFORE_MONTHS), index.add_months(AFTER_MONTHS));
    let moments = Vec::new();
    Drawing { evaluator, histories, patient, first, last, language, moments }.view(cpr)
}

impl Drawing<'_> {
    fn view(mut self, cpr: String) -> TimelineView {
        let treatments = self.histories.treatments(self.patient);
        let (rows, left_out) = self.rows(&treatments);
        let below = TOP + i32::try_from(rows.len()).unwrap_or(0) * PITCH + GAP;
        let sums = self.sums(below);
        let events_at = sums.as_ref().map_or(below, |sums| sums.zero + GAP) + GAP;
        let events = self.events();
        let sentences = self.sentences(&treatments, left_out);
        let index = self.evaluator.index_date;
        let moments = self.said();
        let nothing = if rows.is_empty() && events.is_empty() {
            text::nothing(self.first, self.last, self.language)
        } else {
            String::new()
        };
        TimelineView {
            cpr,
            nothing,
            height: events_at + 3 * GAP,
            ticks: self.ticks(),
            index: TickView { x: self.x(index), label: index.danish(), heavy: true },
            rows,
            sums,
            events_at,
            events,
            sentences,
            moments,
        }
    }

    fn x(&self, day: Day) -> i32 {
        let day = day.clamp(self.first, self.last);
        let days = i64::from(self.last.0 - self.first.0).max(1);
        let part = i64::from(day.0 - self.first.0) * i64::from(RIGHT - LEFT) / days;
        LEFT + i32::try_from(part).unwrap_or(0)
    }

    // Every quarter; a label that would touch the one of the index date is left out.
    fn ticks(&self) -> Vec<TickView> {
        let index = self.x(self.evaluator.index_date);
        let (year, month, _) = self.first.ymd();
        let start = Day::from_ymd(year, month - (month - 1) % 3, 1).unwrap_or(self.first);
        let quarters = (0..12).map(|quarter| start.add_months(3 * quarter));
        let inside = quarters.filter(|day| self.first <= *day && *day <= self.last);
        let tick = |day: Day| {
            let x = self.x(day);
            let room = (x - index).abs() >= 450;
            let label = if room { text::quarter(day, self.language) } else { String::new() };
            TickView { x, label, heavy: day.ymd().1 == 1 }
        };
        inside.map(tick).collect()
    }

    // Opioids first, each group by its first day. How many products have no room comes second.
    fn rows(&mut self, treatments: &[Treatment]) -> (Vec<BarRowView>, usize) {
        let (first, last) = (self.first, self.last);
        let inside = |row: &&Treatment| {
            row.from.is_some_and(|from| from <= last) && row.to.is_some_and(|to| first <= to)
        };
        let mut products: Vec<(bool, Day, String, Vec<Treatment>)> = Vec::new();
        for one in treatments.iter().filter(inside) {
            let label = self.product(one.position);
            let from = one.from.unwrap_or(first);
            match products.iter_mut().find(|(.., known, _)| *known == label) {
                Some((_, began, _, rows)) => {
                    *began = from.min(*began);
                    rows.push(*one);
                }
                None => products.push((!one.counted, from, label, vec![*one])),
            }
        }
        sort::by(&mut products, |one, other| {
            (one.0, one.1, &one.2).cmp(&(other.0, other.1, &other.2))
        });
        let left_out = products.len().saturating_sub(ROWS);
        products.truncate(ROWS);
        let rows = products.into_iter().enumerate().map(|(number, (.., label, rows))| BarRowView {
            y: TOP + i32::try_from(number).unwrap_or(0) * PITCH,
            bars: self.bars(&label, rows),
            label,
        });
        (rows.collect(), left_out)
    }

    fn product(&self, position: usize) -> String {
        let events = self.histories.events();
        let item =
            Evidence { register: Register::Medicin, position, sure: true, assumed_end: None };
        let (name, strength) = (row::name(events, &item), row::strength(events, position));
        if name.contains(&strength) { name } else { row::joined(&[&name, &strength], " ") }
    }

    fn bars(&mut self, label: &str, mut rows: Vec<Treatment>) -> Vec<BarView> {
        sort::by_key(&mut rows, |row| (row.from, row.to));
        let mut joined: Vec<(Day, Day, BarKind)> = Vec::new();
        for row in rows {
            let (Some(from), Some(to)) = (row.from, row.to) else { continue };
            match joined.last_mut() {
                Some((_, end, kind))
                    if *kind == kind_of(&row) && from.0 <= end.0.saturating_add(1) =>
                {
                    *end = to.max(*end);
                }
                _ => joined.push((from, to, kind_of(&row))),
            }
        }
        for (from, to, kind) in &joined {
            self.moments.push((*from, text::begins(label, *kind, self.language)));
            if *to < Day::MAX {
                self.moments.push((*to, text::ends(label, *kind, self.language)));
            }
        }
        let bar = |(from, to, kind): (Day, Day, BarKind)| {
            let (x, end) = (self.x(from), self.x(to.add_days(i32::from(to < Day::MAX))));
            BarView { x, width: (end - x).max(8), kind, runs_on: self.last < to }
        };
        joined.into_iter().map(bar).collect()
    }

    fn sums(&mut self, top: i32) -> Option<SumsView> {
        let steps = self.histories.steps(self.patient, self.first, self.last);
        if steps.iter().all(|step| step.orders == 0) {
            return None;
        }
        self.tell_sums(&steps);
        let limit = limit(self.evaluator.plan);
        let highest =
            steps.iter().map(|step| step.sum.span.high.max(step.sum.fixed)).chain(limit).max();
        let fifties = highest.map_or(1, |most| most.numerator() / most.denominator() / 50 + 1);
        let zero = top + SUM_HEIGHT;
        let y = |number: Ratio| {
            let full = i128::from(fifties * 50) * i128::from(number.denominator());
            let part = i128::from(SUM_HEIGHT) * i128::from(number.numerator()) / full.max(1);
            zero - i32::try_from(part).unwrap_or(SUM_HEIGHT)
        };
        // Never more than some six lines.
        let every = fifties / 6 + 1;
        let marks = (0..=fifties).filter(|mark| mark % every == 0).map(|mark| mark * 50);
        Some(SumsView {
            zero,
            grid: marks.map(|mark| (y(Ratio::whole(mark)), mark.to_string())).collect(),
            steps: steps
                .iter()
                .filter(|step| step.orders > 0)
                .map(|step| self.step(step, &y))
                .collect(),
            limit: limit.map(|limit| (y(limit), text::limit(limit, self.language))),
        })
    }

    fn step(&self, step: &Step, y: &dyn Fn(Ratio) -> i32) -> StepView {
        let (x, end) = (self.x(step.from), self.x(step.to.add_days(1)));
        StepView {
            x,
            width: (end - x).max(4),
            y: y(step.sum.fixed),
            span: (y(step.sum.span.low), y(step.sum.span.high)),
            at_least: step.sum.missing > 0,
        }
    }

    fn tell_sums(&mut self, steps: &[Step]) {
        for pair in steps.windows(2) {
            let [before, after] = pair else { continue };
            self.moments.push((after.from, text::change(&before.sum, &after.sum, self.language)));
        }
    }

    // What the profile asks for outside the medicines, each record once.
    fn events(&mut self) -> Vec<EventView> {
        let explanation = self.evaluator.explain(self.patient);
        let mut asked: Vec<Evidence> =
            explanation.criteria.iter().flat_map(|trace| trace.evidence.iter().cloned()).collect();
        for column in &self.evaluator.plan.columns {
            if let Cell::Records(records) = self.evaluator.cell(self.patient, column) {
                asked.extend(records);
            }
        }
        let mut seen = BTreeSet::new();
        let mut found: Vec<(Day, EventKind, String)> = Vec::new();
        for one in asked.iter().filter(|one| seen.insert((one.register, one.position))) {
            let Some((day, kind)) = self.event(one) else { continue };
            let view = row::evidence(self.evaluator.records, one, self.language);
            let label =
                if kind == EventKind::Result { value(&view.text) } else { view.code.clone() };
            let said = row::joined(&[&view.code, &view.text], " ");
            self.moments.push((day, said));
            found.push((day, kind, label));
        }
        sort::plain(&mut found);
        let mut free = LEFT - LABEL;
        let drawn = found.into_iter().map(|(day, kind, label)| {
            let x = self.x(day);
            let fits = free + LABEL <= x;
            if fits {
                free = x;
            }
            EventView { x, kind, label: if fits { label } else { String::new() } }
        });
        drawn.collect()
    }

    fn event(&self, one: &Evidence) -> Option<(Day, EventKind)> {
        let day = self.evaluator.records.events(one.register)?.day(one.position)?;
        let kind = match one.register {
            Register::Diagnose => EventKind::Diagnosis,
            Register::Proeve => EventKind::Result,
            Register::Aftale if self.evaluator.index_date < day => EventKind::Appointment,
            Register::Ydelse | Register::Aftale | Register::Henvisning => EventKind::Contact,
            Register::Medicin | Register::Patient => return None,
        };
        (self.first <= day && day <= self.last).then_some((day, kind))
    }

    fn sentences(&self, treatments: &[Treatment], left_out: usize) -> Vec<String> {
        let mut said = Vec::new();
        if treatments.iter().any(|row| row.counted) {
            let index = self.evaluator.index_date;
            let treated = self.histories.treated(self.patient, index, measure());
            said.extend(text::courses(&treated, index, self.language));
            said.push(text::trend(&treated, self.language));
        }
        let undated = treatments.iter().filter(|row| row.from.is_none()).count();
        said.extend(text::not_drawn(left_out, undated, self.language));
        said
    }

    fn said(&mut self) -> Vec<MomentView> {
        let (first, last) = (self.first, self.last);
        let mut moments = std::mem::take(&mut self.moments);
        moments.retain(|(day, _)| first <= *day && *day <= last);
        sort::plain(&mut moments);
        moments.dedup();
        let moment =
            |(day, text): (Day, String)| MomentView { x: self.x(day), date: day.danish(), text };
        moments.into_iter().map(moment).collect()
    }
}

const fn kind_of(row: &Treatment) -> BarKind {
    match (row.counted, row.as_needed, row.assumed) {
        (false, ..) => BarKind::Other,
        (true, true, _) => BarKind::AsNeeded,
        (true, false, true) => BarKind::Assumed,
        (true, false, false) => BarKind::Registered,
    }
}

// The criterion that asks for a daily sum.
fn asks_for_sum(plan: &Plan) -> Option<&Selection> {
    plan.criteria.iter().find_map(|criterion| match &criterion.body {
        Body::Select(ask) if ask.derived == Some(Derived::Omeq) => Some(ask),
        _ => None,
    })
}

// The limit that the profile holds a daily sum against.
fn limit(plan: &Plan) -> Option<Ratio> {
    match &asks_for_sum(plan)?.test {
        Some(Test::Value(compare)) => Some(Ratio::from(compare.limit)),
        _ => None,
    }
}

// What the profile's own sum assumes, so that both agree.
pub(super) fn assumed_days(plan: &Plan) -> i32 {
    asks_for_sum(plan).map_or(ASSUMED_COVER_DAYS, |ask| ask.assumed_cover_days)
}

// The answer is the last word of a result.
fn value(text: &str) -> String {
    text.rsplit(' ')
        .find(|word| word.chars().any(|c| c.is_ascii_digit()))
        .unwrap_or(text)
        .to_owned()
}
