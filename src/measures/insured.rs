//! The number of insured: of the patient file, or typed by the user.

use std::collections::BTreeMap;

use super::Figure;

/// Typed numbers by provider number; under the empty text that of the whole file.
pub type Insured = BTreeMap<String, u64>;

/// More insured than any practice has: a slip of the fingers.
const MOST: u64 = 10_000_000;

/// Where a denominator is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The file.
    File,
    /// Typed.
    Typed(u64),
    /// Typed for some provider numbers, the rest from the file.
    PartlyTyped,
    /// The typed number is less than the numerator; there is no figure.
    TooSmall(u64),
}

/// A whole number above 0, also with a point before each three digits.
#[must_use]
pub fn read(text: &str) -> Option<u64> {
    let text = text.trim();
    let mut parts = text.split('.');
    let first = parts.next()?;
    let grouped = (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3);
    if text.contains('.') && !grouped {
        return None;
    }
    let digits = text.replace('.', "");
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    let number = is_number.then(|| digits.parse().ok()).flatten();
    number.filter(|number| (1..=MOST).contains(number))
}

/// The figures of one measure with the numbers that were typed. The whole file's is the sum of what
/// was typed for its provider numbers and the file's own for the others.
#[must_use]
pub fn apply(figures: Vec<Figure>, insured: &Insured) -> Vec<(Figure, Source)> {
    let swapped = |(old, new): (u64, u64), figure: &Figure| {
        let key = figure.ydernummer.as_ref();
        let typed = key.and_then(|key| insured.get(key));
        typed.map_or((old, new), |typed| (old + figure.denominator, new + typed))
    };
    let (old, new) = figures.iter().fold((0, 0), swapped);
    let one = |figure: Figure| {
        let key = figure.ydernummer.as_deref().unwrap_or_default();
        match insured.get(key) {
            Some(typed) => with(figure, *typed, Source::Typed(*typed)),
            None if figure.ydernummer.is_none() && new > 0 => {
                let sum = figure.denominator.saturating_sub(old) + new;
                let all = figure.denominator == old;
                with(figure, sum, if all { Source::Typed(sum) } else { Source::PartlyTyped })
            }
            None => (figure, Source::File),
        }
    };
    figures.into_iter().map(one).collect()
}

fn with(figure: Figure, number: u64, source: Source) -> (Figure, Source) {
    if number < figure.numerator {
        return (Figure { denominator: 0, ..figure }, Source::TooSmall(number));
    }
    (Figure { denominator: number, ..figure }, source)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(practice: Option<&str>, numerator: u64, denominator: u64) -> Figure {
        let ydernummer = practice.map(Into::into);
        Figure { id: "m".into(), ydernummer, numerator, denominator, undecided: 0, per: 1000 }
    }

    #[test]
    fn what_is_typed_is_a_whole_number_above_0() {
        for (text, expected) in [
            ("1905", Some(1905)),
            (" 1.905 ", Some(1905)),
            ("1.234.567", Some(1_234_567)),
            ("1", Some(1)),
            ("0", None),
            ("-5", None),
            ("+5", None),
            ("12,5", None),
            ("12.5", None),
            ("1905.", None),
            (".905", None),
            ("mange", None),
            ("", None),
            ("99999999999999999999", None),
            ("10000001", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn the_whole_file_follows_what_was_typed_for_its_practices() {
        let figures =
            || vec![figure(Some("A"), 40, 500), figure(Some("B"), 30, 700), figure(None, 70, 1200)];
        let said = |insured: &[(&str, u64)]| -> Vec<(u64, Source)> {
            let insured =
                insured.iter().map(|(key, number)| ((*key).to_owned(), *number)).collect();
            let applied = apply(figures(), &insured);
            applied.into_iter().map(|(figure, source)| (figure.denominator, source)).collect()
        };
        let (file, typed) = (Source::File, Source::Typed);
        assert_eq!(said(&[]), [(500, file), (700, file), (1200, file)]);
        assert_eq!(
            said(&[("A", 600)]),
            [(600, typed(600)), (700, file), (1300, Source::PartlyTyped)]
        );
        let both = said(&[("A", 600), ("B", 800)]);
        assert_eq!(both, [(600, typed(600)), (800, typed(800)), (1400, typed(1400))]);
        assert_eq!(said(&[("", 1905)]), [(500, file), (700, file), (1905, typed(1905))]);
        assert_eq!(said(&[("A", 39)])[0], (0, Source::TooSmall(39)));
        assert_eq!(said(&[("A", 40)])[0], (40, typed(40)));
    }

    /// Sanity values: 112 users of 1,600 insured are 70 per 1,000.
    #[test]
    fn the_national_level_of_a_practice_of_1600() {
        let one = apply(vec![figure(None, 112, 900)], &Insured::from([(String::new(), 1600)]));
        let (figure, _) = &one[0];
        assert_eq!(figure.numerator * 1000, 70 * figure.denominator);
    }
}
