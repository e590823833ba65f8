//! Code cells of exports → normalised codes (export-formats: `P76 Depression`, `P76,P74`, `21-01`).

use crate::code::{Code, System};
use crate::schema::{Field, Register};

/// The codes that a cell of a code column holds, in the order written.
pub fn read(register: Register, field: Field, cell: &str) -> Vec<Code> {
    let parts = || cell.split([',', ';', '/']).map(str::trim).filter(|part| !part.is_empty());
    match (register, field) {
        (_, Field::Icd10) => {
            parts().filter_map(|part| Code::new(System::Icd10, first_word(part))).collect()
        }
        (Register::Diagnose, _) => parts().filter_map(diagnosis).collect(),
        (Register::Medicin, _) => {
            parts().filter_map(|p| Code::new(System::Atc, first_word(p))).collect()
        }
        (Register::Proeve, _) => {
            parts().filter_map(|p| Code::new(System::Npu, first_word(p))).collect()
        }
        (Register::Ydelse, _) => parts().filter_map(service).collect(),
        _ => Vec::new(),
    }
}

fn first_word(part: &str) -> &str {
    part.split_whitespace().next().unwrap_or(part)
}

/// ICPC-2 at the beginning of the part (`P76 Depression`, `P 76`, `-P76`), else SKS-D/ICD-10 with
/// two leading letters, else the first word as it stands.
fn diagnosis(part: &str) -> Option<Code> {
    let squeezed: String = part.chars().filter(|c| !c.is_whitespace()).take(8).collect();
    let squeezed = squeezed.trim_start_matches('-').to_uppercase();
    let spaced = part.as_bytes().get(1) == Some(&b' ');
    if spaced && squeezed.len() >= 3 && is_icpc_start(&squeezed) {
        let end = squeezed
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '.')
            .unwrap_or(squeezed.len());
        return Code::new(System::Icpc, squeezed.get(..end.min(3))?);
    }
    let word = first_word(part);
    // »P76 Depression, svær«: the text behind the comma is no code.
    if !word.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let upper = word.to_uppercase();
    let bytes = upper.as_bytes();
    let two_letters = bytes.len() >= 4
        && matches!(bytes, [a, b, c, d, ..] if *a == b'D' && b.is_ascii_uppercase() && c.is_ascii_digit() && d.is_ascii_digit());
    Code::new(if two_letters { System::Icd10 } else { System::Icpc }, word)
}

fn is_icpc_start(text: &str) -> bool {
    matches!(text.as_bytes(), [a, b, c, ..] if a.is_ascii_uppercase() && b.is_ascii_digit() && c.is_ascii_digit())
}

/// Four digits; `21-01` and numbers whose leading zero a spreadsheet dropped are the same code.
fn service(part: &str) -> Option<Code> {
    let word = first_word(part).replace('-', "");
    let short = word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit());
    Code::new(System::Ydelse, &if short { format!("0{word}") } else { word })
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

    #[test]
    fn cells() {
        for (cell, codes) in [
            ("P76", "ICPC:P76"),
            ("P76 Depression", "ICPC:P76"),
            ("P76.01", "ICPC:P76.01"),
            ("P76,P74", "ICPC:P76 ICPC:P74"),
            ("P 76", "ICPC:P76"),
            (" l95", "ICPC:L95"),
            ("L950", "ICPC:L950"),
            ("P76 Depression, svær", "ICPC:P76"),
            ("DE11", "ICD10:E11"),
            ("", ""),
        ] {
            assert_eq!(shown(Register::Diagnose, Field::Kode, cell), codes, "{cell}");
        }
        assert_eq!(shown(Register::Diagnose, Field::Icd10, "DF32.9"), "ICD10:F329");
        assert_eq!(shown(Register::Medicin, Field::Kode, "N02AA01 "), "ATC:N02AA01");
        for cell in ["0101", "01-01", "101", "0101 Konsultation"] {
            assert_eq!(shown(Register::Ydelse, Field::Kode, cell), "ydelse:0101", "{cell}");
        }
    }
}
