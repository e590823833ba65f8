//! `demo`: an export of invented patients.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use profilblik::demo::{Demo, file_name};
use profilblik::note::{Language, Said};
use profilblik::schema::Register;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::arguments::DemoWanted;
use crate::outcome::{Misuse, Outcome};

/// Writes the seven files into a folder or a ZIP.
pub fn run(wanted: &DemoWanted, language: Language) -> Result<Outcome, Misuse> {
    let demo = Demo::new(wanted.patients, wanted.seed, wanted.date);
    let packed = wanted.out.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip"));
    let written = if packed { archive(&demo, &wanted.out) } else { folder(&demo, &wanted.out) };
    let out = wanted.out.display();
    written.map_err(|error| {
        Misuse::new(
            format!("`{out}` kan ikke skrives ({error})"),
            format!("`{out}` cannot be written ({error})"),
        )
    })?;
    let (patients, date) = (wanted.patients, wanted.date.danish());
    let said = Said::new(
        format!("{patients} opdigtede patienter pr. {date} er skrevet til {out}\n"),
        format!("{patients} invented patients as of {date} were written to {out}\n"),
    );
    Ok(Outcome::text(said.of(language).to_owned()))
}

fn folder(demo: &Demo, path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)?;
    for register in Register::ALL {
        let mut file = BufWriter::new(File::create(path.join(file_name(register)))?);
        demo.write(register, &mut file)?;
        file.flush()?;
    }
    Ok(())
}

// Entries carry the earliest time a ZIP can hold: the same patients give the same bytes.
fn archive(demo: &Demo, path: &Path) -> io::Result<()> {
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut archive = ZipWriter::new(BufWriter::new(File::create(path)?));
    for register in Register::ALL {
        archive.start_file(file_name(register), options)?;
        demo.write(register, &mut archive)?;
    }
    archive.finish()?.flush()
}
