//! ZIP archives, behind caps counted while inflating.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::Fault;
use super::{HEAD_BYTES, Refusal};
use crate::marks::visible;

/// Most members an extract may have.
const MOST_MEMBERS: usize = 200;
/// Most bytes that all members may unpack to.
pub(super) const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// What makes a container a workbook; and any document of that family.
const WORKBOOK: &str = "xl/workbook.xml";
const CONTENT_TYPES: &str = "[content_types].xml";
/// Bytes handed over at a time.
const SLICE_BYTES: usize = 1024 * 1024;

/// An opened ZIP.
pub struct Archive {
    name: String,
    zip: ZipArchive<Cursor<Vec<u8>>>,
    members: Vec<(usize, Member)>,
    /// Places of all entries, for looking parts of a workbook up.
    paths: Vec<String>,
    unpacked: u64,
    most_bytes: u64,
}

/// A file inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Name without folders.
    pub name: String,
    /// Unpacked bytes as declared.
    pub size: u64,
}

impl Archive {
    /// Opens the whole archive's bytes.
    ///
    /// # Errors
    /// A [`Refusal`] when it is locked, broken, a spreadsheet that cannot be read, has too many
    /// entries or declares to unpack to too much.
    pub fn open(name: &str, bytes: Vec<u8>) -> Result<Self, Refusal> {
        Self::open_within(name, bytes, MOST_BYTES)
    }

    fn open_within(name: &str, bytes: Vec<u8>, most_bytes: u64) -> Result<Self, Refusal> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| refusal(name, &e))?;
        if zip.len() > MOST_MEMBERS {
            return Err(Refusal::too_many_members(name));
        }
        let (mut members, mut paths) = (Vec::new(), Vec::new());
        let mut declared = 0u64;
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|e| refusal(name, &e))?;
            let path = entry.name().map_err(|e| refusal(name, &e))?.into_owned();
            match path.as_str() {
                "xl/workbook.bin" => return Err(Refusal::binary_excel(name)),
                "content.xml" => return Err(Refusal::spreadsheet(name)),
                _ => {}
            }
            if entry.encrypted() {
                return Err(Refusal::locked_archive(name));
            }
            declared = declared.saturating_add(entry.size());
            if entry.is_file() && !is_litter(&path) {
                let member =
                    Member { name: visible(base_name(&path)).into_owned(), size: entry.size() };
                members.push((index, member));
            }
            drop(entry);
            paths.push(place(&path));
        }
        match (declared > most_bytes, members.is_empty()) {
            (true, _) if is_named_workbook(name) => Err(Refusal::workbook_too_large(name)),
            (true, _) => Err(Refusal::archive_too_large(name)),
            (_, true) => Err(Refusal::empty_archive(name)),
            _ => Ok(Self { name: name.into(), zip, members, paths, unpacked: 0, most_bytes }),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Is it a workbook?
    #[must_use]
    pub fn is_workbook(&self) -> bool {
        let named = is_named_workbook(&self.name);
        self.paths.iter().any(|path| path == WORKBOOK || (named && path == CONTENT_TYPES))
    }

    /// Unpacked bytes of a part as declared.
    pub(super) fn part_size(&mut self, path: &str) -> Option<u64> {
        let path = place(path);
        let index = self.paths.iter().position(|known| *known == path)?;
        self.zip.by_index_raw(index).ok().map(|file| file.size())
    }

    /// Reads a part of a workbook: `read` gets its bytes, and how many may still be unpacked of
    /// the whole. `None` if there is no such part.
    pub(super) fn part<T>(
        &mut self,
        path: &str,
        read: impl FnOnce(&mut dyn Read, &mut u64) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        let path = place(path);
        let Some(index) = self.paths.iter().position(|known| *known == path) else {
            return Ok(None);
        };
        let mut left = self.most_bytes.saturating_sub(self.unpacked);
        let mut file = self.zip.by_index(index).map_err(|_| Fault::Broken)?;
        if is_bomb(file.size(), file.compressed_size()) {
            return Err(Fault::TooLarge);
        }
        let result = read(&mut file, &mut left);
        self.unpacked = self.most_bytes.saturating_sub(left);
        result.map(Some)
    }

    /// The files inside; folders and operating-system litter left out.
    #[must_use]
    pub fn members(&self) -> Vec<Member> {
        self.members.iter().map(|(_, member)| member.clone()).collect()
    }

    /// The first [`HEAD_BYTES`] of a member.
    ///
    /// # Errors
    /// A [`Refusal`] when it cannot be inflated.
    pub fn head(&mut self, member: usize) -> Result<Vec<u8>, Refusal> {
        let mut head = Vec::with_capacity(HEAD_BYTES);
        self.with_member(member, |reader, _| {
            reader.take(HEAD_BYTES as u64).read_to_end(&mut head).map(|_| ())
        })?;
        Ok(head)
    }

    /// Inflates a member, handing over slices of about a megabyte.
    ///
    /// # Errors
    /// A [`Refusal`] when it cannot be inflated, its checksum differs, or the caps are exceeded.
    pub fn read(&mut self, member: usize, sink: &mut dyn FnMut(&[u8])) -> Result<(), Refusal> {
        let (name, most_bytes) = (self.name.clone(), self.most_bytes);
        let mut too_large = false;
        self.with_member(member, |reader, unpacked| {
            let mut slice = vec![0; SLICE_BYTES];
            loop {
                let length = reader.read(&mut slice)?;
                *unpacked += length as u64;
                too_large = *unpacked > most_bytes;
                if length == 0 || too_large {
                    return Ok(());
                }
                sink(slice.get(..length).unwrap_or_default());
            }
        })?;
        if too_large { Err(Refusal::archive_too_large(&name)) } else { Ok(()) }
    }

    fn with_member(
        &mut self,
        member: usize,
        work: impl FnOnce(&mut dyn Read, &mut u64) -> std::io::Result<()>,
    ) -> Result<(), Refusal> {
        let broken = || Refusal::broken_archive(&self.name);
        let index = self.members.get(member).map(|(index, _)| *index).ok_or_else(broken)?;
        let mut file = self.zip.by_index(index).map_err(|e| refusal(&self.name, &e))?;
        work(&mut file, &mut self.unpacked).map_err(|_| broken())
    }
}

fn refusal(name: &str, error: &ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(text) if text.to_lowercase().contains("password") => {
            Refusal::locked_archive(name)
        }
        ZipError::InvalidPassword => Refusal::locked_archive(name),
        _ if is_named_workbook(name) => Refusal::broken_workbook(name),
        _ => Refusal::broken_archive(name),
    }
}

fn is_named_workbook(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.ends_with(".xlsx") || lower.ends_with(".xlsm")
}

// Rows of a sheet are alike and pack to a tenth or a thirtieth; only blanks pack to so little.
const fn is_bomb(size: u64, packed: u64) -> bool {
    size > 32 * 1024 * 1024 && size / 300 > packed
}

/// A place in the container, as programs spell it in different ways.
fn place(path: &str) -> String {
    path.replace('\\', "/").to_lowercase()
}

/// The name behind the last slash or backslash; names are never used as paths.
fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn is_litter(path: &str) -> bool {
    let name = base_name(path);
    path.starts_with("__MACOSX/")
        || name.starts_with("._")
        || name == ".DS_Store"
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn members_without_folders_and_litter() {
        let bytes = zipped(&[("a/diagnoser.csv", b"cpr;kode\n"), ("__MACOSX/._x", b"")]);
        let mut archive = Archive::open("u.zip", bytes).unwrap();
        assert_eq!(archive.members(), [Member { name: "diagnoser.csv".into(), size: 9 }]);
        assert_eq!(archive.head(0).unwrap(), b"cpr;kode\n");
        let mut whole = Vec::new();
        archive.read(0, &mut |slice| whole.extend_from_slice(slice)).unwrap();
        assert_eq!(whole, b"cpr;kode\n");
    }

    #[test]
    fn caps() {
        let many: Vec<(String, &[u8])> =
            (0..201).map(|i| (format!("{i}.csv"), &b"x"[..])).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|(n, b)| (n.as_str(), *b)).collect();
        assert_eq!(Archive::open("u.zip", zipped(&many)).err().unwrap().code, "archive-too-large");
        let zeros = vec![0; 1 << 20];
        let bomb = zipped(&[("a", &zeros), ("b", &zeros), ("c", &zeros)]);
        assert!(bomb.len() < 1 << 15);
        let refused = Archive::open_within("u.zip", bomb, 3 << 19).err().unwrap();
        assert_eq!(refused.code, "archive-too-large");
    }

    #[test]
    fn a_bomb_that_lies_about_its_size_is_stopped_while_inflating() {
        let mut bytes = zipped(&[("a", &vec![0; 5 << 20])]);
        let size = (5u32 << 20).to_le_bytes();
        for at in 0..bytes.len() - 4 {
            if bytes[at..at + 4] == size {
                bytes[at..at + 4].copy_from_slice(&1000u32.to_le_bytes());
            }
        }
        let mut archive = Archive::open_within("u.zip", bytes, 2 << 20).unwrap();
        let mut length = 0;
        let result = archive.read(0, &mut |slice| length += slice.len());
        assert!(result.is_err(), "a wrong size is never taken for the whole file");
        assert!(length <= 2 << 20);
    }

    #[test]
    fn spreadsheets_are_told_from_archives() {
        let open = |name, member| Archive::open(name, zipped(&[(member, b"x")]));
        assert_eq!(open("u.xlsb", "xl/workbook.bin").err().unwrap().code, "binary-excel");
        assert_eq!(open("u.ods", "content.xml").err().unwrap().code, "spreadsheet");
        assert!(open("u.zip", "xl\\Workbook.xml").unwrap().is_workbook());
        assert!(open("U.XLSX", "[Content_Types].xml").unwrap().is_workbook());
        assert!(!open("u.zip", "[Content_Types].xml").unwrap().is_workbook());
        assert!(!open("u.xlsx", "diagnoser.csv").unwrap().is_workbook());
    }

    #[test]
    fn broken_is_refused() {
        assert_eq!(
            Archive::open("u.zip", b"PK\x03\x04rest".to_vec()).err().unwrap().code,
            "broken-archive"
        );
    }
}
