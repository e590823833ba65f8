//! The factor table: what sources publish, each number with its source.

use std::sync::{Arc, LazyLock};

use crate::amount::Amount;
use crate::code::{Code, Pattern};
use crate::note::Note;
use crate::ratio::{Range, Ratio};

use super::choose::FactorSet;
use super::read;

/// File name and text of the table that is built in.
pub const BUILT_IN: (&str, &str) =
    ("opioider.toml", include_str!("../../profiles/factors/opioider.toml"));

/// Factors, with their sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Version of the table.
    pub version: String,
    /// What is uncertain about it, in Danish.
    pub caveat: String,
    /// Key and title of each source.
    pub sources: Vec<(String, String)>,
    /// Words of the route column, folded, with the route that each means.
    pub route_words: Vec<(String, String)>,
    /// In the order of the file.
    pub factors: Vec<Arc<Factor>>,
    /// Name of the file; empty = built in.
    pub file: String,
    /// Whose factors verdicts use.
    pub set: FactorSet,
}

/// One line of the table: codes and routes that share a factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// ATC codes, hierarchical as in profiles.
    pub codes: Vec<Pattern>,
    /// The substance; empty = the line is for several (`distinkt = "stof"` then takes the code).
    pub substance: String,
    /// Routes; empty = any.
    pub routes: Vec<String>,
    /// Forms, in words.
    pub form: String,
    /// What the factor is per.
    pub unit: Unit,
    /// The factor that verdicts use; `None` = there is none.
    pub default: Option<Ratio>,
    /// Another than the table's own one was chosen.
    pub changed: Option<Changed>,
    /// From the lowest to the highest factor that a source publishes, the default among them.
    pub span: Option<Range>,
    /// Published factors.
    pub published: Vec<Published>,
    /// Factors for switching; outside the span.
    pub switching: Vec<Published>,
    /// How sure the default is.
    pub certainty: Certainty,
    /// Does it belong to a sum?
    pub counted: Counted,
    /// A mark beside the line, in Danish; may be empty.
    pub mark: String,
    /// Why this factor, in Danish.
    pub reason: String,
    /// One defined daily dose, and its unit.
    pub defined: Option<(Ratio, DefinedUnit)>,
    /// Of a combined strength the first number is the opioid.
    pub first_strength: bool,
    /// Days between changes of a patch; several = any of them.
    pub change_days: Vec<Ratio>,
    /// The same for patches of one strength.
    pub change_days_of: Vec<(Ratio, Vec<Ratio>)>,
    /// What a label says and what it truly is.
    pub labels: Vec<(Ratio, Ratio)>,
}

/// A factor that is not the table's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The table's own.
    pub from: Ratio,
    /// Typed, not of a set of factors.
    pub typed: bool,
}

/// A factor that a source gives, or its span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Key of the source.
    pub source: String,
    /// One number, or from and to.
    pub factor: Range,
}

/// What a factor is per.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Morphine mg per mg.
    Milligram,
    /// Morphine mg per µg.
    Microgram,
    /// Morphine mg a day per µg an hour.
    MicrogramPerHour,
}

/// The unit of a defined daily dose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefinedUnit {
    /// Milligrams of the substance.
    Milligram,
    /// Tablets or suppositories of a combination.
    Piece,
    /// Millilitres.
    Millilitre,
}

/// How sure a default is, in the table's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The sources agree.
    High,
    /// They differ somewhat.
    Middle,
    /// They differ much, or there is only one.
    Low,
    /// There is none.
    Unknown,
}

/// Does a line belong to a sum?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Yes.
    Yes,
    /// It would, but cannot be converted: the sum is then »mindst«.
    Cannot,
    /// Outside every sum, and shown.
    No,
    /// No opioid of the group that is measured: in a sum only where its code is asked for.
    Apart,
}

impl Table {
    /// The lines of a code: those with the longest code that fits. Empty = the table does not
    /// know it.
    #[must_use]
    pub fn of_code(&self, code: &Code) -> Vec<&Arc<Factor>> {
        let fit = |factor: &Arc<Factor>| {
            let fitting = factor.codes.iter().filter(|pattern| pattern.matches(code));
            fitting.map(|pattern| pattern.shown().len()).max()
        };
        let longest = self.factors.iter().filter_map(fit).max();
        self.factors.iter().filter(|factor| longest.is_some() && fit(factor) == longest).collect()
    }

    /// The substance of a code; `None` = the table does not say.
    #[must_use]
    pub fn substance(&self, code: &Code) -> Option<&str> {
        let lines = self.of_code(code);
        let substance = lines.first().map(|factor| factor.substance.as_str());
        substance.filter(|name| !name.is_empty())
    }

    /// Title of a source; its key if it has none.
    #[must_use]
    pub fn source_title<'t>(&'t self, key: &'t str) -> &'t str {
        self.sources.iter().find(|(known, _)| known == key).map_or(key, |(_, title)| title)
    }

    /// Is a text meant as a factor table, right or wrong?
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.lines().any(|line| line.trim() == "[[faktor]]")
    }

    /// Reads a table.
    ///
    /// # Errors
    /// All that is wrong, each with the line of the file where one is known.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Note>> {
        read::table(file, text)
    }
}

/// The table that is built in, with its own factors. Read when a plan first needs it, not at the
/// start.
#[must_use]
pub fn table() -> &'static Arc<Table> {
    // A test holds that the file is free of errors.
    static READ: LazyLock<Arc<Table>> = LazyLock::new(|| {
        let table = Table::read(BUILT_IN.0, BUILT_IN.1).unwrap_or_default();
        Arc::new(Table { file: String::new(), ..table })
    });
    &READ
}

impl Factor {
    /// Days between changes of a patch of this strength.
    #[must_use]
    pub fn change_days(&self, strength: Ratio) -> &[Ratio] {
        let own = self.change_days_of.iter().find(|(of, _)| *of == strength);
        own.map_or(&self.change_days, |(_, days)| days)
    }

    /// What a label truly is.
    #[must_use]
    pub fn labelled(&self, strength: Ratio) -> Ratio {
        let known = self.labels.iter().find(|(label, _)| *label == strength);
        known.map_or(strength, |(_, truly)| *truly)
    }
}

/// To the nearest millionth, halves up.
#[must_use]
pub fn rounded(ratio: Ratio) -> Amount {
    let (above, below) = (i128::from(ratio.numerator()), i128::from(ratio.denominator()));
    let twice = above * i128::from(Amount::ONE) * 2 + below;
    Amount(i64::try_from(twice.div_euclid(below * 2)).unwrap_or(i64::MAX))
}
