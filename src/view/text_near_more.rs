//! Sentences for »nej«, continued: too many, answers, derived values, ages, other criteria.

use crate::amount::Amount;
use crate::day::Day;
use crate::evaluate::Evidence;
use crate::evaluate::explain::NearMiss;
use crate::profile::plan::{
    Body, Compare, Criterion, CriterionId, Derived, Op, Outside, PatientTest, Selection, Test, Unit,
};
use crate::schema::Field;
use crate::truth::Truth;
use crate::view::person::sex_word;
use crate::view::row;
use crate::view::text_near::{asked_for, counted, which};
use crate::view::text_why::{Topic, compare_of};
use crate::view::words::{field, lower_first, number, pick, upper_first};

impl Topic<'_> {
    pub(super) fn too_many(&self, criterion: &Criterion, found: u32, allowed: u32) -> String {
        let unit = counted(criterion, self.language);
        let many = number(u64::from(found.saturating_sub(allowed)), self.language);
        let most = match allowed {
            0 => pick(self.language, "ingen er tilladt", "none is allowed").to_owned(),
            _ => self
                .say(format!("højst {allowed} er tilladt"), format!("at most {allowed} allowed")),
        };
        self.say(
            format!("{found} {unit} er fundet; {most}: {many} for meget."),
            format!("{found} {unit} found; {most}: {many} too many."),
        )
    }

    /// »Seneste CRP er »negativ«. Kravet er »positiv«.«
    pub(super) fn other_answer(&self, criterion: &Criterion, item: &Evidence) -> String {
        let which = which(criterion, self.language);
        let events = self.records.events(item.register);
        let name = events.map_or_else(String::new, |e| row::name(e, item));
        let (value, demand) = (self.value(item), self.answer_wanted(criterion));
        self.say(
            format!("{which} {name} er »{value}«. Kravet er {demand}."),
            format!("{which} {name} is “{value}”. The requirement is {demand}."),
        )
    }

    fn answer_wanted(&self, criterion: &Criterion) -> String {
        let quoted = |answer: &String| self.say(format!("»{answer}«"), format!("“{answer}”"));
        match test_of(criterion) {
            Some(Test::Value(compare)) => self.demand(compare),
            Some(Test::Answer(answers)) => {
                let all: Vec<String> = answers.iter().map(quoted).collect();
                all.join(pick(self.language, " eller ", " or "))
            }
            Some(Test::Reference(Outside::Below)) => {
                pick(self.language, "under laboratoriets område", "below the laboratory's range")
                    .to_owned()
            }
            Some(Test::Reference(Outside::Above)) => {
                pick(self.language, "over laboratoriets område", "above the laboratory's range")
                    .to_owned()
            }
            Some(Test::Reference(Outside::Either)) => pick(
                self.language,
                "uden for laboratoriets område",
                "outside the laboratory's range",
            )
            .to_owned(),
            None => pick(self.language, "et andet svar", "another answer").to_owned(),
        }
    }

    pub(super) fn none_in_window(&self, criterion: &Criterion, rows: u32) -> String {
        let what = selection_of(criterion).map(asked_for).unwrap_or_default();
        let count = number(u64::from(rows), self.language);
        let with = if what.is_empty() { String::new() } else { format!(" {what}") };
        let (danish, english) = if with.is_empty() { ("", "") } else { (" med", " with") };
        let (rows_da, rows_en) = if rows == 1 { ("række", "row") } else { ("rækker", "rows") };
        self.say(
            format!("{count} {rows_da}{danish}{with} i filen; ingen af dem hører til perioden."),
            format!("{count} {rows_en}{english}{with} in the file; none belongs to the period."),
        )
    }

    pub(super) fn spread(&self, criterion: &Criterion, days: i32) -> String {
        let Some((op, limit)) = selection_of(criterion).and_then(|s| s.spread) else {
            return String::new();
        };
        let compare = whole(op, limit);
        let off = self.off(&compare, Amount::whole(i64::from(days) - i64::from(limit)));
        let (days, demand) = (self.days(days), self.demand(&compare));
        self.say(
            format!("{days} fra første til sidste. Kravet er {demand}: {off}."),
            format!("{days} from first to last. The requirement is {demand}: {off}."),
        )
    }

    pub(super) fn number_off(&self, criterion: &Criterion, value: Amount, by: Amount) -> String {
        let Some(compare) = compare_of(criterion) else { return String::new() };
        let value = crate::view::words::amount(value, self.language);
        let (what, demand, off) =
            (self.measured(criterion), self.demand(compare), self.off(compare, by));
        self.say(
            format!("{what}: {value}. Kravet er {demand}: {off}."),
            format!("{what}: {value}. The requirement is {demand}: {off}."),
        )
    }

    fn measured(&self, criterion: &Criterion) -> &'static str {
        let (danish, english) = match selection_of(criterion).and_then(|s| s.derived.as_ref()) {
            Some(Derived::Products) => {
                ("Præparater på indeksdatoen", "Medicines on the index date")
            }
            Some(Derived::CoveredDays) => ("Dækkede dage", "Days covered"),
            Some(Derived::Mean) => ("Gennemsnit", "Mean"),
            Some(Derived::DaysSince) => ("Dage siden seneste", "Days since the latest"),
            Some(Derived::MonthsSince) => ("Måneder siden seneste", "Months since the latest"),
            Some(Derived::DaysBetween { .. }) => ("Dage mellem de to", "Days between the two"),
            Some(Derived::Omeq) => ("OMEQ i mg pr. døgn", "OMEQ in mg a day"),
            Some(Derived::DddSum) => ("Sum af DDD", "Sum of DDDs"),
            Some(Derived::UnitSum) => ("Enheder", "Units"),
            Some(Derived::OmeqSum) => ("OMEQ i alt i mg", "Total OMEQ in mg"),
            _ => ("Tallet", "The number"),
        };
        pick(self.language, danish, english)
    }

    /// »Forløbet er fra 02-12-2025, 181 dage. Kravet er mindst 6 mdr: 1 dag for kort.«
    pub(super) fn duration_off(
        &self,
        criterion: &Criterion,
        start: Day,
        days: i32,
        by: i32,
    ) -> String {
        let Some(compare) = compare_of(criterion) else { return String::new() };
        let off = match compare.op {
            Op::Less | Op::AtMost => pick(self.language, "for langt", "too long"),
            Op::Greater | Op::AtLeast => pick(self.language, "for kort", "too short"),
            Op::Equal => pick(self.language, "fra", "off"),
        };
        let event = matches!(
            selection_of(criterion).and_then(|s| s.derived.as_ref()),
            Some(Derived::DaysSince)
        );
        let what = match event {
            true => pick(self.language, "Seneste er fra", "The latest is from"),
            false => pick(self.language, "Forløbet er fra", "The course is from"),
        };
        let (start, by) = (start.danish(), self.days(by));
        let ahead = if days < 0 { pick(self.language, "om ", "in ") } else { "" };
        let days = format!("{ahead}{}", self.days(days));
        let demand = self.demand(compare);
        self.say(
            format!("{what} {start}, {days}. Kravet er {demand}: {by} {off}."),
            format!("{what} {start}, {days}. The requirement is {demand}: {by} {off}."),
        )
    }

    /// »Ophold på 95 dage; højst 92 er tilladt: 3 dage for langt.«
    pub(super) fn gap(&self, days: i32, allowed: i32) -> String {
        let by = self.days(days.saturating_sub(allowed));
        let days = self.days(days);
        self.say(
            format!("Ophold på {days}; højst {allowed} er tilladt: {by} for langt."),
            format!("A gap of {days}; at most {allowed} allowed: {by} too long."),
        )
    }

    /// The criterion that this one counts from or between, and why that one is no.
    pub(super) fn named(&self, other: CriterionId) -> String {
        let Some(criterion) = self.plan.criteria.get(other.0) else { return String::new() };
        let said = if criterion.text.is_empty() { &criterion.id } else { &criterion.text };
        let said = lower_first(said.trim_end_matches('.'));
        let trace = self.explanation.criteria.get(other.0);
        if trace.is_none_or(|trace| trace.truth != Truth::No) {
            return self.say(
                format!("Ingen dato at regne fra: {said}."),
                format!("No day to count from: {said}."),
            );
        }
        let near = trace.and_then(|t| t.near_miss.as_ref().map(|miss| (t.window, miss)));
        let near = match near {
            // Reasons point at other criteria; a second step adds nothing.
            Some((_, NearMiss::Named(_))) | None => String::new(),
            Some((window, miss)) => self.near_miss(criterion, window, miss),
        };
        let lead = self.say(
            format!("Et krav, der regnes fra, er ikke opfyldt: {said}."),
            format!("A criterion that is counted from is not met: {said}."),
        );
        format!("{lead} {near}").trim_end().to_owned()
    }

    pub(super) fn age_off(&self, criterion: &Criterion, found: i32, by: i32) -> String {
        let Body::Patient(tests) = &criterion.body else { return String::new() };
        let failing = tests.iter().find_map(|test| match test {
            PatientTest::Age { op, number, unit } if !op.holds(&found, number) => {
                Some((*op, *number, *unit))
            }
            _ => None,
        });
        let Some((op, limit, unit)) = failing else { return String::new() };
        let compare = whole(op, limit);
        let off = self.off(&compare, Amount::whole(i64::from(by)));
        let (unit, demand) = (self.unit(unit), self.demand(&compare));
        self.say(
            format!("Alderen er {found} {unit}. Kravet er {demand}: {off}."),
            format!("The age is {found} {unit}. The requirement is {demand}: {off}."),
        )
    }

    fn unit(&self, unit: Unit) -> &'static str {
        let (danish, english) = match unit {
            Unit::Years => ("år", "years"),
            Unit::Months => ("måneder", "months"),
            Unit::Weeks => ("uger", "weeks"),
            Unit::Days => ("dage", "days"),
        };
        pick(self.language, danish, english)
    }

    /// »Køn: mand.«
    pub(super) fn patient_says(&self, said: Field) -> String {
        let patients = &self.records.patients;
        let patient = self.explanation.patient;
        let value = match said {
            Field::Koen => patients.sex(patient).map(|sex| sex_word(sex, self.language).to_owned()),
            Field::TilmeldtDato => patients.date(patient, said).map(Day::danish),
            _ => Some(patients.text(patient, said).to_owned()),
        };
        let name = upper_first(&field(said, self.language));
        format!("{name}: {}.", value.unwrap_or_default())
    }

    /// »Født 12-03-2024.«, for ages that the summary does not say.
    pub(super) fn birth(&self) -> Option<String> {
        let birth = self.records.patients.birth(self.explanation.patient)?.danish();
        Some(self.say(format!("Født {birth}."), format!("Born {birth}.")))
    }

    /// Of a group without records: the member that makes it no.
    #[must_use]
    pub fn fulfilled(&self, criterion: &Criterion) -> String {
        let said = if criterion.text.is_empty() { &criterion.id } else { &criterion.text };
        let said = lower_first(said.trim_end_matches('.'));
        self.say(format!("Opfyldt er: {said}."), format!("Met is: {said}."))
    }
}

fn whole(op: Op, limit: i32) -> Compare {
    Compare { op, limit: Amount::whole(i64::from(limit)), unit: String::new() }
}

fn selection_of(criterion: &Criterion) -> Option<&Selection> {
    match &criterion.body {
        Body::Select(selection) => Some(selection),
        _ => None,
    }
}

fn test_of(criterion: &Criterion) -> Option<&Test> {
    selection_of(criterion).and_then(|selection| selection.test.as_ref())
}
