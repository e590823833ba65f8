//! `sql`: a profile as SQL, or the empty tables that it reads.

use profilblik::note::Language;
use profilblik::sql;

use crate::arguments::SqlWanted;
use crate::outcome::{Misuse, Outcome};
use crate::profiles;

/// Prints the text; a profile with errors is refused with status 1.
pub fn run(wanted: &SqlWanted, language: Language) -> Result<Outcome, Misuse> {
    let (Some(name), Some(date)) = (&wanted.profile, wanted.date) else {
        return Ok(Outcome::text(sql::tables(wanted.dialect)));
    };
    let mut outcome = Outcome::default();
    for profile in profiles::named(std::slice::from_ref(name))? {
        if !profiles::usable(&profile, language, &mut outcome) {
            continue;
        }
        let Some(plan) = &profile.plan else { continue };
        outcome.text = sql::sql(plan, date, wanted.dialect);
    }
    Ok(outcome)
}
