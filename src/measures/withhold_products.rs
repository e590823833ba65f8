//! What of a product table may leave the clinic: the rule of [`super::withhold`], cell by cell.
//!
//! A hidden line must follow neither from the total of its unit nor from the other units: where a
//! line is hidden, the total has no rows and no defined daily doses, and no persons if they tell
//! how many are on hidden lines alone.

use super::products::{Products, Tally, Unit};
use super::withhold::{LEAST_GROUP, LEAST_PRACTICE, few, nearest};

/// A tally as it may be shown to others; rounded to the nearest 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownTally {
    /// All of it.
    Whole {
        /// Persons.
        persons: u64,
        /// Rows.
        rows: u64,
        /// Defined daily doses.
        defined: u64,
        /// Of some rows they are not known.
        at_least: bool,
    },
    /// Persons alone; only of a total.
    Persons(u64),
    /// Fewer than 5 persons.
    Few,
    /// Would tell of something hidden, or of too few.
    Withheld,
}

/// A unit as it may be shown to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownUnit {
    /// One per line.
    pub lines: Vec<ShownTally>,
    /// The total; shares are of its persons, and hidden with them.
    pub total: ShownTally,
}

impl ShownTally {
    /// Persons, where they are shown.
    #[must_use]
    pub const fn persons(self) -> Option<u64> {
        match self {
            Self::Whole { persons, .. } | Self::Persons(persons) => Some(persons),
            Self::Few | Self::Withheld => None,
        }
    }

    const fn is_whole(self) -> bool {
        matches!(self, Self::Whole { .. })
    }
}

/// The units of a table, in their order.
#[must_use]
pub fn withhold(table: &Products) -> Vec<ShownUnit> {
    let mut shown: Vec<ShownUnit> = table.units.iter().map(lines_of).collect();
    let (practices, sums): (Vec<usize>, Vec<usize>) =
        (0..shown.len()).partition(|at| is_practice(table, *at));
    close_totals(table, &mut shown, &practices);
    // One practice that has everybody is the whole file: its rows and the sum say the same.
    let sum = sums.first().and_then(|at| table.units.get(*at));
    let apart = sum.is_some_and(|sum| practices.len() > 1 || stray(table, sum, None) > 0);
    for at in sums {
        for line in 0..table.lines.len() {
            let hidden = practices.iter().any(|one| is_hidden(table, &shown, *one, line));
            let tells = few(table.units.get(at).map_or(0, |sum| stray(table, sum, Some(line))));
            if apart && (hidden || tells) {
                hide(&mut shown, at, line);
            }
        }
    }
    let sums: Vec<usize> = (0..shown.len()).filter(|at| !practices.contains(at)).collect();
    close_totals(table, &mut shown, &sums);
    let closed = practices
        .iter()
        .any(|at| shown.get(*at).is_some_and(|unit| unit.total.persons().is_none()));
    let tells = sum.is_some_and(|sum| few(stray(table, sum, None)));
    for at in sums.into_iter().filter(|_| apart && (closed || tells)) {
        if let Some(unit) = shown.get_mut(at) {
            unit.total = ShownTally::Withheld;
        }
    }
    shown
}

fn is_practice(table: &Products, at: usize) -> bool {
    table.units.get(at).is_some_and(|unit| unit.ydernummer.is_some())
}

fn persons(unit: &Unit, line: Option<usize>) -> u64 {
    match line {
        Some(line) => unit.lines.get(line).map_or(0, |tally| tally.persons),
        None => unit.total.persons,
    }
}

// Persons of the sum, on a line or at all, whose practice is not known.
fn stray(table: &Products, sum: &Unit, line: Option<usize>) -> u64 {
    let practices = table.units.iter().filter(|unit| unit.ydernummer.is_some());
    persons(sum, line).saturating_sub(practices.map(|unit| persons(unit, line)).sum())
}

fn is_hidden(table: &Products, shown: &[ShownUnit], at: usize, line: usize) -> bool {
    let has_some = table.units.get(at).is_some_and(|unit| persons(unit, Some(line)) > 0);
    let seen = shown.get(at).and_then(|unit| unit.lines.get(line));
    has_some && !seen.is_some_and(|tally| tally.is_whole())
}

fn hide(shown: &mut [ShownUnit], at: usize, line: usize) {
    if let Some(tally) = shown.get_mut(at).and_then(|unit| unit.lines.get_mut(line))
        && tally.is_whole()
    {
        *tally = ShownTally::Withheld;
    }
}

// Each line by itself; the total as if none were hidden.
fn lines_of(unit: &Unit) -> ShownUnit {
    let all = unit.total.persons;
    let left = |tally: &Tally| all.saturating_sub(tally.persons);
    if all < LEAST_PRACTICE || unit.lines.iter().any(|tally| few(left(tally))) {
        let lines = vec![ShownTally::Withheld; unit.lines.len()];
        return ShownUnit { lines, total: ShownTally::Withheld };
    }
    // Where there is one product only, it is the total; else »all of them« says of each one what
    // »none of them« does not.
    let several = unit.lines.iter().filter(|tally| tally.persons > 0).count() > 1;
    let line = |tally: &Tally| match tally.persons {
        persons if few(persons) => ShownTally::Few,
        persons if several && all - persons < LEAST_GROUP => ShownTally::Withheld,
        _ => whole(tally),
    };
    ShownUnit { lines: unit.lines.iter().map(line).collect(), total: whole(&unit.total) }
}

fn whole(tally: &Tally) -> ShownTally {
    let defined = tally.defined.numerator() / tally.defined.denominator().max(1);
    ShownTally::Whole {
        persons: nearest(tally.persons),
        rows: nearest(tally.rows),
        defined: nearest(u64::try_from(defined).unwrap_or(0)),
        at_least: tally.undefined > 0,
    }
}

// What a total says beside hidden lines.
fn close_totals(table: &Products, shown: &mut [ShownUnit], which: &[usize]) {
    for (at, (unit, seen)) in table.units.iter().zip(shown.iter_mut()).enumerate() {
        let pairs = || unit.lines.iter().zip(&seen.lines);
        let hidden = pairs().any(|(tally, seen)| tally.persons > 0 && !seen.is_whole());
        let on_shown: u64 =
            pairs().filter(|(_, seen)| seen.is_whole()).map(|(tally, _)| tally.persons).sum();
        if which.contains(&at) && hidden && seen.total.is_whole() {
            seen.total = if on_shown < unit.total.persons {
                ShownTally::Withheld
            } else {
                ShownTally::Persons(nearest(unit.total.persons))
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::products::Line;
    use crate::ratio::Ratio;

    fn tally(persons: u64) -> Tally {
        let defined = Ratio::whole(i64::try_from(persons * 10).unwrap());
        Tally { persons, rows: persons * 3, defined, undefined: 0 }
    }

    fn table(units: &[(Option<&str>, &[u64], u64)]) -> Products {
        let unit = |(name, lines, total): &(Option<&str>, &[u64], u64)| Unit {
            ydernummer: name.map(Into::into),
            lines: lines.iter().copied().map(tally).collect(),
            total: tally(*total),
            perhaps: 0,
        };
        let lines = vec![Line::default(); units[0].1.len()];
        Products { lines, units: units.iter().map(unit).collect() }
    }

    /// Persons, `~` where rows and doses are hidden, `<` = few, `-` = withheld; the total last.
    fn said(units: &[(Option<&str>, &[u64], u64)]) -> Vec<String> {
        let one = |tally: &ShownTally| match tally {
            ShownTally::Whole { persons, .. } => persons.to_string(),
            ShownTally::Persons(persons) => format!("{persons}~"),
            ShownTally::Few => "<".to_owned(),
            ShownTally::Withheld => "-".to_owned(),
        };
        let unit = |unit: &ShownUnit| {
            unit.lines.iter().chain([&unit.total]).map(one).collect::<Vec<_>>().join(" ")
        };
        withhold(&table(units)).iter().map(unit).collect()
    }

    #[test]
    fn one_unit_row_by_row() {
        for (rule, lines, total, expected) in [
            ("others to the nearest 5", &[42, 38][..], 78, "40 40 80"),
            ("a unit of fewer than 30 is left out", &[20, 20], 29, "- - -"),
            ("30 is enough", &[20, 20], 30, "20 20 30"),
            (
                "fewer than 5 are hidden, and the total's rows with them",
                &[40, 38, 4],
                70,
                "40 40 < 70~",
            ),
            ("5 are shown", &[40, 38, 5], 70, "40 40 5 70"),
            ("persons of the total that tell of a hidden line", &[40, 33, 4], 77, "40 35 < -"),
            ("all but 1 to 4: the whole unit", &[67, 38], 70, "- - -"),
            ("all but 5", &[65, 38], 70, "65 40 70"),
            ("everybody, and others besides", &[70, 38], 70, "- 40 -"),
            ("one product is the total", &[70, 0], 70, "70 0 70"),
            ("zero is shown where nothing is hidden", &[40, 0, 35], 70, "40 0 35 70"),
        ] {
            assert_eq!(said(&[(None, lines, total)]), [expected], "{rule}");
        }
    }

    #[test]
    fn the_whole_file_does_not_tell_of_a_practice() {
        let (a, b) = (Some("A"), Some("B"));
        // A line that is hidden in one practice is hidden in the sum.
        let units = [(a, &[40, 3, 45][..], 80), (b, &[40, 30, 45], 80), (None, &[80, 33, 90], 160)];
        assert_eq!(said(&units), ["40 < 45 80~", "40 30 45 80", "80 - 90 160~"]);
        // A practice that is left out leaves the sum with nothing to subtract from.
        let units = [(a, &[10, 10][..], 20), (b, &[40, 45], 80), (None, &[50, 55], 100)];
        assert_eq!(said(&units), ["- - -", "40 45 80", "- - -"]);
        // Persons whose practice is not known.
        let units = [(a, &[40, 45][..], 80), (None, &[43, 45], 83)];
        assert_eq!(said(&units), ["40 45 80", "- 45 -"]);
        // One practice with everybody is the sum.
        let units = [(a, &[40, 45][..], 80), (None, &[40, 45], 80)];
        assert_eq!(said(&units), ["40 45 80", "40 45 80"]);
    }

    #[test]
    fn rows_and_doses_are_rounded_too() {
        let shown = withhold(&table(&[(None, &[42, 38], 78)]));
        let expected = ShownTally::Whole { persons: 40, rows: 125, defined: 420, at_least: false };
        assert_eq!(shown[0].lines[0], expected);
        assert_eq!(shown[0].total.persons(), Some(80));
    }
}
