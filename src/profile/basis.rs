//! Which days of a row a criterion asks about: event dates, or the days on which it runs.

use crate::profile::plan::{Derived, Selection, TimeBasis};

impl Derived {
    /// Is it counted from the days on which rows run, rather than from their event dates?
    #[must_use]
    pub const fn of_periods(&self) -> bool {
        matches!(
            self,
            Self::CurrentEpisode { .. }
                | Self::LongestEpisode { .. }
                | Self::CoveredDays
                | Self::Products
                | Self::Omeq
                | Self::OmeqSum
        )
    }

    /// Is it a number of the index date, so that the criterion's window is not used?
    #[must_use]
    pub const fn of_index_date(&self) -> bool {
        matches!(self, Self::Products | Self::Omeq)
    }
}

impl Selection {
    /// Are rows asked for by when they run, rather than by their event date?
    #[must_use]
    pub fn by_periods(&self) -> bool {
        self.basis != TimeBasis::Date || self.derived.as_ref().is_some_and(Derived::of_periods)
    }
}
