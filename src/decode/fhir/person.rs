//! Who a resource is about: CPR numbers by reference, and what stands in their place.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::json::Json;
use crate::cpr::Cpr;
use crate::decode::Reason;

/// In place of a file's number: any file of the drop.
pub const ANY: u32 = u32::MAX;

/// CPR numbers, and replacement numbers in their form.
const CPR_SYSTEMS: [&str; 3] =
    ["urn:oid:1.2.208.176.1.2", "urn:dk:cpr", "urn:oid:1.2.208.176.1.6.1."];

/// Who a row is about, as its resource says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The cell of the CPR column, if the resource holds it.
    key: String,
    /// Else a reference.
    reference: String,
}

/// The patients of a drop.
#[derive(Default)]
pub struct Persons {
    /// By file (or [`ANY`]) and reference; `None` = several are called so.
    keys: BTreeMap<(u32, String), Option<String>>,
}

impl Persons {
    /// Enters a patient of the file with this number.
    pub fn enter(&mut self, file: u32, patient: &Json<'_>, url: &str) -> Subject {
        let references = references(patient, url);
        let key = cpr(patient.all("identifier")).unwrap_or_else(|| {
            let id = patient.text("id");
            let id = if id.is_empty() { last(url) } else { id };
            other(if id.is_empty() { patient.text("identifier.value") } else { id })
        });
        for reference in references {
            for place in [file, ANY] {
                let held = self.keys.entry((place, reference.clone()));
                let held = held.or_insert_with(|| Some(key.clone()));
                if held.as_ref() != Some(&key) {
                    *held = None;
                }
            }
        }
        Subject { key, reference: String::new() }
    }

    /// The cell of the CPR column; empty where nobody is named.
    ///
    /// # Errors
    /// When several patients answer to the reference.
    pub fn key(&self, file: u32, subject: &Subject) -> Result<String, Reason> {
        if subject.reference.is_empty() || !subject.key.is_empty() {
            return Ok(subject.key.clone());
        }
        let named = |place| self.keys.get(&(place, subject.reference.clone()));
        match named(file).or_else(|| named(ANY)) {
            Some(Some(key)) => Ok(key.clone()),
            Some(None) => Err(Reason::AmbiguousPatient),
            // Rows of a patient who is not in the drop.
            None => Ok(other(last(&subject.reference))),
        }
    }
}

/// Who the resource is about.
pub fn subject(resource: &Json<'_>) -> Subject {
    let actors = resource.all("participant").iter().map(|one| one.at("actor"));
    let is_patient = |actor: &&Json<'_>| {
        actor.text("reference").contains("Patient/") || actor.text("type") == "Patient"
    };
    let of = ["subject", "patient"].map(|key| resource.at(key));
    let of = of.into_iter().find(|one| **one != Json::Null);
    let Some(of) = of.or_else(|| actors.into_iter().find(is_patient)) else {
        return Subject::default();
    };
    let reference = of.text("reference");
    let held = reference
        .strip_prefix('#')
        .and_then(|id| resource.all("contained").iter().find(|one| one.text("id") == id));
    let own = held.map_or_else(|| of.all("identifier"), |patient| patient.all("identifier"));
    // `Patient?identifier=system|number` of a transaction.
    let asked = reference.split_once("identifier=").and_then(|(_, asked)| asked.split_once('|'));
    let asked = asked.filter(|(system, _)| is_cpr_system(system)).map(|(_, number)| number);
    let key = cpr(own).or_else(|| asked.map(str::to_owned)).unwrap_or_default();
    Subject { key, reference: if held.is_some() { String::new() } else { tail(reference) } }
}

fn cpr(identifiers: &[Json<'_>]) -> Option<String> {
    let numbers = identifiers.iter().filter(|one| is_cpr_system(one.text("system")));
    numbers.map(|one| one.text("value")).find(|value| !value.is_empty()).map(str::to_owned)
}

fn is_cpr_system(system: &str) -> bool {
    CPR_SYSTEMS
        .into_iter()
        .any(|known| if known.ends_with('.') { system.starts_with(known) } else { system == known })
}

/// Another system's id as a cell of the CPR column. One that is too long, or has signs that ids do
/// not have, is told by the beginning of its SHA-256.
pub fn other(id: &str) -> String {
    if id.is_empty() {
        return String::new();
    }
    let cell = format!("id:{id}");
    if Cpr::parse(&cell).is_ok() {
        return cell;
    }
    let digest = Sha256::digest(id.as_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("id:h-{hex}")
}

/// What a resource may be called by others.
pub fn references(resource: &Json<'_>, url: &str) -> Vec<String> {
    let (kind, id) = (resource.text("resourceType"), resource.text("id"));
    let relative = format!("{kind}/{id}");
    let mut all = vec![tail(url)];
    if !id.is_empty() && all.first() != Some(&relative) {
        all.push(relative);
    }
    all.retain(|reference| !reference.is_empty());
    all
}

/// A reference without the address of its server and without its version: `Patient/1`,
/// `urn:uuid:…`.
pub fn tail(reference: &str) -> String {
    let reference = reference.split("/_history/").next().unwrap_or_default();
    let mut parts = reference.rsplit('/');
    match (parts.next(), parts.next()) {
        (Some(id), Some(kind)) => format!("{kind}/{id}"),
        _ => reference.to_owned(),
    }
}

fn last(reference: &str) -> &str {
    let last = reference.rsplit('/').next().unwrap_or_default();
    last.strip_prefix("urn:uuid:").or_else(|| last.strip_prefix("urn:oid:")).unwrap_or(last)
}
