//! The score of a file: success, and precision, recall and F1 of header, records and cells, 10 in all.

use std::collections::BTreeMap;

use super::table::Record;

/// What a loaded table scores, 0 to 10; `None` = it was refused. Where nothing is expected, loading
/// nothing is right.
pub fn score(expected: &[Record], loaded: Option<&[Record]>) -> f64 {
    if expected.is_empty() {
        return if loaded.is_none_or(<[Record]>::is_empty) { 10.0 } else { 1.0 };
    }
    let Some(loaded) = loaded else { return 0.0 };
    let first = |of: &[Record]| of.first().cloned().unwrap_or_default();
    let records = |of: &[Record]| of.iter().skip(1).map(|record| record.concat()).collect();
    let cells = |of: &[Record]| of.iter().flatten().cloned().collect();
    1.0 + measures(first(expected), first(loaded))
        + measures(records(expected), records(loaded))
        + measures(cells(expected), cells(loaded))
}

/// Precision, recall and F1 of two multisets, added.
#[allow(clippy::cast_precision_loss, reason = "counts of cells")]
fn measures(expected: Vec<String>, loaded: Vec<String>) -> f64 {
    if expected.is_empty() {
        return 3.0;
    }
    let (all, got) = (expected.len() as f64, loaded.len() as f64);
    let mut left = BTreeMap::<String, usize>::new();
    expected.into_iter().for_each(|one| *left.entry(one).or_default() += 1);
    let mut both = 0.0;
    for one in loaded {
        if let Some(count) = left.get_mut(&one).filter(|count| **count > 0) {
            *count -= 1;
            both += 1.0;
        }
    }
    if both == 0.0 {
        return 0.0;
    }
    let (precision, recall) = (both / got, both / all);
    precision + recall + 2.0 * precision * recall / (precision + recall)
}

#[test]
fn a_perfect_table_scores_ten_and_a_missing_row_costs_recall() {
    let table = |rows: usize| -> Vec<Record> {
        (0..=rows).map(|row| vec![format!("a{row}"), format!("b{row}")]).collect()
    };
    let near = |one: f64, other: f64| assert!((one - other).abs() < 1e-9, "{one} {other}");
    near(score(&table(9), Some(&table(9))), 10.0);
    near(score(&table(9), None), 0.0);
    near(score(&[], None), 10.0);
    // Nine of ten records and ten of eleven lines of cells.
    let (records, cells) = (0.9, 10.0 / 11.0);
    let f1 = |recall: f64| 2.0 * recall / (1.0 + recall);
    let rest = 1.0 + 3.0 + (1.0 + records + f1(records)) + (1.0 + cells + f1(cells));
    near(score(&table(10), Some(&table(9))), rest);
}
