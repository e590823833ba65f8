//! A file → its resources: one on each line, a bundle, a list, or one resource alone.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::json::Json;

/// The resources of a file, with their numbers from 1 (of lines, or of entries).
pub enum Resources<'a> {
    /// One on each line.
    Lines(&'a str),
    /// Entries of a bundle, `{"fullUrl", "resource"}`.
    Entries(Vec<&'a RawValue>),
    /// A list of resources, or one alone.
    Plain(Vec<&'a RawValue>),
}

/// Takes a resource with its number and its entry's `fullUrl`; `None` = no sound JSON.
pub type Taker<'a> = dyn FnMut(u32, Option<(&str, &Json<'_>)>) + 'a;

/// Only as much of a bundle as must be held at once.
#[derive(Deserialize)]
struct Outer<'a> {
    #[serde(rename = "resourceType")]
    kind: Option<&'a str>,
    #[serde(borrow, default)]
    entry: Option<Vec<&'a RawValue>>,
}

/// What the file holds; else the line where the JSON breaks off.
///
/// # Errors
/// The number of a line.
pub fn open(text: &str) -> Result<Resources<'_>, usize> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let is_whole = serde_json::from_str::<&RawValue>(first).is_ok();
    // A broken first line with sound ones behind it is still one on each line.
    let second = text.lines().filter(|line| !line.trim().is_empty()).nth(1).unwrap_or_default();
    let by_line = is_whole && !second.is_empty()
        || !is_whole
            && second.trim_start().starts_with('{')
            && serde_json::from_str::<&RawValue>(second).is_ok();
    if by_line {
        return Ok(Resources::Lines(text));
    }
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map(Resources::Plain).map_err(|error| error.line());
    }
    let outer: Outer<'_> = serde_json::from_str(text).map_err(|error| error.line())?;
    match (outer.kind, outer.entry) {
        (Some("Bundle"), entries) => Ok(Resources::Entries(entries.unwrap_or_default())),
        _ => serde_json::from_str(text)
            .map(|one| Resources::Plain(vec![one]))
            .map_err(|error| error.line()),
    }
}

impl Resources<'_> {
    /// Gives each resource, in order.
    pub fn each(&self, take: &mut Taker<'_>) {
        match self {
            Self::Lines(text) => {
                for (number, line) in (1..).zip(text.lines()) {
                    if !line.trim().is_empty() {
                        give(number, line, false, take);
                    }
                }
            }
            Self::Entries(all) => {
                (1..).zip(all).for_each(|(number, raw)| give(number, raw.get(), true, take));
            }
            Self::Plain(all) => {
                (1..).zip(all).for_each(|(number, raw)| give(number, raw.get(), false, take));
            }
        }
    }
}

fn give(number: u32, text: &str, is_entry: bool, take: &mut Taker<'_>) {
    match Json::read(text) {
        None => take(number, None),
        Some(entry) if is_entry => {
            inside(number, entry.text("fullUrl"), entry.at("resource"), take);
        }
        Some(resource) => inside(number, "", &resource, take),
    }
}

// A bundle within a bundle; JSON's own depth is bounded.
fn inside(number: u32, url: &str, resource: &Json<'_>, take: &mut Taker<'_>) {
    if resource.text("resourceType") != "Bundle" {
        return take(number, Some((url, resource)));
    }
    for entry in resource.all("entry") {
        inside(number, entry.text("fullUrl"), entry.at("resource"), take);
    }
}
