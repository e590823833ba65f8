//! What the machine that builds leaves in the module is taken out: same sources, same bytes.

/// A package of Leptos exports a name with a hash of the folder that its sources lie in.
const MARK: &[u8] = b"_WASM_SPLIT_MARKER_";
const DIGITS: usize = 16;

/// The module with zeros in place of those hashes. Nobody calls what is exported so.
pub(super) fn without_folder(mut wasm: Vec<u8>) -> Vec<u8> {
    let mut from = 0;
    while let Some(after) = wasm.get(from..).and_then(after_mark) {
        from += after;
        for digit in wasm.iter_mut().skip(from).take(DIGITS).filter(|byte| byte.is_ascii_hexdigit())
        {
            *digit = b'0';
        }
    }
    wasm
}

fn after_mark(bytes: &[u8]) -> Option<usize> {
    bytes.windows(MARK.len()).position(|part| part == MARK).map(|at| at + MARK.len())
}

#[cfg(test)]
mod tests {
    use super::without_folder;

    #[test]
    fn the_same_module_from_two_folders_has_the_same_bytes() {
        let of = |hash: &str| {
            format!("\0asm_WASM_SPLIT_MARKER_{hash}version\x03x_WASM_SPLIT_MARKER_{hash}abc")
                .into_bytes()
        };
        let one = without_folder(of("51d8006360ee4c7e"));
        assert_eq!(one, without_folder(of("bfc06aafc30ad81f")));
        assert_eq!(one, of("0000000000000000"));
    }

    #[test]
    fn nothing_else_is_touched() {
        for other in
            [&b"\0asm51d8006360ee4c7e"[..], b"_WASM_SPLIT_MARKER_", b"_WASM_SPLIT_MARKER_\x00\xff"]
        {
            assert_eq!(without_folder(other.to_vec()), other);
        }
    }
}
