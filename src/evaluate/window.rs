//! Windows in days, and where a row stands to them (rules R2, R3, R8).

use crate::day::Day;
use crate::profile::plan::{Bound, Window};

/// A window whose shifts are resolved; closed at both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// First day, [`Day::MIN`] for `*`.
    pub from: Day,
    /// Last day, [`Day::MAX`] for `*`.
    pub to: Day,
    /// A row without a date is surely inside (rule R8, `tid = "dato"` only).
    pub holds_undated: bool,
}

/// Where something stands to a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Surely outside.
    Outside,
    /// No date says.
    Perhaps,
    /// Surely inside.
    Inside,
}

impl Span {
    /// Counts the shifts of `window` from `base`.
    pub fn new(window: Window, base: Day, index_date: Day) -> Self {
        let from = resolve(window.from, base, Day::MIN);
        let to = resolve(window.to, base, Day::MAX);
        Self { from, to, holds_undated: window.from == Bound::Open && to >= index_date }
    }

    /// One day; a row without a date is only perhaps on it.
    pub const fn day(day: Day) -> Self {
        Self { from: day, to: day, holds_undated: false }
    }

    /// A reversed window holds no day.
    pub fn is_empty(self) -> bool {
        self.from > self.to
    }

    /// Is the day inside?
    pub fn holds(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// Of an event date.
    pub fn place(self, day: Option<Day>) -> Standing {
        match day {
            _ if self.is_empty() => Standing::Outside,
            Some(day) if self.holds(day) => Standing::Inside,
            Some(_) => Standing::Outside,
            None if self.holds_undated => Standing::Inside,
            None => Standing::Perhaps,
        }
    }
}

fn resolve(bound: Bound, base: Day, open: Day) -> Day {
    match bound {
        Bound::Open => open,
        Bound::Shift(shift) => shift.from(base),
        Bound::Fixed(day) => day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::plan::{Shift, Unit};

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    fn span(from: Bound, to: Bound) -> Span {
        let index = day("2026-07-15");
        Span::new(Window { from, to }, index, index)
    }

    fn shift(count: i32, unit: Unit) -> Bound {
        Bound::Shift(Shift { count, unit })
    }

    #[test]
    fn six_months_before_15_july_start_on_15_january_included() {
        let span = span(shift(-6, Unit::Months), shift(0, Unit::Days));
        assert_eq!(span.place(Some(day("2026-01-15"))), Standing::Inside);
        assert_eq!(span.place(Some(day("2026-01-14"))), Standing::Outside);
        assert_eq!(span.place(Some(day("2026-07-15"))), Standing::Inside);
        assert_eq!(span.place(Some(day("2026-07-16"))), Standing::Outside);
    }

    #[test]
    fn an_undated_row_is_inside_only_what_has_no_beginning_and_reaches_the_index_date() {
        assert_eq!(span(Bound::Open, shift(0, Unit::Days)).place(None), Standing::Inside);
        assert_eq!(span(Bound::Open, Bound::Open).place(None), Standing::Inside);
        assert_eq!(span(Bound::Open, shift(-1, Unit::Days)).place(None), Standing::Perhaps);
        assert_eq!(span(shift(-2, Unit::Years), Bound::Open).place(None), Standing::Perhaps);
    }

    #[test]
    fn a_reversed_window_holds_nothing_not_even_the_undated() {
        let reversed = span(Bound::Fixed(day("2027-01-01")), shift(0, Unit::Days));
        assert_eq!(reversed.place(None), Standing::Outside);
        assert_eq!(reversed.place(Some(day("2026-12-01"))), Standing::Outside);
    }
}
