//! Statements gathered around the amount they belong to.
//!
//! They follow it (»1 tablet morgen«), or, where the text begins with a time, they stand before it
//! (»Morgen: 1 tablet, aften: 2 tabletter«). A frequency before the first amount is the frame of
//! all (»Daglig …«, »Hver 7. dag …«).

use super::item::{Item, Limit, Manner, Quantity, Slot};
use super::{Reason, cursor::Stop};
use crate::ratio::Range;

/// What joins an amount to the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Joint {
    #[default]
    None,
    Comma,
    And,
    Plus,
}

/// What is said about an amount.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub slots: Vec<Slot>,
    /// Minutes of the day that are times of their own, not explanations of a slot.
    pub clocks: Vec<u16>,
    pub weekdays: u8,
    pub count: Option<(Range, bool)>,
    pub period: Option<Range>,
    pub rate: Option<Range>,
    pub as_needed: bool,
    pub limit: Option<Limit>,
    pub course: bool,
    pub condition: bool,
    pub split: bool,
    pub each: Option<Range>,
    pub restated: bool,
    /// »3 tabletter daglig … 3 gange«: the period stood before the count.
    pub period_before_count: bool,
    /// »2 tabletter daglig morgen og aften«: the period stood before the times.
    pub period_before_times: bool,
    /// »morgen mandag«: the weekdays stood after the times.
    pub days_after_times: bool,
    /// The period is that of the frame (»Daglig …«).
    pub framed: bool,
}

/// An amount with what is said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub quantity: Quantity,
    pub joint: Joint,
    pub said: Said,
    pub day: Option<i64>,
    pub of_which: bool,
    pub at: usize,
}

/// All of a text.
#[derive(Debug, Default)]
pub(super) struct Groups {
    pub frame: Said,
    pub groups: Vec<Group>,
}

pub(super) fn gather(items: &[(Item, usize)]) -> Result<Groups, Stop> {
    let mut gatherer = Gatherer { times_first: times_first(items), ..Gatherer::default() };
    for (item, at) in items {
        gatherer.add(item, *at)?;
    }
    gatherer.finish()
}

fn is_amount(item: &Item) -> bool {
    matches!(item, Item::Quantity(_))
}

fn is_time(item: &Item) -> bool {
    matches!(item, Item::Slot(..) | Item::Clock(_) | Item::Weekday(_))
}

// With a single amount the order does not matter.
fn times_first(items: &[(Item, usize)]) -> bool {
    let amounts = items.iter().filter(|(item, _)| is_amount(item)).count();
    amounts > 1 && items.iter().take_while(|(item, _)| !is_amount(item)).any(|(i, _)| is_time(i))
}

#[derive(Default)]
struct Gatherer {
    times_first: bool,
    // Times of the amount to come.
    coming: Said,
    joint: Joint,
    day: Option<i64>,
    of_which: bool,
    all: Groups,
}

impl Gatherer {
    fn add(&mut self, item: &Item, at: usize) -> Result<(), Stop> {
        match item {
            Item::Comma => self.join(Joint::Comma, at)?,
            Item::And => self.join(Joint::And, at)?,
            Item::Plus => self.join(Joint::Plus, at)?,
            Item::Quantity(quantity) => self.amount(*quantity, at),
            Item::DayLabel(day) => self.day = Some(*day),
            Item::OfWhich if self.all.groups.is_empty() => return Err((Reason::Structure, at)),
            Item::OfWhich => self.of_which = true,
            other => {
                // Before the first time of an amount to come, the joint is that of the amounts.
                let opens = self.times_first && is_time(other) && self.coming == Said::default();
                let joint = if opens { Joint::None } else { std::mem::take(&mut self.joint) };
                self.target(other).add(other, joint).map_err(|reason| (reason, at))?;
            }
        }
        Ok(())
    }

    fn join(&mut self, joint: Joint, at: usize) -> Result<(), Stop> {
        let nothing_before = self.all.groups.is_empty() && self.all.frame == Said::default();
        let firm = joint >= Joint::And;
        // »+ 1 tablet«, »morgen og + aften«
        if firm && (nothing_before && self.coming == Said::default() || self.joint >= Joint::And) {
            return Err((Reason::Structure, at));
        }
        self.joint = self.joint.max(joint);
        Ok(())
    }

    fn amount(&mut self, quantity: Quantity, at: usize) {
        let group = Group {
            quantity,
            joint: std::mem::take(&mut self.joint),
            said: std::mem::take(&mut self.coming),
            day: self.day,
            of_which: std::mem::take(&mut self.of_which),
            at,
        };
        self.all.groups.push(group);
    }

    fn target(&mut self, item: &Item) -> &mut Said {
        if self.times_first && is_time(item) {
            return &mut self.coming;
        }
        match self.all.groups.last_mut() {
            Some(group) => &mut group.said,
            None => &mut self.all.frame,
        }
    }

    fn finish(self) -> Result<Groups, Stop> {
        let left_over = self.coming != Said::default() || self.of_which;
        if left_over || self.joint >= Joint::And {
            return Err((Reason::Structure, 0));
        }
        Ok(self.all)
    }
}

/// What one more part of the day says.
enum Meaning {
    New,
    /// The same time again.
    Again,
    Unclear,
}

impl Said {
    fn add(&mut self, item: &Item, joint: Joint) -> Result<(), Reason> {
        // »1 tablet morgen og efter behov«: how much as needed is not said.
        if joint >= Joint::And && !is_time(item) {
            return Err(Reason::Structure);
        }
        match item {
            Item::Slot(slot, manner) => self.add_slot(*slot, *manner, joint),
            Item::Clock(times) => self.add_clock(times, joint),
            Item::Weekday(day) => self.add_weekday(*day, joint),
            Item::Count { count, daily } => {
                self.period_before_count = self.period.is_some();
                set(&mut self.count, (*count, *daily))
            }
            // »i 14 dage hver 28. dag« is a course that comes back.
            Item::Period(days) if self.course && *days != Range::ONE => Err(Reason::Changing),
            Item::Period(days) => set(&mut self.period, *days),
            Item::Rate(rate) => set(&mut self.rate, *rate),
            Item::Limit(limit) => set(&mut self.limit, *limit),
            Item::Each(each) => set(&mut self.each, *each),
            _ => {
                self.flag(item);
                Ok(())
            }
        }
    }

    fn flag(&mut self, item: &Item) {
        match item {
            Item::AsNeeded => self.as_needed = true,
            Item::Course => self.course = true,
            Item::Condition => self.condition = true,
            Item::Split => self.split = true,
            Item::Restated => self.restated = true,
            _ => {}
        }
    }

    /// Are parts of the day or clock times said?
    pub fn has_time_of_day(&self) -> bool {
        !self.slots.is_empty() || !self.clocks.is_empty()
    }

    fn add_slot(&mut self, slot: Slot, manner: Manner, joint: Joint) -> Result<(), Reason> {
        // »2 gange daglig og aften«, »1 tablet + til natten«: joined to no time.
        let joined_to_nothing = joint >= Joint::And && !self.has_time_of_day();
        // »morgen tirsdag og aften torsdag«: each day has its own time.
        if joined_to_nothing || self.days_after_times {
            return Err(Reason::Contradiction);
        }
        match self.meaning(slot, manner, joint) {
            Meaning::Unclear => return Err(Reason::Contradiction),
            Meaning::Again => return Ok(()),
            Meaning::New => {}
        }
        self.period_before_times |= self.period.is_some();
        self.slots.push(slot);
        Ok(())
    }

    fn meaning(&self, slot: Slot, manner: Manner, joint: Joint) -> Meaning {
        let firm = joint >= Joint::And;
        let known = self.slots.contains(&slot);
        let last = self.slots.last().copied();
        let after_evening = matches!(last, Some(Slot::Evening | Slot::Night));
        match manner {
            // »kl. 8 morgen«, »kl. 8, til morgenmad«: the same time or one more?
            _ if !firm && !self.clocks.is_empty() => Meaning::Unclear,
            Manner::Plain if known => Meaning::Unclear,
            // »til natten, aften«: once or twice?
            Manner::Plain if !firm && last == Some(Slot::Bed) => Meaning::Unclear,
            Manner::Plain => Meaning::New,
            Manner::Meal if known && !firm => Meaning::Again,
            Manner::Bedtime if after_evening && joint == Joint::None => Meaning::Again,
            Manner::Bedtime if after_evening && joint == Joint::Comma => Meaning::Unclear,
            _ if known || (joint == Joint::None && self.has_time_of_day()) => Meaning::Unclear,
            _ => Meaning::New,
        }
    }

    fn add_clock(&mut self, times: &[u16], joint: Joint) -> Result<(), Reason> {
        let after_slot = !self.slots.is_empty() && joint == Joint::None;
        if after_slot {
            // »morgen kl. 8«, »morgen og aften kl. 8 og 20«: the times explain the parts of the day.
            let explains = times.len() == 1 || times.len() == self.slots.len();
            return if explains { Ok(()) } else { Err(Reason::Contradiction) };
        }
        let unclear = (!self.slots.is_empty() && joint == Joint::Comma)
            || self.days_after_times
            || (joint >= Joint::And && !self.has_time_of_day())
            || times.iter().any(|time| self.clocks.contains(time))
            || (1..times.len()).any(|n| times.iter().skip(n).any(|t| times.get(n - 1) == Some(t)));
        if unclear {
            return Err(Reason::Contradiction);
        }
        self.period_before_times |= self.period.is_some();
        self.clocks.extend(times);
        Ok(())
    }

    fn add_weekday(&mut self, day: u8, joint: Joint) -> Result<(), Reason> {
        let timed = self.has_time_of_day();
        // »tirsdag morgen og torsdag aften«: each day has its own time.
        let between = timed && self.weekdays != 0 && !self.days_after_times;
        let lone = joint >= Joint::And && self.weekdays == 0;
        if between || lone || self.weekdays & day != 0 {
            return Err(Reason::Contradiction);
        }
        self.days_after_times |= timed;
        self.weekdays |= day;
        Ok(())
    }

    /// Both said about one amount, before and after it.
    pub fn with(&self, frame: &Self) -> Result<Self, Reason> {
        let mut both = self.clone();
        for (mine, theirs) in [
            (self.has_time_of_day(), frame.has_time_of_day()),
            (self.weekdays != 0, frame.weekdays != 0),
        ] {
            if mine && theirs {
                return Err(Reason::Contradiction);
            }
        }
        both.slots.extend(&frame.slots);
        both.clocks.extend(&frame.clocks);
        both.weekdays |= frame.weekdays;
        if self.course && frame.period.is_some_and(|days| days != Range::ONE) {
            return Err(Reason::Changing);
        }
        both.framed = self.period.is_none() && frame.period.is_some();
        merge(&mut both.count, frame.count)?;
        merge(&mut both.period, frame.period)?;
        merge(&mut both.rate, frame.rate)?;
        merge(&mut both.limit, frame.limit)?;
        merge(&mut both.each, frame.each)?;
        both.as_needed |= frame.as_needed;
        both.course |= frame.course;
        both.condition |= frame.condition;
        both.split |= frame.split;
        both.restated |= frame.restated;
        Ok(both)
    }
}

// Saying the same twice is no harm; saying two things is.
fn set<T: PartialEq>(place: &mut Option<T>, value: T) -> Result<(), Reason> {
    match place {
        Some(said) if *said != value => Err(Reason::Contradiction),
        _ => {
            *place = Some(value);
            Ok(())
        }
    }
}

fn merge<T: PartialEq>(place: &mut Option<T>, value: Option<T>) -> Result<(), Reason> {
    value.map_or(Ok(()), |value| set(place, value))
}
