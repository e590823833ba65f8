//! Opioid treatment over time: courses with their gaps, how the present one began, and whether the
//! daily sum is new, stable, rising or tapering. States what the records hold; judges nothing.
//!
//! The lengths and the percentage are data: `profiles/factors/forloeb.csv`, each with its source.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::evaluate::history::Histories;
use crate::opioid::sum::Sum;
use crate::ratio::Ratio;
use crate::records::PatientId;

const FILE: &str = include_str!("../../profiles/factors/forloeb.csv");

/// The numbers of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// At most so many days without treatment lie inside a course.
    pub gap_days: i32,
    /// So many days without an opioid make the next course a new one.
    pub washout_days: i32,
    /// A new course is new for so many days.
    pub new_days: i32,
    /// The sum is compared with the one so many days earlier.
    pub compare_days: i32,
    /// More than so many per cent is a change.
    pub change_percent: i32,
}

/// The numbers, and key, number and source of each for people.
#[must_use]
pub fn measure() -> Measure {
    static MEASURE: OnceLock<Measure> = OnceLock::new();
    *MEASURE.get_or_init(|| {
        let number = |wanted: &str| {
            lines().find(|(key, ..)| *key == wanted).map_or(0, |(_, number, _)| number)
        };
        Measure {
            gap_days: number("hul_dage"),
            washout_days: number("fri_dage"),
            new_days: number("ny_dage"),
            compare_days: number("sammenlign_dage"),
            change_percent: number("aendring_procent"),
        }
    })
}

/// Key, number and source of each line of the file.
pub fn lines() -> impl Iterator<Item = (&'static str, i32, &'static str)> {
    FILE.lines().skip(1).filter_map(|line| {
        let mut cells = line.splitn(3, ',');
        let (key, number, source) = (cells.next()?, cells.next()?, cells.next()?);
        Some((key, number.parse().ok()?, source.trim_matches('"')))
    })
}

/// How the present course began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Onset {
    /// There is no earlier opioid in the records, and they reach back far enough to say so.
    First,
    /// After at least the washout without an opioid.
    Again,
    /// Sooner after an earlier course.
    Soon,
    /// The records do not reach back far enough, or a row has no dates.
    Unknown,
}

/// The daily sum on the index date beside the one of some days earlier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trend {
    /// No opioid runs on the index date.
    NotRunning,
    /// The course has just begun, after the washout.
    New,
    /// More than before.
    Rising,
    /// Within the percentage.
    Stable,
    /// Less than before.
    Tapering,
    /// A dose or a date is missing, or only as-needed doses run.
    #[default]
    Unknown,
}

/// A patient's opioid treatment as seen on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Treated {
    /// First and last day of each course, in order; the last may run on ([`Day::MAX`]). Rows that
    /// begin after the day are left out.
    pub courses: Vec<(Day, Day)>,
    /// A row has no dates: there may be more courses, or longer ones.
    pub undated: bool,
    /// How the last course began.
    pub onset: Onset,
    /// New, rising, stable or tapering.
    pub trend: Trend,
    /// The sum on the day, and the one it is held against.
    pub sums: (Sum, Sum),
}

impl Histories<'_> {
    /// Courses, onset and trend on a day.
    #[must_use]
    pub fn treated(&self, patient: PatientId, day: Day, measure: Measure) -> Treated {
        let rows: Vec<_> = self.counted_spans(patient).collect();
        let spans = rows.iter().filter_map(|(from, to)| Some(((*from)?, (*to)?)));
        let courses = joined(spans.filter(|(from, _)| *from <= day).collect(), measure.gap_days);
        let undated = rows.iter().any(|(from, _)| from.is_none());
        let onset = self.onset(&courses, undated, measure);
        let before = day.add_days(-measure.compare_days);
        let sums = self.on_both(patient, (day, before));
        let trend = match courses.last() {
            Some((from, to)) if day <= *to => trend(*from, day, onset, &sums, measure),
            _ if undated => Trend::Unknown,
            _ => Trend::NotRunning,
        };
        Treated { courses, undated, onset, trend, sums }
    }

    fn onset(&self, courses: &[(Day, Day)], undated: bool, measure: Measure) -> Onset {
        let reaches = |day: Day| self.first_day().is_some_and(|first| first <= day);
        match courses {
            _ if undated => Onset::Unknown,
            [] => Onset::Unknown,
            [.., (_, end), (start, _)] => {
                let free = start.0.saturating_sub(end.0).saturating_sub(1);
                if free >= measure.washout_days { Onset::Again } else { Onset::Soon }
            }
            [(start, _)] if reaches(start.add_days(-measure.washout_days)) => Onset::First,
            [_] => Onset::Unknown,
        }
    }
}

/// Spans joined where at most so many days lie between them.
fn joined(mut spans: Vec<(Day, Day)>, gap_days: i32) -> Vec<(Day, Day)> {
    crate::sort::plain(&mut spans);
    let mut out: Vec<(Day, Day)> = Vec::new();
    for (from, to) in spans {
        match out.last_mut() {
            Some((_, end)) if from.0.saturating_sub(end.0).saturating_sub(1) <= gap_days => {
                *end = (*end).max(to);
            }
            _ => out.push((from, to)),
        }
    }
    out
}

fn trend(from: Day, day: Day, onset: Onset, (now, before): &(Sum, Sum), m: Measure) -> Trend {
    if from.add_days(m.new_days) > day {
        match onset {
            Onset::First | Onset::Again => return Trend::New,
            Onset::Unknown => return Trend::Unknown,
            Onset::Soon => {}
        }
    }
    if now.missing > 0
        || before.missing > 0
        || (now.fixed, before.fixed) == (Ratio::ZERO, Ratio::ZERO)
    {
        return Trend::Unknown;
    }
    let part = |percent: i32| before.fixed.times(Ratio::new(i64::from(percent), 100)?);
    let (Some(more), Some(less)) = (part(100 + m.change_percent), part(100 - m.change_percent))
    else {
        return Trend::Unknown;
    };
    match now.fixed {
        sum if sum > more => Trend::Rising,
        sum if sum < less => Trend::Tapering,
        _ => Trend::Stable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_every_number_and_its_source() {
        let keys: Vec<_> = lines().map(|(key, ..)| key).collect();
        assert_eq!(
            keys,
            ["hul_dage", "fri_dage", "ny_dage", "sammenlign_dage", "aendring_procent"]
        );
        assert!(lines().all(|(_, number, source)| number > 0 && !source.is_empty()));
        assert!(measure().gap_days > 0 && measure().change_percent > 0);
    }

    #[test]
    fn a_gap_of_just_so_many_days_joins() {
        let spans = vec![(Day(20), Day(25)), (Day(1), Day(10)), (Day(3), Day(4))];
        assert_eq!(joined(spans.clone(), 9), [(Day(1), Day(25))]);
        assert_eq!(joined(spans, 8), [(Day(1), Day(10)), (Day(20), Day(25))]);
        assert_eq!(joined(vec![(Day(1), Day::MAX), (Day(5), Day(6))], 0), [(Day(1), Day::MAX)]);
    }

    const M: Measure = Measure {
        gap_days: 5,
        washout_days: 100,
        new_days: 20,
        compare_days: 10,
        change_percent: 10,
    };

    fn of(now: i64, before: i64) -> (Sum, Sum) {
        let sum = |number| Sum { fixed: Ratio::whole(number), ..Sum::default() };
        (sum(now), sum(before))
    }

    #[test]
    fn a_change_must_be_more_than_the_percentage() {
        let trend = |now, before| trend(Day(0), Day(50), Onset::Soon, &of(now, before), M);
        assert_eq!(trend(110, 100), Trend::Stable);
        assert_eq!(trend(111, 100), Trend::Rising);
        assert_eq!(trend(90, 100), Trend::Stable);
        assert_eq!(trend(89, 100), Trend::Tapering);
        assert_eq!(trend(10, 0), Trend::Rising);
        assert_eq!(trend(0, 0), Trend::Unknown);
    }

    #[test]
    fn new_is_new_for_so_many_days_and_only_after_the_washout() {
        let trend = |day, onset| trend(Day(0), Day(day), onset, &of(100, 100), M);
        assert_eq!(trend(19, Onset::First), Trend::New);
        assert_eq!(trend(20, Onset::First), Trend::Stable);
        assert_eq!(trend(19, Onset::Again), Trend::New);
        assert_eq!(trend(19, Onset::Soon), Trend::Stable);
        assert_eq!(trend(19, Onset::Unknown), Trend::Unknown);
    }

    #[test]
    fn a_missing_dose_says_nothing_of_a_trend() {
        let (now, mut before) = of(100, 50);
        before.missing = 1;
        let found = trend(Day(0), Day(50), Onset::First, &(now, before), M);
        assert_eq!(found, Trend::Unknown);
    }
}
