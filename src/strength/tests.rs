use super::*;
use proptest::prelude::*;

fn shown(strength: &Strength) -> String {
    let part = |part: &Part| format!("{} {:?}", part.amount, part.unit);
    let parts: Vec<String> = strength.parts.iter().map(part).collect();
    format!("{} / {:?}", parts.join(" + "), strength.per)
}

#[test]
fn strengths() {
    for (text, unit, expected) in [
        ("10 mg", "", "10 Milligram / Piece"),
        ("10mg", "", "10 Milligram / Piece"),
        ("2,5 mg", "", "2.5 Milligram / Piece"),
        ("0.4 mg", "", "0.4 Milligram / Piece"),
        ("1 g", "", "1 Gram / Piece"),
        ("1000 mg", "", "1000 Milligram / Piece"),
        ("100 mg/tablet", "", "100 Milligram / Piece"),
        ("200 mikrogram", "", "200 Microgram / Piece"),
        ("200 µg", "", "200 Microgram / Piece"),
        ("200 mikrog.", "", "200 Microgram / Piece"),
        ("12,5 mikrogram/time", "", "12.5 Microgram / Hour"),
        ("25 µg/t", "", "25 Microgram / Hour"),
        ("25 µg/t.", "", "25 Microgram / Hour"),
        ("25 mcg/h", "", "25 Microgram / Hour"),
        ("25 mikrogram pr. time", "", "25 Microgram / Hour"),
        ("48 mikrogram/24 timer", "", "2 Microgram / Hour"),
        ("48 mikrogram/døgn", "", "2 Microgram / Hour"),
        ("20+10 mg", "", "20 Milligram + 10 Milligram / Piece"),
        ("20/10 mg", "", "20 Milligram + 10 Milligram / Piece"),
        ("37,5+325 mg", "", "37.5 Milligram + 325 Milligram / Piece"),
        ("20 mg + 10 mg", "", "20 Milligram + 10 Milligram / Piece"),
        ("37,5 mg/325 mg", "", "37.5 Milligram + 325 Milligram / Piece"),
        ("1 g + 100 mikrogram", "", "1 Gram + 100 Microgram / Piece"),
        ("5 mg/ml", "", "5 Milligram / Millilitre"),
        ("100 mg/5 ml", "", "20 Milligram / Millilitre"),
        ("5 mg/ml + 2 mg/ml", "", "5 Milligram + 2 Milligram / Millilitre"),
        ("5+2 mg/ml", "", "5 Milligram + 2 Milligram / Millilitre"),
        ("100 mikrogram/dosis", "", "100 Microgram / Dose"),
        ("20 mg/g", "", "20 Milligram / Gram"),
        ("100 IE/ml", "", "100 Units / Millilitre"),
        ("1 %", "", "1 Percent / Piece"),
        ("10", "mg", "10 Milligram / Piece"),
        ("20+10", "mg", "20 Milligram + 10 Milligram / Piece"),
        ("25", "mikrogram/time", "25 Microgram / Hour"),
        ("25 mikrogram/time", "mikrogram/time", "25 Microgram / Hour"),
        ("5 mg/ml", "mg", "5 Milligram / Millilitre"),
    ] {
        let read = read(text, Some(unit)).map(|strength| shown(&strength));
        assert_eq!(read.as_deref(), Ok(expected), "{text} [{unit}]");
    }
}

#[test]
fn what_is_no_strength_is_named() {
    use Unclear::*;
    for (text, unit, expected) in [
        ("", "", Empty),
        ("  ", "", Empty),
        ("", "mg", NoNumber),
        ("mg", "", NoNumber),
        ("10", "", NoUnit),
        ("20+10", "", NoUnit),
        ("20 mg + 10", "", NoUnit),
        ("5-10 mg", "", Span),
        ("5 - 10 mg", "", Span),
        ("5 mg - 10 mg", "", Span),
        ("10 mg 20 mg", "", TwoUnits),
        ("10 mg mikrogram", "", TwoUnits),
        ("10 mg", "g", TwoUnits),
        ("25 mikrogram/time", "mg", TwoUnits),
        ("5 mg/ml", "mg/dosis", TwoUnits),
        ("5 mg + 2 mg/ml", "", TwoUnits),
        ("5 mg/ml + 2 mg/dosis", "", TwoUnits),
        ("0 mg", "", Zero),
        ("10 mg/0 ml", "", Zero),
        ("-5 mg", "", Negative),
        ("1.000 mg", "", AmbiguousNumber),
        ("10 mg daglig", "", UnknownWord),
        ("ca. 10 mg", "", UnknownWord),
        ("10 km", "", UnknownWord),
        ("10 mg/", "", UnknownWord),
        ("+10 mg", "", UnknownWord),
        ("10 mg/uge", "", UnknownWord),
        ("10", "flaske", UnknownWord),
    ] {
        assert_eq!(read(text, Some(unit)), Err(expected), "{text} [{unit}]");
    }
}

proptest! {
    #[test]
    fn nothing_panics(text in ".{0,120}", unit in ".{0,20}") {
        let _ = read(&text, Some(&unit));
    }

    #[test]
    fn pieces_in_any_order_never_panic(
        picks in proptest::collection::vec(0usize..14, 0..12)
    ) {
        let pieces = ["1", "0", "2,5", "mg", "g", "/", "+", "-", "ml", "time", "%", "pr", ".", "½"];
        let text: Vec<&str> = picks.iter().map(|p| pieces[*p]).collect();
        let joined = read(&text.join(" "), None);
        // Spaces between pieces never change a reading that there is.
        if joined.is_ok() {
            prop_assert_eq!(read(&text.join("  "), None), joined);
        }
    }
}
