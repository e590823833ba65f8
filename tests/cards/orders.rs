//! One order, one row.

use profilblik::decode::card::tables;

use crate::{card, order, rows};

const WHOLE: &str = r#"<m:DrugMedication>
 <m:Identifier>1</m:Identifier>
 <m:Created><m:DateTime>2024-12-24T10:00:00Z</m:DateTime></m:Created>
 <m:BeginEndDate><m:TreatmentStartDate>2025-01-02</m:TreatmentStartDate>
  <m:TreatmentEndDate>2025-03-31</m:TreatmentEndDate></m:BeginEndDate>
 <m:Indication><m:Code source="Medicinpriser">145</m:Code><m:Text>mod smerter</m:Text></m:Indication>
 <m:RouteOfAdministration><m:Code>OR</m:Code><m:Text>Oral anvendelse</m:Text></m:RouteOfAdministration>
 <m:Drug>
  <m:ATC><m:Code source="Medicinpriser">X99ZZ99</m:Code><m:Text>opdigtin</m:Text></m:ATC>
  <m:Identifier source="Medicinpriser">28100000000</m:Identifier>
  <m:Name>Opdigtin "Retard"; 100</m:Name>
  <m:Form><m:Code>DEPTAB</m:Code><m:Text>depottabletter</m:Text></m:Form>
  <m:Strength><m:Value>100.0</m:Value><m:UnitCode>MG</m:UnitCode><m:UnitText>mg</m:UnitText></m:Strength>
  <m:Substances><m:ActiveSubstance><m:SubstanceText>opdigtin</m:SubstanceText></m:ActiveSubstance></m:Substances>
 </m:Drug>
 <m:DosageTranslation><m:ShortText>1 tablet morgen og aften</m:ShortText>
  <m:LongText>lang tekst</m:LongText>
  <m:AverageDailyDosage>2</m:AverageDailyDosage><m:UnitText>tablet</m:UnitText></m:DosageTranslation>
 <m:Effectuation><m:DateTime>2025-02-01T09:00:00Z</m:DateTime>
  <m:PackageQuantity>1</m:PackageQuantity></m:Effectuation>
 <m:Effectuation><m:DateTime>2025-01-02T09:00:00Z</m:DateTime></m:Effectuation>
 <m:PrescriptionMedication>
  <m:Drug><m:ATC><m:Code>X88ZZ88</m:Code></m:ATC><m:Name>Andet</m:Name></m:Drug>
  <m:Indication><m:Text>andet</m:Text></m:Indication>
 </m:PrescriptionMedication>
</m:DrugMedication>"#;

#[test]
fn every_cell_of_an_order() {
    assert_eq!(
        rows(&card(WHOLE), "medicin"),
        ["cpr=6101016006 | atc=X99ZZ99 | navn=Opdigtin \"Retard\"; 100 | indholdsstof=opdigtin | \
          drugid=28100000000 | styrke=100 mg | form=depottabletter | \
          administrationsvej=Oral anvendelse | dosering=1 tablet morgen og aften | doegndosis=2 | \
          enhed=tablet | startdato=2025-01-02 | slutdato=2025-03-31 | \
          udleveret_dato=2025-02-01T09:00:00Z | indikation=mod smerter"]
    );
    assert_eq!(
        rows(&card(WHOLE), "patient"),
        ["cpr=6101016006 | navn=Søren & Co Opdigtet | foedselsdato=1901-10-21 | koen=M"]
    );
}

#[test]
fn the_state_of_an_order_is_a_status() {
    for (inner, expected) in [
        ("", "status=aktiv"),
        ("<Paused><Reason>op</Reason></Paused>", "status=pauseret"),
        ("<Withdrawn><DateTime>2025-02-01</DateTime></Withdrawn>", "status=seponeret"),
        ("<Withdrawn>false</Withdrawn>", "status=aktiv"),
        (
            "<HandoverPreference>DoseDispensed</HandoverPreference>",
            "dosisdispensering=Ja | status=aktiv",
        ),
        ("<HandoverPreference>Treatment</HandoverPreference>", "status=aktiv"),
    ] {
        let row = rows(&card(&order(inner)), "medicin").remove(0);
        assert!(row.ends_with(&format!("startdato=2025-01-02 | {expected}")), "{inner}: {row}");
    }
    let ended = order("").replace("<TreatmentEndingUndetermined/>", "");
    assert!(rows(&card(&ended), "medicin")[0].ends_with("startdato=2025-01-02"));
}

#[test]
fn an_order_taken_back_as_wrong_is_set_aside_with_its_number() {
    let text = card(
        &(order("")
            + &order("<IsInvalid>true</IsInvalid>")
            + &order("<IsInvalid>false</IsInvalid>")),
    );
    let made = tables("kort.xml", text.as_bytes()).unwrap();
    let orders = &made.tables[1];
    let aside: Vec<_> = orders.set_aside.iter().map(|one| (one.line, one.reason.name())).collect();
    assert_eq!(aside, [(2, "entered-in-error")]);
    assert_eq!(rows(&text, "medicin").len(), 2);
}

#[test]
fn hidden_orders_are_told() {
    let text = card(&("<NegativeConsent><DrugMedicationIdentifier>1</DrugMedicationIdentifier></NegativeConsent>".to_owned() + &order("")));
    let made = tables("kort.xml", text.as_bytes()).unwrap();
    let told =
        made.tables[1].remarks.iter().any(|said| said.da.starts_with("1 ordinationer er skjult"));
    assert!(told, "{:?}", made.tables[1].remarks);
}

#[test]
fn a_strength_is_its_text_or_its_only_value() {
    let of = |strength: &str| {
        let drug = format!("<Name>Opdigtin</Name><Strength>{strength}</Strength>");
        let row =
            rows(&card(&order("").replace("<Name>Opdigtin</Name>", &drug)), "medicin").remove(0);
        row.split(" | ")
            .find_map(|cell| cell.strip_prefix("styrke=").map(str::to_owned))
            .unwrap_or_default()
    };
    let item = |value: &str, unit: &str| {
        format!("<StrengthItem><Value>{value}</Value><UnitCode>{unit}</UnitCode></StrengthItem>")
    };
    assert_eq!(of("<Value>12.5</Value><UnitCode>MG</UnitCode>"), "12,5 mg");
    assert_eq!(of("<Value>5.0</Value><UnitText>mg/ml</UnitText><Text>5 mg/ml</Text>"), "5 mg/ml");
    assert_eq!(of(&item("10.0", "MG")), "10 mg");
    assert_eq!(of(&(item("20.0", "MG") + &item("10.0", "MG"))), "");
    assert_eq!(
        of(&format!("{}{}<Text>20+10 mg</Text>", item("20.0", "MG"), item("10.0", "MG"))),
        "20+10 mg"
    );
}

#[test]
fn persons_without_a_cpr_number_keep_their_key_and_cards_do_not_mix() {
    let other = card(&order(""))
        .replace("source=\"CPR\">6101016006", "source=\"MedicineCardKey\">abc-1")
        .replace("Søren &amp; Co", "Anden");
    let first = card(&order(""));
    let both = format!(
        "<Alle>{}{}</Alle>",
        first.split_once("?>").unwrap().1,
        other.split_once("?>").unwrap().1
    );
    let persons = rows(&both, "patient");
    assert!(persons[0].starts_with("cpr=6101016006 | navn=Søren & Co Opdigtet"), "{persons:?}");
    assert!(persons[1].starts_with("cpr=id:abc-1 | navn=Anden Opdigtet"), "{persons:?}");
    let orders = rows(&both, "medicin");
    assert!(orders[0].starts_with("cpr=6101016006") && orders[1].starts_with("cpr=id:abc-1"));
}

#[test]
fn a_person_without_a_number_has_none_of_the_person_before() {
    let person = |inner: &str| {
        format!(
            "<Patient><Person>{inner}<Name><Surname>Opdigtet</Surname></Name></Person></Patient>"
        )
    };
    let known = person("<PersonIdentifier>6101016006</PersonIdentifier>");
    let text = format!("<Alle>{known}{0}{1}{0}</Alle>", order(""), person(""));
    assert_eq!(rows(&text, "patient"), ["cpr=6101016006 | navn=Opdigtet"]);
    let orders = rows(&text, "medicin");
    assert!(orders[0].starts_with("cpr=6101016006") && orders[1].starts_with("atc="), "{orders:?}");
}

#[test]
fn the_oldest_interface_has_other_names_for_the_person() {
    let text = format!(
        "<MedicineCardResponse><MedicineCard><Patient><SimpleCPRPerson><PersonNameStructure>\
         <d:PersonGivenName xmlns:d=\"x\">Anna</d:PersonGivenName><PersonSurnameName>Opdigtet</PersonSurnameName>\
         </PersonNameStructure><PersonCivilRegistrationIdentifier>6101016014</PersonCivilRegistrationIdentifier>\
         </SimpleCPRPerson></Patient>{}</MedicineCard></MedicineCardResponse>",
        order("")
    );
    assert_eq!(rows(&text, "patient"), ["cpr=6101016014 | navn=Anna Opdigtet"]);
    assert!(rows(&text, "medicin")[0].starts_with("cpr=6101016014"));
}
