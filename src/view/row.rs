//! One record as text: as evidence, and as content of a list's cell.

use crate::day::Day;
use crate::evaluate::{Evidence, diagnosis_start};
use crate::note::Language;
use crate::profile::plan::Show;
use crate::records::{Events, Reading, Records};
use crate::schema::{Field, Register};
use crate::view::EvidenceView;
use crate::view::words::{number, pick};

/// Everything the why panel says about a record.
#[must_use]
pub fn evidence(records: &Records, item: &Evidence, language: Language) -> EvidenceView {
    let Some(events) = records.events(item.register) else { return EvidenceView::default() };
    EvidenceView {
        date: day(events, item).map_or_else(|| no_date(language), Day::danish),
        code: code(events, item.position),
        text: described(events, item, language),
        assumed: assumed_end(item.assumed_end, language),
        origin: origin(records, events, item.position, language),
        perhaps: !item.sure,
    }
}

/// A record as content of a cell.
#[must_use]
pub fn in_cell(records: &Records, item: &Evidence, show: Show, language: Language) -> String {
    let Some(events) = records.events(item.register) else { return String::new() };
    let date = day(events, item).map_or_else(|| no_date(language), Day::danish);
    let content = content(events, item);
    match (item.register, show) {
        (_, Show::Value) if !content.is_empty() => content,
        // Dispensings of one product are one line; when it ran stands in the panel.
        (Register::Medicin, Show::All) if !content.is_empty() => content,
        (Register::Ydelse | Register::Aftale, _) => joined(&[&date, &content], " "),
        _ if content.is_empty() => date,
        _ => format!("{content} ({date})"),
    }
}

/// »slut antaget 27-12-2026«; empty if nothing is assumed.
#[must_use]
pub fn assumed_end(end: Option<Day>, language: Language) -> String {
    let words = pick(language, "slut antaget", "end assumed");
    end.map_or_else(String::new, |day| format!("{words} {}", day.danish()))
}

/// The code of a record, as shown: the register's own system before others; empty for a row
/// without code.
#[must_use]
pub fn code(events: &Events, position: usize) -> String {
    let group = events.code_groups().get(events.code_id(position));
    group.and_then(|codes| codes.first()).map_or_else(String::new, crate::code::Code::shown)
}

/// Name of what was tested, bought or found: the record's own words, else its code.
#[must_use]
pub fn name(events: &Events, item: &Evidence) -> String {
    let own = match item.register {
        Register::Diagnose => first(events, item.position, &[Field::Tekst]),
        Register::Medicin => first(events, item.position, &[Field::Navn, Field::Indholdsstof]),
        Register::Proeve => first(events, item.position, &[Field::Navn]),
        Register::Ydelse => first(events, item.position, &[Field::Tekst, Field::Type]),
        Register::Aftale => first(events, item.position, &[Field::Type, Field::Tekst]),
        Register::Henvisning | Register::Patient => {
            first(events, item.position, &[Field::Speciale, Field::Modtager, Field::Type])
        }
    };
    if own.is_empty() { code(events, item.position) } else { own.to_owned() }
}

/// The answer as the export writes it, with its comparator and unit; empty if there is none.
#[must_use]
pub fn answer(events: &Events, position: usize) -> String {
    let text = |field| events.text(position, field);
    let (sign, value) = (text(Field::Operator), text(Field::Vaerdi));
    let sign = if value.starts_with(sign) { "" } else { sign };
    let unit = match events.reading(position, Field::Vaerdi) {
        Reading::Text | Reading::Missing => "",
        _ => text(Field::Enhed),
    };
    joined(&[&format!("{sign}{value}"), unit], " ")
}

/// The day that windows are held against: the event date; of a diagnosis without one, its onset.
#[must_use]
pub fn day(events: &Events, item: &Evidence) -> Option<Day> {
    match item.register {
        Register::Diagnose => diagnosis_start(events, item.position),
        _ => events.day(item.position),
    }
}

fn no_date(language: Language) -> String {
    pick(language, "uden dato", "no date").to_owned()
}

fn first<'a>(events: &'a Events, position: usize, fields: &[Field]) -> &'a str {
    let texts = fields.iter().map(|field| events.text(position, *field));
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or("")
}

// Content of a cell: what the register's rows are about.
fn content(events: &Events, item: &Evidence) -> String {
    let code = code(events, item.position);
    match item.register {
        Register::Proeve => {
            let answer = answer(events, item.position);
            if answer.is_empty() { name(events, item) } else { answer }
        }
        Register::Medicin => joined(&[&name(events, item), &strength(events, item.position)], " "),
        Register::Diagnose => {
            let name = name(events, item);
            if name == code || name.starts_with(&code) {
                name
            } else {
                joined(&[&code, &name], " ")
            }
        }
        _ => name(events, item),
    }
}

// What stands beside date and code in the why panel.
fn described(events: &Events, item: &Evidence, language: Language) -> String {
    let position = item.position;
    let name = name(events, item);
    match item.register {
        Register::Medicin => {
            let product = joined(
                &[&name, events.text(position, Field::Form), &strength(events, position)],
                " ",
            );
            joined(&[&product, &package(events, position, language), &dose(events, position)], ", ")
        }
        Register::Proeve => joined(&[&name, &answer(events, position)], " "),
        Register::Diagnose => {
            let ended = events.date(position, Field::Slutdato).map_or_else(String::new, |day| {
                format!("{} {}", pick(language, "afsluttet", "ended"), day.danish())
            });
            joined(&[&name, &ended], ", ")
        }
        Register::Henvisning => {
            let to = events.text(position, Field::Modtager);
            if name == to { name } else { joined(&[&name, to], ", ") }
        }
        _ => name,
    }
}

/// Strength with its unit, once.
pub(super) fn strength(events: &Events, position: usize) -> String {
    let (strength, unit) =
        (events.text(position, Field::Styrke), events.text(position, Field::StyrkeEnhed));
    if strength.ends_with(unit) { strength.to_owned() } else { joined(&[strength, unit], " ") }
}

fn package(events: &Events, position: usize, language: Language) -> String {
    let size = events.text(position, Field::Pakningsstoerrelse);
    match events.text(position, Field::AntalPakninger) {
        "" | "1" => size.to_owned(),
        count if size.is_empty() => format!("{count} {}", pick(language, "pk.", "packs")),
        count => format!("{count} × {size}"),
    }
}

fn dose(events: &Events, position: usize) -> String {
    let written = events.text(position, Field::Dosering);
    if !written.is_empty() {
        return written.to_owned();
    }
    let daily = events.text(position, Field::Doegndosis);
    if daily.is_empty() {
        return String::new();
    }
    format!("{}/d", joined(&[daily, events.text(position, Field::Doseringsenhed)], " "))
}

// »medicin.csv l. 31.204«; a member of a ZIP is named without the archive.
fn origin(records: &Records, events: &Events, position: usize, language: Language) -> String {
    let origin = events.origin(position);
    let name = records.sources.get(origin.file as usize).map_or("", |s| s.name.as_str());
    let name = name.rsplit('/').next().unwrap_or(name);
    let line = number(u64::from(origin.line), language);
    format!("{name} {} {line}", pick(language, "l.", "line"))
}

/// The parts that are not empty.
#[must_use]
pub fn joined(parts: &[&str], between: &str) -> String {
    let kept: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    kept.join(between)
}
