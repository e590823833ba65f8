//! Verdicts on form, route, names, answers, ranges, distinct counts and the patient's own fields,
//! worked out anew from the words of the shown rows.

use std::collections::BTreeSet;

use crate::checker::{bounds, day, holds, of_count};
use crate::runs::{months_before, window};
use profilblik::truth::Truth;
use profilblik::view::{CriterionView, EvidenceView, PatientView};

/// What a criterion asks, as the profile says it.
#[derive(Clone, Debug)]
pub enum Asks {
    /// Rows whose words hold this part.
    Words { word: &'static str, number: i64 },
    /// Any row with this answer.
    Answer { answer: &'static str },
    /// The value of the latest day above the laboratory's range.
    Above,
    /// The highest or lowest of the latest day.
    SameDay { highest: bool, op: &'static str, limit: i64 },
    /// Distinct months (1), quarters (3), codes or substances.
    Distinct { what: &'static str, op: &'static str, number: i64 },
    /// Rows in so many days after birth.
    AfterBirth { from: i32, to: i32 },
    /// The patient's postal code begins so.
    Postal { stem: &'static str },
    /// The insurance group.
    Group { number: i64 },
    /// Listed for so many months.
    Listed { op: &'static str, months: i64 },
    /// `K` or `M`.
    Sex { female: bool },
    /// Completed months of age.
    Months { op: &'static str, number: i64 },
}

/// The verdict that follows; an error says what does not fit together.
pub fn verdict(
    asks: &Asks,
    shown: &CriterionView,
    panel: &PatientView,
    index: i32,
) -> Result<Truth, String> {
    let rows = &shown.evidence;
    Ok(match asks {
        Asks::Words { word, number } => {
            let says = |row: &EvidenceView| row.text.split(", ").any(|part| part.contains(word));
            if let Some(row) = rows.iter().find(|row| !row.perhaps && !says(row)) {
                return Err(format!("{row:?} does not say {word}"));
            }
            let sure = rows.iter().filter(|row| !row.perhaps).count() as i64;
            of_count(">=", sure, rows.len() as i64, *number)
        }
        Asks::Answer { answer } => any(rows, |row| {
            let value = row.text.split_once(' ').map(|(_, value)| value.to_lowercase());
            value.map_or(Truth::Unknown, |value| Truth::known(value == *answer))
        }),
        // Without a dated row, an undated one may be the latest.
        Asks::Above if rows.iter().any(|row| day(&row.date).is_none()) => Truth::Unknown,
        Asks::Above => any(rows, above),
        Asks::SameDay { highest, op, limit } => same_day(rows, *highest, op, *limit as f64),
        Asks::Distinct { what, op, number } => distinct(rows, what, op, *number),
        Asks::AfterBirth { from, to } => {
            let birth = birth(panel);
            if window(shown) != (birth + from, birth + to) {
                return Err(format!("{} is not counted from birth", shown.window));
            }
            any(rows, |_| Truth::Yes)
        }
        Asks::Postal { stem } => said(rows, "Postnummer: ", |text| text.starts_with(stem)),
        Asks::Group { number } => said(rows, "Sikringsgruppe: ", |text| text == number.to_string()),
        Asks::Listed { op, months } => said(rows, "Tilmeldt dato: ", |text| {
            let limit = f64::from(months_before(index, *months));
            day(text).is_some_and(|since| holds(op, limit, f64::from(since.0)))
        }),
        Asks::Sex { female } => Truth::known(panel.summary.contains("kvinde") == *female),
        Asks::Months { op, number } => said(rows, "Født ", |text| {
            let birth = day(text).unwrap().0;
            let months = (0..).take_while(|n| birth <= months_before(index, *n)).count() as f64;
            holds(op, months - 1.0, *number as f64)
        }),
    })
}

// »Postnummer: 3400 Hillerød.«; what is not said is not known.
fn said(rows: &[EvidenceView], lead: &str, holds: impl Fn(&str) -> bool) -> Truth {
    let text = rows.iter().find_map(|row| row.text.strip_prefix(lead));
    let text = text.map(|text| text.trim_end_matches('.')).filter(|text| !text.is_empty());
    text.map_or(Truth::Unknown, |text| Truth::known(holds(text)))
}

fn any(rows: &[EvidenceView], says: impl Fn(&EvidenceView) -> Truth) -> Truth {
    let most = |row: &EvidenceView| if row.perhaps { Truth::Unknown } else { Truth::Yes };
    let one = |row: &EvidenceView| says(row).min(most(row));
    rows.iter().map(one).max().unwrap_or(Truth::No)
}

// »Prøve 50, område 40–60«, »område < 48«.
fn above(row: &EvidenceView) -> Truth {
    let value = row.text.split(", ").next().and_then(|text| text.split(' ').nth(1));
    let range = row.text.split(", ").find_map(|part| part.strip_prefix("område "));
    let number = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok();
    let (Some(value), Some(range)) = (value.and_then(number), range) else { return Truth::Unknown };
    let (upper, reached) = match (range.strip_prefix('<'), range.split_once(['–', '-'])) {
        (Some(upper), _) => (number(upper), true),
        (_, Some((_, upper))) => (number(upper), false),
        _ => (None, false),
    };
    upper.map_or(Truth::Unknown, |upper| Truth::known(value > upper || reached && value == upper))
}

fn same_day(rows: &[EvidenceView], highest: bool, op: &str, limit: f64) -> Truth {
    if rows.iter().any(|row| day(&row.date).is_none()) {
        return Truth::Unknown;
    }
    let days: BTreeSet<&str> = rows.iter().map(|row| row.date.as_str()).collect();
    assert!(days.len() < 2, "one day is picked: {rows:?}");
    let values = rows.iter().map(|row| bounds(row).0);
    let picked = values.reduce(|a, b| if highest { a.max(b) } else { a.min(b) });
    picked.map_or(Truth::No, |value| Truth::known(holds(op, value, limit)))
}

fn distinct(rows: &[EvidenceView], what: &str, op: &str, number: i64) -> Truth {
    let key = |row: &EvidenceView| match what {
        "kode" => Some(row.code.clone()),
        "stof" => {
            // The substance is said; else the full code is one.
            let said = row.text.split(", ").nth(1).map(str::to_owned);
            said.or_else(|| (row.code.len() == 7).then(|| row.code.clone()))
        }
        _ => day(&row.date).map(|day| {
            let (year, month, _) = day.ymd();
            format!("{year} {}", if what == "kvartal" { (month - 1) / 3 } else { month })
        }),
    };
    let keys = |perhaps: bool| -> BTreeSet<String> {
        rows.iter().filter(|row| row.perhaps == perhaps).filter_map(key).collect()
    };
    let (sure, unsure) = (keys(false), keys(true));
    let unknown = rows.iter().filter(|row| key(row).is_none()).count();
    let most = sure.union(&unsure).count() + unknown;
    of_count(op, sure.len() as i64, most as i64, number)
}

// The numbers that are never issued have 60 added to the day.
fn birth(panel: &PatientView) -> i32 {
    let part = |at: usize| panel.cpr[at..at + 2].parse::<i32>().unwrap();
    day(&format!("{}-{}-{}", part(0) - 60, part(2), 1900 + part(4))).unwrap().0
}
