//! How a text becomes a file.

use std::io::Write;

use profilblik::decode::encoding::{Encoding as Read, decode};

/// Encodings that a clinic's system may write.
#[derive(Clone, Copy, Debug)]
pub enum Encoding {
    Utf8,
    Utf8Mark,
    Windows1252,
    Utf16,
    Utf16Big,
}

impl Encoding {
    pub const ALL: &[Self] =
        &[Self::Utf8, Self::Utf8Mark, Self::Windows1252, Self::Utf16, Self::Utf16Big];

    pub fn write(self, text: &str) -> Vec<u8> {
        let marked = || std::iter::once(0xFEFF).chain(text.encode_utf16());
        match self {
            Self::Utf8 => text.into(),
            Self::Utf8Mark => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            Self::Utf16 => marked().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Big => marked().flat_map(u16::to_be_bytes).collect(),
            Self::Windows1252 => text.chars().map(byte).collect(),
        }
    }
}

fn byte(sign: char) -> u8 {
    if sign.is_ascii() {
        return sign as u8;
    }
    let found = (0x80..=0xFF).find(|byte| decode(&[*byte], Read::Windows1252).starts_with(sign));
    found.unwrap_or_else(|| panic!("{sign} is not in Windows-1252"))
}

/// What a file is packed in.
#[derive(Clone, Copy, Debug)]
pub enum Packing {
    Loose,
    Gzip,
    Zip,
    Folder,
}

impl Packing {
    pub const ALL: &[Self] = &[Self::Loose, Self::Loose, Self::Gzip, Self::Zip, Self::Folder];

    /// Name and bytes of the file.
    pub fn pack(self, table: &str, bytes: Vec<u8>) -> (String, Vec<u8>) {
        match self {
            Self::Loose => (format!("{table}.csv"), bytes),
            Self::Gzip => {
                let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                gz.write_all(&bytes).unwrap();
                (format!("{table}.csv.gz"), gz.finish().unwrap())
            }
            Self::Zip => ("udtræk.zip".into(), zipped(&format!("{table}.csv"), &bytes)),
            Self::Folder => ("udtræk.zip".into(), zipped(&format!("mappe/{table}.csv"), &bytes)),
        }
    }
}

/// A ZIP of one file.
pub fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap().into_inner()
}
