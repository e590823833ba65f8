//! The rows of an invented clinic → FHIR resources.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// A resource and its kind.
pub type Resources = Vec<(&'static str, Value)>;

/// How patients are named in references.
pub type Reference = fn(usize) -> String;

struct Row<'a> {
    cells: BTreeMap<&'a str, &'a str>,
}

impl<'a> Row<'a> {
    fn get(&self, heading: &str) -> &'a str {
        self.cells.get(heading).copied().unwrap_or_default()
    }

    fn day(&self, heading: &str) -> Value {
        let parts: Vec<&str> = self.get(heading).split('-').collect();
        let [day, month, year] = parts.as_slice() else { return Value::Null };
        json!(format!("{year}-{month}-{day}"))
    }

    /// What FHIR has no element for.
    fn own(&self, headings: &[&str]) -> Value {
        let all = headings.iter().map(
            |heading| json!({"url": format!("urn:profilblik:{heading}"), "valueString": self.get(heading)}),
        );
        all.collect()
    }
}

/// A number as it is written; [`text`] takes the quotes off.
fn number(written: &str) -> Value {
    json!(format!("@@{}@@", written.replace(',', ".")))
}

/// JSON without what is `null`.
pub fn text(value: &Value) -> String {
    let mut value = value.clone();
    strip(&mut value);
    value.to_string().replace("\"@@", "").replace("@@\"", "")
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.iter_mut().for_each(|(_, value)| strip(value));
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// Everything of the clinic.
pub fn resources(clinic: &[(String, Vec<u8>)], reference: Reference) -> Resources {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut out = Resources::new();
    for (name, bytes) in clinic {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        let headings = reader.headers().unwrap().clone();
        for record in reader.records() {
            let record = record.unwrap();
            if record.get(0) == Some("cpr") {
                continue;
            }
            let row = Row { cells: headings.iter().zip(&record).collect() };
            let next = numbers.len();
            let number = *numbers.entry(row.get("cpr").to_owned()).or_insert(next);
            let subject = match row.get("cpr") {
                "" => Value::Null,
                _ => json!({"reference": reference(number)}),
            };
            resource(name, &row, subject, number, &mut out);
        }
    }
    out
}

fn resource(name: &str, row: &Row<'_>, subject: Value, number: usize, out: &mut Resources) {
    match name {
        "patient.csv" => out.push(("Patient", patient(row, number))),
        "diagnoser.csv" => out.push(("Condition", condition(row, subject))),
        "medicin.csv" => dispense(row, subject, out),
        "proever.csv" => out.push(("Observation", observation(row, subject))),
        "ydelser.csv" => out.push(("Procedure", procedure(row, subject))),
        "aftaler.csv" => out.push(("Appointment", appointment(row, subject))),
        "henvisninger.csv" => out.push(("ServiceRequest", referral(row, subject))),
        other => panic!("{other}"),
    }
}

fn patient(row: &Row<'_>, number: usize) -> Value {
    json!({
        "resourceType": "Patient", "id": format!("p{number}"),
        "identifier": [
            {"system": "http://example.org/local", "value": number.to_string()},
            {"system": "urn:oid:1.2.208.176.1.2", "value": row.get("cpr")},
        ],
        "name": [{"text": row.get("navn")}],
        "gender": if row.get("koen") == "K" { "female" } else { "male" },
        "birthDate": row.day("foedselsdato"),
        "address": [{
            "line": row.get("adresse").split(", ").collect::<Vec<_>>(),
            "postalCode": row.get("postnummer"), "city": row.get("by"),
        }],
        "generalPractitioner": [{"identifier":
            {"system": "urn:oid:1.2.208.176.1.4", "value": row.get("ydernummer")}}],
        "extension": row.own(&["sikringsgruppe", "status", "tilmeldt_dato"]),
    })
}

fn condition(row: &Row<'_>, subject: Value) -> Value {
    let coding = |system: &str, code: &str| {
        (!code.is_empty()).then(|| json!({"system": system, "code": code}))
    };
    let codes = [
        coding("urn:oid:1.2.208.176.2.31", row.get("icpc")),
        coding("urn:oid:1.2.208.176.2.4.12", row.get("icd10")),
    ];
    let category = |code: &str| json!({"coding": [{"code": code}]});
    let status = match row.get("status") {
        "aktuel" => "15240007",
        "relevant" => "723506003",
        other => panic!("{other}"),
    };
    let kind = match row.get("type") {
        "forløbsdiagnose" => "problem-list-item",
        "kontaktdiagnose" => "encounter-diagnosis",
        other => panic!("{other}"),
    };
    json!({
        "resourceType": "Condition", "subject": subject,
        "code": {"coding": codes.into_iter().flatten().collect::<Value>(), "text": row.get("tekst")},
        "category": [category(status), category(kind)],
        "recordedDate": row.day("dato"), "onsetDateTime": row.day("debutdato"),
        "abatementDateTime": row.day("slutdato"),
    })
}

// The medicine itself, or where there is a plain strength a resource of its own.
fn dispense(row: &Row<'_>, subject: Value, out: &mut Resources) {
    let concept = json!({
        "coding": [{"system": "http://www.whocc.no/atc", "code": row.get("atc")}],
        "text": row.get("navn"),
    });
    let plain = row.get("styrke").split_once(' ').filter(|(amount, unit)| {
        amount.bytes().all(|b| b.is_ascii_digit() || b == b',') && ["mg", "g"].contains(unit)
    });
    let mut own = vec![
        "doegndosis",
        "enhed",
        "type",
        "antal_pakninger",
        "pakningsstoerrelse",
        "dosisdispensering",
    ];
    let mut dispense = json!({
        "resourceType": "MedicationDispense", "status": "completed", "subject": subject,
        "whenHandedOver": row.day("udleveret_dato"),
        "dosageInstruction": [{
            "text": row.get("dosering"),
            "timing": {"repeat": {"boundsPeriod":
                {"start": row.day("startdato"), "end": row.day("slutdato")}}},
        }],
        "reasonCode": [{"text": row.get("indikation")}],
    });
    let id = format!("m{}", out.len());
    if let Some((amount, unit)) = plain {
        let medication = json!({
            "resourceType": "Medication", "id": id, "code": concept,
            "form": {"text": row.get("form")},
            "ingredient": [{"strength": {"numerator": {"value": number(amount), "unit": unit}}}],
        });
        if out.len().is_multiple_of(2) {
            dispense["contained"] = json!([medication]);
            dispense["medicationReference"] = json!({"reference": format!("#{id}")});
        } else {
            dispense["medicationReference"] = json!({"reference": format!("Medication/{id}")});
            out.push(("Medication", medication));
        }
    } else {
        dispense["medicationCodeableConcept"] = concept;
        own.extend(["styrke", "form"]);
    }
    dispense["extension"] = row.own(&own);
    out.push(("MedicationDispense", dispense));
}

fn observation(row: &Row<'_>, subject: Value) -> Value {
    let value = row.get("vaerdi");
    let sign = if value.starts_with(['<', '>']) { &value[..1] } else { "" };
    let digits = &value[sign.len()..];
    let is_number =
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    let limit = |heading| match row.get(heading) {
        "" => Value::Null,
        written => json!({"value": number(written)}),
    };
    let mut out = json!({
        "resourceType": "Observation", "status": "final", "subject": subject,
        "code": {
            "coding": [{"system": "http://npu-terminology.org", "code": row.get("kode")}],
            "text": row.get("navn"),
        },
        "effectiveDateTime": row.day("dato"),
        "referenceRange": [{"low": limit("ref_nedre"), "high": limit("ref_oevre")}],
    });
    let sign = if sign.is_empty() { Value::Null } else { json!(sign) };
    if is_number {
        out["valueQuantity"] =
            json!({"value": number(digits), "unit": row.get("enhed"), "comparator": sign});
    } else {
        out["valueString"] = json!(value);
        out["extension"] = row.own(&["enhed"]);
    }
    out
}

fn procedure(row: &Row<'_>, subject: Value) -> Value {
    json!({
        "resourceType": "Procedure", "status": "completed", "subject": subject,
        "code": {
            "coding": [{"system": "urn:profilblik:ydelse", "code": row.get("kode")}],
            "text": row.get("tekst"),
        },
        "performedDateTime": row.day("dato"),
        "extension": row.own(&["antal"]),
    })
}

fn appointment(row: &Row<'_>, subject: Value) -> Value {
    let start = row.day("dato").as_str().map(|day| format!("{day}T{}:00+01:00", row.get("kl")));
    let status = match row.get("status") {
        "booket" => "booked",
        "gennemført" => "fulfilled",
        "udeblevet" => "noshow",
        "aflyst" => "cancelled",
        other => panic!("{other}"),
    };
    json!({
        "resourceType": "Appointment", "status": status, "start": start,
        "description": row.get("type"),
        "participant": [
            {"actor": {"display": row.get("behandler")}},
            {"actor": {"reference": subject["reference"], "type": "Patient"}},
        ],
    })
}

fn referral(row: &Row<'_>, subject: Value) -> Value {
    json!({
        "resourceType": "ServiceRequest", "status": "completed", "intent": "order",
        "subject": subject, "authoredOn": row.day("dato"),
        "category": [{"text": row.get("type")}],
        "performerType": {"text": row.get("speciale")},
        "performer": [{"display": row.get("modtager")}],
        "reasonCode": [{"coding":
            [{"system": "urn:oid:1.2.208.176.2.31", "code": row.get("diagnose")}]}],
        "extension": row.own(&["status"]),
    })
}
