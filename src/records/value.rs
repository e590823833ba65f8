//! Laboratory answers and numbers as exports write them (rule R10).

use crate::amount::Amount;

/// A number cell, read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// Nothing written.
    #[default]
    Missing,
    /// Exactly this.
    Exact(Amount),
    /// `<5`, `>90`, `≤`, `≥`: somewhere between the bounds; `None` = no bound on that side.
    Between {
        /// Lower bound and whether it is itself excluded.
        low: Option<(Amount, bool)>,
        /// Upper bound and whether it is itself excluded.
        high: Option<(Amount, bool)>,
    },
    /// A number that can be read in two ways (`1.234`).
    Ambiguous,
    /// Text, not a number.
    Text,
}

impl Reading {
    /// Reads a cell: decimal comma, thousands `.` or space, `<0,6`, `>90`, `≤`, `≥`, a trailing
    /// `*`, a unit after a space. `1.234` can be read in two ways and is [`Reading::Ambiguous`].
    #[must_use]
    pub fn read(cell: &str) -> Self {
        let text = cell.trim();
        if text.is_empty() {
            return Self::Missing;
        }
        let (comparator, rest) = comparator(text);
        match number(rest.trim()) {
            None => Self::Text,
            Some(Written::TwoWays) => Self::Ambiguous,
            Some(Written::Number(amount)) => match comparator {
                "<" => Self::Between { low: None, high: Some((amount, true)) },
                "<=" => Self::Between { low: None, high: Some((amount, false)) },
                ">" => Self::Between { low: Some((amount, true)), high: None },
                ">=" => Self::Between { low: Some((amount, false)), high: None },
                _ => Self::Exact(amount),
            },
        }
    }

    /// The exact number, if it is one.
    #[must_use]
    pub const fn exact(&self) -> Option<Amount> {
        match self {
            Self::Exact(amount) => Some(*amount),
            _ => None,
        }
    }
}

enum Written {
    Number(Amount),
    TwoWays,
}

fn comparator(text: &str) -> (&'static str, &str) {
    let signs = [("<=", "<="), (">=", ">="), ("≤", "<="), ("≥", ">="), ("<", "<"), (">", ">")];
    let found = signs.into_iter().find_map(|(sign, name)| Some((name, text.strip_prefix(sign)?)));
    found.unwrap_or(("", text))
}

fn number(text: &str) -> Option<Written> {
    let text = text.trim_end_matches('*').trim_end();
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+');
    let grouped = |c: char| matches!(c, ' ' | '\u{a0}');
    let end = text.find(|c| !numeric(c) && !grouped(c)).unwrap_or(text.len());
    let (digits, unit) = text.split_at_checked(end)?;
    // A unit needs a space before it: `1+`, `6,8x` and `130/80` are text.
    if !(unit.is_empty() || digits.ends_with(grouped)) || unit.starts_with('/') {
        return None;
    }
    written(digits.trim_end_matches(grouped))
}

fn written(digits: &str) -> Option<Written> {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits.strip_prefix('+').unwrap_or(digits)),
    };
    let (whole, decimals) = digits.split_once(',').map_or((digits, None), |(w, d)| (w, Some(d)));
    let groups: Vec<&str> = whole.split(['.', ' ', '\u{a0}']).collect();
    let in_threes = groups.iter().skip(1).all(|group| group.len() == 3);
    let first = groups.first().copied().unwrap_or_default();
    let grouped = groups.len() > 1 && in_threes && (1..=3).contains(&first.len()) && first != "0";
    let plain = match (groups.as_slice(), decimals) {
        ([whole], None) => (*whole).to_owned(),
        ([whole], Some(decimals)) => format!("{whole}.{decimals}"),
        (_, Some(decimals)) if grouped => format!("{}.{decimals}", groups.concat()),
        ([_, _], None) if grouped && whole.contains('.') => return Some(Written::TwoWays),
        (_, None) if grouped => groups.concat(),
        ([whole, decimals], None) if digits.contains('.') => format!("{whole}.{decimals}"),
        _ => return None,
    };
    Amount::parse(&format!("{sign}{plain}")).map(Written::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Option<String> {
        Reading::read(text).exact().map(|amount| amount.to_string())
    }

    #[test]
    fn exact_numbers() {
        for (text, shown) in [
            ("6,5", "6.5"),
            ("6.5", "6.5"),
            ("27", "27"),
            (" 8,7 ", "8.7"),
            ("6,8*", "6.8"),
            ("6,8 mmol/L", "6.8"),
            ("1.234,5", "1234.5"),
            ("12 345", "12345"),
            ("1.234.567", "1234567"),
            ("0.123", "0.123"),
            ("-3,2", "-3.2"),
            ("12.34", "12.34"),
            ("1234", "1234"),
        ] {
            assert_eq!(exact(text).as_deref(), Some(shown), "{text}");
        }
    }

    #[test]
    fn intervals_texts_and_doubt() {
        let below =
            |n, strict| Reading::Between { low: None, high: Some((Amount::whole(n), strict)) };
        assert_eq!(Reading::read("<5"), below(5, true));
        assert_eq!(Reading::read("≤ 5"), below(5, false));
        let above = Reading::Between { low: Some((Amount::whole(90), true)), high: None };
        assert_eq!(Reading::read(">90"), above);
        for text in ["1.234", "90.000"] {
            assert_eq!(Reading::read(text), Reading::Ambiguous, "{text}");
        }
        for text in ["neg", "-", "1+", "se bemærkning", "130/80", "6,8x", "1,2,3", "1.2.3", "<"] {
            assert_eq!(Reading::read(text), Reading::Text, "{text}");
        }
        assert_eq!(Reading::read("  "), Reading::Missing);
    }
}
