//! Figures of the measures (rule R19), exact.

use profilblik::evaluate::Evaluator;
use profilblik::measures::{self, Figure};
use serde::Serialize;
use serde_json::value::RawValue;

/// A row of `measures`.
#[derive(Serialize)]
pub struct Measured {
    id: String,
    ydernummer: Option<String>,
    numerator: u64,
    denominator: u64,
    undecided: u64,
    value: Option<Box<RawValue>>,
}

/// All figures of a profile: by measure, then provider number, the whole file last.
pub fn of(evaluator: &Evaluator<'_>) -> Vec<Figure> {
    let mut figures = measures::figures(evaluator);
    figures.sort_by(|a, b| {
        let key = |f: &Figure| (f.id.clone(), f.ydernummer.is_none(), f.ydernummer.clone());
        key(a).cmp(&key(b))
    });
    figures
}

/// For machines.
pub fn measured(figures: Vec<Figure>) -> Vec<Measured> {
    figures.into_iter().map(one).collect()
}

fn one(figure: Figure) -> Measured {
    // The text of a JSON number: a float could not keep six decimals of every value.
    let value = value(&figure).and_then(|text| RawValue::from_string(text).ok());
    Measured {
        id: figure.id,
        ydernummer: figure.ydernummer,
        numerator: figure.numerator,
        denominator: figure.denominator,
        undecided: figure.undecided,
        value,
    }
}

/// numerator × per / denominator, rounded half up to six decimals; `None` at denominator 0.
pub fn value(figure: &Figure) -> Option<String> {
    let denominator = u128::from(figure.denominator);
    if denominator == 0 {
        return None;
    }
    let per = u128::try_from(figure.per).unwrap_or(0);
    let micro = (u128::from(figure.numerator) * per * 2_000_000 + denominator) / (2 * denominator);
    Some(format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(numerator: u64, denominator: u64, per: i64) -> String {
        let figure =
            Figure { id: "m".into(), ydernummer: None, numerator, denominator, undecided: 0, per };
        serde_json::to_value(one(figure)).unwrap()["value"].to_string()
    }

    fn text(numerator: u64, denominator: u64, per: i64) -> Option<String> {
        value(&Figure {
            id: String::new(),
            ydernummer: None,
            numerator,
            denominator,
            undecided: 0,
            per,
        })
    }

    #[test]
    fn six_decimals_rounded_half_up_and_null_for_nothing() {
        assert_eq!(text(1, 8, 1000).as_deref(), Some("125.000000"));
        assert_eq!(text(2, 3, 100).as_deref(), Some("66.666667"));
        assert_eq!(text(1, 3, 1).as_deref(), Some("0.333333"));
        assert_eq!(text(1, 2_000_000, 1).as_deref(), Some("0.000001"));
        assert_eq!(text(1, 2_000_001, 1).as_deref(), Some("0.000000"));
        assert_eq!(text(0, 5, 1000).as_deref(), Some("0.000000"));
        assert_eq!(written(1, 0, 1000), "null");
    }

    #[test]
    fn the_decimals_survive_in_json() {
        let figure = Figure {
            id: "m".into(),
            ydernummer: None,
            numerator: 1,
            denominator: 8,
            undecided: 0,
            per: 1000,
        };
        assert!(serde_json::to_string(&one(figure)).unwrap().ends_with(r#""value":125.000000}"#));
    }
}
