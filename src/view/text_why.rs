//! Sentences of the why panel: reasons for »ukendt«, near misses, windows, verdicts.

use crate::day::Day;
use crate::evaluate::explain::NearMiss;
use crate::evaluate::{Evidence, Explanation, UnknownReason};
use crate::note::Language;
use crate::profile::plan::{Body, Compare, Criterion, Distinct, Op, Pick, Plan, Selection, Test};
use crate::records::Records;
use crate::schema::{Field, Register};
use crate::view::row;
use crate::view::words::{
    amount, field, lower_first, number, pick, register, row_of, upper_first,
};

/// What the sentences are about.
#[derive(Clone, Copy)]
pub struct Topic<'a> {
    /// The profile.
    pub plan: &'a Plan,
    /// The records.
    pub records: &'a Records,
    /// The patient's verdicts, for reasons that lie in another criterion.
    pub explanation: &'a Explanation,
    /// Language of the sentences.
    pub language: Language,
}

// Reasons point at other criteria, which point on; plans are free of rings, this is a second lock.
const DEPTH: u32 = 16;

impl Topic<'_> {
    fn say(&self, danish: String, english: String) -> String {
        match self.language {
            Language::Danish => danish,
            Language::English => english,
        }
    }

    /// Why a criterion is unknown: »Diagnosen P15 har ingen dato.«
    #[must_use]
    pub fn unknown(&self, criterion: &Criterion, reason: &UnknownReason) -> String {
        self.reason(criterion, reason, DEPTH)
    }

    fn reason(&self, criterion: &Criterion, reason: &UnknownReason, depth: u32) -> String {
        match reason {
            UnknownReason::RegisterMissing(missing) => register_missing(*missing, self.language),
            UnknownReason::FieldMissing(table, missing) => self.field_missing(*table, *missing),
            UnknownReason::Undated(item) => self.undated(item),
            UnknownReason::Interval(item) => self.interval(criterion, item),
            UnknownReason::TextValue(item) => self.text_value(item),
            UnknownReason::Ambiguous(item) => self.ambiguous(item),
            UnknownReason::OtherUnit(item) => self.other_unit(criterion, item),
            UnknownReason::NoBirthDate => self.say(
                "Fødselsdato kan ikke læses af CPR.".into(),
                "The birth date cannot be read from the CPR number.".into(),
            ),
            UnknownReason::PatientField(missing) => self.patient_field(*missing),
            UnknownReason::Anchor(other) | UnknownReason::Member(other) => {
                self.of_criterion(other.0, depth)
            }
            UnknownReason::BeforeRegister(table) => self.before_register(*table),
        }
    }

    // The reason of another criterion, else that criterion's own sentence.
    fn of_criterion(&self, at: usize, depth: u32) -> String {
        let Some(criterion) = self.plan.criteria.get(at) else { return String::new() };
        let reason = self.explanation.criteria.get(at).and_then(|trace| trace.unknown.as_ref());
        match reason {
            Some(reason) if depth > 0 => self.reason(criterion, reason, depth - 1),
            _ => self.undecided_criterion(criterion),
        }
    }

    /// »Det kan ikke afgøres: …« for a criterion without a closer reason.
    #[must_use]
    pub fn undecided_criterion(&self, criterion: &Criterion) -> String {
        let text = lower_first(criterion.text.trim_end_matches('.'));
        self.say(format!("Kan ikke afgøres: {text}."), format!("Cannot be decided: {text}."))
    }

    fn field_missing(&self, table: Register, missing: Field) -> String {
        let table = register(table, self.language).to_lowercase();
        let missing = field(missing, self.language);
        self.say(
            format!("Kolonnen {missing} findes ikke i {table}."),
            format!("There is no column {missing} in {table}."),
        )
    }

    fn patient_field(&self, missing: Field) -> String {
        let missing = field(missing, self.language);
        self.say(
            format!("Patientens {missing} er ikke kendt."),
            format!("The patient's {missing} is not known."),
        )
    }

    fn undated(&self, item: &Evidence) -> String {
        let what = self.noun(item);
        self.say(format!("{what} har ingen dato."), format!("{what} has no date."))
    }

    fn interval(&self, criterion: &Criterion, item: &Evidence) -> String {
        let value = self.value(item);
        let demand = compare_of(criterion).map(|c| self.demand(c));
        match demand {
            Some(demand) => self.say(
                format!("Prøvesvaret er »{value}«; kravet er {demand}."),
                format!("The result is “{value}”; the requirement is {demand}."),
            ),
            None => self.say(
                format!("Prøvesvaret er »{value}«."),
                format!("The result is “{value}”."),
            ),
        }
    }

    fn text_value(&self, item: &Evidence) -> String {
        let value = self.value(item);
        self.say(
            format!("Prøvesvaret er tekst: »{value}«."),
            format!("The result is text: “{value}”."),
        )
    }

    fn ambiguous(&self, item: &Evidence) -> String {
        let value = self.value(item);
        self.say(
            format!("Tallet »{value}« kan læses på to måder."),
            format!("The number “{value}” can be read in two ways."),
        )
    }

    fn other_unit(&self, criterion: &Criterion, item: &Evidence) -> String {
        let events = self.records.events(item.register);
        let unit = events.map_or("", |e| e.text(item.position, Field::Enhed));
        let asked = compare_of(criterion).map_or("", |c| c.unit.as_str());
        self.say(
            format!("Enheden er {unit}; profilen spørger i {asked}."),
            format!("The unit is {unit}; the profile asks in {asked}."),
        )
    }

    fn before_register(&self, table: Register) -> String {
        let first = self.records.events(table).and_then(crate::records::Events::first_day);
        let from = first.map_or_else(String::new, |day| format!(" ({})", day.danish()));
        let name = register(table, self.language).to_lowercase();
        self.say(
            format!("Forløbet kan være begyndt, før {name} i filen begynder{from}."),
            format!("The course may have begun before {name} in the file does{from}."),
        )
    }

    /// The nearest miss of a criterion that is no: »Seneste eGFR er 62. Kravet er under 60: 2 for
    /// højt.«
    #[must_use]
    pub fn near_miss(&self, criterion: &Criterion, window: Option<(Day, Day)>, miss: &NearMiss) -> String {
        match miss {
            NearMiss::DaysTooOld(item, days) => self.too_old(criterion, window, item, *days),
            NearMiss::DaysTooNew(item, days) => self.too_new(criterion, window, item, *days),
            NearMiss::Value(item, distance) => self.value_off(criterion, item, *distance),
            NearMiss::TooFew { found, needed } => self.too_few(criterion, *found, *needed),
            NearMiss::TooFewDays { found, needed } => self.too_few_days(*found, *needed),
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
        let (what, date) = (self.label(criterion, item), self.date(item));
        let begins = window.map_or_else(String::new, |(from, _)| format!(" {}", from.danish()));
        let days = self.days(days);
        self.say(
            format!("Seneste {what} er {date}, {days} før vinduet begynder{begins}."),
            format!("The latest {what} is {date}, {days} before the window begins{begins}."),
        )
    }

    fn too_new(
        &self,
        criterion: &Criterion,
        window: Option<(Day, Day)>,
        item: &Evidence,
        days: i32,
    ) -> String {
        let (what, date) = (self.label(criterion, item), self.date(item));
        let ends = window.map_or_else(String::new, |(_, to)| format!(" {}", to.danish()));
        let days = self.days(days);
        self.say(
            format!("Første {what} er {date}, {days} efter vinduet slutter{ends}."),
            format!("The first {what} is {date}, {days} after the window ends{ends}."),
        )
    }

    fn value_off(&self, criterion: &Criterion, item: &Evidence, distance: crate::amount::Amount) -> String {
        let which = which(criterion, self.language);
        let events = self.records.events(item.register);
        let name = events.map_or_else(String::new, |e| row::name(e, item));
        let value = self.value(item);
        let Some(compare) = compare_of(criterion) else {
            return self.say(format!("{which} {name} er {value}."), format!("{which} {name} is {value}."));
        };
        let (demand, by) = (self.demand(compare), amount(absolute(distance), self.language));
        let high = matches!(compare.op, Op::Less | Op::AtMost);
        let off = match compare.op {
            Op::Equal => pick(self.language, "fra", "off"),
            _ if high => pick(self.language, "for højt", "too high"),
            _ => pick(self.language, "for lavt", "too low"),
        };
        self.say(
            format!("{which} {name} er {value}. Kravet er {demand}: {by} {off}."),
            format!("{which} {name} is {value}. The requirement is {demand}: {by} {off}."),
        )
    }

    fn too_few(&self, criterion: &Criterion, found: u32, needed: u32) -> String {
        let unit = counted(criterion, self.language);
        let short = number(u64::from(needed.saturating_sub(found)), self.language);
        if found > needed {
            let many = number(u64::from(found - needed), self.language);
            return self.say(
                format!("{found} {unit} er fundet; højst {needed} er tilladt: {many} for meget."),
                format!("{found} {unit} found; at most {needed} allowed: {many} too many."),
            );
        }
        self.say(
            format!("{found} af {needed} {unit} er fundet: {short} for lidt."),
            format!("{found} of {needed} {unit} found: {short} too few."),
        )
    }

    fn too_few_days(&self, found: i32, needed: i32) -> String {
        let short = needed.saturating_sub(found);
        self.say(
            format!("På samme tid i {found} dage; mindst {needed} er krævet: {short} for lidt."),
            format!("At the same time on {found} days; at least {needed} required: {short} too few."),
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

    /// »under 60 mL/min«.
    fn demand(&self, compare: &Compare) -> String {
        let words = match compare.op {
            Op::Less => pick(self.language, "under", "under"),
            Op::AtMost => pick(self.language, "højst", "at most"),
            Op::Greater => pick(self.language, "over", "over"),
            Op::AtLeast => pick(self.language, "mindst", "at least"),
            Op::Equal => pick(self.language, "lig med", "equal to"),
        };
        row::joined(&[words, &amount(compare.limit, self.language), &compare.unit], " ")
    }

    fn value(&self, item: &Evidence) -> String {
        let events = self.records.events(item.register);
        events.map_or_else(String::new, |e| row::answer(e, item.position))
    }

    fn date(&self, item: &Evidence) -> String {
        let day = self.records.events(item.register).and_then(|e| e.day(item.position));
        day.map_or_else(|| pick(self.language, "uden dato", "undated").to_owned(), Day::danish)
    }

    fn days(&self, days: i32) -> String {
        let days = days.unsigned_abs();
        let unit = match days {
            1 => pick(self.language, "dag", "day"),
            _ => pick(self.language, "dage", "days"),
        };
        format!("{} {unit}", number(u64::from(days), self.language))
    }

    // »Diagnosen P15«.
    fn noun(&self, item: &Evidence) -> String {
        let events = self.records.events(item.register);
        let codes = events.map_or_else(String::new, |e| row::codes(e, item.position));
        row::joined(&[row_of(item.register, self.language), &codes], " ")
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

/// »Henvisninger findes ikke i udtrækket.«
#[must_use]
pub fn register_missing(missing: Register, language: Language) -> String {
    let name = register(missing, language);
    match language {
        Language::Danish => format!("{name} findes ikke i udtrækket."),
        Language::English => format!("{name} are not in the export."),
    }
}

/// »02-05-2026 til 02-11-2026«, »til og med 02-11-2026«; empty for an open window.
#[must_use]
pub fn window(window: Option<(Day, Day)>, language: Language) -> String {
    let Some((from, to)) = window else { return String::new() };
    match (from > Day::MIN, to < Day::MAX) {
        (true, true) if from == to => from.danish(),
        (true, true) => {
            format!("{} {} {}", from.danish(), pick(language, "til", "to"), to.danish())
        }
        (true, false) => format!("{} {}", pick(language, "fra", "from"), from.danish()),
        (false, true) => {
            format!("{} {}", pick(language, "til og med", "up to and including"), to.danish())
        }
        (false, false) => String::new(),
    }
}

/// The comparison of a criterion, if it has one.
fn compare_of(criterion: &Criterion) -> Option<&Compare> {
    match &criterion.body {
        Body::Select(Selection { test: Some(Test::Value(compare)), .. }) => Some(compare),
        _ => None,
    }
}

// The codes asked for, if they are few enough to name.
fn asked_for(selection: &Selection) -> String {
    let patterns = selection.codes.as_ref().map_or(&[][..], |codes| &codes.include);
    let shown: Vec<String> = patterns.iter().map(crate::code::Pattern::shown).collect();
    match shown.as_slice() {
        [] => selection.name_contains.join("/"),
        few if few.len() <= 4 => few.join("/"),
        [first, .., last] => format!("{first}–{last}"),
        [_] => String::new(),
    }
}

fn which(criterion: &Criterion, language: Language) -> String {
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

fn counted(criterion: &Criterion, language: Language) -> &'static str {
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

const fn absolute(amount: crate::amount::Amount) -> crate::amount::Amount {
    crate::amount::Amount(amount.0.saturating_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Danish, English};

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    #[test]
    fn windows_read_as_dates() {
        let both = Some((day("2026-05-02"), day("2026-11-02")));
        assert_eq!(window(both, Danish), "02-05-2026 til 02-11-2026");
        assert_eq!(window(both, English), "02-05-2026 to 02-11-2026");
        assert_eq!(window(Some((Day::MIN, day("2026-11-02"))), Danish), "til og med 02-11-2026");
        assert_eq!(window(Some((day("2026-11-02"), Day::MAX)), Danish), "fra 02-11-2026");
        assert_eq!(window(Some((day("2026-11-02"), day("2026-11-02"))), Danish), "02-11-2026");
        assert_eq!(window(Some((Day::MIN, Day::MAX)), Danish), "");
        assert_eq!(window(None, Danish), "");
    }

    #[test]
    fn a_missing_register_is_named() {
        assert_eq!(
            register_missing(Register::Henvisning, Danish),
            "Henvisninger findes ikke i udtrækket."
        );
        assert_eq!(register_missing(Register::Henvisning, English), "Referrals are not in the export.");
    }
}
