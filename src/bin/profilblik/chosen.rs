//! `--factors`, `--factor-set`, `--choose`, `--switch-on`: what is not the profile's or the
//! program's own.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use profilblik::note::{Language, Level, Note};
use profilblik::opioid::{self, Table};
use profilblik::profile::Checked;
use profilblik::profile::choice::Refused;
use profilblik::profile::plan::Plan;
use profilblik::view::text_factors;

use crate::outcome::Misuse;

/// As written.
#[derive(Debug, Default)]
pub struct Chosen {
    /// A factor table.
    pub factors: Option<PathBuf>,
    /// Name of a set of it.
    pub set: Option<String>,
    /// `criterion=variant`, each.
    pub choose: Vec<String>,
    /// Markers.
    pub switch_on: Vec<String>,
}

impl Chosen {
    /// The table in force; with an error nothing is evaluated, since other factors than those that
    /// were asked for would give other numbers.
    pub fn table(&self) -> Result<Arc<Table>, Misuse> {
        let base = self.factors.as_ref().map_or_else(|| Ok(Arc::clone(opioid::table())), read)?;
        let Some(name) = &self.set else { return Ok(base) };
        let set = base.set_named(name).map_err(Misuse)?;
        Ok(Arc::new(base.with_set(&set)))
    }

    /// Chooses and switches in every profile that has what is named; one of them must.
    pub fn change(&self, profiles: &mut [Checked]) -> Result<(), Misuse> {
        for written in &self.choose {
            let Some((criterion, variant)) = written.split_once('=') else {
                return Err(Misuse::new(
                    format!("`--choose {written}`: skriv kriterium=variant"),
                    format!("`--choose {written}`: write criterion=variant"),
                ));
            };
            one_of(profiles, written, &|plan| plan.choose(criterion, variant))?;
        }
        for marker in &self.switch_on {
            one_of(profiles, marker, &|plan| plan.switch_marker(marker, true))?;
        }
        Ok(())
    }
}

fn one_of(
    profiles: &mut [Checked],
    written: &str,
    change: &dyn Fn(&mut Plan) -> Result<(), Refused>,
) -> Result<(), Misuse> {
    let mut worst = Refused::NotFound;
    let mut found = false;
    for plan in profiles.iter_mut().filter_map(|profile| profile.plan.as_mut()) {
        match change(plan) {
            Ok(()) => found = true,
            Err(Refused::NotFound) => {}
            Err(other) => worst = other,
        }
    }
    if found {
        return Ok(());
    }
    Err(match worst {
        Refused::EveryoneIsIn => Misuse::new(
            format!("`{written}`: så ville alle være på listen"),
            format!("`{written}`: everyone would be on the list"),
        ),
        Refused::NotFound | Refused::NoSuchAlternative => Misuse::new(
            format!("`{written}` findes ikke i profilerne"),
            format!("`{written}` is not in the profiles"),
        ),
    })
}

fn read(path: &PathBuf) -> Result<Arc<Table>, Misuse> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| {
        Misuse::new(
            format!("`{shown}` kan ikke læses ({error})"),
            format!("`{shown}` cannot be read ({error})"),
        )
    })?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Table::read(&name, text).map(Arc::new).map_err(|notes| {
        let all = |language| {
            let errors = notes.iter().filter(|note| note.level == Level::Error);
            errors.map(|note| line(note, language)).collect::<Vec<_>>().join("\n")
        };
        Misuse::new(all(Language::Danish), all(Language::English))
    })
}

fn line(note: &Note, language: Language) -> String {
    format!("{}:{}: {}", note.place.file, note.place.line, note.text.of(language))
}

/// What stands in JSON beside the results, where it is not the program's own.
pub fn label(table: &Table) -> Option<String> {
    Some(text_factors::label(table, Language::Danish)).filter(|label| !label.is_empty())
}

/// `criterion=variant`, of what is not the profile's own.
pub fn choices(plan: &Plan) -> Vec<String> {
    let made = |choice: profilblik::profile::choice::Choice<'_>| {
        Some(format!("{}={}", choice.criterion.id, choice.made()?.id))
    };
    plan.changed_choices().filter_map(made).collect()
}

/// Markers that were switched on.
pub fn switched(plan: &Plan) -> Vec<String> {
    plan.switched_markers().map(|marker| marker.id.clone()).collect()
}
