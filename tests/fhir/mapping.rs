//! Each kind of resource beside the table that it becomes.

use crate::rows::rows;
use profilblik::decode::Reason;
use profilblik::decode::fhir::Pool;
use profilblik::decode::made::Made;

/// Files → the tables of each.
pub fn made(files: &[(&str, &str)]) -> Vec<(String, Made)> {
    let mut pool = Pool::default();
    for (name, text) in files {
        pool.read(name, text.as_bytes().to_vec()).unwrap();
    }
    pool.finish().into_iter().map(|(name, made)| (name, made.unwrap())).collect()
}

/// Rows and reasons of the only table of one resource after another.
fn table(resources: &[&str]) -> (Vec<String>, Vec<(u32, Reason)>) {
    let made = made(&[("a.ndjson", &resources.join("\n"))]).remove(0).1;
    assert_eq!(made.tables.len(), 1, "{resources:?}");
    let aside = made.tables[0].set_aside.iter().map(|one| (one.line, one.reason));
    (rows(&made.tables[0].text), aside.collect())
}

fn row(resource: &str) -> String {
    let one_line = resource.replace('\n', " ");
    let (rows, aside) = table(&[&one_line]);
    assert_eq!((rows.len(), aside.len()), (1, 0), "{resource}");
    rows[0].clone()
}

const OF: &str =
    r#""subject":{"identifier":{"system":"urn:oid:1.2.208.176.1.2","value":"0201609996"}}"#;

#[test]
fn patients() {
    let danish = r#"{"resourceType":"Patient","id":"1","active":false,"name":[{"given":["Lonni","Test"],
        "family":"Lauridsen"}],"gender":"female","birthDate":"1960-01-02","identifier":[
        {"system":"http://example.org","value":"7"},
        {"system":"urn:oid:1.2.208.176.1.2","value":"0201609996"}],
        "address":[{"line":["Testgrusgraven 3","3.th"],"postalCode":"3400","city":"Hillerød"}]}"#;
    assert_eq!(
        row(danish),
        "cpr=0201609996 | navn=Lonni Test Lauridsen | koen=K | foedselsdato=1960-01-02 | \
         adresse=Testgrusgraven 3, 3.th | postnummer=3400 | by=Hillerød | status=inaktiv"
    );
    let other = r#"{"resourceType":"Patient","id":"8ee183e2-b3c0","gender":"male",
        "birthDate":"1960-05","deceasedDateTime":"2020-02-01T10:00:00Z"}"#;
    assert_eq!(
        row(other),
        "cpr=id:8ee183e2-b3c0 | koen=M | foedselsdato=1960-05 | doed_dato=2020-02-01T10:00:00Z"
    );
    let long = format!(r#"{{"resourceType":"Patient","id":"{}"}}"#, "a".repeat(64));
    assert_eq!(row(&long).len(), "cpr=id:h-".len() + 32);
}

#[test]
fn conditions_with_and_without_a_code() {
    let condition = |code: &str| {
        row(&format!(r#"{{"resourceType":"Condition",{OF},{code}"recordedDate":"2023-03"}}"#))
    };
    let both = r#""code":{"coding":[{"system":"urn:oid:1.2.208.176.2.31","code":"P76"},
        {"system":"urn:oid:1.2.208.176.2.4.12","code":"DF329"},
        {"system":"http://snomed.info/sct","code":"35489007"}],"text":"Trist"},
        "category":[{"coding":[{"code":"15240007"}]},{"coding":[{"code":"problem-list-item"}]}],"#;
    assert_eq!(
        condition(both),
        "cpr=0201609996 | icpc=P76, SNOMED:35489007 | icd10=DF329 | tekst=Trist | dato=2023-03 | \
         type=forløbsdiagnose | status=aktuel"
    );
    for (code, shown) in [
        (r#""code":{"text":"KOL"},"#, " | tekst=KOL"),
        (r#""code":{"coding":[{"code":"P76"}]},"#, " | tekst=P76"),
        ("", ""),
    ] {
        assert_eq!(condition(code), format!("cpr=0201609996{shown} | dato=2023-03"));
    }
}

#[test]
fn medicines_by_concept_reference_and_dose() {
    let request = format!(
        r#"{{"resourceType":"MedicationRequest","status":"active","intent":"order",{OF},
        "medicationCodeableConcept":{{"coding":[
            {{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"197591"}}],"text":"T"}},
        "authoredOn":"2024-05-01","dosageInstruction":[{{"text":"1 tablet 2 gange daglig",
            "timing":{{"repeat":{{"frequency":2,"period":1,"periodUnit":"d"}}}},
            "doseAndRate":[{{"doseQuantity":{{"value":1,"unit":"tablet"}}}}]}}],
        "dispenseRequest":{{"quantity":{{"value":100,"unit":"stk."}},
            "expectedSupplyDuration":{{"value":50,"unit":"d"}}}}}}"#
    );
    assert_eq!(
        row(&request),
        "cpr=0201609996 | atc=RXNORM:197591 | navn=T | dosering=1 tablet 2 gange daglig | \
         doegndosis=2 | enhed=tablet | type=Fast | dato=2024-05-01 | startdato=2024-05-01 | \
         antal_pakninger=1 | pakningsstoerrelse=100 stk. | dage=50 | status=aktiv"
    );
    let medication = r#"{"resourceType":"Medication","id":"m1","code":{"coding":[{"system":"http://www.whocc.no/atc",
        "code":"N02AX02"}],"text":"Tramadol"},"form":{"text":"depottabletter"},"ingredient":[
        {"strength":{"numerator":{"value":100,"unit":"mg"},"denominator":{"value":1,"unit":"tablet"}}}]}"#;
    let statement = format!(
        r#"{{"resourceType":"MedicationStatement","status":"on-hold",{OF},"medicationReference":
        {{"reference":"http://example.org/fhir/Medication/m1/_history/2"}},
        "effectivePeriod":{{"start":"2024","end":"2025-01-02"}},
        "dosage":[{{"text":"1 efter behov","asNeededBoolean":true}}]}}"#
    );
    let made = made(&[("statements.json", &statement), ("medication.json", medication)]);
    assert_eq!(
        rows(&made[0].1.tables[0].text),
        ["cpr=0201609996 | atc=N02AX02 | navn=Tramadol | styrke=100 mg | form=depottabletter | \
          dosering=1 efter behov | type=PN | startdato=2024 | slutdato=2025-01-02 | status=pauseret"]
    );
}

#[test]
fn observations_with_comparators_components_and_texts() {
    let observation = |rest: &str| {
        format!(r#"{{"resourceType":"Observation",{OF},"effectiveDateTime":"2024-01-02",{rest}}}"#)
    };
    let crp = r#""code":{"coding":[{"system":"http://npu-terminology.org","code":"NPU19748"}]},
        "valueQuantity":{"value":0.60,"comparator":"<","unit":"mg/L"}"#;
    assert_eq!(
        row(&observation(crp)),
        "cpr=0201609996 | kode=NPU19748 | navn=NPU19748 | vaerdi=<0,60 | enhed=mg/L | dato=2024-01-02"
    );
    let pressure = r#""code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},"component":[
        {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":1.234}},
        {"code":{"text":"b"},"valueCodeableConcept":{"text":"høj"}},{"code":{"text":"c"},"valueString":"neg"}]"#;
    let (rows, _) = table(&[&observation(pressure).replace('\n', " ")]);
    assert_eq!(
        rows,
        [
            "cpr=0201609996 | kode=LOINC:8480-6 | navn=8480-6 | vaerdi=1,234 | dato=2024-01-02",
            "cpr=0201609996 | navn=b | vaerdi=høj | dato=2024-01-02",
            "cpr=0201609996 | navn=c | vaerdi=neg | dato=2024-01-02",
        ]
    );
}

#[test]
fn services_appointments_and_referrals() {
    let vaccine = format!(
        r#"{{"resourceType":"Immunization","status":"completed",{},"occurrenceDateTime":"2024-10-01",
        "vaccineCode":{{"coding":[{{"system":"http://hl7.org/fhir/sid/cvx","code":"140","display":"Flu"}}]}}}}"#,
        OF.replace("subject", "patient")
    );
    assert_eq!(row(&vaccine), "cpr=0201609996 | kode=CVX:140 | tekst=Flu | dato=2024-10-01");
    let appointment = r#"{"resourceType":"Appointment","status":"booked","start":"2026-01-02T09:20:00+01:00",
        "description":"Årskontrol","participant":[{"actor":{"reference":"Practitioner/1","display":"ABC"}},
        {"actor":{"reference":"Patient/x"}}]}"#;
    assert_eq!(
        row(appointment),
        "cpr=id:x | dato=2026-01-02T09:20:00+01:00 | kl=09:20 | type=Årskontrol | status=booket | \
         behandler=ABC"
    );
    let referral = format!(
        r#"{{"resourceType":"ServiceRequest","status":"active","intent":"order",{OF},
        "authoredOn":"2025-04-01","code":{{"text":"Henvisning"}},"performer":[{{"display":"Afd. A"}}],
        "reasonCode":[{{"text":"hoste"}}]}}"#
    );
    assert_eq!(
        row(&referral),
        "cpr=0201609996 | dato=2025-04-01 | type=Henvisning | modtager=Afd. A | diagnose=hoste | \
         status=aktiv"
    );
}

#[test]
fn what_says_of_nobody_that_something_is_so_is_set_aside() {
    let verified =
        |code: &str| format!(r#""verificationStatus":{{"coding":[{{"code":"{code}"}}]}}"#);
    for (kind, rest, reason) in [
        ("Observation", r#""status":"entered-in-error""#.into(), Reason::EnteredInError),
        ("Condition", verified("entered-in-error"), Reason::EnteredInError),
        ("Condition", verified("refuted"), Reason::Refuted),
        ("Procedure", r#""status":"not-done""#.into(), Reason::NotDone),
        ("MedicationStatement", r#""status":"not-taken""#.into(), Reason::NotDone),
        ("MedicationRequest", r#""status":"active","intent":"plan""#.into(), Reason::Planned),
        ("ServiceRequest", r#""status":"active","intent":"proposal""#.into(), Reason::Planned),
        ("MedicationRequest", r#""status":"draft","intent":"order""#.into(), Reason::Planned),
        (
            "MedicationRequest",
            r#""status":"active","doNotPerform":true"#.into(),
            Reason::DoNotPerform,
        ),
        ("Appointment", r#""status":"cancelled""#.into(), Reason::Cancelled),
        ("ServiceRequest", r#""status":"revoked""#.into(), Reason::Cancelled),
    ] {
        let resource = format!(r#"{{"resourceType":"{kind}",{OF},{rest}}}"#);
        assert_eq!(
            table(&[&resource, &resource]),
            (vec![], vec![(1, reason), (2, reason)]),
            "{kind}"
        );
    }
    // Unconfirmed is neither refuted nor wrong.
    let perhaps = format!(r#"{{"resourceType":"Condition",{OF},{}}}"#, verified("unconfirmed"));
    assert_eq!(row(&perhaps), "cpr=0201609996");
}

#[test]
fn references_go_across_files_and_a_file_knows_its_own_best() {
    let patient = |id: &str, cpr: &str| {
        format!(
            r#"{{"resourceType":"Patient","id":"{id}","identifier":[{{"system":"urn:dk:cpr","value":"{cpr}"}}]}}"#
        )
    };
    let of = |reference: &str| {
        format!(r#"{{"resourceType":"Condition","subject":{{"reference":"{reference}"}}}}"#)
    };
    let bundle = |cpr: &str| {
        let entries = format!(
            r#"{{"fullUrl":"urn:uuid:u","resource":{}}},{{"resource":{}}}"#,
            patient("1", cpr),
            of("urn:uuid:u")
        );
        format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{entries}]}}"#)
    };
    let asked = of("Patient?identifier=urn:oid:1.2.208.176.1.2|0201609996");
    let across =
        [of("Patient/7"), of("https://example.org/fhir/Patient/7"), of("Patient/8"), asked];
    let made = made(&[
        ("a.json", &bundle("0201609995")),
        ("b.json", &bundle("0201609996")),
        ("Condition.ndjson", &[of("Patient/1")].concat()),
        ("Other.ndjson", &across.join("\n")),
        ("Patient.ndjson", &patient("7", "2509479989")),
    ]);
    let of_table = |file: usize, table: usize| rows(&made[file].1.tables[table].text);
    assert_eq!(
        (of_table(0, 1), of_table(1, 1)),
        (vec!["cpr=0201609995".into()], vec!["cpr=0201609996".into()])
    );
    let aside = &made[2].1.tables[0].set_aside;
    assert_eq!((aside.len(), aside[0].reason), (1, Reason::AmbiguousPatient));
    assert_eq!(of_table(3, 0), ["cpr=2509479989", "cpr=2509479989", "cpr=id:8", "cpr=0201609996"]);
}

#[test]
fn what_is_not_used_is_said() {
    let text = format!("{{\"resourceType\":\"Claim\"}}\n{{\"resourceType\":\"Condition\",{OF}}}");
    let made = made(&[("a.ndjson", &text)]).remove(0).1;
    assert!(made.tables[0].remarks[0].da.contains("1 Claim"), "{:?}", made.tables[0].remarks);
}
