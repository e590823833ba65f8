//! `aktuelt_forloeb` and `laengste_forloeb`: rows joined over short gaps (rule R17).

use crate::day::Day;
use crate::evaluate::bind::{Select, Source};
use crate::evaluate::compare::Interval;
use crate::evaluate::derived::Number;
use crate::evaluate::hit::{Doubt, Hit};
use crate::evaluate::period::Period;
use crate::evaluate::select::{event_day, matching};
use crate::records::PatientId;

/// The course that the index date lies in, or at most `gap_days` after.
pub(crate) fn current(
    select: &Select<'_>,
    source: &Source<'_>,
    patient: PatientId,
    index: Day,
    gap_days: i32,
    used: &mut Vec<Hit>,
) -> Number {
    let Some(courses) = courses(select, source, patient, index, gap_days, used) else {
        return Number::Unknown;
    };
    match courses.last() {
        Some((start, end)) if index <= end.add_days(gap_days) => Number::Since {
            start: *start,
            until: index,
            days: index.0.saturating_sub(start.0),
            at_least: may_have_begun_earlier(source, *start, gap_days),
        },
        _ => Number::None,
    }
}

/// The longest course, both ends counted, cut at the index date.
pub(crate) fn longest(
    select: &Select<'_>,
    source: &Source<'_>,
    patient: PatientId,
    index: Day,
    gap_days: i32,
    used: &mut Vec<Hit>,
) -> Number {
    let Some(courses) = courses(select, source, patient, index, gap_days, used) else {
        return Number::Unknown;
    };
    let cut = courses.iter().map(|(start, end)| (*start, (*end).min(index)));
    // Of equally long ones, one that may have begun before the register decides.
    let length = |(start, end): &(Day, Day)| {
        (end.0 - start.0, may_have_begun_earlier(source, *start, gap_days))
    };
    // No course at all is a length of nought; only `aktuelt_forloeb` is nej without one.
    let Some((start, end)) = cut.clone().max_by_key(length) else {
        return Number::Within(Interval::days(0, Some(0)));
    };
    let at_least = cut.clone().any(|(start, _)| may_have_begun_earlier(source, start, gap_days));
    Number::Since { start, until: end.add_days(1), days: end.0 - start.0 + 1, at_least }
}

/// Days without treatment that end the course before the current one, or before the index date:
/// what keeps a course from being longer. `None` = there is no earlier course.
pub(crate) fn interruption(
    select: &Select<'_>,
    source: &Source<'_>,
    patient: PatientId,
    index: Day,
    gap_days: i32,
) -> Option<i32> {
    let courses = courses(select, source, patient, index, gap_days, &mut Vec::new())?;
    match courses.as_slice() {
        [.., (_, end)] if index > end.add_days(gap_days) => Some(index.0 - end.0),
        [.., (_, end), (start, _)] => Some(start.0 - end.0 - 1),
        _ => None,
    }
}

// Joined courses, in order; `None` = an undated row, or one that belongs here only perhaps, makes
// them unknown. Rows that start after the index date are left out.
fn courses(
    select: &Select<'_>,
    source: &Source<'_>,
    patient: PatientId,
    index: Day,
    gap_days: i32,
    used: &mut Vec<Hit>,
) -> Option<Vec<(Day, Day)>> {
    let mut spans = Vec::new();
    for (position, doubt) in matching(source, patient) {
        let period = source.periods.of(position);
        let doubt = match period {
            Period::None => continue,
            Period::Runs { from, .. } if from > index => continue,
            Period::Runs { from, to, .. } => {
                spans.push((from, to));
                doubt
            }
            Period::Undated | Period::Until(_) => Some(Doubt::Undated),
        };
        let day = event_day(select.register(), source, position);
        used.push(Hit { position, day, doubt, assumed_end: period.assumed_end() });
    }
    used.iter().all(Hit::sure).then(|| join(spans, gap_days))
}

// Joined when at most `gap_days` uncovered days lie between.
fn join(mut spans: Vec<(Day, Day)>, gap_days: i32) -> Vec<(Day, Day)> {
    crate::sort::plain(&mut spans);
    let mut joined: Vec<(Day, Day)> = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        match joined.last_mut() {
            Some((_, end)) if from <= end.add_days(gap_days).add_days(1) => *end = (*end).max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

// The register covers the time before the course only for less than a gap, or not at all: a start
// that is written may lie before the first event.
fn may_have_begun_earlier(source: &Source<'_>, start: Day, gap_days: i32) -> bool {
    let first = source.events.first_day();
    first.is_some_and(|first| start < first.add_days(gap_days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_of_exactly_gab_joins_and_one_more_does_not() {
        // 1–10, then 16–20: five uncovered days.
        let spans = vec![(Day(16), Day(20)), (Day(1), Day(10))];
        assert_eq!(join(spans.clone(), 5), [(Day(1), Day(20))]);
        assert_eq!(join(spans, 4), [(Day(1), Day(10)), (Day(16), Day(20))]);
    }

    #[test]
    fn a_short_row_inside_a_long_one_does_not_end_it() {
        let spans = vec![(Day(1), Day(100)), (Day(5), Day(6)), (Day(101), Day(102))];
        assert_eq!(join(spans, 0), [(Day(1), Day(102))]);
    }
}
