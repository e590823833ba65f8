//! The dose per day of one order, from its structured fields, its text, its package and days.
//!
//! The first of them that says something gives the dose; where fields and text both speak, they
//! must agree. Nothing is added up over sources.

use serde::Serialize;

use crate::dosage::{self, AsNeeded, Daily, Reading, Unknown};
use crate::note::Said;
use crate::ratio::{Range, Ratio};

/// So many units a day, or more, are taken for a slip of the pen. The limit is this program's own, no
/// source gives one; drops, millilitres, milligrams and the like are not held to it.
pub const LIKELY_UNITS: i64 = 40;

/// What is known of the dose of an order.
#[derive(Clone, Debug, Default)]
pub struct Given<'a> {
    /// Daily dose of the structured fields.
    pub fields: Option<Fields>,
    /// Dosage text.
    pub text: Option<&'a str>,
    /// What was handed over, and for how long.
    pub package: Option<Package>,
}

/// The structured fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// Number of units per day.
    pub per_day: Ratio,
    /// The unit as written; `None` = not said.
    pub unit: Option<String>,
    /// Is the order as needed? `None` = not said.
    pub as_needed: Option<bool>,
}

/// What was handed over, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Number of units.
    pub units: Ratio,
    /// Unit as written; `None` = not said.
    pub unit: Option<String>,
    /// Days until it is used up.
    pub days: Ratio,
}

/// Where a dose comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The structured fields.
    Fields,
    /// The dosage text.
    Text,
    /// Package size over days.
    Package,
}

/// A dose per day and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dose {
    /// The dose.
    pub daily: Daily,
    /// Its source.
    pub source: Source,
}

/// Why there is no dose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// Nothing is given.
    Missing,
    /// The text is not understood, and there is nothing else.
    Text(Unknown),
    /// The dose is 0.
    Zero(Source),
    /// The dose is less than 0, or the days are not more than 0.
    Negative(Source),
    /// [`LIKELY_UNITS`] or more.
    Unlikely(Source, Ratio),
    /// Fields and text say different things.
    Conflict {
        /// What the fields say.
        fields: Ratio,
        /// What the text says.
        text: Daily,
    },
    /// Fields and text give different units.
    TwoUnits {
        /// Unit of the fields.
        fields: String,
        /// Unit of the text.
        text: String,
    },
}

impl Unclear {
    /// What is wrong, with the numbers it is about.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::Missing => Said::new("dosis er ikke angivet", "no dose is given"),
            Self::Text(unknown) => {
                let reason = unknown.reason.said();
                Said::new(
                    format!("doseringsteksten kan ikke læses: {}", reason.da),
                    format!("the dosage text cannot be read: {}", reason.en),
                )
            }
            Self::Zero(source) => of_source(*source, "dosis er 0", "the dose is 0"),
            Self::Negative(source) => {
                of_source(*source, "dosis er negativ", "the dose is negative")
            }
            Self::Unlikely(source, number) => of_source(
                *source,
                &format!(
                    "{} pr. døgn er usandsynligt mange (sidens egen grænse er {LIKELY_UNITS})",
                    number.danish()
                ),
                &format!(
                    "{number} a day are unlikely many (this page's own limit is {LIKELY_UNITS})"
                ),
            ),
            Self::Conflict { fields, text } => conflict(*fields, text),
            Self::TwoUnits { fields, text } => Said::new(
                format!("to enheder: »{fields}« i feltet, »{text}« i teksten"),
                format!("two units: `{fields}` in the field, `{text}` in the text"),
            ),
        }
    }
}

fn of_source(source: Source, da: &str, en: &str) -> Said {
    let name = source.said();
    Said::new(format!("{da} ({})", name.da), format!("{en} ({})", name.en))
}

fn conflict(fields: Ratio, text: &Daily) -> Said {
    let most = text.most();
    let range = |unknown: &str| match most {
        Some(most) if most == text.least() => most.to_string(),
        Some(most) => format!("{}-{most}", text.least()),
        None => format!("{} {unknown}", text.least()),
    };
    Said::new(
        format!(
            "døgndosis er {} i feltet og {} efter teksten",
            fields.danish(),
            range("eller mere").replace('.', ",")
        ),
        format!("the daily dose is {fields} in the field and {} by the text", range("or more")),
    )
}

impl Source {
    /// Its name.
    #[must_use]
    pub fn said(self) -> Said {
        match self {
            Self::Fields => Said::new("feltet døgndosis", "the field daily dose"),
            Self::Text => Said::new("doseringsteksten", "the dosage text"),
            Self::Package => Said::new("pakning og dage", "package and days"),
        }
    }
}

/// The dose per day.
///
/// Fields go before text, text before package. Where fields and text both give a dose, the number
/// of the fields must lie within what the text says; a text that cannot be read does not weaken
/// the fields. A text with an as-needed part keeps its parts, since the fields are one number. A
/// package is an estimate, and is asked only where nothing else is given.
///
/// # Errors
/// [`Unclear`] says why there is none.
pub fn per_day(given: &Given<'_>) -> Result<Dose, Unclear> {
    let text = given.text.filter(|text| !text.trim().is_empty()).map(dosage::read);
    match (&given.fields, text) {
        (Some(fields), Some(Reading::Daily(text))) => both(fields, text),
        (Some(fields), _) => of_fields(fields),
        (None, Some(Reading::Daily(daily))) => likely(Dose { daily, source: Source::Text }),
        (None, Some(Reading::Unknown(unknown))) => Err(Unclear::Text(unknown)),
        (None, None) => given.package.as_ref().map_or(Err(Unclear::Missing), of_package),
    }
}

fn of_fields(fields: &Fields) -> Result<Dose, Unclear> {
    let number = more_than_nothing(fields.per_day, Source::Fields)?;
    let unit = fields.unit.as_deref().and_then(unit_name);
    let daily = if fields.as_needed == Some(true) {
        Daily { fixed: Range::ZERO, as_needed: Some(AsNeeded { max: Some(number) }), unit }
    } else {
        Daily { fixed: Range::exactly(number), as_needed: None, unit }
    };
    likely(Dose { daily, source: Source::Fields })
}

fn both(fields: &Fields, text: Daily) -> Result<Dose, Unclear> {
    let of_fields = of_fields(fields)?;
    if let (Some(one), Some(other)) = (&of_fields.daily.unit, &text.unit)
        && one != other
    {
        return Err(Unclear::TwoUnits { fields: one.clone(), text: other.clone() });
    }
    let number = fields.per_day;
    if number < text.least() || text.most().is_some_and(|most| most < number) {
        return Err(Unclear::Conflict { fields: number, text });
    }
    if text.as_needed.is_some() {
        return likely(Dose { daily: text, source: Source::Text });
    }
    let unit = of_fields.daily.unit.clone().or(text.unit);
    Ok(Dose { daily: Daily { unit, ..of_fields.daily }, source: Source::Fields })
}

fn of_package(package: &Package) -> Result<Dose, Unclear> {
    let units = more_than_nothing(package.units, Source::Package)?;
    let days = more_than_nothing(package.days, Source::Package)?;
    let number = units.over(days).ok_or(Unclear::Unlikely(Source::Package, units))?;
    let unit = package.unit.as_deref().and_then(unit_name);
    let daily = Daily { fixed: Range::exactly(number), as_needed: None, unit };
    likely(Dose { daily, source: Source::Package })
}

fn more_than_nothing(number: Ratio, source: Source) -> Result<Ratio, Unclear> {
    match number {
        number if number.is_zero() => Err(Unclear::Zero(source)),
        number if number.is_positive() => Ok(number),
        _ => Err(Unclear::Negative(source)),
    }
}

fn likely(dose: Dose) -> Result<Dose, Unclear> {
    let most = dose.daily.most().unwrap_or_else(|| dose.daily.least());
    let counted = dose.daily.unit.as_deref().is_none_or(dosage::is_counted);
    if counted && most >= Ratio::whole(LIKELY_UNITS) {
        return Err(Unclear::Unlikely(dose.source, most));
    }
    Ok(dose)
}

// »tabletter« and »tabl.« are `tablet`; a unit that is not known keeps its spelling.
fn unit_name(written: &str) -> Option<String> {
    let written = written.trim().to_lowercase();
    match dosage::singular(&written) {
        Some(unit) => unit.map(str::to_owned),
        None => (!written.is_empty()).then_some(written),
    }
}

#[cfg(test)]
mod tests;
