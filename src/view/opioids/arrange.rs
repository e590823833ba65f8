//! Who is shown, in which order, and what is counted, for a limit and a choice of filters. Pure: the
//! page calls it each time the slider moves.

use std::cmp::{Ordering, Reverse};

use serde::{Deserialize, Serialize};

use super::row::{AGE, CPR, NAME, NEEDED, REFERRED, SPAN, SUM};
use super::{FlagState, OpioidsView, Over, User, over};
use crate::evaluate::course::Trend;
use crate::profile::plan::MarkerLevel;
use crate::ratio::Ratio;
use crate::sort;
use crate::view::fold::{Search, search_key, sort_key};

/// A figure above the list; each is a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Figure {
    /// Users of opioids.
    Users,
    /// Long-term users.
    LongTerm,
    /// Over the limit.
    Over,
    /// Over it or not, by whose factors one takes.
    Grey,
    /// Cannot be decided.
    Unknown,
    /// An exception holds that takes the sum out of the count.
    Exempt,
    /// A course that has just begun.
    New,
    /// The daily sum has risen.
    Rising,
    /// It has fallen.
    Tapering,
}

impl Figure {
    /// All, in the order in which they stand.
    pub const ALL: [Self; 9] = [
        Self::Users,
        Self::LongTerm,
        Self::Over,
        Self::Grey,
        Self::Unknown,
        Self::Exempt,
        Self::New,
        Self::Rising,
        Self::Tapering,
    ];
}

/// What was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Limit in mg, where it was moved.
    pub limit: Option<u32>,
    /// Only these persons.
    pub figure: Option<Figure>,
    /// Flags shown, by position.
    pub shown: Vec<u32>,
    /// Only persons for whom all of these flags stand.
    pub wanted: Vec<u32>,
    /// Search in name and CPR.
    pub search: String,
    /// Column and »descending?«; `None` = by flags, then by the sum.
    pub sort: Option<(String, bool)>,
}

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    /// Positions of the persons, in order.
    pub order: Vec<u32>,
    /// Persons by [`Figure::ALL`].
    pub figures: [u64; 9],
    /// Over the limit now, and not over the profile's own.
    pub entering: Vec<u32>,
    /// The other way round.
    pub leaving: Vec<u32>,
}

impl OpioidsView {
    /// Is there something to count? A figure without its flag is left out, not 0.
    #[must_use]
    pub fn has(&self, figure: Figure) -> bool {
        match figure {
            Figure::Users => true,
            Figure::New | Figure::Rising | Figure::Tapering => !self.users.is_empty(),
            Figure::LongTerm => self.long_term.is_some(),
            Figure::Over | Figure::Grey | Figure::Unknown => self.limit.is_some(),
            Figure::Exempt => self.dose_exceptions().next().is_some(),
        }
    }

    /// The limit in force.
    #[must_use]
    pub fn limit_in_force(&self, choice: &Choice) -> Option<Ratio> {
        let own = self.limit?;
        Some(choice.limit.map_or(own, |moved| Ratio::whole(i64::from(moved))))
    }

    /// Was the limit moved?
    #[must_use]
    pub fn is_moved(&self, choice: &Choice) -> bool {
        self.limit_in_force(choice) != self.limit
    }

    /// The exceptions of the flag that follows the limit, and how many persons each holds for.
    pub fn dose_exceptions(&self) -> impl Iterator<Item = (&str, usize)> {
        let dose = self.dose.and_then(|at| self.flags.get(at as usize));
        let all = dose.map_or(&[][..], |flag| flag.exceptions.as_slice());
        all.iter().filter_map(|at| {
            let held = self.users.iter().filter(|user| user.exempt.contains(at)).count();
            Some((self.exceptions.get(*at as usize)?.as_str(), held))
        })
    }

    /// Does an exception of the flag that follows the limit hold?
    #[must_use]
    pub fn is_exempt(&self, user: &User) -> bool {
        let dose = self.dose.and_then(|at| self.flags.get(at as usize));
        dose.is_some_and(|flag| flag.exceptions.iter().any(|at| user.exempt.contains(at)))
    }

    /// How the sum of a person stands to a limit. An exception takes out what is not a clear no.
    #[must_use]
    pub fn dose_state(&self, user: &User, limit: Ratio) -> FlagState {
        match over(user.sum.as_ref(), limit) {
            Over::No => FlagState::No,
            _ if self.is_exempt(user) => FlagState::Exempt,
            Over::Unknown => FlagState::Unknown,
            Over::Grey => FlagState::Grey,
            Over::Yes => FlagState::Yes,
        }
    }

    /// How a flag stands, the moved limit taken into account.
    #[must_use]
    pub fn state(&self, user: &User, at: u32, limit: Option<Ratio>) -> FlagState {
        match limit {
            Some(limit) if self.dose == Some(at) => self.dose_state(user, limit),
            _ => user.flag(at as usize),
        }
    }

    /// Filters, sorts and counts.
    #[must_use]
    pub fn arrange(&self, choice: &Choice) -> Arranged {
        let limit = self.limit_in_force(choice);
        let mut found = Arranged::default();
        let search = Search::new(&choice.search);
        for (user, at) in self.users.iter().zip(0u32..) {
            let states = States::of(self, user, choice, limit);
            self.note_moved(user, at, &states, &mut found);
            let figures = Figure::ALL.map(|figure| states.is(figure));
            for (count, is) in found.figures.iter_mut().zip(figures) {
                *count += u64::from(is);
            }
            if states.shown && search.as_ref().is_none_or(|search| is_found(search, user)) {
                found.order.push(at);
            }
        }
        self.sort(&mut found.order, choice, limit);
        found
    }

    fn note_moved(&self, user: &User, at: u32, states: &States, found: &mut Arranged) {
        let Some(own) = self.limit else { return };
        let before = self.dose_state(user, own) == FlagState::Yes;
        match (before, states.dose == Some(FlagState::Yes)) {
            (false, true) => found.entering.push(at),
            (true, false) => found.leaving.push(at),
            _ => {}
        }
    }

    // INVARIANT: persons come in CPR order and the sort is stable, so ties are by CPR.
    fn sort(&self, order: &mut [u32], choice: &Choice, limit: Option<Ratio>) {
        let Some((column, descending)) = &choice.sort else {
            let weight = |at: &u32| (Reverse(self.weight(*at, choice, limit)), *at);
            let mut weighed: Vec<_> = order.iter().map(weight).collect();
            sort::by(&mut weighed, |one, other| one.0.cmp(&other.0));
            order.iter_mut().zip(weighed).for_each(|(place, (_, at))| *place = at);
            return;
        };
        let mut keyed: Vec<(Option<Key>, u32)> =
            order.iter().map(|at| (self.key(*at, column, limit), *at)).collect();
        sort::by(&mut keyed, |(a, _), (b, _)| compare(a.as_ref(), b.as_ref(), *descending));
        for (place, (_, at)) in order.iter_mut().zip(keyed) {
            *place = at;
        }
    }

    // Red, open on a red flag, yellow, blue, each as many as are shown; then the sum.
    fn weight(&self, at: u32, choice: &Choice, limit: Option<Ratio>) -> ([u32; 4], Ratio) {
        let Some(user) = self.users.get(at as usize) else { return ([0; 4], Ratio::ZERO) };
        let mut counts = [0; 4];
        for shown in &choice.shown {
            let Some(flag) = self.flags.get(*shown as usize) else { continue };
            let place = match (flag.level, self.state(user, *shown, limit)) {
                (MarkerLevel::Red, FlagState::Yes) => 0,
                (MarkerLevel::Red, FlagState::Grey | FlagState::Unknown) => 1,
                (MarkerLevel::Yellow, FlagState::Yes) => 2,
                (MarkerLevel::Blue, FlagState::Yes) => 3,
                _ => continue,
            };
            if let Some(count) = counts.get_mut(place) {
                *count += 1;
            }
        }
        (counts, user.sum.map_or(Ratio::ZERO, |sum| sum.fixed))
    }

    fn key(&self, at: u32, column: &str, limit: Option<Ratio>) -> Option<Key> {
        let user = self.users.get(at as usize)?;
        let of_sum = |pick: fn(&super::Omeq) -> Ratio| user.sum.as_ref().map(pick).map(Key::Number);
        match column {
            CPR => Some(Key::Number(Ratio::whole(i64::from(at)))),
            NAME => Some(Key::Text(sort_key(&user.name))),
            AGE => user.age.map(|age| Key::Number(Ratio::whole(i64::from(age)))),
            SUM => of_sum(|sum| sum.fixed),
            SPAN => of_sum(|sum| sum.high),
            NEEDED => of_sum(|sum| sum.as_needed),
            REFERRED => user.referred_day.map(|day| Key::Number(Ratio::whole(i64::from(day)))),
            flag => {
                let at = self.flags.iter().zip(0u32..).find(|(one, _)| one.id == flag)?.1;
                Some(Key::State(self.state(user, at, limit)))
            }
        }
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(Ratio),
    Text(String),
    State(FlagState),
}

// What is not known stands last, whichever way one sorts.
fn compare(a: Option<&Key>, b: Option<&Key>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

fn is_found(search: &Search, user: &User) -> bool {
    search.is_in_cpr(&user.cpr) || search.is_in(&search_key(&user.name))
}

/// How one person stands to every figure.
struct States {
    dose: Option<FlagState>,
    long_term: bool,
    exempt: bool,
    trend: Trend,
    shown: bool,
}

impl States {
    fn of(view: &OpioidsView, user: &User, choice: &Choice, limit: Option<Ratio>) -> Self {
        let state = |at: u32| view.state(user, at, limit);
        let mut states = Self {
            dose: limit.map(|limit| view.dose_state(user, limit)),
            long_term: view.long_term.is_some_and(|at| state(at) == FlagState::Yes),
            exempt: view.is_exempt(user),
            trend: user.trend,
            shown: true,
        };
        states.shown = choice.figure.is_none_or(|figure| states.is(figure))
            && choice.wanted.iter().all(|at| state(*at) == FlagState::Yes);
        states
    }

    fn is(&self, figure: Figure) -> bool {
        match figure {
            Figure::Users => true,
            Figure::LongTerm => self.long_term,
            Figure::Over => self.dose == Some(FlagState::Yes),
            Figure::Grey => self.dose == Some(FlagState::Grey),
            Figure::Unknown => self.dose == Some(FlagState::Unknown),
            Figure::Exempt => self.exempt,
            Figure::New => self.trend == Trend::New,
            Figure::Rising => self.trend == Trend::Rising,
            Figure::Tapering => self.trend == Trend::Tapering,
        }
    }
}
