//! One sort for whatever is not sorted a million times. The standard sort is compiled anew for every
//! type and key, a few kilobytes of the page each time; here places are sorted, by one copy of it.

use std::cmp::Ordering;

/// Sorts stably by a comparison.
pub fn by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    // As most lists of one patient are.
    if items.is_sorted_by(|one, other| compare(one, other) != Ordering::Greater) {
        return;
    }
    let order = order(items.len(), &mut |one, other| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    place(&order, &mut |one, other| items.swap(one, other));
}

/// Sorts stably by a key.
pub fn by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts stably.
pub fn plain<T: Ord>(items: &mut [T]) {
    by(items, T::cmp);
}

fn order(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| compare(*one, *other));
    order
}

// What belongs to a place stands where it stood, or where an earlier step put it.
fn place(order: &[usize], swap: &mut dyn FnMut(usize, usize)) {
    for place in 0..order.len() {
        let mut from = place;
        while let Some(next) = order.get(from).copied() {
            from = next;
            if from >= place {
                break;
            }
        }
        if from > place {
            swap(place, from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_sort(items in prop::collection::vec((0u8..20, any::<u8>()), 0..200)) {
            let (mut own, mut standard) = (items.clone(), items);
            by_key(&mut own, |item| item.0);
            standard.sort_by_key(|item| item.0);
            prop_assert_eq!(&own, &standard);
            plain(&mut own);
            standard.sort();
            prop_assert_eq!(own, standard);
        }
    }
}
