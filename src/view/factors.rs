//! »Faktortabel«: every line of the factor table, and what may be chosen.

use serde::{Deserialize, Serialize};

use crate::note::Language;
use crate::opioid::table::Factor;
use crate::opioid::{FactorSet, Table};
use crate::view::cell::NONE;
use crate::view::text_factors as text;

/// The table as it is in force.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FactorsView {
    /// What was changed; empty = nothing.
    pub label: String,
    /// Version and file.
    pub version: String,
    /// What is uncertain about it.
    pub caveat: String,
    /// Name of the dropped table; empty = none was.
    pub own: String,
    /// Is it in force?
    pub uses_own: bool,
    /// The sets that may be chosen.
    pub sets: Vec<SetView>,
    /// Every line.
    pub lines: Vec<FactorView>,
    /// The line that a typed text was refused for, and why.
    pub refused: Option<(u32, String)>,
}

/// A set of factors.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SetView {
    /// Machine name.
    pub name: String,
    /// Name, and how many lines it covers.
    pub text: String,
    /// In force.
    pub chosen: bool,
}

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FactorView {
    /// Substance and codes.
    pub substance: String,
    /// Routes.
    pub route: String,
    /// What the factor is per.
    pub unit: String,
    /// The table's own; »–« = the medicine is not converted.
    pub default: String,
    /// Lowest and highest source.
    pub span: String,
    /// Every source with its number.
    pub sources: String,
    /// How sure the default is.
    pub certainty: String,
    /// The one in force, as in the field.
    pub factor: String,
    /// There is a factor that may be changed.
    pub editable: bool,
    /// Another than the table's own is in force.
    pub changed: bool,
}

/// What the session chose from, and what it chose.
pub struct Topic<'a> {
    /// The table in force.
    pub table: &'a Table,
    /// Name of the dropped table.
    pub own: &'a str,
    /// Which line was refused, and why.
    pub refused: Option<(u32, String)>,
    /// Language.
    pub language: Language,
}

/// Makes the view.
#[must_use]
pub fn view(topic: Topic<'_>) -> FactorsView {
    let Topic { table, own, refused, language } = topic;
    FactorsView {
        label: text::label(table, language),
        version: table.version.clone(),
        caveat: table.caveat.clone(),
        own: own.to_owned(),
        uses_own: !table.file.is_empty(),
        sets: table.sets().into_iter().map(|offer| set(table, &offer.set, language)).collect(),
        lines: table.factors.iter().map(|factor| line(table, factor, language)).collect(),
        refused,
    }
}

fn set(table: &Table, set: &FactorSet, language: Language) -> SetView {
    let (covers, of) = table.covered(set);
    let name = text::set(table, set, language);
    SetView {
        name: set.name().to_owned(),
        text: if covers == of { name } else { format!("{name} ({covers}/{of})") },
        chosen: *set == table.set,
    }
}

fn line(table: &Table, factor: &Factor, language: Language) -> FactorView {
    let own = factor.changed.map(|changed| changed.from).or(factor.default);
    let number = |number| text::factor(number, language);
    let sources = factor.published.iter().map(|one| {
        format!("{} {}", text::range(one.factor, language), table.source_title(&one.source))
    });
    FactorView {
        substance: text::what(factor),
        route: factor.routes.join(", "),
        unit: text::unit(factor.unit, language).to_owned(),
        default: own.map_or_else(|| NONE.to_owned(), number),
        span: factor.span.map_or_else(|| NONE.to_owned(), |span| text::range(span, language)),
        sources: sources.collect::<Vec<_>>().join("; "),
        certainty: text::certainty(factor.certainty, language).to_owned(),
        factor: factor.default.map_or_else(String::new, number),
        editable: factor.default.is_some(),
        changed: factor.changed.is_some(),
    }
}
