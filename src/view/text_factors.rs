//! Whose factors sums of opioids have, in words of both languages. Empty where they are the built-in
//! table's own: only what was changed is said.

use crate::note::Language;
use crate::opioid::FactorSet;
use crate::opioid::table::{Certainty, Factor, Table, Unit, rounded};
use crate::profile::plan::Plan;
use crate::ratio::{Range, Ratio};
use crate::view::words::{amount, pick};

/// »Egen tabel: fil.toml; Faktorsæt: laveste kilde; Egen faktor: oxycodon 2,0«.
#[must_use]
pub fn label(table: &Table, language: Language) -> String {
    let own = (!table.file.is_empty())
        .then(|| format!("{}: {}", pick(language, "Egen tabel", "Own table"), table.file));
    let set = (table.set != FactorSet::Default).then(|| set_label(table, language));
    let typed = typed(table, language);
    let typed = (!typed.is_empty())
        .then(|| format!("{}: {typed}", pick(language, "Egen faktor", "Own factor")));
    [own, set, typed].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// »1.0«, and what was changed.
#[must_use]
pub fn version(table: &Table, language: Language) -> String {
    let label = label(table, language);
    if label.is_empty() { table.version.clone() } else { format!("{}. {label}", table.version) }
}

// What the set does not cover keeps the table's own factor, and that is said.
fn set_label(table: &Table, language: Language) -> String {
    let (covers, of) = table.covered(&table.set);
    let name = set(table, &table.set, language);
    let rest = match language {
        _ if covers == of => String::new(),
        Language::Danish => format!(" ({covers} af {of} linjer, resten standard)"),
        Language::English => format!(" ({covers} of {of} lines, the rest default)"),
    };
    format!("{}: {name}{rest}", pick(language, "Faktorsæt", "Factor set"))
}

/// Name of a set.
#[must_use]
pub fn set(table: &Table, set: &FactorSet, language: Language) -> String {
    match set {
        FactorSet::Default => pick(language, "standard", "default").to_owned(),
        FactorSet::Lowest => pick(language, "laveste kilde", "lowest source").to_owned(),
        FactorSet::Highest => pick(language, "højeste kilde", "highest source").to_owned(),
        FactorSet::Source(key) => table.source_title(key).to_owned(),
    }
}

fn typed(table: &Table, language: Language) -> String {
    let typed = table.factors.iter().filter(|line| line.changed.is_some_and(|one| one.typed));
    let one = |line: &std::sync::Arc<Factor>| {
        let number = line.default.map_or_else(String::new, |number| factor(number, language));
        format!("{} {number}", name(table, line))
    };
    typed.map(one).collect::<Vec<_>>().join(", ")
}

/// Substance, with the route where the table has several lines of it.
#[must_use]
pub fn name(table: &Table, line: &Factor) -> String {
    let substance = substance(line);
    let same = table.factors.iter().filter(|other| self::substance(other) == substance).count();
    let routes = line.routes.join(", ");
    if same > 1 && !routes.is_empty() { format!("{substance} ({routes})") } else { substance }
}

/// Substance; of a line for several their codes.
#[must_use]
pub fn substance(line: &Factor) -> String {
    if line.substance.is_empty() { codes(line) } else { line.substance.clone() }
}

/// What a line of the table is for; several may be for one substance by the same route.
#[must_use]
pub fn what(line: &Factor) -> String {
    let codes = codes(line);
    if line.substance.is_empty() { codes } else { format!("{} ({codes})", line.substance) }
}

fn codes(line: &Factor) -> String {
    line.codes.iter().map(crate::code::Pattern::shown).collect::<Vec<_>>().join(", ")
}

/// A factor has one decimal at least: »2,0«, »0,125«.
#[must_use]
pub fn factor(number: Ratio, language: Language) -> String {
    let shown = amount(rounded(number), language);
    let mark = pick(language, ",", ".");
    if shown.contains(mark) { shown } else { format!("{shown}{mark}0") }
}

/// »1,5–2,0«.
#[must_use]
pub fn range(range: Range, language: Language) -> String {
    match range.single() {
        Some(one) => factor(one, language),
        None => format!("{}–{}", factor(range.low, language), factor(range.high, language)),
    }
}

/// What a factor is per.
#[must_use]
pub fn unit(unit: Unit, language: Language) -> &'static str {
    match unit {
        Unit::Milligram => "mg",
        Unit::Microgram => "µg",
        Unit::MicrogramPerHour => pick(language, "µg/t", "µg/h"),
    }
}

/// How sure a factor is.
#[must_use]
pub fn certainty(certainty: Certainty, language: Language) -> &'static str {
    match certainty {
        Certainty::High => pick(language, "høj", "high"),
        Certainty::Middle => pick(language, "middel", "middling"),
        Certainty::Low => pick(language, "lav", "low"),
        Certainty::Unknown => pick(language, "ukendt", "unknown"),
    }
}

/// What was chosen of a profile: »Valgt: Langtid = …«, »Slået til: …«. Empty where nothing was.
#[must_use]
pub fn changed(plan: &Plan, language: Language) -> String {
    let chosen = plan.changed_choices().filter_map(|choice| Some(said(choice.made()?)));
    let chosen = chosen.map(|text| format!("{}: {text}", pick(language, "Valgt", "Chosen")));
    let switched = plan.switched_markers().map(|marker| {
        let word = match marker.on {
            true => pick(language, "Slået til", "Switched on"),
            false => pick(language, "Slået fra", "Switched off"),
        };
        format!("{word}: {}", marker.text)
    });
    chosen.chain(switched).collect::<Vec<_>>().join("; ")
}

/// The same with whose factors its sums have.
#[must_use]
pub fn rests_on(plan: &Plan, table: &Table, language: Language) -> String {
    let factors = if plan.sums_opioids() { label(table, language) } else { String::new() };
    crate::view::row::joined(&[&factors, &changed(plan, language)], "; ")
}

/// A variant or a marker that the profile does not have, or that would let everyone in.
#[must_use]
pub fn refused(language: Language) -> &'static str {
    pick(
        language,
        "Det kan ikke vælges i denne profil. Alt er, som det var.",
        "That cannot be chosen in this profile. Everything is as it was.",
    )
}

/// The sentence of a criterion; its name where it has none.
#[must_use]
pub fn said(criterion: &crate::profile::plan::Criterion) -> &str {
    if criterion.text.is_empty() { &criterion.id } else { &criterion.text }
}

/// The chip of a marker or criterion that depends on whose factors one takes.
#[must_use]
pub fn grey(text: &str, language: Language) -> String {
    let word = pick(language, "gråzone", "grey zone");
    if text.is_empty() { word.to_owned() } else { format!("{word}: {text}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opioid::table;
    use Language::{Danish, English};

    #[test]
    fn only_what_was_changed_is_said() {
        assert_eq!(label(table(), Danish), "");
        assert_eq!(version(table(), Danish), table().version);
        let at = table().factors.iter().position(|line| line.substance == "oxycodon").unwrap();
        let edited = table().edited(at, "2").unwrap();
        assert_eq!(label(&edited, Danish), "Egen faktor: oxycodon (oral) 2,0");
        let lowest = table().with_set(&FactorSet::Lowest);
        assert_eq!(label(&lowest, English), "Factor set: lowest source");
        let named = Table { file: "fil.toml".into(), ..lowest.edited(at, "2,25").unwrap() };
        assert_eq!(
            label(&named, Danish),
            "Egen tabel: fil.toml; Faktorsæt: laveste kilde; Egen faktor: oxycodon (oral) 2,25"
        );
    }

    #[test]
    fn a_set_says_how_much_it_covers() {
        let norway = table().with_set(&FactorSet::Source("NO-HDIR".into()));
        let said = label(&norway, Danish);
        assert!(said.starts_with("Faktorsæt: Helsedirektoratet"), "{said}");
        assert!(said.ends_with(" linjer, resten standard)"), "{said}");
    }
}
