//! Structural scan: where separators, line ends and quotes stand in a block of bytes.

use wide::u8x16;

/// Where separators, line ends and quotes stand.
#[derive(Debug, Default)]
pub struct Structure {
    /// Of all three, in order.
    pub positions: Vec<u32>,
    /// Which of the positions are line feeds.
    pub feeds: Vec<u32>,
    /// Is there a quote at all?
    pub quoted: bool,
}

impl Structure {
    /// Looks through `bytes`; positions count from `from`.
    #[inline(never)]
    pub fn scan(&mut self, bytes: &[u8], separator: u8, from: u32) {
        self.positions.clear();
        self.feeds.clear();
        let (chunks, rest) = bytes.as_chunks::<16>();
        let [sep, feed, quote] = [separator, b'\n', b'"'].map(u8x16::splat);
        let mut quotes = u8x16::ZERO;
        let mut base = from;
        for chunk in chunks {
            let chunk = u8x16::from(*chunk);
            let (feeds, quote) = (chunk.simd_eq(feed), chunk.simd_eq(quote));
            quotes |= quote;
            self.add((chunk.simd_eq(sep) | feeds | quote).to_bitmask(), feeds.to_bitmask(), base);
            base += 16;
        }
        self.quoted = quotes.to_bitmask() != 0;
        for (at, &byte) in (base..).zip(rest) {
            self.quoted |= byte == b'"';
            let is_hit = byte == separator || byte == b'\n' || byte == b'"';
            self.add(u32::from(is_hit), u32::from(byte == b'\n'), at);
        }
    }

    #[inline]
    fn add(&mut self, mut hits: u32, mut feeds: u32, base: u32) {
        while feeds != 0 {
            let before = hits & (feeds & feeds.wrapping_neg()).wrapping_sub(1);
            // A block holds far fewer than 2^32 positions.
            #[expect(clippy::cast_possible_truncation, reason = "see above")]
            self.feeds.push(self.positions.len() as u32 + before.count_ones());
            feeds &= feeds - 1;
        }
        while hits != 0 {
            self.positions.push(base + hits.trailing_zeros());
            hits &= hits - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_a_plain_loop(text in "[a-c;\n\"]{0,80}") {
            let mut found = Structure::default();
            found.scan(text.as_bytes(), b';', 7);
            let plain: Vec<(u32, u8)> = (7..).zip(text.bytes()).filter(|(_, b)| b";\n\"".contains(b)).collect();
            let feeds: Vec<u32> = (0..).zip(&plain).filter(|(_, (_, b))| *b == b'\n').map(|(at, _)| at).collect();
            prop_assert_eq!(found.positions, plain.iter().map(|(at, _)| *at).collect::<Vec<_>>());
            prop_assert_eq!(found.feeds, feeds);
            prop_assert_eq!(found.quoted, text.contains('"'));
        }
    }
}
