//! The patient's own fields (rule R4 and the patient keys).

use crate::cpr::Sex;
use crate::day::Day;
use crate::evaluate::explain::{NearMiss, UnknownReason};
use crate::evaluate::run::Run;
use crate::evaluate::trace::Recorder;
use crate::profile::plan::{Op, PatientTest, Shift, Unit};
use crate::schema::Field;
use crate::truth::Truth;

impl<R: Recorder> Run<'_, '_, R> {
    /// All must hold; a field that is not known gives unknown. Birth date and sex stand in the CPR
    /// number, so that they are known without a patient register, too.
    pub fn patient_tests(&mut self, tests: &[PatientTest]) -> Truth {
        let mut least = Truth::Yes;
        for test in tests {
            let (truth, reason) = self.patient_test(test);
            if truth == Truth::Unknown {
                self.recorder.unknown(reason);
            }
            if R::ON && truth == Truth::No && least != Truth::No {
                self.recorder.near_miss(self.patient_miss(test));
            }
            least = least.min(truth);
        }
        least
    }

    fn patient_miss(&self, test: &PatientTest) -> NearMiss {
        let patients = &self.evaluator.records.patients;
        match test {
            PatientTest::Age { number, unit, .. } => {
                let birth = patients.birth(self.patient);
                let found = birth.map_or(0, |birth| age(birth, self.evaluator.index_date, *unit));
                NearMiss::Age { found, by: found.abs_diff(*number).cast_signed() }
            }
            PatientTest::Female(_) => NearMiss::PatientField(Field::Koen),
            PatientTest::InsuranceGroup(_) => NearMiss::PatientField(Field::Sikringsgruppe),
            PatientTest::PostalCode(_) => NearMiss::PatientField(Field::Postnummer),
            PatientTest::ListedFor { .. } => NearMiss::PatientField(Field::TilmeldtDato),
        }
    }

    fn patient_test(&self, test: &PatientTest) -> (Truth, UnknownReason) {
        let patients = &self.evaluator.records.patients;
        let index = self.evaluator.index_date;
        let text = |field| patients.text(self.patient, field);
        let (said, field) = match test {
            PatientTest::Age { op, number, unit } => {
                let birth = patients.birth(self.patient);
                let known = birth.map(|birth| op.holds(&age(birth, index, *unit), number));
                return (or_unknown(known), UnknownReason::NoBirthDate);
            }
            PatientTest::Female(female) => {
                let sex = patients.sex(self.patient);
                (sex.map(|sex| (sex == Sex::Female) == *female), Field::Koen)
            }
            PatientTest::InsuranceGroup(group) => {
                let group = |found| found == u32::from(*group);
                (only_number(text(Field::Sikringsgruppe)).map(group), Field::Sikringsgruppe)
            }
            PatientTest::PostalCode(patterns) => {
                (postal_code(text(Field::Postnummer), patterns), Field::Postnummer)
            }
            PatientTest::ListedFor { op, duration } => {
                let since = patients.date(self.patient, Field::TilmeldtDato);
                let long = since.map(|since| lasts(since, index, *op, *duration));
                (long, Field::TilmeldtDato)
            }
        };
        (or_unknown(said), UnknownReason::PatientField(field))
    }
}

fn or_unknown(said: Option<bool>) -> Truth {
    said.map_or(Truth::Unknown, Truth::known)
}

/// Completed years, months or weeks; the birthday counts.
fn age(birth: Day, index: Day, unit: Unit) -> i32 {
    let days = index.0 - birth.0;
    match unit {
        Unit::Years => birth.years_until(index),
        Unit::Months => birth.months_until(index),
        Unit::Weeks => days.div_euclid(7),
        Unit::Days => days,
    }
}

/// »1«, »Gruppe 2«: the only number in the text.
pub(crate) fn only_number(text: &str) -> Option<u32> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let number = numbers.next()?.parse().ok()?;
    numbers.next().is_none().then_some(number)
}

/// »3400 Hillerød« and »DK-3400« hold the code and more.
pub(crate) fn postal_code_of(text: &str) -> Option<&str> {
    Some(text.split_whitespace().next()?.trim_start_matches("DK-"))
}

fn postal_code(text: &str, patterns: &[String]) -> Option<bool> {
    let code = postal_code_of(text)?;
    let fits = |pattern: &String| match pattern.strip_suffix('*') {
        Some(stem) => code.starts_with(stem),
        None => code == pattern,
    };
    Some(patterns.iter().any(fits))
}

/// Has something that began on `since` lasted so long on `index`? In months and years: begun on or
/// before the day that lies so far back (rule R3).
pub(crate) fn lasts(since: Day, index: Day, op: Op, duration: Shift) -> bool {
    let back = Shift { count: duration.count.saturating_neg(), ..duration };
    let limit = back.from(index);
    match op {
        Op::AtLeast => since <= limit,
        Op::Greater => since < limit,
        Op::Less => since > limit,
        Op::AtMost => since >= limit,
        Op::Equal => since == limit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    #[test]
    fn completed_units() {
        let index = day("2026-06-01");
        for (birth, unit, expected) in [
            ("2008-06-01", Unit::Years, 18),
            ("2008-06-02", Unit::Years, 17),
            ("2026-01-02", Unit::Months, 4),
            ("2026-01-01", Unit::Months, 5),
            ("2026-04-06", Unit::Weeks, 8),
            ("2026-04-07", Unit::Weeks, 7),
            ("2026-06-02", Unit::Weeks, -1),
        ] {
            assert_eq!(age(day(birth), index, unit), expected, "{birth} {unit:?}");
        }
    }

    #[test]
    fn insurance_groups_and_postal_codes_as_exports_write_them() {
        assert_eq!(only_number("1"), Some(1));
        assert_eq!(only_number("Gruppe 2"), Some(2));
        assert_eq!(only_number(""), None);
        assert_eq!(only_number("1 eller 2"), None);
        let patterns = ["3400".to_owned(), "27*".to_owned()];
        assert_eq!(postal_code("3400 Hillerød", &patterns), Some(true));
        assert_eq!(postal_code("2750", &patterns), Some(true));
        assert_eq!(postal_code("3401", &patterns), Some(false));
        assert_eq!(postal_code(" ", &patterns), None);
    }

    #[test]
    fn listed_for_at_least_a_year() {
        let year = Shift { count: 12, unit: Unit::Months };
        let index = day("2026-06-01");
        assert!(lasts(day("2025-06-01"), index, Op::AtLeast, year));
        assert!(!lasts(day("2025-06-01"), index, Op::Greater, year));
        assert!(!lasts(day("2025-06-02"), index, Op::AtLeast, year));
        assert!(lasts(day("2025-06-02"), index, Op::Less, year));
    }

    /// Of less, equal and more, exactly one holds, at the end of a month, too.
    #[test]
    fn a_time_is_shorter_equal_or_longer() {
        for count in [1, 12] {
            let duration = Shift { count, unit: Unit::Months };
            let index = day("2026-03-31");
            for since in 0..500 {
                let since = index.add_days(-since);
                let holds = |op| lasts(since, index, op, duration);
                let count = [Op::Less, Op::Equal, Op::Greater].into_iter().filter(|op| holds(*op));
                assert_eq!(count.count(), 1, "{since:?}");
                assert_eq!(holds(Op::AtLeast), holds(Op::Greater) || holds(Op::Equal));
                assert_eq!(holds(Op::AtMost), holds(Op::Less) || holds(Op::Equal));
            }
        }
    }
}
