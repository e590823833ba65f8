//! Heading and verdict of the why panel.

use crate::note::Language;
use crate::profile::plan::{Group, GroupRule};
use crate::records::Standing;
use crate::truth::Truth;
use crate::view::person::standing;
use crate::view::words::{lower_first, pick, small_number, upper_first};

/// »CPR-nummeret findes ikke i filen.«
#[must_use]
pub fn not_found(language: Language) -> &'static str {
    pick(language, "CPR-nummeret findes ikke i filen.", "The CPR number is not in the file.")
}

/// »Patienten er ikke tilmeldt (passant) og indgår ikke i lister og tal.«
#[must_use]
pub fn not_looked_at(as_what: Standing, language: Language) -> String {
    let word = standing(as_what, language);
    match language {
        Language::Danish => {
            format!("Patienten er ikke tilmeldt ({word}) og indgår ikke i lister og tal.")
        }
        Language::English => {
            format!("The patient is not listed ({word}) and is not part of lists and figures.")
        }
    }
}

/// Heading by the answer.
#[must_use]
pub fn heading(population: Truth, looked_at: bool, language: Language) -> &'static str {
    match (looked_at, population) {
        (false, _) => pick(language, "Patienten indgår ikke", "The patient is not included"),
        (true, Truth::Yes) => {
            pick(language, "Hvorfor er patienten på listen?", "Why is the patient on the list?")
        }
        (true, Truth::Unknown) => {
            pick(language, "Hvorfor kan det ikke afgøres?", "Why can it not be decided?")
        }
        (true, Truth::No) => pick(
            language,
            "Hvorfor er patienten ikke på listen?",
            "Why is the patient not on the list?",
        ),
    }
}

/// On the list: »Begge krav er opfyldt.« · »Ét af to krav er opfyldt.«
#[must_use]
pub fn on_list(group: &Group, verdicts: &[Truth], language: Language) -> String {
    let all = group.of.len();
    let met = group.of.iter().filter(|c| verdicts.get(c.0) == Some(&Truth::Yes)).count();
    if matches!(group.rule, GroupRule::None) {
        return pick(language, "Ingen af kravene gælder.", "None of the criteria holds.")
            .to_owned();
    }
    if matches!(group.rule, GroupRule::Undecided) {
        return pick(language, "Et krav kan ikke afgøres.", "A criterion cannot be decided.")
            .to_owned();
    }
    match (met, all) {
        (1, 1) => pick(language, "Kravet er opfyldt.", "The criterion is met.").to_owned(),
        (2, 2) => pick(language, "Begge krav er opfyldt.", "Both criteria are met.").to_owned(),
        (met, all) if met == all => format!(
            "{} {} {}",
            pick(language, "Alle", "All"),
            small_number(all, language),
            pick(language, "krav er opfyldt.", "criteria are met.")
        ),
        (met, all) => {
            let verb = match (language, met) {
                (Language::English, 1) => "is",
                (Language::English, _) => "are",
                (Language::Danish, _) => "er",
            };
            format!(
                "{} {} {} {} {verb} {}",
                upper_first(&small_number(met, language)),
                pick(language, "af", "of"),
                small_number(all, language),
                pick(language, "krav", "criteria"),
                pick(language, "opfyldt.", "met.")
            )
        }
    }
}

/// »På listen. Det kan ikke afgøres, om patienten skal udelukkes: diagnose uden dato (B74).«
#[must_use]
pub fn exclusion_unknown(reason: &str, language: Language) -> String {
    let reason = lower_first(reason.trim_end_matches('.'));
    match language {
        Language::Danish => {
            format!("På listen. Det kan ikke afgøres, om patienten skal udelukkes: {reason}.")
        }
        Language::English => {
            format!(
                "On the list. Whether the patient is to be excluded cannot be decided: {reason}."
            )
        }
    }
}

/// »Ikke på listen. Patienten udelukkes: aktiv cancer.«
#[must_use]
pub fn excluded(text: &str, language: Language) -> String {
    let text = lower_first(text.trim_end_matches('.'));
    match language {
        Language::Danish => format!("Ikke på listen. Patienten udelukkes: {text}."),
        Language::English => format!("Not on the list. The patient is excluded: {text}."),
    }
}

/// »Ikke på listen. Første krav, der ikke er opfyldt: opioid inden for 6 måneder.«
#[must_use]
pub fn first_failing(text: &str, near_miss: &str, language: Language) -> String {
    let text = lower_first(text.trim_end_matches('.'));
    let sentence = match language {
        Language::Danish => format!("Ikke på listen. Første krav, der ikke er opfyldt: {text}."),
        Language::English => format!("Not on the list. First criterion not met: {text}."),
    };
    format!("{sentence} {near_miss}").trim_end().to_owned()
}

/// »Ikke på listen. Ingen af de to krav er opfyldt.«
#[must_use]
pub fn none_met(of: usize, near_miss: &str, language: Language) -> String {
    let count = small_number(of, language);
    let sentence = match language {
        Language::Danish => format!("Ikke på listen. Ingen af de {count} krav er opfyldt."),
        Language::English => format!("Not on the list. None of the {count} criteria is met."),
    };
    format!("{sentence} {near_miss}").trim_end().to_owned()
}

/// »ukendt: udelukkelse«; the page says the first word.
#[must_use]
pub fn exclusion_chip(language: Language) -> &'static str {
    pick(language, "udelukkelse", "exclusion")
}

/// »ukendt, om patienten skal udelukkes«, beside a row whose exclusion is unknown.
#[must_use]
pub fn exclusion_note(language: Language) -> &'static str {
    pick(
        language,
        "ukendt, om patienten skal udelukkes",
        "unknown whether the patient is to be excluded",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::plan::CriterionId;
    use Language::{Danish, English};
    use Truth::{No, Unknown, Yes};

    fn group(rule: GroupRule, count: usize) -> Group {
        Group { rule, of: (0..count).map(CriterionId).collect() }
    }

    #[test]
    fn on_the_list() {
        let all = |n: usize| on_list(&group(GroupRule::All, n), &vec![Yes; n], Danish);
        assert_eq!(all(1), "Kravet er opfyldt.");
        assert_eq!(all(2), "Begge krav er opfyldt.");
        assert_eq!(all(3), "Alle tre krav er opfyldt.");
        let any = group(GroupRule::Any, 2);
        assert_eq!(on_list(&any, &[Yes, No], Danish), "Ét af to krav er opfyldt.");
        assert_eq!(on_list(&any, &[Yes, Unknown], English), "One of two criteria is met.");
        assert_eq!(on_list(&any, &[Yes, Yes], English), "Both criteria are met.");
    }

    #[test]
    fn off_the_list() {
        assert_eq!(
            first_failing("Opioid inden for 6 måneder", "Ingen rækker med N02A i filen.", Danish),
            "Ikke på listen. Første krav, der ikke er opfyldt: opioid inden for 6 måneder. Ingen rækker med N02A i filen."
        );
        assert_eq!(
            not_looked_at(Standing::Passant, Danish),
            "Patienten er ikke tilmeldt (passant) og indgår ikke i lister og tal."
        );
        assert_eq!(none_met(2, "", English), "Not on the list. None of the two criteria is met.");
        assert_eq!(
            exclusion_unknown("Diagnosen B74 har ingen dato.", Danish),
            "På listen. Det kan ikke afgøres, om patienten skal udelukkes: diagnosen B74 har ingen dato."
        );
    }
}
