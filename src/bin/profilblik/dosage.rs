//! `dosage`: what a dosage text is read as.

use std::io::{self, Read};

use profilblik::dosage::{self, Daily, Reading, Unknown};
use profilblik::note::Language;
use profilblik::ratio::{Range, Ratio};
use serde::Serialize;

use crate::outcome::{Misuse, Outcome};
use crate::words::{plain, say};

#[derive(Serialize)]
struct Row<'a> {
    text: &'a str,
    #[serde(flatten)]
    reading: Reading,
}

/// Reads each text; `-` stands for the lines of standard input.
pub fn run(texts: &[String], json: bool, language: Language) -> Result<Outcome, Misuse> {
    let mut all = Vec::new();
    for text in texts {
        if text == "-" {
            all.extend(lines()?);
        } else {
            all.push(text.clone());
        }
    }
    let rows: Vec<Row> = all.iter().map(|text| Row { text, reading: dosage::read(text) }).collect();
    if json {
        let text = serde_json::to_string_pretty(&rows).unwrap_or_default();
        return Ok(Outcome::text(text + "\n"));
    }
    let lines = rows.iter().map(|row| line(row, language) + "\n");
    Ok(Outcome::text(lines.collect()))
}

fn lines() -> Result<Vec<String>, Misuse> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| {
        Misuse::new(
            format!("standardinput kan ikke læses ({error})"),
            format!("standard input cannot be read ({error})"),
        )
    })?;
    Ok(String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect())
}

fn line(row: &Row, language: Language) -> String {
    let said = match &row.reading {
        Reading::Daily(daily) => in_words(daily, language),
        Reading::Unknown(unknown) => why_unknown(row.text, unknown, language),
    };
    // A tab in the text itself is shown as a sign.
    format!("{}\t{}", plain(row.text), plain(&said))
}

fn in_words(daily: &Daily, language: Language) -> String {
    let unit = daily.unit.as_deref().map_or(String::new(), |unit| format!(" {unit}"));
    let mut parts = Vec::new();
    if daily.fixed != Range::ZERO || daily.as_needed.is_none() {
        let day = say(language, "pr. døgn", "a day");
        parts.push(format!("{}{unit} {day}", range(daily.fixed, language)));
    }
    if let Some(part) = daily.as_needed {
        parts.push(match part.max {
            Some(max) => {
                let (lead, day) = (
                    say(language, "efter behov højst", "as needed at most"),
                    say(language, "pr. døgn", "a day"),
                );
                format!("{lead} {}{unit} {day}", number(max, language))
            }
            None => {
                say(language, "efter behov uden angivet maksimum", "as needed, no maximum given")
            }
        });
    }
    parts.join(" + ")
}

fn range(range: Range, language: Language) -> String {
    match range.single() {
        Some(one) => number(one, language),
        None => format!("{}-{}", number(range.low, language), number(range.high, language)),
    }
}

fn number(number: Ratio, language: Language) -> String {
    match language {
        Language::Danish => number.danish(),
        Language::English => number.to_string(),
    }
}

fn why_unknown(text: &str, unknown: &Unknown, language: Language) -> String {
    let reason = unknown.reason.said();
    let place = text.get(unknown.start..unknown.end).unwrap_or_default().trim();
    let lead = say(language, "ukendt", "unknown");
    match (place.is_empty(), language) {
        (true, _) => format!("{lead}: {}", reason.of(language)),
        (false, Language::Danish) => format!("{lead}: {} (»{place}«)", reason.da),
        (false, Language::English) => format!("{lead}: {} (`{place}`)", reason.en),
    }
}
