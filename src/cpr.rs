//! Danish civil registration numbers, as exports write them.
//!
//! Facts: the CPR office (»Opbygning af CPR-nummeret«, »Personnumre uden kontrolciffer«) and
//! dk-core. Modulus 11 has been no validity test since 1 October 2007 and is not used.
//!
//! Who has no CPR number in an export of another kind (FHIR, OMOP, test populations) has that
//! system's own id in its place, written `id:…`; nothing is read out of such an id.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::day::Day;

/// Ten characters without a hyphen, upper case; or `id:` and another system's id. Zeros behind.
#[derive(Clone, Copy, Eq)]
pub struct Cpr([u8; LENGTH]);

const LENGTH: usize = 40;
const WORDS: usize = LENGTH / 8;
/// Before an id that is no CPR number.
const OTHER: &str = "id:";

/// Legal sex as the register holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// »K«, kvinde.
    Female,
    /// »M«, mand.
    Male,
}

/// Why a cell is no CPR number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CprError {
    /// The cell is empty.
    Missing,
    /// Not ten characters of the known forms.
    Shape,
    /// A spreadsheet has rounded the number (`1,2E+09`): its digits are lost.
    Rounded,
}

impl Cpr {
    /// Reads a cell: `ddmmyy-xxxx`, `ddmmyy xxxx`, ten digits, nine digits (a spreadsheet dropped
    /// the leading zero), `201609996.0`, `'0201609996`, the letter forms of X-eCPR and D-eCPR, and
    /// `id:` with another system's id of up to 37 letters, digits, `-`, `.` and `_`.
    ///
    /// # Errors
    /// [`CprError`] when the cell holds no such number.
    pub fn parse(cell: &str) -> Result<Self, CprError> {
        let text = cell.trim().trim_start_matches('\'').trim();
        if text.is_empty() {
            return Err(CprError::Missing);
        }
        if let Some(id) = text.strip_prefix(OTHER) {
            return Self::other(text, id);
        }
        let text = strip_zero_decimals(text);
        let mut kept: Vec<u8> = Vec::with_capacity(10);
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'-' | b' ' if (at == 6 || at == 5) && text.len() > 9 => {}
                b'0'..=b'9' | b'A'..=b'Z' => kept.push(byte),
                b'a'..=b'z' => kept.push(byte.to_ascii_uppercase()),
                b'+' | b',' | b'.' if looks_rounded(text) => return Err(CprError::Rounded),
                _ => return Err(CprError::Shape),
            }
        }
        if kept.len() == 9 && kept.iter().all(u8::is_ascii_digit) {
            kept.insert(0, b'0');
        }
        let ten: [u8; 10] = kept.try_into().map_err(|_| CprError::Shape)?;
        let is_number = ten.iter().all(u8::is_ascii_digit) || is_letter_form(ten);
        if is_number { Ok(Self::of(&ten)) } else { Err(CprError::Shape) }
    }

    fn other(text: &str, id: &str) -> Result<Self, CprError> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        let is_id = !id.is_empty() && text.len() <= LENGTH && id.bytes().all(fits);
        if is_id { Ok(Self::of(text.as_bytes())) } else { Err(CprError::Shape) }
    }

    fn of(text: &[u8]) -> Self {
        let mut bytes = [0; LENGTH];
        bytes.iter_mut().zip(text).for_each(|(slot, byte)| *slot = *byte);
        Self(bytes)
    }

    // Compared and hashed word by word: WebAssembly has no instruction for bytes.
    fn words(&self) -> [u64; WORDS] {
        let mut words = [0; WORDS];
        let chunks = self.0.as_chunks::<8>().0;
        words.iter_mut().zip(chunks).for_each(|(word, bytes)| *word = u64::from_be_bytes(*bytes));
        words
    }

    /// The ten characters, or `id:` and the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(LENGTH);
        std::str::from_utf8(self.0.get(..length).unwrap_or_default()).unwrap_or("")
    }

    /// Another system's id, not a CPR number?
    #[must_use]
    pub fn is_other(&self) -> bool {
        self.0.starts_with(OTHER.as_bytes())
    }

    /// `ddmmyy-xxxx`, for people; another system's id as it is.
    #[must_use]
    pub fn hyphenated(&self) -> String {
        let text = self.as_str();
        if let Some(id) = text.strip_prefix(OTHER) {
            return id.to_owned();
        }
        let (date, serial) = text.split_at(text.len().min(6));
        format!("{date}-{serial}")
    }

    /// Birth date: from numbers of ten digits, also with day + 60 (replacement numbers); `None`
    /// for the letter forms and where the digits are no date.
    #[must_use]
    pub fn birth(&self) -> Option<Day> {
        let [d1, d2, m1, m2, y1, y2, seventh, ..] =
            self.digits()?.map(|b| i32::from(b.wrapping_sub(b'0')));
        let (day, month, short) = (d1 * 10 + d2, m1 * 10 + m2, y1 * 10 + y2);
        let day = if day > 60 { day - 60 } else { day };
        let year = short + century(seventh, short);
        Day::from_ymd(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
    }

    /// Sex from the tenth digit (odd = male); `None` for the letter forms.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        let [.., last] = self.digits()?;
        Some(if last % 2 == 1 { Sex::Male } else { Sex::Female })
    }

    fn digits(&self) -> Option<[u8; 10]> {
        let ten = *self.0.first_chunk::<10>()?;
        ten.iter().all(u8::is_ascii_digit).then_some(ten)
    }
}

// DDMMYY, a digit, two letters, a digit: X-eCPR (1, 7), D-eCPR (0, 5, 6) and older local ones.
fn is_letter_form(ten: [u8; 10]) -> bool {
    let [d1, d2, m1, m2, y1, y2, group, a, b, last] = ten;
    [d1, d2, m1, m2, y1, y2, group, last].iter().all(u8::is_ascii_digit)
        && a.is_ascii_uppercase()
        && b.is_ascii_uppercase()
}

impl PartialEq for Cpr {
    fn eq(&self, other: &Self) -> bool {
        self.words() == other.words()
    }
}

impl PartialOrd for Cpr {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cpr {
    fn cmp(&self, other: &Self) -> Ordering {
        self.words().cmp(&other.words())
    }
}

impl Hash for Cpr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // The rest is zero in all CPR numbers.
        self.words().iter().take_while(|word| **word != 0).for_each(|word| state.write_u64(*word));
    }
}

impl fmt::Display for Cpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

// A debug print must not leak the number into a log.
impl fmt::Debug for Cpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cpr(…)")
    }
}

const fn century(seventh: i32, short_year: i32) -> i32 {
    match (seventh, short_year) {
        (0..=3, _) | (4 | 9, 37..) => 1900,
        (4 | 9, _) | (5..=8, ..=57) => 2000,
        _ => 1800,
    }
}

fn strip_zero_decimals(text: &str) -> &str {
    text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text)
}

fn looks_rounded(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    upper.split_once('E').is_some_and(|(mantissa, exponent)| {
        mantissa.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.')
            && exponent.trim_start_matches('+').bytes().all(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        Cpr::parse(text).map_or_else(|e| format!("{e:?}"), |c| c.to_string())
    }

    #[test]
    fn forms_of_the_same_number() {
        for text in [
            "0201609996",
            "020160-9996",
            "020160 9996",
            " 0201609996 ",
            "'0201609996",
            "201609996",
            "201609996.0",
            "201609996,0",
            "20160-9996",
        ] {
            assert_eq!(read(text), "0201609996", "{text}");
        }
        assert_eq!(read("070392-1vj4"), "0703921VJ4");
    }

    #[test]
    fn what_is_no_number() {
        assert_eq!(read(""), "Missing");
        assert_eq!(read("1,2E+09"), "Rounded");
        assert_eq!(read("2,01609996E+08"), "Rounded");
        for text in ["I alt", "12345678", "12345678901", "020160/9996", "ABCDEF1234"] {
            assert_eq!(read(text), "Shape", "{text}");
        }
    }

    #[test]
    fn ids_of_other_systems() {
        let id = Cpr::parse(" id:0201609996 ").unwrap();
        assert_eq!(id.as_str(), "id:0201609996");
        assert_eq!((id.birth(), id.sex()), (None, None));
        assert_eq!(id.hyphenated(), "0201609996");
        assert_eq!(read("id:8ee183e2-b3c0-4151-be94-b945d6aa8c6d").len(), 39);
        assert!(id.is_other() && !Cpr::parse("0201609996").unwrap().is_other());
        for text in ["id:", "id:a b", "ID:1", "#N/A", "id:æ", "8ee183e2-b3c0-4151-be94"] {
            assert_eq!(read(text), "Shape", "{text}");
        }
        assert_eq!(read(&format!("id:{}", "a".repeat(38))), "Shape");
    }

    #[test]
    fn birth_and_sex() {
        let born_1913_or_2013 =
            |serial: &str| Cpr::parse(&format!("020113{serial}")).unwrap().birth();
        assert_eq!(born_1913_or_2013("3116"), Day::from_ymd(1913, 1, 2));
        assert_eq!(born_1913_or_2013("4116"), Day::from_ymd(2013, 1, 2));
        assert_eq!(born_1913_or_2013("8116"), Day::from_ymd(2013, 1, 2));
        assert_eq!(Cpr::parse("0201588116").unwrap().birth(), Day::from_ymd(1858, 1, 2));
        let day60 = Cpr::parse("6201604112").unwrap();
        assert_eq!(day60.birth(), Day::from_ymd(1960, 1, 2));
        assert_eq!(day60.sex(), Some(Sex::Female));
        assert_eq!(Cpr::parse("0703921VJ4").unwrap().birth(), None);
        assert_eq!(Cpr::parse("3102604112").unwrap().birth(), None);
    }
}
