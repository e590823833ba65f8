//! Lines whose quotes are not doubled (`"let "grad" 3"`), cut by their separators.

#![expect(
    clippy::indexing_slicing,
    reason = "a line lies between two positions of a scan of the very buffer"
)]

use super::{Splitter, offset};

impl Splitter {
    /// Spaces before a cell that may be quoted.
    pub(super) fn spaces(&self, at: usize) -> usize {
        let is_space = |byte: &&u8| **byte == b' ' && self.dialect.separator != b' ';
        self.buffer.get(at..).unwrap_or_default().iter().take_while(is_space).count()
    }

    /// Cuts the line between `start` and its feed by its separators, whatever its quotes say; its
    /// field ends go to `self.ends`. Only a line that then has just the header's fields counts.
    pub(super) fn cut_loosely(&mut self, start: usize, feed: usize) -> bool {
        let line = &self.buffer[start..feed];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        cut(line, self.dialect.separator, offset(start), &mut self.ends)
            && self.ends.len() == self.dialect.width
    }
}

/// Cuts a line in which every cell with content is quoted and the quotes inside are faulty: a quote
/// closes where a separator or the end follows. Puts the end of each cell, `from` bytes further down,
/// into `ends`. `false` where another program may have meant something else: a cell without quotes, a
/// quote that is not closed, one behind a backslash.
pub fn cut(line: &[u8], separator: u8, from: u32, ends: &mut Vec<u32>) -> bool {
    ends.clear();
    if line.windows(2).any(|pair| pair == b"\\\"") {
        return false;
    }
    let mut at = 0;
    loop {
        let rest = line.get(at..).unwrap_or_default();
        let quote = rest
            .iter()
            .position(|byte| *byte != b' ' || separator == b' ')
            .filter(|q| rest.get(*q) == Some(&b'"'));
        let closes = |end: &usize| {
            rest.get(*end) == Some(&b'"') && rest.get(end + 1).is_none_or(|next| *next == separator)
        };
        let length = match quote {
            Some(quote) => (quote + 1..rest.len()).find(closes).map(|end| end + 1),
            None => Some(0).filter(|_| rest.first().is_none_or(|byte| *byte == separator)),
        };
        let Some(length) = length else { return false };
        ends.push(from + u32::try_from(at + length).unwrap_or(u32::MAX));
        if at + length >= line.len() {
            return true;
        }
        at += length + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::cut;

    fn cells(line: &str) -> Option<Vec<&str>> {
        let mut ends = Vec::new();
        let sound = cut(line.as_bytes(), b';', 7, &mut ends);
        let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1 - 7));
        let cell = |(start, end): (u32, &u32)| &line[start as usize..*end as usize - 7];
        sound.then(|| starts.zip(&ends).map(cell).collect())
    }

    #[test]
    fn quotes_close_before_a_separator() {
        assert_eq!(cells("\"a\";\"b \"c\" d\";\"\""), Some(vec!["\"a\"", "\"b \"c\" d\"", "\"\""]));
        assert_eq!(cells("\"\"a\"; \"b\"\";;"), Some(vec!["\"\"a\"", " \"b\"\"", "", ""]));
        assert_eq!(cells("\"\"\""), Some(vec!["\"\"\""]));
        // Not closed, not quoted, and quotes with a backslash.
        for faulty in ["\"a\";\"b", "\"", "a;\"b \"c\"", "\"a\";\"b \\\"c\""] {
            assert_eq!(cells(faulty), None, "{faulty}");
        }
    }
}
