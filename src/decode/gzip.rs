//! gzip, behind a cap counted while inflating.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::Refusal;
use super::archive::MOST_BYTES;

/// Unpacks a whole file; members that follow one another are one content, as for `gunzip`.
///
/// # Errors
/// A [`Refusal`] when it is damaged or unpacks to too much.
pub fn unpack(name: &str, packed: &[u8]) -> Result<Vec<u8>, Refusal> {
    unpack_within(name, packed, MOST_BYTES)
}

fn unpack_within(name: &str, packed: &[u8], most: u64) -> Result<Vec<u8>, Refusal> {
    let broken = |_| Refusal::broken_gzip(name);
    // The last bytes state the length, unless the file is cut off or several members follow one
    // another: what holds more than it states is counted before it is kept.
    let stated = packed.last_chunk::<4>().map_or(0, |last| u64::from(u32::from_le_bytes(*last)));
    let trusted = if stated > most { 0 } else { stated };
    let decoder = || MultiGzDecoder::new(packed);
    let mut out = Vec::new();
    decoder().take(trusted + 1).read_to_end(&mut out).map_err(broken)?;
    if out.len() as u64 <= trusted {
        return Ok(out);
    }
    out = Vec::new();
    let size =
        std::io::copy(&mut decoder().take(most + 1), &mut std::io::sink()).map_err(broken)?;
    if size > most {
        return Err(Refusal::archive_too_large(name));
    }
    decoder().read_to_end(&mut out).map_err(broken)?;
    Ok(out)
}

/// The name of what was packed: without `.gz`.
#[must_use]
pub fn inner_name(name: &str) -> &str {
    let cut = name.len().saturating_sub(3);
    match name.split_at_checked(cut) {
        Some((inner, end)) if end.eq_ignore_ascii_case(".gz") && !inner.is_empty() => inner,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn unpacks_one_and_several_members() {
        assert_eq!(unpack("a.gz", &packed(b"cpr;kode\n")).unwrap(), b"cpr;kode\n");
        let two = [packed(b"a"), packed(b"b")].concat();
        assert_eq!(unpack("a.gz", &two).unwrap(), b"ab");
    }

    #[test]
    fn damaged_and_too_large() {
        let code = |bytes: &[u8], most| unpack_within("a.gz", bytes, most).err().unwrap().code;
        let good = packed(b"cpr;kode;dato\n0101010101;x;y\n");
        assert_eq!(code(&good[..good.len() - 6], 1000), "broken-gzip");
        assert_eq!(code(b"\x1F\x8B", 1000), "broken-gzip");
        let mut changed = good.clone();
        let at = changed.len() - 6;
        changed[at] ^= 1;
        assert_eq!(code(&changed, 1000), "broken-gzip");
        let bomb = packed(&vec![0; 1 << 20]);
        assert_eq!(code(&bomb, 1 << 19), "archive-too-large");
        let lying = [bomb, packed(b"")].concat();
        assert_eq!(code(&lying, 1 << 19), "archive-too-large");
    }

    #[test]
    fn names() {
        assert_eq!(inner_name("a.csv.gz"), "a.csv");
        assert_eq!(inner_name("a.GZ"), "a");
        assert_eq!(inner_name(".gz"), ".gz");
        assert_eq!(inner_name("åå"), "åå");
    }
}
