//! Words of »Udtynding«.

use crate::evaluate::Attrition;
use crate::note::Language;
use crate::profile::plan::GroupRule;
use crate::view::words::{lower_first, number, pick, small_number};

/// »1.575 personer ses på. 41 er på listen, og for 3 kan det ikke afgøres.«
#[must_use]
pub fn lead(found: &Attrition, language: Language) -> String {
    let count = |count: u32| number(u64::from(count), language);
    let (all, members) = (count(found.looked_at), count(found.members));
    let (undecided, others) = (count(found.undecided), count(found.not_looked_at));
    match language {
        Language::Danish => format!(
            "{all} personer ses på. {members} er på listen, og for {undecided} kan det ikke \
             afgøres. {others} ses der ikke på: ikke tilmeldt, fraflyttet eller afdød."
        ),
        Language::English => format!(
            "{all} persons are looked at. {members} are on the list, and {undecided} cannot be \
             decided. {others} are not looked at: not listed, moved or deceased."
        ),
    }
}

/// Headings of the columns, the criterion first.
#[must_use]
pub fn columns(language: Language) -> Vec<String> {
    let words = match language {
        Language::Danish => ["Krav", "Ja", "Nej", "Ukendt", "Falder fra", "Tilbage", "Alene"],
        Language::English => ["Criterion", "Yes", "No", "Unknown", "Fall", "Left", "Alone"],
    };
    words.map(str::to_owned).to_vec()
}

/// The first line.
#[must_use]
pub fn looked_at(language: Language) -> &'static str {
    pick(language, "Alle, der ses på", "All who are looked at")
}

/// The last line but one.
#[must_use]
pub fn members(language: Language) -> &'static str {
    pick(language, "På listen", "On the list")
}

/// The last line.
#[must_use]
pub fn undecided(language: Language) -> &'static str {
    pick(language, "Kan ikke afgøres", "Cannot be decided")
}

/// »Udelukkes: bor på plejehjem«
#[must_use]
pub fn excluded(said: &str, language: Language) -> String {
    format!("{} {}", pick(language, "Udelukkes:", "Excluded:"), lower_first(said))
}

/// A group that is one step: »Mindst ét af tre krav«.
#[must_use]
pub fn rule(rule: GroupRule, of: usize, language: Language) -> String {
    let of = small_number(of, language);
    match (rule, language) {
        (GroupRule::All, Language::Danish) => format!("Alle {of} krav"),
        (GroupRule::All, Language::English) => format!("All {of} criteria"),
        (GroupRule::Any, Language::Danish) => format!("Mindst ét af {of} krav"),
        (GroupRule::Any, Language::English) => format!("At least one of {of} criteria"),
        (GroupRule::None, Language::Danish) => format!("Ingen af {of} krav"),
        (GroupRule::None, Language::English) => format!("None of {of} criteria"),
        (GroupRule::Undecided, Language::Danish) => format!("Ukendt for mindst ét af {of} krav"),
        (GroupRule::Undecided, Language::English) => {
            format!("Unknown for at least one of {of} criteria")
        }
        (GroupRule::AtLeast(count), language) => {
            let least = small_number(count, language);
            match language {
                Language::Danish => format!("Mindst {least} af {of} krav"),
                Language::English => format!("At least {least} of {of} criteria"),
            }
        }
    }
}

/// How to read the numbers.
#[must_use]
pub fn notes(parts: bool, language: Language) -> Vec<String> {
    let steps = pick(
        language,
        "Tallene er personer, ikke rækker. Hvert krav ses kun hos dem, der er tilbage efter kravet \
         før. Den, for hvem et krav er ukendt, falder ikke fra, men bliver stående.",
        "The numbers are persons, not rows. Each criterion is seen only in those left after the one \
         before. Whoever is unknown at a criterion does not fall, but stays.",
    );
    let alternatives = pick(
        language,
        "Indrykkede linjer hører til en gruppe, som afgøres samlet. Samme person kan opfylde flere \
         af dem. »Alene« er personer, for hvem den linje alene afgør gruppens svar.",
        "Indented lines belong to a group that is decided as a whole. One person may fulfil several \
         of them. “Alone” are persons for whom that line alone decides the group's answer.",
    );
    let said = if parts { vec![steps, alternatives] } else { vec![steps] };
    said.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Danish, English};

    #[test]
    fn groups_read_as_what_they_ask() {
        assert_eq!(rule(GroupRule::Any, 3, Danish), "Mindst ét af tre krav");
        assert_eq!(rule(GroupRule::AtLeast(2), 3, English), "At least two of three criteria");
        assert_eq!(excluded("Bor på plejehjem", Danish), "Udelukkes: bor på plejehjem");
    }

    #[test]
    fn both_languages_have_the_same_columns() {
        assert_eq!(columns(Danish).len(), columns(English).len());
    }
}
