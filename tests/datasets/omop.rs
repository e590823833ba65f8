//! OMOP CDM 5.3 and 5.4.

use crate::{made, read, rows_of};

pub const PERSON: &str = "\
person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,birth_datetime,race_concept_id
1,8507,1950,5,2,,0
2,8532,1960,,,1960-03-04 00:00:00,0
3,0,1970,6,,,0
4.0,8532.0,1980,,,,0
";

pub const CONDITION: &str = "\
condition_occurrence_id,person_id,condition_concept_id,condition_start_date,condition_end_date,condition_source_value,condition_source_concept_id
1,1,201826,2020-01-02,,44054006,45757474
2,2,0,2020-01-03,2020-02-01,DQ999,0
3,3,999,2020-01-04,,Q99.9,0
";

pub const CONCEPT: &str = "\
concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\tconcept_code
201826\tType 2 diabetes\tCondition\tSNOMED\tDisorder\tS\t44054006
45757474\tDiabetes, \"type 2\"\tCondition\tICD10CM\tcode\t\tQ99.9
8840\tmilligram per deciliter\tUnit\tUCUM\tUnit\tS\tmg/dL
3004410\tHbA1c\tMeasurement\tLOINC\tLab Test\tS\t4548-4
4181412\tPresent\tMeas Value\tSNOMED\tQualifier\tS\t52101004
5\tLocal thing\tDrug\tRxNorm Extension\tDrug\tS\tOMOP5
";

#[test]
fn persons_have_a_day_of_birth_only_where_one_is_written() {
    assert_eq!(
        rows_of(&[("person.csv", PERSON)]),
        [
            "cpr=id:1 | koen=M | foedselsdato=1950-5-2",
            "cpr=id:2 | koen=K | foedselsdato=1960-03-04 00:00:00",
            "cpr=id:3 | foedselsdato=1970-6",
            "cpr=id:4 | koen=K | foedselsdato=1980",
        ]
    );
}

#[test]
fn codes_with_and_without_the_dictionary() {
    let alone = rows_of(&[("c.csv", CONDITION)]);
    assert_eq!(
        alone,
        [
            "cpr=id:1 | kode=OMOP:201826, OMOP:45757474 | tekst=44054006 | dato=2020-01-02 | debutdato=2020-01-02",
            "cpr=id:2 | kode=ICD10:DQ999 | tekst=DQ999 | dato=2020-01-03 | debutdato=2020-01-03 | slutdato=2020-02-01",
            "cpr=id:3 | kode=OMOP:999 | tekst=Q99.9 | dato=2020-01-04 | debutdato=2020-01-04",
        ]
    );
    // The order in which the files come changes nothing.
    for files in [
        [("c.csv", CONDITION), ("CONCEPT.csv", CONCEPT)],
        [("CONCEPT.csv", CONCEPT), ("c.csv", CONDITION)],
    ] {
        let with = rows_of(&files);
        assert!(
            with[0].starts_with(
                "cpr=id:1 | kode=SNOMED:44054006, ICD10:Q99.9 | tekst=Type 2 diabetes | "
            ),
            "{}",
            with[0]
        );
        assert_eq!(with[1..], alone[1..]);
    }
}

#[test]
fn medicines() {
    let text = "\
PERSON_ID,DRUG_CONCEPT_ID,DRUG_EXPOSURE_START_DATE,DRUG_EXPOSURE_END_DATE,VERBATIM_END_DATE,REFILLS,QUANTITY,DAYS_SUPPLY,SIG,DRUG_SOURCE_VALUE,ROUTE_SOURCE_VALUE
1,5,2024-01-01,2024-01-30,2024-02-15,2,60.5,30,1 tablet 2 gange daglig,X99ZZ02,oral
1,0,2024-01-01,2024-01-30,,,,,,197591,
";
    assert_eq!(
        rows_of(&[("DRUG_EXPOSURE.csv", text), ("CONCEPT.csv", CONCEPT)]),
        [
            "cpr=id:1 | atc=OMOP:5, ATC:X99ZZ02 | navn=Local thing | administrationsvej=oral | \
             dosering=1 tablet 2 gange daglig | dato=2024-01-01 | startdato=2024-01-01 | \
             slutdato=2024-02-15 | antal_pakninger=1 | pakningsstoerrelse=60,5 | dage=30 | genudlevering=2",
            "cpr=id:1 | navn=197591 | dato=2024-01-01 | startdato=2024-01-01 | slutdato=2024-01-30",
        ]
    );
}

#[test]
fn measurements_with_signs_units_and_answers_that_are_concepts() {
    let text = "\
person_id,measurement_concept_id,measurement_date,operator_concept_id,value_as_number,value_as_concept_id,unit_concept_id,unit_source_value,range_low,range_high,measurement_source_value,value_source_value
1,3004410,2024-01-01,,6.512,,8840,,4.5,6.0,a,
1,3004410,2024-01-02,4171756,5,,8840,mmol/mol,,,a,
1,3004410,2024-01-03,77,5,,,,,,a,
1,3004410,2024-01-04,0,,4181412,,,,,a,pos
1,12,2024-01-05,,5,4181413,13,,,,a,
1,12,2024-01-06,,,4181413,,,,,a,
";
    let files = [("measurement.csv", text), ("CONCEPT.csv", CONCEPT)];
    let start = "cpr=id:1 | kode=LOINC:4548-4 | navn=HbA1c";
    assert_eq!(
        rows_of(&files),
        [
            format!(
                "{start} | vaerdi=6,512 | enhed=mg/dL | dato=2024-01-01 | ref_nedre=4,5 | ref_oevre=6,0"
            ),
            format!("{start} | vaerdi=<5 | enhed=mmol/mol | dato=2024-01-02"),
            format!("{start} | vaerdi=?5 | dato=2024-01-03"),
            format!("{start} | vaerdi=Present | dato=2024-01-04"),
            // A unit that is not known is no missing unit.
            "cpr=id:1 | kode=OMOP:12 | navn=a | vaerdi=5 | enhed=OMOP:13 | dato=2024-01-05".into(),
            "cpr=id:1 | kode=OMOP:12 | navn=a | vaerdi=OMOP:4181413 | dato=2024-01-06".into(),
        ]
    );
}

#[test]
fn deaths_procedures_visits_and_observations() {
    for (text, made) in [
        (
            "person_id,death_date,cause_concept_id\n1,2024-01-01,5\n",
            "cpr=id:1 | doed_dato=2024-01-01",
        ),
        (
            "person_id,procedure_concept_id,procedure_date,quantity,procedure_source_value\n1,7,2024-01-01,2,x\n",
            "cpr=id:1 | kode=OMOP:7 | tekst=x | dato=2024-01-01 | antal=2",
        ),
        (
            "person_id,visit_concept_id,visit_start_date,visit_source_value\n1,9202,2024-01-01,\n",
            "cpr=id:1 | kode=OMOP:9202 | dato=2024-01-01",
        ),
        (
            "person_id,observation_concept_id,observation_date,value_as_string\n1,7,2024-01-01,ja\n",
            "cpr=id:1 | kode=OMOP:7 | vaerdi=ja | dato=2024-01-01",
        ),
    ] {
        assert_eq!(rows_of(&[("x.csv", text)]), [made]);
    }
}

#[test]
fn the_tables_say_what_was_not_used() {
    let said = |files: &[(&str, &str)]| {
        let remarks = made(files)[0].1.tables[0].remarks.clone();
        remarks.into_iter().map(|said| said.da).collect::<Vec<_>>().join("\n")
    };
    let alone = said(&[("c.csv", CONDITION)]);
    assert!(alone.contains("tabellen condition_occurrence fra OMOP CDM"), "{alone}");
    assert!(alone.contains("ikke er brugt: condition_occurrence_id."), "{alone}");
    assert!(alone.contains("3 begreber står kun med deres nummer"), "{alone}");
    let with = said(&[("c.csv", CONDITION), ("CONCEPT.csv", CONCEPT)]);
    assert!(with.contains("CONCEPT.csv er ordbogen for begreber: 2 af 3"), "{with}");
    assert!(with.contains("1 begreber står kun"), "{with}");
}

#[test]
fn tables_that_are_not_used_are_named_with_the_reason() {
    let session = read(&[
        ("person.csv", PERSON),
        ("concept_ancestor.csv", "ancestor_concept_id,descendant_concept_id\n1,2\n"),
        (
            "x.csv",
            "observation_period_id,person_id,observation_period_start_date\n1,1,2020-01-01\n",
        ),
    ]);
    let refused: Vec<_> =
        session.refused().iter().map(|(name, why)| (name.as_str(), why)).collect();
    assert_eq!(refused.len(), 2, "{refused:?}");
    assert!(refused.iter().all(|(name, why)| why.code == "not-used" && why.text.da.contains(name)));
    let alone = read(&[("CONCEPT.csv", CONCEPT)]);
    assert_eq!(alone.refused()[0].1.code, "not-used");
    assert!(alone.refused()[0].1.text.en.contains("dictionary"));
}
