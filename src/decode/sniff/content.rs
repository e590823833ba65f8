//! What the cells of a column look like.

use super::head::Layout;
use crate::cpr::Cpr;
use crate::day::Day;
use crate::schema::Kind;

/// Shares of the filled cells of one column, in percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// Cells with content.
    pub filled: usize,
    /// CPR numbers with a calendar date.
    pub cpr: usize,
    /// CPR numbers of any form, the letter forms included.
    pub any_cpr: usize,
    /// ATC codes, at least one of five characters or more among them.
    pub atc: usize,
    /// ICPC-2 codes.
    pub icpc: usize,
    /// ICD-10 or SKS-D codes.
    pub icd: usize,
    /// NPU, DNK, MCS or NPK codes.
    pub npu: usize,
    /// Four digits.
    pub service: usize,
    /// Dates.
    pub date: usize,
    /// Numbers.
    pub number: usize,
}

/// The looks of every column.
pub struct Sample {
    columns: Vec<Looks>,
}

impl Sample {
    /// Looks at the rows of the head.
    pub fn new(layout: &Layout) -> Self {
        let column = |at: usize| {
            let cells = layout.rows.iter().filter(|row| row.len() >= layout.width);
            looks(cells.filter_map(|row| row.get(at)).map(String::as_str))
        };
        Self { columns: (0..layout.width).map(column).collect() }
    }

    /// The looks of a column.
    pub fn of(&self, column: usize) -> Looks {
        self.columns.get(column).copied().unwrap_or_default()
    }

    /// Could the column hold this kind? An empty column could hold anything.
    pub fn allows(&self, column: usize, kind: Kind) -> bool {
        let looks = self.of(column);
        looks.filled == 0
            || match kind {
                Kind::Cpr => looks.any_cpr >= 20,
                Kind::Date => looks.date >= 30,
                Kind::Number => looks.number >= 30 && looks.date < 90,
                Kind::Text => looks.date < 90 || looks.filled < 3,
                Kind::Code | Kind::Reading | Kind::Flag => looks.date < 90,
            }
    }
}

fn looks<'a>(cells: impl Iterator<Item = &'a str>) -> Looks {
    let filled: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    let share = |test: fn(&str) -> bool| {
        let hits = filled.iter().filter(|cell| test(cell)).count();
        hits * 100 / filled.len().max(1)
    };
    let long_atc = filled.iter().any(|cell| is_atc(cell) && cell.len() >= 5);
    Looks {
        filled: filled.len(),
        cpr: share(is_cpr),
        any_cpr: share(|cell| Cpr::parse(cell).is_ok()),
        atc: if long_atc { share(is_atc) } else { 0 },
        icpc: share(is_icpc),
        icd: share(is_icd),
        npu: share(is_npu),
        service: share(|cell| cell.len() == 4 && cell.bytes().all(|b| b.is_ascii_digit())),
        date: share(is_date),
        number: share(is_number),
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

fn pattern(cell: &str, shape: &[u8]) -> bool {
    cell.len() == shape.len()
        && cell.bytes().zip(shape).all(|(byte, kind)| match kind {
            b'A' => byte.is_ascii_uppercase(),
            _ => byte.is_ascii_digit(),
        })
}

fn is_atc(cell: &str) -> bool {
    [&b"A99"[..], b"A99A", b"A99AA", b"A99AA99"].iter().any(|shape| pattern(cell, shape))
}

fn is_icpc(cell: &str) -> bool {
    const CHAPTERS: &str = "ABDFHKLNPRSTUWXYZ";
    let code = cell.trim_start_matches('-').split([' ', ',', '.', '/']).next().unwrap_or(cell);
    pattern(code, b"A99") && code.starts_with(|c| CHAPTERS.contains(c)) && !is_long_code(cell)
}

fn is_long_code(cell: &str) -> bool {
    is_atc(cell) && cell.len() > 3
}

fn is_icd(cell: &str) -> bool {
    let code = cell.split([' ', ',']).next().unwrap_or(cell);
    code.len() >= 4
        && code.len() <= 8
        && code.get(..4).is_some_and(|start| pattern(start, b"AA99"))
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
        && !is_npu(code)
}

fn is_npu(cell: &str) -> bool {
    pattern(cell, b"AAA99999") && ["NPU", "DNK", "MCS", "NPK"].iter().any(|p| cell.starts_with(p))
}

fn is_date(cell: &str) -> bool {
    full_date(cell.split(['T', ' ']).next().unwrap_or(cell)).is_some()
        || (cell.len() == 8 && cell.starts_with(['1', '2']) && full_date_digits(cell).is_some())
        || cell.replace(['-', '/', '.'], "") == "00000000"
}

/// A date written with separators and a year of four digits, or two digits behind `-`, `.`, `/`.
pub fn full_date(word: &str) -> Option<Day> {
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
