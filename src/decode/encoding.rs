//! Text encodings of Danish exports: UTF-8 with and without BOM, UTF-16, Windows-1252.
//!
//! Separators, quotes and codes are ASCII in all of them but UTF-16, so tables are scanned as
//! bytes and only distinct cells are ever decoded. A table of 32 entries replaces an encoding
//! crate that measured 98 kB of brotli.

/// How the bytes of a file are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, valid so far; a later invalid byte turns the file into Windows-1252.
    Utf8,
    /// UTF-8 that begins with a byte order mark.
    Utf8Bom,
    /// Windows-1252, which contains ISO-8859-1 as far as Danish text goes.
    Windows1252,
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
}

impl Encoding {
    /// The name shown and printed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 med BOM",
            Self::Windows1252 => "Windows-1252",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
        }
    }

    /// From the first bytes of a file.
    #[must_use]
    pub fn sniff(head: &[u8]) -> Self {
        match head {
            [0xEF, 0xBB, 0xBF, ..] => Self::Utf8Bom,
            [0xFF, 0xFE, ..] => Self::Utf16Le,
            [0xFE, 0xFF, ..] => Self::Utf16Be,
            _ => utf16_without_mark(head).unwrap_or_else(|| {
                if valid_utf8_prefix(head) { Self::Utf8 } else { Self::Windows1252 }
            }),
        }
    }

    /// Bytes of the byte order mark.
    #[must_use]
    pub fn mark_length(self, head: &[u8]) -> usize {
        match (self, head) {
            (Self::Utf8Bom, _) => 3,
            (Self::Utf16Le, [0xFF, 0xFE, ..]) | (Self::Utf16Be, [0xFE, 0xFF, ..]) => 2,
            _ => 0,
        }
    }

    /// Is it one of the two UTF-16 forms?
    #[must_use]
    pub const fn is_utf16(self) -> bool {
        matches!(self, Self::Utf16Le | Self::Utf16Be)
    }
}

/// Valid UTF-8, a character cut at the end allowed.
fn valid_utf8_prefix(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

// Western text in UTF-16 has a zero in nearly every second byte.
fn utf16_without_mark(head: &[u8]) -> Option<Encoding> {
    let pairs = head.as_chunks::<2>().0;
    if pairs.len() < 4 {
        return None;
    }
    let zeros = |at: fn(&[u8; 2]) -> u8| pairs.iter().filter(|pair| at(pair) == 0).count();
    let (first, second) = (zeros(|pair| pair[0]), zeros(|pair| pair[1]));
    let most = pairs.len() * 3 / 4;
    match (first > most && second == 0, second > most && first == 0) {
        (true, _) => Some(Encoding::Utf16Be),
        (_, true) => Some(Encoding::Utf16Le),
        _ => None,
    }
}

/// Decodes one cell.
#[must_use]
pub fn decode(bytes: &[u8], encoding: Encoding) -> String {
    match encoding {
        Encoding::Windows1252 => bytes.iter().copied().map(windows_1252).collect(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The character of a Windows-1252 byte; the five undefined ones keep their control code.
#[must_use]
pub fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let high = byte.checked_sub(0x80).and_then(|at| HIGH.get(usize::from(at)));
    high.copied().unwrap_or(char::from(byte))
}

/// Turns slices of UTF-16 into UTF-8, keeping what is cut at a slice's end.
#[derive(Debug)]
pub struct Utf16 {
    big_endian: bool,
    odd: Option<u8>,
    high: Option<u16>,
}

impl Utf16 {
    /// A decoder for one of the two byte orders.
    #[must_use]
    pub const fn new(big_endian: bool) -> Self {
        Self { big_endian, odd: None, high: None }
    }

    /// Appends the text of a slice; a broken surrogate becomes U+FFFD.
    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        for &byte in bytes {
            match self.odd.take() {
                None => self.odd = Some(byte),
                Some(first) => {
                    let pair = [first, byte];
                    let unit = if self.big_endian {
                        u16::from_be_bytes(pair)
                    } else {
                        u16::from_le_bytes(pair)
                    };
                    self.unit(unit, out);
                }
            }
        }
    }

    /// Ends the text: half a character becomes U+FFFD.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        if self.odd.take().is_some() | self.high.take().is_some() {
            append(char::REPLACEMENT_CHARACTER, out);
        }
    }

    fn unit(&mut self, unit: u16, out: &mut Vec<u8>) {
        let units = self.high.take().into_iter().chain([unit]);
        if (0xD800..0xDC00).contains(&unit) {
            if units.count() > 1 {
                append(char::REPLACEMENT_CHARACTER, out);
            }
            self.high = Some(unit);
            return;
        }
        for character in char::decode_utf16(units) {
            append(character.unwrap_or(char::REPLACEMENT_CHARACTER), out);
        }
    }
}

fn append(character: char, out: &mut Vec<u8>) {
    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sniffs() {
        assert_eq!(Encoding::sniff(b"\xEF\xBB\xBFcpr"), Encoding::Utf8Bom);
        assert_eq!(Encoding::sniff(b"\xFF\xFEc\0p\0"), Encoding::Utf16Le);
        assert_eq!(Encoding::sniff(b"c\0p\0r\0;\0d\0"), Encoding::Utf16Le);
        assert_eq!(Encoding::sniff(b"\0c\0p\0r\0;\0d"), Encoding::Utf16Be);
        assert_eq!(Encoding::sniff("køn".as_bytes()), Encoding::Utf8);
        assert_eq!(Encoding::sniff(&"køn".as_bytes()[..2]), Encoding::Utf8, "cut in a character");
        assert_eq!(Encoding::sniff(b"k\xF8n;dato"), Encoding::Windows1252);
    }

    #[test]
    fn windows_1252_has_dash_and_micro() {
        assert_eq!(decode(b"\xB5g \x96 \xE6\xF8\xE5 \x80", Encoding::Windows1252), "µg – æøå €");
    }

    proptest! {
        #[test]
        fn utf16_survives_any_cut(text in ".{0,40}", big in any::<bool>(), cut in 0usize..90) {
            let bytes: Vec<u8> = text.encode_utf16()
                .flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect();
            let cut = cut.min(bytes.len());
            let (mut decoder, mut out) = (Utf16::new(big), Vec::new());
            decoder.push(&bytes[..cut], &mut out);
            decoder.push(&bytes[cut..], &mut out);
            decoder.finish(&mut out);
            prop_assert_eq!(String::from_utf8(out).unwrap(), text);
        }
    }
}
