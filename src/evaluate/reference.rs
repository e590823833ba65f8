//! `reference`: the laboratory's own range of a result.

use crate::amount::Amount;
use crate::evaluate::compare::Interval;
use crate::evaluate::hit::Doubt;
use crate::profile::plan::{Op, Outside};
use crate::records::{Events, Reading};
use crate::schema::Field;
use crate::truth::Truth;

/// A limit of the laboratory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// Nothing is written: the limit is not known.
    Unknown,
    /// The written range has no limit on this side (»< 48«).
    Absent,
    /// The last value of the range.
    At(Amount),
    /// The first value beyond the range (»< 48«).
    Beyond(Amount),
}

/// Does the value lie outside the laboratory's range? A column without a limit does not say that
/// there is none: unknown. Only the text of the range can say that (»< 48«).
pub(crate) fn outside(events: &Events, position: usize, which: Outside) -> (Truth, Doubt) {
    let reading = events.reading(position, Field::Vaerdi);
    let value = Interval::of(reading);
    let (low, high) = limits(events, position);
    let below = against(value, Op::Less, low);
    let above = against(value, Op::Greater, high);
    let verdict = match which {
        Outside::Below => below,
        Outside::Above => above,
        Outside::Either => below.max(above),
    };
    (verdict, doubt(reading))
}

fn against(value: Interval, op: Op, limit: Limit) -> Truth {
    match limit {
        Limit::Unknown => Truth::Unknown,
        Limit::Absent => Truth::No,
        Limit::At(limit) => value.verdict(op, limit),
        Limit::Beyond(limit) if op == Op::Less => value.verdict(Op::AtMost, limit),
        Limit::Beyond(limit) => value.verdict(Op::AtLeast, limit),
    }
}

fn doubt(reading: &Reading) -> Doubt {
    match reading {
        Reading::Exact(_) => Doubt::Field(Field::RefNedre),
        Reading::Between { .. } => Doubt::Interval,
        Reading::Ambiguous => Doubt::Ambiguous,
        Reading::Text => Doubt::Text,
        Reading::Missing => Doubt::Field(Field::Vaerdi),
    }
}

/// The lower and the upper limit of a row.
pub(crate) fn limits(events: &Events, position: usize) -> (Limit, Limit) {
    let column = |field| match events.reading(position, field) {
        Reading::Exact(limit) => Limit::At(*limit),
        _ => Limit::Unknown,
    };
    match (column(Field::RefNedre), column(Field::RefOevre)) {
        (Limit::Unknown, Limit::Unknown) => {
            written(events.text(position, Field::Referenceinterval))
        }
        both => both,
    }
}

// »3,5 - 4,6«, »< 48«, »> 60«; anything else says nothing.
fn written(range: &str) -> (Limit, Limit) {
    let text: String =
        range.replace(['–', '—'], "-").chars().filter(|c| !c.is_whitespace()).collect();
    let at = |number: &str| {
        let plain = !number.contains('.') || number.split('.').nth(1).is_some_and(|d| d.len() != 3);
        let number = plain.then(|| Amount::parse(&number.replace(',', ".")));
        number.flatten().map_or(Limit::Unknown, Limit::At)
    };
    let sides: [(&str, bool, bool); 6] = [
        ("<=", true, true),
        ("≤", true, true),
        ("<", true, false),
        (">=", false, true),
        ("≥", false, true),
        (">", false, false),
    ];
    for (sign, upper, closed) in sides {
        let Some(rest) = text.strip_prefix(sign) else { continue };
        let limit = match at(rest) {
            Limit::At(limit) if !closed => Limit::Beyond(limit),
            limit => limit,
        };
        return match (limit, upper) {
            (Limit::Unknown, _) => (Limit::Unknown, Limit::Unknown),
            (limit, true) => (Limit::Absent, limit),
            (limit, false) => (limit, Limit::Absent),
        };
    }
    match text.split_once('-') {
        Some((low, high)) => (at(low), at(high)),
        None => (Limit::Unknown, Limit::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_as_laboratories_write_them() {
        let limit = |text: &str| Limit::At(Amount::parse(text).unwrap());
        assert_eq!(written("3,5 - 4,6"), (limit("3.5"), limit("4.6")));
        assert_eq!(written("137–145"), (limit("137"), limit("145")));
        assert_eq!(written("< 48"), (Limit::Absent, Limit::Beyond(Amount::whole(48))));
        assert_eq!(written("≥60"), (limit("60"), Limit::Absent));
        for text in ["", "se kommentar", "1.000 - 2.000", "< ca. 5"] {
            assert_eq!(written(text), (Limit::Unknown, Limit::Unknown), "{text}");
        }
    }

    #[test]
    fn a_limit_that_is_not_known_gives_unknown_not_no() {
        let value = Interval::exact(Amount::whole(40));
        assert_eq!(against(value, Op::Less, Limit::Unknown), Truth::Unknown);
        assert_eq!(against(value, Op::Less, Limit::Absent), Truth::No);
        assert_eq!(against(value, Op::Less, Limit::At(Amount::whole(41))), Truth::Yes);
        assert_eq!(against(value, Op::Less, Limit::At(Amount::whole(40))), Truth::No);
        assert_eq!(against(value, Op::Greater, Limit::At(Amount::whole(40))), Truth::No);
        assert_eq!(against(value, Op::Greater, Limit::Beyond(Amount::whole(40))), Truth::Yes);
    }
}
