//! »Slå patient op«: one patient and every profile, or the patients of a name.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::note::Language;
use crate::records::{PatientId, Patients};
use crate::sort;
use crate::truth::Truth;
use crate::view::fold::{Search, search_key, sort_key};
use crate::view::{ChipView, person, text_lookup as text, text_verdict};

/// Matches that are shown; how many there are is said.
pub const MOST_MATCHES: usize = 50;

/// The answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LookupView {
    /// What was asked, as typed.
    pub asked: String,
    /// Found, not found, or how many; in words.
    pub text: String,
    /// The patient, if it is one.
    pub person: Option<PersonView>,
    /// Several: to choose from, by name.
    pub matches: Vec<MatchView>,
}

/// A patient and every profile.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PersonView {
    /// CPR, ten characters.
    pub cpr: String,
    /// CPR with hyphen.
    pub cpr_shown: String,
    /// Name; »navn ukendt«.
    pub name: String,
    /// »kvinde, 78 år«.
    pub summary: String,
    /// »Patienten er ikke tilmeldt (passant) …«; empty for one who is looked at.
    pub not_looked_at: String,
    /// »På listen«, »Kan ikke afgøres«, »Ikke på listen«, and perhaps »Læses stadig«.
    pub groups: Vec<GroupView>,
}

/// Profiles with the same answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GroupView {
    /// Heading.
    pub title: String,
    /// In the order of the overview.
    pub rows: Vec<StandingView>,
}

/// Where the patient stands in one profile.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StandingView {
    /// Key of the profile.
    pub profile: String,
    /// Its title.
    pub title: String,
    /// First failing criterion and near miss, or why it is unknown, or which criteria are met.
    pub text: String,
    /// Markers of a patient on the list.
    pub markers: Vec<ChipView>,
    /// Registers it needs are still being read: there is nothing to open.
    pub pending: bool,
}

/// A patient to choose.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MatchView {
    /// CPR, ten characters.
    pub cpr: String,
    /// CPR with hyphen.
    pub cpr_shown: String,
    /// Name.
    pub name: String,
    /// »kvinde, 78 år«.
    pub summary: String,
}

/// Where a patient stands in a profile; `truth` `None` = still being read.
pub struct Standing {
    /// On the list, unknown, not on it.
    pub truth: Option<Truth>,
    /// What is shown.
    pub row: StandingView,
}

/// The patients whose name or CPR number holds what was typed, by name.
#[must_use]
pub fn find(patients: &Patients, typed: &str) -> Vec<PatientId> {
    let Some(search) = Search::new(typed) else { return Vec::new() };
    let holds = |patient: &PatientId| {
        let cpr = patients.cpr(*patient);
        cpr.is_some_and(|cpr| search.is_in_cpr(cpr.as_str()))
            || person::name(patients, *patient).is_some_and(|n| search.is_in(&search_key(&n)))
    };
    let key = |patient: PatientId| {
        (person::name(patients, patient).map(|name| sort_key(&name)), patient.0, patient)
    };
    let mut found: Vec<_> = patients.ids().filter(holds).map(key).collect();
    sort::plain(&mut found);
    found.into_iter().map(|(.., patient)| patient).collect()
}

/// Several patients, or none.
#[must_use]
pub fn choose(
    patients: &Patients,
    typed: &str,
    found: &[PatientId],
    on: Day,
    language: Language,
) -> LookupView {
    let one = |patient: &PatientId| MatchView {
        cpr: patients.cpr(*patient).map(ToString::to_string).unwrap_or_default(),
        cpr_shown: patients.cpr(*patient).map(crate::cpr::Cpr::hyphenated).unwrap_or_default(),
        name: person::name_shown(patients, *patient, language),
        summary: person::summary(patients, *patient, on, language),
    };
    let matches: Vec<MatchView> = found.iter().take(MOST_MATCHES).map(one).collect();
    LookupView {
        asked: typed.to_owned(),
        text: text::matches(typed, found.len(), matches.len(), language),
        person: None,
        matches,
    }
}

/// One patient; `standings` in the order of the overview, left out for who is not looked at.
#[must_use]
pub fn person(
    patients: &Patients,
    typed: &str,
    patient: PatientId,
    standings: Vec<Standing>,
    on: Day,
    language: Language,
) -> LookupView {
    let looked_at = patients.looked_at(patient);
    let not_looked_at = if looked_at {
        String::new()
    } else {
        text_verdict::not_looked_at(patients.standing(patient), language)
    };
    let groups = if looked_at { groups(standings, language) } else { Vec::new() };
    let text = if looked_at { text::found(&groups, language) } else { not_looked_at.clone() };
    let view = PersonView {
        cpr: patients.cpr(patient).map(ToString::to_string).unwrap_or_default(),
        cpr_shown: patients.cpr(patient).map(crate::cpr::Cpr::hyphenated).unwrap_or_default(),
        name: person::name_shown(patients, patient, language),
        summary: person::summary(patients, patient, on, language),
        not_looked_at,
        groups,
    };
    LookupView { asked: typed.to_owned(), text, person: Some(view), matches: Vec::new() }
}

// The three groups are always there, so that an empty one says so; the fourth only while reading.
fn groups(standings: Vec<Standing>, language: Language) -> Vec<GroupView> {
    let order = [Some(Truth::Yes), Some(Truth::Unknown), Some(Truth::No), None];
    let mut groups: Vec<GroupView> = order
        .map(|truth| GroupView { title: text::group(truth, language).to_owned(), rows: Vec::new() })
        .to_vec();
    for standing in standings {
        let at = order.iter().position(|truth| *truth == standing.truth);
        if let Some(group) = at.and_then(|at| groups.get_mut(at)) {
            group.rows.push(standing.row);
        }
    }
    if groups.last().is_some_and(|reading| reading.rows.is_empty()) {
        groups.pop();
    }
    groups
}
