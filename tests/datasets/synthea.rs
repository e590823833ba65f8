//! Synthea's CSV.

use crate::{read, rows_of};

pub const ID: &str = "b9c610cd-28a6-4636-ccb6-c7a0d2a4cb85";

pub const PATIENTS: &str = "\
Id,BIRTHDATE,DEATHDATE,SSN,PREFIX,FIRST,LAST,GENDER,ADDRESS,CITY,ZIP
b9c610cd-28a6-4636-ccb6-c7a0d2a4cb85,2019-02-17,,999-65-3251,,Damon455,Langosh790,M,\"620 Lynch, Unit 4\",Springfield,01013
c1f1fcaa-82fd-d5b7-3544-c8f9708b06a8,1954-11-01,2020-03-04,999-49-3323,Mrs.,Thi53,Wunsch504,F,972 Bashirian,Bellingham,02019
";

pub const CONDITIONS: &str = "\
START,STOP,PATIENT,ENCOUNTER,SYSTEM,CODE,DESCRIPTION
2019-10-30,2020-01-30,b9c610cd-28a6-4636-ccb6-c7a0d2a4cb85,e,http://snomed.info/sct,65363002,Otitis media
2020-03-01,,c1f1fcaa-82fd-d5b7-3544-c8f9708b06a8,e,http://snomed.info/sct,44054006,\"Diabetes, type 2\"
";

#[test]
fn patients_and_conditions() {
    assert_eq!(
        rows_of(&[("patients.csv", PATIENTS)]),
        [
            format!(
                "cpr=id:{ID} | fornavn=Damon455 | efternavn=Langosh790 | koen=M | \
                 foedselsdato=2019-02-17 | adresse=620 Lynch, Unit 4 | postnummer=01013 | by=Springfield"
            ),
            "cpr=id:c1f1fcaa-82fd-d5b7-3544-c8f9708b06a8 | fornavn=Thi53 | efternavn=Wunsch504 | koen=K | \
             foedselsdato=1954-11-01 | doed_dato=2020-03-04 | adresse=972 Bashirian | postnummer=02019 | by=Bellingham"
                .to_owned(),
        ]
    );
    let newer = rows_of(&[("conditions.csv", CONDITIONS)]);
    assert_eq!(
        newer[0],
        format!(
            "cpr=id:{ID} | kode=SNOMED:65363002 | tekst=Otitis media | dato=2019-10-30 | \
             debutdato=2019-10-30 | slutdato=2020-01-30"
        )
    );
    let older = CONDITIONS.replace(",SYSTEM", "").replace(",http://snomed.info/sct", "");
    assert_eq!(rows_of(&[("conditions.csv", &older)]), newer);
}

#[test]
fn medicines_observations_and_what_was_done() {
    for (text, made) in [
        (
            "START,STOP,PATIENT,PAYER,ENCOUNTER,CODE,DESCRIPTION,BASE_COST,PAYER_COVERAGE,DISPENSES,TOTALCOST,REASONCODE,REASONDESCRIPTION\n\
             2010-05-05T00:26:23Z,2011-04-30T00:26:23Z,a,p,e,1014676,cetirizine hydrochloride 5 MG Oral Tablet,1,0,12,12,24079001,Atopic\n",
            "cpr=id:a | atc=RXNORM:1014676 | navn=cetirizine hydrochloride 5 MG Oral Tablet | \
             dato=2010-05-05T00:26:23Z | startdato=2010-05-05T00:26:23Z | slutdato=2011-04-30T00:26:23Z | indikation=Atopic",
        ),
        (
            "DATE,PATIENT,ENCOUNTER,CATEGORY,CODE,DESCRIPTION,VALUE,UNITS,TYPE\n2019-02-17T05:07:38Z,a,e,laboratory,4548-4,Hemoglobin A1c,6.125,%,numeric\n",
            "cpr=id:a | kode=LOINC:4548-4 | navn=Hemoglobin A1c | vaerdi=6,125 | enhed=% | dato=2019-02-17T05:07:38Z",
        ),
        (
            "DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,VALUE,UNITS,TYPE\n2019-02-17T05:07:38Z,a,,QALY,QALY,0.0,a,numeric\n",
            "cpr=id:a | navn=QALY | vaerdi=0,0 | enhed=a | dato=2019-02-17T05:07:38Z",
        ),
        (
            "START,STOP,PATIENT,ENCOUNTER,SYSTEM,CODE,DESCRIPTION,BASE_COST,REASONCODE,REASONDESCRIPTION\n2019-02-17T05:07:38Z,,a,e,SNOMED-CT,430193006,Medication Reconciliation,1,,\n",
            "cpr=id:a | kode=SNOMED:430193006 | tekst=Medication Reconciliation | dato=2019-02-17T05:07:38Z",
        ),
        (
            "DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,BASE_COST\n2019-02-17T05:07:38Z,a,e,08,Hep B,140\n",
            "cpr=id:a | kode=CVX:08 | tekst=Hep B | dato=2019-02-17T05:07:38Z",
        ),
    ] {
        assert_eq!(rows_of(&[("x.csv", text)]), [made]);
    }
}

#[test]
fn tables_that_are_alike_are_told_by_the_name_of_the_file() {
    let older = CONDITIONS.replace(",SYSTEM", "").replace(",http://snomed.info/sct", "");
    let session = read(&[("patients.csv", PATIENTS), ("allergies.csv", &older)]);
    assert_eq!(session.refused()[0].1.code, "not-used");
    assert!(session.refused()[0].1.text.da.contains("tabellen allergies fra Synthea"));
}
