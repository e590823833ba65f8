use super::*;

fn shown(text: &str) -> String {
    match read(text) {
        Reading::Unknown(unknown) => format!("{:?}", unknown.reason),
        Reading::Daily(daily) => {
            let part = daily.as_needed.map(|part| match part.max {
                Some(max) => format!(" +0..{max}"),
                None => " +0..?".to_owned(),
            });
            let unit = daily.unit.map(|unit| format!(" {unit}"));
            format!("{}{}{}", daily.fixed, part.unwrap_or_default(), unit.unwrap_or_default())
        }
    }
}

#[test]
fn the_examples_of_the_documentation() {
    for (text, expected) in [
        ("1 tablet morgen og aften", "2 tablet"),
        ("1+0+1", "2"),
        ("1/2 tablet morgen", "0.5 tablet"),
        ("2 tabletter efter behov højst 4 gange daglig", "0 +0..8 tablet"),
        ("1 plaster hver 3. dag", "1/3 plaster"),
        ("1-2 tabletter 3-4 gange dgl.", "3-8 tablet"),
        ("1 tablet p.n.", "0 +0..? tablet"),
        ("1 tablet", "NoFrequency"),
        ("1 tablet efter aftale", "Elsewhere"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}
