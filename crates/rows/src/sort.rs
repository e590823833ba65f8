//! Sorting rows by patient and day: one stable counting pass by patient that carries the day
//! along, then each patient's few rows among themselves. Exports mostly come patient by patient, so
//! both stay in the cache.

#![expect(clippy::indexing_slicing, reason = "ranks are below the number of patients")]

use crate::ROWS_AT_ONCE;

/// Rows in order, and where each patient's begin.
#[derive(Debug)]
pub struct Order {
    /// Day (the largest value last), and below it the row number: by patient, day, place in the
    /// file.
    keys: Vec<u64>,
    /// `patients + 1` offsets into the rows.
    pub offsets: Vec<u32>,
}

impl Order {
    /// Days and rows from one place to another.
    pub fn part(&self, from: u32, to: u32) -> impl Iterator<Item = (i32, u32)> + Clone {
        let keys = self.keys.get(from as usize..to as usize).unwrap_or_default();
        keys.iter().map(|key| unpacked(*key))
    }
}

/// Patients that one call deals with.
const PATIENTS: usize = 256;

/// Sorts rows by patient rank (below `patients`), then day, then row.
#[must_use]
pub fn by_patient_and_day(ranks: &[u32], days: &[i32], patients: usize) -> Order {
    let offsets = offsets(ranks, patients);
    let mut next = offsets.clone();
    let mut keys = vec![0; ranks.len()];
    for (block, (ranks, days)) in
        (0..).zip(ranks.chunks(ROWS_AT_ONCE).zip(days.chunks(ROWS_AT_ONCE)))
    {
        scatter(ranks, days, block * ROWS_AT_ONCE as u32, &mut next, &mut keys);
    }
    let starts = (0..patients).step_by(PATIENTS);
    for start in starts {
        let end = (start + PATIENTS).min(patients);
        order(&offsets[start..=end], &mut keys);
    }
    Order { keys, offsets }
}

fn offsets(ranks: &[u32], patients: usize) -> Vec<u32> {
    let mut offsets = vec![0; patients + 1];
    ranks.chunks(ROWS_AT_ONCE).for_each(|ranks| count(ranks, &mut offsets));
    let mut sum = 0;
    for offset in &mut offsets {
        sum += *offset;
        *offset = sum;
    }
    offsets
}

#[inline(never)]
fn count(ranks: &[u32], counts: &mut [u32]) {
    for rank in ranks {
        counts[*rank as usize + 1] += 1;
    }
}

#[inline(never)]
fn scatter(ranks: &[u32], days: &[i32], first_row: u32, next: &mut [u32], keys: &mut [u64]) {
    for (row, (rank, day)) in (first_row..).zip(ranks.iter().zip(days)) {
        let at = &mut next[*rank as usize];
        keys[*at as usize] = packed(*day, row);
        *at += 1;
    }
}

#[inline(never)]
fn order(offsets: &[u32], keys: &mut [u64]) {
    for range in offsets.windows(2) {
        let mine = &mut keys[range[0] as usize..range[1] as usize];
        if !mine.is_sorted() {
            mine.sort_unstable();
        }
    }
}

// The sign bit is turned, so that days before 1970 come first.
fn packed(day: i32, row: u32) -> u64 {
    u64::from(day.cast_unsigned() ^ 1 << 31) << 32 | u64::from(row)
}

#[expect(clippy::cast_possible_truncation, reason = "the two halves of the key")]
fn unpacked(key: u64) -> (i32, u32) {
    (((key >> 32) as u32 ^ 1 << 31).cast_signed(), key as u32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_a_stable_sort(rows in proptest::collection::vec((0u32..7, prop_oneof![-50i32..50, Just(i32::MAX)]), 0..60)) {
            let ranks: Vec<u32> = rows.iter().map(|r| r.0).collect();
            let days: Vec<i32> = rows.iter().map(|r| r.1).collect();
            let order = super::by_patient_and_day(&ranks, &days, 7);
            let mut plain: Vec<u32> = (0..rows.len() as u32).collect();
            plain.sort_by_key(|row| rows[*row as usize]);
            let plain: Vec<(i32, u32)> = plain.iter().map(|row| (days[*row as usize], *row)).collect();
            prop_assert_eq!(order.part(0, rows.len() as u32).collect::<Vec<_>>(), plain);
            for patient in 0..7 {
                let mut mine = order.part(order.offsets[patient], order.offsets[patient + 1]);
                prop_assert!(mine.all(|(_, row)| ranks[row as usize] == patient as u32));
            }
        }
    }
}
