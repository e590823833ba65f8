//! Sentences of the page »Opioider«, in both languages.

use crate::amount::Amount;
use crate::note::Language;
use crate::opioid::table::rounded;
use crate::ratio::Ratio;
use crate::view::cell::NONE;
use crate::view::opioids::arrange::{Choice, Figure};
use crate::view::opioids::{FlagState, Omeq, OpioidsView, Over, User, row};
use crate::view::words::{amount, and_list, number, pick};

/// More names than this make a sentence that nobody reads.
const NAMES: usize = 8;

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

/// How the limit moves the list.
pub struct Moved<'a> {
    /// Persons over the limit in force.
    pub over: u64,
    /// The limit in force.
    pub now: Ratio,
    /// The profile's own.
    pub own: Ratio,
    /// Names of those who come in.
    pub entering: &'a [String],
    /// … and of those who go out.
    pub leaving: &'a [String],
}

/// »13 patienter over 90 mg.« and »4 flere end ved profilens 100 mg: … Ingen går ud.«
#[must_use]
pub fn moved(moved: &Moved<'_>, language: Language) -> (String, String) {
    let (now, own) = (limit(moved.now, language), limit(moved.own, language));
    let over = number(moved.over, language);
    let patients = match (moved.over, language) {
        (1, Language::Danish) => "patient",
        (_, Language::Danish) => "patienter",
        (1, Language::English) => "patient",
        (_, Language::English) => "patients",
    };
    let lead = format!("{over} {patients} over {now} mg.");
    if moved.now == moved.own {
        let own = pick(language, "Det er profilens grænse.", "That is the profile's limit.");
        return (lead, own.to_owned());
    }
    let (come, go) = (moved.entering.len(), moved.leaving.len());
    let names = |all| names(all, language);
    let rest = match language {
        Language::Danish if come == 0 && go == 0 => {
            format!("De samme som ved profilens {own} mg.")
        }
        Language::Danish if go == 0 => {
            format!(
                "{come} flere end ved profilens {own} mg: {}. Ingen går ud.",
                names(moved.entering)
            )
        }
        Language::Danish => {
            format!(
                "{go} færre end ved profilens {own} mg: {}. Ingen kommer ind.",
                names(moved.leaving)
            )
        }
        Language::English if come == 0 && go == 0 => {
            format!("The same as at the profile's {own} mg.")
        }
        Language::English if go == 0 => {
            format!(
                "{come} more than at the profile's {own} mg: {}. Nobody leaves.",
                names(moved.entering)
            )
        }
        Language::English => {
            format!(
                "{go} fewer than at the profile's {own} mg: {}. Nobody enters.",
                names(moved.leaving)
            )
        }
    };
    (lead, rest)
}

fn names(all: &[String], language: Language) -> String {
    let rest = all.len().saturating_sub(NAMES);
    if rest == 0 {
        return and_list(all, language);
    }
    let mut some: Vec<String> = all.iter().take(NAMES).cloned().collect();
    some.push(format!("{rest} {}", pick(language, "andre", "others")));
    and_list(&some, language)
}

/// »Grænse flyttet: 90 mg«.
#[must_use]
pub fn moved_mark(now: Ratio, language: Language) -> String {
    format!("{}: {} mg", pick(language, "Grænse flyttet", "Limit moved"), limit(now, language))
}

/// What a print rests on: limit, factor table, definition of long-term use, and what it is not for.
#[must_use]
pub fn paper(view: &OpioidsView, choice: &Choice, language: Language) -> String {
    let limit = view.limit_in_force(choice).map(|now| match view.is_moved(choice) {
        true => moved_mark(now, language),
        false => {
            format!("{}: {} mg", pick(language, "Grænse", "Limit"), self::limit(now, language))
        }
    });
    let factors = format!("{} {}", pick(language, "Faktortabel", "Factor table"), view.factors);
    let long_term = (!view.long_term_name.is_empty())
        .then(|| format!("{}: {}", pick(language, "Langtid", "Long-term"), view.long_term_name));
    let profile = format!("{} {}", pick(language, "Profil", "Profile"), view.profile.title);
    let parts = limit.into_iter().chain([factors]).chain(long_term).chain([profile]);
    format!("{}. {}", parts.collect::<Vec<_>>().join(". "), not_for(language))
}

/// »Undtaget: cancer. Vises, men tæller ikke som flag.«; `None` where no exception holds.
#[must_use]
pub fn exempt(view: &OpioidsView, user: &User, language: Language) -> Option<String> {
    let of = |at: &u32| view.exceptions.get(*at as usize).cloned();
    let names: Vec<String> = user.exempt.iter().filter_map(of).collect();
    let names = and_list(&names, language);
    (!names.is_empty()).then(|| match language {
        Language::Danish => format!("Undtaget: {names}. Vises, men tæller ikke som flag."),
        Language::English => format!("Exempt: {names}. Shown, but not counted as a flag."),
    })
}

/// »Mere end 100 mg: ja.« and why.
#[must_use]
pub fn verdict(
    found: Over,
    sum: Option<&Omeq>,
    over: Ratio,
    language: Language,
) -> (String, String) {
    let held = limit(over, language);
    let answer = match found {
        Over::Yes => pick(language, "ja", "yes"),
        Over::No => pick(language, "nej", "no"),
        Over::Grey => pick(language, "gråzone", "grey zone"),
        Over::Unknown => pick(language, "kan ikke afgøres", "cannot be decided"),
    };
    let lead = format!("{} {held} mg: {answer}.", pick(language, "Mere end", "More than"));
    (lead, sum.map_or_else(String::new, |sum| because(found, sum, &held, language)))
}

fn because(found: Over, sum: &Omeq, held: &str, language: Language) -> String {
    let fixed = mg(sum.fixed, language);
    let (low, high) = (mg(sum.low, language), mg(sum.high, language));
    match (found, language) {
        (Over::Yes, Language::Danish) => {
            format!("{fixed} > {held}. Svaret er det samme for laveste og højeste kilde.")
        }
        (Over::Yes, Language::English) => {
            format!("{fixed} > {held}. The answer is the same for the lowest and highest source.")
        }
        (Over::No, Language::Danish) => format!("{fixed} er ikke mere end {held}."),
        (Over::No, Language::English) => format!("{fixed} is not more than {held}."),
        (Over::Grey, Language::Danish) => {
            format!("{low} med laveste kilde; {high} med højeste kilde.")
        }
        (Over::Grey, Language::English) => {
            format!("{low} by the lowest source; {high} by the highest source.")
        }
        (Over::Unknown, _) => open(sum, language),
    }
}

fn open(sum: &Omeq, language: Language) -> String {
    let fixed = mg(sum.fixed, language);
    match (sum.missing > 0, sum.fixed.is_zero()) {
        (true, true) => {
            pick(language, "Ingen del af dosis kan opgøres.", "No part of the dose can be counted.")
                .to_owned()
        }
        (true, false) => match language {
            Language::Danish => format!("Kendt del er mindst {fixed}."),
            Language::English => format!("The known part is at least {fixed}."),
        },
        (false, _) => match language {
            Language::Danish => {
                format!("Faste doser er {fixed}; doser efter behov eller fra–til kan nå over.")
            }
            Language::English => {
                format!("Fixed doses are {fixed}; as-needed or from–to doses may reach over.")
            }
        },
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

    #[test]
    fn those_who_enter_are_named_and_many_are_cut_short() {
        let names: Vec<String> = ('a'..='l').map(String::from).collect();
        let told = |entering: &[String], leaving: &[String], now: i64| {
            let (now, own) = (Ratio::whole(now), Ratio::whole(100));
            moved(&Moved { over: 13, now, own, entering, leaving }, Danish).1
        };
        assert_eq!(
            told(&names[..2], &[], 90),
            "2 flere end ved profilens 100 mg: a og b. Ingen går ud."
        );
        assert_eq!(
            told(&[], &names[..1], 110),
            "1 færre end ved profilens 100 mg: a. Ingen kommer ind."
        );
        assert!(told(&names, &[], 60).contains("a, b, c, d, e, f, g, h og 4 andre."));
        assert_eq!(told(&[], &[], 100), "Det er profilens grænse.");
    }

    #[test]
    fn the_verdict_has_four_forms() {
        let sum = |fixed, low, high, missing| Omeq {
            fixed: Ratio::whole(fixed),
            low: Ratio::whole(low),
            high: Ratio::whole(high),
            most: (missing == 0).then_some(Ratio::whole(fixed)),
            as_needed: Ratio::ZERO,
            without_maximum: false,
            missing,
        };
        let told = |sum: Omeq| {
            let limit = Ratio::whole(100);
            let (lead, why) =
                verdict(crate::view::opioids::over(Some(&sum), limit), Some(&sum), limit, Danish);
            format!("{lead} {why}")
        };
        assert_eq!(
            told(sum(120, 112, 140, 0)),
            "Mere end 100 mg: ja. 120,0 > 100. Svaret er det samme for laveste og højeste kilde."
        );
        assert_eq!(
            told(sum(100, 100, 100, 0)),
            "Mere end 100 mg: nej. 100,0 er ikke mere end 100."
        );
        assert_eq!(
            told(sum(90, 90, 120, 0)),
            "Mere end 100 mg: gråzone. 90,0 med laveste kilde; 120,0 med højeste kilde."
        );
        assert_eq!(
            told(sum(60, 60, 60, 1)),
            "Mere end 100 mg: kan ikke afgøres. Kendt del er mindst 60,0."
        );
        assert_eq!(super::sum(&sum(0, 0, 0, 1), Danish), "ukendt");
    }
}
