//! One pass over the rows of a register.

use std::collections::BTreeMap;

use super::Topic;
use crate::day::Day;
use crate::records::{Events, PatientId, Standing};
use crate::schema::Register;

/// Months that are shown one by one, up to the month of the export.
pub const MONTHS: i32 = 60;

/// What one pass finds.
#[derive(Clone, Debug)]
pub struct Tally {
    /// First day of the first month that is shown.
    pub first: Day,
    /// Rows per day, from [`Self::first`] to the end of the last month.
    pub by_day: Vec<u64>,
    /// Dated rows before that.
    pub before: u64,
    /// Dated rows behind it.
    pub after: u64,
    /// Rows without a date.
    pub undated: u64,
    /// Rows dated after the day of the export.
    pub after_export: u64,
    /// Rows dated after the index date.
    pub after_index: u64,
    /// Rows without a code.
    pub without_code: u64,
    /// Rows by [`Events::code_id`].
    pub by_code: Vec<u64>,
    /// Patients with a row, by standing.
    pub standings: BTreeMap<Standing, u64>,
}

/// Counts the rows of a register; of `patient`, only the patients.
#[must_use]
pub fn tally(topic: &Topic<'_>, of: Register) -> Tally {
    let (first, end) = window(topic.export_day);
    let days = usize::try_from(end.0 - first.0).unwrap_or(0);
    let patients = &topic.records.patients;
    let events = topic.records.events(of);
    let groups = events.map_or(&[][..], Events::code_groups);
    let mut tally = Tally {
        first,
        by_day: vec![0; days],
        before: 0,
        after: 0,
        undated: 0,
        after_export: 0,
        after_index: 0,
        without_code: 0,
        by_code: vec![0; groups.len()],
        standings: BTreeMap::new(),
    };
    for patient in patients.ids() {
        let standing = patients.standing(patient);
        let here = match events {
            Some(events) => rows(topic, events, patient, &mut tally),
            None => of == Register::Patient && standing != Standing::NotInRegister,
        };
        if here {
            *tally.standings.entry(standing).or_insert(0) += 1;
        }
    }
    let without = groups.iter().zip(&tally.by_code).filter(|(group, _)| group.is_empty());
    tally.without_code = without.map(|(_, rows)| rows).sum();
    tally
}

/// The first day that is shown and the one after the last.
#[must_use]
pub fn window(export_day: Day) -> (Day, Day) {
    let (year, month, _) = export_day.ymd();
    let end = Day::from_ymd(year, month, 1).unwrap_or(export_day).add_months(1);
    (end.add_months(-MONTHS), end)
}

// Called per patient: see `records::sort` on what browsers compile well.
#[inline(never)]
fn rows(topic: &Topic<'_>, events: &Events, patient: PatientId, tally: &mut Tally) -> bool {
    let mine = events.of(patient);
    let here = !mine.is_empty();
    for position in mine {
        if let Some(count) = tally.by_code.get_mut(events.code_id(position)) {
            *count += 1;
        }
        match events.day(position) {
            None => tally.undated += 1,
            Some(day) => {
                tally.after_export += u64::from(day > topic.export_day);
                tally.after_index += u64::from(day > topic.index_date);
                tally.date(day);
            }
        }
    }
    here
}

impl Tally {
    fn date(&mut self, day: Day) {
        match usize::try_from(day.0 - self.first.0).map(|at| self.by_day.get_mut(at)) {
            Ok(Some(count)) => *count += 1,
            Ok(None) => self.after += 1,
            Err(_) => self.before += 1,
        }
    }
}
