//! Code cells of exports → normalised codes (export-formats: `P76 Depression`, `P76,P74`, `21-01`).

use std::borrow::Cow;

use crate::code::{Code, System};
use crate::schema::{Field, Register};

/// The codes that a cell of a code column holds, in the order written. A code of another system
/// than the column's has its system before it: `SNOMED:44054006`.
pub fn read(register: Register, field: Field, cell: &str) -> Vec<Code> {
    if cell.contains(':') && parts(cell).any(|part| of_named_system(part).is_some()) {
        let each = |part| match of_named_system(part) {
            Some((system, code)) => Code::new(system, code).into_iter().collect(),
            None => of_column(register, field, part),
        };
        return parts(cell).flat_map(each).collect();
    }
    of_column(register, field, cell)
}

fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([',', ';', '/']).map(str::trim).filter(|part| !part.is_empty())
}

fn of_named_system(part: &str) -> Option<(System, &str)> {
    let (system, code) = part.split_once(':')?;
    Some((System::from_name(system)?, code))
}

fn of_column(register: Register, field: Field, cell: &str) -> Vec<Code> {
    let parts = || parts(cell);
    let all = |read: fn(&str) -> Option<Code>| parts().filter_map(read).collect();
    match (register, field) {
        (_, Field::Icd10) => all(|part| Code::new(System::Icd10, &ICD10.code_of(part))),
        (Register::Diagnose, _) => all(diagnosis),
        (Register::Medicin, _) => all(|part| Code::new(System::Atc, &ATC.code_of(part))),
        (Register::Proeve, _) => all(|part| Code::new(System::Npu, &LABORATORY.code_of(part))),
        (Register::Ydelse, _) => all(service),
        _ => Vec::new(),
    }
}

/// How the codes of a system look; case does not matter.
///
/// Spaces inside a code are removed (rule R5), but behind a code its text may stand: a space is
/// one inside the code if nothing but the code is there, or if no code ended before it.
struct Shape {
    /// Could all that is written, its spaces removed, be one code?
    whole: fn(&[u8]) -> bool,
    /// Does the code end here, if text follows?
    ends: fn(&[u8]) -> bool,
}

const ICPC: Shape = Shape { whole: is_diagnosis, ends: ends_diagnosis };
const ICD10: Shape = Shape { whole: is_diagnosis, ends: ends_icd10 };
const ATC: Shape = Shape { whole: is_atc, ends: |text| text.len() == 7 && is_atc(text) };
const LABORATORY: Shape = Shape {
    whole: |text| matches!(lettered(text), Some((1..=4, digits)) if digits.len() <= 6),
    ends: |text| matches!(lettered(text), Some((2..=4, digits)) if digits.len() == 5),
};
const SERVICE: Shape = Shape {
    whole: |text| digits_of_service(text) == Some(4),
    ends: |text| matches!(digits_of_service(text), Some(3 | 4)),
};

impl Shape {
    /// The code at the beginning of the text, as written but for spaces; the first word where
    /// nothing looks like a code.
    fn code_of<'a>(&self, part: &'a str) -> Cow<'a, str> {
        let Some((first, _)) = part.split_once(char::is_whitespace) else { return part.into() };
        let squeezed: String = part.split_whitespace().collect();
        if (self.whole)(squeezed.as_bytes()) {
            return squeezed.into();
        }
        if (self.ends)(first.as_bytes()) || first.contains(is_mark) {
            return first.into();
        }
        let mut end = first.len();
        for word in part.split_whitespace().skip(1) {
            end += word.len();
            let joined = squeezed.get(..end).unwrap_or_default();
            let code = joined.split(is_mark).next().unwrap_or_default().trim_end_matches('.');
            if (self.ends)(code.as_bytes()) {
                return code.to_owned().into();
            }
        }
        first.into()
    }
}

/// What stands in no code: `P 76: Depression`.
const fn is_mark(c: char) -> bool {
    !c.is_ascii_alphanumeric() && c != '.'
}

/// Digits, and after them perhaps a dot and more digits: `76`, `760`, `76.01`.
fn numbered(text: &[u8], most: usize) -> bool {
    let whole = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (2..=most).contains(&whole)
        && match text.get(whole..) {
            Some([b'.', sub @ ..]) => !sub.is_empty() && sub.iter().all(u8::is_ascii_digit),
            rest => rest.is_none_or(<[u8]>::is_empty),
        }
}

/// `P76`, `L950`, `P76.01`, `E11`, `DF329`; more digits would be a code with a number behind it.
fn is_diagnosis(text: &[u8]) -> bool {
    match text {
        [b'D' | b'd', letter, rest @ ..] if letter.is_ascii_alphabetic() => numbered(rest, 3),
        [letter, rest @ ..] => letter.is_ascii_alphabetic() && numbered(rest, 3),
        [] => false,
    }
}

fn ends_diagnosis(text: &[u8]) -> bool {
    // Chapters of ICPC; »i 12 uger« is text.
    let is_chapter = |letter: &u8| b"ABDFHKLNPRSTUWXYZ".contains(&letter.to_ascii_uppercase());
    match text {
        [letter, rest @ ..] if is_chapter(letter) && numbered(rest, usize::MAX) => true,
        _ => is_sks(text),
    }
}

/// `DE11`, `DS721A`, `DF32.9`.
fn is_sks(text: &[u8]) -> bool {
    matches!(text, [b'D' | b'd', rest @ ..] if is_icd10(rest))
}

fn ends_icd10(text: &[u8]) -> bool {
    is_sks(text) || is_icd10(text)
}

fn is_icd10(text: &[u8]) -> bool {
    match text {
        [letter, tens, ones, rest @ ..] => {
            letter.is_ascii_alphabetic()
                && tens.is_ascii_digit()
                && ones.is_ascii_digit()
                && rest.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'.')
        }
        _ => false,
    }
}

/// A code of one of the five levels.
fn is_atc(text: &[u8]) -> bool {
    let fits = |(at, byte): (usize, &u8)| match at {
        0 | 3 | 4 => byte.is_ascii_alphabetic(),
        _ => byte.is_ascii_digit(),
    };
    matches!(text.len(), 1 | 3 | 4 | 5 | 7) && text.iter().enumerate().all(fits)
}

/// How many letters, and the digits behind them.
fn lettered(text: &[u8]) -> Option<(usize, &[u8])> {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let digits = text.get(letters..).filter(|digits| !digits.is_empty())?;
    digits.iter().all(u8::is_ascii_digit).then_some((letters, digits))
}

fn digits_of_service(text: &[u8]) -> Option<usize> {
    let known = text.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-');
    known.then(|| text.iter().filter(|byte| byte.is_ascii_digit()).count())
}

/// SKS-D/ICD-10 with two leading letters, else ICPC-2 (`P76 Depression`, `P 76`, `-P76`) or what
/// stands in its place.
fn diagnosis(part: &str) -> Option<Code> {
    let code = ICPC.code_of(part.trim_start_matches('-').trim_start());
    // »P76 Depression, svær«: the text behind the comma is no code.
    if !code.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let two_letters = matches!(code.as_bytes(), [b'D' | b'd', b, c, d, ..]
        if b.is_ascii_alphabetic() && c.is_ascii_digit() && d.is_ascii_digit());
    Code::new(if two_letters { System::Icd10 } else { System::Icpc }, &code)
}

/// Four digits; `21-01` and numbers whose leading zero a spreadsheet dropped are the same code.
fn service(part: &str) -> Option<Code> {
    let word = SERVICE.code_of(part).replace('-', "");
    let short = word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit());
    Code::new(System::Ydelse, &if short { format!("0{word}") } else { word })
}

/// Could the code be one of its system? Only the form is looked at; of systems that Danish exports
/// do not use, every code could.
#[must_use]
pub fn has_the_form_of_its_system(code: &Code) -> bool {
    let text = code.base.as_bytes();
    match code.system {
        System::Icpc => text.len() < 5 && ends_diagnosis(text) && is_diagnosis(text),
        System::Icd10 => text.len() < 8 && is_icd10(text),
        System::Atc => is_atc(text),
        System::Npu => text.len() < 9 && (LABORATORY.ends)(text),
        System::Ydelse => (SERVICE.whole)(text),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(register: Register, field: Field, cell: &str) -> String {
        let codes = read(register, field, cell);
        codes
            .iter()
            .map(|c| format!("{}:{}", c.system.name(), c.shown()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    // Codes that no classification has, where it does not matter.
    #[test]
    fn cells() {
        for (cell, codes) in [
            ("P96", "ICPC:P96"),
            ("P96 Depression", "ICPC:P96"),
            ("P96.01", "ICPC:P96.01"),
            ("P96,P94", "ICPC:P96 ICPC:P94"),
            ("P 96", "ICPC:P96"),
            (" p94", "ICPC:P94"),
            ("P960", "ICPC:P960"),
            ("P96 Depression, svær", "ICPC:P96"),
            ("P 960", "ICPC:P960"),
            ("P9 6", "ICPC:P96"),
            ("P 96.01", "ICPC:P96.01"),
            ("P 96 Depression", "ICPC:P96"),
            ("P 960 Depression", "ICPC:P960"),
            ("P 96: Depression", "ICPC:P96"),
            ("P 96-Depression", "ICPC:P96"),
            ("- P 96", "ICPC:P96"),
            ("P96 2. gang", "ICPC:P96"),
            ("P96 2024", "ICPC:P96"),
            ("P96 Depression, i 12 uger", "ICPC:P96"),
            ("DE11", "ICD10:E11"),
            ("DE 11", "ICD10:E11"),
            ("DF 32.9 Depression", "ICD10:F329"),
            ("DE11 Type 2-diabetes", "ICD10:E11"),
            ("", ""),
        ] {
            assert_eq!(shown(Register::Diagnose, Field::Kode, cell), codes, "{cell}");
        }
        for cell in ["DF32.9", "F 32.9", "DF 32.9 Depression", "F32.9 Depression"] {
            assert_eq!(shown(Register::Diagnose, Field::Icd10, cell), "ICD10:F329", "{cell}");
        }
        for cell in ["0101", "01-01", "101", "0101 Konsultation", "01 01", "01 01 Konsultation"] {
            assert_eq!(shown(Register::Ydelse, Field::Kode, cell), "ydelse:0101", "{cell}");
        }
        for cell in ["101 2 stk.", "0101 2 stk."] {
            assert_eq!(shown(Register::Ydelse, Field::Kode, cell), "ydelse:0101", "{cell}");
        }
    }

    #[test]
    fn codes_with_their_system() {
        for (register, cell, codes) in [
            (Register::Diagnose, "SNOMED:44054006", "SNOMED:44054006"),
            (Register::Diagnose, "P96, snomed: 370143000", "ICPC:P96 SNOMED:370143000"),
            (Register::Medicin, "RXNORM:197591", "RXNORM:197591"),
            (Register::Proeve, "LOINC:4548-4", "LOINC:4548-4"),
            (Register::Ydelse, "CVX:140", "CVX:140"),
            (Register::Diagnose, "P 96: Depression", "ICPC:P96"),
        ] {
            assert_eq!(shown(register, Field::Kode, cell), codes, "{cell}");
        }
    }

    #[test]
    fn spaces_inside_a_code_are_removed_and_those_before_its_text_end_it() {
        for (cell, code) in [
            ("X99ZZ02 ", "X99ZZ02"),
            ("X99 ZZ02", "X99ZZ02"),
            ("X 99 ZZ 02", "X99ZZ02"),
            ("X99 Z", "X99Z"),
            ("X99ZZ02 Tramadol", "X99ZZ02"),
            ("X99 ZZ02 Tramadol", "X99ZZ02"),
            ("X99 Opdigtet", "X99"),
            ("X99Z Opdigtet", "X99Z"),
        ] {
            let shown = shown(Register::Medicin, Field::Kode, cell);
            assert_eq!(shown, format!("ATC:{code}"), "{cell}");
        }
        for cell in ["DNK99302", "DNK 99302", "dnk 993 02", "DNK99302 eGFR", "DNK 99302 eGFR"] {
            assert_eq!(shown(Register::Proeve, Field::Kode, cell), "NPU:DNK99302", "{cell}");
        }
    }

    #[test]
    fn the_form_of_a_code() {
        let of = |system, written| has_the_form_of_its_system(&Code::new(system, written).unwrap());
        for (system, written, fits) in [
            (System::Icpc, "P96", true),
            (System::Icpc, "P96.01", true),
            (System::Icpc, "P960", true),
            (System::Icpc, "O76", false),
            (System::Icpc, "P7", false),
            (System::Icpc, "1234", false),
            (System::Icd10, "E119", true),
            (System::Icd10, "E1", false),
            (System::Atc, "X99ZZ02", true),
            (System::Atc, "X99ZZ2", false),
            (System::Npu, "DNK99302", true),
            (System::Npu, "123456", false),
            (System::Ydelse, "0101", true),
            (System::Ydelse, "01010", false),
            (System::Snomed, "73211009", true),
        ] {
            assert_eq!(of(system, written), fits, "{written}");
        }
    }
}
