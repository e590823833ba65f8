//! `amounts [unit] [/ [number] per]`, where amounts are joined by `+` or, for combinations, by `/`.

use super::unit::{self, Unit};
use super::{Part, Per, Strength, Unclear};
use crate::ratio::Ratio;
use crate::token::{Kind, Token, cut};

/// A longer text is no strength.
const LONGEST: usize = 100;

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    amounts: Vec<(Ratio, Option<Unit>)>,
    per: Option<(Per, Ratio)>,
}

pub(super) fn read(text: &str, unit: &str) -> Result<Strength, Unclear> {
    if text.len() > LONGEST || unit.len() > LONGEST {
        return Err(Unclear::UnknownWord);
    }
    let (text, unit) = (cut(text), cut(unit));
    let text = without_abbreviating_dots(text);
    if text.is_empty() {
        return Err(if unit.is_empty() { Unclear::Empty } else { Unclear::NoNumber });
    }
    let mut reader = Reader { tokens: &text, at: 0, amounts: Vec::new(), per: None };
    reader.whole()?;
    reader.finish(&without_abbreviating_dots(unit))
}

fn without_abbreviating_dots(tokens: Vec<Token>) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::new();
    for token in tokens {
        let abbreviates = token.kind == Kind::Sign('.')
            && kept.last().is_some_and(|before| matches!(before.kind, Kind::Word(_)));
        if !abbreviates {
            kept.push(token);
        }
    }
    kept
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn sign(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(&Kind::Sign(wanted));
        self.at += usize::from(found);
        found
    }

    fn word<T>(&mut self, means: impl Fn(&str) -> Option<T>) -> Option<T> {
        let Some(Kind::Word(word)) = self.peek() else { return None };
        let found = means(word)?;
        self.at += 1;
        Some(found)
    }

    fn whole(&mut self) -> Result<(), Unclear> {
        loop {
            self.amount()?;
            if self.sign('+') {
                continue;
            }
            if self.sign('/') || self.pr() {
                match self.below()? {
                    Some(per) => self.set_per(per)?,
                    None => continue,
                }
                if self.sign('+') {
                    continue;
                }
            }
            break;
        }
        self.nothing_left()
    }

    fn amount(&mut self) -> Result<(), Unclear> {
        if self.sign('-') {
            return Err(Unclear::Negative);
        }
        let number = match self.peek() {
            Some(Kind::Number(number)) => *number,
            Some(Kind::Ambiguous) => return Err(Unclear::AmbiguousNumber),
            Some(Kind::Word(word)) if Unit::read(word).is_some() => return Err(Unclear::NoNumber),
            _ => return Err(Unclear::UnknownWord),
        };
        self.at += 1;
        if !number.is_positive() {
            return Err(Unclear::Zero);
        }
        let unit = if self.sign('%') { Some(Unit::Percent) } else { self.word(Unit::read) };
        self.amounts.push((number, unit));
        if self.peek() == Some(&Kind::Sign('-')) { Err(Unclear::Span) } else { Ok(()) }
    }

    fn pr(&mut self) -> bool {
        let found = self.word(|word| matches!(word, "pr" | "per").then_some(())).is_some();
        found && !self.tokens.is_empty()
    }

    /// After `/`: what the amounts are in, or `None` where the next amount of a combination is.
    fn below(&mut self) -> Result<Option<(Per, Ratio)>, Unclear> {
        let start = self.at;
        let number = match self.peek() {
            Some(Kind::Number(number)) => Some(*number),
            _ => None,
        };
        self.at += usize::from(number.is_some());
        let Some((per, many)) = self.word(unit::per) else {
            self.at = start;
            return if number.is_some() { Ok(None) } else { Err(Unclear::UnknownWord) };
        };
        if number.is_some() && per == Per::Gram {
            // »1 g/5 g« can be both.
            return Err(Unclear::TwoUnits);
        }
        let number = number.unwrap_or(Ratio::ONE);
        if !number.is_positive() {
            return Err(Unclear::Zero);
        }
        Ok(many.times(number).map(|many| (per, many)))
    }

    fn set_per(&mut self, per: (Per, Ratio)) -> Result<(), Unclear> {
        let all_before_say_it = self.per.is_some_and(|before| before == per);
        // »5 mg + 2 mg/ml«: the first may be per piece.
        if self.amounts.len() > 1 && !all_before_say_it && self.every_amount_has_a_unit() {
            return Err(Unclear::TwoUnits);
        }
        self.per = Some(per);
        Ok(())
    }

    fn every_amount_has_a_unit(&self) -> bool {
        self.amounts.iter().all(|(_, unit)| unit.is_some())
    }

    fn nothing_left(&self) -> Result<(), Unclear> {
        match self.peek() {
            None => Ok(()),
            Some(Kind::Number(_) | Kind::Vulgar(_)) => Err(Unclear::TwoUnits),
            Some(Kind::Word(word)) if Unit::read(word).is_some() => Err(Unclear::TwoUnits),
            Some(Kind::Word(word)) if self.no_unit() && unit::per(word).is_some() => {
                Err(Unclear::NoUnit)
            }
            Some(_) => Err(Unclear::UnknownWord),
        }
    }

    fn no_unit(&self) -> bool {
        self.amounts.iter().all(|(_, unit)| unit.is_none())
    }

    fn finish(self, column: &[Token]) -> Result<Strength, Unclear> {
        let column = if column.is_empty() { None } else { Some(unit_cell(column)?) };
        // The last unit goes for the numbers before it: »20+10 mg«.
        let last = self.amounts.last().and_then(|(_, unit)| *unit);
        if last.is_none() && !self.no_unit() {
            return Err(Unclear::NoUnit);
        }
        let (unit, per) = agree(last, self.per, column)?;
        let (per, many) = per.unwrap_or((Per::Piece, Ratio::ONE));
        if unit == Unit::Percent && (per != Per::Piece || self.amounts.len() > 1) {
            return Err(Unclear::TwoUnits);
        }
        let part = |(amount, own): &(Ratio, Option<Unit>)| {
            Some(Part { amount: amount.over(many)?, unit: own.unwrap_or(unit) })
        };
        let parts: Option<Vec<Part>> = self.amounts.iter().map(part).collect();
        Ok(Strength { parts: parts.ok_or(Unclear::AmbiguousNumber)?, per })
    }
}

type Below = Option<(Per, Ratio)>;

/// The cell of a unit column: `mg`, `mikrogram/time`.
fn unit_cell(tokens: &[Token]) -> Result<(Unit, Below), Unclear> {
    let mut reader = Reader { tokens, at: 0, amounts: Vec::new(), per: None };
    let unit = if reader.sign('%') { Some(Unit::Percent) } else { reader.word(Unit::read) };
    let unit = unit.ok_or(Unclear::UnknownWord)?;
    let below = if reader.sign('/') || reader.pr() { reader.below()? } else { None };
    if reader.at == tokens.len() { Ok((unit, below)) } else { Err(Unclear::TwoUnits) }
}

fn agree(
    unit: Option<Unit>,
    per: Below,
    column: Option<(Unit, Below)>,
) -> Result<(Unit, Below), Unclear> {
    match (unit, column) {
        (None, None) => Err(Unclear::NoUnit),
        (Some(unit), None) => Ok((unit, per)),
        (None, Some((unit, below))) if per.is_none() || per == below => Ok((unit, below)),
        (None, Some((unit, None))) => Ok((unit, per)),
        // Where both say it they must say the same.
        (Some(unit), Some((other, below)))
            if unit == other && (below.is_none() || below == per) =>
        {
            Ok((unit, per))
        }
        _ => Err(Unclear::TwoUnits),
    }
}
