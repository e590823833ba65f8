//! The page »Opioider«: every user of opioids with the sum and the flags of one profile.
//!
//! Sent once; whoever shows it moves the limit, filters and sorts by itself ([`arrange`]), so that
//! a limit is moved within a frame.

use serde::{Deserialize, Serialize};

use crate::evaluate::course::Trend;
use crate::evaluate::{Evaluator, Population};
use crate::note::Language;
use crate::profile::choice::{Choice, chosen_of};
use crate::profile::plan::{
    Body, Criterion, CriterionId, Derived, Marker, MarkerLevel, Op, Plan, Selection, Test,
};
use crate::ratio::Ratio;
use crate::schema::Register;
use crate::view::{ProfileRow, text_factors, text_opioids as text};

pub mod arrange;
pub mod over;
pub mod panel;
pub mod receipt;
mod referred;
pub mod row;
mod user;

pub use over::{Omeq, Over, over};

/// The profile behind the page.
pub const PROFILE: &str = "opioid_flag";
/// Its marker of long-term users; which definition that is, the criterion says.
pub const LONG_TERM: &str = "op_langtid";

/// Everything the page »Opioider« shows, except the panel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OpioidsView {
    /// »Opioider pr. 02-11-2026«.
    pub heading: String,
    /// What is counted, and that persons count once.
    pub lead: String,
    /// The profile.
    pub profile: ProfileRow,
    /// Version of the factor table.
    pub factors: String,
    /// Definition of long-term use, in words; empty if the profile has none.
    pub long_term_name: String,
    /// Position of that flag.
    pub long_term: Option<u32>,
    /// Position of the flag that holds the sum against [`OpioidsView::limit`].
    pub dose: Option<u32>,
    /// The profile's own limit in mg; `None` = it has no sum.
    pub limit: Option<Ratio>,
    /// The flags, in the order of the profile.
    pub flags: Vec<FlagView>,
    /// Criteria that may be one of several.
    pub choices: Vec<ChoiceView>,
    /// Names of the exceptions.
    pub exceptions: Vec<String>,
    /// Everyone who has had an opioid, in CPR order.
    pub users: Vec<User>,
    /// Persons of whom the data do not say whether they are users, as a sentence; empty if none.
    pub undecided: String,
    /// Caveat of the profile, and how far the export reaches back.
    pub caveat: String,
    /// Heading of the profile's column on referrals; empty = it has none.
    #[serde(default)]
    pub referred: String,
    /// Why there is no row; empty when there are some.
    pub empty: String,
    /// Registers that are still being read, in words: then there are no rows yet.
    pub still_reading: String,
}

/// A criterion that may be one of several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceView {
    /// Machine name.
    pub id: String,
    /// What it is.
    pub text: String,
    /// Machine name and sentence of each variant, the profile's own first.
    pub variants: Vec<(String, String)>,
    /// Position of the one that is chosen.
    pub chosen: u32,
}

/// A flag of the profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlagView {
    /// Machine name.
    pub id: String,
    /// Heading of its column.
    pub text: String,
    /// In full.
    pub name: String,
    /// The rule in words.
    pub rule: String,
    /// Its source.
    pub source: String,
    /// What would clear it; empty if the profile does not say.
    pub clears: String,
    /// Level.
    pub level: MarkerLevel,
    /// Shown unless switched off.
    pub on: bool,
    /// Off until it is switched on: its column switches it for list and panel, too.
    #[serde(default)]
    pub off: bool,
    /// Positions of its exceptions in [`OpioidsView::exceptions`].
    pub exceptions: Vec<u32>,
}

/// How a flag stands for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FlagState {
    /// No.
    No,
    /// Yes, but an exception holds: shown, not counted.
    Exempt,
    /// The data do not say.
    Unknown,
    /// It depends on whose factors one takes.
    Grey,
    /// Yes.
    Yes,
}

/// One person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// CPR, ten characters.
    pub cpr: String,
    /// CPR with hyphen.
    pub cpr_shown: String,
    /// Name, or »navn ukendt«.
    pub name: String,
    /// Completed years; `None` = not known.
    pub age: Option<i32>,
    /// The sum; `None` = the profile has none.
    pub sum: Option<Omeq>,
    /// How the daily sum has moved.
    #[serde(default)]
    pub trend: Trend,
    /// One letter per flag: see [`User::flag`].
    pub flags: String,
    /// Positions of the exceptions that hold.
    pub exempt: Vec<u32>,
    /// The profile's column on referrals.
    #[serde(default)]
    pub referred: crate::view::CellView,
    /// The day of the referral, to sort by.
    #[serde(default)]
    pub referred_day: Option<i32>,
}

impl User {
    /// How a flag stands.
    #[must_use]
    pub fn flag(&self, at: usize) -> FlagState {
        match self.flags.as_bytes().get(at) {
            Some(b'j') => FlagState::Yes,
            Some(b'n') => FlagState::No,
            Some(b'x') => FlagState::Exempt,
            _ => FlagState::Unknown,
        }
    }
}

/// What the view is made of.
pub struct Topic<'a> {
    /// Profile, records, index date.
    pub evaluator: &'a Evaluator<'a>,
    /// Its result.
    pub population: &'a Population,
    /// The profile's row of the overview.
    pub row: ProfileRow,
    /// Caveat of the profile, and how far the export reaches back.
    pub caveat: String,
    /// Registers of which rows are still to come.
    pub unread: &'a [Register],
    /// Language.
    pub language: Language,
}

/// Makes the view.
#[must_use]
pub fn view(topic: &Topic<'_>) -> OpioidsView {
    let Topic { evaluator, population, row, caveat, language, .. } = topic;
    let plan = evaluator.plan;
    let mut users = user::all(topic);
    referred::fill(topic, &mut users);
    let markers = user::ordered(plan);
    let place = |is: &dyn Fn(&Marker) -> bool| position(markers.iter().position(|one| is(one)));
    let long_term = markers.iter().find(|marker| marker.id == LONG_TERM);
    let dose = dose_marker(plan);
    OpioidsView {
        lead: text::lead(*language).to_owned(),
        long_term_name: long_term.map_or_else(String::new, |marker| definition(plan, marker)),
        long_term: place(&|marker| marker.id == LONG_TERM),
        dose: place(&|marker| dose.is_some_and(|dose| std::ptr::eq(dose, marker))),
        limit: dose.and_then(|marker| limit_of(plan, marker.when)),
        flags: flags(plan),
        choices: plan.choices().map(|choice| choice_view(&choice)).collect(),
        exceptions: user::exceptions(plan).iter().map(|id| said(plan, *id)).collect(),
        undecided: text::undecided(population.undecided.len() as u64, *language),
        caveat: caveat.clone(),
        referred: referred::column(plan).map_or_else(String::new, |column| column.title.clone()),
        empty: why_empty(topic, users.is_empty()),
        users,
        factors: text_factors::version(&evaluator.factors, *language),
        ..frame(row.clone(), evaluator.index_date.danish(), *language)
    }
}

/// The view while registers that the profile needs are being read.
#[must_use]
pub fn waiting(row: ProfileRow, index_date: String, said: String, lang: Language) -> OpioidsView {
    OpioidsView { still_reading: said, ..frame(row, index_date, lang) }
}

fn frame(profile: ProfileRow, index_date: String, language: Language) -> OpioidsView {
    OpioidsView { heading: text::heading(&index_date, language), profile, ..OpioidsView::default() }
}

fn position(at: Option<usize>) -> Option<u32> {
    u32::try_from(at?).ok()
}

fn why_empty(topic: &Topic<'_>, nobody: bool) -> String {
    let has_medicines = topic.evaluator.records.has(Register::Medicin);
    match (nobody, has_medicines) {
        (false, _) => String::new(),
        (true, false) => text::no_medicines(topic.language).to_owned(),
        (true, true) => text::nobody(&topic.evaluator.index_date.danish(), topic.language),
    }
}

fn choice_view(choice: &Choice<'_>) -> ChoiceView {
    let variant = |one: &&Criterion| (one.id.clone(), text_factors::said(one).to_owned());
    ChoiceView {
        id: choice.criterion.id.clone(),
        text: text_factors::said(choice.criterion).to_owned(),
        variants: choice.alternatives.iter().map(variant).collect(),
        chosen: position(Some(choice.chosen)).unwrap_or(0),
    }
}

fn flags(plan: &Plan) -> Vec<FlagView> {
    let exceptions = user::exceptions(plan);
    let place = |id: &CriterionId| position(exceptions.iter().position(|known| known == id));
    let of = |marker: &Marker| FlagView {
        id: marker.id.clone(),
        text: marker.text.clone(),
        name: or(&marker.name, || said(plan, marker.when)),
        rule: or(&marker.rule, || said(plan, marker.when)),
        source: or(&marker.source, || {
            plan.criteria.get(marker.when.0).map_or_else(String::new, |c| c.source.clone())
        }),
        clears: marker.clears.clone(),
        level: marker.level,
        // What everyone on the list has tells nobody from the others.
        on: marker.on && !plan.inclusion.of.contains(&marker.when),
        off: !marker.on_by_default,
        exceptions: user::exceptions_of(marker).iter().filter_map(place).collect(),
    };
    user::ordered(plan).into_iter().map(of).collect()
}

fn or(text: &str, other: impl FnOnce() -> String) -> String {
    if text.is_empty() { other() } else { text.to_owned() }
}

// The sentence of a marker's criterion; of a choice that of what is chosen.
fn definition(plan: &Plan, marker: &Marker) -> String {
    let chosen = plan.criteria.get(marker.when.0).and_then(chosen_of);
    said(plan, chosen.unwrap_or(marker.when))
}

fn said(plan: &Plan, id: CriterionId) -> String {
    plan.criteria.get(id.0).map_or_else(String::new, |criterion| criterion.text.clone())
}

/// The marker whose limit may be moved: of those that hold a sum of opioids against a limit, the
/// one of the highest level.
#[must_use]
pub fn dose_marker(plan: &Plan) -> Option<&Marker> {
    let of_sum = plan.markers.iter().filter(|marker| limit_of(plan, marker.when).is_some());
    of_sum.min_by_key(|marker| marker.level)
}

// »Mere end X mg«: other comparisons are no limit that one moves.
fn limit_of(plan: &Plan, id: CriterionId) -> Option<Ratio> {
    let Body::Select(Selection { derived: Some(Derived::Omeq), test, .. }) =
        &plan.criteria.get(id.0)?.body
    else {
        return None;
    };
    match test {
        Some(Test::Value(compare)) if compare.op == Op::Greater => Some(Ratio::from(compare.limit)),
        _ => None,
    }
}
