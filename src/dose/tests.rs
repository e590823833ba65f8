use super::*;

fn fields(number: &str, unit: &str) -> Option<Fields> {
    let (above, below) = number.split_once('/').unwrap_or((number, "1"));
    let per_day = Ratio::new(above.parse().unwrap(), below.parse().unwrap()).unwrap();
    let unit = (!unit.is_empty()).then(|| unit.to_owned());
    Some(Fields { per_day, unit, as_needed: None })
}

fn package(units: i64, days: i64) -> Option<Package> {
    Some(Package { units: Ratio::whole(units), unit: None, days: Ratio::whole(days) })
}

fn shown(given: &Given) -> String {
    match per_day(given) {
        Ok(dose) => {
            let most = dose.daily.most().map_or("?".into(), |most| most.to_string());
            let unit = dose.daily.unit.unwrap_or_default();
            format!("{} {}..{most} {unit}", dose.source.said().en, dose.daily.fixed.low)
        }
        Err(unclear) => unclear.said().en,
    }
}

#[test]
fn fields_go_before_text_and_text_before_package() {
    let text = Some("1-2 tabletter morgen og aften");
    let all = Given { fields: fields("3", "tabletter"), text, package: package(100, 100) };
    assert_eq!(shown(&all), "the field daily dose 3..3 tablet");
    assert_eq!(shown(&Given { fields: None, ..all.clone() }), "the dosage text 2..4 tablet");
    let package = Given { fields: None, text: None, ..all };
    assert_eq!(shown(&package), "package and days 1..1 ");
    assert_eq!(shown(&Given { text: Some("  "), ..package }), "package and days 1..1 ");
    assert_eq!(shown(&Given::default()), "no dose is given");
}

#[test]
fn a_package_is_no_help_against_an_unreadable_text() {
    let given = Given { text: Some("efter aftale"), package: package(100, 50), ..Given::default() };
    assert_eq!(shown(&given), "the dosage text cannot be read: the dose stands elsewhere");
    let with_fields = Given { fields: fields("2", ""), ..given };
    assert_eq!(shown(&with_fields), "the field daily dose 2..2 ");
}

#[test]
fn fields_and_text_must_agree() {
    let text = Some("1 tablet 3 gange daglig");
    for (number, unit, expected) in [
        ("3", "tablet", "the field daily dose 3..3 tablet"),
        ("3", "stk", "the field daily dose 3..3 tablet"),
        ("3", "", "the field daily dose 3..3 tablet"),
        ("4", "", "the daily dose is 4 in the field and 3 by the text"),
        ("1", "", "the daily dose is 1 in the field and 3 by the text"),
        ("3", "mg", "two units: `mg` in the field, `tablet` in the text"),
    ] {
        let given = Given { fields: fields(number, unit), text, package: None };
        assert_eq!(shown(&given), expected, "{number} {unit}");
    }
}

#[test]
fn an_as_needed_part_stays_apart() {
    let text = Some("1 tablet morgen og 1 tablet efter behov højst 4 gange daglig");
    let given = |number| Given { fields: fields(number, ""), text, package: None };
    assert_eq!(shown(&given("5")), "the dosage text 1..5 tablet");
    assert_eq!(shown(&given("6")), "the daily dose is 6 in the field and 1-5 by the text");
    let mut as_needed = fields("4", "tablet");
    as_needed.as_mut().unwrap().as_needed = Some(true);
    let given = Given { fields: as_needed, ..Given::default() };
    assert_eq!(shown(&given), "the field daily dose 0..4 tablet");
}

#[test]
fn unlikely_numbers_are_named() {
    for (number, unit, expected) in [
        ("0", "", "the dose is 0 (the field daily dose)"),
        ("-1", "", "the dose is negative (the field daily dose)"),
        ("79/2", "tablet", "the field daily dose 39.5..39.5 tablet"),
        (
            "40",
            "tablet",
            "40 a day are unlikely many (this page's own limit is 40) (the field daily dose)",
        ),
        ("60", "ml", "the field daily dose 60..60 ml"),
        ("1/3", "plastre", "the field daily dose 1/3..1/3 plaster"),
    ] {
        let given = Given { fields: fields(number, unit), ..Given::default() };
        assert_eq!(shown(&given), expected, "{number} {unit}");
    }
    let text = |text| Given { text: Some(text), ..Given::default() };
    assert!(shown(&text("40 tabletter 2 gange daglig")).contains("80 a day are unlikely"));
    assert_eq!(shown(&text("40 dråber 2 gange daglig")), "the dosage text 80..80 dråbe");
    let none = Given { package: package(100, 0), ..Given::default() };
    assert_eq!(shown(&none), "the dose is 0 (package and days)");
}
