//! Whose factors verdicts use: the table's own, those of one source, the lowest or the highest
//! that a source publishes, or one that was typed. Whatever is chosen, the span stays the table's,
//! widened by what was typed: the grey zone does not go away by choosing.

use std::sync::Arc;

use crate::amount::Amount;
use crate::note::Said;
use crate::ratio::{Range, Ratio};

use super::table::{Changed, Factor, Table};

/// A typed factor is more than 0 and at most this; the largest published one that a sum uses is
/// about half of it.
pub const LARGEST: i64 = 100;

/// Whose factors verdicts use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FactorSet {
    /// The table's own.
    #[default]
    Default,
    /// Those of one source, by its key, where it gives one number; else the table's own.
    Source(String),
    /// The lowest published number of every line.
    Lowest,
    /// The highest.
    Highest,
}

impl FactorSet {
    /// `standard`, `laveste`, `hoejeste`, or the key of a source.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Default => "standard",
            Self::Lowest => "laveste",
            Self::Highest => "hoejeste",
            Self::Source(key) => key,
        }
    }
}

/// A set that the sources allow, and how many lines of the table it gives a factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The set.
    pub set: FactorSet,
    /// Lines for which it gives a number; the others keep the table's own.
    pub covers: usize,
    /// Lines that have a factor at all.
    pub of: usize,
}

impl Table {
    /// The sets that may be chosen: the table's own, lowest, highest, and every source that gives
    /// at least one factor.
    #[must_use]
    pub fn sets(&self) -> Vec<Offer> {
        let fixed = [FactorSet::Default, FactorSet::Lowest, FactorSet::Highest];
        let sources = self.sources.iter().map(|(key, _)| FactorSet::Source(key.clone()));
        let offer = |set: FactorSet| {
            let (covers, of) = self.covered(&set);
            Offer { set, covers, of }
        };
        fixed.into_iter().chain(sources).map(offer).filter(|offer| offer.covers > 0).collect()
    }

    /// The set of this name, if the table offers it.
    ///
    /// # Errors
    /// Names the sets that it offers.
    pub fn set_named(&self, name: &str) -> Result<FactorSet, Said> {
        let offers = self.sets();
        let names: Vec<&str> = offers.iter().map(|offer| offer.set.name()).collect();
        let names = names.join(", ");
        let found = offers.iter().find(|offer| offer.set.name().eq_ignore_ascii_case(name));
        found.map(|offer| offer.set.clone()).ok_or_else(|| {
            Said::new(
                format!("faktorsættet `{name}` findes ikke; der er {names}"),
                format!("there is no factor set `{name}`; there are {names}"),
            )
        })
    }

    /// How many lines a set gives a factor, and how many have one.
    #[must_use]
    pub fn covered(&self, set: &FactorSet) -> (usize, usize) {
        let lines = || self.factors.iter().filter(|factor| factor.default.is_some());
        (lines().filter(|factor| of_set(factor, set).is_some()).count(), lines().count())
    }

    /// The table with the factors of a set instead of its own. Meant for a table as it was read.
    #[must_use]
    pub fn with_set(&self, set: &FactorSet) -> Self {
        let mut chosen = self.clone();
        chosen.set = set.clone();
        for factor in &mut chosen.factors {
            if let Some(number) = of_set(factor, set) {
                change(factor, number, false);
            }
        }
        chosen
    }

    /// The table with one factor as typed.
    ///
    /// # Errors
    /// What is wrong with the text, or with the line: a line without a factor gets none.
    pub fn edited(&self, line: usize, typed: &str) -> Result<Self, Said> {
        let number = number(typed)?;
        let mut chosen = self.clone();
        let factor = chosen.factors.get_mut(line).filter(|factor| factor.default.is_some());
        change(factor.ok_or_else(no_factor)?, number, true);
        Ok(chosen)
    }

    /// Is anything else than the built-in table with its own factors in force?
    #[must_use]
    pub fn is_changed(&self) -> bool {
        !self.file.is_empty()
            || self.set != FactorSet::Default
            || self.factors.iter().any(|factor| factor.changed.is_some())
    }
}

// What a set says of a line; of a source that gives a span nothing says which number is meant.
fn of_set(factor: &Factor, set: &FactorSet) -> Option<Ratio> {
    let (default, span) = (factor.default?, factor.span?);
    match set {
        FactorSet::Default => Some(default),
        FactorSet::Lowest => Some(span.low),
        FactorSet::Highest => Some(span.high),
        FactorSet::Source(key) => {
            factor.published.iter().find(|one| one.source == *key)?.factor.single()
        }
    }
}

// INVARIANT: only lines that have a factor get another.
fn change(factor: &mut Arc<Factor>, number: Ratio, typed: bool) {
    let Some(now) = factor.default else { return };
    let own = factor.changed.map_or(now, |changed| changed.from);
    let factor = Arc::make_mut(factor);
    factor.default = Some(number);
    factor.changed = (typed || number != own).then_some(Changed { from: own, typed });
    factor.span =
        factor.span.map(|span| Range { low: span.low.min(number), high: span.high.max(number) });
}

/// A factor that sums may use.
#[must_use]
pub fn is_usable(factor: Ratio) -> bool {
    factor.is_positive() && factor <= Ratio::whole(LARGEST)
}

// With decimal comma or point, and at most one of them.
fn number(typed: &str) -> Result<Ratio, Said> {
    let text = typed.trim();
    let found = Amount::parse(&text.replace(',', ".")).map(Ratio::from);
    match found {
        Some(number) if is_usable(number) => Ok(number),
        Some(_) => Err(out_of_bounds(text)),
        None => Err(Said::new(
            format!("»{text}« er ikke et tal. Skriv faktoren som 1,5."),
            format!("`{text}` is no number. Write the factor like 1.5."),
        )),
    }
}

/// A number that is no factor.
#[must_use]
pub fn out_of_bounds(text: &str) -> Said {
    Said::new(
        format!("»{text}« kan ikke være en faktor. Den skal være over 0 og højst {LARGEST}."),
        format!("`{text}` cannot be a factor. It must be above 0 and at most {LARGEST}."),
    )
}

fn no_factor() -> Said {
    Said::new(
        "Linjen har ingen faktor, der kan ændres: lægemidlet regnes ikke om.",
        "The line has no factor to change: the medicine is not converted.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opioid::table::table;

    fn line(substance: &str, route: &str) -> usize {
        let is = |factor: &Arc<Factor>| {
            factor.substance == substance && factor.routes.iter().any(|known| known == route)
        };
        table().factors.iter().position(is).unwrap()
    }

    fn factor(table: &Table, line: usize) -> (String, String, String) {
        let factor = &table.factors[line];
        let span = factor.span.unwrap();
        (factor.default.unwrap().to_string(), span.low.to_string(), span.high.to_string())
    }

    fn three(default: &str, low: &str, high: &str) -> (String, String, String) {
        (default.into(), low.into(), high.into())
    }

    #[test]
    fn a_set_changes_the_factor_and_never_the_span() {
        let oxycodone = line("oxycodon", "oral");
        let of = |set: &FactorSet| factor(&table().with_set(set), oxycodone);
        assert_eq!(of(&FactorSet::Default), three("1.5", "1.5", "2"));
        assert_eq!(of(&FactorSet::Lowest), three("1.5", "1.5", "2"));
        assert_eq!(of(&FactorSet::Highest), three("2", "1.5", "2"));
        assert_eq!(of(&FactorSet::Source("RN".into())), three("2", "1.5", "2"));
        assert_eq!(of(&FactorSet::Source("FK-DURO".into())), three("1.5", "1.5", "2"));
    }

    #[test]
    fn a_source_that_gives_a_span_leaves_the_line_as_it_is() {
        let hydromorphone = line("hydromorfon", "oral");
        let uppsala = table().with_set(&FactorSet::Source("SE-UPPS".into()));
        assert_eq!(factor(&uppsala, hydromorphone), factor(table(), hydromorphone));
        assert_eq!(uppsala.factors[hydromorphone].changed, None);
        assert_ne!(factor(&uppsala, line("oxycodon", "oral")).0, "1.5");
    }

    #[test]
    fn offers_say_how_many_lines_they_cover() {
        let offers = table().sets();
        let of = |set: &FactorSet| offers.iter().find(|offer| offer.set == *set).unwrap();
        let all = of(&FactorSet::Default);
        assert_eq!(all.covers, all.of);
        assert_eq!(of(&FactorSet::Lowest).covers, all.of);
        let norway = of(&FactorSet::Source("NO-HDIR".into()));
        assert!(0 < norway.covers && norway.covers < norway.of, "{norway:?}");
        assert!(offers.iter().all(|offer| offer.covers > 0 && offer.of == all.of));
        assert!(offers.iter().all(|offer| offer.set != FactorSet::Source("WHO-DDD".into())));
    }

    #[test]
    fn a_typed_factor_is_used_and_remembered() {
        let oxycodone = line("oxycodon", "oral");
        for (typed, expected) in [("2,5", "2.5"), ("2.5", "2.5"), (" 100 ", "100"), ("0,1", "0.1")]
        {
            let edited = table().edited(oxycodone, typed).unwrap();
            assert_eq!(factor(&edited, oxycodone).0, expected);
            let changed = edited.factors[oxycodone].changed.unwrap();
            assert!(changed.typed && changed.from.to_string() == "1.5" && edited.is_changed());
        }
        assert_eq!(
            factor(&table().edited(oxycodone, "3").unwrap(), oxycodone),
            three("3", "1.5", "3")
        );
        assert!(!table().is_changed());
    }

    #[test]
    fn what_is_no_factor_is_refused_by_name() {
        let oxycodone = line("oxycodon", "oral");
        for typed in
            ["", "to", "0", "-1", "-1,5", "0,0", "100,1", "1000000", "1,5,2", "1.000,5", "1/2"]
        {
            let refused = table().edited(oxycodone, typed).unwrap_err();
            assert!(refused.da.contains(&format!("»{typed}«")), "{typed}: {}", refused.da);
            assert!(refused.en.contains(typed));
        }
        assert!(table().edited(line("nicomorfin", "oral"), "1").is_err());
        assert!(table().edited(10_000, "1").is_err());
    }

    #[test]
    fn typed_again_the_tables_own_factor_is_still_known() {
        let oxycodone = line("oxycodon", "oral");
        let highest = table().with_set(&FactorSet::Highest);
        let edited = highest.edited(oxycodone, "3").unwrap().edited(oxycodone, "2,5").unwrap();
        assert_eq!(edited.factors[oxycodone].changed.unwrap().from.to_string(), "1.5");
    }
}
