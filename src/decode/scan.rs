//! Structural scan: where separators, line ends and quotes stand in a block of bytes.

use wide::u8x16;

/// Positions of `separator`, line feed and `"` in `bytes`, in order, into `out` (cleared first).
pub fn structure(bytes: &[u8], separator: u8, out: &mut Vec<u32>) {
    out.clear();
    let (chunks, rest) = bytes.as_chunks::<16>();
    let [sep, feed, quote] = [separator, b'\n', b'"'].map(u8x16::splat);
    let mut base = 0u32;
    for chunk in chunks {
        let chunk = u8x16::from(*chunk);
        let hits = chunk.simd_eq(sep) | chunk.simd_eq(feed) | chunk.simd_eq(quote);
        let mut mask = hits.to_bitmask();
        while mask != 0 {
            out.push(base + mask.trailing_zeros());
            mask &= mask - 1;
        }
        base += 16;
    }
    for (at, &byte) in (base..).zip(rest) {
        if byte == separator || byte == b'\n' || byte == b'"' {
            out.push(at);
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
            let mut found = Vec::new();
            structure(text.as_bytes(), b';', &mut found);
            let plain: Vec<u32> = text.bytes().enumerate()
                .filter(|(_, b)| b";\n\"".contains(b)).map(|(at, _)| at as u32).collect();
            prop_assert_eq!(found, plain);
        }
    }
}
