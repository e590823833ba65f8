//! The pieces of a short written text: numbers, words, signs. Dosage and strength texts share them.

use crate::amount::Amount;
use crate::ratio::Ratio;

/// One piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// It follows the piece before without a space.
    pub glued: bool,
}

/// Kinds of pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number with or without decimals.
    Number(Ratio),
    /// ½ and the like.
    Vulgar(Ratio),
    /// »1.250«: thousands or decimals; or too many digits.
    Ambiguous,
    /// Letters, in lower case.
    Word(String),
    /// Any other sign; all dashes are `-`, the multiplication sign is `x`.
    Sign(char),
}

/// Cuts a text into pieces; white space only separates.
#[must_use]
pub fn cut(text: &str) -> Vec<Token> {
    let mut cutter = Cutter { text, at: 0, found: Vec::new() };
    while cutter.step() {}
    cutter.found
}

struct Cutter<'a> {
    text: &'a str,
    at: usize,
    found: Vec<Token>,
}

impl Cutter<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn step(&mut self) -> bool {
        let before = self.at;
        self.at += self.rest().len() - self.rest().trim_start().len();
        let glued = before == self.at && before > 0;
        let Some(first) = self.rest().chars().next() else { return false };
        let (kind, length) = self.piece(first, glued);
        let end = self.at + length;
        self.found.push(Token { kind, start: self.at, end, glued });
        self.at = end;
        true
    }

    fn piece(&self, first: char, glued: bool) -> (Kind, usize) {
        let after_number =
            glued && self.found.last().is_some_and(|token| !matches!(token.kind, Kind::Word(_)));
        match first {
            '0'..='9' => number(self.rest()),
            '½' => (vulgar(1, 2), first.len_utf8()),
            '¼' => (vulgar(1, 4), first.len_utf8()),
            '¾' => (vulgar(3, 4), first.len_utf8()),
            '⅓' => (vulgar(1, 3), first.len_utf8()),
            '⅔' => (vulgar(2, 3), first.len_utf8()),
            '×' | '*' => (Kind::Sign('x'), first.len_utf8()),
            'x' | 'X' if after_number || !self.letter_follows(first) => (Kind::Sign('x'), 1),
            '-' | '‐' | '‑' | '‒' | '–' | '—' | '−' => {
                (Kind::Sign('-'), first.len_utf8())
            }
            _ if first.is_alphabetic() => word(self.rest()),
            _ => (Kind::Sign(first), first.len_utf8()),
        }
    }

    fn letter_follows(&self, first: char) -> bool {
        let after = self.rest().get(first.len_utf8()..).unwrap_or_default();
        after.chars().next().is_some_and(char::is_alphabetic)
    }
}

fn vulgar(above: i64, below: i64) -> Kind {
    Ratio::new(above, below).map_or(Kind::Ambiguous, Kind::Vulgar)
}

fn word(rest: &str) -> (Kind, usize) {
    let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let word = rest.get(..length).unwrap_or_default();
    // Combining letters and the Greek mu: one spelling each.
    (Kind::Word(word.to_lowercase().replace('\u{b5}', "\u{3bc}")), length)
}

fn number(rest: &str) -> (Kind, usize) {
    let whole = digits(rest);
    let after = rest.get(whole..).unwrap_or_default();
    let decimals = match after.chars().next() {
        Some('.' | ',') => digits(after.get(1..).unwrap_or_default()),
        _ => 0,
    };
    let length = if decimals == 0 { whole } else { whole + 1 + decimals };
    let written = rest.get(..length).unwrap_or_default().replace(',', ".");
    // »1.250« and »1,250« may be thousands; »0,125« may not.
    let thousands = decimals == 3 && !written.starts_with("0.");
    let leading = written.starts_with('0') && whole > 2;
    let kind = match Amount::parse(&written) {
        Some(amount) if whole <= 6 && !thousands && !leading => Kind::Number(Ratio::from(amount)),
        _ => Kind::Ambiguous,
    };
    (kind, length)
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let one = |token: Token| match token.kind {
            Kind::Number(number) | Kind::Vulgar(number) => number.to_string(),
            Kind::Ambiguous => "?".into(),
            Kind::Word(word) => word,
            Kind::Sign(sign) => sign.to_string(),
        };
        cut(text).into_iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn pieces() {
        for (text, pieces) in [
            ("1,5 Tablet", "1.5 tablet"),
            ("2x3dgl", "2 x 3 dgl"),
            ("3xdgl", "3 x dgl"),
            ("x3 xylocain", "x 3 xylocain"),
            ("1½–2 mg", "1 0.5 - 2 mg"),
            ("hver 3. dag.", "hver 3 . dag ."),
            ("1.250 1,250 0,125 1.25 1234567", "? ? 0.125 1.25 ?"),
            ("25 µg/t", "25 \u{3bc}g / t"),
            ("", ""),
            (" \u{a0}\n", ""),
        ] {
            assert_eq!(shown(text), pieces, "{text}");
        }
    }
}
