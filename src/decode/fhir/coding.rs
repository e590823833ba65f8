//! Code systems by their addresses, and codes as cells.

use super::json::Json;
use crate::code::System;

/// Addresses that begin so, and their system.
const SYSTEMS: [(&str, System); 18] = [
    ("urn:oid:1.2.208.176.2.31", System::Icpc),
    ("http://hl7.org/fhir/sid/icpc-2", System::Icpc),
    ("http://hl7.org/fhir/sid/icpc2", System::Icpc),
    ("urn:oid:1.2.208.176.2.4", System::Icd10),
    ("http://hl7.org/fhir/sid/icd-10", System::Icd10),
    ("urn:oid:2.16.840.1.113883.6.3", System::Icd10),
    ("http://npu-terminology.org", System::Npu),
    ("urn:oid:1.2.208.176.2.1", System::Npu),
    ("http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-observation-codes", System::Npu),
    ("http://www.whocc.no/atc", System::Atc),
    ("urn:oid:2.16.840.1.113883.6.73", System::Atc),
    ("http://snomed.info/sct", System::Snomed),
    ("urn:oid:2.16.840.1.113883.6.96", System::Snomed),
    ("http://loinc.org", System::Loinc),
    ("http://www.nlm.nih.gov/research/umls/rxnorm", System::RxNorm),
    ("http://hl7.org/fhir/sid/cvx", System::Cvx),
    ("urn:profilblik:ydelse", System::Ydelse),
    ("urn:profilblik:omop", System::Omop),
];

/// Which system an address names.
fn system(address: &str) -> Option<System> {
    let address = address.trim_end_matches('/').replacen("https://", "http://", 1);
    // An OID that begins with another one is another system, unless a part of it.
    let is = |known: &str| {
        let rest = address.strip_prefix(known);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '/', '-', '|', '?']))
    };
    SYSTEMS.into_iter().find(|(known, _)| is(known)).map(|(_, system)| system)
}

/// The codes of a concept as a cell of a column whose own system is `own`; those of others have
/// their system before them. ICD-10 has a column of its own where `own` is ICPC.
pub fn cell(concept: &Json<'_>, own: System, wanted: fn(System) -> bool) -> String {
    let mut out = String::new();
    for coding in concept.all("coding") {
        let code = coding.text("code");
        let Some(system) = system(coding.text("system")).filter(|system| wanted(*system)) else {
            continue;
        };
        if code.is_empty() || code.contains([',', ';', '/', ':']) {
            continue;
        }
        if !out.is_empty() {
            out.push_str(", ");
        }
        if system != own {
            out.push_str(system.name());
            out.push(':');
        }
        out.push_str(code);
    }
    out
}

/// What a concept says in words; a code of no known system is words, too.
pub fn words<'a>(concept: &'a Json<'_>) -> &'a str {
    concept.text_of(&["text", "coding.display", "coding.code"])
}

/// Does one of the concepts at `path` carry this code?
pub fn has(resource: &Json<'_>, path: &str, code: &str) -> bool {
    let concepts = resource.all(path).iter();
    concepts.flat_map(|concept| concept.all("coding")).any(|coding| coding.text("code") == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_by_address() {
        assert_eq!(system("urn:oid:1.2.208.176.2.31"), Some(System::Icpc));
        assert_eq!(system("urn:oid:1.2.208.176.2.4.12"), Some(System::Icd10));
        assert_eq!(system("http://hl7.org/fhir/sid/icd-10-cm"), Some(System::Icd10));
        assert_eq!(system("https://npu-terminology.org/"), Some(System::Npu));
        assert_eq!(system("http://snomed.info/sct"), Some(System::Snomed));
        for other in ["", "urn:oid:1.2.208.176.2.311", "http://example.org/codes"] {
            assert_eq!(system(other), None, "{other}");
        }
    }

    #[test]
    fn cells_and_words() {
        let concept = r#"{"coding":[{"system":"urn:oid:1.2.208.176.2.31","code":"Q96"},
            {"system":"http://snomed.info/sct","code":"35489007","display":"d"},
            {"system":"urn:oid:1.2.208.176.2.4.12","code":"DF329"},{"code":"x"}],"text":"Trist"}"#;
        let concept = Json::read(concept).unwrap();
        let not_icd = |system| system != System::Icd10;
        assert_eq!(cell(&concept, System::Icpc, not_icd), "Q96, SNOMED:35489007");
        assert_eq!(cell(&concept, System::Icd10, |system| system == System::Icd10), "DF329");
        assert_eq!(words(&concept), "Trist");
    }
}
