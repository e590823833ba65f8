use super::*;
use crate::catalog;
use crate::profile::check;

const PROFILE: &str = r#"
format = 1
[profil]
id = "proeve"
version = "1"
titel = "Prøve"
[kriterie.a]
tekst = "første; anden -- linje"
register = "medicin"
koder = ["A99"]
vindue = ["-6 mdr", "0 d"]
navn_indeholder = ["o'brien"]
[kriterie.b]
register = "patient"
alder = ">= 18"
[kriterie.c]
register = "diagnose"
koder = ["X99*"]
system = "ICPC"
anker = { kriterie = "a", vaelg = "foerste" }
vindue = ["0 d", "3 mdr"]
[population]
inklusion = { alle = ["a", "b"] }
eksklusion = { en_af = ["c"] }
[[maalepunkt]]
id = "m"
titel = "m"
taeller = "a"
"#;

fn plan(text: &str) -> Plan {
    let checked = check("proeve.toml", text);
    checked.plan.unwrap_or_else(|| panic!("{:?}", checked.notes))
}

fn text(dialect: Dialect) -> String {
    sql(&plan(PROFILE), Day::parse_iso("2025-08-31").unwrap(), dialect).unwrap()
}

#[test]
fn the_window_is_worked_out_before_the_text() {
    let (from, to) =
        (Day::parse_iso("2025-02-28").unwrap().0, Day::parse_iso("2025-08-31").unwrap().0);
    assert!(text(Dialect::DuckDb).contains(&format!("{from} AS fra, {to} AS til, FALSE")));
}

#[test]
fn nothing_of_the_text_asks_a_clock_or_uses_what_engines_read_differently() {
    for dialect in [Dialect::DuckDb, Dialect::Spark] {
        let text = text(dialect).to_lowercase();
        for word in ["current_date", "now()", " like ", "interval", "nulls ", "age("] {
            assert!(!text.contains(word), "{dialect:?}: {word}");
        }
    }
}

#[test]
fn a_quote_stays_a_quote_in_each_engine() {
    assert!(text(Dialect::DuckDb).contains("instr(r.tekst, 'o''brien') > 0"));
    assert!(text(Dialect::Spark).contains(r"instr(r.tekst, 'o\'brien') > 0"));
}

#[test]
fn comments_end_no_statement() {
    let text = text(Dialect::Spark);
    assert!(text.contains("-- pb_k1 = a: første, anden -- linje\n"));
    // Each statement ends its line, so that a text can be cut into statements.
    assert!(text.lines().all(|line| line.matches(';').count() == usize::from(line.ends_with(';'))
        || line.starts_with("--")));
}

#[test]
fn a_criterion_stands_after_those_it_names() {
    let later = PROFILE.replace("kriterie.a]", "kriterie.z]").replace("\"a\"", "\"z\"");
    let text = sql(&plan(&later), Day(20_000), Dialect::DuckDb).unwrap();
    let at = |name: &str| text.find(&format!("TABLE {name} AS")).unwrap();
    let named = text.lines().find(|line| line.contains(" = z:")).unwrap();
    let named = named.split(' ').nth(1).unwrap();
    let naming = text.lines().find(|line| line.contains(" = c:")).unwrap();
    assert!(at(named) < at(naming.split(' ').nth(1).unwrap()));
}

#[test]
fn the_same_profile_and_date_give_the_same_text() {
    assert_eq!(text(Dialect::DuckDb), text(Dialect::DuckDb));
    assert_ne!(text(Dialect::DuckDb), text(Dialect::Spark));
}

#[test]
fn what_has_no_translation_is_named() {
    let text = PROFILE.replace("vindue = [\"-6 mdr\", \"0 d\"]", "distinkt = \"stof\"");
    let notes = sql(&plan(&text), Day(20_000), Dialect::DuckDb).unwrap_err();
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].text.en, "`a` uses `distinkt = stof`, which cannot be translated to SQL");
    assert!(notes[0].place.line > 0);
}

#[test]
fn every_built_in_profile_has_a_translation_but_the_one_on_sums_of_opioids() {
    let plans = catalog::built_in().into_iter().map(|profile| profile.plan.unwrap());
    let refused = plans.filter(|plan| sql(plan, Day(20_000), Dialect::DuckDb).is_err());
    let refused: Vec<String> = refused.map(|plan| plan.header.id).collect();
    assert_eq!(refused, ["opioid_over_100"]);
}

#[test]
fn the_empty_tables_have_no_cpr_but_in_one() {
    let text = tables(Dialect::Spark);
    assert_eq!(text.matches("CREATE TABLE").count(), 10);
    assert_eq!(text.matches(" cpr ").count(), 1);
}
