//! Text that was encoded twice: »SÃ¸ren« for »Søren«. Somebody read UTF-8 as Windows-1252 and wrote it
//! as UTF-8 again.
//!
//! It is found and offered for repair, never repaired in silence. Only what begins with `Ã`, `Â` or `â`
//! is looked at: no Danish word has these letters before such signs, while `Å–` may well stand in one.

use super::encoding::windows_1252;

/// The longest such character: `â` and two signs of three bytes.
const LONGEST: usize = 8;

/// The byte that it begins with.
const LEAD: u8 = 0xC3;

/// The first character of a text that was encoded twice: as it stands, and as it was meant.
#[must_use]
pub fn first(text: &[u8]) -> Option<(String, String)> {
    starts(text).find_map(|from| {
        let (length, meant) = character(from)?;
        let stands = String::from_utf8_lossy(from.get(..length)?).into_owned();
        Some((stands, meant.to_string()))
    })
}

/// Is there such a character in it?
#[must_use]
pub fn is_needed(text: &[u8]) -> bool {
    starts(text).any(|from| character(from).is_some())
}

/// Where such a character may begin, to the end of the text.
fn starts(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let leads = text.iter().enumerate().filter(|(_, byte)| **byte == LEAD);
    leads.filter_map(|(at, _)| text.get(at..))
}

/// How many bytes the character that begins here takes, and which one was meant.
fn character(from: &[u8]) -> Option<(usize, char)> {
    let (lead, rest) = from.split_first_chunk::<2>()?;
    let (lead, signs) = match lead {
        [0xC3, 0x82] => (0xC2, 1),
        [0xC3, 0x83] => (0xC3, 1),
        [0xC3, 0xA2] => (0xE2, 2),
        _ => return None,
    };
    let (mut meant, mut length) = (vec![lead], 2);
    for _ in 0..signs {
        let (taken, byte) = continuation(rest.get(length - 2..)?)?;
        meant.push(byte);
        length += taken;
    }
    let meant = std::str::from_utf8(&meant).ok()?.chars().next()?;
    Some((length, meant))
}

/// The byte from 80 to BF that was read as the sign that begins here, and how many bytes that takes.
fn continuation(from: &[u8]) -> Option<(usize, u8)> {
    if let [0xC2, byte @ 0x80..=0xBF, ..] = from {
        return Some((2, *byte));
    }
    let long = matches!(from.first(), Some(0xE2));
    let taken = if long { 3 } else { 2 };
    let sign = std::str::from_utf8(from.get(..taken)?).ok()?.chars().next()?;
    (0x80..=0x9F).find(|byte| windows_1252(*byte) == sign).map(|byte| (taken, byte))
}

/// Repairs a text that comes in slices of any size.
#[derive(Clone, Debug, Default)]
pub struct Repair {
    /// What may be the beginning of such a character.
    held: Vec<u8>,
    /// Characters repaired so far.
    pub count: u64,
}

impl Repair {
    /// The next bytes, repaired as far as that can be decided.
    #[must_use]
    pub fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut all = std::mem::take(&mut self.held);
        all.extend_from_slice(bytes);
        self.take(&all, LONGEST)
    }

    /// The rest.
    #[must_use]
    pub fn finish(&mut self) -> Vec<u8> {
        let all = std::mem::take(&mut self.held);
        self.take(&all, 0)
    }

    // What begins with fewer bytes than `least` left is held back.
    fn take(&mut self, all: &[u8], least: usize) -> Vec<u8> {
        let mut out = Vec::with_capacity(all.len());
        let mut at = 0;
        while let Some(rest) = all.get(at..).filter(|rest| !rest.is_empty()) {
            let until = rest.iter().position(|byte| *byte == LEAD).unwrap_or(rest.len());
            out.extend_from_slice(rest.get(..until).unwrap_or_default());
            at += until;
            let rest = rest.get(until..).unwrap_or_default();
            if rest.len() < least {
                self.held = rest.to_vec();
                break;
            }
            let Some(first) = rest.first() else { break };
            match character(rest) {
                Some((length, meant)) => {
                    out.extend_from_slice(meant.encode_utf8(&mut [0; 4]).as_bytes());
                    self.count += 1;
                    at += length;
                }
                None => {
                    out.push(*first);
                    at += 1;
                }
            }
        }
        out
    }
}

/// A text that is there as a whole, repaired.
#[must_use]
pub fn whole(text: &[u8]) -> Vec<u8> {
    Repair::default().take(text, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::encoding::{Encoding, decode};
    use proptest::prelude::*;

    fn twice(text: &str) -> Vec<u8> {
        decode(text.as_bytes(), Encoding::Windows1252).into_bytes()
    }

    #[test]
    fn danish_letters_and_usual_signs_come_back() {
        for text in ["Søren Ærø", "ÆØÅ æøå é ü", "½ tablet · 5 µg", "≤ 5 – »citat« … € 10", "37 °C"]
        {
            let garbled = twice(text);
            assert_ne!(garbled, text.as_bytes());
            assert!(is_needed(&garbled) && !is_needed(text.as_bytes()), "{text}");
            assert_eq!(String::from_utf8(whole(&garbled)).unwrap(), text);
        }
        // ISO-8859-1 has control characters where Windows-1252 has signs.
        let latin: String = "ØÅ".bytes().map(char::from).collect();
        assert_eq!(whole(latin.as_bytes()), "ØÅ".as_bytes());
        assert_eq!(first(&twice("Søren")), Some(("Ã¸".into(), "ø".into())));
    }

    #[test]
    fn text_that_is_as_it_should_be_is_left_alone() {
        for text in ["FORÅ–VINTER", "SÃO PAULO", "Å’", "Â", "â la carte", "", "Ã"] {
            assert!(!is_needed(text.as_bytes()), "{text}");
            assert_eq!(whole(text.as_bytes()), text.as_bytes());
        }
    }

    proptest! {
        #[test]
        fn slices_of_any_size_give_the_same(
            text in "[aæøåÆØÅé€–ÃÂâ¸;\n]{0,30}", cuts in prop::collection::vec(1usize..9, 0..40),
        ) {
            let garbled = twice(&text);
            let (mut repair, mut out, mut rest) = (Repair::default(), Vec::new(), garbled.as_slice());
            for cut in cuts {
                let (now, later) = rest.split_at(cut.min(rest.len()));
                out.extend(repair.push(now));
                rest = later;
            }
            out.extend(repair.push(rest));
            out.extend(repair.finish());
            prop_assert_eq!(out, whole(&garbled));
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let repaired = whole(&bytes);
            prop_assert!(repaired.len() <= bytes.len());
        }
    }
}
