//! Sentences of »Opioider« about the limit, in both languages: who comes in, what a sum is held
//! against, and what a print rests on.

use crate::note::Language;
use crate::ratio::Ratio;
use crate::view::opioids::arrange::Choice;
use crate::view::opioids::{Omeq, OpioidsView, Over, User};
use crate::view::text_opioids::{limit, mg, not_for};
use crate::view::words::{and_list, number, pick};

/// More names than this make a sentence that nobody reads.
const NAMES: usize = 8;

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
    let changed = Some(view.profile.changed.clone()).filter(|changed| !changed.is_empty());
    let parts = limit.into_iter().chain([factors]).chain(long_term).chain([profile]).chain(changed);
    format!("{}. {}", parts.collect::<Vec<_>>().join(". "), not_for(language))
}

/// »Aktiv kræft 4, Palliation 2«: a person may have several.
#[must_use]
pub fn exceptions(view: &OpioidsView) -> String {
    let short = |(name, held): (&str, usize)| {
        let name = name.split(':').next().unwrap_or(name);
        format!("{name} {held}")
    };
    view.dose_exceptions().map(short).collect::<Vec<_>>().join(", ")
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
    use Language::Danish;

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
        assert_eq!(crate::view::text_opioids::sum(&sum(0, 0, 0, 1), Danish), "ukendt");
    }
}
