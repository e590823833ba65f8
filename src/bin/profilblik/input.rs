//! Files, folders and the clock.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use profilblik::day::Day;
use profilblik::session::Input;

use crate::outcome::Misuse;

/// Every file named, and every file in a folder named, hidden ones left out.
pub fn files(paths: &[PathBuf]) -> Result<Vec<Input>, Misuse> {
    let mut found = Vec::new();
    for path in paths {
        let about = fs::metadata(path).map_err(|error| unreachable(path, &error))?;
        if about.is_dir() {
            folder(path, &mut found).map_err(|error| unreachable(path, &error))?;
        } else {
            found.push((path.clone(), about.len()));
        }
    }
    Ok(found.into_iter().map(|(path, size)| input(path, size)).collect())
}

fn unreachable(path: &Path, error: &io::Error) -> Misuse {
    let path = path.display();
    Misuse::new(
        format!("`{path}` kan ikke åbnes ({error})"),
        format!("`{path}` cannot be opened ({error})"),
    )
}

// Sorted, so that the same folder is read in the same order on every machine. Links to folders are
// not followed: they may form a ring.
fn folder(path: &Path, found: &mut Vec<(PathBuf, u64)>) -> io::Result<()> {
    let mut entries = fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            folder(&entry.path(), found)?;
        } else if let Ok(about) = fs::metadata(entry.path())
            && about.is_file()
        {
            found.push((entry.path(), about.len()));
        }
    }
    Ok(())
}

fn input(path: PathBuf, size: u64) -> Input {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Input { name, size, content: Box::new(Late { path, file: None }) }
}

// Opened when it is read: a folder may hold more files than a process may have open.
struct Late {
    path: PathBuf,
    file: Option<File>,
}

impl Read for Late {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.file {
            Some(file) => file.read(buffer),
            None => self.file.insert(File::open(&self.path)?).read(buffer),
        }
    }
}

/// Today in coordinated universal time; only the default index date depends on it, and only for
/// an export whose rows lie ahead of it.
pub fn today() -> Day {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    Day(i32::try_from(seconds / 86_400).unwrap_or(i32::MAX / 2))
}
