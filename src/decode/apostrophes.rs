//! Tables whose cells stand in apostrophes (`'cpr';'tekst'`), turned into ones in quotes while they
//! are read. A table is one of these only if its first line is a header in apostrophes.

use super::sniff::known_headings;

/// The separator, if the first line is headings in apostrophes.
#[must_use]
pub fn separator(head: &[u8]) -> Option<u8> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next()?;
    let inner = line.trim_ascii().strip_prefix(b"'")?.strip_suffix(b"'")?;
    let closing = inner.iter().position(|byte| *byte == b'\'')?;
    let [separator, b'\''] = *inner.get(closing + 1..closing + 3)? else { return None };
    let text = String::from_utf8_lossy(inner);
    let between = format!("'{}'", char::from(separator));
    let headings: Vec<String> = text.split(&between).map(str::to_owned).collect();
    let is_sign = matches!(separator, b';' | b'\t' | b',' | b'|');
    (is_sign && !text.contains('"') && known_headings(&headings) >= 2).then_some(separator)
}

/// Turns apostrophes around cells into quotes, in slices of any size.
#[derive(Clone, Debug)]
pub struct Apostrophes {
    separator: u8,
    state: State,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Where a cell begins.
    Start,
    /// In a cell without apostrophes.
    Bare,
    Quoted,
    /// Behind an apostrophe of a quoted cell.
    Closing,
}

impl Apostrophes {
    /// For a table with this separator.
    #[must_use]
    pub const fn new(separator: u8) -> Self {
        Self { separator, state: State::Start }
    }

    /// The next bytes; line ends stay where they are, and no cell goes beyond one.
    #[must_use]
    pub fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 8);
        bytes.iter().for_each(|byte| self.one(*byte, &mut out));
        out
    }

    fn one(&mut self, byte: u8, out: &mut Vec<u8>) {
        let ends_line = matches!(byte, b'\n' | b'\r');
        let ends = ends_line || byte == self.separator;
        self.state = match (self.state, byte) {
            (State::Start, b'\'') => {
                out.push(b'"');
                State::Quoted
            }
            (State::Start, 0xEF | 0xBB | 0xBF) => {
                out.push(byte);
                State::Start
            }
            (State::Start | State::Bare, _) => {
                out.push(byte);
                if ends { State::Start } else { State::Bare }
            }
            (State::Quoted, b'\'') => State::Closing,
            (State::Closing, b'\'') => {
                out.push(b'\'');
                State::Quoted
            }
            (State::Closing, _) if ends => {
                out.extend([b'"', byte]);
                State::Start
            }
            (state @ (State::Quoted | State::Closing), _) => {
                // An apostrophe that was not doubled belongs to the text.
                if matches!(state, State::Closing) {
                    out.push(b'\'');
                }
                if byte == b'"' {
                    out.push(b'"');
                }
                out.push(byte);
                if ends_line { State::Start } else { State::Quoted }
            }
        };
    }

    /// What is left at the end.
    #[must_use]
    pub fn finish(&mut self) -> Vec<u8> {
        let closes = matches!(self.state, State::Closing);
        self.state = State::Start;
        if closes { b"\"".to_vec() } else { Vec::new() }
    }

    /// A whole text.
    #[must_use]
    pub fn whole(text: &[u8], separator: u8) -> Vec<u8> {
        let mut all = Self::new(separator);
        let mut out = all.push(text);
        out.extend(all.finish());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_header_in_apostrophes_tells() {
        assert_eq!(separator(b"'cpr';'icpc';'dato'\n"), Some(b';'));
        assert_eq!(separator(b"\xEF\xBB\xBF'cpr'\t'icpc'"), Some(b'\t'));
        for other in
            ["cpr;icpc", "'cpr';icpc", "'a';'b'\n", "'cpr'x'icpc'", "'cpr';'\"icpc\"'", "'", ""]
        {
            assert_eq!(separator(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn apostrophes_and_quotes_change_places_in_any_slices() {
        let text = "'a';'b''c \"d\"';e's;''\r\n'it's';'open\n'x';'y'";
        let meant = "\"a\";\"b'c \"\"d\"\"\";e's;\"\"\r\n\"it's\";\"open\n\"x\";\"y\"";
        assert_eq!(String::from_utf8(Apostrophes::whole(text.as_bytes(), b';')).unwrap(), meant);
        for slice in 1..7 {
            let mut all = Apostrophes::new(b';');
            let parts = text.as_bytes().chunks(slice);
            let mut out: Vec<u8> = parts.flat_map(|part| all.push(part)).collect();
            out.extend(all.finish());
            assert_eq!(String::from_utf8(out).unwrap(), meant, "{slice}");
        }
    }
}
