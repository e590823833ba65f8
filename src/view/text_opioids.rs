//! Sentences of the page »Opioider«, in both languages.

use crate::amount::Amount;
use crate::note::Language;
use crate::opioid::table::rounded;
use crate::ratio::Ratio;
use crate::view::cell::NONE;
use crate::view::opioids::arrange::Figure;
use crate::view::opioids::{FlagState, Omeq, row};
use crate::view::words::{amount, number, pick};

/// `1.234,5`: one decimal always, rounded half up.
#[must_use]
pub fn mg(ratio: Ratio, language: Language) -> String {
    const TENTH: i64 = Amount::ONE / 10;
    let tenths = rounded(ratio).0.saturating_add(TENTH / 2).div_euclid(TENTH);
    let whole = amount(Amount(tenths.div_euclid(10).saturating_mul(Amount::ONE)), language);
    format!("{whole}{}{}", pick(language, ",", "."), tenths.rem_euclid(10))
}

/// A limit: `100`, `90,5`.
#[must_use]
pub fn limit(ratio: Ratio, language: Language) -> String {
    amount(rounded(ratio), language)
}

/// »Opioider pr. 02-11-2026«.
#[must_use]
pub fn heading(date: &str, language: Language) -> String {
    format!("{} {date}", pick(language, "Opioider pr.", "Opioids on"))
}

/// What is counted.
#[must_use]
pub fn lead(language: Language) -> &'static str {
    pick(
        language,
        "Registreret medicin i eget system. Personer talt én gang. Journalen og FMK gælder.",
        "Medicine registered in your own system. Persons count once. The record and FMK apply.",
    )
}

/// What the page is not for.
#[must_use]
pub fn not_for(language: Language) -> &'static str {
    pick(
        language,
        "Kun til overblik, ikke til omregning ved skift mellem opioider. Planen står i journalen, \
         ikke i udtrækket.",
        "For an overview only, not for switching between opioids. The plan is in the record, not \
         in the export.",
    )
}

/// No medicine register.
#[must_use]
pub fn no_medicines(language: Language) -> &'static str {
    pick(
        language,
        "Medicin findes ikke i udtrækket. Opioider kan ikke opgøres.",
        "The export has no medicines. Opioids cannot be counted.",
    )
}

/// Nobody is a user.
#[must_use]
pub fn nobody(date: &str, language: Language) -> String {
    let said = pick(
        language,
        "Ingen patienter har et registreret opioid i perioden pr.",
        "No patient has a registered opioid in the period on",
    );
    format!("{said} {date}.")
}

/// Of how many persons it is not known whether they are users.
#[must_use]
pub fn undecided(persons: u64, language: Language) -> String {
    let shown = number(persons, language);
    match (persons, language) {
        (0, _) => String::new(),
        (_, Language::Danish) => {
            format!("For {shown} kan det ikke afgøres, om de har fået opioid.")
        }
        (_, Language::English) => {
            format!("For {shown} it cannot be decided whether they have had an opioid.")
        }
    }
}

/// Heading of a column that every list has.
#[must_use]
pub fn column(key: &str, language: Language) -> &'static str {
    match key {
        row::NAME => pick(language, "Navn", "Name"),
        row::AGE => pick(language, "Alder", "Age"),
        row::SUM => "OMEQ",
        row::SPAN => pick(language, "Spænd", "Span"),
        row::NEEDED => pick(language, "Efter behov", "As needed"),
        _ => "CPR",
    }
}

/// Heading of the flag that follows the limit.
#[must_use]
pub fn dose_column(language: Language) -> &'static str {
    pick(language, "Dosis", "Dose")
}

/// The sum: »mindst 60,0« where some of it cannot be counted, never 0 then.
#[must_use]
pub fn sum(sum: &Omeq, language: Language) -> String {
    let shown = mg(sum.fixed, language);
    match (sum.missing, sum.fixed.is_zero()) {
        (0, _) => shown,
        (_, true) => state(FlagState::Unknown, None, language),
        (_, false) => format!("{} {shown}", pick(language, "mindst", "at least")),
    }
}

/// From the lowest to the highest source; »–« where the sum is not whole.
#[must_use]
pub fn span(sum: &Omeq, language: Language) -> String {
    if sum.missing > 0 {
        return NONE.to_owned();
    }
    format!("{}–{}", mg(sum.low, language), mg(sum.high, language))
}

/// As-needed doses: »højst 30,0«.
#[must_use]
pub fn needed(sum: &Omeq, language: Language) -> String {
    let known = mg(sum.as_needed, language);
    match (sum.without_maximum, sum.as_needed.is_positive()) {
        (true, _) => pick(language, "uden højeste", "no maximum").to_owned(),
        (false, true) => format!("{} {known}", pick(language, "højst", "at most")),
        (false, false) => NONE.to_owned(),
    }
}

/// The word of a chip: »> 90« where a limit is meant, »ja« otherwise.
#[must_use]
pub fn state(state: FlagState, over: Option<Ratio>, language: Language) -> String {
    let word = match (state, over) {
        (FlagState::Yes, Some(over)) => return format!("> {}", limit(over, language)),
        (FlagState::Yes, None) => pick(language, "ja", "yes"),
        (FlagState::No, _) => NONE,
        (FlagState::Unknown, _) => pick(language, "ukendt", "unknown"),
        (FlagState::Grey, _) => pick(language, "gråzone", "grey zone"),
        (FlagState::Exempt, _) => pick(language, "undtaget", "exempt"),
    };
    word.to_owned()
}

/// »ny ved 90«.
#[must_use]
pub fn entered(over: Ratio, language: Language) -> String {
    format!("{} {}", pick(language, "ny ved", "new at"), limit(over, language))
}

/// What a figure counts.
#[must_use]
pub fn figure(of: Figure, over: Option<Ratio>, language: Language) -> String {
    let over = over.map_or_else(String::new, |over| limit(over, language));
    match (of, language) {
        (Figure::Users, Language::Danish) => "har fået opioid".into(),
        (Figure::Users, Language::English) => "have had an opioid".into(),
        (Figure::LongTerm, Language::Danish) => "langtidsbrugere".into(),
        (Figure::LongTerm, Language::English) => "long-term users".into(),
        (Figure::Over, Language::Danish) => format!("over {over} mg OMEQ"),
        (Figure::Over, Language::English) => format!("over {over} mg OMEQ"),
        (Figure::Grey, Language::Danish) => "gråzone: afhænger af kilden".into(),
        (Figure::Grey, Language::English) => "grey zone: depends on the source".into(),
        (Figure::Unknown, Language::Danish) => format!("over {over} mg kan ikke afgøres"),
        (Figure::Unknown, Language::English) => format!("over {over} mg cannot be decided"),
        (Figure::Exempt, Language::Danish) => "undtaget".into(),
        (Figure::Exempt, Language::English) => "exempt".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Danish, English};

    #[test]
    fn milligrams_have_one_decimal_rounded_half_up() {
        let third = Ratio::new(100, 3).unwrap();
        assert_eq!(mg(third, Danish), "33,3");
        assert_eq!(mg(Ratio::new(1, 20).unwrap(), Danish), "0,1");
        assert_eq!(mg(Ratio::whole(1200), English), "1,200.0");
        assert_eq!(limit(Ratio::new(181, 2).unwrap(), Danish), "90,5");
    }
}
