//! Sentences for »nej«: the nearest miss.

use crate::amount::Amount;
use crate::day::Day;
use crate::evaluate::Evidence;
use crate::evaluate::explain::NearMiss;
use crate::note::Language;
use crate::profile::plan::{Body, Compare, Criterion, Distinct, Op, Pick, Selection};
use crate::schema::Register;
use crate::view::row;
use crate::view::text_why::{Topic, compare_of};
use crate::view::words::{amount, number, pick, register, upper_first};

impl Topic<'_> {
    /// The nearest miss of a criterion that is no: »Seneste eGFR er 62. Kravet er under 60: 2 for
    /// højt.«
    #[must_use]
    pub fn near_miss(
        &self,
        criterion: &Criterion,
        window: Option<(Day, Day)>,
        miss: &NearMiss,
    ) -> String {
        match miss {
            NearMiss::DaysTooOld(item, days) => self.too_old(criterion, window, item, *days),
            NearMiss::DaysTooNew(item, days) => self.too_new(criterion, window, item, *days),
            NearMiss::Value(item, distance) => self.value_off(criterion, item, *distance),
            NearMiss::TooFew { found, needed } => self.too_few(criterion, *found, *needed),
            NearMiss::TooMany { found, allowed } => self.too_many(criterion, *found, *allowed),
            NearMiss::TooFewDays { found, needed } => self.too_few_days(*found, *needed),
            NearMiss::Answer(item) => self.other_answer(criterion, item),
            NearMiss::NoneInWindow(rows) => self.none_in_window(criterion, *rows),
            NearMiss::Spread(days) => self.spread(criterion, *days),
            NearMiss::Number(value, by) => self.number_off(criterion, *value, *by),
            NearMiss::Duration { start, days, by } => {
                self.duration_off(criterion, *start, *days, *by)
            }
            NearMiss::Gap { days, allowed } => self.gap(*days, *allowed),
            NearMiss::Named(other) => self.named(*other),
            NearMiss::Age { found, by } => self.age_off(criterion, *found, *by),
            NearMiss::PatientField(said) => self.patient_says(*said),
            NearMiss::NoRecord => self.no_record(criterion),
        }
    }

    fn too_old(
        &self,
        criterion: &Criterion,
        window: Option<(Day, Day)>,
        item: &Evidence,
        days: i32,
    ) -> String {
        let what = self.label(criterion, item);
        let begins = window.map_or_else(String::new, |(from, _)| format!(" {}", from.danish()));
        // Of a treatment its last day counts, which may be an assumed one.
        let last = window.filter(|_| by_periods(criterion)).map(|(from, _)| from.add_days(-days));
        let days = self.days(days);
        let Some(last) = last.map(Day::danish) else {
            let date = self.date(item);
            return self.say(
                format!("Seneste {what} er {date}, {days} før vinduet begynder{begins}."),
                format!("The latest {what} is {date}, {days} before the window begins{begins}."),
            );
        };
        let assumed =
            item.assumed_end.map_or("", |_| pick(self.language, " (antaget)", " (assumed)"));
        self.say(
            format!(
                "Seneste {what} sluttede {last}{assumed}, {days} før vinduet begynder{begins}."
            ),
            format!(
                "The latest {what} ended {last}{assumed}, {days} before the window begins{begins}."
            ),
        )
    }

    fn too_new(
        &self,
        criterion: &Criterion,
        window: Option<(Day, Day)>,
        item: &Evidence,
        days: i32,
    ) -> String {
        let what = self.label(criterion, item);
        let ends = window.map_or_else(String::new, |(_, to)| format!(" {}", to.danish()));
        let first = window.filter(|_| by_periods(criterion)).map(|(_, to)| to.add_days(days));
        let date = first.map_or_else(|| self.date(item), Day::danish);
        let days = self.days(days);
        self.say(
            format!("Første {what} er {date}, {days} efter vinduet slutter{ends}."),
            format!("The first {what} is {date}, {days} after the window ends{ends}."),
        )
    }

    fn value_off(&self, criterion: &Criterion, item: &Evidence, distance: Amount) -> String {
        let which = which(criterion, self.language);
        let events = self.records.events(item.register);
        let name = events.map_or_else(String::new, |e| row::name(e, item));
        let value = self.value(item);
        let Some(compare) = compare_of(criterion) else {
            return self
                .say(format!("{which} {name} er {value}."), format!("{which} {name} is {value}."));
        };
        let off = self.off(compare, distance);
        let demand = self.demand(compare);
        self.say(
            format!("{which} {name} er {value}. Kravet er {demand}: {off}."),
            format!("{which} {name} is {value}. The requirement is {demand}: {off}."),
        )
    }

    /// »2 for højt«; »lige på grænsen« where the limit itself is not enough.
    pub(super) fn off(&self, compare: &Compare, distance: Amount) -> String {
        let by = amount(absolute(distance), self.language);
        let off = match compare.op {
            _ if distance == Amount(0) => {
                return pick(self.language, "lige på grænsen", "exactly the limit").to_owned();
            }
            Op::Equal => pick(self.language, "fra", "off"),
            Op::Less | Op::AtMost => pick(self.language, "for højt", "too high"),
            Op::Greater | Op::AtLeast => pick(self.language, "for lavt", "too low"),
        };
        format!("{by} {off}")
    }

    fn too_few(&self, criterion: &Criterion, found: u32, needed: u32) -> String {
        let unit = counted(criterion, self.language);
        let short = number(u64::from(needed.saturating_sub(found)), self.language);
        match one_row(criterion, self.language) {
            // Days, months and quarters have rows; rows are found.
            Some(row) => self.say(
                format!("{found} af {needed} {unit} har en {row}: {short} for lidt."),
                format!("{found} of {needed} {unit} have {row}: {short} too few."),
            ),
            None => self.say(
                format!("{found} af {needed} {unit} er fundet: {short} for lidt."),
                format!("{found} of {needed} {unit} found: {short} too few."),
            ),
        }
    }

    fn too_few_days(&self, found: i32, needed: i32) -> String {
        let short = needed.saturating_sub(found);
        self.say(
            format!("På samme tid i {found} dage; mindst {needed} er krævet: {short} for lidt."),
            format!(
                "At the same time on {found} days; at least {needed} required: {short} too few."
            ),
        )
    }

    fn no_record(&self, criterion: &Criterion) -> String {
        let Body::Select(selection) = &criterion.body else { return String::new() };
        let what = asked_for(selection);
        let table = register(selection.register, self.language).to_lowercase();
        if what.is_empty() {
            return self.say(
                format!("Ingen rækker i {table} for patienten."),
                format!("No rows in {table} for the patient."),
            );
        }
        self.say(
            format!("Ingen rækker med {what} i filen."),
            format!("No rows with {what} in the file."),
        )
    }

    pub(super) fn days(&self, days: i32) -> String {
        let days = days.unsigned_abs();
        let unit = match days {
            1 => pick(self.language, "dag", "day"),
            _ => pick(self.language, "dage", "days"),
        };
        format!("{} {unit}", number(u64::from(days), self.language))
    }

    // What the profile asks for, if that is short; else what the record is.
    fn label(&self, criterion: &Criterion, item: &Evidence) -> String {
        let asked = match &criterion.body {
            Body::Select(selection) => asked_for(selection),
            _ => String::new(),
        };
        if !asked.is_empty() {
            return asked;
        }
        let events = self.records.events(item.register);
        events.map_or_else(String::new, |e| row::name(e, item))
    }
}

fn by_periods(criterion: &Criterion) -> bool {
    matches!(&criterion.body, Body::Select(selection) if selection.by_periods())
}

// The codes asked for, if they are few enough to name.
pub(super) fn asked_for(selection: &Selection) -> String {
    let patterns = selection.codes.as_ref().map_or(&[][..], |codes| &codes.include);
    let shown: Vec<String> = patterns.iter().map(crate::code::Pattern::shown).collect();
    match shown.as_slice() {
        [] => selection.name_contains.join("/"),
        [first, .., last] if shown.len() > 4 => format!("{first}–{last}"),
        few => few.join("/"),
    }
}

pub(super) fn which(criterion: &Criterion, language: Language) -> String {
    let picked = match &criterion.body {
        Body::Select(selection) => selection.pick,
        _ => None,
    };
    let words = match picked {
        Some(Pick::Latest) => pick(language, "seneste", "the latest"),
        Some(Pick::First) => pick(language, "første", "the first"),
        Some(Pick::Highest) => pick(language, "højeste", "the highest"),
        Some(Pick::Lowest) => pick(language, "laveste", "the lowest"),
        Some(Pick::All) | None => pick(language, "nærmeste", "the nearest"),
    };
    upper_first(words)
}

pub(super) fn counted(criterion: &Criterion, language: Language) -> &'static str {
    let distinct = match &criterion.body {
        Body::Select(selection) => selection.distinct,
        Body::Group(_) => return pick(language, "krav", "criteria"),
        _ => None,
    };
    match distinct {
        Some(Distinct::Day) => pick(language, "dage", "days"),
        Some(Distinct::Month) => pick(language, "måneder", "months"),
        Some(Distinct::Quarter) => pick(language, "kvartaler", "quarters"),
        Some(Distinct::Code) => pick(language, "koder", "codes"),
        Some(Distinct::Substance) => pick(language, "stoffer", "substances"),
        None => pick(language, "rækker", "rows"),
    }
}

// »recept«, where days, months or quarters are counted.
fn one_row(criterion: &Criterion, language: Language) -> Option<&'static str> {
    let Body::Select(selection) = &criterion.body else { return None };
    if !matches!(selection.distinct, Some(Distinct::Day | Distinct::Month | Distinct::Quarter)) {
        return None;
    }
    let (danish, english) = match selection.register {
        Register::Patient | Register::Diagnose => ("diagnose", "a diagnosis"),
        Register::Medicin => ("recept", "a prescription"),
        Register::Proeve => ("prøve", "a result"),
        Register::Ydelse => ("ydelse", "a service"),
        Register::Aftale => ("aftale", "an appointment"),
        Register::Henvisning => ("henvisning", "a referral"),
    };
    Some(pick(language, danish, english))
}

const fn absolute(amount: Amount) -> Amount {
    Amount(amount.0.saturating_abs())
}
