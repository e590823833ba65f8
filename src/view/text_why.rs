//! Sentences of the why panel: reasons for »ukendt«, near misses, windows, verdicts.

use crate::day::Day;
use crate::evaluate::{Evidence, Explanation, UnknownReason};
use crate::note::Language;
use crate::profile::plan::{Body, Compare, Criterion, Op, Plan, Selection, Test};
use crate::records::Records;
use crate::schema::{Field, Register};
use crate::view::words::{amount, field, lower_first, pick, register, row_of};
use crate::view::{row, text_receipt};

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
    pub(crate) fn say(&self, danish: String, english: String) -> String {
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
            UnknownReason::Dose(item) => self.dose(item),
            UnknownReason::AsNeeded(item) => self.as_needed(item),
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

    // The column is not there, or a row's cell does not say enough.
    fn field_missing(&self, table: Register, missing: Field) -> String {
        let is_there = self.records.events(table).is_some_and(|events| events.has_field(missing));
        let table = register(table, self.language).to_lowercase();
        let missing = field(missing, self.language);
        if is_there {
            return self.say(
                format!("Kolonnen {missing} siger ikke nok for en af rækkerne i {table}."),
                format!("The column {missing} does not say enough for one of the rows in {table}."),
            );
        }
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
        // Undated with a date in it: the end stands before the start.
        if self.records.events(item.register).is_some_and(|e| row::day(e, item).is_some()) {
            return self.say(
                format!("{what} har en slutdato, der ligger før start."),
                format!("{what} has an end before its start."),
            );
        }
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
            None => {
                self.say(format!("Prøvesvaret er »{value}«."), format!("The result is “{value}”."))
            }
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

    // »Dosis af N02AX02 kan ikke opgøres: …«, with the reason of the receipt.
    fn dose(&self, item: &Evidence) -> String {
        let what = self.noun(item);
        let receipts = self.explanation.criteria.iter().filter_map(|trace| trace.receipt.as_ref());
        let why = receipts
            .filter_map(|receipt| text_receipt::missing(receipt, item.position, self.language))
            .next();
        let why = why.map_or_else(String::new, |why| format!(": {why}"));
        self.say(
            format!("Dosis kan ikke opgøres for {}{why}.", lower_first(&what)),
            format!("The dose cannot be counted for {}{why}.", lower_first(&what)),
        )
    }

    fn as_needed(&self, item: &Evidence) -> String {
        let what = self.noun(item);
        self.say(
            format!("{what} har en dosis efter behov eller fra og til, som afgør svaret."),
            format!("{what} has a dose as needed or from–to, which decides the answer."),
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

    /// »under 60 mL/min«.
    pub(crate) fn demand(&self, compare: &Compare) -> String {
        let words = match compare.op {
            Op::Less => pick(self.language, "under", "under"),
            Op::AtMost => pick(self.language, "højst", "at most"),
            Op::Greater => pick(self.language, "over", "over"),
            Op::AtLeast => pick(self.language, "mindst", "at least"),
            Op::Equal => pick(self.language, "lig med", "equal to"),
        };
        row::joined(&[words, &amount(compare.limit, self.language), &compare.unit], " ")
    }

    pub(crate) fn value(&self, item: &Evidence) -> String {
        let events = self.records.events(item.register);
        events.map_or_else(String::new, |e| row::answer(e, item.position))
    }

    pub(crate) fn date(&self, item: &Evidence) -> String {
        let day = self.records.events(item.register).and_then(|e| row::day(e, item));
        day.map_or_else(|| pick(self.language, "uden dato", "undated").to_owned(), Day::danish)
    }

    // »Diagnosen P15«.
    fn noun(&self, item: &Evidence) -> String {
        let events = self.records.events(item.register);
        let codes = events.map_or_else(String::new, |e| row::code(e, item.position));
        row::joined(&[row_of(item.register, self.language), &codes], " ")
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

/// »Regnes fra: har diagnosen P15«, of a criterion that another one counts from.
#[must_use]
pub fn counted_from(text: &str, language: Language) -> String {
    format!("{}: {}", pick(language, "Regnes fra", "Counted from"), lower_first(text))
}

/// The comparison of a criterion, if it has one.
pub(crate) fn compare_of(criterion: &Criterion) -> Option<&Compare> {
    match &criterion.body {
        Body::Select(Selection { test: Some(Test::Value(compare)), .. }) => Some(compare),
        _ => None,
    }
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
        assert_eq!(
            register_missing(Register::Henvisning, English),
            "Referrals are not in the export."
        );
    }
}
