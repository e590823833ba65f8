//! A row's cells → the daily dose in the unit of its factor, exact, or why not.

use crate::dosage::{AsNeeded, Daily};
use crate::dose::{self, Fields, Given, Package, Source};
use crate::note::Said;
use crate::ratio::{Range, Ratio};
use crate::records::{Events, Reading};
use crate::schema::Field;
use crate::strength::{self, Per, Strength};

use super::table::{Factor, Unit};

mod patch;
mod reason;

pub use reason::Reason;

/// A daily dose in the unit of the factor: mg, µg, or (patches) µg an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dose {
    /// Taken every day.
    pub fixed: Range,
    /// Taken as needed, at most; `Some(None)` = no maximum is given.
    pub as_needed: Option<Option<Ratio>>,
    /// Where the number comes from; `None` = as needed, and no number at all.
    pub source: Option<Source>,
    /// What was taken for granted.
    pub assumptions: Vec<Assumption>,
}

/// What was taken for granted about a dose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assumption {
    /// A patch of this label truly gives so much.
    Label {
        /// As written.
        written: Ratio,
        /// In truth.
        truly: Ratio,
    },
    /// So many patches at a time, each worn so many days.
    Patches {
        /// How many.
        count: Ratio,
        /// For how long.
        days: Ratio,
    },
    /// Of a combination one number is given, taken to be the opioid's.
    OneNumber,
    /// Of a combination the first number is the opioid's.
    FirstNumber,
}

/// Fixed, as needed, or both in one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Not said, or fixed.
    Fixed,
    /// As needed.
    AsNeeded,
    /// Both; only the dosage text can say how much is which.
    Both,
}

/// The kind that a cell of [`Field::Doseringstype`] says.
#[must_use]
pub fn kind(cell: &str) -> Kind {
    let folded = cell.trim().to_lowercase().replace('.', "");
    let is = |words: &[&str]| words.contains(&folded.as_str());
    if is(&["combined", "kombineret", "fast og pn", "fast + pn"]) {
        Kind::Both
    } else if folded.contains("behov") || is(&["pn", "prn", "accordingtoneed", "as needed"]) {
        Kind::AsNeeded
    } else {
        Kind::Fixed
    }
}

/// The daily dose of a row.
///
/// # Errors
/// Why it cannot be computed; never 0 instead.
pub fn read(events: &Events, position: usize, factor: &Factor) -> Result<Dose, Reason> {
    let kind = kind(events.text(position, Field::Doseringstype));
    let found = match per_day(events, position, kind) {
        Ok(found) => found,
        Err(Reason::Dose(dose::Unclear::Missing | dose::Unclear::Text(_)))
            if kind == Kind::AsNeeded =>
        {
            return Ok(Dose {
                fixed: Range::ZERO,
                as_needed: Some(None),
                source: None,
                assumptions: Vec::new(),
            });
        }
        Err(reason) => return Err(reason),
    };
    let daily = needed_only(found.daily, kind);
    in_factor_unit(events, position, factor, &daily, found.source)
}

fn per_day(events: &Events, position: usize, kind: Kind) -> Result<dose::Dose, Reason> {
    let unit = events.text(position, Field::Doseringsenhed);
    let (fields, unreadable) = match events.reading(position, Field::Doegndosis) {
        Reading::Exact(amount) => {
            let as_needed = (kind == Kind::AsNeeded).then_some(true);
            let unit = (!unit.is_empty()).then(|| unit.to_owned());
            (Some(Fields { per_day: Ratio::from(*amount), unit, as_needed }), false)
        }
        Reading::Missing => (None, false),
        Reading::Between { .. } | Reading::Ambiguous | Reading::Text => (None, true),
    };
    let text = Some(events.text(position, Field::Dosering)).filter(|text| !text.is_empty());
    if kind == Kind::Both && text.is_none() {
        return Err(Reason::Both);
    }
    // An unreadable number goes before a guess from the package.
    let package = if unreadable { None } else { package(events, position) };
    dose::per_day(&Given { fields, text, package }).map_err(|why| match why {
        dose::Unclear::Missing if unreadable => Reason::Number,
        why => Reason::Dose(why),
    })
}

// What was handed over and for how long, where the export says both.
fn package(events: &Events, position: usize) -> Option<Package> {
    let exact = |field| match events.reading(position, field) {
        Reading::Exact(amount) => Some(Ratio::from(*amount)),
        _ => None,
    };
    let days = exact(Field::Dage)?;
    let packages = exact(Field::AntalPakninger)?;
    let (size, unit) = size(events.text(position, Field::Pakningsstoerrelse))?;
    Some(Package { units: packages.times(size)?, unit, days })
}

/// »100 stk.«, »98«, »250 ml«: a number and what it counts. A point may be a thousands separator
/// and is not guessed at.
pub(super) fn size(written: &str) -> Option<(Ratio, Option<String>)> {
    let folded = written.trim().to_lowercase();
    let end = folded.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(folded.len());
    let (number, unit) = folded.split_at(end);
    let unit = unit.trim();
    if unit.starts_with('.') {
        return None;
    }
    let number = crate::amount::Amount::parse(&number.replace(',', "."))?;
    Some((Ratio::from(number), (!unit.is_empty()).then(|| unit.to_owned())))
}

// The row is as needed as a whole, whatever its text says.
fn needed_only(daily: Daily, kind: Kind) -> Daily {
    if kind != Kind::AsNeeded || daily.as_needed.is_some() {
        return daily;
    }
    let most = daily.most();
    Daily { fixed: Range::ZERO, as_needed: Some(AsNeeded { max: most }), ..daily }
}

fn in_factor_unit(
    events: &Events,
    position: usize,
    factor: &Factor,
    daily: &Daily,
    source: Source,
) -> Result<Dose, Reason> {
    let strength = || {
        let unit = events.text(position, Field::StyrkeEnhed);
        let unit = Some(unit).filter(|unit| !unit.is_empty());
        strength::read(events.text(position, Field::Styrke), unit).map_err(Reason::Strength)
    };
    if factor.unit == Unit::MicrogramPerHour {
        return patch::worn(factor, daily, strength, source);
    }
    let mut assumptions = Vec::new();
    let one = milligrams(daily.unit.as_deref(), factor, strength, &mut assumptions)?;
    let one = match factor.unit {
        Unit::Microgram => one.times(Ratio::whole(1_000)).ok_or(Reason::TooLarge)?,
        Unit::Milligram | Unit::MicrogramPerHour => one,
    };
    scaled(daily, one, source, assumptions)
}

/// A dose of so much per unit.
fn scaled(
    daily: &Daily,
    one: Ratio,
    source: Source,
    assumptions: Vec<Assumption>,
) -> Result<Dose, Reason> {
    let times = |number: Ratio| number.times(one).ok_or(Reason::TooLarge);
    let as_needed = match daily.as_needed {
        None => None,
        Some(AsNeeded { max: None }) => Some(None),
        Some(AsNeeded { max: Some(max) }) => Some(Some(times(max)?)),
    };
    let fixed = Range { low: times(daily.fixed.low)?, high: times(daily.fixed.high)? };
    Ok(Dose { fixed, as_needed, source: Some(source), assumptions })
}

// Milligrams of the opioid in one unit of the dose.
fn milligrams(
    unit: Option<&str>,
    factor: &Factor,
    strength: impl Fn() -> Result<Strength, Reason>,
    assumptions: &mut Vec<Assumption>,
) -> Result<Ratio, Reason> {
    let wanted: &[Per] = match unit {
        Some("mg") => return Ok(Ratio::ONE),
        Some("g") => return Ok(Ratio::whole(1_000)),
        Some("mikrogram") => return Ratio::new(1, 1_000).ok_or(Reason::TooLarge),
        Some("ml") => &[Per::Millilitre],
        Some("dosis" | "pust" | "sug") => &[Per::Dose, Per::Piece],
        None => &[Per::Piece],
        Some(unit) if crate::dosage::is_counted(unit) => &[Per::Piece],
        Some(unit) => return Err(Reason::Unit(unit.to_owned())),
    };
    let strength = strength()?;
    if !wanted.contains(&strength.per) {
        return Err(Reason::Unit(unit.unwrap_or("stk").to_owned()));
    }
    let part = match (strength.parts.as_slice(), factor.first_strength) {
        ([only], false) => only,
        ([only], true) => {
            assumptions.push(Assumption::OneNumber);
            only
        }
        ([first, ..], true) => {
            assumptions.push(Assumption::FirstNumber);
            first
        }
        _ => return Err(Reason::Parts),
    };
    part.milligrams().ok_or(Reason::Parts)
}

impl Assumption {
    /// In words.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::Label { written, truly } => Said::new(
                format!("{} µg/t (etiket {})", truly.danish(), written.danish()),
                format!("{truly} µg/h (label {written})"),
            ),
            Self::Patches { count, days } => Said::new(
                format!(
                    "{} plaster ad gangen, skiftes efter {} døgn",
                    count.danish(),
                    days.danish()
                ),
                format!("{count} patch at a time, changed after {days} days"),
            ),
            Self::OneNumber => Said::new(
                "styrken har ét tal, som er regnet for opioidets",
                "the strength has one number, taken for the opioid's",
            ),
            Self::FirstNumber => Said::new(
                "kombination: styrkens første tal er opioidets",
                "combination: the first number of the strength is the opioid's",
            ),
        }
    }
}
