//! The treatment period of a row (rule R7). A period has both ends in it.

use crate::amount::Amount;
use crate::day::Day;
use crate::evaluate::window::{Span, Standing};
use crate::ratio::Ratio;
use crate::records::{Events, Reading};
use crate::schema::{Field, Register};

/// Words of a medicine row's status, folded. A status of another kind says nothing of the period.
const ACTIVE_WORDS: [&str; 8] =
    ["aktiv", "aktuel", "igangværende", "igang", "i gang", "løbende", "active", "ongoing"];
const PAUSED_WORDS: [&str; 6] = ["pauseret", "pause", "på pause", "paused", "on-hold", "on hold"];

/// When a row runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Period {
    /// It has none: the row is paused. Exports say how a row stands now, not since when, so a
    /// paused row runs on no day.
    None,
    /// Nothing says when, or the end stands before the start.
    Undated,
    /// Only its end is known.
    Until(Day),
    /// From the first to the last day.
    Runs {
        /// First day.
        from: Day,
        /// Last day; [`Day::MAX`] = runs on.
        to: Day,
        /// Nothing in the row says so: rule R7 (d).
        assumed: bool,
    },
}

impl Period {
    /// Where the period stands to a window (rule R8 for `periode`).
    pub fn place(self, span: Span) -> Standing {
        match self {
            _ if span.is_empty() => Standing::Outside,
            Self::None => Standing::Outside,
            Self::Undated => Standing::Perhaps,
            Self::Until(end) if end < span.from => Standing::Outside,
            Self::Until(_) => Standing::Perhaps,
            Self::Runs { from, to, .. } if from <= span.to && to >= span.from => Standing::Inside,
            Self::Runs { .. } => Standing::Outside,
        }
    }

    /// The end by R7, for `slut`: `None` = the row has none, `Some(None)` = nothing says when.
    #[expect(clippy::option_option, reason = "no end and an unknown end are two things")]
    pub fn end(self) -> Option<Option<Day>> {
        match self {
            Self::None | Self::Runs { to: Day::MAX, .. } => None,
            Self::Undated => Some(None),
            Self::Until(end) | Self::Runs { to: end, .. } => Some(Some(end)),
        }
    }

    /// The last day, where it was assumed.
    pub fn assumed_end(self) -> Option<Day> {
        match self {
            Self::Runs { to, assumed: true, .. } => Some(to),
            _ => None,
        }
    }

    // Two numbers: first and last day. The last day of an assumed period depends on who asks.
    fn packed(self) -> [i32; 2] {
        match self {
            Self::None => [i32::MAX, 0],
            Self::Undated => [i32::MIN, i32::MIN],
            Self::Until(end) => [i32::MIN, end.0],
            Self::Runs { from, assumed: true, .. } => [from.0, i32::MIN],
            Self::Runs { from, to, .. } => [from.0, to.0],
        }
    }

    fn unpacked(packed: [i32; 2], assumed_days: i32) -> Self {
        match packed {
            [i32::MAX, _] => Self::None,
            [i32::MIN, i32::MIN] => Self::Undated,
            [i32::MIN, end] => Self::Until(Day(end)),
            [from, i32::MIN] => Self::of_days(Day(from), assumed_days, true),
            [from, to] => Self::Runs { from: Day(from), to: Day(to), assumed: false },
        }
    }

    fn between(from: Day, to: Day) -> Self {
        if to < from { Self::Undated } else { Self::Runs { from, to, assumed: false } }
    }

    // n days from d end on d + (n − 1).
    fn of_days(from: Day, days: i32, assumed: bool) -> Self {
        Self::Runs { from, to: from.add_days(days.max(1) - 1), assumed }
    }
}

/// What a status says of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Active,
    Paused,
    Other,
}

/// Reads the periods of one register; words, sizes and units are resolved once over the register's
/// dictionaries, so that a row costs lookups only.
#[derive(Debug)]
pub(crate) struct Periods<'a> {
    events: &'a Events,
    register: Register,
    assumed_days: i32,
    /// Of every row of the register, if they were worked out before.
    kept: Option<&'a [[i32; 2]]>,
    statuses: Vec<Status>,
    sizes: Vec<Option<(Amount, UnitKind)>>,
    dose_units: Vec<Option<UnitKind>>,
}

impl<'a> Periods<'a> {
    /// `assumed_days`: `antaget_daekning`.
    pub fn new(events: &'a Events, register: Register, assumed_days: i32) -> Self {
        let words = |field| match register {
            Register::Medicin => events.dictionary(field),
            _ => &[],
        };
        Self {
            events,
            register,
            assumed_days,
            kept: events.spans(),
            statuses: words(Field::Status).iter().map(|word| status(word)).collect(),
            sizes: words(Field::Pakningsstoerrelse).iter().map(|size| package_size(size)).collect(),
            dose_units: words(Field::Doseringsenhed).iter().map(|unit| unit_kind(unit)).collect(),
        }
    }

    /// Works out the periods of all medicine rows at once and keeps them with the register, for
    /// whoever reads all rows: several criteria and profiles do.
    pub fn keep(mut self) -> Self {
        if self.register == Register::Medicin {
            let all = || (0..self.events.len()).map(|at| self.of_medicine(at).packed()).collect();
            self.kept = Some(self.events.kept_spans(all));
        }
        self
    }

    /// The period of a row.
    pub fn of(&self, position: usize) -> Period {
        if let Some(packed) = self.kept.and_then(|kept| kept.get(position)) {
            return Period::unpacked(*packed, self.assumed_days);
        }
        match self.register {
            Register::Medicin => self.of_medicine(position),
            Register::Diagnose => self.of_diagnosis(position),
            _ => self.events.day(position).map_or(Period::Undated, |day| Period::between(day, day)),
        }
    }

    fn of_diagnosis(&self, position: usize) -> Period {
        let start = diagnosis_start(self.events, position);
        match (start, self.events.date(position, Field::Slutdato)) {
            (Some(start), Some(end)) => Period::between(start, end),
            (Some(start), None) => Period::between(start, Day::MAX),
            (None, Some(end)) => Period::Until(end),
            (None, None) => Period::Undated,
        }
    }

    fn of_medicine(&self, position: usize) -> Period {
        let status = self.status(position);
        if status == Status::Paused {
            return Period::None;
        }
        let event = self.events.day(position);
        let start = self.events.date(position, Field::Startdato).or(event);
        let end = self.events.date(position, Field::Slutdato);
        let (Some(start), Some(event)) = (start, event.or(start)) else {
            return end.map_or(Period::Undated, Period::Until);
        };
        if let Some(end) = end {
            return Period::between(start, end);
        }
        if let Some(days) = self.days_supplied(position) {
            return Period::of_days(event, days, false);
        }
        let open = self.events.flag(position, Field::Aaben) == Some(true);
        if open || status == Status::Active {
            return Period::between(start, Day::MAX);
        }
        Period::of_days(event, self.assumed_days, true)
    }

    fn status(&self, position: usize) -> Status {
        if self.statuses.is_empty() {
            return Status::Other;
        }
        let id = self.events.text_id(position, Field::Status);
        self.statuses.get(id).copied().unwrap_or(Status::Other)
    }

    /// Whole days that the row supplies: stated, else packages × size ÷ daily dose, rounded down.
    /// Less than one whole day is no statement.
    fn days_supplied(&self, position: usize) -> Option<i32> {
        let stated = positive(self.events.reading(position, Field::Dage));
        let days = match stated {
            Some(days) => days.0 / Amount::ONE,
            None => self.computed_days(position)?,
        };
        i32::try_from(days).ok().filter(|days| *days >= 1)
    }

    fn computed_days(&self, position: usize) -> Option<i64> {
        let size = self.size_in_doses(position)?;
        let packages = positive(self.events.reading(position, Field::AntalPakninger))?;
        let dose = positive(self.events.reading(position, Field::Doegndosis))?;
        // Nearly always 64 bits hold it; dividing 128 is slow in WebAssembly.
        if let (Some(supply), Some(dose)) =
            (packages.0.checked_mul(size.0), dose.0.checked_mul(Amount::ONE))
        {
            return Some(supply / dose);
        }
        let supply = i128::from(packages.0) * i128::from(size.0);
        i64::try_from(supply / (i128::from(dose.0) * i128::from(Amount::ONE))).ok()
    }

    // Units in a package, if they are the units of the daily dose: pieces with pieces, millilitres
    // with millilitres. A dose in mg says nothing about pieces.
    fn size_in_doses(&self, position: usize) -> Option<Amount> {
        if self.sizes.is_empty() {
            return None;
        }
        let size = self.events.text_id(position, Field::Pakningsstoerrelse);
        let (size, kind) = self.sizes.get(size).copied().flatten()?;
        (self.dose_unit(position)? == kind).then_some(size)
    }

    // A daily dose without a unit counts dose units (column-synonyms: `doegndosis`).
    fn dose_unit(&self, position: usize) -> Option<UnitKind> {
        if self.dose_units.is_empty() {
            return Some(UnitKind::Pieces);
        }
        let unit = self.events.text_id(position, Field::Doseringsenhed);
        self.dose_units.get(unit).copied().flatten()
    }
}

/// The event date of a diagnosis, else its onset.
pub(crate) fn diagnosis_start(events: &Events, position: usize) -> Option<Day> {
    events.day(position).or_else(|| events.date(position, Field::Debutdato))
}

fn status(word: &str) -> Status {
    let folded = word.trim().to_lowercase();
    if PAUSED_WORDS.contains(&folded.as_str()) {
        Status::Paused
    } else if ACTIVE_WORDS.contains(&folded.as_str()) {
        Status::Active
    } else {
        Status::Other
    }
}

fn positive(reading: &Reading) -> Option<Amount> {
    match reading {
        Reading::Exact(value) if value.0 > 0 => Some(*value),
        _ => None,
    }
}

/// »100 stk.«, »98«, »250 ml«: a number and what it counts; without a unit, pieces.
fn package_size(written: &str) -> Option<(Amount, UnitKind)> {
    let folded = written.trim().to_lowercase();
    let digits = folded.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
    let (number, unit) = folded.split_at(digits.unwrap_or(folded.len()));
    let size = Amount::parse(&plain_number(number)?).filter(|size| size.0 > 0)?;
    Some((size, unit_kind(unit)?))
}

/// Pieces in the packages of a medicine row: tablets, capsules, patches. `None` = not known, or
/// counted in millilitres.
pub(crate) fn units(events: &Events, position: usize) -> Option<Ratio> {
    let packages = positive(events.reading(position, Field::AntalPakninger))?;
    let (size, kind) = package_size(events.text(position, Field::Pakningsstoerrelse))?;
    let packages = Some(packages).filter(|_| kind == UnitKind::Pieces)?;
    Ratio::from(packages).times(Ratio::from(size))
}

// "100", "2,5"; a point may be a thousands separator and is not guessed at.
fn plain_number(written: &str) -> Option<String> {
    (!written.contains('.')).then(|| written.replace(',', "."))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UnitKind {
    Pieces,
    Millilitres,
}

// How exports abbreviate countable units; a unit outside the list computes nothing.
const PIECES: [&str; 14] = [
    "stk", "styk", "tabl", "tbl", "kaps", "depot", "plast", "resoribl", "suppos", "stikpil",
    "brev", "pust", "dosis", "doser",
];

fn unit_kind(unit: &str) -> Option<UnitKind> {
    let folded = unit.trim().trim_end_matches('.').to_lowercase();
    match folded.as_str() {
        "" => Some(UnitKind::Pieces),
        "ml" | "milliliter" => Some(UnitKind::Millilitres),
        other => PIECES.iter().any(|stem| other.starts_with(stem)).then_some(UnitKind::Pieces),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(written: &str, unit: &str) -> Option<i64> {
        let (size, kind) = package_size(written)?;
        (unit_kind(unit) == Some(kind)).then_some(size.0 / Amount::ONE)
    }

    #[test]
    fn package_sizes_count_only_in_the_unit_of_the_dose() {
        assert_eq!(size("100 stk.", "tablet"), Some(100));
        assert_eq!(size("98", "kapsler"), Some(98));
        assert_eq!(size("100 stk.", ""), Some(100));
        assert_eq!(size("250 ml", "ml"), Some(250));
        for (written, unit) in [
            ("250 ml", "tablet"),
            ("100 stk.", "mg"),
            ("10 x 10 stk.", "tablet"),
            ("1.000 stk.", "tablet"),
            ("", "tablet"),
            ("0 stk.", "tablet"),
        ] {
            assert_eq!(size(written, unit), None, "{written} / {unit}");
        }
    }

    #[test]
    fn a_kept_period_is_the_period_that_was_worked_out() {
        for period in [
            Period::None,
            Period::Undated,
            Period::Until(Day(7)),
            Period::of_days(Day(3), 90, true),
            Period::of_days(Day(3), 90, false),
            Period::between(Day(-5), Day::MAX),
        ] {
            assert_eq!(Period::unpacked(period.packed(), 90), period);
        }
        let assumed = Period::of_days(Day(3), 90, true).packed();
        assert_eq!(Period::unpacked(assumed, 10), Period::of_days(Day(3), 10, true));
    }

    fn span(from: i32, to: i32) -> Span {
        Span { from: Day(from), to: Day(to), holds_undated: false }
    }

    #[test]
    fn n_days_from_d_end_on_d_plus_n_minus_1() {
        let ninety = Period::of_days(Day(100), 90, true);
        assert_eq!(ninety.place(span(189, 189)), Standing::Inside);
        assert_eq!(ninety.place(span(190, 190)), Standing::Outside);
        assert_eq!(ninety.place(span(100, 100)), Standing::Inside);
        assert_eq!(ninety.place(span(99, 99)), Standing::Outside);
        assert_eq!(ninety.assumed_end(), Some(Day(189)));
    }

    #[test]
    fn a_row_with_only_an_end_is_outside_only_after_it() {
        assert_eq!(Period::Until(Day(9)).place(span(10, 20)), Standing::Outside);
        assert_eq!(Period::Until(Day(10)).place(span(10, 20)), Standing::Perhaps);
        assert_eq!(Period::between(Day(5), Day(4)).place(span(0, 20)), Standing::Perhaps);
        assert_eq!(Period::None.place(span(0, 20)), Standing::Outside);
    }

    #[test]
    fn what_runs_on_has_no_end() {
        assert_eq!(Period::between(Day(5), Day::MAX).end(), None);
        assert_eq!(Period::between(Day(5), Day(7)).end(), Some(Some(Day(7))));
        assert_eq!(Period::Undated.end(), Some(None));
    }

    #[test]
    fn status_words_are_folded() {
        assert_eq!(status(" Pauseret "), Status::Paused);
        assert_eq!(status("AKTUEL"), Status::Active);
        assert_eq!(status("seponeret"), Status::Other);
        assert_eq!(status(""), Status::Other);
    }
}
