//! Defined daily doses of a row (rule R17b).

use crate::ratio::Ratio;
use crate::records::{Events, Reading};
use crate::schema::Field;
use crate::strength::{self, Per};

use super::dose::size;
use super::factor::{self, Found, Route};
use super::table::{DefinedUnit, Factor, table};

/// Number of defined daily doses of a row: what the export says, else packages × size × strength
/// over one defined daily dose of the table. `None` = not known, never 0.
#[must_use]
pub fn of_row(events: &Events, position: usize) -> Option<Ratio> {
    match events.reading(position, Field::Ddd) {
        Reading::Exact(stated) if stated.0 > 0 => Some(Ratio::from(*stated)),
        Reading::Missing => computed(events, position),
        _ => None,
    }
}

fn computed(events: &Events, position: usize) -> Option<Ratio> {
    let Reading::Exact(packages) = events.reading(position, Field::AntalPakninger) else {
        return None;
    };
    let packages = Some(Ratio::from(*packages)).filter(|number| number.is_positive())?;
    let factor = line(events, position)?;
    let (one, unit) = factor.defined?;
    let (size, counted) = size(events.text(position, Field::Pakningsstoerrelse))?;
    let units = packages.times(size)?;
    let is_millilitres = counted.as_deref() == Some("ml");
    match unit {
        DefinedUnit::Milligram => {
            units.times(milligrams(events, position, factor, is_millilitres)?)?.over(one)
        }
        DefinedUnit::Piece => units.over(one).filter(|_| !is_millilitres),
        DefinedUnit::Millilitre => units.over(one).filter(|_| is_millilitres),
    }
}

// The built-in table, whatever factors are chosen: these are the WHO's numbers, and a table of own
// factors need not repeat them.
fn line(events: &Events, position: usize) -> Option<&'static Factor> {
    let table = table();
    let codes = events.code_groups().get(events.code_id(position))?;
    let lines = codes.iter().map(|code| table.of_code(code)).find(|found| !found.is_empty())?;
    let text = |field| events.text(position, field);
    let Route::Known(route) =
        factor::route(table, text(Field::Administrationsvej), text(Field::Form))
    else {
        return None;
    };
    match factor::choose(&lines, Some(&route)) {
        Found::Line(factor) => Some(factor.as_ref()),
        Found::NoRoute | Found::OtherRoute => None,
    }
}

// Milligrams in one unit of the package. A patch's rate says nothing of what it holds.
fn milligrams(
    events: &Events,
    position: usize,
    factor: &Factor,
    millilitres: bool,
) -> Option<Ratio> {
    let unit = Some(events.text(position, Field::StyrkeEnhed)).filter(|unit| !unit.is_empty());
    let strength = strength::read(events.text(position, Field::Styrke), unit).ok()?;
    let wanted = if millilitres { Per::Millilitre } else { Per::Piece };
    match strength.parts.as_slice() {
        [first, rest @ ..]
            if strength.per == wanted && (rest.is_empty() || factor.first_strength) =>
        {
            first.milligrams()
        }
        _ => None,
    }
}
