//! Resources → rows of the seven registers (export-formats, section 5).

use super::coding::{cell, has, words};
use super::dose;
use super::json::Json;
use crate::code::System;
use crate::decode::Reason;
use crate::schema::Register;

/// Cells by heading; headings that are not named stay empty.
pub type Cells = Vec<(&'static str, String)>;

/// What becomes of a resource.
pub enum Outcome {
    /// Rows of a register.
    Rows(Register, Vec<Cells>),
    /// Set aside.
    Aside(Register, Reason),
    /// Of no register.
    Unused,
}

/// Headings of the made table of a register, behind `cpr`.
pub const fn headings(register: Register) -> &'static [&'static str] {
    match register {
        Register::Patient => &[
            "navn",
            "koen",
            "foedselsdato",
            "doed_dato",
            "adresse",
            "postnummer",
            "by",
            "sikringsgruppe",
            "status",
            "tilmeldt_dato",
            "ydernummer",
        ],
        Register::Diagnose => {
            &["icpc", "icd10", "tekst", "dato", "debutdato", "slutdato", "type", "status"]
        }
        // The first four are those of a `Medication`.
        Register::Medicin => &[
            "atc",
            "navn",
            "styrke",
            "form",
            "dosering",
            "doegndosis",
            "enhed",
            "type",
            "dato",
            "startdato",
            "slutdato",
            "udleveret_dato",
            "antal_pakninger",
            "pakningsstoerrelse",
            "dage",
            "indikation",
            "dosisdispensering",
            "status",
        ],
        Register::Proeve => {
            &["kode", "navn", "vaerdi", "enhed", "dato", "ref_nedre", "ref_oevre", "svarstatus"]
        }
        Register::Ydelse => &["kode", "tekst", "dato", "antal"],
        Register::Aftale => &["dato", "kl", "type", "status", "behandler"],
        Register::Henvisning => &["dato", "type", "speciale", "modtager", "diagnose", "status"],
    }
}

/// The register of a kind of resource.
fn register(kind: &str) -> Option<Register> {
    Some(match kind {
        "Patient" => Register::Patient,
        "Condition" => Register::Diagnose,
        "MedicationRequest" | "MedicationStatement" | "MedicationDispense" => Register::Medicin,
        "Observation" => Register::Proeve,
        "Procedure" | "ChargeItem" | "Encounter" | "Immunization" => Register::Ydelse,
        "Appointment" => Register::Aftale,
        "ServiceRequest" => Register::Henvisning,
        _ => return None,
    })
}

/// Reads a resource.
pub fn read(resource: &Json<'_>) -> Outcome {
    let kind = resource.text("resourceType");
    let Some(register) = register(kind) else { return Outcome::Unused };
    if let Some(reason) = reason(kind, resource) {
        return Outcome::Aside(register, reason);
    }
    let mut rows = match register {
        Register::Patient => vec![patient(resource)],
        Register::Diagnose => vec![condition(resource)],
        Register::Medicin => vec![medicine(resource)],
        Register::Proeve => observation(resource),
        Register::Ydelse => vec![service(resource)],
        Register::Aftale => vec![appointment(resource)],
        Register::Henvisning => vec![referral(resource)],
    };
    rows.iter_mut().for_each(|cells| own_cells(register, resource, cells));
    Outcome::Rows(register, rows)
}

/// Why a resource says of nobody that something is so.
fn reason(kind: &str, resource: &Json<'_>) -> Option<Reason> {
    let verified = |code| has(resource, "verificationStatus", code);
    let reason = match resource.text("status") {
        "entered-in-error" => Reason::EnteredInError,
        "not-done" | "not-taken" | "declined" => Reason::NotDone,
        "cancelled" | "revoked" | "aborted" => Reason::Cancelled,
        "draft" | "proposed" | "planned" | "preparation" | "waitlist" | "intended"
            if kind != "Patient" =>
        {
            Reason::Planned
        }
        _ if verified("entered-in-error") => Reason::EnteredInError,
        _ if verified("refuted") => Reason::Refuted,
        _ if resource.text("doNotPerform") == "true" => Reason::DoNotPerform,
        _ if matches!(resource.text("intent"), "plan" | "proposal") => Reason::Planned,
        _ => return None,
    };
    Some(reason)
}

// What FHIR has no element for: `extension` with the address `urn:profilblik:` and a heading.
fn own_cells(register: Register, resource: &Json<'_>, cells: &mut Cells) {
    for extension in resource.all("extension") {
        let name = extension.text("url").strip_prefix("urn:profilblik:");
        let known = headings(register).iter().find(|heading| Some(**heading) == name);
        if let Some(heading) = known {
            cells.insert(0, (heading, extension.text("valueString").to_owned()));
        }
    }
}

fn put(cells: &mut Cells, heading: &'static str, text: &str) {
    if !text.is_empty() {
        cells.push((heading, text.to_owned()));
    }
}

/// Puts the first text found.
fn take(cells: &mut Cells, resource: &Json<'_>, wanted: &[(&'static str, &[&str])]) {
    for (heading, paths) in wanted {
        put(cells, heading, resource.text_of(paths));
    }
}

/// Decimal comma: `1.234` would be read as two numbers.
fn number(text: &str) -> String {
    text.replace('.', ",")
}

fn joined(texts: &[Json<'_>], separator: &str) -> String {
    let texts = texts.iter().map(|one| one.text("")).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(separator)
}

fn patient(resource: &Json<'_>) -> Cells {
    let mut cells = Cells::new();
    let given = joined(resource.all("name.given"), " ");
    let name = format!("{given} {}", resource.text("name.family"));
    put(&mut cells, "navn", resource.text("name.text"));
    put(&mut cells, "navn", name.trim());
    let sex = match resource.text("gender") {
        "female" => "K",
        "male" => "M",
        _ => "",
    };
    put(&mut cells, "koen", sex);
    let dead = if resource.text("deceasedBoolean") == "true" { "ja" } else { "" };
    put(&mut cells, "doed_dato", resource.text("deceasedDateTime"));
    put(&mut cells, "doed_dato", dead);
    put(&mut cells, "adresse", &joined(resource.all("address.line"), ", "));
    let inactive = resource.at("active") == &Json::Flag(false);
    put(&mut cells, "status", if inactive { "inaktiv" } else { "" });
    let practice: &[&str] =
        &["generalPractitioner.identifier.value", "managingOrganization.identifier.value"];
    take(
        &mut cells,
        resource,
        &[
            ("foedselsdato", &["birthDate"]),
            ("postnummer", &["address.postalCode"]),
            ("by", &["address.city"]),
            ("ydernummer", practice),
        ],
    );
    cells
}

fn condition(resource: &Json<'_>) -> Cells {
    let mut cells = Cells::new();
    let code = resource.at("code");
    put(&mut cells, "icpc", &cell(code, System::Icpc, |system| system != System::Icd10));
    put(&mut cells, "icd10", &cell(code, System::Icd10, |system| system == System::Icd10));
    put(&mut cells, "tekst", words(code));
    let of_category = |code| has(resource, "category", code);
    let kind = match () {
        () if of_category("problem-list-item") => "forløbsdiagnose",
        () if of_category("encounter-diagnosis") => "kontaktdiagnose",
        () => "",
    };
    put(&mut cells, "type", kind);
    // MedCom's two kinds, which stand among the categories.
    let status = match () {
        () if of_category("15240007") => "aktuel",
        () if of_category("723506003") => "relevant",
        () => resource.text("clinicalStatus.coding.code"),
    };
    put(&mut cells, "status", status);
    take(
        &mut cells,
        resource,
        &[
            ("dato", &["recordedDate"]),
            ("debutdato", &["onsetDateTime", "onsetPeriod.start"]),
            ("slutdato", &["abatementDateTime", "abatementPeriod.end"]),
        ],
    );
    cells
}

/// The first four columns of a medicine: of a concept, and of a `Medication` if there is one.
pub fn medication(concept: &Json<'_>, medication: &Json<'_>) -> Cells {
    let mut cells = Cells::new();
    put(&mut cells, "atc", &cell(concept, System::Atc, |_| true));
    put(&mut cells, "navn", words(concept));
    put(&mut cells, "form", words(medication.at("form")));
    if let [one] = medication.all("ingredient") {
        let (over, under) = (one.at("strength.numerator"), one.at("strength.denominator"));
        let amount = number(over.text("value"));
        let unit = over.text_of(&["unit", "code"]);
        // A strength in something, such as 5 mg in 1 ml, is for the name to say.
        if !amount.is_empty() && matches!(under.text("value"), "" | "1") && is_piece(under) {
            put(&mut cells, "styrke", format!("{amount} {unit}").trim());
        }
    }
    cells
}

fn is_piece(quantity: &Json<'_>) -> bool {
    let unit = quantity.text_of(&["unit", "code"]).to_lowercase();
    ["", "1", "tab", "tablet", "kapsel", "capsule", "stk", "{tbl}", "{capsule}"].contains(&&*unit)
}

fn medicine(resource: &Json<'_>) -> Cells {
    let concept = resource.at("medicationCodeableConcept");
    let mut cells = medication(concept, &Json::Null);
    let instructions = match resource.all("dosageInstruction") {
        [] => resource.all("dosage"),
        some => some,
    };
    let dose = dose::of(instructions);
    put(&mut cells, "dosering", &dose.text);
    put(&mut cells, "doegndosis", &dose.daily);
    put(&mut cells, "enhed", &dose.unit);
    put(&mut cells, "type", dose.kind);
    let status = match resource.text("status") {
        "active" => "aktiv",
        "on-hold" => "pauseret",
        "unknown" => "",
        other => other,
    };
    put(&mut cells, "status", status);
    put(&mut cells, "indikation", words(resource.at("reasonCode")));
    let quantity = match resource.text("resourceType") {
        "MedicationDispense" => resource.at("quantity"),
        _ => resource.at("dispenseRequest.quantity"),
    };
    if !quantity.text("value").is_empty() {
        let size = format!("{} {}", number(quantity.text("value")), quantity.text("unit"));
        put(&mut cells, "antal_pakninger", "1");
        put(&mut cells, "pakningsstoerrelse", size.trim());
    }
    dates_of_medicine(resource, &mut cells);
    cells
}

fn dates_of_medicine(resource: &Json<'_>, cells: &mut Cells) {
    const BOUNDS: [&str; 2] =
        ["dosageInstruction.timing.repeat.boundsPeriod", "dosage.timing.repeat.boundsPeriod"];
    for bounds in BOUNDS.map(|path| resource.at(path)) {
        put(cells, "startdato", bounds.text("start"));
        put(cells, "slutdato", bounds.text("end"));
    }
    take(
        cells,
        resource,
        &[
            ("dato", &["authoredOn"]),
            ("startdato", &["effectivePeriod.start", "effectiveDateTime", "authoredOn"]),
            ("slutdato", &["effectivePeriod.end"]),
            ("udleveret_dato", &["whenHandedOver", "whenPrepared"]),
            ("dage", &["daysSupply.value", "dispenseRequest.expectedSupplyDuration.value"]),
        ],
    );
}

fn observation(resource: &Json<'_>) -> Vec<Cells> {
    let components = resource.all("component");
    let mut rows: Vec<Cells> =
        components.iter().map(|component| result(resource, component)).collect();
    let own = result(resource, resource);
    if rows.is_empty() || own.iter().any(|(heading, _)| *heading == "vaerdi") {
        rows.insert(0, own);
    }
    rows
}

fn result(resource: &Json<'_>, part: &Json<'_>) -> Cells {
    let mut cells = Cells::new();
    let code = part.at("code");
    put(&mut cells, "kode", &cell(code, System::Npu, |_| true));
    put(&mut cells, "navn", words(code));
    let quantity = part.at("valueQuantity");
    let value = format!("{}{}", quantity.text("comparator"), number(quantity.text("value")));
    put(&mut cells, "vaerdi", &value);
    put(&mut cells, "enhed", quantity.text_of(&["unit", "code"]));
    put(&mut cells, "vaerdi", part.text_of(&["valueString", "valueInteger", "valueBoolean"]));
    put(&mut cells, "vaerdi", words(part.at("valueCodeableConcept")));
    // Several intervals are for men, women, ages: none is chosen.
    if let [range] = part.all("referenceRange") {
        put(&mut cells, "ref_nedre", &number(range.text("low.value")));
        put(&mut cells, "ref_oevre", &number(range.text("high.value")));
    }
    take(
        &mut cells,
        resource,
        &[
            ("dato", &["effectiveDateTime", "effectiveInstant", "effectivePeriod.start", "issued"]),
            ("svarstatus", &["status"]),
        ],
    );
    cells
}

fn service(resource: &Json<'_>) -> Cells {
    let mut cells = Cells::new();
    let code = match resource.text("resourceType") {
        "Encounter" => resource.at("type"),
        "Immunization" => resource.at("vaccineCode"),
        _ => resource.at("code"),
    };
    let code = code.all("").first().unwrap_or(&Json::Null);
    put(&mut cells, "kode", &cell(code, System::Ydelse, |_| true));
    put(&mut cells, "tekst", words(code));
    put(&mut cells, "antal", &number(resource.text("quantity.value")));
    let dates: &[&str] = &[
        "performedDateTime",
        "performedPeriod.start",
        "occurrenceDateTime",
        "occurrencePeriod.start",
        "period.start",
    ];
    take(&mut cells, resource, &[("dato", dates)]);
    cells
}

fn appointment(resource: &Json<'_>) -> Cells {
    let mut cells = Cells::new();
    let status = match resource.text("status") {
        "booked" => "booket",
        "arrived" | "checked-in" => "ankommet",
        "fulfilled" => "gennemført",
        "noshow" => "udeblevet",
        other => other,
    };
    put(&mut cells, "status", status);
    let start = resource.text("start");
    let time = start.split_once('T').map_or("", |(_, time)| time);
    put(&mut cells, "dato", start);
    put(&mut cells, "kl", time.get(..5).unwrap_or_default());
    let with = resource.all("participant").iter().map(|one| one.at("actor"));
    let with = with.filter(|actor| !actor.text("reference").contains("Patient/"));
    let with = with.map(|actor| actor.text("display")).find(|name| !name.is_empty());
    put(&mut cells, "behandler", with.unwrap_or_default());
    take(
        &mut cells,
        resource,
        &[(
            "type",
            &[
                "description",
                "appointmentType.text",
                "serviceType.text",
                "serviceType.coding.display",
                "appointmentType.coding.display",
            ],
        )],
    );
    cells
}

fn referral(resource: &Json<'_>) -> Cells {
    let mut cells = Cells::new();
    let status = match resource.text("status") {
        "active" => "aktiv",
        "completed" => "afsluttet",
        other => other,
    };
    put(&mut cells, "status", status);
    put(&mut cells, "type", words(resource.at("category")));
    put(&mut cells, "type", words(resource.at("code")));
    put(&mut cells, "speciale", words(resource.at("performerType")));
    let reason = resource.at("reasonCode");
    take(
        &mut cells,
        resource,
        &[("dato", &["authoredOn"]), ("modtager", &["performer.display"]), ("status", &["status"])],
    );
    put(&mut cells, "diagnose", reason.text("coding.code"));
    put(&mut cells, "diagnose", words(reason));
    cells
}
