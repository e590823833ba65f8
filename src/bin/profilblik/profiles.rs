//! Profiles named on the command line: built in, or files.

use std::cell::LazyCell;
use std::fs;
use std::path::{Path, PathBuf};

use profilblik::catalog;
use profilblik::note::{Language, Level, Note};
use profilblik::profile::{self, Checked};

use crate::outcome::{Misuse, Outcome};

/// The profiles, in the order in which they were named.
pub fn named(names: &[String]) -> Result<Vec<Checked>, Misuse> {
    let built_in = LazyCell::new(catalog::built_in);
    names.iter().map(|name| one(name, &built_in)).collect()
}

/// The same; a folder stands for the `.toml` files in it.
pub fn named_or_in_folders(names: &[String]) -> Result<Vec<Checked>, Misuse> {
    let built_in = LazyCell::new(catalog::built_in);
    let mut found = Vec::new();
    for name in names {
        if Path::new(name).is_dir() {
            for path in in_folder(Path::new(name))? {
                found.push(file(&path)?);
            }
        } else {
            found.push(one(name, &built_in)?);
        }
    }
    Ok(found)
}

// The built-in profiles are checked once, however many names there are.
fn one(name: &str, built_in: &[Checked]) -> Result<Checked, Misuse> {
    if let Some(profile) = built_in.iter().find(|p| p.id == name) {
        return Ok(profile.clone());
    }
    if !Path::new(name).exists() {
        let known: Vec<&str> = built_in.iter().map(|p| p.id.as_str()).collect();
        let known = known.join(", ");
        return Err(Misuse::new(
            format!("ingen profil hedder `{name}`, og ingen fil heller; indbyggede: {known}"),
            format!("no profile is called `{name}`, and no file either; built in: {known}"),
        ));
    }
    file(Path::new(name))
}

fn file(path: &Path) -> Result<Checked, Misuse> {
    let shown = path.display();
    let bytes = fs::read(path).map_err(|error| {
        Misuse::new(
            format!("`{shown}` kan ikke læses ({error})"),
            format!("`{shown}` cannot be read ({error})"),
        )
    })?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    // What is not UTF-8 becomes a replacement character, which the profile reader refuses with its
    // line unless it stands in a comment or a text for people.
    Ok(profile::check(&name, &String::from_utf8_lossy(&bytes)))
}

fn in_folder(path: &Path) -> Result<Vec<PathBuf>, Misuse> {
    let shown = path.display();
    let entries =
        fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(|error| {
            Misuse::new(
                format!("`{shown}` kan ikke læses ({error})"),
                format!("`{shown}` cannot be read ({error})"),
            )
        })?;
    let mut paths: Vec<PathBuf> = entries
        .iter()
        .map(fs::DirEntry::path)
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    if paths.is_empty() {
        return Err(Misuse::new(
            format!("ingen .toml-filer i `{shown}`"),
            format!("no .toml files in `{shown}`"),
        ));
    }
    Ok(paths)
}

/// Complains about the errors of a profile; true if it can be run.
pub fn usable(profile: &Checked, language: Language, outcome: &mut Outcome) -> bool {
    for note in profile.notes.iter().filter(|n| n.level == Level::Error) {
        outcome.refuse(&shown(note, language));
    }
    if profile.plan.is_none() && !outcome.refused {
        outcome.refuse(&profile.title);
    }
    profile.plan.is_some()
}

/// `file:line:column: text (hint)`.
pub fn shown(note: &Note, language: Language) -> String {
    let place = &note.place;
    let hint = note.hint.of(language);
    let hint = if hint.is_empty() { String::new() } else { format!(" ({hint})") };
    format!("{}:{}:{}: {}{hint}", place.file, place.line, place.column, note.text.of(language))
}
