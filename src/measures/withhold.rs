//! What of a figure may leave the clinic on paper: small numbers are withheld.
//!
//! The rule is MedCom's for its published medicine tables: groups below 5 are hidden, other numbers
//! stand to the nearest 5, practices below 30 persons are left out. Hidden groups must not follow
//! from those that are shown: neither from the rest of their practice nor from the sum of all.

use super::Figure;

/// Groups of fewer persons are hidden.
pub(super) const LEAST_GROUP: u64 = 5;
/// Practices of fewer persons are left out.
pub(super) const LEAST_PRACTICE: u64 = 30;
/// Numbers stand to the nearest multiple.
const STEP: u64 = 5;

/// A figure as it may be shown to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Both numbers, rounded.
    Counts {
        /// Numerator.
        numerator: u64,
        /// Denominator.
        denominator: u64,
    },
    /// Fewer than 5 persons, or all but so few.
    Few,
    /// It is a practice, or a sum, that would tell of a hidden one.
    Withheld,
}

/// The figures of one measure, in their order: practices, and the one for all (without a number).
///
/// The sum beside practices is the sum of what is shown of them, never a rounding of its own: four
/// practices of 38 persons stand as 40 each, and a sum of 150 beside them says that each is 38.
#[must_use]
pub fn withhold(figures: &[Figure]) -> Vec<Shown> {
    let is_practice = |figure: &Figure| figure.ydernummer.is_some();
    let practices: Vec<Shown> = figures.iter().filter(|one| is_practice(one)).map(one).collect();
    let stray = without_practice(figures);
    // One practice that has everybody is the whole file: its row and the sum say the same.
    let apart = practices.len() > 1 || practices.len() == 1 && stray != (0, 0);
    let of = |figure: &Figure| {
        if apart && !is_practice(figure) { sum_of(&practices, stray) } else { one(figure) }
    };
    figures.iter().map(of).collect()
}

// Persons of the sum whose practice is not known: numerator and denominator.
fn without_practice(figures: &[Figure]) -> (u64, u64) {
    let sum = |practice: bool, number: fn(&Figure) -> u64| -> u64 {
        let of = figures.iter().filter(|figure| figure.ydernummer.is_some() == practice);
        of.map(number).sum()
    };
    let left = |number| sum(false, number).saturating_sub(sum(true, number));
    (left(|figure| figure.numerator), left(|figure| figure.denominator))
}

// Nothing follows from it but the rounded number of those without a practice.
fn sum_of(practices: &[Shown], (part, whole): (u64, u64)) -> Shown {
    if few(part) || part > 0 && whole.saturating_sub(part) < LEAST_GROUP {
        return Shown::Withheld;
    }
    let mut sum = (nearest(part), nearest(whole));
    for shown in practices {
        let Shown::Counts { numerator, denominator } = shown else { return Shown::Withheld };
        sum = (sum.0 + numerator, sum.1 + denominator);
    }
    Shown::Counts { numerator: sum.0, denominator: sum.1 }
}

pub(super) fn few(count: u64) -> bool {
    (1..LEAST_GROUP).contains(&count)
}

fn one(figure: &Figure) -> Shown {
    let (part, whole) = (figure.numerator, figure.denominator);
    if whole < LEAST_PRACTICE {
        return Shown::Withheld;
    }
    // »All of them« says of each one what »none of them« does not.
    if few(part) || whole.saturating_sub(part) < LEAST_GROUP {
        return Shown::Few;
    }
    Shown::Counts { numerator: nearest(part), denominator: nearest(whole) }
}

/// Persons left out of a figure, as they may be shown; `None` = too few to say.
#[must_use]
pub fn rounded(count: u64) -> Option<u64> {
    (!few(count)).then(|| nearest(count))
}

pub(super) const fn nearest(count: u64) -> u64 {
    (count + STEP / 2) / STEP * STEP
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(practice: Option<&str>, numerator: u64, denominator: u64) -> Figure {
        Figure {
            id: "m".into(),
            ydernummer: practice.map(Into::into),
            numerator,
            denominator,
            undecided: 0,
            per: 1000,
        }
    }

    fn counts(numerator: u64, denominator: u64) -> Shown {
        Shown::Counts { numerator, denominator }
    }

    #[test]
    fn small_groups_are_hidden_and_others_rounded() {
        for (numerator, denominator, expected) in [
            (0, 1000, counts(0, 1000)),
            (1, 1000, Shown::Few),
            (4, 1000, Shown::Few),
            (5, 1000, counts(5, 1000)),
            (7, 1002, counts(5, 1000)),
            (8, 1003, counts(10, 1005)),
            (0, 29, Shown::Withheld),
            (10, 29, Shown::Withheld),
            (0, 30, counts(0, 30)),
            (25, 30, counts(25, 30)),
            (26, 30, Shown::Few),
            (30, 30, Shown::Few),
            (0, 0, Shown::Withheld),
        ] {
            let shown = withhold(&[figure(None, numerator, denominator)]);
            assert_eq!(shown, [expected], "{numerator} of {denominator}");
        }
    }

    #[test]
    fn the_sum_does_not_tell_of_a_hidden_practice() {
        let of = |first, second| {
            withhold(&[
                figure(Some("1"), first, 500),
                figure(Some("2"), second, 700),
                figure(None, first + second, 1200),
            ])
        };
        assert_eq!(of(40, 60), [counts(40, 500), counts(60, 700), counts(100, 1200)]);
        assert_eq!(of(40, 3), [counts(40, 500), Shown::Few, Shown::Withheld]);
    }

    #[test]
    fn the_sum_does_not_tell_of_those_without_a_practice() {
        let both = withhold(&[figure(Some("1"), 40, 500), figure(None, 43, 500)]);
        assert_eq!(both, [counts(40, 500), Shown::Withheld]);
        let both = withhold(&[figure(Some("1"), 40, 500), figure(None, 45, 510)]);
        assert_eq!(both, [counts(40, 500), counts(45, 510)]);
        // All of those without a practice have it.
        let both = withhold(&[figure(Some("1"), 40, 500), figure(None, 52, 513)]);
        assert_eq!(both, [counts(40, 500), Shown::Withheld]);
    }

    #[test]
    fn the_sum_is_of_what_is_shown() {
        let all = ["1", "2", "3", "4"].map(|name| figure(Some(name), 38, 498));
        let shown = withhold(&[&all[..], &[figure(None, 152, 1992)]].concat());
        assert_eq!(shown[4], counts(160, 2000));
    }

    #[test]
    fn a_single_practice_is_the_sum() {
        let both = withhold(&[figure(Some("1"), 3, 500), figure(None, 3, 500)]);
        assert_eq!(both, [Shown::Few, Shown::Few]);
        let both = withhold(&[figure(Some("1"), 30, 500), figure(None, 30, 500)]);
        assert_eq!(both, [counts(30, 500), counts(30, 500)]);
    }

    #[test]
    fn persons_left_out_are_rounded_too() {
        assert_eq!([0, 1, 4, 5, 8].map(rounded), [Some(0), None, None, Some(5), Some(10)]);
    }
}
