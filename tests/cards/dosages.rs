//! The dose: the card's own words and figure, else as FMK computes it, else unknown.

use profilblik::dosage;

use crate::dose;

fn structure(interval: &str, doses: &str) -> String {
    format!(
        "<Dosage><Structures><UnitTexts><Singular>tablet</Singular></UnitTexts><Structure>\
         <IterationInterval>{interval}</IterationInterval><Day><Number>1</Number>{doses}</Day>\
         </Structure></Structures></Dosage>"
    )
}

fn taken(quantity: &str) -> String {
    format!("<Dose><Time>morning</Time><Quantity>{quantity}</Quantity></Dose>")
}

#[test]
fn quantities_by_the_days_of_the_iteration() {
    assert_eq!(
        dose(&structure("1", &(taken("1") + &taken("0.5")))),
        "doegndosis=1,5 | enhed=tablet"
    );
    assert_eq!(dose(&structure("2", &taken("1"))), "doegndosis=0,5 | enhed=tablet");
    let day = "<Dosage><DosageTimes><IterationInterval>2</IterationInterval><UnitText>plaster</UnitText>\
               <Day><DayNumber>1</DayNumber><Dose><Quantity>1</Quantity></Dose></Day>\
               <Day><DayNumber>2</DayNumber><Dose><Quantity>2</Quantity></Dose></Day></DosageTimes></Dosage>";
    assert_eq!(dose(day), "doegndosis=1,5 | enhed=plaster");
}

#[test]
fn what_fmk_does_not_compute_is_unknown() {
    let needed = "<Dose><Quantity>1</Quantity><IsAccordingToNeed/></Dose>";
    let ranged =
        "<Dose><MinimalQuantity>1</MinimalQuantity><MaximalQuantity>2</MaximalQuantity></Dose>";
    for (text, expected) in [
        (structure("0", &taken("1")), "enhed=tablet"),
        (structure("3", &taken("1")), "enhed=tablet"),
        (structure("1", &taken("en")), "enhed=tablet"),
        (structure("1", ranged), "enhed=tablet"),
        (structure("1", needed), "enhed=tablet | type=PN"),
        (structure("1", &taken("1")).replace("<Number>1", "<Number>0"), "enhed=tablet"),
        (
            "<Dosage><FreeText><Text>efter aftale</Text></FreeText></Dosage>".into(),
            "dosering=efter aftale",
        ),
        ("<Dosage><FreeText>efter aftale</FreeText></Dosage>".into(), "dosering=efter aftale"),
        (
            "<Dosage><AdministrationAccordingToSchemaInLocalSystem/></Dosage>".into(),
            "dosering=Efter skema i lokalt system",
        ),
    ] {
        assert_eq!(dose(&text), expected, "{text}");
    }
}

const TWO: &str = "<Dosage><Structures><Structure><IterationInterval>1</IterationInterval>\
    <Day><Number>1</Number><Dose><Quantity>1</Quantity></Dose></Day><DosageTranslation>\
    <ShortText>1 tablet morgen</ShortText><AverageDailyDosage>1</AverageDailyDosage></DosageTranslation></Structure>\
    <Structure><IterationInterval>1</IterationInterval><Day><Number>1</Number><Dose><Quantity>2</Quantity></Dose></Day>\
    <DosageTranslation><ShortText>2 tabletter morgen</ShortText><AverageDailyDosage>2</AverageDailyDosage>\
    </DosageTranslation></Structure></Structures></Dosage>";

#[test]
fn several_periods_have_no_daily_dose_of_their_own() {
    assert_eq!(dose(TWO), "dosering=Flere perioder: 1 tablet morgen / 2 tabletter morgen");
    let one = TWO
        .replace("2 tabletter morgen", "1 tablet morgen")
        .replace("<AverageDailyDosage>2", "<AverageDailyDosage>1");
    assert_eq!(dose(&one), "dosering=1 tablet morgen");
}

#[test]
fn the_texts_made_here_are_no_dose() {
    for text in
        ["Flere perioder: 1 tablet morgen / 2 tabletter morgen", "Efter skema i lokalt system"]
    {
        assert!(matches!(dosage::read(text), dosage::Reading::Unknown(_)), "{text}");
    }
}

#[test]
fn a_period_of_the_newest_interface() {
    let fixed = "<Fixed><IterationInterval>1</IterationInterval><Day><Number>1</Number>\
                 <Dose><Quantity>3</Quantity></Dose></Day></Fixed>";
    let needed = "<PRN><IterationInterval>1</IterationInterval><Day><Number>1</Number>\
                  <Dose><Quantity>1</Quantity></Dose></Day></PRN>";
    let of = |inner: &str, kind: &str| {
        dose(&format!(
            "<Dosage><DosagePeriod><PeriodLength>30</PeriodLength>{inner}</DosagePeriod><Type>{kind}</Type></Dosage>"
        ))
    };
    assert_eq!(of(fixed, "Fixed"), "doegndosis=3 | type=Fixed");
    assert_eq!(of(needed, "PRN"), "type=PRN");
    assert_eq!(of(&format!("{fixed}{needed}"), "Combined"), "type=Combined");
    assert_eq!(of(&format!("{fixed}</DosagePeriod><DosagePeriod><Empty/>"), "Fixed"), "type=Fixed");
    let told = format!(
        "<Dosage><DosagePeriod>{fixed}</DosagePeriod></Dosage><DosageTranslationCombined>\
         <ShortText>3 tabletter daglig</ShortText></DosageTranslationCombined>"
    );
    assert_eq!(dose(&told), "dosering=3 tabletter daglig | doegndosis=3");
}
