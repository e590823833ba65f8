//! The order of a list (rule R22 and the default order of every list).

use std::cmp::Ordering;

use super::{AGE, CPR, Content, Entry, Kept, List, MARKERS, MISSING, NAME, Source};
use crate::profile::plan::{MarkerLevel, SortKey};
use crate::sort;
use crate::truth::Truth;
use crate::view::cell::{self, Key};
use crate::view::fold::sort_key;
use crate::view::{ListKind, person};

// Orders kept: the default and a few column sorts gone back and forth between.
const ORDERS_KEPT: usize = 4;

impl List<'_> {
    pub(super) fn order(&self, sort: Option<&(String, bool)>, kept: &mut Kept) -> Vec<u32> {
        if let Some((_, order)) = kept.orders.iter().find(|(key, _)| key.as_ref() == sort) {
            return order.clone();
        }
        let keys = match sort {
            Some((key, descending)) => vec![(*descending, self.keys(key, kept))],
            None => self.default_keys(kept),
        };
        let order = sorted(self.entries.len(), &keys);
        if kept.orders.len() >= ORDERS_KEPT {
            kept.orders.remove(0);
        }
        kept.orders.push((sort.cloned(), order.clone()));
        order
    }

    // The profile's order, else that of every list; undecided patients by reason first.
    fn default_keys(&self, kept: &mut Kept) -> Vec<(bool, Vec<Key>)> {
        let mut keys = Vec::new();
        if self.source.kind == ListKind::Undecided {
            keys.push((false, self.keys(MISSING, kept)));
        }
        let sorting = &self.source.evaluator.plan.sorting;
        if sorting.is_empty() {
            keys.push((true, self.keys(MARKERS, kept)));
            keys.push((true, self.keys(AGE, kept)));
        }
        for key in sorting {
            keys.push((key.descending, self.sorting_keys(key, kept)));
        }
        keys
    }

    fn sorting_keys(&self, key: &SortKey, kept: &mut Kept) -> Vec<Key> {
        if key.by == MARKERS {
            return self.entries.iter().map(|entry| self.markers_that_are_yes(entry)).collect();
        }
        let fixed = [CPR, NAME, AGE];
        let titled = self.columns.iter().find(|(view, _)| view.title == key.by);
        match titled {
            Some((view, _)) if !fixed.contains(&key.by.as_str()) => self.keys(&view.key, kept),
            _ => self.keys(&key.by, kept),
        }
    }

    fn keys(&self, column: &str, kept: &mut Kept) -> Vec<Key> {
        if column == MISSING {
            let reasons = self.keep_reasons(kept);
            return reasons.iter().map(|reason| Key::Text(sort_key(reason))).collect();
        }
        let content = self.columns.iter().find(|(view, _)| view.key == column);
        let Some((_, content)) = content else { return vec![Key::None; self.entries.len()] };
        if let Content::Column(column) = content {
            let Source { evaluator, unread, .. } = self.source;
            let patients = self.entries.iter().map(|entry| entry.patient);
            return cell::keys(evaluator, patients, column, unread);
        }
        self.entries.iter().map(|entry| self.key(entry, *content)).collect()
    }

    fn key(&self, entry: &Entry<'_>, content: Content<'_>) -> Key {
        let Source { evaluator, .. } = self.source;
        let patients = &evaluator.records.patients;
        match content {
            Content::Markers => self.marker_weight(entry),
            Content::Cpr => Key::Number(i64::from(entry.patient.0)),
            Content::Name => person::name(patients, entry.patient)
                .map_or(Key::None, |name| Key::Text(sort_key(&name))),
            Content::Age => person::age(patients, entry.patient, evaluator.index_date)
                .map_or(Key::Unknown, |years| Key::Number(i64::from(years))),
            Content::Missing | Content::Column(_) => Key::None,
        }
    }

    // Red, unknown on a red marker, yellow, blue.
    fn marker_weight(&self, entry: &Entry<'_>) -> Key {
        let count = |level, truth| self.count(entry, level, truth);
        weight([
            count(MarkerLevel::Red, Truth::Yes),
            count(MarkerLevel::Red, Truth::Unknown),
            count(MarkerLevel::Yellow, Truth::Yes),
            count(MarkerLevel::Blue, Truth::Yes),
        ])
    }

    // Rule R22: red, yellow, blue that are yes; nothing else.
    fn markers_that_are_yes(&self, entry: &Entry<'_>) -> Key {
        let count = |level| self.count(entry, level, Truth::Yes);
        weight([count(MarkerLevel::Red), count(MarkerLevel::Yellow), count(MarkerLevel::Blue), 0])
    }

    fn count(&self, entry: &Entry<'_>, level: MarkerLevel, truth: Truth) -> i64 {
        let markers = self.source.evaluator.plan.markers.iter().zip(entry.markers);
        let found = markers.filter(|(marker, is)| marker.level == level && **is == truth).count();
        i64::try_from(found).unwrap_or(i64::MAX)
    }
}

// Up to 65,535 markers of each kind, most important first.
fn weight(counts: [i64; 4]) -> Key {
    Key::Number(counts.iter().fold(0, |sum, count| (sum << 15) | (*count).min(0x7fff)))
}

// INVARIANT: entries come in CPR order and the sort is stable, so ties are by CPR.
fn sorted(count: usize, keys: &[(bool, Vec<Key>)]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
    sort::by(&mut order, |a, b| {
        let compare = |(descending, keys): &(bool, Vec<Key>)| match (
            keys.get(*a as usize),
            keys.get(*b as usize),
        ) {
            (Some(a), Some(b)) => a.compare(b, *descending),
            _ => Ordering::Equal,
        };
        keys.iter().map(compare).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_stay_in_cpr_order_whichever_way_is_sorted() {
        let keys = vec![Key::Number(1), Key::Number(2), Key::Number(1), Key::None, Key::Number(2)];
        assert_eq!(sorted(5, &[(true, keys.clone())]), [1, 4, 0, 2, 3]);
        assert_eq!(sorted(5, &[(false, keys)]), [0, 2, 1, 4, 3]);
    }

    #[test]
    fn later_keys_decide_ties() {
        let first = vec![Key::Number(1), Key::Number(1), Key::Number(2)];
        let second = vec![Key::Number(40), Key::Number(80), Key::Number(10)];
        assert_eq!(sorted(3, &[(true, first), (true, second)]), [2, 1, 0]);
    }

    #[test]
    fn one_red_marker_weighs_more_than_many_yellow_ones() {
        let red = weight([1, 0, 0, 0]);
        let unknown_red = weight([0, 1, 0, 0]);
        let yellow = weight([0, 0, 40_000, 7]);
        assert!(red > unknown_red && unknown_red > yellow && yellow > weight([0, 0, 0, 9]));
    }
}
