//! The word that was probably meant.

use crate::note::Said;
use crate::sort;

/// Longer words are no slips of a known one.
pub(super) const LONGEST: usize = 60;

/// The candidate with the fewest slips, if it is near enough to be meant: at most one slip in
/// three characters.
pub(super) fn nearest<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    if written.chars().count() > LONGEST {
        return None;
    }
    let written: Vec<char> = written.to_lowercase().chars().collect();
    let within = |candidate: &&str| written.len().max(candidate.chars().count()).div_ceil(3);
    candidates
        .into_iter()
        .filter(|c| c.chars().count() <= LONGEST)
        .map(|c| (distance(&written, &c.chars().collect::<Vec<_>>()), c))
        .filter(|(slips, c)| *slips <= within(c))
        .min()
        .map(|(_, c)| c)
}

/// »Mente du …?«, else the whole list where it is short, else nothing.
pub(super) fn did_you_mean<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str> + Clone,
) -> Said {
    if let Some(word) = nearest(written, candidates.clone()) {
        return Said::new(format!("mente du »{word}«?"), format!("did you mean `{word}`?"));
    }
    let mut all: Vec<_> = candidates.into_iter().collect();
    if all.is_empty() || all.len() > 40 {
        return Said::default();
    }
    sort::plain(&mut all);
    Said::new(format!("kendt her: {}", all.join(", ")), format!("known here: {}", all.join(", ")))
}

/// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut least =
                (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = j > 0 && i > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                least = least.min(at(&before_last, j - 1) + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        let chars = |t: &str| t.chars().collect::<Vec<_>>();
        for (a, b, slips) in
            [("vindu", "vindue", 1), ("vidnue", "vindue", 1), ("", "abc", 3), ("koder", "koder", 0)]
        {
            assert_eq!(distance(&chars(a), &chars(b)), slips, "{a} {b}");
        }
    }

    #[test]
    fn only_near_words_are_suggested() {
        assert_eq!(nearest("vindu", ["vindue", "vaerdi"]), Some("vindue"));
        assert_eq!(nearest("Seneste", ["seneste"]), Some("seneste"));
        assert_eq!(nearest("__proto__", ["profil", "population", "format"]), None);
    }
}
