//! `mapping`, and `--mapping`: how tables are read, written and said.

use std::fs;
use std::path::{Path, PathBuf};

use profilblik::note::{Language, Note, Said};
use profilblik::session::Session;

use crate::input;
use crate::outcome::{Misuse, Outcome};

/// Reads mapping files into a session that has read nothing yet.
pub fn add(session: &mut Session, files: &[PathBuf], language: Language) -> Result<(), Misuse> {
    for path in files {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| {
            Misuse::new(
                format!("`{name}` kan ikke læses ({error})"),
                format!("`{name}` cannot be read ({error})"),
            )
        })?;
        session.add_mapping(&name, &text).map_err(|notes| wrong(&notes, language))?;
    }
    Ok(())
}

fn wrong(notes: &[Note], language: Language) -> Misuse {
    let line = |note: &Note| {
        let place = &note.place;
        let (text, hint) = (note.text.of(language), note.hint.of(language));
        format!("{}:{}: {text}; {hint}", place.file, place.line)
    };
    let all: Vec<String> = notes.iter().map(line).collect();
    let all = all.join("\n");
    Misuse::new(all.clone(), all)
}

/// Writes how the files are read.
pub fn run(
    files: &[PathBuf],
    mappings: &[PathBuf],
    out: &Path,
    language: Language,
) -> Result<Outcome, Misuse> {
    let mut session = Session::with_profiles(Vec::new());
    add(&mut session, mappings, language)?;
    session.read_all(input::files(files)?, input::today(), &mut |_| {});
    let shown = out.display();
    let (file, unread) = session.mapping_file_to_fill_in();
    fs::write(out, file).map_err(|error| {
        Misuse::new(
            format!("`{shown}` kan ikke skrives ({error})"),
            format!("`{shown}` cannot be written ({error})"),
        )
    })?;
    let tables = session.records().sources.len();
    let said = Said::new(
        format!("{tables} tabeller er skrevet til {shown}\n"),
        format!("{tables} tables were written to {shown}\n"),
    );
    let mut text = said.of(language).to_owned();
    if !unread.is_empty() {
        let names = unread.join(", ");
        let said = Said::new(
            format!("Sig i filen, hvad disse tabeller er (register) og hvor CPR står: {names}\n"),
            format!(
                "Say in the file what these tables are (register) and where CPR stands: {names}\n"
            ),
        );
        text += said.of(language);
    }
    let mut outcome = Outcome::text(text);
    for (_, refusal) in session.refused() {
        outcome.refuse(refusal.text.of(language));
    }
    Ok(outcome)
}
