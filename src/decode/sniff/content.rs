//! What the cells of a column look like.

use std::cell::Cell;

use super::head::Layout;
use crate::cpr::Cpr;
use crate::day::Day;
use crate::schema::Kind;

/// What a cell can look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A CPR number with a calendar date.
    Cpr,
    /// A CPR number of any form, the letter forms included.
    AnyCpr,
    /// An ATC code; counted only where one of five characters or more is among them.
    Atc,
    /// An ICPC-2 code.
    Icpc,
    /// An ICD-10 or SKS-D code.
    Icd,
    /// An NPU, DNK, MCS or NPK code.
    Npu,
    /// Four digits.
    Service,
    /// A date.
    Date,
    /// A number.
    Number,
}

const LOOKS: usize = Look::Number as usize + 1;

impl Look {
    fn fits(self, cell: &str) -> bool {
        match self {
            Self::Cpr => is_cpr(cell),
            Self::AnyCpr => Cpr::parse(cell).is_ok(),
            Self::Atc => is_atc(cell),
            Self::Icpc => is_icpc(cell),
            Self::Icd => is_icd(cell),
            Self::Npu => is_npu(cell),
            Self::Service => cell.len() == 4 && cell.bytes().all(|b| b.is_ascii_digit()),
            Self::Date => is_date(cell),
            Self::Number => is_number(cell),
        }
    }
}

/// The first cells of every column.
pub struct Sample<'a> {
    columns: Vec<Column<'a>>,
}

/// Its cells with content, and the shares that were asked for: most never are.
struct Column<'a> {
    filled: Vec<&'a str>,
    shares: [Cell<Option<usize>>; LOOKS],
}

impl<'a> Sample<'a> {
    /// The rows of the head.
    pub fn new(layout: &'a Layout) -> Self {
        let rows = || layout.rows.iter().filter(|row| row.len() >= layout.width);
        let column = |at: usize| Column {
            filled: rows()
                .filter_map(|row| row.get(at))
                .map(String::as_str)
                .filter(|cell| !cell.is_empty())
                .collect(),
            shares: Default::default(),
        };
        Self { columns: (0..layout.width).map(column).collect() }
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// The cells of a column that have content.
    pub fn cells(&self, column: usize) -> &[&'a str] {
        self.columns.get(column).map_or(&[], |column| &column.filled)
    }

    /// How many of a column's filled cells look so, in percent.
    pub fn share(&self, column: usize, look: Look) -> usize {
        let Some(column) = self.columns.get(column) else { return 0 };
        let Some(known) = column.shares.get(look as usize) else { return 0 };
        if known.get().is_none() {
            known.set(Some(column.share(look)));
        }
        known.get().unwrap_or(0)
    }

    /// Could the column hold this kind? An empty column could hold anything.
    pub fn allows(&self, column: usize, kind: Kind) -> bool {
        let filled = self.columns.get(column).map_or(0, |column| column.filled.len());
        let share = |look| self.share(column, look);
        filled == 0
            || match kind {
                Kind::Cpr => share(Look::AnyCpr) >= 20,
                Kind::Date => share(Look::Date) >= 30,
                Kind::Number => share(Look::Number) >= 30 && share(Look::Date) < 90,
                Kind::Text => filled < 3 || share(Look::Date) < 90,
                Kind::Code | Kind::Reading | Kind::Flag => share(Look::Date) < 90,
            }
    }
}

impl Column<'_> {
    fn share(&self, look: Look) -> usize {
        let is_long_atc = |cell: &&str| cell.len() >= 5 && is_atc(cell);
        if look == Look::Atc && !self.filled.iter().any(is_long_atc) {
            return 0;
        }
        let hits = self.filled.iter().filter(|cell| look.fits(cell)).count();
        hits * 100 / self.filled.len().max(1)
    }
}

/// `ddmmyy-xxxx` or ten digits, with a calendar date.
pub fn is_cpr(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let length = cell.chars().count();
    digits == 10
        && (length == 10 || length == 11)
        && Cpr::parse(cell).is_ok_and(|cpr| cpr.birth().is_some())
}

/// A CPR number at the beginning of a line, and the name behind it.
pub fn leading_cpr(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    // Ten characters, or eleven with a hyphen or a space; a space further on ends nine digits.
    [11, 10].into_iter().find_map(|length| {
        let (cpr, name) = line.split_at_checked(length)?;
        let is_apart = name.is_empty() || name.starts_with([' ', '\t', ',', ';']);
        (is_apart && is_cpr(cpr.trim_end()))
            .then(|| (cpr, name.trim_matches([' ', '\t', ',', ';'])))
    })
}

fn pattern(cell: &str, shape: &[u8]) -> bool {
    cell.len() == shape.len()
        && cell.bytes().zip(shape).all(|(byte, kind)| match kind {
            b'A' => byte.is_ascii_uppercase(),
            _ => byte.is_ascii_digit(),
        })
}

/// An ATC code of a level from the second on.
pub fn is_atc(cell: &str) -> bool {
    [&b"A99"[..], b"A99A", b"A99AA", b"A99AA99"].iter().any(|shape| pattern(cell, shape))
}

/// An ICPC-2 code, text behind it allowed.
pub fn is_icpc(cell: &str) -> bool {
    const CHAPTERS: &str = "ABDFHKLNPRSTUWXYZ";
    let code = cell.trim_start_matches('-').split([' ', ',', '.', '/']).next().unwrap_or(cell);
    pattern(code, b"A99") && code.starts_with(|c| CHAPTERS.contains(c)) && !is_long_code(cell)
}

fn is_long_code(cell: &str) -> bool {
    is_atc(cell) && cell.len() > 3
}

/// An ICD-10 or SKS-D code, text behind it allowed.
pub fn is_icd(cell: &str) -> bool {
    let code = cell.split([' ', ',']).next().unwrap_or(cell);
    code.len() >= 4
        && code.len() <= 8
        && code.get(..4).is_some_and(|start| pattern(start, b"AA99"))
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
        && !is_npu(code)
}

/// An NPU, DNK, MCS or NPK code.
pub fn is_npu(cell: &str) -> bool {
    pattern(cell, b"AAA99999") && ["NPU", "DNK", "MCS", "NPK"].iter().any(|p| cell.starts_with(p))
}

fn is_date(cell: &str) -> bool {
    full_date(cell.split(['T', ' ']).next().unwrap_or(cell)).is_some()
        || (cell.len() == 8 && cell.starts_with(['1', '2']) && full_date_digits(cell).is_some())
        || (cell.starts_with('0') && cell.replace(['-', '/', '.'], "") == "00000000")
}

/// A date written with separators and a year of four digits, or two digits behind `-`, `.`, `/`.
pub fn full_date(word: &str) -> Option<Day> {
    if !word.starts_with(|c: char| c.is_ascii_digit() || c == '+') {
        return None;
    }
    let parts: Vec<&str> = word.trim_end_matches('.').split(['-', '.', '/']).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 4);
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    let (year, month, day) = if first.len() == 4 { (a, b, c) } else { (c, b, a) };
    let year = if third.len() == 2 && first.len() <= 2 { year + 2000 } else { year };
    Day::from_ymd(i32::try_from(year).ok()?, month, day).filter(|_| year > 1800)
}

fn full_date_digits(cell: &str) -> Option<Day> {
    let iso = format!("{}-{}-{}", cell.get(..4)?, cell.get(4..6)?, cell.get(6..)?);
    Day::parse_iso(&iso)
}

fn is_number(cell: &str) -> bool {
    let text = cell.trim_start_matches(['<', '>', '=', '≤', '≥', ' ']);
    text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && !is_date(cell)
        && text
            .split(' ')
            .next()
            .unwrap_or(text)
            .bytes()
            .all(|b| b.is_ascii_digit() || b",.-*".contains(&b))
}
