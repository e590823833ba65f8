//! Dosage instructions: the text as it stands, and a daily dose only where there is one.

use super::json::Json;
use crate::amount::Amount;

/// Cells of the dosage columns.
#[derive(Default)]
pub struct Dose {
    /// The text.
    pub text: String,
    /// Daily dose, if it is the same every day and not as needed.
    pub daily: String,
    /// Its unit.
    pub unit: String,
    /// `PN` for as needed, `Fast` for a fixed dose.
    pub kind: &'static str,
}

/// Of all instructions of a resource.
pub fn of(instructions: &[Json<'_>]) -> Dose {
    let texts = instructions.iter().map(|one| one.text("text")).filter(|text| !text.is_empty());
    let mut dose = Dose { text: texts.collect::<Vec<_>>().join("; "), ..Dose::default() };
    let [only] = instructions else { return dose };
    let as_needed = only.text("asNeededBoolean") == "true"
        || !only
            .text_of(&["asNeededCodeableConcept.text", "asNeededCodeableConcept.coding.code"])
            .is_empty();
    if as_needed {
        dose.kind = "PN";
        return dose;
    }
    if let Some(daily) = daily(only) {
        dose.daily = daily.danish();
        dose.kind = "Fast";
        let quantity = only.at("doseAndRate.doseQuantity");
        quantity.text_of(&["unit", "code"]).clone_into(&mut dose.unit);
    }
    dose
}

// So many times in so many days (or in hours that make up whole days); several doses, a rate, a
// range, weekdays, times of the day or a number of doses are for the text to say.
fn daily(instruction: &Json<'_>) -> Option<Amount> {
    let repeat = instruction.at("timing.repeat");
    let odd = ["dayOfWeek", "count", "frequencyMax", "periodMax", "timeOfDay", "when", "offset"];
    let one_dose = instruction.all("doseAndRate").len() == 1;
    if !one_dose || odd.into_iter().any(|key| !repeat.all(key).is_empty()) {
        return None;
    }
    let quantity = Amount::parse(instruction.text("doseAndRate.doseQuantity.value"))?;
    let whole = |key| match repeat.text(key) {
        "" => Some(1),
        text => text.parse::<i64>().ok().filter(|number| (1..=1000).contains(number)),
    };
    let (frequency, period) = (whole("frequency")?, whole("period")?);
    let (times, days) = match repeat.text("periodUnit") {
        "d" => (frequency, period),
        "h" => (frequency.checked_mul(24)?, period),
        "wk" => (frequency, period.checked_mul(7)?),
        _ => return None,
    };
    let millionths = quantity.0.checked_mul(times)?;
    // What is no decimal number, such as a third, stays with the text.
    (millionths % days == 0 && millionths > 0).then(|| Amount(millionths / days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, &'static str) {
        let json = Json::read(text).unwrap();
        let dose = of(json.all("d"));
        (dose.daily, dose.kind)
    }

    #[test]
    fn daily_only_where_there_is_one() {
        let of = |repeat: &str, rest: &str| {
            let repeat = format!(r#""timing":{{"repeat":{{{repeat}}}}}"#);
            read(&format!(
                r#"{{"d":[{{{repeat},"doseAndRate":[{{"doseQuantity":{{"value":1.5}}}}]{rest}}}]}}"#
            ))
        };
        assert_eq!(of(r#""frequency":2,"period":1,"periodUnit":"d""#, ""), ("3".into(), "Fast"));
        assert_eq!(of(r#""frequency":1,"period":8,"periodUnit":"h""#, ""), ("4,5".into(), "Fast"));
        assert_eq!(of(r#""frequency":1,"period":3,"periodUnit":"d""#, ""), ("0,5".into(), "Fast"));
        assert_eq!(of(r#""frequency":1,"period":7,"periodUnit":"d""#, "").0, "");
        assert_eq!(of(r#""frequency":1,"period":1,"periodUnit":"mo""#, "").0, "");
        assert_eq!(of(r#""frequency":1,"periodUnit":"d","when":["MORN"]"#, "").0, "");
        let needed = r#","asNeededBoolean":true"#;
        assert_eq!(of(r#""frequency":2,"period":1,"periodUnit":"d""#, needed), ("".into(), "PN"));
        assert_eq!(read(r#"{"d":[{"text":"a"},{"text":"b"}]}"#).0, "");
    }
}
