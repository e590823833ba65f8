//! Cells on their way to a spreadsheet: no text moves other cells, none is run as a formula.

/// Characters with which spreadsheets begin a formula, and their full-width forms.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// The text as one cell between tabs. A number below zero stays a number.
#[must_use]
pub fn cell(text: &str) -> String {
    let flat = text.replace(char::is_control, " ");
    let begins = flat.trim_start().starts_with(FORMULA);
    if begins && !is_below_zero(&flat) { format!("'{flat}") } else { flat }
}

/// The text as one cell between semicolons.
#[must_use]
pub fn quoted(text: &str) -> String {
    let cell = cell(text);
    if cell.contains([';', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

fn is_below_zero(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_digit())
            && rest.chars().all(|one| one.is_ascii_digit() || one == ',' || one == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::{cell, quoted};

    #[test]
    fn nothing_is_run_as_a_formula() {
        for text in [
            "=1+1", "+1", "-1+1", "-a", "@x", "＝1", "＋1", "－1", "＠x", "\t=1", " =1", "\0=1",
            "\r\n@x",
        ] {
            assert!(cell(text).starts_with('\''), "{text:?} became {:?}", cell(text));
        }
    }

    #[test]
    fn what_is_no_formula_stays_as_it_is() {
        for text in ["", "5 mg", "a=b", "-5", "-1.234,5", "3-4", "'a"] {
            assert_eq!(cell(text), text);
        }
    }

    #[test]
    fn no_text_moves_another_cell() {
        assert_eq!(cell("a\tb\r\nc"), "a b  c");
        assert_eq!(quoted("1.0;\"x\""), "\"1.0;\"\"x\"\"\"");
        assert_eq!(quoted("=1;2"), "\"'=1;2\"");
        assert_eq!(quoted("1.0"), "1.0");
    }
}
