//! Sorting rows by patient and day: two stable counting passes, no comparison.

/// Rows in order, and where each patient's begin.
pub struct Order {
    /// Row numbers by patient, day, place in the file.
    pub rows: Vec<u32>,
    /// `patients + 1` offsets into `rows`.
    pub offsets: Vec<u32>,
}

/// Sorts rows by patient rank, then day (the largest value last), then row.
pub fn by_patient_and_day(ranks: &[u32], days: &[i32], patients: usize) -> Order {
    let by_day = by_day(days);
    let rank = |row: u32| ranks.get(row as usize).map_or(0, |rank| *rank as usize);
    let (rows, offsets) = counting(&by_day, patients, rank);
    Order { rows, offsets }
}

fn by_day(days: &[i32]) -> Vec<u32> {
    let rows: Vec<u32> = (0..u32::try_from(days.len()).unwrap_or(u32::MAX)).collect();
    if days.is_sorted() {
        return rows;
    }
    let dated = || days.iter().copied().filter(|day| *day != i32::MAX);
    let (first, last) = (dated().min().unwrap_or(0), dated().max().unwrap_or(0));
    let span = usize::try_from(i64::from(last) - i64::from(first) + 2).unwrap_or(usize::MAX);
    if span > 1 << 22 {
        let mut rows = rows;
        rows.sort_by_key(|row| days.get(*row as usize));
        return rows;
    }
    let key = |row: u32| {
        let day = days.get(row as usize).copied().unwrap_or(i32::MAX);
        if day == i32::MAX { span - 1 } else { usize::try_from(day - first).unwrap_or(0) }
    };
    counting(&rows, span, key).0
}

/// Stable counting sort of `rows` by a key below `buckets`; also the offsets of the buckets.
fn counting(rows: &[u32], buckets: usize, key: impl Fn(u32) -> usize) -> (Vec<u32>, Vec<u32>) {
    let mut offsets = vec![0u32; buckets + 1];
    for row in rows {
        if let Some(count) = offsets.get_mut(key(*row) + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for offset in &mut offsets {
        sum += *offset;
        *offset = sum;
    }
    let mut next = offsets.clone();
    let mut out = vec![0; rows.len()];
    for row in rows {
        if let Some(at) = next.get_mut(key(*row)) {
            if let Some(slot) = out.get_mut(*at as usize) {
                *slot = *row;
            }
            *at += 1;
        }
    }
    (out, offsets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_a_stable_sort(rows in proptest::collection::vec((0u32..7, prop_oneof![-50i32..50, Just(i32::MAX)]), 0..60)) {
            let ranks: Vec<u32> = rows.iter().map(|r| r.0).collect();
            let days: Vec<i32> = rows.iter().map(|r| r.1).collect();
            let order = by_patient_and_day(&ranks, &days, 7);
            let mut plain: Vec<u32> = (0..rows.len() as u32).collect();
            plain.sort_by_key(|row| rows[*row as usize]);
            prop_assert_eq!(&order.rows, &plain);
            for patient in 0..7 {
                let (from, to) = (order.offsets[patient] as usize, order.offsets[patient + 1] as usize);
                prop_assert!(order.rows[from..to].iter().all(|row| ranks[*row as usize] == patient as u32));
            }
        }
    }
}
